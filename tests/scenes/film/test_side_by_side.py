"""Renders that run at the same time in one folder, with one cache."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
SMALL = ["-r", "160,160", "--fps", "10", "--jobs", "1"]
FILMS = {
    "one.mp4": ["parabola", "--voice", "none"],
    "two.mp4": ["overshoot", "--voice", "none"],
    "three.mp4": ["parabola", "--voice", "none", "--lr", "0.2"],
    "four.gif": ["parabola", "--texts"],  # a name of its own, since its poster has one, too
}


def side_by_side(folder: Path, films: list[tuple[str, list[str]]]) -> list[str]:
    """Render all of them at once; what went wrong, a line for each that failed."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache"), "PYTHONPATH": str(ROOT)}
    renders = [
        subprocess.Popen(
            [sys.executable, "-m", "gdsim", "render", *words, *SMALL, "-o", f"films/{name}"],
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name, words in films
    ]
    said = [render.communicate()[1] for render in renders]
    return [words for render, words in zip(renders, said) if render.returncode]


def test_renders_in_one_folder_leave_each_other_alone(tmp_path):
    """Cold and warm, MP4 and GIF, other films and the same one twice: all succeed, with the bytes of one alone."""
    films = [*FILMS.items(), ("one.mp4", FILMS["one.mp4"])]
    made = []
    for _ in range(3):
        assert side_by_side(tmp_path, films) == []
        made.append({path.name: path.read_bytes() for path in (tmp_path / "films").iterdir()})

    assert set(FILMS) <= set(made[0])
    assert not any(name.startswith(".") for name in made[0])
    assert made[0] == made[1] == made[2]
    assert side_by_side(tmp_path, [("alone.mp4", [*FILMS["one.mp4"], "--no-cache"])]) == []
    assert (tmp_path / "films" / "alone.mp4").read_bytes() == made[0]["one.mp4"]
