"""Facts about a network's training, each read off its numbers: they decide what may be said and where it is shown."""

from __future__ import annotations

import numpy as np

from gdsim import Stop
from gdsim.batches import BatchRun
from gdsim.neural import decision_surface
from gdsim.objective import Array
from scenes.planned_network import NetworkRuns
from scenes.script.window import FLATTEST, Window

# A boundary that strays from a straight line by less than this share of the window looks straight.
STRAIGHT = 0.012
# It is looked for after so many numbers of steps, on a grid of so many places a side.
TRIED, GRID = 28, 48
# Margin around the data, as a share of their range.
MARGIN = 0.14
# Two inputs whose ranges are so different are not drawn to one scale.
ALIKE = 4.0


def feature_window(run: BatchRun) -> Window:
    """All rows with a margin; never flat."""
    low, high = run.data.inputs.min(axis=0), run.data.inputs.max(axis=0)
    size, middle = high - low, (low + high) / 2
    around = np.maximum(np.abs(low), np.abs(high))
    size = np.where(size > FLATTEST * around, size, np.where(around > 0, around, 1.0))
    half = size * (0.5 + MARGIN)
    (left, bottom), (right, top) = (middle - half).tolist(), (middle + half).tolist()
    return left, right, bottom, top


def alike(window: Window) -> bool:
    """Whether both inputs can be drawn to one scale."""
    left, right, bottom, top = window
    return 1 / ALIKE < (right - left) / (top - bottom) < ALIKE


def wrong(runs: NetworkRuns, step: int) -> int:
    """How many rows are on the wrong side of the boundary after a step."""
    return round((1 - float(runs.inside.accuracy[step])) * runs.data.rows)


def wrong_rows(runs: NetworkRuns, step: int) -> Array:
    """(rows,) of bool: which they are."""
    return np.asarray((runs.inside.outputs[step] > 0.5) != (runs.data.targets > 0.5))


def straight(run: BatchRun, step: int) -> bool:
    """Whether the boundary is in the window, and as good as one straight line there."""
    return 0 <= stray(run, step) < STRAIGHT


def bent(run: BatchRun, step: int) -> bool:
    """Whether the boundary is in the window, and is no straight line."""
    return stray(run, step) > 2 * STRAIGHT


def stray(run: BatchRun, step: int) -> float:
    """How far the boundary is from one straight line, as a share of the window; −1 if it is not there."""
    places = boundary_places(run, step)
    if len(places) < GRID // 3:
        return -1.0
    _, spreads, _ = np.linalg.svd(places - places.mean(axis=0), full_matrices=False)
    return float(spreads[1] / len(places) ** 0.5)


def boundary_places(run: BatchRun, step: int) -> Array:
    """(n, 2): where the output is a half on the lines of a grid, as shares of the window."""
    left, right, bottom, top = feature_window(run)
    with np.errstate(all="ignore"):
        _, _, outputs = decision_surface(run.points[step], ((left, right), (bottom, top)), GRID)
    over = outputs - 0.5
    found = []
    for turned in (False, True):
        values = over.T if turned else over
        rows, columns = np.nonzero((values[:, :-1] > 0) != (values[:, 1:] > 0))
        before, after = values[rows, columns], values[rows, columns + 1]
        along, other = columns + before / (before - after), rows.astype(float)
        found.append(np.stack([other, along] if turned else [along, other], axis=-1))
    return np.concatenate(found) / (GRID - 1)


def cut_step(runs: NetworkRuns) -> int | None:
    """A step in the first half after which the boundary is one straight line, and better than at the start.

    The last such of a few that are looked at; None if there is none, or if nobody is on the wrong side there.
    """
    run = runs.main
    tried = np.geomspace(1, run.steps // 3, TRIED).round().astype(int).tolist() if run.steps > 2 else []
    for step in sorted(set(tried), reverse=True):
        if 0 < wrong(runs, step) < wrong(runs, 0) and straight(run, step):
            return step
    return None


def grows(run: BatchRun) -> bool:
    """Whether the training ends with a greater loss than it began with."""
    return run.stop is Stop.DIVERGED or bool(run.losses[-1] > run.losses[0])
