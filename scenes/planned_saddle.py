"""From the user's options to the runs about a saddle point: one on its ridge, and two a hair to the side."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from gdsim import Objective, Optimiser, Stop, Trajectory, simulate
from gdsim.methods import build_optimiser, method_name
from gdsim.objective import Array
from gdsim.saddles import Saddle, find_saddles
from scenes.planned_run import asked_objective, asked_rate, length_rate, sound_start
from scenes.spec import RenderSpec

WORKS = "x**2 - y**2 + y**4/4"
# The second lane's method, unless another is asked for.
OTHER = "momentum"
# Shares of the map's shorter side: a ball farther to the side than this has left the saddle, and one nearer than that
# has come to it.
LEFT, THERE = 0.1, 0.02
# Nor is one on the ridge that has gone this share of the way to a minimum.
NEAREST = 0.3
# A ball this many times as near has come near the saddle point.
NEAR = 3.0
# The nudge, a power of ten: about this share of that side. A start less far to the side is on the ridge.
NUDGE, ON = 3e-7, 1e-9
# How far to the side of a start the ridge is looked for, and how far from a saddle a start of our own is.
ASIDE, AWAY = (1e-3, 0.01, 0.05, 0.1), (0.45, 0.2, 0.1)
# So many saddle points are tried, those in the middle of the map first.
MOST_SADDLES = 3
# The first rates tried: this share of one over the curvature.
SHARE = 0.2
# No run is longer; after leaving, a run goes on for this share of the steps it took, and at least for so many.
MOST, ON_SHARE, ON_LEAST = 20_000, 0.5, 30


class SaddleRuns(tuple[Trajectory, ...]):
    """Plain descent on the ridge, plain descent a little to the side, and another method from there.

    saddle: the saddle point. offset: how far to the side of the ridge the second and the third start.
    reach: how far to the side a ball has left the saddle.
    """

    saddle: Saddle
    offset: float
    reach: float

    def __new__(cls, runs: Iterable[Trajectory], saddle: Saddle, offset: float, reach: float) -> SaddleRuns:
        made = super().__new__(cls, runs)
        made.saddle, made.offset, made.reach = saddle, offset, reach
        return made


def planned_saddle(spec: RenderSpec, own: Objective, rate: float, start: tuple[float, ...]) -> SaddleRuns:
    """The runs that `spec` asks for, with the lesson's own function, rate and start as defaults.

    Raises ValueError with one line where a value is off, or where no ball comes to a saddle point.
    """
    objective = asked_objective(spec, own)
    saddles = find_saddles(objective)
    if not saddles:
        raise ValueError(f"saddle needs a function with a saddle point on its map, got {spec.function}; {WORKS} works")
    begin = spec.start or (None if spec.function else start)
    if begin is not None and not sound_start(objective, begin):
        simulate(objective, start=begin, steps=0)  # says what is wrong
    fit = spec.learning_rate or (rate if spec.function is None else None)
    with np.errstate(all="ignore"):
        for saddle in saddles[:MOST_SADDLES]:
            runs = _at(spec, objective, saddle, begin, fit)
            if runs is not None:
                return runs
    raise ValueError(_complaint(spec))


def _complaint(spec: RenderSpec) -> str:
    """Why no ball comes to a saddle point: the first thing that was asked for."""
    if spec.steps is not None:
        return f"saddle needs enough steps for a ball to come to a saddle point, got {spec.steps}; 100 works"
    if spec.learning_rate is not None:
        return f"saddle needs a rate at which a ball comes to a saddle point, got {spec.learning_rate:g}; 0.1 works"
    if spec.start is not None:
        place = ", ".join(f"{value:g}" for value in spec.start)
        return f"saddle needs a start next to a ridge that leads to a saddle point, got {place}; -1.4, 0.01 works"
    return f"saddle needs a ridge that leads to a saddle point, and finds none on {spec.function}; {WORKS} works"


def _at(
    spec: RenderSpec, objective: Objective, saddle: Saddle, begin: tuple[float, ...] | None, rate: float | None
) -> SaddleRuns | None:
    """The runs to this saddle point; None if no ball comes to it."""
    side = float(np.ptp(objective.domain, axis=1).min())
    if rate is None:
        rate = float(f"{SHARE / max(saddle.up, -saddle.down):.0e}")
    hunt = Hunt(objective, saddle, rate, side)
    point = hunt.own_start() if begin is None else np.array(begin, dtype=float)
    aside = None if point is None else hunt.to_ridge(point)
    if point is None or aside is None:
        return None
    ridge = hunt.on_ridge(point + aside * hunt.down, spec.steps)
    if not _stalls(ridge, saddle, side):
        return None
    nudge = 10.0 ** round(math.log10(NUDGE * side))
    if abs(aside) < ON * side:
        point, offset = ridge.points[0] + nudge * _towards_us(hunt.down), nudge
    else:
        offset = abs(aside)
    if begin is None:
        point, offset = ridge.points[0] + nudge * _towards_us(hunt.down), nudge
    steps = hunt.steps(point) if spec.steps is None else spec.steps
    plain = simulate(objective, None, rate, point, steps)
    other = simulate(objective, *_method(spec, objective, rate, steps), point, steps)
    return SaddleRuns((ridge, plain, other), saddle, offset, hunt.left)


def _method(spec: RenderSpec, objective: Objective, rate: float, steps: int) -> tuple[Optimiser, float]:
    """The second lane's method and its rate: plain descent's, unless the method has one of its own."""
    name = method_name(spec.optimiser or OTHER)
    own = length_rate(objective, name) if spec.learning_rate is None else None
    given = asked_rate(replace(spec, optimiser=name), own or rate, steps)
    assert isinstance(given, float)  # no schedule is taken
    return build_optimiser(name, {}, objective), given


def _stalls(run: Trajectory, saddle: Saddle, side: float) -> bool:
    """Whether a run ends at the saddle point, where the slope is next to nothing, without ever having been lost."""
    away = float(np.linalg.norm(run.points[-1] - np.array(saddle.point)))
    slopes = np.linalg.norm(run.gradients, axis=1)
    still = run.stop in (Stop.FLAT, Stop.STEP_LIMIT) and slopes[-1] <= THERE * slopes[0]
    return bool(run.steps and still and away <= THERE * side)


def _towards_us(way: Array) -> Array:
    """A direction or its opposite: the one that leads to the front of the landscape, or else to the right."""
    front = -way[1] if abs(way[1]) > 1e-9 else way[0]
    return np.asarray(way if front > 0 else -way)


class Hunt:
    """Looks for the ridge that leads to a saddle point, with plain descent at one rate. side: of the map."""

    def __init__(self, objective: Objective, saddle: Saddle, rate: float, side: float) -> None:
        self.objective, self.rate, self.side = objective, rate, side
        self.place, self.down = np.array(saddle.point), np.array(saddle.down_way)
        self.up, self.growth = np.array(saddle.up_way), 1 - rate * saddle.down
        apart = [float(np.linalg.norm(self.place - np.array(one.point))) for one in objective.minima]
        self.left = min([LEFT * side, *(NEAREST * one for one in apart)])

    def own_start(self) -> Array | None:
        """A start uphill of the saddle point from which the ridge is not far to the side; from the left, if it can."""
        low, high = np.array(self.objective.domain).T
        left = self.up if self.up[0] < -1e-9 or (abs(self.up[0]) <= 1e-9 and self.up[1] < 0) else -self.up
        for share in AWAY:
            for way in (left, -left):
                point = self.place + share * self.side * way
                sound = sound_start(self.objective, tuple(point.tolist()))
                if ((low < point) & (point < high)).all() and sound:
                    aside = self.to_ridge(point)
                    if aside is not None:
                        return np.asarray(point + aside * self.down)
        return None

    def to_ridge(self, point: Array) -> float | None:
        """How far to the side of a start, along the way down, one stalls at the saddle point; None if none does."""
        here = self._passes(point)
        if here == 0:
            return 0.0
        for share in ASIDE:
            for end in (share * self.side, -share * self.side):
                there = self._passes(point + end * self.down)
                if here is not None and there is not None and here * there <= 0:
                    return self._between(point, 0.0, end, here)
        return None

    def _between(self, point: Array, one: float, other: float, side: int) -> float:
        """Bisection between two starts that pass the saddle point on different sides."""
        for _ in range(80):
            middle = (one + other) / 2
            passed = self._passes(point + middle * self.down)
            if not passed or middle in (one, other):
                return middle
            one, other = (middle, other) if passed == side else (one, middle)
        return one

    def _passes(self, point: Array) -> int | None:
        """On which side plain descent leaves the saddle point: −1, 1, or 0 if it stays; None if it comes not near."""
        came = False
        for _ in range(self._budget()):
            slope = np.asarray(self.objective.gradient(point))
            if not np.isfinite(slope).all():
                return None
            away = point - self.place
            aside, along = float(away @ self.down), float(away @ self.up)
            came = came or float(np.hypot(aside, along)) < self.left
            if came and abs(aside) > self.left / 2 and abs(aside) > abs(along):
                return 1 if aside > 0 else -1
            if came and float(np.hypot(*slope)) < 1e-6:
                return 0
            if max(abs(aside), abs(along)) > 3 * self.side:
                return None
            point = point - self.rate * slope
        return 0 if came else None

    def on_ridge(self, start: Array, steps: int | None) -> Trajectory:
        """Plain descent on the ridge; without a number of steps, as far as the slope keeps shrinking."""
        if steps is not None:
            return simulate(self.objective, None, self.rate, start, steps)
        run = simulate(self.objective, None, self.rate, start, MOST)
        least = int(np.argmin(np.linalg.norm(run.gradients, axis=1)))
        return run if least == run.steps else simulate(self.objective, None, self.rate, start, least)

    def _budget(self) -> int:
        """Steps in which a ball that is one double's width off the ridge has left."""
        return int(min(MOST, 200 + 60 / math.log(self.growth)))

    def steps(self, start: Array) -> int:
        """As many as plain descent needs to leave the saddle point, and some more to see where it goes."""
        run = simulate(self.objective, None, self.rate, start, self._budget())
        gone = steps_to_leave(run, self.place, self.down, self.left)
        return run.steps if gone is None else min(MOST, gone + max(ON_LEAST, int(ON_SHARE * gone)))


def steps_to_leave(run: Trajectory, place: Array, way: Array, reach: float) -> int | None:
    """The steps after which a ball that has come near `place` is farther than `reach` to its side: off the ridge.

    A ball that never comes near is off once it has gone so far to the side. None if it never leaves the ridge.
    """
    away = run.points - place
    off, near = np.abs(away @ way) > reach, np.linalg.norm(away, axis=1) <= NEAR * reach
    begin = int(np.argmax(near)) if near.any() else int(np.argmin(off))
    later = np.flatnonzero(off[begin:])
    return begin + int(later[0]) if len(later) else None
