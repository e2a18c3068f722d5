"""A rate for a function that nobody has tuned, for one ball or for balls from all over a curve."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gdsim import SURFACES, simulate
from gdsim.behaviour import jumps
from gdsim.expression import parse_objective
from gdsim.suiting_rate import descends, shared_rate, suiting_rate, zigzag_rate

FUNCTIONS = ["x**2", "(x-3)**2-50", "cos(x)", "1e6*(x**4-3*x**2+x)", "log(x)**2", "1e-3*x**2", "x*sin(x)", "x**4-x"]


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("rate_of", [shared_rate, suiting_rate])
def test_at_a_suiting_rate_the_ball_comes_to_rest(function, rate_of):
    """From the function's own start, plain descent at the rate is flat or nearly so within 200 steps."""
    objective = parse_objective(function)
    run = simulate(objective, rate=rate_of(objective, steps=100), steps=200)

    assert abs(run.gradients[-1, 0]) < 1e-3 * np.abs(run.gradients).max()
    assert run.losses[-1] < run.losses[0]


@pytest.mark.parametrize("curvature", [1.3e-3, 0.3, 2.0, 7e5])
def test_on_a_parabola_the_rate_is_the_largest_of_its_series_up_to_one_over_the_curvature(curvature):
    """On ½λx² the rate is 1, 2 or 5 times a power of ten, at most 1 / λ, and the next of the series is more."""
    objective = replace(parse_objective(f"{curvature!r}*x**2/2"), domain=((-4.0, 4.0),))
    rate = suiting_rate(objective, [0.9])
    digit = float(f"{rate:e}".partition("e")[0])

    assert digit in (1.0, 2.0, 5.0)
    assert rate <= 1 / curvature * (1 + 1e-9)
    assert rate * (2.5 if digit == 2 else 2) > 1 / curvature


@pytest.mark.parametrize("name", ["two-valleys", "bumpy", "rosenbrock", "himmelblau", "saddle"])
def test_the_ball_goes_down_all_the_way(name):
    """At the suiting rate no step raises the loss or leaps over a valley's floor, in one variable or two."""
    objective = SURFACES[name]
    run = simulate(objective, rate=suiting_rate(objective), steps=20)

    assert (np.diff(run.losses) <= 1e-12 * np.ptp(run.losses)).all()
    assert not jumps(run).any()


@pytest.mark.parametrize("function", ["x**4-x", "log(x)**2", "1/x+x", "sin(3*x)+x**2/10"])
def test_a_shared_rate_suits_most_starts(function):
    """Of starts all along the curve, other than those that were tried, three quarters go down all the way."""
    objective = parse_objective(function)
    rate, (low, high) = shared_rate(objective, 50), objective.domain[0]
    starts = [low + share * (high - low) for share in np.linspace(0.03, 0.97, 24)]

    assert np.mean([descends(simulate(objective, rate=rate, start=[start], steps=50)) for start in starts]) >= 0.75


@pytest.mark.parametrize("scale", [1e-3, 1e6])
def test_the_rate_goes_with_the_scale(scale):
    """A function a million times as high is walked down in the same places, at a millionth of the rate."""
    rate = shared_rate(parse_objective(f"{scale!r}*(x**4 - 3*x**2 + x)"))

    assert rate * scale == pytest.approx(shared_rate(parse_objective("x**4 - 3*x**2 + x")))


def test_the_valleys_own_rate_is_what_would_be_chosen():
    """For the two valleys of the lesson the choice is its own 0.02."""
    assert shared_rate(SURFACES["two-valleys"], 100) == 0.02


def test_where_no_start_can_be_used_it_is_a_tenth():
    """A function without a slope anywhere leaves the usual 0.1; a level one takes any rate."""
    level = replace(SURFACES["square"], gradient=lambda points: 0 * points, minima=())

    assert shared_rate(level) > 0
    assert shared_rate(replace(level, gradient=lambda points: np.nan * points)) == 0.1


NAMED = sorted(SURFACES)
TYPED = ("x**2 + 20*y**2", "x**2 - y**2", "1e6*(x**2 + y**2)", "(x**2 + y**2)/1e6", "x + y", "exp(x) + y**2", "cosh(x)")


@pytest.mark.parametrize("name", [*NAMED, *TYPED])
def test_plain_descent_descends_at_it(name):
    """Twenty steps at the rate never climb, never leap over a valley, and stay on the map."""
    objective = SURFACES.get(name) or parse_objective(name)
    run = simulate(objective, rate=suiting_rate(objective, steps=20), steps=20)

    assert descends(run)
    assert run.losses[-1] <= run.losses[0]


@pytest.mark.parametrize("curvature", [0.02, 1.0, 40.0, 3e5])
def test_it_follows_the_curvature(curvature):
    """On ½λ(x² + y²) it is a 1, 2 or 5 times a power of ten, at most 1 / λ and no less than a tenth of that."""
    rate = suiting_rate(parse_objective(f"{curvature}*(x**2 + y**2)/2"))

    assert 0.1 / curvature <= rate <= 1 / curvature * (1 + 1e-9)
    assert f"{rate:.0e}"[0] in "125"


def test_where_it_starts_matters():
    """Further up Rosenbrock's wall, where it bends more, the rate is smaller."""
    near, far = (suiting_rate(SURFACES["rosenbrock"], start) for start in ((-1.2, 1.0), (-1.9, -0.9)))

    assert far < near


def test_a_start_without_a_value_is_refused():
    """Where the function has no finite value, the error is that of a run there."""
    with pytest.raises(ValueError, match="finite"):
        suiting_rate(parse_objective("log(x) + y**2"), np.array([-1.0, 0.0]))


@pytest.mark.parametrize("name", ["elongated-bowl", "rosenbrock", "booth", "matyas"])
def test_in_a_narrow_valley_the_zigzag_rate_just_settles(name):
    """It is 0.95 × 2 / the largest curvature at the minimum, rounded down; plain descent leaps to and fro and sinks."""
    objective = SURFACES[name]
    rate = zigzag_rate(objective)
    run = simulate(objective, rate=rate, steps=40)

    assert 0.86 < rate * objective.curvature(objective.minima[0].point) / 2 <= 0.95
    assert float(f"{rate:.1e}") == rate
    assert run.losses[-1] < run.losses[0]
    assert jumps(run).sum() > 10


@pytest.mark.parametrize("name", ["bowl", "saddle", "himmelblau", "ackley"])
def test_elsewhere_the_zigzag_rate_is_the_suiting_one(name):
    """Round bowls, saddles and kinks have no narrow valley to zig-zag in."""
    objective = SURFACES[name]
    suits = suiting_rate(objective, steps=40)

    assert zigzag_rate(objective) == suits
