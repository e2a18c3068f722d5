"""Many runs at once, for basins of attraction, maps of start against rate, and films of many balls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from gdsim.arguments import objective_of, optimiser_of, rate_of, whole
from gdsim.ensemble_loop import STOPS, advance, length, rate_at
from gdsim.objective import Array, Objective
from gdsim.optimiser import Optimiser
from gdsim.schedule import Schedule
from gdsim.stop import Stop

# The number of runs computed together: few enough for the processor's cache, many enough to outweigh Python.
CHUNK = 8192
# A run has reached a minimum if it ends nearer than this fraction of the domain's shortest side.
REACH = 0.01


@dataclass(frozen=True)
class Ensemble:
    """Many finished runs; `...` is the shape of the grid of starts broadcast with the grid of rates.

    starts, points: (..., dims), the first and last point of each run, in the objective's own units.
    losses: (...), the objective at `points`.
    learning_rates: (...), the rate of each run's first step.
    steps: (...) of int, the number of steps each run took.
    stops: (...) of int, why each run ended, as an index into tuple(Stop).
    minima: (...) of int, the minimum each run reached, as an index into objective.minima, or -1.
    paths: (longest + 1, ..., dims), the points of every run, whose last is repeated after its end; None unless
    requested. All arrays are read-only.
    """

    objective: Objective
    optimiser: str
    starts: Array
    points: Array
    losses: Array
    learning_rates: Array
    steps: np.ndarray
    stops: np.ndarray
    minima: np.ndarray
    paths: Array | None = None

    def __post_init__(self) -> None:
        for array in (self.starts, self.points, self.losses, self.learning_rates, self.steps, self.stops, self.minima):
            array.setflags(write=False)
        if self.paths is not None:
            self.paths.setflags(write=False)

    def ended(self, stop: Stop) -> np.ndarray:
        """(...) of bool: whether each run ended for this reason."""
        return self.stops == STOPS.index(stop)


def start_grid(objective: Objective, columns: int = 512, rows: int = 512) -> Array:
    """Starts spread evenly over the domain, including its edges.

    Returns (rows, columns, 2) for two variables, with x increasing along the columns and y along the rows,
    and (columns, 1) for one variable.
    """
    x = np.linspace(*objective.domain[0], columns)
    if objective.dims == 1:
        return x[:, None]
    return np.stack(np.meshgrid(x, np.linspace(*objective.domain[1], rows)), axis=-1)


def simulate_many(
    objective: Objective | str,
    optimiser: Optimiser | str | None = None,
    rate: float | Array | Schedule = 0.1,
    starts: Any = None,
    steps: int = 100,
    paths: bool = False,
) -> Ensemble:
    """Run `optimiser` on `objective` from every start, each run for at most `steps` steps.

    objective, optimiser: also by name, as in `simulate`.
    starts: (..., dims); by default `start_grid(objective)`.
    rate: a number, a function of the step number, or an array (...) that broadcasts with the grid of starts:
    `starts[:, None, :]` with `rates[None, :]` combines every start with every rate.
    paths: whether to keep all points. Memory then grows with the number of steps; otherwise it is that of the result,
    57 bytes per run, and of one chunk.

    Each run ends by the default rules of `simulate` and has, bit for bit, the numbers that `simulate` would give it.
    Where `simulate` refuses a start without a finite value and gradient, the run ends at once here.

    Raises TypeError if an argument is of the wrong kind. Raises ValueError if there is no function or method of that
    name, starts or rates are not finite or do not broadcast, or `steps` is negative.
    """
    objective = objective_of(objective)
    optimiser, steps = optimiser_of(optimiser, objective), whole(steps, "the number of steps", 200)
    if not (callable(rate) or np.ndim(rate)):
        rate = rate_of(rate)
    starts, rates, shape = _checked(objective, rate, starts, steps)
    count = len(starts)
    points, losses = starts.copy(), np.empty(count)
    taken, stops = np.zeros(count, dtype=np.int32), np.full(count, STOPS.index(Stop.STEP_LIMIT), dtype=np.int8)
    history = np.empty((steps + 1, count, objective.dims)) if paths else None
    with np.errstate(all="ignore"):
        for first in range(0, count, CHUNK):
            part = slice(first, min(first + CHUNK, count))
            part_rates: Any = rate if rates is None else rates[part, None]
            past = None if history is None else history[:, part]
            outcome = (points[part], losses[part], taken[part], stops[part])
            advance(objective, optimiser, part_rates, steps, outcome, past)
    if history is not None:
        history = history[: int(taken.max(initial=0)) + 1].reshape(-1, *shape, objective.dims)
    first_rates = np.full(count, rate_at(rate, 0) if steps else np.nan) if rates is None else rates
    return Ensemble(
        objective=objective,
        optimiser=optimiser.name,
        starts=starts.reshape(*shape, objective.dims),
        points=points.reshape(*shape, objective.dims),
        losses=losses.reshape(shape),
        learning_rates=first_rates.reshape(shape),
        steps=taken.reshape(shape),
        stops=stops.reshape(shape),
        minima=_reached(objective, points, stops).reshape(shape),
        paths=history,
    )


def _checked(
    objective: Objective, rate: float | Array | Schedule, starts: Any, steps: int
) -> tuple[Array, Array | None, tuple[int, ...]]:
    """Starts (n, dims); rates (n,) if each run has its own, else None; and the shape of the grid of n runs."""
    starts = start_grid(objective) if starts is None else np.asarray(starts, dtype=float)
    if starts.ndim == 0 or starts.shape[-1] != objective.dims:
        raise ValueError(f"{objective.name} needs starts of shape (..., {objective.dims}), got {starts.shape}")
    rates = None if callable(rate) or np.ndim(rate) == 0 else np.array(rate, dtype=float)
    rates_shape = () if rates is None else rates.shape
    if not np.isfinite(starts).all():
        raise ValueError("every start must be finite; 0,0 works")
    if rates is not None and not np.isfinite(rates).all():
        raise ValueError("every learning rate must be finite; 0.1 works")
    try:
        shape = np.broadcast_shapes(starts.shape[:-1], rates_shape)
    except ValueError:
        raise ValueError(
            f"starts of shape {starts.shape[:-1]} and rates of shape {rates_shape} do not broadcast"
        ) from None
    flat_starts = np.array(np.broadcast_to(starts, (*shape, objective.dims))).reshape(-1, objective.dims)
    return flat_starts, None if rates is None else np.array(np.broadcast_to(rates, shape)).reshape(-1), shape


@np.errstate(over="ignore")  # a run may have ended where the square of a distance is no double
def _reached(objective: Objective, points: Array, stops: np.ndarray) -> np.ndarray:
    """(n, dims) -> (n,) of int: the index of the nearest minimum within reach, or -1."""
    nearest, found = np.full(len(points), np.inf), np.full(len(points), -1, dtype=np.int32)
    for place, minimum in enumerate(objective.minima):
        distance = length(points - np.array(minimum.point))
        found[distance < nearest] = place
        nearest = np.minimum(nearest, distance)
    lost = np.isin(stops, [STOPS.index(Stop.DIVERGED), STOPS.index(Stop.UNCOMPUTABLE)])
    reach = REACH * min(high - low for low, high in objective.domain)
    found[(nearest > reach) | lost] = -1
    return found
