"""Formulas as plain text."""

from __future__ import annotations

import re

import pytest

from gdsim import SURFACES
from gdsim.expression import parse_objective
from gdsim.methods import OPTIMISERS
from scenes.script.plain_formula import plain_formula

FORMS = {
    "(x - 3)^2": "(x − 3)²",
    "theta_1^2 + theta_2^2": "θ₁² + θ₂²",
    "x <- x - alpha dot f'(x)": "x ← x − α · f'(x)",
    "x^(-2)": "x⁻²",
    "x^(1 \\/ 3)": "x^(1 / 3)",
    "2^x": "2ˣ",
    "e^(-x^2 \\/ 2)": "e^(−x² / 2)",
    "(sin(3 x)) / (2)": "(sin(3 x)) / 2",
    "abs(x - 1)": "|x − 1|",
    "sqrt(v) + epsilon": "√v + ε",
    "sqrt(x^2 + 1)": "√(x² + 1)",
    "mu_(t+1) m": "μₜ₊₁ m",
    "b <- mu b + g, quad x <- x - alpha b": "b ← μ b + g; x ← x − α b",
    "H approx (nabla^2 f)^(-1)": "H ≈ (∇² f)⁻¹",
    "10^(-7) x": "10⁻⁷ x",
    "x^p": "x^p",
}


@pytest.mark.parametrize(("source", "text"), FORMS.items())
def test_formulas_read_as_they_are_drawn(source, text):
    """Powers and indices in small signs, Greek letters and arrows as themselves, one line."""
    assert text == plain_formula(source)


def test_a_rule_of_two_cases_stays_readable():
    """Rprop's two cases are told one after the other, each with its condition."""
    rule = plain_formula(OPTIMISERS["rprop"].formula)

    assert rule == "s ← η₊ s (slope kept its sign) or η₋ s (slope turned); x ← x − s sgn(g)"


@pytest.mark.parametrize(
    "source",
    [*(one.formula for one in SURFACES.values()), *(one.formula for one in OPTIMISERS.values())]
    + [parse_objective(text).formula for text in ("exp(-x**2/2)", "sqrt(x**2 + 1)/3", "1/(1 + exp(-x))", "1e-7*x**2")],
)
def test_nothing_of_typst_is_left(source):
    """No backslash, underscore, quotation mark or name of a sign is left in any formula of ours; brackets pair up."""
    text = plain_formula(source)

    assert not re.search(r'[\\_"&\n]|\b(quad|dot|sqrt|alpha|beta|theta|nabla|approx|times|cases|op)\b|  ', text)
    assert text.count("(") == text.count(")")
