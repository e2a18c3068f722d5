"""Many runs at once are the same runs, bit for bit."""

from dataclasses import replace

import numpy as np
import pytest

from gdsim.ensemble import CHUNK, simulate_many, start_grid
from gdsim.ensemble_loop import STOPS
from gdsim.methods import OPTIMISERS, build_optimiser
from gdsim.objective import of_one_variable
from gdsim.optimiser import gradient_descent
from gdsim.schedule import inverse_time
from gdsim.simulate import simulate
from gdsim.stop import Stop
from gdsim.surfaces import SURFACES

HIMMELBLAU = SURFACES["himmelblau"]
LOGARITHM = of_one_variable(
    value=lambda x: x - np.log(x),
    slope=lambda x: np.where(x > 0, 1 - 1 / x, np.nan),
    bend=lambda x: 1 / (x * x),
    name="logarithm",
    formula="x - log(x)",
    variables=("x",),
    domain=((-1.0, 4.0),),
    start=(3.0,),
)


def scattered(objective, count, seed=0):
    """(count, dims): starts over the domain, the same every time."""
    low, high = np.array(objective.domain).T
    return np.random.default_rng(seed).uniform(low, high, (count, objective.dims))


def alone(objective, optimiser, rate, starts, steps):
    """Each start's run by itself."""
    return [simulate(objective, optimiser, rate, start, steps) for start in starts]


def assert_same(many, runs):
    """Every number of every run is the same, to the last bit."""
    assert np.array_equal(many.points, [run.points[-1] for run in runs])
    assert np.array_equal(many.losses, [run.losses[-1] for run in runs])
    assert many.steps.tolist() == [run.steps for run in runs]
    assert [STOPS[code] for code in many.stops] == [run.stop for run in runs]


@pytest.mark.parametrize("name", OPTIMISERS)
def test_every_method_gives_the_bits_of_single_runs(name):
    """Forty starts at once end exactly where forty single runs end, after as many steps, for the same reasons."""
    method = build_optimiser(name, objective=HIMMELBLAU)
    rate = OPTIMISERS[name].own_rate or 0.02
    starts = scattered(HIMMELBLAU, 40)

    assert_same(simulate_many(HIMMELBLAU, method, rate, starts, 60), alone(HIMMELBLAU, method, rate, starts, 60))


@pytest.mark.parametrize("name", OPTIMISERS)
def test_every_method_takes_a_rate_for_each_run(name):
    """Runs that each have their own rate give the same bits as single runs with those rates."""
    method = build_optimiser(name, objective=HIMMELBLAU)
    rates = (OPTIMISERS[name].own_rate or 0.02) * np.linspace(0.1, 1, 40)
    starts = scattered(HIMMELBLAU, 40)
    runs = [simulate(HIMMELBLAU, method, float(rate), start, 40) for rate, start in zip(rates, starts)]

    assert_same(simulate_many(HIMMELBLAU, method, rates, starts, 40), runs)


@pytest.mark.parametrize("name", SURFACES)
@pytest.mark.parametrize("rate", [0.003, 0.3])
def test_every_objective_gives_the_bits_of_single_runs(name, rate):
    """Whatever the landscape and however the runs end, an ensemble is its single runs."""
    objective = SURFACES[name]
    starts = scattered(objective, 30)

    assert_same(
        simulate_many(objective, None, rate, starts, 50), alone(objective, gradient_descent(), rate, starts, 50)
    )


def test_runs_that_end_early_leave_the_others_alone():
    """Runs that rest, diverge or reach the step limit together: the working arrays shrink, the numbers stay."""
    starts, rates = scattered(HIMMELBLAU, 20), np.array([1e-4, 0.01, 0.03, 10.0])
    many = simulate_many(HIMMELBLAU, None, rates[None, :], starts[:, None, :], 120)

    assert many.steps.shape == (20, 4)
    assert {Stop.FLAT, Stop.DIVERGED, Stop.STEP_LIMIT} == {STOPS[code] for code in np.unique(many.stops)}
    for column, rate in enumerate(rates):
        runs = alone(HIMMELBLAU, gradient_descent(), float(rate), starts, 120)

        assert np.array_equal(many.points[:, column], [run.points[-1] for run in runs])
        assert many.steps[:, column].tolist() == [run.steps for run in runs]
        assert (many.learning_rates[:, column] == rate).all()


def test_places_without_a_value_or_a_slope_end_as_single_runs_do():
    """A step out of the function's domain, and a step onto a kink, stop with the single run's reason."""
    starts = np.linspace(0.05, 4, 40)[:, None]
    corner = np.array([[2.0], [0.5], [1.3]])

    assert_same(simulate_many(LOGARITHM, None, 0.9, starts, 60), alone(LOGARITHM, gradient_descent(), 0.9, starts, 60))
    assert_same(
        simulate_many(SURFACES["absolute-value"], None, 0.5, corner, 9),
        alone(SURFACES["absolute-value"], gradient_descent(), 0.5, corner, 9),
    )


def test_a_start_without_a_value_ends_at_once():
    """Where a single run refuses to start, the ensemble's run has no steps and says why."""
    many = simulate_many(LOGARITHM, None, 0.1, [[-0.5], [3.0]], 20)

    assert many.steps.tolist() == [0, 20]
    assert Stop.UNDEFINED is STOPS[many.stops[0]]


