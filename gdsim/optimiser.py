"""The interface of an optimiser, and the plain, momentum and averaging variants of gradient descent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from gdsim.objective import Array

# None, a number, an array whose leading axes are those of the points, or a (named) tuple of these.
State = Any


class AsgdState(NamedTuple):
    """What ASGD remembers: the number of steps taken and the next step's rate, None before the first step."""

    steps: int
    rate: Any


class Optimiser(NamedTuple):
    """Two pure functions: one makes the state before the first step, the other computes each step.

    init: point (..., dims) -> state.
    update: (gradient (..., dims), state, learning rate, point (..., dims)) -> (move (..., dims), next state).
    name: its name on the command line.

    For one point (dims,) the rate is a number; for many points (n, dims) it is a number or has the shape (n, 1),
    and each row then gets exactly the bits that it would get alone.
    """

    init: Callable[[Array], State]
    update: Callable[[Array, State, float, Array], tuple[Array, State]]
    name: str


def stateless(point: Array) -> State:
    """The empty state: there is nothing to remember before the first step."""
    return None


def gradient_descent(weight_decay: float = 0.0) -> Optimiser:
    """Steepest descent (Cauchy, 1847), as torch.optim.SGD: x ← x − αg. Weight decay λ adds λx to g."""

    def update(gradient: Array, state: State, rate: float, point: Array) -> tuple[Array, State]:
        if weight_decay:
            gradient = gradient + weight_decay * point
        return -rate * gradient, state

    return Optimiser(stateless, update, "gradient-descent")


def gradient_ascent() -> Optimiser:
    """The steepest way up, as torch.optim.SGD(maximize=True): x ← x + αg. To minimise with it is the classic bug."""

    def update(gradient: Array, state: State, rate: float, point: Array) -> tuple[Array, State]:
        return rate * gradient, state

    return Optimiser(stateless, update, "gradient-ascent")


def momentum(decay: float = 0.9, dampening: float = 0.0, weight_decay: float = 0.0) -> Optimiser:
    """Heavy ball (Polyak, 1964), as torch.optim.SGD(momentum=μ, dampening=τ).

    b ← μb + (1 − τ)g, except that b = g in the first step; x ← x − αb. Weight decay λ adds λx to g.
    """
    share = 1 - dampening if decay else 1.0  # torch keeps no buffer if μ = 0

    def update(gradient: Array, velocity: State, rate: float, point: Array) -> tuple[Array, State]:
        if weight_decay:
            gradient = gradient + weight_decay * point
        velocity = gradient if velocity is None else decay * velocity + share * gradient
        return -rate * velocity, velocity

    return Optimiser(stateless, update, "momentum")


def nesterov(decay: float = 0.9, weight_decay: float = 0.0) -> Optimiser:
    """Accelerated gradient (Nesterov, 1983), in the form of Sutskever et al. (2013).

    As torch.optim.SGD(momentum=μ, nesterov=True): b ← μb + g; x ← x − α(g + μb). Weight decay λ adds λx to g.
    """

    def update(gradient: Array, velocity: State, rate: float, point: Array) -> tuple[Array, State]:
        if weight_decay:
            gradient = gradient + weight_decay * point
        velocity = gradient if velocity is None else decay * velocity + gradient
        return -rate * (gradient + decay * velocity), velocity

    return Optimiser(stateless, update, "nesterov")


def asgd(scale: float = 1e-4, power: float = 0.75, weight_decay: float = 0.0) -> Optimiser:
    """Descent with a decreasing rate, designed for averaging its points afterwards (Polyak and Juditsky, 1992).

    As the parameters of torch.optim.ASGD(lambd=λ, alpha=p): x ← (1 − λη)x − ηg, with η = α in the first step
    and η = α / (1 + λαt)^p in step t + 1. Weight decay adds a multiple of x to g. The points are those that torch
    trains with; their average, which torch keeps as well, is not part of a run.
    """

    def init(point: Array) -> AsgdState:
        return AsgdState(steps=0, rate=None)

    def update(gradient: Array, state: AsgdState, rate: float, point: Array) -> tuple[Array, AsgdState]:
        if weight_decay:
            gradient = gradient + weight_decay * point
        reduced = rate if state.rate is None else state.rate
        move = -scale * reduced * point - reduced * gradient
        steps = state.steps + 1
        # numpy's power: where Python's raises OverflowError this one is infinite, and the rate has faded to nothing.
        return move, AsgdState(steps, rate / np.float64(1 + scale * rate * steps) ** power)

    return Optimiser(init, update, "asgd")
