"""Batch, stochastic and mini-batch descent: which rows a step saw, and how far its gradient was from the true one."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from gdsim import simulate
from gdsim.batches import descend_in_batches, shuffled_batches, steps_per_epoch
from gdsim.dataset import doubles, noisy_line, two_groups
from gdsim.model import objective_on
from gdsim.optimiser import gradient_descent, momentum
from gdsim.regression import line, line_through_origin, logistic
from gdsim.stop import Stop, epoch_limit
from gdsim.trajectory import Trajectory

counts = some.tuples(some.integers(1, 40), some.integers(1, 40)).filter(lambda pair: pair[0] >= pair[1])


@given(counts=counts, epochs=some.integers(0, 6), seed=some.integers(0, 2**40))
def test_every_epoch_visits_every_row_once(counts, epochs, seed):
    """The batches of an epoch are a partition of the rows, each in ascending order; all but the last are full."""
    rows, size = counts
    batches = shuffled_batches(rows, size, epochs, seed)

    each = steps_per_epoch(rows, size)
    assert len(batches) == epochs * each
    for epoch in range(epochs):
        of_epoch = batches[epoch * each : (epoch + 1) * each]
        assert sorted(np.concatenate(of_epoch).tolist()) == list(range(rows))
        assert {len(batch) for batch in of_epoch[:-1]} <= {size}
    assert all((np.diff(batch) > 0).all() for batch in batches)


@given(counts=counts, seed=some.integers(0, 2**40))
def test_more_epochs_continue_the_same_sequence(counts, seed):
    """A longer run begins as the shorter one did."""
    shorter, longer = (shuffled_batches(*counts, epochs, seed) for epochs in (2, 5))

    assert [batch.tolist() for batch in shorter] == [batch.tolist() for batch in longer[: len(shorter)]]


def test_epochs_are_shuffled_anew_and_by_the_seed():
    """Two epochs differ in their order, and so do two seeds."""
    orders = [tuple(int(row[0]) for row in shuffled_batches(20, 1, 2, seed)) for seed in (0, 0, 1)]

    assert orders[0] == orders[1] != orders[2]
    assert orders[0][:20] != orders[0][20:]


def test_full_batches_are_plain_descent_to_the_last_bit():
    """With all rows in every step the noisy gradient is the true one, and the run is simulate's own."""
    batched = descend_in_batches(line(), doubles(), epochs=60, optimiser=momentum(), rate=0.01)
    plain = simulate(objective_on(line(), doubles()), momentum(), rate=0.01, rules=[epoch_limit(60, 1)])

    assert plain.digest() == Trajectory.digest(batched)
    np.testing.assert_array_equal(batched.batch_gradients, plain.gradients[:-1])
    np.testing.assert_array_equal(batched.batch_losses, plain.losses[:-1])


def test_a_stochastic_step_uses_its_own_row():
    """θ ← θ − α·2(θx − y)x with the one row the step recorded; the loss kept beside it is over all rows."""
    data = noisy_line(rows=7, seed=3)
    noisy = descend_in_batches(line_through_origin(), data, batch_size=1, epochs=3, seed=5, rate=0.01)

    point = 0.0
    for step, (row,) in enumerate(noisy.rows):
        assert point == pytest.approx(noisy.points[step, 0], rel=1e-13)
        x, y = data.inputs[row, 0], data.targets[row]
        assert noisy.batch_gradients[step, 0] == pytest.approx(2 * (point * x - y) * x, rel=1e-12)
        assert noisy.batch_losses[step] == pytest.approx((point * x - y) ** 2, rel=1e-12)
        assert noisy.losses[step] == pytest.approx(np.mean((point * data.inputs[:, 0] - data.targets) ** 2))
        point -= 0.01 * 2 * (point * x - y) * x
    assert noisy.steps == 21


@pytest.mark.parametrize("size", [1, 3, 4, 12])
def test_the_gradients_of_an_epoch_average_to_the_true_one(size):
    """At one point the batch gradients, weighted by their rows, are the gradient over all rows."""
    data, model = two_groups(rows=12), logistic()
    point = np.array([0.3, -0.2])

    batches = shuffled_batches(12, size, 1, seed=2)
    weighted = sum(len(rows) * model.gradient(point, data.take(rows)) for rows in batches) / 12
    np.testing.assert_allclose(weighted, model.gradient(point, data), rtol=1e-12)


