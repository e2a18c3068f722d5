"""A rule that is assembled from the picture: letters first, then each letter's number flies to its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from scenes.script.timeline import Channel
from scenes.stage.box import Box
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.outline import Outline
from scenes.stage.part import STILL, Anchor, Now, Part
from scenes.stage.parts.run import Run
from scenes.stage.type import DESCENT, TERM_DESCENT, TERM_HEIGHT, formula_outline, quoted, term_outline, words_outline
from scenes.stage.write import SMALLEST, Setting

LETTERS, NOTES = 0.52, 0.3
SPACE = 0.24
# The height of a rule with column vectors, in ems.
TALL = 2.2


@dataclass(frozen=True)
class Term:
    """One symbol of a rule. name: its element. source: Typst mathematics. concept: the colour it has.

    number: the step -> its number as text, for a term that has one. origin: where in the picture that starts to fly.
    quantity: what the number is, for tests. wears: the number's colour, if it is not the letter's.
    column: whether the number is a vector, `(3, 4)`, that is written as a column.
    """

    name: str
    source: str
    concept: str | None = None
    number: Callable[[int], str] | None = None
    origin: str | None = None
    quantity: str = ""
    wears: str | None = None
    column: bool = False


class Rule(Part):
    """Terms in one line. A term's `flown` is how far its number has come; its letter then moves up and stays small.

    A term that is `dimmed` fades.
    """

    channels: ClassVar[Mapping[str, Channel]] = {}

    def __init__(
        self, setting: Setting, terms: Sequence[Term], clock: Run, box: Box, name: str = "rule", align: float = 0.5
    ) -> None:
        super().__init__(name)
        self.setting, self.terms, self.clock, self.box, self.align = setting, tuple(terms), clock, box, align
        self._letters = [term_outline(term.source, self._colour(term)) for term in terms]
        self._widths = [self._width(term, letter) for term, letter in zip(terms, self._letters)]
        spare = box.width - SPACE * (len(terms) - 1)
        tallest = TALL if any(term.column for term in terms) else 1.75
        self.size = min(LETTERS, spare / max(sum(self._widths), 1e-9), box.height / tallest)

    def all_channels(self) -> dict[str, Channel]:
        own = {f"{term.name}.{kind}": STILL for term in self.terms for kind in ("flown", "pulse", "dimmed")}
        return {**super().all_channels(), **own}

    def _colour(self, term: Term) -> str:
        return self.setting.theme.concept(term.concept)

    def _number(self, term: Term, step: int) -> Outline:
        assert term.number is not None
        return self._outline(term, term.number(step))

    def _outline(self, term: Term, text: str) -> Outline:
        """A number in one line, or a vector as a column."""
        if not term.column:
            return words_outline(self.setting.language.figures(text), self._worn(term), 600)
        return formula_outline(f"vec({', '.join(map(quoted, text.strip('()').split(', ')))})", self._worn(term))

    def _worn(self, term: Term) -> str:
        return self.setting.theme.concept(term.wears or term.concept)

    def _width(self, term: Term, letter: Outline) -> float:
        """The maximum width of the term, in ems, so that its neighbours do not move."""
        if term.number is None:
            return letter.width
        steps = max(1, self.clock.run.steps)
        texts = sorted({term.number(step) for step in _some(steps)}, key=len, reverse=True)[:6]
        return max(letter.width, *(self._outline(term, text).width for text in texts))

    def step(self, now: Now) -> int:
        """The step whose numbers are shown: the one under way, or the last that was made."""
        landed, share = self.clock.instant(now)
        return landed if share > 0 or landed == 0 else landed - 1

    def marks(self, now: Now) -> Iterator[Mark]:
        step = min(self.step(now), max(0, self.clock.run.steps - 1))
        x = self.box.left + self.align * (self.box.width - self._total())
        low = self.box.bottom + max(0.0, self.box.height - 1.75 * self.size) / 2
        if any(term.column for term in self.terms):
            low = self.box.centre[1] - TERM_HEIGHT / 2 * self.size
        for term, letter, width in zip(self.terms, self._letters, self._widths):
            middle = x + width * self.size / 2
            yield from self._term(now, term, letter, middle, low, step)
            x += width * self.size + SPACE

    def _total(self) -> float:
        return sum(self._widths) * self.size + SPACE * (len(self.terms) - 1)

    def _term(self, now: Now, term: Term, letter: Outline, middle: float, low: float, step: int) -> Iterator[Mark]:
        pulse = 1 + 0.45 * now.of(self, f"{term.name}.pulse")
        flown = now.of(self, f"{term.name}.flown") if term.number else 0.0
        note = max(SMALLEST, min(NOTES, 0.6 * self.size))
        size = self.size if term.column else self.size + flown * (note - self.size)
        foot = low if term.column else low + flown * 1.12 * self.size
        colour = self._colour(term)
        seen = 1 - 0.85 * now.of(self, f"{term.name}.dimmed")
        mark = _centred(letter, middle, foot, size * (pulse if not flown else 1.0), term.source, colour)
        mark = mark.faded(seen)
        yield mark.faded(1 - flown) if term.column else mark  # a column vector leaves no room for its letter
        if flown > 0:
            yield self._flying(now, term, flown, middle, low, step, pulse)

    def _flying(self, now: Now, term: Term, flown: float, middle: float, low: float, step: int, pulse: float) -> Text:
        """The term's number, on its way or in its place."""
        outline = self._number(term, step)
        up = TERM_HEIGHT / 2 if term.column else TERM_DESCENT - DESCENT + 0.5 * outline.height
        home = (middle, low + up * self.size)
        # A number that swells stays clear of its neighbours.
        here, height = home, self.size * min(pulse, 1 + 1.5 * SPACE / max(outline.width * self.size, 1e-9))
        if flown < 1 and term.origin is not None:
            origin = now.anchor(term.origin)
            here = (origin.x + flown * (home[0] - origin.x), origin.y + flown * (home[1] - origin.y))
            height = origin.size + flown * (self.size - origin.size)
        assert term.number is not None
        mark = Text(
            outline=outline,
            left=here[0] - outline.width * height / 2,
            foot=here[1] - outline.height * height / 2,
            size=height,
            text=term.number(step),
            colour=self._worn(term),
            shows=Shows(term.quantity or term.name, self.clock.index, step),
        )
        # One that comes from nowhere waits until its letter has made room.
        return mark if term.origin is not None or term.column else mark.faded(max(0.0, 2 * flown - 1))

    def anchor(self, now: Now, element: str) -> Anchor:
        """The place of a term."""
        x = self.box.left + self.align * (self.box.width - self._total())
        for term, width in zip(self.terms, self._widths):
            if term.name == element:
                return Anchor(x + width * self.size / 2, self.box.centre[1], self.size)
            x += width * self.size + SPACE
        return super().anchor(now, element)


def _some(steps: int) -> list[int]:
    """A few hundred of the steps at most, evenly spread: the widest number is among them, or hardly wider."""
    return sorted({round(index * (steps - 1) / 255) for index in range(256)}) if steps > 256 else list(range(steps))


def _centred(outline: Outline, middle: float, foot: float, size: float, text: str, colour: str) -> Text:
    return Text(
        outline=outline,
        left=middle - outline.width * size / 2,
        foot=foot,
        size=size,
        text=text,
        colour=colour,
    )
