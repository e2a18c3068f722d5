"""The loss at the ball: a stick from the map up to it, and the contour line through its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from gdsim.objective import Array
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Disc, Plate
from scenes.stage.box import Box
from scenes.stage.line_marks import Stroke
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.land_run import LandBall, stretches
from scenes.stage.parts.sight import Sight
from scenes.stage.write import LABEL, Setting, within


class LandHeight(Part):
    """From the map up to the ball: a stick in the loss's colour with its number. grown: how much of the stick."""

    channels: ClassVar[Mapping[str, Channel]] = {"grown": Channel((1.0,))}

    def __init__(self, setting: Setting, ball: LandBall, name: str = "height") -> None:
        super().__init__(name)
        self.setting, self.ball = setting, ball

    def marks(self, now: Now) -> Iterator[Mark]:
        world, step = self.ball.world(now)
        sight = self.ball.land.sight(now)
        if step is None or sight.tilt == 0 or self.ball.gone(now, sight, sight.at(world)):
            return
        foot = np.array([*world[:2], self.ball.land.terrain.space.floor])
        ends = sight.at(np.array([world, foot + (1 - now.of(self, "grown")) * (world - foot)]))
        width = 5.0 + 3.0 * now.of(self, "pulse")
        colour, ground = self.setting.theme.loss, self.setting.theme.background
        yield Stroke(points=ends, colour=ground, width=width + 4, opacity=0.6, clip=sight.box)
        yield Stroke(points=ends, colour=colour, width=width, clip=sight.box)
        yield Disc(centre=(float(ends[1, 0]), float(ends[1, 1])), radius=0.07, colour=colour, clip=sight.box)
        loss = float(self.ball.clock.run.losses[step])
        x, y = ends.mean(axis=0).tolist()
        text = self.setting.language.brief(loss)
        size = LABEL * (1.1 + 0.4 * now.of(self, "pulse"))
        shows = Shows("loss", self.ball.clock.index, step)
        right = x + 1.2 < sight.box.right
        label = self.setting.words(
            text, x + (0.16 if right else -0.16), y, size, colour, 0.0 if right else 1.0, 0.5, 600, shows
        )
        yield from (mark.faded(sight.tilt) for mark in plated(within(label, sight.box), ground))


class Level(Part):
    """The contour line through the ball's place: everywhere on it the loss is the same. Only on the map."""

    channels: ClassVar[Mapping[str, Channel]] = {"grown": STILL, "label.shown": Channel((0.0,))}

    def __init__(self, setting: Setting, ball: LandBall, name: str = "level") -> None:
        super().__init__(name)
        self.setting, self.ball = setting, ball

    def marks(self, now: Now) -> Iterator[Mark]:
        (landed, share), sight = self.ball.clock.instant(now), self.ball.land.sight(now)
        if share > 0 or sight.tilt > 0.5:
            return
        run, index = self.ball.clock.run, self.ball.clock.index
        here = sight.on_map(run.points[landed])
        width = 5.0 + 2.5 * now.of(self, "pulse")
        faded, colour = 1 - 2 * sight.tilt, self.setting.theme.loss
        for line in self.ball.land.terrain.landing_lines(landed):
            points = sight.on_map(line)
            reach = np.hypot(*(points - here).T)
            kept = reach <= now.of(self, "grown") * max(float(reach.max()), 1e-9)
            for piece in stretches(points, kept):
                shows = Shows("level", index, landed)
                yield Stroke(points=piece, colour=colour, width=width, clip=sight.box, opacity=faded, shows=shows)
        shown = now.of(self, "label.shown") * faded
        if shown > 0 and sight.box.holds(Box(*here, *here)):
            label = self._label(sight, here, landed)
            yield from (mark.faded(shown) for mark in plated(label, self.setting.theme.background))

    def _label(self, sight: Sight, here: Array, landed: int) -> Text:
        """Its loss, on the line itself, as maps have it."""
        run = self.ball.clock.run
        text = self.setting.language.brief(float(run.losses[landed]))
        shows = Shows("loss", self.ball.clock.index, landed)
        uphill = run.gradients[landed] / max(float(np.hypot(*run.gradients[landed])), 1e-300)
        x, y = (here + 0.62 * np.array([-uphill[1], uphill[0]])).tolist()
        return within(
            self.setting.words(text, x, y, LABEL * 1.1, self.setting.theme.loss, 0.5, 0.5, 600, shows), sight.box
        )


def plated(text: Text, ground: str) -> Iterator[Mark]:
    """Type on a plate of the ground's colour, so that no line runs through it."""
    box = text.box
    if box is not None:
        yield Plate(around=box.inset(-0.07, 0.02, -0.07, 0.02), colour=ground, opacity=0.8 * text.opacity)
        yield text
