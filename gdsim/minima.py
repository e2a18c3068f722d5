"""Local minima computed from the gradient, never typed in."""

from __future__ import annotations

import numpy as np

from gdsim.objective import Array, Minimum, Objective

# Cells of the scan: two minima closer than a cell's width may be missed.
CELLS = 4000
# A floor may lie this many times lower than the slope at its cell's higher end explains; a pole falls further.
SLACK = 10.0


def find_minima(objective: Objective, cells: int = CELLS) -> tuple[Minimum, ...]:
    """The local minima of a function of one variable inside its domain, from left to right.

    Wherever the gradient turns from falling to rising, bisection narrows the place down to
    neighbouring doubles. A kink counts as a minimum; a pole, the domain's edges, and places where the
    function is not defined do not.

    Raises ValueError where the objective has more than one variable.
    """
    if objective.dims != 1:
        raise ValueError(f"find_minima takes a function of 1 variable, {objective.name} has {objective.dims}")
    grid = np.linspace(*objective.domain[0], cells + 1)
    with np.errstate(all="ignore"):
        slopes = _slope(objective, grid)
        signed = np.flatnonzero((slopes < 0) | (slopes > 0))  # neither zero nor undefined
        turns = (slopes[signed[:-1]] < 0) & (slopes[signed[1:]] > 0)
        left, right = grid[signed[:-1][turns]], grid[signed[1:][turns]]
        points = _bisect(objective, left, right)
        values = _value(objective, points)
        higher = np.where(_value(objective, left) >= _value(objective, right), left, right)
        drop = SLACK * np.abs(_slope(objective, higher)) * (right - left)
        floor = _value(objective, higher) - drop
        real = np.isfinite(values) & (values >= floor)
    return tuple(Minimum((float(point),), float(value)) for point, value in zip(points[real], values[real]))


def _bisect(objective: Objective, left: Array, right: Array) -> Array:
    """(n,) and (n,) with falling and rising slopes -> (n,): where the slope turns, to the last bit."""
    while True:
        middle = left + (right - left) / 2
        if not np.any((left < middle) & (middle < right)):
            break
        slope = _slope(objective, middle)
        # An exact zero draws both ends in; so does an undefined kink such as |x| at 0.
        here = ~(slope < 0) & ~(slope > 0)
        left = np.where((slope < 0) | here, middle, left)
        right = np.where((slope > 0) | here, middle, right)
    closer = np.abs(_slope(objective, left)) <= np.abs(_slope(objective, right))
    return np.where(closer, left, right) + 0.0  # -0.0 reads badly on screen


def _slope(objective: Objective, places: Array) -> Array:
    """(n,) -> (n,)"""
    return np.asarray(objective.gradient(places[:, None]))[:, 0]


def _value(objective: Objective, places: Array) -> Array:
    """(n,) -> (n,)"""
    return np.asarray(objective.value(places[:, None]))
