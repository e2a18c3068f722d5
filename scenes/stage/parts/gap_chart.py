"""A chart of the distance between two balls on a logarithmic axis: growth by equal factors is a straight line."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from gdsim import Trajectory
from gdsim.objective import Array
from scenes.stage.box import Box
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import Now
from scenes.stage.parts.aside import LossChart
from scenes.stage.parts.log_chart import NOTHING, LogChart
from scenes.stage.parts.run import Run
from scenes.stage.write import SMALLEST, Setting


class GapChart(LogChart):
    """How far a run is, after each of its steps, from another. gaps: (steps + 1,)."""

    quantity, concept = "distance", "ball"

    def __init__(self, setting: Setting, box: Box, clock: Run, gaps: Array, colour: str, name: str = "gap") -> None:
        logs = np.log10(np.maximum(gaps, NOTHING))
        low, top = math.floor(float(logs.min()) + 1e-9), math.ceil(min(float(logs.max()), float(logs[0]) + 12) + 1e-9)
        LossChart.__init__(self, setting, box, [clock], float(max(top, low + 1)), [colour], float(low), name)
        self.gaps = gaps

    def values(self, run: Trajectory) -> Array:
        return self.gaps

    def marks(self, now: Now) -> Iterator[Mark]:
        yield from super().marks(now)
        view, theme = self.view(), self.setting.theme
        if now.of(self, "pulse") > 0 and not self.low_room:
            x, y = view.point(0.0, float(np.log10(max(self.gaps[0], NOTHING))))
            size, shows = SMALLEST * (1.2 + 0.5 * now.of(self, "pulse")), Shows("gap", 1, 0)
            text = self.setting.language.brief(float(self.gaps[0]))
            yield self.setting.words(text, x + 0.2, y + 0.25, size, theme.ink, 0.0, 0.0, 600, shows)
