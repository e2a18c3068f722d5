"""Chooses which part of a function to draw, and where the ball starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from gdsim.minima import find_minima
from gdsim.objective import Minimum, Objective

# Half-widths of the windows around 0 that are searched in turn until one contains a minimum;
# for one variable, then for two.
WINDOWS = ((5.0, 20.0, 100.0, 2000.0), (5.0, 20.0, 100.0))
# Several minima fill this fraction of the domain's half-width, so that the slopes around them are visible.
SPREAD = 0.6
# A single minimum is in the middle of a domain that extends this far to each side.
ROOM = 5.0
# The domain ends where the function rises to this many times its median rise.
STEEPEST = 25.0
# Where along each side a start is tried, in this order; the sides differ to avoid lines of symmetry.
SHARES = ((0.9, 0.1, 0.8, 0.2, 0.7, 0.3, 0.95, 0.6), (0.8, 0.3, 0.9, 0.1, 0.7, 0.2, 0.95, 0.6))
# A slope below this fraction of the steepest is too gentle for a start.
GENTLEST = 1e-2


def framed(
    objective: Objective, domain: Sequence[tuple[float, float]] | None, start: Sequence[float] | None
) -> Objective:
    """The same objective with its minima and with a domain and a start, chosen unless they are given.

    Raises ValueError if `domain` has the wrong number of intervals or an empty one, or `start` of coordinates.
    """
    with np.errstate(all="ignore"):
        sides = _choose_domain(objective) if domain is None else _checked(objective, domain)
        objective = replace(objective, domain=sides)
        minima = sorted(find_minima(objective), key=lambda minimum: (minimum.value, minimum.point))
        chosen = _choose_start(objective) if start is None else tuple(map(float, start))
    if len(chosen) != objective.dims:
        raise ValueError(f"the start of {objective.name} must have {_counted(objective.dims)}, got {len(chosen)}")
    return replace(objective, minima=tuple(minima), start=chosen)


def _counted(dims: int) -> str:
    return f"{dims} coordinate{'s' * (dims > 1)}"


def _checked(objective: Objective, domain: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    sides = tuple((float(low), float(high)) for low, high in domain)
    if len(sides) != objective.dims or not all(np.isfinite(side).all() and side[0] < side[1] for side in sides):
        raise ValueError(
            f"the domain of {objective.name} must have one (low, high) per variable, got {domain}; (-5, 5) works"
        )
    return sides


def _choose_domain(objective: Objective) -> tuple[tuple[float, float], ...]:
    """A domain around the minima nearest to 0, or (-5, 5) without any; for one variable, cut to what is defined."""
    minima: tuple[Minimum, ...] = ()
    for window in WINDOWS[objective.dims - 1]:
        minima = find_minima(replace(objective, domain=((-window, window),) * objective.dims))
        if minima:
            break
    domain = _around(minima, window) if minima else ((-ROOM, ROOM),) * objective.dims
    return domain if objective.dims == 2 else (_cut(objective, domain[0], minima),)


def _around(minima: tuple[Minimum, ...], window: float) -> tuple[tuple[float, float], ...]:
    """A domain with all minima in its middle part, or the window itself if they fill it."""
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
    """The part of a one-variable domain around its minima that is defined and not too steep to show them."""
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
        widest = len(edges) - 2 - int(np.argmax(np.diff(edges)[::-1]))  # the rightmost of equals
        first, last = int(edges[widest]) + 1, int(edges[widest + 1]) - 1
    cut = float(np.round(places[first], 6)) + 0.0, float(np.round(places[last], 6)) + 0.0
    return cut if last - first > 10 and cut[0] < cut[1] else side


def _choose_start(objective: Objective) -> tuple[float, ...]:
    """A point with few digits at which the function is defined and has a noticeable slope."""
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
