"""A run in motion: exact at every step, on the function in between."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from gdsim import SURFACES, simulate
from scenes.stage.walk import ease, moment

RUN = simulate(SURFACES["shifted-parabola"], rate=0.9, steps=12)


def test_at_a_step_the_numbers_are_the_trajectorys_own():
    """At whole progress nothing is computed anew."""
    for step in range(RUN.steps + 1):
        now = moment(RUN, float(step))
        assert (now.landed, now.share) == (step, 0.0)
        assert now.point is not None
        np.testing.assert_array_equal(now.point, RUN.points[step])
        assert now.loss == RUN.losses[step]


@given(progress=some.floats(-1, 14))
def test_between_steps_the_ball_is_on_the_function(progress):
    """Wherever it is, the height shown is the objective's at the place shown, between the two steps' places."""
    now = moment(RUN, progress)

    assert now.loss == float(RUN.objective.value(now.point))
    ends = RUN.points[now.landed : now.landed + 2, 0]
    assert ends.min() - 1e-12 <= now.point[0] <= ends.max() + 1e-12


@given(share=some.floats(0, 1))
def test_easing_starts_and_ends_at_rest(share):
    """The ease runs from 0 to 1, never backwards, and is symmetric."""
    assert 0 <= ease(share) <= 1
    assert abs(ease(share) + ease(1 - share) - 1) < 1e-12
    assert ease(0.001) < 0.001
