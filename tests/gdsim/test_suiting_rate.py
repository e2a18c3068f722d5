"""A rate that suits a function lets plain descent go down all the way on its map."""

import numpy as np
import pytest

from gdsim import SURFACES, simulate
from gdsim.expression import parse_objective
from gdsim.suiting_rate import descends, suiting_rate

NAMED = sorted(SURFACES)
TYPED = ("x**2 + 20*y**2", "x**2 - y**2", "1e6*(x**2 + y**2)", "(x**2 + y**2)/1e6", "x + y", "exp(x) + y**2", "cosh(x)")


@pytest.mark.parametrize("name", [*NAMED, *TYPED])
def test_plain_descent_descends_at_it(name):
    """Twenty steps at the rate never climb, never leap over a valley, and stay on the map."""
    objective = SURFACES.get(name) or parse_objective(name)
    run = simulate(objective, rate=suiting_rate(objective, steps=20), steps=20)

    assert descends(run)
    assert run.losses[-1] <= run.losses[0]


@pytest.mark.parametrize("curvature", [0.02, 1.0, 40.0, 3e5])
def test_it_follows_the_curvature(curvature):
    """On ½λ(x² + y²) it is a 1, 2 or 5 times a power of ten, at most 1 / λ and no less than a tenth of that."""
    rate = suiting_rate(parse_objective(f"{curvature}*(x**2 + y**2)/2"))

    assert 0.1 / curvature <= rate <= 1 / curvature * (1 + 1e-9)
    assert f"{rate:.0e}"[0] in "125"


def test_where_it_starts_matters():
    """Further up Rosenbrock's wall, where it bends more, the rate is smaller."""
    near, far = (suiting_rate(SURFACES["rosenbrock"], start) for start in ((-1.2, 1.0), (-1.9, -0.9)))

    assert far < near


def test_a_start_without_a_value_is_refused():
    """Where the function has no finite value, the error is that of a run there."""
    with pytest.raises(ValueError, match="finite"):
        suiting_rate(parse_objective("log(x) + y**2"), np.array([-1.0, 0.0]))
