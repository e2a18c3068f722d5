"""Windows of a function of one variable: which numbers the picture shows, and how one window becomes another."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from gdsim import Objective, Trajectory
from scenes.script.timeline import Numbers

# left, right, bottom, top, in the objective's units.
Window = tuple[float, float, float, float]

# What is above this many times the height of the drawn domain is off the scale, unless a run starts there.
TALLEST = 1.8
# A landing more than this many widths of the domain to the side is not in the picture, unless a run starts there.
ASIDE = 3.0
# However near the floor the runs stay, this much of that height is shown.
LOWEST = 0.4
# Margins below the lowest place, above the highest, and next to what is beyond the domain, as shares of the window.
BELOW, ABOVE, BESIDE = 0.09, 0.17, 0.03
# A close-up magnifies at least this many times; its triangle fills this share of it.
CLOSE, TRIANGLE = 8.0, 0.36
# A curve that leaves its tangent by less than this share of the picture looks straight; so many times we go nearer.
STRAIGHT, NEARER = 0.17, 12
# Room around a window and above it for arrows, as shares of it.
AROUND, OVERHEAD = 0.08, 0.4
# A run is followed up to so many times the height of the picture. If it covers less than this of its width, we go
# nearer, but not where it covers less than this of its numbers.
FOLLOWED, UNSEEN, FINEST = 8.0, 0.05, 1e-6
# A function that rises so many times as high as its middling values has a pole there.
POLE = 20.0
# No window is flatter than this share of its numbers: doubles could not tell its places apart.
FLATTEST = 1e-9


def first_window(runs: Sequence[Trajectory], show_starts: bool = True) -> Window:
    """The domain, the starts, and every landing that is neither much higher than these nor far to the side.

    show_starts: show the starts, however high they are.
    """
    objective = runs[0].objective
    low, high = objective.domain[0]
    floor, edge = heights(objective, low, high)
    points = np.concatenate([run.points[:, 0] for run in runs])
    losses = np.concatenate([run.losses for run in runs])
    started = np.concatenate([np.arange(len(run.points)) == 0 for run in runs])
    with np.errstate(all="ignore"):
        starts = [float(run.losses[0]) for run in runs if show_starts]
        limit = max(floor + TALLEST * (edge - floor), *(one + 1e-9 * abs(one) for one in starts), floor)
        aside = (low - points > ASIDE * (high - low)) | (points - high > ASIDE * (high - low))
        seen = (losses <= limit) & (started | ~aside)
        left, right = float(np.min(points[seen], initial=low)), float(np.max(points[seen], initial=high))
        margin = BESIDE * (right - left)
        left, right = left - margin * (left < low), right + margin * (right > high)
        bottom = float(np.min(losses[seen], initial=floor))
        least = edge if _has_a_hill(objective, edge) else bottom + LOWEST * (edge - bottom)
        return padded((left, right, bottom, float(np.max(losses[seen], initial=least))))


def _has_a_hill(objective: Objective, edge: float) -> bool:
    """Whether the highest place of the domain is inside it: the curve would lose its shape without it."""
    with np.errstate(all="ignore"):
        ends = np.asarray(objective.value(np.array(objective.domain[0])[:, None]), dtype=float)
    return bool(np.all(np.isfinite(ends)) and edge > ends.max() + 1e-9 * abs(edge))


def heights(objective: Objective, low: float, high: float) -> tuple[float, float]:
    """The lowest and highest values of a function between two places, without poles and gaps."""
    with np.errstate(all="ignore"):
        values = np.asarray(objective.value(np.linspace(low, high, 400)[:, None]), dtype=float)
    values = values[np.isfinite(values)]
    if not len(values):
        return 0.0, 1.0
    # A pole towers over everything: what is drawn ends where the steepest fiftieth begins.
    towers = values.max() / POLE > abs(np.median(values))
    return float(values.min()), float(np.quantile(values, 0.98) if towers else values.max())


def padded(window: Window) -> Window:
    """The range with a margin below and above, and never flat."""
    left, right, bottom, top = window
    size = max(top - bottom, FLATTEST * max(abs(bottom), abs(top)), 1e-300)
    return left, right, bottom - BELOW * size, bottom + (1 + ABOVE) * size


def around(window: Window, x: float, y: float, by: float) -> Window:
    """A window `by` times smaller, in which a place stays where it was in the frame, or is in the middle.

    A place near the edge is moved inwards, so that there is something to see on both sides.
    """
    left, right, bottom, top = window
    across = min(max((x - left) / (right - left), 0.3), 0.7)
    up = min(max((y - bottom) / (top - bottom), 0.35), 0.65)
    width, height = (right - left) / by, (top - bottom) / by
    return x - across * width, x + (1 - across) * width, y - up * height, y + (1 - up) * height


def first_step_right(run: Trajectory) -> int:
    """The exponent of a power of ten that is a good first distance to a second point, right of a run's start.

    It is the largest at which the function has a value. Raises ValueError if it has none near by.
    """
    left, right, _, _ = first_window((run,))
    first = math.floor(math.log10(0.4 * (right - left)))
    powers = range(first, first - NEARER, -1)
    with np.errstate(all="ignore"):
        seconds = np.asarray(run.objective.value(run.points[0] + 10.0 ** np.array(powers)[:, None]), dtype=float)
    for power, second in zip(powers, seconds):
        if np.isfinite(second):
            return power
    x = float(run.points[0, 0])
    raise ValueError(f"right of its start at {x:g} the function has no value that could be drawn; (x - 3)**2 works")


def start_close_up(run: Trajectory) -> CloseUp:
    """The close-up of where a run starts: so near that the curve is almost a line."""
    x, loss, slope = (float(values.ravel()[0]) for values in (run.points, run.losses, run.gradients))
    window = first_window((run,))
    found = close_up(window, x, loss, slope)
    for factor in itertools.islice(itertools.cycle((0.5, 0.4, 0.5)), NEARER):  # 1, 0.5, 0.2, 0.1, ...
        if _bend(run.objective, found.window, x, loss, slope) <= STRAIGHT:
            break
        found = close_up(window, x, loss, slope, float(f"{factor * found.run:.0e}"))
    return found


def _bend(objective: Objective, window: Window, x: float, y: float, slope: float) -> float:
    """How far a curve and its tangent part within a window, as a share of its height."""
    left, right, bottom, top = window
    across = np.linspace(left, right, 33)
    with np.errstate(all="ignore"):
        apart = np.abs(np.asarray(objective.value(across[:, None]), dtype=float) - y - slope * (across - x))
    return float(np.max(apart[np.isfinite(apart)], initial=0.0)) / (top - bottom)


def stretch(objective: Objective, low: float, high: float) -> Window:
    """A window from one place to another, as tall as the function is there."""
    bottom, top = heights(objective, low, high)
    return padded((low, high, bottom, top))


def wider(window: Window, low: float, high: float) -> Window:
    """The window, widened until it shows x from `low` to `high`, and taller in proportion."""
    left, right, bottom, top = window
    margin = BESIDE * (max(high, right) - min(low, left))
    left, right = (min(left, low - margin), max(right, high + margin)) if low < left or high > right else (left, right)
    factor = (right - left) / (window[1] - window[0])
    return left, right, bottom, bottom + (top - bottom) * factor**0.5


def roomy(window: Window) -> Window:
    """The window with room for arrows at a ball near its edge."""
    left, right, bottom, top = window
    margin, height = AROUND * (right - left), top - bottom
    return left - margin, right + margin, bottom - 0.5 * AROUND * height, top + OVERHEAD * height


def followed(window: Window, runs: Sequence[Trajectory], steps: int) -> Window:
    """The window, widened to show so many steps of the runs; if all of them are too short to see there, a close-up.

    What is far off the scale is not followed.
    """
    left, right, bottom, top = window
    width, height = right - left, top - bottom
    xs = np.concatenate([run.points[: steps + 1, 0] for run in runs])
    losses = np.concatenate([run.losses[: steps + 1] for run in runs])
    with np.errstate(all="ignore"):
        near = np.abs(losses - bottom) <= FOLLOWED * height
        near &= (xs >= left - ASIDE * width) & (xs <= right + ASIDE * width)
    if not near.any():
        return window
    low, high, lowest, highest = (float(one) for one in (*_ends(xs[near]), *_ends(losses[near])))
    room = high - low
    if near.all() and 0 < room < UNSEEN * width and room > FINEST * max(abs(low), abs(high)):
        return stretch(runs[0].objective, low - room, high + room)
    margin = AROUND * (max(high, right) - min(low, left))
    taller = top if highest <= top else highest + 0.5 * ABOVE * (highest - bottom)
    return (
        min(left, low - margin) if low < left else left,
        max(right, high + margin) if high > right else right,
        min(bottom - BELOW * (taller - top), lowest - BELOW * height),
        taller,
    )


def _ends(values: np.ndarray) -> tuple[float, float]:
    return float(values.min()), float(values.max())


class CloseUp(NamedTuple):
    """A window around a place of a curve, and the run of the triangle that shows the slope in it."""

    window: Window
    run: float


def close_up(window: Window, x: float, y: float, slope: float, run: float | None = None) -> CloseUp:
    """A window close enough for curve and tangent to be one line, or for a triangle of the given run to be seen.

    By default, the run is a power of ten.
    """
    left, right, bottom, top = window
    room = min(right - left, (top - bottom) / max(abs(slope), 1e-300))
    run = run or 10.0 ** math.floor(math.log10(TRIANGLE * room / CLOSE))
    by = TRIANGLE * room / run
    width, height = (right - left) / by, (top - bottom) / by
    across, up = 0.36, 0.36 if slope >= 0 else 0.64
    return CloseUp((x - across * width, x + (1 - across) * width, y - up * height, y + (1 - up) * height), run)


def zoomed(before: Numbers, after: Numbers, share: float) -> Numbers:
    """A window between two others: the size changes by equal factors in equal times, about one fixed point."""
    sides: list[float] = []
    for low, high in ((0, 1), (2, 3)):
        first, last = before[high] - before[low], after[high] - after[low]
        size = first * (last / first) ** share
        way = share if abs(last - first) <= 1e-9 * first else (size - first) / (last - first)
        start = (before[low] + before[high]) / 2
        centre = start + way * ((after[low] + after[high]) / 2 - start)
        sides += [centre - size / 2, centre + size / 2]
    return tuple(sides)
