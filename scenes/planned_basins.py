"""From the user's options to basins: where each start of the plane leads, by two methods, and by many rates."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np

from gdsim import Objective, Optimiser, Stop, Trajectory, simulate
from gdsim.ensemble import REACH, Ensemble, simulate_many, start_grid
from gdsim.many_runs import simulate_each
from gdsim.methods import build_optimiser, method_name
from gdsim.objective import Array
from gdsim.suiting_rate import suiting_rate
from scenes.planned_run import asked_objective, asked_rate, length_rate, sound_start
from scenes.spec import RenderSpec

# What became of a run that reached no minimum of the map: it is still under way, it left the map, it rests at another
# level place; or no run can start there.
UNDER_WAY, LOST, ELSEWHERE, NOWHERE = -1, -2, -3, -4
# Pixels along the map's longer side.
POINTS = 100
# The second method, unless another is asked for.
OTHER = "momentum"
# The map goes on beyond the domain: a wide frame shows so many heights of it in width, a tall one so many widths.
WIDE, TALL = 2.5, 1.8
# Shares of the domain at which the balls start that are watched before all others.
HANDFUL = ((0.16, 0.84), (0.84, 0.8), (0.1, 0.24), (0.74, 0.1), (0.92, 0.42), (0.36, 0.62))
# For a function of the user's own, these shares of the smallest limit are tried as learning rates, from so many starts
# along each axis.
TRIED, SHARES = 12, (0.6, 0.3, 0.1, 0.05, 0.02, 0.005, 0.001)
# Pairs of starts at a border that are tried: the one that stays together for longest is shown. Two balls have parted
# at this share of the domain's side.
PAIRS, PARTED = 80, 0.04
# Starts of a pair are in the inner part of the domain.
INNER = 0.06
# How many times closer together the starts of the close view are.
CLOSER = 8
# So many times it is looked up whether a run of plain descent has arrived.
CHECKS = 40
# Rates go from this share of the smallest rate that matters to that many times the largest.
LEAST, MOST = 0.2, 2.4

Sides = tuple[float, float, float, float]


@dataclass(frozen=True)
class StartMap:
    """A grid of starts and where each run ended: rows upwards, columns to the right, one pixel per start.

    x: (columns,), y: (rows,), the middles of the pixels, where the runs start; of a map by rate, y has the rates.
    sides: left, right, bottom, top of the pixels' edges; of a map by rate, bottom and top are logarithms.
    ends: (rows, columns) of int, an index into the objective's minima, UNDER_WAY, LOST, ELSEWHERE or NOWHERE.
    arrivals: (rows, columns) of int, the step at which a run ended, or, of plain descent, came near its minimum.
    """

    x: Array
    y: Array
    sides: Sides
    ends: np.ndarray
    arrivals: np.ndarray

    @cached_property
    def borders(self) -> np.ndarray:
        """(rows, columns) of bool: whether the pixel to the right or above has another colour."""
        found = np.zeros(self.ends.shape, dtype=bool)
        found[:, :-1] |= self.ends[:, :-1] != self.ends[:, 1:]
        found[:-1] |= self.ends[:-1] != self.ends[1:]
        return found


class BasinRuns(tuple[Trajectory, ...]):
    """One ball's run, a handful more, then a pair that starts side by side at a border, or none.

    plain, other: the maps of plain descent and of the second method. inner: the rows and columns of the domain.
    close: a closer look at the second one's borders. method, rate, other_rate, steps: how the runs were made.
    by_rate: one row of `plain`, number `row`, at many rates; in its own row, number `own_row`, at the map's rate.
    """

    handful: tuple[Trajectory, ...]
    pair: tuple[Trajectory, ...]
    plain: StartMap
    other: StartMap
    close: StartMap
    inner: tuple[slice, slice]
    by_rate: StartMap
    row: int
    own_row: int
    method: str
    rate: float
    other_rate: float
    steps: int


def end_of(run: Trajectory) -> int:
    """What became of one run, by the rule of the maps."""
    if run.stop in (Stop.DIVERGED, Stop.UNCOMPUTABLE):
        return LOST
    places = np.array([one.point for one in run.objective.minima])
    away = np.linalg.norm(places - run.points[-1], axis=1)
    reach = REACH * min(high - low for low, high in run.objective.domain)
    if away.min() <= reach:
        return int(np.argmin(away))
    return ELSEWHERE if run.stop is Stop.FLAT else UNDER_WAY


def ends_of(many: Ensemble) -> np.ndarray:
    """The same for many runs, in the shape of their grid."""
    found = np.where(many.minima >= 0, many.minima, np.where(many.ended(Stop.FLAT), ELSEWHERE, UNDER_WAY))
    found[many.ended(Stop.DIVERGED) | many.ended(Stop.UNCOMPUTABLE)] = LOST
    with np.errstate(all="ignore"):
        sound = np.isfinite(many.objective.value(many.starts))
        sound &= np.isfinite(many.objective.gradient(many.starts)).all(axis=-1)
    found[~sound] = NOWHERE
    return found


@dataclass(frozen=True)
class Planner:
    """Makes the maps of one function. points: pixels along its domain's longer side."""

    objective: Objective
    points: int
    steps: int

    @property
    def pitch(self) -> float:
        """The side of a pixel."""
        return max(high - low for low, high in self.objective.domain) / self.points

    def counts(self) -> tuple[int, int, int, int]:
        """Columns and rows of the domain, and how many more there are on each side of it."""
        (left, right), (bottom, top) = self.objective.domain
        across, up = round((right - left) / self.pitch), round((top - bottom) / self.pitch)
        beside = math.ceil(max(0.0, WIDE * up - across) / 2)
        above = math.ceil(max(0.0, TALL * across - up) / 2)
        return across, up, beside, above

    def inner(self) -> tuple[slice, slice]:
        """The rows and columns of the whole map that are the domain's."""
        across, up, beside, above = self.counts()
        return slice(above, above + up), slice(beside, beside + across)

    def whole(self, optimiser: Optimiser | None, rate: float) -> StartMap:
        """All that a frame of any shape shows of the map."""
        _, _, beside, above = self.counts()
        (left, _), (bottom, _) = self.objective.domain
        return self.map(optimiser, rate, (left - beside * self.pitch, bottom - above * self.pitch), self.pitch)

    def map(self, optimiser: Optimiser | None, rate: float, corner: tuple[float, float], pitch: float) -> StartMap:
        """As many pixels as the whole map has, from this lower left corner; those that no frame shows stay empty."""
        across, up, beside, above = self.counts()
        size = across + 2 * beside, up + 2 * above
        x, y = (np.asarray(low + (np.arange(count) + 0.5) * pitch) for low, count in zip(corner, size))
        seen, (rows, columns) = np.zeros(size[::-1], dtype=bool), self.inner()
        seen[rows], seen[:, columns] = True, True
        ends, arrivals = np.full(seen.shape, NOWHERE), np.zeros(seen.shape, dtype=int)
        ends[seen], arrivals[seen] = self._run(optimiser, rate, np.stack(np.meshgrid(x, y), axis=-1)[seen])
        sides = corner[0], corner[0] + size[0] * pitch, corner[1], corner[1] + size[1] * pitch
        return StartMap(x, y, sides, ends, arrivals)

    def _run(self, optimiser: Optimiser | None, rate: float | Array, starts: Array) -> tuple[np.ndarray, np.ndarray]:
        """Where runs from starts (n, 2), at one rate or at their own (n,), end, and after which step they arrive."""
        many = simulate_many(self.objective, optimiser, rate, starts, self.steps)
        ends = ends_of(many)
        return ends, many.steps if optimiser else np.minimum(many.steps, self._arrivals(rate, starts, ends))

    def _arrivals(self, rate: float | Array, starts: Array, ends: np.ndarray) -> np.ndarray:
        """(n,): the first of some steps at which plain descent is within reach of its end: it goes on from anywhere."""
        found, point = np.full(len(starts), self.steps), starts
        places = np.array([one.point for one in self.objective.minima])[np.maximum(ends, 0)]
        reach = REACH * min(high - low for low, high in self.objective.domain)
        checks = np.unique(np.rint(np.geomspace(1, self.steps + 1, CHECKS)).astype(int)) - 1
        for before, step in pairwise(checks.tolist()):
            going = (found == self.steps) & (ends >= 0) & np.isfinite(point).all(axis=-1)
            own = rate[going] if isinstance(rate, np.ndarray) else rate
            point = point.copy()
            point[going] = simulate_many(self.objective, None, own, point[going], step - before).points
            found[going & (((point - places) ** 2).sum(axis=-1) <= reach**2)] = step
        return found

    def by_rate(self, x: Array, y: float, rates: Array) -> StartMap:
        """Plain descent from a row of starts at each rate (m,): m rows of pixels, the rates' logarithms upwards."""
        starts = np.tile(np.stack([x, np.full_like(x, y)], axis=-1), (len(rates), 1))
        found = self._run(None, np.repeat(rates, len(x)), starts)
        ends, arrivals = (one.reshape(len(rates), len(x)) for one in found)
        (left, right), pitch = self.objective.domain[0], math.log10(rates[1] / rates[0])
        low = math.log10(rates[0]) - pitch / 2
        return StartMap(x, rates, (left, right, low, low + len(rates) * pitch), ends, arrivals)


