"""Methods that use curvature: Newton's method computes it, BFGS and L-BFGS estimate it from past steps.

Gradients, points and moves have the shape (..., dims), matrices (..., dims, dims).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdsim.objective import Array, Objective
from gdsim.optimiser import Optimiser, stateless
from gdsim.stop import norm

# A step is never shortened to less than 2⁻³⁰ of its length.
HALVINGS = 30
# Near a minimum, rounding hides the difference between two losses: a relative increase this small is ignored.
ROUNDING = 1e-14
# Products of changes smaller than this are not accurate enough to learn from.
TINY = 1e-280


class BfgsState(NamedTuple):
    """What BFGS remembers after a step.

    inverse_hessian: the estimate (..., dims, dims) that the step used.
    is_initial: whether that estimate was still the identity.
    gradient, move: (..., dims), of the step.
    """

    inverse_hessian: Array
    is_initial: bool
    gradient: Array
    move: Array


class LbfgsState(NamedTuple):
    """What L-BFGS remembers after a step.

    gradient, move: (..., dims), of the step.
    moves, gradient_changes: (..., k, dims), the last k ≤ `history` pairs, oldest first.
    scale: (..., 1), the inverse Hessian's estimate before the pairs, a multiple of the identity.
    """

    gradient: Array
    move: Array
    moves: Array
    gradient_changes: Array
    scale: Array


def newton(objective: Objective, damping: float = 1e-3) -> Optimiser:
    """Newton's method, always downhill: x ← x − α|H|⁻¹g (Nocedal and Wright, 2006, §3.4; Dauphin et al., 2014).

    |H| is the Hessian with each eigenvalue λ replaced by max(|λ|, δ), where δ is the damping: if all λ ≥ δ,
    this is the full Newton step; otherwise the step still goes downhill, and away from saddles.
    α = 1 is the method's own rate.

    Raises ValueError if the objective has no Hessian.
    """
    return _newton(objective, lambda eigenvalues: np.maximum(np.abs(eigenvalues), damping))


def pure_newton(objective: Objective) -> Optimiser:
    """Newton's method as it is in textbooks, with nothing to guard it: x ← x − αH⁻¹g.

    α = 1 leads to where the parabola with the point's own slope and curvature is level: to its bottom, or, if it opens
    downwards, to its top. Where the curvature is zero, the move is not finite, and a run ends.

    Raises ValueError if the objective has no Hessian.
    """
    return _newton(objective, lambda eigenvalues: eigenvalues)


def _newton(objective: Objective, divisors: Callable[[Array], Array]) -> Optimiser:
    """The step along each axis of the Hessian is the slope over the divisor that its eigenvalue gives."""
    hessian = objective.hessian
    if hessian is None:
        raise ValueError(f"newton needs second derivatives, which {objective.name} does not have; lbfgs works without")

    def update(gradient: Array, state: None, rate: float, point: Array) -> tuple[Array, None]:
        matrix = np.asarray(hessian(point), dtype=float)
        known = np.isfinite(matrix).all(axis=(-2, -1), keepdims=True)
        eigenvalues, axes = np.linalg.eigh(np.where(known, matrix, 0.0))
        with np.errstate(all="ignore"):
            along = np.sum(axes * gradient[..., :, None], axis=-2) / divisors(eigenvalues)
            move = -rate * np.sum(axes * along[..., None, :], axis=-1)
        return np.where(known[..., 0], move, np.nan), state

    return Optimiser(stateless, update, "newton")


def bfgs(objective: Objective, sufficient: float = 1e-4) -> Optimiser:
    """BFGS (Broyden, Fletcher, Goldfarb and Shanno, 1970) with backtracking, as Nocedal and Wright (2006), §6.1, §3.1.

    x ← x − tHg, where t is the first of α, α/2, α/4, … with f(x − tHg) ≤ f(x) − c·t·g·Hg, c = `sufficient`.
    H is the identity in the first step and (y·s / y·y)·I before the first update; each pair s = Δx, y = Δg with
    y·s > 1e-10·|y||s| updates it: H ← (I − ρsyᵀ)H(I − ρysᵀ) + ρssᵀ, ρ = 1/(y·s).
    α = 1 is the method's own rate.
    """

    def update(gradient: Array, state: BfgsState | None, rate: float, point: Array) -> tuple[Array, BfgsState]:
        if state is None:
            inverse: Array = np.broadcast_to(np.eye(gradient.shape[-1]), (*gradient.shape, gradient.shape[-1]))
        else:
            inverse = _learned(state.inverse_hessian, state.is_initial, gradient - state.gradient, state.move)
        direction = -_times(inverse, gradient)
        move = direction * _backtracked(objective, point, direction, sufficient * _dot(gradient, direction), rate)
        return move, BfgsState(inverse, state is None, gradient, move)

    return Optimiser(stateless, update, "bfgs")


def lbfgs(history: int = 100) -> Optimiser:
    """L-BFGS (Liu and Nocedal, 1989), as torch.optim.LBFGS(max_iter=1, history_size=history), without line search.

    x ← x − αHg, where H is (y·s / y·y)·I updated as in BFGS by the last `history` pairs s = Δx, y = Δg with
    y·s > 1e-10, oldest first; the first step is −α·min(1, 1/Σ|g|)·g. α = 1 is the method's own rate.
    """

    def update(gradient: Array, state: LbfgsState | None, rate: float, point: Array) -> tuple[Array, LbfgsState]:
        if state is None:
            short = np.minimum(1.0, 1.0 / np.sum(np.abs(gradient), axis=-1, keepdims=True))
            move = -rate * short * gradient
            nothing = np.empty((*gradient.shape[:-1], 0, gradient.shape[-1]))
            return move, LbfgsState(gradient, move, nothing, nothing, np.ones_like(short))
        _, move, moves, changes, scale = state
        change = gradient - state.gradient
        fit = _dot(change, move)
        kept = fit > 1e-10
        if kept.any():
            moves = _remember(moves, move, kept, history)
            changes = _remember(changes, change, kept, history)
            scale = np.where(kept, fit / _dot(change, change), scale)
        move = rate * _two_loops(-gradient, moves, changes, scale)
        return move, LbfgsState(gradient, move, moves, changes, scale)

    return Optimiser(stateless, update, "lbfgs")


def _dot(one: Array, other: Array) -> Array:
    """(..., dims) and (..., dims) -> (..., 1)"""
    return np.vecdot(one, other)[..., None]


def _times(matrix: Array, vector: Array) -> Array:
    """(..., dims, dims) and (..., dims) -> (..., dims); the matrix is symmetric."""
    return np.sum(matrix * vector[..., :, None], axis=-2)


def _learned(inverse: Array, is_initial: bool, change: Array, move: Array) -> Array:
    """The inverse Hessian (..., dims, dims) after `move` (..., dims) changed the gradient by `change` (..., dims)."""
    fit = _dot(change, move)
    kept = fit > 1e-10 * (norm(change) * norm(move))[..., None] + TINY
    fit = np.where(kept, fit, 1.0)
    if is_initial:
        inverse = inverse * np.where(kept, fit / np.where(kept, _dot(change, change), 1.0), 1.0)[..., None]
    predicted = _times(inverse, change)
    onto_move = ((1 + _dot(change, predicted) / fit) / fit * move)[..., :, None] * move[..., None, :]
    crossed = (predicted / fit)[..., :, None] * move[..., None, :]
    updated = inverse + onto_move - (crossed + np.swapaxes(crossed, -1, -2))
    return np.where(kept[..., None], updated, inverse)


def _backtracked(objective: Objective, point: Array, direction: Array, promise: Array, rate: float) -> Array:
    """(..., 1): the fraction of `direction` to go, halved until the loss falls by that fraction of `promise` (..., 1).

    promise: the first-order change of the loss along the whole direction, times the sufficient fraction; negative.
    """
    share = rate + np.zeros_like(promise)
    loss = objective.value(point)
    allowed = loss + ROUNDING * np.abs(loss)
    for _ in range(HALVINGS):
        low = objective.value(point + share * direction) <= allowed + (share * promise)[..., 0]
        if low.all():
            break
        share = np.where(low[..., None], share, share / 2)
    return share


def _remember(rows: Array, row: Array, kept: NDArray[np.bool_], history: int) -> Array:
    """(..., k, dims) with `row` (..., dims) appended where `kept` (..., 1); only the last `history` rows remain.

    Where it is not kept, a row of zeros is put in front instead, which has no effect on the product.
    """
    appended = np.concatenate((rows, row[..., None, :]), axis=-2)
    padded = np.concatenate((np.zeros_like(row)[..., None, :], rows), axis=-2)
    grown = np.where(kept[..., None], appended, padded)
    if grown.shape[-2] <= history:
        return grown
    return np.where(kept[..., None], grown[..., 1:, :], rows)


def _two_loops(direction: Array, moves: Array, changes: Array, scale: Array) -> Array:
    """The two-loop recursion of Nocedal and Wright (2006), algorithm 7.4, applied to `direction` (..., dims)."""
    fits = np.vecdot(moves, changes)
    weights = np.where(fits > 0, 1.0 / np.where(fits > 0, fits, 1.0), 0.0)
    shares = []
    for k in reversed(range(moves.shape[-2])):
        share = _dot(moves[..., k, :], direction) * weights[..., k, None]
        direction = direction - share * changes[..., k, :]
        shares.append(share)
    direction = direction * scale
    for k in range(moves.shape[-2]):
        back = _dot(changes[..., k, :], direction) * weights[..., k, None]
        direction = direction + (shares.pop() - back) * moves[..., k, :]
    return direction
