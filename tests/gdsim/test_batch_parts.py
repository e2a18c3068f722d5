"""A long training in parts is the training as a whole, in memory that does not grow with it."""

from __future__ import annotations

import itertools
import tracemalloc

import numpy as np
import pytest

from gdsim import OPTIMISERS, build_optimiser, build_schedule
from gdsim.batch_parts import descend_in_parts
from gdsim.batches import descend_in_batches
from gdsim.dataset import doubles, two_moons
from gdsim.model import objective_on
from gdsim.neural import network
from gdsim.regression import line
from gdsim.stop import Stop


@pytest.mark.parametrize("name", OPTIMISERS)
def test_parts_are_the_whole_to_the_last_bit(name):
    """Whatever the method keeps from step to step, parts of any length join to the run in one piece."""
    data, model = doubles(), line()
    words = (model, data, 2, 7, 3)
    rate = build_schedule("cosine", 0.02, 21)
    whole = descend_in_batches(*words, build_optimiser(name, {}, objective_on(model, data)), rate, rules=())
    parts = list(descend_in_parts(*words, build_optimiser(name, {}, objective_on(model, data)), rate, steps_at_once=7))

    assert len(parts) == 4
    assert [part.stop for part in parts] == [Stop.STEP_LIMIT] * 3 + [whole.stop]
    for field in ("points", "losses"):
        joined = [getattr(parts[0], field)[:1], *(getattr(part, field)[1:] for part in parts)]
        np.testing.assert_array_equal(np.concatenate(joined), getattr(whole, field))
    for field in ("batch_losses", "batch_gradients"):
        np.testing.assert_array_equal(np.concatenate([getattr(part, field) for part in parts]), getattr(whole, field))
    rates = np.concatenate([part.learning_rates for part in parts])
    np.testing.assert_array_equal(rates, whole.learning_rates)


def test_a_run_that_ends_early_ends_the_parts():
    """A training that leaves all numbers behind says why in its last part, and no part follows."""
    parts = list(descend_in_parts(line(), doubles(), 1, 10_000, rate=1e3, steps_at_once=40))

    assert parts[-1].stop is Stop.DIVERGED
    assert len(parts) < 10


@pytest.mark.parametrize("epochs", [0, 1])
def test_there_is_always_a_part(epochs):
    """Nothing to do is a part without a step, which says that its epochs are used up."""
    (part,) = descend_in_parts(line(), doubles(), epochs=epochs)

    assert (part.steps, part.stop) == (epochs, Stop.EPOCHS)


@pytest.mark.parametrize("words", [{"batch_size": 9}, {"batch_size": 0}, {"epochs": -1}, {"seed": -1}])
def test_what_does_not_fit_is_refused(words):
    """The counts are those of `descend_in_batches`."""
    with pytest.raises(ValueError, match=r"works|suits"):
        next(descend_in_parts(line(), doubles(), **words))


def test_memory_does_not_grow_with_the_epochs():
    """Of a hundred thousand epochs, the tenth part takes no more memory than the second."""
    parts = descend_in_parts(network(), two_moons(), 1, 100_000, steps_at_once=120)
    tracemalloc.start()
    try:
        for _ in itertools.islice(parts, 2):
            pass
        early = tracemalloc.get_traced_memory()[0]
        for _ in itertools.islice(parts, 8):
            pass
        late = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()

    assert late < 1.2 * early + 50_000
