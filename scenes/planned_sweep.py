"""From the user's options to a sweep: one start, and a run for each learning rate of a fine logarithmic grid."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from gdsim import Objective, Stop, Trajectory, simulate
from gdsim.ensemble import simulate_many
from gdsim.ensemble_loop import STOPS
from gdsim.many_runs import simulate_each
from gdsim.minima import find_minima
from gdsim.objective import Array
from scenes.planned_run import asked_objective
from scenes.spec import RenderSpec

# The second direction of a real loss bends so many times as much as the first.
STEEPER = 20
# Rates of the grid from one rate to STEEPER times as much: a direction that bends more is a shift by so many cells.
CELLS = 36
# The chart shows rates from this share of the wall to this multiple of it, and beyond a wall that is not there.
LEAST, MOST, FARTHER = 5e-4, 1.35, 3.0
# With so many steps the least rate hardly moves the loss; with more, the chart begins at smaller rates.
USUAL_STEPS, MOST_STEPS = 20, 300
# The rates of the four runs that are watched, as shares of the wall.
TRIALS, HARSHER = (0.003, 0.1, 0.9, 1.05), 1.11
# Rates three times apart that are tried one after the other, at most so many.
LADDER = 5
# The wall is sought among so many rates, each so many times the one before, and so many times more closely.
COARSE, APART, FINE, CLOSER, BEYOND, DENSE = 19, 4.0, 33, 5, 30.0, 500
# A valley before it, at these shares of it, in which most runs fall by so much; behind it, they grow so many times.
BEFORE, GAIN, BEHIND = (0.5, 0.6, 0.7, 0.8, 0.9), 0.05, 9.0
# Slopes that part from a straight line by less than this share are those of a parabola.
STRAIGHT = 1e-9
# A loss that grows by less than this share of its way down has not grown.
ROUNDING = 1e-9


class Sweep(tuple[Trajectory, ...]):
    """The run at the user's rate or the lesson's own, the trials, the ladder's runs, and a run for each swept rate.

    rate: of the first run. trials, ladder, swept: the rates of the other runs, in their order; the ladder's runs are
    followed by those at STEEPER times its rates. asked: whether the user chose the first rate. steps: of each run.
    scale: the rate by which the chart is laid out. wall: the rate beyond which every run ends higher, or None.
    bend: the curvature of a parabola, whose wall is 2 / bend; None of any other curve.
    """

    rate: float
    trials: tuple[float, ...]
    ladder: tuple[float, ...]
    swept: tuple[float, ...]
    asked: bool
    steps: int
    scale: float
    wall: float | None
    bend: float | None

    @property
    def main(self) -> Trajectory:
        """The run at the user's rate or the lesson's own."""
        return self[0]

    def trial(self, index: int) -> Trajectory:
        """The run of a trial, counted from 0."""
        return self[1 + index]

    def tried(self, index: int) -> tuple[Trajectory, Trajectory]:
        """The ladder's runs of a rate: in the gentle direction and, as STEEPER times the rate, in the steep one."""
        first = 1 + len(self.trials) + index
        return self[first], self[first + len(self.ladder)]

    @property
    def first_swept(self) -> int:
        """The index of the run at the first swept rate."""
        return 1 + len(self.trials) + 2 * len(self.ladder)

    @property
    def runs(self) -> tuple[Trajectory, ...]:
        """The runs at the swept rates."""
        return self[self.first_swept :]

    @property
    def range(self) -> tuple[float, float]:
        """The rates at the chart's edges: the steeper direction's runs lie beyond the second."""
        return self.swept[0], (FARTHER if self.wall is None else MOST) * self.scale


def planned_sweep(spec: RenderSpec, objective: Objective, learning_rate: float, steps: int) -> Sweep:
    """The sweep that `spec` asks for, with the lesson's own objective, rate and steps as defaults.

    Raises ValueError, in one line, where a name or a value is off.
    """
    objective = asked_objective(spec, objective)
    if not objective.minima:
        objective = replace(objective, minima=find_minima(objective))
    steps = steps if spec.steps is None else spec.steps
    if steps > MOST_STEPS:
        works = "20 works"
        raise ValueError(
            f"{spec.scene} takes its steps at many rates: up to {MOST_STEPS} of them, got {steps}; {works}"
        )
    asked = spec.learning_rate is not None
    simulate(objective, rate=spec.learning_rate or learning_rate, start=spec.start, steps=0)  # says what is off
    start = np.array(objective.start if spec.start is None else spec.start, dtype=float)
    with np.errstate(all="ignore"):
        bend, scale = parabola_bend(objective, start), _usual_scale(objective, start)
        wall = find_wall(objective, start, steps, scale if bend is None else 2 / bend, bend is not None)
    scale = wall or scale
    own = learning_rate if spec.function is None else rounded(0.1 * scale)
    rate = own if spec.learning_rate is None else spec.learning_rate
    trials = _trials(scale)
    swept = _grid(scale, steps)
    ladder = _ladder(swept[0], wall)
    chosen = (rate, *trials, *ladder, *(STEEPER * one for one in ladder), *swept)
    runs = simulate_each(objective, None, np.array(chosen), np.tile(start, (len(chosen), 1)), steps)
    made = Sweep(runs)
    made.rate, made.trials, made.ladder, made.swept, made.asked = rate, trials, ladder, swept, asked
    made.steps, made.scale, made.wall, made.bend = steps, scale, wall, bend if wall else None
    return made