def planned_basins(
    spec: RenderSpec, own: Objective, learning_rate: float, start: tuple[float, ...], steps: int
) -> BasinRuns:
    """The maps that `spec` asks for, with the lesson's own function, rate and start as defaults.

    Raises ValueError, in one line, where a value is off, or where the function has no minimum on its map.
    """
    objective = asked_objective(spec, own)
    if not objective.minima:
        raise ValueError(f"basins needs a function with a minimum on its map, got {spec.function}; himmelblau works")
    name = method_name(spec.optimiser or OTHER)
    if name == "gradient-descent":
        raise ValueError("basins sets another method beside plain descent, got gradient-descent; momentum works")
    steps = steps if spec.steps is None else spec.steps
    if spec.function is not None and spec.learning_rate is None:
        with np.errstate(all="ignore"):
            learning_rate = _shared_rate(objective, steps)
    rate = learning_rate if spec.learning_rate is None else spec.learning_rate
    given = length_rate(objective, name) if spec.learning_rate is None else None
    other_rate = asked_rate(replace(spec, optimiser=name), given or rate, steps)
    assert isinstance(other_rate, float)  # no schedule is taken
    plan = Planner(objective, spec.points_a_side or POINTS, steps)
    main = simulate(objective, None, rate, start if spec.function is None else objective.start, steps)
    with np.errstate(all="ignore"):
        return _made(plan, main, rate, build_optimiser(name, {}, objective), other_rate)


