"""The offset of a ball from the minimum, as a bar along the axis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from scenes.script.timeline import Channel
from scenes.stage.line_marks import Lines, Stroke
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.part import STILL, Anchor, Now, Part
from scenes.stage.parts.run import Ball
from scenes.stage.write import LABEL, Setting, within


class OffsetBar(Part):
    """A bar from the minimum to below the ball, at the height of the minimum, with its number below it.

    grown: how much of it is drawn, from the minimum.

    minimum: where it is, in the plane's units. The number is negative if the ball is left of it.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"grown": STILL}
    END, SIZE = 0.1, 0.28

    def __init__(self, setting: Setting, ball: Ball, minimum: float, name: str = "bar") -> None:
        super().__init__(name)
        self.setting, self.ball, self.minimum = setting, ball, minimum

    def marks(self, now: Now) -> Iterator[Mark]:
        grown, theme = now.of(self, "grown"), self.setting.theme
        box, (zero, x, y) = self.ball.plane.view(now).box, self._ends(now)
        tip = zero + grown * (x - zero)
        width = 5.0 + 3.0 * now.of(self, "pulse")
        yield Stroke(points=np.array([[zero, y], [tip, y]]), colour=theme.minimum, width=width, clip=box)
        ends = np.array([[[at, y - self.END], [at, y + self.END]] for at in (zero, tip)])
        yield Lines(ends=ends, colour=theme.minimum, width=3.0, clip=box)
        if grown == 1:
            yield self._label(now)

    def _ends(self, now: Now) -> tuple[float, float, float]:
        """Where the minimum and the ball are, and the bar's level."""
        view = self.ball.plane.view(now)
        (x, _), _ = self.ball.place(now)
        lowest = float(self.ball.clock.run.objective.value(np.array([self.minimum])))
        zero, y = view.point(self.minimum, lowest)
        return zero, float(x), y

    def _label(self, now: Now) -> Text:
        zero, x, y = self._ends(now)
        landed, box = self.ball.clock.instant(now).landed, self.ball.plane.view(now).box
        offset = float(self.ball.clock.run.points[landed, 0]) - self.minimum
        text, shows = self.setting.language.brief(offset), Shows("offset", self.ball.clock.index, landed)
        size = self.SIZE * (1 + 0.3 * now.of(self, "pulse"))
        middle = min(max((zero + x) / 2, box.left), box.right)
        mark = self.setting.words(text, middle, y - 0.05, size, self.setting.theme.minimum, 0.5, 1.0, 600, shows)
        return within(mark, box)

    def anchor(self, now: Now, element: str) -> Anchor:
        """`label`: its number."""
        box = self._label(now).box
        assert box is not None
        return Anchor(*box.centre, LABEL)
