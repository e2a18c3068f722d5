"""The README cannot drift: its commands run, its table is the catalogue, its pictures are there."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import gdsim.film
import scenes.film.render as film
from cli import cli
from gdsim import SURFACES
from scenes.catalogue import LESSONS
from scenes.command.gallery import ALL, LARGEST, lessons_table, with_table
from scenes.spec import QUALITIES, Quality

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.split("#")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", TEXT, re.S)
    for line in block.splitlines()
    if line.startswith("gdsim ")
]


def test_the_readme_shows_commands():
    """There is something to test: every command of the program is shown or named."""
    assert len(COMMANDS) >= 10
    for name in cli.commands:
        assert f"gdsim {name}" in TEXT, name


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_readme_runs(command, tmp_path, monkeypatch):
    """Typed as it stands, each command ends well; films are drawn small here."""
    draw = film.render

    def small(spec, targets, progress, *others, **named):
        shape = replace(spec, width=192 if spec.width >= spec.height else 108, height=108, fps=10)
        return draw(shape, targets, progress, *others, **named)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(film, "render", small)
    monkeypatch.setitem(QUALITIES, "m", Quality("tiny", 192, 108, 10, 10))  # for films that are drawn lesson by lesson
    done = CliRunner().invoke(cli, shlex.split(command)[1:])

    assert done.exit_code == 0, done.output
    made = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert bool(made) == (shlex.split(command)[1] in ("render", "storyboard", "lab"))
    assert all(path.stat().st_size > 20 for path in made)


def test_the_table_is_the_catalogue():
    """The table is the one that `gdsim gallery` writes: every lesson with its summary and its picture, in order."""
    assert with_table(TEXT, lessons_table("media/gallery")) == TEXT


def test_every_picture_is_there_and_light():
    """Each picture is in the gallery and at most 700 kB, the laboratory's at most 150 kB; all are at most 12 MB."""
    pictures = re.findall(r"!\[[^\]]*\]\((media/[^)]+)\)", TEXT)

    assert {f"media/gallery/{name}.gif" for name in LESSONS} <= set(pictures)
    for picture in pictures:
        assert (ROOT / picture).stat().st_size <= LARGEST
    assert (ROOT / "media" / "gallery" / "lab.png").stat().st_size <= 150_000
    assert sum(path.stat().st_size for path in (ROOT / "media" / "gallery").iterdir()) <= ALL


def test_the_python_of_the_readme_runs(tmp_path, monkeypatch):
    """The notebook example is a program that works; its film is drawn small here."""
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.S)
    ask = gdsim.film.ask

    def small(words, told=None):
        shape = ["--resolution=160,160", "--fps=2"]
        return ask([words[0], *shape, *(["--voice=none"] if words[0] == "render" else []), *words[1:]], told)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(gdsim.film, "ask", small)
    exec(compile(code, "README.md", "exec"), {})

    assert (tmp_path / "bowl.mp4").stat().st_size > 1000


def test_the_methods_of_torch_are_all_named():
    """Every class of torch.optim is in the README: those that gdsim has, and the two that it says it lacks."""
    golden = json.loads((ROOT / "tests" / "gdsim" / "golden" / "torch.json").read_text(encoding="utf-8"))
    (there,) = re.findall(r"methods of `torch\.optim` that take.*?:\n(.*?)\. `Muon`", TEXT, re.S)

    assert set(re.findall(r"`(\w+)`", there)) == set(golden["provenance"]["optimisers"]) - {"Muon", "SparseAdam"}
    assert "`Muon` is not among them" in TEXT
    assert "nor is `SparseAdam`" in TEXT.replace("\n", " ")


def test_the_named_functions_are_counted():
    """The README says in words how many named functions there are."""
    assert len(SURFACES) == 27
    assert "twenty-seven named functions" in TEXT
