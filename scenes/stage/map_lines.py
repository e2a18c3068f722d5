"""Contour lines of a function over any rectangle, as polylines in the function's own units."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gdsim import Objective
from gdsim.objective import Array
from scenes.stage.contours import chain, contour, exactly, thin
from scenes.stage.mesh import Loss, Mesh

# Points that change a line by less than this share of the rectangle's size are left out.
STRAY = 2e-4
Sides = tuple[tuple[float, float], tuple[float, float]]


def grid_mesh(objective: Objective, sides: Sides, cells: tuple[int, int]) -> Mesh:
    """The mesh of an objective over a rectangle, only for contours."""
    return value_mesh(objective.value, sides, cells)


def value_mesh(value: Loss, sides: Sides, cells: tuple[int, int]) -> Mesh:
    """The rectangle cut into cells, only for contours: it has no edges and no place in the world."""
    axes = [np.linspace(low, high, count + 1) for (low, high), count in zip(sides, cells)]
    points = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 2)
    with np.errstate(all="ignore"):
        losses = np.asarray(value(points), dtype=float)
    number = np.arange(len(points)).reshape(cells[0] + 1, cells[1] + 1)
    corners = (number[:-1, :-1], number[1:, :-1], number[1:, 1:], number[:-1, 1:])
    nothing = np.zeros((0, 2), dtype=np.int64)
    return Mesh(
        grid=points,
        points=points,
        losses=losses,
        world=np.zeros((len(points), 3)),
        faces=np.stack(corners, axis=-1).reshape(-1, 4),
        cells=nothing,
        halves=nothing[:, 0],
        edges=nothing,
        sides=nothing,
    )


def level_lines(objective: Objective, mesh: Mesh, levels: Sequence[float]) -> list[tuple[float, Array]]:
    """(level, polyline (n, 2)) for every piece of every level's line."""
    return [(level, line) for level in levels for line in lines_at(objective.value, mesh, level)]


def lines_at(value: Loss, mesh: Mesh, level: float, halvings: int = 30) -> list[Array]:
    """Polylines (n, 2) where a function is level: every piece. halvings: of an edge of the mesh in search of it."""
    size = float(np.ptp(mesh.points, axis=0).max()) if len(mesh.points) else 1.0
    with np.errstate(all="ignore"):
        line = contour(mesh, level)
        pieces = chain(exactly(mesh, line, value, halvings), line)
        return [thin(piece, STRAY * size) for piece in pieces if len(piece) > 1]
