"""Cuts through a landscape, and the right angles between steps and contour lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from gdsim.objective import Array
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Area
from scenes.stage.line_marks import Stroke
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.part import STILL, Anchor, Now, Part
from scenes.stage.parts.compass import square
from scenes.stage.parts.land_loss import plated
from scenes.stage.parts.land_run import LandBall, stretches
from scenes.stage.parts.sight import Sight
from scenes.stage.terrain import Terrain
from scenes.stage.write import LABEL, Setting, at_tip, clear_of

POINTS = 90
TANGENT = 1.2
CURTAIN, HIDDEN = 0.22, 0.3
# Numbers nearer to each other than this would touch, and so would a number and a tangent.
CLOSE, TOUCHING = 0.9, 0.6
NAMES = ("first", "second")


class Slices(Part):
    """The landscape cut along each parameter through the ball: the cut's edge, the slope there, and its number.

    first.grown, second.grown: how much of each cut is shown, from the ball outwards.
    """

    channels: ClassVar[Mapping[str, Channel]] = {
        **{f"{name}.grown": STILL for name in NAMES},
        **{f"{name}.shown": Channel((1.0,)) for name in NAMES},
        **{f"{name}.pulse": STILL for name in NAMES},
    }

    def __init__(self, setting: Setting, ball: LandBall, name: str = "slices") -> None:
        super().__init__(name)
        self.setting, self.ball = setting, ball

    def marks(self, now: Now) -> Iterator[Mark]:
        (landed, share), sight = self.ball.clock.instant(now), self.ball.land.sight(now)
        if share > 0 or sight.tilt == 0:
            return
        told: list[Text] = []
        for axis, name in enumerate(NAMES):
            grown, shown = now.of(self, f"{name}.grown"), now.of(self, f"{name}.shown")
            if grown > 0 and shown > 0:
                pulse = now.of(self, f"{name}.pulse")
                yield from (mark.faded(shown) for mark in self._cut(sight, landed, axis, grown, pulse))
                if grown == 1:
                    told.append(clear_of(self._number(sight, landed, axis, pulse), told, sight.box))
                    plate = plated(told[-1], self.setting.theme.background)
                    yield from (mark.faded(shown) for mark in plate)

    def _number(self, sight: Sight, landed: int, axis: int, pulse: float) -> Text:
        """A cut's slope, at an end of its tangent."""
        text = self.setting.language.brief(float(self.ball.clock.run.gradients[landed, axis]))
        size, shows = LABEL * (1.2 + 0.5 * pulse), Shows("slope", self.ball.clock.index, landed, axis)
        label = self.setting.words(text, 0.0, 0.0, size, self.setting.theme.slope, 0.5, 0.5, 600, shows)
        return at_tip(label, *self._end(sight, landed, axis), sight.box)

    def _cut(self, sight: Sight, landed: int, axis: int, grown: float, pulse: float) -> Iterator[Mark]:
        theme, index = self.setting.theme, self.ball.clock.index
        edge = self._edge(landed, axis, grown)
        floor = np.column_stack([edge[:, :2], np.full(len(edge), sight.terrain.space.floor)])
        points, below = sight.at(edge), sight.at(floor)
        yield Area(points=np.vstack([points, below[::-1]]), colour=theme.slope, opacity=CURTAIN, clip=sight.box)
        yield from _half_hidden(sight, edge, theme.ink, 4.0, Shows("slice", index, landed, axis))
        if grown == 1:
            tangent = self.tangent(landed, axis)
            ends = sight.at(tangent)
            width, shows = 6.5 + 3 * pulse, Shows("tangent", index, landed, axis)
            yield Stroke(points=ends, colour=theme.slope, width=width, clip=sight.box, shows=shows)

    def _end(self, sight: Sight, landed: int, axis: int) -> tuple[tuple[float, float], tuple[float, float]]:
        """Where a tangent's number goes: its upper end, and the direction in which the tangent leads on from there.

        The second's goes to the lower end if the upper ends are close to each other, or the first tangent runs there.
        """
        lines = [sight.at(self.tangent(landed, one)) for one in (0, 1)]
        ends = lines[axis][np.argsort(lines[axis][:, 1])]
        tip = ends[1]
        if axis == 1:
            other, along = lines[0][int(np.argmax(lines[0][:, 1]))], np.linspace(lines[0][0], lines[0][1], 25)
            below, above = (float(np.hypot(*(along - end).T).min()) for end in ends)
            close = float(np.hypot(*(other - tip))) < CLOSE or above < min(TOUCHING, below)
            tip = ends[0] if close else tip
        way = tip - ends.mean(axis=0)
        way = way / max(float(np.hypot(*way)), 1e-9)
        return (float(tip[0]), float(tip[1])), (float(way[0]), float(way[1]))

    def _edge(self, landed: int, axis: int, grown: float) -> Array:
        """World points (n, 3) of the drawn surface along one parameter."""
        terrain = self.ball.land.terrain
        here = terrain.run.points[landed]
        low, high = terrain.space.domain[axis]
        reach = np.linspace(low, high, 4 * POINTS)
        line = np.repeat(here[None], len(reach), axis=0)
        line[:, axis] = reach
        with np.errstate(all="ignore"):
            inside = terrain.beyond(line) <= 0
        # The stretch around the ball, between the nearest places outside on either side.
        middle = int(np.argmin(np.abs(reach - here[axis])))
        outside = np.flatnonzero(~inside)
        first = int(outside[outside < middle].max(initial=-1)) + 1
        last = int(outside[outside > middle].min(initial=len(reach))) - 1
        ends = reach[min(first, middle)], reach[max(last, middle)]
        values = here[axis] + grown * (np.linspace(*ends, POINTS) - here[axis])
        cut = np.repeat(here[None], POINTS, axis=0)
        cut[:, axis] = values
        return np.asarray(terrain.field.lift(cut))

    def tangent(self, landed: int, axis: int) -> Array:
        """The ends (2, 3), in the world, of a line that touches the cut at the ball."""
        way = tangent_way(self.ball.land.terrain, landed, np.where(np.arange(2) == axis, 1.0, 0.0))
        run = self.ball.land.terrain.run
        place = self.ball.land.terrain.space.place(run.points[landed], float(run.losses[landed]))
        return np.array([place - TANGENT * way, place + TANGENT * way])

    def anchor(self, now: Now, element: str) -> Anchor:
        """`first`, `second`: the number of a cut."""
        landed, _ = self.ball.clock.instant(now)
        (x, y), (across, up) = self._end(self.ball.land.sight(now), landed, NAMES.index(element))
        return Anchor(x + 0.35 * across, y + 0.35 * up, 1.2 * LABEL)


