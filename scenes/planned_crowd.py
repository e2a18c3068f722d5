"""From what the user asked for to a crowd: balls from all along the axis, and where each start on it leads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from gdsim import Objective, Trajectory
from gdsim.ensemble import simulate_many
from gdsim.ensemble_loop import STOPS, rate_at
from gdsim.objective import Array
from scenes.phrases.valley_facts import valley_at_rest
from scenes.planned_run import asked_optimiser, asked_rate
from scenes.spec import RenderSpec

# So many balls start at once, evenly over the domain.
MANY = 24
# The axis is looked at in so many cells a ball; an odd number, so that each ball starts in the middle of one.
CELLS = 17
# Points of runs that are kept at a time: the more steps there are, the fewer cells.
MOST_POINTS = 25_000_000
# More watersheds than this are a comb that nobody can read.
MOST_WATERSHEDS = 6


class Basins(NamedTuple):
    """The axis in cells, each with the valley in which a ball from its middle comes to rest.

    edges: (cells + 1,), in the objective's units. valleys: (cells,) of int, from left to right; -1 is none.
    """

    edges: Array
    valleys: np.ndarray

    def stretches(self) -> list[tuple[int, float, float]]:
        """Neighbouring cells of one valley as (valley, left, right), those of no valley left out."""
        turns = np.flatnonzero(np.diff(self.valleys)) + 1
        starts, ends = [0, *turns.tolist()], [*turns.tolist(), len(self.valleys)]
        found = [
            (int(self.valleys[start]), float(self.edges[start]), float(self.edges[end]))
            for start, end in zip(starts, ends)
        ]
        return [one for one in found if one[0] >= 0]

    def watersheds(self) -> list[float]:
        """Where two valleys' cells meet."""
        here, there = self.valleys[:-1], self.valleys[1:]
        return self.edges[1:-1][(here != there) & (here >= 0) & (there >= 0)].tolist()


class Starts(tuple[Trajectory, ...]):
    """One ball's run, the crowd's runs after it, and the basins of the axis."""

    basins: Basins

    def __new__(cls, runs: Iterable[Trajectory], basins: Basins) -> Starts:
        made = super().__new__(cls, tuple(runs))
        made.basins = basins
        return made


def planned_crowd(
    spec: RenderSpec, objective: Objective, learning_rate: float, steps: int
) -> tuple[tuple[Trajectory, ...], Basins]:
    """The runs of the crowd, without those that would start where there is no value or slope, and the basins.

    Raises ValueError with one line where a name or a value is off.
    """
    steps = steps if spec.steps is None else spec.steps
    half = min(CELLS // 2, MOST_POINTS // (2 * MANY * (steps + 1)))
    cells = 2 * half + 1
    edges = np.linspace(*objective.domain[0], MANY * cells + 1)
    starts = (edges[:-1] + edges[1:]) / 2
    rate = asked_rate(spec, learning_rate, steps)
    many = simulate_many(objective, asked_optimiser(spec, objective), rate, starts[:, None], steps, paths=True)
    assert many.paths is not None
    rates = np.array([rate_at(rate, step) for step in range(int(many.steps.max(initial=0)))], dtype=float)
    runs, valleys = [], np.full(len(starts), -1)
    for index in range(len(starts)):
        taken, stop = int(many.steps[index]), STOPS[many.stops[index]]
        points = many.paths[: taken + 1, index]
        valley = valley_at_rest(objective, points[:, 0], stop)
        valleys[index] = -1 if valley is None else valley
        if index % cells == cells // 2:
            runs.append(_run(objective, many.optimiser, points, rates[:taken], stop))
    return tuple(run for run in runs if run is not None), Basins(edges, valleys)


def _run(objective: Objective, optimiser: str, points: Array, rates: Array, stop: object) -> Trajectory | None:
    """One ball's run as `simulate` makes it; None where it cannot start."""
    with np.errstate(all="ignore"):
        losses = np.asarray(objective.value(points), dtype=float)
        gradients = np.asarray(objective.gradient(points), dtype=float)
    if not (np.isfinite(losses[0]) and np.isfinite(gradients[0]).all()):
        return None
    return Trajectory(objective, optimiser, points, losses, gradients, rates, stop)  # type: ignore[arg-type]
