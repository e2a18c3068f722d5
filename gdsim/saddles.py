"""Finds the saddle points of a function of two variables: level ground that rises one way and falls another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdsim.objective import Array, Objective

# Newton's method starts from so many places along each side of the domain.
STARTS = 24
NEWTON_STEPS = 60
# It moves at most this share of a side at once, and has arrived if its next move is shorter than the other.
LONGEST, ARRIVED = 0.05, 1e-10
# Of two curvatures, neither may be less than this share of the other: else the ground is level along one of them.
LEVEL = 1e-3
# A saddle point is rounded to this many decimals if the slope there is no larger.
PLAIN_DIGITS = 12


@dataclass(frozen=True)
class Saddle:
    """A place without slope where the ground curves up one way and down another.

    point: its coordinates. value: the objective there. up, down: its curvatures, one positive and one negative.
    up_way, down_way: the directions, of length 1 and at a right angle, in which these hold.
    """

    point: tuple[float, float]
    value: float
    up: float
    down: float
    up_way: tuple[float, float]
    down_way: tuple[float, float]


def find_saddles(objective: Objective) -> tuple[Saddle, ...]:
    """The saddle points inside the domain of a function of two variables, nearest to its middle first.

    Those with a curvature of zero, as the monkey saddle has, do not count; of two very near ones, one may be missed.
    """
    low, high = np.array(objective.domain).T
    side = float((high - low).min())
    found: list[Saddle] = []
    with np.errstate(all="ignore"):
        points = _newton(objective, _grid(low, high), side)
        for point in points[np.argsort(np.linalg.norm(points - (low + high) / 2, axis=1), kind="stable")]:
            near = any(np.abs(point - np.array(one.point)).max() < 1e-6 * side for one in found)
            saddle = None if near else saddle_at(objective, point)
            if saddle is not None and ((low < point) & (point < high)).all():
                found.append(saddle)
    return tuple(found)


def saddle_at(objective: Objective, point: Array) -> Saddle | None:
    """What a level place (2,) is if the ground curves both ways there, else None."""
    try:
        bends, ways = objective.curvatures(point)
    except np.linalg.LinAlgError:
        return None
    down, up = bends.tolist()
    if not down < 0 < up or min(up, -down) < LEVEL * max(up, -down):
        return None
    x, y = point.tolist()
    return Saddle((x, y), float(objective.value(point)), up, down, _pair(ways[:, 1]), _pair(ways[:, 0]))


def _grid(low: Array, high: Array) -> Array:
    """(n, 2): the middles of equal cells; the grid's own middle is none of them."""
    shares = (np.arange(STARTS) + 0.5) / STARTS
    x, y = np.meshgrid(*(low[axis] + shares * (high - low)[axis] for axis in (0, 1)))
    return np.column_stack([x.ravel(), y.ravel()])


def _newton(objective: Objective, points: Array, side: float) -> Array:
    """(n, 2) -> (m, 2): where Newton's method for a zero of the gradient arrives."""
    moves = np.full(points.shape, np.inf)
    for _ in range(NEWTON_STEPS):
        moves = _moves(objective, points)
        lengths = np.linalg.norm(moves, axis=1, keepdims=True)
        points = points + moves * np.minimum(1.0, LONGEST * side / np.maximum(lengths, 1e-300))
    arrived = np.isfinite(points).all(axis=1) & (np.abs(moves).max(axis=1) < ARRIVED * side)
    points = points[arrived]
    rounded = np.round(points, PLAIN_DIGITS) + 0.0  # -0.0 reads badly on screen
    steeper = np.abs(objective.gradient(rounded)) > np.abs(objective.gradient(points))
    return np.where(steeper.any(axis=1, keepdims=True), points, rounded)


def _moves(objective: Objective, points: Array) -> Array:
    """(n, 2): Newton's moves; NaN where there is none."""
    slopes, hessians = np.asarray(objective.gradient(points)), _hessians(objective, points)
    (a, b), (c, d) = np.moveaxis(hessians, (-2, -1), (0, 1))
    moves = np.stack([d * slopes[:, 0] - b * slopes[:, 1], a * slopes[:, 1] - c * slopes[:, 0]], axis=-1)
    moves = -moves / (a * d - b * c)[:, None]
    return np.where((slopes == 0).all(axis=1, keepdims=True), 0.0, moves)


def _hessians(objective: Objective, points: Array) -> Array:
    if objective.hessian is not None:
        return np.asarray(objective.hessian(points))
    shifts = 1e-5 * np.eye(2)[:, None]
    columns = (objective.gradient(points + shifts) - objective.gradient(points - shifts)) / 2e-5
    return (np.moveaxis(columns, 0, -1) + np.moveaxis(columns, 0, -2)) / 2


def _pair(way: Array) -> tuple[float, float]:
    x, y = way.tolist()
    return x, y
