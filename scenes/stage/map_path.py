"""A run's way over a map: the parts of it that lie on the drawn ground, and how much of them each step has made.

All of it is found once, before the first frame; what is there at a moment is a function of that moment alone, also
where the run leaves the map and comes back. Pure: numpy alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from gdsim.objective import Array
from scenes.stage.visible_steps import Indices, distinct_places, distinct_segments

# Between two points of the path, as a share of the map's side.
SPACING = 0.008
# Steps nearer than this share of the map's side are one.
GRAIN = 0.001
# So many points a path has at most; where a run scribbles the map full, what adds nothing new is left out.
MOST = 8000
# The map is then looked at in so many cells along a side.
CELLS = 400
# Lines are filled in so many at a time: memory is bounded, whatever the number of steps.
CHUNK = 1024
# What lies more half sides from the map's middle than this is drawn towards it, in its own direction.
FARTHEST = 1e6

Holds = Callable[[Array], Any]


class Polyline(NamedTuple):
    """Lines through points (n, 2): a new one begins at each that `begins` (n,) marks.

    steps: (n,) the number of the step that draws each point, rising.
    """

    points: Array
    begins: np.ndarray
    steps: Indices

    def before(self, step: int) -> int:
        """How many of the points are there once `step` steps are made."""
        return int(np.searchsorted(self.steps, step, side="left"))


class MapPath:
    """The way of a run's points (n, 2) over the ground that `holds` points (..., 2), inside `domain`.

    points: all of the run's, those far out drawn nearer. inside: (n,) whether each lies on the ground.
    line: the way, filled in and cut off where it leaves the ground. dots: numbers of the points that are marked.
    """

    def __init__(self, points: Array, domain: Sequence[tuple[float, float]], holds: Holds):
        low, high = np.array(domain).T
        self.middle, self.half, self.holds = (low + high) / 2, (high - low) / 2, holds
        self.units = _within_reach(points, self.middle, self.half)
        self.points = self.middle + self.half * self.units
        self.points[np.abs(self.units).max(axis=1) < FARTHEST] = points[np.abs(self.units).max(axis=1) < FARTHEST]
        self.inside = np.asarray(holds(self.points))
        self.line = self._line(distinct_segments(self.units, 2 * GRAIN))
        on_ground = np.flatnonzero(self.inside)
        self.dots = on_ground[distinct_places(self.units[on_ground], 2 * GRAIN)]

    def marked(self, step: int) -> int:
        """How many of the dots are there once `step` steps are made."""
        return int(np.searchsorted(self.dots, step, side="right"))

    def under_way(self, step: int, point: Array) -> Polyline:
        """What the step from point `step` has drawn when the ball is at `point` (2,)."""
        ends = np.stack([self.units[step], (self.within_reach(point) - self.middle) / self.half])
        return self._filled(ends, np.array([0]), step)

    def within_reach(self, point: Array) -> Array:
        """A point (2,), drawn nearer where it is far out."""
        return self.middle + self.half * _within_reach(point[None], self.middle, self.half)[0]

    def _line(self, lines: Indices) -> Polyline:
        """All of the way; where it is long, without the parts that lie where earlier ones do."""
        if np.hypot(*np.clip(self.units[lines + 1] - self.units[lines], -2, 2).T).sum() / (2 * SPACING) < MOST / 2:
            return self._filled(self.units, lines)
        seen = np.zeros((CELLS, CELLS), dtype=bool)
        parts = []
        for first in range(0, len(lines), CHUNK):
            more = self._filled(self.units, lines[first : first + CHUNK])
            ends, middles = _parts(more)
            across, up = np.clip((middles - self.middle) / self.half / 2 + 0.5, 0.0, 1 - 1e-9).T * CELLS
            cells = across.astype(np.int64), up.astype(np.int64)
            new = ends[~seen[cells]]
            seen[cells] = True
            parts.append(_only(more, new))
        found = Polyline(*map(np.concatenate, zip(*parts)))
        ends, middles = _parts(found)
        return _only(found, ends[distinct_places(middles / self.half, 2 / CELLS, MOST // 2)])

    def _filled(self, units: Array, lines: Indices, step: int | None = None) -> Polyline:
        """The lines from units[i] to units[i + 1], filled in; what is off the map or its ground is left out."""
        start, way = units[lines], units[lines + 1] - units[lines]
        enter, leave = _crossing(start, way)
        crossing = np.flatnonzero(enter <= leave)
        start, way, enter, leave = start[crossing], way[crossing], enter[crossing], leave[crossing]
        lines = lines[crossing]
        parts = np.maximum(1, np.ceil(np.hypot(*way.T) * (leave - enter) / (2 * SPACING))).astype(np.int64)
        owner = np.repeat(np.arange(len(lines)), parts + 1)
        place = np.arange(len(owner)) - np.repeat(np.cumsum(parts + 1) - parts - 1, parts + 1)
        share = enter[owner] + (leave - enter)[owner] * place / parts[owner]
        points = self.middle + self.half * (start[owner] + share[:, None] * way[owner])
        steps = lines[owner] if step is None else np.full(len(owner), step)
        ground = np.asarray(self.holds(points))
        begins = (place == 0) | ~np.concatenate([[False], ground[:-1]])
        return Polyline(points[ground], begins[ground], steps[ground])


def _within_reach(points: Array, middle: Array, half: Array) -> Array:
    """Points (n, 2) in half sides from the map's middle; those farther than FARTHEST come nearer, straight on."""
    with np.errstate(all="ignore"):
        units = (points - middle) / half
        largest = np.abs(units).max(axis=1, keepdims=True)
        nearer = units * (FARTHEST / np.maximum(largest, FARTHEST))
        # Where even that is more than a double holds, the directions are taken from the points themselves.
        towards = points / np.maximum(np.abs(points).max(axis=1, keepdims=True), 1.0) / (half / half.min())
        beyond = FARTHEST * towards / np.maximum(np.abs(towards).max(axis=1, keepdims=True), 1e-300)
    return np.where(np.isfinite(largest), nearer, beyond)


def _crossing(start: Array, way: Array) -> tuple[Array, Array]:
    """Where lines (n, 2) come onto the map and leave it, as shares of their length; the first is larger for none.

    Liang and Barsky's clipping (1984) against the square from −1 to 1.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = (-1.0 - start) / way, (1.0 - start) / way
    outside = (np.abs(start) > 1.0).any(axis=1, where=way == 0)
    enter = np.where(way == 0, 0.0, np.minimum(low, high)).max(axis=1, initial=0.0)
    leave = np.where(way == 0, 1.0, np.maximum(low, high)).min(axis=1, initial=1.0)
    return np.where(outside, 2.0, enter), leave


def _parts(line: Polyline) -> tuple[Indices, Array]:
    """The numbers of the points at which parts of the line end, and the middles (n, 2) of these parts."""
    ends = np.flatnonzero(~line.begins)
    return ends, (line.points[ends - 1] + line.points[ends]) / 2


def _only(line: Polyline, ends: Indices) -> Polyline:
    """The parts that end at these points."""
    drawn = np.zeros(len(line.points) + 1, dtype=bool)
    drawn[ends] = True
    wanted = drawn[:-1] | drawn[1:]
    return Polyline(line.points[wanted], ~drawn[:-1][wanted], line.steps[wanted])
