"""Why a run ends: each rule looks at the run so far and either names the reason or lets it go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import NamedTuple

import numpy as np

from gdsim.objective import Array


class Stop(Enum):
    """Why a run ended; the value is the sentence the narrator says."""

    FLAT = "The slope is almost zero, so the ball rests."
    SETTLED = "A step no longer changes the loss, so the ball rests."
    STEP_LIMIT = "The steps are used up, so the ball stops here."
    DIVERGED = "Each step overshot further, so the ball left the map."


class Here(NamedTuple):
    """Where a run stands after `step` steps.

    point, gradient: (dims,). loss, previous_loss: numbers; `previous_loss` is None at the start.
    """

    step: int
    point: Array
    loss: float
    gradient: Array
    previous_loss: float | None


Rule = Callable[[Here], "Stop | None"]


def flat(epsilon: float = 1e-6) -> Rule:
    """Stop where the gradient's Euclidean norm is below `epsilon`."""
    return lambda here: Stop.FLAT if float(np.sqrt(here.gradient @ here.gradient)) < epsilon else None


def settled(tolerance: float) -> Rule:
    """Stop where a step changed the loss by less than `tolerance`."""

    def rule(here: Here) -> Stop | None:
        still = here.previous_loss is not None and abs(here.loss - here.previous_loss) < tolerance
        return Stop.SETTLED if still else None

    return rule


def beyond(bound: float) -> Rule:
    """Stop where a coordinate is more than `bound` away from zero."""
    return lambda here: Stop.DIVERGED if float(np.max(np.abs(here.point))) > bound else None


def first_of(rules: Iterable[Rule], here: Here) -> Stop | None:
    """The first reason any of the rules gives, in their order; None to go on."""
    return next((reason for rule in rules if (reason := rule(here)) is not None), None)
