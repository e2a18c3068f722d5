"""The loop, held to closed forms and to the numbers the articles print."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from gdsim import SURFACES, Stop, gradient_descent, simulate
from gdsim.simulate import map_bound

SHIFTED = SURFACES["shifted-parabola"]
SQUARE = SURFACES["square"]


@given(rate=some.floats(1e-4, 0.999), start=some.floats(-8, 8), steps=some.integers(0, 60))
def test_plain_descent_on_a_parabola_follows_its_closed_form(rate, start, steps):
    """On (x − 3)², x_t − 3 = (1 − 2·rate)^t · (x_0 − 3)."""
    run = simulate(SHIFTED, gradient_descent(), rate=rate, start=[start], steps=steps, rules=())

    expected = 3 + (1 - 2 * rate) ** np.arange(steps + 1) * (start - 3)
    np.testing.assert_allclose(run.points[:, 0], expected, rtol=1e-12, atol=1e-12)


def test_ten_steps_on_the_shifted_parabola_are_the_printed_ones():
    """(x − 3)² from 8 at 0.1: the ten rows of the course page, to their four decimals."""
    run = simulate(SHIFTED, rate=0.1, start=[8.0], steps=10)

    pairs = zip(run.points[:, 0], run.losses)
    rows = [f"Step {k}: x = {x:.4f}, loss = {loss:.4f}" for k, (x, loss) in enumerate(pairs)]
    assert rows[1] == "Step 1: x = 7.0000, loss = 16.0000"
    assert rows[10] == "Step 10: x = 3.5369, loss = 0.2882"
    assert run.gradients[0, 0] == 10.0


@pytest.mark.parametrize(("rate", "printed"), [(0.9, "3.0576"), (0.1, "3.0576"), (0.01, "6.3380")])
def test_three_rates_end_where_the_article_says(rate, printed):
    """After 20 steps, 0.9 and 0.1 are equally far from 3; 0.01 has barely left."""
    run = simulate(SHIFTED, rate=rate, start=[8.0], steps=20)

    assert printed == f"{run.points[-1, 0]:.4f}"


def test_the_square_from_ten_follows_the_worked_example():
    """x² from 10 at 0.1: 8, 6.4, 5.12, 4.096, 3.2768, with the losses and slopes printed beside them."""
    run = simulate(SQUARE, rate=0.1, start=[10.0], steps=5)

    np.testing.assert_allclose(run.points[:, 0], [10, 8, 6.4, 5.12, 4.096, 3.2768], rtol=1e-15)
    np.testing.assert_allclose(run.losses[1:], [64, 40.96, 26.2144, 16.77722, 10.73742], rtol=1e-6)
    np.testing.assert_allclose(run.gradients[:5, 0], [20, 16, 12.8, 10.24, 8.192], rtol=1e-15)


def test_the_square_from_ten_stops_after_seventy_six_steps():
    """With |slope| < 1e-6 the run takes 76 steps and ends at 4.3e-7, not at the 1e-8 the article prints."""
    run = simulate(SQUARE, rate=0.1, start=[10.0], steps=1000)

    assert (run.steps, run.stop) == (76, Stop.FLAT)
    assert f"{run.points[-1, 0]:.8f}" == "0.00000043"


def test_the_exercise_prints_every_fifth_of_twenty_five_steps():
    """(x − 7)² from 0 at 0.15 is the shifted parabola seen four to the right: 7·(1 − 0.7^t)."""
    run = simulate(SHIFTED, rate=0.15, start=[-4.0], steps=25)

    every_fifth = run.points[::5, 0] + 4
    np.testing.assert_allclose(every_fifth, 7 - 7 * 0.7 ** np.arange(0, 26, 5), rtol=1e-13)


def test_thirty_steps_leave_the_distance_the_article_prints():
    """After 30 steps at 0.1 the ball is 0.0062 from the minimum."""
    run = simulate(SHIFTED, rate=0.1, start=[8.0], steps=30)

    assert f"{run.points[-1, 0] - 3:.4f}" == "0.0062"


def test_a_step_beyond_two_over_curvature_diverges():
    """On x² (curvature 2) plain descent diverges for every rate above 1."""
    run = simulate(SQUARE, gradient_descent(), rate=1.05, start=[1.0], steps=60)

    assert Stop.DIVERGED is run.stop


@given(rate=some.floats(1.001, 1e300))
def test_a_diverging_run_stays_finite_and_silent(rate):
    """Whatever the rate, no warning, no exception, and every kept row is finite."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        run = simulate(SHIFTED, rate=rate, start=[8.0], steps=10_000)

    assert Stop.DIVERGED is run.stop
    assert np.isfinite(run.points).all()
    assert np.isfinite(run.losses).all()
    assert len(run.learning_rates) == run.steps


def test_the_bowl_starts_with_the_gradient_of_the_article():
    """J = θ₁² + θ₂² at (3, 4) has the gradient (6, 8)."""
    run = simulate(SURFACES["bowl"], rate=0.1, steps=3)

    np.testing.assert_array_equal(run.gradients[0], [6, 8])
    np.testing.assert_allclose(run.points[1], [2.4, 3.2])


def test_a_run_cannot_be_altered():
    """A trajectory's arrays are read-only."""
    run = simulate(SQUARE, steps=3)

    with pytest.raises(ValueError, match="read-only"):
        run.points[0, 0] = 1.0


def test_equal_runs_share_a_digest_and_different_ones_do_not():
    """The digest names the numbers."""
    digests = [simulate(SQUARE, rate=rate, steps=5).digest() for rate in (0.1, 0.1, 0.2)]

    assert digests[0] == digests[1] != digests[2]


@pytest.mark.parametrize("start", [[1.0, 2.0], [float("nan")], [float("inf")]])
def test_a_start_that_does_not_fit_is_refused(start):
    """The number of coordinates is the objective's, and each is finite."""
    with pytest.raises(ValueError, match="start"):
        simulate(SQUARE, start=start)


def test_a_start_on_the_minimum_takes_no_step():
    """Where the slope is zero there is nothing to do."""
    run = simulate(SQUARE, start=[0.0], steps=10)

    assert (run.steps, run.stop) == (0, Stop.FLAT)


def test_a_ball_is_followed_to_fifty_map_sizes():
    """A run goes on at forty times the map's farthest edge, and has diverged beyond fifty times that or its start."""
    edge = 4.0
    bound = map_bound(SQUARE, np.array([3.0]))
    run = simulate(SQUARE, rate=1.5, start=[3.0], steps=60)

    assert bound == 50 * edge
    assert map_bound(SQUARE, np.array([-40.0])) == 50 * 40
    assert Stop.DIVERGED is run.stop
    assert np.abs(run.points[-2, 0]) <= bound < np.abs(run.points[-1, 0])
