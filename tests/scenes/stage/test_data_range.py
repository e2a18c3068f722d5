"""What is shown of a run: ranges with room, at every scale, that hold what matters and no more."""

from __future__ import annotations

import numpy as np
import pytest

from gdsim import SURFACES, simulate
from gdsim.expression import parse_objective
from scenes.stage.data_range import chart_range, curve_window, loss_range, map_domain, roomy


def run(function: str, start=None, rate=0.1, steps=20):
    """One run of plain descent."""
    objective = SURFACES.get(function) or parse_objective(function)
    return simulate(objective, rate=rate, start=objective.start if start is None else start, steps=steps)


def test_a_chart_reaches_up_to_the_losses():
    """Losses above the surface are in the chart where it can hold them all: ln(xy) from (1, 1) reaches 6.8."""
    one = run("log(x*y)", (1.0, 1.0), 3.0, 15)
    (_, top), _, _ = loss_range(one.objective, map_domain(one.objective, one.points[0]), float(one.losses[0]))
    low, high = chart_range([one], top)

    assert top < 2 < 6.7 < one.losses.max() < high
    assert low < one.losses.min()


def test_a_chart_of_a_run_that_explodes_stays_readable():
    """Where the losses grow out of all measure the chart ends where its picture does, and the line leaves it."""
    one = run("bowl", (3.0, 4.0), 1.3, 60)

    assert one.losses.max() > 1e5
    assert chart_range([one], 33.0) == (0.0, 33.0)


def test_a_window_holds_the_start_and_the_landings():
    """Whatever is not much higher than the domain is shown, and every start."""
    one = run("(x - 3)**2", (40.0,), 0.9)
    window = curve_window([one])

    assert window.across[0] <= one.points.min()
    assert one.points.max() <= window.across[1]
    assert window.up[0] <= 0
    assert one.losses[0] <= window.up[1]


def test_a_landing_far_beside_the_map_does_not_shrink_it():
    """A ball that was thrown 10⁴⁸ to the side, where the ground is low, leaves the picture as it was."""
    one = run("exp(exp(x))", (4.7,), 0.1)

    assert one.points.min() < -1e48
    assert curve_window([one]).across[0] > -50


@pytest.mark.parametrize(
    ("function", "start"),
    [("1/x", (1e-3,)), ("log(x)", None), ("x**x", None), ("1e-200*x**2", None), ("1e100*x", None), ("tan(x)", (1.0,))],
)
def test_a_window_is_finite_and_has_room(function, start):
    """Poles, places without a value, the smallest and the largest functions: numbers, and low below high."""
    for low, high in curve_window([run(function, start)]):
        assert np.isfinite([low, high]).all()
        assert low < high


def test_level_ground_has_room_above_it():
    """Two numbers that are as good as one make a range as high as they are large."""
    assert roomy(0.0, 0.0) == (0.0, 1.0)
    assert roomy(1e17, 1e17 + 16) == (1e17, 2e17)
    assert roomy(-1e-200, 1e-200) == (-1e-200, 1e-200)
