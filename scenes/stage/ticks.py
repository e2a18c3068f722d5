"""Round numbers along an axis. Nothing is drawn here."""

from __future__ import annotations

import math

FACTORS = (1, 2, 5)


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round numbers between low and high: steps of 1, 2 or 5 times a power of ten, at most `most` of them.

    Each is the double nearest to its decimal, at any scale; none if the two are not finite or not distinct.
    """
    room = high / most - low / most  # the difference itself may be more than a double holds
    if not (math.isfinite(room) and room > 0):
        return []
    for exponent in range(math.floor(math.log10(room)), 309):
        for factor in FACTORS:
            step = factor * 10.0**exponent
            if not all(map(math.isfinite, (step, low / step, high / step) if step else (math.inf,))):
                continue
            first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
            if last - first < most:
                return sorted({float(f"{index * factor}e{exponent}") for index in range(first, last + 1)})
    return []
