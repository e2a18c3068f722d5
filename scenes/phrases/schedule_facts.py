"""Facts about runs that differ in their learning rate's schedule: who was quick, who settled, who ended nearest."""

from __future__ import annotations

import numpy as np

from gdsim import Stop
from gdsim.objective import Array
from scenes.planned_schedules import CONSTANTS, ScheduleRuns
from scenes.script.map_window import points_window
from scenes.script.window import FLATTEST, Window

# A ball is down in the valley within this share of its way to the minimum.
NEAR = 0.35
# It was quick if that took at most so many steps, or this share of the budget; slow if it took so many times as long.
FEW, QUICK, SLOW = 5, 0.15, 1.5
# What is kicked around ends, after half of its steps, within this share of the way that it went in them.
ASTRAY = 0.35
# What does not settle keeps, in the last quarter, at least this share of its distance in the quarter before.
KEPT = 0.5
# A ball is calm if its last steps are less than this share of those at a constant rate.
CALM = 0.5
# Two distances are about the same if they differ by less than this.
TIED = 1.05
# A map reaches to landings no farther from its middle than so many times the way to the minimum; its margin.
FARTHEST, MARGIN = 1.6, 0.12
# Margins of the close views, and how much smaller than the map one may be.
ROOM, CLOSEST, NEAREST = 1.25, 30.0, 1e5
# What ends so many times as far as the farthest schedule is in the picture, too.
BESIDE = 1.7


def thrown(runs: ScheduleRuns, index: int) -> bool:
    """Whether a run ended farther from the minimum than it began, or was stopped on its way out."""
    away = runs.away[index]
    return bool(runs[index].stop is Stop.DIVERGED or not away[-1] <= away[0] or runs[index].steps == 0)


def all_thrown(runs: ScheduleRuns) -> bool:
    """Whether no run stayed."""
    return all(thrown(runs, index) for index in range(len(runs)))


def reach(runs: ScheduleRuns, index: int) -> int | None:
    """After how many steps a run is near the minimum for the first time; None if it never is."""
    near = np.flatnonzero(runs.away[index] <= NEAR * runs.away[index][0])
    return int(near[0]) if len(near) else None


def quick(runs: ScheduleRuns) -> bool:
    """Whether the large constant rate is down after a small part of the budget."""
    at = reach(runs, 0)
    return at is not None and at <= max(FEW, QUICK * runs.budget) and not thrown(runs, 0)


