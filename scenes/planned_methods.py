"""From the user's options to a race of methods: on one surface, from one start, each at a rate chosen by one rule."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from gdsim import Objective, Stop, Trajectory, simulate
from gdsim.ensemble import simulate_many
from gdsim.ensemble_loop import STOPS
from gdsim.landscapes import elongated_bowl, turned_bowl
from gdsim.methods import build_optimiser
from gdsim.objective import Array
from scenes.planned_run import asked_objective
from scenes.script.concepts import MOST_RUNS
from scenes.spec import RenderSpec

METHODS = ("gradient-descent", "momentum", "rmsprop", "adam")
STEPS, MOST_STEPS = 80, 1000
# The valley is so many times more curved across than along; its map, and the start of the race.
CONDITION = 50.0
DOMAIN, START = ((-4.5, 4.5), (-3.6, 3.6)), (-4.0, 1.0)
# The finish: this share of the start's height above the lowest minimum is left.
SHARE = 0.01
# The rates that are tried: powers of ten from the lowest to 1, so many to a decade; with --tune, more.
LOWEST, USUAL, FINER = -6, 2, 8

# Less is better: whether it has arrived, is under way or gone, then the arrival's step, then the last loss.
Score = tuple[int, int, float]


class Tried(NamedTuple):
    """The rates that were tried for one method, ascending, the score of each, and the index of the best."""

    rates: tuple[float, ...]
    scores: tuple[Score, ...]
    best: int


class Lap(NamedTuple):
    """A race on one surface.

    first: the index of its first run among all. goal: the loss at the finish; None if there is none.
    rates: one per run. tried: one per run; empty where the user chose the rate.
    """

    runs: tuple[Trajectory, ...]
    first: int
    goal: float | None
    rates: tuple[float, ...]
    tried: tuple[Tried, ...]

    @property
    def scores(self) -> tuple[Score, ...]:
        """One per run."""
        return tuple(score(run.losses, run.stop, self.goal) for run in self.runs)

    @property
    def steps(self) -> int:
        """Those of the longest run."""
        return max(run.steps for run in self.runs)


class MethodRace(tuple[Trajectory, ...]):
    """The runs of all laps, one after the other. laps: one, or two, the second on the same valley turned by 45°."""

    laps: tuple[Lap, ...]

    def __new__(cls, laps: tuple[Lap, ...]) -> MethodRace:
        made = super().__new__(cls, tuple(run for lap in laps for run in lap.runs))
        made.laps = laps
        return made


def planned_methods(spec: RenderSpec) -> MethodRace:
    """The race that the spec asks for; on the lesson's own valley, a second one after it has been turned.

    Raises ValueError, in one line, where the methods are too few or too many, or a value is off.
    """
    methods = spec.optimisers or METHODS
    if not 2 <= len(methods) <= MOST_RUNS:
        raise ValueError(f"a race takes 2 to {MOST_RUNS} methods, got {len(methods)}; gd,momentum,rmsprop,adam works")
    steps = STEPS if spec.steps is None else spec.steps
    if steps > MOST_STEPS:
        raise ValueError(f"a race takes up to {MOST_STEPS} steps, got {steps}; {STEPS} works")
    if spec.tune and spec.learning_rate is not None:
        raise ValueError("--tune chooses the rates, so it goes without --lr; leave one of them out")
    valley = replace(elongated_bowl(CONDITION), domain=DOMAIN, start=START)
    objective = asked_objective(spec, valley)
    lap = _lap(spec, objective, methods, spec.start, steps, 0)
    if spec.function is not None:
        return MethodRace((lap,))
    across, up = lap.runs[0].points[0].tolist()
    turned = replace(turned_bowl(CONDITION), domain=DOMAIN)
    start = 0.5**0.5 * (across - up), 0.5**0.5 * (across + up)
    return MethodRace((lap, _lap(spec, turned, methods, start, steps, len(lap.runs))))


def _lap(
    spec: RenderSpec,
    objective: Objective,
    methods: tuple[str, ...],
    start: tuple[float, ...] | None,
    steps: int,
    first: int,
) -> Lap:
    begin = simulate(objective, start=start, steps=0)  # it says what is wrong with a start
    goal, point = finish(objective, float(begin.losses[0])), begin.points[0]
    tried = tuple[Tried, ...]()
    if spec.learning_rate is None:
        tried = tuple(_try(objective, method, point, steps, goal, FINER if spec.tune else USUAL) for method in methods)
    rates = tuple(one.rates[one.best] for one in tried) or (spec.learning_rate or 0.0,) * len(methods)
    runs = tuple(
        simulate(objective, build_optimiser(method, {}, objective), rate, point, steps)
        for method, rate in zip(methods, rates)
    )
    return Lap(runs, first, goal, rates, tried)


def finish(objective: Objective, loss: float) -> float | None:
    """The loss at the finish of a race that starts at `loss`; None where no minimum is known to be lower."""
    lowest = min((known.value for known in objective.minima), default=loss)
    return lowest + SHARE * (loss - lowest) if lowest < loss else None


def grid(finer: int = USUAL) -> tuple[float, ...]:
    """The rates that are tried, ascending: 10⁻⁶, 3 · 10⁻⁶, …, 0.3, 1, or more of them."""
    digits = 1 if finer == USUAL else 2
    return tuple(float(f"{10 ** (place / finer):.{digits}g}") for place in range(LOWEST * finer, 1))


def _try(objective: Objective, method: str, start: Array, steps: int, goal: float | None, finer: int) -> Tried:
    """All rates of the grid at once."""
    rates = grid(finer)
    starts = np.broadcast_to(start, (len(rates), len(start)))
    optimiser = build_optimiser(method, {}, objective)
    many = simulate_many(objective, optimiser, np.array(rates), starts, steps, paths=True)
    assert many.paths is not None
    with np.errstate(all="ignore"):
        losses = np.asarray(objective.value(many.paths), dtype=float)
    scores = tuple(
        score(losses[: taken + 1, index], STOPS[stop], goal)
        for index, (taken, stop) in enumerate(zip(many.steps.tolist(), many.stops.tolist()))
    )
    return Tried(rates, scores, min(range(len(rates)), key=lambda index: scores[index]))


def score(losses: Array, stop: Stop, goal: float | None) -> Score:
    """How good a run is; it has arrived at the first step from which on it stays at or below the finish."""
    last = float(losses[-1])
    if stop is Stop.DIVERGED:
        return 2, 0, 0.0
    if goal is None or last > goal:
        return 1, 0, last
    above = np.flatnonzero(losses > goal)
    return 0, int(above[-1]) + 1 if len(above) else 0, last
