"""Why a run ends: each rule looks at the run so far and either names the reason or lets it go on."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from enum import Enum
from typing import NamedTuple

import numpy as np

from gdsim.objective import Array


class Stop(Enum):
    """Why a run ended; the value is the sentence the narrator says, true for every method."""

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
    """Where a run stands after `step` steps.

    point, gradient: (dims,). loss: a number.
    previous_loss, previous_point: the same one step earlier; None at the start.
    """

    step: int
    point: Array
    loss: float
    gradient: Array
    previous_loss: float | None
    previous_point: Array | None = None


Rule = Callable[[Here], Stop | None]


def flat(epsilon: float = 1e-6) -> Rule:
    """Stop where the gradient's Euclidean norm is below `epsilon`."""
    return lambda here: Stop.FLAT if norm(here.gradient) < epsilon else None


def settled(tolerance: float) -> Rule:
    """Stop where a step changed the loss by less than `tolerance`."""

    def rule(here: Here) -> Stop | None:
        still = here.previous_loss is not None and abs(here.loss - here.previous_loss) < tolerance
        return Stop.SETTLED if still else None

    return rule


def still(distance: float) -> Rule:
    """Stop where a step was shorter than `distance` in the Euclidean norm."""

    def rule(here: Here) -> Stop | None:
        short = here.previous_point is not None and norm(here.point - here.previous_point) < distance
        return Stop.STILL if short else None

    return rule


def step_limit(steps: int) -> Rule:
    """Stop after `steps` steps."""
    return lambda here: Stop.STEP_LIMIT if here.step >= steps else None


def epoch_limit(epochs: int, steps_per_epoch: int) -> Rule:
    """Stop once the data have been seen `epochs` times, at `steps_per_epoch` steps a time."""
    return lambda here: Stop.EPOCHS if here.step >= epochs * steps_per_epoch else None


def beyond(bound: float) -> Rule:
    """Stop where a coordinate is more than `bound` away from zero."""
    return lambda here: Stop.DIVERGED if max(map(abs, here.point.tolist())) > bound else None


def worse_than(loss: float) -> Rule:
    """Stop where the loss is above `loss`."""
    return lambda here: Stop.DIVERGED if here.loss > loss else None


def any_of(*rules: Rule) -> Rule:
    """Stop where one of the rules says so, for the reason of the first that does."""
    return lambda here: first_of(rules, here)


def all_of(*rules: Rule) -> Rule:
    """Stop where all of the rules say so, for the reason of the first; no rules never stop."""

    def rule(here: Here) -> Stop | None:
        reasons = [rule(here) for rule in rules]
        return reasons[0] if reasons and None not in reasons else None

    return rule


def after(steps: int, rule: Rule) -> Rule:
    """The same rule, but not before `steps` steps."""
    return lambda here: rule(here) if here.step >= steps else None


def first_of(rules: Iterable[Rule], here: Here) -> Stop | None:
    """The first reason any of the rules gives, in their order; None to go on."""
    for rule in rules:
        reason = rule(here)
        if reason is not None:
            return reason
    return None


def norm(vectors: Array) -> Array:
    """(..., dims) -> (...,): Euclidean norms, each with the same bits whether computed alone or among many."""
    return np.sqrt(np.vecdot(vectors, vectors))


def lost(point: Array, loss: float, bound: float) -> Stop:
    """Why a run cannot go on at a point (dims,) where the loss or the gradient is not finite.

    Where a coordinate is more than `bound` away from zero the numbers outgrew the computer;
    nearer, the function itself has no value or no slope.
    """
    farthest = max(map(abs, point.tolist()))
    if math.isnan(farthest) or np.isnan(point).any():
        return Stop.UNCOMPUTABLE
    if farthest > bound:
        return Stop.DIVERGED
    return Stop.SLOPELESS if math.isfinite(loss) else Stop.UNDEFINED
