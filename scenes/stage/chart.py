"""The loss over the steps, growing in the rhythm of the ball."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gdsim import Trajectory
from scenes.stage.data_range import chart_range
from scenes.stage.layout import Box
from scenes.stage.plane_marks import Ball
from scenes.stage.plot import Course, Gathering, Plane, axes
from scenes.stage.theme import Theme
from scenes.stage.type import words

HEAD_RADIUS = 0.085
# The axis of a shorter run goes on to here: its ticks then are whole steps.
FEWEST_STEPS = 4


class LossChart(Gathering):
    """Loss against step for one run or several on one pair of axes.

    top: the highest loss of the picture beside it. low: the lowest, where both have the same range; else the chart
    has a range of its own (see `chart_range`). A line that exceeds it leaves through the top.
    """

    def __init__(
        self,
        box: Box,
        runs: Sequence[Trajectory],
        colours: Sequence[str],
        theme: Theme,
        type_size: float,
        top: float,
        low: float | None = None,
    ):
        super().__init__()
        low, top = chart_range(runs, top) if low is None else (low, top)
        steps = max(FEWEST_STEPS, *(run.steps for run in runs))
        room = 2.4 * type_size
        inner = box.inset(left=room, bottom=1.5 * type_size, right=0.12, top=1.25 * type_size)
        self.plane = Plane(inner, (0.0, float(steps)), (low, top))
        self.runs = tuple(runs)
        self.add(axes(self.plane, theme, type_size * 0.86, most=(6 if inner.width > 3 else 4, 4)))
        name = words("loss", type_size, theme.loss, 600).at(inner.left, inner.top + 0.22 * type_size, 0.0, 0.0)
        self.add(name)
        when = words("after each step", type_size, theme.muted)
        when.at(name.box.right + 0.25 * type_size, name.box.bottom, 0.0, 0.0)
        if when.box.right > inner.right:
            when = words("step", type_size, theme.muted).at(inner.right, inner.bottom + 0.08, 1.0, 0.0)
        self.add(when)
        self.lines = [
            Course(self._points(run), colour, 4.0, inner.inset(top=-0.06, bottom=-0.06), shown=0.0)
            for run, colour in zip(runs, colours)
        ]
        self.heads = [Ball(colour, HEAD_RADIUS, theme.background) for colour in colours]
        self.add(*self.lines, *self.heads)
        for index in range(len(runs)):
            self.show(index, 0.0)

    def _points(self, run: Trajectory) -> np.ndarray:
        """The run's polyline in frame points, far excursions pulled in so that cairo can draw them."""
        reach = 50 * (self.plane.up[1] - self.plane.up[0])
        losses = np.clip(run.losses, self.plane.up[0] - reach, self.plane.up[1] + reach)
        return self.plane.to_frame(np.arange(run.steps + 1.0), losses)

    def show(self, index: int, progress: float) -> None:
        """Draw the line of run `index` up to `progress` steps."""
        line, head = self.lines[index], self.heads[index]
        points = line.path
        progress = min(progress, len(points) - 1.0)
        line.shown = progress / (len(points) - 1) if len(points) > 1 else 0.0
        whole = min(int(progress), max(0, len(points) - 2))
        here = (
            points[whole]
            if len(points) < 2
            else points[whole] + (progress - whole) * np.diff(points[whole : whole + 2], axis=0)[0]
        )
        inside = here[1] <= self.plane.box.top + 0.01
        head.place = (float(here[0]), float(here[1])) if inside else None

    def end(self, index: int) -> tuple[float, float]:
        """Where line `index` ends, or leaves the picture, in frame units."""
        points, box = self.lines[index].path, self.plane.box
        inside = (points[:, 1] >= box.bottom - 1e-6) & (points[:, 1] <= box.top + 1e-6)
        beyond = np.flatnonzero(~inside)
        if len(beyond) == 0 or beyond[0] == 0:
            return float(points[-1, 0]), float(np.clip(points[-1, 1], box.bottom, box.top))
        before, after = points[beyond[0] - 1 : beyond[0] + 1]
        edge = box.top if after[1] > box.top else box.bottom
        share = (edge - before[1]) / (after[1] - before[1])
        return float(before[0] + share * (after[0] - before[0])), float(edge)
