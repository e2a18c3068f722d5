"""Facts about when runs on θ² stop: how large the slope is after each step, and how much the loss still changes."""

from __future__ import annotations

import numpy as np

from gdsim import Trajectory
from gdsim.objective import Array


def slope_sizes(run: Trajectory) -> Array:
    """(steps + 1,): the size of the slope after each step."""
    return np.abs(run.gradients[:, 0])


def loss_changes(run: Trajectory) -> Array:
    """(steps,): by how much each step changed the loss."""
    return np.abs(np.diff(run.losses))


def factor_of(run: Trajectory) -> float:
    """By what each step multiplies the size of the slope of θ²: |1 − 2α|."""
    return abs(1 - 2 * float(run.learning_rates[0]))


def quickest(rates: tuple[Trajectory, ...]) -> int:
    """The index of the rate that needs the fewest steps, in the middle of those that need as few."""
    return min(range(len(rates)), key=lambda k: (rates[k].steps, abs(factor_of(rates[k]))))
