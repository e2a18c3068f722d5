"""Lines and groups: losses held to closed forms, to the numbers the articles print, and to torch."""

import json
from pathlib import Path

import numpy as np
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as some

from gdsim import simulate
from gdsim.batches import through_batches
from gdsim.dataset import Dataset, doubles, noisy_line, parse_csv, two_groups
from gdsim.model import objective_on
from gdsim.optimiser import gradient_descent
from gdsim.regression import MODELS, line, line_through_origin, log_loss, logistic, sigmoid

GOLDEN = json.loads(Path(__file__).with_name("golden").joinpath("network.json").read_text())
POINTS = Dataset("two columns", [[0.5, 1.0], [2.0, -1.0], [-1.5, 0.3], [0.1, 0.2]], [0.0, 1.0, 1.0, 0.0])
PROBLEMS = {
    "line-through-origin": (line_through_origin(), noisy_line(rows=12)),
    "line": (line(), noisy_line(rows=12)),
    "logistic": (logistic(), two_groups(rows=14)),
    "logistic on two columns": (logistic(2), POINTS),
}
every_problem = pytest.mark.parametrize(("model", "data"), PROBLEMS.values(), ids=PROBLEMS)

coordinates = some.floats(-3, 3)


def test_the_classic_twenty_rows_come_out_as_printed():
    """y = 2x on 1 … 5 from θ = 0 at 0.01: θ after each step and the loss before it, to four decimals."""
    run = simulate(objective_on(line_through_origin(), doubles()), rate=0.01, steps=20)

    rows = [f"{k + 1} {run.points[k + 1, 0]:.4f} {run.losses[k]:.4f}" for k in range(20)]
    assert rows == [
        "1 0.4400 44.0000",
        "2 0.7832 26.7696",
        "3 1.0509 16.2866",
        "4 1.2597 9.9088",
        "5 1.4226 6.0285",
        "6 1.5496 3.6677",
        "7 1.6487 2.2315",
        "8 1.7260 1.3576",
        "9 1.7863 0.8260",
        "10 1.8333 0.5025",
        "11 1.8700 0.3057",
        "12 1.8986 0.1860",
        "13 1.9209 0.1132",
        "14 1.9383 0.0689",
        "15 1.9519 0.0419",
        "16 1.9625 0.0255",
        "17 1.9707 0.0155",
        "18 1.9772 0.0094",
        "19 1.9822 0.0057",
        "20 1.9861 0.0035",
    ]


@given(rate=some.floats(1e-4, 0.09), steps=some.integers(0, 40))
def test_one_weight_follows_its_closed_form(rate, steps):
    """On the five points J = 11(θ − 2)², so θ_t = 2 − 2(1 − 22·rate)^t."""
    run = simulate(objective_on(line_through_origin(), doubles()), rate=rate, steps=steps, rules=())

    expected = 2 - 2 * (1 - 22 * rate) ** np.arange(steps + 1)
    np.testing.assert_allclose(run.points[:, 0], expected, rtol=1e-11, atol=1e-11)
    np.testing.assert_allclose(run.losses, 11 * (expected - 2) ** 2, rtol=1e-9, atol=1e-9)


def test_five_hundred_epochs_of_two_parameters_come_out_as_printed():
    """w and b at 0.01 from (0, 0), every hundredth epoch with its loss: on the way to 2 and 0, and not there yet."""
    run = simulate(objective_on(line(), doubles()), rate=0.01, steps=500)

    rows = [
        f"{k}: w = {run.points[k, 0]:.4f}, b = {run.points[k, 1]:.4f}, loss = {run.losses[k]:.6f}"
        for k in range(0, 501, 100)
    ]
    assert rows == [
        "0: w = 0.0000, b = 0.0000, loss = 44.000000",
        "100: w = 1.8984, b = 0.3667, loss = 0.024474",
        "200: w = 1.9276, b = 0.2613, loss = 0.012432",
        "300: w = 1.9484, b = 0.1863, loss = 0.006315",
        "400: w = 1.9632, b = 0.1328, loss = 0.003208",
        "500: w = 1.9738, b = 0.0946, loss = 0.001630",
    ]


