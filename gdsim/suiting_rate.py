"""A learning rate that suits a function: as large as plain descent can take without leaping over a valley.

One rule for one ball and for many: `suiting_rate` from one start, `shared_rate` from all over a curve.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from gdsim.behaviour import jumps
from gdsim.objective import Array, Minimum, Objective
from gdsim.simulate import simulate
from gdsim.stop import Stop
from gdsim.trajectory import Trajectory

# The first rate that is tried is so many times 2 / curvature, the largest that a parabola of the start's bend bears.
EAGER = 2.0
# No step may be longer than this share of the map's longest side.
LONGEST_STEP = 0.25
# Rates tried, each about half the one before.
MOST = 40
# A shared rate need not suit this part of the starts: near a pole no rate is small enough.
SPARED = 1 / 8
# Starts tried along a curve, and the rate where none of them can be used.
STARTS, USUAL = 8, 0.1
# How near to the largest rate that a valley bears plain descent zig-zags for long, and still settles.
ZIGZAG = 0.95
# A valley is narrow if it is curved so many times as much across as along.
NARROW = 5.0
# A loss that grows by less than this share of all the run's fall is rounding.
ROUNDING = 1e-12


def suiting_rate(objective: Objective, start: Sequence[float] | Array | None = None, steps: int = 20) -> float:
    """The largest of 1, 2, 5, 10, … with which plain descent goes down all the way from `start`, `steps` steps long.

    Down all the way: each step lowers the loss, none is longer than a quarter of the map or leaves it, and no step
    leaps over a valley's floor, where the slope would point back. The curvature along the way decides: on ½λx² these
    are the rates up to 1 / λ. Where no rate does, the smallest that was tried.

    Raises ValueError where the function has no finite value or slope at the start.
    """
    point = np.array(objective.start if start is None else start, dtype=float)
    rate = math.nan
    for rate in _candidates(objective, point):
        if descends(simulate(objective, rate=rate, start=point, steps=steps)):
            break
    return rate


def shared_rate(objective: Objective, steps: int = 20) -> float:
    """The rate for balls from all over a curve of one variable: it suits seven starts of eight.

    Starts without a finite value or slope are left out; where no start is left, 0.1.
    """
    low, high = objective.domain[0]
    starts = low + (np.arange(STARTS) + 0.5) / STARTS * (high - low)
    rates = sorted(suiting_rate(objective, [start], steps) for start in starts.tolist() if _sound(objective, start))
    return rates[int(SPARED * len(rates))] if rates else USUAL


def _sound(objective: Objective, start: float) -> bool:
    """Whether a run can begin there."""
    point = np.array([start])
    with np.errstate(all="ignore"):
        return bool(np.isfinite(objective.value(point)) and np.isfinite(objective.gradient(point)).all())


def zigzag_rate(objective: Objective, start: Sequence[float] | Array | None = None, steps: int = 40) -> float:
    """A rate at which plain descent zig-zags down the narrow valley it goes to, and settles: `ZIGZAG` × 2 / curvature.

    The curvature is the largest at the known minimum nearest to where a suiting rate leads. Where that valley is not
    `NARROW`, or where plain descent does not stay on the map and end lower, the suiting rate.

    Raises ValueError where the function has no finite value or slope at the start.
    """
    suits = suiting_rate(objective, start, steps)
    end = simulate(objective, rate=suits, start=start, steps=steps).points[-1]
    known = min(objective.minima, key=lambda one: float(np.linalg.norm(end - np.array(one.point))), default=None)
    bends = known and narrow_bends(objective, known)
    if not bends:
        return suits
    rate = _two_digits(ZIGZAG * 2 / bends[0])
    run = simulate(objective, rate=rate, start=start, steps=steps)
    low, high = np.array(objective.domain).T
    low, high = np.minimum(low, run.points[0]), np.maximum(high, run.points[0])
    settles = run.losses[-1] < run.losses[0] and ((run.points >= low) & (run.points <= high)).all()
    return rate if settles else suits


def _two_digits(rate: float) -> float:
    """The rate rounded down to two significant digits."""
    exponent = math.floor(math.log10(rate)) - 1
    return float(f"{math.floor(rate / 10.0**exponent)}e{exponent}")


def narrow_bends(objective: Objective, minimum: Minimum) -> tuple[float, float] | None:
    """The largest and the smallest curvature at a minimum in a narrow valley; None if its valley is not narrow."""
    with np.errstate(all="ignore"):
        try:
            bends = objective.curvatures(minimum.point)[0].tolist()
        except np.linalg.LinAlgError:  # a kink has no curvature
            return None
    return (bends[-1], bends[0]) if 0 < NARROW * bends[0] <= bends[-1] < math.inf else None


def descends(run: Trajectory) -> bool:
    """Whether a run goes down all the way, in steps that can be followed, and stays on the map."""
    low, high = np.array(run.objective.domain).T
    sides, start = high - low, run.points[0]
    low, high = np.minimum(low, start), np.maximum(high, start)
    lengths = np.linalg.norm(np.diff(run.points, axis=0), axis=1)
    slack = ROUNDING * float(np.ptp(run.losses))
    return bool(
        run.stop not in (Stop.DIVERGED, Stop.UNDEFINED, Stop.SLOPELESS, Stop.UNCOMPUTABLE)
        and np.all(np.diff(run.losses) <= slack)
        and np.all(lengths <= LONGEST_STEP * sides.max())
        and np.all((run.points >= low) & (run.points <= high))
        and not jumps(run).any()
    )


def _candidates(objective: Objective, point: Array) -> Iterator[float]:
    """Rates of the series 1, 2, 5, falling, from what the curvature and the slope at the start allow."""
    largest = EAGER * _bound(objective, point)
    exponent = math.floor(math.log10(largest))
    series = [factor * 10.0**power for power in range(exponent, exponent - MOST // 3, -1) for factor in (5, 2, 1)]
    yield from (float(f"{rate:.1g}") for rate in series if rate <= largest)


def _bound(objective: Objective, point: Array) -> float:
    """Twice the inverse of the curvature, or the rate whose first step crosses the map where that is less."""
    with np.errstate(all="ignore"):
        slope = float(np.linalg.norm(objective.gradient(point)))
        bend = abs(objective.curvature(point)) if np.isfinite(slope) else 0.0
    side = max(high - low for low, high in objective.domain)
    bounds = [bound for bound in (2 / bend if bend else math.inf, side / slope if slope else math.inf) if bound > 0]
    found = min(bounds)
    return found if math.isfinite(found) else 1.0
