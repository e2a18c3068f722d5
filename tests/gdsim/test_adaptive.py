"""The adaptive methods by what is known of their first steps and their scales."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from gdsim.adam import adam, adamax, adamw, amsgrad
from gdsim.adaptive import adadelta, adafactor, adagrad, rmsprop, rprop
from gdsim.simulate import simulate
from gdsim.surfaces import SURFACES

from .first_moves import first_move

BOWL = SURFACES["bowl"]


@pytest.mark.parametrize("optimiser", [adagrad(), rprop(), adam(), adamw(), amsgrad(), adamax()])
@given(slopes=some.lists(some.floats(1e-3, 1e6), min_size=1, max_size=4))
def test_the_first_step_is_the_rate_whatever_the_slope(optimiser, slopes):
    """AdaGrad, Rprop, Adam and most of its relatives begin with a step of α in every coordinate, steep or not."""
    np.testing.assert_allclose(first_move(optimiser, slopes), -0.1, rtol=1e-4)


def test_rmsprop_begins_ten_times_too_fast():
    """Without bias correction the first step is α/√(1 − ρ) = 10α."""
    np.testing.assert_allclose(first_move(rmsprop(), [5.0, -0.2]), [-1.0, 1.0], rtol=1e-5)


def test_adadelta_begins_almost_at_rest():
    """The first step is g·√ε/√((1 − ρ)g² + ε): about √(ε/(1 − ρ)) = 0.00316, whatever the slope."""
    np.testing.assert_allclose(
        first_move(adadelta(), [100.0, -3.0], rate=1.0), [-1e-3 / 0.1**0.5, 1e-3 / 0.1**0.5], rtol=1e-5
    )


@pytest.mark.parametrize(
    "optimiser",
    [
        *(one(epsilon=1e-300) for one in (adagrad, rmsprop, adafactor, adam, amsgrad)),
        rprop(),
    ],
)
def test_an_adaptive_method_does_not_see_the_scale_of_the_loss(optimiser):
    """Slopes 1024 times as large give the same steps, bit for bit, when ε does not count."""
    point = steep_point = np.array([3.0, -4.0])
    state, steep_state = optimiser.init(point), optimiser.init(point)
    for _ in range(50):
        move, state = optimiser.update(BOWL.gradient(point), state, 0.05, point)
        steep_move, steep_state = optimiser.update(1024 * BOWL.gradient(steep_point), steep_state, 0.05, steep_point)
        point, steep_point = point + move, steep_point + steep_move

    np.testing.assert_array_equal(point, steep_point)


def test_rprop_rests_where_the_slope_turned():
    """After a jump over the valley the coordinate waits one step, then goes back half as far."""
    run = simulate(SURFACES["square"], rprop(), 1.0, start=[0.5], steps=3, rules=())

    np.testing.assert_array_equal(run.points[:, 0], [0.5, -0.5, -0.5, 0.0])


def test_adafactor_begins_with_a_fraction_of_the_point():
    """In each coordinate the first step is α times the root mean square of x; near zero that counts as 0.001."""
    move, _ = adafactor().update(np.array([7.0, -0.2]), adafactor().init(np.zeros(2)), 0.1, np.array([3.0, 4.0]))

    np.testing.assert_allclose(move, np.array([-0.1, 0.1]) * np.sqrt(12.5), rtol=1e-14)
    np.testing.assert_allclose(first_move(adafactor(), [7.0, -0.2]), [-1e-4, 1e-4], rtol=1e-14)


def test_adafactor_limits_its_rate():
    """However large α is, step t uses no more than 1/√t."""
    run = simulate(SURFACES["plateau"], adafactor(), 100.0, start=[4.0], steps=30, rules=())
    lengths, sizes = np.abs(np.diff(run.points[:, 0])), np.abs(run.points[:-1, 0])

    assert (lengths <= sizes / np.sqrt(np.arange(1, run.steps + 1)) * (1 + 1e-12)).all()
    assert lengths[0] == 4.0
