"""The laboratory for the terminal: from what was asked for to one HTML file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np

from gdsim import SCHEDULES, SURFACES, Trajectory
from gdsim.batches import BatchRun, descend_in_batches
from gdsim.setting import read_settings
from scenes.catalogue import LESSONS
from scenes.film.publish import publishing
from scenes.page.contents import METHODS, MOST_ROWS, MOST_STEPS, Contents, Fit, lane, lanes_of
from scenes.page.document import LARGEST, document
from scenes.page.embed import by_address, by_text
from scenes.page.javascript import is_written
from scenes.planned_fit import asked_training
from scenes.planned_run import planned_run
from scenes.run_options import refuse_other_options
from scenes.spec import RenderSpec

LEARNING_RATE, STEPS, FEWEST = 0.1, 100, 20


def write_laboratory(spec: RenderSpec, title: str, theme: str, target: Path) -> dict[str, Any]:
    """Write the page, and describe it. Raises ValueError, in one line, if the options do not fit each other."""
    contents = contents_of(spec)
    title = title or (LESSONS[spec.scene].title if spec.scene else "A laboratory of gradient descent")
    text = page_of(contents, title, theme)
    with publishing([target]) as (draft,):
        draft.write_text(text, "utf-8", newline="\n")
    return {
        "path": str(target),
        "bytes": len(text.encode()),
        "title": title,
        "function": contents.name,
        "methods": [one.method for one in contents.lanes],
        "steps": contents.steps,
        "embed": {"src": by_address(quote(target.name), title), "srcdoc": by_text(text, title)},
    }


def page_beside(spec: RenderSpec, title: str) -> Callable[[str], str]:
    """What a film's own laboratory is, given the film's address: the page opens with the film's runs.

    Raises ValueError, in one line, if the laboratory cannot show them.
    """
    contents = contents_of(spec)
    page_of(contents, title, spec.theme)  # now, before the film is drawn
    return lambda film: page_of(contents, title, spec.theme, film)


def page_of(contents: Contents, title: str, theme: str, film: str = "") -> str:
    """The page's text. Raises ValueError, in one line, if it is too large."""
    text = document(contents, title, theme, film)
    size = len(text.encode())
    if size > LARGEST:
        raise ValueError(f"this function makes a page of {size:,} bytes, more than {LARGEST:,}; a shorter one works")
    return text


def contents_of(spec: RenderSpec) -> Contents:
    """What the page opens with: the lesson's own runs, or a run on the function that was asked for."""
    if spec.steps is not None and spec.steps > MOST_STEPS:
        raise ValueError(f"the laboratory takes up to {MOST_STEPS} steps, got {spec.steps}; {STEPS} suits most runs")
    if spec.optimiser is not None:
        lane(spec.optimiser, LEARNING_RATE)
    runs = _runs(replace(spec, schedule=None, settings=_of_the_method(spec)))
    first = runs[0]
    fit = _fit(first, runs)
    lanes = lanes_of(runs, dict(spec.settings)) or (lane("gradient-descent", LEARNING_RATE),)
    return Contents(
        objective=first.objective,
        start=tuple(first.points[0].tolist()),
        steps=spec.steps or min(MOST_STEPS, max(FEWEST if spec.scene else STEPS, *(run.steps for run in runs))),
        lanes=lanes,
        schedule=spec.schedule or "constant",
        planned=_planned(spec),
        fit=fit,
    )


def _fit(first: Trajectory, runs: tuple[Trajectory, ...]) -> Fit | None:
    """The data of a line, with the mini-batch where there is one; None for a function that needs none.

    Raises ValueError, one line, for any other model, and for more rows than can be told apart.
    """
    if is_written(first.objective):
        return None
    if not isinstance(first, BatchRun):
        raise ValueError(f"the laboratory cannot compute {first.objective.name}; bowl works")
    if first.model.name != "line":
        works = "--model line" if first.model.name == "line-through-origin" else "line-fit"
        raise ValueError(f"the laboratory fits lines, not {first.model.name}; {works} works")
    if first.data.rows > MOST_ROWS:
        raise ValueError(f"the laboratory takes up to {MOST_ROWS} rows, {first.data.name} has {first.data.rows}")
    sizes = [run.batch_size for run in runs if isinstance(run, BatchRun) and 1 < run.batch_size < first.data.rows]
    return Fit(first.data, sizes[0] if sizes else first.batch_size, first.seed)


def _runs(spec: RenderSpec) -> tuple[Trajectory, ...]:
    if spec.scene:
        refuse_other_options(spec, LESSONS[spec.scene].takes)
        with np.errstate(all="ignore"):  # as in a film: infinity and NaN are answers
            return tuple(LESSONS[spec.scene].run(spec))
    if spec.data is not None and spec.function is None:
        return (descend_in_batches(*asked_training(spec).arguments),)
    return (planned_run(spec, SURFACES["shifted-parabola"], LEARNING_RATE, STEPS),)


def _of_the_method(spec: RenderSpec) -> tuple[tuple[str, str], ...]:
    """The settings that are not the schedule's."""
    if spec.schedule not in SCHEDULES:
        return spec.settings
    taken = METHODS[spec.optimiser or "gradient-descent"].settings
    return tuple(pair for pair in spec.settings if pair[0] in taken or pair[0] not in SCHEDULES[spec.schedule].settings)


def _planned(spec: RenderSpec) -> dict[str, Any]:
    """The schedule's settings that were given. Raises ValueError, one line, if there is no such schedule."""
    if spec.schedule is None:
        return {}
    from gdsim.setting import pick

    known = SCHEDULES[pick("schedule", spec.schedule, SCHEDULES)].settings
    own = {key: text for key, text in spec.settings if (key, text) not in _of_the_method(spec)}
    read = read_settings(spec.schedule, known, own)
    return {key: read[key] for key in read if key in own or known[key].torch in own}
