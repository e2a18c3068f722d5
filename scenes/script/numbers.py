"""Numbers as people read them."""

from __future__ import annotations

import math

MINUS = "−"
NO_BREAK = "\u00a0"  # a space at which no line breaks
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float, digits: int = 4) -> str:
    """`value` with up to `digits` significant digits and no idle zeros: 3.058, 0.0033, −16, 1.2 × 10⁵.

    From 100,000 and below 0.0001, it is written as a power of ten. Lines do not break at its spaces.
    """
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else (MINUS if value < 0 else "") + ("∞" if math.isinf(value) else "?")
    rounded = float(f"{value:.{digits - 1}e}")
    if 1e-4 <= abs(rounded) < 1e5:
        exponent = math.floor(math.log10(abs(rounded)))
        text = f"{abs(rounded):.{max(0, digits - 1 - exponent)}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        text = power_of_ten(abs(value))
    return (MINUS if rounded < 0 else "") + text


def fixed(value: float, places: int) -> str:
    """`value` with exactly `places` decimals, for a read-out whose width should not change.

    From 99,999 on it becomes 1.2 × 10⁵; a value that rounds to zero has no minus sign.
    """
    if abs(value) >= 99_999.5 or not math.isfinite(value):
        return number(value, 2)
    text = f"{abs(value):.{places}f}"
    return (MINUS if value < 0 and float(text) != 0 else "") + text


def power_of_ten(value: float, digits: int = 2) -> str:
    """A positive number as 1.2 × 10⁵, with up to `digits` significant digits; a lone power as 10⁵."""
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    factor = "" if mantissa == "1" else f"{mantissa}{NO_BREAK}×{NO_BREAK}"
    return f"{factor}10{str(int(exponent)).translate(_RAISED)}"


def count(amount: int, noun: str) -> str:
    """`1 step`, `2 steps`."""
    return f"{amount:,}{NO_BREAK}{noun}{'' if amount == 1 else 's'}"
