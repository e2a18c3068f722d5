"""What learning rates do on a curve: the numbers that both sentences and pictures use."""

from __future__ import annotations

import numpy as np

from gdsim import Minimum, Objective, Trajectory
from gdsim.objective import Array
from scenes.phrases.run_facts import SAME
from scenes.script.numbers import number

# The digits shown of a rate: as many as a person types.
RATE_DIGITS = 9


def lowest(objective: Objective) -> Minimum:
    """The minimum the lesson is about."""
    return min(objective.minima, key=lambda known: known.value)


def offsets(one: Trajectory) -> Array:
    """(steps + 1,): how far right of the minimum each point of the run lies; negative to the left of it."""
    return one.points[:, 0] - lowest(one.objective).point[0]


def distances(one: Trajectory) -> Array:
    """(steps + 1,): how far from the minimum each point of the run lies."""
    return np.abs(offsets(one))


def curvature(objective: Objective) -> float:
    """The second derivative at the minimum."""
    return objective.curvature(lowest(objective).point)


def threshold(objective: Objective) -> float:
    """The rate from which no step comes closer: 2 / curvature, because |1 − αc| < 1 means 0 < α < 2/c."""
    return 2 / curvature(objective)


def rate_of(one: Trajectory) -> float | None:
    """The run's learning rate; None if it took no step."""
    return float(one.learning_rates[0]) if one.steps else None


def factor(one: Trajectory) -> float | None:
    """The signed factor by which each step multiplies the offset: 1 − α · curvature; None if there was no step."""
    rate = rate_of(one)
    return None if rate is None else 1 - rate * curvature(one.objective)


def whole_digits(value: float) -> int:
    """How many digits a read-out has: three, or all of its integer part."""
    return max(3, len(str(int(min(abs(value), 1e5)))))


def factor_digits(value: float) -> int:
    """How many digits a factor has: enough to tell on which side of ±1 it is."""
    for digits in range(whole_digits(value), 12):
        if (abs(float(f"{value:.{digits - 1}e}")) == 1) == (abs(value) == 1):
            return digits
    return 12


def rate_words(rate: float) -> str:
    """A learning rate as it was typed."""
    return number(rate, RATE_DIGITS)


def same_curve(one: Trajectory, other: Trajectory) -> bool:
    """Whether two runs have the same loss at every step, to nine digits."""
    return one.steps == other.steps and bool(np.allclose(one.losses, other.losses, rtol=SAME, atol=1e-12))


def equally_far(one: float, other: float) -> bool:
    """Whether two distances are equal, to nine digits."""
    return abs(one - other) <= SAME * max(one, other)
