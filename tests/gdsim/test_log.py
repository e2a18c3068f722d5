"""Logs of anyone's training loop: read however their columns are called, or refused by line."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from gdsim import SURFACES, descend_in_batches, line, line_through_origin, logistic, network, simulate, two_moons
from gdsim.dataset import doubles
from gdsim.log import coordinates, parse_log, to_csv
from gdsim.record import record_of
from gdsim.table import DataError


def refusal(text):
    """The one line with which a log is refused."""
    with pytest.raises(DataError) as caught:
        parse_log(text, "log.csv")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_run_is_this_table():
    """Row k holds the point, the loss and the gradient there, and the rate of the step that leaves it."""
    run = simulate(SURFACES["bowl"], rate=0.25, start=[4.0, 8.0], steps=1)

    assert to_csv(record_of(run)) == (
        "step,loss,x,y,gradient_x,gradient_y,learning_rate\n0,80.0,4.0,8.0,8.0,16.0,0.25\n1,20.0,2.0,4.0,4.0,8.0,\n"
    )


@pytest.mark.parametrize("dims", [1, 2, 3, 33])
def test_any_number_of_coordinates_comes_back(dims):
    """x; x,y; or x1,x2,…: the columns that are written are the ones that are read."""
    points = np.random.default_rng(dims).normal(size=(3, dims))
    header = ",".join(["step", "loss", *coordinates(dims)])
    rows = [",".join([str(step), "1.5", *map(repr, row)]) for step, row in enumerate(points.tolist())]

    np.testing.assert_array_equal(parse_log("\n".join([header, *rows])).points, points)


FITS = {
    "w": (line_through_origin(), doubles()),
    "w,b": (line(), doubles()),
    "w1,w2,b": (logistic(2), two_moons(rows=12)),
    ",".join(f"theta{place}" for place in range(1, 10)): (network(2), two_moons(rows=12)),
}


@pytest.mark.parametrize("names", FITS)
def test_a_fits_columns_are_its_parameters(names):
    """The table of a fit names its columns after the model's parameters, and is read again as the same numbers."""
    run = descend_in_batches(*FITS[names], epochs=2)
    text = to_csv(record_of(run))

    slopes = ",".join(f"gradient_{name}" for name in names.split(","))
    assert text.splitlines()[0] == f"step,loss,{names},{slopes},learning_rate"
    assert parse_log(text).points.tolist() == run.points.tolist()
    assert parse_log(text).gradients.tolist() == run.gradients.tolist()


@pytest.mark.parametrize("names", [("u", "v"), ("b", "w"), ("W", "b"), ("w",), ("x", "loss")])
def test_names_that_a_log_may_not_have_are_not_written(names):
    """Where the columns could not be read again in their order, they are x and y."""
    assert coordinates(2, names) == ["x", "y"]


@pytest.mark.parametrize(
    "header",
    [
        "step,loss,x,y",
        "Epoch, Cost, W, B",
        "iteration,train_loss,theta_1,theta_2",
        "iter,Error,θ₀,θ₁",
        "steps,loss,w0,w1",
        "epoch,loss,weight,bias",
    ],
)
def test_columns_are_known_by_any_of_their_names(header):
    """Case, spaces, underscores, Greek letters and subscripts do not matter."""
    record = parse_log(f"{header}\n0,9,3,1\n1,4,2,0.5\n")

    assert record.points.tolist() == [[3, 1], [2, 0.5]]
    assert record.losses.tolist() == [9, 4]
    assert (record.gradients, record.learning_rates, record.objective, record.ignored) == (None, None, None, ())


def test_columns_are_found_in_any_order_and_the_rest_is_told():
    """Columns that are not understood are not read, whatever they hold, and are named."""
    record = parse_log(",lr,val_loss,loss,x,step,epoch,note\n0,0.1,-,9,3,0,0,first\n1,,-,4,2,5,0,\n")

    assert record.step_numbers.tolist() == [0, 5]
    assert record.learning_rates.tolist() == [0.1]
    assert record.ignored == ("", "val_loss", "epoch", "note")


def test_a_trainers_rate_in_the_last_row_is_of_a_step_that_was_not_taken():
    """Training loops write a rate into every row; that of the last row was not used."""
    assert parse_log("step,loss,x,lr\n0,9,3,0.1\n1,4,2,0.2\n").learning_rates.tolist() == [0.1]


