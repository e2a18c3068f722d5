"""A formula as a list of operations on earlier results, extended by its exact derivatives.

Forward differentiation by the sum, product and chain rules. Equal steps are shared, so the derivatives of a long or
deep formula stay short, whereas expanded formulas would fill pages. No Python source code is generated or executed.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from gdsim.objective import Array
from gdsim.syntax import Node

# The places of the numbers 0 and 1. A step's operands always come before it, so one pass evaluates them all.
ZERO, ONE = 0, 1


class Step(NamedTuple):
    """One operation.

    kind: "number", "variable" (number `value`, from 0), "power" (with the constant exponent `value`), or a name in
    OPERATIONS. operands: places of earlier steps.
    """

    kind: str
    operands: tuple[int, ...] = ()
    value: float = 0.0


class Program:
    """A list of distinct steps that only grows at its end. The first two are the numbers 0 and 1."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._places: dict[Step, int] = {}
        self.number(0.0)
        self.number(1.0)

    def add(self, kind: str, *operands: int, value: float = 0.0) -> int:
        """The place of this step, which is appended if it is new."""
        step = Step(kind, operands, value)
        if step not in self._places:
            self._places[step] = len(self.steps)
            self.steps.append(step)
        return self._places[step]

    def number(self, value: float) -> int:
        """The place of a number."""
        return self.add("number", value=value)

    def typed(self, node: Node, variables: tuple[str, ...]) -> int:
        """The place of a formula's value, computed in the order in which it was typed."""
        if node.value is not None:
            return self.number(node.value)
        if node.kind == "variable":
            return self.add("variable", value=float(variables.index(node.word)))
        first, *rest = (self.typed(part, variables) for part in node.parts)
        if node.kind == "**" and node.parts[1].value is not None:
            return self.add("power", first, value=node.parts[1].value)
        return self.add(node.word if node.kind == "call" else node.kind, first, *rest)

    def slope(self, place: int, variable: int) -> int:
        """The place of the derivative of the step at `place` with respect to a variable, numbered from 0."""
        slopes: list[int] = []
        for here in range(place + 1):
            step = self.steps[here]
            if step.kind == "variable":
                slopes.append(ONE if step.value == variable else ZERO)
            elif all(slopes[operand] == ZERO for operand in step.operands):
                slopes.append(ZERO)
            else:
                slopes.append(self._chain(here, step, [slopes[operand] for operand in step.operands]))
        return slopes[place]

    def times(self, left: int, right: int) -> int:
        """The place of left · right; factors 0 and 1 need no step."""
        if ZERO in (left, right):
            return ZERO
        if left == ONE or right == ONE:
            return right if left == ONE else left
        return self.add("*", left, right)

    def plus(self, left: int, right: int) -> int:
        """The place of left + right; a summand 0 needs no step."""
        if ZERO in (left, right):
            return right if left == ZERO else left
        return self.add("+", left, right)

    def minus(self, left: int, right: int) -> int:
        """The place of left − right; 0 needs no step, nor does a difference of equals."""
        if right == ZERO or left == right:
            return left if right == ZERO else ZERO
        return self.add("negative", right) if left == ZERO else self.add("-", left, right)

    def power(self, base: int, exponent: float) -> int:
        """The place of base to a constant power; the exponents 0 and 1 need no step."""
        if exponent in (0.0, 1.0):
            return base if exponent else ONE
        return self.add("power", base, value=exponent)

    def _chain(self, here: int, step: Step, inner: list[int]) -> int:
        """The place of the derivative of the step at `here`, from those of its operands."""
        a, da = step.operands[0], inner[0]
        if step.kind == "power":
            return self._slope_of_power(step, da)
        if len(inner) == 1:
            return self._slope_of_function(here, step.kind, a, da)
        b, db = step.operands[1], inner[1]
        match step.kind:
            case "+":
                return self.plus(da, db)
            case "-":
                return self.minus(da, db)
            case "*":
                return self.plus(self.times(da, b), self.times(a, db))
            case "/":
                return self.add("/", self.minus(da, self.times(here, db)), b)
        # a^b = e^(b log a)
        grown = self.times(self.add("log", a), db)
        return self.times(here, self.plus(grown, self.times(b, self.add("/", da, a)) if da else ZERO))

    def _slope_of_power(self, step: Step, da: int) -> int:
        """n aⁿ⁻¹ a′. A power above 1 smooths the kink of |a|, so the sign at 0 may be taken as 0 there."""
        (a,), n = step.operands, step.value
        if self.steps[a].kind == "abs" and n > 1:
            (inside,) = self.steps[a].operands
            da = self._without_corner(inside, da)
        return self.times(self.times(self.number(n), self.power(a, n - 1)), da)

    def _without_corner(self, inside: int, slope: int) -> int:
        """The derivative of |a| with the sign of a, which is 0 at 0, in place of its undefined slope there."""
        turn = self._places[Step("turn", (inside,))]
        if slope == turn:
            return self.add("sign", inside)
        step = self.steps[slope]
        return self.times(self.add("sign", inside), step.operands[1]) if step.operands[:1] == (turn,) else slope

    def _slope_of_function(self, here: int, kind: str, a: int, da: int) -> int:
        match kind:
            case "negative":
                return self.add("negative", da)
            case "log":
                return self.add("/", da, a)
            case "sqrt":
                return self.add("/", da, self.times(self.number(2.0), here))
            case "asin" | "acos":
                slope = self.add("/", da, self.add("sqrt", self.minus(ONE, self.power(a, 2.0))))
                return slope if kind == "asin" else self.add("negative", slope)
            case "atan":
                return self.add("/", da, self.plus(ONE, self.power(a, 2.0)))
            case "tan":
                return self.times(self.plus(ONE, self.power(here, 2.0)), da)
            case "tanh":
                return self.times(self.minus(ONE, self.power(here, 2.0)), da)
            case "exp":
                return self.times(here, da)
            case "cos":
                return self.times(self.add("negative", self.add("sin", a)), da)
        outer = {"sin": "cos", "sinh": "cosh", "cosh": "sinh", "abs": "turn"}.get(kind, "corner")
        return self.times(self.add(outer, a), da)

    def function(self, places: list[int]) -> Callable[[Array], list[Array]]:
        """A function from points (..., dims) to the values (...,) of the steps at `places`; it gives no warnings."""
        wanted = set(places)
        for here in range(len(self.steps) - 1, -1, -1):
            if here in wanted:
                wanted.update(self.steps[here].operands)
        steps = [(here, self.steps[here]) for here in sorted(wanted)]

        def run(points: Array) -> list[Array]:
            points = np.asarray(points, dtype=float)
            known: dict[int, Array] = {}
            with np.errstate(all="ignore"):
                for here, step in steps:
                    known[here] = _compute(step, known, points)
            return [known[place] for place in places]

        return run


