"""What to say of a fit that gets worse: when it diverged, which rates converge, and what to type."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from gdsim.batches import BatchRun, steps_per_epoch
from gdsim.dataset import Dataset
from gdsim.model import Model
from gdsim.standardised import LINEAR
from gdsim.stop import Stop
from scenes.planned_fit import GENTLE

# Noise of small batches may lift a loss above the one at the start; a fit that diverges multiplies it.
FAR = 1e3


class Divergence(NamedTuple):
    """A fit that diverged.

    epoch: the first, counted from 1, from whose end on the loss was above the one at the start.
    curvature: the largest of the loss, over a batch of any rows; None if it is not known.
    largest_rate: plain descent converges below it. rate: one that suits.
    """

    epoch: int
    curvature: float | None
    largest_rate: float | None
    rate: float | None


class Watch:
    """Follows a fit, part by part, and knows at its end whether it diverged."""

    def __init__(self) -> None:
        self.first: float | None = None
        self.last, self.epochs = 0.0, 0
        self.above: int | None = None
        self.lost = False

    def see(self, part: BatchRun) -> None:
        """Take in the next part."""
        each = steps_per_epoch(part.data.rows, part.batch_size)
        ends = [min(end, part.steps) for end in range(each, part.steps + each, each)]
        if self.first is None:
            self.first = float(part.losses[0])
        for end in ends:
            self.epochs += 1
            if part.losses[end] <= self.first:
                self.above = None
            elif self.above is None:
                self.above = self.epochs
        self.last = float(part.losses[-1])
        self.lost = part.stop in (Stop.DIVERGED, Stop.UNCOMPUTABLE, Stop.UNDEFINED, Stop.SLOPELESS)

    def divergence(self, model: Model, data: Dataset, batch_size: int, rate: object) -> Divergence | None:
        """What is known of the divergence; None if the fit did not diverge. rate: a number, or a schedule."""
        if self.first is None or not (self.lost or self.above is not None):
            return None
        curvature = _curvature(model, data, batch_size)
        limit = None if curvature is None or curvature <= 0 else 2 / curvature
        too_large = limit is not None and isinstance(rate, float) and rate > limit
        if not (self.lost or too_large or self.last > FAR * self.first):
            return None
        suits = None if limit is None else float(f"{GENTLE * limit:.0e}")
        return Divergence(self.above or max(1, self.epochs), curvature, limit, suits)


def told(found: Divergence, model: Model) -> str:
    """The divergence in one line: when, why, and what works."""
    when = f"The fit diverged at epoch {found.epoch}"
    if found.curvature is None or found.largest_rate is None:
        return f"{when}; a smaller --lr works better."
    help_with_units = ", or --standardise" if model.name in LINEAR else ""
    return (
        f"{when}: the largest curvature of the loss is {found.curvature:.3g}, so plain descent converges at rates "
        f"below {rounded_down(found.largest_rate)}; --lr {found.rate:g} works{help_with_units}."
    )


def rounded_down(number: float) -> str:
    """A positive number with three digits, not above itself."""
    unit = 10.0 ** (math.floor(math.log10(number)) - 2)
    return f"{math.floor(number / unit) * unit:.3g}"


def _curvature(model: Model, data: Dataset, batch_size: int) -> float | None:
    """The largest curvature of the loss anywhere, over all rows, or over any batch of fewer.

    A line's is the same everywhere, and logistic regression's is greatest at zero. A batch's is at most that of its
    longest row alone.
    """
    if model.hessian is None:
        return None
    longest = [int(np.argmax(np.sum(data.inputs**2, axis=1)))]
    rows = data if batch_size >= data.rows else data.take(longest)
    return float(np.linalg.eigvalsh(model.hessian(np.zeros(len(model.start)), rows))[-1])
