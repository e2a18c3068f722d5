"""Functions of one variable: a curve for a ball to roll on.

Powers are written as products: numpy's `**` may differ in its last bit between one point and many, and a
run must have the same bits alone and in an ensemble.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from gdsim.objective import Array, Minimum, of_one_variable


def minima_of_quartic(p: float, q: float, value: Callable[[Array], Array]) -> tuple[Minimum, Minimum]:
    """The two minima, the lower one first, of a quartic whose derivative is a multiple of x³ + px + q with p < 0.

    They are the outer two of the cubic's three real roots, by Viète's closed form.
    """
    radius = 2 * math.sqrt(-p / 3)
    angle = math.acos(3 * q / (2 * p) * math.sqrt(-3 / p)) / 3
    points = [radius * math.cos(angle - 2 * math.pi * turn / 3) for turn in (0, 2)]
    first, second = sorted((float(value(np.array(point))), point) for point in points)
    return Minimum((first[1],), first[0]), Minimum((second[1],), second[0])


def _slope_of_abs(x: Array) -> Array:
    """The sign of x; undefined at the kink."""
    return np.where(x == 0, np.nan, np.sign(x))


def _bend_of_abs(x: Array) -> Array:
    """Zero; undefined at the kink."""
    return np.where(x == 0, np.nan, 0.0)


SQUARE = of_one_variable(
    value=lambda x: x * x,
    slope=lambda x: 2 * x,
    bend=lambda x: np.full_like(x, 2.0),
    name="square",
    formula="x^2",
    variables=("x",),
    domain=((-4.0, 4.0),),
    start=(3.0,),
    minima=(Minimum((0.0,), 0.0),),
)

SHIFTED_PARABOLA = of_one_variable(
    value=lambda x: (x - 3) * (x - 3),
    slope=lambda x: 2 * (x - 3),
    bend=lambda x: np.full_like(x, 2.0),
    name="shifted-parabola",
    formula="(x - 3)^2",
    variables=("x",),
    domain=((-3.0, 9.0),),
    start=(8.0,),
    minima=(Minimum((3.0,), 0.0),),
)


def _two_valleys(x: Array) -> Array:
    return x * x * x * x - 3 * x * x + x


TWO_VALLEYS = of_one_variable(
    value=_two_valleys,
    slope=lambda x: 4 * x * x * x - 6 * x + 1,
    bend=lambda x: 12 * x * x - 6,
    name="two-valleys",
    formula="x^4 - 3 x^2 + x",
    variables=("x",),
    domain=((-2.2, 2.2),),
    start=(2.0,),
    minima=minima_of_quartic(-1.5, 0.25, _two_valleys),
)


def _double_well(x: Array) -> Array:
    return (x * x - 1) * (x * x - 1) + 0.3 * x


# Duffing's potential with a tilt that makes the left well the deeper one.
DOUBLE_WELL = of_one_variable(
    value=_double_well,
    slope=lambda x: 4 * x * (x * x - 1) + 0.3,
    bend=lambda x: 12 * x * x - 4,
    name="double-well",
    formula="(x^2 - 1)^2 + 0.3 x",
    variables=("x",),
    domain=((-1.8, 1.8),),
    start=(1.6,),
    minima=minima_of_quartic(-1.0, 0.075, _double_well),
)

# Its minima are roots of 3 cos 3x + x/5, refined by Newton's method to the last digit.
BUMPY = of_one_variable(
    value=lambda x: np.sin(3 * x) + 0.1 * x * x,
    slope=lambda x: 3 * np.cos(3 * x) + 0.2 * x,
    bend=lambda x: -9 * np.sin(3 * x) + 0.2,
    name="bumpy",
    formula="sin(3 x) + 0.1 x^2",
    variables=("x",),
    domain=((-5.0, 5.0),),
    start=(4.6,),
    minima=(
        Minimum((-0.5122140283561129,), -0.9731804794973067),
        Minimum((1.53658988014775,), -0.7586284086132372),
        Minimum((-2.5608069380735433,), -0.3295462859357772),
        Minimum((3.5847518173037196,), 0.3140209196591906),
        Minimum((-4.608298882423006,), 1.172003315524485),
    ),
)

# A bowl with a bump on its side. Its minima are roots of x/2 − 10(x − 2)exp(−5(x − 2)²), refined by Newton's method to
# the last digit; the one at 2.5 is the dip behind the bump.
SPEED_BUMP = of_one_variable(
    value=lambda x: x * x / 4 + np.exp(-5 * (x - 2) * (x - 2)),
    slope=lambda x: x / 2 - 10 * (x - 2) * np.exp(-5 * (x - 2) * (x - 2)),
    bend=lambda x: 0.5 + 10 * (10 * (x - 2) * (x - 2) - 1) * np.exp(-5 * (x - 2) * (x - 2)),
    name="speed-bump",
    formula="x^2 / 4 + e^(-5 (x - 2)^2)",
    variables=("x",),
    domain=((-4.0, 4.5),),
    start=(4.0,),
    minima=(
        Minimum((-8.244601234920652e-08,), 2.061151923099593e-09),
        Minimum((2.537294013905181,), 1.8455830658061092),
    ),
)

# Geman and McClure's robust loss (1985): far from the well, the slope decreases as 2/x³.
PLATEAU = of_one_variable(
    value=lambda x: x * x / (1 + x * x),
    slope=lambda x: 2 * x / ((1 + x * x) * (1 + x * x)),
    bend=lambda x: (2 - 6 * x * x) / ((1 + x * x) * (1 + x * x) * (1 + x * x)),
    name="plateau",
    formula="x^2 / (1 + x^2)",
    variables=("x",),
    domain=((-6.0, 6.0),),
    start=(3.0,),
    minima=(Minimum((0.0,), 0.0),),
)

ABSOLUTE_VALUE = of_one_variable(
    value=np.abs,
    slope=_slope_of_abs,
    bend=_bend_of_abs,
    name="absolute-value",
    formula="abs(x)",
    variables=("x",),
    domain=((-4.0, 4.0),),
    start=(3.25,),
    minima=(Minimum((0.0,), 0.0),),
)
