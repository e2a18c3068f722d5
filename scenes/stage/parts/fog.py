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
from scenes.stage.parts.slope import blended
from scenes.stage.veil import Veil
from scenes.stage.write import Setting

# The shares of grey in the background's colour of the thin and the dense patches: fog is lighter than night, and
# darker than paper.
BY_NIGHT, BY_DAY = (0.42, 0.62), (0.34, 0.2)
# cairo counts no further.
FARTHEST = 60.0


class Fog(Part):
    """The veil. balls: around one of them it is clear.

    width: the clear circle's radius, in frame units. lifted: 0 it hides all else, 1 it is gone. drift: how far it
    has drifted. around: the number of the ball that sees; between two, the circle is on its way.
    """

    channels: ClassVar[Mapping[str, Channel]] = {
        "width": Channel((1.9,)),
        "lifted": STILL,
        "drift": STILL,
        "around": STILL,
    }

    def __init__(self, setting: Setting, balls: Sequence[LandBall], name: str = "fog") -> None:
        super().__init__(name)
        self.balls, theme, frame = tuple(balls), setting.theme, setting.composition.frame
        night = sum(rgb(theme.background)) < sum(rgb(theme.ink))
        thin, dense = BY_NIGHT if night else BY_DAY
        self.colours = blended(theme.background, theme.muted, thin), blended(theme.background, theme.muted, dense)
        self.box = Box(frame.left, setting.composition.caption.top, frame.right, frame.top)

    def marks(self, now: Now) -> Iterator[Mark]:
        ball = self.balls[round(now.of(self, "around"))]
        x, y = np.clip(np.nan_to_num(ball.place(now)[0]), -FARTHEST, FARTHEST).tolist()
        lifted = now.of(self, "lifted")
        if lifted < 1:
            yield Veil(
                around=self.box,
                centre=(x, y),
                radius=now.of(self, "width"),
                colours=self.colours,
                drift=now.of(self, "drift"),
                lifted=lifted,
            )
