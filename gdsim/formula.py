"""Writes a formula as Typst mathematics, in the order in which it was typed."""

from __future__ import annotations

from gdsim.syntax import Node

# How tightly a part binds; a part that binds less tightly than its place requires gets parentheses.
SUM, PRODUCT, POWER, ATOM = 1, 2, 3, 4

VARIABLES = {"w1": "w_1", "w2": "w_2", "theta1": "theta_1", "theta2": "theta_2"}
FUNCTIONS = {"log": "ln", "asin": "arcsin", "acos": "arccos", "atan": "arctan"}


def formula(node: Node) -> str:
    """The formula's Typst source, without the dollar signs."""
    return _write(node)[0]


def variable(name: str) -> str:
    """A variable's Typst source: theta1 becomes θ with the index 1."""
    return VARIABLES.get(name, name)


def _write(node: Node) -> tuple[str, int]:
    """A part's Typst source and how tightly it binds."""
    match node.kind:
        case "number":
            return _number(node.word)
        case "constant":
            return node.word, ATOM
        case "variable":
            return variable(node.word), ATOM
        case "call":
            return _call(node.word, node.parts[0])
        case "negative":
            return f"-{_bracketed(node.parts[0], PRODUCT)}", SUM
        case "+" | "-":
            left, right = node.parts
            return f"{_write(left)[0]} {node.kind} {_bracketed(right, PRODUCT)}", SUM
        case "*":
            return _product(*node.parts), PRODUCT
        case "/":
            left, right = node.parts
            return f"({_write(left)[0]}) / ({_write(right)[0]})", PRODUCT
    base, exponent = node.parts
    return _raised(_bracketed(base, ATOM), _inline(exponent)), POWER


def _number(word: str) -> tuple[str, int]:
    """A number as it was typed, but 1e-3 as a power of ten."""
    digits, _, exponent = word.lower().partition("e")
    digits = ("0" + digits if digits.startswith(".") else digits).removesuffix(".")
    if not exponent:
        return digits, ATOM
    power = _raised("10", str(int(exponent)))
    return (power, POWER) if float(digits) == 1 else (f"{digits} dot {power}", PRODUCT)


def _call(function: str, argument: Node) -> tuple[str, int]:
    if function == "exp":
        return _raised("e", _inline(argument)), POWER
    return f"{FUNCTIONS.get(function, function)}({_write(argument)[0]})", ATOM


def _product(left: Node, right: Node) -> str:
    """Factors side by side, with a dot before a digit, so that two numbers are not read as one."""
    first, second = _bracketed(left, PRODUCT), _bracketed(right, PRODUCT)
    return f"{first} dot {second}" if second[0].isdigit() else f"{first} {second}"


def _raised(base: str, exponent: str) -> str:
    return f"{base}^{exponent}" if exponent.isalnum() else f"{base}^({exponent})"


def _inline(node: Node) -> str:
    """A part in an exponent, where a fraction is written on one line."""
    if node.kind != "/":
        return _write(node)[0]
    left, right = node.parts
    if left.kind == "negative":
        return f"-{_inline(Node('/', '', (left.parts[0], right)))}"
    return f"{_bracketed(left, PRODUCT)} \\/ {_bracketed(right, POWER)}"


def _bracketed(node: Node, wanted: int) -> str:
    words, strength = _write(node)
    return words if strength >= wanted else f"({words})"
