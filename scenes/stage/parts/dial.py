"""The dial of the learning rate: a knob on a scale of powers of ten."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from scenes.script.timeline import Channel
from scenes.stage.area_marks import Disc, Plate
from scenes.stage.box import Box
from scenes.stage.line_marks import Lines, Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import Anchor, Now, Part
from scenes.stage.write import LABEL, Setting, within

# The scale that suits most rates; a rate beyond it widens it by whole powers of ten.
USUAL = (-3, 0)
# The distance between the numbers of two decades, in frame units.
PITCH = 0.75


class Dial(Part):
    """A dial with one knob.

    rate: the first value. The channel `power` is the power of ten at which the knob stands.

    plate: whether it is on top of the picture and needs a background of its own.
    """

    channels: ClassVar[Mapping[str, Channel]] = {}

    def __init__(self, setting: Setting, rate: float, box: Box, name: str = "dial", plate: bool = False) -> None:
        super().__init__(name)
        self.setting, self.rate, self.box, self.plate = setting, rate, box, plate
        power = math.log10(rate) if rate > 0 else USUAL[0]
        self.low, self.high = min(USUAL[0], math.floor(power)), max(USUAL[1], math.ceil(power))
        self.power = power

    def all_channels(self) -> dict[str, Channel]:
        return {**super().all_channels(), "power": Channel((self.power,))}

    def _knob(self, power: float) -> tuple[float, float]:
        share = (power - self.low) / (self.high - self.low)
        return self.box.left + share * self.box.width, self.box.bottom + 0.42 * self.box.height

    def marks(self, now: Now) -> Iterator[Mark]:
        theme, power = self.setting.theme, now.of(self, "power")
        x, y = self._knob(power)
        if self.plate:
            around = self.box.inset(-0.35, -0.12, -0.35, -0.1)
            yield Plate(around=around, colour=theme.background, opacity=0.85)
        ends = [(self.box.left, y), (self.box.right, y)]
        yield Stroke(points=np.array(ends), colour=theme.faint, width=9.0)
        yield Stroke(points=np.array([ends[0], (x, y)]), colour=theme.rate, width=9.0)
        spread = (self.high - self.low) * PITCH / self.box.width
        decades = range(self.low, self.high + 1, max(1, math.ceil(spread)))
        places = [self._knob(one)[0] for one in decades]
        yield Lines(ends=np.array([[[at, y - 0.2], [at, y - 0.11]] for at in places]), colour=theme.muted, width=2.0)
        for one, at in zip(decades, places):
            text = self.setting.language.number(10.0**one)
            yield self.setting.tick(text, at, y - 0.22, 0.5, 1.0)
        swell = 1 + 0.5 * now.of(self, "pulse")
        yield Disc(centre=(x, y), radius=0.15 * swell, colour=theme.rate, rim=theme.background)
        rate = self.rate if power == self.power else 10.0**power
        text = self.setting.language.number(rate, 6)
        told = self.setting.words(text, x, y + 0.24, LABEL, theme.rate, 0.5, 0.0, 600, Shows("rate", step=0))
        yield within(told, self.box.inset(-0.2, -1.0, -0.2, -1.0))

    def anchor(self, now: Now, element: str) -> Anchor:
        """`knob`: the rate above it."""
        x, y = self._knob(now.of(self, "power"))
        return Anchor(x, y + 0.4, LABEL)
