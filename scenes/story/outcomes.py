"""Where balls end: at rest in one of the valleys, still under way, or off the map."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

import numpy as np

from gdsim import Minimum, Objective, Stop, Trajectory
from gdsim.behaviour import jumps
from scenes.story.run_facts import SAME, halted, off_the_map

# A ball this near to a valley's floor, as a share of the domain, and this much calmer than at its start, has arrived.
NEAR, CALM = 1e-3, 1e-3


class End(Enum):
    """How a run ended."""

    RESTS = "at rest in a valley"
    ROLLS = "still on its way"
    JUMPS = "still jumping to and fro"
    LEFT = "off the map, higher than it began"
    HALTED = "stopped where the function has no value or no slope"


def end_of(one: Trajectory) -> End:
    """Which of the ends the run met."""
    if valley_of(one) is not None:
        return End.RESTS
    if one.stop is Stop.DIVERGED or (off_the_map(one) and one.losses[-1] > one.losses[0]):
        return End.LEFT
    if halted(one):
        return End.HALTED
    return End.JUMPS if jumps(one)[-1:].any() else End.ROLLS


def valley_of(one: Trajectory) -> int | None:
    """The number, from left to right, of the minimum in which a ball has come to rest; None where it has not."""
    low, high = one.objective.domain[0]
    place, slopes = one.points[-1, 0], np.abs(one.gradients[:, 0])
    if one.stop is Stop.DIVERGED or not (one.stop is Stop.FLAT or slopes[-1] <= CALM * max(slopes.max(), 1e-300)):
        return None
    for index, minimum in enumerate(valleys(one.objective)):
        if abs(place - minimum.point[0]) < NEAR * (high - low):
            return index
    return None


def valleys(objective: Objective) -> tuple[Minimum, ...]:
    """The minima from left to right."""
    return tuple(sorted(objective.minima, key=lambda known: known.point))


def deepest(objective: Objective) -> int | None:
    """The number of the lowest minimum."""
    floors = [known.value for known in valleys(objective)]
    return int(np.argmin(floors)) if floors else None


def as_deep(objective: Objective) -> tuple[int, ...]:
    """The numbers of the minima that are as low as the lowest, to nine digits of the map's height."""
    floors = np.array([known.value for known in valleys(objective)])
    slack = SAME * (1 + np.abs(floors).max(initial=0.0))
    return tuple(int(index) for index in np.flatnonzero(floors <= floors.min(initial=np.inf) + slack))


def stuck(one: Trajectory) -> bool:
    """Whether a ball rests in a valley while another is deeper."""
    return valley_of(one) not in (None, *as_deep(one.objective))


def arrival(one: Trajectory) -> int:
    """The step from which on the ball is as near to its end as a resting ball is to its valley's floor."""
    low, high = one.objective.domain[0]
    with np.errstate(over="ignore"):
        away = np.flatnonzero(np.abs(one.points[:, 0] - one.points[-1, 0]) >= NEAR * (high - low))
    return int(away[-1]) + 1 if len(away) else 0


def best_of(runs: Sequence[Trajectory]) -> Trajectory | None:
    """The run that ended lowest, of those that did not leave the map."""
    stayed = [one for one in runs if end_of(one) is not End.LEFT]
    return min(stayed, key=lambda one: float(one.losses[-1]), default=None)


class Tally(NamedTuple):
    """How many of the many balls end in the deepest valley, in another, and nowhere."""

    deepest: int
    other: int
    lost: int


def tally_of(runs: Sequence[Trajectory]) -> Tally:
    """Count the runs after the first two."""
    return Arrivals(runs[2:]).by(None)


class Arrivals:
    """When each of many balls arrives, and where: found once, to be counted at any step."""

    def __init__(self, runs: Sequence[Trajectory]):
        self.steps = np.array([arrival(one) for one in runs], dtype=np.int64)
        self.other = np.array([stuck(one) for one in runs], dtype=bool)
        self.found = np.array([valley_of(one) is not None for one in runs], dtype=bool) & ~self.other

    def by(self, step: int | None) -> Tally:
        """Those that have arrived by `step`; all in the end."""
        ended = self.steps <= (self.steps.max(initial=0) if step is None else step)
        found, other = int((self.found & ended).sum()), int((self.other & ended).sum())
        return Tally(found, other, len(self.steps) - found - other)