def test_steps_know_their_epoch():
    """Ten rows in batches of four make three steps per epoch: 4, 4 and 2 rows."""
    noisy = descend_in_batches(line(), noisy_line(rows=10), batch_size=4, epochs=3, rules=())

    assert [len(rows) for rows in noisy.rows] == [4, 4, 2] * 3
    assert noisy.epochs.tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]


def test_a_run_that_used_up_its_epochs_says_so():
    """The reason is the epochs, not a number of steps that nobody asked for; a flat slope still comes first."""
    assert descend_in_batches(line(), doubles(), batch_size=2, epochs=3).stop is Stop.EPOCHS
    assert descend_in_batches(line(), doubles(), epochs=100, start=[2.0, 0.0]).stop is Stop.FLAT


def test_a_run_that_ends_early_keeps_the_rows_of_its_own_steps():
    """After a divergence there are as many records as steps, and all are finite."""
    noisy = descend_in_batches(line(), doubles(), batch_size=2, epochs=400, rate=1.0)

    assert noisy.stop is Stop.DIVERGED
    assert len(noisy.rows) == len(noisy.batch_losses) == len(noisy.batch_gradients) == noisy.steps < 1200
    assert np.isfinite(noisy.batch_gradients).all()


def test_no_epochs_are_no_steps():
    """A run of 0 epochs is its start."""
    noisy = descend_in_batches(line(), doubles(), epochs=0)

    assert (noisy.steps, noisy.batch_gradients.shape) == (0, (0, 2))


def test_small_batches_settle_around_the_answer_and_do_not_rest_there():
    """On noisy data stochastic descent keeps moving where batch descent rests at the exact answer."""
    data = noisy_line(rows=30, seed=1)
    exact = objective_on(line(), data).minima[0].point
    rest, wander = (descend_in_batches(line(), data, size, 400, rate=0.03).points[-200:] for size in (None, 1))

    np.testing.assert_allclose(rest[-1], exact, atol=1e-2)
    assert np.ptp(wander[:, 1]) > 10 * np.ptp(rest[:, 1])
    np.testing.assert_allclose(wander.mean(axis=0), exact, atol=0.5)


def test_the_same_seed_gives_the_same_bytes_in_another_process():
    """The seed alone determines rows, noisy gradients and points."""
    program = (
        "import sys; from gdsim.batches import descend_in_batches as run; from gdsim.dataset import noisy_line;"
        "from gdsim.regression import line; noisy = run(line(), noisy_line(seed=4), 8, 5, seed=9);"
        "sys.stdout.buffer.write(noisy.points.tobytes() + noisy.batch_gradients.tobytes())"
    )
    there = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout

    noisy = descend_in_batches(line(), noisy_line(seed=4), 8, 5, seed=9)
    assert there == noisy.points.tobytes() + noisy.batch_gradients.tobytes()


def test_a_digest_knows_the_data_and_the_batches():
    """Two runs with the same points but other data, or other batches, have other digests."""
    still = {"epochs": 1, "rate": 1e-300, "start": [1.0, 1.0]}
    runs = [
        descend_in_batches(line(), doubles(), batch_size=2, seed=0, **still),
        descend_in_batches(line(), doubles(), batch_size=2, seed=1, **still),
        descend_in_batches(line(), doubles().take([1, 0, 2, 3, 4]), batch_size=2, seed=0, **still),
    ]

    assert len({run.points.tobytes() for run in runs}) == 1
    assert len({run.digest() for run in runs}) == 3


def test_a_record_cannot_be_altered():
    """Rows and gradients are read-only."""
    noisy = descend_in_batches(line(), doubles(), batch_size=2, epochs=1)

    for array in (noisy.rows[0], noisy.epochs, noisy.batch_losses, noisy.batch_gradients):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


@pytest.mark.parametrize(
    "wrong", [{"batch_size": 0}, {"batch_size": 6}, {"epochs": -1}, {"epochs": 10**8}, {"seed": -1}]
)
def test_counts_that_do_not_fit_are_refused_with_one_that_works(wrong):
    """A batch has from 1 to all rows; the number of epochs is 0 or more, up to what can be kept."""
    with pytest.raises(ValueError, match=r"works?|suits"):
        descend_in_batches(line(), doubles(), optimiser=gradient_descent(), **wrong)
