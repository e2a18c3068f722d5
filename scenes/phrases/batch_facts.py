"""Facts about runs that differ in the rows per step: who is ahead, counted in rows or in steps, and what noise did."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from gdsim.batches import BatchRun
from gdsim.objective import Array
from scenes.planned_batches import BatchRuns
from scenes.script.window import FLATTEST, Window

# A loss this many times another one is clearly higher; both are measured from the minimum.
CLEARLY = 1.03
# The measured spread is that of the square root's law if it differs by less than this share.
LAWFUL = 0.25
# Noise of less than this share of the gradients is none.
NOISELESS = 1e-6
# A dance around the minimum is within this share of the way from the start.
NEAR = 0.35
# Margins of the map around what it shows, and of the close view around the dance.
MARGIN, ROOM = 0.1, 0.35
# The close view is at most this many times smaller than the map.
CLOSEST = 30.0
# So many of the arrows must be whole in the picture; all, unless the longest is so many times longer than these.
USUAL, OUTLYING = 0.9, 2.5
# Landings whose loss is above this many times that of the start are not followed.
TALLEST = 1.6


def floor(runs: BatchRuns) -> float:
    """The lowest loss there is."""
    return runs[0].objective.minima[0].value


def excess(runs: BatchRuns, step_of: list[int]) -> list[float]:
    """How far each run's loss is above the lowest after its own number of steps."""
    return [float(run.losses[min(step, run.steps)]) - floor(runs) for run, step in zip(runs, step_of)]


def after_epochs(runs: BatchRuns, epochs: int) -> list[float]:
    """The excess of each run when it has read the same number of rows."""
    return excess(runs, [each * epochs for each in runs.each])


def after_steps(runs: BatchRuns, steps: int) -> list[float]:
    """The excess of each run after the same number of steps."""
    return excess(runs, [steps] * len(runs))


def lowest_of(values: list[float], scale: float) -> int | None:
    """Which is clearly the lowest; None if two are about as low. scale: excesses below its millionth are equal."""
    order = np.argsort(values)
    first, second = (max(values[index], 1e-6 * scale) for index in order[:2].tolist())
    return int(order[0]) if second > CLEARLY * first else None


def far_ahead(values: list[float]) -> bool:
    """Whether the last is far below the first, and well below all others."""
    return values[-1] < values[0] / 3 and values[-1] < 0.7 * min(values[:-1])


def highest_of(values: list[float], scale: float) -> int | None:
    """Which is clearly the highest; None if two are about as high."""
    order = np.argsort(values)
    second, first = (max(values[index], 1e-6 * scale) for index in order[-2:].tolist())
    return int(order[-1]) if first > CLEARLY * second else None


def still(runs: BatchRuns) -> bool:
    """Whether the start is a place of no slope, so that no run takes a step."""
    return not any(run.steps for run in runs)


def first_epoch(runs: BatchRuns) -> bool:
    """Whether each run took all steps of its first epoch."""
    return all(run.steps >= each for run, each in zip(runs, runs.each))


def cancels(runs: BatchRuns) -> bool:
    """Whether the rows' gradients at the start add up to nothing, beside what they are."""
    return bool(np.linalg.norm(runs[0].gradients[0]) < 1e-3 * runs.clouds[-1].spread)


def first_row_is_silent(runs: BatchRuns) -> bool:
    """Whether the first row that is drawn has no gradient at the start."""
    first = np.abs(runs.clouds[-1].gradients[0]).max()
    return bool(first <= NOISELESS * np.abs(runs.row_gradients).max())


def climbed(run: BatchRun) -> bool:
    """Whether a run ended higher than it began, or left the map."""
    return bool(run.losses[-1] > run.losses[0])


def noisy(runs: BatchRuns) -> bool:
    """Whether the gradients of single rows differ at the start."""
    return bool(runs.clouds[-1].spread > NOISELESS * np.abs(runs.row_gradients).max(initial=0.0))


def mostly_downhill(runs: BatchRuns) -> bool:
    """Whether a step against a single row's gradient lowers the loss for most rows, if it is short enough."""
    return bool(np.mean(runs.row_gradients @ runs[0].gradients[0] > 0) > 0.5)


def root_law(runs: BatchRuns) -> bool:
    """Whether the measured spreads of single rows and of the mini-batch are as 1 to 1 over the square root."""
    if runs.data.rows < 4 * runs.sizes[1]:
        return False  # four times as many rows are too many
    ratio = runs.clouds[1].spread * runs.sizes[1] ** 0.5 / runs.clouds[-1].spread
    return abs(ratio - 1) < LAWFUL


