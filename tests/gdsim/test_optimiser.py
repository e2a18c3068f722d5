"""Plain and heavy-ball descent, held to their closed forms on ½λx²."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from gdsim.optimiser import asgd, gradient_ascent, gradient_descent, momentum, nesterov
from gdsim.simulate import simulate
from gdsim.surfaces import SURFACES, elongated_bowl

SQUARE = SURFACES["square"]  # curvature λ = 2, so that αλ is twice the rate
NARROW = elongated_bowl(100.0)  # λ ∈ {1, 100}


def on_the_square(optimiser, rate_times_curvature, steps):
    """x_t from 1 on ½λx², without rules."""
    return simulate(SQUARE, optimiser, rate_times_curvature / 2, [1.0], steps, rules=()).points[:, 0]


def tail_rate(optimiser, rate, first=800, last=1600):
    """By which factor a step shrinks the distance on λ ∈ {1, 100}, measured between two late steps."""
    points = simulate(NARROW, optimiser, rate, [1.0, 1.0], last, rules=()).points
    near, far = np.max(np.abs(points[[last, last - 1]])), np.max(np.abs(points[[first, first - 1]]))
    return (near / far) ** (1 / (last - first))


@given(step=some.floats(0.01, 2.5), steps=some.integers(0, 40))
def test_ascent_grows_by_the_same_factor_every_step(step, steps):
    """x_t = (1 + αλ)^t x_0: with the wrong sign, every rate diverges."""
    run = on_the_square(gradient_ascent(), step, steps)

    assert run == pytest.approx((1 + step) ** np.arange(steps + 1), rel=1e-12)


@given(step=some.floats(0.01, 2.5), steps=some.integers(0, 40))
def test_plain_descent_shrinks_by_the_same_factor_every_step(step, steps):
    """x_t = (1 − αλ)^t x_0."""
    np.testing.assert_allclose(
        on_the_square(gradient_descent(), step, steps), (1 - step) ** np.arange(steps + 1), rtol=1e-12, atol=1e-14
    )


@pytest.mark.parametrize(("step", "comes_near"), [(1e-3, True), (1.0, True), (1.999, True), (2.001, False)])
def test_plain_descent_converges_below_two_over_the_curvature(step, comes_near):
    """0 < αλ < 2 and no other step brings x to 0."""
    points = on_the_square(gradient_descent(), step, 10_000)

    assert (abs(points[-1]) < 1e-4) == comes_near


def test_at_two_over_the_curvature_plain_descent_jumps_for_ever():
    """At αλ = 2 the ball changes sides and never comes nearer."""
    np.testing.assert_array_equal(on_the_square(gradient_descent(), 2.0, 101), (-1.0) ** np.arange(102))


@given(decay=some.floats(0.0, 0.95), share=some.floats(0.01, 0.99))
def test_the_heavy_ball_converges_below_its_threshold(decay, share):
    """0 < αλ < 2 + 2μ brings x to 0, however slowly: the slower root of r² − (1 + μ − αλ)r + μ = 0 tells."""
    step = share * (2 + 2 * decay)
    root = np.max(np.abs(np.roots([1, step - 1 - decay, decay])))
    assume(root < 0.98)
    points = on_the_square(momentum(decay), step, 1500)

    assert root < 1
    assert abs(points[-1]) < 1e-9


@given(decay=some.floats(0.0, 0.95), share=some.floats(1.01, 2.0))
def test_the_heavy_ball_diverges_beyond_its_threshold(decay, share):
    """αλ > 2 + 2μ throws the ball out."""
    points = on_the_square(momentum(decay), share * (2 + 2 * decay), 1500)

    assert abs(points[-1]) > 1e9


@pytest.mark.parametrize("decay", [0.0, 0.3, 0.5, 0.9])
def test_at_its_threshold_the_heavy_ball_jumps_for_ever(decay):
    """At αλ = 2 + 2μ the roots are −1 and −μ: in the end the ball changes sides and keeps its distance."""
    points = on_the_square(momentum(decay), 2 + 2 * decay, 1001)

    distance = abs(points[-1])
    np.testing.assert_allclose(np.abs(points[-100:]), distance, rtol=1e-9)
    np.testing.assert_array_equal(np.sign(points[-99:]), -np.sign(points[-100:-1]))
    np.testing.assert_allclose(distance, (1 + decay) / (1 - decay), rtol=1e-9)


@given(step=some.floats(0.01, 0.9), steps=some.integers(1, 60))
def test_critical_damping_has_its_closed_form(step, steps):
    """At μ = (1 − √(αλ))² both roots are 1 − √(αλ): x_t = (1 + t√(αλ))(1 − √(αλ))^t."""
    root = np.sqrt(step)
    count = np.arange(steps + 1)
    expected = (1 + count * root) * (1 - root) ** count

    np.testing.assert_allclose(on_the_square(momentum((1 - root) ** 2), step, steps), expected, rtol=1e-9, atol=1e-13)


@given(step=some.floats(0.01, 0.5))
def test_only_beyond_critical_damping_does_the_ball_overshoot(step):
    """With less momentum than (1 − √(αλ))² the ball never crosses 0; with more it does."""
    critical = (1 - np.sqrt(step)) ** 2

    assert np.all(on_the_square(momentum(0.9 * critical), step, 30) > 0)
    assert np.any(on_the_square(momentum(critical + 0.1 * (1 - critical)), step, 400) < 0)


def test_the_best_plain_step_for_a_narrow_valley():
    """On λ ∈ {1, 100} the best step is 2/101 = 0.0198020, each step leaving 99/101 = 0.980198."""
    best = tail_rate(gradient_descent(), 2 / 101)

    assert f"{2 / 101:.7f}" == "0.0198020"
    assert best == pytest.approx(0.980198, abs=1e-6)
    assert best < min(tail_rate(gradient_descent(), rate) for rate in (0.0196, 0.0197, 0.0199, 0.01999))


def test_the_best_momentum_for_a_narrow_valley():
    """On λ ∈ {1, 100} the best pair is α = (2/11)² = 0.0330579, μ = (9/11)² = 0.669421, leaving 9/11 = 0.818182.

    There the two roots of each direction fall together, so that the distance shrinks as t·r^t: the tail
    shows r once the factor t is divided out.
    """
    rate, decay = (2 / 11) ** 2, (9 / 11) ** 2
    measured = tail_rate(momentum(decay), rate, first=400, last=800)

    assert (f"{rate:.7f}", f"{decay:.6f}") == ("0.0330579", "0.669421")
    assert measured / 2 ** (1 / 400) == pytest.approx(0.818182, abs=1e-5)
    for other_rate, other_decay in [(0.03, decay), (0.036, decay), (rate, 0.6), (rate, 0.72)]:
        assert measured < tail_rate(momentum(other_decay), other_rate, first=400, last=800)


def test_momentum_without_decay_is_plain_descent():
    """With μ = 0 both kinds of momentum take plain descent's steps, bit for bit, whatever the dampening."""
    plain = simulate(NARROW, gradient_descent(), 0.01, steps=20).points

    np.testing.assert_array_equal(simulate(NARROW, momentum(0.0, dampening=0.5), 0.01, steps=20).points, plain)
    np.testing.assert_array_equal(simulate(NARROW, nesterov(0.0), 0.01, steps=20).points, plain)


