"""The interface of a model: a mean loss over rows with its derivatives, and its objective on a dataset."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from gdsim.dataset import Dataset
from gdsim.objective import Array, Minimum, Objective

# The most numbers in one array of an evaluation at many points: 64 MB; two or three such arrays exist at a time.
CELLS = 8_000_000
# The domain extends this many times as far as the contour through the start.
MARGIN = 1.1


class Model(NamedTuple):
    """A loss that is a mean over rows, as functions of the parameters and the rows.

    predict: (points (..., dims), inputs (rows, features)) -> (..., rows).
    value: (points (..., dims), data) -> (...).
    gradient: (points (..., dims), data) -> (..., dims).
    check: raises ValueError, saying what works, if the data do not suit the model.
    formula: number of rows, or a letter for it -> the loss as Typst mathematics.
    variables, start: one per parameter; the variables as Typst mathematics.
    hessian: (points (..., dims), data) -> (..., dims, dims), or None if it is not known.
    exact: data -> the parameters (dims,) of minimum loss, or None if no parameters are best.
    width: how many numbers the loss at one point needs per row while it is computed.
    recipe: a function and its arguments that make the model again: its functions cannot be pickled. None if nothing
    does.
    """

    name: str
    predict: Callable[[Array, Array], Array]
    value: Callable[[Array, Dataset], Array]
    gradient: Callable[[Array, Dataset], Array]
    check: Callable[[Dataset], None]
    formula: Callable[[int | str], str]
    variables: tuple[str, ...]
    start: tuple[float, ...]
    hessian: Callable[[Array, Dataset], Array] | None = None
    exact: Callable[[Dataset], Array | None] = lambda data: None
    width: int = 1
    recipe: tuple[Callable[..., Model], tuple[Any, ...]] | None = None

    def __reduce_ex__(self, protocol: Any) -> Any:
        """Pickled by its recipe; without one, as its functions allow."""
        return tuple.__reduce_ex__(self, protocol) if self.recipe is None else self.recipe


def objective_on(model: Model, data: Dataset) -> Objective:
    """The loss of `model` over all rows of `data` as an objective, to minimise and to draw.

    Its minimum is the model's exact solution, and its domain lies around that.
    Raises ValueError if the data do not suit the model or are so large that the loss overflows.
    """
    model.check(data)
    start = np.array(model.start)
    with np.errstate(all="ignore"):
        looks = [model.value(start, data), model.gradient(start, data)]
        looks += [model.hessian(start, data)] if model.hessian else []
        if not all(np.isfinite(look).all() for look in looks):
            raise ValueError(f"the numbers of {data.name} are too large to square; divide them by the largest")
        exact = model.exact(data)
        domain = _domain(model, data, exact)
    objective = Objective(
        name=f"{model.name} on {data.name}",
        value=_in_chunks(model.value, data, model.width),
        gradient=_in_chunks(model.gradient, data, model.width),
        hessian=_in_chunks(model.hessian, data, model.width) if model.hessian else None,
        formula=model.formula(data.rows),
        variables=model.variables,
        domain=domain,
        start=model.start,
        minima=() if exact is None else (Minimum(tuple(exact.tolist()), float(model.value(exact, data))),),
        symbol="J",
    )
    return objective.made_by(objective_on, model, data)


def _domain(model: Model, data: Dataset, exact: Array | None) -> tuple[tuple[float, float], ...]:
    """The box around the contour through the start, according to the Hessian at the exact solution.

    With the excess e = J(start) − J(exact), its half width along parameter i is √(2·e·(H⁻¹)ᵢᵢ): a run on a quadratic
    loss that never increases stays inside it.
    Without an exact solution the box lies around the start, in units of 1/√Hᵢᵢ there.
    """
    start = np.array(model.start)
    if model.hessian is None:
        centre, half = start, np.full(start.shape, 4.0)
    elif exact is None:
        centre, half = start, 5 / np.sqrt(np.diagonal(model.hessian(start, data)))
    else:
        curvatures = model.hessian(exact, data)
        excess = float(model.value(start, data) - model.value(exact, data))
        sure = np.linalg.cond(curvatures) < 1e12
        centre, half = exact, np.sqrt(np.diagonal(2 * excess * np.linalg.inv(curvatures))) if sure else 0 * exact
    half = MARGIN * np.fmax(np.where(np.isfinite(half), half, 0.0), np.abs(start - centre))
    half = np.where(half > 1e-9, half, 1.0)
    return tuple(zip((centre - half).tolist(), (centre + half).tolist()))


def _in_chunks(function: Callable[[Array, Dataset], Array], data: Dataset, width: int) -> Callable[[Array], Array]:
    """The function of the points alone, evaluated in chunks of points small enough for arrays of CELLS numbers."""
    at_once = max(1, CELLS // (data.rows * width))

    def over(points: Array) -> Array:
        points = np.asarray(points, dtype=float)
        flat = points.reshape(-1, points.shape[-1])
        if len(flat) <= at_once:
            return function(points, data)
        whole = np.concatenate([function(flat[i : i + at_once], data) for i in range(0, len(flat), at_once)])
        return whole.reshape(*points.shape[:-1], *whole.shape[1:])

    return over
