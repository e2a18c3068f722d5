"""What a run did, in one word, on a parabola whose every rate is understood."""

import pytest

from gdsim import SURFACES, simulate
from gdsim.behaviour import Behaviour, behaviour, jumps

SHIFTED = SURFACES["shifted-parabola"]


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        (1e-4, Behaviour.CREEPS),
        (0.01, Behaviour.CREEPS),
        (0.1, Behaviour.DESCENDS),
        (0.5, Behaviour.LANDS),
        (0.9, Behaviour.OSCILLATES),
        (1.0, Behaviour.CYCLES),
        (1.05, Behaviour.DIVERGES),
        (1e6, Behaviour.DIVERGES),
        (1e308, Behaviour.DIVERGES),
    ],
)
def test_each_rate_on_the_parabola_has_its_behaviour(rate, expected):
    """(x − 3)² from 8, 20 steps: below 1/2 the ball walks, from there it jumps, beyond 1 it climbs."""
    assert behaviour(simulate(SHIFTED, rate=rate, start=[8.0], steps=20)) is expected


def test_a_ball_on_the_minimum_rests():
    """Without a slope there is no step."""
    assert behaviour(simulate(SHIFTED, rate=0.1, start=[3.0])) is Behaviour.RESTS


def test_a_few_good_steps_do_not_creep():
    """Three steps at 0.1 leave half of the slope, but each was a fifth of the way."""
    assert behaviour(simulate(SHIFTED, rate=0.1, start=[8.0], steps=3)) is Behaviour.DESCENDS


def test_a_climb_near_the_minimum_counts_as_a_climb():
    """Losses of 10⁻¹⁰ that grow are a divergence, however small they are."""
    assert behaviour(simulate(SHIFTED, rate=1.05, start=[3.00001], steps=20)) is Behaviour.DIVERGES


def test_a_jump_is_a_step_to_a_slope_that_points_back():
    """At 0.9 every step jumps over the minimum, at 0.1 none does."""
    assert jumps(simulate(SHIFTED, rate=0.9, start=[8.0], steps=20)).all()
    assert not jumps(simulate(SHIFTED, rate=0.1, start=[8.0], steps=20)).any()
