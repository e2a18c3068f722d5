"""A number that goes with a ball: a size that a rule looks at, after each of its steps."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.stage.camera import Array
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import Now, Part
from scenes.stage.parts.run import BALL, Ball
from scenes.stage.write import LABEL, Setting, within

GAP = 0.14


class BallSize(Part):
    """A number above a ball and to its left, so that it is inside a valley whose right wall the ball comes down.

    values: (n,), from step `first` on. quantity: what they are, for tests.
    """

    def __init__(self, setting: Setting, ball: Ball, values: Array, first: int, quantity: str, name: str) -> None:
        super().__init__(name)
        self.setting, self.ball, self.values, self.first, self.quantity = setting, ball, values, first, quantity

    def marks(self, now: Now) -> Iterator[Mark]:
        (x, y), _ = self.ball.place(now)
        step = self.ball.clock.instant(now).landed
        if step < self.first:
            return
        text = self.setting.language.number(float(self.values[step - self.first]), 2)
        size, shows = LABEL * (1.1 + 0.3 * now.of(self, "pulse")), Shows(self.quantity, self.ball.clock.index, step)
        colour, up = self.ball.colour, float(y) + BALL + GAP
        mark = self.setting.words(text, float(x) + BALL, up, size, colour, 1.0, 0.0, 600, shows)
        yield within(mark, self.ball.plane.view(now).box.inset(top=-0.1))
