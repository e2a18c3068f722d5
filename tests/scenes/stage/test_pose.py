"""A picture in space fills its box, and stays inside it however the eye sways."""

import numpy as np
import pytest

from scenes.stage.box import Box
from scenes.stage.pose import fill
from scenes.stage.view import View

CUBE = np.array([[x, y, z] for x in (-2, 2) for y in (-2, 2) for z in (-1, 1)], dtype=float)
LABELS = [(np.array([3.0, 0.0, -1.0]), (0.8, 0.4))]
AZIMUTHS = [-1.2, -1.0, -0.8]


@pytest.mark.parametrize("box", [Box(-6, -2, 2, 3), Box(-3, -6, 3, 6), Box(0, 0, 4, 4)])
def test_all_is_inside_and_touches(box):
    """Points and labels lie in the box from every azimuth; two opposite sides are touched."""
    view = View()
    fill(view, box, CUBE, LABELS, AZIMUTHS, [0.6, 0.7, 0.8])
    corners = []
    for azimuth in AZIMUTHS:
        view.set_azimuth(azimuth)
        label, half = view.look(LABELS[0][0])[0], np.array(LABELS[0][1]) / 2
        corners += [view.look(CUBE)[0], [label - half, label + half]]
    low, high = np.concatenate(corners).min(axis=0), np.concatenate(corners).max(axis=0)

    assert (low >= [box.left - 1e-6, box.bottom - 1e-6]).all()
    assert (high <= [box.right + 1e-6, box.top + 1e-6]).all()
    assert np.isclose(high - low, [box.width, box.height], atol=1e-4).any()


def test_a_tall_box_is_seen_from_above_and_a_wide_one_from_the_side():
    """Where height is scarce the eye is low, which makes the picture larger; where width is, it is high."""
    wide, tall = View(), View()
    fill(wide, Box(0, 0, 9, 4), CUBE, LABELS, AZIMUTHS, [0.6, 0.7, 0.8])
    fill(tall, Box(0, 0, 6, 12), CUBE, LABELS, AZIMUTHS, [0.6, 0.7, 0.8])

    assert wide.elevation == 0.6
    assert tall.elevation == 0.8
