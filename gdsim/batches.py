"""Batch, stochastic and mini-batch descent: each step sees some of the rows, in an order the seed decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

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

# Every step keeps the rows it used; this many row numbers take 160 MB.
MAXIMAL_VISITS = 20_000_000


@dataclass(frozen=True, eq=False)
class BatchRun:
    """One finished run whose steps saw some of the rows each.

    run: the true losses and gradients, over all rows, at every point the steps reached.
    rows: for each step the numbers of the rows it used, from 0, in rising order.
    epochs: (steps,), the pass over the data that each step belongs to, from 0.
    batch_losses: (steps,), the loss on a step's own rows, before the step.
    batch_gradients: (steps, dims), the noisy gradient the step used; run.gradients[:-1] are the true ones.
    """

    run: Trajectory
    data: Dataset
    model: Model
    batch_size: int
    seed: int
    rows: tuple[Rows, ...]
    epochs: Rows
    batch_losses: Array
    batch_gradients: Array

    def __post_init__(self) -> None:
        for array in (*self.rows, self.epochs, self.batch_losses, self.batch_gradients):
            array.setflags(write=False)  # a frozen dataclass does not freeze its arrays

    @property
    def steps(self) -> int:
        """How many steps were taken."""
        return self.run.steps

    def at_epochs(self) -> Rows:
        """The rows of `run` at the start and after every whole epoch: (whole epochs + 1,)."""
        return np.arange(0, self.steps + 1, steps_an_epoch(self.data.rows, self.batch_size))


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
    """Fit `model` to `data` in `epochs` passes, each in steps of `batch_size` rows, as torch's DataLoader would.

    batch_size: all rows by default (batch descent), 1 for stochastic descent, between them mini-batches;
    the last batch of an epoch holds what is left.
    rate: as in `simulate`; a schedule counts steps, not epochs. rules: they see the true loss and gradient.
    optimiser: any; Newton's method would divide a noisy gradient by the Hessian of the objective it was made with.
    A run that used up its epochs ends with Stop.EPOCHS.
    Raises ValueError as `simulate` does, and where a count does not fit.
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
    seen = list(zip(run.points, parts[: run.steps]))  # simulated points are one more than the steps
    with np.errstate(all="ignore"):
        losses = [model.value(point, part) for point, part in seen]
        gradients = [model.gradient(point, part) for point, part in seen]
    return BatchRun(
        run=run,
        data=data,
        model=model,
        batch_size=size,
        seed=seed,
        rows=tuple(batches[: run.steps]),
        epochs=np.arange(run.steps) // steps_an_epoch(data.rows, size),
        batch_losses=np.array(losses, dtype=float),
        batch_gradients=np.array(gradients, dtype=float).reshape(run.steps, len(model.start)),
    )


def shuffled_batches(rows: int, batch_size: int, epochs: int, seed: int) -> list[Rows]:
    """Row numbers for every step: each epoch shuffles all rows anew and cuts them into batches.

    A batch is a set, so its rows stand in rising order, and the full batch is the table itself.
    More epochs continue the same sequence. Raises ValueError where a count does not fit.
    """
    if not 1 <= batch_size <= rows:
        raise ValueError(f"a batch takes from 1 to all {rows} rows, got {batch_size}; {min(rows, 32)} works")
    if epochs < 0:
        raise ValueError(f"epochs must be 0 or more, got {epochs}; 10 suits most runs")
    if epochs * rows > MAXIMAL_VISITS:
        most = MAXIMAL_VISITS // rows
        raise ValueError(f"{epochs} epochs of {rows} rows are too many to keep; {most} epochs or fewer work")
    return drawn_batches(seeded(seed), rows, batch_size, epochs)


def drawn_batches(draw: np.random.Generator, rows: int, batch_size: int, epochs: int) -> list[Rows]:
    """The batches of the next `epochs` passes; `draw` goes on where it stood."""
    orders = [draw.permutation(rows) for _ in range(epochs)]
    return [np.sort(order[i : i + batch_size]) for order in orders for i in range(0, rows, batch_size)]


def steps_an_epoch(rows: int, batch_size: int) -> int:
    """How many steps one pass over the data takes."""
    return -(-rows // batch_size)


def through_batches(optimiser: Optimiser, model: Model, parts: Sequence[Dataset]) -> Optimiser:
    """The same method, but step t is given the gradient over the rows of parts[t] alone."""

    def init(point: Array) -> State:
        return 0, optimiser.init(point)

    def update(gradient: Array, state: State, rate: Any, point: Array) -> tuple[Array, State]:
        step, state = state
        move, state = optimiser.update(model.gradient(point, parts[step]), state, rate, point)
        return move, (step + 1, state)

    return Optimiser(init, update, optimiser.name)
