"""Runs as records and dicts: everything kept, everything checked."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from gdsim import SURFACES, simulate
from gdsim.record import EXAMPLE, Record, record_from_dict, record_of, trajectory_to_dict
from gdsim.stop import Stop
from gdsim.table import DataError

RUN = simulate(SURFACES["bowl"], rate=0.1, steps=2)


def refusal(content):
    """The one line with which a dict is refused."""
    with pytest.raises(DataError) as caught:
        record_from_dict(content, "run.json")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_run_is_this_object():
    """The keys, their order and their values are those that `gdsim simulate --format json` promises."""
    content = trajectory_to_dict(simulate(SURFACES["square"], rate=0.25, start=[8.0], steps=2), scene="parabola")

    assert json.dumps(content) == json.dumps(
        {
            "scene": "parabola",
            "objective": "square",
            "optimiser": "gradient-descent",
            "learning_rate": 0.25,
            "start": [8.0],
            "steps": 2,
            "stop": "step-limit",
            "points": [[8.0], [4.0], [2.0]],
            "losses": [64.0, 16.0, 4.0],
            "gradients": [[16.0], [8.0], [4.0]],
            "learning_rates": [0.25, 0.25],
        }
    )


def test_a_run_without_steps_has_no_learning_rate():
    """If no step was taken there is no rate: null."""
    content = trajectory_to_dict(simulate(SURFACES["bowl"], start=[0.0, 0.0]))

    assert (content["steps"], content["learning_rate"], content["stop"]) == (0, None, "flat")


@pytest.mark.parametrize("name", ["square", "bowl", "himmelblau", "rosenbrock"])
@given(steps=some.integers(0, 12), rate=some.floats(1e-4, 0.01))
def test_a_run_on_a_named_surface_comes_back_whole(name, steps, rate):
    """From dict to trajectory: the same digest, optimiser, and the surface itself."""
    run = simulate(SURFACES[name], rate=rate, steps=steps)
    back = record_from_dict(trajectory_to_dict(run)).trajectory()

    assert back.digest() == run.digest()
    assert (back.objective, back.optimiser) == (run.objective, run.optimiser)


@pytest.mark.parametrize("stop", list(Stop))
def test_every_reason_to_stop_has_a_word_of_its_own(stop):
    """It is written as a word and read back as itself."""
    record = Record(np.zeros((1, 1)), np.zeros(1), np.zeros(1), stop=stop)

    assert record_from_dict(trajectory_to_dict(record)).stop is stop


def test_points_and_losses_are_enough():
    """What a file leaves out is None, and the example that errors quote is a run."""
    record = record_from_dict(json.loads(EXAMPLE))

    assert record.steps == 1
    assert (record.gradients, record.learning_rates, record.stop, record.objective) == (None, None, None, None)


def test_step_numbers_are_written_where_steps_were_left_out():
    """0, 10, 20 comes back as 0, 10, 20; 0, 1, 2 needs no words."""
    sparse = Record(np.zeros((3, 1)), np.zeros(3), np.array([0, 10, 20]))
    content = trajectory_to_dict(sparse)

    assert record_from_dict(content).step_numbers.tolist() == content["step_numbers"] == [0, 10, 20]
    assert "step_numbers" not in trajectory_to_dict(RUN)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"points": None}, "points must be a list"),
        ({"points": []}, "points must be a list of 1 or more points"),
        ({"points": [[1.0, 2.0], [1.0], [1.0, 2.0]]}, "points[1] must be a list of 2 numbers, got 1"),
        ({"points": [[], [], []]}, "points[0] must be a list of 1 numbers, got 0"),
        ({"losses": [1.0, 2.0]}, "losses must be a list of 3 numbers, got 2"),
        ({"losses": [1.0, float("nan"), 2.0]}, "losses[1] must be a finite number, got 'nan'"),
        ({"losses": [1.0, True, 2.0]}, "losses[1] must be a finite number"),
        ({"losses": [1.0, "2", 2.0]}, "losses[1] must be a finite number"),
        ({"losses": [1.0, 10**400, 2.0]}, "losses[1] must be a finite number"),
        ({"gradients": [[1.0, 2.0]]}, "gradients must be a list of 3 points"),
        ({"learning_rates": [0.1]}, "learning_rates must be a list of 2 numbers, got 1"),
        ({"step_numbers": [0, 2, 1]}, "step numbers must be whole"),
        ({"step_numbers": [0, 1, 1.5]}, "step numbers must be whole"),
        ({"steps": 7}, "steps does not agree with points; omit it or write 2"),
        ({"start": [0.0, 0.0]}, "start does not agree with points"),
        ({"stop": "tired"}, "stop must be one of flat, settled"),
        ({"scene": 3}, "scene must be a name in quotes or null"),
    ],
)
def test_a_dict_that_is_no_run_is_refused_by_its_key(change, says):
    """The message names the key, what it must be, and what it is."""
    message = refusal(trajectory_to_dict(RUN) | change)

    assert message.startswith("run.json")
    assert says in message


@pytest.mark.parametrize("content", [None, [], 3, {}, {"points": [[1.0]]}])
def test_what_is_no_run_at_all_is_answered_with_one(content):
    """The message shows the smallest run there is."""
    assert EXAMPLE in refusal(content)


anything = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=5),
    lambda inner: some.lists(inner, max_size=4),
    max_leaves=8,
)
KEYS = ["points", "losses", "gradients", "learning_rates", "step_numbers", "steps", "start", "stop", "scene"]


@given(change=some.dictionaries(some.sampled_from(KEYS), anything, max_size=3))
def test_a_bad_dict_never_raises_anything_but_the_one_error(change):
    """Whatever stands under the keys, it is a record of finite numbers or one DataError on one line."""
    try:
        record, message = record_from_dict(trajectory_to_dict(RUN) | change), ""
    except DataError as error:
        record, message = None, str(error)

    assert "\n" not in message
    assert record is None or np.isfinite(record.points).all()


def test_a_record_becomes_a_run_only_on_the_function_it_ran_on():
    """Losses that are not the objective's own are refused, and so are other dimensions."""
    record = record_of(RUN)

    with pytest.raises(DataError, match="the loss of step 0 is not that of himmelblau"):
        record.trajectory(SURFACES["himmelblau"])
    with pytest.raises(DataError, match="2 coordinates, square has 1"):
        record.trajectory(SURFACES["square"])


def test_a_record_that_leaves_something_out_is_no_run():
    """What is missing is named: a function, the gradients, or steps."""
    whole = trajectory_to_dict(RUN)
    cases = {
        "names no function": {"objective": None},
        "is a run on 'mine'": {"objective": "mine"},
        "has no gradients, stop": {"gradients": None, "stop": None},
        "steps are missing": {"step_numbers": [0, 10, 20]},
    }

    for says, change in cases.items():
        with pytest.raises(DataError, match=says):
            record_from_dict(whole | change).trajectory()


def test_a_record_cannot_be_altered():
    """Its arrays are copies and write-locked."""
    record = record_of(RUN)

    for name in ("points", "losses", "gradients", "learning_rates", "step_numbers"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(record, name)[...] = 0
    with pytest.raises(ValueError, match="losses must be"):
        Record(np.zeros((2, 1)), np.array([1.0, np.inf]), np.arange(2))
