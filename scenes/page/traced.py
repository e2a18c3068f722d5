"""From a function written in Python to its operations: it is called once, with a stand-in for each coordinate.

gdsim's named functions are lambdas of x and y. What they do to their arguments is written down step by step in the
same kind of program that a typed formula becomes, in the same order, so that a copy of it has the same bits.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from gdsim.expression_graph import Program

# numpy's functions, and what a program calls them.
UFUNCS = {
    "add": "+",
    "subtract": "-",
    "multiply": "*",
    "divide": "/",
    "negative": "negative",
    "absolute": "abs",
    "sign": "sign",
    "sqrt": "sqrt",
    "exp": "exp",
    "log": "log",
    "sin": "sin",
    "cos": "cos",
}


class Traced:
    """A number that is not known yet: what is done to it is added to its program."""

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, program: Program, place: int) -> None:
        self.program, self.place = program, place

    def _with(self, kind: str, *operands: Any) -> Traced:
        return Traced(self.program, self.program.add(kind, *(place_of(self.program, one) for one in operands)))

    def __add__(self, other: Any) -> Traced:
        return self._with("+", self, other)

    def __radd__(self, other: Any) -> Traced:
        return self._with("+", other, self)

    def __sub__(self, other: Any) -> Traced:
        return self._with("-", self, other)

    def __rsub__(self, other: Any) -> Traced:
        return self._with("-", other, self)

    def __mul__(self, other: Any) -> Traced:
        return self._with("*", self, other)

    def __rmul__(self, other: Any) -> Traced:
        return self._with("*", other, self)

    def __truediv__(self, other: Any) -> Traced:
        return self._with("/", self, other)

    def __rtruediv__(self, other: Any) -> Traced:
        return self._with("/", other, self)

    def __neg__(self) -> Traced:
        return self._with("negative", self)

    def __eq__(self, other: object) -> Any:
        return AtZero(self) if other == 0 else NotImplemented

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **named: Any) -> Any:
        """What numpy does to it."""
        if method != "__call__" or named or ufunc.__name__ not in UFUNCS:
            return NotImplemented
        return self._with(UFUNCS[ufunc.__name__], *inputs)

    def __array_function__(self, function: Callable[..., Any], types: Any, values: Any, named: Any) -> Any:
        """`full_like` is a number, and `where` at zero the turn or the corner of |x|: nothing else is asked."""
        if function is np.full_like:
            return values[1]
        return NotImplemented


class AtZero:
    """The question whether a traced number is zero; numpy's `where` asks it at the kink of |x|."""

    def __init__(self, traced: Traced) -> None:
        self.traced = traced

    def __array_function__(self, function: Callable[..., Any], types: Any, values: Any, named: Any) -> Any:
        """NaN at zero, and elsewhere the sign (`turn`) or 0 (`corner`)."""
        _, at_zero, elsewhere = values
        if function is not np.where or not math.isnan(at_zero):
            return NotImplemented
        return self.traced._with("turn" if isinstance(elsewhere, Traced) else "corner", self.traced)


def place_of(program: Program, number: Any) -> int:
    """The place of a traced number, or of a plain one."""
    return number.place if isinstance(number, Traced) else program.number(float(number))


def coordinates(program: Program, dims: int) -> list[Traced]:
    """The stand-ins of x, and of y."""
    return [Traced(program, program.add("variable", value=float(axis))) for axis in range(dims)]
