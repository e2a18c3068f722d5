"""Batch, mini-batch and stochastic descent: each step uses one batch of rows, in an order that the seed determines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdsim.dataset import Dataset, seeded
from gdsim.model import Model, objective_on
from gdsim.objective import Array
from gdsim.optimiser import Optimiser, State, gradient_descent
from gdsim.simulate import Schedule, simulate
from gdsim.stop import Rule, Stop
from gdsim.trajectory import Trajectory

Rows = NDArray[np.intp]

# Each step's row numbers are kept; this many of them take 160 MB.
MAXIMAL_VISITS = 20_000_000


class BatchState(NamedTuple):
    """The number of steps taken, which selects the batch, and the state of the method itself."""

    steps: int
    inner: State


@dataclass(frozen=True, eq=False)
class BatchRun(Trajectory):
    """One finished run in which each step used only one batch of rows. Its arrays are read-only.

    points, losses, gradients, …: as in a Trajectory; losses and gradients are the true ones, over all rows.
    rows: for each step, the numbers of the rows it used, counted from 0, in ascending order.
    epochs: (steps,), the pass over the data that each step belongs to, counted from 0.
    batch_losses: (steps,), the loss over the step's own batch, before the step.
    batch_gradients: (steps, dims), the noisy gradient that the step used; gradients[:-1] are the true ones.
    """

    data: Dataset
    model: Model
    batch_size: int
    seed: int
    rows: tuple[Rows, ...]
    epochs: Rows
    batch_losses: Array
    batch_gradients: Array

    def __post_init__(self) -> None:
        super().__post_init__()
        for array in (*self.rows, self.epochs, self.batch_losses, self.batch_gradients):
            array.setflags(write=False)  # a frozen dataclass does not freeze its arrays

    @property
    def parameters(self) -> tuple[str, ...]:
        """What the coordinates are called in tables of numbers: the model's parameters, w,b for a line."""
        return self.objective.variables

    def digest(self) -> str:
        """As that of a Trajectory, and equal only if the data, the batches and their gradients are, too."""
        from hashlib import sha256

        arrays = (self.data.inputs, self.data.targets, self.batch_losses, self.batch_gradients, *self.rows)
        content = b"".join(np.ascontiguousarray(array).tobytes() for array in arrays)
        return sha256(super().digest().encode() + content).hexdigest()[:16]

    def __eq__(self, other: object) -> bool:
        """As Trajectories are, and the data and every batch are the same, too."""
        if not isinstance(other, BatchRun) or not super().__eq__(other):
            return False
        names = [(run.data.name, run.model.name, run.batch_size, run.seed) for run in (self, other)]
        return names[0] == names[1] and self.digest() == other.digest()

    __hash__ = Trajectory.__hash__  # Python removes it where __eq__ is defined


def descend_in_batches(
    model: Model,
    data: Dataset,
    batch_size: int | None = None,
    epochs: int = 10,
    seed: int = 0,
    optimiser: Optimiser | None = None,
    rate: float | Schedule = 0.01,
    start: Sequence[float] | Array | None = None,
    rules: Iterable[Rule] | None = None,
) -> BatchRun:
    """Fit `model` to `data` in `epochs` passes of steps over `batch_size` rows each, as with torch's DataLoader.

    batch_size: all rows by default (batch descent), 1 for stochastic descent, anything between for mini-batches;
    the last batch of an epoch holds the rows that are left.
    rate: as in `simulate`; a schedule counts steps, not epochs. rules: they see the true loss and gradient.
    optimiser: any, but note that Newton's method applies the Hessian of its own objective to the noisy gradient.
    A run that completes its epochs ends with Stop.EPOCHS.
    Raises ValueError as `simulate` does, and if `batch_size` or `epochs` is out of range.
    """
    size = data.rows if batch_size is None else batch_size
    return descend_through(
        model, data, size, shuffled_batches(data.rows, size, epochs, seed), seed, optimiser, rate, start, rules
    )


def descend_through(
    model: Model,
    data: Dataset,
    size: int,
    batches: Sequence[Rows],
    seed: int,
    optimiser: Optimiser | None,
    rate: float | Schedule,
    start: Sequence[float] | Array | None,
    rules: Iterable[Rule] | None,
) -> BatchRun:
    """One step for each of `batches`, of `size` rows or what an epoch leaves; all else as in `descend_in_batches`."""
    parts = [data.take(rows) for rows in batches] if size < data.rows else [data] * len(batches)
    method = through_batches(optimiser or gradient_descent(), model, parts)
    run = simulate(objective_on(model, data), method, rate, start, steps=len(batches), rules=rules)
    if run.stop is Stop.STEP_LIMIT and run.steps == len(batches):
        run = replace(run, stop=Stop.EPOCHS)
    seen = list(zip(run.points, parts[: run.steps]))  # the last point has no step, and so no batch
    with np.errstate(all="ignore"):
        losses = [model.value(point, part) for point, part in seen]
        gradients = [model.gradient(point, part) for point, part in seen]
    return BatchRun(
        **{field.name: getattr(run, field.name) for field in fields(Trajectory)},
        data=data,
        model=model,
        batch_size=size,
        seed=seed,
        rows=tuple(batches[: run.steps]),
        epochs=np.arange(run.steps) // steps_per_epoch(data.rows, size),
        batch_losses=np.array(losses, dtype=float),
        batch_gradients=np.array(gradients, dtype=float).reshape(run.steps, len(model.start)),
    )


def shuffled_batches(rows: int, batch_size: int, epochs: int, seed: int) -> list[Rows]:
    """The row numbers of every step: each epoch reshuffles all rows and cuts them into batches.

    A batch is a set, so its row numbers are in ascending order, and a full batch is the table itself.
    A larger number of epochs continues the same sequence.
    Raises ValueError if the batch size, the number of epochs or the seed is out of range.
    """
    if not 1 <= batch_size <= rows:
        raise ValueError(
            f"the batch size must be from 1 to {rows}, the number of rows, got {batch_size}; {min(rows, 32)} works"
        )
    if epochs < 0:
        raise ValueError(f"the number of epochs must be 0 or more, got {epochs}; 10 suits most runs")
    if epochs * rows > MAXIMAL_VISITS:
        most = MAXIMAL_VISITS // rows
        raise ValueError(f"{epochs} epochs of {rows} rows are too many to keep; up to {most} epochs work")
    return drawn_batches(seeded(seed), rows, batch_size, epochs)


def drawn_batches(draw: np.random.Generator, rows: int, batch_size: int, epochs: int) -> list[Rows]:
    """The batches of the next `epochs` passes; `draw` goes on where it stood."""
    orders = [draw.permutation(rows) for _ in range(epochs)]
    return [np.sort(order[i : i + batch_size]) for order in orders for i in range(0, rows, batch_size)]


def steps_per_epoch(rows: int, batch_size: int) -> int:
    """The number of steps in one pass over the data."""
    return -(-rows // batch_size)


def through_batches(optimiser: Optimiser, model: Model, parts: Sequence[Dataset]) -> Optimiser:
    """The same method, except that step t uses the gradient over the rows of parts[t] alone."""

    def init(point: Array) -> BatchState:
        return BatchState(steps=0, inner=optimiser.init(point))

    def update(gradient: Array, state: BatchState, rate: Any, point: Array) -> tuple[Array, BatchState]:
        batch_gradient = model.gradient(point, parts[state.steps])
        move, inner = optimiser.update(batch_gradient, state.inner, rate, point)
        return move, BatchState(state.steps + 1, inner)

    return Optimiser(init, update, optimiser.name)
