"""Two cuts through level ground, in the directions in which it curves most and least, each with its curvature."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

import numpy as np

from gdsim.objective import Array
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Area
from scenes.stage.line_marks import Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.land_loss import plated
from scenes.stage.parts.land_run import stretches
from scenes.stage.parts.landscape import Land
from scenes.stage.parts.sight import Sight
from scenes.stage.write import LABEL, Setting, at_tip

NAMES = ("up", "down")
POINTS = 90
# A cut's reach, unless another is given, and how far its curtain hangs down, as a share of the way to the floor.
REACH = 0.2
CURTAIN, HIDDEN = 0.3, 0.35


class Bends(Part):
    """The ground cut through a place in two directions: the cut's edge, a curtain below it, and the curvature there.

    place: parameters (2,). ways: the two directions (2,). bends: the curvatures in them. quantity: for tests.
    reach: how far a cut reaches to either side, as a share of the map's shorter side.
    up.grown, down.grown: how much of each cut is shown, from the place outwards; its number comes in at the end.
    """

    channels: ClassVar[Mapping[str, Channel]] = {
        f"{name}.{kind}": STILL for name in NAMES for kind in ("grown", "pulse")
    }

    def __init__(
        self,
        setting: Setting,
        land: Land,
        place: Sequence[float],
        ways: Sequence[Sequence[float]],
        bends: Sequence[float],
        quantity: str,
        name: str = "bends",
        reach: float = REACH,
    ) -> None:
        super().__init__(name)
        self.setting, self.land, self.quantity, self.reach = setting, land, quantity, reach
        self.place, self.ways, self.bends = np.array(place), np.array(ways), tuple(bends)

    def marks(self, now: Now) -> Iterator[Mark]:
        sight = self.land.sight(now)
        for axis, name in enumerate(NAMES):
            grown = now.of(self, f"{name}.grown")
            if grown > 0:
                yield from self._cut(sight, axis, grown, now.of(self, f"{name}.pulse"))

    def colour(self, axis: int) -> str:
        """Green where the cut curves up, as around a minimum; orange where a step leads down."""
        return self.setting.theme.minimum if self.bends[axis] > 0 else self.setting.theme.step

    def _cut(self, sight: Sight, axis: int, grown: float, pulse: float) -> Iterator[Mark]:
        edge, colour = self.edge(sight, axis, grown), self.colour(axis)
        shows = Shows(f"{self.quantity} cut", axis=axis)
        if sight.tilt > 0:
            floor = np.column_stack([edge[:, :2], np.full(len(edge), sight.terrain.space.floor)])
            below = edge + CURTAIN * (floor - edge)
            corners = np.vstack([sight.at(edge), sight.at(below)[::-1]])
            yield Area(points=corners, colour=colour, opacity=0.3 * sight.tilt, clip=sight.box)
        points, seen, width = sight.at(edge), sight.visible(edge), 6.0 + 3.5 * pulse
        for piece in stretches(points, np.logical_not(seen)):
            yield Stroke(points=piece, colour=colour, width=width, opacity=HIDDEN, clip=sight.box, shows=shows)
        for piece in stretches(points, seen):
            yield Stroke(points=piece, colour=colour, width=width, clip=sight.box, shows=shows)
        if grown == 1:
            yield from self._number(sight, axis, points, pulse)

    def _number(self, sight: Sight, axis: int, points: Array, pulse: float) -> Iterator[Mark]:
        """The curvature, with its sign, beyond an end of the cut."""
        value, theme = self.bends[axis], self.setting.theme
        text = ("+" if value > 0 else "") + self.setting.language.brief(value)
        size, shows = LABEL * (1.35 + 0.5 * pulse), Shows(self.quantity, 0, 0, axis)
        label = self.setting.words(text, 0.0, 0.0, size, self.colour(axis), 0.5, 0.5, 700, shows)
        ends = points[[0, -1]]
        # The first beyond its right end, the second to the left of the end that is higher in the picture.
        tip = ends[int(np.argmax(ends[:, axis]))]
        way = tip - points[len(points) // 2]
        way = (way if axis == 0 else np.array([-way[1], way[0]])) / max(float(np.hypot(*way)), 1e-9)
        yield from plated(at_tip(label, _pair(tip), _pair(way), sight.box), theme.background)

    def edge(self, sight: Sight, axis: int, grown: float) -> Array:
        """World points (n, 3) of the drawn ground along one direction, as far as it is drawn."""
        terrain = sight.terrain
        reach = self.reach * float(np.ptp(terrain.space.domain, axis=1).min())
        line = self.place + np.linspace(-reach, reach, 2 * POINTS + 1)[:, None] * self.ways[axis]
        with np.errstate(all="ignore"):
            outside = np.flatnonzero(terrain.beyond(line) > 0)
        first = int(outside[outside < POINTS].max(initial=-1)) + 1
        last = int(outside[outside > POINTS].min(initial=2 * POINTS + 1)) - 1
        away = np.linspace(-reach, reach, 2 * POINTS + 1)
        shares = grown * np.linspace(away[min(first, POINTS)], away[max(last, POINTS)], POINTS)
        return np.asarray(terrain.field.lift(self.place + shares[:, None] * self.ways[axis]))


def _pair(point: Array) -> tuple[float, float]:
    x, y = point.tolist()
    return x, y
