"""Facts about several runs from one start, and the windows in which they are seen."""

from __future__ import annotations

from typing import NamedTuple

from gdsim import Trajectory
from gdsim.behaviour import Behaviour, behaviour
from scenes.phrases.rate_facts import distances, equally_far, lowest
from scenes.phrases.run_facts import ARRIVED
from scenes.script.window import Window, first_window, stretch

Runs = tuple[Trajectory, ...]

# How far the picture reaches to each side, as a multiple of the distance from the start to the minimum.
ROOM = 1.15
# A close-up shows this many times the distance left.
CLOSE = 2.4
# The camera follows a climbing ball this many times as far out as it started.
FARTHEST = 9.0
# For the valley to be seen as a line, its heights must be negligible in the window.
FLAT = 1e7
# The knob of the learning rate turns from a gentle rate to one that is too large: shares of the limit.
GENTLE, HARSH = 0.05, 1.06
# Beside the lanes stand names and numbers: their window is so many times as wide as what is in them.
LANE = 1.65


class Group(NamedTuple):
    """Runs that did the same. members: their indices."""

    kind: Behaviour
    members: tuple[int, ...]


def grouped(runs: Runs) -> tuple[Group, ...]:
    """The runs grouped by what they did, in order; those that climb out come last."""
    kinds = [behaviour(run) for run in runs]
    order = sorted(dict.fromkeys(kinds), key=lambda kind: kind is Behaviour.DIVERGES)
    return tuple(Group(kind, tuple(index for index, one in enumerate(kinds) if one is kind)) for kind in order)


def nearest(runs: Runs) -> tuple[int, ...]:
    """The runs that ended closest to the minimum, several if they are equally far."""
    ends = [float(distances(run)[-1]) for run in runs]
    return tuple(index for index, end in enumerate(ends) if equally_far(end, min(ends)) or end < ARRIVED)


def gained(runs: Runs) -> bool:
    """Whether any run ended closer to the minimum than it began."""
    start, end = (float(distances(runs[nearest(runs)[0]])[step]) for step in (0, -1))
    return end < start and not equally_far(end, start)


def passed_over(runs: Runs) -> list[int]:
    """The runs that are not looked at more closely: all but the nearest, where there is any to look at."""
    return [index for index in range(len(runs)) if gained(runs) and index not in nearest(runs)]


def longest(runs: Runs) -> int:
    """The steps of the run that takes most."""
    return max(run.steps for run in runs)


def example(runs: Runs) -> int:
    """The run whose numbers are put into the rule: one that walks, if there is one."""
    order = (Behaviour.DESCENDS, Behaviour.OSCILLATES, Behaviour.CREEPS)
    kinds = [behaviour(run) for run in runs]
    return min(range(len(runs)), key=lambda index: [*order, kinds[index]].index(kinds[index]))


def valley(runs: Runs) -> Window:
    """The start and the wall across from it."""
    away = float(distances(runs[0])[0])
    return _around(runs, ROOM * away) if away > ARRIVED else first_window(runs)


def climb(runs: Runs) -> Window:
    """A window out to the highest ball, or as far as the camera goes."""
    farthest = max(float(distances(one).max()) for one in runs)
    return _around(runs, min(1.1 * farthest, FARTHEST * float(distances(runs[0])[0])))


def close(runs: Runs) -> Window:
    """Near enough to the minimum to see what is left; the whole valley if no run came nearer, or none is left."""
    if not gained(runs):
        return climb(runs)
    away = float(distances(runs[nearest(runs)[0]])[-1])
    return _around(runs, CLOSE * away) if away >= ARRIVED else valley(runs)


def line(runs: Runs, reach: float) -> Window:
    """The valley from so far away that it is a line, with offsets up to `reach` times the first in the picture."""
    low, away = lowest(runs[0].objective).point[0], LANE * reach * float(distances(runs[0])[0])
    bottom, top = valley(runs)[2:]
    return low - away, low + away, -FLAT * (top - bottom), FLAT * (top - bottom)


def _around(runs: Runs, reach: float) -> Window:
    low = lowest(runs[0].objective).point[0]
    return stretch(runs[0].objective, low - reach, low + reach)