def test_schedules_reach_every_run():
    """A rate that depends on the step is the same function as in a single run."""
    schedule, starts = inverse_time(0.02, 0.1), scattered(HIMMELBLAU, 15)

    assert_same(
        simulate_many(HIMMELBLAU, None, schedule, starts, 40),
        alone(HIMMELBLAU, gradient_descent(), schedule, starts, 40),
    )
    assert (simulate_many(HIMMELBLAU, None, schedule, starts, 40).learning_rates == schedule(0)).all()


def test_a_run_that_is_lost_next_to_a_minimum_has_not_reached_it():
    """Where the first step overflows the run keeps its start, but no minimum counts as reached."""
    many = simulate_many(HIMMELBLAU, None, 1e308, [[3.001, 2.0]], 10)

    assert many.ended(Stop.DIVERGED).all()
    assert many.points.tolist() == [[3.001, 2.0]]
    assert many.minima.tolist() == [-1]


def test_paths_are_the_single_runs_points():
    """Kept paths contain every point; a run that has ended repeats its last one."""
    starts = scattered(HIMMELBLAU, 12)
    many = simulate_many(HIMMELBLAU, None, 0.02, starts, 80, paths=True)

    assert many.paths.shape == (many.steps.max() + 1, 12, 2)
    for column, run in enumerate(alone(HIMMELBLAU, gradient_descent(), 0.02, starts, 80)):
        assert np.array_equal(many.paths[: run.steps + 1, column], run.points)
        assert (many.paths[run.steps :, column] == run.points[-1]).all()


def test_chunks_do_not_show():
    """A run's numbers do not depend on which chunk it falls into."""
    starts = scattered(HIMMELBLAU, CHUNK + 37)
    whole = simulate_many(HIMMELBLAU, None, 0.01, starts, 30, paths=True)
    tail = simulate_many(HIMMELBLAU, None, 0.01, starts[-50:], 30)

    assert np.array_equal(whole.points[-50:], tail.points)
    assert np.array_equal(whole.paths[-1], whole.points)


def test_basins_hold_their_minima():
    """A run from next to each minimum ends in it; every index names the minimum where its run is."""
    starts = [np.array(minimum.point) + 0.1 for minimum in HIMMELBLAU.minima]
    many = simulate_many(HIMMELBLAU, None, 0.01, starts, 300)

    assert many.minima.tolist() == [0, 1, 2, 3]


def test_a_run_that_ends_nowhere_reaches_no_minimum():
    """A diverged run, and one that runs out of steps on the way, reach none."""
    many = simulate_many(HIMMELBLAU, None, [5.0, 1e-6], [[1.0, 1.0]], 10)

    assert many.minima.tolist() == [-1, -1]
    assert many.ended(Stop.DIVERGED).tolist() == [True, False]


def test_a_basin_map_covers_the_domain():
    """The default grid has rows along y and columns along x, corners included."""
    grid = start_grid(HIMMELBLAU, columns=4, rows=3)
    many = simulate_many(HIMMELBLAU, None, 0.01, grid, 5)

    assert grid.shape == (3, 4, 2)
    assert grid[0, -1].tolist() == [5, -5]
    assert grid[-1, 0].tolist() == [-5, 5]
    assert many.minima.shape == (3, 4)
    assert start_grid(SURFACES["square"], columns=5).shape == (5, 1)


def test_a_finished_ensemble_is_locked():
    """Its arrays cannot be written to, and the caller's own starts are untouched."""
    starts = scattered(HIMMELBLAU, 3)
    many = simulate_many(HIMMELBLAU, None, 0.01, starts, 5)
    starts += 1

    with pytest.raises(ValueError, match="read-only"):
        many.points[0] = 0


def test_no_steps_and_no_starts_are_runs_too():
    """Zero steps leave every run at its start; zero starts give empty arrays."""
    starts = scattered(HIMMELBLAU, 3)

    assert np.array_equal(simulate_many(HIMMELBLAU, None, 0.1, starts, 0).points, starts)
    assert simulate_many(HIMMELBLAU, None, 0.1, np.empty((0, 2)), 5).steps.shape == (0,)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"starts": [[1.0]]}, r"needs starts of shape \(\.\.\., 2\)"),
        ({"starts": [[np.nan, 1.0]]}, "every start must be finite"),
        ({"rate": [np.inf]}, "every learning rate must be finite"),
        ({"rate": np.nan}, "a learning rate must be finite"),
        ({"rate": [0.1, 0.2, 0.3], "starts": np.ones((2, 2))}, "do not broadcast"),
        ({"steps": -1}, "steps must be 0 or more"),
    ],
)
def test_what_does_not_fit_is_refused(wrong, words):
    """Starts and rates that are not finite or do not fit are refused with the rule."""
    with pytest.raises(ValueError, match=words):
        simulate_many(HIMMELBLAU, **({"starts": [[1.0, 1.0]]} | wrong))


def test_an_objective_without_minima_has_basins_of_none():
    """Without known minima every run reaches none."""
    many = simulate_many(replace(HIMMELBLAU, minima=()), None, 0.01, scattered(HIMMELBLAU, 3), 5)

    assert many.minima.tolist() == [-1, -1, -1]
