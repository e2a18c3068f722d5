"""Parts that show a slope: the ball's height, the tangent, and the triangle under it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from scenes.script.timeline import Channel
from scenes.stage.line_marks import Stroke
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.part import STILL, Anchor, Now, Part
from scenes.stage.parts.plane import View
from scenes.stage.parts.run import BALL, Ball
from scenes.stage.write import LABEL, Setting, within

GROWN = Channel((0.0,))
Place = tuple[float, float]


class Height(Part):
    """The ball's height above zero as a line in the loss's colour, with its number: the loss is a height."""

    channels: ClassVar[Mapping[str, Channel]] = {"grown": GROWN}
    SHORT = 1.3

    def __init__(self, setting: Setting, ball: Ball, name: str = "height") -> None:
        super().__init__(name)
        self.setting, self.ball = setting, ball

    def marks(self, now: Now) -> Iterator[Mark]:
        view = self.ball.plane.view(now)
        (x, y), step = self.ball.place(now)
        grown = now.of(self, "grown")
        if not view.box.left <= x <= view.box.right:
            return
        bottom, top = view.window[2:]
        foot = view.point(0.0, min(max(0.0, bottom), top))[1]
        colour = self.setting.theme.loss
        width = 5.0 + 3.0 * now.of(self, "pulse")
        yield Stroke(points=np.array([[x, y], [x, y + grown * (foot - y)]]), colour=colour, width=width, clip=view.box)
        if step is not None and grown > 0:
            yield within(self._label(view, (x, y), foot, step), view.box).faded(grown)

    def _label(self, view: View, place: Place, foot: float, step: int) -> Text:
        """The loss next to the line, or above the ball if the line is too short."""
        clock, (x, y) = self.ball.clock, place
        text = self.setting.language.brief(float(clock.run.losses[step]))
        told = (LABEL, self.setting.theme.loss)
        shows = Shows("loss", clock.index, step)
        if abs(y - foot) < self.SHORT:
            return self.setting.words(text, x, y + BALL + 0.12, *told, 0.5, 0.0, 600, shows)
        beside = x + 0.18 if x < view.box.right - 1.3 else x - 0.18
        return self.setting.words(text, beside, (y + foot) / 2, *told, 0.0 if beside > x else 1.0, 0.5, 600, shows)


class Tangent(Part):
    """The tangent at the ball; `grown` is its length.

    told: whether the slope's number is shown next to it.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"grown": GROWN}

    def __init__(
        self, setting: Setting, ball: Ball, name: str = "tangent", length: float = 7.0, told: bool = False
    ) -> None:
        super().__init__(name)
        self.setting, self.ball, self.length, self.told = setting, ball, length, told

    def marks(self, now: Now) -> Iterator[Mark]:
        place, step = self.ball.place(now)
        if step is None:
            return
        view = self.ball.plane.view(now)
        slope = float(self.ball.clock.run.gradients[step, 0])
        half = direction(view, slope) * self.length / 2 * now.of(self, "grown")
        yield Stroke(
            points=np.array([place - half, place + half]),
            colour=self.setting.theme.slope,
            width=5.0 + 3.0 * now.of(self, "pulse"),
            clip=view.box,
            shows=Shows("slope", self.ball.clock.index, step),
        )
        if self.told and now.of(self, "grown") == 1:
            yield self._number(now)

    def _number(self, now: Now) -> Text:
        """The slope's number, next to the line and inside the picture."""
        (x, y), _ = self.ball.place(now)
        landed, box = self.ball.clock.instant(now).landed, self.ball.plane.view(now).box
        slope = float(self.ball.clock.run.gradients[landed, 0])
        text, shows = self.setting.language.brief(slope), Shows("slope", self.ball.clock.index, landed)
        aside = -0.35 if slope > 0 else 0.35
        size = LABEL * (1.1 + 0.3 * now.of(self, "pulse"))
        mark = self.setting.words(
            text, float(x) + aside, float(y) + 0.2, size, self.setting.theme.slope, slope > 0, 0.5, 600, shows
        )
        return within(mark, box)

    def anchor(self, now: Now, element: str) -> Anchor:
        """`slope`: its number."""
        box = self._number(now).box
        assert box is not None
        return Anchor(*box.centre, LABEL)


def direction(view: View, slope: float) -> np.ndarray:
    """The unit vector (2,), in frame units, of a line whose slope is in the view's units."""
    left, right, bottom, top = view.window
    vector = np.array([view.box.width / (right - left), slope * view.box.height / (top - bottom)])
    return vector / np.hypot(*vector)


