"""Windows of a map of two parameters: which part of the plane the picture shows. Nothing is drawn here."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from gdsim import Trajectory
from gdsim.objective import Array
from scenes.script.window import FLATTEST, Window

# Margin around what must be seen, as a share of its size.
MARGIN = 0.06
# Room around the start, as a share of the map.
ROOM = 0.3
# An arrow or a landing further away than this many maps is not followed.
FARTHEST = 2.2
# An arrow of less than this share of the picture is hard to read.
SHORTEST = 0.18
# The path is shown no larger than this share of the map would be.
CLOSEST = 0.3
# An arrow of this share of the map is easy to see, together with the ground around it.
TYPICAL = 0.4
# How many times as far as the arrow a window reaches in which it is turned around.
FAN = 1.35
# Of a race, landings that are further outside the map than this share of it are not in the picture.
OUTSIDE = 0.12
# Half the diagonal of what a wide frame shows of the map, as a share of the map's longer side.
TURNED = 0.9


def map_window(run: Trajectory) -> Window:
    """The objective's domain, and the start with room around it on every side."""
    low, high = np.array(run.objective.domain).T
    room, start = ROOM * float((high - low).max()), run.points[0]
    return _around(np.array([low, high, start - room, start + room]), 0.0)


def arrow_window(run: Trajectory, step: int = 0) -> Window:
    """The map, at a size at which the gradient's arrow and its opposite can be seen; unchanged if there is none."""
    window, gradient = map_window(run), run.gradients[step]
    length, size = float(np.hypot(*gradient)), _size(window)
    if length > FARTHEST * size:
        return window
    if length < SHORTEST * size:
        half = max(length / SHORTEST, CLOSEST * size) / 2
        return _around(np.array([run.points[step] - half, run.points[step] + half]), 0.0)
    ends = np.array([run.points[step] + gradient, run.points[step] - gradient])
    left, right, bottom, top = window
    return _around(np.vstack([ends, [[left, bottom], [right, top]]]), MARGIN)


def arrow_scale(run: Trajectory) -> float:
    """A power of ten that makes the gradient's arrow at the start fit the map: 1 wherever it does without."""
    length = float(np.hypot(*run.gradients[0]))
    if length == 0 or not np.isfinite(length):
        return 1.0
    power = round(math.log10(TYPICAL * _size(map_window(run))) - math.log10(length))
    return float(f"1e{max(-300, min(300, power))}")


def fan_window(run: Trajectory, ahead: float = 0.0, reach: float = FAN) -> Window:
    """A square around the start with room for the gradient's arrow, to its scale, in every direction.

    ahead: how far towards its tip the middle is. reach: half a side, as a share of its length.
    """
    arrow = arrow_scale(run) * run.gradients[0]
    half = reach * (float(np.hypot(*arrow)) or TYPICAL * _size(map_window(run)))
    middle = run.points[0] + ahead * arrow
    return _around(np.array([middle - half, middle + half]), 0.0)


def down_window(run: Trajectory) -> Window:
    """The map, or, where it does not hold the opposite of the gradient's arrow, a window that does."""
    left, right, bottom, top = map_window(run)
    x, y = (run.points[0] - arrow_scale(run) * run.gradients[0]).tolist()
    return (left, right, bottom, top) if left <= x <= right and bottom <= y <= top else fan_window(run, -0.4, 0.9)


def path_window(run: Trajectory) -> Window:
    """The closest view with every landing that is not far away and the known minimum to which they lead."""
    whole = map_window(run)
    middle = np.array([(whole[0] + whole[1]) / 2, (whole[2] + whole[3]) / 2])
    reach = np.abs(run.points - middle).max(axis=1)
    near = run.points[reach <= FARTHEST / 2 * _size(whole)]
    window = _around(near if len(near) else run.points[:1], 0.22)
    least = CLOSEST * min(whole[1] - whole[0], whole[3] - whole[2])
    sides: list[float] = []
    for low, high in (window[:2], window[2:]):
        half = max(high - low, least, FLATTEST * max(abs(low), abs(high))) / 2
        sides += [(low + high) / 2 - half, (low + high) / 2 + half]
    return sides[0], sides[1], sides[2], sides[3]


def points_window(points: Array, margin: float = 0.12) -> Window:
    """The view that these places (n, 2) fill, but for a margin, no flatter than a fifth as high or wide as it is."""
    left, right, bottom, top = _around(points, margin)
    least = max(0.2 * max(right - left, top - bottom), FLATTEST * float(np.abs(points).max()), 1e-300)
    wide, high = max(0.0, least - (right - left)) / 2, max(0.0, least - (top - bottom)) / 2
    return left - wide, right + wide, bottom - high, top + high


def paths_window(runs: Sequence[Trajectory]) -> Window:
    """The closest view that shows the path of each run, as far as it is near the map."""
    sides = np.array([path_window(run) for run in runs])
    left, _, bottom, _ = sides.min(axis=0).tolist()
    _, right, _, top = sides.max(axis=0).tolist()
    return left, right, bottom, top


def race_window(runs: Sequence[Trajectory]) -> Window:
    """The domain and what is near it, the starts and landings that are not far outside, around the domain's middle."""
    low, high = np.array(runs[0].objective.domain).T
    size = float((high - low).max())
    room, reach = MARGIN / 2 * size, OUTSIDE * size
    points = np.concatenate([run.points for run in runs])
    near = points[((points > low - reach) & (points < high + reach)).all(axis=1)]
    seen = np.vstack([near, [run.points[0] for run in runs]])
    middle = (low + high) / 2
    half = np.maximum((high - low) / 2, np.abs(seen - middle).max(axis=0) + room)
    return _around(np.array([middle - half, middle + half]), 0.0)


def turnable(window: Window) -> Window:
    """A window with the same middle, so large that all that a frame shows of the first can be turned about it."""
    left, right, bottom, top = window
    middle, reach = np.array([(left + right) / 2, (bottom + top) / 2]), TURNED * _size(window)
    return _around(np.array([middle - reach, middle + reach]), 0.0)


def _around(points: Array, margin: float) -> Window:
    (left, bottom), (right, top) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    across, up = margin * (right - left), margin * (top - bottom)
    return left - across, right + across, bottom - up, top + up


def _size(window: Window) -> float:
    return max(window[1] - window[0], window[3] - window[2])


def close_window(run: Trajectory, goal: tuple[float, ...]) -> Window:
    """A window around a minimum, near enough to make the remaining distance large."""
    place = np.array(goal)
    reach = 1.8 * float(np.linalg.norm(run.points[-1] - place))
    return _around(np.array([place - reach, place + reach]), 0.0)
