"""From the user's options to a logistic model fitted to rows of two inputs and an answer, yes or no."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gdsim.batches import BatchRun, descend_in_batches
from gdsim.dataset import Dataset
from gdsim.regression import logistic
from scenes.planned_fit import asked_data, asked_training, gentle_rate
from scenes.spec import RenderSpec

# The map's contours are found anew for each frame, from all rows.
MOST_ROWS = 2000
# Data beyond these cannot be squared.
LARGEST, SMALLEST = 1e100, 1e-100
# An input whose mean is within so many of its spreads, and whose spread is between these, stays as it is.
OFF, SPREADS = 2.0, (0.25, 4.0)
# The usual rate for data of any scale is an eighth of the largest that surely converges; this is three quarters of it.
BRISK = 6.0


def planned_classes(spec: RenderSpec, data: str, epochs: int, start: tuple[float, ...]) -> BatchRun:
    """The fit that `spec` asks for; inputs of an awkward size are standardised first.

    Without a rate of the user's, about three quarters of the largest at which descent surely converges.
    Raises ValueError, in one line, if the data are not two inputs and an answer, or a value is off.
    """
    rows = class_data(asked_data(spec, data))
    with np.errstate(all="ignore"):
        rate = float(f"{BRISK * gentle_rate(logistic(2), rows):.0e}")
        asked = asked_training(replace(spec, start=spec.start or start), data, rate, epochs, "logistic")
        return descend_in_batches(*asked._replace(data=rows).arguments)


def class_data(data: Dataset) -> Dataset:
    """The rows, with inputs of a size that suits descent. Raises ValueError, in one line, if they do not suit."""
    works = "--data two-clouds works, or a file with rows such as 1.5,-0.5,1"
    if data.features != 2:
        raise ValueError(f"classify needs two columns of x and an answer, {data.name} has one column of x; {works}")
    answers = sorted(set(data.targets.tolist()))
    if answers != [0.0, 1.0]:
        got = ", ".join(f"{value:g}" for value in answers[:3]) + (", …" if len(answers) > 3 else "")
        raise ValueError(f"classify needs answers 0 and 1, both of them; {data.name} has {got}; {works}")
    if data.rows > MOST_ROWS:
        raise ValueError(
            f"classify takes up to {MOST_ROWS} rows, {data.name} has {data.rows}; every tenth may do; {works}"
        )
    largest = np.abs(data.inputs).max(axis=0)
    if not ((largest < LARGEST) & ((largest > SMALLEST) | (largest == 0))).all():
        raise ValueError(
            f"classify draws numbers from {SMALLEST:g} to {LARGEST:g}; divide those of {data.name}; {works}"
        )
    middle, spread = data.inputs.mean(axis=0), data.inputs.std(axis=0)
    handy = (np.abs(middle) <= OFF * spread) & (spread >= SPREADS[0]) & (spread <= SPREADS[1])
    return data if handy.all() else data.standardised()