def tangent_way(terrain: Terrain, landed: int, way: Array) -> Array:
    """(3,): the direction, of length 1, in which a tangent leaves a landing above the map's direction `way` (2,)."""
    run, small = terrain.run, 1e-4 * float(np.ptp(terrain.space.domain, axis=1).min())
    here, loss = run.points[landed], float(run.losses[landed])
    rise = small * float(run.gradients[landed] @ way)
    ends = terrain.space.place(np.array([here - small * way, here + small * way]), np.array([loss - rise, loss + rise]))
    return np.asarray((ends[1] - ends[0]) / max(float(np.linalg.norm(ends[1] - ends[0])), 1e-12))


class RightAngles(Part):
    """The contour line at each landing, and the right angle at which plain descent leaves it."""

    channels: ClassVar[Mapping[str, Channel]] = {"grown": STILL}
    SHORTEST, MOST, REACH = 0.4, 8, 1.3

    def __init__(self, setting: Setting, ball: LandBall, name: str = "angles") -> None:
        super().__init__(name)
        self.setting, self.ball = setting, ball

    def marks(self, now: Now) -> Iterator[Mark]:
        sight, run, theme = self.ball.land.sight(now), self.ball.clock.run, self.setting.theme
        landed, _ = self.ball.clock.instant(now)
        if sight.tilt > 0 or landed == 0:
            return
        places = sight.on_map(run.points[: landed + 1])
        lengths = np.hypot(*np.diff(places, axis=0).T)
        long = np.flatnonzero(lengths >= self.SHORTEST)[: self.MOST]
        for order, step in enumerate(long.tolist()):
            grown = min(1.0, max(0.0, now.of(self, "grown") * len(long) - order))
            if grown == 0 or not _inside(sight, places[step]):
                continue
            for line in sight.terrain.landing_lines(step):
                points = sight.on_map(line)
                near = np.hypot(*(points - places[step]).T) <= grown * self.REACH
                for piece in stretches(points, near):
                    shows = Shows("level", self.ball.clock.index, step)
                    yield Stroke(points=piece, colour=theme.loss, width=3.4, clip=sight.box, shows=shows)
            way = (places[step + 1] - places[step]) / lengths[step]
            corner = square(places[step], np.array([-way[1], way[0]]), way, theme.ink, min(0.2, 0.4 * lengths[step]))
            yield corner.faded(grown)


def _inside(sight: Sight, place: Array) -> bool:
    box = sight.box
    return bool(box.left <= place[0] <= box.right and box.bottom <= place[1] <= box.top)


def _half_hidden(sight: Sight, world: Array, colour: str, width: float, shows: Shows) -> Iterator[Mark]:
    """A line on the surface; the part behind a wall shines through faintly."""
    points, seen = sight.at(world), sight.visible(world)
    for piece in stretches(points, np.logical_not(seen)):
        yield Stroke(points=piece, colour=colour, width=width, opacity=HIDDEN, shows=shows)
    for piece in stretches(points, seen):
        yield Stroke(points=piece, colour=colour, width=width, shows=shows)
