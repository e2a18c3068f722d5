"""Facts about races of methods, read off their runs: who arrived when, who is ahead of whom, what a division leaves."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gdsim import Trajectory
from gdsim.objective import Array
from scenes.phrases.run_facts import SAME
from scenes.planned_methods import Lap, MethodRace

# Methods whose step in each coordinate is divided by the root of a running mean of squared slopes.
DIVIDING = ("rmsprop", "adam")
RMSPROP_DECAY, EPSILON = 0.99, 1e-8
# Methods that are alike in all directions.
ALIKE = ("gradient-descent", "momentum", "nesterov")
# Two slopes differ if one is so many times the other, and are about equal if it is less than that many times.
STEEPER, ABOUT_EQUAL = 3.0, 1.5


def methods_of(lap: Lap) -> tuple[str, ...]:
    """The methods' names."""
    return tuple(run.optimiser for run in lap.runs)


def arrivals(lap: Lap) -> tuple[int | None, ...]:
    """After how many gradients each run is at the finish to stay; None for those that are not."""
    return tuple(step if kind == 0 else None for kind, step, _ in lap.scores)


def gone(lap: Lap) -> tuple[int, ...]:
    """The runs that have left the map for good."""
    return tuple(index for index, (kind, *_) in enumerate(lap.scores) if kind == 2)


def home(lap: Lap) -> tuple[int, ...]:
    """The runs that have arrived."""
    return tuple(index for group in ranking(lap) for index in group if lap.scores[index][0] == 0)


def ranking(lap: Lap) -> tuple[tuple[int, ...], ...]:
    """The runs from first to last; those that arrive at one step, end equally low, or are all gone, share a place."""
    order = sorted(range(len(lap.runs)), key=lambda index: (_place(lap, index), index))
    groups: list[list[int]] = []
    for index in order:
        if groups and _level(_place(lap, groups[-1][0]), _place(lap, index)):
            groups[-1].append(index)
        else:
            groups.append([index])
    return tuple(map(tuple, groups))


def _place(lap: Lap, index: int) -> tuple[int, float]:
    """What decides: the arrival, else the last loss."""
    kind, step, last = lap.scores[index]
    return kind, (float(step), last, 0.0)[kind]


def _level(one: tuple[int, float], other: tuple[int, float]) -> bool:
    return one[0] == other[0] and abs(one[1] - other[1]) <= SAME * max(abs(one[1]), abs(other[1]))


def lap_end(lap: Lap) -> str:
    """What the names of a lap's parts end in: nothing for the first, 2 for the second."""
    return "2" if lap.first else ""


def members(lap: Lap) -> range:
    """The lap's runs, by their index among all."""
    return range(lap.first, lap.first + len(lap.runs))


def moves(lap: Lap) -> bool:
    """Whether any run takes a step."""
    return lap.steps > 0


def winner(lap: Lap) -> int | None:
    """The only run in the first place; None where it is shared or nobody is still on the map."""
    first = ranking(lap)[0]
    return first[0] if len(first) == 1 and lap.scores[first[0]][0] < 2 else None


def unchanged(race: MethodRace) -> tuple[int, ...]:
    """The runs of methods alike in all directions that needed the same number of gradients in both laps."""
    one, other = race.laps
    pairs = zip(methods_of(one), arrivals(one), arrivals(other), one.rates, other.rates)
    return tuple(
        index for index, (name, a, b, r, s) in enumerate(pairs) if name in ALIKE and a is not None and (a, r) == (b, s)
    )


class Division(NamedTuple):
    """The first step of a method that divides, coordinate by coordinate (dims,).

    slopes: the gradient. sizes: what it is divided by. quotients: what is left. run: its index in the lap.
    """

    run: int
    slopes: Array
    sizes: Array
    quotients: Array

    @property
    def ratio(self) -> float:
        """How many times as large the larger slope is."""
        small, large = sorted(np.abs(self.slopes).tolist())
        return large / small

    @property
    def steep(self) -> int:
        """The coordinate with the larger slope."""
        return int(np.argmax(np.abs(self.slopes)))


def division(lap: Lap) -> Division | None:
    """The first step of RMSProp, or else of Adam, where it leaves two equal steps; None where neither does."""
    for name in DIVIDING:
        if name in methods_of(lap):
            index = methods_of(lap).index(name)
            found = first_division(lap.runs[index], index)
            if found is not None:
                return found
    return None


def first_division(run: Trajectory, index: int) -> Division | None:
    """What the first step divides by; None where there is none, or a slope is zero or as small as ε."""
    slopes = run.gradients[0]
    if not run.steps or not np.all(slopes):
        return None
    share = 1 - RMSPROP_DECAY if run.optimiser == "rmsprop" else 1.0  # Adam corrects both means for their start
    with np.errstate(all="ignore"):
        sizes = np.sqrt(share * slopes * slopes) + EPSILON
        quotients = slopes / sizes
    moved = np.abs(run.points[1] - run.points[0])
    equal = np.all(np.isfinite(quotients)) and abs(moved[0] - moved[1]) <= 0.01 * moved.max()
    return Division(index, slopes, sizes, quotients) if equal else None
