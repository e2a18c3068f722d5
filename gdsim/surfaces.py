"""The table of named objectives: closed forms with their gradients, Hessians and minima."""

from __future__ import annotations

import warnings
from typing import Any

from gdsim import classics, landscapes, valleys
from gdsim.landscapes import elongated_bowl
from gdsim.objective import Objective

__all__ = ["SURFACES", "elongated_bowl"]

_TABLE: dict[str, Objective] = {
    "square": valleys.SQUARE,
    "shifted-parabola": valleys.SHIFTED_PARABOLA,
    "two-valleys": valleys.TWO_VALLEYS,
    "double-well": valleys.DOUBLE_WELL,
    "bumpy": valleys.BUMPY,
    "speed-bump": valleys.SPEED_BUMP,
    "plateau": valleys.PLATEAU,
    "absolute-value": valleys.ABSOLUTE_VALUE,
    "bowl": landscapes.BOWL,
    "elongated-bowl": elongated_bowl(),
    "saddle": landscapes.SADDLE,
    "double-well-2d": landscapes.DOUBLE_WELL,
    "two-valleys-2d": landscapes.TWO_VALLEYS,
    "monkey-saddle": landscapes.MONKEY_SADDLE,
    "plateau-2d": landscapes.PLATEAU,
    "rosenbrock": classics.ROSENBROCK,
    "himmelblau": classics.HIMMELBLAU,
    "beale": classics.BEALE,
    "booth": classics.BOOTH,
    "matyas": classics.MATYAS,
    "three-hump-camel": classics.THREE_HUMP_CAMEL,
    "six-hump-camel": classics.SIX_HUMP_CAMEL,
    "mccormick": classics.MCCORMICK,
    "goldstein-price": classics.GOLDSTEIN_PRICE,
    "styblinski-tang": landscapes.STYBLINSKI_TANG,
    "rastrigin": landscapes.RASTRIGIN,
    "ackley": landscapes.ACKLEY,
}


def named(name: str) -> Objective:
    """The objective of that name as it is in the table."""
    return _TABLE[name]


# A name that a function had, and the one that it has now.
RENAMED = {"parabola": "square"}


def renamed(name: str) -> str:
    """What to tell who uses a former name."""
    return (
        f"as a function, {name} is called {RENAMED[name]}, x**2; what the lesson {name} draws is shifted-parabola, "
        "(x - 3)**2"
    )


class _Surfaces(dict[str, Objective]):
    """The table, which still knows former names, with a warning."""

    def __missing__(self, name: str) -> Objective:
        if name not in RENAMED:
            raise KeyError(name)
        warnings.warn(renamed(name), FutureWarning, stacklevel=2)
        return self[RENAMED[name]]

    def get(self, name: str, default: Any = None) -> Any:
        """The objective of that name, or `default`."""
        return self[name] if name in self or name in RENAMED else default


SURFACES: dict[str, Objective] = _Surfaces({name: one.made_by(named, name) for name, one in _TABLE.items()})
"""Every named objective. `parabola`, once the name of x**2, still stands for it, with a warning: it is `square`."""
