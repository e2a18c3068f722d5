"""Two pictures that belong together: one is the hero, the other has a box next to it, and they can trade places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from scenes.script.easing import smooth
from scenes.script.timeline import Channel
from scenes.script.window import Window
from scenes.stage.area_marks import Plate
from scenes.stage.box import Box
from scenes.stage.camera import Array
from scenes.stage.composition import Composition
from scenes.stage.marks import Mark, Text
from scenes.stage.part import STILL, Now
from scenes.stage.parts.plane import ABOVE, BELOW, LEFT, RIGHT, Plane, View
from scenes.stage.write import Setting

# A picture next to the hero has numbers if its box is at least so high.
ENOUGH = 2.5
# What is less opaque than this is not there: a box on its way back arrives but for a rounding error.
LEAST_SHOWN = 1e-3
# How much faster numbers fade than two pictures trade places.
HURRY = 12.0
# Margins of a picture without numbers, and the air around what stands in a corner.
BARE, AIR = 0.12, 0.25


class Panel(Plane):
    """A plane with a name for each axis, as the hero or in a box next to it.

    x, y: the axes' names as Typst mathematics; y may have none. small: its box while it is not the hero.
    leader: the panel with which it trades places, as whose channel `swapped` says; None if it is itself the leader.
    equal: whether a unit is as long on both axes, so that a circle is round; the window is then made wider or taller.
    ticks: the quantity that the axes' numbers show, for tests: one name for each panel of a picture.
    """

    channels: ClassVar[Mapping[str, Channel]] = {**Plane.channels, "swapped": STILL}

    def __init__(
        self,
        setting: Setting,
        window: Window,
        x: str,
        y: str | None,
        small: Box,
        leader: Panel | None = None,
        equal: bool = False,
        ticks: str = "tick",
        name: str = "plane",
    ) -> None:
        super().__init__(setting, window, x, name)
        self.y, self.small, self.leader, self.equal, self.ticks = y, small, leader or self, equal, ticks

    def hero(self, now: Now) -> Box:
        """Its box in this frame, its numbers included."""
        swapped = now.of(self.leader, "swapped")
        box = self.setting.composition.hero(now.of(self.leader, "strip"), now.of(self.leader, "aside"))
        return between(box, self.small, swapped if self.leader is self else 1 - swapped)

    def view(self, now: Now) -> View:
        box = self.hero(now)
        share = self._numbered(box)
        sides = (BARE + share * (side - BARE) for side in (LEFT, BELOW, RIGHT, ABOVE))
        left, right, bottom, top = now.all_of(self, "window")
        inner = box.inset(*sides)
        window = (left, right, bottom, top)
        return View(inner, even_window(window, inner) if self.equal else window)

    def marks(self, now: Now) -> Iterator[Mark]:
        """Grid, axes, numbers and the axes' names; a low picture has lines alone."""
        view, swapped = self.scale(now), now.of(self.leader, "swapped")
        still = max(0.0, 1 - HURRY * min(swapped, 1 - swapped))
        share = still * self._numbered(self.hero(now))
        yield from self.ground(now)
        for mark in self._axes(view):
            shown = now.of(self, "axes") * (share if isinstance(mark, Text) else 1.0)
            if shown > LEAST_SHOWN:
                yield mark.faded(shown)

    def ground(self, now: Now) -> Iterator[Mark]:
        """While two panels trade places, the one that follows passes over its leader."""
        if 0 < now.of(self.leader, "swapped") < 1 and self.leader is not self:
            yield Plate(around=self.hero(now), colour=self.setting.theme.background)

    def room_left(self, x: float) -> float:
        """Next to the hero, there is only the margin."""
        return min(super().room_left(x), LEFT - 0.1)

    def scale(self, now: Now) -> View:
        """The view that the axes' numbers tell."""
        return self.view(now)

    def _numbered(self, box: Box) -> float:
        """How much of the numbers is shown in a box: none in a low one, all in one that is a unit higher."""
        if self.small.height >= ENOUGH:
            return 1.0
        return smooth(min(1.0, max(0.0, box.height - self.small.height)))


def between(one: Box, other: Box, share: float) -> Box:
    """A box on the way from one to another."""
    sides = zip((one.left, one.bottom, one.right, one.top), (other.left, other.bottom, other.right, other.top))
    return Box(*(a + share * (b - a) for a, b in sides))


def even_window(window: Window, box: Box) -> Window:
    """The window made wider or taller about its middle, so that both axes have one scale in the box."""
    left, right, bottom, top = window
    unit = max((right - left) / box.width, (top - bottom) / box.height)
    x, y = (left + right) / 2, (bottom + top) / 2
    return x - unit * box.width / 2, x + unit * box.width / 2, y - unit * box.height / 2, y + unit * box.height / 2


def panel_boxes(composition: Composition) -> tuple[Box, Box]:
    """The aside's two boxes: for the picture that is not the hero, and for the chart of the loss."""
    aside = composition.aside
    if composition.wide:
        middle = aside.bottom + 0.4 * aside.height
        first = Box(aside.left, middle + 0.1, aside.right, aside.top)
        return first, Box(aside.left, aside.bottom, aside.right, middle - 0.1)
    half = aside.left + 0.5 * aside.width
    return Box(aside.left, aside.bottom, half - 0.15, aside.top), Box(half + 0.15, aside.bottom, aside.right, aside.top)


def free_corner(plane: Panel, hero: Box, places: Array, size: tuple[float, float]) -> Box:
    """A box of this width and height in the corner of a plane as the hero in which the fewest places (n, 2) are."""
    inner = hero.inset(LEFT + 0.25, BELOW + 0.25, RIGHT + 0.25, ABOVE + 0.25)
    across, up = size
    points = View(hero.inset(LEFT, BELOW, RIGHT, ABOVE), plane.window).to_frame(places[:, 0], places[:, 1])
    corners = [
        Box(left, bottom, left + across, bottom + up)
        for bottom in (inner.bottom, inner.top - up)
        for left in (inner.right - across, inner.left)
    ]

    def crowd(box: Box) -> int:
        wide = box.inset(-AIR, -AIR, -AIR, -AIR)
        inside = (points > [wide.left, wide.bottom]).all(axis=1) & (points < [wide.right, wide.top]).all(axis=1)
        return int(inside.sum())

    return min(corners, key=crowd)
