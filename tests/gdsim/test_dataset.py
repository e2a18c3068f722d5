"""Rows to learn from: files read as they were written or refused in one line, drawn data decided by its seed."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from gdsim import dataset
from gdsim.dataset import (
    DATASETS,
    Dataset,
    doubles,
    noisy_line,
    parse_csv,
    raised_line,
    read_csv,
    two_clouds,
    two_groups,
    two_moons,
)
from gdsim.table import DataError

numbers = some.floats(allow_nan=False, allow_infinity=False)


def refusal(text: str) -> str:
    """The one-line message with which `text` is refused."""
    with pytest.raises(DataError) as caught:
        parse_csv(text, "points.csv")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def read_or_refused(read):
    """What `read` returned and no message, or None and the message of its DataError."""
    try:
        return read(), ""
    except DataError as error:
        return None, str(error)


@pytest.mark.parametrize(
    "text",
    [
        "x,y\n1,2\n2,4\n",
        "1,2\n2,4",
        "x,y\r\n1,2\r\n2,4\r\n",
        "x,y\r1,2\r2,4\r",
        "\n\nhours, marks \n 1 , 2 \n\n2,4\n\n",
        '"x","y"\n"1","2"\n"2","4"\n',
        "1.0,2e0\n+2,4.\n",
    ],
)
def test_a_table_reads_the_same_however_it_was_saved(text):
    """With or without a header, blank lines, spaces and quotes, and with any line ending, the rows are the same."""
    data = parse_csv(text)

    assert data.inputs.tolist() == [[1.0], [2.0]]
    assert data.targets.tolist() == [2.0, 4.0]


def test_a_byte_order_mark_is_no_part_of_the_first_field(tmp_path):
    """A file that begins with a byte order mark, as spreadsheets save it, reads like one without."""
    path = tmp_path / "points.csv"
    path.write_bytes(b"\xef\xbb\xbf1,2\r\n2,4\r\n")

    assert read_csv(path).targets.tolist() == [2.0, 4.0]


def test_three_columns_are_two_inputs_and_an_answer():
    """In x1,x2,y the last column is the target."""
    data = parse_csv("x1,x2,y\n1,2,0\n3,4,1\n")

    assert (data.features, data.targets.tolist()) == (2, [0.0, 1.0])


def test_a_row_that_stands_twice_counts_twice():
    """A repeated measurement is data, not a mistake."""
    assert parse_csv("1,2\n1,2\n2,4\n").rows == 3


@given(rows=some.lists(some.tuples(numbers, numbers), min_size=2, max_size=20))
def test_written_rows_read_back_exactly(rows):
    """A number written with repr is read to the same bits."""
    data = parse_csv("\n".join(f"{x!r},{y!r}" for x, y in rows))

    np.testing.assert_array_equal(data.inputs[:, 0], [x for x, _ in rows])
    np.testing.assert_array_equal(data.targets, [y for _, y in rows])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no rows of numbers"),
        ("\n \n", "no rows of numbers"),
        ("x,y\n", "no rows of numbers"),
        ("1,2\n", "only one row"),
        ("x,y\n1,2\n2,abc\n", "line 3: 'abc' is not a number"),
        ("1,2\n\n2\n", "line 3: 1 column instead of 2"),
        ("1,2\n2,3,4\n", "line 2: 3 columns instead of 2"),
        ("1,2\n2,\n", "line 2: a field is empty"),
        ("1,2\nnan,3\n", "line 2: 'nan' is not finite"),
        ("1,2\n3,1e999\n", "line 2: '1e999' is not finite"),
        ("1,2\n1_0,3\n", "line 2: '1_0' is not a number"),
        ("1;2\n2;4\n", "line 1: columns are separated by semicolons"),
        ("x\ty\n1\t2\n", "line 1: columns are separated by tabs"),
        ("1\n2\n", "1 column;"),
        ("1,2,3,4\n1,2,3,4\n", "4 columns;"),
        ("y,x\n1,2\n2,4\n", "y before 'x'"),
        ("x,X\n1,2\n2,4\n", "names a column twice"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_its_line_and_what_works(text, says):
    """The message names the file, the line, the fault, and ends with what works."""
    message = refusal(text)

    assert message.startswith("points.csv")
    assert says in message
    assert "1.5" in message or "works" in message


def test_many_bad_rows_make_one_error():
    """Three faults are named by line and the rest are counted."""
    message = refusal("1,2\n" + "a,b\n" * 9)

    assert "line 2: 'a' is not a number; line 3: 'a' is not a number; line 4:" in message
    assert "and 6 more lines" in message


def test_a_table_is_no_larger_than_stated(tmp_path, monkeypatch):
    """Rows and bytes beyond the stated size are refused, and the message states it."""
    assert "keep 100000 or fewer" in refusal("1,2\n" * 100_001)

    monkeypatch.setattr(dataset, "MAXIMAL_BYTES", 10)
    path = tmp_path / "points.csv"
    path.write_text("1,2\n" * 3)
    with pytest.raises(DataError, match="larger than 1e-05 MB"):
        read_csv(path)


@pytest.mark.parametrize(
    ("content", "says"), [(b"1,2\n\xff\xfe,3\n", "line 2: this is not UTF-8"), (None, "No such file")]
)
def test_a_file_that_is_no_text_or_not_there_is_refused(tmp_path, content, says):
    """Another encoding and a missing file raise the same kind of error."""
    path = tmp_path / "points.csv"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(DataError, match=says):
        read_csv(path)


@given(text=some.text(alphabet=some.sampled_from('0123456789.,;-+eExyna"\r\n\t \x00\x0b\ufeff²٣'), max_size=60))
def test_a_bad_table_never_raises_anything_but_the_one_error(text):
    """Whatever the text, it is a dataset of finite numbers or one DataError on one line."""
    data, message = read_or_refused(lambda: parse_csv(text))

    assert "\n" not in message
    assert data is None or (data.rows >= 2 and np.isfinite(data.inputs).all())


@given(content=some.binary(max_size=80))
def test_a_file_of_any_bytes_never_raises_anything_but_the_one_error(tmp_path_factory, content):
    """Whatever the bytes, reading the file gives a dataset or one DataError."""
    path = tmp_path_factory.mktemp("bytes") / "points.csv"
    path.write_bytes(content)
    data, message = read_or_refused(lambda: read_csv(path))

    assert "\n" not in message
    assert data is None or data.rows >= 2


def test_the_five_points_are_the_articles():
    """X = 1 … 5, Y = 2 … 10."""
    data = doubles()

    assert data.inputs.tolist() == [[1], [2], [3], [4], [5]]
    assert data.targets.tolist() == [2, 4, 6, 8, 10]


def test_standardised_inputs_have_mean_0_and_spread_1():
    """Each input less its mean, over its standard deviation; the targets stay."""
    data = two_moons(seed=3)
    scaled = data.standardised()

    np.testing.assert_allclose(scaled.inputs.mean(axis=0), 0, atol=1e-14)
    np.testing.assert_allclose(scaled.inputs.std(axis=0), 1, rtol=1e-13)
    np.testing.assert_allclose(scaled.inputs * data.inputs.std(axis=0) + data.inputs.mean(axis=0), data.inputs)
    assert scaled.targets.tolist() == data.targets.tolist()
    with pytest.raises(ValueError, match="hardly changes"):
        Dataset("flat", np.full((3, 1), 1e6), np.arange(3.0)).standardised()


def test_the_moons_without_noise_are_two_half_circles():
    """Each row lies at distance 1 from the middle of its own moon: (0, 0) or (1, ½)."""
    data = two_moons(rows=31, noise=0.0)

    middles = np.where(data.targets[:, None] == 0, [0.0, 0.0], [1.0, 0.5])
    np.testing.assert_allclose(np.hypot(*(data.inputs - middles).T), 1, rtol=1e-14)
    assert data.targets.sum() == 15


def test_clouds_without_noise_are_two_places():
    """Zeros are at (0, 0) and ones at (2, 1), in turn."""
    data = two_clouds(rows=5, noise=0.0)

    assert data.inputs.tolist() == [[0, 0], [2, 1], [0, 0], [2, 1], [0, 0]]
    assert data.targets.tolist() == [0, 1, 0, 1, 0]


def test_a_line_without_noise_lies_on_the_line():
    """Every row obeys y = slope · x + intercept."""
    data = noisy_line(rows=9, slope=-1.5, intercept=4.0, noise=0.0)

    np.testing.assert_allclose(data.targets, 4 - 1.5 * data.inputs[:, 0], rtol=1e-15)

    data = raised_line(noise=0.0)

    assert data.inputs[:, 0].tolist() == [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5]
    np.testing.assert_allclose(data.targets, 4 + data.inputs[:, 0], rtol=1e-15)


@pytest.mark.parametrize("name", sorted(DATASETS))
def test_a_seed_draws_the_same_rows_in_another_process(name):
    """The same seed gives the same bytes, also in another process."""
    program = (
        "import sys; from gdsim.dataset import DATASETS; data = DATASETS[sys.argv[1]](7);"
        "sys.stdout.buffer.write(data.inputs.tobytes() + data.targets.tobytes())"
    )
    there = subprocess.run([sys.executable, "-c", program, name], capture_output=True, check=True).stdout

    here = DATASETS[name](7)
    assert there == here.inputs.tobytes() + here.targets.tobytes()


@pytest.mark.parametrize("draw", [noisy_line, raised_line, two_clouds, two_groups, two_moons])
def test_another_seed_draws_other_rows(draw):
    """The seed determines the noise."""
    one, other = draw(seed=1), draw(seed=2)

    assert (one.inputs.tolist(), one.targets.tolist()) != (other.inputs.tolist(), other.targets.tolist())


@pytest.mark.parametrize(
    "wrong", [{"rows": 1}, {"rows": 10**9}, {"noise": -1.0}, {"noise": float("nan")}, {"seed": -1}]
)
def test_data_that_cannot_be_drawn_are_refused_with_what_works(wrong):
    """Counts, noise and seeds out of range are named, with a value that works."""
    with pytest.raises(ValueError, match=r"must be .*; .* (suits|works)"):
        two_moons(**wrong)


def test_a_dataset_cannot_be_altered():
    """Its arrays are read-only copies, so that what was fitted is what is shown."""
    mine = np.ones((2, 1))
    data = Dataset("mine", mine, np.ones(2))
    mine[0] = 5

    assert data.inputs[0, 0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        data.targets[0] = 2.0


@pytest.mark.parametrize(("inputs", "targets"), [([1.0, 2.0], [1.0, 2.0]), ([[1.0]], [1.0, 2.0]), ([[np.inf]], [1.0])])
def test_rows_and_answers_must_fit(inputs, targets):
    """Shapes that disagree and numbers that are not finite are refused."""
    with pytest.raises(ValueError, match=r"mine (needs|contains)"):
        Dataset("mine", np.array(inputs), np.array(targets))
