"""A finished run as something that moves: where the ball is between two steps."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gdsim import Trajectory
from gdsim.objective import Array


class Moment(NamedTuple):
    """One instant of a run.

    landed: the last step that is complete. point: (dims,). loss, gradient: of that very point.
    share: how far the step under way has got, eased, 0 to 1.
    """

    landed: int
    share: float
    point: Array
    loss: float
    gradient: Array


def ease(share: float) -> float:
    """Slow out of one rest and into the next: a cubic with level ends."""
    return share * share * (3 - 2 * share)


def paced(share: float) -> float:
    """For a walk of many steps: the first are slow enough to follow, the last go by quickly."""
    return share**1.6


def moment(run: Trajectory, progress: float) -> Moment:
    """The run at `progress` steps, a fraction lying between two of them.

    On a step the numbers are the trajectory's own; in between the ball moves straight in the
    parameters, and the objective says how high it is there.
    """
    progress = min(max(progress, 0.0), float(run.steps))
    landed = int(progress + 1e-9)
    share = ease(progress - landed) if progress - landed > 1e-9 else 0.0
    if share == 0.0:
        return Moment(landed, 0.0, run.points[landed], float(run.losses[landed]), run.gradients[landed])
    point = run.points[landed] + share * (run.points[landed + 1] - run.points[landed])
    with np.errstate(all="ignore"):
        return Moment(
            landed,
            share,
            point,
            float(run.objective.value(point)),
            np.asarray(run.objective.gradient(point)),
        )