@pytest.mark.parametrize("word", ["gradient", "grad_x", "Slope X", "gradient_x"])
def test_a_gradient_is_read_where_there_is_one(word):
    """With a single coordinate the gradient needs no second name."""
    assert parse_log(f"step,loss,x,{word}\n0,9,3,6\n").gradients.tolist() == [[6]]


def test_half_a_gradient_is_none():
    """Where one of its columns is missing the gradient is not known."""
    record = parse_log("step,loss,x,y,gradient_x\n0,9,3,0,6\n")

    assert record.gradients is None
    assert record.ignored == ("gradient_x",)


@pytest.mark.parametrize("text", ["0,9,3\n1,4,2\n", "0,9,3\r\n1,4,2\r\n", "\n0, 9, 3\n\n1, 4, 2"])
def test_without_a_header_the_order_is_step_loss_point(text):
    """Three columns of numbers are step, loss and x."""
    record = parse_log(text)

    assert (record.losses.tolist(), record.points.tolist()) == ([9, 4], [[3], [2]])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no rows of numbers"),
        ("step,loss,x\n", "no rows of numbers"),
        ("step,x\n0,3\n", "no column loss"),
        ("loss,x\n9,3\n", "no column step"),
        ("step,loss\n0,9\n", "no column x; name them x"),
        ("step,loss,x,w\n0,9,3,3\n", "ambiguous coordinates: x, w"),
        ("step,loss,w1,w2,y\n0,9,3,3,1\n", "ambiguous coordinates: y, w1, w2"),
        ("step,loss,w1,w2,b,bias\n0,9,3,3,1,1\n", "ambiguous coordinates: b, bias, w1, w2"),
        ("step,loss,x1,x3\n0,9,3,3\n", "numbers its coordinates x1, x3"),
        ("step,loss,x1,theta2\n0,9,3,3\n", "numbers its coordinates theta2, x1"),
        ("step,loss,Loss,x\n0,9,9,3\n", "two columns named 'loss'"),
        ("0,9\n1,4\n", "no header and 2 columns"),
        ("step,loss,x\n0,9,3\n1,oops,2\n", "line 3: 'oops' is not a number"),
        ("step,loss,x\n0,9,3\n1,nan,2\n", "line 3: 'nan' is not finite"),
        ("step,loss,x\n0,9,3\n1,4\n", "line 3: 2 columns instead of 3"),
        ("step,loss,x\n0,9,3\n0,4,2\n", "line 3: step 0 does not come after step 0"),
        ("step,loss,x\n0.5,9,3\n", "line 2: step 0.5 is not a whole number"),
        ("step,loss,x\n-1,9,3\n", "line 2: step -1 is not a whole number, 0 or more"),
        ("step,loss,x,lr\n0,9,3,\n1,4,2,0.1\n", "line 2: a field is empty"),
        ("step;loss;x\n0;9;3\n", "line 1: columns are separated by semicolons"),
    ],
)
def test_a_log_that_cannot_be_read_is_refused_with_its_line_and_what_works(text, says):
    """The message names the file, the line, the fault, and ends with what works."""
    message = refusal(text)

    assert message.startswith("log.csv")
    assert says in message
    assert "works" in message or "name them" in message or "add a header such as step,loss,x" in message


words = some.sampled_from(
    ["step", "loss", "x", "y", "w", "b", "x1", "x2", "θ", "lr", "gradient", "gradient_x", "", "ſ"]
)
fields = some.sampled_from(["0", "1", "2", "-3.5", "1e400", "nan", "", "abc", "٣", "0x1", "1_0", '"', ";"])


@given(
    header=some.lists(words, max_size=6),
    rows=some.lists(some.lists(fields, max_size=6), max_size=5),
    end=some.sampled_from(["\n", "\r\n", "\r"]),
)
def test_a_bad_log_never_raises_anything_but_the_one_error(header, rows, end):
    """Whatever the table, it is a record of finite numbers or one DataError on one line."""
    try:
        record, message = parse_log(end.join(",".join(row) for row in [header, *rows])), ""
    except DataError as error:
        record, message = None, str(error)

    assert "\n" not in message
    assert record is None or (np.isfinite(record.points).all() and np.isfinite(record.losses).all())


@given(text=some.text(max_size=60))
def test_any_text_is_a_log_or_the_one_error(text):
    """Nothing that a file may hold gets through as another exception."""
    try:
        parse_log(text)
        message = ""
    except DataError as error:
        message = str(error)

    assert "\n" not in message
