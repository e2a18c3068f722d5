"""Planes and ticks: numbers fall where they should."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from scenes.stage.layout import Box
from scenes.stage.plot import Plane, ticks


@given(shift=some.floats(-100, 100), size=some.floats(1e-6, 1e6), most=some.integers(2, 10))
def test_ticks_are_few_round_and_inside(shift, size, most):
    """At most so many ticks, evenly spaced by 1, 2 or 5 times a power of ten, none outside."""
    low = shift * size
    found = ticks(low, low + size, most)

    assert len(found) <= most
    assert all(low - 1e-6 * size <= tick <= low + size * (1 + 1e-6) for tick in found)
    if len(found) > 1:
        step = found[1] - found[0]
        lead = float(f"{step:e}".split("e")[0])
        assert min(abs(lead - whole) for whole in (1, 2, 5, 10)) < 1e-3


def test_a_plane_maps_its_corners_to_the_box():
    """The low corner falls on the box's lower left, the high one on its upper right."""
    plane = Plane(Box(-2, -1, 4, 3), (10, 20), (-5, 5))

    np.testing.assert_allclose(plane.to_frame(np.array([10, 20]), np.array([-5, 5])), [[-2, -1], [4, 3]])
    assert plane.holds(15, 0)
    assert not plane.holds(15, 6)


@pytest.mark.parametrize("most", [4, 6])
def test_ordinary_axes_get_enough_ticks(most):
    """From 0 to 20 or −3 to 9 there are numbers to read, and no zero has a sign."""
    assert len(ticks(0, 20, most)) >= 3
    assert len(ticks(-3, 9, most)) >= 2
    assert "-0.0" not in map(str, ticks(-3, 9, most))
