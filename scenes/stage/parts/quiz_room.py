"""The rooms of a quiz: a picture and three cards, beside it in a wide film and below it in others; and what is there."""

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
from scenes.stage.parts.plane import Plane
from scenes.stage.parts.run import Run
from scenes.stage.parts.plane import View
from scenes.stage.write import AXIS, Setting

# The cards' share of the width next to the picture, or of the height below it; the gap between two cards.
BESIDE, BELOW, BETWEEN = 0.35, 0.36, 0.16
# A listing's share of the picture.
LISTED = 0.44


class QuizRooms(NamedTuple):
    """The boxes of a quiz: of the picture, of its halves for a listing and the rest, and of the cards."""

    picture: Box
    listing: Box
    rest: Box
    cards: tuple[Box, ...]


def quiz_rooms(composition: Composition, count: int = 3) -> QuizRooms:
    """The stage below the strip, parted."""
    stage = composition.stage
    room = Box(stage.left, stage.bottom, stage.right, composition.strip.bottom - GAP)
    if composition.wide:
        middle = room.right - BESIDE * room.width
        picture, cards = Box(room.left, room.bottom, middle - GAP, room.top), Box(middle, room.bottom, room.right, room.top)
    else:
        middle = room.bottom + BELOW * room.height
        picture, cards = Box(room.left, middle + GAP, room.right, room.top), Box(room.left, room.bottom, room.right, middle)
    pitch = (cards.height + BETWEEN) / count
    rows = tuple(
        Box(cards.left, cards.top - index * pitch - (pitch - BETWEEN), cards.right, cards.top - index * pitch)
        for index in range(count)
    )
    parting = picture.left + LISTED * picture.width
    listing = Box(picture.left, picture.bottom, parting - GAP, picture.top)
    return QuizRooms(picture, listing, Box(parting, picture.bottom, picture.right, picture.top), rows)


class QuizPlane(Plane):
    """A plane in the picture's box. Channel `narrow`: 1 leaves room for a listing."""

    channels: ClassVar[Mapping[str, Channel]] = {"axes": Channel((1.0,)), "narrow": STILL}

    def __init__(self, setting: Setting, rooms: QuizRooms, window: Window, x: str, name: str = "plane") -> None:
        super().__init__(setting, window, x, name)
        self.rooms = rooms

    def hero(self, now: Now) -> Box:
        """Its box, its numbers included."""
        return between(self.rooms.picture, self.rooms.rest, now.of(self, "narrow"))


class QuizChart(LossChart):
    """The losses of runs in the picture's box; a run's line is there once it has begun."""

    def _axes(self, view: View) -> Iterator[Mark]:
        yield from super()._axes(view)
        theme, box = self.setting.theme, view.box
        name = self.setting.label("steps")
        yield self.setting.words(name, box.right, box.bottom + 0.12, AXIS + 0.03, theme.muted, 1.0, 0.0, 600)

    def _line(self, now: Now, clock: Run, colour: str, view: View, width: float) -> Iterator[Mark]:
        if now.of(clock, "progress") > 0:
            yield from super()._line(now, clock, colour, view, width)
