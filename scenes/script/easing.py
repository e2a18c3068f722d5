"""Easing functions: share of the time -> share of the way."""

from __future__ import annotations

import math
from collections.abc import Callable

Ease = Callable[[float], float]


def smooth(share: float) -> float:
    """From rest to rest: flat at both ends and twice differentiable."""
    return share**3 * (share * (6 * share - 15) + 10)


def even(share: float) -> float:
    """At constant speed."""
    return share


def there_and_back(share: float) -> float:
    """To the value and back again."""
    return math.sin(math.pi * share) ** 2 if share < 1 else 0.0


def quickening(share: float) -> float:
    """Slow at first: the first steps of many can be followed, the last go by quickly."""
    return share**1.6


EASES: dict[str, Ease] = {
    "smooth": smooth,
    "even": even,
    "there and back": there_and_back,
    "quickening": quickening,
}
