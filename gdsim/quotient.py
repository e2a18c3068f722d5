"""The difference quotient: the slope of the line through two points of a curve."""

from __future__ import annotations

import numpy as np

from gdsim.objective import Objective


def difference(objective: Objective, x: float, h: float) -> tuple[float, float, float]:
    """The function at x, how much it rises to x + h, and the quotient: the slope of the line through both."""
    here, there = (float(objective.value(np.array([at]))) for at in (x, x + h))
    return here, there - here, (there - here) / h
