"""The valley collapsed to a line: each run has a lane that shows its ball's distance from the minimum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from scenes.phrases.rate_facts import factor_digits
from scenes.script.numbers import number
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Area, Disc
from scenes.stage.box import Box
from scenes.stage.camera import Array
from scenes.stage.line_marks import Lines, Stroke
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.part import STILL, Anchor, Now, Part
from scenes.stage.parts.plane import Plane
from scenes.stage.parts.run import APART, BALL, PRINT, Run, rim
from scenes.stage.ticks import ticks
from scenes.stage.write import AXIS, LABEL, SMALLEST, Setting

# Room left of the lanes for their names, right of them for the factors, below them for the numbers of their axis.
NAMES, FACTORS, AXIS_ROOM = 1.15, 1.35, 0.55
HIGHEST_LANE, HOP = 2.0, 0.46
# The number of last hops that are seen, the oldest dim.
HOPS = 4
LIFT = 0.1


class Lanes(Part):
    """One lane per run.

    names: the labels left of the lanes. minimum: where offset 0 is, in the plane's units.

    factors: what each step multiplies a run's offset by, one per lane.
    Channels: `spread`, how far the lanes have parted from the one line that the valley became. Elements: `run1`, …
    """

    def __init__(
        self,
        setting: Setting,
        plane: Plane,
        clocks: Sequence[Run],
        colours: Sequence[str],
        names: Sequence[str],
        factors: Sequence[float],
        minimum: float,
        name: str = "lanes",
    ) -> None:
        super().__init__(name)
        self.setting, self.plane, self.clocks, self.colours = setting, plane, tuple(clocks), tuple(colours)
        self.names, self.factors, self.minimum = tuple(names), tuple(factors), minimum

    def all_channels(self) -> dict[str, Channel]:
        kinds = ("pulse", "factor")
        own = {f"run{index + 1}.{kind}": STILL for index in range(len(self.clocks)) for kind in kinds}
        return {**super().all_channels(), "spread": STILL, "labels": STILL, **own}

    def room(self, now: Now) -> Box:
        """The box in which the balls may be."""
        hero = self.plane.hero(now)
        return hero.inset(NAMES, AXIS_ROOM, FACTORS, 0.1)

    def heights(self, now: Now) -> tuple[list[float], float]:
        """The level of each lane, and the room above it."""
        room, spread = self.room(now), now.of(self, "spread")
        pitch = min(HIGHEST_LANE, room.height / len(self.clocks))
        top = room.centre[1] + pitch * len(self.clocks) / 2
        line = self.plane.view(now).point(self.minimum, 0.0)[1]
        rows = [top - (index + 0.74) * pitch for index in range(len(self.clocks))]
        return [line + spread * (row - line) for row in rows], pitch

    def marks(self, now: Now) -> Iterator[Mark]:
        room, spread = self.room(now), now.of(self, "spread")
        heights, pitch = self.heights(now)
        yield from (mark.faded(spread) for mark in self._axis(now, room, heights, pitch))
        for index in range(len(self.clocks)):
            yield from self._path(now, index, heights[index], pitch, room)
        for index in reversed(range(len(self.clocks))):
            yield from self._ball(now, index, heights, pitch, room)
        for index in range(len(self.clocks)):
            yield from self._labels(now, index, heights[index], room)

    def _axis(self, now: Now, room: Box, heights: Sequence[float], pitch: float) -> Iterator[Mark]:
        """The lanes' lines, the minimum through all of them, and the offsets below."""
        theme, view = self.setting.theme, self.plane.view(now)
        low, high = (value - self.minimum for value in self._span(now, room))
        lines = np.array([[[room.left, y], [room.right, y]] for y in heights])
        yield Lines(ends=lines, colour=theme.faint, width=3.0)
        zero = view.point(self.minimum, 0.0)[0]
        foot = heights[-1] - 0.16 * pitch
        ends = np.array([[zero, foot], [zero, heights[0] + 0.7 * pitch]])
        yield Stroke(points=ends, colour=theme.minimum, width=3.0, clip=room.inset(-1, -1, -1), shows=Shows("minimum"))
        places = ticks(low, high, 7)
        for value in places:
            x = view.point(self.minimum + value, 0.0)[0]
            colour = theme.minimum if value == 0 else theme.muted
            yield self.setting.words(
                number(value), x, room.bottom - 0.1, AXIS, colour, 0.5, 1.0, 600 if not value else 400
            )
        yield self.setting.formula("d", room.right + 0.6, room.bottom - 0.1, 0.4, theme.minimum, 0.5, 1.0)

    def _span(self, now: Now, room: Box) -> tuple[float, float]:
        """The plane's numbers at the sides of the room."""
        view = self.plane.view(now)
        left, right, _, _ = view.window
        scale = (right - left) / view.box.width
        return left + (room.left - view.box.left) * scale, left + (room.right - view.box.left) * scale

    def _place(self, now: Now, index: int, y: float, pitch: float) -> tuple[Array, int | None]:
        """Where a ball is (2,), and the step at which it rests; None while it hops."""
        landed, share = self.clocks[index].instant(now)
        run, view = self.clocks[index].run, self.plane.view(now)
        here = view.point(float(run.points[landed, 0]), 0.0)[0]
        if share == 0:
            return np.array([here, y]), landed
        there = view.point(float(run.points[landed + 1, 0]), 0.0)[0]
        return hop(here, there, y, pitch, share), None

    def _ball(self, now: Now, index: int, heights: Sequence[float], pitch: float, room: Box) -> Iterator[Mark]:
        place, step = self._place(now, index, heights[index], pitch)
        colour, x, y = self.colours[index], float(place[0]), float(place[1])
        if not room.left <= x <= room.right:
            side = 1.0 if x > room.right else -1.0
            x, size = (room.right if side > 0 else room.left), 0.17
            corners = np.array([[x, y], [x - 2 * side * size, y + size], [x - 2 * side * size, y - size]])
            yield Area(points=corners, colour=colour, shows=Shows("off the scale", index))
            return
        others = [(self._place(now, other, heights[other], pitch)[0], 1.0) for other in range(index)]
        radius = BALL * (1 + 0.5 * now.of(self, f"run{index + 1}.pulse")) + rim(place, others)
        background = self.setting.theme.background
        yield Disc(centre=(x, y), radius=radius, colour=colour, rim=background, shows=Shows("offset", index, step))

    def _path(self, now: Now, index: int, y: float, pitch: float, room: Box) -> Iterator[Mark]:
        """The last hops, and a dot for each landing."""
        landed, share = self.clocks[index].instant(now)
        run, view, colour = self.clocks[index].run, self.plane.view(now), self.colours[index]
        points = run.points[: landed + 2, 0]
        places = view.to_frame(points, np.zeros_like(points))[:, 0]
        for step in range(max(0, landed - HOPS), min(landed + 1, run.steps)):
            gone = 1.0 if step < landed else share
            fade = 1 - (landed + share - step - gone) / HOPS
            if gone > 0 and fade > 0 and np.abs(places[step : step + 2]).max() < 60:
                shares = np.linspace(0, gone, 24)
                arc = np.array([hop(places[step], places[step + 1], y, pitch, one) for one in shares])
                yield Stroke(points=arc, colour=colour, width=2.6, dash=(0.09, 0.09), clip=room, opacity=0.9 * fade)
        inside = np.flatnonzero((places[: landed + 1] >= room.left) & (places[: landed + 1] <= room.right))
        _, firsts = np.unique(np.round(places[inside] / APART).astype(np.int64), return_index=True)
        for step in sorted(inside[firsts].tolist()):
            shows = Shows("offset landing", index, step)
            yield Disc(centre=(float(places[step]), y), radius=PRINT, colour=colour, shows=shows)

    def _labels(self, now: Now, index: int, y: float, room: Box) -> Iterator[Mark]:
        """The run's name left of its lane, and its factor right of it."""
        shown, pulse = now.of(self, "labels"), now.of(self, f"run{index + 1}.pulse")
        if shown > 0:
            yield self._name(index, y, room, 1 + 0.25 * pulse).faded(shown)
        told = shown * now.of(self, f"run{index + 1}.factor")
        if told > 0:
            text, size = (
                f"× {number(self.factors[index], factor_digits(self.factors[index]))}",
                LABEL * (1.15 + 0.3 * pulse),
            )
            shows, colour = Shows("factor", index), self.colours[index]
            wide = self.setting.words(text, 0, 0, size, weight=600).box
            size *= min(1.0, (FACTORS - 0.2) / wide.width) if wide else 1.0
            mark = self.setting.words(text, room.right + FACTORS / 2, y, size, colour, 0.5, 0.5, 600, shows)
            yield mark.faded(told)

    def _name(self, index: int, y: float, room: Box, swell: float = 1.0) -> Text:
        text, colour = self.names[index], self.colours[index]
        wide = self.setting.words(text, 0, 0, LABEL * swell, weight=600).box
        size = LABEL * swell * (min(1.0, (NAMES - 0.2) / wide.width) if wide else 1.0)
        size, shows = max(SMALLEST, size), Shows("run rate", index)
        return self.setting.words(text, room.left - 0.2, y, size, colour, 1.0, 0.5, 600, shows)

    def anchor(self, now: Now, element: str) -> Anchor:
        """`run1`: its name. `ball1`: the number below its ball."""
        heights, pitch = self.heights(now)
        index = int(element.lstrip("balrun")) - 1
        if element.startswith("ball"):
            x, y = self._place(now, index, heights[index], pitch)[0].tolist()
            return Anchor(x, y + LABEL, LABEL)
        box = self._name(index, heights[index], self.room(now)).box
        assert box is not None
        return Anchor(*box.centre, LABEL)


def hop(tail: float, head: float, y: float, pitch: float, share: float) -> Array:
    """Frame point (2,) on the arc of a hop along a lane, too low to reach the next lane."""
    height = min(HOP * pitch, LIFT + 0.22 * abs(head - tail))
    return np.array([tail + share * (head - tail), y + 4 * height * share * (1 - share)])
