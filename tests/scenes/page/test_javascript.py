"""Functions as JavaScript: the same operations in the same order, so the same bits."""

from __future__ import annotations

import numpy as np
import pytest

from gdsim import SURFACES, parse_objective
from scenes.page.javascript import number, objective_source
from tests.scenes.page.twin import in_node, program

ARITHMETIC = (
    "x**4 - 3*x**2 + x",
    "(x - 3)**2",
    "-x**2 - -x",
    "1 - (2 - (3 - x))",
    "x / (2 / (x / 3))",
    "2 / x**3 + x",
    "abs(x - 1)**3 + abs(x)",
    "sqrt(x**2 + 1)",
    "x**0.5 + x**-2",
    "1e-7 * x**7 - 1e7 * x",
    "(1 - x)**2 + 100*(y - x**2)**2",
    "x - (y - (x - y)) * -(x*y)",
    "(x + y)**5 / (1 + x*x + y*y)",
)
OTHERS = (
    "sin(3*x) + 0.1*x**2",
    "exp(-x**2) * log(x + 4)",
    "tanh(x) - atan(x) + asin(x/9) + acos(x/9)",
    "cosh(x/2) + sinh(x/3) + tan(x/4)",
    "x**1.7 + 2**x",
    "cos(x*y) + (x**2)**y",
)


def points_of(dims: int) -> list[list[float]]:
    """Places on both sides of zero, and zero."""
    places = np.random.default_rng(5).uniform(-3, 3, size=(40, dims)).tolist()
    return [*places, [0.0] * dims, [1.0] * dims]


def near(numbers, tolerance):
    """What is equal to numbers, or near them."""
    return pytest.approx(numbers, rel=tolerance, abs=tolerance) if tolerance else numbers


def compared(texts, tolerance):
    """Compare value, gradient and Hessian of each function with gdsim's, at many points."""
    objectives = {text: parse_objective(text) for text in texts}
    given = [[text, points_of(one.dims)] for text, one in objectives.items()]
    work = (
        "GIVEN.map(([name, points]) => points.map((p) => [OBJECTIVES[name].look(...p), OBJECTIVES[name].bend(...p)]))"
    )
    answers = in_node(program(work, ("engine",), objectives, given))
    for (text, points), rows in zip(given, answers):
        one = objectives[text]
        for point, (look, bend) in zip(points, rows):
            place = np.array(point)
            with np.errstate(all="ignore"):
                value, gradient, hessian = one.value(place), one.gradient(place), one.hessian(place)
            if not np.isfinite([value, *gradient]).all():
                assert not np.isfinite([float(word) for word in look]).all(), (text, point)
                continue
            expected = [float(value), *gradient.tolist()]
            assert look == near(expected, tolerance), text
            corners = hessian[np.triu_indices(one.dims)].tolist()
            if np.isfinite(corners).all():
                assert bend == (corners if not tolerance else pytest.approx(corners, rel=tolerance, abs=tolerance)), (
                    text
                )


def test_arithmetic_has_the_same_bits():
    """Values, gradients and Hessians of typed formulas with + − × ÷ √ and whole powers are equal to the last bit."""
    compared(ARITHMETIC, 0)


def test_other_functions_agree_closely():
    """With sines, exponentials and general powers, they agree to 1e-13."""
    compared(OTHERS, 1e-13)


@pytest.mark.parametrize("name", SURFACES)
def test_no_power_operator_is_written(name):
    """A power is written as products, or as a call: `**` is not specified to the last bit."""
    assert "**" not in objective_source(SURFACES[name])


def test_brackets_are_those_that_order_needs():
    """Brackets stand where JavaScript would compute in another order without them, and nowhere else."""
    source = objective_source(SURFACES["two-valleys"])

    assert "look: (x) => [x * x * x * x - 3 * x * x + x, 4 * x * x * x - 6 * x + 1]" in source
    assert "bend: (x) => [12 * x * x - 6]" in source


def test_a_number_keeps_all_its_digits():
    """A number is written so that it reads back to the same double."""
    assert [number(value) for value in (2.0, 0.1, 1e-7, 1e300, -0.5)] == ["2", "0.1", "1e-07", "1e+300", "-0.5"]
    assert number(0.1 + 0.2) == "0.30000000000000004"


def test_data_have_no_formula():
    """A function that depends on data is refused: it has neither a formula nor operations of its own."""
    from gdsim import line, noisy_line, objective_on
    from scenes.page.javascript import is_written

    assert is_written(SURFACES["ackley"])
    assert is_written(parse_objective("x**2"))
    assert not is_written(objective_on(line(), noisy_line()))
