"""Windows of a map of two parameters."""

import numpy as np
import pytest

from gdsim import gradient_descent, simulate
from gdsim.expression import parse_objective
from scenes.script.map_window import arrow_window, map_window, path_window


@pytest.mark.parametrize("start", [(2.0, 1.0), (9e-50, 2.957e79), (1e-150, 1e-150), (1e140, 1.0)])
@pytest.mark.parametrize("window_of", [map_window, arrow_window, path_window])
def test_a_window_has_room_on_both_sides_whatever_the_start(window_of, start):
    """A start of 3e79 with 3 units around it is no window: doubles of that size lie further apart."""
    run = simulate(parse_objective("log(x*y)"), gradient_descent(), 1.0, start=start, steps=3)

    left, right, bottom, top = window_of(run)

    for low, high in ((left, right), (bottom, top)):
        places = np.linspace(low, high, 1000)
        assert np.all(np.diff(places) > 0)
