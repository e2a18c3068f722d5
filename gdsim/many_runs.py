"""Several whole runs of one objective, made side by side: each the same, bit for bit, as `simulate` makes it alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from gdsim.ensemble import simulate_many
from gdsim.ensemble_loop import STOPS, rate_at
from gdsim.objective import Array, Objective
from gdsim.optimiser import Optimiser, gradient_descent
from gdsim.schedule import Schedule
from gdsim.trajectory import Trajectory


def simulate_each(
    objective: Objective,
    optimiser: Optimiser | None,
    rate: float | Array | Schedule,
    starts: Sequence[Sequence[float]] | Array,
    steps: int,
) -> tuple[Trajectory, ...]:
    """A run from each start (n, dims), by simulate's default rules.

    rate: a number, a function of the step number, or an array (n,) with a rate for each run.
    A dozen runs or more take a fraction of the time that they take one after the other.
    Raises ValueError as `simulate` does, for the first start that is off.
    """
    optimiser, starts = optimiser or gradient_descent(), np.asarray(starts, dtype=float)
    with np.errstate(all="ignore"):
        sound = np.isfinite(objective.value(starts)) & np.isfinite(objective.gradient(starts)).all(axis=-1)
    if not sound.all():
        start = starts[np.flatnonzero(~sound)[0]].tolist()
        raise ValueError(f"{objective.name} has no finite value and slope at {start}; start elsewhere")
    many = simulate_many(objective, optimiser, rate, starts, steps, paths=True)
    assert many.paths is not None
    own = None if callable(rate) or np.ndim(rate) == 0 else np.asarray(rate, dtype=float)
    shared: Any = 0.0 if own is not None else rate
    rates = np.array([rate_at(shared, step) for step in range(int(many.steps.max(initial=0)))], dtype=float)
    runs = []
    for index, (taken, stop) in enumerate(zip(many.steps.tolist(), many.stops.tolist())):
        points = many.paths[: taken + 1, index]
        with np.errstate(all="ignore"):
            losses, gradients = objective.value(points), objective.gradient(points)
        used = rates[:taken] if own is None else np.full(taken, own[index])
        runs.append(Trajectory(objective, optimiser.name, points, losses, gradients, used, STOPS[stop]))
    return tuple(runs)
