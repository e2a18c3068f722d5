"""What tells several learning rates apart: a shade each, a gauge they stand on, a table of what they do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cairo
import numpy as np

from scenes.script.numbers import number
from scenes.stage.camera import Painted, StageCamera, rgb, set_pen, set_source, trace
from scenes.stage.layout import Box
from scenes.stage.plot import Gathering
from scenes.stage.theme import Theme
from scenes.stage.type import NOTHING, Type, formula, formula_outline, quoted, tinted, words, words_outline

# The gauge goes on to this many times the threshold; a rate beyond stands at its end.
GAUGE_END = 1.25


def shades(theme: Theme, count: int) -> list[str]:
    """A colour a rate, from cool (small) to hot (large); one rate alone has the loss's own."""
    if count == 1:
        return [theme.loss]
    return [theme.rates[round(place)] for place in np.linspace(0, len(theme.rates) - 1, count)]


class Pointer(Painted):
    """A small triangle that points down at `place`; sideways where the rate lies beyond the gauge's end."""

    blended = ("opacity", "swell")

    def __init__(self, place: tuple[float, float], colour: str, size: float, beyond: bool):
        super().__init__()
        self.place, self.colour, self.size, self.beyond = place, rgb(colour), size, beyond
        self.swell = 1.0

    def paint(self, context: cairo.Context, camera: StageCamera) -> None:
        if self.swell <= 0:
            return
        size = self.size * self.swell
        corners = np.array([[0.0, 0.1], [-0.5, 1.1], [0.5, 1.1]])
        if self.beyond:
            corners = np.array([[0.3, 0.6], [-0.7, 1.1], [-0.7, 0.1]])
        trace(context, np.array(self.place) + size * corners, True)
        set_source(context, self.colour)
        context.fill()


class Marks(Painted):
    """A line with upright marks on it."""

    def __init__(self, left: float, right: float, level: float, at: Sequence[float], height: float, colour: str):
        super().__init__()
        self.left, self.right, self.level, self.at, self.mark, self.colour = left, right, level, at, height, rgb(colour)

    def paint(self, context: cairo.Context, camera: StageCamera) -> None:
        if self.right > self.left:
            trace(context, np.array([[self.left, self.level], [self.right, self.level]]))
        for x in self.at:
            trace(context, np.array([[x, self.level - self.mark], [x, self.level + self.mark]]))
        set_pen(context, 2.6, rounded=False)
        set_source(context, self.colour)
        context.stroke()


class RateGauge(Gathering):
    """The learning rates on a line from 0 past the threshold, and what a ball does in each part of it.

    zones: the marks and words that split the line; they may be shown later.
    """

    def __init__(self, box: Box, rates: Sequence[float | None], threshold: float, colours: Sequence[str], theme: Theme):
        super().__init__()
        self.theme, self.box = theme, box
        size = min(0.3, box.height / 3.3)
        self.size, self.end = size, GAUGE_END * threshold
        self.level = box.top - 2.05 * size
        marks = [self.across(threshold / 2), self.across(threshold)]
        self.line = Marks(box.left, box.right, self.level, [box.left], 0.3 * size, theme.muted)
        self.pointers = [
            Pointer((self.across(rate), self.level), colour, 0.62 * size, rate is None or rate > self.end)
            for rate, colour in zip(rates, colours)
        ]
        self.rates = tuple(rates)
        self.name = Type(NOTHING, 1.1 * size)
        self.zones = Gathering()
        self.zones.add(Marks(0.0, 0.0, self.level, marks, 0.3 * size, theme.ink))
        low = self.level - 0.42 * size
        for x, rate in zip(marks, (threshold / 2, threshold)):
            self.zones.add(words(number(rate), 0.8 * size, theme.ink, 600).at(x, low, 0.5, 1.0))
        zero = words("0", 0.8 * size, theme.muted).at(box.left, low, 0.5, 1.0)
        ends = [box.left, *marks, box.right]
        for left, right, text in zip(ends, ends[1:], ("walks", "jumps", "climbs")):
            name = words(text, min(0.8 * size, box.width / 16), theme.muted)
            last = right == box.right  # the narrowest zone, and the threshold's number stands beside it
            self.zones.add(name.at(right, low, 1.0, 1.0) if last else name.at((left + right) / 2, low, 0.5, 1.0))
        self.line.add(zero)
        self.add(self.line, self.zones, *self.pointers, self.name)

    def across(self, rate: float | None) -> float:
        """Where a rate stands, in frame units; one without a number stands at the end."""
        share = 1.0 if rate is None else min(1.0, rate / self.end)
        return self.box.left + share * self.box.width

    def call(self, index: int) -> None:
        """Write the rate of one pointer above it, within the gauge's width."""
        rate = self.rates[index]
        if rate is None:
            self.name.say(NOTHING)
            return
        source = f"alpha = {tinted(quoted(number(rate, 6)), self.theme.rate)}"
        self.name.say(formula_outline(source, self.theme.ink))
        half = self.name.outline.width * self.name.size / 2
        x = min(max(self.across(rate), self.box.left + half), self.box.right - half)
        self.name.at(x, self.level + 0.95 * self.size, 0.5, 0.0)

    def hush(self) -> None:
        """Write no rate."""
        self.name.say(NOTHING)


