"""Finds the local minima of an objective from its values and gradients alone."""

from __future__ import annotations

import numpy as np

from gdsim.minima_2d import find_hollows, plain
from gdsim.objective import Array, Minimum, Objective

# Cells of the scan: of two minima within a cell's width, one may be missed.
CELLS = 4000
# A minimum may be this many times lower than the slope at its cell's higher end explains; a pole falls further.
SLACK = 10.0
# The number of halvings that reduce a cell to neighbouring doubles.
HALVINGS = 64


def find_minima(objective: Objective) -> tuple[Minimum, ...]:
    """The local minima inside an objective's domain, sorted by position from left to right.

    A kink counts as a minimum; poles, the domain's edges, level valley floors, and places where the function is
    undefined do not. Minima nearer to each other than a cell of the scan may be missed.
    """
    with np.errstate(all="ignore"):
        return _along_line(objective) if objective.dims == 1 else find_hollows(objective)


def _along_line(objective: Objective) -> tuple[Minimum, ...]:
    """For one variable: every change of the slope from negative to positive, bisected down to neighbouring doubles."""
    grid = np.linspace(*objective.domain[0], CELLS + 1)
    slopes = _slope(objective, grid)
    signed = np.flatnonzero((slopes < 0) | (slopes > 0))  # neither zero nor undefined
    turns = (slopes[signed[:-1]] < 0) & (slopes[signed[1:]] > 0)
    left, right = grid[signed[:-1][turns]], grid[signed[1:][turns]]
    points = _bisect(objective, left, right)
    values = _value(objective, points)
    higher = np.where(_value(objective, left) >= _value(objective, right), left, right)
    drop = SLACK * np.abs(_slope(objective, higher)) * (right - left)
    real = np.isfinite(values) & (values >= _value(objective, higher) - drop)
    return tuple(Minimum((float(point),), float(value)) for point, value in zip(points[real], values[real]))


def _bisect(objective: Objective, left: Array, right: Array) -> Array:
    """(n,) with negative slopes, (n,) with positive slopes -> (n,): where the slope changes sign, to the last bit."""
    for _ in range(HALVINGS):
        middle = left + (right - left) / 2
        slope = _slope(objective, middle)
        # Both ends move to an exact zero, and to an undefined kink such as that of |x| at 0.
        here = ~(slope < 0) & ~(slope > 0)
        left = np.where((slope < 0) | here, middle, left)
        right = np.where((slope > 0) | here, middle, right)
    closer = np.abs(_slope(objective, left)) <= np.abs(_slope(objective, right))
    return plain(objective, np.where(closer, left, right)[:, None])[:, 0]


def _slope(objective: Objective, places: Array) -> Array:
    """(n,) -> (n,)"""
    return np.asarray(objective.gradient(places[:, None]))[:, 0]


def _value(objective: Objective, places: Array) -> Array:
    """(n,) -> (n,)"""
    return np.asarray(objective.value(places[:, None]))
