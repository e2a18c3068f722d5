"""Test functions of two variables from the literature, each with its published minima.

Unless another source is named, formulas and global minima follow Jamil and Yang, "A literature survey of benchmark
functions for global optimisation problems" (2013), arXiv:1308.4008. Minima without a closed form were refined by
Newton's method to the last digit of a double. Powers are written as products, for the reason given in valleys.py.
"""

from __future__ import annotations

import numpy as np

from gdsim.objective import Array, Minimum, of_two_variables


def _square(x: Array) -> Array:
    return x * x


def _mirrored(x: float, y: float, value: float) -> tuple[Minimum, Minimum]:
    """A minimum and its mirror image through the origin."""
    return Minimum((x, y), value), Minimum((-x, -y), value)


# Rosenbrock (1960), The Computer Journal 3; the start (−1.2, 1) is his, too.
ROSENBROCK = of_two_variables(
    value=lambda x, y: _square(1 - x) + 100 * _square(y - x * x),
    slopes=lambda x, y: (-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)),
    bends=lambda x, y: (2 - 400 * y + 1200 * x * x, -400 * x, 200.0),
    name="rosenbrock",
    formula="(1 - x)^2 + 100 (y - x^2)^2",
    variables=("x", "y"),
    domain=((-2.0, 2.0), (-1.0, 3.0)),
    start=(-1.2, 1.0),
    minima=(Minimum((1.0, 1.0), 0.0),),
)

# Himmelblau (1972), Applied Nonlinear Programming.
HIMMELBLAU = of_two_variables(
    value=lambda x, y: _square(x * x + y - 11) + _square(x + y * y - 7),
    slopes=lambda x, y: (
        4 * x * (x * x + y - 11) + 2 * (x + y * y - 7),
        2 * (x * x + y - 11) + 4 * y * (x + y * y - 7),
    ),
    bends=lambda x, y: (12 * x * x + 4 * y - 42, 4 * (x + y), 12 * y * y + 4 * x - 26),
    name="himmelblau",
    formula="(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    variables=("x", "y"),
    domain=((-5.0, 5.0), (-5.0, 5.0)),
    start=(0.5, -1.25),
    minima=(
        Minimum((3.0, 2.0), 0.0),
        Minimum((-2.805118086952745, 3.131312518250573), 0.0),
        Minimum((-3.779310253377747, -3.283185991286169), 0.0),
        Minimum((3.584428340330492, -1.8481265269644035), 0.0),
    ),
)


def _beale_errors(x: Array, y: Array) -> tuple[Array, Array, Array]:
    return 1.5 - x + x * y, 2.25 - x + x * y * y, 2.625 - x + x * y * y * y


def _beale(x: Array, y: Array) -> Array:
    a, b, c = _beale_errors(x, y)
    return a * a + b * b + c * c


def _beale_slopes(x: Array, y: Array) -> tuple[Array, Array]:
    a, b, c = _beale_errors(x, y)
    return 2 * (a * (y - 1) + b * (y * y - 1) + c * (y * y * y - 1)), 2 * x * (a + 2 * b * y + 3 * c * y * y)


def _beale_bends(x: Array, y: Array) -> tuple[Array, Array, Array]:
    a, b, c = _beale_errors(x, y)
    a_x, b_x, c_x = y - 1, y * y - 1, y * y * y - 1
    a_y, b_y, c_y = x, 2 * x * y, 3 * x * y * y
    across = a_x * a_y + a + b_x * b_y + 2 * b * y + c_x * c_y + 3 * c * y * y
    along_y = a_y * a_y + b_y * b_y + 2 * b * x + c_y * c_y + 6 * c * x * y
    return 2 * (a_x * a_x + b_x * b_x + c_x * c_x), 2 * across, 2 * along_y


# Beale (1958), "On an iterative method of finding a local minimum of a function of more than one variable".
BEALE = of_two_variables(
    value=_beale,
    slopes=_beale_slopes,
    bends=_beale_bends,
    name="beale",
    formula="(1.5 - x + x y)^2 + (2.25 - x + x y^2)^2 + (2.625 - x + x y^3)^2",
    variables=("x", "y"),
    domain=((-4.5, 4.5), (-4.5, 4.5)),
    start=(1.0, 1.0),
    minima=(Minimum((3.0, 0.5), 0.0),),
)

BOOTH = of_two_variables(
    value=lambda x, y: _square(x + 2 * y - 7) + _square(2 * x + y - 5),
    slopes=lambda x, y: (10 * x + 8 * y - 34, 8 * x + 10 * y - 38),
    bends=lambda x, y: (10.0, 8.0, 10.0),
    name="booth",
    formula="(x + 2 y - 7)^2 + (2 x + y - 5)^2",
    variables=("x", "y"),
    domain=((-10.0, 10.0), (-10.0, 10.0)),
    start=(-6.0, -4.0),
    minima=(Minimum((1.0, 3.0), 0.0),),
)

MATYAS = of_two_variables(
    value=lambda x, y: 0.26 * (x * x + y * y) - 0.48 * x * y,
    slopes=lambda x, y: (0.52 * x - 0.48 * y, 0.52 * y - 0.48 * x),
    bends=lambda x, y: (0.52, -0.48, 0.52),
    name="matyas",
    formula="0.26 (x^2 + y^2) - 0.48 x y",
    variables=("x", "y"),
    domain=((-10.0, 10.0), (-10.0, 10.0)),
    start=(8.0, -2.0),
    minima=(Minimum((0.0, 0.0), 0.0),),
)

