"""Round numbers for an axis."""

from __future__ import annotations

import numpy as np


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Numbers between low and high: steps of 1, 2 or 5 times a power of ten, at most `most` of them."""
    for exponent in range(int(np.floor(np.log10((high - low) / most))), 400):
        for factor in (1, 2, 5):
            step = factor * 10.0**exponent
            first, last = np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9)
            if last - first + 1 <= most:
                return [float(f"{index * step:.12g}") + 0.0 for index in np.arange(first, last + 1)]
    return []
