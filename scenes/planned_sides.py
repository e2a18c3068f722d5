"""From one run to a lesson about signs: its other side, the bottom between the two, and the run with a wrong sign."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from gdsim import Minimum, Objective, Stop, Trajectory, simulate
from gdsim.objective import Array
from gdsim.optimiser import gradient_ascent
from scenes.script.window import Window, first_window, roomy

# Places between a start and the bottom at which the slope is looked at.
SAMPLES = 200
# The other ball starts as far from the bottom as the first one, or this part of that, at most so many times as high.
SHARES, HIGHEST = (1.0, 0.5, 0.25, 0.1), 2.0
# The colour of the ball with the wrong sign.
BUG = "run5"
# A slope of less than this part of the start's is as good as zero.
LEVEL = 1e-9


class Sides(tuple[Trajectory, ...]):
    """A run of plain descent, and, where there are such: one from the other side, one at the bottom, and the bug's.

    valley: the minimum down to which the curve falls all the way from the start.
    mirror: from the other side of it. bottom: a ball on it, which takes no step.
    bug: from the same start at the same rate with the wrong sign, x ← x + α · f′(x).
    """

    valley: Minimum | None
    mirror: Trajectory | None
    bottom: Trajectory | None
    bug: Trajectory | None

    def __new__(
        cls,
        main: Trajectory,
        valley: Minimum | None = None,
        mirror: Trajectory | None = None,
        bottom: Trajectory | None = None,
        bug: Trajectory | None = None,
    ) -> Sides:
        made = super().__new__(cls, [one for one in (main, mirror, bottom, bug) if one is not None])
        made.valley, made.mirror, made.bottom, made.bug = valley, mirror, bottom, bug
        return made

    def number(self, run: Trajectory) -> int:
        """The index of one of its runs."""
        return next(index for index, one in enumerate(self) if one is run)


def sides_of(main: Trajectory, steps: int) -> Sides:
    """The runs that go with a run of plain descent at a constant rate. steps: those that were asked for."""
    objective, x = main.objective, float(main.points[0, 0])
    if not main.steps:
        valley = foot(main)
        return Sides(main, valley, *_around(main, valley, 0.1, 0))
    rate = float(main.learning_rates[0])
    bug = simulate(objective, gradient_ascent(), rate, start=[x], steps=steps)
    valley = foot(main)
    return Sides(main, valley, *_around(main, valley, rate, 1), bug if bug.steps else None)


def begun(run: Trajectory) -> Trajectory:
    """The run's first step alone."""
    points, losses, gradients = run.points[:2], run.losses[:2], run.gradients[:2]
    return replace(run, points=points, losses=losses, gradients=gradients, learning_rates=run.learning_rates[:1])


def foot(main: Trajectory) -> Minimum | None:
    """The known minimum down to which the curve falls all the way from the run's start."""
    x, slope = float(main.points[0, 0]), float(main.gradients[0, 0])
    below = [known for known in main.objective.minima if (known.point[0] - x) * slope < 0]
    near = min(below, key=lambda known: abs(known.point[0] - x), default=None)
    if (main.stop is Stop.FLAT and not main.steps) or near is None:
        return None
    return near if _all_of_sign(slope, _slopes(main.objective, near.point[0], x)) else None


def _around(
    main: Trajectory, valley: Minimum | None, rate: float, steps: int
) -> tuple[Trajectory | None, Trajectory | None]:
    """The run from the other side of the valley, and the one at its bottom."""
    if valley is None:
        return None, None
    low, objective = valley.point[0], main.objective
    start = _other_side(main, valley)
    mirror = None if start is None else simulate(objective, rate=rate, start=[start], steps=steps)
    if mirror is not None and mirror.steps < steps:
        mirror = None
    slope = _slope(objective, low)
    level = np.isfinite(slope) and abs(slope) <= min(LEVEL * abs(float(main.gradients[0, 0])), 1e-7)
    return mirror, simulate(objective, rate=rate, start=[low], steps=0) if level else None


def _other_side(main: Trajectory, valley: Minimum) -> float | None:
    """As far from the bottom on its other side as the start, or nearer, where the curve rises all the way."""
    low, slope = valley.point[0], float(main.gradients[0, 0])
    height = float(main.losses[0]) - valley.value
    for share in SHARES:
        x = low - share * (float(main.points[0, 0]) - low)
        with np.errstate(all="ignore"):
            value = float(main.objective.value(np.array([x])))
        rises = _all_of_sign(-slope, _slopes(main.objective, low, x))
        if rises and abs(_slope(main.objective, x)) > 1e-6 and value - valley.value <= HIGHEST * height:
            return x
    return None


def _slopes(objective: Objective, low: float, x: float) -> Array:
    """(SAMPLES,): the slopes from next to the bottom up to a place, that place included."""
    places = low + np.linspace(0.0, 1.0, SAMPLES + 1)[1:] * (x - low)
    with np.errstate(all="ignore"):
        return np.asarray(objective.gradient(places[:, None]), dtype=float)[:, 0]


def _slope(objective: Objective, x: float) -> float:
    return float(_slopes(objective, x, x)[-1])


def _all_of_sign(slope: float, slopes: Iterable[float]) -> bool:
    return bool(np.all(np.asarray(slopes) * np.sign(slope) > 0))


def home(runs: Sides) -> Window:
    """The window in which the lesson begins."""
    return roomy(first_window([begun(one) for one in (runs[0], runs.mirror, runs.bottom) if one is not None]))
