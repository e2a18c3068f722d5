"""Runs for the terminal: of a lesson, a function, or a model fitted to data, as table, JSON or CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from gdsim.batch_parts import descend_in_parts
from gdsim.batches import BatchRun, descend_in_batches
from gdsim.log import to_csv
from gdsim.record import record_of, trajectory_to_dict
from gdsim.record_file import to_json
from gdsim.standardised import scale_of
from gdsim.stop import Stop
from gdsim.surfaces import SURFACES
from gdsim.trajectory import Trajectory
from scenes.catalogue import LESSONS
from scenes.command.fit_verdict import Divergence, Watch, told
from scenes.command.terminal import tell
from scenes.phrases.run_facts import variable_text
from scenes.planned_fit import Training, asked_training, standardised_training
from scenes.planned_run import planned_run
from scenes.run_options import refuse_other_options
from scenes.spec import RenderSpec

LEARNING_RATE, STEPS = 0.1, 20
# A table shows this many parameters; JSON and CSV have them all.
COLUMNS = 4
# JSON and CSV are written from the whole run: the most numbers that it may keep, about a gigabyte.
MAXIMAL_NUMBERS = 125_000_000
# Numbers that a step keeps besides its points and gradients.
NUMBERS_PER_STEP = 200


def printed(scene: str | None, spec: RenderSpec, form: str, every: int = 1, standardise: bool = False) -> Iterator[str]:
    """The requested run as text, part by part: a long training is printed while it runs.

    every: a table shows every Nth step. standardise: whether a model is fitted to standardised inputs.
    Raises ValueError, in one line and before there is any text, if the options do not fit each other.
    """
    if standardise and (scene is not None or spec.data is None):
        raise ValueError("--standardise is for a fit to --data; --data noisy-line works")
    if scene is not None:
        yield from _printed_lesson(scene, spec, form, every)
        return
    if spec.data is not None and spec.function is None:
        yield from _printed_fit(standardised_training(spec) if standardise else asked_training(spec), form, every)
        return
    yield from _printed_run(_run_on_function(spec), form, every)


def _printed_lesson(scene: str, spec: RenderSpec, form: str, every: int) -> Iterator[str]:
    """A lesson's main run; JSON has all of its runs besides, in the order of the film."""
    refuse_other_options(spec, LESSONS[scene].takes)
    with np.errstate(all="ignore"):  # as in a film: infinity and NaN are answers
        runs = tuple(LESSONS[scene].run(spec))
    if form == "json":
        listed = [trajectory_to_dict(run, scene) for run in runs]
        yield json.dumps({**listed[0], "runs": listed}, allow_nan=False) + "\n"
        return
    yield from _printed_run(runs[0], form, every)
    if len(runs) > 1:
        tell(f"{scene} has {len(runs)} runs, of which this is the first; --format json has them all")


def _printed_run(run: Trajectory, form: str, every: int) -> Iterator[str]:
    if form == "json":
        yield to_json(run) + "\n"
    elif form == "csv":
        yield to_csv(record_of(run))
    elif isinstance(run, BatchRun):
        yield from _fit_table(iter([run]), every)
    else:
        yield _run_table(run, every)


def _run_on_function(spec: RenderSpec) -> Trajectory:
    """A run on the function asked for, which must be alone."""
    for option, given in (
        ("--model", spec.model),
        ("--batch-size", spec.batch_size),
        ("--epochs", spec.epochs),
        ("--hidden", spec.hidden),
    ):
        if given is not None and spec.data is None:
            raise ValueError(f"{option} needs --data; --data doubles works")
    if spec.function is None or spec.data is not None:
        raise ValueError(f"simulate takes one of SCENE, --function and --data; {next(iter(LESSONS))} works")
    return planned_run(spec, SURFACES["square"], LEARNING_RATE, STEPS)


