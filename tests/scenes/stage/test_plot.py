"""Planes: numbers fall where they should."""

from __future__ import annotations

import numpy as np

from scenes.stage.layout import Box
from scenes.stage.plot import Plane


def test_a_plane_maps_its_corners_to_the_box():
    """The low corner falls on the box's lower left, the high one on its upper right."""
    plane = Plane(Box(-2, -1, 4, 3), (10, 20), (-5, 5))

    np.testing.assert_allclose(plane.to_frame(np.array([10, 20]), np.array([-5, 5])), [[-2, -1], [4, 3]])
    assert plane.holds(15, 0)
    assert not plane.holds(15, 6)
