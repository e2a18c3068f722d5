"""Adam and its relatives: momentum and a rate for each coordinate, both corrected for their cold start.

All keep m ← β₁m + (1 − β₁)g and v ← β₂v + (1 − β₂)g², from zero; t counts steps from 1.
"""

from __future__ import annotations

import numpy as np

from gdsim.objective import Array
from gdsim.optimiser import Optimiser, State


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
    AMSGrad puts the largest v so far in place of v. Weight decay λ adds λx to g, or, decoupled,
    first takes x ← x − αλx.
    """

    def init(point: Array) -> State:
        zero = np.zeros_like(point)
        return 0, zero, zero, zero

    def update(gradient: Array, state: State, rate: float, point: Array) -> tuple[Array, State]:
        taken, mean, squares, largest = state
        step = taken + 1
        if weight_decay and not decoupled:
            gradient = gradient + weight_decay * point
        mean = beta1 * mean + (1 - beta1) * gradient
        squares = beta2 * squares + (1 - beta2) * (gradient * gradient)
        largest = np.maximum(largest, squares) if amsgrad else squares
        size = np.sqrt(largest) / (1 - beta2**step) ** 0.5 + epsilon
        move = -rate / (1 - beta1**step) * mean / size
        if weight_decay and decoupled:
            move = move - rate * weight_decay * point
        return move, (step, mean, squares, largest)

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

    def init(point: Array) -> State:
        return 0, 1.0, np.zeros_like(point), np.zeros_like(point)

    def pull(step: int) -> float:
        return beta1 * (1 - 0.5 * 0.96 ** (step * momentum_decay))

    def update(gradient: Array, state: State, rate: float, point: Array) -> tuple[Array, State]:
        taken, product, mean, squares = state
        step = taken + 1
        decay = rate * weight_decay * point if weight_decay and decoupled else 0.0
        if weight_decay and not decoupled:
            gradient = gradient + weight_decay * point
        mean = beta1 * mean + (1 - beta1) * gradient
        squares = beta2 * squares + (1 - beta2) * (gradient * gradient)
        size = np.sqrt(squares / (1 - beta2**step)) + epsilon
        now, ahead = pull(step), pull(step + 1)
        product = product * now
        blend = (1 - now) / (1 - product) * gradient + ahead / (1 - product * ahead) * mean
        return -rate * blend / size - decay, (step, product, mean, squares)

    return Optimiser(init, update, "nadam")


def radam(
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
    weight_decay: float = 0.0,
    decoupled: bool = False,
) -> Optimiser:
    """RAdam (Liu et al., 2020), as torch.optim.RAdam: Adam that trusts v only once it has seen enough.

    ρ∞ = 2/(1 − β₂) − 1, ρₜ = ρ∞ − 2tβ₂ᵗ/(1 − β₂ᵗ), m̂ = m / (1 − β₁ᵗ); where ρₜ > 5
    x ← x − αm̂ · √(1 − β₂ᵗ)/(√v + ε) · √((ρₜ − 4)(ρₜ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρₜ)), elsewhere x ← x − αm̂.
    """
    longest = 2 / (1 - beta2) - 1

    def init(point: Array) -> State:
        return 0, np.zeros_like(point), np.zeros_like(point)

    def update(gradient: Array, state: State, rate: float, point: Array) -> tuple[Array, State]:
        taken, mean, squares = state
        step = taken + 1
        decay = rate * weight_decay * point if weight_decay and decoupled else 0.0
        if weight_decay and not decoupled:
            gradient = gradient + weight_decay * point
        mean = beta1 * mean + (1 - beta1) * gradient
        squares = beta2 * squares + (1 - beta2) * (gradient * gradient)
        move = -rate / (1 - beta1**step) * mean
        correction = 1 - beta2**step
        length = longest - 2 * step * beta2**step / correction
        if length > 5:
            ratio = (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)
            move = move * ((ratio * correction) ** 0.5 / (np.sqrt(squares) + epsilon))
        return move - decay, (step, mean, squares)

    return Optimiser(init, update, "radam")


def adamax(beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-8, weight_decay: float = 0.0) -> Optimiser:
    """AdaMax (Kingma and Ba, 2015, §7.1), as torch.optim.Adamax: the largest slope in place of their squares.

    u ← max(β₂u, |g| + ε); x ← x − α / (1 − β₁ᵗ) · m / u.
    """

    def init(point: Array) -> State:
        return 0, np.zeros_like(point), np.zeros_like(point)

    def update(gradient: Array, state: State, rate: float, point: Array) -> tuple[Array, State]:
        taken, mean, largest = state
        step = taken + 1
        if weight_decay:
            gradient = gradient + weight_decay * point
        mean = beta1 * mean + (1 - beta1) * gradient
        largest = np.maximum(beta2 * largest, np.abs(gradient) + epsilon)
        return -rate / (1 - beta1**step) * mean / largest, (step, mean, largest)

    return Optimiser(init, update, "adamax")
