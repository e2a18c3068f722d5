"""Splits a typed formula into tokens from a closed list; anything else is refused, with its place underlined."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from difflib import get_close_matches
from keyword import iskeyword
from typing import NamedTuple

LONGEST = 500
MOST_TOKENS = 250
DEEPEST = 20
# The number of characters shown of a long text around its faulty place.
SHOWN = 60

# The sets of variables that a function may have.
VARIABLES = (("x",), ("theta",), ("w",), ("x", "y"), ("w1", "w2"), ("theta1", "theta2"))
NAMES = tuple(dict.fromkeys(name for names in VARIABLES for name in names))
CONSTANTS = {"pi": math.pi, "e": math.e}
FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "abs": abs,
}
OTHER_WORDS = {"ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan"}
# What to type instead of characters that people paste.
TYPED = {
    "²": "**2",
    "³": "**3",
    "−": "-",
    "–": "-",
    "×": "*",
    "·": "*",
    "÷": "/",
    "π": "pi",
    "θ": "theta",
    "√": "sqrt()",
}

TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z_0-9]*)|(?P<operator>\*\*|//|[-+*/^(),])"
)


class ExpressionError(ValueError):
    """A formula that cannot be understood; the message is the rule, then the text with its faulty place underlined."""

    def __init__(self, rule: str, text: str, start: int = 0, stop: int | None = None) -> None:
        stop = min(max(start + 1, len(text) if stop is None else stop), start + SHOWN)
        first = max(0, start - SHOWN // 2)
        shown = "".join(sign if sign.isprintable() else " " for sign in text[first : first + 2 * SHOWN])
        super().__init__(f"{rule}\n  {shown}\n  {' ' * (start - first)}{'^' * (stop - start)}")
        self.rule, self.start, self.stop = rule, start, stop


class Token(NamedTuple):
    """A token of the formula: its kind ("number", "name" or "operator"), its text, and where it is: [start, stop)."""

    kind: str
    word: str
    start: int
    stop: int


def read_words(text: str) -> tuple[list[Token], tuple[str, ...]]:
    """The formula's tokens, with a * inserted wherever a product is written without one, and its variables.

    Raises ExpressionError if the text is not a formula of one or two variables.
    """
    if len(text) > LONGEST:
        raise ExpressionError(f"a function must have at most {LONGEST} characters, got {len(text)}", text, LONGEST)
    if not text.strip():
        raise ExpressionError("the function is empty; x**2 works", text)
    tokens = _tokens(text)
    return _with_products(text, tokens), _variables(text, tokens)


def _tokens(text: str) -> list[Token]:
    """The tokens of the text; every name is a variable, a constant or a function. Raises ExpressionError."""
    tokens: list[Token] = []
    depth: list[int] = []
    place = 0
    while place < len(text):
        if text[place] in " \t":
            place += 1
            continue
        match = TOKEN.match(text, place)
        if match is None:
            sign = text[place]
            advice = f"; write {TYPED[sign]}" if sign in TYPED else ""
            raise ExpressionError(f"{sign!r} has no meaning in a function{advice}", text, place, place + 1)
        token = Token(str(match.lastgroup), match.group(), place, match.end())
        _check_word(text, token)
        if token.word == "(":
            depth.append(place)
        if token.word == ")" and not depth:
            raise ExpressionError("this closing parenthesis has no opening one", text, place, place + 1)
        if token.word == ")":
            depth.pop()
        if len(depth) > DEEPEST or len(tokens) >= MOST_TOKENS:
            rule = f"a function must have at most {MOST_TOKENS} tokens and parentheses nested {DEEPEST} deep"
            raise ExpressionError(rule, text, place, place + 1)
        tokens.append(token)
        place = match.end()
    if depth:
        raise ExpressionError("this parenthesis is not closed", text, depth[-1], depth[-1] + 1)
    return tokens


def _check_word(text: str, token: Token) -> None:
    """Raise ExpressionError if the token does not belong in a formula."""
    word, place = token.word, (token.start, token.stop)
    if word == "//":
        raise ExpressionError("write / for division", text, *place)
    if word == ",":
        raise ExpressionError("a comma has no meaning here; write decimals with a point: 0.5", text, *place)
    if token.kind == "number" and not math.isfinite(float(word)):
        raise ExpressionError("this number is too large", text, *place)
    if token.kind != "name" or word in NAMES or word in CONSTANTS or OTHER_WORDS.get(word, word) in FUNCTIONS:
        return
    if iskeyword(word):
        raise ExpressionError(f"{word!r} has no meaning in a function", text, *place)
    if set(word) <= {"x", "y"}:
        raise ExpressionError(f"write {'*'.join(word)} for a product", text, *place)
    close = get_close_matches(word.lower(), [*FUNCTIONS, *OTHER_WORDS, *NAMES, *CONSTANTS], n=1, cutoff=0.6)
    nearest = f", did you mean {close[0]}?" if close else ""
    known = f"variables: x; x and y; theta; w; w1 and w2; theta1 and theta2; functions: {', '.join(FUNCTIONS)}"
    raise ExpressionError(f"there is no {word!r}{nearest} ({known})", text, *place)


def _variables(text: str, tokens: list[Token]) -> tuple[str, ...]:
    """The set of variables that the formula uses. Raises ExpressionError if it is none that is allowed."""
    used = {token.word: token for token in tokens if token.word in NAMES}
    if not used:
        raise ExpressionError("this has no variable, so there is nothing to minimise; x**2 works", text)
    for names in VARIABLES:
        if set(names) == set(used):
            return names
    for names in VARIABLES:
        if set(used) < set(names):
            (name,) = used
            missing = next(other for other in names if other != name)
            advice = f"{name} goes with {missing}: add {missing}, or use x for a function of one variable"
            raise ExpressionError(advice, text, used[name].start, used[name].stop)
    first, *others = used
    other = next(name for name in others if not any({first, name} <= set(names) for names in VARIABLES))
    rule = f"{first} and {other} do not go together; use x and y, w1 and w2, or theta1 and theta2"
    raise ExpressionError(rule, text, used[other].start, used[other].stop)


def _with_products(text: str, tokens: list[Token]) -> list[Token]:
    """The same tokens with a * between a number and what it multiplies, as in 2x; other neighbours are refused."""
    joined: list[Token] = []
    for left, right in zip(tokens, [*tokens[1:], None]):
        before = joined[-1].word if joined else ""
        joined.append(left)
        is_call = right is not None and right.word == "("
        if left.kind == "name" and is_function(left.word):
            if not is_call:
                raise ExpressionError(f"{left.word} needs parentheses: {left.word}(x)", text, left.start, left.stop)
        elif (
            right is None
            or (left.kind == "operator" and left.word != ")")
            or (right.kind == "operator" and not is_call)
        ):
            continue
        elif left.kind == "number" and right.kind != "number" and before not in ("/", "^", "**"):
            joined.append(Token("operator", "*", right.start, right.start))
        else:
            first = "(…)" if left.word == ")" else left.word
            second = "(…)" if right.word == "(" else right.word
            raise ExpressionError(f"write {first}*{second} for a product", text, left.start, right.stop)
    return joined


def is_function(word: str) -> bool:
    """Whether the word is the name of a function."""
    return OTHER_WORDS.get(word, word) in FUNCTIONS