class Swatch(Painted):
    """A dot in a rate's shade."""

    def __init__(self, place: tuple[float, float], colour: str, radius: float):
        super().__init__()
        self.place, self.colour, self.radius = place, rgb(colour), radius

    def paint(self, context: cairo.Context, camera: StageCamera) -> None:
        context.arc(*self.place, self.radius, 0, 2 * np.pi)
        set_source(context, self.colour)
        context.fill()


class Row(NamedTuple):
    """A rate, what each step multiplies the distance by, and the colour of its dot."""

    rate: float
    factor: float
    colour: str


def with_landmarks(rows: Sequence[Row], threshold: float, theme: Theme) -> list[Row]:
    """The rows and, in grey, the rate that lands at once and the one that never settles; in the rates' order."""
    marks = (Row(threshold / 2, 0.0, theme.muted), Row(threshold, -1.0, theme.muted))
    known = [row.rate for row in rows]
    return sorted([*rows, *(mark for mark in marks if mark.rate not in known)])


class RateTable(Gathering):
    """One row a rate: the rate, what each step multiplies the distance by, and the distance as it is now.

    rows: all but the distances, one a rate. results: the column of distances, shown and hidden on its own.
    """

    def __init__(self, box: Box, rows: Sequence[Row], theme: Theme):
        super().__init__()
        self.theme = theme
        pitch = min(0.56, box.height / (len(rows) + 1))
        size = min(0.62 * pitch, box.width / 13)
        lefts = [box.left, box.left + 0.30 * box.width, box.left + 0.64 * box.width]
        self.results = Gathering()
        self.values: list[Type] = []
        self.rates = [row.rate for row in rows]
        self.rows = [Gathering() for _ in rows]
        heads = (formula("alpha", size, theme.muted), words("each step", 0.84 * size, theme.muted))
        for head, left in zip(heads, (lefts[0] + 0.8 * size, lefts[1])):
            self.add(head.at(left, box.top - 0.62 * pitch, 0.0))
        self.results.add(words("distance", 0.84 * size, theme.muted).at(lefts[2], box.top - 0.62 * pitch, 0.0))
        for index, row in enumerate(rows, start=1):
            foot = box.top - (index + 0.66) * pitch
            rate = words(number(row.rate, 6), size, theme.rate, 600)
            self.rows[index - 1].add(
                Swatch((lefts[0] + 0.25 * size, foot + 0.33 * size), row.colour, 0.25 * size),
                rate.at(lefts[0] + 0.8 * size, foot, 0.0),
                words(f"× {number(row.factor)}", size, theme.ink).at(lefts[1], foot, 0.0),
            )
            value = Type(NOTHING, size).at(lefts[2], foot, 0.0)
            self.values.append(value)
            self.results.add(value)
        self.add(*self.rows)

    def row(self, rate: float | None) -> Gathering | None:
        """The row of a rate; None where the table has none."""
        return self.rows[self.rates.index(rate)] if rate in self.rates else None

    def show(self, index: int, distance: float) -> None:
        """The distance of one rate's ball, to read."""
        self.values[index].say(words_outline(number(distance, 3), self.theme.minimum, 600))