THREE_HUMP_CAMEL = of_two_variables(
    value=lambda x, y: x * x * (2 + x * x * (-1.05 + x * x / 6)) + x * y + y * y,
    slopes=lambda x, y: (x * (4 + x * x * (-4.2 + x * x)) + y, x + 2 * y),
    bends=lambda x, y: (4 + x * x * (-12.6 + 5 * x * x), 1.0, 2.0),
    name="three-hump-camel",
    formula="2 x^2 - 1.05 x^4 + x^6 / 6 + x y + y^2",
    variables=("x", "y"),
    domain=((-2.2, 2.2), (-2.2, 2.2)),
    start=(2.0, 1.6),
    minima=(
        Minimum((0.0, 0.0), 0.0),
        *_mirrored(1.747552345830289, -0.8737761729151444, 0.29863844223685982),
    ),
)

# Dixon and Szegö (1978), "The global optimization problem: an introduction".
SIX_HUMP_CAMEL = of_two_variables(
    value=lambda x, y: x * x * (4 + x * x * (-2.1 + x * x / 3)) + x * y + y * y * (-4 + 4 * y * y),
    slopes=lambda x, y: (x * (8 + x * x * (-8.4 + 2 * x * x)) + y, x + y * (-8 + 16 * y * y)),
    bends=lambda x, y: (8 + x * x * (-25.2 + 10 * x * x), 1.0, -8 + 48 * y * y),
    name="six-hump-camel",
    formula="(4 - 2.1 x^2 + x^4 / 3) x^2 + x y + (4 y^2 - 4) y^2",
    variables=("x", "y"),
    domain=((-2.0, 2.0), (-1.1, 1.1)),
    start=(1.8, 0.1),
    minima=(
        *_mirrored(0.08984201310031806, -0.7126564030207396, -1.03162845348987735),
        *_mirrored(1.7036067149699809, -0.7960835686726251, -0.21546382438371764),
        *_mirrored(1.6071047529201972, 0.5686514548841314, 2.10425031031125827),
    ),
)

# Its minima have closed forms: x = y + 1 = ½ − π/3 and ½ + 2π/3.
MCCORMICK = of_two_variables(
    value=lambda x, y: np.sin(x + y) + _square(x - y) - 1.5 * x + 2.5 * y + 1,
    slopes=lambda x, y: (np.cos(x + y) + 2 * (x - y) - 1.5, np.cos(x + y) - 2 * (x - y) + 2.5),
    bends=lambda x, y: (2 - np.sin(x + y), -2 - np.sin(x + y), 2 - np.sin(x + y)),
    name="mccormick",
    formula="sin(x + y) + (x - y)^2 - 1.5 x + 2.5 y + 1",
    variables=("x", "y"),
    domain=((-1.5, 4.0), (-3.0, 4.0)),
    start=(3.5, -2.0),
    minima=(
        Minimum((0.5 - np.pi / 3, -0.5 - np.pi / 3), -1.91322295498103639),
        Minimum((0.5 + 2 * np.pi / 3, -0.5 + 2 * np.pi / 3), 1.22836969860875685),
    ),
)


def _goldstein_price(x: Array, y: Array) -> tuple[tuple[Array, Array, Array], tuple[Array, Array, Array]]:
    """The two factors, functions of t = x + y and of u = 2x − 3y, each with its first two derivatives."""
    t, u = x + y, 2 * x - 3 * y
    first = (
        1 + (t + 1) * (t + 1) * (19 + t * (-14 + 3 * t)),
        12 * (t + 1) * (t - 1) * (t - 2),
        12 * (t * (3 * t - 4) - 1),
    )
    second = (30 + u * u * (18 + u * (-16 + 3 * u)), 12 * u * (u - 1) * (u - 3), 12 * (3 + u * (3 * u - 8)))
    return first, second


def _goldstein_price_slopes(x: Array, y: Array) -> tuple[Array, Array]:
    (a, a_t, _), (b, b_u, _) = _goldstein_price(x, y)
    return a_t * b + 2 * a * b_u, a_t * b - 3 * a * b_u


def _goldstein_price_bends(x: Array, y: Array) -> tuple[Array, Array, Array]:
    (a, a_t, a_tt), (b, b_u, b_uu) = _goldstein_price(x, y)
    return (
        a_tt * b + 4 * a_t * b_u + 4 * a * b_uu,
        a_tt * b - a_t * b_u - 6 * a * b_uu,
        a_tt * b - 6 * a_t * b_u + 9 * a * b_uu,
    )


# Goldstein and Price (1971), Mathematics of Computation 25; all four minima are known exactly.
GOLDSTEIN_PRICE = of_two_variables(
    value=lambda x, y: _goldstein_price(x, y)[0][0] * _goldstein_price(x, y)[1][0],
    slopes=_goldstein_price_slopes,
    bends=_goldstein_price_bends,
    name="goldstein-price",
    formula=(
        "(1 + (x + y + 1)^2 (19 - 14 x + 3 x^2 - 14 y + 6 x y + 3 y^2)) \\ "
        "times (30 + (2 x - 3 y)^2 (18 - 32 x + 12 x^2 + 48 y - 36 x y + 27 y^2))"
    ),
    variables=("x", "y"),
    domain=((-2.0, 2.0), (-2.0, 2.0)),
    start=(-1.5, 0.5),
    minima=(
        Minimum((0.0, -1.0), 3.0),
        Minimum((-0.6, -0.4), 30.0),
        Minimum((1.8, 0.2), 84.0),
        Minimum((1.2, 0.8), 840.0),
    ),
)
