"""Facts about basins: which minimum has which colour, what ends where, and whether a border is frayed."""

from __future__ import annotations

import math

import numpy as np

from gdsim import Trajectory
from gdsim.ensemble import REACH
from scenes.planned_basins import CLOSER, LOST, NOWHERE, UNDER_WAY, BasinRuns, StartMap, end_of, limits_of
from scenes.script.concepts import MOST_RUNS
from scenes.script.window import Window

# The colours of minima, the largest basin's first: runs' shades, in an order in which neighbours differ most.
SHADES = ("run1", "run6", "run5", "run3", "run4", "run2")
# Of more minima than there are shades, the smallest basins share the last one.
MOST_OWN = MOST_RUNS - 1
# Borders are frayed if there are so many times as many; a closer look shows as much if it holds this share of them.
FRAYED, PERSISTS = 1.3, 0.25
# A share below this is not worth a word, one below that is hardly anything.
NOTED, MUCH, HARDLY = 0.01, 0.05, 0.02
# A colour ends at a limit if it comes as near to it from below, and no nearer than that to crossing it.
BELOW, ABOVE = 0.85, 1.06
# So little of a colour may be beyond its limit: a run may land on the spot.
SPARED = 0.02
# A stripe of less than this share of the row is too narrow for a line.
NARROW = 0.06


def shade_of(runs: BasinRuns) -> dict[int, str]:
    """For each minimum that some start reaches, by its index, the shade of its basin."""
    maps = (
        runs.plain.ends,
        runs.other.ends,
        runs.close.ends,
        runs.by_rate.ends,
        np.array([end_of(one) for one in runs]),
    )
    sizes = np.zeros(len(runs[0].objective.minima), dtype=int)
    for weight, found in zip((10**6, 1, 1, 1, 1), maps):
        sizes += weight * np.bincount(found[found >= 0].ravel(), minlength=len(sizes))
    order = [int(index) for index in np.argsort(-sizes, kind="stable") if sizes[index]]
    if len(order) <= MOST_RUNS:
        order = sorted(order)
    return {index: SHADES[min(place, MOST_RUNS - 1)] for place, index in enumerate(order)}


def crowded(runs: BasinRuns) -> bool:
    """Whether there are more basins than shades, so that the smallest ones share one."""
    return len(shade_of(runs)) > MOST_RUNS


def inner(runs: BasinRuns, found: StartMap) -> np.ndarray:
    """The ends of the domain's starts in a whole map."""
    return found.ends[runs.inner]


def share(ends: np.ndarray, end: int) -> float:
    """How many of the starts end so, as a share of those that can start."""
    able = ends != NOWHERE
    return float((ends == end).sum() / max(1, able.sum()))


def reached(ends: np.ndarray) -> list[int]:
    """The minima that some start reaches."""
    return [int(one) for one in np.unique(ends) if one >= 0]


def moved(runs: BasinRuns) -> float:
    """The share of the domain's starts that end elsewhere with the second method."""
    return float((inner(runs, runs.plain) != inner(runs, runs.other)).mean())


def frayed(runs: BasinRuns) -> bool:
    """Whether there are many more borders with the second method."""
    before, after = (found.borders[runs.inner].mean() for found in (runs.plain, runs.other))
    return bool(after > FRAYED * before and len(reached(inner(runs, runs.other))) > 1)


def close_window(runs: BasinRuns) -> Window:
    """The part of the domain of which `close` is a closer look."""
    rows, columns = runs.inner
    left, right, bottom, top = runs.close.sides
    across, up = (right - left) / runs.close.ends.shape[1], (top - bottom) / runs.close.ends.shape[0]
    left, bottom = left + columns.start * across, bottom + rows.start * up
    return left, left + CLOSER * across * _cells(columns), bottom, bottom + CLOSER * up * _cells(rows)


def _cells(side: slice) -> int:
    return max(1, (side.stop - side.start) // CLOSER)


def threads(runs: BasinRuns) -> bool:
    """Whether the closer look shows three colours or more, and borders all over."""
    rows, columns = runs.inner
    part = (
        slice(rows.start, rows.start + CLOSER * _cells(rows)),
        slice(columns.start, columns.start + CLOSER * _cells(columns)),
    )
    coarse, fine = runs.plain.borders[runs.inner].mean(), runs.close.borders[part].mean()
    return bool(frayed(runs) and len(reached(runs.close.ends[part])) > 2 and fine > PERSISTS * coarse)


def pair_window(runs: BasinRuns, pixels: float = 7.0) -> Window:
    """A window around the pair in which each pixel of the map is large."""
    place = np.mean([one.points[0] for one in runs.pair], axis=0)
    half = pixels * (runs.plain.x[1] - runs.plain.x[0])
    x, y = place.tolist()
    return x - half, x + half, y - half, y + half


def arrival(run: Trajectory) -> int:
    """The step from which a ball is as near to its end as one that has reached a minimum is to that."""
    reach = REACH * min(high - low for low, high in run.objective.domain)
    away = np.flatnonzero(np.linalg.norm(run.points - run.points[-1], axis=1) > reach)
    return int(away[-1]) + 1 if len(away) else 0


def stripes(runs: BasinRuns) -> dict[int, tuple[int, int, float]]:
    """For each minimum whose stripe ends at 2 over its curvature: first and last column, and that rate."""
    found, limits = {}, limits_of(runs[0].objective)
    ends, rates = runs.by_rate.ends, runs.by_rate.y
    row = ends[runs.own_row]
    for index in reached(row):
        columns = np.flatnonzero(row == index)
        limit = limits[index]
        own = ends[:, columns] == index
        held = own.any(axis=1)
        near = held & (rates <= limit) & (rates > BELOW * limit)
        beyond = own[rates > ABOVE * limit]
        if len(columns) < NARROW * len(row) or np.ptp(columns) + 1 != len(columns) or not math.isfinite(limit):
            continue
        if near.any() and (not beyond.size or beyond.mean() <= SPARED) and (rates > ABOVE * limit).any():
            found[index] = int(columns[0]), int(columns[-1]), limit
    return found


def rate_matters(runs: BasinRuns) -> bool:
    """Whether some start of the row ends in another way at another rate."""
    return bool((runs.by_rate.ends != runs.by_rate.ends[runs.own_row]).any())


def neutrals(ends: np.ndarray, least: float = NOTED) -> tuple[bool, bool]:
    """Whether some runs, this share or more, are still under way (grey), and whether some have left the map (dark)."""
    return share(ends, UNDER_WAY) >= least, share(ends, LOST) >= least
