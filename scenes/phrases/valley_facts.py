"""Where balls end on a curve: at rest in one of its valleys, or in another way. Each fact is read off the runs."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

import numpy as np

from gdsim import Minimum, Objective, Stop, Trajectory
from gdsim.objective import Array
from scenes.phrases.run_facts import SAME, halted
from scenes.script.window import TALLEST, Window, heights, padded

# A ball this near to a valley's floor, as a share of the domain, has reached it.
NEAR = 1e-3
# One that ran out of steps is at rest if this many of its last places are that near.
TAIL = 5
# The picture is at most this many domains wider, on either side, than the domain.
WIDEST = 0.5
# A place is much lower than another if the difference is this share of the picture's height.
LOWER = 1e-2
# A ball that has arrived takes this share of the time to the last arrival to get onto its stack.
HOP = 1 / 14


class End(Enum):
    """How a run ended."""

    VALLEY = "at rest in a valley"
    OUT = "outside the picture"
    LEVEL = "at rest where no valley is known"
    HALTED = "stopped where the next step leads nowhere"
    MOVING = "out of steps before it came to rest"


def picture(main: Trajectory) -> Window:
    """The domain, and the part of one ball's run that is not far from it."""
    low, high = main.objective.domain[0]
    floor, edge = heights(main.objective, low, high)
    places, losses, height, width = main.points[:, 0], main.losses, edge - floor, WIDEST * (high - low)
    seen = (losses <= floor + TALLEST * height) & (losses >= floor - TALLEST * height)
    seen &= (places >= low - width) & (places <= high + width)
    left, right = float(np.min(places[seen], initial=low)), float(np.max(places[seen], initial=high))
    return padded((left, right, float(np.min(losses[seen], initial=floor)), float(np.max(losses[seen], initial=edge))))


def held(window: Window, run: Trajectory, step: int = -1) -> bool:
    """Whether a run is in the picture after a step."""
    left, right, bottom, top = window
    return bool(left <= run.points[step, 0] <= right and bottom <= run.losses[step] <= top)


def end_of(run: Trajectory, window: Window) -> End:
    """How the run ended."""
    if valley_of(run) is not None:
        return End.VALLEY
    if not held(window, run):
        return End.OUT
    if halted(run) or run.stop is Stop.DIVERGED:  # a first step too long to be counted leaves the ball where it was
        return End.HALTED
    return End.LEVEL if run.stop is Stop.FLAT else End.MOVING


def valley_of(run: Trajectory) -> int | None:
    """The number, from left to right, of the valley in which a ball has come to rest; None if it has not."""
    return valley_at_rest(run.objective, run.points[:, 0], run.stop)


def valley_at_rest(objective: Objective, places: Array, stop: Stop) -> int | None:
    """The same, from a run's places (steps + 1,) and the reason it ended."""
    limited = stop is Stop.STEP_LIMIT
    if stop is Stop.DIVERGED or (limited and len(places) < TAIL):
        return None
    low, high = objective.domain[0]
    last = places[-TAIL:] if limited else places[-1:]
    for index, known in enumerate(valleys(objective)):
        if np.all(np.abs(last - known.point[0]) < NEAR * (high - low)):
            return index
    return None


def arrival(run: Trajectory) -> int:
    """The step from which the ball is as near to its end as one at rest is to its valley's floor."""
    low, high = run.objective.domain[0]
    away = np.flatnonzero(np.abs(run.points[:, 0] - run.points[-1, 0]) >= NEAR * (high - low))
    return int(away[-1]) + 1 if len(away) else 0


def last_arrival(runs: Sequence[Trajectory]) -> float:
    """The steps after which every ball that comes to rest is on its stack; if none does, those of the longest run."""
    settled = [arrival(run) for run in runs if valley_of(run) is not None]
    return max(1, *settled) * (1 + HOP) if settled else max((run.steps for run in runs), default=0)


def valleys(objective: Objective) -> tuple[Minimum, ...]:
    """The known minima from left to right."""
    return tuple(sorted(objective.minima, key=lambda known: known.point))


def as_deep(objective: Objective) -> tuple[int, ...]:
    """The numbers of the valleys that are as deep as the deepest."""
    floors = np.array([known.value for known in valleys(objective)])
    low, high = heights(objective, *objective.domain[0])
    slack = SAME * (high - low)
    return tuple(int(index) for index in np.flatnonzero(floors <= floors.min(initial=np.inf) + slack))


def deepest(objective: Objective) -> int | None:
    """The number of the valley that is deeper than all others; None if there is none, or several are equally deep."""
    lowest = as_deep(objective)
    return lowest[0] if len(lowest) == 1 else None


def stuck(run: Trajectory) -> bool:
    """Whether a ball rests in a valley while another is deeper."""
    return valley_of(run) not in (None, *as_deep(run.objective))


def lower_place(run: Trajectory, window: Window) -> Minimum | None:
    """A place in the picture that is lower than the ball's end: the deepest valley, if the ball is stuck in another.

    A ball at rest is compared by its valley's floor, since it is not quite there yet.
    """
    known, here = valleys(run.objective), valley_of(run)
    if stuck(run):
        return known[as_deep(run.objective)[0]]
    places = np.linspace(window[0], window[1], 400)
    with np.errstate(all="ignore"):
        losses = np.asarray(run.objective.value(places[:, None]), dtype=float)
    losses = np.where(np.isfinite(losses), losses, np.inf)
    lowest = Minimum((float(places[losses.argmin()]),), float(losses.min()))
    lowest = min([lowest, *known], key=lambda one: one.value)
    height = window[3] - window[2]
    level, slack = (float(run.losses[-1]), LOWER) if here is None else (known[here].value, SAME)
    return lowest if level - lowest.value > slack * height else None


def best_of(runs: Sequence[Trajectory], window: Window) -> int | None:
    """The index of the run that ended lowest, among those that ended in the picture."""
    stayed = [index for index, one in enumerate(runs) if end_of(one, window) is not End.OUT]
    return min(stayed, key=lambda index: float(runs[index].losses[-1]), default=None)
