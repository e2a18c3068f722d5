"""Finds minima of functions of two variables: a scan of the domain, then Newton's method to the last digits."""

from __future__ import annotations

import numpy as np

from gdsim.objective import Array, Minimum, Objective

# The scan's cells along each side.
CELLS = 120
# More candidates than this do not make a picture of separate valleys; the lowest are kept.
MOST = 200
# A minimum may be this many times further below its cell than the cell's neighbours are above it.
SLACK = 10.0
# The number of halvings in the walk downhill from a cell, and of Newton's steps after it.
HALVINGS, NEWTON_STEPS = 20, 60
# Once a step fails even at this fraction of its length, the search ends.
LEAST_SHARE = 1e-4
# Around a minimum, a ring of this radius (per side of the domain) rises everywhere, by this fraction of its most.
RING, LEAST_RISE = 1e-4, 1e-9
# Newton's method has arrived if its next step is shorter than this fraction of the side or, at a kink, if a ring
# of that radius rises. Two minima nearer than ten times that are the same.
ARRIVED = 1e-6
# A minimum is rounded to this many decimals if the result is no worse.
PLAIN_DIGITS = 12


def find_hollows(objective: Objective) -> tuple[Minimum, ...]:
    """The local minima inside the domain of a function of two variables, sorted by position: see `find_minima`."""
    low, high = np.array(objective.domain).T
    side = float((high - low).min())
    points, floors = _lowest_cells(objective, low, high)
    points = _walk_down(objective, points, (high - low) / CELLS)
    points = plain(objective, _newton(objective, points, side / CELLS))
    inside = ((low < points) & (points < high)).all(axis=-1) & (np.asarray(objective.value(points)) >= floors)
    points = points[inside][_surrounded(objective, points[inside], RING * side)]
    points = points[_arrived(objective, points, ARRIVED * side)]
    values = np.asarray(objective.value(points))
    found: list[Minimum] = []
    for place in np.argsort(values, kind="stable"):
        point = points[place]
        if all(np.abs(point - np.array(one.point)).max() > 10 * ARRIVED * side for one in found):
            found.append(Minimum(tuple(point.tolist()), float(values[place])))
    return tuple(sorted(found, key=lambda minimum: minimum.point))


def plain(objective: Objective, points: Array) -> Array:
    """(n, dims) -> (n, dims): each point rounded (1e-17 to 0) if it is then no higher and no steeper."""
    rounded = np.round(points, PLAIN_DIGITS) + 0.0  # -0.0 reads badly on screen
    steeper = (np.abs(objective.gradient(rounded)) > np.abs(objective.gradient(points))).any(axis=-1)
    chosen = (objective.value(rounded) <= objective.value(points)) & ~steeper
    return np.where(chosen[:, None], rounded, points)


def _lowest_cells(objective: Objective, low: Array, high: Array) -> tuple[Array, Array]:
    """The points (n, 2) of the scan that are no higher than their eight neighbours, lowest first.

    And the lowest value (n,) that a minimum found from there may have; a pole falls further.
    """
    x, y = (np.linspace(*edges, CELLS + 1) for edges in zip(low, high))
    grid = np.stack(np.meshgrid(x, y), axis=-1)
    heights = np.asarray(objective.value(grid))
    heights = np.where(np.isnan(heights), np.inf, heights)
    inner = heights[1:-1, 1:-1]
    around = [
        heights[1 + down : CELLS + down, 1 + right : CELLS + right]
        for down in (-1, 0, 1)
        for right in (-1, 0, 1)
        if down or right
    ]
    highest = np.max(np.where(np.isfinite(around), around, inner), axis=0)
    hollow = np.isfinite(inner) & (inner <= np.min(around, axis=0)) & (inner < np.max(around, axis=0))
    order = np.argsort(inner[hollow], kind="stable")[:MOST]
    floors = inner - SLACK * (highest - inner)
    return grid[1:-1, 1:-1][hollow][order], floors[hollow][order]


def _walk_down(objective: Objective, points: Array, width: Array) -> Array:
    """(n, 2) -> (n, 2): repeatedly the lowest of nine points, at half the width each time; kinks do not matter."""
    compass = np.array([(right, down) for right in (0, -1, 1) for down in (0, -1, 1)], dtype=float)
    for _ in range(HALVINGS):
        places = points[:, None] + compass * width
        heights = np.asarray(objective.value(places))
        lowest = np.argmin(np.where(np.isnan(heights), np.inf, heights), axis=1)
        points = np.take_along_axis(places, lowest[:, None, None], axis=1)[:, 0]
        width = width / 2
    return points


