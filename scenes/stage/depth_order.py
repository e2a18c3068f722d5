"""A mesh seen from one eye: its projected vertices, which faces are visible, and in which order they overlap."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from scenes.stage.camera import Array
from scenes.stage.mesh import Indices, Mesh, Space
from scenes.stage.view import View


class Seen(NamedTuple):
    """A mesh seen through one view.

    flat: (vertices, 2) frame points, of the bands' vertices. nearness: (faces,) towards the eye, in world units.
    upward: (faces,) whether a face's top is seen. layer: (faces,) steps to the eye: no two faces of a layer hide each
    other, and faces of a lower layer may hide those of a higher one, never the other way round.
    """

    flat: Array
    nearness: Array
    upward: Any
    layer: Indices


def look_at(mesh: Mesh, world: Array, view: View, space: Space, resolution: int) -> Seen:
    """Project all vertices (n, 3) at once, the mesh's first, and say how far each face is, in steps over mesh edges.

    A sight line, seen from above, comes nearer to the eye's row and column of cells with every mesh line that it
    crosses, so the number of rows and columns that are left orders the faces without any depth.
    """
    flat, nearness, _ = view.look(world)
    corners = flat[mesh.faces]
    (ax, ay), (bx, by) = (corners[:, 2] - corners[:, 0]).T, (corners[:, 3] - corners[:, 1]).T
    eye = (view.eye[:2] / np.array(space.size[:2]) + 0.5) * resolution
    steps = np.abs(mesh.cells - np.floor(eye).astype(np.int64)).sum(axis=1)
    across = eye - mesh.cells
    nearer_half = np.where(across[:, 0] > across[:, 1], 1, 2)
    behind = (mesh.halves > 0) & (mesh.halves != nearer_half)
    return Seen(
        flat=flat,
        nearness=nearness[mesh.faces].mean(axis=1),
        upward=ax * by - ay * bx > 0,
        layer=2 * steps + behind,
    )


def nearer_faces(mesh: Mesh, seen: Seen) -> tuple[Indices, Indices]:
    """The nearer of the faces on both sides of each edge (edges,), and its layer (edges,)."""
    first, second = mesh.sides.T
    far_away = np.iinfo(np.int64).max
    second_layer = np.where(second < 0, far_away, seen.layer[second])
    owner = np.where(second_layer < seen.layer[first], second, first)
    return owner, seen.layer[owner]


def is_hem(mesh: Mesh, seen: Seen) -> Any:
    """Which edges border on something else than the surface, seen through this view: (edges,) of bool."""
    first, second = mesh.sides.T
    return (second < 0) | (seen.upward[first] != seen.upward[second])
