"""What may be asked of a lesson, at random: which options follows from its row in the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from random import Random

from gdsim.dataset import DATASETS
from gdsim.methods import OPTIMISERS
from gdsim.regression import MODELS
from gdsim.schedule import SCHEDULES
from gdsim.setting import FRACTION, ZERO_OR_MORE
from gdsim.surfaces import SURFACES
from scenes.catalogue import LESSONS
from scenes.runs import runs_of
from scenes.spec import RenderSpec

# Functions of one variable and of two that are odd in one way each.
EXPRESSIONS = {
    1: (
        *("-x**2", "exp(x)", "x**3", "abs(x)", "1/x", "log(x)", "x", "sin(x)", "1e6*x**2", "1e-6*x**2"),
        *("(x-3)**2-200", "x**4-3*x**2+x"),
    ),
    2: (
        *("x**2 - y**2", "-x**2 - y**2", "sin(x)*cos(y)", "x**2 + 20*y**2", "1e6*(x**2 + y**2)", "(x**2 + y**2)/1e6"),
        *("exp(x) + y**2", "abs(x) + abs(y)", "1/(x**2 + y**2)", "x + y"),
    ),
}


@dataclass(frozen=True)
class Ground:
    """A lesson as it is without options.

    dims: the parameters of its objective. rates: how many it compares. methods: whether it takes one.
    """

    dims: int
    rates: int
    methods: bool


Values = dict[str, object]
Choice = Callable[[Ground, Values, Random], Values]


@cache
def ground(lesson: str) -> Ground:
    """What the lesson's own runs say of it."""
    row = LESSONS[lesson]
    main = runs_of(row, RenderSpec(lesson))[0]
    return Ground(main.objective.dims, row.most_rates, "--optimiser" in row.takes)


def _rate(own: Ground, given: Values, source: Random) -> Values:
    found = sorted({_rounded(10 ** source.uniform(-4, 1)) for _ in range(source.randint(1, own.rates))})
    return {"learning_rate": found[0]} if len(found) == 1 else {"learning_rates": tuple(found)}


def _start(own: Ground, given: Values, source: Random) -> Values:
    reach = source.choice((0.5, 3.0, 3.0, 12.0))
    return {"start": tuple(_rounded(source.uniform(-reach, reach)) for _ in range(own.dims))}


def _function(own: Ground, given: Values, source: Random) -> Values:
    named = [name for name, surface in SURFACES.items() if surface.dims == own.dims]
    return {"function": source.choice([*named, *EXPRESSIONS[own.dims]])}


def _methods(own: Ground, given: Values, source: Random) -> Values:
    return {"optimisers": tuple(source.sample(list(OPTIMISERS), source.randint(2, 4)))}


def _schedules(own: Ground, given: Values, source: Random) -> Values:
    return {"schedules": tuple(source.sample([name for name in SCHEDULES if name != "constant"], source.randint(1, 4)))}


def _settings(own: Ground, given: Values, source: Random) -> Values:
    """A fraction for one of the method's settings; a lesson that takes no method has a heavy ball's decay."""
    known = OPTIMISERS[str(given.get("optimiser", "gradient-descent"))].settings
    fractions = [name for name, setting in known.items() if setting.kind in (FRACTION, ZERO_OR_MORE)]
    fractions = fractions if own.methods else ["decay"]
    return {"settings": ((source.choice(fractions), source.choice(("0", "0.1", "0.5", "0.99"))),)} if fractions else {}


def _among(field: str, *values: object) -> Choice:
    """One of these values."""
    return lambda own, given, source: {field: source.choice(values)}


# For each option, what is asked with it, where this is given already.
CHOICES: dict[str, Choice] = {
    "--lr": _rate,
    "--steps": _among("steps", 1, 2, 3, 5, 20, 60, 200),
    "--start": _start,
    "--optimiser": _among("optimiser", *OPTIMISERS),
    "--schedule": _among("schedule", *SCHEDULES),
    "--set": _settings,
    "--function": _function,
    "--data": _among("data", *DATASETS),
    "--model": _among("model", *MODELS, "network"),
    "--batch-size": _among("batch_size", 1, 2, 7, 32, 1000),
    "--epochs": _among("epochs", 1, 2, 5, 20, 60),
    "--hidden": _among("hidden", 1, 2, 5, 8, 16),
    "--seed": _among("seed", *range(10)),
    "--optimisers": _methods,
    "--tune": _among("tune", True),
    "--schedules": _schedules,
    "--points": _among("points_a_side", 16, 24, 40),
}
# How often an option is given that is not named here.
OFTEN = {"--schedule": 0.1, "--set": 0.2, "--tune": 0.2, "--function": 0.75, "--model": 0.2}
USUAL = 0.5


def asked(lesson: str, source: Random) -> Values:
    """Fields of a spec of this lesson: of each option that it takes, a random value or none."""
    own = ground(lesson)
    found: Values = {}
    for option in LESSONS[lesson].takes:
        if source.random() < OFTEN.get(option, USUAL):
            found |= CHOICES[option](own, found, source)
    return found


def _rounded(value: float) -> float:
    """Two significant digits, as a person types."""
    return float(f"{value:.2g}")
