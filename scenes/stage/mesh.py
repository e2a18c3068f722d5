"""A loss over two parameters in the world: the box around it, and the mesh of faces that is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from gdsim.objective import Array

Indices = NDArray[np.int64]
Loss = Callable[[Array], Array]
Edge = Literal["square", "disc", "level"]


@dataclass(frozen=True)
class Space:
    """The box around a loss over two parameters, with its middle at the world's origin.

    domain: (low, high) of each parameter, in the objective's own units.
    losses: the losses at the box's bottom and top; values beyond them are drawn there.
    size: the box in world units.
    gap: how far the floor is below the box, in world units.
    stretch: height as a function of the fraction of the loss range, both from 0 to 1 (see `data_range.logarithmic`).
    """

    domain: tuple[tuple[float, float], tuple[float, float]]
    losses: tuple[float, float]
    size: tuple[float, float, float] = (5.0, 5.0, 2.0)
    gap: float = 0.0
    stretch: Callable[[Array], Array] | None = None

    @property
    def floor(self) -> float:
        """The floor's world height."""
        return -self.size[2] / 2 - self.gap

    def fraction(self, losses: Any) -> Array:
        """Losses (...,) -> heights (...,), 0 at the box's bottom, 1 at its top; NaN is at the top."""
        low, high = self.losses
        shown = np.clip(np.nan_to_num(np.asarray(losses, dtype=float), nan=high), low, high)
        part = np.clip((shown - low) / (high - low), 0.0, 1.0)
        return part if self.stretch is None else np.asarray(self.stretch(part))

    def plan(self, points: Any) -> Array:
        """Parameters (..., 2) -> world x and y (..., 2)."""
        low, high = np.array(self.domain, dtype=float).T
        return ((np.asarray(points, dtype=float) - low) / (high - low) - 0.5) * np.array(self.size[:2])

    def place(self, points: Any, losses: Any) -> Array:
        """Parameters (..., 2) with their losses (...,) -> world points (..., 3)."""
        heights = (self.fraction(losses) - 0.5) * self.size[2]
        return np.concatenate([self.plan(points), heights[..., None]], axis=-1)

    def on_floor(self, points: Any) -> Array:
        """Parameters (..., 2) -> world points (..., 3) on the floor."""
        flat = self.plan(points)
        return np.concatenate([flat, np.full((*flat.shape[:-1], 1), self.floor)], axis=-1)


@dataclass(frozen=True)
class Mesh:
    """The drawn part of a height field, computed once.

    grid: (vertices, 2) in cells: whole numbers on the mesh lines.
    points: (vertices, 2) in the objective's units; losses: (vertices,); world: (vertices, 3).
    faces: (faces, 4) vertex numbers, anticlockwise from above; a triangle names its last vertex twice.
    cells: (faces, 2) the cell each face lies in; halves: (faces,) 0 a whole cell, 1 its right half, 2 its left.
    edges: (edges, 2) vertex numbers; sides: (edges, 2) the faces on both sides, -1 where there is none.
    """

    grid: Array
    points: Array
    losses: Array
    world: Array
    faces: Indices
    cells: Indices
    halves: Indices
    edges: Indices
    sides: Indices


