"""Facts about a sweep of learning rates: how much loss each rate leaves, and the chart in which that is drawn."""

from __future__ import annotations

import math
from enum import Enum
from functools import cached_property
from typing import NamedTuple

import numpy as np

from gdsim import Stop, Trajectory
from gdsim.objective import Array
from scenes.phrases.run_facts import SAME, halted
from scenes.planned_sweep import CELLS, STEEPER, Sweep
from scenes.script.window import Window, heights

# Less than this share of the first loss is nothing that could be seen: the chart's floor.
FLOOR = 1e-6
# The chart reaches so many powers of ten above the loss at the start, and a little below its floor.
ABOVE, BELOW = 1.9, 0.9
# Without logarithms, in heights of the curve: how far the chart reaches below and above the start.
DEEP, HIGH = 1.6, 0.5
# What is left of the loss: hardly less than at the start, hardly more, the larger part, next to nothing, an explosion.
HARDLY, MORE, SLOW, NOTHING, EXPLODES = 0.9, 1.1, 0.5, 0.01, 10.0
# A valley goes down to this share of the loss, or below.
VALLEY = 0.1
# A direction that still leaves this share is slow. The curvature is looked up at so many places.
UNDONE, MANY = 1e-3, 200


class End(Enum):
    """How a run of the sweep ended."""

    STILL = "hardly changed"
    LOWER = "lower than it began"
    HIGHER = "higher than it began"
    AWAY = "out of the map, and no higher than it began"
    EARLY = "before its steps were done, because the next one leads nowhere"


class Chart(NamedTuple):
    """The chart's scales. window: logarithms of rates across; up, logarithms of what is left, or losses.

    low: what is subtracted from a loss before its logarithm is taken, None where losses are drawn as they are.
    size: the unit in which falls are measured. first: the loss at the start.
    """

    window: Window
    low: float | None
    size: float
    first: float

    def height(self, loss: float) -> float:
        """Where a loss is drawn: never below the floor, nor far above the top."""
        top = self.window[3] + 0.5 * (self.window[3] - self.window[2])
        if math.isnan(loss):
            return math.nan
        if self.low is None:
            return min(max(loss, 2 * self.window[2] - self.window[3]), top)
        return min(math.log10(max(loss - self.low, FLOOR * self.size)), top)

    @property
    def floor(self) -> float | None:
        """The height below which nothing is told apart; None if the scale is not logarithmic."""
        return None if self.low is None else math.log10(FLOOR * self.size)


