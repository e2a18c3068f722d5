"""The table of named objectives: closed forms with their gradients, Hessians and minima."""

from __future__ import annotations

from gdsim import classics, landscapes, valleys
from gdsim.landscapes import elongated_bowl
from gdsim.objective import Objective

__all__ = ["SURFACES", "elongated_bowl"]

_TABLE: dict[str, Objective] = {
    "parabola": valleys.PARABOLA,
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


SURFACES: dict[str, Objective] = {name: one.made_by(named, name) for name, one in _TABLE.items()}
"""Every named objective."""
