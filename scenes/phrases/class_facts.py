"""Facts about a fit of yes and no, each read off its numbers: they decide what may be said."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from gdsim import Dataset, Stop
from gdsim.batches import BatchRun
from gdsim.objective import Array
from scenes.script.map_window import points_window
from scenes.script.window import Window

# The colours of the two answers.
YES, NO = "run5", "run2"
# A true answer with at least this probability is given surely; with so much less than one half, it is denied.
SURE, UNSURE, WRONG = 0.85, 0.1, 0.15
# The points that are looked at are those nearest to these probabilities.
SURELY, HALF, WRONGLY = 0.95, 0.5, 0.03
# By this share of its way down, the loss has fallen fast.
QUICK = 0.85
# Room around the data, as a share of the window.
MARGIN = 0.09


def answer_concept(yes: bool) -> str:
    """The colour of an answer."""
    return YES if yes else NO


def logits(point: Array, inputs: Array) -> Array:
    """w₁x₁ + w₂x₂ + b at places (rows, 2): (rows,)."""
    return np.asarray(inputs[:, 0] * point[0] + inputs[:, 1] * point[1] + point[2])


def signs(data: Dataset) -> Array:
    """(rows,): 1 for yes, −1 for no."""
    return 2 * data.targets - 1


def chances(run: BatchRun, point: Array) -> Array:
    """(rows,): the probability that the model gives to each row's true answer."""
    with np.errstate(all="ignore"):
        return np.asarray(np.exp(-row_losses(run, point)))


def row_losses(run: BatchRun, point: Array) -> Array:
    """(rows,): −ln of that probability."""
    with np.errstate(all="ignore"):
        return np.logaddexp(0.0, -signs(run.data) * logits(point, run.data.inputs))


@lru_cache(maxsize=4)  # asked for in every frame
def right(run: BatchRun) -> np.ndarray:
    """(steps + 1,) of int: how many rows are on their own side after each step; yes is where the logit is above 0."""
    yes, found = run.data.targets == 1, []
    with np.errstate(all="ignore"):
        for point in run.points:
            found.append(int(np.sum((logits(point, run.data.inputs) > 0) == yes)))
    return np.array(found)


def accuracy(run: BatchRun) -> Array:
    """(steps + 1,): the share of rows on their own side."""
    return right(run) / run.data.rows


class Picks(NamedTuple):
    """The numbers of three rows, as the model begins: right and sure, unsure, wrong and sure; None if there is none."""

    sure: int | None
    unsure: int | None
    wrong: int | None


def picks(run: BatchRun) -> Picks:
    """The rows whose losses are looked at one by one."""
    chance = chances(run, run.points[0])
    return Picks(
        _nearest(chance, SURELY, chance >= SURE),
        _nearest(chance, HALF, np.abs(chance - HALF) <= UNSURE),
        _nearest(np.log(np.maximum(chance, 1e-300)), np.log(WRONGLY), chance <= WRONG),
    )


def _nearest(values: Array, goal: float, among: np.ndarray) -> int | None:
    found = np.flatnonzero(among)
    return int(found[np.argmin(np.abs(values[found] - goal))]) if len(found) else None


def data_room(run: BatchRun) -> Window:
    """The window of the data: all rows, with room around them."""
    return points_window(run.data.inputs, MARGIN)


def map_room(run: BatchRun) -> Window:
    """The window of the map of w₁ and w₂: the whole path, and zero where there is no path to speak of."""
    places = run.points[:, :2]
    still = np.ptp(places, axis=0).max() < 1e-3 * max(1.0, float(np.abs(places).max()))
    reach = max(1.0, float(np.abs(places).max()))
    return points_window(np.vstack([places, [[-reach, -reach], [reach, reach]]]) if still else places, 0.24)


def in_sight(run: BatchRun, step: int = 0) -> bool:
    """Whether the line of one half runs between the data after a step."""
    x, y = run.data.inputs.T
    with np.errstate(all="ignore"):
        corners = logits(run.points[step], np.array([[a, b] for a in (x.min(), x.max()) for b in (y.min(), y.max())]))
    return bool(corners.min() < 0 < corners.max())


def line_places(run: BatchRun) -> Array:
    """Places (n, 2) on the line of one half at some steps after the first few."""
    x, found = np.linspace(*data_room(run)[:2], 30), []
    for w1, w2, b in run.points[np.unique(np.linspace(min(8, run.steps), run.steps, 12).astype(int))].tolist():
        if w2:
            found.append(np.stack([x, -(b + w1 * x) / w2], axis=-1))
    return np.concatenate(found) if found else np.zeros((0, 2))


def blank(run: BatchRun) -> bool:
    """Whether the model begins with the same probability everywhere."""
    return not run.points[0, :2].any()


def known_minimum(run: BatchRun) -> Array | None:
    """The parameters (3,) of smallest loss, if there is one place of it."""
    return np.array(run.objective.minima[0].point) if run.objective.minima else None


@lru_cache(maxsize=4)
def separable(data: Dataset) -> bool:
    """Whether a line has no row on the wrong side, some perhaps on the line itself: then no weights are best.

    It has if all ways from a no to a yes point to one side of some direction.
    """
    ways = (data.inputs[data.targets == 1][:, None] - data.inputs[data.targets == 0][None]).reshape(-1, 2)
    ways = ways[np.abs(ways).max(axis=1) > 1e-12 * max(1e-300, float(np.abs(data.inputs).max()))]
    if not len(ways):
        return False
    first = ways[0]
    across, along = first[0] * ways[:, 1] - first[1] * ways[:, 0], ways @ first
    angles = np.arctan2(across, along)
    back = np.abs(angles) > np.pi - 1e-12
    if back.any():
        sides = np.sign(np.where(back | (np.abs(angles) < 1e-12), 0.0, across))
        return bool(sides.any() and (sides.min() >= 0 or sides.max() <= 0))
    return bool(angles.max() - angles.min() <= np.pi + 1e-12)


def minimum_in_sight(run: BatchRun) -> bool:
    """Whether the place of the smallest loss is on the map."""
    place, (left, right_, bottom, top) = known_minimum(run), map_room(run)
    return place is not None and left <= place[0] <= right_ and bottom <= place[1] <= top


def falls(run: BatchRun) -> bool:
    """Whether each step makes the loss smaller."""
    return bool(np.all(np.diff(run.losses) < 0))


def grows(run: BatchRun) -> bool:
    """Whether the fit ends with a greater loss than it began with."""
    return run.stop is Stop.DIVERGED or bool(run.losses[-1] > run.losses[0])


def dips(run: BatchRun) -> bool:
    """Whether the accuracy ends lower than it was, while the loss went on falling."""
    best = int(right(run).max())
    last = int(np.flatnonzero(right(run) == best)[-1])
    return falls(run) and right(run)[-1] < best and 1 < last < run.steps


def turning_step(run: BatchRun) -> int:
    """How many steps are watched before the accuracy is: until it is highest, or until most of the loss is gone."""
    if dips(run):
        return int(np.flatnonzero(right(run) == right(run).max())[-1])
    left = run.losses[-1] + (1 - QUICK) * (run.losses[0] - run.losses[-1])
    return int(min(max(2, np.flatnonzero(run.losses <= max(left, run.losses.min()))[0]), max(1, run.steps - 1)))


def loss_top(run: BatchRun) -> float:
    """The highest loss of a point for which its curve has room."""
    return float(min(max(1.12 * row_losses(run, run.points[0]).max(), 2.5), 8.0))
