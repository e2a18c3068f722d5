"""Shots, held against Newton's law integrated step by step, and against the schoolbook's parabola."""

import numpy as np
import pytest

from gdsim import simulate
from gdsim.ballistics import (
    DISTANCE,
    GRAVITY,
    apex,
    basket_miss,
    flight,
    hitting_speed,
    is_shot,
    landing,
    landing_slopes,
    sine_and_cosine,
)

SHOTS = [(25.0, 10.0), (32.1, 17.3), (24.26, 45.0), (30.0, 72.7), (40.0, 89.0), (12.0, 130.0), (3.0, 1.0), (55.0, 60.0)]


def flown(speed: float, angle: float, steps: int = 4000) -> np.ndarray:
    """(n, 2): a ball's places from its launch to where it is below the ground, by Runge and Kutta's fourth order."""

    def change(state: np.ndarray) -> np.ndarray:
        return np.array([state[2], state[3], 0.0, -9.81])

    turn = np.pi * angle / 180
    state = np.array([0.0, 0.0, speed * np.cos(turn), speed * np.sin(turn)])
    dt, places = 2.02 * state[3] / 9.81 / steps, [state[:2]]
    while state[1] >= 0:
        k1 = change(state)
        k2 = change(state + dt / 2 * k1)
        k3 = change(state + dt / 2 * k2)
        k4 = change(state + dt * k3)
        state = state + dt / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        places.append(state[:2])
    return np.array(places)


@pytest.mark.parametrize("shot", SHOTS)
def test_the_landing_and_the_apex_are_those_of_newtons_law(shot):
    """Integrated numerically, a ball comes down where the closed form says, and rises as high."""
    places = flown(*shot)
    (x0, y0), (x1, y1) = places[-2:]
    down = x0 + (x1 - x0) * y0 / (y0 - y1)

    assert landing(*np.array(shot)) == pytest.approx(down, abs=1e-4 * max(1.0, abs(down)))
    assert apex(*np.array(shot)) == pytest.approx(places[:, 1].max(), rel=1e-5)


@pytest.mark.parametrize("shot", SHOTS)
def test_the_landing_is_the_schoolbooks(shot):
    """Without drag, and back at the height of the launch, the range is v² sin 2θ / g."""
    speed, angle = shot

    assert landing(*np.array(shot)) == pytest.approx(speed**2 * np.sin(2 * np.pi * angle / 180) / 9.81, rel=1e-12)


@pytest.mark.parametrize("shot", SHOTS)
def test_every_place_of_a_flight_is_on_its_parabola(shot):
    """y = x tan θ − g x² / (2 v² cos² θ), from the launch to the landing, in equal shares of time."""
    speed, turn = shot[0], np.pi * shot[1] / 180
    places = flight(*shot, np.linspace(0, 1, 33))
    x, y = places.T

    assert y == pytest.approx(x * np.tan(turn) - 9.81 * x**2 / (2 * speed**2 * np.cos(turn) ** 2), abs=1e-9)
    assert (y >= 0).all()
    assert np.diff(x) == pytest.approx(np.full(32, landing(*np.array(shot)) / 32), rel=1e-9)
    assert places[-1] == pytest.approx([float(landing(*np.array(shot))), 0.0], abs=1e-9)


def shots_at_random(number: int = 200) -> np.ndarray:
    """(n, 2): speeds and angles of shots."""
    source = np.random.default_rng(7)
    return np.column_stack([source.uniform(1, 60, number), source.uniform(1, 179, number)])


def test_the_gradient_is_that_of_the_loss():
    """Central differences of the loss give its gradient, and those of the gradient its Hessian."""
    objective, points, width = basket_miss(), shots_at_random(), 1e-5
    for axis, shift in enumerate(width * np.eye(2)):
        rough = (objective.value(points + shift) - objective.value(points - shift)) / (2 * width)
        np.testing.assert_allclose(objective.gradient(points)[:, axis], rough, rtol=1e-5, atol=1e-3)
        rough = (objective.gradient(points + shift) - objective.gradient(points - shift)) / (2 * width)
        np.testing.assert_allclose(objective.hessian(points)[:, axis], rough, rtol=1e-5, atol=1e-4)


def test_the_gradient_is_twice_the_miss_times_what_moves_the_landing():
    """The error is a factor of every correction."""
    points = shots_at_random()
    miss = landing(*points.T) - 60
    moves = np.stack(landing_slopes(*points.T), axis=-1)

    np.testing.assert_allclose(basket_miss().gradient(points), 2 * miss[:, None] * moves, rtol=1e-12)


def test_the_loss_is_the_squared_miss_in_square_metres():
    """A shot that goes nowhere misses by the whole distance."""
    objective = basket_miss(40.0)

    assert objective.value(np.array([0.0, 30.0])) == 1600
    assert objective.value(np.array([20.0, 45.0])) == pytest.approx((400 / 9.81 - 40) ** 2)
    assert (DISTANCE, GRAVITY) == (60.0, 9.81)


def test_equal_angles_from_both_ends_carry_equally_far():
    """θ and 90° − θ are two ways to the same place."""
    for speed, angle in ((25.0, 10.0), (31.3, 33.3), (18.0, 0.0)):
        assert landing(np.array(speed), np.array(angle)) == landing(np.array(speed), np.array(90 - angle))


def test_right_angles_are_exact():
    """Straight up, straight ahead and straight back, a ball comes down at 0, not next to it."""
    angles = np.array([0.0, 90.0, 180.0, 270.0, 360.0, -90.0])
    sine, cosine = sine_and_cosine(angles)

    assert sine.tolist() == [0, 1, 0, -1, 0, -1]
    assert cosine.tolist() == [1, 0, -1, 0, 1, 0]
    assert landing(np.array(20.0), np.array([0.0, 90.0, 180.0])).tolist() == [0, 0, 0]
    many = np.linspace(-400, 400, 1601)
    np.testing.assert_allclose(sine_and_cosine(many), [np.sin(np.radians(many)), np.cos(np.radians(many))], atol=2e-15)


def test_each_hit_is_a_hit():
    """The speed that an angle needs lands the ball in the middle of the basket, where the loss is zero and level."""
    angles = np.linspace(1, 89, 89)
    hits = np.stack([hitting_speed(angles), angles], axis=-1)

    np.testing.assert_allclose(landing(*hits.T), 60, rtol=1e-12)
    assert basket_miss().value(hits).max() < 1e-20
    assert np.abs(basket_miss().gradient(hits)).max() < 1e-9


@pytest.mark.parametrize("shot", [(-1.0, 30.0), (20.0, -0.1), (20.0, 180.1)])
def test_what_is_no_shot_has_no_number(shot):
    """A negative speed or an angle into the ground has neither landing nor loss nor slope, and a run ends before it."""
    point, objective = np.array(shot), basket_miss()

    assert not is_shot(*point)
    assert np.isnan([landing(*point), apex(*point), objective.value(point), *objective.gradient(point)]).all()
    with pytest.raises(ValueError, match="start elsewhere"):
        simulate(objective, start=shot)


@pytest.mark.parametrize("distance", [0.0, -3.0, float("nan"), float("inf")])
def test_a_basket_is_somewhere(distance):
    """A distance that is not positive and finite is refused with one that works."""
    with pytest.raises(ValueError, match=r"positive, finite distance, got .*; 60 works"):
        basket_miss(distance)
