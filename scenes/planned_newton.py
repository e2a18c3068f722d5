"""The runs of the lesson about curvature: Newton's method, what it is compared with, and where it fails."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from gdsim import SURFACES, Objective, Optimiser, Trajectory, simulate
from gdsim.curvature import bfgs, newton, pure_newton
from gdsim.expression import parse_objective
from gdsim.simulate import map_bound
from gdsim.stop import beyond, flat
from gdsim.suiting_rate import suiting_rate
from scenes.planned_run import asked_objective, sound_start
from scenes.spec import RenderSpec

# A run has arrived when its slope is this share of the one at the start, or this share of the map's own steepness.
NEARLY, LEVEL = 1e-6, 1e-9
# The most steps of Newton's method and of BFGS, and of plain descent.
JUMPS, STEPS = 100, 1000
# Plain descent has the rate that suits so many steps.
RATED = 100
# On the hump: where the curve bends down, where it hardly bends, and the least curvature that is divided by.
DOWNWARD, NEARLY_STRAIGHT, LEAST = 0.45, 0.75, 3.5


class NewtonRuns(tuple[Trajectory, ...]):
    """Newton's method, plain descent and BFGS on the main curve; then, on curves of the lesson's own:

    the one step on a parabola; from where a curve bends down, without and with damping; and from where it hardly bends.
    """

    def __new__(cls, runs: Iterable[Trajectory]) -> NewtonRuns:
        return super().__new__(cls, runs)


def own_curve() -> Objective:
    """A curve that bends ever more to the right."""
    return parse_objective("exp(x) - 2*x", domain=[(-2.4, 2.8)], start=[2.4])


def planned_newton(spec: RenderSpec) -> NewtonRuns:
    """All runs, with the function and the start that `spec` asks for.

    Raises ValueError with one line where a value is off.
    """
    objective = asked_objective(spec, own_curve())
    start = spec.start
    rate = suiting_rate(objective, start, RATED) if sound_start(objective, start) else 0.1
    main = (
        until_level(objective, pure_newton(objective), 1.0, start, JUMPS),
        until_level(objective, None, rate, start, STEPS),
        until_level(objective, bfgs(objective), 1.0, start, JUMPS),
    )
    square, hump = SURFACES["shifted-parabola"], SURFACES["two-valleys"]
    failing = [
        until_level(hump, method, 1.0, (at,), JUMPS)
        for at in (DOWNWARD, NEARLY_STRAIGHT)
        for method in (pure_newton(hump), newton(hump, LEAST))
    ]
    return NewtonRuns([*main, until_level(square, pure_newton(square), 1.0, None, JUMPS), *failing])


def until_level(
    objective: Objective, method: Optimiser | None, rate: float, start: tuple[float, ...] | None, steps: int
) -> Trajectory:
    """A run to where the slope is as good as zero, beside the one at its start."""
    point = np.array(objective.start if start is None else start, dtype=float)
    rules = None
    if sound_start(objective, start):
        steep = float(np.linalg.norm(objective.gradient(point)))
        rules = flat(max(NEARLY * steep, LEVEL * steepness(objective), 1e-300)), beyond(map_bound(objective, point))
    return simulate(objective, method, rate, start, steps, rules)


def steepness(objective: Objective) -> float:
    """The height of the drawn part of a curve over its width."""
    low, high = objective.domain[0]
    with np.errstate(all="ignore"):
        values = np.asarray(objective.value(np.linspace(low, high, 201)[:, None]), dtype=float)
    values = values[np.isfinite(values)]
    return float(np.median(np.abs(values - values.min()))) / (high - low) if len(values) else 0.0
