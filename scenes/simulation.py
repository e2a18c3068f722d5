"""A run printed for people and programs: an aligned table, JSON, or CSV."""

from __future__ import annotations

from gdsim import Trajectory
from gdsim.log import to_csv
from gdsim.record import record_of
from gdsim.record_file import to_json
from gdsim.surfaces import SURFACES
from scenes.catalogue import LESSONS
from scenes.film.spec import RenderSpec
from scenes.story.run import planned_run

LEARNING_RATE, STEPS = 0.1, 20


def printed(scene: str | None, spec: RenderSpec, form: str) -> str:
    """The lesson's main run, or the run of the spec's function, as text.

    Raises ValueError with one line where the words do not fit.
    """
    if scene is None and spec.function is None:
        raise ValueError(f"simulate takes a scene or --function; {next(iter(LESSONS))} works")
    if scene is None:
        run = planned_run(spec, SURFACES["parabola"], LEARNING_RATE, STEPS)
    else:
        run = LESSONS[scene].run(spec)[0]
    if form == "json":
        return to_json(run, scene) + "\n"
    return to_csv(record_of(run)) if form == "csv" else _table(run)


def _table(run: Trajectory) -> str:
    """One row a step, aligned, then why the run ended."""
    dims = run.points.shape[1]
    names = ("x",) if dims == 1 else ("x", "y") if dims == 2 else tuple(f"x{index + 1}" for index in range(dims))
    slopes = tuple(f"slope {name}" if dims > 1 else "slope" for name in names)
    header = ("step", *names, "loss", *slopes)
    rows = [
        (str(step), *map(_shown, point), _shown(loss), *map(_shown, gradient))
        for step, (point, loss, gradient) in enumerate(zip(run.points, run.losses, run.gradients))
    ]
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(len(header))]
    lines = ["  ".join(f"{cell:>{width}}" for cell, width in zip(row, widths)) for row in (header, *rows)]
    return "\n".join([*lines, "", run.stop.value, ""])


def _shown(value: float) -> str:
    """Six decimals, or a power of ten where these would hide the number."""
    return f"{value:.6f}" if value == 0 or 1e-5 <= abs(value) < 1e7 else f"{value:.6e}"
