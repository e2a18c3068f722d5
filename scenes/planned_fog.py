"""From the user's options to two balls in the fog: where each starts and ends, and how low it could have got."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import Enum

import numpy as np

from gdsim import Minimum, Objective, Trajectory, simulate
from scenes.planned_run import asked_objective, planned_run, sound_start
from scenes.script.data_range import loss_range, map_domain
from scenes.spec import RenderSpec

# So many places are tried as the second start, in the middle of the map: within this share of its half sides.
DRAWN, INSIDE = 24, 0.8
# A ball that ends within this share of the map's shorter side from a minimum's place rests there.
NEAR = 0.02
# The ground is level where the slope is at most this share of the steepest that the ball has felt.
LEVEL = 0.03
# Of two heights, these shares of the landscape's count as the same, and as much the same.
SAME, ALIKE = 1e-6, 1e-2
# A way shorter than this share of the map is no way to watch.
SHORT = 0.12
# Points along each side at which the landscape is searched for its lowest place.
CELLS = 161


class Rest(Enum):
    """How a ball's way ends."""

    LOWEST = "at a minimum, and no place of the landscape is lower"
    LAKE = "at a minimum, but another place is lower"
    LEVEL = "on level ground where no minimum is known"
    SLOPING = "on a slope"
    GONE = "out of the landscape"


class FogRuns(tuple[Trajectory, ...]):
    """The two balls' runs.

    lowest: the lowest place of the landscape. high: its greatest loss that is drawn.
    """

    lowest: Minimum
    high: float

    def __new__(cls, runs: Iterable[Trajectory]) -> FogRuns:
        made = super().__new__(cls, runs)
        objective, domain = made[0].objective, map_domain(made[0].objective, made[0].points[0])
        (low, made.high), _, _ = loss_range(objective, domain, max(float(one.losses[0]) for one in made))
        made.lowest = _lowest_place(objective, domain, low)
        return made

    def rest(self, index: int) -> Rest:
        """How the way of one of the balls ends."""
        run, found, height = self[index], self.minimum(index), self.high - self.lowest.value
        if not self.holds(index, -1):
            return Rest.GONE
        if not self.level(index):
            return Rest.SLOPING
        if found is None:
            return Rest.LEVEL
        floor = min(float(run.losses[-1]), run.objective.minima[found].value)
        return Rest.LAKE if self.lowest.value < floor - SAME * height else Rest.LOWEST

    def minimum(self, index: int) -> int | None:
        """The number of the known minimum at which a ball rests, or None."""
        run = self[index]
        reach = NEAR * float(np.ptp(run.objective.domain, axis=1).min())
        away = [float(np.linalg.norm(run.points[-1] - np.array(one.point))) for one in run.objective.minima]
        return int(np.argmin(away)) if away and min(away) <= reach else None

    def holds(self, index: int, step: int) -> bool:
        """Whether a ball is in the landscape after a step."""
        run = self[index]
        low, high = np.array(map_domain(self[0].objective, self[0].points[0])).T
        inside = ((run.points[step] >= low) & (run.points[step] <= high)).all()
        return bool(inside and run.losses[step] <= self.high + SAME * abs(self.high))

    def level(self, index: int) -> bool:
        """Whether a ball's last place is level, beside the steepest that it has felt."""
        slopes = np.linalg.norm(self[index].gradients, axis=1)
        return bool(slopes[-1] <= LEVEL * slopes.max())

    def lake(self, index: int) -> int | None:
        """The number of the minimum in whose lake a ball rests, or None."""
        return self.minimum(index) if self.rest(index) is Rest.LAKE else None

    def drop(self, index: int) -> float:
        """How much lower the lowest place is than a ball's last one."""
        return float(self[index].losses[-1]) - self.lowest.value


def planned_fog(spec: RenderSpec, own: Objective, rate: float, steps: int, other: tuple[float, ...]) -> FogRuns:
    """The runs that `spec` asks for: the lesson's own function, rate, steps and starts are the defaults.

    A seed draws the starts that are not given. The second is one whose ball ends as differently as can be.

    Raises ValueError with one line where a value is off.
    """
    objective = asked_objective(spec, own)
    drawn = _drawn(objective, spec.seed)
    if spec.start is None and spec.seed and drawn:
        spec = replace(spec, start=drawn[0])
    main = planned_run(spec, objective, rate, steps)
    rate = float(main.learning_rates[0]) if main.steps else spec.learning_rate or rate
    starts = drawn[1:] or [tuple(main.points[0].tolist())]
    if spec.function is None and spec.start is None:
        starts = [other]
    steps = steps if spec.steps is None else spec.steps
    pairs = [FogRuns((main, simulate(objective, None, rate, one, steps))) for one in starts]
    return min(pairs, key=_sameness)


def _drawn(objective: Objective, seed: int) -> list[tuple[float, ...]]:
    """Places in the middle of the map at which a run can begin, in an order of the seed's own."""
    low, high = np.array(objective.domain).T
    points = np.random.default_rng(seed).uniform(-INSIDE, INSIDE, (DRAWN, 2))
    points = (low + high) / 2 + points * (high - low) / 2
    return [tuple(point) for point in np.round(points, 2).tolist() if sound_start(objective, tuple(point))]


def _sameness(runs: FogRuns) -> tuple[int, bool]:
    """How much alike the two balls end, and whether the second goes no way to speak of."""
    ends, places = (runs.rest(0), runs.rest(1)), (runs.minimum(0), runs.minimum(1))
    order = (Rest.LOWEST, Rest.LAKE, Rest.LEVEL, Rest.SLOPING, Rest.GONE)
    if ends in ((Rest.LOWEST, Rest.LAKE), (Rest.LAKE, Rest.LOWEST)):
        alike = 0
    else:
        alike = 1 if ends[1] in order[:2] and places[0] != places[1] else 2 + order.index(ends[1])
    way = float(np.linalg.norm(runs[1].points[-1] - runs[1].points[0]))
    return alike, way < SHORT * float(np.ptp(runs[1].objective.domain))


def _lowest_place(objective: Objective, domain: tuple[tuple[float, float], tuple[float, float]], low: float) -> Minimum:
    """The lowest of the known minima, or the lowest place `low` of the drawn disc if that is lower still."""
    known = [one for one in objective.minima if all(a <= x <= b for x, (a, b) in zip(one.point, domain))]
    best = min(known, key=lambda one: one.value, default=None)
    if best is not None and best.value <= low:
        return best
    axes = [np.linspace(*pair, CELLS) for pair in domain]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    round_ = np.hypot(*np.meshgrid(*[np.linspace(-1, 1, CELLS)] * 2, indexing="ij")) <= 1
    with np.errstate(all="ignore"):
        losses = np.asarray(objective.value(grid))
    losses = np.where(round_ & np.isfinite(losses), losses, np.inf)
    place = np.unravel_index(int(np.argmin(losses)), losses.shape)
    return Minimum(tuple(grid[place].tolist()), float(losses[place]))
