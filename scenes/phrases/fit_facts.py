"""Facts about the fit of a line, each read off its numbers: they decide what may be said."""

from __future__ import annotations

import numpy as np

from gdsim import Dataset, Stop
from gdsim.batches import BatchRun
from gdsim.objective import Array

# A line this near to the exact one, as a share of what there is to fit, has arrived.
ARRIVED = 0.01
# A step of less than this share of the way that is left is tiny.
TINY = 0.05
# A loss this near to the smallest possible, beside the mean square of the targets, is the smallest.
EQUAL = 1e-12
# So many steps of a fit that gets lost are watched.
WILD = 6
# More sticks than this would hide one another: of many rows, a sample has sticks.
MOST_STICKS = 40


def curvatures(run: BatchRun) -> Array:
    """The curvatures (dims,) of the loss along its own axes, the smallest first."""
    assert run.objective.hessian is not None
    return np.asarray(np.linalg.eigvalsh(run.objective.hessian(run.points[0])))


def narrowness(run: BatchRun) -> float:
    """How many times as sharply the loss curves across its valley as along it."""
    low, high = curvatures(run)[[0, -1]].tolist()
    return high / low if low > high * 1e-15 else 1e15


def largest_rate(run: BatchRun) -> float:
    """The rate above which plain descent diverges."""
    return 2 / float(curvatures(run)[-1])


def exact(run: BatchRun) -> Array:
    """The parameters of smallest loss."""
    return np.array(run.objective.minima[0].point)


def gaps(run: BatchRun) -> Array:
    """(steps + 1,): how far the line is at most from the exact one at the data, as a share of the targets' size."""
    x = run.data.inputs[[np.argmin(run.data.inputs), np.argmax(run.data.inputs)]]
    with np.errstate(all="ignore"):
        away = np.abs(run.model.predict(run.points, x) - run.model.predict(exact(run), x)).max(axis=1)
    return away / max(float(np.abs(run.data.targets).max()), 1e-300)


def best_at_start(run: BatchRun) -> bool:
    """Whether no line is better than the first."""
    excess = float(run.losses[0]) - run.objective.minima[0].value
    return excess <= EQUAL * max(float(np.mean(run.data.targets**2)), run.losses[0])


def errorless_at_start(run: BatchRun) -> bool:
    """Whether the first line goes through every point."""
    return bool(run.losses[0] <= EQUAL * np.mean(run.data.targets**2))


def grows(run: BatchRun) -> bool:
    """Whether the fit ends with a greater loss than it began with."""
    return run.stop is Stop.DIVERGED or bool(run.losses[-1] > run.losses[0])


def always_grows(run: BatchRun) -> bool:
    """Whether each step makes the loss greater."""
    return bool(np.all(run.losses[1:] > run.losses[:-1]))


def watched(run: BatchRun) -> int:
    """How many steps a film shows: all, or the first few of a fit that gets lost."""
    return min(run.steps, WILD) if grows(run) else run.steps


def arrived(run: BatchRun) -> bool:
    """Whether the last line can hardly be told from the exact one."""
    return bool(gaps(run)[-1] < ARRIVED)


def creeps(run: BatchRun) -> bool:
    """Whether the last step was tiny compared with the way that was left."""
    left = gaps(run)
    x = run.data.inputs[[np.argmin(run.data.inputs), np.argmax(run.data.inputs)]]
    last = run.model.predict(run.points[-2:], x)
    size = max(float(np.abs(run.data.targets).max()), 1e-300)
    return bool(np.abs(last[1] - last[0]).max() / size < TINY * left[-1])


def quick_steps(run: BatchRun, share: float = 0.1) -> int | None:
    """After how many steps the loss is down to a share of its first value; None if it never is."""
    below = np.flatnonzero(run.losses <= share * run.losses[0])
    return int(below[0]) if len(below) else None


def rows_with_sticks(data: Dataset, most: int = MOST_STICKS) -> np.ndarray:
    """The numbers (n,) of the rows that have sticks: all, or at most `most`, evenly spread from left to right."""
    if data.rows <= most:
        return np.arange(data.rows)
    order = np.argsort(data.inputs[:, 0], kind="stable")
    return np.sort(order[np.linspace(0, data.rows - 1, most).round().astype(int)])
