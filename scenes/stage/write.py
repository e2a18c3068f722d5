"""Words, numbers and formulas as marks, in the picture's language and type."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from scenes.script.language import ENGLISH, Language
from scenes.stage.box import Box
from scenes.stage.composition import Composition
from scenes.stage.marks import Shows, Text
from scenes.stage.outline import Outline
from scenes.stage.precedence import letters_box
from scenes.stage.theme import Theme
from scenes.stage.type import DESCENT, formula_outline, words_outline

# Nothing that must be read is smaller than this, in frame units: more than 1/45 of the shorter side.
SMALLEST = 0.24
# Numbers of an axis may be as small as this: 1/42 of the shorter side.
LEAST = 0.19
AXIS = 0.27
LABEL = 0.34
FORMULA = 0.5
# Where two pieces of type would meet, the one with the higher of these gives way (`precedence`).
NAME, TICK = 1, 2
# Numbers of an axis keep this distance from the frame's edge.
EDGE = 0.08


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

    def tick(
        self,
        text: str,
        x: float,
        y: float,
        across: float,
        up: float,
        size: float = AXIS,
        shows: Shows | None = None,
    ) -> Text:
        """A number of an axis, which gives way to all other type.

        It is smaller where it would leave the frame, and not seen where it could not be read.
        """
        outline, frame = words_outline(self.language.figures(text), self.theme.muted), self.composition.frame
        size = min(
            size,
            (x - frame.left - EDGE) / max(across * outline.width, 1e-9),
            (frame.right - EDGE - x) / max((1 - across) * outline.width, 1e-9),
        )
        mark = self.words(text, x, y, max(size, 0.0), self.theme.muted, across, up, shows=shows)
        return replace(mark, rank=TICK, opacity=float(size >= LEAST))

    def axis_name(self, source: str, x: float, y: float, size: float = 0.36, colour: str | None = None) -> Text:
        """The name of an axis as Typst mathematics, its upper right corner at (x, y); it gives way to labels."""
        return replace(self.formula(source, x, y, size, colour or self.theme.muted, 1.0, 1.0), rank=NAME)

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


def clear_of(mark: Text, taken: Sequence[Text], box: Box, gap: float = 0.1) -> Text:
    """The same words, moved as little as possible in the box to where they meet none of the others, if possible."""
    own, others = mark.box, [letters_box(other.box) for other in taken if other.box is not None]
    if own is None or not others:
        return mark
    letters = letters_box(own)
    lefts = [
        0.0,
        *(side for one in others for side in (one.left - letters.right - gap, one.right - letters.left + gap)),
    ]
    ups = [0.0, *(side for one in others for side in (one.bottom - letters.top - gap, one.top - letters.bottom + gap))]
    for right, up in sorted(product(lefts, ups), key=lambda move: math.hypot(*move)):
        moved = letters.inset(right, up, -right, -up)
        if box.holds(moved) and not any(moved.inset(*[-gap * 0.99] * 4).meets(one) for one in others):
            return replace(mark, left=mark.left + right, foot=mark.foot + up)
    return mark


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
