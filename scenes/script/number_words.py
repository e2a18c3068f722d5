"""Whole numbers, decimals and ordinals in English words."""

from __future__ import annotations

_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred"))
_ODD_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
MOST_DIGITS = 15


def cardinal(number: int) -> str:
    """12345 -> "twelve thousand three hundred forty-five". The number is not negative."""
    if number < 20:
        return _SMALL[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")
    size, name = next(scale for scale in _SCALES if scale[0] <= number)
    many, rest = divmod(number, size)
    return f"{cardinal(many)} {name}" + (f" {cardinal(rest)}" if rest else "")


def numeral(digits: str) -> str:
    """Digits as written, without a sign: "0.05" -> "zero point zero five", "1,234" -> its words.

    A number that is too long to have a name is said digit by digit.
    """
    whole, point, places = digits.replace(",", "").partition(".")
    words = cardinal(int(whole)) if len(whole) <= MOST_DIGITS else _one_by_one(whole)
    return f"{words} point {_one_by_one(places)}" if point and places else words


def ordinal(number: int) -> str:
    """21 -> "twenty-first"."""
    words = cardinal(number)
    split = max(words.rfind(" "), words.rfind("-")) + 1
    head, last = words[:split], words[split:]
    if last in _ODD_ORDINALS:
        return head + _ODD_ORDINALS[last]
    return head + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


def _one_by_one(digits: str) -> str:
    return " ".join(_SMALL[int(digit)] for digit in digits)
