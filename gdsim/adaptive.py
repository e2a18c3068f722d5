"""Methods that give each coordinate a rate of its own, from the slopes it has seen."""

from __future__ import annotations

import numpy as np

from gdsim.objective import Array
from gdsim.optimiser import Optimiser, State, stateless


def adagrad(
    epsilon: float = 1e-10, accumulator: float = 0.0, rate_decay: float = 0.0, weight_decay: float = 0.0
) -> Optimiser:
    """AdaGrad (Duchi, Hazan and Singer, 2011), as torch.optim.Adagrad.

    v ← v + g²; x ← x − α / (1 + (t − 1)η) · g / (√v + ε).
    """

    def init(point: Array) -> State:
        return 0, np.full_like(point, accumulator)

    def update(gradient: Array, state: State, rate: float, point: Array) -> tuple[Array, State]:
        taken, squares = state
        if weight_decay:
            gradient = gradient + weight_decay * point
        squares = squares + gradient * gradient
        fading = rate / (1 + taken * rate_decay)
        return -fading * gradient / (np.sqrt(squares) + epsilon), (taken + 1, squares)

    return Optimiser(init, update, "adagrad")


def adadelta(decay: float = 0.9, epsilon: float = 1e-6, weight_decay: float = 0.0) -> Optimiser:
    """AdaDelta (Zeiler, 2012), as torch.optim.Adadelta; its own rate is α = 1.

    v ← ρv + (1 − ρ)g²; d = g·√(u + ε) / √(v + ε); u ← ρu + (1 − ρ)d²; x ← x − αd.
    """

    def init(point: Array) -> State:
        return np.zeros_like(point), np.zeros_like(point)

    def update(gradient: Array, state: State, rate: float, point: Array) -> tuple[Array, State]:
        squares, moved = state
        if weight_decay:
            gradient = gradient + weight_decay * point
        squares = decay * squares + (1 - decay) * (gradient * gradient)
        step = np.sqrt(moved + epsilon) / np.sqrt(squares + epsilon) * gradient
        moved = decay * moved + (1 - decay) * (step * step)
        return -rate * step, (squares, moved)

    return Optimiser(init, update, "adadelta")


def rmsprop(
    decay: float = 0.99,
    epsilon: float = 1e-8,
    centred: bool = False,
    momentum: float = 0.0,
    weight_decay: float = 0.0,
) -> Optimiser:
    """RMSProp (Tieleman and Hinton, 2012; centred: Graves, 2013), as torch.optim.RMSprop.

    v ← ρv + (1 − ρ)g²; d = g / (√v + ε); x ← x − αd.
    Centred: m ← ρm + (1 − ρ)g and √(v − m²) in place of √v. With momentum: b ← μb + d; x ← x − αb.
    """

    def init(point: Array) -> State:
        return np.zeros_like(point), np.zeros_like(point), np.zeros_like(point)

    def update(gradient: Array, state: State, rate: float, point: Array) -> tuple[Array, State]:
        squares, mean, velocity = state
        if weight_decay:
            gradient = gradient + weight_decay * point
        squares = decay * squares + (1 - decay) * (gradient * gradient)
        if centred:
            mean = decay * mean + (1 - decay) * gradient
            size = np.sqrt(squares - mean * mean) + epsilon
        else:
            size = np.sqrt(squares) + epsilon
        velocity = momentum * velocity + gradient / size if momentum else gradient / size
        return -rate * velocity, (squares, mean, velocity)

    return Optimiser(init, update, "rmsprop")


def rprop(shrink: float = 0.5, grow: float = 1.2, smallest: float = 1e-6, largest: float = 50.0) -> Optimiser:
    """Resilient propagation (Riedmiller and Braun, 1993), as torch.optim.Rprop: only the slope's sign counts.

    A coordinate's own step s starts at α, grows by η₊ where the slope kept its sign and shrinks by η₋
    where it turned (there the coordinate rests for one step); x ← x − s·sign(g).
    """

    def update(gradient: Array, state: State, rate: float, point: Array) -> tuple[Array, State]:
        before, size = (np.zeros_like(gradient), rate + np.zeros_like(gradient)) if state is None else state
        agreement = np.sign(gradient * before)
        turned = agreement < 0
        size = size * np.where(turned, shrink, np.where(agreement > 0, grow, 1.0))
        size = np.minimum(np.maximum(size, smallest), largest)
        gradient = np.where(turned, 0.0, gradient)
        return -size * np.sign(gradient), (gradient, size)

    return Optimiser(stateless, update, "rprop")
