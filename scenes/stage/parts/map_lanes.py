"""Several runs on one map, or on its landscape: each has its clock, its ball and its trail, in a colour of its own.

For any number of runs, and for any lesson that compares some: `map_lanes` makes the parts, `walk_all` moves them, and
the land's channel `lines.dimmed` lets the paths stand out from the contour lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from gdsim import Trajectory
from scenes.stage.box import Box
from scenes.stage.part import Now, Part
from scenes.stage.parts.land_run import LandBall, LandTrail
from scenes.stage.parts.landscape import Land
from scenes.stage.parts.names import GAP, Labels
from scenes.stage.parts.run import Run
from scenes.stage.write import Setting

# A label keeps clear of so many of each trail's last points, and of points between them this far apart.
LAST, PITCH = 12, 0.15


class LandNames(Labels):
    """A label next to each ball that rests on the map. names: words of the film's language."""

    def __init__(self, setting: Setting, balls: Sequence[LandBall], names: Sequence[str], name: str = "names") -> None:
        super().__init__(setting, balls, names, name, "run name", balls[0].clock.index)
        self.balls = tuple(balls)

    def room(self, now: Now) -> Box:
        return self.balls[0].land.sight(now).box

    def avoided(self, now: Now) -> list[Box]:
        """Small boxes along the ends of the trails, so that no label is on them."""
        sight, boxes = self.balls[0].land.sight(now), list[Box]()
        for ball in self.balls:
            landed, _ = ball.clock.instant(now)
            points = sight.on_map(ball.clock.run.points[max(0, landed - LAST) : landed + 1])
            for tail, head in pairwise(points):
                count = 1 + min(100, int(np.hypot(*(head - tail)) / PITCH))
                between = tail + np.linspace(0, 1, count)[:, None] * (head - tail)
                boxes += [Box(x - GAP, y - GAP, x + GAP, y + GAP) for x, y in between.tolist()]
        return boxes


class MapLanes(NamedTuple):
    """The parts of some runs: `run1`, `run2`, …, `trail1`, …, `ball1`, …, and `names`, the labels of resting balls."""

    clocks: tuple[Run, ...]
    trails: tuple[LandTrail, ...]
    balls: tuple[LandBall, ...]
    names: LandNames

    @property
    def parts(self) -> tuple[Part, ...]:
        """All of them, from back to front; the first run's ball is on top."""
        return (*self.trails, *reversed(self.balls), self.names, *self.clocks)


def map_lanes(
    setting: Setting,
    land: Land,
    runs: Sequence[Trajectory],
    colours: Sequence[str],
    names: Sequence[str],
    first: int = 0,
    labels: str = "names",
) -> MapLanes:
    """The lanes of runs on a land. colours: one per run, `#rrggbb`. names: likewise, in the film's language.

    first: the index of the first of them among all of the film's runs. labels: the name of the part with the names.
    """
    clocks = tuple(Run(run, first + index, f"run{first + index + 1}") for index, run in enumerate(runs))
    trails = tuple(
        LandTrail(setting, land, clock, colour, f"trail{clock.index + 1}") for clock, colour in zip(clocks, colours)
    )
    balls = list[LandBall]()
    for clock, colour in zip(clocks, colours):
        balls.append(LandBall(setting, land, clock, colour, f"ball{clock.index + 1}", tuple(balls), len(runs) == 1))
    return MapLanes(clocks, trails, tuple(balls), LandNames(setting, balls, names, labels))
