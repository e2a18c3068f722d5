"""Methods that give each coordinate its own rate, based on the gradients seen so far.

Gradients, points, moves and the arrays of each state have the shape (..., dims). Weight decay λ adds λx to g,
except in Adafactor, where it is decoupled.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gdsim.objective import Array
from gdsim.optimiser import Optimiser, stateless
from gdsim.stop import norm

# What torch takes for Adafactor's ε₁ in double precision.
DOUBLE_EPSILON = float(np.finfo(float).eps)


class AdagradState(NamedTuple):
    """What AdaGrad remembers: the number of steps taken, and the sum of squared gradients (..., dims)."""

    steps: int
    sum_of_squares: Array


class AdadeltaState(NamedTuple):
    """What AdaDelta remembers: running means of squared gradients and of squared steps, each (..., dims)."""

    mean_squared_gradient: Array
    mean_squared_step: Array


class RmspropState(NamedTuple):
    """What RMSProp remembers, each (..., dims); the first moment only counts if centred."""

    second_moment: Array
    first_moment: Array
    velocity: Array


class RpropState(NamedTuple):
    """What Rprop remembers: the previous gradient, zero where the slope changed sign, and step sizes, (..., dims)."""

    gradient: Array
    step_size: Array


class AdafactorState(NamedTuple):
    """What Adafactor remembers: the number of steps taken, and the second moment (..., dims)."""

    steps: int
    second_moment: Array


def adagrad(
    epsilon: float = 1e-10, accumulator: float = 0.0, rate_decay: float = 0.0, weight_decay: float = 0.0
) -> Optimiser:
    """AdaGrad (Duchi, Hazan and Singer, 2011), as torch.optim.Adagrad.

    v ← v + g²; x ← x − α / (1 + (t − 1)η) · g / (√v + ε).
    """

    def init(point: Array) -> AdagradState:
        return AdagradState(steps=0, sum_of_squares=np.full_like(point, accumulator))

    def update(gradient: Array, state: AdagradState, rate: float, point: Array) -> tuple[Array, AdagradState]:
        if weight_decay:
            gradient = gradient + weight_decay * point
        squares = state.sum_of_squares + gradient * gradient
        decayed_rate = rate / (1 + state.steps * rate_decay)
        return -decayed_rate * gradient / (np.sqrt(squares) + epsilon), AdagradState(state.steps + 1, squares)

    return Optimiser(init, update, "adagrad")


def adadelta(decay: float = 0.9, epsilon: float = 1e-6, weight_decay: float = 0.0) -> Optimiser:
    """AdaDelta (Zeiler, 2012), as torch.optim.Adadelta; its own rate is α = 1.

    v ← ρv + (1 − ρ)g²; d = g·√(u + ε) / √(v + ε); u ← ρu + (1 − ρ)d²; x ← x − αd.
    """

    def init(point: Array) -> AdadeltaState:
        return AdadeltaState(mean_squared_gradient=np.zeros_like(point), mean_squared_step=np.zeros_like(point))

    def update(gradient: Array, state: AdadeltaState, rate: float, point: Array) -> tuple[Array, AdadeltaState]:
        squares, squared_steps = state
        if weight_decay:
            gradient = gradient + weight_decay * point
        squares = decay * squares + (1 - decay) * (gradient * gradient)
        step = np.sqrt(squared_steps + epsilon) / np.sqrt(squares + epsilon) * gradient
        squared_steps = decay * squared_steps + (1 - decay) * (step * step)
        return -rate * step, AdadeltaState(squares, squared_steps)

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
    Centred: m ← ρm + (1 − ρ)g, and √(v − m²) in place of √v. With momentum: b ← μb + d; x ← x − αb.
    """

    def init(point: Array) -> RmspropState:
        zero = np.zeros_like(point)
        return RmspropState(second_moment=zero, first_moment=zero, velocity=zero)

    def update(gradient: Array, state: RmspropState, rate: float, point: Array) -> tuple[Array, RmspropState]:
        second, first, velocity = state
        if weight_decay:
            gradient = gradient + weight_decay * point
        second = decay * second + (1 - decay) * (gradient * gradient)
        if centred:
            first = decay * first + (1 - decay) * gradient
            size = np.sqrt(second - first * first) + epsilon
        else:
            size = np.sqrt(second) + epsilon
        velocity = momentum * velocity + gradient / size if momentum else gradient / size
        return -rate * velocity, RmspropState(second, first, velocity)

    return Optimiser(init, update, "rmsprop")


def rprop(shrink: float = 0.5, grow: float = 1.2, smallest: float = 1e-6, largest: float = 50.0) -> Optimiser:
    """Resilient propagation (Riedmiller and Braun, 1993), as torch.optim.Rprop: only the slope's sign counts.

    Each coordinate has its own step size s, which starts at α, is multiplied by η₊ where the slope kept its
    sign and by η₋ where the sign changed (there the coordinate rests for one step); x ← x − s·sign(g).
    """

    def update(gradient: Array, state: RpropState | None, rate: float, point: Array) -> tuple[Array, RpropState]:
        if state is None:
            state = RpropState(gradient=np.zeros_like(gradient), step_size=rate + np.zeros_like(gradient))
        agreement = np.sign(gradient * state.gradient)
        turned = agreement < 0
        size = state.step_size * np.where(turned, shrink, np.where(agreement > 0, grow, 1.0))
        size = np.minimum(np.maximum(size, smallest), largest)
        gradient = np.where(turned, 0.0, gradient)
        return -size * np.sign(gradient), RpropState(gradient, size)

    return Optimiser(stateless, update, "rprop")


def adafactor(
    beta2_decay: float = -0.8,
    epsilon: float = DOUBLE_EPSILON,
    smallest_scale: float = 1e-3,
    clipping: float = 1.0,
    weight_decay: float = 0.0,
) -> Optimiser:
    """Adafactor (Shazeer and Stern, 2018), as torch.optim.Adafactor for a vector, whose second moment is not factored.

    v ← v + tᵖ(g² − v), p = `beta2_decay`; u = g / max(√v, ε₁); with ρ = min(α, 1/√t),
    x ← x − ρ·max(ε₂, RMS(x)) · u / max(1, RMS(u)/d), ε₂ = `smallest_scale`, d = `clipping`.
    RMS is the root mean square over the coordinates of one point. Weight decay λ first applies x ← x − αλx.
    """

    def init(point: Array) -> AdafactorState:
        return AdafactorState(steps=0, second_moment=np.zeros_like(point))

    def update(gradient: Array, state: AdafactorState, rate: float, point: Array) -> tuple[Array, AdafactorState]:
        step = state.steps + 1
        second = state.second_moment + step**beta2_decay * (gradient * gradient - state.second_moment)
        direction = gradient / np.maximum(np.sqrt(second), epsilon)
        direction = direction / np.maximum(1.0, _root_mean_square(direction) / clipping)
        scale = np.minimum(rate, 1 / step**0.5) * np.maximum(smallest_scale, _root_mean_square(point))
        move = -scale * direction
        if weight_decay:
            move = move - rate * weight_decay * point
        return move, AdafactorState(step, second)

    return Optimiser(init, update, "adafactor")


def _root_mean_square(vectors: Array) -> Array:
    """(..., dims) -> (..., 1), each with the same bits whether computed alone or among many."""
    return norm(vectors)[..., None] / vectors.shape[-1] ** 0.5