def _made(plan: Planner, main: Trajectory, rate: float, method: Optimiser, other_rate: float) -> BasinRuns:
    """All runs and maps."""
    objective, steps = plan.objective, plan.steps
    low, high = np.array(objective.domain).T
    starts = [tuple((low + share * (high - low)).tolist()) for share in np.array(HANDFUL)]
    starts = [one for one in starts if sound_start(objective, one)]
    handful = simulate_each(objective, None, rate, starts, steps) if starts else ()
    plain, other, inner = plan.whole(None, rate), plan.whole(method, other_rate), plan.inner()
    pair = _pair(plan, plain, rate)
    made = BasinRuns((main, *handful, *pair))
    made.handful, made.pair, made.plain, made.other, made.inner = handful, pair, plain, other, inner
    made.method, made.rate, made.other_rate, made.steps = method.name, rate, other_rate, steps
    made.close = _close(plan, other, method, other_rate)
    made.row = _best_row(plain.ends, inner)
    rates, made.own_row = _rates(objective, rate, plan.points)
    made.by_rate = plan.by_rate(plain.x[inner[1]], float(plain.y[made.row]), rates)
    return made


def _shared_rate(objective: Objective, steps: int) -> float:
    """The learning rate, of some, with which most starts of a coarse grid come to a minimum; of equals, the largest."""
    limits = [one for one in limits_of(objective) if math.isfinite(one)]
    top = min(limits) if limits else 2 * suiting_rate(objective, steps=steps)
    starts, best = start_grid(objective, TRIED, TRIED), (-1, 0.0)
    for share in SHARES:
        rate = float(f"{share * top:.0e}")
        many = simulate_many(objective, None, rate, starts, steps)
        best = max(best, (int((many.minima >= 0).sum()), rate))
    return best[1]


