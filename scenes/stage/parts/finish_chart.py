"""Loss against gradients on a logarithmic axis, with the finish of a race as a line."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from gdsim.objective import Array
from scenes.script.numbers import number, power_of_ten
from scenes.stage.box import Box
from scenes.stage.line_marks import Lines
from scenes.stage.marks import Mark, Shows
from scenes.stage.parts.aside import LossChart
from scenes.stage.parts.plane import View
from scenes.stage.parts.run import Run
from scenes.stage.write import Setting

# The chart reaches so many powers of ten below the finish, and above the start.
BELOW, ABOVE = 1.6, 0.4
# Powers of ten nearer to 1 than this are written out.
PLAIN = 3


class FinishChart(LossChart):
    """The height above `floor` for each run; its axis counts powers of ten. goal: the loss at the finish."""

    def __init__(
        self,
        setting: Setting,
        box: Box,
        clocks: Sequence[Run],
        colours: Sequence[str],
        floor: float,
        goal: float,
        name: str = "chart",
    ) -> None:
        self.floor, self.goal = floor, math.log10(goal - floor)
        start = math.log10(float(clocks[0].run.losses[0]) - floor)
        super().__init__(setting, box, clocks, start + ABOVE, colours, self.goal - BELOW, name)

    def heights(self, losses: Array) -> Array:
        with np.errstate(all="ignore"):
            return np.log10(np.maximum(losses - self.floor, 10.0 ** (self.low - 1)))

    def rows(self, most: int) -> list[tuple[float, str]]:
        powers = range(math.ceil(self.low), math.floor(self.top) + 1)
        return [(float(one), number(10.0**one) if abs(one) < PLAIN else power_of_ten(10.0**one)) for one in powers]

    def _axes(self, view: View) -> Iterator[Mark]:
        yield from super()._axes(view)
        y = view.point(0.0, self.goal)[1]
        line, shows = np.array([[[view.box.left, y], [view.box.right, y]]]), Shows("finish", self.clocks[0].index)
        yield Lines(ends=line, colour=self.setting.theme.minimum, width=3.0, shows=shows)
