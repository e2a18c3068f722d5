"""From the user's options to a line fitted to data, and to the same fit with a standardised input."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gdsim.batches import BatchRun, descend_in_batches
from gdsim.regression import line
from scenes.phrases.fit_facts import narrowness
from scenes.planned_fit import asked_data, asked_model, gentle_rate, planned_fit
from scenes.spec import RenderSpec

LINES = ("line", "line-through-origin")
# A valley so many times as steep across as along is called narrow.
NARROW = 4.0
# With a standardised input, every curvature is 2: at this rate each step halves what is left.
SCALED_RATE, SCALED_STEPS = 0.25, 10
# Data beyond these cannot be drawn, or not squared.
LARGEST, SMALLEST = 1e60, 1e-60


def planned_line(spec: RenderSpec, data: str, epochs: int) -> tuple[BatchRun, ...]:
    """The fit that `spec` asks for, and, if its valley is narrow, the one from the same line with a standardised input.

    Without a rate of the user's, an eighth of the largest that works for these data.
    Raises ValueError, in one line, if the model is no line or the data do not suit it.
    """
    if spec.model not in (None, *LINES):
        raise ValueError(f"{spec.scene} fits a line, not {spec.model}; --model {LINES[0]} or {LINES[1]}")
    rows, own = asked_data(spec, data), spec.model or LINES[0]
    model = asked_model(spec, rows, own)
    model.check(rows)
    for name, values in (("x", rows.inputs[:, 0]), ("y", rows.targets)):
        largest = float(np.abs(values).max())
        if largest > LARGEST or 0 < largest < SMALLEST:
            raise ValueError(
                f"a film shows numbers from {SMALLEST:g} to {LARGEST:g}, got {name} up to {largest:.3g}; divide them"
            )
    with np.errstate(all="ignore"):
        rate = gentle_rate(model, rows) if spec.learning_rate is None else spec.learning_rate
        main = planned_fit(spec, data, rate, epochs, own)
    if main.objective.dims == 1 or not main.steps or narrowness(main) < NARROW:
        return (main,)
    return main, standardised_fit(main)


def standardised_fit(main: BatchRun) -> BatchRun:
    """The fit of a line from the same line as another fit, to the same data with a standardised input."""
    x = main.data.inputs[:, 0]
    w, b = main.points[0]
    start = w * x.std(), b + w * x.mean()
    fit = descend_in_batches(
        line(), main.data.standardised(), epochs=SCALED_STEPS, rate=SCALED_RATE, start=start, rules=()
    )
    return replace(fit, seed=main.seed)
