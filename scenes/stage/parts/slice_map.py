"""The map of the first two of a model's three parameters: a slice through its loss at the third one's present value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from gdsim.batches import BatchRun
from scenes.phrases.class_facts import known_minimum, map_room, signs
from scenes.script.language import ENGLISH
from scenes.stage.area_marks import Plate
from scenes.stage.box import Box
from scenes.stage.contours import chain, contour
from scenes.stage.line_marks import Ring
from scenes.stage.map_lines import grid_mesh
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import Now, Part
from scenes.stage.parts.classes import ClassModel
from scenes.stage.parts.cost_map import MORE, CostMap, Line, ball_size
from scenes.stage.parts.panel import Panel, even_window
from scenes.stage.write import LABEL, SMALLEST, Setting, within

# So many lines up to the loss at the start, and at most so many in all.
LINES, MOST_LINES = 9, 30
# Cells along the longer side, fewer where there are many rows, and at least so many; numbers in all.
CELLS, FEWEST, NUMBERS = 38, 20, 400_000
AIR = 0.07


class SliceMap(CostMap):
    """Contour lines of the loss over w₁ and w₂ at the b of each frame, which is written in its corner."""

    def __init__(self, setting: Setting, model: ClassModel, small: Box, leader: Panel, name: str = "map") -> None:
        run = model.clock.run
        assert isinstance(run, BatchRun)
        window, objective = map_room(run), run.objective
        flat = replace(objective, variables=objective.variables[:2], domain=objective.domain[:2], minima=())
        self.model = model
        self.signs, self.inputs = signs(run.data), run.data.inputs
        self.kept: tuple[float, list[Line]] | None = None
        super().__init__(setting, flat, window, small, leader, start=float(run.losses[0]), name=name)

    def contours(self, window: tuple[float, float, float, float]) -> list[Line]:
        """None yet: it prepares the grid on which those of each frame are found."""
        composition = self.setting.composition
        boxes = (self.small, composition.hero(0.0, 1.0))
        sides = np.array([even_window(window, box) for box in boxes])
        sides += MORE * (sides - sides[:, [1, 0, 3, 2]])
        (left, _, bottom, _), (_, right, _, top) = sides.min(axis=0).tolist(), sides.max(axis=0).tolist()
        longer = int(np.clip((NUMBERS / len(self.signs)) ** 0.5, FEWEST, CELLS))
        size = max(right - left, top - bottom)
        cells = tuple(max(4, round(longer * side / size)) for side in (right - left, top - bottom))
        nothing = replace(self.objective, value=lambda points: np.zeros(len(points)))
        self.mesh = grid_mesh(nothing, ((left, right), (bottom, top)), (cells[0], cells[1]))
        with np.errstate(all="ignore"):
            self.slopes = (self.mesh.points @ self.inputs.T) * self.signs  # each row's logit without b, by its sign
        return []

    def levels(self, highest: float) -> list[float]:
        size = self.start - self.low
        every = [self.low + size * (rank / LINES) ** 2 for rank in range(1, MOST_LINES + 1)] if size > 0 else []
        return [level for level in every if level < highest]

    def slice(self, b: float) -> list[Line]:
        """(level, polyline) of each contour line at this b, in the parameters' units."""
        if self.kept is None or self.kept[0] != b:
            with np.errstate(all="ignore"):
                heights = self.slopes + b * self.signs
                losses = (np.maximum(-heights, 0.0) + np.log1p(np.exp(-np.abs(heights)))).mean(axis=1)
            mesh, found = replace(self.mesh, losses=losses), []
            for level in self.levels(float(np.nanmax(losses))):
                line = contour(mesh, level)
                low, high = losses[line.low], losses[line.high]
                share = (level - low) / np.where(high == low, 1.0, high - low)
                ends = mesh.points[line.low] + share[..., None] * (mesh.points[line.high] - mesh.points[line.low])
                found += [(level, piece) for piece in chain(ends, line) if len(piece) > 1]
            self.kept = b, found
        return self.kept[1]

    def _lines(self, now: Now) -> Iterator[Mark]:
        point, step = self.model.parameters(now)
        shows = Shows("slice contour", self.model.clock.index, step)
        yield from self.strokes(now, self.slice(float(point[2])), shows)

    def marks(self, now: Now) -> Iterator[Mark]:
        yield from super().marks(now)
        box, clock = self.view(now).box, self.model.clock
        landed = clock.instant(now).landed
        text = f"b = {ENGLISH.brief(float(clock.run.points[landed, 2]))}"
        size = max(SMALLEST, min(LABEL, 0.09 * box.height))
        shows = Shows("bias", clock.index, landed)
        words = self.setting.words(text, box.right - AIR, box.top - AIR, size, None, 1.0, 1.0, 600, shows)
        words = within(words, box)
        if words.box is not None:
            yield Plate(around=words.box.inset(-AIR, 0.0, -AIR, 0.0), colour=self.setting.theme.background, opacity=0.8)
        yield words


class SliceMinimum(Part):
    """A ring at the w₁ and w₂ of the smallest loss, if there is one."""

    def __init__(self, setting: Setting, cost: SliceMap, name: str = "minimum") -> None:
        super().__init__(name)
        self.setting, self.cost = setting, cost
        assert isinstance(cost.model.clock.run, BatchRun)
        self.place = known_minimum(cost.model.clock.run)

    def marks(self, now: Now) -> Iterator[Mark]:
        view = self.cost.view(now)
        if self.place is None or not view.holds(float(self.place[0]), float(self.place[1])):
            return
        yield Ring(
            centre=view.point(float(self.place[0]), float(self.place[1])),
            radius=1.5 * ball_size(view.box) * (1 + 0.6 * now.of(self, "pulse")),
            colour=self.setting.theme.minimum,
            shows=Shows("map minimum", self.cost.model.clock.index, 0),
        )
