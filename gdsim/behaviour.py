"""Classifies what a finished run did, from its numbers alone."""

from __future__ import annotations

from enum import Enum

import numpy as np

from gdsim.objective import Array
from gdsim.stop import Stop
from gdsim.trajectory import Trajectory

# A run creeps if more than this fraction of its first slope is left after all its steps,
CREEPING = 0.5
# and if each step left more than this fraction on average: a run of three good steps is short, not slow.
TINY = 0.95
# Two losses count as equal if their relative difference is at most this.
SAME = 1e-9


class Behaviour(Enum):
    """What the ball did; the value describes it in a few words."""

    RESTS = "the ball never moves"
    CREEPS = "the ball creeps"
    DESCENDS = "the ball walks down"
    LANDS = "the ball lands at once"
    OSCILLATES = "the ball jumps over the valley, ever closer"
    CYCLES = "the ball jumps back and forth forever"
    DIVERGES = "the ball climbs out of the valley"


def behaviour(run: Trajectory) -> Behaviour:
    """How the run behaves. It oscillates or cycles if one of its steps jumps over the valley floor: see `jumps`."""
    first, last = run.losses[[0, -1]].tolist()
    same = abs(last - first) <= SAME * max(abs(first), abs(last))
    if run.stop is Stop.DIVERGED or (last > first and not same):
        return Behaviour.DIVERGES
    if run.steps == 0:
        return Behaviour.RESTS
    if run.steps == 1 and run.stop is Stop.FLAT:
        return Behaviour.LANDS
    if jumps(run).any():
        return Behaviour.CYCLES if same else Behaviour.OSCILLATES
    first_slope, last_slope = lengths(run.gradients[[0, -1]]).tolist()
    left = last_slope / first_slope
    return Behaviour.CREEPS if left > max(CREEPING, TINY**run.steps) else Behaviour.DESCENDS


def jumps(run: Trajectory) -> np.ndarray:
    """(steps,) of bool: whether the gradients before and after each step point in opposite directions."""
    largest = np.frexp(np.abs(run.gradients).max(axis=1, keepdims=True))[1]
    scaled = np.ldexp(run.gradients, -largest)  # below 1, so that no product outgrows a double; the signs are the same
    return np.sum(scaled[:-1] * scaled[1:], axis=1) < 0


def lengths(vectors: Array) -> Array:
    """(..., dims) -> (...,): Euclidean lengths at any scale: no square outgrows a double."""
    with np.errstate(over="ignore"):
        return np.hypot.reduce(np.abs(vectors), axis=-1)
