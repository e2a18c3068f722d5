"""Writes a function, its gradient and its curvature as JavaScript: the same operations in the same order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gdsim.expression import graph
from gdsim.expression_graph import Program, Step
from gdsim.objective import Objective
from gdsim.syntax import parse
from gdsim.tokens import ExpressionError
from scenes.page.traced import coordinates, place_of

SUM, PRODUCT, UNARY, ATOM = 1, 2, 3, 4
SIGNS = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT}
# What the engine defines itself; all others are Math's.
OWN = ("turn", "corner")
NAMES = ("x", "y")


def objective_source(objective: Objective) -> str:
    """`{ look: (x, y) => [loss, ∂x, ∂y], bend: (x, y) => [∂xx, ∂xy, ∂yy] }`; of one variable [loss, slope] and [bend].

    A named function is traced from its own Python, any other is read from its name, which is how it was typed.
    Raises ValueError if it is neither.
    """
    program, value, slopes, bends = _places(objective)
    names = NAMES[: objective.dims]
    look, bend = (arrow(program, places, names) for places in ([value, *slopes], bends))
    return f"{{\n  look: {look},\n  bend: {bend},\n}}"


def is_written(objective: Objective) -> bool:
    """Whether it can be written: not if it depends on data, nor if it chooses between formulas by its arguments."""
    try:
        if objective.written is None:
            return len(parse(objective.name)[1]) == objective.dims
        _places(objective)
    except (ExpressionError, TypeError):
        return False
    return True


def _places(objective: Objective) -> tuple[Program, int, list[int], list[int]]:
    """A program and the places of the value, the gradient, and the Hessian's rows on and above its diagonal."""
    if objective.written is not None:
        program = Program()
        points = coordinates(program, objective.dims)
        value, slopes, bends = (function(*points) for function in objective.written)
        return (
            program,
            place_of(program, value),
            [place_of(program, one) for one in slopes],
            [place_of(program, one) for one in bends],
        )
    tree, names = parse(objective.name)
    typed = graph(tree, names)
    bends = typed.hessian if len(names) == 1 else [typed.hessian[0], typed.hessian[1], typed.hessian[3]]
    return typed.program, typed.value, typed.gradient, bends


def arrow(program: Program, places: Sequence[int], names: Sequence[str]) -> str:
    """An arrow function of `names` that returns the values at `places` as an array."""
    wanted = set(places)
    for here in range(len(program.steps) - 1, -1, -1):
        if here in wanted:
            wanted.update(program.steps[here].operands)
    uses = Counter(operand for here in wanted for operand in program.steps[here].operands) + Counter(places)
    written: dict[int, tuple[str, int]] = {}
    lines: list[str] = []
    for here in sorted(wanted):
        words, strength = _written(program.steps[here], written, names)
        if strength < ATOM and uses[here] > 1 and program.steps[here].kind != "number":
            lines.append(f"const t{here} = {words};")
            words, strength = f"t{here}", ATOM
        written[here] = words, strength
    answer = f"[{', '.join(written[place][0] for place in places)}]"
    head = f"({', '.join(names)}) =>"
    if not lines:
        return f"{head} {answer}"
    body = "".join(f"    {line}\n" for line in lines)
    return f"{head} {{\n{body}    return {answer};\n  }}"


def _written(step: Step, written: dict[int, tuple[str, int]], names: Sequence[str]) -> tuple[str, int]:
    """A step's JavaScript, and how tightly it binds."""
    if step.kind == "number":
        return number(step.value), ATOM if step.value >= 0 else UNARY
    if step.kind == "variable":
        return names[int(step.value)], ATOM
    operands = [written[operand] for operand in step.operands]
    if step.kind == "power":
        return _power(operands[0], step.value)
    if step.kind == "negative":
        return f"-{_bracketed(operands[0], ATOM)}", UNARY
    if step.kind in SIGNS:
        strength = SIGNS[step.kind]
        left, right = _bracketed(operands[0], strength), _bracketed(operands[1], strength + 1)
        return f"{left} {step.kind} {right}", strength
    function = "Math.pow" if step.kind == "**" else step.kind if step.kind in OWN else f"Math.{step.kind}"
    # A call is an atom to its neighbours, but computed once: so it binds a little less when it is counted.
    return f"{function}({', '.join(words for words, _ in operands)})", UNARY


def _power(base: tuple[str, int], exponent: float) -> tuple[str, int]:
    """A constant power, as gdsim computes it: whole ones as products."""
    words, strength = base
    if exponent < 0:
        return f"1 / {_bracketed(_power(base, -exponent), UNARY)}", PRODUCT
    if exponent == 0.5:
        return f"Math.sqrt({words})", UNARY
    if not exponent.is_integer():
        return f"Math.pow({words}, {number(exponent)})", UNARY
    if exponent == 2:
        return (f"{words} * {words}", PRODUCT) if strength == ATOM else (f"square({words})", UNARY)
    return f"power({words}, {number(exponent)})", UNARY


def _bracketed(part: tuple[str, int], wanted: int) -> str:
    words, strength = part
    return words if strength >= wanted else f"({words})"


def number(value: float) -> str:
    """A number with all its digits: Python's shortest text that reads back to the same double serves both."""
    words = repr(float(value)).removesuffix(".0")
    return {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}.get(words, words)
