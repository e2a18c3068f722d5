"""Newton, BFGS and L-BFGS: one step on a bowl, published minima to 1e-9, downhill everywhere."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from gdsim.curvature import bfgs, lbfgs, newton, pure_newton
from gdsim.simulate import simulate
from gdsim.surfaces import SURFACES, elongated_bowl

# As the literature prints them (the digits beyond it are in surfaces.py).
PUBLISHED = [
    ("rosenbrock", (1, 1), 0),
    ("beale", (3, 0.5), 0),
    ("booth", (1, 3), 0),
    ("himmelblau", (3, 2), 0),
    ("himmelblau", (-2.805118087, 3.131312518), 0),
    ("himmelblau", (-3.779310253, -3.283185991), 0),
    ("himmelblau", (3.584428340, -1.848126527), 0),
    ("six-hump-camel", (0.089842012, -0.712656403), -1.031628453490),
    ("six-hump-camel", (-0.089842012, 0.712656403), -1.031628453490),
    ("three-hump-camel", (0, 0), 0),
    ("three-hump-camel", (1.747552338, -0.873776154), 0.298638442237),
    ("three-hump-camel", (-1.747552338, 0.873776154), 0.298638442237),
    ("mccormick", (-0.5471975, -1.5471976), -1.913222954981),
    ("styblinski-tang", (-2.9035340, -2.9035340), -78.332331407543),
]


@pytest.mark.parametrize("offset", [(0.02, 0.01), (-0.01, 0.02), (0.015, -0.02), (-0.02, -0.02)])
@pytest.mark.parametrize(("name", "point", "value"), PUBLISHED)
@pytest.mark.parametrize("method", [newton, bfgs])
def test_published_minima_are_reached_from_nearby(method, name, point, value, offset):
    """From 0.02 away, both methods end at the minimum: its value and its position are right to 1e-9."""
    objective = SURFACES[name]
    run = simulate(objective, method(objective), 1.0, np.add(point, offset), 60, rules=())

    exact = min(objective.minima, key=lambda minimum: float(np.linalg.norm(np.subtract(minimum.point, point))))
    np.testing.assert_allclose(run.points[-1], exact.point, rtol=0, atol=1e-9)
    np.testing.assert_allclose(run.points[-1], point, rtol=0, atol=1e-7)
    assert run.losses[-1] == pytest.approx(value, abs=1e-9)


@given(condition=some.floats(1, 900), x=some.floats(-4, 4), y=some.floats(-4, 4))
def test_newton_lands_on_the_bottom_of_a_bowl_in_one_step(condition, x, y):
    """On any quadratic bowl the full Newton step is exact."""
    bowl = elongated_bowl(condition)
    run = simulate(bowl, newton(bowl), 1.0, [x, y], 1, rules=())

    np.testing.assert_allclose(run.points[-1], 0, atol=1e-13)


@given(x=some.floats(-2, 2), y=some.floats(-2, 2))
def test_newton_leads_downhill_even_on_a_saddle(x, y):
    """Where a direction curves down, the step goes away from the saddle, not to it: its slope is never uphill."""
    saddle = SURFACES["saddle"]
    point = np.array([x, y])
    move, _ = newton(saddle).update(saddle.gradient(point), None, 1.0, point)

    np.testing.assert_allclose(move, [-x, y], atol=1e-14)
    assert move @ saddle.gradient(point) <= 0


@given(x=some.floats(-0.7, 0.7))
def test_pure_newton_goes_to_the_top_where_the_curve_bends_down(x):
    """On the hump of x⁴ − 3x² + x each step is −f′/f″, whichever way that leads."""
    hill = SURFACES["two-valleys"]
    run = simulate(hill, pure_newton(hill), 1.0, [x], 1, rules=())

    assert run.points[1, 0] == pytest.approx(x - (4 * x**3 - 6 * x + 1) / (12 * x**2 - 6), rel=1e-12)


@given(x=some.floats(-4, 4), y=some.floats(-4, 4))
def test_pure_newton_goes_straight_to_a_saddle(x, y):
    """On x² − y² the level place is the saddle, from which the guarded method leads away."""
    saddle = SURFACES["saddle"]
    run = simulate(saddle, pure_newton(saddle), 1.0, [x, y], 1, rules=())

    np.testing.assert_allclose(run.points[1], [0.0, 0.0], atol=1e-12)


def test_pure_newton_takes_no_step_where_nothing_bends():
    """On |x| the curvature is zero, and zero cannot be divided by: the run ends where it began."""
    kink = SURFACES["absolute-value"]
    run = simulate(kink, pure_newton(kink), 1.0, [2.0], 5)

    assert run.steps == 0
    with pytest.raises(ValueError, match="second derivatives"):
        pure_newton(replace(kink, hessian=None))


def test_newton_squares_its_error():
    """Near Rosenbrock's minimum each step's error is of the order of the last one's square."""
    objective = SURFACES["rosenbrock"]
    run = simulate(objective, newton(objective), 1.0, [1.1, 1.2], 4, rules=())

    errors = np.max(np.abs(run.points - 1), axis=1)
    assert np.all(errors[2:] < 30 * errors[1:-1] ** 2)


