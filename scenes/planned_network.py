"""From the user's options to the training of a small network, and to the one row and weight that a film follows."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from gdsim.batches import BatchRun
from gdsim.dataset import Dataset
from gdsim.model import CELLS
from gdsim.neural import Layers, Training, backward, layers, training
from scenes.planned_fit import asked_data, planned_fit
from scenes.spec import RenderSpec

DATA, HIDDEN, MOST_HIDDEN = "two-moons", 4, 16
LEARNING_RATE, EPOCHS = 1.0, 400
# Inputs beyond these cannot be drawn.
LARGEST, SMALLEST = 1e60, 1e-60


class Followed(NamedTuple):
    """The row that is sent through the network, and the weight whose gradient is written out.

    unit: the hidden unit that the weight leads to. feature: the input that it comes from.
    """

    row: int
    unit: int
    feature: int


class NetworkRuns(tuple[BatchRun, ...]):
    """The one run of a network's training, with what happened inside the network."""

    @property
    def main(self) -> BatchRun:
        """The run."""
        return self[0]

    @property
    def data(self) -> Dataset:
        """Its rows."""
        return self[0].data

    @property
    def hidden(self) -> int:
        """The number of hidden units."""
        return (len(self[0].model.start) - 1) // 4

    @cached_property
    def inside(self) -> Training:
        """Every activation, after every step."""
        return training(self.main, self.data)

    @cached_property
    def row_gradients(self) -> Layers:
        """The gradients of each row's own loss at the start, (rows, …) by layer."""
        start = self.main.points[0]
        with np.errstate(all="ignore"):
            return layers(np.array([backward(start, self.data.take([row])) for row in range(self.data.rows)]))

    @cached_property
    def followed(self) -> Followed:
        """The row and the first layer's weight with the largest gradient at the start."""
        sizes = np.abs(np.nan_to_num(self.row_gradients.hidden_weights))
        row, unit, feature = np.unravel_index(np.argmax(sizes), sizes.shape)
        return Followed(int(row), int(unit), int(feature))


def planned_network(spec: RenderSpec) -> NetworkRuns:
    """Plain descent on all rows at once, as the spec asks for it.

    Raises ValueError, in one line, if the data do not suit a network, or if there are too many rows, epochs or units.
    """
    hidden, epochs = spec.hidden or HIDDEN, spec.epochs or EPOCHS
    if not 1 <= hidden <= MOST_HIDDEN:
        raise ValueError(f"{spec.scene} has from 1 to {MOST_HIDDEN} hidden units, got {hidden}; {HIDDEN} work well")
    data = asked_data(spec, DATA)
    most = CELLS // (data.rows * (hidden + 2)) - 1
    if epochs > most:
        works = f"--epochs {most} works" if most > 0 else "every tenth row may do"
        raise ValueError(f"{epochs} epochs of {data.rows} rows through {hidden} units are too many to keep; {works}")
    spec = replace(spec, hidden=hidden)
    runs = NetworkRuns([planned_fit(spec, DATA, LEARNING_RATE, epochs, "network")])
    largest = float(np.abs(data.inputs).max())
    if largest > LARGEST or 0 < largest < SMALLEST:
        raise ValueError(f"a film shows inputs from {SMALLEST:g} to {LARGEST:g}, got up to {largest:.3g}; divide them")
    return runs
