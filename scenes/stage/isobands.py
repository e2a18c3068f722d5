"""A mesh cut along level lines into bands of a single colour, which look smooth and are quick to fill."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from scenes.stage.camera import Array
from scenes.stage.mesh import Indices, Mesh

SIDES = 6


class Bands(NamedTuple):
    """The faces of a mesh, cut where the surface passes from one band of heights to the next.

    world: (vertices, 3), the mesh's own first. pieces: (pieces, 6) vertex numbers, the last one repeated.
    faces: (pieces,) the face each is a part of. bands: (pieces,) from 0.
    """

    world: Array
    pieces: Indices
    faces: Indices
    bands: Indices


def cut_into_bands(mesh: Mesh, count: int, low: float, high: float) -> Bands:
    """Cut `mesh` into `count` bands of equal height between the world heights `low` and `high`.

    Neighbouring faces are cut at the same points of their common edge, so that no gap opens between pieces.
    """
    heights = np.clip((mesh.world[:, 2] - low) / (high - low), 0.0, 1.0) * count
    level_of = heights.tolist()
    cuts: dict[tuple[int, int, int], int] = {}
    pieces: list[list[int]] = []
    owners: list[int] = []
    bands: list[int] = []
    for face, corners in enumerate(mesh.faces.tolist()):
        ring = [corner for corner, following in zip(corners, [*corners[1:], corners[0]]) if corner != following]
        inside = [level_of[corner] for corner in ring]
        first = min(int(min(inside)), count - 1)
        last = max(first, min(int(np.ceil(max(inside))), count) - 1)
        if first == last:
            pieces.append(ring)
            owners.append(face)
            bands.append(first)
            continue
        divided = _divide(ring, level_of, cuts, len(heights))
        for band in range(first, last + 1):
            piece = [vertex for vertex, level in divided if band <= level <= band + 1]
            if len(piece) > 2:
                pieces.append(piece)
                owners.append(face)
                bands.append(band)
    return Bands(
        world=np.concatenate([mesh.world, _cut_points(mesh, level_of, cuts)]),
        pieces=np.array([(piece + piece[-1:] * SIDES)[:SIDES] for piece in pieces], dtype=np.int64).reshape(-1, SIDES),
        faces=np.array(owners, dtype=np.int64),
        bands=np.array(bands, dtype=np.int64),
    )


def _divide(
    ring: list[int], level_of: list[float], cuts: dict[tuple[int, int, int], int], first: int
) -> list[tuple[int, float]]:
    """The corners of a face with the points between them where a whole level is crossed: (vertex, level) each."""
    divided: list[tuple[int, float]] = []
    for here, there in pairwise([*ring, ring[0]]):
        start, end = level_of[here], level_of[there]
        divided.append((here, start))
        between = range(int(np.floor(min(start, end))) + 1, int(np.ceil(max(start, end))))
        low, high = min(here, there), max(here, there)
        for level in between if start < end else reversed(between):
            vertex = cuts.setdefault((low, high, level), first + len(cuts))
            divided.append((vertex, float(level)))
    return divided


def _cut_points(mesh: Mesh, level_of: list[float], cuts: dict[tuple[int, int, int], int]) -> Array:
    """Where each cut lies in the world (cuts, 3)."""
    if not cuts:
        return np.zeros((0, 3))
    low, high, level = np.array(list(cuts), dtype=np.int64).T
    levels = np.array(level_of)
    part = (level - levels[low]) / (levels[high] - levels[low])
    return mesh.world[low] + part[:, None] * (mesh.world[high] - mesh.world[low])
