"""From the user's options to three fits of one line that differ in the rows per step: all, a few, one."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from gdsim.batches import BatchRun, Rows, shuffled_batches, steps_per_epoch
from gdsim.dataset import Dataset
from gdsim.objective import Array
from scenes.planned_fit import asked_data, planned_fit
from scenes.spec import RenderSpec

DATA, START = "centred-line", (-1.0, -1.5)
EPOCHS, FEW, MOST_FEW = 5, 5, 32
# The learning rate times the curvature of the steepest row: a single row must not throw the ball out.
SHARE = 0.8
# Steps of the run that uses one row at a time: more take too long to compute, and cannot be seen.
MOST_STEPS = 20_000
# A cloud is measured over about so many batches, drawn in at most so many epochs.
MEASURED, MOST_EPOCHS = 200, 40
# At most so many arrows of it are seen.
MOST_ARROWS = 60


class Cloud(NamedTuple):
    """The gradients at the start of the batches of one size, as they are drawn.

    batches: the row numbers of each. gradients: (batches, 2).
    spread: the root of the mean squared distance from the true gradient.
    """

    batches: tuple[Rows, ...]
    gradients: Array
    spread: float


class BatchRuns(tuple[BatchRun, ...]):
    """Runs with fewer and fewer rows per step: batch, mini-batch if there is one, and stochastic descent."""

    epochs: int
    seed: int

    @property
    def data(self) -> Dataset:
        """The rows of all of them."""
        return self[0].data

    @property
    def sizes(self) -> tuple[int, ...]:
        """Rows per step of each run."""
        return tuple(run.batch_size for run in self)

    @property
    def each(self) -> tuple[int, ...]:
        """Steps per epoch of each run."""
        return tuple(steps_per_epoch(self.data.rows, size) for size in self.sizes)

    @cached_property
    def row_gradients(self) -> Array:
        """(rows, 2): the gradient of each row alone, at the start."""
        start, model = self[0].points[0], self[0].model
        return np.array([model.gradient(start, self.data.take([row])) for row in range(self.data.rows)])

    @cached_property
    def clouds(self) -> tuple[Cloud, ...]:
        """One for each run."""
        return tuple(self._cloud(size, each) for size, each in zip(self.sizes, self.each))

    def _cloud(self, size: int, each: int) -> Cloud:
        epochs = 1 if size in (1, self.data.rows) else min(MOST_EPOCHS, -(-MEASURED // each))
        batches = tuple(shuffled_batches(self.data.rows, size, epochs, self.seed))
        gradients = np.array([self.row_gradients[rows].mean(axis=0) for rows in batches])
        away = gradients - self[0].gradients[0]
        return Cloud(batches, gradients, float(np.sqrt((away**2).sum(axis=1).mean())))


def planned_batches(spec: RenderSpec) -> BatchRuns:
    """The runs that `spec` asks for: its `batch_size` is that of the mini-batch.

    Raises ValueError, in one line, where a value is off or the runs would take too long.
    """
    data = asked_data(spec, DATA)
    rows, size = data.rows, spec.batch_size or max(2, min(MOST_FEW, data.rows // FEW))
    epochs = spec.epochs or max(1, min(EPOCHS, MOST_STEPS // rows))
    if rows > MOST_STEPS:
        raise ValueError(f"{spec.scene} takes data of up to {MOST_STEPS} rows, {data.name} has {rows}; 40 work well")
    if rows * epochs > MOST_STEPS:
        works = f"--epochs {MOST_STEPS // rows} works"
        raise ValueError(f"{epochs} epochs of {rows} rows are more than {MOST_STEPS} steps of one row each; {works}")
    start = START if spec.data is None and spec.start is None else spec.start
    sizes = sorted({rows, size, 1}, reverse=True)
    rate = row_rate(data)
    runs = BatchRuns(
        planned_fit(replace(spec, batch_size=one, start=start, epochs=epochs), DATA, rate, epochs, "line")
        for one in ([size] if size > rows else sizes)  # a size above the number of rows is refused there
    )
    runs.epochs, runs.seed = epochs, spec.seed
    return runs


def row_rate(data: Dataset) -> float:
    """A rate at which no single row overshoots by much: a share of 1 over the largest curvature of a row, 2(x² + 1)."""
    largest = 2 * float(np.max(data.inputs[:, 0] ** 2 + 1)) if data.features == 1 else 1.0
    return float(f"{SHARE / largest:.0e}") if np.isfinite(largest) else 0.1
