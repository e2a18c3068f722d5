"""A run's first step on the map, taken apart: so far along the first coordinate, so far along the second."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from scenes.script.timeline import Channel
from scenes.stage.area_marks import Plate
from scenes.stage.line_marks import Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.land_run import LandBall
from scenes.stage.write import LABEL, Setting, within


class StepLegs(Part):
    """The two legs of the first step, with their lengths. grown: first one, then the other."""

    channels: ClassVar[Mapping[str, Channel]] = {"grown": STILL}

    def __init__(self, setting: Setting, ball: LandBall, name: str = "legs") -> None:
        super().__init__(name)
        self.setting, self.ball = setting, ball

    def marks(self, now: Now) -> Iterator[Mark]:
        run, sight, theme = self.ball.clock.run, self.ball.land.sight(now), self.setting.theme
        if not run.steps:
            return
        start, end = run.points[:2]
        corner = np.array([end[0], start[1]])
        places, grown = sight.on_map(np.array([start, corner, end])), 2 * now.of(self, "grown")
        for axis, (tail, head) in enumerate(((places[0], places[1]), (places[1], places[2]))):
            share = min(1.0, max(0.0, grown - axis))
            if share == 0:
                continue
            points = np.array([tail, tail + share * (head - tail)])
            shows = Shows("step leg", self.ball.clock.index, 0, axis)
            yield Stroke(points=points, colour=theme.step, width=6.0, clip=sight.box, shows=shows)
            x, y = ((tail + head) / 2).tolist()
            text = self.setting.language.brief(abs(float(end[axis] - start[axis])))
            shows = Shows("step length", self.ball.clock.index, 0, axis)
            # The first leg is at the start's height, away from the second; the second's number is on its outer side.
            out = np.sign(places[0][1] - places[2][1]) or 1.0
            side = np.sign(places[2][0] - places[0][0]) or 1.0
            x, y = (x, y + 0.32 * out) if axis == 0 else (x + 0.2 * side, y)
            across = 0.5 if axis == 0 else 0.5 - 0.5 * side
            mark = within(self.setting.words(text, x, y, LABEL, theme.step, across, 0.5, 600, shows), sight.box)
            if mark.box is not None:
                yield Plate(around=mark.box.inset(-0.06, 0, -0.06), colour=theme.background, opacity=0.8 * share)
            yield mark.faded(share)