def build_mesh(space: Space, loss: Loss, resolution: int, edge: Edge = "square") -> Mesh:
    """Cut the domain into resolution × resolution cells and keep what is inside `edge`.

    square: all of the domain. disc: the ellipse that touches its sides. level: where the loss is within
    `space.losses`, so that the surface ends in a level rim.
    """
    steps = np.arange(resolution + 1.0)
    grid = np.stack(np.meshgrid(steps, steps, indexing="ij"), axis=-1).reshape(-1, 2)
    number = np.arange(len(grid)).reshape(resolution + 1, resolution + 1)
    corners = np.stack([number[:-1, :-1], number[1:, :-1], number[1:, 1:], number[:-1, 1:]], axis=-1).reshape(-1, 4)
    cells = np.stack(np.divmod(np.arange(resolution**2), resolution), axis=-1)

    beyond = beyond_edge(space, loss, edge)
    outside = beyond(_parameters(space, grid, resolution)) > 0
    whole = ~outside[corners].any(axis=1)
    cut = outside[corners].any(axis=1) & ~outside[corners].all(axis=1)

    triangles = np.concatenate([corners[cut][:, [0, 1, 2]], corners[cut][:, [0, 2, 3]]])
    triangle_cells = np.concatenate([cells[cut], cells[cut]])
    triangle_halves = np.repeat([1, 2], cut.sum())
    crossings: dict[tuple[int, int], int] = {}
    pieces = [_clip(triangle, outside, crossings, len(grid)) for triangle in triangles.tolist()]
    kept = np.array([bool(piece) for piece in pieces], dtype=bool)
    clipped = np.array([piece for piece in pieces if piece], dtype=np.int64).reshape(-1, 4)

    if crossings:
        ends = grid[np.array(list(crossings))]
        part = root(lambda points: beyond(_parameters(space, points, resolution)), ends[:, 0], ends[:, 1])
        grid = np.concatenate([grid, ends[:, 0] + part[:, None] * (ends[:, 1] - ends[:, 0])])
    points = _parameters(space, grid, resolution)
    losses = np.asarray(loss(points), dtype=float)
    faces = np.concatenate([corners[whole], clipped])
    edges, sides = _edges(faces)
    return Mesh(
        grid=grid,
        points=points,
        losses=losses,
        world=space.place(points, losses),
        faces=faces,
        cells=np.concatenate([cells[whole], triangle_cells[kept]]),
        halves=np.concatenate([np.zeros(whole.sum(), dtype=np.int64), triangle_halves[kept]]),
        edges=edges,
        sides=sides,
    )


def beyond_edge(space: Space, loss: Loss, edge: Edge) -> Callable[[Array], Array]:
    """Parameters (..., 2) -> (...,): positive outside the drawn part, negative inside, zero on its rim."""
    if edge == "disc":
        return lambda points: np.sum((space.plan(points) * 2 / np.array(space.size[:2])) ** 2, axis=-1) - 1.0
    if edge == "level":
        top = space.losses[1]
        return lambda points: np.nan_to_num(np.asarray(loss(points)) - top, nan=np.inf)
    return lambda points: np.full(points.shape[:-1], -1.0)


def _parameters(space: Space, grid: Array, resolution: int) -> Array:
    """Grid coordinates (..., 2) -> the objective's units (..., 2)."""
    low, high = np.array(space.domain, dtype=float).T
    return low + (high - low) * grid / resolution


def _clip(triangle: list[int], outside: Any, crossings: dict[tuple[int, int], int], first: int) -> list[int]:
    """The part of a triangle that is inside, as four vertex numbers (the last one twice for a triangle), or none.

    A vertex on the rim is numbered `first` and up; `crossings` says which two grid vertices it lies between.
    """
    corners: list[int] = []
    for here, there in zip(triangle, [*triangle[1:], triangle[0]]):
        if not outside[here]:
            corners.append(here)
        if outside[here] != outside[there]:
            pair = (min(here, there), max(here, there))
            corners.append(crossings.setdefault(pair, first + len(crossings)))
    return [*corners, *corners[-1:] * (4 - len(corners))] if corners else []


def root(value: Callable[[Array], Array], start: Array, end: Array, halvings: int = 30) -> Array:
    """Where `value` changes its sign between `start` and `end` (..., 2), as a fraction (...,) of the way; bisection."""
    rising = value(start) < value(end)
    low, high = np.zeros(start.shape[:-1]), np.ones(start.shape[:-1])
    for _ in range(halvings):
        middle = (low + high) / 2
        after = (value(start + middle[..., None] * (end - start)) > 0) == rising
        low, high = np.where(after, low, middle), np.where(after, middle, high)
    return (low + high) / 2


def _edges(faces: Indices) -> tuple[Indices, Indices]:
    """The edges of the faces (edges, 2), each once, and the one or two faces it bounds (edges, 2)."""
    ends = np.stack([faces, np.roll(faces, -1, axis=1)], axis=-1).reshape(-1, 2)
    owners = np.repeat(np.arange(len(faces)), 4)
    real = ends[:, 0] != ends[:, 1]
    ends, owners = np.sort(ends[real], axis=1), owners[real]
    edges, inverse = np.unique(ends, axis=0, return_inverse=True)
    inverse = inverse.reshape(-1)
    order = np.argsort(inverse, kind="stable")
    place = np.arange(len(order)) - np.searchsorted(inverse[order], inverse[order])
    sides = np.full((len(edges), 2), -1, dtype=np.int64)
    sides[inverse[order], place] = owners[order]
    return edges, sides
