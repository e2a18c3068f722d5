"""Methods that use how the slope itself changes: Newton's knows it, BFGS and L-BFGS learn it on the way."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdsim.objective import Array, Objective
from gdsim.optimiser import Optimiser, State, stateless
from gdsim.stop import norm

# A step is never cut to less than 2⁻³⁰ of its length.
HALVINGS = 30
# Near a minimum the loss no longer tells steps apart; a rise by so small a share of it is none.
ROUNDING = 1e-14
# Products of changes below this are no longer exact enough to learn from.
TINY = 1e-280


def newton(objective: Objective, damping: float = 1e-3) -> Optimiser:
    """Newton's method, kept downhill: x ← x − α|H|⁻¹g (Nocedal and Wright, 2006, §3.4; Dauphin et al., 2014).

    |H| is the Hessian with each eigenvalue λ replaced by max(|λ|, δ), δ the damping: where H is positive
    definite (and λ ≥ δ) this is the full Newton step; elsewhere the step still leads downhill, away from
    saddles. α = 1 is the method's own rate.

    Raises ValueError where the objective has no Hessian.
    """
    hessian = objective.hessian
    if hessian is None:
        raise ValueError(f"newton needs second derivatives, which {objective.name} does not have; lbfgs works without")

    def update(gradient: Array, state: State, rate: float, point: Array) -> tuple[Array, State]:
        matrix = np.asarray(hessian(point), dtype=float)
        known = np.isfinite(matrix).all(axis=(-2, -1), keepdims=True)
        eigenvalues, axes = np.linalg.eigh(np.where(known, matrix, 0.0))
        along = np.sum(axes * gradient[..., :, None], axis=-2) / np.maximum(np.abs(eigenvalues), damping)
        move = -rate * np.sum(axes * along[..., None, :], axis=-1)
        return np.where(known[..., 0], move, np.nan), state

    return Optimiser(stateless, update, "newton")


def bfgs(objective: Objective, sufficient: float = 1e-4) -> Optimiser:
    """BFGS (Broyden, Fletcher, Goldfarb and Shanno, 1970) with backtracking, as Nocedal and Wright (2006), §6.1, §3.1.

    x ← x − tHg, where t is the first of α, α/2, α/4, … with f(x − tHg) ≤ f(x) − c·t·g·Hg, c = `sufficient`;
    H starts as 1, then as (y·s / y·y)·I, and learns each pair s = Δx, y = Δg with y·s > 1e-10·|y||s|:
    H ← (I − ρsyᵀ)H(I − ρysᵀ) + ρssᵀ, ρ = 1/(y·s). α = 1 is the method's own rate.
    """

    def update(gradient: Array, state: State, rate: float, point: Array) -> tuple[Array, State]:
        if state is None:
            inverse = np.broadcast_to(np.eye(gradient.shape[-1]), (*gradient.shape, gradient.shape[-1]))
        else:
            inverse, first, before, move = state
            inverse = _learned(inverse, first, gradient - before, move)
        direction = -_times(inverse, gradient)
        move = direction * _backtracked(objective, point, direction, sufficient * _dot(gradient, direction), rate)
        return move, (inverse, state is None, gradient, move)

    return Optimiser(stateless, update, "bfgs")


def lbfgs(history: int = 100) -> Optimiser:
    """L-BFGS (Liu and Nocedal, 1989), as torch.optim.LBFGS(max_iter=1, history_size=history), no line search.

    x ← x − αHg, where H starts as 1 and is bent, newest last, by up to `history` pairs s = Δx, y = Δg with
    y·s > 1e-10 from (y·s / y·y)·I; the first step is shortened to α·min(1, 1/Σ|g|). α = 1 is the method's own rate.
    """

    def update(gradient: Array, state: State, rate: float, point: Array) -> tuple[Array, State]:
        if state is None:
            short = np.minimum(1.0, 1.0 / np.sum(np.abs(gradient), axis=-1, keepdims=True))
            move = -rate * short * gradient
            nothing = np.empty((*gradient.shape[:-1], 0, gradient.shape[-1]))
            return move, (gradient, move, nothing, nothing, np.ones_like(short))
        before, move, moves, bends, scale = state
        bend = gradient - before
        fit = _dot(bend, move)
        kept = fit > 1e-10
        if kept.any():
            moves = _remember(moves, move, kept, history)
            bends = _remember(bends, bend, kept, history)
            scale = np.where(kept, fit / _dot(bend, bend), scale)
        move = rate * _two_loops(-gradient, moves, bends, scale)
        return move, (gradient, move, moves, bends, scale)

    return Optimiser(stateless, update, "lbfgs")


def _dot(one: Array, other: Array) -> Array:
    """(..., dims) and (..., dims) -> (..., 1)"""
    return np.vecdot(one, other)[..., None]


def _times(matrix: Array, vector: Array) -> Array:
    """(..., dims, dims) and (..., dims) -> (..., dims); the matrix is symmetric."""
    return np.sum(matrix * vector[..., :, None], axis=-2)


def _learned(inverse: Array, first: bool, bend: Array, move: Array) -> Array:
    """The inverse Hessian (..., dims, dims) once `move` (..., dims) has changed the slope by `bend` (..., dims)."""
    fit = _dot(bend, move)
    kept = fit > 1e-10 * (norm(bend) * norm(move))[..., None] + TINY
    fit = np.where(kept, fit, 1.0)
    if first:
        inverse = inverse * np.where(kept, fit / np.where(kept, _dot(bend, bend), 1.0), 1.0)[..., None]
    bent = _times(inverse, bend)
    onto_move = ((1 + _dot(bend, bent) / fit) / fit * move)[..., :, None] * move[..., None, :]
    crossed = (bent / fit)[..., :, None] * move[..., None, :]
    taught = inverse + onto_move - (crossed + np.swapaxes(crossed, -1, -2))
    return np.where(kept[..., None], taught, inverse)


def _backtracked(objective: Objective, point: Array, direction: Array, promise: Array, rate: float) -> Array:
    """(..., 1): the share of `direction` to go, halved until the loss falls by that share of `promise` (..., 1)."""
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
    """(..., k, dims) with `row` (..., dims) at the end where `kept` (..., 1).

    Where it is not kept a row of zeros goes in front, which bends nothing.
    """
    appended = np.concatenate((rows, row[..., None, :]), axis=-2)
    padded = np.concatenate((np.zeros_like(row)[..., None, :], rows), axis=-2)
    grown = np.where(kept[..., None], appended, padded)
    if grown.shape[-2] <= history:
        return grown
    return np.where(kept[..., None], grown[..., 1:, :], rows)


def _two_loops(direction: Array, moves: Array, bends: Array, scale: Array) -> Array:
    """Nocedal and Wright (2006), algorithm 7.4: the remembered pairs applied to `direction` (..., dims)."""
    fits = np.vecdot(moves, bends)
    weights = np.where(fits > 0, 1.0 / np.where(fits > 0, fits, 1.0), 0.0)
    shares = []
    for k in reversed(range(moves.shape[-2])):
        share = _dot(moves[..., k, :], direction) * weights[..., k, None]
        direction = direction - share * bends[..., k, :]
        shares.append(share)
    direction = direction * scale
    for k in range(moves.shape[-2]):
        back = _dot(bends[..., k, :], direction) * weights[..., k, None]
        direction = direction + (shares.pop() - back) * moves[..., k, :]
    return direction
