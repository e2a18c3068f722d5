"""The finish of a race on a map: the line on which a given loss is left."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scenes.stage.line_marks import Stroke
from scenes.stage.map_lines import grid_mesh, level_lines
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import Now, Part
from scenes.stage.parts.landscape import Land
from scenes.stage.write import Setting

# The map is searched on a grid of so many cells along a side, then, around the minimum, in smaller and smaller squares.
CELLS, CLOSER, NEARER = 260, 0.25, 6
# How far the line is searched beyond the map's own edge, as a share of its sides.
BEYOND = 0.3


class Finish(Part):
    """The contour line of `goal`. run: the index of the first run that it is the finish of."""

    def __init__(self, setting: Setting, land: Land, goal: float | None, run: int, name: str = "finish") -> None:
        super().__init__(name)
        self.setting, self.land, self.run = setting, land, run
        self.lines = [] if goal is None else self._lines(goal)

    def _lines(self, goal: float) -> list[np.ndarray]:
        """Its pieces, each (n, 2), in the objective's units."""
        objective = self.land.terrain.objective
        low, high = np.array(self.land.terrain.space.domain, dtype=float).T
        low, high = low - BEYOND * (high - low), high + BEYOND * (high - low)
        target = np.array(min(objective.minima, key=lambda known: known.value).point)
        for _ in range(NEARER):
            (a, b), (c, d) = np.stack([low, high], axis=-1).tolist()
            mesh = grid_mesh(objective, ((a, b), (c, d)), (CELLS, CELLS))
            found = [line for _, line in level_lines(objective, mesh, [goal])]
            if found:
                return found
            half = CLOSER * (high - low) / 2
            low, high = target - half, target + half
        return []

    def marks(self, now: Now) -> Iterator[Mark]:
        sight, width = self.land.sight(now), 4.0 + 4.0 * now.of(self, "pulse")
        for line in self.lines:
            points, shows = sight.on_map(line), Shows("finish", self.run)
            yield Stroke(points=points, colour=self.setting.theme.minimum, width=width, clip=sight.box, shows=shows)
