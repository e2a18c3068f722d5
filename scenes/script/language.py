"""A language: its templates, numbers and plurals. The templates themselves are in English."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from scenes.script.numbers import MINUS, number

_POINT = re.compile(r"(?<=\d)\.(?=\d)")


def one_or_many(amount: int) -> bool:
    """Whether English uses the plural for this amount."""
    return amount != 1


@dataclass(frozen=True)
class Language:
    """How templates become words in one language.

    templates: the translation of each; a template without one is used as it is.
    decimal, group: the signs between a number's whole part and its decimals, and between thousands.
    several: whether an amount takes the plural.
    """

    code: str = "en"
    templates: Mapping[str, str] = field(default_factory=dict)
    decimal: str = "."
    group: str = ","
    several: Callable[[int], bool] = one_or_many

    def translated(self, template: str) -> str:
        """The template in this language."""
        return self.templates.get(template, template)

    def plural(self, amount: int, one: str, many: str) -> str:
        """The form of a noun for this amount."""
        return self.translated(many if self.several(amount) else one)

    def number(self, value: float, digits: int = 4) -> str:
        """A number with up to `digits` significant digits."""
        return number(value, digits).replace(".", self.decimal)

    def brief(self, value: float) -> str:
        """A number with at most two decimals, or two significant digits if it is below one."""
        if value == 0 or not math.isfinite(value):
            return number(value)
        size = abs(value)
        if not 1e-3 <= size < 1e5:
            return self.number(value, 2)
        places = 2 if size >= 1 else 1 - math.floor(math.log10(size))
        text = f"{size:.{places}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return (MINUS if value < 0 else "") + text.replace(".", self.decimal)

    def figures(self, text: str) -> str:
        """Text of the picture with this language's decimal sign in its numbers."""
        return _POINT.sub(self.decimal, text)

    def whole(self, amount: int) -> str:
        """A whole number with its thousands grouped."""
        return f"{amount:,}".replace(",", self.group)

    def read(self, text: str) -> float:
        """The value of a number written by `brief`; NaN if it is written as a power of ten."""
        plain = text.replace(self.group, "").replace(self.decimal, ".").replace(MINUS, "-")
        try:
            return float(plain)
        except ValueError:
            return math.nan


ENGLISH = Language()
