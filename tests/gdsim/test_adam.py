"""Adam and its relatives by what is known of their first steps and of each one's difference."""

import numpy as np
import pytest

from gdsim.adam import adam, adamw, amsgrad, nadam, radam
from gdsim.simulate import simulate
from gdsim.surfaces import SURFACES

from .first_moves import first_move

BOWL = SURFACES["bowl"]


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
