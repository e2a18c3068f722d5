"""A countdown: a ring that shrinks while there is time to guess, with the seconds that are left in it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from scenes.script.timeline import Channel
from scenes.stage.box import Box
from scenes.stage.line_marks import Ring, Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import Now, Part
from scenes.stage.write import Setting

WIDTH, POINTS = 9.0, 90


class Countdown(Part):
    """In the right end of a box. seconds: how many it counts. left: how much of them is left, from 1 to 0."""

    channels: ClassVar[Mapping[str, Channel]] = {"left": Channel((1.0,))}

    def __init__(self, setting: Setting, box: Box, seconds: int, name: str = "countdown") -> None:
        super().__init__(name)
        self.setting, self.seconds = setting, seconds
        self.radius = box.height / 2 - 0.06
        self.centre = box.right - box.height / 2, box.centre[1]

    def marks(self, now: Now) -> Iterator[Mark]:
        theme, left, (x, y) = self.setting.theme, now.of(self, "left"), self.centre
        yield Ring(centre=self.centre, radius=self.radius, colour=theme.faint, width=WIDTH)
        if left > 0:
            angles = np.pi / 2 + 2 * np.pi * left * np.linspace(0.0, 1.0, max(2, math.ceil(POINTS * left)))
            points = np.stack([x + self.radius * np.cos(angles), y + self.radius * np.sin(angles)], axis=-1)
            yield Stroke(points=points, colour=theme.ink, width=WIDTH, shows=Shows("time left"))
            count, size = self.setting.language.whole(math.ceil(self.seconds * left - 1e-9)), 1.05 * self.radius
            yield self.setting.words(count, x, y, size, theme.ink, 0.5, 0.5, 600, Shows("countdown"))
