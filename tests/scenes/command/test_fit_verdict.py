"""A fit that does not work says why, and what it proposes works."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from click.testing import CliRunner, Result

from cli import cli
from scenes.command.fit_verdict import rounded_down

HOUSES = "area,price\n50,150000\n80,240000\n120,310000\n65,180000\n95,260000\n"
X, Y = np.array([50.0, 80, 120, 65, 95]), np.array([150e3, 240e3, 310e3, 180e3, 260e3])


@pytest.fixture
def fit(tmp_path, monkeypatch):
    """`gdsim simulate --data houses.csv` with further words."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "houses.csv").write_text(HOUSES)

    def simulated(*words: str) -> Result:
        done = CliRunner().invoke(cli, ["simulate", "--data", "houses.csv", *words])
        assert done.exit_code == 0, done.output
        return done

    return simulated


def largest_curvature(x: np.ndarray) -> float:
    """That of the mean square error, by its own matrix."""
    return float(np.linalg.eigvalsh(2 * np.array([[np.mean(x * x), x.mean()], [x.mean(), 1.0]]))[-1])


def test_a_fit_that_diverges_says_why(fit):
    """Areas and prices at the usual rate: the epoch, the largest curvature, the rates that converge, what to type."""
    last = fit().stdout.splitlines()[-1]
    curvature, limit = largest_curvature(X), 2 / largest_curvature(X)

    said = re.search(
        r"diverged at epoch 1: the largest curvature of the loss is (\S+), so .* below (\S+); --lr (\S+)", last
    )
    assert float(said[1]) == pytest.approx(curvature, rel=5e-3)
    assert limit * 0.99 < float(said[2]) <= limit
    assert last.endswith(" works, or --standardise.")
    better = fit("--lr", said[3]).stdout.splitlines()[-1]
    assert better.endswith("as often as planned, so the ball stops here.")


@pytest.mark.parametrize("share", [0.99, 1.01])
def test_the_limit_is_the_limit(fit, share):
    """Just below the rate that is named, the loss falls in the end; just above, the fit is said to diverge."""
    rate = share * 2 / largest_curvature(X)
    found = json.loads(fit("--lr", repr(rate), "--epochs", "900", "--format", "json").stdout)

    assert (found["losses"][-1] > found["losses"][0]) == (share > 1)
    assert (found["diverged"] is not None) == (share > 1)


def test_small_batches_need_smaller_rates(fit):
    """One row a step: the limit is that of the longest row alone, and the rate that is proposed converges."""
    found = json.loads(fit("--batch-size", "1", "--format", "json").stdout)["diverged"]

    assert found["curvature"] == pytest.approx(2 * (120.0**2 + 1))
    assert found["largest_rate"] == pytest.approx(2 / found["curvature"])
    calm = json.loads(fit("--batch-size", "1", "--lr", repr(found["rate"]), "--format", "json").stdout)
    assert calm["diverged"] is None
    assert calm["losses"][-1] < calm["losses"][0]


def test_the_epoch_is_the_first_after_which_it_never_recovers(fit):
    """From the valley's floor the loss falls at first, until rounding has grown; the epoch is read off the losses."""
    turn = np.array([[np.mean(X * X), X.mean()], [X.mean(), 1.0]])
    start = np.polyfit(X, Y, 1) + 5e4 * np.linalg.eigh(turn)[1][:, 0]
    words = ["--lr", repr(3 / largest_curvature(X)), "--start", ",".join(map(repr, start.tolist()))]
    found = json.loads(fit(*words, "--epochs", "90", "--format", "json").stdout)
    losses = np.array(found["losses"])

    recovered = np.flatnonzero(losses <= losses[0])[-1]
    assert found["diverged"]["epoch"] == recovered + 1 > 1


def test_standardised_it_works_in_its_own_units(fit):
    """`--standardise` comes near the least squares line, and says so in areas and prices; JSON has the scale."""
    found = json.loads(fit("--standardise", "--epochs", "200", "--format", "json").stdout)
    table = fit("--standardise").stdout.splitlines()

    np.testing.assert_allclose(found["points"][-1], np.polyfit(X, Y, 1), rtol=1e-6)
    assert found["losses"][0] == pytest.approx(np.mean(Y**2))
    assert found["points"][0] == [0.0, 0.0]
    assert found["standardised"] == {"mean": [X.mean()], "deviation": [pytest.approx(X.std())]}
    assert table[1].split() == ["0", "0.0000", "0.0000"]
    assert table[-1].endswith("as often as planned, so the ball stops here.")


def test_a_start_is_in_the_datas_units(fit):
    """With --standardise, --start is the line that the user knows."""
    found = json.loads(fit("--standardise", "--start", "2000,1500", "--format", "json").stdout)

    np.testing.assert_allclose(found["points"][0], [2000, 1500], rtol=1e-9)
    assert found["losses"][0] == pytest.approx(np.mean((2000 * X + 1500 - Y) ** 2))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ["--data", "doubles", "--model", "line-through-origin"],
            "is for line and logistic, got line-through-origin; --model",
        ),
        (["--function", "x**2"], "--standardise is for a fit to --data; --data noisy-line works"),
        (["bowl"], "--standardise is for a fit to --data"),
    ],
)
def test_what_cannot_be_standardised_is_refused(words, says):
    """Without data, or with a model that has no intercept, one line says what works."""
    done = CliRunner().invoke(cli, ["simulate", *words, "--standardise"])

    assert done.exit_code == 2
    assert says in done.output


def test_numbers_of_a_fit_that_gets_lost_stay_readable(fit):
    """No cell of the table is wider than twenty characters, and the first row is the start."""
    rows = [line.split() for line in fit("--epochs", "60").stdout.splitlines()[:-2]]

    assert max(len(cell) for row in rows for cell in row) <= 20
    assert rows[1] == ["0", "0.0000", "0.0000"]


def test_a_table_in_csv_tells_of_a_divergence_aside(fit):
    """The CSV stays a table; what is to be said goes to standard error."""
    done = fit("--format", "csv")

    assert done.stdout.splitlines()[0].startswith("step,loss,w,b,")
    assert "The fit diverged at epoch 1" in done.stderr


@pytest.mark.parametrize("number", [0.00013829, 1.0, 999.9, 2e-300, 1.2345e200])
def test_a_limit_is_rounded_down(number):
    """Three digits, never above the limit itself, and within a hundredth of it."""
    assert number * 0.99 < float(rounded_down(number)) <= number * (1 + 1e-12)
