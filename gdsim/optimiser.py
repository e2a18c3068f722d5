"""What a method of descent is, and the family of plain and heavy-ball descent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from gdsim.objective import Array

# None, a number, an array whose first axes are the points', or a tuple of these.
State = Any


class Optimiser(NamedTuple):
    """Two pure functions: the state before any step, then one step's move.

    init: point (..., dims) -> state.
    update: (gradient (..., dims), state, rate, point (..., dims)) -> (move (..., dims), state).
    name: what the command line calls it.

    One point (dims,) goes with a number as its rate; many (n, dims) with a number or with (n, 1), and
    then each row gets exactly the bits it would get alone.
    """

    init: Callable[[Array], State]
    update: Callable[[Array, State, float, Array], tuple[Array, State]]
    name: str


def stateless(point: Array) -> State:
    """Nothing to remember before the first step."""
    return None


def gradient_descent(weight_decay: float = 0.0) -> Optimiser:
    """Steepest descent (Cauchy, 1847), as torch.optim.SGD: x ← x − αg."""

    def update(gradient: Array, state: State, rate: float, point: Array) -> tuple[Array, State]:
        if weight_decay:
            gradient = gradient + weight_decay * point
        return -rate * gradient, state

    return Optimiser(stateless, update, "gradient-descent")


def momentum(decay: float = 0.9, dampening: float = 0.0, weight_decay: float = 0.0) -> Optimiser:
    """Heavy ball (Polyak, 1964), as torch.optim.SGD(momentum=μ, dampening=τ).

    b ← μb + (1 − τ)g, where the first step takes b = g; x ← x − αb.
    """
    share = 1 - dampening if decay else 1.0  # torch keeps no buffer where μ = 0

    def update(gradient: Array, velocity: State, rate: float, point: Array) -> tuple[Array, State]:
        if weight_decay:
            gradient = gradient + weight_decay * point
        velocity = gradient if velocity is None else decay * velocity + share * gradient
        return -rate * velocity, velocity

    return Optimiser(stateless, update, "momentum")


def nesterov(decay: float = 0.9, weight_decay: float = 0.0) -> Optimiser:
    """Accelerated gradient (Nesterov, 1983), in the form of Sutskever et al. (2013).

    As torch.optim.SGD(momentum=μ, nesterov=True): b ← μb + g; x ← x − α(g + μb).
    """

    def update(gradient: Array, velocity: State, rate: float, point: Array) -> tuple[Array, State]:
        if weight_decay:
            gradient = gradient + weight_decay * point
        velocity = gradient if velocity is None else decay * velocity + gradient
        return -rate * (gradient + decay * velocity), velocity

    return Optimiser(stateless, update, "nesterov")


def asgd(scale: float = 1e-4, power: float = 0.75, weight_decay: float = 0.0) -> Optimiser:
    """Descent with a fading rate, made for averaging its points afterwards (Polyak and Juditsky, 1992).

    As the parameters of torch.optim.ASGD(lambd=λ, alpha=p): x ← (1 − λη)x − ηg, where the first step
    takes η = α and step t + 1 takes η = α / (1 + λαt)^p. The points are those torch trains with; their
    average, which torch keeps beside them, is not part of a run.
    """

    def init(point: Array) -> State:
        return 0, None

    def update(gradient: Array, state: State, rate: float, point: Array) -> tuple[Array, State]:
        taken, fading = state
        if weight_decay:
            gradient = gradient + weight_decay * point
        fading = rate if fading is None else fading
        move = -scale * fading * point - fading * gradient
        # numpy's power: where Python's raises OverflowError this one is infinite, and the rate has faded to nothing.
        return move, (taken + 1, rate / np.float64(1 + scale * rate * (taken + 1)) ** power)

    return Optimiser(init, update, "asgd")