@given(step=some.floats(0.01, 0.9), decay=some.floats(0.1, 0.9), steps=some.integers(2, 40))
def test_nesterov_follows_its_recurrence(step, decay, steps):
    """On ½λx² each step is b ← μb + αλx, x ← x − (αλx + μb)."""
    points = on_the_square(nesterov(decay), step, steps)

    velocity, x, expected = 0.0, 1.0, [1.0]
    for _ in range(steps):
        velocity = decay * velocity + step * x
        x -= step * x + decay * velocity
        expected.append(x)
    np.testing.assert_allclose(points, expected, rtol=1e-9, atol=1e-12)


def test_weight_decay_moves_the_minimum():
    """With decay w plain descent on ½λ(x − 3)² rests where λ(x − 3) + wx = 0."""
    run = simulate(SURFACES["shifted-parabola"], gradient_descent(weight_decay=1.0), 0.1, steps=300, rules=())

    assert run.points[-1, 0] == pytest.approx(2.0, abs=1e-12)


def test_asgd_without_fading_is_plain_descent():
    """With λ = 0 the rate stays and nothing is decayed."""
    plain, faded = (simulate(NARROW, method, 0.01, steps=20) for method in (gradient_descent(), asgd(scale=0.0)))

    np.testing.assert_allclose(faded.points, plain.points, rtol=1e-15, atol=1e-300)
