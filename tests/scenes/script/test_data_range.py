"""How much of a landscape is shown: the map's domain, its losses, its contours; ranges with room at every scale."""

import numpy as np
import pytest

from gdsim import SURFACES
from scenes.script.data_range import FINEST, contour_levels, logarithmic, loss_range, map_domain, resolution, roomy


def test_the_map_holds_the_start():
    """A start far outside widens the map about its middle until it holds it."""
    domain = map_domain(SURFACES["bowl"], np.array([30.0, 0.0]))

    assert domain[0][0] == -domain[0][1]
    assert domain[0][1] > 30


def test_contours_lie_between_lowest_and_highest():
    """Levels rise, stay within the range, and are closer together near the bottom."""
    levels = contour_levels((-1.0, 3.0))

    assert levels[0] > -1
    assert levels[-1] < 3
    assert (np.diff(levels, n=2) > 0).all()


@pytest.mark.parametrize("name", ["bowl", "himmelblau", "rosenbrock"])
def test_the_start_is_on_the_drawn_part(name):
    """The highest loss shown is above the start's."""
    objective = SURFACES[name]
    start = np.array(objective.start)
    (low, high), _, _ = loss_range(objective, map_domain(objective, start), float(objective.value(start)))

    assert low <= objective.value(start) < high


def test_a_narrow_valley_is_cut_finer():
    """Rosenbrock's valley, a sliver of its map, gets more cells than the bowl, and no more than the bound."""
    cells = {}
    for name in ("bowl", "rosenbrock"):
        objective = SURFACES[name]
        start = np.array(objective.start)
        domain = map_domain(objective, start)
        (_, high), _, _ = loss_range(objective, domain, float(objective.value(start)))
        cells[name] = resolution(objective, domain, high)

    assert cells["bowl"] < cells["rosenbrock"] <= FINEST


def test_level_ground_has_room_above_it():
    """Two numbers that are as good as one make a range as high as they are large."""
    assert roomy(0.0, 0.0) == (0.0, 1.0)
    assert roomy(1e17, 1e17 + 16) == (1e17, 2e17)
    assert roomy(-1e-200, 1e-200) == (-1e-200, 1e-200)


def test_a_logarithmic_height_keeps_ends_and_order():
    """A logarithmic height map runs from 0 to 1 and rises."""
    heights = logarithmic(3.0)(np.linspace(0, 1, 50))

    assert heights[0] == 0
    assert heights[-1] == pytest.approx(1)
    assert (np.diff(heights) > 0).all()
