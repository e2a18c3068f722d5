"""A function that a person typed, as an Objective: `parse_objective("x**2 + 4*y**2")`.

The text is read by gdsim.tokens and gdsim.syntax, which know a closed list of words and run nothing;
gdsim.expression_graph differentiates and evaluates it. The value follows the formula as it was typed, so its last
bits are those of the same formula written in numpy. A computer algebra system would give the same slopes, but no
promise about time: on the slope of tanh(cos((x*x)**-100)) sympy 1.14 spent 23 seconds.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gdsim.expression_graph import ZERO, Program
from gdsim.formula import formula, variable
from gdsim.framing import framed
from gdsim.objective import Array, Objective
from gdsim.syntax import parse
from gdsim.tokens import ExpressionError

__all__ = ["ExpressionError", "parse_objective"]


def parse_objective(
    text: str, domain: Sequence[tuple[float, float]] | None = None, start: Sequence[float] | None = None
) -> Objective:
    """The function that `text` writes down, with its exact gradient and Hessian, formula and minima.

    text: of one variable (x, theta or w) or two (x and y, w1 and w2, theta1 and theta2), with + - * / **,
    ^ for **, brackets, pi, e, and sin cos tan asin acos atan sinh cosh tanh exp log sqrt abs.
    domain, start: as in Objective; by default chosen around the minima that a search finds.

    Raises ExpressionError, a ValueError whose words underline the faulty place, where the text is no such
    function; ValueError where `domain` or `start` does not fit.
    """
    tree, names = parse(text)
    dims = len(names)
    program = Program()
    height = program.typed(tree, names)
    slopes = [program.slope(height, axis) for axis in range(dims)]
    bends = [program.slope(slope, axis) for slope in slopes for axis in range(dims)]
    if set(slopes) == {ZERO}:
        raise ExpressionError("this is the same everywhere, so there is nothing to descend; x**2 works", text)
    heights, gradients, hessians = (
        program.function(places) for places in ([height], [height, *slopes], [height, *bends])
    )

    def value(points: Array) -> Array:
        return heights(points)[0] + np.zeros(np.shape(points)[:-1])

    def gradient(points: Array) -> Array:
        return _defined(*gradients(points), shape=np.shape(points))

    def hessian(points: Array) -> Array:
        return _defined(*hessians(points), shape=(*np.shape(points)[:-1], dims * dims)).reshape(*np.shape(points), dims)

    objective = Objective(
        name=text.strip(),
        value=value,
        gradient=gradient,
        hessian=hessian,
        formula=formula(tree),
        variables=tuple(map(variable, names)),
        domain=((-5.0, 5.0),) * dims,
        start=(1.0,) * dims,
        symbol="J" if names[0].startswith("theta") else "f",
    )
    objective = framed(objective, domain, start)
    if start is None and not np.isfinite(value(np.array(objective.start))):
        raise ExpressionError("this has no value anywhere on its map; x**2 works", text)
    return objective


def _defined(height: Array, *functions: Array, shape: tuple[int, ...]) -> Array:
    """The functions side by side, `shape` (..., how many); NaN where there is no height."""
    stacked = np.empty(shape)
    for place, function in enumerate(functions):
        stacked[..., place] = np.where(np.isnan(height), np.nan, function)
    return stacked
