"""The loop that advances many runs together in one set of arrays, each until its own end."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from math import isfinite
from typing import Any

import numpy as np

from gdsim.objective import Array, Objective
from gdsim.optimiser import Optimiser, State
from gdsim.schedule import constant
from gdsim.simulate import MAP_SIZES
from gdsim.stop import Stop, norm

# The working arrays are reduced to the runs still in progress once this fraction of them has ended.
ENDED_SHARE = 0.25
# The norm of the gradient below which a run ends, as in the rule `flat`.
EPSILON = 1e-6

STOPS = tuple(Stop)


def advance(
    objective: Objective,
    optimiser: Optimiser,
    rate: Any,
    steps: int,
    outcome: tuple[Array, Array, np.ndarray, np.ndarray],
    past: Array | None,
) -> None:
    """Advance the m runs of one chunk until all of them have ended.

    rate: a number, a schedule, or an array (m, 1). past: an array (steps + 1, m, dims) to fill, or None.
    outcome: points (m, dims), losses (m,), steps (m,) and stops (m,), all to be filled; points starts with the starts.
    """
    points, losses, taken, stops = outcome
    rows = np.arange(len(points))  # which runs the working arrays hold
    running = np.ones(len(points), dtype=bool)
    point = points.copy()
    bounds = MAP_SIZES * np.maximum(_map_size(objective), largest(point))
    loss, gradient = objective.value(point), objective.gradient(point)
    losses[:] = loss
    state = optimiser.init(point)
    for step in range(steps + 1):
        if step:
            own: Any = rate if isinstance(rate, np.ndarray) else rate_at(rate, step - 1)
            move, state = optimiser.update(gradient, state, own, point)
            point = point + move
            loss, gradient = objective.value(point), objective.gradient(point)
        finite = np.isfinite(loss) & _all_finite(gradient) & _all_finite(point)
        kept = running & finite
        points[rows[kept]], losses[rows[kept]], taken[rows[kept]] = point[kept], loss[kept], step
        if past is not None:
            past[step] = points
        reasons = _reasons(point, loss, gradient, bounds, finite)
        ending = running & (reasons >= 0)
        if ending.any():
            stops[rows[ending]] = reasons[ending]
            running &= ~ending
        if not running.any():
            break
        if np.count_nonzero(running) < (1 - ENDED_SHARE) * len(running):
            rate = rate[running] if isinstance(rate, np.ndarray) else rate
            state = _only(state, running)
            rows, point, gradient, bounds = rows[running], point[running], gradient[running], bounds[running]
            running = np.ones(len(rows), dtype=bool)
    if past is not None:
        past[step:] = points


def _reasons(point: Array, loss: Array, gradient: Array, bounds: Array, finite: np.ndarray) -> np.ndarray:
    """(m,) of int: why each run ends here, as an index into tuple(Stop), or -1; finite: (m,), whether all is finite."""
    reasons = np.full(len(point), -1, dtype=np.int8)
    far = largest(point) > bounds
    reasons[far] = STOPS.index(Stop.DIVERGED)
    level = np.flatnonzero(largest(gradient) < EPSILON)  # the norm is at least the largest coordinate
    if len(level):
        level = level[norm(gradient[level]) < EPSILON]
        reasons[level] = STOPS.index(Stop.FLAT)
    if not finite.all():
        number = ~np.isnan(largest(point))
        reasons[~finite & ~far & np.isfinite(loss)] = STOPS.index(Stop.SLOPELESS)
        reasons[~finite & ~far & ~np.isfinite(loss)] = STOPS.index(Stop.UNDEFINED)
        reasons[~finite & far] = STOPS.index(Stop.DIVERGED)
        reasons[~number] = STOPS.index(Stop.UNCOMPUTABLE)
    return reasons


def _only(state: State, chosen: np.ndarray) -> State:
    """The state of the chosen runs: arrays lose the other rows, numbers stay."""
    if isinstance(state, tuple):
        parts = [_only(part, chosen) for part in state]
        return type(state)(*parts) if hasattr(state, "_fields") else tuple(parts)
    return state[chosen] if isinstance(state, np.ndarray) and state.ndim else state


def rate_at(rate: Any, step: int) -> float:
    """The learning rate of a step, the same for all runs. Raises ValueError if it is not finite."""
    value = float((rate if callable(rate) else constant(rate))(step))
    if not isfinite(value):
        raise ValueError(f"a learning rate must be finite, got {value} at step {step}; 0.1 works")
    return value


def _map_size(objective: Objective) -> float:
    return max(1.0, *(abs(edge) for pair in objective.domain for edge in pair))


def _columns(vectors: Array) -> Iterable[Array]:
    """Each coordinate of (n, dims) as (n,): reducing over two columns is ten times faster than over an axis."""
    return (vectors[:, axis] for axis in range(vectors.shape[1]))


def largest(vectors: Array) -> Array:
    """(n, dims) -> (n,): the largest absolute coordinate, or NaN if any is NaN."""
    return reduce(np.maximum, map(np.abs, _columns(vectors)))


def length(vectors: Array) -> Array:
    """(n, dims) -> (n,): Euclidean lengths."""
    return np.sqrt(sum(column * column for column in _columns(vectors)))


def _all_finite(vectors: Array) -> np.ndarray:
    """(n, dims) -> (n,) of bool."""
    return reduce(np.logical_and, map(np.isfinite, _columns(vectors)))
