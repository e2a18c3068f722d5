"""Runs for the terminal: of a lesson, a function, or a model fitted to data, as table, JSON or CSV."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from gdsim.batches import BatchRun, descend_in_batches, steps_per_epoch
from gdsim.dataset import DATASETS, Dataset, read_csv
from gdsim.log import to_csv
from gdsim.model import Model, objective_on
from gdsim.neural import network
from gdsim.record import record_of, trajectory_to_dict
from gdsim.record_file import to_json
from gdsim.regression import MODELS, logistic
from gdsim.setting import pick
from gdsim.surfaces import SURFACES
from gdsim.trajectory import Trajectory
from scenes.catalogue import LESSONS
from scenes.spec import RenderSpec
from scenes.story.run import asked_optimiser, asked_rate, planned_run
from scenes.story.run_facts import variable_text

LEARNING_RATE, STEPS = 0.1, 20
FIT_RATE, FIT_EPOCHS = 0.01, 20
# A table shows so many parameters; JSON and CSV have them all.
COLUMNS = 4


@dataclass(frozen=True)
class Fit:
    """What is fitted to what, and in which batches.

    data: a name of DATASETS or the path of a CSV file. model: a name of MODELS, or `network`.
    batch_size: rows a step; None for all. epochs: passes over the data. seed: of drawn data, batches and network.
    """

    data: str
    model: str | None = None
    batch_size: int | None = None
    epochs: int | None = None
    seed: int = 0


def printed(scene: str | None, spec: RenderSpec, fit: Fit | None, form: str, every: int = 1) -> str:
    """The run that was asked for, as text.

    every: a table shows each so-many-th step.
    Raises ValueError with one line where the words do not fit.
    """
    if (scene is not None) + (fit is not None) + (spec.function is not None and scene is None) != 1:
        raise ValueError(f"simulate takes a scene, --function or --data, one of them; {next(iter(LESSONS))} works")
    if fit is not None:
        return _printed_fit(_fitted(spec, fit), form, every)
    run = (
        planned_run(spec, SURFACES["parabola"], LEARNING_RATE, STEPS) if scene is None else LESSONS[scene].run(spec)[0]
    )
    if form == "json":
        return to_json(run, scene) + "\n"
    return to_csv(record_of(run)) if form == "csv" else _run_table(run, every)


def _fitted(spec: RenderSpec, fit: Fit) -> BatchRun:
    """The model fitted to the data by the method asked for."""
    data = DATASETS[fit.data](fit.seed) if fit.data in DATASETS else _file(fit.data)
    model = _model(fit, data)
    size = fit.batch_size or data.rows
    epochs = fit.epochs or (FIT_EPOCHS if spec.steps is None else -(-spec.steps // steps_per_epoch(data.rows, size)))
    objective = objective_on(model, data)
    return descend_in_batches(
        model,
        data,
        fit.batch_size,
        epochs,
        fit.seed,
        asked_optimiser(spec, objective),
        asked_rate(spec, FIT_RATE, epochs * steps_per_epoch(data.rows, size)),
        spec.start,
        rules=(),
    )


def _file(name: str) -> Dataset:
    if not Path(name).suffix and not Path(name).exists():
        pick("dataset", name, DATASETS)
    return read_csv(name)


def _model(fit: Fit, data: Dataset) -> Model:
    """The model by its name; by default the one that suits the data."""
    answers = bool(np.isin(data.targets, (0.0, 1.0)).all())
    name = fit.model or (
        "line" if data.features == 1 and not answers else "network" if data.features == 2 else "logistic"
    )
    if name == "network":
        return network(seed=fit.seed)
    if name == "logistic":
        return logistic(data.features)
    return MODELS[pick("model", name, [*MODELS, "network"])]()


def _printed_fit(fit: BatchRun, form: str, every: int) -> str:
    if form == "csv":
        return to_csv(record_of(fit.run))
    if form == "table":
        return _fit_table(fit, every)
    content: dict[str, Any] = trajectory_to_dict(fit.run) | {
        "model": fit.model.name,
        "data": fit.data.name,
        "batch_size": fit.batch_size,
        "seed": fit.seed,
        "rows": [rows.tolist() for rows in fit.rows],
        "batch_losses": fit.batch_losses.tolist(),
        "batch_gradients": fit.batch_gradients.tolist(),
    }
    return json.dumps(content, allow_nan=False) + "\n"


def _run_table(run: Trajectory, every: int) -> str:
    """Where the ball is, its loss and its slope, one row a step from the start on."""
    names = _names(run)
    slopes = [f"slope {name}" if len(names) > 1 else "slope" for name in names]
    rows = [
        [
            str(step),
            *map(_shown, run.points[step, : len(names)]),
            _shown(run.losses[step]),
            *map(_shown, run.gradients[step]),
        ]
        for step in _steps(run, every)
    ]
    return _aligned(["step", *names, "loss", *slopes], rows, run.stop.value)


def _fit_table(fit: BatchRun, every: int) -> str:
    """One row a step, as training loops print it: the loss before the step, then the parameters after it."""
    run, names = fit.run, _names(fit.run)
    whole = fit.batch_size == fit.data.rows
    header = ["step", "loss before", *([] if whole else ["batch loss"]), *names]
    rows = []
    for step in [step for step in _steps(run, every) if step > 0]:
        batch = [] if whole else [f"{fit.batch_losses[step - 1]:.4f}"]
        after = [f"{value:.4f}" for value in run.points[step, : len(names)]]
        rows.append([str(step), f"{run.losses[step - 1]:.4f}", *batch, *after])
    return _aligned(header, rows, f"The loss over all rows is {_shown(run.losses[-1])}. {run.stop.value}")


def _names(run: Trajectory) -> list[str]:
    """The parameters that a table shows."""
    return [variable_text(name) for name in run.objective.variables[:COLUMNS]]


def _steps(run: Trajectory, every: int) -> list[int]:
    """The steps a table shows: each so-many-th, and the last."""
    return sorted({*range(0, run.steps + 1, every), run.steps})


def _aligned(header: Sequence[str], rows: list[list[str]], end: str) -> str:
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(len(header))]
    lines = ["  ".join(f"{cell:>{width}}" for cell, width in zip(row, widths)) for row in (header, *rows)]
    return "\n".join([*lines, "", end, ""])


def _shown(value: float) -> str:
    """Six decimals, or a power of ten where these would hide the number."""
    return f"{value:.6f}" if value == 0 or 1e-5 <= abs(value) < 1e7 else f"{value:.6e}"
