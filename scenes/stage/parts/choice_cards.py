"""Three answers as cards with a letter each; the right one lights up, the others grow dim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from scenes.quiz import Choice, Question
from scenes.script.easing import smooth
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Disc, Plate
from scenes.stage.box import Box
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.code_text import code_size, code_text
from scenes.stage.theme import blended
from scenes.stage.type import words_outline
from scenes.stage.write import Setting

LETTERS = "ABC"
# A letter's disc, at most and at least; type on a card, at most: a number or a sign, a line of code, words.
BADGE, LEAST_BADGE, NUMBER, CODE, WORDS = 0.34, 0.2, 0.8, 0.52, 0.5
# A card so high for its width has its letter above its text.
TALL = 0.6
# How far a card comes in from the side; how dim a wrong one becomes; the green in the right one; its rim.
SLIDE, DIM, TINGE, RIM = 0.5, 0.3, 0.24, 0.055


class ChoiceCards(Part):
    """The choices of a question.

    colours: of the letters' discs. after: what a card says when it is mended, by its index.
    Channels: `dealt`, how many cards are there; `lit`, how far the answer is shown; `mended`.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"dealt": STILL, "lit": STILL, "mended": STILL}

    def __init__(
        self,
        setting: Setting,
        boxes: Sequence[Box],
        question: Question,
        colours: Sequence[str],
        quantity: str,
        after: Mapping[int, str],
        name: str,
    ) -> None:
        super().__init__(name)
        self.setting, self.boxes, self.question, self.quantity = setting, tuple(boxes), question, quantity
        self.colours, self.after = tuple(colours), dict(after)
        self.stacked = boxes[0].height > TALL * boxes[0].width
        self.badge = min(BADGE, max(LEAST_BADGE, (0.2 if self.stacked else 0.34) * boxes[0].height))
        self.sizes = self._size(question.choices), self._size([self._mended(index) for index in range(len(boxes))])

    def _mended(self, index: int) -> Choice:
        choice = self.question.choices[index]
        return choice._replace(text=self.after.get(index, choice.text))

    def _size(self, choices: Sequence[Choice]) -> float:
        """One size of type for all cards."""
        room, highest = self.boxes[0].width - 4.2 * self.badge, 0.62 * self.boxes[0].height
        if self.stacked:
            room = 0.86 * self.boxes[0].width
        if choices[0].code:
            codes = tuple(choice.text for choice in choices)
            return code_size(codes, room, min(highest, NUMBER if len(codes[0]) == 1 else CODE))
        texts = [self._text(choice) for choice in choices]
        widest = max(words_outline(text, "#000000", 600).width for text in texts)
        return min(highest, NUMBER if choices[0].value is not None else WORDS, room / widest)

    def _text(self, choice: Choice) -> str:
        if choice.value is None:
            return self.setting.label(choice.text)
        return self.setting.language.brief(choice.value)

    def marks(self, now: Now) -> Iterator[Mark]:
        dealt, lit = now.of(self, "dealt"), now.of(self, "lit")
        for index, box in enumerate(self.boxes):
            come = smooth(min(1.0, max(0.0, dealt - index)))
            if come > 0:
                aside = SLIDE * (1 - come)
                right = index == self.question.right
                shown = come * (1.0 if right else 1 - (1 - DIM) * lit)
                card = self._card(now, index, box.inset(aside, 0.0, -aside, 0.0), lit if right else 0.0)
                yield from (mark.faded(shown) for mark in card)

    def _card(self, now: Now, index: int, box: Box, lit: float) -> Iterator[Mark]:
        theme = self.setting.theme
        if lit > 0:
            rim = RIM * lit * (1 + 0.8 * now.of(self, "pulse"))
            yield Plate(around=box.inset(-rim, -rim, -rim, -rim), colour=theme.minimum, radius=0.2 + rim)
        ground = blended(theme.panel, theme.minimum, TINGE * lit)
        yield Plate(around=box, colour=ground, radius=0.2, shows=Shows("card", axis=index))
        x, y, colour = box.left + 1.5 * self.badge, box.centre[1], self.colours[index]
        middle = (x + self.badge + box.right - 0.1 * self.badge) / 2, y
        if self.stacked:
            x, y = box.centre[0], box.top - 1.45 * self.badge
            middle = x, (y - self.badge + box.bottom) / 2
        if colour == theme.muted:  # a run's colour stays: it says which ball or line is meant
            colour = blended(colour, theme.minimum, lit)
        yield Disc(centre=(x, y), radius=self.badge, colour=colour)
        letter, shows = LETTERS[index], Shows("letter", axis=index)
        yield self.setting.words(letter, x, y, 1.25 * self.badge, theme.background, 0.5, 0.5, 600, shows)
        mended = now.of(self, "mended") if index in self.after else 0.0
        if mended < 0.5:
            yield self._told(self.question.choices[index], index, *middle, self.sizes[0]).faded(1 - 2 * mended)
        else:
            yield self._told(self._mended(index), index, *middle, self.sizes[1]).faded(2 * mended - 1)

    def _told(self, choice: Choice, index: int, x: float, y: float, size: float) -> Text:
        theme = self.setting.theme
        if choice.code:
            return code_text(choice.text, x, y, size, theme, 0.5, None, Shows("choice", axis=index))
        shows = Shows("choice", axis=index)
        if choice.value is not None and choice.run is not None:
            shows = Shows(self.quantity, choice.run, 1 if self.quantity != "choice rate" else 0, index)
        return self.setting.words(self._text(choice), x, y, size, theme.ink, 0.5, 0.5, 600, shows)
