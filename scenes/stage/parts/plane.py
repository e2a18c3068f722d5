"""The hero of lessons in one variable: a plane with axes, whose window can zoom and pan."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

import numpy as np

from scenes.script.numbers import MINUS, number, power_of_ten
from scenes.script.timeline import Channel
from scenes.script.window import Window, zoomed
from scenes.stage.box import Box
from scenes.stage.camera import Array
from scenes.stage.line_marks import Lines
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.part import STILL, Now, Part
from scenes.stage.ticks import ticks
from scenes.stage.write import AXIS, LEAST, Setting

# Room left of the picture for the numbers of the vertical axis, and below it for those of the horizontal one.
LEFT, BELOW, RIGHT, ABOVE = 0.75, 0.5, 0.15, 0.1
TICKS_ACROSS, TICKS_UP = 9, 6
# The numbers of the vertical axis are at least so far apart, in frame units.
ROW = 0.5
# The gap between two numbers of the horizontal axis, in frame units.
APART = 0.12


@dataclass(frozen=True)
class View:
    """A window (left, right, bottom, top), in the objective's units, mapped to a box of the frame."""

    box: Box
    window: Window

    def to_frame(self, x: Array | float, y: Array | float) -> Array:
        """Values x, y (...,) -> frame points (..., 2)."""
        left, right, bottom, top = self.window
        return np.stack(
            [
                self.box.left + (np.asarray(x, dtype=float) - left) / (right - left) * self.box.width,
                self.box.bottom + (np.asarray(y, dtype=float) - bottom) / (top - bottom) * self.box.height,
            ],
            axis=-1,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        """One frame point."""
        across, up = self.to_frame(x, y).tolist()
        return across, up

    def holds(self, x: float, y: float) -> bool:
        """Whether a place is in the window."""
        left, right, bottom, top = self.window
        return left <= x <= right and bottom <= y <= top


class Plane(Part):
    """A plane with axes. window: the first one. x: the variable as Typst mathematics.

    y: the vertical axis's name, if it has one. ticks: the quantity that the axes' numbers show, for tests.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"strip": STILL, "aside": STILL, "axes": Channel((1.0,))}
    y: str | None = None
    ticks = "tick"

    def __init__(self, setting: Setting, window: Window, x: str, name: str = "plane") -> None:
        super().__init__(name)
        self.setting, self.window, self.x = setting, window, x

    def all_channels(self) -> dict[str, Channel]:
        return {**super().all_channels(), "window": Channel(self.window, zoomed)}

    def hero(self, now: Now) -> Box:
        """The plane's box in the frame, its numbers included."""
        return self.setting.composition.hero(now.of(self, "strip"), now.of(self, "aside"))

    def view(self, now: Now) -> View:
        """The view in this frame."""
        left, right, bottom, top = now.all_of(self, "window")
        return View(self.hero(now).inset(LEFT, BELOW, RIGHT, ABOVE), (left, right, bottom, top))

    def marks(self, now: Now) -> Iterator[Mark]:
        """Grid, axis, numbers and the variable's name."""
        shown = now.of(self, "axes")
        if shown > 0:
            yield from (mark.faded(shown) for mark in self._axes(self.view(now)))

    def _apart(self, values: list[float], view: View) -> list[float]:
        """The numbers of the horizontal axis: every one, or every second, third, … so that none meets another."""
        texts = [self.setting.words(_tick(value, values), view.point(value, 0.0)[0], 0.0, AXIS) for value in values]
        boxes = [text.box for text in texts if text.box is not None]
        every = 1
        while any(right.left - left.right < APART for left, right in pairwise(boxes[::every])):
            every += 1
        return values[::every]

    def _axes(self, view: View) -> Iterator[Mark]:
        theme, box = self.setting.theme, view.box
        left, right, bottom, top = view.window
        across, up = ticks(left, right, TICKS_ACROSS), ticks(bottom, top, min(TICKS_UP, max(2, int(box.height / ROW))))
        across = self._apart(across, view)
        rows = [view.point(left, value)[1] for value in up]
        yield Lines(
            ends=np.array([[[box.left, y], [box.right, y]] for y in rows]).reshape(-1, 2, 2), colour=theme.faint
        )
        columns = [view.point(value, bottom)[0] for value in across]
        strokes = [[[box.left, box.bottom], [box.right, box.bottom]]]
        strokes += [[[x, box.bottom], [x, box.bottom - 0.09]] for x in columns]
        yield Lines(ends=np.array(strokes), colour=theme.muted, width=2.0)
        for value, x in zip(across, columns):
            yield self._number(_tick(value, across), x, box.bottom - 0.16, 0.5, 1.0, 0)
        yield self.setting.axis_name(self.x, box.right, box.bottom - 0.16)
        if self.y is not None:
            yield self.setting.axis_name(self.y, box.left - 0.12, box.top)
        for value, y in zip(up, rows):
            text = self._number(_tick(value, up), box.left - 0.12, y, 1.0, 0.5, 1)
            yield from self._fitted(text, box.left - 0.12, y)

    def room_left(self, x: float) -> float:
        """How much room there is left of a place for the numbers of the vertical axis."""
        return x - self.setting.composition.frame.left - 0.08

    def _number(self, text: str, x: float, y: float, across: float, up: float, axis: int, size: float = AXIS) -> Text:
        """A number of an axis."""
        return self.setting.tick(text, x, y, across, up, size, Shows(self.ticks, axis=axis))

    def _fitted(self, text: Text, x: float, y: float) -> Iterator[Text]:
        """A number left of the plane, smaller if it would leave the frame; none if it could not be read."""
        room = self.room_left(x)
        width = text.box.width if text.box else 0.0
        if width <= room:
            yield text
        elif AXIS * room / width >= LEAST:
            yield self._number(text.text, x, y, 1.0, 0.5, 1, AXIS * room / width)


def _tick(value: float, all_of_them: list[float]) -> str:
    """A tick's number with enough digits to tell it from its neighbours."""
    pitch = min((abs(b - a) for a, b in pairwise(all_of_them)), default=1.0)
    largest = max(map(abs, all_of_them), default=1.0)
    digits = 2 + math.floor(math.log10(max(largest / pitch, 1.0)) + 1e-9)
    if value == 0 or 1e-4 <= abs(value) < 1e5:
        return number(value, max(4, digits + 1))
    return (MINUS if value < 0 else "") + power_of_ten(abs(value), digits)
