"""A typed function is shown as a person would write it."""

import pytest
import typst

from gdsim.formula import formula, variable
from gdsim.syntax import parse

SHOWN = {
    "x**2+4*y**2": "x^2 + 4 y^2",
    "(x**2 + y - 11)**2": "(x^2 + y - 11)^2",
    "sin(3*x) + 0.1*x**2": "sin(3 x) + 0.1 x^2",
    "2*3*x": "2 dot 3 x",
    "x*2": "x dot 2",
    "x*-3": "x (-3)",
    "x - -x": "x - (-x)",
    "x - (x - 1)": "x - (x - 1)",
    "-(x + 1)": "-(x + 1)",
    "(-x)**2": "(-x)^2",
    "-x**2": "-x^2",
    "x**-2": "x^(-2)",
    "x**(1/2)": "x^(1 \\/ 2)",
    "exp(-x**2/2)": "e^(-x^2 \\/ 2)",
    "exp(x)**2": "(e^x)^2",
    "x/(1 + x)": "(x) / (1 + x)",
    "(x/2)**2": "((x) / (2))^2",
    "abs(x)**3": "abs(x)^3",
    "log(x)*atan(x)": "ln(x) arctan(x)",
    "1e-3*x": "10^(-3) x",
    "2.5e4*x": "2.5 dot 10^4 x",
    ".5*x + 2.": "0.5 x + 2",
    "pi*x": "pi x",
    "theta1*theta2": "theta_1 theta_2",
    "theta**2": "theta^2",
    "w1/w2": "(w_1) / (w_2)",
}


@pytest.mark.parametrize(("text", "shown"), SHOWN.items())
def test_formulas_read_as_on_paper(text, shown):
    """Factors are written side by side, fractions as fractions, and parentheses stay where they matter."""
    assert formula(parse(text)[0]) == shown


def test_formulas_compile():
    """All of them are Typst mathematics."""
    page = "\n\n".join(f"$ {formula(parse(text)[0])} $" for text in SHOWN)

    assert typst.compile(page.encode(), format="svg").startswith(b"<svg")


def test_variables_carry_their_index():
    """w1 is w with the index 1."""
    assert [variable(name) for name in ("x", "theta", "w1", "theta2")] == ["x", "theta", "w_1", "theta_2"]
