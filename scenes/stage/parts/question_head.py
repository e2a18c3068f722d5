"""The head of a question, in the strip: its number, its name, and what is given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scenes.stage.box import Box
from scenes.stage.composition import Composition
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.part import Now, Part
from scenes.stage.parts.code_text import code_text
from scenes.stage.write import Setting

NAME, GIVEN = 0.6, 0.46
STACKED_NAME, STACKED_GIVEN = 0.46, 0.38
SPACE = 0.45


class Given(NamedTuple):
    """One thing that is given. text: a number with its name, a formula (Typst) or code. kind: which of these.

    concept: its colour. shows: what it stands for.
    """

    text: str
    kind: str = "number"
    concept: str | None = None
    shows: Shows | None = None


def countdown_box(composition: Composition) -> Box:
    """Where the countdown is: at the right end of the strip."""
    strip = composition.strip
    height = min(0.95, strip.height) if composition.wide else 0.62
    return Box(strip.right - height, strip.top - height, strip.right, strip.top)


class QuestionHead(Part):
    """`1/8`, a name, and on the right, or below in a narrow film, what is given."""

    def __init__(
        self, setting: Setting, number: int, count: int, words: str, given: Sequence[Given], name: str
    ) -> None:
        super().__init__(name)
        self.setting, self.number, self.count, self.words, self.given = setting, number, count, words, tuple(given)

    def marks(self, now: Now) -> Iterator[Mark]:
        strip, wide, theme = self.setting.composition.strip, self.setting.composition.wide, self.setting.theme
        size, y = (NAME, strip.centre[1]) if wide else (STACKED_NAME, strip.top - 0.31)
        which = self.setting.words(
            f"{self.number}/{self.count}", strip.left, y, size, theme.muted, 0.0, 0.5, 600, Shows("question")
        )
        yield which
        left = (which.box.right if which.box else strip.left) + 0.28
        yield self.setting.words(self.setting.label(self.words), left, y, size, theme.ink, 0.0, 0.5, 600)
        if wide:
            right = countdown_box(self.setting.composition).left - 0.5
            marks = self._row(right, y, GIVEN, 1.0)
        else:
            marks = self._row(strip.left, strip.bottom + 0.14, STACKED_GIVEN, 0.0)
        yield from marks

    def _row(self, x: float, y: float, size: float, across: float) -> list[Text]:
        """What is given, one after the other, from its left end (across 0) or to its right end (1)."""
        marks = [self._one(one, 0.0, y, size) for one in self.given]
        widths = [mark.box.width if mark.box else 0.0 for mark in marks]
        x -= across * (sum(widths) + SPACE * (len(widths) - 1))
        row = []
        for one, width in zip(self.given, widths):
            row.append(self._one(one, x, y, size))
            x += width + SPACE
        return row

    def _one(self, one: Given, x: float, y: float, size: float) -> Text:
        theme = self.setting.theme
        colour = theme.concept(one.concept)
        if one.kind == "formula":
            return self.setting.formula(one.text, x, y, size, colour, 0.0, 0.5, shows=one.shows)
        if one.kind == "code":
            return code_text(one.text, x, y, size, theme, 0.0, None, one.shows)
        return self.setting.words(one.text, x, y, size, colour, 0.0, 0.5, 600, one.shows)