def _compute(step: Step, known: dict[int, Array], points: Array) -> Array:
    """The value of one step."""
    if step.kind == "number":
        return np.array(step.value)
    if step.kind == "variable":
        return points[..., int(step.value)]
    operands = [known[operand] for operand in step.operands]
    return _power(operands[0], step.value) if step.kind == "power" else OPERATIONS[step.kind](*operands)


def _power(base: Array, exponent: float) -> Array:
    """A constant power; integer ones as products, which have the same bits for one point as for many."""
    if exponent < 0:
        return 1 / _power(base, -exponent)
    if exponent == 0.5:
        return np.sqrt(base)
    if not exponent.is_integer():
        return np.power(base, exponent)
    result, count = np.ones_like(base) if exponent == 0 else None, int(exponent)
    while count:
        if count % 2:
            result = base if result is None else result * base
        base, count = base * base, count // 2
    return np.asarray(result)


def _general_power(base: Array, exponent: Array) -> Array:
    """base ** exponent, never of a single number: numpy computes that differently, with other last bits."""
    base, exponent = np.broadcast_arrays(base, exponent)
    return np.power(np.append(base, 1.0), np.append(exponent, 1.0))[:-1].reshape(base.shape)


def _corner(x: Array) -> Array:
    """The second derivative of |x|: 0, and undefined at 0."""
    return np.where(x == 0, math.nan, 0.0)


def _turn(x: Array) -> Array:
    """The derivative of |x|: the sign of x, and undefined at 0."""
    return np.where(x == 0, math.nan, np.sign(x))


OPERATIONS: dict[str, Callable[..., Array]] = {
    "negative": np.negative,
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "**": _general_power,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "asin": np.arcsin,
    "acos": np.arccos,
    "atan": np.arctan,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "sign": np.sign,
    "turn": _turn,
    "corner": _corner,
}
