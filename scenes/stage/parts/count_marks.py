"""Steps counted on a chart: a ring on each run's curve where something has happened, and the number of steps below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

import numpy as np

from scenes.script.timeline import Channel
from scenes.stage.line_marks import Ring, Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.aside import LossChart
from scenes.stage.parts.land_loss import plated
from scenes.stage.parts.run import Run
from scenes.stage.write import LABEL, SMALLEST, Setting


class CountMarks(Part):
    """For each run a ring on its curve at a step, a line down to the axis, and the step's number above the ring.

    steps: one per run; None where nothing is marked. grown: how far the lines have come down.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"grown": STILL}

    def __init__(
        self,
        setting: Setting,
        chart: LossChart,
        clocks: Sequence[Run],
        steps: Sequence[int | None],
        colours: Sequence[str],
        name: str = "counts",
    ) -> None:
        super().__init__(name)
        self.setting, self.chart = setting, chart
        self.marked = [one for one in zip(clocks, steps, colours) if one[1] is not None]

    def marks(self, now: Now) -> Iterator[Mark]:
        view, grown, swell = self.chart.view(), now.of(self, "grown"), 1 + 0.4 * now.of(self, "pulse")
        size = min(LABEL, max(SMALLEST, 0.3 * view.box.height)) * swell
        for clock, step, colour in self.marked:
            assert step is not None
            height = float(self.chart.heights(self.chart.values(clock.run)[[step]])[0])
            x, y = view.point(float(step), height)
            y = min(max(y, view.box.bottom), view.box.top)
            ends = np.array([(x, y), (x, y + grown * (view.box.bottom - y))])
            shows = Shows("steps to leave", clock.index, step)
            yield Stroke(points=ends, colour=colour, width=2.6, dash=(0.1, 0.08))
            yield Ring(centre=(x, y), radius=0.12 * swell, colour=colour, width=3.2, shows=shows)
            text = self.setting.language.whole(step)
            up = self.setting.words(text, x, y + 0.2, size, colour, 0.5, 0.0, 700, shows)
            yield from plated(up, self.setting.theme.background)
