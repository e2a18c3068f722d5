"""Of a run's many steps those that can be seen: what would be drawn over itself is left out.

A picture is bounded by its pixels, a run is not: what a part keeps of 100,000 steps is found once, before the first
frame. All that is kept is kept in the order of the steps, and a step is left out only for an earlier one, so that the
picture after any number of steps is that number's part of what is kept. Pure: numpy alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdsim.objective import Array

Indices = NDArray[np.int64]

# Two places nearer to each other than this, in frame units, are one: a pixel of a film of 2,880 × 1,620.
GRAIN = 0.005
# A run of so few steps is drawn as it is.
FEW = 256
# So many discs or lines are drawn at most; where more are left, places farther from each other are one as well.
MOST = 2000
# Places farther out than this many grains are far beyond any frame.
FARTHEST = 1e9


def distinct_places(places: Array, grain: float = GRAIN, most: int = MOST) -> Indices:
    """Which of the places (n, k) show something that no earlier one shows: rising indices (m,), the first among them.

    grain: the side of a cell within which places are one; doubled until no more than `most` are left.
    A few places are all kept. A place that is not finite is not kept.
    """
    sound = np.flatnonzero(np.isfinite(places).all(axis=1))
    if len(places) <= min(FEW, most):
        return sound
    while True:
        first = np.unique(_cells(places[sound], grain), return_index=True)[1]
        if len(first) <= most:
            return sound[np.sort(first)]
        grain *= 2


def distinct_segments(places: Array, grain: float = GRAIN, most: int | None = None) -> Indices:
    """Which of the lines from each place (n, k) to the next show something new: rising indices (m,), line i from i.

    A line within one cell shows nothing, nor does one between the cells of an earlier one, whichever way it runs.
    grain, most: as of `distinct_places`; None leaves the number open. A few lines are all kept.
    """
    sound: NDArray[np.bool_] = np.asarray(np.isfinite(places).all(axis=1))
    lines = np.flatnonzero(sound[:-1] & sound[1:])
    if len(places) <= FEW + 1:
        return lines
    while True:
        cells = np.unique(_cells(np.where(sound[:, None], places, 0.0), grain), return_inverse=True)[1].reshape(-1)
        tail, head = cells[lines], cells[lines + 1]
        moving = tail != head
        pairs = np.minimum(tail, head) * len(places) + np.maximum(tail, head)
        first = np.unique(pairs[moving], return_index=True)[1]
        if most is None or len(first) <= most:
            return lines[moving][np.sort(first)]
        grain *= 2


class StepLine:
    """A polyline whose points (n, 2) move to the right: of each column as wide as `grain` its outline alone is kept.

    That is the column's first, lowest, highest and last point (Jugel, Jerzak, Hackenbroich and Markl, 2014); of a level
    stretch its ends. `until` gives what is drawn after any part of the steps.
    """

    def __init__(self, points: Array, grain: float = GRAIN):
        self.points = points
        self.column = np.floor((points[:, 0] - points[:1, 0]) / grain).astype(np.int64)
        self.kept = np.arange(len(points)) if len(points) <= FEW else self._level(self._outline(0, len(points)), grain)

    def until(self, progress: float) -> Array:
        """(m, 2): the line up to `progress` of its n − 1 parts; the last point lies between two of them."""
        last = len(self.points) - 1
        progress = min(max(progress, 0.0), float(last))
        whole = int(progress)
        begun = int(np.searchsorted(self.column, self.column[whole], side="left"))
        inner = self.kept[: np.searchsorted(self.kept, begun)]
        drawn = self.points[np.concatenate([inner, self._outline(begun, whole + 1)])]
        if progress == whole:
            return drawn
        here, there = self.points[whole], self.points[whole + 1]
        return np.concatenate([drawn, (here + (progress - whole) * (there - here))[None]])

    def _outline(self, start: int, stop: int) -> Indices:
        """First, lowest, highest and last point of each column among the points from `start` to before `stop`."""
        if stop - start <= 2:
            return np.arange(start, stop)
        column, height = self.column[start:stop], self.points[start:stop, 1]
        order = np.lexsort((height, column))
        edges = np.flatnonzero(np.diff(column)) + 1
        first, end = np.concatenate([[0], edges]), np.concatenate([edges, [stop - start]])
        return start + np.unique(np.concatenate([first, end - 1, order[first], order[end - 1]]))

    def _level(self, kept: Indices, grain: float) -> Indices:
        """Without the points that lie as high as their neighbours."""
        level = np.floor(self.points[kept, 1] / grain)
        inner = (level[1:-1] == level[:-2]) & (level[1:-1] == level[2:])
        return kept[np.concatenate([[True], ~inner, [True]])]


def sampled_steps(steps: int, most: int = FEW) -> Indices:
    """Up to `most` of the steps 0 … steps − 1, evenly spread, the first and the last among them; (1,) of 0 for none.

    For what need not be exact, such as how much room numbers need.
    """
    count = max(1, steps)
    return np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(np.int64))


def _cells(places: Array, grain: float) -> Indices:
    """(n, k) -> (n,): equal numbers for places in one cell."""
    cells = np.zeros(len(places), dtype=np.int64)
    for column in places.T:
        offset = (column - column.min(initial=np.inf)) / grain if len(column) else column
        number = np.unique(np.floor(np.clip(offset, 0.0, FARTHEST)), return_inverse=True)[1].reshape(-1)
        cells = cells * (int(number.max(initial=0)) + 1) + number
    return cells
