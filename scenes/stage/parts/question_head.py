"""The head of a question, in the strip: its number, its name, and what is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, NamedTuple

from scenes.script.timeline import Channel
from scenes.stage.box import Box
from scenes.stage.composition import Composition
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.code_text import code_text
from scenes.stage.write import Setting

NAME, GIVEN = 0.6, 0.46
STACKED_NAME, STACKED_GIVEN = 0.46, 0.38
SPACE = 0.45


class Given(NamedTuple):
    """One thing that is given. text: a number with its name, a formula (Typst) or code. kind: which of these.

    concept: its colour. shows: what it stands for. after: what code says once its gap is filled.
    """

    text: str
    kind: str = "number"
    concept: str | None = None
    shows: Shows | None = None
    after: str = ""


def countdown_box(composition: Composition) -> Box:
    """Where the countdown is: at the right end of the strip."""
    strip = composition.strip
    height = min(0.95, strip.height) if composition.wide else 0.62
    return Box(strip.right - height, strip.top - height, strip.right, strip.top)


class QuestionHead(Part):
    """`1/8`, a name, and on the right, or below in a narrow film, what is given.

    number: 0 is not told. Channel `filled`: whether a gap in code is filled.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"filled": STILL}

    def __init__(
        self, setting: Setting, number: int, count: int, words: str, given: Sequence[Given], name: str
    ) -> None:
        super().__init__(name)
        self.setting, self.number, self.count, self.words, self.given = setting, number, count, words, tuple(given)

    def marks(self, now: Now) -> Iterator[Mark]:
        strip, wide, theme = self.setting.composition.strip, self.setting.composition.wide, self.setting.theme
        size, y = (NAME, strip.centre[1]) if wide else (STACKED_NAME, strip.top - 0.31)
        left = strip.left
        if self.number:
            text, shows = f"{self.number}/{self.count}", Shows("question", step=self.number)
            which = self.setting.words(text, left, y, size, theme.muted, 0.0, 0.5, 600, shows)
            yield which
            left = (which.box.right if which.box else left) + 0.28
        yield self.setting.words(self.setting.label(self.words), left, y, size, theme.ink, 0.0, 0.5, 600)
        if wide:
            right = countdown_box(self.setting.composition).left - 0.5
            yield from self._row(now, right, y, GIVEN, 1.0)
        else:
            yield from self._row(now, strip.left, strip.bottom + 0.14, STACKED_GIVEN, 0.0)

    def _row(self, now: Now, x: float, y: float, size: float, across: float) -> list[Text]:
        """What is given, one after the other, from its left end (across 0) or to its right end (1)."""
        marks = [self._one(now, one, 0.0, y, size) for one in self.given]
        widths = [mark.box.width if mark.box else 0.0 for mark in marks]
        x -= across * (sum(widths) + SPACE * (len(widths) - 1))
        row = []
        for one, width in zip(self.given, widths):
            row.append(self._one(now, one, x, y, size))
            x += width + SPACE
        return row

    def _one(self, now: Now, one: Given, x: float, y: float, size: float) -> Text:
        theme = self.setting.theme
        colour = theme.concept(one.concept)
        if one.kind == "formula":
            return self.setting.formula(one.text, x, y, size, colour, 0.0, 0.5, shows=one.shows)
        if one.kind == "code":
            filled = now.of(self, "filled") if one.after else 0.0
            text = one.text if filled < 0.5 else one.after
            tint = None if one.concept is None else colour
            return code_text(text, x, y, 0.92 * size, theme, 0.0, tint, one.shows).faded(abs(1 - 2 * filled))
        return self.setting.words(one.text, x, y, size, colour, 0.0, 0.5, 600, one.shows)
