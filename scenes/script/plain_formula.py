"""A formula as plain text: what Typst would draw, in characters for a web page, an e-mail or an alt text."""

from __future__ import annotations

import re

_SIGNS = {
    "<-": "←",
    "dot": "·",
    "times": "×",
    "approx": "≈",
    "nabla": "∇",
    "sum": "∑",
    "pi": "π",
    "quad": ";",
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "epsilon": "ε",
    "eta": "η",
    "theta": "θ",
    "lambda": "λ",
    "mu": "μ",
    "rho": "ρ",
}
_RAISED = str.maketrans("0123456789-+ntix", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿᵗⁱˣ")
_LOWERED = str.maketrans("0123456789-+niktx", "₀₁₂₃₄₅₆₇₈₉₋₊ₙᵢₖₜₓ")
_ONE, _MANY = r"(\d+|\w|[+-])", r"\(([^()]*)\)"


def plain_formula(source: str) -> str:
    """Typst mathematics in one line: `(x - 3)^2` -> "(x − 3)²", `theta_1 <- theta_1 - alpha g` -> "θ₁ ← θ₁ − α g"."""
    text = re.sub(r"(?<!\w)cases\((.*?), (?=eta_-)(.*?\")\)", r"\1 or \2", source)
    text = re.sub(r'&quad "([^"]*)"', r"(\1)", text)
    text = re.sub(r"cases\((.+?) &quad ([^,]+), (.+?) &quad (.+)\)$", r"\1 (\2) or \3 (\4)", text)
    text = re.sub(r'op\("(\w+)"\)', r"\1", text)
    text = text.replace("hat(y)", "ŷ")
    text = re.sub(r"(?:bold|hat)\((\w+)\)", r"\1", text)
    text = re.sub(r"floor\(([^()]*)\)", r"⌊\1⌋", text.replace(">=", "≥"))
    text = re.sub(r",\s*quad\b", " quad", text).replace("\\/", "/").replace("\\ ", "")
    text = re.sub(r"/ \(([\w.]+)\)", r"/ \1", re.sub(r"(?<![\w])\(([\w.]+)\) /", r"\1 /", text))
    for index in (_ONE, _MANY):  # within a raised bracket, something may be raised as well
        text = re.sub(f"_{index}", _sunk, text)
        text = re.sub(rf"\^{index}", _raised, text)
    text = re.sub(r"(?<![\w])abs\(([^()]*)\)", r"|\1|", text)
    text = re.sub(r"(?<![A-Za-z])sqrt\(", "√(", text)
    text = re.sub(r"√\((\w)\)", r"√\1", text)
    text = re.sub(r"<-|[A-Za-z]+", lambda word: _SIGNS.get(word.group(), word.group()), text)
    return re.sub(r"\s+", " ", text).replace(" ;", ";").replace("-", "−").strip()


def _raised(match: re.Match[str]) -> str:
    return _moved(match, _RAISED)


def _sunk(match: re.Match[str]) -> str:
    return _moved(match, _LOWERED)


def _moved(match: re.Match[str], signs: dict[int, int]) -> str:
    """The index in small characters; unchanged if one of them has no small form."""
    inside = match.group(1)
    return inside.translate(signs) if all(ord(sign) in signs for sign in inside) else match.group()
