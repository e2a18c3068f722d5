"""A slope as an arrow along the axis, which is turned round and scaled into a step."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import ClassVar

from gdsim import Trajectory
from scenes.script.timeline import Channel
from scenes.stage.line_marks import ArrowMark
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.plane import Plane, View
from scenes.stage.parts.run import Run
from scenes.stage.parts.slope import GROWN, Place
from scenes.stage.theme import blended
from scenes.stage.write import LABEL, Setting, within


class SlopeArrow(Part):
    """The slope as an arrow along the axis, to scale: uphill, flipped, then scaled by the rate into a step.

    taken: its number is what the code takes away, slope times rate; otherwise it is how x changes.
    grown: how much of it is drawn. turned: 0 uphill, 1 downhill. scaled: 0 as long as the slope, 1 as the step.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"grown": GROWN, "turned": STILL, "scaled": STILL}
    LEVEL, SHORT, HIGHEST = 0.32, 1.3, 2.0

    def __init__(self, setting: Setting, plane: Plane, clock: Run, name: str = "arrow", taken: bool = False) -> None:
        super().__init__(name)
        self.setting, self.plane, self.clock, self.taken = setting, plane, clock, taken

    def marks(self, now: Now) -> Iterator[Mark]:
        landed, share = self.clock.instant(now)
        run: Trajectory = self.clock.run
        if share > 0 or landed >= run.steps:
            return
        view = self.plane.view(now)
        grown, turned, scaled = (now.of(self, name) for name in ("grown", "turned", "scaled"))
        x, slope = float(run.points[landed, 0]), float(run.gradients[landed, 0])
        step = float(run.points[landed + 1, 0]) - x
        length = slope + scaled * (-step - slope)
        foot = view.point(x, view.window[2])
        tail = (foot[0], view.box.bottom + self.LEVEL)
        reach = grown * (view.point(x + length, 0.0)[0] - foot[0])
        angle = math.pi * turned
        lift = min(abs(reach), self.HIGHEST) * math.sin(angle)
        head = (tail[0] + reach * math.cos(angle), tail[1] + lift)
        colour = blended(self.setting.theme.slope, self.setting.theme.step, scaled)
        width = 7.0 + 4.0 * now.of(self, "pulse")
        told = Shows("slope arrow" if scaled < 1 else "step arrow", self.clock.index, landed)
        yield ArrowMark(tail=tail, head=head, colour=colour, width=width, clip=view.box, shows=told)
        ball = view.point(x, float(run.losses[landed]))
        seen = view.box.left <= ball[0] <= view.box.right and ball[1] >= view.box.bottom
        # Where the ball is off the scale, the words that say so stand where the number would.
        if seen and grown == 1 and turned in (0.0, 1.0) and scaled in (0.0, 1.0):
            yield self._label(
                view,
                tail,
                head,
                (-step if self.taken else step) if scaled else (-slope if turned else slope),
                colour,
                landed,
                scaled,
            )

    def _label(self, view: View, tail: Place, head: Place, value: float, colour: str, step: int, scaled: float) -> Mark:
        """Its length with its sign, above its middle, inside the picture."""
        box = view.box
        left, right = sorted(min(max(x, box.left), box.right) for x in (tail[0], head[0]))
        shows = Shows(("taken" if self.taken else "step") if scaled else "slope", self.clock.index, step)
        text = self.setting.language.brief(value)
        if right - left < self.SHORT:  # too short to stand under its number, which goes on where the arrow points
            x, across = (left - 0.12, 1.0) if head[0] < tail[0] else (right + 0.12, 0.0)
            return within(self.setting.words(text, x, tail[1], LABEL, colour, across, 0.5, 600, shows), box)
        mark = self.setting.words(text, (left + right) / 2, tail[1] + 0.16, LABEL, colour, 0.5, 0.0, 600, shows)
        return within(mark, box)
