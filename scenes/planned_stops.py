"""From the user's options to runs that differ in when they stop: by slope, by loss, at other rates, on a shelf."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from itertools import chain, count
from typing import NamedTuple

import numpy as np

from gdsim import SURFACES, Objective, Stop, Trajectory, simulate
from gdsim.expression import parse_objective
from gdsim.simulate import map_bound
from gdsim.stop import Rule, beyond, flat, settled
from scenes.spec import RenderSpec

# A slope, or a change of the loss, below this is small enough.
EPSILON = 1e-6
LEARNING_RATE, START, LIMIT = 0.1, (10.0,), 1000
# The limits that the chart of rates can show.
FEWEST, MOST = 10, 10_000
# The picture is so many times as wide as the start is far away.
WIDTH = 1.1
# Rates that are tried: these, and those that are as far below 1; the mantissas go on towards 0.
TRIED = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
MANTISSAS = (8, 7, 6, 5, 4, 3, 2.5, 2, 1.5, 1.25, 1)
# From the nearer place the slope is small, from the farther one it is smaller than epsilon.
SHELF, NEARER, FARTHER = "10*(1 - exp(-x**2/2))", (4.4,), (6.0,)


class Stopping(NamedTuple):
    """The runs by what they are for.

    main, by_loss: from one start, until the slope is small, and until a step hardly changes the loss.
    rates: until the slope is small, the smallest rate first; it is too small for the limit, and the last is 1.
    hasty, patient, blind: on the shelf, by loss, by slope, and by slope from farther out.
    """

    main: Trajectory
    by_loss: Trajectory
    rates: tuple[Trajectory, ...]
    hasty: Trajectory
    patient: Trajectory
    blind: Trajectory


def parted(runs: tuple[Trajectory, ...]) -> Stopping:
    """The runs of `planned_stops` by name."""
    main, by_loss, *rates, hasty, patient, blind = runs
    return Stopping(main, by_loss, tuple(rates), hasty, patient, blind)


def planned_stops(spec: RenderSpec) -> tuple[Trajectory, ...]:
    """All runs on θ², from the spec's start, with its rate and its limit, then those on the shelf.

    Raises ValueError, in one line, if the spec asks for a limit that the film cannot show, or for a rate that makes
    no step.
    """
    limit = LIMIT if spec.steps is None else spec.steps
    if not FEWEST <= limit <= MOST:
        raise ValueError(f"{spec.scene} takes a step limit from {FEWEST} to {MOST}, got {limit}; {LIMIT} works")
    start = START if spec.start is None else spec.start
    rate = LEARNING_RATE if spec.learning_rate is None else spec.learning_rate
    objective = valley(start)
    main, by_loss = (
        simulate(objective, None, rate, start, limit, rules(objective, start, by)) for by in (flat, settled)
    )
    stays = main.stop is Stop.DIVERGED and not main.steps
    if stays or (main.steps and (main.points[1] == main.points[0]).all()):
        raise ValueError(f"{spec.scene} needs a learning rate that makes a step, got {rate:g}; {LEARNING_RATE} works")
    return (main, by_loss, *(_rates(start, limit) if main.steps else ()), *_on_the_shelf())


def rules(objective: Objective, start: tuple[float, ...], by: Callable[[float], Rule] = flat) -> tuple[Rule, ...]:
    """Stop when a size is below epsilon, or the ball has left the map."""
    return by(EPSILON), beyond(map_bound(objective, np.array(start)))


def valley(start: tuple[float, ...]) -> Objective:
    """J(θ) = θ², drawn as wide as the start needs; a start at the minimum needs no more than the usual one."""
    away = max(map(abs, start), default=0.0)
    reach = WIDTH * (away if 2 * away >= EPSILON else START[0])
    return replace(
        SURFACES["square"], formula="theta^2", variables=("theta",), symbol="J", domain=((-reach, reach),), start=START
    )


@lru_cache(maxsize=32)  # the same for every rate that the user tries
def _rates(start: tuple[float, ...], limit: int) -> tuple[Trajectory, ...]:
    """One run per rate, from the largest that is too small for the limit to 1."""
    objective = valley(start)

    def run(rate: float) -> Trajectory:
        return simulate(objective, None, rate, start, limit, rules(objective, start))

    found: list[Trajectory] = []
    small = (float(f"{mantissa}e-{power}") for power in count(2) for mantissa in MANTISSAS)  # 0.08, 0.07, …
    for rate in chain(TRIED[::-1], small):
        found.append(run(rate))
        if found[-1].stop is Stop.STEP_LIMIT:
            break
    below = found[::-1]
    return (*below, *(run(round(1 - float(one.learning_rates[0]), 12)) for one in found[1:]), run(1.0))


@lru_cache(maxsize=1)
def _on_the_shelf() -> tuple[Trajectory, ...]:
    """The three balls on the shelf."""
    own = parse_objective(SHELF)
    shelf = replace(own, domain=((-3.5, 7.0),), start=NEARER)
    asked = ((settled, NEARER), (flat, NEARER), (flat, FARTHER))
    return tuple(simulate(shelf, None, LEARNING_RATE, at, LIMIT, rules(shelf, at, by)) for by, at in asked)
