"""Parses a formula into a small tree of a closed list of node kinds; typed text is never executed."""

from __future__ import annotations

import ast
import math
from typing import NamedTuple

from gdsim.tokens import CONSTANTS, FUNCTIONS, NAMES, OTHER_WORDS, ExpressionError, Token, is_function, read_words

LARGEST_POWER = 100
OPERATORS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}


class Node(NamedTuple):
    """One part of a formula.

    kind: "number", "constant", "variable", "call", "negative", or an operator: "+", "-", "*", "/", "**".
    word: the number, name or function as it was typed. parts: the operands.
    value: the value of a part without variables, otherwise None.
    """

    kind: str
    word: str = ""
    parts: tuple[Node, ...] = ()
    value: float | None = None


def parse(text: str) -> tuple[Node, tuple[str, ...]]:
    """The formula's tree and the names of its variables.

    Raises ExpressionError if the text is not a formula of one or two variables.
    """
    words, variables = read_words(text)
    return _Reader(text, words).read(), variables


class _Reader:
    """Parses tokens with Python's own grammar and converts its syntax tree to nodes of a closed list of kinds."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.source = ""
        self.at: dict[int, Token] = {}  # column of the source -> the token that starts there
        self.until: dict[int, Token] = {}  # column of the source -> the token that ends there
        for token in tokens:
            self.at[len(self.source)] = token
            self.source += "**" if token.word == "^" else token.word.lstrip("0") or "0" if _whole(token) else token.word
            self.until[len(self.source)] = token
            self.source += " "

    def read(self) -> Node:
        """The tree. Raises ExpressionError if the tokens do not form a formula."""
        try:
            tree = ast.parse(self.source.rstrip(), mode="eval")
        except SyntaxError as error:
            column = (
                error.offset - 1 if error.offset else len(self.source)
            )  # there is no offset if the text ends too soon
            token = self.at[max((start for start in self.at if start <= column), default=0)]
            rule = "something is missing or out of place here"
            raise ExpressionError(rule, self.text, token.start, token.stop) from None
        return self._node(tree.body, 1)

    def _node(self, tree: ast.expr, power: float) -> Node:
        """One part. power: the product of the exponents around it."""
        match tree:
            case ast.Constant():
                word = self.at[tree.col_offset].word
                return Node("number", word, (), float(word))
            case ast.Name(id=name) if name in CONSTANTS:
                return Node("constant", name, (), CONSTANTS[name])
            case ast.Name(id=name) if name in NAMES:
                return Node("variable", name)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self._folded(tree, Node("negative", "-", (self._node(operand, power),)))
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self._node(operand, power)
            case ast.BinOp(left=left, op=ast.Pow(), right=right):
                return self._power(tree, left, right, power)
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in OPERATORS:
                parts = (self._node(left, power), self._node(right, power))
                return self._folded(tree, Node(OPERATORS[type(operator)], "", parts))
            case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if is_function(name):
                function = OTHER_WORDS.get(name, name)
                return self._folded(tree, Node("call", function, (self._node(argument, power),)))
            case ast.Call(func=ast.Name(id=name)):
                raise self._error(f"{name} needs one argument: {name}(x)", tree)
            case ast.Tuple():
                raise self._error("there is nothing between these parentheses", tree)
        raise self._error("this has no meaning in a function", tree)

    def _power(self, tree: ast.expr, left: ast.expr, right: ast.expr, power: float) -> Node:
        exponent = self._node(right, 1)
        own = 1.0 if exponent.value is None else abs(exponent.value)
        total = power * max(1.0, own)
        base = self._node(left, min(total, LARGEST_POWER))
        if total > LARGEST_POWER and base.value is None:
            advice = "; exponents of nested powers multiply" if own <= LARGEST_POWER else ""
            raise self._error(f"an exponent must be at most {LARGEST_POWER}{advice}", right)
        return self._folded(tree, Node("**", "", (base, exponent)))

    def _folded(self, tree: ast.expr, node: Node) -> Node:
        """The same part with its value, if it has no variables. Raises ExpressionError if there is none."""
        numbers = [part.value for part in node.parts]
        if any(number is None for number in numbers):
            return node
        try:
            value = _number(node, [number for number in numbers if number is not None])
        except ZeroDivisionError:
            raise self._error("this divides by zero", tree) from None
        except OverflowError:
            raise self._error("this number is too large", tree) from None
        except ValueError:
            raise self._error("this has no real value", tree) from None
        if not isinstance(value, float) or not math.isfinite(value):
            raise self._error("this is not a finite real number", tree)
        return node._replace(value=value)

    def _error(self, rule: str, tree: ast.expr) -> ExpressionError:
        start, stop = self.at[tree.col_offset].start, self.until[tree.end_col_offset or 0].stop
        return ExpressionError(rule, self.text, start, stop)


def _whole(token: Token) -> bool:
    """Whether the token is an integer; Python does not accept leading zeros in one."""
    return token.word.isdigit()


def _number(node: Node, numbers: list[float]) -> float:
    """The value of an operator or function applied to numbers."""
    match node.kind, numbers:
        case "call", [number]:
            return float(FUNCTIONS[node.word](number))
        case "negative", [number]:
            return -number
        case "+", [left, right]:
            return left + right
        case "-", [left, right]:
            return left - right
        case "*", [left, right]:
            return left * right
        case "/", [left, right]:
            return left / right
        case _, [left, right]:
            return left**right  # both are floats, so even 9**9**9 ends at once
    raise AssertionError(node)
