"""Films of long runs: what is drawn, said and looked up is bounded by the film, not by the steps."""

from __future__ import annotations

import re
import sys
from dataclasses import fields
from types import FrameType

import numpy as np
import pytest

from scenes.film.draw import stage
from scenes.film.render import told
from scenes.spec import RenderSpec
from scenes.stage.lesson import LessonScene
from scenes.stage.marks import Mark, Text
from scenes.stage.part import Now

STEPS, USUAL = 20_000, 40
# Creeping, jumping for ever, and wandering about.
LONG = [
    {"scene": "direction", "learning_rate": 1e-9},
    {"scene": "parabola", "learning_rate": 1e-9},
    {"scene": "parabola", "learning_rate": 1.0},
    {"scene": "parabola", "function": "x**4-3*x**2+x", "learning_rate": 0.22, "start": (0.5,)},
    {"scene": "overshoot", "learning_rate": 1.0},
    {"scene": "local-minima", "learning_rate": 0.22},
    {"scene": "bowl", "learning_rate": 1.0},
    {"scene": "bowl", "function": "himmelblau", "learning_rate": 0.0355, "start": (1.0, 1.0)},
]
MOST_MARKS, MOST_POINTS, MOST_CALLS = 2500, 6000, 25_000


def scene_of(**words) -> LessonScene:
    """A lesson's Scene, with nothing drawn."""
    with stage(RenderSpec(**{"width": 160, "height": 90, "fps": 5, "cut": "loop"} | words)) as (scene, _):
        return scene


def clocks(scene: LessonScene) -> list[str]:
    """The parts that count the steps of a run."""
    return [part for part, channel in scene.timeline.channels if channel == "progress"]


def farthest(scene: LessonScene) -> int:
    """The frame in which the most steps are shown."""
    last = scene.beats[-1].end
    return max(
        range(last), key=lambda frame: max(Now(scene.stage, frame).of(part, "progress") for part in clocks(scene))
    )


def points(mark: Mark) -> int:
    """How many places a mark is drawn through."""
    arrays = (getattr(mark, field.name) for field in fields(mark))
    return max(
        [1, *(array.size // array.shape[-1] for array in arrays if isinstance(array, np.ndarray) and array.size)]
    )


def calls(work) -> int:
    """How many functions are called by some work: its cost, whatever else the machine does."""
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("words", LONG, ids=str)
def test_a_frame_draws_no_more_than_can_be_seen(words):
    """After 20,000 steps a frame has a bounded number of marks, through a bounded number of points."""
    for cut in ("full", "loop"):
        scene = scene_of(cut=cut, steps=STEPS, **words)
        marks = scene.marks(farthest(scene))

        assert max(run.steps for run in scene.runs) == STEPS
        assert len(marks) <= MOST_MARKS
        assert sum(map(points, marks)) <= MOST_POINTS


@pytest.mark.parametrize("words", LONG, ids=str)
def test_a_frame_costs_what_a_short_runs_costs(words):
    """A frame late in 20,000 steps is asked for with a bounded number of calls, the parts' preparation left out."""
    scene = scene_of(steps=STEPS, **words)
    frame = farthest(scene)
    scene.marks(frame)

    assert calls(lambda: scene.marks(frame - 1)) <= MOST_CALLS


@pytest.mark.parametrize("scene", ["parabola", "bowl", "local-minima"])
def test_a_long_run_makes_no_longer_film(scene):
    """Beats and their moves are as many for 20,000 steps as for a few, and the film lasts as long."""
    long, usual = (told(RenderSpec(scene, fps=5, steps=steps, learning_rate=1e-9)) for steps in (STEPS, USUAL))

    assert len(long.beats) == len(usual.beats)
    assert sum(len(beat.moves) for beat in long.beats) == sum(len(beat.moves) for beat in usual.beats)
    assert long.frames <= usual.frames + 5 * 5


def test_a_long_run_is_shown_to_its_end():
    """The chart's head, the ball and the read-outs of 20,000 steps stand at the last one."""
    scene = scene_of(scene="parabola", cut="full", steps=STEPS, learning_rate=1e-5)
    frame = next(
        frame for frame in range(scene.beats[-1].end) if Now(scene.stage, frame).of("run", "progress") == STEPS
    )
    frame = next(beat.end - 1 for beat in scene.beats if beat.start <= frame < beat.end)
    run, now = scene.runs[0], Now(scene.stage, frame)
    marks = [mark for mark in scene.marks(frame) if mark.shows and mark.shows.step == STEPS]
    drawn = {mark.shows.quantity: mark for mark in marks if not isinstance(mark, Text)}
    written = {mark.shows.quantity: mark.text for mark in marks if isinstance(mark, Text)}

    chart, plane = scene.stage.part("chart").view(), scene.stage.part("plane").view(now)
    np.testing.assert_allclose(drawn["loss head"].centre, chart.to_frame(float(STEPS), run.losses[-1]))
    np.testing.assert_allclose(drawn["loss curve"].points[-1], chart.to_frame(float(STEPS), run.losses[-1]))
    np.testing.assert_allclose(drawn["point"].centre, plane.to_frame(run.points[-1, 0], run.losses[-1]))
    assert "".join(re.findall(r"\d", written["steps"])) == str(STEPS)