def test_newton_needs_second_derivatives():
    """Without a Hessian the method is refused, and one that works is named."""
    with pytest.raises(ValueError, match="lbfgs works without"):
        newton(replace(SURFACES["bowl"], hessian=None))


@given(x=some.floats(-2, 2), y=some.floats(-1, 3))
def test_bfgs_never_climbs(x, y):
    """From anywhere on Rosenbrock's map each step's loss is no higher than the last."""
    objective = SURFACES["rosenbrock"]
    run = simulate(objective, bfgs(objective), 1.0, [x, y], 100)

    assert np.all(np.diff(run.losses) <= 1e-13 * run.losses[:-1])


@pytest.mark.parametrize("method", [newton, bfgs, lambda objective: lbfgs()])
def test_rosenbrock_from_its_usual_start(method):
    """From (−1.2, 1) all three find (1, 1), where plain descent needs thousands of steps."""
    objective = SURFACES["rosenbrock"]
    run = simulate(objective, method(objective), 1.0, [-1.2, 1.0], 100)

    np.testing.assert_allclose(run.points[-1], 1, atol=1e-6)
    assert run.steps < 80


def test_a_short_memory_forgets():
    """L-BFGS that remembers two pairs takes another path once there are more than two."""
    objective = SURFACES["rosenbrock"]
    short, long = (simulate(objective, lbfgs(history), 0.2, steps=10).points for history in (2, 100))

    np.testing.assert_array_equal(short[:4], long[:4])
    assert not np.array_equal(short[4], long[4])


@pytest.mark.parametrize("angle", [1e-9, 1e-6, 1e-4, 1.0])
def test_bfgs_learns_from_every_pair_that_is_not_all_but_square(angle):
    """Once a pair s, y is seen with y·s > 1e-10·|y||s|, H maps y to s, however close to a right angle they are."""
    method, gradient = bfgs(SURFACES["bowl"]), np.array([1.0, 0.0])
    first, state = method.update(gradient, None, 0.1, np.array([0.5, 0.0]))
    change = np.array([np.sin(angle), np.cos(angle)]) * np.sign(first[0])
    _, state = method.update(gradient + change, state, 0.1, np.array([0.5, 0.0]) + first)

    np.testing.assert_allclose(state.inverse_hessian @ change, first, rtol=1e-6, atol=1e-6 * abs(first[0]))


def test_rounding_shortens_no_step():
    """Where the loss is only known to its last digit, which a step changes by less, BFGS goes all the way."""

    def value(points):
        noise = np.sum(1e5 + np.pi * points, axis=-1) - np.sum(np.pi * points, axis=-1)
        return noise + np.sum((points - 1) ** 2, axis=-1)

    bowl = replace(SURFACES["bowl"], value=value)
    offsets = np.random.default_rng(0).uniform(-1e-6, 1e-6, (300, 2))
    move, _ = bfgs(bowl).update(2 * offsets, None, 0.5, 1 + offsets)

    np.testing.assert_array_equal(move, -offsets)
