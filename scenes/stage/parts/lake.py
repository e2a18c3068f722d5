"""A lake in a hollow of the landscape, and how much lower another place is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from gdsim import Minimum
from gdsim.objective import Array
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Area
from scenes.stage.line_marks import ArrowMark, Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.land_loss import plated
from scenes.stage.parts.land_run import LandBall
from scenes.stage.parts.landscape import Land
from scenes.stage.terrain import Terrain
from scenes.stage.theme import blended
from scenes.stage.write import LABEL, Setting, within

# No point of the shore is farther from the lake's deepest place than this share of the map's shorter side.
WIDEST = 0.14
# Points of the shore, and places that are looked at on the way to each.
SHORE, LOOKS = 72, 48
# How far it is filled, up to where it would run out within that width.
FULL = 0.6
# How much of the sky water mirrors.
WATER = 0.5


class Lake(Part):
    """Water in a hollow. grown: how far it has filled."""

    channels: ClassVar[Mapping[str, Channel]] = {"grown": STILL}

    def __init__(self, setting: Setting, land: Land, hollow: int, name: str = "lake") -> None:
        super().__init__(name)
        self.setting, self.land, self.hollow = setting, land, hollow
        self.shore, self.level = shore(land.terrain, land.terrain.objective.minima[hollow])

    def marks(self, now: Now) -> Iterator[Mark]:
        sight, grown = self.land.sight(now), now.of(self, "grown")
        middle = np.array(self.land.terrain.objective.minima[self.hollow].point)
        edge = middle + grown * (self.shore - middle)
        world = self.land.terrain.space.place(edge, np.full(SHORE, self.level))
        if grown == 0 or not sight.visible(world).any():
            return
        points, theme = sight.at(world), self.setting.theme
        shows = Shows("lake", step=self.hollow)
        yield Area(
            points=points, colour=blended(theme.heights[1], "#ffffff", WATER), opacity=0.95, clip=sight.box, shows=shows
        )
        swell = 1 + 1.2 * now.of(self, "pulse")
        yield Stroke(points=points, colour=theme.ink, width=2.2 * swell, closed=True, clip=sight.box, opacity=0.85)


class LakeDrop(Part):
    """How much lower a place is than a ball at rest: a line across at the ball's height, then down, with the number.

    grown: 0 nothing, ½ across, 1 all of it.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"grown": STILL}

    def __init__(self, setting: Setting, ball: LandBall, lower: Minimum, name: str = "drop") -> None:
        super().__init__(name)
        self.setting, self.ball, self.lower = setting, ball, lower

    def marks(self, now: Now) -> Iterator[Mark]:
        (landed, share), sight = self.ball.clock.instant(now), self.ball.land.sight(now)
        space, run, grown = sight.terrain.space, self.ball.clock.run, now.of(self, "grown")
        if share > 0 or sight.tilt < 0.5 or grown == 0:
            return
        loss, place = float(run.losses[landed]), np.array(self.lower.point)
        here, over, foot = sight.at(
            np.array(
                [space.place(run.points[landed], loss), space.place(place, loss), space.place(place, self.lower.value)]
            )
        )
        colour, ground, box = self.setting.theme.loss, self.setting.theme.background, sight.box
        ends = np.array([here, here + min(1.0, 2 * grown) * (over - here)])
        yield Stroke(points=ends, colour=colour, width=4.0, dash=(0.16, 0.12), clip=box)
        down = max(0.0, 2 * grown - 1)
        if down > 0:
            shows = Shows("drop", self.ball.clock.index, landed)
            tip = over + down * (foot - over)
            width = 6.0 + 3.0 * now.of(self, "pulse")
            yield Stroke(points=np.array([over, tip]), colour=ground, width=width + 4, clip=box, opacity=0.6)
            yield ArrowMark(tail=_pair(over), head=_pair(tip), colour=colour, width=width, shows=shows)
            text, left = self.setting.language.brief(loss - self.lower.value), bool(over[0] < here[0])
            x, y = (over + np.array([-0.2 if left else 0.2, 0.16])).tolist()
            label = self.setting.words(text, x, y, LABEL * 1.2, colour, 1.0 if left else 0.0, 0.0, 600, shows)
            yield from (mark.faded(down) for mark in plated(within(label, box), ground))


def shore(terrain: Terrain, hollow: Minimum) -> tuple[Array, float]:
    """(SHORE, 2), in the objective's units, and the level of a lake around a minimum: as wide as the hollow allows."""
    middle, reach = np.array(hollow.point), WIDEST * float(np.ptp(terrain.space.domain, axis=1).min())
    turns = 2 * np.pi * np.arange(SHORE) / SHORE
    ways = np.column_stack([np.cos(turns), np.sin(turns)])
    radii = reach * np.arange(1, LOOKS + 1) / LOOKS
    with np.errstate(all="ignore"):
        losses = np.asarray(terrain.objective.value(middle + radii[:, None, None] * ways))
    losses = np.where(np.isfinite(losses), losses, np.inf)
    brim = float(losses.max(axis=0).min())  # the water runs out where the rim is lowest
    level = hollow.value + FULL * (brim - hollow.value)
    over = losses >= level
    first = np.where(over.any(axis=0), over.argmax(axis=0), LOOKS - 1)
    below = np.vstack([np.full(SHORE, hollow.value), losses])[first, np.arange(SHORE)]
    above = losses[first, np.arange(SHORE)]
    share = np.clip((level - below) / np.maximum(above - below, 1e-300), 0.0, 1.0)
    return middle + ((first + share) * reach / LOOKS)[:, None] * ways, level


def _pair(point: Array) -> tuple[float, float]:
    x, y = point.tolist()
    return x, y
