"""A lamp over the ball, in the dark: what gradient descent can see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from scenes.script.timeline import Channel
from scenes.stage.box import Box
from scenes.stage.camera import rgb
from scenes.stage.lamp import Shade
from scenes.stage.marks import Mark
from scenes.stage.part import Now, Part
from scenes.stage.parts.run import BALL, Ball
from scenes.stage.theme import blended
from scenes.stage.write import Setting


class Lamp(Part):
    """Darkness over the hero except for a lit circle around the ball: what gradient descent can see.

    darkness: below 1, the rest is dimmed towards the background's colour; 1 is night, which hides it.
    The channel `width` is the circle's radius, in frame units.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"width": Channel((1.1,))}
    FARTHEST, GLOW = 60.0, 0.3

    def __init__(self, setting: Setting, ball: Ball, darkness: float = 0.9, name: str = "lamp") -> None:
        super().__init__(name)
        self.setting, self.ball, self.darkness = setting, ball, darkness
        theme = setting.theme
        darkest = min((theme.background, theme.ink), key=lambda colour: sum(rgb(colour)))
        self.colour = theme.background if darkness < 1 else blended(darkest, "#000000", 0.5)

    def marks(self, now: Now) -> Iterator[Mark]:
        place, _ = self.ball.place(now)
        x, y = np.clip(np.nan_to_num(place), -self.FARTHEST, self.FARTHEST)  # cairo counts no further
        box: Box = self.ball.plane.hero(now)
        radius = now.of(self, "width") + BALL
        yield Shade(
            around=box,
            centre=(float(x), float(y)),
            radius=radius,
            colour=self.colour,
            glow=self.ball.colour if self.darkness == 1 else None,
            bright=self.GLOW * min(1.0, 1 / radius),
            opacity=self.darkness,
        )