def _printed_fit(training: Training, form: str, every: int) -> Iterator[str]:
    if form == "table":
        yield from _fit_table(descend_in_parts(*training.arguments), every, training)
        return
    numbers = training.steps * (3 * len(training.model.start) + NUMBERS_PER_STEP)
    if numbers > MAXIMAL_NUMBERS:
        raise ValueError(
            f"--format {form} holds every step in memory, and {training.steps:,} steps are too many; "
            f"{training.steps * MAXIMAL_NUMBERS // numbers:,} or fewer work, or --format table --every 1000"
        )
    fit, watch = descend_in_batches(*training.arguments, rules=()), Watch()
    watch.see(fit)
    diverged = _divergence(watch, training)
    fit = training.in_own_units(fit)
    if form == "csv":
        yield to_csv(record_of(fit))
        if diverged is not None:
            tell(told(diverged, training.model))
        return
    content: dict[str, Any] = trajectory_to_dict(fit) | {
        "model": fit.model.name,
        "data": fit.data.name,
        "batch_size": fit.batch_size,
        "seed": fit.seed,
        "rows": [rows.tolist() for rows in fit.rows],
        "batch_losses": fit.batch_losses.tolist(),
        "batch_gradients": fit.batch_gradients.tolist(),
        "diverged": None if diverged is None else diverged._asdict(),
    }
    if training.own is not None:
        content["standardised"] = {name: values.tolist() for name, values in scale_of(training.own)._asdict().items()}
    yield json.dumps(content, allow_nan=False) + "\n"


def _divergence(watch: Watch, training: Training) -> Divergence | None:
    return watch.divergence(training.model, training.data, training.batch_size or training.data.rows, training.rate)


def _run_table(run: Trajectory, every: int) -> str:
    """The ball's position, loss and slope, one row per step from the start on."""
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
    rows = [["step", *names, "loss", *slopes], *rows]
    return "\n".join([*_aligned(rows, _widths(rows)), "", run.stop.value, ""])


def _fit_table(parts: Iterator[BatchRun], every: int, training: Training | None = None) -> Iterator[str]:
    """The start, then one row per step, as training loops print it: the loss before the step, the parameters after it.

    The columns are as wide as the first part's rows need. training: what the fit was made with, to explain its end.
    """
    done, widths, watch = 0, None, Watch()
    for part in parts:
        watch.see(part)
        part = part if training is None else training.in_own_units(part)
        whole = part.batch_size == part.data.rows
        header = ["step", "loss before", *([] if whole else ["batch loss"]), *_names(part)]
        last = part.stop is not Stop.STEP_LIMIT
        steps = [
            step for step in range(1, part.steps + 1) if (done + step) % every == 0 or (last and step == part.steps)
        ]
        rows = [_fit_row(part, step, done + step, whole) for step in steps]
        if widths is None:
            rows.insert(0, ["0", "", *([] if whole else [""]), *map(_short, part.points[0, : len(_names(part))])])
            widths = _widths([header, *rows])
            rows = [header, *rows]
        yield "".join(f"{line}\n" for line in _aligned(rows, widths))
        done += part.steps
        if last:
            diverged = None if training is None else _divergence(watch, training)
            end = part.stop.value if diverged is None or training is None else told(diverged, training.model)
            yield f"\nThe loss over all rows is {_shown(part.losses[-1])}. {end}\n"


def _fit_row(part: BatchRun, step: int, number: int, whole: bool) -> list[str]:
    """The cells of the part's step `step` (1, 2, …), which is the training's step `number`."""
    names = _names(part)
    batch = [] if whole else [_short(part.batch_losses[step - 1])]
    return [str(number), _short(part.losses[step - 1]), *batch, *map(_short, part.points[step, : len(names)])]


def _short(value: float) -> str:
    """Four decimals, or a power of ten for a number that would be wider than its column."""
    return f"{value:.4f}" if abs(value) < 1e12 else f"{value:.4e}"


def _names(run: Trajectory) -> list[str]:
    """The parameters that a table shows."""
    return [variable_text(name) for name in run.objective.variables[:COLUMNS]]


def _steps(run: Trajectory, every: int) -> list[int]:
    """The steps a table shows: every Nth, and the last."""
    return sorted({*range(0, run.steps + 1, every), run.steps})


def _widths(rows: list[list[str]]) -> list[int]:
    """How wide each column is."""
    return [max(map(len, column)) for column in zip(*rows)]


def _aligned(rows: list[list[str]], widths: list[int]) -> Iterator[str]:
    """One line per row, with its cells aligned to the right."""
    return ("  ".join(f"{cell:>{width}}" for cell, width in zip(row, widths)) for row in rows)


def _shown(value: float) -> str:
    """Six decimals, or a power of ten if these would hide the number."""
    return f"{value:.6f}" if value == 0 or 1e-5 <= abs(value) < 1e7 else f"{value:.6e}"
