"""What a classifier makes of the plane of its two inputs: each place in the colour of its output, and the boundary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import ClassVar

import numpy as np

from gdsim.batches import BatchRun
from gdsim.objective import Array
from scenes.phrases.class_facts import NO, YES
from scenes.script.timeline import Channel
from scenes.stage.line_marks import Stroke
from scenes.stage.map_lines import lines_at, value_mesh
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.plane import Plane, View
from scenes.stage.parts.run import Run
from scenes.stage.raster import Cells, Raster, levels_of, shades
from scenes.stage.theme import blended
from scenes.stage.write import Setting

# Cells of the shading, and of the boundary's search, along the longer side; it is then found to a tenth of a pixel.
CELLS, COARSE = 64, 40
# Flat colours need finer cells, for they have edges.
FINE, BANDS = 320, 2
# How much of an answer's colour covers the ground where the output is sure.
STRENGTH = 0.4
HALVINGS = 10

Window = tuple[float, float, float, float]


class Classifier:
    """The outputs of a model with two inputs after each step of its run, also between two steps."""

    def __init__(self, clock: Run) -> None:
        assert isinstance(clock.run, BatchRun)
        self.run: BatchRun = clock.run
        self.clock = clock
        self.levels = lru_cache(maxsize=8)(self._levels)  # still pictures ask for the same one again
        self.boundary = lru_cache(maxsize=8)(self._boundary)

    def instant(self, now: Now) -> tuple[float, int | None]:
        """How many steps have been taken, in fractions while one is under way; and the step, None between two."""
        landed, share = self.clock.instant(now)
        return landed + share, landed if share == 0 else None

    def parameters(self, progress: float) -> Array:
        """(dims,): after so many steps; between two of them, on the straight way."""
        step = int(progress)
        here = self.run.points[step]
        return here if progress == step else here + (progress - step) * (self.run.points[step + 1] - here)

    def outputs(self, progress: float, places: Array) -> Array:
        """Places (n, 2) -> outputs (n,), from 0 to 1."""
        with np.errstate(all="ignore"):
            return self.run.model.predict(self.parameters(progress), places)

    def _levels(self, progress: float, window: Window, cells: tuple[int, int]) -> Cells:
        return levels_of(self.outputs(progress, cell_middles(window, cells)).reshape(cells[1], cells[0]))

    def _boundary(self, progress: float, window: Window, cells: tuple[int, int]) -> list[Array]:
        left, right, bottom, top = window
        size = np.array([right - left, top - bottom])

        def over(shares: Array) -> Array:  # in shares of the window: inputs may be of very different sizes
            places = np.array([left, bottom]) + shares.reshape(-1, 2) * size
            return self.outputs(progress, places).reshape(shares.shape[:-1]) - 0.5

        mesh = value_mesh(over, ((0.0, 1.0), (0.0, 1.0)), cells)
        return [np.array([left, bottom]) + line * size for line in lines_at(over, mesh, 0.0, HALVINGS)]


def cell_middles(window: Window, cells: tuple[int, int]) -> Array:
    """(columns · rows, 2): the middles of a window's cells, row by row from the bottom."""
    left, right, bottom, top = window
    columns, rows = cells
    x = left + (np.arange(columns) + 0.5) / columns * (right - left)
    y = bottom + (np.arange(rows) + 0.5) / rows * (top - bottom)
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)


def cells_of(view: View, most: int = CELLS) -> tuple[int, int]:
    """Columns and rows of cells that are about square, so many along the longer side."""
    longer = max(view.box.width, view.box.height, 1e-9)
    return max(2, round(most * view.box.width / longer)), max(2, round(most * view.box.height / longer))


class Shading(Part):
    """Every place of the plane in the colour of its output; it lies behind the plane's axes.

    banded: 1 for a few flat colours, of which an animated picture with a palette becomes a fraction as large.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"banded": STILL}

    def __init__(self, setting: Setting, plane: Plane, classifier: Classifier, name: str = "shading") -> None:
        super().__init__(name)
        self.setting, self.plane, self.classifier = setting, plane, classifier

    def marks(self, now: Now) -> Iterator[Mark]:
        view, (progress, step) = self.plane.view(now), self.classifier.instant(now)
        banded = now.of(self, "banded") > 0
        levels = self.classifier.levels(progress, view.window, cells_of(view, FINE if banded else CELLS))
        if banded:
            levels = levels_of(np.rint(levels / 255 * BANDS) / BANDS)
        shows = Shows("output map", self.classifier.clock.index, step)
        yield shaded(self.setting, view, levels, STRENGTH, shows)


def shaded(setting: Setting, view: View, levels: Cells, strength: float, shows: Shows) -> Raster:
    """Levels over a view's box: zeros in one colour, ones in the other, and the background in the middle."""
    theme = setting.theme
    low, high = (blended(theme.background, theme.concept(name), strength) for name in (NO, YES))
    colours = shades(low, theme.background, high)
    return Raster(around=view.box, cells=levels, colours=colours, smooth=True, shows=shows)


class Boundary(Part):
    """Where the output is a half."""

    def __init__(self, setting: Setting, plane: Plane, classifier: Classifier, name: str = "boundary") -> None:
        super().__init__(name)
        self.setting, self.plane, self.classifier = setting, plane, classifier

    def marks(self, now: Now) -> Iterator[Mark]:
        view, (progress, step) = self.plane.view(now), self.classifier.instant(now)
        width = min(5.0, 1.0 + 0.75 * view.box.height) * (1 + now.of(self, "pulse"))
        for line in self.classifier.boundary(progress, view.window, cells_of(view, COARSE)):
            points = view.to_frame(line[:, 0], line[:, 1])
            shows = Shows("boundary", self.classifier.clock.index, step)
            yield Stroke(points=points, colour=self.setting.theme.ink, width=width, clip=view.box, shows=shows)
