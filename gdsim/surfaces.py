"""The named objectives: one literal table of closed forms with their gradients and Hessians."""

from __future__ import annotations

import numpy as np

from gdsim.objective import Array, Minimum, Objective


def _squares(points: Array) -> Array:
    return np.sum(points**2, axis=-1)


def _constant_hessian(*rows: tuple[float, ...]):
    """A Hessian that is the same everywhere, for points (..., dims)."""
    matrix = np.array(rows)
    return lambda points: np.broadcast_to(matrix, (*np.shape(points)[:-1], *matrix.shape))


def _two_valleys(points: Array) -> Array:
    x = points[..., 0]
    return x**4 - 3 * x**2 + x


SURFACES: dict[str, Objective] = {
    "parabola": Objective(
        name="parabola",
        value=_squares,
        gradient=lambda points: 2 * points,
        hessian=_constant_hessian((2.0,)),
        formula="x^2",
        variables=("x",),
        domain=((-4.0, 4.0),),
        start=(3.0,),
        minima=(Minimum((0.0,), 0.0),),
    ),
    "shifted-parabola": Objective(
        name="shifted-parabola",
        value=lambda points: (points[..., 0] - 3) ** 2,
        gradient=lambda points: 2 * (points - 3),
        hessian=_constant_hessian((2.0,)),
        formula="(x - 3)^2",
        variables=("x",),
        domain=((-3.0, 9.0),),
        start=(8.0,),
        minima=(Minimum((3.0,), 0.0),),
    ),
    "two-valleys": Objective(
        name="two-valleys",
        value=_two_valleys,
        gradient=lambda points: 4 * points**3 - 6 * points + 1,
        hessian=lambda points: (12 * points**2 - 6)[..., None],
        formula="x^4 - 3 x^2 + x",
        variables=("x",),
        domain=((-2.2, 2.2),),
        start=(2.0,),
    ),
    "bowl": Objective(
        name="bowl",
        value=_squares,
        gradient=lambda points: 2 * points,
        hessian=_constant_hessian((2.0, 0.0), (0.0, 2.0)),
        formula="theta_1^2 + theta_2^2",
        variables=("theta_1", "theta_2"),
        domain=((-5.0, 5.0), (-5.0, 5.0)),
        start=(3.0, 4.0),
        minima=(Minimum((0.0, 0.0), 0.0),),
        symbol="J",
    ),
}