class Facts:
    """What a sweep shows. All arrays are (n,), one entry per swept rate."""

    def __init__(self, sweep: Sweep) -> None:
        self.sweep = sweep
        self.rates = np.array(sweep.swept)
        self.chart = _chart(sweep)
        self.seen = (self.rates <= sweep.range[1]) & (self.rates >= sweep.range[0])

    @cached_property
    def left(self) -> Array:
        """What is left of the loss, as a share of what there was at the start; more than 1 if it grew."""
        return np.array([self.left_of(run) for run in self.sweep.runs])

    @cached_property
    def ends(self) -> list[End]:
        """How each run ended."""
        return [self.end_of(run) for run in self.sweep.runs]

    def left_of(self, run: Trajectory) -> float:
        """What a run leaves of the loss; infinite if its first step is beyond counting."""
        lost = run.steps == 0 and run.stop is Stop.DIVERGED
        return math.inf if lost else 1 + (float(run.losses[-1]) - self.chart.first) / self.chart.size

    def end_of(self, run: Trajectory) -> End:
        """How a run ended."""
        left = self.left_of(run)
        if left > MORE:
            return End.HIGHER
        if run.stop is Stop.DIVERGED:
            return End.AWAY
        if halted(run):
            return End.EARLY
        return End.LOWER if left < HARDLY else End.STILL

    def drawn(self, run: Trajectory) -> float:
        """The height of a run's point in the chart; NaN where it is none, because the run left or ended early."""
        end, lost = self.end_of(run), run.steps == 0 and run.stop is Stop.DIVERGED
        height = self.chart.height(math.inf if lost else float(run.losses[-1]))
        outside = not self.chart.window[2] <= height <= self.chart.window[3]
        return math.nan if end is End.EARLY or (end is End.AWAY and not outside) else height

    @property
    def flat(self) -> int:
        """How many rates, from the smallest on, hardly change the loss."""
        moved = [index for index, end in enumerate(self.ends) if end is not End.STILL]
        return moved[0] if moved else len(self.ends)

    @property
    def best(self) -> int:
        """The rate that leaves least, of those in the chart whose runs stay on the map."""
        kept = [k for k in np.flatnonzero(self.seen).tolist() if self.ends[k] in (End.STILL, End.LOWER)]
        least = min((self.left[k] for k in kept), default=1.0)
        lowest = [k for k in kept if self.left[k] <= max(least, FLOOR)]
        return lowest[len(lowest) // 2] if lowest else 0

    @property
    def foot(self) -> int:
        """The last of the rates that leave next to nothing, or the best of all."""
        low = [k for k in np.flatnonzero(self.seen).tolist() if self.left[k] <= FLOOR and k >= self.best]
        return low[-1] if low else self.best

    @property
    def last(self) -> int:
        """The largest rate in the chart."""
        return int(np.flatnonzero(self.seen)[-1])

    @property
    def nothing(self) -> bool:
        """Whether no rate changes the loss."""
        return self.flat == len(self.ends)

    @property
    def valley(self) -> bool:
        """Whether the chart is flat, falls into a valley and ends at a wall."""
        there = self.sweep.wall is not None and self.flat > 0 and bool(self.left[self.best] <= VALLEY)
        return there and not self.cut_short and bool(np.any(self.bends))

    @property
    def cut_short(self) -> bool:
        """Whether a run stopped on almost level ground while it could still be seen to fall."""
        flat = (run.stop is Stop.FLAT and self.left_of(run) > FLOOR for run in self.sweep.runs)
        return any(flat)

    @cached_property
    def bends(self) -> Array:
        """The curvatures (m,) of the curve where the runs that are watched land, without those that are not known."""
        places = np.concatenate([run.points[:, 0] for run in self.sweep[1:3]])
        bends = [self.sweep.main.objective.curvature((place,)) for place in np.unique(places)[:MANY].tolist()]
        return np.array([bend for bend in bends if math.isfinite(bend)])

    @property
    def falls(self) -> bool:
        """Whether, up to the best, each larger rate leaves less; what cannot be seen does not count."""
        heights = np.array([self.chart.height(float(run.losses[-1])) for run in self.sweep.runs[: self.best + 1]])
        return bool(np.all(np.diff(heights) <= SAME * np.abs(heights[:-1])))

    @cached_property
    def summed(self) -> Array:
        """Two directions together: the losses (n − CELLS,) at each rate, the second bending STEEPER times as much."""
        losses = np.array([math.inf if math.isinf(self.left_of(run)) else run.losses[-1] for run in self.sweep.runs])
        low = self.chart.low or 0.0
        return (losses[:-CELLS] - low) + (losses[CELLS:] - low) + low

    @property
    def best_of_both(self) -> float:
        """The rate that leaves least of the sum."""
        return float(self.rates[int(np.argmin(np.where(np.isnan(self.summed), np.inf, self.summed)))])

    @property
    def explodes(self) -> bool:
        """Whether the largest rate of the ladder leaves many times the loss of the start, in the steep direction."""
        return self.left_of(self.sweep.tried(len(self.sweep.ladder) - 1)[1]) >= EXPLODES

    @property
    def crowded(self) -> bool:
        """Whether the best rates for both directions lie close to the wall, within a factor of two."""
        rate = self.best_of_both
        slow = self.left[int(np.argmin(np.abs(self.rates - rate)))] > UNDONE
        return bool(slow and self.wall_of_both / 2 < rate < self.wall_of_both)

    @property
    def wall_of_both(self) -> float:
        """Where the steeper direction puts the wall."""
        assert self.sweep.wall is not None
        return self.sweep.wall / STEEPER


def _chart(sweep: Sweep) -> Chart:
    """Logarithms of what is above the lowest minimum, or of the losses if all are positive; else plain losses."""
    main, objective = sweep.main, sweep.main.objective
    first, least, most = float(main.losses[0]), *sweep.range
    ends = np.array([run.losses[-1] for run in sweep])
    across = math.log10(least), math.log10(most)
    low = min((known.value for known in objective.minima), default=0.0)
    size = first - low
    if size > SAME * abs(low) and ends.min() >= low - SAME * size:
        top = math.log10(size)
        return Chart((*across, top + math.log10(FLOOR) - BELOW, top + ABOVE), low, size, first)
    bottom, edge = heights(objective, *objective.domain[0])
    size = max(edge - bottom, 1e-9 * abs(first), 1e-300)
    return Chart((*across, first - DEEP * size, first + HIGH * size), None, size, first)
