"""Facts about basins: which minimum has which colour, what ends where, and whether a border is frayed."""

from __future__ import annotations

import math

import numpy as np

from gdsim import Trajectory
from gdsim.ensemble import REACH
from gdsim.objective import Array
from scenes.planned_basins import CLOSER, ELSEWHERE, LOST, NOWHERE, UNDER_WAY, BasinRuns, StartMap, end_of, limits_of
from scenes.script.concepts import MOST_RUNS
from scenes.script.window import Window

# The colours of basins: runs' shades, in an order in which neighbours differ most.
SHADES = ("run1", "run6", "run5", "run3", "run4", "run2")
# Borders are frayed if there are so many times as many; a closer look shows as much if it holds this share of them.
FRAYED, PERSISTS = 1.6, 0.25
# A share below this is not worth a word, one below that is hardly anything.
NOTED, HARDLY = 0.01, 0.02
# A colour ends at a limit if it comes as near to it from below, and no nearer than that to crossing it.
BELOW, ABOVE = 0.85, 1.06
# So little of a colour may be beyond its limit: a run may land on the spot.
SPARED = 0.02
# A stripe of less than this share of the row is too narrow for a line.
NARROW = 0.06


def shade_of(runs: BasinRuns) -> dict[int, str]:
    """For each minimum that some start reaches, by its index, the shade of its basin.

    If there are more of them than shades, those share one that are far apart.
    """
    maps = (runs.plain.ends, runs.other.ends, runs.close.ends, runs.by_rate.ends)
    found = reached(np.concatenate([[end_of(one) for one in runs], *(ends.ravel() for ends in maps)]))
    if len(found) <= MOST_RUNS:
        return dict(zip(found, SHADES))
    places = {index: np.array(runs[0].objective.minima[index].point) for index in found}
    shades: dict[int, str] = {}
    for index in sorted(found, key=lambda index: tuple(places[index])):

        def nearest(shade: str, here: Array = places[index]) -> float:
            return min((_apart(here, places[one]) for one, worn in shades.items() if worn == shade), default=math.inf)

        shades[index] = max(SHADES, key=nearest)
    return shades


def _apart(one: Array, other: Array) -> float:
    return float(np.hypot(*(one - other)))


def crowded(runs: BasinRuns) -> bool:
    """Whether there are more basins than shades, so that some share one."""
    return len(shade_of(runs)) > MOST_RUNS


def pair_apart(runs: BasinRuns) -> bool:
    """Whether there is a pair whose ends have two shades."""
    shades = shade_of(runs)
    return len({shades[end_of(one)] for one in runs.pair}) == 2


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


def domain_window(runs: BasinRuns) -> Window:
    """The domain."""
    (left, right), (bottom, top) = runs[0].objective.domain
    return left, right, bottom, top


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


def unpainted(runs: BasinRuns) -> bool:
    """Whether some starts of the domain stay unpainted, because their runs rest at no known minimum."""
    return share(inner(runs, runs.plain), ELSEWHERE) >= NOTED


def neutrals(ends: np.ndarray) -> tuple[bool, bool]:
    """Whether some runs are still under way (grey), and whether some have left the map (dark)."""
    return share(ends, UNDER_WAY) >= NOTED, share(ends, LOST) >= NOTED