def test_two_parameters_follow_the_powers_of_their_matrix():
    """θ_t = θ* + (I − αH)^t (θ₀ − θ*) with H = 2/n XᵀX, so w → 2 and b → 0."""
    run = simulate(objective_on(line(), doubles()), rate=0.01, steps=5000, rules=())

    curvatures = np.array([[22.0, 6.0], [6.0, 2.0]])
    for step in (1, 100, 500, 5000):
        power = np.linalg.matrix_power(np.eye(2) - 0.01 * curvatures, step)
        np.testing.assert_allclose(run.points[step], [2, 0] + power @ [-2, 0], rtol=1e-11, atol=1e-11)
    np.testing.assert_allclose(run.points[-1], [2, 0], atol=1e-7)


@every_problem
@given(draw=some.data())
def test_the_gradient_and_hessian_are_those_of_the_value(model, data, draw):
    """Central differences of the loss give the slope, and of the slope the Hessian, at any point."""
    objective = objective_on(model, data)
    point = np.array([draw.draw(coordinates) for _ in model.start])

    shifts = 1e-5 * np.eye(objective.dims)
    slopes = (objective.value(point + shifts) - objective.value(point - shifts)) / 2e-5
    bends = (objective.gradient(point + shifts) - objective.gradient(point - shifts)) / 2e-5
    np.testing.assert_allclose(objective.gradient(point), slopes, rtol=1e-7, atol=1e-7)
    np.testing.assert_allclose(objective.hessian(point), bends, rtol=1e-7, atol=1e-7)


@every_problem
def test_many_points_get_the_bits_that_each_gets_alone(model, data, monkeypatch):
    """Loss, slope and Hessian of a grid equal those of its points one by one, in chunks too."""
    points = np.random.default_rng(3).normal(size=(4, 5, len(model.start)))
    whole = objective_on(model, data)
    monkeypatch.setattr("gdsim.model.CELLS", 3 * data.rows)
    chunked = objective_on(model, data)

    for objective in (whole, chunked):
        for function in (objective.value, objective.gradient, objective.hessian):
            alone = np.array([[function(point) for point in row] for row in points])
            np.testing.assert_array_equal(function(points), alone, strict=True)


@pytest.mark.parametrize("name", ["line-through-origin", "line"])
@given(seed=some.integers(0, 10**6), offset=some.floats(-100, 100))
def test_the_exact_answer_is_that_of_least_squares(name, seed, offset):
    """The normal equation agrees with numpy's least squares, and no neighbour is lower."""
    drawn = noisy_line(rows=15, seed=seed)
    data = Dataset("shifted", drawn.inputs + offset, drawn.targets)
    objective = objective_on(MODELS[name](), data)

    columns = data.inputs if name == "line-through-origin" else np.c_[data.inputs, np.ones(data.rows)]
    expected = np.linalg.lstsq(columns, data.targets, rcond=None)[0]
    exact = np.array(objective.minima[0].point)
    np.testing.assert_allclose(exact, expected, rtol=1e-7, atol=1e-7)
    assert objective.minima[0].value <= objective.value(exact + [1e-3] * objective.dims)


@pytest.mark.parametrize("seed", range(5))
def test_the_logistic_answer_has_no_slope(seed):
    """Where the groups overlap the log-loss has one lowest point: its slope is zero to the last digits."""
    objective = objective_on(logistic(), two_groups(seed=seed))

    exact = np.array(objective.minima[0].point)
    np.testing.assert_allclose(objective.gradient(exact), 0, atol=1e-15)
    assert objective.minima[0].value < objective.value(np.zeros(2)) == pytest.approx(np.log(2))


