"""The shooting range: ground with its metres, a slingshot, and a basket, drawn to one scale across and up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from gdsim.ballistics import DISTANCE
from scenes.phrases.shot_facts import RIM
from scenes.script.numbers import number
from scenes.script.window import Window
from scenes.stage.area_marks import Area
from scenes.stage.box import Box
from scenes.stage.camera import Array
from scenes.stage.line_marks import Lines, Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import Now
from scenes.stage.parts.panel import BARE, ENOUGH, Panel
from scenes.stage.parts.plane import View
from scenes.stage.ticks import ticks
from scenes.stage.write import AXIS, TICK, Setting

# The hollow in which the slingshot stands, so that a ball leaves it at ground height: from, to, and how deep.
HOLLOW = (-11.0, 3.5, 7.5)
# The fork's prongs and where they part, and the basket's depth and the width of its foot, in metres.
PRONG, PART, DEPTH, FOOT = 1.5, 3.2, 5.0, 0.62
# Of the room that is left over, this share is on the range's left, and this one below it.
LEFT_SHARE, UNDER = 0.4, 0.3


class Range(Panel):
    """The ground at height 0, metres along it, the fork and the basket. It is the leader that makes room.

    window: the least part of it that is seen, in metres; a box of another shape shows more at the top or the sides.
    """

    def __init__(self, setting: Setting, window: Window, small: Box, name: str = "plane") -> None:
        super().__init__(setting, window, "", None, small, None, True, "range tick", name)

    def view(self, now: Now) -> View:
        box = self.hero(now).inset(BARE, BARE, BARE, BARE)
        left, right, bottom, top = now.all_of(self, "window")
        unit = max((right - left) / box.width, (top - bottom) / box.height)
        spare = unit * box.width - (right - left)
        low = bottom - UNDER * (unit * box.height - (top - bottom))
        window = (left - LEFT_SHARE * spare, right + (1 - LEFT_SHARE) * spare, low, low + unit * box.height)
        return View(box, window)

    def marks(self, now: Now) -> Iterator[Mark]:
        view = self.view(now)
        yield from self._earth(view)
        yield from self._fork(view)
        yield from self._basket(now, view)
        if self.hero(now).height >= ENOUGH:
            yield from self._metres(view)

    def _earth(self, view: View) -> Iterator[Mark]:
        (left, right, bottom, _), theme, (near, far, depth) = view.window, self.setting.theme, HOLLOW
        ground = [(left, 0), (near, 0), (near + 1.5, -depth), (far - 1.5, -depth), (far, 0)]
        hole = [(DISTANCE - RIM, 0), (DISTANCE - FOOT * RIM, -DEPTH), (DISTANCE + FOOT * RIM, -DEPTH)]
        ground = [*ground, *hole, (DISTANCE + RIM, 0), (right, 0)]
        line = view.to_frame(*np.array(ground, dtype=float).T)
        corners = view.to_frame(np.array([right, left]), np.array([bottom, bottom]))
        yield Area(points=np.vstack([line, corners]), colour=theme.faint, clip=view.box)
        yield Stroke(points=line, colour=theme.muted, width=3.0, clip=view.box, shows=Shows("ground"))

    def _fork(self, view: View) -> Iterator[Mark]:
        """Handle and prongs; the ball leaves between these, at (0, 0)."""
        foot, part = (0.0, -HOLLOW[2]), (0.0, -PART)
        for ends in ((foot, part), (part, (-PRONG, 0.4)), (part, (PRONG, 0.4))):
            points = view.to_frame(*np.array(ends).T)
            yield Stroke(points=points, colour=self.setting.theme.muted, width=_thick(view, 0.75), clip=view.box)

    def _basket(self, now: Now, view: View) -> Iterator[Mark]:
        """A net of green under a rim, which swells with the pulse."""
        green, swell = self.setting.theme.minimum, 1 + 0.8 * now.of(self, "pulse")
        shares = np.linspace(-1.0, 1.0, 6)
        low = FOOT * RIM * shares
        down = [((DISTANCE + RIM * a, 0.0), (DISTANCE + b, -DEPTH)) for a, b in zip(shares, low)]
        across = [RIM * (1 - (1 - FOOT) * share) for share in (0.35, 0.7, 1.0)]
        rings = [
            ((DISTANCE - half, -DEPTH * share), (DISTANCE + half, -DEPTH * share))
            for half, share in zip(across, (0.35, 0.7, 1.0))
        ]
        ends = np.array([*down, *rings])
        yield Lines(ends=view.to_frame(ends[..., 0], ends[..., 1]), colour=green, width=_thick(view, 0.16) * swell)
        rim = view.to_frame(np.array([DISTANCE - RIM, DISTANCE + RIM]), np.zeros(2))
        yield Stroke(
            points=rim, colour=green, width=_thick(view, 0.7) * swell, clip=view.box, shows=Shows("basket", axis=0)
        )

    def _metres(self, view: View) -> Iterator[Mark]:
        """Numbers along the ground, under it."""
        left, right, _, _ = view.window
        values = [value for value in ticks(max(left, -1e3), right, 12) if value >= 0 or left < HOLLOW[0] - 12]
        values = [value for value in values if not HOLLOW[0] - 2 < value < HOLLOW[1] + 2 or value == 0]
        values = [value for value in values if abs(value - DISTANCE) < 1e-9 or abs(value - DISTANCE) > 2 * RIM]
        for value in self._apart([value for value in values if value], view):
            x, y = view.point(value, -5.6)
            if view.box.left + 0.2 < x < view.box.right - 0.5:
                mark = self._number(number(value), x, y, 0.5, 1.0, 0, AXIS)
                yield mark
                if value == DISTANCE and mark.box is not None:
                    unit = self.setting.words("m", mark.box.right + 0.08, y, AXIS, self.setting.theme.muted, 0.0, 1.0)
                    yield replace(unit, rank=TICK)


def _thick(view: View, metres: float) -> float:
    """A line's width in stroke units for so many metres, thinner where the range is small."""
    return max(1.2, 100 * metres * view.box.width / (view.window[1] - view.window[0]))


def placed_in(view: View, places: Array) -> Array:
    """Metres (n, 2) -> frame points, without those that are too far away to be drawn."""
    points = view.to_frame(places[:, 0], places[:, 1])
    return points[(np.abs(points) < 60).all(axis=1)]
