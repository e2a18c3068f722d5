"""A rate for a function that nobody has tuned."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gdsim import SURFACES, simulate
from gdsim.expression import parse_objective
from scenes.suited_rate import suited_rate

FUNCTIONS = ["x**2", "(x-3)**2-50", "cos(x)", "1e6*(x**4-3*x**2+x)", "log(x)**2", "1e-3*x**2", "x*sin(x)", "x**4-x"]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_at_a_suited_rate_the_ball_comes_to_rest(function):
    """From the function's own start, plain descent at the suited rate is flat or nearly so within 200 steps."""
    objective = parse_objective(function)
    run = simulate(objective, rate=suited_rate(objective), steps=200)

    assert abs(run.gradients[-1, 0]) < 1e-3 * np.abs(run.gradients).max()
    assert run.losses[-1] < run.losses[0]


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_the_rate_goes_with_the_scale(scale):
    """A function a million times as high is walked down in the same places, at a millionth of the rate."""
    rate = suited_rate(parse_objective(f"{scale!r}*(x**4 - 3*x**2 + x)"))

    assert rate * scale == pytest.approx(suited_rate(parse_objective("x**4 - 3*x**2 + x")), rel=0.06)


def test_the_valleys_own_rate_is_what_would_be_chosen():
    """For the two valleys of the lesson the choice is its own 0.02, give or take a tenth."""
    assert suited_rate(SURFACES["two-valleys"]) == pytest.approx(0.02, rel=0.1)


def test_where_nothing_asks_for_a_rate_it_is_a_tenth():
    """A function that is level all over its domain, or has no slope there, leaves the usual 0.1."""
    level = replace(SURFACES["parabola"], gradient=lambda points: 0 * points, minima=())

    assert suited_rate(level) == 0.1
    assert suited_rate(replace(level, gradient=lambda points: np.nan * points)) == 0.1
