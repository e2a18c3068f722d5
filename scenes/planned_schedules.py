"""From the user's options to fits of one line to the same batches, each with a schedule of the learning rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

import numpy as np

from gdsim.batches import BatchRun, shuffled_batches, steps_per_epoch
from gdsim.objective import Array
from gdsim.schedule import SCHEDULES, build_schedule
from gdsim.setting import Value, pick
from scenes.planned_fit import planned_fit
from scenes.script.concepts import MOST_RUNS
from scenes.spec import RenderSpec

DATA, START = "centred-line", (-1.0, -1.5)
LEARNING_RATE, EPOCHS, ROWS = 0.3, 6, 4
# More steps take too long to compute, and cannot be seen.
MOST_EPOCHS = 200
# The small constant rate is this share of the large one.
SMALL = 0.1
# The two constant rates come first; then there is a colour for so many schedules.
CONSTANTS = 2
FALLING = ("step", "exponential", "cosine", "warmup-cosine")
# An exponential schedule, and one in 1/t, end at these shares of the rate.
END, TIME_END = 0.01, 0.05


class ScheduleRuns(tuple[BatchRun, ...]):
    """Runs from one start through the same batches: a large constant rate, a small one, then one run per schedule.

    names: the schedule of each run. rates: (runs, budget), the rate of each step, also of those that a run that was
    thrown out did not take. budget: the number of steps that each may take.
    """

    names: tuple[str, ...]
    rates: Array

    @property
    def budget(self) -> int:
        return self.rates.shape[1]

    @cached_property
    def goal(self) -> Array:
        """(2,): the minimum."""
        return np.array(self[0].objective.minima[0].point)

    @cached_property
    def away(self) -> tuple[Array, ...]:
        """For each run (steps + 1,): how far from the minimum it is after each step."""
        return tuple(np.hypot(*(run.points - self.goal).T) for run in self)

    def kicks(self, place: Array) -> Array:
        """(batches, 2): the step that each batch of the first epoch would make from a place (2,), at the large rate."""
        run = self[0]
        batches = shuffled_batches(run.data.rows, ROWS, 1, run.seed)
        return -float(self.rates[0, 0]) * np.array([run.model.gradient(place, run.data.take(rows)) for rows in batches])


def planned_schedules(spec: RenderSpec) -> ScheduleRuns:
    """The runs that `spec` asks for: its schedules but the constant one, which is there at two rates in any case.

    Raises ValueError, in one line, where a value is off or the schedules are too few or too many.
    """
    for name in spec.schedules:
        pick("schedule", name, SCHEDULES)
    falling = tuple(dict.fromkeys(name for name in spec.schedules or FALLING if name != "constant"))
    if not 1 <= len(falling) <= MOST_RUNS - CONSTANTS:
        most = MOST_RUNS - CONSTANTS
        raise ValueError(
            f"{spec.scene} compares 1 to {most} schedules with constant rates, got {len(falling)}; step,cosine works"
        )
    epochs = spec.epochs or EPOCHS
    if epochs > MOST_EPOCHS:
        raise ValueError(f"{spec.scene} takes up to {MOST_EPOCHS} epochs, got {epochs}; {EPOCHS} work well")
    rate = spec.learning_rate or LEARNING_RATE
    names = ("constant", "constant", *falling)
    first = _fit(spec, "constant", rate, epochs, {})
    budget = epochs * steps_per_epoch(first.data.rows, ROWS)
    starts = (rate, SMALL * rate, *(rate for _ in falling))
    settings = [settings_for(name, budget) for name in names]
    others = (_fit(spec, *how) for how in zip(names[1:], starts[1:], [epochs] * len(names), settings[1:]))
    runs = ScheduleRuns((first, *others))
    built = [build_schedule(name, start, budget, own) for name, start, own in zip(names, starts, settings)]
    runs.names, runs.rates = names, np.array([[plan(step) for step in range(budget)] for plan in built])
    return runs


def settings_for(name: str, steps: int) -> dict[str, Value]:
    """Settings with which a schedule ends, with the last of so many steps, near zero."""
    chosen: Mapping[str, dict[str, Value]] = {
        "step": {"every": -(-steps // 3), "factor": 0.2},
        "exponential": {"factor": END ** (1 / steps)},
        "warmup-cosine": {"warmup": max(1, steps // 10), "warmup_start": 0.1},
        "inverse-time": {"decay": (1 / TIME_END - 1) / steps},
    }
    return dict(chosen.get(name, {}))


def _fit(spec: RenderSpec, name: str, rate: float, epochs: int, settings: Mapping[str, Value]) -> BatchRun:
    """One run."""
    typed = tuple((key, repr(value)) for key, value in settings.items())
    own = replace(spec, schedule=name, settings=typed, learning_rate=rate, epochs=epochs, start=START, schedules=())
    return planned_fit(own, DATA, rate, epochs, "line", ROWS)