def dances(runs: ScheduleRuns) -> bool:
    """Whether the large constant rate keeps its ball moving around the minimum, and near it, for half of its steps."""
    away, steps = runs.away[0], runs[0].steps
    if thrown(runs, 0) or steps < runs.budget or steps < 8:
        return False
    half, last, points = away[steps // 2 :], quarter(away), runs[0].points[steps // 2 :]
    way, net = float(np.hypot(*np.diff(points, axis=0).T).sum()), float(np.hypot(*(points[-1] - points[0])))
    kept = last.mean() > KEPT * away[steps // 2 : -len(last)].mean()
    return bool(half.max() < NEAR * away[0] and net < ASTRAY * way and kept)


def slow(runs: ScheduleRuns) -> bool:
    """Whether the small constant rate takes clearly longer to get near than the large one, or does not get there."""
    first, second = reach(runs, 0), reach(runs, 1)
    return first is not None and (second is None or second > SLOW * first) and not thrown(runs, 1)


def closer(runs: ScheduleRuns, index: int, than: int = 0) -> bool:
    """Whether a run ends nearer to the minimum than another."""
    return bool(runs.away[index][-1] < runs.away[than][-1] and not thrown(runs, index))


def calms(runs: ScheduleRuns, index: int) -> bool:
    """Whether a schedule is about as quick as the large constant rate at first, and much calmer at last."""
    first, own = reach(runs, 0), reach(runs, index)
    if first is None or own is None or own > SLOW * first + 1 or thrown(runs, index) or thrown(runs, 0):
        return False
    strides = [np.hypot(*np.diff(runs[one].points, axis=0).T) for one in (0, index)]
    constant, scheduled = (float(quarter(one).mean()) for one in strides)
    return scheduled < CALM * constant and closer(runs, index)


def behind(runs: ScheduleRuns, step: int) -> bool:
    """Whether, after so many steps, the small constant rate is the farthest of all."""
    others = [float(away[min(step, len(away) - 1)]) for away in runs.away]
    return bool(all(others[1] > TIED * other for index, other in enumerate(others) if index != 1))


def order(runs: ScheduleRuns) -> list[int]:
    """The runs from the one that ends nearest to the minimum to the one that ends farthest; those thrown out last."""
    ends = [float(away[-1]) for away in runs.away]
    return sorted(range(len(runs)), key=lambda index: (thrown(runs, index), ends[index]))


def tied(runs: ScheduleRuns) -> bool:
    """Whether the two nearest end about equally near."""
    one, other = (float(runs.away[index][-1]) for index in order(runs)[:2])
    return other <= TIED * one


def beats_constants(runs: ScheduleRuns, index: int) -> bool:
    """Whether a run ends nearer than both constant rates."""
    return all(closer(runs, index, one) or thrown(runs, one) for one in range(CONSTANTS)) and not thrown(runs, index)


def solo(runs: ScheduleRuns) -> int:
    """The schedule that is shown by itself: the smoothest one."""
    return runs.names.index("cosine") if "cosine" in runs.names else CONSTANTS


def best_schedule(runs: ScheduleRuns) -> int:
    """The falling rate that ends closest to the minimum."""
    return next(index for index in order(runs) if index >= CONSTANTS)


def replays(runs: ScheduleRuns) -> bool:
    """Whether its way is worth a second look: it is still in the valley, and calms down there."""
    best = best_schedule(runs)
    return not thrown(runs, best) and calms(runs, best)


def home_window(runs: ScheduleRuns) -> Window:
    """The part of the map with the start, the minimum, and every landing that is not far away."""
    ends, landings = np.array([runs[0].points[0], runs.goal]), np.concatenate([run.points for run in runs])
    size = float(np.ptp(ends, axis=0).max())
    near = np.abs(landings - ends.mean(axis=0)).max(axis=1) <= FARTHEST * size
    return points_window(np.vstack([ends, landings[near]]), MARGIN)


def close_window(runs: ScheduleRuns) -> Window:
    """A close view of the minimum: with the dance around it if there is one, else with the kicks that batches give."""
    away = runs.away[0]
    return _around_goal(runs, float(away[len(away) // 2 :].max()), CLOSEST) if dances(runs) else kick_window(runs)


def kick_window(runs: ScheduleRuns) -> Window:
    """A close view of the minimum with the kicks that batches give."""
    return _around_goal(runs, float(np.hypot(*runs.kicks(runs.goal).T).max()), CLOSEST)


def end_window(runs: ScheduleRuns) -> Window:
    """The closest view with the ends of all schedules that stayed in the valley, and what is hardly farther."""
    ends = [float(runs.away[index][-1]) for index in range(len(runs)) if not thrown(runs, index)]
    first = max((end for end in ends if end in [away[-1] for away in runs.away[CONSTANTS:]]), default=None)
    if first is None:
        return home_window(runs)
    return _around_goal(runs, max(end for end in ends if end <= BESIDE * first), NEAREST)


def quarter(values: Array) -> Array:
    """The last quarter of a run's numbers."""
    return values[-max(1, len(values) // 4) :]


def _around_goal(runs: ScheduleRuns, reached: float, closest: float) -> Window:
    home = home_window(runs)
    size = max(home[1] - home[0], home[3] - home[2])
    least = max(size / closest / 2, FLATTEST * float(np.abs(runs.goal).max()))
    half = min(max(ROOM * reached, least), 0.5 * size)
    (left, bottom), (right, top) = (runs.goal - half).tolist(), (runs.goal + half).tolist()
    return left, right, bottom, top
