"""Adam and its relatives: momentum plus a rate for each coordinate, both corrected for starting from zero.

All of them keep a first moment m ← β₁m + (1 − β₁)g and, AdaMax excepted, a second moment v ← β₂v + (1 − β₂)g²,
both starting from zero; t counts steps from 1. Weight decay λ adds λx to g or, if decoupled, first applies
x ← x − αλx. Gradients, points, moves and moments have the shape (..., dims).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gdsim.objective import Array
from gdsim.optimiser import Optimiser


class Moments(NamedTuple):
    """What RAdam remembers: the number of steps taken, and both moments (..., dims)."""

    steps: int
    first_moment: Array
    second_moment: Array


class AdamState(NamedTuple):
    """What Adam remembers: the number of steps taken, and moments (..., dims); the largest only counts in AMSGrad."""

    steps: int
    first_moment: Array
    second_moment: Array
    largest_second_moment: Array


class NadamState(NamedTuple):
    """What NAdam remembers: the number of steps taken, the product of all μₜ so far, and both moments (..., dims)."""

    steps: int
    momentum_product: float
    first_moment: Array
    second_moment: Array


class AdamaxState(NamedTuple):
    """What AdaMax remembers: the number of steps taken, the first moment and the decayed largest slope (..., dims)."""

    steps: int
    first_moment: Array
    infinity_norm: Array


def adam(
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
    weight_decay: float = 0.0,
    amsgrad: bool = False,
    decoupled: bool = False,
) -> Optimiser:
    """Adam (Kingma and Ba, 2015), as torch.optim.Adam.

    x ← x − α / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε).
    AMSGrad uses the largest v so far in place of v.
    """

    def init(point: Array) -> AdamState:
        zero = np.zeros_like(point)
        return AdamState(steps=0, first_moment=zero, second_moment=zero, largest_second_moment=zero)

    def update(gradient: Array, state: AdamState, rate: float, point: Array) -> tuple[Array, AdamState]:
        step = state.steps + 1
        if weight_decay and not decoupled:
            gradient = gradient + weight_decay * point
        first = beta1 * state.first_moment + (1 - beta1) * gradient
        second = beta2 * state.second_moment + (1 - beta2) * (gradient * gradient)
        largest = np.maximum(state.largest_second_moment, second) if amsgrad else second
        size = np.sqrt(largest) / (1 - beta2**step) ** 0.5 + epsilon
        move = -rate / (1 - beta1**step) * first / size
        if weight_decay and decoupled:
            move = move - rate * weight_decay * point
        return move, AdamState(step, first, second, largest)

    return Optimiser(init, update, "adam")


def adamw(
    beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-8, weight_decay: float = 0.01, amsgrad: bool = False
) -> Optimiser:
    """AdamW (Loshchilov and Hutter, 2019), as torch.optim.AdamW: Adam with decoupled weight decay.

    x ← x − αλx − α / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε).
    """
    return adam(beta1, beta2, epsilon, weight_decay, amsgrad, decoupled=True)._replace(name="adamw")


def amsgrad(beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-8, weight_decay: float = 0.0) -> Optimiser:
    """AMSGrad (Reddi, Kale and Kumar, 2018), as torch.optim.Adam(amsgrad=True).

    w ← max(w, v); x ← x − α / (1 − β₁ᵗ) · m / (√w / √(1 − β₂ᵗ) + ε).
    """
    return adam(beta1, beta2, epsilon, weight_decay, amsgrad=True)._replace(name="amsgrad")


def nadam(
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
    momentum_decay: float = 0.004,
    weight_decay: float = 0.0,
    decoupled: bool = False,
) -> Optimiser:
    """NAdam (Dozat, 2016), as torch.optim.NAdam: Adam that looks ahead along its momentum.

    μₜ = β₁(1 − ½·0.96^(tψ)), pₜ = μ₁ · … · μₜ;
    x ← x − α((1 − μₜ)/(1 − pₜ) · g + μₜ₊₁/(1 − pₜ₊₁) · m) / (√(v / (1 − β₂ᵗ)) + ε).
    """

    def init(point: Array) -> NadamState:
        zero = np.zeros_like(point)
        return NadamState(steps=0, momentum_product=1.0, first_moment=zero, second_moment=zero)

    def momentum_at(step: int) -> float:
        return beta1 * (1 - 0.5 * 0.96 ** (step * momentum_decay))

    def update(gradient: Array, state: NadamState, rate: float, point: Array) -> tuple[Array, NadamState]:
        step = state.steps + 1
        decay = rate * weight_decay * point if weight_decay and decoupled else 0.0
        if weight_decay and not decoupled:
            gradient = gradient + weight_decay * point
        first = beta1 * state.first_moment + (1 - beta1) * gradient
        second = beta2 * state.second_moment + (1 - beta2) * (gradient * gradient)
        size = np.sqrt(second / (1 - beta2**step)) + epsilon
        now, ahead = momentum_at(step), momentum_at(step + 1)
        product = state.momentum_product * now
        blend = (1 - now) / (1 - product) * gradient + ahead / (1 - product * ahead) * first
        return -rate * blend / size - decay, NadamState(step, product, first, second)

    return Optimiser(init, update, "nadam")


def radam(
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
    weight_decay: float = 0.0,
    decoupled: bool = False,
) -> Optimiser:
    """RAdam (Liu et al., 2020), as torch.optim.RAdam: Adam that relies on v only after enough steps.

    ρ∞ = 2/(1 − β₂) − 1, ρₜ = ρ∞ − 2tβ₂ᵗ/(1 − β₂ᵗ), m̂ = m / (1 − β₁ᵗ). Where ρₜ > 5,
    x ← x − αm̂ · √(1 − β₂ᵗ)/(√v + ε) · √((ρₜ − 4)(ρₜ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρₜ)); otherwise x ← x − αm̂.
    """
    longest = 2 / (1 - beta2) - 1

    def init(point: Array) -> Moments:
        return Moments(steps=0, first_moment=np.zeros_like(point), second_moment=np.zeros_like(point))

    def update(gradient: Array, state: Moments, rate: float, point: Array) -> tuple[Array, Moments]:
        step = state.steps + 1
        decay = rate * weight_decay * point if weight_decay and decoupled else 0.0
        if weight_decay and not decoupled:
            gradient = gradient + weight_decay * point
        first = beta1 * state.first_moment + (1 - beta1) * gradient
        second = beta2 * state.second_moment + (1 - beta2) * (gradient * gradient)
        move = -rate / (1 - beta1**step) * first
        correction = 1 - beta2**step
        length = longest - 2 * step * beta2**step / correction
        if length > 5:
            ratio = (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)
            move = move * ((ratio * correction) ** 0.5 / (np.sqrt(second) + epsilon))
        return move - decay, Moments(step, first, second)

    return Optimiser(init, update, "radam")


def adamax(beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-8, weight_decay: float = 0.0) -> Optimiser:
    """AdaMax (Kingma and Ba, 2015, §7.1), as torch.optim.Adamax: the largest recent slope in place of v.

    u ← max(β₂u, |g| + ε); x ← x − α / (1 − β₁ᵗ) · m / u.
    """

    def init(point: Array) -> AdamaxState:
        return AdamaxState(steps=0, first_moment=np.zeros_like(point), infinity_norm=np.zeros_like(point))

    def update(gradient: Array, state: AdamaxState, rate: float, point: Array) -> tuple[Array, AdamaxState]:
        step = state.steps + 1
        if weight_decay:
            gradient = gradient + weight_decay * point
        first = beta1 * state.first_moment + (1 - beta1) * gradient
        largest = np.maximum(beta2 * state.infinity_norm, np.abs(gradient) + epsilon)
        return -rate / (1 - beta1**step) * first / largest, AdamaxState(step, first, largest)

    return Optimiser(init, update, "adamax")
