"""The 2–8–1 network: its backpropagation held to central differences and to torch."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from gdsim import simulate
from gdsim.adam import adam
from gdsim.batches import descend_in_batches
from gdsim.dataset import Dataset, parse_csv, two_moons
from gdsim.model import objective_on
from gdsim.neural import backward, decision_surface, forward, layers, network, starting_parameters, training
from gdsim.optimiser import gradient_descent

GOLDEN = json.loads(Path(__file__).with_name("golden").joinpath("network.json").read_text())
TORCH_DATA = Dataset("golden", GOLDEN["inputs"], GOLDEN["targets"])
METHODS = {"gradient-descent": gradient_descent(), "adam": adam()}


def test_the_forward_pass_is_torchs():
    """Hidden activations and outputs of the same parameters agree to 1e-13."""
    passed = forward(np.array(GOLDEN["start"]), TORCH_DATA.inputs)

    np.testing.assert_allclose(passed.hidden, GOLDEN["hidden"], rtol=1e-13, atol=1e-14)
    np.testing.assert_allclose(passed.outputs, GOLDEN["outputs"], rtol=1e-13)


@pytest.mark.parametrize("name", sorted(METHODS))
def test_training_is_torchs(name):
    """Twelve steps on torch's own rows: every parameter, loss and gradient agrees to 1e-11."""
    objective = objective_on(network(), TORCH_DATA)
    run = simulate(objective, METHODS[name], rate=GOLDEN["rates"][name], start=GOLDEN["start"], steps=12, rules=())

    expected = GOLDEN["network"][name]
    np.testing.assert_allclose(run.points, expected["points"], rtol=1e-11, atol=1e-12)
    np.testing.assert_allclose(run.losses, expected["losses"], rtol=1e-11)
    np.testing.assert_allclose(run.gradients, expected["gradients"], rtol=1e-11, atol=1e-13)


@settings(deadline=None, max_examples=40)
@given(seed=some.integers(0, 10**6), hidden=some.integers(1, 10), scale=some.floats(0.1, 3.0))
def test_backpropagation_is_the_slope_of_the_loss(seed, hidden, scale):
    """Central differences of the loss agree with the gradient in every parameter, at any of them."""
    objective = objective_on(network(hidden), two_moons(rows=20, seed=seed))
    point = np.random.default_rng(seed).normal(0, scale, objective.dims)

    shifts = 1e-5 * np.eye(objective.dims)
    slopes = (objective.value(point + shifts) - objective.value(point - shifts)) / 2e-5
    np.testing.assert_allclose(objective.gradient(point), slopes, rtol=1e-6, atol=1e-8)


def test_many_networks_get_the_bits_that_each_gets_alone():
    """Loss and gradient of a stack of parameters equal those of its rows one by one."""
    objective = objective_on(network(), two_moons(rows=30))
    points = np.random.default_rng(1).normal(size=(3, 4, 33))

    for function in (objective.value, objective.gradient):
        alone = np.array([[function(point) for point in row] for row in points])
        np.testing.assert_array_equal(function(points), alone, strict=True)


def test_plain_descent_learns_the_two_moons():
    """From its drawn start the network tells the moons apart, and the kept accuracy says when."""
    data = two_moons()
    run = simulate(objective_on(network(), data), rate=1.0, steps=1000)
    kept = training(run, data)

    assert kept.accuracy[0] < 0.8
    assert kept.accuracy[-1] == 1.0
    assert run.losses[-1] < 0.02


def test_a_training_keeps_what_happened_at_every_step():
    """Hidden values, outputs, row losses and gradients by layer are those of each step's parameters."""
    data = two_moons(rows=10)
    run = simulate(objective_on(network(), data), rate=0.5, steps=4)
    kept = training(run, data)

    assert (kept.hidden.shape, kept.outputs.shape) == ((5, 10, 8), (5, 10))
    np.testing.assert_allclose(kept.row_losses.mean(axis=1), run.losses, rtol=1e-13)
    np.testing.assert_array_equal(kept.outputs[3], forward(run.points[3], data.inputs).outputs)
    np.testing.assert_array_equal(layers(backward(run.points[2], data)).hidden_weights, kept.slopes.hidden_weights[2])
    with pytest.raises(ValueError, match="read-only"):
        kept.outputs[0, 0] = 1.0


