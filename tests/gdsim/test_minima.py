"""Local minima are computed from the gradient, to the last digits."""

import math
from dataclasses import replace

import numpy as np
import pytest

from gdsim.minima import find_minima
from gdsim.objective import Objective
from gdsim.surfaces import SURFACES


def line(value, gradient, low=-2.0, high=2.0) -> Objective:
    """A function of one variable, given by what it does to an array of places."""
    return Objective(
        name="line",
        value=lambda points: value(points[..., 0]),
        gradient=lambda points: gradient(points),
        formula="x",
        variables=("x",),
        domain=((low, high),),
        start=(1.0,),
    )


def test_two_valleys_have_their_cubic_roots():
    """The minima of x⁴ − 3x² + x are two roots of 4x³ − 6x + 1 = 0, in Viète's closed form."""
    left, right = find_minima(SURFACES["two-valleys"])
    root = [math.sqrt(2) * math.cos((math.acos(-math.sqrt(2) / 4) - 2 * math.pi * k) / 3) for k in (2, 0)]

    assert root == pytest.approx([left.point[0], right.point[0]], rel=1e-15)
    assert left.value == pytest.approx(-3.513905038934787, rel=1e-15)
    assert right.value == pytest.approx(-1.070230181776154, rel=1e-15)


def test_minima_that_fall_on_the_grid_are_found_exactly():
    """A minimum at a place that the scan itself visits is found, and found exactly."""
    assert find_minima(SURFACES["shifted-parabola"])[0].point == (3.0,)
    assert str(find_minima(SURFACES["square"])[0].point[0]) == "0.0"


def test_a_kink_is_a_minimum():
    """|x − 1/3| has its minimum where it has no slope."""
    kink = line(lambda x: np.abs(x - 1 / 3), lambda x: np.where(x == 1 / 3, np.nan, np.sign(x - 1 / 3)))
    (minimum,) = find_minima(kink)

    assert pytest.approx(minimum.point[0], abs=1e-16) == 1 / 3


def test_a_kink_on_the_grid_is_a_minimum():
    """|x| has its minimum at 0 even though the scan meets the undefined slope there."""
    (minimum,) = find_minima(line(np.abs, lambda x: np.where(x == 0, np.nan, np.sign(x))))

    assert minimum.point == (0.0,)


def test_a_pole_is_no_minimum():
    """−1/(x − 0.3)² falls without end: no minimum is claimed, and no warning is given."""
    assert find_minima(line(lambda x: -1 / (x - 0.3) ** 2, lambda x: 2 / (x - 0.3) ** 3)) == ()


def test_an_edge_is_no_minimum():
    """A function whose slope never changes sign has no minimum inside the domain."""
    assert find_minima(line(np.exp, np.exp)) == ()


def test_a_floor_wider_than_a_cell_is_one_minimum():
    """A valley with a level floor is reported once, on its floor."""
    floor = line(lambda x: np.maximum(np.abs(x) - 1, 0) ** 2, lambda x: 2 * np.sign(x) * np.maximum(np.abs(x) - 1, 0))
    (minimum,) = find_minima(floor)

    assert abs(minimum.point[0]) <= 1
    assert minimum.value == 0


def test_minima_outside_the_domain_do_not_count():
    """Only what is drawn is searched."""
    assert find_minima(replace(SURFACES["square"], domain=((1.0, 2.0),))) == ()
