"""Which way is uphill: an arrow along the curve at a ball, and one at each of many places. Its length says nothing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from gdsim import Objective
from scenes.script.timeline import Channel
from scenes.stage.line_marks import ArrowMark
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.part import STILL, Anchor, Now, Part
from scenes.stage.parts.code_line import signed
from scenes.stage.parts.plane import Plane, View
from scenes.stage.parts.run import Ball
from scenes.stage.parts.slope import direction
from scenes.stage.theme import blended
from scenes.stage.write import LABEL, Setting, within


def way(view: View, slope: float, turned: float) -> np.ndarray:
    """The unit vector (2,), in frame units, up a curve of this slope; turned over its upper side, 1 is down."""
    up = direction(view, slope) * np.sign(slope)
    angle = math.pi * turned * (1 if slope > 0 else -1)
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    return np.asarray(turn @ up)


class Signpost(Part):
    """An arrow at a resting ball along the curve, uphill, with the slope's number while it points there.

    grown: how much of it is drawn. turned: 0 uphill, 1 downhill, where it has the step's colour. length: frame units.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"grown": STILL, "turned": STILL, "length": Channel((1.6,))}
    CLEAR = 0.6

    def __init__(self, setting: Setting, ball: Ball, name: str = "signpost") -> None:
        super().__init__(name)
        self.setting, self.ball = setting, ball

    def marks(self, now: Now) -> Iterator[Mark]:
        place, step = self.ball.place(now)
        clock, view = self.ball.clock, self.ball.plane.view(now)
        slope, turned = float(clock.run.gradients[step or 0, 0]), now.of(self, "turned")
        if step is None or not view.holds(float(clock.run.points[step, 0]), float(clock.run.losses[step])):
            return
        if slope:
            theme, grown = self.setting.theme, now.of(self, "grown")
            head = place + grown * now.of(self, "length") * way(view, slope, turned)
            yield ArrowMark(
                tail=(float(place[0]), float(place[1])),
                head=(float(head[0]), float(head[1])),
                colour=blended(theme.slope, theme.step, turned),
                width=10.0 + 4.0 * now.of(self, "pulse"),
                clip=self.ball.plane.hero(now),
                shows=Shows("downhill" if turned == 1 else "uphill" if turned == 0 else "turning", clock.index, step),
            )
        if turned < 0.5:
            yield self._label(now, step).faded(1 - 2 * turned)

    def _label(self, now: Now, step: int) -> Text:
        """The slope's number, next to the arrow's middle, on its upper side, where a valley has room."""
        (x, y), _ = self.ball.place(now)
        run, view = self.ball.clock.run, self.ball.plane.view(now)
        slope = float(run.gradients[step, 0])
        along = way(view, slope, 0.0) if slope else np.array([0.0, 0.0])
        side = way(view, slope, 0.5) if slope else np.array([0.0, 1.0])
        middle = np.array([x, y]) + 0.5 * self.CLEAR * along + self.CLEAR * side
        across = 0.5 if not slope else 1.0 if slope > 0 else 0.0
        size = LABEL * (1.2 + 0.4 * now.of(self, "pulse"))
        shows = Shows("slope", self.ball.clock.index, step)
        text = signed(self.setting, slope)
        colour = self.setting.theme.slope
        mark = self.setting.words(text, float(middle[0]), float(middle[1]), size, colour, across, 0.5, 600, shows)
        return within(mark, view.box)

    def anchor(self, now: Now, element: str) -> Anchor:
        """`label`: its number."""
        _, step = self.ball.place(now)
        box = self._label(now, step or 0).box
        assert box is not None
        return Anchor(*box.centre, LABEL)


class Signposts(Part):
    """Arrows uphill at places spread evenly over the plane, longer where it is steeper; none where it is almost level.

    grown, turned: as for one.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"grown": STILL, "turned": STILL}
    COUNT, LONGEST, SHORTEST = 12, 1.15, 0.2

    def __init__(self, setting: Setting, plane: Plane, objective: Objective, name: str = "signposts") -> None:
        super().__init__(name)
        self.setting, self.plane, self.objective = setting, plane, objective

    def marks(self, now: Now) -> Iterator[Mark]:
        view, theme = self.plane.view(now), self.setting.theme
        left, right, _, _ = view.window
        places = left + (np.arange(self.COUNT) + 0.5) / self.COUNT * (right - left)
        values = np.asarray(self.objective.value(places[:, None]), dtype=float)
        slopes = np.asarray(self.objective.gradient(places[:, None]), dtype=float)[:, 0]
        grown, turned = now.of(self, "grown"), now.of(self, "turned")
        seen = [view.holds(x, y) and math.isfinite(z) for x, y, z in zip(places, values, slopes)]
        longest = float(np.quantile(np.abs(slopes[seen]), 0.8)) if any(seen) else 0.0  # a pole would dwarf all others
        for x, value, slope in zip(*(numbers[seen].tolist() for numbers in (places, values, slopes))):
            length = self.LONGEST * min(1.0, abs(slope) / longest) if longest else 0.0
            # An arrow that points down must not reach across the bottom.
            across = length * float(way(view, slope, 0.0)[0]) / view.box.width * (right - left)
            beyond = float(np.asarray(self.objective.gradient(np.array([x - across])))[0])
            if length < self.SHORTEST or not beyond * slope > 0:
                continue
            tail = view.to_frame(x, value)
            head = tail + grown * length * way(view, slope, turned)
            yield ArrowMark(
                tail=(float(tail[0]), float(tail[1])),
                head=(float(head[0]), float(head[1])),
                colour=blended(theme.slope, theme.step, turned),
                width=7.0,
                clip=view.box,
                shows=Shows("field downhill" if turned == 1 else "field uphill" if turned == 0 else "turning"),
            )
