"""A finished run: frozen to the last number, and known by its digest."""

import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError, fields, replace
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from gdsim import SURFACES, Trajectory, descend_in_batches, doubles, network, parse_objective, simulate
from gdsim.dataset import two_groups, two_moons
from gdsim.objective import Objective
from gdsim.regression import line, logistic
from gdsim.stop import Stop
from gdsim.surfaces import elongated_bowl

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


def fits():
    """One fit of each kind of model."""
    yield descend_in_batches(line(), doubles(), batch_size=2, epochs=2, seed=3)
    yield descend_in_batches(logistic(), two_groups(), epochs=2)
    yield descend_in_batches(network(3, seed=5), two_moons(), batch_size=30, epochs=1)


RUNS = {
    **{name: lambda name=name: simulate(SURFACES[name], rate=1e-3, steps=3) for name in SURFACES},
    "typed": lambda: simulate("x**4 - 3*x**2 + x", optimiser="adam", steps=3),
    "typed with a domain": lambda: simulate(parse_objective("x**2", domain=[(-1, 9)], start=[8]), steps=3),
    "a bowl of its own": lambda: simulate(elongated_bowl(40.0), rate=0.01, steps=3),
    **{f"fit {place}": lambda place=place: list(fits())[place] for place in range(3)},
}


@pytest.mark.parametrize("case", RUNS)
def test_a_run_comes_back_from_a_pickle(case):
    """A run and its pickle are equal and hash alike; what comes back is frozen, and its function is the same one."""
    run = RUNS[case]()
    back = pickle.loads(pickle.dumps(run))

    assert back == run
    assert hash(back) == hash(run)
    assert back.objective.domain == run.objective.domain
    assert back.objective.start == run.objective.start
    assert back.objective.value(run.points).tobytes() == np.asarray(run.objective.value(run.points)).tobytes()
    assert simulate(back.objective, start=run.points[0], rate=1e-3, steps=2).steps == 2
    with pytest.raises(ValueError, match="read-only"):
        back.points[...] = 0


def test_a_pickle_is_read_by_another_process(run, tmp_path):
    """What one process pickled is the same run in another."""
    (tmp_path / "run").write_bytes(pickle.dumps(run))
    script = "import pickle, sys; run = pickle.load(open(sys.argv[1], 'rb')); print(run.digest(), run.objective.name)"
    done = subprocess.run([sys.executable, "-c", script, tmp_path / "run"], capture_output=True, text=True, timeout=60)

    assert done.stdout.split() == [run.digest(), "bowl"], done.stderr


def test_what_was_replaced_survives_a_pickle():
    """A function whose domain was replaced keeps it; one whose value was replaced does not come back as another."""
    wide = replace(SURFACES["bowl"], domain=((-9.0, 9.0), (-9.0, 9.0)))
    mine = replace(SURFACES["bowl"], value=lambda points: points[..., 0])

    assert pickle.loads(pickle.dumps(wide)) == wide
    with pytest.raises((pickle.PicklingError, AttributeError)):
        pickle.dumps(mine)


def one_value(points):
    """A function of a module: it can be pickled by its name."""
    return points[..., 0] ** 2


def test_functions_that_can_be_pickled_need_no_recipe():
    """An Objective of functions that stand in a module is pickled as it is."""
    mine = Objective("mine", one_value, one_value, "x^2", ("x",), ((-1.0, 1.0),), (1.0,))

    assert pickle.loads(pickle.dumps(mine)) == mine


@pytest.mark.parametrize("name", ARRAYS)
def test_one_changed_bit_is_another_run(run, name):
    """Runs are equal by value: a copy is, and a copy with one changed bit is not."""
    array = np.array(getattr(run, name))
    array.flat[-1] = np.nextafter(array.flat[-1], np.inf)

    assert replace(run) == run
    assert len({run, replace(run)}) == 1
    assert replace(run, **{name: array}) != run


def test_names_and_reasons_tell_runs_apart(run):
    """Equal numbers of another function, method or end are another run, and a run is nothing else."""
    others = [
        replace(run, stop=Stop.DIVERGED),
        replace(run, optimiser="adam"),
        replace(run, objective=SURFACES["booth"]),
    ]

    assert run not in others
    assert run != run.points[0, 0]
    assert replace(run, objective=replace(run.objective, domain=((0.0, 1.0),) * 2)) == run


def test_a_fit_is_equal_only_with_its_batches():
    """Another seed of batches that end in the same epoch is another fit."""
    one, two, again = (descend_in_batches(line(), doubles(), batch_size=2, epochs=2, seed=seed) for seed in (3, 4, 3))

    assert one == again
    assert one != two
    assert len({one, again, two}) == 2


def pandas_stand_in() -> ModuleType:
    """The little of pandas that a run uses: what it was given, as it was given."""
    module = ModuleType("pandas")
    module.RangeIndex = lambda stop, name: SimpleNamespace(stop=stop, name=name)
    module.DataFrame = lambda columns, index: SimpleNamespace(columns=columns, index=index)
    return module


def test_a_run_is_a_table_of_pandas(run, monkeypatch):
    """The columns are those of the CSV, one row per step; the last row starts no step, so it has no rate."""
    monkeypatch.setitem(sys.modules, "pandas", pandas_stand_in())
    table = run.to_pandas()
    fit = next(fits()).to_pandas()

    assert (table.index.name, table.index.stop) == ("step", 4)
    assert list(table.columns) == ["loss", "x", "y", "gradient_x", "gradient_y", "learning_rate"]
    assert table.columns["x"].tolist() == run.points[:, 0].tolist()
    assert table.columns["gradient_y"].tolist() == run.gradients[:, 1].tolist()
    assert table.columns["learning_rate"].tolist()[:-1] == [0.1] * 3
    assert np.isnan(table.columns["learning_rate"][-1])
    assert list(fit.columns) == ["loss", "w", "b", "gradient_w", "gradient_b", "learning_rate"]


def test_without_pandas_a_run_says_what_works(run, monkeypatch):
    """Where pandas is missing, one line says so, and what to do instead."""
    monkeypatch.setitem(sys.modules, "pandas", None)

    with pytest.raises(
        ImportError, match=r"needs pandas, which is not installed; pip install pandas, or gdsim.save_csv"
    ):
        run.to_pandas()
