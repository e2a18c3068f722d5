"""An objective carries what a run and a picture need of a function."""

from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from gdsim.objective import of_one_variable, of_two_variables
from gdsim.surfaces import SURFACES, elongated_bowl

DETAILS = {"name": "f", "formula": "f", "variables": ("x",), "domain": ((-1.0, 1.0),), "start": (1.0,)}


def test_dims_counts_the_variables():
    """A function has as many variables as sides to its domain."""
    assert [SURFACES[name].dims for name in ("square", "bowl")] == [1, 2]


def test_curvature_is_the_largest_second_derivative():
    """Of a bowl 40 times more curved across than along, the curvature is 40."""
    assert elongated_bowl(40.0).curvature([1.0, 1.0]) == 40


@pytest.mark.parametrize("name", ["two-valleys", "himmelblau"])
def test_curvature_needs_no_hessian(name):
    """Without a Hessian the gradient is differenced, to seven digits."""
    objective = SURFACES[name]
    point = np.array(objective.start)

    assert replace(objective, hessian=None).curvature(point) == pytest.approx(objective.curvature(point), rel=1e-7)


def test_one_variable_gains_its_axes():
    """A function of x and its derivatives become a function of points (…, 1)."""
    cube = of_one_variable(lambda x: x**3, lambda x: 3 * x**2, lambda x: 6 * x, **DETAILS)
    points = np.array([[1.0], [2.0]])

    assert cube.value(points).tolist() == [1, 8]
    assert cube.gradient(points).tolist() == [[3], [12]]
    assert cube.hessian(points).tolist() == [[[6]], [[12]]]


def test_two_variables_gain_their_axes():
    """Slopes and bends, numbers among them, become gradients (…, 2) and symmetric Hessians (…, 2, 2)."""
    product = of_two_variables(lambda x, y: x * y, lambda x, y: (y, x), lambda x, y: (0.0, 1.0, 0.0), **DETAILS)
    points = np.array([[2.0, 3.0]])

    assert product.value(points).tolist() == [6]
    assert product.gradient(points).tolist() == [[3, 2]]
    assert product.hessian(points).tolist() == [[[0, 1], [1, 0]]]


def test_an_objective_is_frozen():
    """Nothing about an objective changes once it is made."""
    with pytest.raises(FrozenInstanceError):
        SURFACES["bowl"].start = (0.0, 0.0)
