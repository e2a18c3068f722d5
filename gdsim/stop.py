"""Why a run ends, and the rules that decide it: each looks at the run so far and returns a reason or None."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from enum import Enum
from typing import NamedTuple

import numpy as np

from gdsim.objective import Array


class Stop(Enum):
    """Why a run ended; the value is the sentence the narrator says, which is true of every method."""

    FLAT = "The slope is almost zero here, so the ball stops."
    SETTLED = "The last step barely changed the loss, so the ball stops."
    STILL = "The last step barely moved the ball, so it stops."
    STEP_LIMIT = "The steps are used up, so the ball stops here."
    EPOCHS = "You have shown it all the data as often as planned, so the ball stops here."
    DIVERGED = "The ball has run far off the map, so you stop following it."
    UNDEFINED = "One step further the function has no value, so the ball stops here."
    SLOPELESS = "One step further the function has no slope, so the ball stops here."
    UNCOMPUTABLE = "The next step is not a number, so the ball stops here."


class Here(NamedTuple):
    """The state of a run after `step` steps, as the rules see it.

    point, gradient: (dims,). loss: a number.
    previous_loss, previous_point: those of the step before; None at the start.
    """

    step: int
    point: Array
    loss: float
    gradient: Array
    previous_loss: float | None
    previous_point: Array | None = None


Rule = Callable[[Here], Stop | None]


def flat(epsilon: float = 1e-6) -> Rule:
    """Stop when the gradient's Euclidean norm is below `epsilon`."""
    return lambda here: Stop.FLAT if norm(here.gradient) < epsilon else None


def settled(tolerance: float) -> Rule:
    """Stop when a step changed the loss by less than `tolerance`."""

    def rule(here: Here) -> Stop | None:
        still = here.previous_loss is not None and abs(here.loss - here.previous_loss) < tolerance
        return Stop.SETTLED if still else None

    return rule


def still(distance: float) -> Rule:
    """Stop when a step was shorter than `distance` in the Euclidean norm."""

    def rule(here: Here) -> Stop | None:
        short = here.previous_point is not None and norm(here.point - here.previous_point) < distance
        return Stop.STILL if short else None

    return rule


def step_limit(steps: int) -> Rule:
    """Stop after `steps` steps."""
    return lambda here: Stop.STEP_LIMIT if here.step >= steps else None


def epoch_limit(epochs: int, steps_per_epoch: int) -> Rule:
    """Stop after `epochs` passes over the data of `steps_per_epoch` steps each."""
    return lambda here: Stop.EPOCHS if here.step >= epochs * steps_per_epoch else None


def beyond(bound: float) -> Rule:
    """Stop when a coordinate is more than `bound` away from zero."""
    return lambda here: Stop.DIVERGED if max(map(abs, here.point.tolist())) > bound else None


def worse_than(loss: float) -> Rule:
    """Stop when the loss is above `loss`."""
    return lambda here: Stop.DIVERGED if here.loss > loss else None


def any_of(*rules: Rule) -> Rule:
    """Stop when any of the rules does, for the reason of the first that does."""
    return lambda here: first_of(rules, here)


def all_of(*rules: Rule) -> Rule:
    """Stop when all of the rules do, for the reason of the first; without rules, never stop."""

    def rule(here: Here) -> Stop | None:
        reasons = [rule(here) for rule in rules]
        return reasons[0] if reasons and None not in reasons else None

    return rule


def after(steps: int, rule: Rule) -> Rule:
    """The same rule, but not before step number `steps`."""
    return lambda here: rule(here) if here.step >= steps else None


def first_of(rules: Iterable[Rule], here: Here) -> Stop | None:
    """The first reason that any of the rules gives, in their order, or None to continue."""
    for rule in rules:
        reason = rule(here)
        if reason is not None:
            return reason
    return None


def norm(vectors: Array) -> Array:
    """(..., dims) -> (...): Euclidean norms, each with the same bits whether computed alone or among many."""
    return np.sqrt(np.vecdot(vectors, vectors))


def lost(point: Array, loss: float, bound: float) -> Stop:
    """Why a run cannot continue to a point (dims,) where the point, the loss or the gradient is not finite.

    If a coordinate is more than `bound` away from zero, the run has diverged; otherwise, the function itself is
    undefined or has no slope there.
    """
    farthest = max(map(abs, point.tolist()))
    if math.isnan(farthest) or np.isnan(point).any():
        return Stop.UNCOMPUTABLE
    if farthest > bound:
        return Stop.DIVERGED
    return Stop.SLOPELESS if math.isfinite(loss) else Stop.UNDEFINED
