"""A plane to draw in: a window onto the numbers, which moves may zoom and pan, with its axes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

import numpy as np

from scenes.script.numbers import number
from scenes.script.timeline import Channel
from scenes.script.window import Window, zoomed
from scenes.stage.camera import Array
from scenes.stage.layout import Box
from scenes.stage.marks import Lines, Mark
from scenes.stage.part import STILL, Now, Part
from scenes.stage.ticks import ticks
from scenes.stage.write import AXIS, Setting

# Left of the hero's picture stand the numbers of the vertical axis, below it those of the other.
LEFT, BELOW, RIGHT, ABOVE = 0.75, 0.5, 0.15, 0.1
TICKS_ACROSS, TICKS_UP = 9, 6
# Air between two numbers of the axis across, in frame units.
APART = 0.12


@dataclass(frozen=True)
class View:
    """A window (left, right, bottom, top), in the objective's units, laid over a box of the frame."""

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
        """Whether a place can be seen."""
        left, right, bottom, top = self.window
        return left <= x <= right and bottom <= y <= top


class Plane(Part):
    """The hero of lessons in one variable. window: the first. x: the variable as Typst mathematics."""

    channels: ClassVar[Mapping[str, Channel]] = {"strip": STILL, "aside": STILL, "axes": Channel((1.0,))}

    def __init__(self, setting: Setting, window: Window, x: str, name: str = "plane") -> None:
        super().__init__(name)
        self.setting, self.window, self.x = setting, window, x

    def all_channels(self) -> dict[str, Channel]:
        return {**super().all_channels(), "window": Channel(self.window, zoomed)}

    def hero(self, now: Now) -> Box:
        """All that the plane takes of the frame, its numbers included."""
        return self.setting.composition.hero(now.of(self, "strip"), now.of(self, "aside"))

    def view(self, now: Now) -> View:
        """Where numbers fall in this frame."""
        left, right, bottom, top = now.all_of(self, "window")
        return View(self.hero(now).inset(LEFT, BELOW, RIGHT, ABOVE), (left, right, bottom, top))

    def marks(self, now: Now) -> Iterator[Mark]:
        """Grid, axis, numbers and the variable's name."""
        shown = now.of(self, "axes")
        if shown > 0:
            yield from (mark.faded(shown) for mark in self._axes(self.view(now)))

    def _apart(self, values: list[float], view: View) -> list[float]:
        """The numbers across: every one, or every second, third, … so that none meets another."""
        texts = [self.setting.words(_tick(value, values), view.point(value, 0.0)[0], 0.0, AXIS) for value in values]
        boxes = [text.box for text in texts if text.box is not None]
        every = 1
        while any(right.left - left.right < APART for left, right in pairwise(boxes[::every])):
            every += 1
        return values[::every]

    def _axes(self, view: View) -> Iterator[Mark]:
        theme, box = self.setting.theme, view.box
        left, right, bottom, top = view.window
        across, up = ticks(left, right, TICKS_ACROSS), ticks(bottom, top, TICKS_UP)
        across = self._apart(across, view)
        rows = [view.point(left, value)[1] for value in up]
        yield Lines(
            ends=np.array([[[box.left, y], [box.right, y]] for y in rows]).reshape(-1, 2, 2), colour=theme.faint
        )
        columns = [view.point(value, bottom)[0] for value in across]
        strokes = [[[box.left, box.bottom], [box.right, box.bottom]]]
        strokes += [[[x, box.bottom], [x, box.bottom - 0.09]] for x in columns]
        yield Lines(ends=np.array(strokes), colour=theme.muted, width=2.0)
        name = self.setting.formula(self.x, box.right, box.bottom - 0.16, 0.36, theme.muted, 1.0, 1.0)
        edge = name.box.left if name.box else box.right
        for value, x in zip(across, columns):
            text = self.setting.words(_tick(value, across), x, box.bottom - 0.16, AXIS, theme.muted, 0.5, 1.0)
            if (
                text.box is not None
                and text.box.right < edge - 0.1
                and text.box.left > self.setting.composition.frame.left
            ):
                yield text
        yield name
        for value, y in zip(up, rows):
            yield self.setting.words(_tick(value, up), box.left - 0.12, y, AXIS, theme.muted, 1.0, 0.5)


def _tick(value: float, all_of_them: list[float]) -> str:
    """A tick's number with as many digits as tell it from its neighbours."""
    pitch = min((abs(b - a) for a, b in pairwise(all_of_them)), default=1.0)
    largest = max(map(abs, all_of_them), default=1.0)
    return number(value, max(4, 1 + math.ceil(math.log10(max(largest / pitch, 1.0)) + 1e-9) + 1))
