"""Films of long runs: what is drawn, said and looked up is bounded by the film, not by the steps."""

from __future__ import annotations

import numpy as np
import pytest
from scenes.stage.plane_marks import Chords, Footprints
from scenes.stage.plot import Course
from scenes.stage.space_marks import SpaceDots, SpacePath
from scenes.stage.visible_steps import FEW

from scenes import bowl, parabola
from scenes.film.draw import stage
from scenes.spec import RenderSpec

STEPS = 20_000
# Creeping, jumping for ever, and wandering about.
LONG = [
    {"scene": "parabola", "learning_rate": 1e-9},
    {"scene": "parabola", "learning_rate": 1.0},
    {"scene": "parabola", "function": "x**4-3*x**2+x", "learning_rate": 0.22, "start": (0.5,)},
    {"scene": "overshoot", "learning_rate": 1.0},
    {"scene": "local-minima", "learning_rate": 0.22},
    {"scene": "bowl", "learning_rate": 1.0},
    {"scene": "bowl", "function": "himmelblau", "learning_rate": 0.0355, "start": (1.0, 1.0)},
]


def marks(part) -> int:
    """How many points, discs or lines a part of the picture draws; 0 for one that does not follow the steps."""
    if isinstance(part, Course):
        return len(part.drawn(part.shown * (len(part.path) - 1)))
    if isinstance(part, Footprints | Chords):
        return int((part.drawn < part.shown).sum())
    if isinstance(part, SpaceDots):
        return part.shown
    return len(part.path) if isinstance(part, SpacePath) else 0


@pytest.mark.parametrize("words", LONG, ids=str)
def test_a_frame_draws_no_more_than_can_be_seen(words):
    """After 20,000 steps no part of the picture draws more than 8,000 marks; all parts draw fewer than 50,000."""
    spec = RenderSpec(width=160, height=90, fps=5, cut="loop", steps=STEPS, **words)
    with stage(spec) as (scene, _):
        scene.open()
        steps = max(run.steps for run in scene.runs)
        for clock in ("progress", "crowd_clock"):
            getattr(scene, clock, scene.progress).set_value(float(steps))
        scene.follow()
        drawn = [marks(part) for mobject in scene.mobjects for part in mobject.get_family()]

    assert steps == STEPS
    assert max(drawn) <= 8000
    assert sum(drawn) < 50_000


@pytest.mark.parametrize("module", [parabola, bowl])
def test_few_numbers_are_set_to_find_the_widest(module, monkeypatch):
    """The rule's room is found from FEW of a long run's steps, the first and the last among them."""
    asked = []
    widest = module.widest

    def counted(sources, colour):
        asked.extend(sources)
        return widest(asked, colour)

    monkeypatch.setattr(module, "widest", counted)
    name = module.__name__.rpartition(".")[2]
    with stage(RenderSpec(name, width=160, height=90, fps=5, cut="loop", steps=STEPS, learning_rate=1e-9)) as (
        scene,
        _,
    ):
        scene.open()

    assert len(asked) == FEW


def test_a_long_run_is_shown_to_its_end():
    """The chart's head, the ball and the read-outs of 20,000 steps stand at the last one."""
    with stage(RenderSpec("parabola", width=160, height=90, fps=5, cut="loop", steps=STEPS, learning_rate=1e-5)) as (
        scene,
        _,
    ):
        scene.open()
        scene.progress.set_value(float(STEPS))
        scene.follow()
        run, chart = scene.run, scene.chart

        expected = chart.plane.to_frame(float(STEPS), run.losses[-1])
        np.testing.assert_allclose(chart.heads[0].place, expected)
        np.testing.assert_allclose(chart.lines[0].drawn(STEPS)[-1], expected)
        np.testing.assert_allclose(
            scene.roller.ball.place, scene.roller.plane.to_frame(run.points[-1, 0], run.losses[-1])
        )
