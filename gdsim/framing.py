"""Which part of a function is worth drawing, and where the ball should start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from gdsim.minima import find_minima
from gdsim.objective import Minimum, Objective

# Half-widths of the windows around 0 that are searched, one after the other, until one holds a minimum;
# for one variable, then for two.
WINDOWS = ((5.0, 20.0, 100.0, 2000.0), (5.0, 20.0, 100.0))
# Several minima fill this share of the window's half-width, so that the slopes around them show.
SPREAD = 0.6
# A single minimum stands in the middle of a map this far to each side.
ROOM = 5.0
# The map ends where it rises this many times as high as its middling places.
STEEPEST = 25.0
# Where along each side a start is tried first; the sides differ, lest a ball rolls along a line of symmetry.
SHARES = ((0.9, 0.1, 0.8, 0.2, 0.7, 0.3, 0.95, 0.6), (0.8, 0.3, 0.9, 0.1, 0.7, 0.2, 0.95, 0.6))
# A slope below this share of the steepest is no start worth watching.
GENTLEST = 1e-2


def framed(
    objective: Objective, domain: Sequence[tuple[float, float]] | None, start: Sequence[float] | None
) -> Objective:
    """The same objective with its domain, start and minima; those that are given are kept.

    Raises ValueError where `domain` or `start` has the wrong number of sides or coordinates.
    """
    with np.errstate(all="ignore"):
        sides = _choose_domain(objective) if domain is None else _checked(objective, domain)
        objective = replace(objective, domain=sides)
        minima = sorted(find_minima(objective), key=lambda minimum: (minimum.value, minimum.point))
        chosen = _choose_start(objective) if start is None else tuple(map(float, start))
    if len(chosen) != objective.dims:
        raise ValueError(f"{objective.name} starts at {objective.dims} coordinates, got {len(chosen)}")
    return replace(objective, minima=tuple(minima), start=chosen)


def _checked(objective: Objective, domain: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    sides = tuple((float(low), float(high)) for low, high in domain)
    if len(sides) != objective.dims or not all(np.isfinite(side).all() and side[0] < side[1] for side in sides):
        raise ValueError(
            f"{objective.name} needs {objective.dims} (low, high) in its domain, got {domain}; (-5, 5) works"
        )
    return sides


def _choose_domain(objective: Objective) -> tuple[tuple[float, float], ...]:
    """Around the minima nearest to 0; (-5, 5) where none is found. One variable: only where the function is defined."""
    minima: tuple[Minimum, ...] = ()
    for window in WINDOWS[objective.dims - 1]:
        minima = find_minima(replace(objective, domain=((-window, window),) * objective.dims))
        if minima:
            break
    domain = _around(minima, window) if minima else ((-ROOM, ROOM),) * objective.dims
    return domain if objective.dims == 2 else (_cut(objective, domain[0], minima),)


def _around(minima: tuple[Minimum, ...], window: float) -> tuple[tuple[float, float], ...]:
    """A map with all the minima in its middle part; the window itself where they fill it."""
    points = np.array([minimum.point for minimum in minima])
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    half = (points.max(axis=0) - points.min(axis=0)) / 2 / SPREAD
    if half.max() > window:
        return ((-window, window),) * len(middle)
    half = np.maximum(half, half.max() / 3) if half.max() > 0 else np.full(len(middle), ROOM)
    digits = 1 - int(np.floor(np.log10(half.min())))
    low, high = np.round(middle - half, digits) + 0.0, np.round(middle + half, digits) + 0.0
    return tuple(zip(low.tolist(), high.tolist()))


def _cut(objective: Objective, side: tuple[float, float], minima: tuple[Minimum, ...]) -> tuple[float, float]:
    """Of a map of one variable, the part around its minima that is defined and not far too steep to show them."""
    places = np.linspace(*side, 401)
    heights = np.asarray(objective.value(places[:, None]))
    sound = np.isfinite(heights)
    if not sound.any():
        return side
    hidden = np.flatnonzero(~sound)
    inside = [minimum.point[0] for minimum in minima if side[0] < minimum.point[0] < side[1]]
    if inside:
        rises = heights - np.min(heights, where=sound, initial=np.inf)
        hidden = np.flatnonzero(~sound | (rises > STEEPEST * np.median(rises[sound])))
        left, right = np.searchsorted(places, [min(inside), max(inside)])
        first = int(hidden[hidden < left].max(initial=-1)) + 1
        last = int(hidden[hidden > right].min(initial=len(places))) - 1
    else:
        edges = np.concatenate([[-1], hidden, [len(places)]])
        widest = len(edges) - 2 - int(np.argmax(np.diff(edges)[::-1]))  # of equals the right one
        first, last = int(edges[widest]) + 1, int(edges[widest + 1]) - 1
    cut = float(np.round(places[first], 6)) + 0.0, float(np.round(places[last], 6)) + 0.0
    return cut if last - first > 10 and cut[0] < cut[1] else side


def _choose_start(objective: Objective) -> tuple[float, ...]:
    """A round place in the map from which there is something to see: defined, and with a slope."""
    low, high = np.array(objective.domain).T
    digits = max(0, 1 - int(np.floor(np.log10((high - low).min()))))
    shares = np.array(list(product(*SHARES[: objective.dims])))
    points = np.round(low + (high - low) * shares, digits) + 0.0
    heights, slopes = objective.value(points), np.asarray(objective.gradient(points))
    steepness = np.abs(slopes).max(axis=-1)
    sound = np.isfinite(heights) & np.isfinite(steepness)
    gentle = GENTLEST * np.max(steepness, where=sound, initial=0.0)
    good = np.flatnonzero(sound & (steepness > gentle))
    return tuple((points[good[0]] if len(good) else (low + high) / 2).tolist())
