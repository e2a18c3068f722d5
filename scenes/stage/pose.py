"""The pose of an eye from which a picture fills its box at every azimuth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scenes.stage.box import Box
from scenes.stage.camera import Array
from scenes.stage.view import View

# An elevation that costs less than this share of the size is worth the better view of the floor.
NEGLIGIBLE = 0.01


def fill(
    view: View,
    box: Box,
    world: Array,
    labels: Sequence[tuple[Array, tuple[float, float]]],
    azimuths: Sequence[float],
    elevations: Sequence[float],
) -> None:
    """Set the zoom, elevation and centre at which everything is largest and inside `box` from every azimuth.

    world: points (n, 3) of what is drawn. labels: world point (3,) of a label's centre, and its (width, height) in
    frame units, which no zoom changes. Of elevations that serve equally well, the highest is taken.
    """
    points = np.concatenate([world, *(place[None] for place, _ in labels)])
    half = np.zeros((len(points), 2))
    half[len(world) :] = np.array([size for _, size in labels]).reshape(-1, 2) / 2
    found = []
    for elevation in elevations:
        view.set_elevation(elevation).set_zoom(1.0).set_centre(0.0, 0.0)
        seen = np.concatenate([view.set_azimuth(azimuth).look(points)[0] for azimuth in azimuths])
        found.append((_largest(seen, np.tile(half, (len(azimuths), 1)), box), elevation, seen))
    largest = max(zoom for zoom, _, _ in found)
    zoom, elevation, seen = max(
        (one for one in found if one[0] >= (1 - NEGLIGIBLE) * largest), key=lambda one: (one[1], one[0])
    )
    low, high = _extent(seen, np.tile(half, (len(azimuths), 1)), zoom)
    centre = np.array(box.centre) - (low + high) / 2
    view.set_elevation(elevation).set_zoom(zoom).set_centre(float(centre[0]), float(centre[1]))


def _extent(seen: Array, half: Array, zoom: float) -> tuple[Array, Array]:
    """The lower left and the upper right corner, both (2,), of what is seen (n, 2) at a zoom."""
    return (zoom * seen - half).min(axis=0), (zoom * seen + half).max(axis=0)


def _largest(seen: Array, half: Array, box: Box) -> float:
    """The largest zoom at which everything fits into the box, by bisection."""
    room, low, high = np.array([box.width, box.height]), 0.0, 100.0
    for _ in range(40):
        middle = (low + high) / 2
        lower, upper = _extent(seen, half, middle)
        low, high = (middle, high) if np.all(upper - lower <= room) else (low, middle)
    return low
