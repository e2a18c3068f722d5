"""Runs in files: back to the last bit, whole or not there, and nothing else read than what was written."""

import json
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from gdsim import SURFACES, simulate
from gdsim import record_file as files
from gdsim.record import Record
from gdsim.record_file import load, parse, save_csv, save_json, to_csv, to_json
from gdsim.stop import Stop
from gdsim.table import DataError

ARRAYS = ("points", "losses", "gradients", "learning_rates", "step_numbers")
finite = some.floats(allow_nan=False, allow_infinity=False)


@some.composite
def records(draw):
    """Any record there can be, with every number a double can be."""
    rows, dims = draw(some.integers(1, 6)), draw(some.integers(1, 4))
    numbers = draw(some.lists(some.integers(0, 2**53 - 1), min_size=rows, max_size=rows, unique=True).map(sorted))
    return Record(
        points=draw(arrays(float, (rows, dims), elements=finite)),
        losses=draw(arrays(float, rows, elements=finite)),
        step_numbers=np.array(draw(some.sampled_from([numbers, list(range(rows))]))),
        gradients=draw(some.none() | arrays(float, (rows, dims), elements=finite)),
        learning_rates=draw(some.none() | arrays(float, rows - 1, elements=finite)),
        scene=draw(some.none() | some.text(max_size=5)),
        objective=draw(some.none() | some.text(max_size=5)),
        optimiser=draw(some.none() | some.text(max_size=5)),
        stop=draw(some.none() | some.sampled_from(Stop)),
    )


def bits(record):
    """The bytes of every array; None for what is not known."""
    return [None if (array := getattr(record, name)) is None else array.tobytes() for name in ARRAYS]


@given(record=records())
def test_json_gives_a_record_back_to_the_last_bit(record):
    """Numbers, names and the reason survive, minus zero and the smallest double too."""
    back = parse(to_json(record))

    assert bits(back) == bits(record)
    names = ("scene", "objective", "optimiser", "stop")
    assert [getattr(back, name) for name in names] == [getattr(record, name) for name in names]


@given(record=records())
def test_csv_gives_the_numbers_back_to_the_last_bit(record):
    """Whatever is known of points, losses, gradients, rates and steps survives."""
    assert bits(parse(to_csv(record))) == bits(record)


@pytest.mark.parametrize("name", sorted(SURFACES))
def test_a_run_saved_and_loaded_is_the_run(name, tmp_path):
    """On every named surface the loaded trajectory has the digest of the saved one."""
    run = simulate(SURFACES[name], rate=1e-3, steps=25)
    save_json(run, tmp_path / "run.json", scene=name)
    save_csv(run, tmp_path / "run.csv")

    record = load(tmp_path / "run.json")
    assert record.scene == name
    assert record.trajectory().digest() == run.digest()
    assert bits(load(tmp_path / "run.csv")) == bits(record)


def test_json_holds_no_word_that_json_does_not_have(tmp_path):
    """A diverged run is finite numbers all the same: no NaN, no Infinity."""
    run = simulate(SURFACES["himmelblau"], rate=1.0, steps=50)

    assert run.stop is Stop.DIVERGED
    json.loads(to_json(run), parse_constant=lambda word: pytest.fail(f"the file holds {word}"))


@pytest.mark.parametrize("text", ["0,9,3\r\n1,4,2\r\n", '\n {"points": [[3], [2]], "losses": [9, 4]}'])
def test_a_file_is_known_by_what_is_in_it(text, tmp_path):
    """JSON or table is told from the first sign, not from the file's name; a byte order mark is no sign."""
    path = tmp_path / "run.txt"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())

    assert load(path).points.tolist() == [[3], [2]]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"points": [[1.0]],\n "losses": [1.0,]}', "line 2: this is not JSON"),
        ("{", "line 1: this is not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('{"points": [[1.0]], "losses": [%s]}' % ("1" * 5000), "a number that is too long"),
        ('{"points": [[1.0]], "losses": [NaN]}', "losses[0] must be a finite number"),
        ('{"points": [[1.0]], "losses": [1e999]}', "losses[0] must be a finite number"),
        ("[1, 2]", "is not a run"),
    ],
    ids=range(7),
)
def test_json_that_is_no_run_is_refused_with_its_place(text, says):
    """A line where JSON itself is broken, a key where the run is."""
    with pytest.raises(DataError) as caught:
        parse(text)

    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@given(start=some.sampled_from(["{", "[", '{"points":', ""]), text=some.text(max_size=50))
def test_a_bad_text_never_raises_anything_but_the_one_error(start, text):
    """Whatever the text, it is a record or one DataError on one line."""
    try:
        parse(start + text)
        message = ""
    except DataError as error:
        message = str(error)

    assert "\n" not in message


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    """A folder in the way is one clear error; the half-written file is gone."""
    (tmp_path / "run.json").mkdir()

    with pytest.raises(DataError, match=r"run\.json"):
        save_json(simulate(SURFACES["bowl"], steps=2), tmp_path / "run.json")
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]
    with pytest.raises(DataError, match="No such file"):
        save_csv(simulate(SURFACES["bowl"], steps=2), tmp_path / "nowhere" / "run.csv")


def test_a_file_is_no_larger_than_stated(tmp_path, monkeypatch):
    """Beyond the stated size nothing is parsed."""
    save_csv(simulate(SURFACES["bowl"], steps=20), tmp_path / "run.csv")
    monkeypatch.setattr(files, "MAXIMAL_BYTES", 100)

    with pytest.raises(DataError, match=r"larger than 0\.0001 MB"):
        load(tmp_path / "run.csv")


def test_the_same_run_is_the_same_file_in_another_process(tmp_path):
    """Same command, same bytes."""
    program = (
        "import sys; from gdsim import SURFACES, simulate; from gdsim.record_file import save_csv, save_json;"
        "run = simulate(SURFACES['himmelblau'], rate=0.01, steps=30);"
        "save_json(run, sys.argv[1] + '.json'); save_csv(run, sys.argv[1] + '.csv')"
    )
    for name in ("one", "two"):
        subprocess.run([sys.executable, "-c", program, str(tmp_path / name)], check=True)

    for kind in ("json", "csv"):
        assert (tmp_path / f"one.{kind}").read_bytes() == (tmp_path / f"two.{kind}").read_bytes()
