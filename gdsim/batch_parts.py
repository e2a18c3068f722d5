"""A long training in parts: the steps of `descend_in_batches`, of which only so many are in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gdsim.batches import BatchRun, descend_through, drawn_batches, shuffled_batches, steps_per_epoch
from gdsim.dataset import Dataset, seeded
from gdsim.model import Model
from gdsim.objective import Array
from gdsim.optimiser import Optimiser, State, gradient_descent
from gdsim.simulate import Schedule
from gdsim.stop import Stop

# A part has about this many steps, and always whole epochs: some fifty megabytes for a small network.
STEPS_AT_ONCE = 20_000


def descend_in_parts(
    model: Model,
    data: Dataset,
    batch_size: int | None = None,
    epochs: int = 10,
    seed: int = 0,
    optimiser: Optimiser | None = None,
    rate: float | Schedule = 0.01,
    start: Sequence[float] | Array | None = None,
    steps_at_once: int = STEPS_AT_ONCE,
) -> Iterator[BatchRun]:
    """The run of `descend_in_batches` without rules, part by part: each begins where the one before ended.

    All parts but the last have as many whole epochs as make about `steps_at_once` steps; all but the last say
    Stop.STEP_LIMIT. A part's `epochs` count from its own first. There is at least one part, perhaps without a step.
    Raises ValueError as `descend_in_batches` does, but for the number of epochs, which has no limit here.
    """
    size = data.rows if batch_size is None else batch_size
    shuffled_batches(data.rows, size, min(epochs, 0), seed)  # it refuses what does not fit
    each = steps_per_epoch(data.rows, size)
    at_once = max(1, steps_at_once // each)
    draw, method = seeded(seed), _Resumed(optimiser or gradient_descent())
    for done in range(0, max(epochs, 1), at_once):
        batches = drawn_batches(draw, data.rows, size, min(at_once, epochs - done))
        part = descend_through(
            model, data, size, batches, seed, method.optimiser(), _from(rate, done * each), start, ()
        )
        over = part.stop is not Stop.EPOCHS
        if over or done + at_once >= epochs:
            yield part
            return
        yield replace(part, stop=Stop.STEP_LIMIT)
        start = part.points[-1]


class _Resumed:
    """A method that remembers its state, and so goes on in another run as if it were the same."""

    def __init__(self, optimiser: Optimiser) -> None:
        self.method = optimiser
        self.states: list[State] = []

    def optimiser(self) -> Optimiser:
        """The method, which begins with the state it had last."""
        return Optimiser(self._init, self._update, self.method.name)

    def _init(self, point: Array) -> State:
        return self.states[-1] if self.states else self.method.init(point)

    def _update(self, gradient: Array, state: State, rate: float, point: Array) -> tuple[Array, State]:
        move, state = self.method.update(gradient, state, rate, point)
        self.states = [state]
        return move, state


def _from(rate: float | Schedule, first: int) -> float | Schedule:
    """A schedule as it is from step `first` on."""
    return (lambda step: rate(first + step)) if callable(rate) else rate
