"""The one loop: from a start, step by step, until a rule says why to stop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from gdsim.objective import Array, Objective
from gdsim.optimiser import Optimiser, gradient_descent
from gdsim.stop import Here, Rule, Stop, beyond, first_of, flat
from gdsim.trajectory import Trajectory

# A ball this many map sizes away from zero has left the map for good.
MAP_SIZES = 50.0

Schedule = Callable[[int], float]


def simulate(
    objective: Objective,
    optimiser: Optimiser | None = None,
    rate: float | Schedule = 0.1,
    start: Sequence[float] | Array | None = None,
    steps: int = 100,
    rules: Iterable[Rule] | None = None,
) -> Trajectory:
    """Run `optimiser` on `objective` from `start` for at most `steps` steps.

    rate: the learning rate, or a function of the step's number (0, 1, …) that gives it.
    rules: when to stop early; by default where the slope is below 1e-6 or the ball left the map.
    The run also ends, without a warning, before a step whose point, loss or gradient is not finite:
    the last finite point is its last row.

    Raises ValueError where `start` has the wrong number of coordinates or is not finite,
    or `steps` is negative.
    """
    optimiser = optimiser or gradient_descent()
    point = _start_point(objective, start)
    if steps < 0:
        raise ValueError(f"steps must be 0 or more, got {steps}; 20 suits most runs")
    rules = default_rules(objective, point) if rules is None else tuple(rules)
    rate_at: Schedule = rate if callable(rate) else lambda _: rate

    with np.errstate(all="ignore"):
        loss, gradient = _look(objective, point)
        if not (np.isfinite(loss) and np.isfinite(gradient).all()):
            raise ValueError(f"{objective.name} has no finite value and slope at {point.tolist()}; start elsewhere")
        points, losses, gradients, rates = [point], [loss], [gradient], []
        state = optimiser.init(point)
        stop = first_of(rules, Here(0, point, loss, gradient, None))
        while stop is None and len(rates) < steps:
            step_rate = float(rate_at(len(rates)))
            move, state = optimiser.update(gradient, state, step_rate, point)
            point = point + move
            loss, gradient = _look(objective, point)
            if not (np.isfinite(point).all() and np.isfinite(loss) and np.isfinite(gradient).all()):
                stop = Stop.DIVERGED
                break
            points.append(point)
            losses.append(loss)
            gradients.append(gradient)
            rates.append(step_rate)
            stop = first_of(rules, Here(len(rates), point, loss, gradient, losses[-2]))

    return Trajectory(
        objective=objective,
        optimiser=optimiser.name,
        points=np.array(points),
        losses=np.array(losses),
        gradients=np.array(gradients),
        learning_rates=np.array(rates, dtype=float),
        stop=stop or Stop.STEP_LIMIT,
    )


def default_rules(objective: Objective, start: Array) -> tuple[Rule, ...]:
    """The slope is flat, or the ball is many map sizes away."""
    map_size = max(1.0, *(abs(edge) for pair in objective.domain for edge in pair), *np.abs(start).tolist())
    return (flat(), beyond(MAP_SIZES * map_size))


def _start_point(objective: Objective, start: Sequence[float] | Array | None) -> Array:
    """(dims,), checked."""
    point = np.array(objective.start if start is None else start, dtype=float)
    if point.shape != (objective.dims,):
        needs = f"{objective.dims} coordinate{'s' if objective.dims > 1 else ''}"
        example = ",".join(f"{value:g}" for value in objective.start)
        raise ValueError(f"{objective.name} starts at {needs}, got {point.size}; {example} works")
    if not np.isfinite(point).all():
        raise ValueError(f"a start must be finite, got {point.tolist()}")
    return point


def _look(objective: Objective, point: Array) -> tuple[float, Array]:
    """The loss and the slope at (dims,)."""
    return float(objective.value(point)), np.asarray(objective.gradient(point), dtype=float)
