"""From the user's options to a run: the spec's values replace the lesson's own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gdsim import Objective, Optimiser, Trajectory, gradient_descent, simulate
from gdsim.arguments import objective_of
from gdsim.methods import OPTIMISERS, build_optimiser
from gdsim.schedule import SCHEDULES, build_schedule
from gdsim.simulate import Schedule
from gdsim.suiting_rate import suiting_rate
from scenes.script.concepts import MOST_RUNS
from scenes.spec import RenderSpec

# Methods that divide by the size of the slopes: their learning rate is a length, here as a share of the map's side.
LENGTHS = {
    **dict.fromkeys(("adam", "adamw", "amsgrad", "nadam", "radam", "adamax", "adagrad"), 0.02),
    "rmsprop": 0.005,
    "rprop": 0.01,
}


def planned_run(
    spec: RenderSpec,
    objective: Objective,
    learning_rate: float,
    steps: int,
    start: tuple[float, ...] | None = None,
) -> Trajectory:
    """The run that `spec` asks for, with the lesson's own objective, rate, steps and start as defaults.

    Raises ValueError with one line where a name or a value is off.
    """
    objective = asked_objective(spec, objective)
    steps = steps if spec.steps is None else spec.steps
    start = (start if spec.function is None else None) if spec.start is None else spec.start
    if spec.function is not None and spec.learning_rate is None and sound_start(objective, start):
        learning_rate = own_rate(objective, spec.optimiser, start, steps)
    return simulate(
        objective,
        asked_optimiser(spec, objective),
        asked_rate(spec, learning_rate, steps),
        start=start,
        steps=steps,
    )


def planned_race(
    spec: RenderSpec, objective: Objective, learning_rates: Sequence[float], steps: int
) -> tuple[Trajectory, ...]:
    """A run of plain descent for each learning rate, the smallest first; a single one if none takes a step.

    Raises ValueError if there are more than a picture can tell apart, or if one of several is too large for a step.
    """
    given = spec.learning_rates
    if spec.learning_rate is not None:
        given = (spec.learning_rate,)
    rates = sorted(set(given or learning_rates))
    if len(rates) > MOST_RUNS:
        raise ValueError(f"a race takes up to {MOST_RUNS} learning rates, got {len(rates)}; 0.01, 0.1 and 0.9 work")
    steps = steps if spec.steps is None else spec.steps
    runs = tuple(simulate(objective, rate=rate, start=spec.start, steps=steps) for rate in rates)
    lost = [rate for rate, one in zip(rates, runs) if not one.steps]
    if lost and len(lost) < len(rates):
        raise ValueError(f"in a race each learning rate must allow a step, got {lost[0]:g}; 1.05 is too large already")
    return runs[:1] if lost else runs


def own_rate(objective: Objective, method: str | None, start: tuple[float, ...] | None, steps: int) -> float:
    """The learning rate for one ball on a function of the user's own: what suits the method, else plain descent."""
    return length_rate(objective, method) or suiting_rate(objective, start, steps)


def length_rate(objective: Objective, method: str | None) -> float | None:
    """A share of the map for methods whose rate is the length of a step, whatever the slope; None for all others."""
    side = max(high - low for low, high in objective.domain)
    return float(f"{LENGTHS[method] * side:.0e}") if method in LENGTHS else None


def sound_start(objective: Objective, start: tuple[float, ...] | None) -> bool:
    """Whether a run can begin there; if it cannot, `simulate` says why."""
    point = np.array(objective.start if start is None else start, dtype=float)
    if point.shape != (objective.dims,) or not np.isfinite(point).all():
        return False
    with np.errstate(all="ignore"):
        return bool(np.isfinite(objective.value(point)) and np.isfinite(objective.gradient(point)).all())


def asked_objective(spec: RenderSpec, own: Objective) -> Objective:
    """The function that the user named or typed; by default the lesson's own."""
    if spec.function is None:
        return own
    objective = objective_of(spec.function)
    if spec.scene and objective.dims != own.dims:
        needs = "one variable" if own.dims == 1 else "two variables"
        works = "(x - 3)**2" if own.dims == 1 else "x**2 + 4*y**2"
        raise ValueError(f"{spec.scene} draws a function of {needs}, got {spec.function}; {works} works")
    return objective


def asked_optimiser(spec: RenderSpec, objective: Objective) -> Optimiser:
    """The requested method; its settings are those that are not the schedule's."""
    if spec.optimiser is None and not spec.settings:
        return gradient_descent()
    schedules = SCHEDULES[spec.schedule].settings if spec.schedule in SCHEDULES else {}
    name = spec.optimiser or "gradient-descent"
    known = OPTIMISERS[name].settings if name in OPTIMISERS else {}
    return build_optimiser(
        name, {key: value for key, value in spec.settings if key in known or key not in schedules}, objective
    )


def asked_rate(spec: RenderSpec, learning_rate: float, steps: int) -> float | Schedule:
    """The learning rate, or the schedule that begins with it."""
    name = spec.optimiser
    own = OPTIMISERS[name].own_rate if name in OPTIMISERS else None
    rate = spec.learning_rate if spec.learning_rate is not None else own or learning_rate
    if spec.schedule is None:
        return rate
    known = SCHEDULES[spec.schedule].settings if spec.schedule in SCHEDULES else {}
    taken = OPTIMISERS[name].settings if name in OPTIMISERS else {}
    return build_schedule(
        spec.schedule, rate, steps, {key: value for key, value in spec.settings if key in known and key not in taken}
    )