def find_wall(objective: Objective, start: Array, steps: int, scale: float, known: bool = False) -> float | None:
    """The rate beyond which every run ends higher than it began, and in the end far higher; None if there is none.

    known: whether it can only be at `scale`, as on a parabola, where it is 2 / curvature.
    """
    rates = scale * APART ** (np.arange(COARSE) - COARSE // 2.0)
    found: float | None = scale
    for _ in range(0 if known else CLOSER):
        found = _last_lower(objective, start, rates, steps)
        if found is None:
            return None
        beyond = rates[rates > found].min()
        rates = np.concatenate([np.geomspace(found, beyond, FINE), np.geomspace(beyond, BEYOND * found, FINE)[1:]])
    assert found is not None
    # A wall has a valley before it, and behind it the loss has no bound.
    *before, behind = _growth(objective, start, found * np.array([*BEFORE, STEEPER * MOST]), steps).tolist()
    if not (np.median(before) < -GAIN and behind > BEHIND):
        return None
    return found if known else _last_lower(objective, start, np.geomspace(found, BEYOND * found, DENSE), steps)


def _last_lower(objective: Objective, start: Array, rates: Any, steps: int) -> float | None:
    """The largest of some rates, ascending, whose run ends no higher than it began; None if it is the last, or none."""
    lower = np.flatnonzero(_growth(objective, start, np.asarray(rates, dtype=float), steps) <= ROUNDING)
    return float(rates[lower[-1]]) if len(lower) and lower[-1] < len(rates) - 1 else None


def _growth(objective: Objective, start: Array, rates: Array, steps: int) -> Array:
    """By how much each run's loss grew (n,), as a share of its first height; infinite beyond counting."""
    many = simulate_many(objective, None, rates, np.tile(start, (len(rates), 1)), steps)
    first, low = float(objective.value(start)), min((known.value for known in objective.minima), default=0.0)
    size = first - low if first > low else max(abs(first), 1e-300)
    lost = (many.steps == 0) & (many.stops == STOPS.index(Stop.DIVERGED))
    return np.where(lost | ~np.isfinite(many.losses), np.inf, (many.losses - first) / size)


def parabola_bend(objective: Objective, start: Array) -> float | None:
    """The curvature of a function that is a parabola as far as it matters; None of any other."""
    if not objective.minima:
        return None
    low = objective.minima[0].point[0]
    bend = objective.curvature((low,))
    places = low + (float(start[0]) - low) * np.linspace(-3.0, 3.0, 61)
    slopes = np.asarray(objective.gradient(places[:, None]), dtype=float)[:, 0]
    if not (np.isfinite(slopes).all() and 0 < bend < math.inf and start[0] != low):
        return None
    apart = np.abs(slopes - bend * (places - low))
    return bend if apart.max() <= STRAIGHT * np.abs(slopes).max() else None


def _trials(scale: float) -> tuple[float, ...]:
    """The rates of the watched runs; the last is above the wall, also as it is written."""
    *below, above = (rounded(share * scale) for share in TRIALS)
    return (*below, above if above > 1.02 * scale else rounded(HARSHER * scale))


def rounded(rate: float) -> float:
    """A rate with as many digits as can be read: three, or two if it is written as a power of ten."""
    return float(f"{rate:.2e}" if 1e-4 <= rate < 1e5 else f"{rate:.1e}")


def _usual_scale(objective: Objective, start: Array) -> float:
    """A rate of the right size: 2 / curvature at the minimum, or that whose first step crosses the map."""
    bends = [objective.curvature(known.point) for known in objective.minima]
    slope = abs(float(np.asarray(objective.gradient(start))[0]))
    bends = [bend for bend in bends if math.isfinite(bend) and bend > STRAIGHT * max(bends)]
    side = objective.domain[0][1] - objective.domain[0][0]
    found = 2 / max(bends) if bends else side / slope if slope else 1.0
    return found if 1e-290 < found < 1e290 else 1.0


def _grid(scale: float, steps: int) -> tuple[float, ...]:
    """Rates from the least that is shown to STEEPER times the largest, evenly spaced in logarithms."""
    least = LEAST * min(1.0, USUAL_STEPS / max(1, steps))
    first = math.floor(CELLS * math.log(least, STEEPER))
    last = CELLS + math.ceil(CELLS * math.log(FARTHER, STEEPER))
    return tuple(float(scale * STEEPER ** (cell / CELLS)) for cell in range(first, last + 1))


def _ladder(least: float, wall: float | None) -> tuple[float, ...]:
    """1 and 3 times powers of ten up to the first beyond the steep direction's wall, at most LADDER of them."""
    if wall is None:
        return ()
    powers: Sequence[int] = range(math.floor(math.log10(least)), math.ceil(math.log10(wall)) + 1)
    rates = [float(f"{factor}e{power}") for power in powers for factor in (1, 3)]
    below = [rate for rate in rates if least <= rate <= wall / STEEPER]
    above = [rate for rate in rates if rate > wall / STEEPER]
    return (*below, *above[:1])[-LADDER:]
