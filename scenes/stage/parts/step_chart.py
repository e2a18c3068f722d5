"""What charts of steps have in common: a box in the hero's place, an axis from left to right, numbers that fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from scenes.stage.box import Box
from scenes.stage.line_marks import Lines
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.parts.plane import View
from scenes.stage.write import LABEL, Setting

# Room around the chart's box for the numbers of its axes, and above it for its names.
LEFT, BELOW, RIGHT, ABOVE = 1.0, 0.55, 0.4, 0.62
# The gap between the vertical axis and its numbers, in which the head of a line has room.
NUMBERS = 0.2


def chart_box(hero: Box) -> Box:
    """Where lines are drawn if the chart stands in for the hero."""
    return hero.inset(LEFT, BELOW, RIGHT, ABOVE)


def across(setting: Setting, view: View, values: Iterable[tuple[float, str]], quantity: str) -> Iterator[Mark]:
    """The horizontal axis with its numbers. values: each with its text."""
    theme, box = setting.theme, view.box
    places = [(view.point(value, 0.0)[0], text) for value, text in values]
    ends = [[[box.left, box.bottom], [box.right, box.bottom]]]
    ends += [[[x, box.bottom], [x, box.bottom - 0.09]] for x, _ in places]
    yield Lines(ends=np.array(ends), colour=theme.muted, width=2.0)
    for x, text in places:
        shows = Shows(quantity, axis=0)
        yield setting.tick(text, x, box.bottom - 0.16, 0.5, 1.0, shows=shows)


def upward(setting: Setting, box: Box, rows: Iterable[tuple[float, str]], quantity: str) -> Iterator[Mark]:
    """Grid lines and the numbers of the vertical axis. rows: heights in frame units, each with its text."""
    theme, rows = setting.theme, list(rows)
    if rows:
        lines = np.array([[[box.left, y], [box.right, y]] for y, _ in rows])
        yield Lines(ends=lines, colour=theme.faint)
    for y, text in rows:
        yield setting.tick(text, box.left - NUMBERS, y, 1.0, 0.5, shows=Shows(quantity, axis=1))


def title(setting: Setting, words: str, x: float, box: Box, colour: str, size: float = LABEL) -> Text:
    """The name of what a chart shows, above it."""
    return setting.words(setting.label(words), x, box.top + 0.2, size, colour, 0.0, 0.0, 600)
