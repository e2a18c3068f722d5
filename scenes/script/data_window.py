"""The window of a dataset: all its rows, and the line with which its fit begins. Nothing is drawn here."""

from __future__ import annotations

import numpy as np

from gdsim.batches import BatchRun
from scenes.script.window import FLATTEST, Window

# Margins, as shares of the window's size.
BESIDE, BELOW, ABOVE = 0.07, 0.07, 0.1
# Zero, and the ends of the first line, are in the window if they are no further from the data than so many times
# the data's range.
NEAR_ACROSS, NEAR_UP = 0.6, 3.0


def data_window(run: BatchRun) -> Window:
    """All rows, zero if it is near, and the first line where it is near."""
    x, y = run.data.inputs[:, 0], run.data.targets
    left, right = _with((0.0,), float(x.min()), float(x.max()), NEAR_ACROSS)
    with np.errstate(all="ignore"):
        line = np.nan_to_num(run.model.predict(run.points[0], np.array([[left], [right]]))).tolist()
    low, high = _with((0.0, *line), float(y.min()), float(y.max()), NEAR_UP)
    margins = BESIDE * (right - left), BELOW * (high - low), ABOVE * (high - low)
    return left - margins[0], right + margins[0], low - margins[1], high + margins[2]


def _with(values: tuple[float, ...], low: float, high: float, near: float) -> tuple[float, float]:
    """A range that is never flat, with those of the values that are near."""
    size = high - low if high - low > FLATTEST * max(abs(low), abs(high)) else max(abs(low), abs(high))
    if size == 0:
        return -1.0, 1.0
    inside = [value for value in values if low - near * size <= value <= high + near * size]
    low, high = min([low, *inside]), max([high, *inside])
    return (low, high) if high - low > FLATTEST * size else (low - size / 2, high + size / 2)
