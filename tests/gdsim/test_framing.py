"""A typed function comes with a map and a start worth watching."""

import numpy as np
import pytest

from gdsim.expression import parse_objective

TEXTS = [
    "x**2",
    "(x - 3)**2",
    "(x - 1000)**2",
    "x**4 - 3*x**2 + x",
    "sin(3*x) + 0.1*x**2",
    "exp(-x**2)",
    "log(x) + 1/x",
    "sqrt(x)",
    "1/x",
    "abs(x)",
    "x",
    "1e-6*(x - 0.001)**2",
    "x**2 + 4*y**2",
    "(x**2 + y - 11)**2 + (x + y**2 - 7)**2",
    "x**2 - y**2",
    "x + y",
    "sqrt(x + y)",
]


@pytest.mark.parametrize("text", TEXTS)
def test_the_start_is_on_the_map_and_has_a_slope(text):
    """Whatever is typed, the ball starts inside the map, where there is a value and a slope."""
    objective = parse_objective(text)
    low, high = np.array(objective.domain).T
    start = np.array(objective.start)

    assert (low < start).all()
    assert (start < high).all()
    assert np.isfinite(objective.value(start))
    assert np.abs(objective.gradient(start)).max() > 0


@pytest.mark.parametrize("text", TEXTS)
def test_the_minima_are_inside_the_map(text):
    """Minima are listed lowest first, and lie inside what is drawn."""
    objective = parse_objective(text)
    low, high = np.array(objective.domain).T

    assert sorted(minimum.value for minimum in objective.minima) == [minimum.value for minimum in objective.minima]
    assert all((low < one.point).all() and (one.point < high).all() for one in objective.minima)


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("x**2", ((-5, 5),)),
        ("(x - 3)**2", ((-2, 8),)),
        ("(x - 1000)**2", ((995, 1005),)),
        ("sqrt(x)", ((0, 5),)),
        ("x", ((-5, 5),)),
        ("(x - 1)**2 + (y + 2)**2", ((-4, 6), (-7, 3))),
        ("(x**2 + y - 11)**2 + (x + y**2 - 7)**2", ((-5, 5), (-5, 5))),
    ],
)
def test_the_map_stands_around_the_minima(text, domain):
    """A single minimum is in the middle; without any, the domain is around 0, where the function is defined."""
    assert parse_objective(text).domain == domain


def test_a_pole_does_not_flatten_the_map():
    """The steep wall of log(x) + 1/x at 0 is cut off, because otherwise nothing else could be seen."""
    ((low, high),) = parse_objective("log(x) + 1/x").domain

    assert 0 < low < 0.2
    assert high == 6


def test_a_wall_is_cut_off_where_it_hides_the_valley():
    """Of exp(x²), whose edges at ±5 are 7·10¹⁰ high, the part is drawn in which the valley shows."""
    ((low, high),) = parse_objective("exp(x**2)").domain

    assert -low == high
    assert 2.5 < high < 3.5


def test_minima_on_a_line_do_not_make_a_strip():
    """Around minima that share their y, the domain is a third as high as it is wide."""
    (left, right), (low, high) = parse_objective("(x**2 - 4)**2 + y**2").domain

    assert -left == right > 2
    assert -low == high == pytest.approx(right / 3, rel=0.1)


@pytest.mark.parametrize("text", ["-exp(-x**2)", "tanh(x*x)", "-exp(-x**2 - y**2)"])
def test_a_start_is_not_on_the_plain_around_a_hole(text):
    """Where most of the map is almost level, the ball starts on a slope that it can feel."""
    objective = parse_objective(text)

    assert np.abs(objective.gradient(np.array(objective.start))).max() > 0.01


def test_a_given_domain_and_start_are_kept():
    """What the user chooses is not chosen again; the minima are those inside."""
    objective = parse_objective("x**4 - 3*x**2 + x", domain=((0, 2),), start=(0.5,))

    assert objective.domain == ((0.0, 2.0),)
    assert objective.start == (0.5,)
    assert [round(minimum.point[0], 6) for minimum in objective.minima] == [1.130901]


@pytest.mark.parametrize("domain", [((0, 1), (0, 1)), ((1, 1),), ((2, 1),), ((0, np.inf),), ((np.nan, 1),)])
def test_an_impossible_domain_is_refused(domain):
    """A domain needs one (low, high) per variable, finite and in order."""
    with pytest.raises(ValueError, match=r"the domain of x\*\*2 must have one \(low, high\) per variable"):
        parse_objective("x**2", domain=domain)


def test_a_start_of_the_wrong_size_is_refused():
    """A start needs one coordinate per variable."""
    with pytest.raises(ValueError, match=r"the start of x\*y must have 2 coordinates, got 1"):
        parse_objective("x*y", start=(1.0,))
