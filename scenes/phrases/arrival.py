"""Whether a run arrives: the minimum that it goes to, and what is left of its way there."""

from __future__ import annotations

import numpy as np

from gdsim import Minimum, Stop, Trajectory
from gdsim.behaviour import Behaviour
from scenes.phrases.run_facts import ARRIVED, course, nearest_minimum, off_the_map

# A run that has less than this share of its way left is arriving.
NEARBY = 0.5


def left_to(run: Trajectory) -> Minimum | None:
    """The minimum that a run has all but reached; None where it is there, or far from any."""
    goal = nearest_minimum(run)
    if goal is None or not run.steps or not arriving_at(run):
        return None
    return goal if float(np.linalg.norm(run.points[-1] - np.array(goal.point))) >= ARRIVED else None


def arriving_at(run: Trajectory) -> bool:
    """Whether the run goes to the minimum next to its end: most of the way there is behind it."""
    goal = nearest_minimum(run)
    if goal is None or told_minimum(run) is None:
        return False
    before, after = (float(np.linalg.norm(run.points[at] - np.array(goal.point))) for at in (0, -1))
    return after < NEARBY * before


def told_minimum(run: Trajectory) -> Minimum | None:
    """The minimum that the ending speaks of: the one it went to, if it went to one."""
    lost = course(run) in (Behaviour.DIVERGES, Behaviour.CYCLES) or run.stop is Stop.DIVERGED or off_the_map(run)
    minimum = None if lost else nearest_minimum(run)
    if minimum is None or distance_left(run, minimum) > abs(float(run.points[0, 0]) - minimum.point[0]):
        return None
    return minimum


def distance_left(run: Trajectory, minimum: Minimum) -> float:
    """How far the run's end is from a minimum, along the first axis."""
    return abs(float(run.points[-1, 0]) - minimum.point[0])
