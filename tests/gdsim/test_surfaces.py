"""Every named objective: its gradient, its Hessian, its minima and its formula."""

import math

import numpy as np
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from gdsim import simulate
from gdsim.minima import find_minima
from gdsim.objective import Objective
from gdsim.record import record_from_dict, trajectory_to_dict
from gdsim.surfaces import SURFACES, elongated_bowl

EVERY = pytest.mark.parametrize("objective", SURFACES.values(), ids=SURFACES.keys())
KINKS = {"absolute-value", "ackley"}

# Where the literature puts the minima, to the digits it prints.
PUBLISHED = {
    "rosenbrock": [((1, 1), 0)],
    "beale": [((3, 0.5), 0)],
    "booth": [((1, 3), 0)],
    "matyas": [((0, 0), 0)],
    "himmelblau": [
        ((3, 2), 0),
        ((-2.805118, 3.131312), 0),
        ((-3.779310, -3.283186), 0),
        ((3.584428, -1.848126), 0),
    ],
    "three-hump-camel": [((0, 0), 0), ((1.74755, -0.87378), 0.298638), ((-1.74755, 0.87378), 0.298638)],
    "six-hump-camel": [((0.0898, -0.7126), -1.0316), ((-0.0898, 0.7126), -1.0316)],
    "mccormick": [((-0.54719755, -1.54719755), -1.913222954981)],
    "goldstein-price": [((0, -1), 3), ((-0.6, -0.4), 30), ((1.8, 0.2), 84), ((1.2, 0.8), 840)],
    "styblinski-tang": [((-2.903534, -2.903534), -78.332331407543)],
    "rastrigin": [((0, 0), 0)],
    "ackley": [((0, 0), 0)],
}


def places(objective: Objective, count: int = 25, seed: int = 0) -> np.ndarray:
    """(count, dims): points spread over the domain, the same every time."""
    low, high = np.array(objective.domain).T
    return np.random.default_rng(seed).uniform(low, high, (count, objective.dims))


def differences(function, points: np.ndarray, width: float) -> np.ndarray:
    """(n, dims) -> (n, …, dims): the fourth-order central difference along each axis."""
    slopes = []
    for axis in np.eye(points.shape[-1]):
        near = function(points + width * axis) - function(points - width * axis)
        far = function(points + 2 * width * axis) - function(points - 2 * width * axis)
        slopes.append((8 * near - far) / (12 * width))
    return np.stack(slopes, axis=-1)


@EVERY
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_gradients_are_the_slopes_of_their_values(objective, seed):
    """Every analytic gradient agrees with central differences anywhere in its domain."""
    points = places(objective, 4, seed)
    scale = 1 + np.abs(objective.value(points)).max() + np.abs(objective.gradient(points)).max()

    assert differences(objective.value, points, 1e-4) == pytest.approx(objective.gradient(points), abs=1e-8 * scale)


@EVERY
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_hessians_are_the_slopes_of_their_gradients(objective, seed):
    """Every analytic Hessian is symmetric and agrees with central differences of the gradient."""
    points = places(objective, 4, seed)
    matrices = objective.hessian(points)
    scale = 1 + np.abs(objective.gradient(points)).max() + np.abs(matrices).max()

    assert (4, objective.dims, objective.dims) == matrices.shape
    assert np.array_equal(matrices, np.swapaxes(matrices, -1, -2))
    assert differences(objective.gradient, points, 1e-4) == pytest.approx(matrices, abs=1e-8 * scale)


@EVERY
def test_shapes_follow_the_points(objective):
    """Points (…, dims) give values (…), gradients (…, dims) and Hessians (…, dims, dims), for any (…)."""
    dims = objective.dims
    for leading in ((), (1,), (7,), (2, 3)):
        points = places(objective, math.prod(leading)).reshape(*leading, dims)

        assert np.shape(objective.value(points)) == leading
        assert np.shape(objective.gradient(points)) == (*leading, dims)
        assert np.shape(objective.hessian(points)) == (*leading, dims, dims)


@EVERY
def test_one_point_and_many_give_the_same_bits(objective):
    """A point's value, gradient and Hessian do not depend on the other points."""
    points = places(objective, 2001)
    for function in (objective.value, objective.gradient, objective.hessian):
        assert np.array_equal(np.array([function(point) for point in points]), function(points))


@EVERY
def test_minima_are_stationary(objective):
    """At a known minimum the slope is zero (undefined at a kink), the value as stated, and all around is higher."""
    angles = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    ring = np.stack([np.cos(angles), np.sin(angles)], axis=-1)
    ring = ring if objective.dims == 2 else np.array([[-1.0], [1.0]])
    for minimum in objective.minima:
        point = np.array(minimum.point)
        with np.errstate(invalid="ignore", divide="ignore"):
            slope, bends = objective.gradient(point), objective.hessian(point)

        assert objective.value(point) == pytest.approx(minimum.value, rel=1e-14, abs=1e-12)
        assert (objective.value(point + 1e-3 * ring) > minimum.value).all()
        if objective.name in KINKS and not point.any():
            assert np.isnan(slope).all()
        else:
            assert np.abs(slope).max() <= 2e-15 * max(1, np.abs(point).max()) * max(1, np.abs(bends).max())
            assert np.linalg.eigvalsh(bends)[0] > 0


