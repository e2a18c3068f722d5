"""A chart of losses on a logarithmic axis: a loss that shrinks by equal factors falls along a straight line."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

import numpy as np

from gdsim import Trajectory
from gdsim.objective import Array
from scenes.script.numbers import power_of_ten
from scenes.script.timeline import Channel
from scenes.stage.box import Box
from scenes.stage.line_marks import Ring, Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.aside import LossChart, chart_top
from scenes.stage.parts.run import Run
from scenes.stage.write import Setting

# The axis reaches at most so many powers of ten below the start, and so many above it, for a run that climbs.
DECADES, CLIMB = 10, 2
# A loss below this is zero to a computer.
NOTHING = 1e-300


class LogChart(LossChart):
    """Losses against steps for one run or several; `low` and `top` are powers of ten. colours: one per run."""

    def __init__(
        self, setting: Setting, box: Box, clocks: Sequence[Run], colours: Sequence[str], name: str = "chart"
    ) -> None:
        low, top = decades([clock.run for clock in clocks])
        super().__init__(setting, box, clocks, top, colours, low, name)

    def heights(self, losses: Array) -> Array:
        return np.log10(np.maximum(losses, NOTHING))

    def rows(self, most: int) -> list[tuple[float, str]]:
        every = max(1, math.ceil((self.top - self.low) / max(1, most - 1)))
        return [(float(power), power_of_ten(10.0**power)) for power in range(int(self.top), int(self.low) - 1, -every)]


def loss_chart(setting: Setting, box: Box, clocks: Sequence[Run], colours: Sequence[str]) -> LossChart:
    """A chart with a logarithmic axis if all losses allow it; otherwise with a plain one."""
    if logarithmic([clock.run for clock in clocks]):
        return LogChart(setting, box, clocks, colours)
    return LossChart(setting, box, clocks, max(chart_top(clock.run) for clock in clocks), colours)


def logarithmic(runs: Sequence[Trajectory]) -> bool:
    """Whether the losses of runs can stand on a logarithmic axis: none is negative, and the first is not nothing."""
    return all(float(run.losses.min()) >= 0 and float(run.losses[0]) > NOTHING for run in runs)


def decades(runs: Sequence[Trajectory]) -> tuple[float, float]:
    """The powers of ten at the lower and the upper edge of a chart of these runs."""
    first = max(math.log10(run.losses[0]) for run in runs)
    highest = max(math.log10(max(float(run.losses.max()), NOTHING)) for run in runs)
    lowest = min(math.log10(max(float(run.losses.min()), NOTHING)) for run in runs)
    top = math.ceil(min(highest, first + CLIMB) + 1e-9)
    return float(min(top - 1, max(math.floor(lowest), math.floor(first) - DECADES))), float(top)


class SameLoss(Part):
    """A level line in a chart, from where one run ends back to where another had the same loss.

    slow: the run that ends there. quick: the other. step: after how many steps that was so low for good; None where
    nothing is drawn.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"grown": STILL}

    def __init__(
        self, setting: Setting, chart: LossChart, slow: Run, quick: Run, step: int | None, name: str = "same"
    ) -> None:
        super().__init__(name)
        self.setting, self.chart, self.slow, self.quick, self.step = setting, chart, slow, quick, step

    def marks(self, now: Now) -> Iterator[Mark]:
        if self.step is None:
            return
        view, theme, last = self.chart.view(), self.setting.theme, self.slow.run.steps
        grown, height = now.of(self, "grown"), float(self.chart.heights(self.slow.run.losses[-1:])[0])
        right, left = view.point(last, height), view.point(last + grown * (self.step - last), height)
        ends = np.array([right, left])
        yield Stroke(points=ends, colour=theme.loss, width=3.0, dash=(0.1, 0.08), clip=view.box)
        if grown == 1:
            drop = np.array([left, (left[0], view.box.bottom)])
            shows = Shows("same loss", self.quick.index, self.step)
            yield Stroke(points=drop, colour=theme.loss, width=3.0, dash=(0.1, 0.08), clip=view.box)
            yield Ring(centre=left, radius=0.13, colour=theme.loss, width=3.0, shows=shows)
