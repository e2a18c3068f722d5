"""Words, numbers and formulas as marks, in the picture's language and type."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from scenes.script.language import ENGLISH, Language
from scenes.stage.box import Box
from scenes.stage.composition import Composition
from scenes.stage.marks import Shows, Text
from scenes.stage.outline import Outline
from scenes.stage.theme import Theme
from scenes.stage.type import DESCENT, formula_outline, words_outline

# Nothing that must be read is smaller than this, in frame units: more than 1/45 of the shorter side.
SMALLEST = 0.24
# Numbers of an axis may be as small as this: 1/42 of the shorter side.
LEAST = 0.19
AXIS = 0.27
LABEL = 0.34
FORMULA = 0.5


@dataclass(frozen=True)
class Setting:
    """What all parts share: composition, colours, the film's title and its language."""

    composition: Composition
    theme: Theme
    title: str = ""
    language: Language = ENGLISH

    def words(
        self,
        text: str,
        x: float,
        y: float,
        size: float = LABEL,
        colour: str | None = None,
        across: float = 0.5,
        up: float | None = None,
        weight: int = 400,
        shows: Shows | None = None,
    ) -> Text:
        """One line of words or a number; (x, y) is the point (across, up) of its box, on its baseline without `up`."""
        colour, text = colour or self.theme.ink, self.language.figures(text)
        return placed(words_outline(text, colour, weight), x, y, size, across, up, text, colour, shows)

    def formula(
        self,
        source: str,
        x: float,
        y: float,
        size: float = FORMULA,
        colour: str | None = None,
        across: float = 0.5,
        up: float = 0.5,
        widest: float = float("inf"),
        shows: Shows | None = None,
    ) -> Text:
        """Typst mathematics, made smaller if it would be wider than `widest`."""
        colour = colour or self.theme.ink
        outline = formula_outline(source, colour)
        size = min(size, widest / max(outline.width, 1e-9))
        return placed(outline, x, y, size, across, up, source, colour, shows)

    def label(self, word: str) -> str:
        """A word in the picture, in the film's language."""
        return self.language.translated(word)


def placed(
    outline: Outline,
    x: float,
    y: float,
    size: float,
    across: float,
    up: float | None,
    text: str,
    colour: str,
    shows: Shows | None = None,
) -> Text:
    """Type with the point of its box at (across, up) on (x, y)."""
    drop = DESCENT * size if up is None else up * outline.height * size
    return Text(
        outline=outline,
        left=x - across * outline.width * size,
        foot=y - drop,
        size=size,
        text=text,
        colour=colour,
        shows=shows,
    )


def beyond(mark: Text, tip: tuple[float, float], way: tuple[float, float], gap: float = 0.2) -> Text:
    """The same words just beyond a tip, in the direction `way` of length 1: the longer they are, the further."""
    box = mark.box
    if box is None:
        return mark
    reach = gap + abs(way[0]) * box.width / 2 + abs(way[1]) * box.height / 2
    (x, y), (left, foot) = box.centre, (mark.left, mark.foot)
    return replace(mark, left=left + tip[0] + reach * way[0] - x, foot=foot + tip[1] + reach * way[1] - y)


def at_tip(mark: Text, tip: tuple[float, float], way: tuple[float, float], box: Box, gap: float = 0.12) -> Text:
    """The same words just beyond a tip and in the box; what the box pushes back gives way to the side."""
    free = beyond(mark, tip, way, gap)
    held = within(free, box)
    if free.box is None:
        return held
    across, up = abs(held.left - free.left), abs(held.foot - free.foot)
    right = math.copysign(min(2 * up, free.box.width / 2 + gap), way[0])
    above = math.copysign(min(2 * across, free.box.height), way[1])
    return within(replace(held, left=held.left + right, foot=held.foot + above), box)


def within(mark: Text, box: Box) -> Text:
    """The same words, moved as little as possible into the box."""
    own = mark.box
    if own is None:
        return mark
    right = min(0.0, box.right - own.right) + max(0.0, box.left - own.left)
    up = min(0.0, box.top - own.top) + max(0.0, box.bottom - own.bottom)
    if not right and not up:
        return mark
    return replace(mark, left=mark.left + right, foot=mark.foot + up)
