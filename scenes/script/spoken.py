"""A written sentence as it is said: numbers, signs and formulas in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from scenes.script.number_words import numeral, ordinal

GREEK = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "ϵ": "epsilon",
    "η": "eta",
    "θ": "theta",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "mu",
    "ν": "nu",
    "π": "pi",
    "ρ": "rho",
    "σ": "sigma",
    "τ": "tau",
    "φ": "phi",
    "ω": "omega",
    "Δ": "delta",
    "Θ": "theta",
    "Σ": "the sum of",
    "Ω": "omega",
}

SIGNS = {
    "−": "minus",
    "+": "plus",
    "±": "plus or minus",
    "×": "times",
    "·": "times",
    "*": "times",
    "÷": "divided by",
    "≈": "about",
    "≠": "is not",
    "<": "is below",
    ">": "is above",
    "≤": "is at most",
    "≥": "is at least",
    "→": "to",
    "←": "becomes",
    "∞": "infinity",
    "√": "the root of",
    "∇": "the gradient of",
    "∂": "d",
    "∑": "the sum of",
    "″": "double prime",
    "′": "prime",
    "%": "percent",
    "°": "degrees",
    "&": "and",
    "½": "one half",
    "¼": "one quarter",
    "¾": "three quarters",
}

_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿᵗˣⁱ", "0123456789−+ntxi"))
_LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₋₊ₙₜₓᵢⱼₖ", "0123456789−+ntxijk"))
_UP, _DOWN = f"[{''.join(_RAISED)}]+", f"[{''.join(_LOWERED)}]+"
_GREEK = "".join(GREEK)
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ONE = rf"−?(?:{_NUMBER})"


def spoken(sentence: str) -> str:
    """The sentence in words only: `(x − 3)² ≈ 0.05` -> "x minus three, squared about zero point zero five".

    Characters without words of their own are called by their Unicode names; letters of any alphabet stay.
    """
    text = re.sub(r"\s+", " ", sentence)
    for pattern, change in _RULES:
        text = re.sub(pattern, change, text)
    text = "".join(map(_last_resort, text))
    text = re.sub(r"\s+([,.;:?!])", r"\1", re.sub(r"\s+", " ", text)).strip()
    return re.sub(r"[,;:]+(?=[,.;:?!])", "", text)


def _power(match: re.Match[str], pause: str = "") -> str:
    """How a power is said; ten is always raised *to* it. A pause says that a whole bracket is raised."""
    base, raised = match.group("base"), "".join(_RAISED[sign] for sign in match.group("raised"))
    if base != "10" and raised in ("2", "3"):
        return f"{base}{pause} {'squared' if raised == '2' else 'cubed'} "
    return f"{base}{pause} to the {raised} "


def _lowered(match: re.Match[str]) -> str:
    return f" {''.join(_LOWERED[sign] for sign in match.group())} "


def _bracketed(match: re.Match[str]) -> str:
    """An aside is put between commas; the brackets of a formula are not said."""
    inside = match.group(1)
    return f", {inside}," if re.search(r"[A-Za-z]{2}", inside) else f" {inside} "


def _scientific(match: re.Match[str]) -> str:
    return f"{match.group(1)} × 10 to the {match.group(2).lstrip('+').replace('-', '−')}"


def _last_resort(sign: str) -> str:
    if sign.isalpha() or sign in " ,.;:?!'-":
        return sign
    if sign in "’‘":
        return "'"
    if sign in "—–…":
        return ","
    if unicodedata.category(sign)[0] in "SN":
        return f" {unicodedata.name(sign, '').lower()} "
    return " "


Change = str | Callable[[re.Match[str]], str]

# In this order: brackets before their contents, signs while the digits next to them are still digits.
_RULES: tuple[tuple[str, Change], ...] = (
    (r"-(?=\d)(?<![\w)]-)", "−"),
    (rf"(?<![\w{_GREEK}])([A-Za-z{_GREEK}][′″]?)\(([^()]*)\)", r"\1 of \2"),
    (r"(?<=[\d)])\((?=[^()]*[−+\-])", " times ("),
    (rf"\(({_ONE}(?:, ?{_ONE})+)\)", r"\1"),
    (rf"\((?P<base>[^()]*)\)(?P<raised>{_UP})", lambda match: _power(match, pause=",")),
    (r"\(([^()]*)\)", _bracketed),
    (r"\|([^|]+)\|", r" the size of \1 "),
    (r"(?<![\d.])(\d+(?:\.\d+)?)e([-+]?\d+)\b", _scientific),
    (rf"(?P<base>\d+(?:\.\d+)?|\w|)(?P<raised>{_UP})", _power),
    (r"\b(\d+)(?:st|nd|rd|th)\b", lambda match: ordinal(int(match.group(1)))),
    (r"(?<=\d)–(?=\d)", " to "),
    (r"(?<=\d) *= *", " is "),
    (r"(?<=\d) *≈ *", " is about "),
    (r" *= *", " equals "),
    (_DOWN, _lowered),
    (r"(?<=\w) ?/ ?(?=\w)", " over "),
    (rf"({_NUMBER})-(?=[A-Za-z])", lambda match: f" {numeral(match.group(1))}-"),
    (_NUMBER, lambda match: f" {numeral(match.group())} "),
    (f"[{re.escape(''.join(SIGNS))}]", lambda match: f" {SIGNS[match.group()]} "),
    (f"[{_GREEK}]", lambda match: f" {GREEK[match.group()]} "),
)
