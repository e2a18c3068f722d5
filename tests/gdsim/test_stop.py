"""The stop rules, alone and together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from gdsim.objective import of_one_variable
from gdsim.optimiser import gradient_descent
from gdsim.simulate import simulate
from gdsim.stop import (
    Here,
    Stop,
    after,
    all_of,
    any_of,
    beyond,
    epoch_limit,
    first_of,
    flat,
    lost,
    norm,
    settled,
    step_limit,
    still,
    worse_than,
)
from gdsim.surfaces import SURFACES

HERE = Here(
    step=6,
    point=np.array([3.0, -4.0]),
    loss=1.0,
    gradient=np.array([0.03, 0.04]),
    previous_loss=1.25,
    previous_point=np.array([3.0, -4.5]),
)
START = HERE._replace(step=0, previous_loss=None, previous_point=None)


def never(here):
    """A rule that never stops a run."""


@pytest.mark.parametrize(
    ("stopping", "going_on", "reason"),
    [
        (flat(0.0501), flat(0.0499), Stop.FLAT),
        (settled(0.2501), settled(0.25), Stop.SETTLED),
        (still(0.5001), still(0.5), Stop.STILL),
        (step_limit(6), step_limit(7), Stop.STEP_LIMIT),
        (epoch_limit(2, 3), epoch_limit(3, 3), Stop.EPOCHS),
        (beyond(3.9), beyond(4.0), Stop.DIVERGED),
        (worse_than(0.9), worse_than(1.0), Stop.DIVERGED),
        (any_of(never, step_limit(6)), any_of(never, never), Stop.STEP_LIMIT),
        (all_of(still(1), step_limit(6)), all_of(still(1), never), Stop.STILL),
        (after(6, flat(1)), after(7, flat(1)), Stop.FLAT),
        (any_of(flat(1), all_of(step_limit(9))), all_of(), Stop.FLAT),
    ],
)
def test_a_rule_stops_just_beyond_its_bound(stopping, going_on, reason):
    """Each rule stops a run on one side of its bound and lets it go on at the other."""
    assert (reason, None) == (stopping(HERE), going_on(HERE))


@pytest.mark.parametrize("rule", [settled(1e9), still(1e9)])
def test_before_the_first_step_nothing_has_changed(rule):
    """A rule about a step's change says nothing at the start."""
    assert rule(START) is None


def test_the_first_of_several_reasons_counts():
    """Rules are asked in their order."""
    assert Stop.STILL is first_of((never, still(1), flat(1)), HERE)
    assert first_of((), HERE) is None


@pytest.mark.parametrize(
    ("rules", "steps", "reason"),
    [
        ((flat(1e-3),), 42, Stop.FLAT),
        ((settled(1e-3),), 22, Stop.SETTLED),
        ((still(1e-3),), 32, Stop.STILL),
        ((step_limit(7),), 7, Stop.STEP_LIMIT),
        ((epoch_limit(3, 4),), 12, Stop.EPOCHS),
        ((), 100, Stop.STEP_LIMIT),
        ((all_of(flat(1e-3), step_limit(50)),), 50, Stop.FLAT),
    ],
)
def test_a_run_ends_at_the_first_step_that_meets_a_rule(rules, steps, reason):
    """On (x − 3)² from 8 at 0.1, where the slope is 10·0.8^t, each rule's step follows from the closed form."""
    run = simulate(SURFACES["shifted-parabola"], gradient_descent(), 0.1, [8.0], 100, rules)

    assert (steps, reason) == (run.steps, run.stop)


def test_the_step_limit_of_a_run_and_of_a_rule_agree():
    """Running n steps and a rule for n steps give the same trajectory."""
    limited = simulate(SURFACES["bowl"], rate=0.1, steps=100, rules=[step_limit(9)])

    assert limited.digest() == simulate(SURFACES["bowl"], rate=0.1, steps=9, rules=()).digest()


@pytest.mark.parametrize("stop", Stop)
def test_every_reason_is_a_sentence(stop):
    """A stop's value can be read aloud: it starts with a capital and ends with a full stop."""
    assert stop.value[0].isupper()
    assert stop.value.endswith(".")
    assert len(stop.value.split()) < 20


@given(arrays(float, some.tuples(some.integers(1, 20), some.integers(1, 6)), elements=some.floats(-1e9, 1e9)))
def test_a_norm_has_the_same_bits_alone_and_among_many(vectors):
    """Ensembles and single runs see the same slope."""
    np.testing.assert_array_equal(norm(vectors), [float(norm(vector)) for vector in vectors])


@pytest.mark.parametrize(
    ("point", "loss", "reason"),
    [
        ([1.0, 2.0], np.nan, Stop.UNDEFINED),
        ([1.0, 2.0], -np.inf, Stop.UNDEFINED),
        ([1.0, 2.0], 3.0, Stop.SLOPELESS),
        ([1.0, 1e160], np.inf, Stop.DIVERGED),
        ([1.0, 1e160], np.nan, Stop.DIVERGED),
        ([-np.inf, 1.0], np.nan, Stop.DIVERGED),
        ([1.0, np.nan], np.nan, Stop.UNCOMPUTABLE),
        ([np.nan, np.inf], np.nan, Stop.UNCOMPUTABLE),
    ],
)
def test_a_lost_run_knows_what_went_missing(point, loss, reason):
    """No value, no slope, no number, or far off the map: each has its own reason."""
    assert reason is lost(np.array(point), loss, 100.0)


def test_a_run_into_the_undefined_ends_before_it():
    """On √x a step to the left of 0 is not taken: the function has no value there."""
    root = of_one_variable(
        value=np.sqrt,
        slope=lambda x: 0.5 / np.sqrt(x),
        bend=lambda x: -0.25 / (x * np.sqrt(x)),
        name="root",
        formula="sqrt(x)",
        variables=("x",),
        domain=((0.0, 4.0),),
        start=(1.0,),
    )
    run = simulate(root, rate=0.5, steps=50)

    assert Stop.UNDEFINED is run.stop
    assert np.all(run.points > 0)


def test_a_run_onto_a_kink_ends_before_it():
    """|x| has no slope at 0, where steps of 0.25 from 1 would land."""
    run = simulate(SURFACES["absolute-value"], rate=0.25, start=[1.0], steps=50)

    assert (run.steps, run.stop) == (3, Stop.SLOPELESS)
    assert run.points[-1, 0] == 0.25