@EVERY
def test_minima_stand_lowest_first_inside_the_domain(objective):
    """Minima are sorted by their values and lie in the part that is drawn."""
    values = [minimum.value for minimum in objective.minima]
    low, high = np.array(objective.domain).T

    assert sorted(values) == values
    assert all((low < minimum.point).all() and (minimum.point < high).all() for minimum in objective.minima)


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_minima_are_listed(name):
    """Each minimum of the literature is in the table, at the published place and height."""
    for place, value in PUBLISHED[name]:
        digits = 1e-4 if name == "six-hump-camel" else 5e-6 if name == "three-hump-camel" else 1e-6
        match = [one for one in SURFACES[name].minima if np.allclose(one.point, place, rtol=0, atol=digits)]

        assert len(match) == 1
        assert match[0].value == pytest.approx(value, abs=5e-5 if name == "six-hump-camel" else 1e-6)


@pytest.mark.parametrize("name", [name for name, objective in SURFACES.items() if objective.dims == 1])
def test_minima_of_one_variable_are_the_ones_a_search_finds(name):
    """The table's minima are all that a search of the domain finds, to the last digits."""
    objective = SURFACES[name]
    found = sorted(find_minima(objective), key=lambda minimum: minimum.value)

    assert [one.point[0] for one in objective.minima] == pytest.approx([one.point[0] for one in found], rel=1e-15)


@EVERY
def test_starts_lie_in_the_domain_and_have_a_slope(objective):
    """The default start is drawn, and the ball moves from there."""
    low, high = np.array(objective.domain).T

    assert (low < objective.start).all()
    assert (objective.start < high).all()
    assert np.linalg.norm(objective.gradient(np.array(objective.start))) > 1e-3


@EVERY
def test_formulas_compile(objective):
    """Every formula, name and variable is Typst mathematics that compiles."""
    words = f"$ {objective.symbol}({', '.join(objective.variables)}) = {objective.formula} $"

    assert typst.compile(words.encode(), format="svg").startswith(b"<svg")


def test_names_are_keys():
    """An objective's name is the key it is found under."""
    assert list(SURFACES) == [objective.name for objective in SURFACES.values()]


def test_a_kink_has_no_slope():
    """|x| at 0 has a value and no slope: NaN, not a made-up zero."""
    objective = SURFACES["absolute-value"]
    points = np.array([[-2.0], [0.0], [3.0]])

    assert objective.value(points).tolist() == [2.0, 0.0, 3.0]
    assert objective.gradient(points)[:, 0] == pytest.approx([-1, math.nan, 1], nan_ok=True)


def test_the_elongated_bowl_has_the_condition_asked_for():
    """The Hessian's eigenvalues are 1 and the condition number."""
    bowl = elongated_bowl(condition=100)

    assert np.linalg.eigvalsh(bowl.hessian(np.zeros(2))).tolist() == [1, 100]
    assert "100 y^2" in bowl.formula


@pytest.mark.parametrize("condition", [0.5, -1, math.nan, math.inf])
def test_an_impossible_condition_is_refused(condition):
    """A condition number below 1 is refused with a value that works."""
    with pytest.raises(ValueError, match=r"1 or more.*15 shows"):
        elongated_bowl(condition)


def test_a_former_name_warns_and_is_not_listed():
    """`parabola` was the name of x², while the lesson of that name draws (x − 3)²: it warns, and says both names."""
    with pytest.warns(FutureWarning, match=r"called square, x\*\*2; what the lesson parabola draws is shifted"):
        old = SURFACES["parabola"]
    with pytest.warns(FutureWarning, match="called square"):
        assert SURFACES.get("parabola") is old
    with pytest.warns(FutureWarning, match="called square"):
        assert simulate("parabola", start=4, steps=2) == simulate("square", start=4, steps=2)

    assert old is SURFACES["square"]
    assert "parabola" not in SURFACES
    assert (SURFACES.get("none"), SURFACES.get("none", old)) == (None, old)
    with pytest.raises(KeyError, match="none"):
        SURFACES["none"]


def test_a_record_of_a_former_name_is_still_read():
    """A file that was saved when x² was called parabola is a run on it."""
    content = trajectory_to_dict(simulate("square", steps=3)) | {"objective": "parabola"}

    with pytest.warns(FutureWarning, match="called square"):
        assert record_from_dict(content).trajectory() == simulate("square", steps=3)