def _pair(plan: Planner, found: StartMap, rate: float) -> tuple[Trajectory, ...]:
    """Two neighbours, side by side, that end in different minima, and stay together for longest."""
    (rows, columns), margin = plan.inner(), round(INNER * plan.points)
    middle = slice(rows.start + margin, rows.stop - margin), slice(columns.start + margin, columns.stop - margin)
    part = found.ends[middle]
    here, there = part[:, :-1], part[:, 1:]
    places = np.argwhere((here != there) & (here >= 0) & (there >= 0))
    if not len(places):
        return ()
    places = places[np.unique(np.linspace(0, len(places) - 1, PAIRS).astype(int))]
    up, across = (places + np.array([middle[0].start, middle[1].start])).T
    starts = np.stack([np.stack([found.x[across + side], found.y[up]], axis=-1) for side in (0, 1)])
    many = simulate_many(plan.objective, None, rate, starts, plan.steps, paths=True)
    assert many.paths is not None
    apart = np.linalg.norm(many.paths[:, 0] - many.paths[:, 1], axis=-1) > PARTED * plan.pitch * plan.points
    way = np.linalg.norm(np.diff(many.paths[:, 0], axis=0), axis=-1)
    together = np.where(np.logical_or.accumulate(apart[1:], axis=0), 0.0, way).sum(axis=0)
    return simulate_each(plan.objective, None, rate, starts[:, int(np.argmax(together))], plan.steps)


def _close(plan: Planner, found: StartMap, method: Optimiser, rate: float) -> StartMap:
    """The part of the domain with the most borders, its starts so many times closer together."""
    across, up, beside, above = plan.counts()
    wide, high = max(1, across // CLOSER), max(1, up // CLOSER)
    rows, columns = plan.inner()
    sums = np.cumsum(np.cumsum(np.pad(found.borders[rows, columns].astype(int), ((1, 0), (1, 0))), axis=0), axis=1)
    held = sums[high:, wide:] - sums[:-high, wide:] - sums[high:, :-wide] + sums[:-high, :-wide]
    row, column = np.unravel_index(int(np.argmax(held)), held.shape)
    left = found.sides[0] + (columns.start + int(column) - beside / CLOSER) * plan.pitch
    bottom = found.sides[2] + (rows.start + int(row) - above / CLOSER) * plan.pitch
    return plan.map(method, rate, (left, bottom), plan.pitch / CLOSER)


def _best_row(ends: np.ndarray, inner: tuple[slice, slice]) -> int:
    """The row of the domain that crosses most basins, and these most evenly."""
    rows, columns = inner
    middle = (rows.start + rows.stop) / 2
    best, chosen = (-1, -1.0), rows.start
    for row in sorted(range(rows.start, rows.stop), key=lambda row: abs(row + 0.5 - middle)):
        line = ends[row, columns]
        shares = [float((line == end).mean()) for end in np.unique(line[line >= 0])]
        score = len(shares), min(shares, default=0.0)
        if score > best:
            best, chosen = score, row
    return chosen


@np.errstate(all="ignore")  # a minimum may be a tip, which has no curvature
def limits_of(objective: Objective) -> list[float]:
    """For each minimum, 2 over its largest curvature, beyond which plain descent cannot come to rest there; or inf."""
    found = []
    for known in objective.minima:
        try:
            bend = objective.curvature(known.point)
        except np.linalg.LinAlgError:
            bend = 0.0
        found.append(2 / bend if 0 < bend < math.inf else math.inf)
    return found


def _rates(objective: Objective, own: float, count: int) -> tuple[Array, int]:
    """About `count` rates, each the same factor above the one before, among them the own one, with its place."""
    limits = [one for one in limits_of(objective) if math.isfinite(one)] or [own]
    low, high = LEAST * min(own, *limits), MOST * max(own, *limits)
    pitch = math.log10(high / low) / count
    below, over = math.floor(math.log10(own / low) / pitch), math.floor(math.log10(high / own) / pitch)
    return np.asarray(own * 10.0 ** (pitch * np.arange(-below, over + 1))), below
