"""A manim.cfg of the user's is not read for a film; for plain Manim it is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
WORDS = ["render", "parabola", "--cut", "loop", "-r", "160,160", "--fps", "5", "--no-cache"]
OPTIONS = ["preview = True", "renderer = opengl", "frame_rate = fast", "background_color = #ff0000", "plugins = nosuch"]
FILES = {option.partition(" ")[0]: f"[CLI]\n{option}\n" for option in OPTIONS} | {"broken": "no section", "pipe": None}
# A render in a process that has read the file, as a notebook may have before it asks us for a film.
IMPORTED_BEFORE = """
import manim, sys
from pathlib import Path
from scenes.film.render import render
from scenes.spec import RenderSpec
render(RenderSpec("parabola", width=160, height=160, fps=5, cut="loop"), [Path(sys.argv[1])], lambda frames: None, 1)
"""


@pytest.fixture(params=[name for name in FILES if FILES[name] or hasattr(os, "mkfifo")])
def settings_file(request, tmp_path) -> Path:
    """A folder that is the user's home, too, with a manim.cfg in both places."""
    for folder in (tmp_path, tmp_path / ".config" / "manim", tmp_path / "AppData" / "Roaming" / "Manim"):
        folder.mkdir(parents=True, exist_ok=True)
        if (content := FILES[request.param]) is None:
            os.mkfifo(folder / "manim.cfg")
        else:
            (folder / "manim.cfg").write_text(content)
    return tmp_path


def python(folder: Path, *words: str) -> str:
    """What a fresh interpreter prints that runs in a folder, at home there."""
    home = {name: str(folder) for name in ("HOME", "USERPROFILE")}
    environment = {**os.environ, **home, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-P", *words], cwd=folder, env=environment, capture_output=True, text=True, timeout=100
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> bytes:
    """The film where there is no such file."""
    folder = tmp_path_factory.mktemp("undisturbed")
    python(folder, "-m", "gdsim", *WORDS, "-o", "film.mp4", "--jobs", "1")
    return (folder / "film.mp4").read_bytes()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_film_is_the_same_beside_a_manim_cfg(jobs, settings_file, undisturbed):
    """Whatever stands in it, or if it is a pipe that nobody writes into: the same bytes, by one process or by two."""
    python(settings_file, "-m", "gdsim", *WORDS, "-o", "film.mp4", "--jobs", jobs)

    assert (settings_file / "film.mp4").read_bytes() == undisturbed


@pytest.mark.parametrize("settings_file", ["preview", "renderer", "background_color"], indirect=True)
def test_a_film_is_the_same_where_manim_has_read_it_before(settings_file, undisturbed):
    """Options that a notebook's Manim took from its file are all set anew for a film."""
    python(settings_file, "-c", IMPORTED_BEFORE, "film.mp4")

    assert (settings_file / "film.mp4").read_bytes() == undisturbed


@pytest.mark.parametrize("first", ["manim", "scenes.plain"])
@pytest.mark.parametrize("settings_file", ["background_color"], indirect=True)
def test_plain_manim_reads_it(first, settings_file):
    """Our scenes under Manim's own command, or imported by a user's script, leave Manim its settings."""
    said = python(settings_file, "-c", f"import {first}, scenes.plain, manim; print(manim.config.background_color)")

    assert said.lower() == "#ff0000"
