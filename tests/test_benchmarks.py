"""The benchmarks measure what they say: what they change of a lesson is changed, and what they draw can be drawn."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
BENCHMARKS = HOUSE / "benchmarks"


def python(program: str, *more: Path) -> str:
    """What a program prints that finds the benchmarks, their tools and these folders."""
    paths = [*more, HOUSE, BENCHMARKS]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("path", sorted(BENCHMARKS.rglob("*.py")), ids=lambda path: path.stem)
def test_a_benchmark_finds_what_it_measures(path):
    """Each benchmark imports all that it names: a change of ours breaks none unseen."""
    python(f"import runpy; runpy.run_path({str(path)!r}, run_name='looked at')")


TOLD = """
from scenes.catalogue import LESSONS
from scenes.lesson import tell_story
from scenes.spec import RenderSpec
print([beat.beat.plain for beat in tell_story(LESSONS["parabola"], RenderSpec("parabola")).beats])
"""


def test_one_sentence_is_changed_for_a_second_render(tmp_path):
    """Every process that starts in that folder tells the same story but for its fifth sentence."""
    import benchmarks.film as benchmark

    (tmp_path / "sitecustomize.py").write_text(benchmark.REWORDED)
    before, after = eval(python(TOLD)), eval(python(TOLD, tmp_path))

    assert len(before) == len(after)
    assert [number for number, (one, other) in enumerate(zip(before, after)) if one != other] == [4]
    assert after[4] == f"{before[4]} Look."


def test_plain_manim_is_given_the_same_loop(tmp_path):
    """The Scene for plain Manim is the loop that our own command draws, frame for frame."""
    import benchmarks.film as benchmark

    (tmp_path / "stock.py").write_text(benchmark.STOCK)
    program = f"from stock import Loop; scene = Loop(); print(scene.beats[-1].end, scene.spec)\n{LOOP}"
    first, second = python(program, tmp_path).splitlines()

    assert first == second


LOOP = """
from scenes.film.render import told
from scenes.spec import RenderSpec
spec = RenderSpec("parabola", width=1920, height=1080, fps=60, cut="loop")
print(told(spec).frames, spec)
"""


def test_a_film_in_slow_motion_is_longer():
    """All that moves takes so many times as long, and so does the film."""
    program = """
from scenes.catalogue import LESSONS
from scenes.film.render import told
from scenes.spec import RenderSpec
import tools.slower as slower
spec = RenderSpec("parabola", fps=25, cut="loop")
before = told(spec).frames
slower.render = lambda *words, **more: None
slower.longer(4.0, [])
print(told(spec).frames / before)
"""

    assert float(python(program)) == pytest.approx(4.0, abs=0.05)


def test_the_surface_of_the_benchmark_is_drawn():
    """Ours, bare and with all that a lesson shows, fills the middle of the picture with more than the ground."""
    program = """
import surface
from manim import tempconfig
with tempconfig({"pixel_width": 160, "pixel_height": 90}):
    for full in (False, True):
        camera, draw = surface.ours(full)
        draw(-1.0)
        print(len({tuple(pixel) for pixel in camera.pixel_array[30:60, 50:110].reshape(-1, 4).tolist()}))
"""

    assert all(int(colours) > 50 for colours in python(program).split())