def _newton(objective: Objective, points: Array, longest: float) -> Array:
    """(n, 2) -> (n, 2): Newton's steps with |H|, which always point downhill, none longer than `longest`.

    A step that leads neither to a lower point nor, inside a bowl, to a flatter one is tried again at a quarter.
    """
    share = np.ones(len(points))
    values, slopes = objective.value(points), objective.gradient(points)
    for _ in range(NEWTON_STEPS):
        moves, bowl = _newton_moves(slopes, _hessians(objective, points), longest)
        places = points + share[:, None] * moves
        new_values, new_slopes = objective.value(places), objective.gradient(places)
        flatter = bowl & (np.abs(new_slopes).max(axis=-1) < np.abs(slopes).max(axis=-1))
        better = ((new_values < values) | flatter) & np.all(np.isfinite(new_slopes), axis=-1)
        points = np.where(better[:, None], places, points)
        values, slopes = np.where(better, new_values, values), np.where(better[:, None], new_slopes, slopes)
        share = np.where(better, np.minimum(1.0, 4 * share), share / 4)
        if share.max(initial=0.0) < LEAST_SHARE:
            break
    return points


def _newton_moves(slopes: Array, hessians: Array, longest: float) -> tuple[Array, np.ndarray]:
    """Moves (n, 2), zero where a number is not finite; and (n,) of bool, whether both curvatures are positive."""
    bends, axes, sound = _bends(hessians)
    along = np.einsum("nij,ni->nj", axes, np.where(sound[:, None], slopes, 0.0))
    moves = -np.einsum("nij,nj->ni", axes, along / np.maximum(np.abs(bends), 1e-300))
    moves = np.where(np.isfinite(moves), moves, 0.0)
    lengths = np.sqrt(np.sum(moves * moves, axis=-1))
    return moves * np.minimum(1.0, longest / np.maximum(lengths, 1e-300))[:, None], sound & (bends[:, 0] > 0)


def _bends(hessians: Array) -> tuple[Array, Array, np.ndarray]:
    """Eigenvalues (n, 2), eigenvectors (n, 2, 2) as columns, and whether each Hessian is finite; if not, those of I."""
    sound = np.all(np.isfinite(hessians), axis=(-1, -2))
    bends, axes = np.linalg.eigh(np.where(sound[:, None, None], hessians, np.eye(2)))
    return bends, axes, sound


def _hessians(objective: Objective, points: Array) -> Array:
    """(n, 2) -> (n, 2, 2): the Hessians, differenced centrally if the objective has none."""
    if objective.hessian is not None:
        return np.asarray(objective.hessian(points))
    width = 1e-5
    shifts = width * np.eye(2)[:, None]
    columns = (objective.gradient(points + shifts) - objective.gradient(points - shifts)) / (2 * width)
    return (np.moveaxis(columns, 0, -1) + np.moveaxis(columns, 0, -2)) / 2


def _surrounded(objective: Objective, points: Array, radius: float) -> np.ndarray:
    """(n,) of bool: whether a ring around each point rises everywhere, even along a level valley floor."""
    angles = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    ring = np.broadcast_to(np.stack([np.cos(angles), np.sin(angles)], axis=-1), (len(points), 16, 2))
    axes = np.swapaxes(_bends(_hessians(objective, points))[1], -1, -2)
    directions = np.concatenate([ring, axes, -axes], axis=1)
    values = np.asarray(objective.value(points))[:, None]
    rises = np.asarray(objective.value(points[:, None] + radius * directions)) - values
    return np.isfinite(values[:, 0]) & (rises.min(axis=1) > LEAST_RISE * rises.max(axis=1)) & (rises.min(axis=1) > 0)


def _arrived(objective: Objective, points: Array, width: float) -> np.ndarray:
    """(n,) of bool: whether each point is a minimum to within `width`, not merely on the way to one."""
    slopes = np.asarray(objective.gradient(points))
    sound = np.all(np.isfinite(slopes), axis=-1)
    moves, bowl = _newton_moves(np.where(sound[:, None], slopes, 0.0), _hessians(objective, points), np.inf)
    level = sound & (bowl | np.all(slopes == 0, axis=-1)) & (np.abs(moves).max(axis=-1, initial=0.0) < width)
    return level | _surrounded(objective, points, width)
