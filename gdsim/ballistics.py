"""A shot at a basket: where a ball lands that leaves the ground at a speed and an angle, without drag.

A shot is (speed, angle), in metres per second and degrees above the ground, away from the slingshot; beyond 90 degrees
it goes backwards. Speeds below 0 and angles outside 0 to 180 degrees are no shots: all is NaN there.

At the speeds of a slingshot, a metre per second more and a degree more move the landing about equally far. In these
units, plain gradient descent with one rate therefore corrects both numbers; in radians, whose slope is 57 times as
large, it would turn the angle and hardly touch the speed.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from gdsim.objective import Array, Objective, of_two_variables, quiet

# In metres per second squared, and in metres from the slingshot to the middle of the basket.
GRAVITY, DISTANCE = 9.81, 60.0
DEGREE = np.pi / 180
# Powers are written as products, for the reason given in valleys.py.


def is_shot(speed: Array, angle: Array) -> NDArray[np.bool_]:
    """Whether speeds and angles (...) are shots, (...) of bool."""
    return (speed >= 0) & (angle >= 0) & (angle <= 180)


def sine_and_cosine(degrees: Array) -> tuple[Array, Array]:
    """Those of angles (...) in degrees, each (...): exact at every right angle, where rounded radians are not."""
    quarters = np.round(degrees / 90)
    rest = DEGREE * (degrees - 90 * quarters)
    sine, cosine, turn = np.sin(rest), np.cos(rest), np.mod(quarters, 4)
    turns = [turn == 0, turn == 1, turn == 2]
    return (
        np.select(turns, [sine, cosine, 0 - sine], 0 - cosine),
        np.select(turns, [cosine, 0 - sine, 0 - cosine], sine),
    )


def landing(speed: Array, angle: Array) -> Array:
    """Speeds and angles (...) -> metres from the slingshot to the landing, (...): v² sin 2θ / g."""
    sine, _ = sine_and_cosine(2 * angle)
    return np.where(is_shot(speed, angle), speed * speed * sine / GRAVITY, np.nan)


def landing_slopes(speed: Array, angle: Array) -> tuple[Array, Array]:
    """Speeds and angles (...) -> how far the landing moves, in metres per m/s and in metres per degree, each (...)."""
    sine, cosine = sine_and_cosine(2 * angle)
    return 2 * speed * sine / GRAVITY, 2 * DEGREE * speed * speed * cosine / GRAVITY


def apex(speed: Array, angle: Array) -> Array:
    """Speeds and angles (...) -> the height of the highest place of the flight in metres, (...): v² sin² θ / 2g."""
    up = speed * sine_and_cosine(angle)[0]
    return np.where(is_shot(speed, angle), up * up / (2 * GRAVITY), np.nan)


def flight(speed: float, angle: float, shares: Array) -> Array:
    """Where the ball is after shares (n,) of its time in the air: metres across and up, (n, 2)."""
    across, up = landing(np.array(speed), np.array(angle)), apex(np.array(speed), np.array(angle))
    return np.stack([across * shares, 4 * up * shares * (1 - shares)], axis=-1)


def hitting_speed(angle: Array, distance: float = DISTANCE) -> Array:
    """The speed (...) with which a shot at angles (...) between 0 and 90 degrees lands `distance` metres away."""
    return np.sqrt(GRAVITY * distance / sine_and_cosine(2 * angle)[0])


def basket_miss(distance: float = DISTANCE) -> Objective:
    """The square of the miss in m², over speed v in m/s and angle θ in degrees: (v² sin 2θ / g − distance)².

    distance: metres from the slingshot to the basket. Its hits form a curve, so no minimum is listed.

    Raises ValueError if it is not positive and finite.
    """
    if not 0 < distance < np.inf:
        raise ValueError(f"the basket must be at a positive, finite distance, got {distance:g}; 60 works")

    def value(speed: Array, angle: Array) -> Array:
        miss = landing(speed, angle) - distance
        return miss * miss

    def slopes(speed: Array, angle: Array) -> tuple[Array, Array]:
        miss = landing(speed, angle) - distance
        faster, steeper = landing_slopes(speed, angle)
        return 2 * miss * faster, 2 * miss * steeper

    def bends(speed: Array, angle: Array) -> tuple[Array, Array, Array]:
        miss, (faster, steeper) = landing(speed, angle) - distance, landing_slopes(speed, angle)
        sine, cosine = (2 * part / GRAVITY for part in sine_and_cosine(2 * angle))
        return (
            2 * (faster * faster + miss * sine),
            2 * (faster * steeper + miss * 2 * DEGREE * speed * cosine),
            2 * (steeper * steeper - miss * 2 * DEGREE * DEGREE * speed * speed * sine),
        )

    objective = of_two_variables(
        value=value,
        slopes=slopes,
        bends=bends,
        name="basket-miss",
        formula=f"(v^2 sin(2 theta) \\/ g - {distance:.12g})^2",
        variables=("v", "theta"),
        domain=((15.0, 45.0), (0.0, 90.0)),
        start=(25.0, 10.0),
        symbol="L",
    )
    objective = replace(objective, value=quiet(objective.value), gradient=quiet(objective.gradient))
    return objective.made_by(basket_miss, distance)
