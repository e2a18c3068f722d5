"""The rooms of a quiz: a picture, and three cards beside it in a wide film, below it in others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, NamedTuple

from scenes.script.timeline import Channel
from scenes.script.window import Window
from scenes.stage.box import Box
from scenes.stage.composition import GAP, Composition
from scenes.stage.marks import Mark
from scenes.stage.part import STILL, Now
from scenes.stage.parts.aside import LossChart
from scenes.stage.parts.panel import between
from scenes.stage.parts.plane import Plane, View
from scenes.stage.parts.run import Run
from scenes.stage.write import AXIS, Setting

# The cards' share of the width next to the picture, or of the height below it; the gap between two cards.
BESIDE, BELOW, BETWEEN = 0.37, 0.36, 0.16
# A card lower than this is low.
LOW = 0.8
# Room below a chart's numbers for the name of their axis.
NAME = 0.36
# A listing's share of the picture.
LISTED = 0.5


class QuizRooms(NamedTuple):
    """The boxes of a quiz: all of it, the picture, its halves for a listing and the rest, and the cards.

    columns: those of cards that say little: side by side where rows would be low.
    """

    whole: Box
    picture: Box
    listing: Box
    rest: Box
    cards: tuple[Box, ...]
    columns: tuple[Box, ...]


def quiz_rooms(composition: Composition, count: int = 3) -> QuizRooms:
    """The stage below the strip, parted."""
    stage = composition.stage
    room = Box(stage.left, stage.bottom, stage.right, composition.strip.bottom - GAP)
    if composition.wide:
        middle = room.right - BESIDE * room.width
        picture = Box(room.left, room.bottom, middle - GAP, room.top)
        cards = Box(middle, room.bottom, room.right, room.top)
    else:
        middle = room.bottom + BELOW * room.height
        picture = Box(room.left, middle + GAP, room.right, room.top)
        cards = Box(room.left, room.bottom, room.right, middle)
    parting = picture.left + LISTED * picture.width
    listing = Box(picture.left, picture.bottom, parting - GAP, picture.top)
    rest = Box(parting, picture.bottom, picture.right, picture.top)
    rows = _rows(cards, count)
    low = rows[0].height < LOW
    return QuizRooms(room, picture, listing, rest, rows, _columns(cards, count) if low else rows)


def _rows(box: Box, count: int) -> tuple[Box, ...]:
    pitch = (box.height + BETWEEN) / count
    tops = [box.top - index * pitch for index in range(count)]
    return tuple(Box(box.left, top - pitch + BETWEEN, box.right, top) for top in tops)


def _columns(box: Box, count: int) -> tuple[Box, ...]:
    pitch = (box.width + BETWEEN) / count
    lefts = [box.left + index * pitch for index in range(count)]
    return tuple(Box(left, box.bottom, left + pitch - BETWEEN, box.top) for left in lefts)


class QuizPlane(Plane):
    """A plane in the picture's box.

    Channels: `narrow`, 1 leaves room for a listing; `alone`, 1 takes the cards' room, too.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"axes": Channel((1.0,)), "narrow": STILL, "alone": STILL}

    def __init__(self, setting: Setting, rooms: QuizRooms, window: Window, x: str, name: str = "plane") -> None:
        super().__init__(setting, window, x, name)
        self.rooms = rooms

    def hero(self, now: Now) -> Box:
        """Its box, its numbers included."""
        box = between(self.rooms.picture, self.rooms.rest, now.of(self, "narrow"))
        return between(box, self.rooms.whole, now.of(self, "alone"))


class QuizChart(LossChart):
    """The losses of runs in the picture's box; a run's line is there once it has begun."""

    def view(self) -> View:
        """That of any chart of losses, with room for the name of the axis of steps."""
        view = super().view()
        return View(view.box.inset(bottom=NAME), view.window)

    def _axes(self, view: View) -> Iterator[Mark]:
        yield from super()._axes(view)
        theme, box = self.setting.theme, view.box
        name = self.setting.label("steps")
        yield self.setting.words(name, box.right, box.bottom - 0.42, AXIS + 0.03, theme.muted, 1.0, 1.0, 600)

    def _line(self, now: Now, clock: Run, colour: str, view: View, width: float) -> Iterator[Mark]:
        if now.of(clock, "progress") > 0:
            yield from super()._line(now, clock, colour, view, width)
