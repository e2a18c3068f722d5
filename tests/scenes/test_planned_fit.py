"""Fits as the user asks for them: the data that were named, and no others."""

import numpy as np
import pytest

from gdsim.dataset import noisy_line
from scenes.planned_fit import asked_data, file_digest, planned_fit
from scenes.spec import RenderSpec


def test_a_fit_takes_the_specs_values_before_the_lessons():
    """Data, model, batch size, epochs, rate, start and seed are the spec's where it has some."""
    own = planned_fit(RenderSpec("fit"), "doubles", learning_rate=0.02, epochs=3, model="line-through-origin")
    asked = planned_fit(
        RenderSpec(
            "fit",
            data="noisy-line",
            model="line",
            batch_size=8,
            epochs=2,
            learning_rate=0.03,
            start=(1.0, 2.0),
            seed=5,
        ),
        "doubles",
        learning_rate=0.02,
        epochs=3,
        model="line-through-origin",
    )

    assert (own.model.name, own.data.name, own.steps, own.batch_size) == ("line-through-origin", "doubles", 3, 5)
    assert own.learning_rates.tolist() == [0.02] * 3
    assert (asked.model.name, asked.steps, asked.batch_size, asked.seed) == ("line", 10, 8, 5)
    assert asked.learning_rates.tolist() == [0.03] * 10
    assert asked.points[0].tolist() == [1.0, 2.0]
    np.testing.assert_array_equal(asked.data.targets, noisy_line(seed=5).targets)


def test_a_file_that_changes_on_the_way_is_refused(tmp_path):
    """Every process of a render reads the same data, or says that it cannot."""
    path = tmp_path / "points.csv"
    path.write_text("x,y\n1,2\n2,4\n")
    spec = RenderSpec("fit", data=str(path), data_digest=file_digest(str(path)))
    assert asked_data(spec, "doubles").rows == 2
    path.write_text("x,y\n1,2\n2,5\n")

    with pytest.raises(ValueError, match=r"points\.csv has changed .*; type the command again"):
        asked_data(spec, "doubles")


@pytest.mark.parametrize("name", [None, "doubles", "no-such-file.csv"])
def test_what_is_no_file_has_no_digest(name):
    """Data of a name, and files that are not there: reading them says what is wrong."""
    assert file_digest(name) == ""


def test_a_network_has_as_many_hidden_units_as_asked():
    """Two inputs, so many units and one output have 4·hidden + 1 parameters; eight units unless asked."""
    asked = planned_fit(RenderSpec("fit", hidden=3, epochs=1), "two-moons")
    assert (len(asked.points[0]), len(planned_fit(RenderSpec("fit", epochs=1), "two-moons").points[0])) == (13, 33)


def test_only_a_network_has_hidden_units():
    """Another model refuses their number in one line."""
    with pytest.raises(
        ValueError, match=r"^--hidden is for a network, line has no hidden units; --model network works$"
    ):
        planned_fit(RenderSpec("fit", hidden=3), "doubles")
