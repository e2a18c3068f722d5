"""From the user's options to a crowd: balls from all along the axis, and where each start on it leads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from gdsim import Objective, Stop, Trajectory
from gdsim.ensemble import simulate_many
from gdsim.ensemble_loop import STOPS, rate_at
from gdsim.objective import Array
from scenes.phrases.valley_facts import valley_at_rest
from scenes.planned_run import asked_optimiser, asked_rate
from scenes.spec import RenderSpec

# The number of balls, spread evenly over the domain.
MANY = 24
# Cells of the axis per ball; an odd number, so that each ball starts in the middle of one.
CELLS = 17
# Points of runs in memory at a time: the more steps there are, the fewer cells.
MOST_POINTS = 25_000_000
# More watersheds than this cannot be read.
MOST_WATERSHEDS = 6


class Basins(NamedTuple):
    """The axis in cells, each with the valley in which a ball from its middle comes to rest.

    edges: (cells + 1,), in the objective's units. valleys: (cells,) of int, from left to right; -1 is none.
    """

    edges: Array
    valleys: np.ndarray

    def stretches(self) -> list[tuple[int, float, float]]:
        """Stretches that lead to the same valley, as (valley, left, right); those that lead to none are left out."""
        turns = np.flatnonzero(np.diff(self.valleys)) + 1
        starts, ends = [0, *turns.tolist()], [*turns.tolist(), len(self.valleys)]
        found = [
            (int(self.valleys[start]), float(self.edges[start]), float(self.edges[end]))
            for start, end in zip(starts, ends)
        ]
        return [one for one in found if one[0] >= 0]

    def borders(self) -> list[int]:
        """The cells whose right neighbour belongs to another valley."""
        here, there = self.valleys[:-1], self.valleys[1:]
        return np.flatnonzero((here != there) & (here >= 0) & (there >= 0)).tolist()

    def watersheds(self) -> list[float]:
        """Where two valleys' cells meet."""
        return [float(self.edges[cell + 1]) for cell in self.borders()]


class Starts(tuple[Trajectory, ...]):
    """One ball's run, the crowd's runs after it, then those of the pair.

    pair: two balls that start side by side, on either side of a watershed; empty where there is none.
    """

    crowd: tuple[Trajectory, ...]
    pair: tuple[Trajectory, ...]
    basins: Basins

    def __new__(
        cls, main: Trajectory, crowd: tuple[Trajectory, ...], pair: tuple[Trajectory, ...], basins: Basins
    ) -> Starts:
        made = super().__new__(cls, (main, *crowd, *pair))
        made.crowd, made.pair, made.basins = crowd, pair, basins
        return made


class Planned(NamedTuple):
    """A crowd's runs, a pair's, and the basins."""

    crowd: tuple[Trajectory, ...]
    pair: tuple[Trajectory, ...]
    basins: Basins


def planned_crowd(spec: RenderSpec, objective: Objective, learning_rate: float, steps: int) -> Planned:
    """Balls from all along the axis, without those that would start at a point without a value or slope.

    Raises ValueError, in one line, if a name or a value is wrong.
    """
    steps = spec.steps if spec.steps is not None else steps
    cells = 2 * min(CELLS // 2, MOST_POINTS // (2 * MANY * (steps + 1))) + 1
    edges = np.linspace(*objective.domain[0], MANY * cells + 1)
    rate = asked_rate(spec, learning_rate, steps)
    starts = ((edges[:-1] + edges[1:]) / 2)[:, None]
    many = simulate_many(objective, asked_optimiser(spec, objective), rate, starts, steps, paths=True)
    assert many.paths is not None
    paths = [many.paths[: taken + 1, index] for index, taken in enumerate(many.steps.tolist())]
    stops = [STOPS[stop] for stop in many.stops]
    valleys = [valley_at_rest(objective, path[:, 0], stop) for path, stop in zip(paths, stops)]
    basins = Basins(edges, np.array([-1 if valley is None else valley for valley in valleys]))
    rates = np.array([rate_at(rate, step) for step in range(int(many.steps.max(initial=0)))], dtype=float)

    def runs(chosen: Iterable[int]) -> tuple[Trajectory, ...]:
        made = (_run(objective, many.optimiser, paths[index], rates, stops[index]) for index in chosen)
        return tuple(run for run in made if run is not None)

    borders = basins.borders()
    middle = borders[len(borders) // 2 : len(borders) // 2 + 1]
    pair = runs(cell for border in middle for cell in (border, border + 1))
    return Planned(runs(range(cells // 2, len(starts), cells)), pair, basins)


def _run(objective: Objective, optimiser: str, points: Array, rates: Array, stop: Stop) -> Trajectory | None:
    """One ball's run as `simulate` makes it; None where it cannot start."""
    with np.errstate(all="ignore"):
        losses = np.asarray(objective.value(points), dtype=float)
        gradients = np.asarray(objective.gradient(points), dtype=float)
    if not (np.isfinite(losses[0]) and np.isfinite(gradients[0]).all()):
        return None
    return Trajectory(objective, optimiser, points, losses, gradients, rates[: len(points) - 1], stop)
