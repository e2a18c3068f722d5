"""Facts about a narrow valley and about a heavy ball in it, each read off the runs: they decide what may be said."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gdsim import Stop, Trajectory
from gdsim.objective import Array
from gdsim.suiting_rate import narrow_bends
from scenes.phrases.run_facts import SAME, nearest_minimum

# The colours of plain descent, of momentum, and of too much momentum.
WEARS = ("run5", "run6", "run3")
# A step across a valley is at least this many times as long as along it, where the run zig-zags.
ACROSS = 2.0
# A run keeps clear of both walls of its valley's cuts if its first offsets are at least this share of each other.
SLANT = 0.01
# A run goes along its valley if this share of its way is along it.
ASLANT = 0.1
# Losses of a bowl agree with its curvatures to this share.
BOWL = 1e-6


class Valley(NamedTuple):
    """A narrow valley around a minimum.

    low: the minimum (2,). bends: its curvatures (2,), across and along. ways: unit vectors (2, 2) across and along.
    """

    low: Array
    bends: Array
    ways: Array

    def offsets(self, points: Array) -> Array:
        """(..., 2) -> (..., 2): how far from the minimum, across and along."""
        return np.asarray((points - self.low) @ self.ways.T)


def valley_of(run: Trajectory) -> Valley | None:
    """The narrow valley that a run ends in, or next to; None if it is not narrow, or no minimum is known."""
    goal = nearest_minimum(run)
    if goal is None or narrow_bends(run.objective, goal) is None:
        return None
    bends, ways = run.objective.curvatures(goal.point)
    return Valley(np.array(goal.point), bends[::-1].copy(), ways.T[::-1].copy())


def bowl_of(run: Trajectory) -> Valley | None:
    """The valley, where it is a bowl of two parabolas and the run starts on a slope of both."""
    valley = valley_of(run)
    if valley is None:
        return None
    low, high = np.array(run.objective.domain).T
    points = np.vstack([run.points[:1], low, high, low + (high - low) * [0.2, 0.7], low + (high - low) * [0.6, 0.1]])
    rises = run.objective.value(points) - run.objective.value(valley.low)
    fits = np.allclose(rises, valley.offsets(points) ** 2 @ valley.bends / 2, rtol=BOWL)
    first = np.abs(valley.offsets(run.points[0]))
    return valley if fits and first.min() > SLANT * first.max() else None


def zigzags(run: Trajectory, valley: Valley) -> bool:
    """Whether each step leaps across the valley's floor, and goes much further across than along."""
    across, along = np.diff(valley.offsets(run.points), axis=0).T
    side = run.gradients @ valley.ways[0]
    return bool(run.steps > 2 and np.all(side[1:] * side[:-1] < 0) and np.all(np.abs(across) > ACROSS * np.abs(along)))


def same_path(one: Trajectory, other: Trajectory) -> bool:
    """Whether two runs land at the same places."""
    return one.steps == other.steps and bool(np.allclose(one.points, other.points, rtol=SAME, atol=1e-12))


def ends_higher(run: Trajectory) -> bool:
    """Whether a run ended clearly higher than it began."""
    return _below(float(run.losses[0]), float(run.losses[-1]))


def ends_lower(run: Trajectory) -> bool:
    """Whether a run ended clearly lower than it began."""
    return _below(float(run.losses[-1]), float(run.losses[0]))


def _below(one: float, other: float) -> bool:
    return one < other - SAME * max(abs(one), abs(other))


def at_rest(run: Trajectory) -> bool:
    """Whether a run ended because the ground is flat where it is."""
    return run.stop is Stop.FLAT


def same_loss_after(slow: Trajectory, quick: Trajectory) -> int | None:
    """The step from which on `quick` is never higher than `slow` ends, if that is sooner and `slow` went down at all.

    None if it is not, or if both came to rest.
    """
    high = np.flatnonzero(quick.losses > slow.losses[-1])
    first = int(high[-1]) + 1 if len(high) else 0
    rested, sooner = at_rest(slow) and at_rest(quick), first <= quick.steps and first < slow.steps
    return first if sooner and first and not rested and ends_lower(slow) and lower(quick, slow) else None


def lower(one: Trajectory, other: Trajectory) -> bool:
    """Whether a run ends clearly lower than another."""
    return _below(float(one.losses[-1]), float(other.losses[-1]))


def passes(run: Trajectory) -> int:
    """How often a run swings past the minimum next to its end, along the valley, or along its first way there."""
    goal = nearest_minimum(run)
    if goal is None:
        return 0
    away = run.points - np.array(goal.point)
    valley = valley_of(run)
    along = away @ away[0]
    if valley and abs(valley.ways[1] @ away[0]) > ASLANT * np.linalg.norm(away[0]):
        along = away @ valley.ways[1]
    return int(np.sum(along[1:] * along[:-1] < 0))


def kept_and_pushed(run: Trajectory, step: int, decay: float) -> tuple[Array, Array]:
    """The two parts (2,) of a heavy ball's move after so many steps: what it keeps of the last move, and the push."""
    return decay * (run.points[step] - run.points[step - 1]), -run.learning_rates[step] * run.gradients[step]


def tips(run: Trajectory, decay: float) -> Array:
    """The places (4, 2) between which the second move is put together: two landings, the kept part's tip, a third."""
    kept, _ = kept_and_pushed(run, 1, decay)
    return np.vstack([run.points[:2], run.points[1] + kept, run.points[2]])


def stays_before(run: Trajectory) -> bool:
    """Whether a run on the curve with a bump never gets past the middle between its dip and its lowest point."""
    low, dip = (one.point[0] for one in run.objective.minima)
    return bool(run.points[:, 0].min() > (low + dip) / 2)
