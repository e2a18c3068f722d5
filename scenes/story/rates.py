"""What learning rates do on a curve: the numbers that the words and the pictures about them share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gdsim import Minimum, Objective, Trajectory
from scenes.script.numbers import number

# Digits of a rate that are shown: as many as a person types.
RATE_DIGITS = 6


def lowest(objective: Objective) -> Minimum:
    """The minimum the lesson is about."""
    return min(objective.minima, key=lambda known: known.value)


def distances(one: Trajectory) -> np.ndarray:
    """(steps + 1,): how far from the minimum each point of the run lies."""
    return np.abs(one.points[:, 0] - lowest(one.objective).point[0])


def curvature(objective: Objective) -> float:
    """The second derivative at the minimum."""
    return objective.curvature(lowest(objective).point)


def threshold(objective: Objective) -> float:
    """The rate from which on no step comes closer: 2 / curvature, because |1 − αc| < 1 means 0 < α < 2/c."""
    return 2 / curvature(objective)


def rate_of(one: Trajectory) -> float | None:
    """The run's learning rate; None where it took no step."""
    return float(one.learning_rates[0]) if one.steps else None


def factor(one: Trajectory) -> float | None:
    """What each step multiplies the distance by, with its sign: 1 − α · curvature."""
    rate = rate_of(one)
    return None if rate is None else 1 - rate * curvature(one.objective)


def rate_words(rate: float) -> str:
    """A learning rate as it was typed."""
    return number(rate, RATE_DIGITS)


def same_curve(one: Trajectory, other: Trajectory) -> bool:
    """Whether two runs have the same loss at every step, to nine digits."""
    return one.steps == other.steps and np.allclose(one.losses, other.losses, rtol=1e-9, atol=1e-12)


def hidden_curves(runs: Sequence[Trajectory]) -> list[bool]:
    """For each run, whether a later one has the same losses and so would be drawn over it."""
    return [any(same_curve(one, other) for other in runs[index + 1 :]) for index, one in enumerate(runs)]
