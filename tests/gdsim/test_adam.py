"""Adam and its relatives by what is known of their first steps and of each one's difference."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from gdsim.adam import adam, adamax, adamw, amsgrad, nadam, radam
from gdsim.simulate import simulate
from gdsim.surfaces import SURFACES

BOWL = SURFACES["bowl"]


def first_move(optimiser, gradient, rate=0.1):
    """The first move, from the origin, at this gradient."""
    point = np.zeros(len(gradient))
    return optimiser.update(np.array(gradient), optimiser.init(point), rate, point)[0]


@pytest.mark.parametrize("optimiser", [adam(), adamw(), amsgrad(), adamax()])
@given(slopes=some.lists(some.floats(1e-3, 1e6), min_size=1, max_size=4))
def test_the_first_step_is_the_rate_whatever_the_slope(optimiser, slopes):
    """Adam and most of its relatives begin with a step of α in every coordinate, steep or not."""
    np.testing.assert_allclose(first_move(optimiser, slopes), -0.1, rtol=1e-4)


@pytest.mark.parametrize(
    "optimiser",
    [adam(epsilon=1e-300), amsgrad(epsilon=1e-300)],
)
def test_adam_does_not_see_the_scale_of_the_loss(optimiser):
    """Slopes 1024 times as large give the same steps, bit for bit, when ε does not count."""
    point = steep_point = np.array([3.0, -4.0])
    state, steep_state = optimiser.init(point), optimiser.init(point)
    for _ in range(50):
        move, state = optimiser.update(BOWL.gradient(point), state, 0.05, point)
        steep_move, steep_state = optimiser.update(1024 * BOWL.gradient(steep_point), steep_state, 0.05, steep_point)
        point, steep_point = point + move, steep_point + steep_move

    np.testing.assert_array_equal(point, steep_point)


def test_radam_begins_with_momentum_alone():
    """Until it has seen enough slopes (ρ_t ≤ 5) RAdam steps by the corrected mean: first by αg."""
    np.testing.assert_allclose(first_move(radam(), [3.0, -40.0]), [-0.3, 4.0], rtol=1e-14)


def test_nadam_begins_with_its_look_ahead():
    """μ₁ and μ₂ are about β₁/2: the first step is α((1−μ₁)/(1−μ₁) + μ₂(1−β₁)/(1−μ₁μ₂)), here 1.0565α."""
    pull = [0.9 * (1 - 0.5 * 0.96 ** (step * 0.004)) for step in (1, 2)]
    expected = -0.1 * (1 + pull[1] * 0.1 / (1 - pull[0] * pull[1]))

    np.testing.assert_allclose(first_move(nadam(), [7.0]), expected, rtol=1e-8)


def test_amsgrad_never_forgets_a_steep_slope():
    """After one steep slope among gentle ones Adam's steps recover, AMSGrad's stay short."""
    slopes = [1.0, 1000.0] + [1.0] * 3000
    lengths = []
    for optimiser in (adam(beta2=0.99), amsgrad(beta2=0.99)):
        point = np.zeros(1)
        state = optimiser.init(point)
        for slope in slopes:
            move, state = optimiser.update(np.array([slope]), state, 0.1, point)
        lengths.append(abs(move[0]))

    assert lengths[0] == pytest.approx(0.1, rel=1e-3)
    assert lengths[1] == pytest.approx(0.1 / 100, rel=1e-2)


def test_adamw_pulls_towards_zero_by_rate_times_decay():
    """Where there is no slope AdamW leaves (1 − αλ) of the way to zero at each step."""
    run = simulate(SURFACES["shifted-parabola"], adamw(weight_decay=0.5), 0.1, start=[3.0], steps=1, rules=())

    assert run.points[1, 0] == pytest.approx(3.0 * 0.95, rel=1e-14)
