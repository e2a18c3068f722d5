"""The loop of a single run: from a start, step by step, until a rule says why to stop."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from math import isfinite

import numpy as np

from gdsim.arguments import objective_of, optimiser_of, rate_of, start_of, whole
from gdsim.objective import Array, Objective
from gdsim.optimiser import Optimiser
from gdsim.schedule import Schedule, constant
from gdsim.stop import Here, Rule, Stop, beyond, first_of, flat, lost
from gdsim.trajectory import Trajectory

# A ball this many times as far from zero as the map's farthest edge has left the map for good.
MAP_SIZES = 50.0


def simulate(
    objective: Objective | str,
    optimiser: Optimiser | str | None = None,
    rate: float | Schedule = 0.1,
    start: Sequence[float] | Array | float | None = None,
    steps: int = 100,
    rules: Iterable[Rule] | None = None,
) -> Trajectory:
    """Run `optimiser` on `objective` from `start` for at most `steps` steps.

    objective: a formula such as "x**2 + 4*y**2", a name in SURFACES, or an Objective.
    optimiser: a name in OPTIMISERS, or what `build_optimiser` or a method's own function returns.
    rate: the learning rate, or a function of the step number (0, 1, …) that returns it.
    start: (dims,), for one variable also a number; by default the objective's own.
    rules: when to stop early; by default, when the gradient's norm is below 1e-6 or the ball has left the map.
    The run also ends, without a warning, before a step whose point, loss or gradient is not finite:
    its last row is the last finite point.

    Raises TypeError if an argument is of the wrong kind. Raises ValueError if there is no function or method of that
    name, `start` has the wrong number of coordinates or is not finite, the function has no finite value or gradient
    there, `steps` is negative, or a rate is not finite.
    """
    objective = objective_of(objective)
    optimiser, steps = optimiser_of(optimiser, objective), whole(steps, "the number of steps", 20)
    point = start_of(start, objective)
    rules = default_rules(objective, point) if rules is None else tuple(rules)
    rate_at = rate if callable(rate) else constant(rate_of(rate))

    with np.errstate(all="ignore"):
        loss, gradient = _look(objective, point)
        if not _finite(loss, gradient):
            raise ValueError(f"{objective.name} has no finite value and slope at {point.tolist()}; start elsewhere")
        # Flat numbers, not an array a step: a million steps fit into a few tens of megabytes.
        points, losses, gradients = (array("d", numbers) for numbers in (point.tolist(), [loss], gradient.tolist()))
        rates, bound = array("d"), map_bound(objective, point)
        state = optimiser.init(point)
        stop = first_of(rules, Here(0, point, loss, gradient, None))
        while stop is None and len(rates) < steps:
            step_rate = float(rate_at(len(rates)))
            if not isfinite(step_rate):
                raise ValueError(f"a learning rate must be finite, got {step_rate} at step {len(rates)}; 0.1 works")
            move, state = optimiser.update(gradient, state, step_rate, point)
            before, point = point, point + move
            loss, gradient = _look(objective, point)
            if not (_finite(loss, gradient) and _finite(0.0, point)):
                stop = lost(point, loss, bound)
                break
            points.extend(point.tolist())
            losses.append(loss)
            gradients.extend(gradient.tolist())
            rates.append(step_rate)
            stop = first_of(rules, Here(len(rates), point, loss, gradient, losses[-2], before))

    return Trajectory(
        objective=objective,
        optimiser=optimiser.name,
        points=np.frombuffer(points).reshape(-1, objective.dims),
        losses=np.frombuffer(losses),
        gradients=np.frombuffer(gradients).reshape(-1, objective.dims),
        learning_rates=np.frombuffer(rates) if rates else np.empty(0),
        stop=stop or Stop.STEP_LIMIT,
    )


def default_rules(objective: Objective, start: Array) -> tuple[Rule, ...]:
    """The default rules: the slope is almost zero, or the ball is far off the map."""
    return (flat(), beyond(map_bound(objective, start)))


def map_bound(objective: Objective, start: Array) -> float:
    """The distance from zero beyond which a coordinate is off the map, for a run from `start` (dims,)."""
    return MAP_SIZES * max(1.0, *(abs(edge) for pair in objective.domain for edge in pair), *np.abs(start).tolist())


def _look(objective: Objective, point: Array) -> tuple[float, Array]:
    """The loss and the gradient (dims,) at a point (dims,)."""
    return float(objective.value(point)), np.asarray(objective.gradient(point), dtype=float)


def _finite(number: float, vector: Array) -> bool:
    """Whether all are finite; for a few numbers, this is several times faster than numpy."""
    return isfinite(number) and all(map(isfinite, vector.tolist()))
