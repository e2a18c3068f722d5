"""The window of a dataset: all its rows, and the line with which its fit begins. Nothing is drawn here."""

from __future__ import annotations

import numpy as np

from gdsim.batches import BatchRun
from scenes.script.window import FLATTEST, Window

# Margins, as shares of the window's size.
BESIDE, BELOW, ABOVE = 0.07, 0.06, 0.1
# Zero is in the window if it is no further from the data than this many times their range.
NEAR = 0.6


def data_window(run: BatchRun) -> Window:
    """All rows, zero if it is near, and the first line as far as it is no further away than the rows are apart."""
    x, y = run.data.inputs[:, 0], run.data.targets
    left, right = _with_zero(float(x.min()), float(x.max()))
    line = run.model.predict(run.points[0], np.array([[left], [right]]))
    low, high = _with_zero(float(y.min()), float(y.max()))
    size = high - low
    ends = np.clip(np.nan_to_num(line), low - size, high + size).tolist()
    low, high = min(low, *ends), max(high, *ends)
    margins = BESIDE * (right - left), BELOW * (high - low), ABOVE * (high - low)
    return left - margins[0], right + margins[0], low - margins[1], high + margins[2]


def _with_zero(low: float, high: float) -> tuple[float, float]:
    """A range that is never flat, with zero in it if that is near."""
    size = max(high - low, FLATTEST * max(abs(low), abs(high)))
    if size == 0:
        return -1.0, 1.0
    if low > 0 and (low <= NEAR * size or high == low):
        low = 0.0
    elif high < 0 and (-high <= NEAR * size or high == low):
        high = 0.0
    return (low, high) if high > low else (low - size / 2, high + size / 2)
