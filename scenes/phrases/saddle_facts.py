"""Facts about balls that come to a saddle point, each read off the runs: they decide what may be said."""

from __future__ import annotations

import numpy as np

from gdsim import Stop, Trajectory
from gdsim.behaviour import jumps
from gdsim.objective import Array
from scenes.phrases.run_facts import falling, step_lengths
from scenes.planned_saddle import SaddleRuns, steps_to_leave

# A step of less than this share of the longest is tiny.
TINY = 0.05
# The distance grows evenly if it is multiplied by the factor to this share, for at least so many steps.
EVENLY, FEWEST = 0.02, 5
# The plateau is watched for this share of the steps on the ridge.
WATCHED = 0.8
# A map shows so many minima at most as valleys to choose from.
CHOICES = (2, 4)


def left_after(runs: SaddleRuns, index: int) -> int | None:
    """After how many steps a run is off the ridge for good; None if it never is."""
    saddle = runs.saddle
    return steps_to_leave(runs[index], np.array(saddle.point), np.array(saddle.down_way), runs.reach)


def apart(runs: SaddleRuns) -> Array:
    """(steps + 1,): how far the second ball is, after each step, from the one on the ridge."""
    ridge, plain = runs[0], runs[1]
    return np.asarray(
        np.linalg.norm(plain.points - ridge.points[np.minimum(np.arange(plain.steps + 1), ridge.steps)], axis=1)
    )


def growth(runs: SaddleRuns) -> float | None:
    """The factor 1 + rate × curvature by which each step near the saddle point multiplies that distance, if it does."""
    plain, saddle, gaps = runs[1], runs.saddle, apart(runs)
    factor = 1 - float(plain.learning_rates[0]) * saddle.down
    lengths = np.linalg.norm(plain.points - np.array(saddle.point), axis=1)
    near = np.flatnonzero((lengths[:-1] < runs.reach / 3) & (gaps[:-1] > 0))
    even = len(near) >= FEWEST and np.all(np.abs(gaps[near + 1] / gaps[near] / factor - 1) < EVENLY)
    return factor if even else None


def slows(run: Trajectory) -> bool:
    """Whether a run goes down with every step, leaps over no floor, and makes each step shorter than the one before."""
    straight = not jumps(run).any()
    return run.steps > 1 and straight and bool(np.all(np.diff(run.losses) <= 0)) and falling(step_lengths(run))


def rests(run: Trajectory) -> bool:
    """Whether a run has stopped because there is next to no slope."""
    return run.stop is Stop.FLAT


def tiny_steps(runs: SaddleRuns) -> bool:
    """Whether the second ball's steps become tiny before it leaves the ridge."""
    lengths = step_lengths(runs[1])[: left_after(runs, 1)]
    return bool(lengths.min() < TINY * lengths[0])


def edge(runs: SaddleRuns) -> int:
    """The step up to which the second ball is watched on the plateau."""
    gone = left_after(runs, 1)
    return runs[1].steps if gone is None else max(1, int(WATCHED * gone))


def lowest_near(runs: SaddleRuns) -> int | None:
    """The index of the known minimum nearest to the end of the second run, where both curvatures are positive."""
    objective, last = runs[0].objective, runs[1].points[-1]
    order = sorted(
        range(len(objective.minima)), key=lambda one: float(np.linalg.norm(last - objective.minima[one].point))
    )
    for index in order[:1]:
        try:
            bends = objective.curvatures(objective.minima[index].point)[0]
        except np.linalg.LinAlgError:
            return None
        return index if bends[0] > 1e-6 * bends[1] > 0 and np.isfinite(bends).all() else None
    return None


def choices(run: Trajectory) -> bool:
    """Whether the map has a few minima to choose from."""
    return CHOICES[0] <= len(run.objective.minima) <= CHOICES[1]
