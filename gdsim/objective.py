"""The function to minimise, with its derivatives, the part of it to draw, and its known minima."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Minimum:
    """A local minimum.

    point: its coordinates, one per variable.
    value: the objective there.
    """

    point: tuple[float, ...]
    value: float


class Written(NamedTuple):
    """A function of plain coordinates and its derivatives, as they are written down, so that they can be read again.

    value: (x) or (x, y) -> the value. slopes: -> (f_x,) or (f_x, f_y). bends: -> (f_xx,) or (f_xx, f_xy, f_yy).
    """

    value: Callable[..., Any]
    slopes: Callable[..., tuple[Any, ...]]
    bends: Callable[..., tuple[Any, ...]]


class Recipe(NamedTuple):
    """How an objective is made again in another process, since its functions themselves cannot be pickled.

    make: called with `arguments`, it returns an Objective with the same functions. functions: those it stands for.
    """

    make: Callable[..., Any]
    arguments: tuple[Any, ...]
    functions: tuple[Any, ...]


@dataclass(frozen=True)
class Objective:
    """A function of `dims` variables that can be evaluated at many points at once.

    Where the function is undefined, `value` is NaN; where it has no slope (a kink, such as |x| at 0),
    `gradient` and `hessian` are NaN: no number is made up.

    value: (..., dims) -> (...)
    gradient: (..., dims) -> (..., dims)
    hessian: (..., dims) -> (..., dims, dims), or None if it is not known.
    formula: the right-hand side as Typst mathematics.
    variables: the variables as Typst mathematics, one per dimension.
    domain: (low, high) per dimension, in the objective's own units: the part worth drawing.
    minima: the known local minima, lowest first.
    start: a point from which descent is worth watching.
    symbol: the function's name in formulas.
    written: the same function of its coordinates one by one; None if it was typed, or depends on data.
    recipe: how it is pickled; None if its functions can be pickled, or cannot be made again.
    """

    name: str
    value: Callable[[Array], Array]
    gradient: Callable[[Array], Array]
    formula: str
    variables: tuple[str, ...]
    domain: tuple[tuple[float, float], ...]
    start: tuple[float, ...]
    hessian: Callable[[Array], Array] | None = None
    minima: tuple[Minimum, ...] = ()
    symbol: str = "f"
    written: Written | None = None
    recipe: Recipe | None = field(default=None, compare=False, repr=False)

    def __reduce_ex__(self, protocol: Any) -> Any:
        """Pickled by its recipe, with all that has been replaced since; without one, as its functions allow."""
        recipe = self.valid_recipe()
        if recipe is None:
            return super().__reduce_ex__(protocol)
        others = {one.name: getattr(self, one.name) for one in fields(self) if one.name not in (*FUNCTIONS, "recipe")}
        return _made_again, (recipe.make, recipe.arguments, others)

    def valid_recipe(self) -> Recipe | None:
        """The recipe, if it still makes these functions: one of them may have been replaced."""
        return self.recipe if self.recipe is not None and self.recipe.functions == self._functions() else None

    def made_by(self, make: Callable[..., Objective], *arguments: Any) -> Objective:
        """The same objective, which knows how it is made again: `make(*arguments)` has the same functions."""
        return replace(self, recipe=Recipe(make, arguments, self._functions()))

    def _functions(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in FUNCTIONS)

    @property
    def dims(self) -> int:
        """The number of variables."""
        return len(self.domain)

    def curvature(self, point: Any) -> float:
        """The largest second derivative in any direction at `point` (dims,): the Hessian's largest eigenvalue.

        Without an analytic Hessian, central differences of the gradient are used.
        """
        return float(self.curvatures(point)[0][-1])

    def curvatures(self, point: Any) -> tuple[Array, Array]:
        """The Hessian's eigenvalues (dims,) at `point` (dims,), ascending, and its unit eigenvectors as columns.

        Raises LinAlgError if the Hessian is not finite there.
        """
        bends, ways = np.linalg.eigh(self._hessian_at(np.asarray(point, dtype=float)))
        return bends, ways

    def _hessian_at(self, point: Array) -> Array:
        """(dims,) -> (dims, dims), symmetric."""
        if self.hessian is not None:
            return np.asarray(self.hessian(point))
        width = 1e-5 * np.maximum(1.0, np.abs(point))
        shifts = np.diag(width)
        rows = (self.gradient(point + shifts) - self.gradient(point - shifts)) / (2 * width[:, None])
        return (rows + rows.T) / 2


FUNCTIONS = ("value", "gradient", "hessian", "written")


def _made_again(make: Callable[..., Objective], arguments: tuple[Any, ...], others: dict[str, Any]) -> Objective:
    return replace(make(*arguments), **others)


def quiet(function: Callable[[Array], Array]) -> Callable[[Array], Array]:
    """The same function; where it has no value, or one that is no double, it says so by NaN or infinity alone."""

    def value(points: Array) -> Array:
        with np.errstate(all="ignore"):
            return function(points)

    return value


def of_one_variable(
    value: Callable[[Array], Array],
    slope: Callable[[Array], Array],
    bend: Callable[[Array], Array],
    **details: Any,
) -> Objective:
    """An objective from a function of x and its first two derivatives, each (...) -> (...).

    details: the other fields of Objective.
    """
    return Objective(
        value=lambda points: value(points[..., 0]),
        gradient=lambda points: slope(points[..., 0])[..., None],
        hessian=lambda points: bend(points[..., 0])[..., None, None],
        written=Written(value, lambda x: (slope(x),), lambda x: (bend(x),)),
        **details,
    )


def of_two_variables(
    value: Callable[[Array, Array], Array],
    slopes: Callable[[Array, Array], tuple[Array | float, Array | float]],
    bends: Callable[[Array, Array], tuple[Array | float, Array | float, Array | float]],
    **details: Any,
) -> Objective:
    """An objective from a function of x and y and its derivatives (f_x, f_y) and (f_xx, f_xy, f_yy).

    Each maps (...) and (...) to (...), or to a plain number if it is constant.
    details: the other fields of Objective.
    """

    def gradient(points: Array) -> Array:
        steepest = np.empty(np.shape(points))
        steepest[..., 0], steepest[..., 1] = slopes(points[..., 0], points[..., 1])
        return steepest

    def hessian(points: Array) -> Array:
        matrix = np.empty((*np.shape(points), 2))
        matrix[..., 0, 0], matrix[..., 0, 1], matrix[..., 1, 1] = bends(points[..., 0], points[..., 1])
        matrix[..., 1, 0] = matrix[..., 0, 1]
        return matrix

    return Objective(
        value=lambda points: value(points[..., 0], points[..., 1]),
        gradient=gradient,
        hessian=hessian,
        written=Written(value, slopes, bends),
        **details,
    )
