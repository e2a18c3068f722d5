"""Contour lines of a mesh, computed once and drawn on the surface and on the floor."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scenes.stage.camera import Array
from scenes.stage.mesh import Indices, Loss, Mesh, root


class Contour(NamedTuple):
    """Where the loss is `level`: loose segments across the mesh's faces.

    low, high: (segments, 2) the vertices of the mesh edge that each end lies on; ends on the same edge meet.
    faces: (segments,) the face under each.
    """

    level: float
    low: Indices
    high: Indices
    faces: Indices


def contour(mesh: Mesh, level: float) -> Contour:
    """The line of one level, by marching over the mesh's triangles."""
    faces = mesh.faces
    triangles = np.concatenate([faces[:, [0, 1, 2]], faces[:, [0, 2, 3]]])
    owners = np.tile(np.arange(len(faces)), 2)
    above = mesh.losses[triangles] > level
    crossed = above != np.roll(above, -1, axis=1)
    hit = (crossed.sum(axis=1) == 2) & (triangles[:, 1] != triangles[:, 2])
    triangles = triangles[hit]
    first = np.argsort(~crossed[hit], axis=1, kind="stable")[:, :2]
    starts = np.take_along_axis(triangles, first, axis=1)
    ends = np.take_along_axis(triangles, (first + 1) % 3, axis=1)
    return Contour(level, np.minimum(starts, ends), np.maximum(starts, ends), owners[hit])


def on_mesh(mesh: Mesh, line: Contour, height: float) -> Array:
    """A contour at the world height of its level, lying on the mesh's faces: (segments, 2, 3) world points."""
    low, high = mesh.world[line.low], mesh.world[line.high]
    rise = high[..., 2] - low[..., 2]
    part = np.clip((height - low[..., 2]) / np.where(rise == 0, 1.0, rise), 0.0, 1.0)
    return low + part[..., None] * (high - low)


def exactly(mesh: Mesh, line: Contour, loss: Loss, halvings: int = 30) -> Array:
    """A contour at which the loss itself, not the mesh, has its level: (segments, 2, 2) in the objective's units.

    It is looked for along each edge of the mesh, halved so many times.
    """
    low, high = mesh.points[line.low], mesh.points[line.high]
    part = root(lambda points: np.asarray(loss(points)) - line.level, low, high, halvings)
    return low + part[..., None] * (high - low)


def chain(segments: Array, line: Contour) -> list[Array]:
    """Join a contour's segments (n, 2, 2) into polylines (k, 2)."""
    meetings = line.low * (int(line.high.max(initial=0)) + 1) + line.high
    neighbours: dict[int, list[int]] = {}
    for row, pair in enumerate(meetings.tolist()):
        for meeting in pair:
            neighbours.setdefault(meeting, []).append(row)
    pairs, unused = meetings.tolist(), set(range(len(meetings)))
    open_ends = [row for rows in neighbours.values() if len(rows) == 1 for row in rows]
    polylines = []
    for first in [*open_ends, *range(len(pairs))]:
        if first not in unused:
            continue
        start = 1 if len(neighbours[pairs[first][0]]) > 1 and len(neighbours[pairs[first][1]]) == 1 else 0
        row, polyline = first, [segments[first, start]]
        while True:
            unused.discard(row)
            polyline.append(segments[row, 1 - start])
            meeting = pairs[row][1 - start]
            row = next((other for other in neighbours[meeting] if other in unused), -1)
            if row < 0:
                break
            start = pairs[row].index(meeting)
        polylines.append(np.array(polyline))
    return polylines


def thin(line: Array, tolerance: float) -> Array:
    """Leave out points of a polyline (n, 2) that change it by less than `tolerance` (Douglas and Peucker, 1973)."""
    keep = np.zeros(len(line), dtype=bool)
    keep[[0, len(line) // 2, -1]] = True
    spans = [(0, len(line) // 2), (len(line) // 2, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        along = line[last] - line[first]
        length = float(np.hypot(*along))
        offset = line[first + 1 : last] - line[first]
        stray = np.abs(offset[:, 0] * along[1] - offset[:, 1] * along[0]) / length if length else np.hypot(*offset.T)
        worst = int(np.argmax(stray))
        if stray[worst] > tolerance:
            keep[first + 1 + worst] = True
            spans += [(first, first + 1 + worst), (first + 1 + worst, last)]
    return line[keep]
