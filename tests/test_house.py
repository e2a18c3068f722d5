"""The rules of the house, read from the house itself."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
ROOMS = ("gdsim", "scenes", "tests", "benchmarks", ".ci", ".")
TESTS = sorted((HOUSE / "tests").rglob("test_*.py"))
FOREIGN = ("manim", "click", "scenes", "cli", "sympy", "PIL")


def loaded_by(statement: str) -> set[str]:
    """The top-level modules in a fresh process after one statement."""
    program = f"{statement}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", program], cwd=HOUSE, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def own_files() -> list[Path]:
    """The text files of the house, without what tools and renders leave there."""
    found = []
    for room in ROOMS:
        paths = (HOUSE / room).glob("*") if room == "." else (HOUSE / room).rglob("*")
        found += [path for path in paths if path.is_file() and "__pycache__" not in path.parts]
    return [path for path in found if b"\0" not in path.read_bytes()[:1024]]


def rules_in(path: Path) -> list[ast.FunctionDef]:
    """The test functions of a file."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [node for node in nodes if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]


def test_the_simulator_brings_numpy_alone():
    """What a run needs of `gdsim` loads neither manim, click, sympy, Pillow, the scenes nor the command line."""
    loaded = loaded_by("from gdsim import SURFACES, simulate")

    assert "numpy" in loaded
    assert loaded.isdisjoint(FOREIGN)


def test_the_catalogue_brings_no_manim():
    """The table of lessons is read without the library that draws them."""
    assert loaded_by("import scenes.catalogue").isdisjoint({"manim", "cairo", "av"})


@pytest.mark.parametrize("room", ["planned_*.py", "runs.py", "script/*.py", "phrases/*.py", "voice/*.py"])
def test_what_is_told_knows_no_stage(room):
    """Runs, scripts, phrases and voices come before the stage: none of their modules imports one of the stage's."""
    paths = sorted((HOUSE / "scenes").glob(room))
    known = [path.name for path in paths if any(name.startswith("scenes.stage") for name in imported(path))]

    assert paths
    assert known == []


def imported(path: Path) -> set[str]:
    """The modules that a file imports from, wherever in it."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["list"]], ids=" ".join)
def test_a_question_brings_no_manim(words):
    """Help, version and list answer without loading manim, or even numpy."""
    statement = (
        f"import sys; sys.argv = ['gdsim', *{words}]\n"
        "import gdsim.__main__\n"
        "try: gdsim.__main__.main()\n"
        "except SystemExit as leave: assert not leave.code, leave.code\n"
    )

    assert loaded_by(statement).isdisjoint({"manim", "numpy"})


def test_every_test_states_its_rule():
    """Each test has a docstring that opens with one sentence, its rule."""
    silent = []
    for path in TESTS:
        for test in rules_in(path):
            rule = (ast.get_docstring(test) or "").split("\n\n")[0]
            if not rule.endswith("."):
                silent.append(f"{path.relative_to(HOUSE)}:{test.lineno} {test.name}")

    assert silent == []


def test_no_test_skips():
    """A test that cannot run here fails here: none is skipped or expected to fail."""
    excuses = re.compile(r"\b(mark\.)?(skipif|skip|xfail|importorskip)\(")
    excused = [path.name for path in TESTS if excuses.search(path.read_text(encoding="utf-8"))]

    assert excused == []


def test_no_file_names_a_registry():
    """Where distributions come from is the user's choice: no file of the house names a host or an index."""
    named = re.compile("|".join(["pypi" + r"\.", "python" + "hosted", "(extra-)?index-" + "url", "--find-" + "links"]))
    naming = [str(path.relative_to(HOUSE)) for path in own_files() if named.search(path.read_text(encoding="utf-8"))]

    assert naming == []


def test_a_virtual_environment_is_not_of_the_house():
    """The reading of the house's files stays inside its rooms."""
    rooms = {path.relative_to(HOUSE).parts[0] for path in own_files() if len(path.relative_to(HOUSE).parts) > 1}

    assert {"gdsim", "scenes", "tests", ".ci"} <= rooms <= set(ROOMS)


def test_contributors_find_their_way():
    """The map in CONTRIBUTING has a row for every room, and only rows of what is there."""
    text = (HOUSE / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## The rooms")[1].split("## ")[0]
    rows = [path for path in re.findall(r"^\| `([^`]+)` \|", text, re.M) if "<" not in path]
    folders = [path for path in (HOUSE / "scenes").iterdir() if (path / "__init__.py").exists()]
    rooms = {f"scenes/{path.name}/" for path in folders} | {f"{room}/" for room in ROOMS if room not in (".", "scenes")}

    assert rooms <= set(rows)
    assert [path for path in rows if not (HOUSE / path).exists()] == []


def test_the_page_about_lessons_names_all_that_there_is():
    """CONTRIBUTING tells of every verb, every kind of value and every kind of mark, and of no file that is gone."""
    page = (HOUSE / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## A lesson")[1].split("\n## ")[0]
    spans = re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", page, flags=re.S))
    named = {word for span in spans for word in re.findall(r"\w+", span)}

    assert public(HOUSE / "scenes/script/move.py", ast.FunctionDef) <= named
    assert public(HOUSE / "scenes/script/sentence.py", ast.ClassDef) - {"Sentence"} <= named
    assert set.union(*(marks_in(path) for path in (HOUSE / "scenes" / "stage").glob("*.py"))) <= named
    files = [span for span in spans if "/" in span and "my" not in span]
    assert files
    assert [path for path in files if not (HOUSE / path).exists()] == []


def marks_in(path: Path) -> set[str]:
    """The names of a module's kinds of mark."""
    nodes = [node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.ClassDef)]
    return {node.name for node in nodes if any(isinstance(base, ast.Name) and base.id == "Mark" for base in node.bases)}


def public(path: Path, kind: type) -> set[str]:
    """The names of a module's own functions or classes."""
    return {node.name for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, kind)}


@pytest.mark.parametrize("path", sorted((HOUSE / "benchmarks").rglob("*.py")), ids=lambda path: path.stem)
def test_a_benchmark_finds_what_it_measures(path):
    """Each benchmark imports all that it names: a change of ours breaks none unseen."""
    program = f"import runpy; runpy.run_path({str(path)!r}, run_name='looked at')"
    done = subprocess.run([sys.executable, "-c", program], cwd=HOUSE, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def test_what_contributors_are_told_to_open_is_there():
    """Each path and each file that CONTRIBUTING names exists, but for those of a lesson that is still to be written."""
    text = (HOUSE / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = [path for path in re.findall(r"`([\w./-]+)`", text) if "/" in path or path.endswith((".py", ".md", ".txt"))]
    lesson = HOUSE / "scenes" / "lessons" / "parabola"
    beside = (HOUSE, lesson, HOUSE / "tests" / "scenes" / "lessons")

    assert len(named) > 20
    there = [path for path in named if "my_lesson" not in path and "my-lesson" not in path]
    assert [path for path in there if not any((folder / path).exists() for folder in beside)] == []
