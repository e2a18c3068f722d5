"""Several runs on one curve: each has its clock, its ball and its trail, in a colour of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gdsim import Trajectory
from scenes.stage.part import Part
from scenes.stage.parts.plane import Plane
from scenes.stage.parts.run import Ball, Run, Trail, rolls
from scenes.stage.write import Setting


def curve_lanes(
    setting: Setting, plane: Plane, runs: Sequence[Trajectory], colours: Sequence[str], first: int = 0
) -> Iterator[Part]:
    """The parts `run1`, `trail1`, `ball1`, …, from back to front; balls of methods with inertia roll along the curve.

    first: the index of the first of these runs among those of the film, from which the names are counted.
    """
    clocks = [Run(run, first + place, f"run{first + place + 1}") for place, run in enumerate(runs)]
    balls = list[Ball]()
    for clock, colour in zip(clocks, colours):
        heavy, number = rolls(clock.run), clock.index + 1
        yield Trail(setting, plane, clock, colour, f"trail{number}", rolling=heavy)
        alone = len(runs) == 1
        balls.append(Ball(setting, plane, clock, colour, f"ball{number}", tuple(balls), alone, rolling=heavy))
    yield from (*reversed(balls), *clocks)
