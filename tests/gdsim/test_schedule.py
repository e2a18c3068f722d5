"""The schedules, by their formulas and by what a user types."""

import numpy as np
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as some

from gdsim.optimiser import gradient_descent
from gdsim.schedule import (
    SCHEDULES,
    build_schedule,
    constant,
    cosine,
    exponential,
    inverse_time,
    step_decay,
    warmup_cosine,
)
from gdsim.simulate import simulate
from gdsim.surfaces import SURFACES


@pytest.mark.parametrize(
    ("schedule", "rates"),
    [
        (constant(0.4), [0.4, 0.4, 0.4, 0.4, 0.4]),
        (step_decay(0.4, every=2, factor=0.5), [0.4, 0.4, 0.2, 0.2, 0.1]),
        (exponential(0.4, factor=0.5), [0.4, 0.2, 0.1, 0.05, 0.025]),
        (cosine(0.4, period=4), [0.4, 0.2 + 0.2 / 2**0.5, 0.2, 0.2 - 0.2 / 2**0.5, 0.0]),
        (warmup_cosine(0.4, period=4, warmup=2, warmup_start=0.5, lowest=0.1), [0.2, 0.3, 0.4, 0.25, 0.1]),
        (inverse_time(0.4, decay=1.0), [0.4, 0.2, 0.4 / 3, 0.1, 0.08]),
    ],
)
def test_a_schedule_follows_its_formula(schedule, rates):
    """The first five rates of each schedule, worked out by hand."""
    np.testing.assert_allclose([schedule(step) for step in range(5)], rates, rtol=1e-14, atol=1e-16)


@pytest.mark.parametrize("name", SCHEDULES)
@given(rate=some.floats(1e-4, 10), steps=some.integers(6, 200))
def test_no_schedule_exceeds_its_rate(name, rate, steps):
    """During the run every rate lies between 0 and the one asked for."""
    schedule = build_schedule(name, rate, steps)
    rates = np.array([schedule(step) for step in range(steps)])

    assert np.all(rates >= 0)
    assert np.all(rates <= rate * (1 + 1e-15))


@pytest.mark.parametrize("name", ["cosine", "warmup-cosine"])
def test_a_wave_spans_the_run_unless_told_otherwise(name):
    """Without a period the rate reaches its lowest just after the run's last step."""
    whole, told = build_schedule(name, 0.1, 40), build_schedule(name, 0.1, 40, {"T_max": "20", "eta_min": 0.01})

    assert whole(40) == pytest.approx(0.0, abs=1e-17)
    assert told(20) == pytest.approx(0.01, abs=1e-17)


def test_the_run_keeps_the_rate_of_every_step():
    """A trajectory's learning rates are the schedule's, one per step, and the steps are that long."""
    run = simulate(SURFACES["shifted-parabola"], gradient_descent(), inverse_time(0.3), steps=12)

    np.testing.assert_array_equal(run.learning_rates, [0.3 / (1 + 0.1 * step) for step in range(12)])
    np.testing.assert_allclose(np.diff(run.points[:, 0]), -run.learning_rates * run.gradients[:-1, 0], rtol=1e-13)


def test_a_rate_that_is_not_finite_is_refused():
    """A schedule that returns infinity stops the run with one clear line."""
    with pytest.raises(ValueError, match="a learning rate must be finite, got inf at step 3"):
        simulate(SURFACES["bowl"], rate=lambda step: np.inf if step == 3 else 0.1)


@pytest.mark.parametrize(
    ("name", "settings", "words"),
    [
        ("cosin", {}, "there is no schedule 'cosin', did you mean cosine? Choose from constant, step,"),
        ("constant", {"factor": 1}, "constant has no settings, got 'factor'"),
        ("step", {"factor": 0}, "step's factor must be above 0 and at most 1, got 0; 0.1 works"),
        ("step", {"every": "0"}, "step's every must be a whole number, 1 or more, got 0; 30 works"),
        ("exponential", {"gama": 1}, "exponential has no setting 'gama', did you mean gamma? It has factor"),
        ("warmup-cosine", {"warmup": 40}, "the period must be longer than the warmup of 40 steps, got 40"),
    ],
)
def test_a_wrong_word_is_answered_with_one_that_works(name, settings, words):
    """The message names the rule, the value, and what works."""
    with pytest.raises(ValueError, match=r"^[^\n]+$") as refusal:
        build_schedule(name, 0.1, 40, settings)

    assert str(refusal.value).startswith(words)


def test_every_formula_is_typst():
    """The rates of the table compile as Typst mathematics."""
    source = "\n".join(f"$ {plan.formula} $" for plan in SCHEDULES.values())

    assert typst.compile(source.encode(), format="svg")


@pytest.mark.parametrize("name", SCHEDULES)
def test_every_schedule_quotes_its_equation(name):
    """A schedule's docstring holds its αₜ."""
    assert "αₜ =" in SCHEDULES[name].build.__doc__
