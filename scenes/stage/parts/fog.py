"""Fog over the landscape: all that can be seen is a small circle around a ball."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

import numpy as np

from scenes.script.timeline import Channel
from scenes.stage.box import Box
from scenes.stage.camera import rgb
from scenes.stage.marks import Mark
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.land_run import LandBall
from scenes.stage.theme import blended
from scenes.stage.veil import Veil
from scenes.stage.write import Setting

# The shares of grey in the background's colour, of the thin and the dense patches.
BY_NIGHT, BY_DAY = (0.46, 0.78), (0.36, 0.16)
# How far the fog's lower edge stays from captions, in frame units.
AIR = 0.13
# cairo counts no further.
FARTHEST = 60.0


class Fog(Part):
    """The veil, clear around one of the balls.

    width: the clear circle's radius, in frame units. lifted: 0 it hides all else, 1 it is gone. drift: how far it
    has drifted, in frame units. around: the number of the ball that sees.
    """

    channels: ClassVar[Mapping[str, Channel]] = {
        "width": Channel((2.2,)),
        "lifted": STILL,
        "drift": STILL,
        "around": STILL,
    }

    def __init__(self, setting: Setting, balls: Sequence[LandBall], name: str = "fog") -> None:
        super().__init__(name)
        self.balls, self.colours, self.box = tuple(balls), greys(setting), fog_box(setting)

    def marks(self, now: Now) -> Iterator[Mark]:
        ball, lifted = self.balls[round(now.of(self, "around"))], now.of(self, "lifted")
        x, y = np.clip(np.nan_to_num(ball.place(now)[0]), -FARTHEST, FARTHEST).tolist()
        if lifted < 1:
            yield Veil(
                around=self.box,
                centre=(x, y),
                radius=now.of(self, "width"),
                colours=self.colours,
                drift=now.of(self, "drift"),
                lifted=lifted,
            )


class FoggySky(Part):
    """The fog beyond the landscape, which does not drift. fog: it lifts with that one."""

    def __init__(self, setting: Setting, fog: Fog, name: str = "sky") -> None:
        super().__init__(name)
        self.fog = fog

    def marks(self, now: Now) -> Iterator[Mark]:
        lifted = now.of(self.fog, "lifted")
        if lifted < 1:
            place = self.fog.box.centre
            yield Veil(around=self.fog.box, centre=place, radius=0.0, colours=self.fog.colours, lifted=lifted)


def greys(setting: Setting) -> tuple[str, str]:
    """The colours of fog's thin and dense patches: lighter than night, darker than paper."""
    theme = setting.theme
    night = sum(rgb(theme.background)) < sum(rgb(theme.ink))
    thin, dense = BY_NIGHT if night else BY_DAY
    return blended(theme.background, theme.muted, thin), blended(theme.background, theme.muted, dense)


def fog_box(setting: Setting) -> Box:
    """All of the frame above the captions and the air over them."""
    frame = setting.composition.frame
    return Box(frame.left, setting.composition.caption.top + AIR, frame.right, frame.top)
