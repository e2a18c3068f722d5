"""The parabola with a curve's height, slope and curvature at the ball: Newton's method goes where it is level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from scenes.script.timeline import Channel
from scenes.stage.area_marks import Disc
from scenes.stage.line_marks import Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Anchor, Now, Part
from scenes.stage.parts.plane import View
from scenes.stage.parts.run import Ball
from scenes.stage.write import LABEL, Setting

SAMPLES, DASH = 400, (0.17, 0.12)
# How far out of the window, in windows, it is drawn, so that it leaves in a straight line.
BEYOND = 0.5
TIP = 0.11


class Fit(Part):
    """The parabola, dashed. Elements: `tip`, the place where it is level, and a dotted line from there to the curve.

    grown: how much of it is drawn, from the ball to both sides. While the ball is in the air, the parabola of its last
    place gives way to that of its next one.
    damped: 0 takes the curvature as it is; 1 takes its size, and no less than `least`.
    """

    channels: ClassVar[Mapping[str, Channel]] = {
        "grown": STILL,
        "damped": STILL,
        "tip.shown": STILL,
        "tip.pulse": STILL,
    }

    def __init__(self, setting: Setting, ball: Ball, colour: str, least: float = 0.0, name: str = "fit") -> None:
        super().__init__(name)
        self.setting, self.ball, self.colour, self.least = setting, ball, colour, least

    def marks(self, now: Now) -> Iterator[Mark]:
        landed, share = self.ball.clock.instant(now)
        if share < 0.5:
            yield from (mark.faded(1 - 2 * share) for mark in self._at(now, landed, share == 0))
        else:
            yield from (mark.faded(2 * share - 1) for mark in self._at(now, landed + 1, False))

    def numbers(self, now: Now, step: int) -> tuple[float, float, float, float]:
        """Place, height, slope and curvature, in the objective's units."""
        run, damped = self.ball.clock.run, now.of(self, "damped")
        x, y, slope = float(run.points[step, 0]), float(run.losses[step]), float(run.gradients[step, 0])
        assert run.objective.hessian is not None
        bend = float(np.asarray(run.objective.hessian(run.points[step]))[0, 0])
        return x, y, slope, bend + damped * (max(abs(bend), self.least) - bend)

    def _at(self, now: Now, step: int, rests: bool) -> Iterator[Mark]:
        """The parabola of a step. rests: whether the ball is there."""
        view, clock = self.ball.plane.view(now), self.ball.clock
        x, y, slope, bend = self.numbers(now, step)
        if not np.isfinite(bend):
            return
        left, right, bottom, top = view.window
        grown, reach = now.of(self, "grown"), BEYOND * (top - bottom)
        across = np.linspace(x + grown * (min(left, x) - x), x + grown * (max(right, x) - x), SAMPLES)
        up = y + slope * (across - x) + bend / 2 * (across - x) ** 2
        whole = now.of(self, "damped") in (0.0, 1.0)
        named = "damped fit" if now.of(self, "damped") else "fit"
        shows = Shows(named, clock.index, step) if whole else None
        width = 5.0 + 2.5 * now.of(self, "pulse")
        inside = (up > bottom - reach) & (up < top + reach)
        edges = np.flatnonzero(np.diff(np.concatenate([[False], inside, [False]]).astype(int)))
        for start, end in zip(edges[::2], edges[1::2]):
            if end - start > 1:
                yield Stroke(
                    points=view.to_frame(across[start:end], up[start:end]),
                    colour=self.colour,
                    width=width,
                    dash=DASH,
                    clip=view.box,
                    shows=shows,
                )
        shown = now.of(self, "tip.shown")
        if shown > 0 and rests and bend and whole:
            yield from (mark.faded(shown) for mark in self._tip(now, view, step))

    def _place(self, now: Now, step: int) -> tuple[float, float]:
        """Where the parabola is level, in the objective's units."""
        x, y, slope, bend = self.numbers(now, step)
        return x - slope / bend, y - slope * slope / (2 * bend)

    def _tip(self, now: Now, view: View, step: int) -> Iterator[Mark]:
        x, y = self._place(now, step)
        if not view.holds(x, y):
            return
        with np.errstate(all="ignore"):
            ground = float(np.asarray(self.ball.clock.run.objective.value(np.array([x]))))
        place = view.point(x, y)
        if np.isfinite(ground):
            ends = np.array([place, view.point(x, min(max(ground, view.window[2]), view.window[3]))])
            yield Stroke(points=ends, colour=self.colour, width=3.0, dash=(0.05, 0.09), clip=view.box)
        radius = TIP * (1 + 0.8 * now.of(self, "tip.pulse"))
        named = Shows("damped tip" if now.of(self, "damped") else "fit tip", self.ball.clock.index, step)
        yield Disc(centre=place, radius=radius, colour=self.colour, rim=self.setting.theme.background, shows=named)

    def anchor(self, now: Now, element: str) -> Anchor:
        """`curve`: a place on the parabola beside the ball; `x`: below its tip, on the axis."""
        view, step = self.ball.plane.view(now), self.ball.clock.instant(now).landed
        x, y, _, bend = self.numbers(now, step)
        if element == "x" and bend and np.isfinite(bend):
            place = view.point(self._place(now, step)[0], 0.0)[0]
            return Anchor(min(max(place, view.box.left), view.box.right), view.box.bottom - 0.3, LABEL)
        across, up = view.point(x, y)
        return Anchor(across, min(max(up - 0.5, view.box.bottom), view.box.top), LABEL)
