"""The step of gradient descent as a line of code, whose sign can change, and numbers that fly to its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from scenes.script.timeline import Channel
from scenes.stage.area_marks import Plate
from scenes.stage.box import Box
from scenes.stage.line_marks import Stroke
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.part import STILL, Anchor, Now, Part
from scenes.stage.parts.run import Run
from scenes.stage.theme import blended
from scenes.stage.type import CODE_WIDTH, code_outline
from scenes.stage.write import Setting, placed

# The height of its type, at most, and of the numbers below it; the plate's margins, in ems.
CODE, FIGURE, ASIDE, ABOVE = 0.62, 0.36, 0.55, 0.16
# Half the length of the minus, and the width of its stroke, in ems.
ARM, PEN = 0.25, 11.0


class CodeLine(Part):
    """`x = x - lr * gradient` in the strip, in fixed pitch. Elements: `sign`, `gradient`.

    plus: 0 a minus, 1 a plus. wrong: the colour of the plus.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"plus": STILL, "sign.pulse": STILL, "gradient.pulse": STILL}

    def __init__(self, setting: Setting, variable: str, wrong: str, name: str = "code") -> None:
        super().__init__(name)
        self.setting, self.wrong = setting, wrong
        theme, strip = setting.theme, setting.composition.strip
        words = ((variable, "ball"), ("=", None), (variable, "ball"), ("", None), ("lr", "rate"), ("*", None))
        self.words, at = list[tuple[str, int, str]](), 0
        for text, concept in (*words, ("gradient", "slope")):
            self.words.append((text, at, theme.concept(concept)))
            at += max(1, len(text)) + 1
        self.characters = at - 1
        self.size = min(CODE, strip.width / (CODE_WIDTH * self.characters + 2 * ASIDE), 0.65 * strip.height)
        self.left = strip.centre[0] - CODE_WIDTH * self.characters * self.size / 2
        self.foot = strip.top - (ABOVE + 1.0) * self.size

    def _x(self, characters: float) -> float:
        return self.left + CODE_WIDTH * characters * self.size

    def marks(self, now: Now) -> Iterator[Mark]:
        size, strip = self.size, self.setting.composition.strip
        around = Box(self._x(0) - ASIDE * size, self.foot - ABOVE * size, self._x(self.characters), strip.top)
        yield Plate(around=around.inset(right=-ASIDE * size), colour=self.setting.theme.panel, radius=0.14)
        for text, at, colour in self.words:
            if not text:
                yield from self._sign(now, self._x(at + 0.5))
                continue
            swell = 1 + 0.07 * now.of(self, "gradient.pulse") if text == "gradient" else 1.0
            middle = self._x(at + len(text) / 2)
            outline, up = code_outline(text, colour), self.foot + 0.5 * size
            yield placed(outline, middle, up, size * swell, 0.5, 0.5, text, colour)

    def _sign(self, now: Now, x: float) -> Iterator[Mark]:
        """A minus, and as much of the stroke that makes it a plus."""
        plus, pulse = now.of(self, "plus"), now.of(self, "sign.pulse")
        y, arm = self.foot + 0.55 * self.size, ARM * self.size * (1 + 0.8 * pulse)
        colour = blended(self.setting.theme.ink, self.wrong, plus)
        for across, up in ((arm, 0.0), (0.0, arm * plus)):
            if across or up:
                yield Stroke(
                    points=np.array([[x - across, y - up], [x + across, y + up]]),
                    colour=colour,
                    width=PEN * self.size * (1 + 0.4 * pulse),
                    shows=Shows("minus" if across else "plus"),
                )

    def anchor(self, now: Now, element: str) -> Anchor:
        """`gradient`: the place of its number, below the word."""
        text, at, _ = self.words[-1]
        if element != text:
            return super().anchor(now, element)
        y = self.foot - ABOVE * self.size - 0.5 * FIGURE  # below the plate, partly in the gap above the hero
        return Anchor(self._x(at + len(text) / 2), y, FIGURE)


class Figure(Part):
    """The slope at a run's start, which flies from the picture to below the code's `gradient`.

    flown: how far it has come. origin: where it is read.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"flown": STILL}

    def __init__(self, setting: Setting, clock: Run, origin: str, name: str, target: str = "code.gradient") -> None:
        super().__init__(name)
        self.setting, self.clock, self.origin, self.target = setting, clock, origin, target

    def marks(self, now: Now) -> Iterator[Text]:
        here, there, flown = now.anchor(self.origin), now.anchor(self.target), now.of(self, "flown")
        if flown == 0:
            return
        x, y, size = (a + flown * (b - a) for a, b in zip(here, there))
        size *= 1 + 0.4 * now.of(self, "pulse")
        text = signed(self.setting, float(self.clock.run.gradients[0, 0]))
        shows = Shows("slope", self.clock.index, 0)
        yield self.setting.words(text, x, y, size, self.setting.theme.slope, 0.5, 0.5, 600, shows)


def signed(setting: Setting, value: float) -> str:
    """A slope with its sign, which a positive one has, too: `+10`."""
    text = setting.language.brief(value)
    return f"+{text}" if value > 0 else text
