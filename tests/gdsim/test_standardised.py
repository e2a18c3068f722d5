"""Fits to standardised inputs, given back in the units of the data."""

from __future__ import annotations

import numpy as np
import pytest

from gdsim import Dataset, descend_in_batches, doubles, line, line_through_origin, logistic, network, two_moons
from gdsim.standardised import from_scaled, in_own_units, scale_of, to_scaled

HOUSES = Dataset("houses", np.array([[50.0], [80.0], [120.0], [65.0]]), np.array([150e3, 240e3, 310e3, 180e3]))
CLASSES = two_moons(rows=20)


@pytest.mark.parametrize(("model", "data"), [(line(), HOUSES), (logistic(2), CLASSES)], ids=["line", "logistic"])
def test_each_point_is_the_same_line(model, data):
    """Predictions, losses and batches are those of the fit to standardised inputs, and gradients are the data's own."""
    scaled = descend_in_batches(model, data.standardised(), batch_size=3, epochs=4, rate=0.1)
    own = in_own_units(scaled, data)

    np.testing.assert_allclose(
        model.predict(own.points, data.inputs), model.predict(scaled.points, scaled.data.inputs), rtol=1e-9
    )
    np.testing.assert_allclose(model.value(own.points, data), scaled.losses, rtol=1e-9)
    np.testing.assert_array_equal(own.gradients, model.gradient(own.points, data))
    np.testing.assert_array_equal(own.batch_gradients[1], model.gradient(own.points[1], data.take(own.rows[1])))
    assert own.data is data
    assert own.objective.name == f"{model.name} on {data.name}"


def test_there_and_back_is_where_one_was():
    """A point keeps its place through both conversions, also many at once."""
    points = np.random.default_rng(1).normal(size=(7, 2))
    scale = scale_of(HOUSES)

    np.testing.assert_allclose(from_scaled(to_scaled(points, scale), scale), points, rtol=1e-12)
    assert from_scaled(np.array([2.0, 5.0]), scale).tolist() == pytest.approx(
        [2 / np.std([50, 80, 120, 65]), 5 - 2 * 78.75 / np.std([50, 80, 120, 65])]
    )


@pytest.mark.parametrize(("model", "data"), [(line_through_origin(), doubles()), (network(2), CLASSES)])
def test_what_has_no_intercept_for_the_mean_is_refused(model, data):
    """A line through the origin of z is none of x, and a network is not linear: one line that says what works."""
    with pytest.raises(ValueError, match=f"for line and logistic, got {model.name}; line works"):
        in_own_units(descend_in_batches(model, data, epochs=1), data)