@pytest.mark.parametrize("text", ["-1,0\n1,1\n", "1,0\n1,1\n2,1\n", "-2,0\n-1,0\n1,1\n3,1\n"])
def test_groups_told_apart_without_a_mistake_have_no_best_weights(text):
    """The loss keeps falling as the weights grow, so no minimum is claimed, but there is still a part to draw."""
    objective = objective_on(logistic(), parse_csv(text))

    assert objective.minima == ()
    assert all(low < 0 < high for low, high in objective.domain)


@every_problem
def test_the_drawn_part_holds_the_start_the_answer_and_the_way_between(model, data):
    """A descent that never climbs stays inside the domain, and the exact answer is its middle."""
    objective = objective_on(model, data)
    rate = 0.9 / objective.curvature(objective.start)
    run = simulate(objective, rate=rate, steps=300)

    low, high = np.array(objective.domain).T
    assert ((low < run.points) & (run.points < high)).all()
    if objective.minima:
        np.testing.assert_allclose((low + high) / 2, objective.minima[0].point, atol=1e-12)


@pytest.mark.parametrize("logit", [-800.0, -40.0, 0.0, 40.0, 800.0])
def test_the_log_loss_neither_overflows_nor_cancels(logit):
    """σ(z) and −ln σ(z) keep their digits far out: σ(−40) is e⁻⁴⁰, and its loss is 40."""
    assert np.exp(min(logit, 0)) / (1 + np.exp(-abs(logit))) == pytest.approx(sigmoid(np.array(logit)), rel=1e-14)
    assert log_loss(np.array(logit), np.array(1.0)) == pytest.approx(
        max(-logit, 0) + np.log1p(np.exp(-abs(logit))), rel=1e-14
    )


@pytest.mark.parametrize("name", ["line", "logistic"])
def test_mini_batches_agree_with_torch(name):
    """Twelve steps over torch's own four batches: points and noisy gradients agree to 1e-12."""
    data = Dataset("golden", np.array(GOLDEN["inputs"])[:, :1], GOLDEN["targets"])
    parts = [data.take(rows) for rows in GOLDEN["batches"]] * 3
    model = MODELS[name]()
    method = through_batches(gradient_descent(), model, parts)
    run = simulate(objective_on(model, data), method, rate=GOLDEN["rates"]["gradient-descent"], steps=12, rules=())

    expected = GOLDEN[name]
    np.testing.assert_allclose(run.points, expected["points"], rtol=1e-12, atol=1e-13)
    gradients = [model.gradient(point, part) for point, part in zip(run.points, parts)]
    np.testing.assert_allclose(gradients, expected["gradients"][:12], rtol=1e-12, atol=1e-13)
    losses = [model.value(point, part) for point, part in zip(run.points, parts)]
    np.testing.assert_allclose(losses, expected["losses"][:12], rtol=1e-12)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("line-through-origin", "0,1\n0,2\n", "every x of the data is 0"),
        ("line", "3,1\n3,2\n", "every x of the data is 3"),
        ("line", "1,2,0\n2,3,1\n", "one column of x"),
        ("line", "1e200,1\n2e200,2\n", "too large to square"),
        ("logistic", "1,0\n2,3\n", "must be 0 or 1"),
        ("logistic", "1,1\n2,1\n", "both must occur"),
        ("logistic", "1,2,0\n2,3,1\n", "needs 1 column of x"),
    ],
)
def test_data_without_an_answer_are_refused(name, text, says):
    """A model says which rows it cannot be fitted to, and what works."""
    with pytest.raises(ValueError, match=says):
        objective_on(MODELS[name](), parse_csv(text))


@pytest.mark.parametrize("name", sorted(MODELS))
def test_a_formula_is_typst_that_compiles(name):
    """The loss can be shown as it is written."""
    formula = objective_on(MODELS[name](), two_groups()).formula

    assert typst.compile(f"$ J = {formula} $".encode(), format="svg")