def test_a_training_too_long_to_keep_says_how_long_may_be_kept(monkeypatch):
    """The bound is stated in steps."""
    data = two_moons(rows=10)
    run = simulate(objective_on(network(), data), rate=0.5, steps=4)
    monkeypatch.setattr("gdsim.neural.CELLS", 300)

    with pytest.raises(ValueError, match=r"4 steps on 10 rows .* up to 2 steps work"):
        training(run, data)


def test_mini_batches_train_the_network_too():
    """The same record of rows and noisy gradients as for a line."""
    noisy = descend_in_batches(network(), two_moons(), batch_size=16, epochs=40, rate=0.5)

    assert (noisy.steps, noisy.batch_gradients.shape) == (320, (320, 33))
    assert noisy.losses[-1] < noisy.losses[0] / 2


def test_parameters_come_apart_in_torchs_order():
    """W₁ row by row, b₁, w₂, b₂."""
    apart = layers(np.arange(33.0))

    assert apart.hidden_weights[:2].tolist() == [[0.0, 1.0], [2.0, 3.0]]
    assert (apart.hidden_biases[0], apart.output_weights[0], apart.output_bias) == (16.0, 24.0, 32.0)


def test_a_decision_surface_holds_the_output_at_each_of_its_places():
    """Row i, column j is the answer at (x[j], y[i]), for one network or a stack of them."""
    parameters = np.stack([starting_parameters(seed=seed) for seed in (0, 1)])
    x, y, outputs = decision_surface(parameters, ((-1.5, 2.5), (-1.0, 1.5)), resolution=9)

    assert outputs.shape == (2, 9, 9)
    assert (x[0], y[-1]) == (-1.5, 1.5)
    alone = forward(parameters[1], np.array([[x[2], y[7]]])).outputs
    assert outputs[1, 7, 2] == pytest.approx(alone[0], rel=1e-14)


def test_outputs_stay_probabilities_however_large_the_weights():
    """No overflow, no warning: σ ends at 0 and 1."""
    objective = objective_on(network(), two_moons(rows=8))
    huge = 1e6 * np.array(objective.start)

    outputs = forward(huge, two_moons(rows=8).inputs).outputs
    assert ((outputs >= 0) & (outputs <= 1)).all()
    assert np.isfinite(objective.value(huge))
    assert np.isfinite(objective.gradient(huge)).all()


def test_the_same_seed_gives_the_same_bytes_in_another_process():
    """The seed alone determines start, data and training."""
    program = (
        "from gdsim import simulate; from gdsim.dataset import two_moons; from gdsim.model import objective_on;"
        "from gdsim.neural import network;"
        "print(simulate(objective_on(network(seed=3), two_moons(seed=3)), rate=0.5, steps=20).digest())"
    )
    there = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout.strip()

    assert there == simulate(objective_on(network(seed=3), two_moons(seed=3)), rate=0.5, steps=20).digest()


@pytest.mark.parametrize(
    ("text", "says"),
    [("1,0\n2,1\n", "two inputs"), ("1,2,0\n2,3,0\n", "both must occur"), ("1,2,0\n2,3,2\n", "0 or 1")],
)
def test_rows_the_network_cannot_learn_are_refused(text, says):
    """It needs two inputs and targets 0 or 1."""
    with pytest.raises(ValueError, match=says):
        objective_on(network(), parse_csv(text))


@pytest.mark.parametrize("wrong", [{"hidden": 0}, {"hidden": 65}, {"seed": -1}])
def test_a_network_that_cannot_be_made_is_refused(wrong):
    """It needs 1 to 64 hidden units and a seed of 0 or more."""
    with pytest.raises(ValueError, match="works"):
        network(**wrong)


def test_a_wrong_number_of_parameters_is_refused():
    """There are four parameters per hidden unit plus one."""
    with pytest.raises(ValueError, match="33 works"):
        layers(np.zeros(32))


def test_an_evaluation_at_many_points_stays_within_its_memory(monkeypatch):
    """The network's width counts: no call takes more points than CELLS numbers have room for."""
    taken, model, data = [], network(8), two_moons(30)

    def value(points, rows):
        taken.append(len(points))
        return model.value(points, rows)

    monkeypatch.setattr("gdsim.model.CELLS", 3 * data.rows * model.width)
    objective = objective_on(model._replace(value=lambda points, rows: value(np.atleast_2d(points), rows)), data)
    taken.clear()
    objective.value(np.zeros((20, 33)))

    assert max(taken) == 3
    assert sum(taken) == 20
