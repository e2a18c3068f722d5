"""Minima of two variables are searched for and polished, not typed in."""

from dataclasses import replace

import numpy as np
import pytest

from gdsim.expression import parse_objective
from gdsim.minima import find_minima
from gdsim.surfaces import SURFACES

PLANE = [name for name, objective in SURFACES.items() if objective.dims == 2]


def on_square(text, side=5.0):
    """The typed function on a square around 0."""
    return parse_objective(text, domain=((-side, side), (-side, side)))


@pytest.mark.parametrize("name", PLANE)
def test_the_search_finds_the_published_minima(name):
    """In every named landscape the search finds all the known minima and no other, to the last digits."""
    objective = SURFACES[name]
    found = find_minima(objective)
    known = sorted(objective.minima, key=lambda minimum: minimum.point)

    assert len(found) == len(known)
    for one, other in zip(found, known):
        assert one.point == pytest.approx(other.point, rel=1e-14, abs=1e-14)


def test_the_search_needs_no_hessian():
    """Without a Hessian the gradient is differenced; the minima are the same to nine digits."""
    found = find_minima(replace(SURFACES["himmelblau"], hessian=None))

    assert len(found) == 4
    assert found[2].point == pytest.approx((3, 2), abs=1e-9)


@pytest.mark.parametrize(
    "text",
    [
        "x**2 - y**2",
        "x + y",
        "(x + 2*y)**2",
        "(x - 0.3*y)**2",
        "abs(x + y)",
        "-1/(x**2 + y**2)",
        "x*y",
        "exp(x + y)",
        "-x**2 - y**2",
    ],
)
def test_no_minimum_is_claimed_where_there_is_none(text):
    """A saddle, a slope, a level valley, a pole and a summit have no minimum."""
    assert on_square(text).minima == ()


def test_a_minimum_between_cells_is_found_once():
    """Searches that end within rounding of one another have found the same minimum."""
    objective = parse_objective("exp((x - 1/24)**2) + (y - 1/24)**4", domain=((-5, 5), (-5, 5)), start=(1, 1))

    assert len(objective.minima) == 1
    assert objective.minima[0].point == pytest.approx((1 / 24, 1 / 24), abs=1e-4)


@pytest.mark.parametrize("text", ["x**4 + y**4", "abs(x) + 2*abs(y)", "sqrt(x**2 + y**2)", "abs(x + y) + abs(x - 2*y)"])
def test_flat_floors_and_kinks_are_minima(text):
    """A minimum without curvature, and one without a slope, count: here both lie at 0."""
    (minimum,) = on_square(text).minima

    assert np.abs(minimum.point).max() < 1e-6


def test_round_places_come_out_round():
    """A minimum at a round number has exactly that position, without a negative zero."""
    (minimum,) = on_square("(x - 0.3)**2 + 7*(y + 2)**2*(1 + x**2)").minima

    assert minimum.point == (0.3, -2.0)
    assert str(on_square("x**2 + y**2").minima[0].point) == "(0.0, 0.0)"