class Triangle(Part):
    """The triangle of run and rise: the slope as a quotient. The run is drawn first, then the rise.

    run: its length to the right, in the objective's units. Elements: `run`, `rise`.
    """

    channels: ClassVar[Mapping[str, Channel]] = {
        "grown": GROWN,
        "run.pulse": STILL,
        "rise.pulse": STILL,
        "quotient.shown": STILL,
        "quotient.pulse": STILL,
    }

    def __init__(self, setting: Setting, ball: Ball, run: float, name: str = "triangle") -> None:
        super().__init__(name)
        self.setting, self.ball, self.run = setting, ball, run

    def marks(self, now: Now) -> Iterator[Mark]:
        _, step = self.ball.place(now)
        if step is None:
            return
        view, grown = self.ball.plane.view(now), now.of(self, "grown")
        theme = self.setting.theme
        start, corner, tip = self._corners(view, step)
        for ends, share, colour in (
            ((start, corner), min(1.0, 2 * grown), theme.ink),
            ((corner, tip), max(0.0, 2 * grown - 1), theme.slope),
        ):
            tail, head = np.array(ends)
            yield Stroke(points=np.array([tail, tail + share * (head - tail)]), colour=colour, width=4.0, clip=view.box)
        run, rise = self._labels(now, view, step)
        yield run.faded(min(1.0, 2 * grown))
        yield rise.faded(max(0.0, 2 * grown - 1))
        if now.of(self, "quotient.shown") > 0:
            yield self._quotient(now, rise, view, step).faded(now.of(self, "quotient.shown"))

    def _corners(self, view: View, step: int) -> tuple[tuple[float, float], ...]:
        run = self.ball.clock.run
        x, y, slope = run.points[step, 0], run.losses[step], run.gradients[step, 0]
        return view.point(x, y), view.point(x + self.run, y), view.point(x + self.run, y + slope * self.run)

    def _labels(self, now: Now, view: View, step: int) -> tuple[Text, Text]:
        """The run's number and the rise's."""
        start, corner, tip = self._corners(view, step)
        theme, brief = self.setting.theme, self.setting.language.brief
        rise = float(self.ball.clock.run.gradients[step, 0]) * self.run
        below = 1.0 if rise >= 0 else 0.0
        size = LABEL * (1 + 0.5 * now.of(self, "run.pulse"))
        run = self.setting.words(
            brief(self.run),
            (start[0] + corner[0]) / 2,
            corner[1] - (0.1 if rise >= 0 else -0.1),
            size,
            theme.ink,
            0.5,
            below,
            600,
            Shows("run", self.ball.clock.index, step),
        )
        size = LABEL * (1.1 + 0.6 * now.of(self, "rise.pulse"))
        up = self.setting.words(
            brief(rise),
            corner[0] + 0.14,
            (corner[1] + tip[1]) / 2,
            size,
            theme.slope,
            0.0,
            0.5,
            600,
            Shows("rise", self.ball.clock.index, step),
        )
        return within(run, view.box), within(up, view.box)

    def _quotient(self, now: Now, rise: Text, view: View, step: int) -> Text:
        """`1 ÷ 0.1 = 10`, above the rise's number."""
        brief, slope = self.setting.language.brief, float(self.ball.clock.run.gradients[step, 0])
        text = f"{brief(slope * self.run)} ÷ {brief(self.run)} = {brief(slope)}"
        box = rise.box or view.box
        size = LABEL * (1.1 + 0.35 * now.of(self, "quotient.pulse"))
        shows = Shows("slope", self.ball.clock.index, step)
        run, _ = self._labels(now, view, step)
        for y in (box.centre[1] + 0.62, box.centre[1] - 0.62):
            mark = self.setting.words(text, box.left, y, size, self.setting.theme.slope, 0.0, 0.5, 600, shows)
            mark = within(mark, view.box)
            if run.box is None or mark.box is None or not mark.box.meets(run.box):
                break
        return mark

    def anchor(self, now: Now, element: str) -> Anchor:
        """`rise`, `run`."""
        _, step = self.ball.place(now)
        view = self.ball.plane.view(now)
        run, rise = self._labels(now, view, step or 0)
        box = {"run": run, "rise": rise}[element].box or view.box
        return Anchor(*box.centre, LABEL)