def one_line_fits_all(runs: BatchRuns) -> bool:
    """Whether every row lies on the best line, so that no row pulls at the minimum."""
    return floor(runs) <= 1e-12 * max(float(np.mean(runs.data.targets**2)), 1e-300)


def last_epoch(runs: BatchRuns) -> Array:
    """The points (n, 2) of the stochastic run's last epoch."""
    return runs[-1].points[-runs.each[-1] - 1 :]


def dances(runs: BatchRuns) -> bool:
    """Whether single rows kept the ball moving around the minimum for a whole epoch, near it."""
    points, goal = last_epoch(runs), np.array(runs[0].objective.minima[0].point)
    if one_line_fits_all(runs) or climbed(runs[-1]) or runs.epochs < 2:
        return False
    losses = runs[-1].losses[-len(points) :] - floor(runs)
    ups = np.diff(losses) > 0
    way = float(np.linalg.norm(runs[-1].points[0] - goal))
    near = float(np.linalg.norm(points - goal, axis=1).max()) < NEAR * max(way, 1e-300)
    return bool(near and ups.any() and losses.max() < NEAR * (runs[-1].losses[0] - floor(runs)))


def home_window(runs: BatchRuns) -> Window:
    """The part of the map with the start, the minimum, and every landing that is not much higher than the start."""
    points, losses = (np.concatenate([getattr(run, name) for run in runs]) for name in ("points", "losses"))
    top = floor(runs) + TALLEST * (float(runs[0].losses[0]) - floor(runs))
    seen = np.vstack([points[losses <= top], runs[0].points[:1], [runs[0].objective.minima[0].point]])
    return _around(seen, MARGIN, _least(runs))


def close_window(runs: BatchRuns) -> Window:
    """A close view of the minimum, with the last epoch of the stochastic run if that is near."""
    goal, home = np.array(runs[0].objective.minima[0].point), home_window(runs)
    size = max(home[1] - home[0], home[3] - home[2])
    reach = float(np.abs(last_epoch(runs) - goal).max())
    half = min(max((1 + ROOM) * reach, size / CLOSEST / 2), 0.4 * size)
    return _around(np.array([goal - half, goal + half]), 0.0, 0.0)


def arrow_heads(runs: BatchRuns) -> Array:
    """(rows, 2): where the arrows of single rows end, in parameters: from the start, against the row's gradient.

    All are scaled by one factor, `arrow_scale`, which makes the cloud as large as the map of the runs.
    """
    return np.asarray(runs[0].points[0] - arrow_scale(runs) * runs.row_gradients)


@lru_cache(maxsize=4)  # every frame asks
def arrow_scale(runs: BatchRuns) -> float:
    """Parameters per unit of gradient for arrows on the map; a few outliers may leave the picture."""
    home, away = home_window(runs), np.abs(runs.row_gradients).max(axis=1)
    usual, largest = (float(np.quantile(away, share)) for share in (USUAL, 1.0))
    kept = runs.row_gradients[away <= (largest if largest <= OUTLYING * usual else usual)]
    size = float(np.ptp(np.vstack([kept, [[0.0, 0.0]]]), axis=0).max())
    return max(home[1] - home[0], home[3] - home[2]) / size if size > 0 else 1.0


def cloud_window(runs: BatchRuns) -> Window:
    """The part of the map with the start and the arrows of single rows, as large as the map of the runs."""
    home, heads = home_window(runs), arrow_heads(runs)
    size, start = max(home[1] - home[0], home[3] - home[2]), runs[0].points[0]
    if not noisy(runs):
        return home
    near = heads[np.abs(heads - start).max(axis=1) <= size]
    return _around(np.vstack([near, start]), MARGIN, 0.0)


def _least(runs: BatchRuns) -> float:
    """No map is smaller than this share of the contour that it lies in."""
    return 0.25 * min(high - low for low, high in runs[0].objective.domain)


def _around(points: Array, margin: float, least: float) -> Window:
    low, high = points.min(axis=0), points.max(axis=0)
    smallest = FLATTEST * float(np.abs(points).max())
    half = np.maximum((0.5 + margin) * (high - low).max(), max(least / 2, smallest)) * np.ones(2)
    half = np.minimum(half, np.maximum((0.5 + margin) * (high - low), max(least / 2, 0.3 * float(half.max()))))
    (left, bottom), (right, top) = ((low + high) / 2 - half).tolist(), ((low + high) / 2 + half).tolist()
    return left, right, bottom, top
