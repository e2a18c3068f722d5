"""Runs made side by side: the very runs that are made alone."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from gdsim import SURFACES, simulate
from gdsim.expression import parse_objective
from gdsim.many_runs import simulate_each
from gdsim.methods import OPTIMISERS, build_optimiser
from gdsim.schedule import build_schedule

PLACES = np.linspace(-2.0, 2.0, 7)


def alike(one, other) -> bool:
    """Whether two runs share every bit, and the reason why they ended."""
    return one.digest() == other.digest() and one.stop is other.stop and one.optimiser == other.optimiser


@pytest.mark.parametrize("name", OPTIMISERS)
def test_each_is_the_run_made_alone(name):
    """Points, losses, slopes, rates and the end are the same to the last bit, for every method."""
    for objective in (SURFACES["two-valleys"], parse_objective("sin(3*x) + 0.1*x**4 - exp(-x)")):
        method = build_optimiser(name, {}, objective)
        together = simulate_each(objective, method, 0.05, PLACES[:, None], 40)
        alone = [simulate(objective, method, 0.05, [place], 40) for place in PLACES]

        assert all(map(alike, together, alone))


def test_a_schedule_gives_each_its_rates():
    """The rates of a run that ends early are the schedule's first ones."""
    rate = build_schedule("cosine", 0.1, 60, {})
    together = simulate_each(SURFACES["square"], None, rate, PLACES[:, None], 60)
    alone = [simulate(SURFACES["square"], None, rate, [place], 60) for place in PLACES]

    assert all(map(alike, together, alone))
    assert len({one.steps for one in together}) > 1


def test_two_variables_work_alike():
    """Runs over a surface, too, are the ones made alone."""
    starts = [(0.5, -1.0), (3.0, 3.0), (-4.9, 4.9)]
    together = simulate_each(SURFACES["himmelblau"], None, 0.02, starts, 50)

    assert all(
        alike(one, simulate(SURFACES["himmelblau"], None, 0.02, start, 50)) for one, start in zip(together, starts)
    )


def test_a_start_without_a_value_is_refused():
    """As in `simulate`, one line says which."""
    with pytest.raises(ValueError, match=r"^log\(x\) has no finite value and slope at \[-1.0\]; start elsewhere$"):
        simulate_each(parse_objective("log(x)"), None, 0.1, [[1.0], [-1.0]], 10)


def test_runs_that_end_out_of_all_measure_end_quietly():
    """A landing at 1e200, whose distance no square can tell, gives the run made alone, and no warning."""
    objective = parse_objective("exp(-x)")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        together = simulate_each(objective, None, 1e200, PLACES[:, None], 5)

    assert all(alike(one, simulate(objective, None, 1e200, [place], 5)) for one, place in zip(together, PLACES))
    assert max(abs(one.points).max() for one in together) > 1e199


def test_each_run_may_have_a_rate_of_its_own():
    """With a rate for each start, every run is the one that its rate makes alone, also where some diverge."""
    rates = np.geomspace(1e-3, 1e3, 19)
    together = simulate_each(SURFACES["square"], None, rates, np.full((19, 1), 3.0), 40)

    assert all(alike(one, simulate(SURFACES["square"], None, rate, [3.0], 40)) for one, rate in zip(together, rates))
    assert [one.learning_rates[0] for one in together] == rates.tolist()
    assert len({one.steps for one in together}) > 1
