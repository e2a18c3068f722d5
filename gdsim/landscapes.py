"""Functions of two variables: simple shapes, and landscapes of many valleys.

Powers are written as products, for the reason given in valleys.py.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from gdsim.objective import Array, Minimum, Objective, of_two_variables
from gdsim.valleys import minima_of_quartic


def elongated_bowl(condition: float = 15.0) -> Objective:
    """½(x² + κy²): a valley that is κ times more curved across than along, with eigenvalues 1 and κ.

    condition: the condition number κ.

    Raises ValueError if it is below 1 or not finite.
    """
    if not 1 <= condition < np.inf:
        raise ValueError(
            f"the condition must be 1 or more and finite, got {condition:g}; 15 shows the zigzag at rate 0.1"
        )
    return of_two_variables(
        value=lambda x, y: (x * x + condition * y * y) / 2,
        slopes=lambda x, y: (x, condition * y),
        bends=lambda x, y: (1.0, 0.0, condition),
        name="elongated-bowl",
        formula=f"1/2 (x^2 + {condition:.12g} y^2)",
        variables=("x", "y"),
        domain=((-5.0, 5.0), (-2.5, 2.5)),
        start=(-4.5, 1.5),
        minima=(Minimum((0.0, 0.0), 0.0),),
    ).made_by(elongated_bowl, condition)


def turned_bowl(condition: float = 15.0) -> Objective:
    """¼((x + y)² + κ(x − y)²): the elongated bowl turned by 45° to the left, its start with it.

    What looks the same from every side, such as plain descent, runs there as before; what has a rate for each
    coordinate does not.

    condition: the condition number κ.

    Raises ValueError if it is below 1 or not finite.
    """
    straight = elongated_bowl(condition)
    x, y = straight.start
    half = 0.5**0.5
    return of_two_variables(
        value=lambda x, y: ((x + y) * (x + y) + condition * ((x - y) * (x - y))) / 4,
        slopes=lambda x, y: (((x + y) + condition * (x - y)) / 2, ((x + y) - condition * (x - y)) / 2),
        bends=lambda x, y: ((1 + condition) / 2, (1 - condition) / 2, (1 + condition) / 2),
        name="turned-bowl",
        formula=f"1/4 ((x + y)^2 + {condition:.12g} (x - y)^2)",
        variables=straight.variables,
        domain=straight.domain,
        start=(half * (x - y), half * (x + y)),
        minima=straight.minima,
    ).made_by(turned_bowl, condition)


BOWL = of_two_variables(
    value=lambda x, y: x * x + y * y,
    slopes=lambda x, y: (2 * x, 2 * y),
    bends=lambda x, y: (2.0, 0.0, 2.0),
    name="bowl",
    formula="theta_1^2 + theta_2^2",
    variables=("theta_1", "theta_2"),
    domain=((-5.0, 5.0), (-5.0, 5.0)),
    start=(3.0, 4.0),
    minima=(Minimum((0.0, 0.0), 0.0),),
    symbol="J",
)

SADDLE = of_two_variables(
    value=lambda x, y: x * x - y * y,
    slopes=lambda x, y: (2 * x, -2 * y),
    bends=lambda x, y: (2.0, 0.0, -2.0),
    name="saddle",
    formula="x^2 - y^2",
    variables=("x", "y"),
    domain=((-3.0, 3.0), (-3.0, 3.0)),
    start=(2.5, 0.01),
)

# A pass between two hills, at the origin, with a valley on either side: ½(y² − 1)² is the double well of physics.
DOUBLE_WELL = of_two_variables(
    value=lambda x, y: x * x + (y * y - 1) * (y * y - 1) / 2,
    slopes=lambda x, y: (2 * x, 2 * y * (y * y - 1)),
    bends=lambda x, y: (2.0, 0.0, 6 * y * y - 2),
    name="double-well-2d",
    formula="x^2 + 1/2 (y^2 - 1)^2",
    variables=("x", "y"),
    domain=((-1.5, 1.5), (-1.35, 1.35)),
    start=(-1.4, 0.01),
    minima=(Minimum((0.0, -1.0), 0.0), Minimum((0.0, 1.0), 0.0)),
)


def _along_floor(x: Array) -> Array:
    return x * x * x * x / 4 - 1.25 * x * x + x / 2


# A shallow valley, high up like a mountain lake, and a deep one behind a pass. For each x the lowest y is −x/2: along
# that line the function is ¼x⁴ − 1¼x² + ½x, which has the minima.
TWO_VALLEYS = of_two_variables(
    value=lambda x, y: x * x * x * x / 4 - x * x + x / 2 + y * y + x * y,
    slopes=lambda x, y: (x * x * x - 2 * x + 0.5 + y, 2 * y + x),
    bends=lambda x, y: (3 * x * x - 2, 1.0, 2.0),
    name="two-valleys-2d",
    formula="1/4 x^4 - x^2 + 1/2 x + y^2 + x y",
    variables=("x", "y"),
    domain=((-2.35, 2.35), (-2.35, 2.35)),
    start=(0.4, 1.7),
    minima=tuple(
        Minimum((known.point[0], -known.point[0] / 2), known.value)
        for known in minima_of_quartic(-2.5, 0.5, _along_floor)
    ),
)

MONKEY_SADDLE = of_two_variables(
    value=lambda x, y: x * (x * x - 3 * y * y),
    slopes=lambda x, y: (3 * (x * x - y * y), -6 * x * y),
    bends=lambda x, y: (6 * x, -6 * y, -6 * x),
    name="monkey-saddle",
    formula="x^3 - 3 x y^2",
    variables=("x", "y"),
    domain=((-2.0, 2.0), (-2.0, 2.0)),
    start=(1.6, 0.02),
)


def _plateau_bends(x: Array, y: Array) -> tuple[Array, Array, Array]:
    lift = 1 + x * x + y * y
    cube = lift * lift * lift
    return (2 * lift - 8 * x * x) / cube, -8 * x * y / cube, (2 * lift - 8 * y * y) / cube


# Geman and McClure's robust loss (1985) of the distance from the origin.
PLATEAU = of_two_variables(
    value=lambda x, y: (x * x + y * y) / (1 + x * x + y * y),
    slopes=lambda x, y: (
        2 * x / ((1 + x * x + y * y) * (1 + x * x + y * y)),
        2 * y / ((1 + x * x + y * y) * (1 + x * x + y * y)),
    ),
    bends=_plateau_bends,
    name="plateau-2d",
    formula="(x^2 + y^2) / (1 + x^2 + y^2)",
    variables=("x", "y"),
    domain=((-5.0, 5.0), (-5.0, 5.0)),
    start=(2.0, 2.0),
    minima=(Minimum((0.0, 0.0), 0.0),),
)


def _pairs(*minima: Minimum) -> tuple[Minimum, ...]:
    """The minima of g(x) + g(y), lowest first, from those of g."""
    both = (Minimum(one.point + other.point, one.value + other.value) for one, other in product(minima, repeat=2))
    return tuple(sorted(both, key=lambda minimum: minimum.value))


def _styblinski_tang(x: Array) -> Array:
    return (x * x * x * x - 16 * x * x + 5 * x) / 2


def _rastrigin(x: Array) -> Array:
    return 10 + x * x - 10 * np.cos(2 * np.pi * x)


def _rastrigin_slope(x: Array) -> Array:
    return 2 * x + 20 * np.pi * np.sin(2 * np.pi * x)


def _rastrigin_bend(x: Array) -> Array:
    return 2 + 40 * np.pi * np.pi * np.cos(2 * np.pi * x)


# Styblinski and Tang (1990), Neural Networks 3; published: −78.332331 at (−2.903534, −2.903534).
STYBLINSKI_TANG = of_two_variables(
    value=lambda x, y: _styblinski_tang(x) + _styblinski_tang(y),
    slopes=lambda x, y: ((4 * x * x * x - 32 * x + 5) / 2, (4 * y * y * y - 32 * y + 5) / 2),
    bends=lambda x, y: (6 * x * x - 16, 0.0, 6 * y * y - 16),
    name="styblinski-tang",
    formula="1/2 (x^4 - 16 x^2 + 5 x + y^4 - 16 y^2 + 5 y)",
    variables=("x", "y"),
    domain=((-4.5, 4.5), (-4.5, 4.5)),
    start=(4.0, 0.6),
    minima=_pairs(*minima_of_quartic(-8.0, 1.25, _styblinski_tang)),
)

# Rastrigin (1974), Systems of Extremal Control: 0 at the origin, and a valley near every pair of integers.
RASTRIGIN = of_two_variables(
    value=lambda x, y: _rastrigin(x) + _rastrigin(y),
    slopes=lambda x, y: (_rastrigin_slope(x), _rastrigin_slope(y)),
    bends=lambda x, y: (_rastrigin_bend(x), 0.0, _rastrigin_bend(y)),
    name="rastrigin",
    formula="20 + x^2 - 10 cos(2 pi x) + y^2 - 10 cos(2 pi y)",
    variables=("x", "y"),
    domain=((-2.35, 2.35), (-2.35, 2.35)),
    start=(2.2, 1.7),
    minima=_pairs(
        Minimum((0.0,), 0.0),
        Minimum((0.9949586376523348,), 0.9949590570932914),
        Minimum((-0.9949586376523348,), 0.9949590570932914),
        Minimum((1.9899122337085496,), 3.9798311905540875),
        Minimum((-1.9899122337085496,), 3.9798311905540875),
    ),
)


def _ackley(x: Array, y: Array) -> Array:
    cone = 20 * np.exp(-np.sqrt((x * x + y * y) / 2) / 5)
    waves = np.exp((np.cos(2 * np.pi * x) + np.cos(2 * np.pi * y)) / 2)
    return (20 - cone) + (np.e - waves)


def _ackley_slopes(x: Array, y: Array) -> tuple[Array, Array]:
    radius = np.sqrt((x * x + y * y) / 2)
    pull = 2 * np.exp(-radius / 5) / radius
    waves = np.pi * np.exp((np.cos(2 * np.pi * x) + np.cos(2 * np.pi * y)) / 2)
    return pull * x + waves * np.sin(2 * np.pi * x), pull * y + waves * np.sin(2 * np.pi * y)


def _ackley_bends(x: Array, y: Array) -> tuple[Array, Array, Array]:
    radius = np.sqrt((x * x + y * y) / 2)
    pull = 2 * np.exp(-radius / 5) / radius
    fade = -pull * (radius / 5 + 1) / (2 * radius * radius)
    waves = np.pi * np.pi * np.exp((np.cos(2 * np.pi * x) + np.cos(2 * np.pi * y)) / 2)
    sine_x, sine_y = np.sin(2 * np.pi * x), np.sin(2 * np.pi * y)
    return (
        pull + fade * x * x + waves * (2 * np.cos(2 * np.pi * x) - sine_x * sine_x),
        fade * x * y - waves * sine_x * sine_y,
        pull + fade * y * y + waves * (2 * np.cos(2 * np.pi * y) - sine_y * sine_y),
    )


def _around(x: float, y: float, value: float) -> list[Minimum]:
    """A minimum and its images under the symmetries of a square."""
    places = {(a * s + 0.0, b * t + 0.0) for a, b in ((x, y), (y, x)) for s in (1, -1) for t in (1, -1)}
    return [Minimum(place, value) for place in sorted(places)]


# Ackley (1987), A Connectionist Machine for Genetic Hillclimbing; at the origin, the tip of its cone, it has no slope.
ACKLEY = of_two_variables(
    value=_ackley,
    slopes=_ackley_slopes,
    bends=_ackley_bends,
    name="ackley",
    formula="20 + e - 20 e^(-0.2 sqrt((x^2 + y^2) \\/ 2)) - e^((cos 2 pi x + cos 2 pi y) \\/ 2)",
    variables=("x", "y"),
    domain=((-2.35, 2.35), (-2.35, 2.35)),
    start=(2.2, 1.7),
    minima=(
        Minimum((0.0, 0.0), 0.0),
        *_around(0.9521665459501717, 0.0, 2.57992755702987225),
        *_around(0.9684776587077244, 0.9684776587077244, 3.57445187725768007),
        *_around(1.9589197181217173, 0.0, 4.88406525809115446),
        *_around(1.9646166628629863, 0.9824160350791393, 5.38186418749019144),
        *_around(1.9744519864841166, 1.9744519864841166, 6.55964537562787762),
    ),
)
