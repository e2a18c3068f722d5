"""Several runs on one map: each ball, trail and name is its own run's, in its own colour."""

from __future__ import annotations

import numpy as np
import pytest

from gdsim import SURFACES, simulate
from gdsim.optimiser import momentum
from scenes.script.map_window import path_window, paths_window
from scenes.script.move import Move, both, present, shift
from scenes.script.timeline import Timeline
from scenes.stage.area_marks import Area
from scenes.stage.composition import compose
from scenes.stage.line_marks import Stroke
from scenes.stage.marks import Text
from scenes.stage.part import Now, Stage, channels_of
from scenes.stage.parts.landscape import Land
from scenes.stage.parts.map_lanes import map_lanes
from scenes.stage.terrain import Terrain
from scenes.stage.theme import THEMES
from scenes.stage.write import Setting

VALLEY = SURFACES["elongated-bowl"]
RUNS = (
    simulate(VALLEY, rate=0.12, steps=30),
    simulate(VALLEY, momentum(0.6), rate=0.12, steps=30),
    simulate(VALLEY, rate=0.05, steps=30),
)
NAMES = ("plain", "heavy", "slow")
COLOURS = ("#1f83b8", "#9fe03c", "#e8384f")


def stage_at(steps: float, dimmed: float = 0.0, runs=RUNS) -> Stage:
    """The lanes after so many steps, in the window of all the paths."""
    setting = Setting(compose(854, 480, "full"), THEMES["dark"])
    land = Land(setting, Terrain(runs[0], setting.theme), [paths_window(runs)])
    count = len(runs)
    parts = (land, *map_lanes(setting, land, runs, COLOURS[:count], NAMES[:count]).parts)
    shown = present("land", "names", *(f"{name}{k + 1}" for name in ("ball", "trail") for k in range(count)))
    clocks = both(*(shift(f"run{k + 1}", "progress", steps, 0) for k in range(count)))
    opening: tuple[Move, ...] = tuple(both(shown, clocks, shift("land.lines", "dimmed", dimmed, 0)))
    return Stage(parts, Timeline(channels_of(parts), opening, []), setting.theme)


def found(stage: Stage, quantity: str, kind: type) -> list:
    """The marks of one kind that show a quantity."""
    marks = stage.marks(0)
    return [mark for mark in marks if isinstance(mark, kind) and mark.shows and mark.shows.quantity == quantity]


@pytest.mark.parametrize("step", [0, 3, 30])
def test_each_ball_and_each_path_is_its_own_runs(step):
    """Ball k rests where run k is on the map and its path has run k's corners, both in colour k."""
    stage = stage_at(step)
    sight = stage.part("land").sight(Now(stage, 0))

    balls, paths = found(stage, "point", object), found(stage, "path", Stroke)

    assert {ball.shows.run for ball in balls} == {0, 1, 2}
    for ball in balls:
        run = RUNS[ball.shows.run]
        assert ball.shows.step == step
        assert ball.colour == COLOURS[ball.shows.run]
        assert ball.centre == pytest.approx(sight.on_map(run.points[step]).tolist(), abs=1e-6)
    for path in paths:
        assert path.colour == COLOURS[path.shows.run]
        assert np.allclose(path.points, sight.on_map(RUNS[path.shows.run].points[: step + 1]), atol=1e-6)
    assert len(paths) == (3 if step else 0)


def test_balls_at_one_place_can_all_be_seen():
    """Of balls that cover each other, each one further back is larger."""
    radii = {ball.shows.run: ball.radius for ball in found(stage_at(0), "point", object)}

    assert radii[0] < radii[1] < radii[2]


def test_names_stand_by_their_balls_and_meet_nothing():
    """At rest each run has its name in its colour, on no other name."""
    stage = stage_at(30)
    names = found(stage, "run name", Text)

    assert {name.text: name.colour for name in names} == dict(zip(NAMES, COLOURS))
    for index, name in enumerate(names):
        assert not any(name.box.meets(other.box) for other in names[index + 1 :])


def test_a_run_that_leaves_the_map_is_a_marker_in_its_colour():
    """Among several runs the one that is gone has no words, only a triangle in its colour."""
    runs = (RUNS[0], simulate(VALLEY, rate=0.2, steps=30))
    stage = stage_at(30, runs=runs)

    (marker,) = found(stage, "off the scale", Area)

    assert (marker.shows.run, marker.colour) == (1, COLOURS[1])
    assert "off the scale" not in {mark.text for mark in stage.words(0)}


def test_the_paths_window_shows_what_each_runs_does():
    """It is the smallest window around those of the single runs."""
    left, right, bottom, top = paths_window(RUNS)
    windows = np.array([path_window(run) for run in RUNS])

    assert (left, bottom) == tuple(windows[:, [0, 2]].min(axis=0))
    assert (right, top) == tuple(windows[:, [1, 3]].max(axis=0))


def test_dimmed_lines_are_fainter_and_still_there():
    """The contour lines step back, but do not go."""
    bright, faint = (
        [mark.opacity for mark in stage_at(3, dimmed).marks(0) if isinstance(mark, Stroke) and mark.shows is None]
        for dimmed in (0.0, 1.0)
    )

    assert len(bright) == len(faint) > 5
    assert all(0.2 * one < other < 0.6 * one for one, other in zip(bright, faint))
