"""A typed function as an Objective: `parse_objective("x**2 + 4*y**2")`.

gdsim.tokens and gdsim.syntax read the text; they know a closed list of names and never execute anything.
gdsim.expression_graph differentiates and evaluates it. Values are computed in the order in which the formula was
typed, so they have the same bits as that formula in numpy. A computer algebra system would find the same derivatives
but in unbounded time: sympy 1.14 took 23 seconds to differentiate tanh(cos((x*x)**-100)).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from gdsim.expression_graph import ZERO, Program
from gdsim.formula import formula, variable
from gdsim.framing import framed
from gdsim.objective import Array, Objective
from gdsim.syntax import Node, parse
from gdsim.tokens import ExpressionError

__all__ = ["ExpressionError", "parse_objective"]


def parse_objective(
    text: str, domain: Sequence[tuple[float, float]] | None = None, start: Sequence[float] | None = None
) -> Objective:
    """The function described by `text`, with its exact gradient and Hessian, its formula and its minima.

    text: a function of one variable (x, theta or w) or two (x and y, w1 and w2, theta1 and theta2), made of
    numbers, + - * / **, ^ for **, parentheses, pi, e, and sin cos tan asin acos atan sinh cosh tanh exp log sqrt abs.
    domain, start: as in Objective; by default, they are chosen around the minima that a search finds.

    Raises ExpressionError, a ValueError whose message underlines the faulty place, if the text is no such
    function, and ValueError if `domain` or `start` does not fit it.
    """
    tree, names = parse(text)
    dims = len(names)
    program, height, slopes, bends = graph(tree, names)
    if set(slopes) == {ZERO}:
        raise ExpressionError("this is constant, so there is nothing to minimise; x**2 works", text)
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
        raise ExpressionError("this has no value anywhere on its domain; x**2 works", text)
    return objective.made_by(parse_objective, text, objective.domain, objective.start)


class Graph(NamedTuple):
    """A formula and its derivatives in one program: the places of its value, gradient and Hessian, row by row."""

    program: Program
    value: int
    gradient: list[int]
    hessian: list[int]


def graph(tree: Node, names: tuple[str, ...]) -> Graph:
    """The graph of a formula in these variables."""
    program, axes = Program(), range(len(names))
    value = program.typed(tree, names)
    gradient = [program.slope(value, axis) for axis in axes]
    return Graph(program, value, gradient, [program.slope(slope, axis) for slope in gradient for axis in axes])


def _defined(height: Array, *functions: Array, shape: tuple[int, ...]) -> Array:
    """The functions stacked along the last axis, in the given shape; NaN where the formula has no value."""
    stacked = np.empty(shape)
    for place, function in enumerate(functions):
        stacked[..., place] = np.where(np.isnan(height), np.nan, function)
    return stacked
