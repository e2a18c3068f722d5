"""The methods of descent: each is two pure functions, the state before any step and one step's move."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from gdsim.objective import Array

State = Any


class Optimiser(NamedTuple):
    """Two pure functions: the state before any step, then one step's move.

    init: point (dims,) -> state.
    update: (gradient (dims,), state, rate, point (dims,)) -> (move (dims,), state).
    name: what the command line calls it.
    """

    init: Callable[[Array], State]
    update: Callable[[Array, State, float, Array], tuple[Array, State]]
    name: str


def gradient_descent() -> Optimiser:
    """Steepest descent (Cauchy, 1847), as torch.optim.SGD: the move is -rate * g."""

    def update(gradient: Array, state: State, rate: float, point: Array) -> tuple[Array, State]:
        return -rate * gradient, state

    return Optimiser(np.zeros_like, update, "gradient-descent")
