"""The numbers of shots, in the upper corners of the range: force, angle and miss, and the loss's two slopes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from gdsim import Trajectory
from gdsim.objective import Array
from scenes.phrases.shot_facts import misses
from scenes.script.numbers import fixed
from scenes.stage.box import Box
from scenes.stage.part import Now, Part
from scenes.stage.parts.aside import Field, Readouts
from scenes.stage.parts.rules import three
from scenes.stage.parts.shooting_range import Range
from scenes.stage.parts.shots import Aiming, Firing, Landing
from scenes.stage.write import Setting

FORCE, ANGLE, MISS = "force v, m/s", "angle θ, °", "miss, m"
FASTER, STEEPER = "loss per m/s", "loss per °"
# How wide they are on the right, on the left, and where high flights pass; how high a row is, and their distance from
# the hero's edges.
WIDE, WIDER, NARROW, ROW, AWAY = 2.9, 3.3, 2.15, 0.5, 0.25


def shot_numbers(setting: Setting, plane: Range, firings: Sequence[Firing]) -> Iterator[Part]:
    """`aim1` and `missed1`, force, angle and miss of the first row of shots; `aim2`, the second row's angle alone."""
    for firing in firings:
        run, clock = firing.run, Aiming(firing)
        angle = Field(ANGLE, "ball", partial(_parameter, run, 1), "second point")
        if firing.index:
            yield Readouts(
                setting, partial(_right, plane, 0, 1, NARROW), clock, [angle], f"aim{firing.index + 1}", True
            )
            continue
        force = Field(FORCE, "ball", partial(_parameter, run, 0), "point")
        missed = Field(MISS, "loss", partial(_miss, misses(run)), "signed miss")
        yield Readouts(setting, partial(_right, plane, 0, 2, WIDE), clock, [force, angle], "aim1", True)
        yield Readouts(setting, partial(_right, plane, 2, 1, WIDE), Landing(firing), [missed], "missed1", True)


def shot_slopes(setting: Setting, plane: Range, firing: Firing) -> Readouts:
    """`slopes`: how fast the loss changes with force and with angle, at the first shot."""
    fields = (
        Field(FASTER, "slope", partial(_slope, firing.run, 0), "slope"),
        Field(STEEPER, "slope", partial(_slope, firing.run, 1), "angle slope"),
    )
    return Readouts(setting, slopes_box(plane), firing, fields, "slopes", True)


def slopes_box(plane: Range) -> Callable[[Now], Box]:
    """The frame -> where the slopes are written."""
    return lambda now: left_corner(plane.hero(now), 2)


def left_corner(hero: Box, rows: int) -> Box:
    """A box for so many rows in the hero's upper left corner."""
    top, left = hero.top - AWAY, hero.left + AWAY
    return Box(left, top - rows * ROW, left + WIDER, top)


def _right(plane: Range, first: int, rows: int, wide: float, now: Now) -> Box:
    """A box for some rows, below the first ones, in the hero's upper right corner."""
    hero = plane.hero(now)
    top, right = hero.top - AWAY - first * ROW, hero.right - AWAY
    return Box(right - wide, top - rows * ROW, right, top)


def _parameter(run: Trajectory, axis: int, step: int) -> str:
    return fixed(float(run.points[step, axis]), 1)


def _miss(lengths: Array, step: int) -> str:
    """With its sign, as the correction counts with it: too short is negative."""
    return fixed(float(lengths[step]), 1)


def _slope(run: Trajectory, axis: int, step: int) -> str:
    return three(float(run.gradients[step, axis]))
