"""A finished run: frozen to the last number, and known by its digest."""

from dataclasses import FrozenInstanceError, fields, replace

import numpy as np
import pytest

from gdsim import SURFACES, Trajectory, simulate
from gdsim.stop import Stop

ARRAYS = ("points", "losses", "gradients", "learning_rates")


@pytest.fixture
def run():
    return simulate(SURFACES["bowl"], rate=0.1, steps=3)


@pytest.mark.parametrize("name", ARRAYS)
def test_no_number_of_a_run_can_be_altered(run, name):
    """Neither a field nor an element of its arrays can be set."""
    with pytest.raises(ValueError, match="read-only"):
        getattr(run, name)[...] = 0
    with pytest.raises(FrozenInstanceError):
        setattr(run, name, None)


def test_a_run_does_not_share_its_arrays_with_whoever_made_it(run):
    """It keeps copies: the caller's arrays stay writable, and cannot change the run."""
    mine = {name: np.array(getattr(run, name)) for name in ARRAYS}
    copy = Trajectory(run.objective, run.optimiser, stop=run.stop, **mine)
    for array in mine.values():
        array[...] = 7

    assert copy.digest() == run.digest()


@pytest.mark.parametrize("name", ARRAYS)
def test_shapes_that_disagree_are_refused(run, name):
    """Points rule: as many losses and gradients, and one rate fewer."""
    with pytest.raises(ValueError, match="shape"):
        replace(run, **{name: np.zeros((7, 2) if name in ("points", "gradients") else 9)})


@pytest.mark.parametrize("name", ARRAYS)
def test_one_changed_bit_changes_the_digest(run, name):
    """The digest is of every number."""
    array = np.array(getattr(run, name))
    array.flat[-1] = np.nextafter(array.flat[-1], np.inf)

    assert replace(run, **{name: array}).digest() != run.digest()


def test_another_reason_changes_the_digest(run):
    """Equal numbers that ended for another reason are another run."""
    assert replace(run, stop=Stop.DIVERGED).digest() != run.digest()


def test_a_run_holds_the_fields_that_its_files_promise():
    """The fields are these, and a new one must find its way into files."""
    assert [field.name for field in fields(Trajectory)] == ["objective", "optimiser", *ARRAYS, "stop"]
