"""Windows onto a function of one variable."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdsim import SURFACES, gradient_descent, simulate
from gdsim.expression import parse_objective
from scenes.script.window import (
    close_up,
    first_step_right,
    first_window,
    padded,
    start_close_up,
    stretch,
    wider,
    zoomed,
)

SIDES = st.tuples(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))


def descent(function="(x-3)**2", start=(8.0,), rate=0.1, steps=20):
    return simulate(parse_objective(function), gradient_descent(), rate, start=start, steps=steps)


@pytest.mark.parametrize("function", ["(x-3)**2", "(x-3)**2-200", "-x**2", "1e6*x**2", "1e-6*x**2", "exp(x)", "1/x"])
def test_the_first_window_shows_the_start_and_the_curve(function):
    """Curves below zero, of any size, with poles: the start is in the window, and so is some of the curve."""
    run = simulate(parse_objective(function), gradient_descent(), 1e-7, steps=3)
    left, right, bottom, top = first_window((run,))

    assert left <= run.points[0, 0] <= right
    assert bottom < run.losses[0] < top
    x = np.linspace(left, right, 200)
    values = run.objective.value(x[:, None])
    assert np.mean((values >= bottom) & (values <= top)) > 0.3


def test_a_diverging_run_does_not_flatten_the_picture():
    """Landings far above the start are off the scale."""
    _, _, _, top = first_window((descent(rate=1.2),))

    assert top < 2.5 * 25


@pytest.mark.parametrize("rate", [0.1, 0.9])
@pytest.mark.parametrize("function", ["(x-3)**2", "x**4-3*x**2+x", "-x", "1e6*x**2"])
def test_a_close_up_holds_its_triangle(function, rate):
    """Run and rise of the triangle lie inside the close-up, which is at least eight times as large."""
    run = simulate(parse_objective(function), gradient_descent(), rate, steps=1)
    window, across = start_close_up(run)
    x, y, slope = run.points[0, 0], run.losses[0], run.gradients[0, 0]
    left, right, bottom, top = window
    whole = first_window((run,))

    assert left < x < x + across < right
    assert bottom < min(y, y + slope * across) < max(y, y + slope * across) < top
    assert whole[1] - whole[0] >= 7.99 * (right - left)
    assert float(f"{across:e}".split("e")[0]) in (1.0, 2.0, 5.0)


@given(SIDES, SIDES, st.floats(0, 1))
def test_a_zoom_stays_a_window(one, other, share):
    """Between two windows every picture has a width and a height, and the ends are the windows themselves."""
    before, after = ((x, x + w, y, y + h) for x, w, y, h in (one, other))
    left, right, bottom, top = zoomed(before, after, share)

    assert left < right
    assert bottom < top
    assert zoomed(before, after, 0.0) == pytest.approx(before, rel=1e-6, abs=1e-6)
    assert zoomed(before, after, 1.0) == pytest.approx(after, rel=1e-6, abs=1e-6)


def test_a_wider_window_shows_what_it_must():
    """The sides move out until both places are seen; a window that shows them stays."""
    window = (0.0, 10.0, 0.0, 5.0)

    assert wider(window, 2.0, 8.0) == window
    left, right, _, _ = wider(window, -2.0, 18.0)
    assert left < -2 < 18 < right


def test_a_level_stretch_is_not_flat():
    """A window over a level part of a function still has a height."""
    _, _, bottom, top = stretch(SURFACES["shifted-parabola"], 3.0, 3.0 + 1e-9)

    assert bottom < top
    assert padded((0.0, 1.0, 2.0, 2.0))[3] > 2.0


def test_a_given_run_sets_the_close_up():
    """A close-up for a run of its own shows that run over the same share of the picture."""
    window = (-5.0, 5.0, 0.0, 25.0)
    near, run = close_up(window, 1.0, 1.0, 2.0, 0.01)

    assert run == 0.01
    assert 0.3 < run / (near[1] - near[0]) < 0.4


@pytest.mark.parametrize(("function", "power"), [("(x - 3)**2", 0), ("exp(exp(7.353*x))", -1), ("exp(9000*x)", -2)])
def test_the_second_point_has_a_value(function, power):
    """The first step to the right is as large as fits the picture, and smaller where the curve is infinite there."""
    objective = parse_objective(function)
    run = simulate(objective, steps=0, start=(-8e-5,))

    assert first_step_right(run) == power
    assert np.isfinite(objective.value(run.points[0] + 10.0**power))


def test_a_curve_without_a_second_point_is_refused():
    """Where the function is infinite right of the start, however near, one line says so."""
    run = simulate(parse_objective("3*cosh(8.9e20*x)"), steps=0, start=(-9.6e-72,))

    with pytest.raises(ValueError, match=r"right of its start at -9\.6e-72 .* works"):
        first_step_right(run)
