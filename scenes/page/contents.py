"""What a laboratory opens with, and what it can offer: functions, methods, schedules, and runs to check itself by."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from gdsim import (
    OPTIMISERS,
    SCHEDULES,
    SURFACES,
    Objective,
    Trajectory,
    __version__,
    build_optimiser,
    parse_objective,
    simulate,
)
from gdsim.dataset import Dataset, seeded
from gdsim.setting import COUNT, Setting, Value, read_settings
from scenes.page.javascript import is_written, objective_source
from scenes.phrases.run_facts import variable_text
from scenes.planned_run import LENGTHS
from scenes.script.plain_formula import plain_formula

# The engine has no line search and no matrices beyond two by two.
LEFT_OUT = ("bfgs", "lbfgs")
METHODS = {name: method for name, method in OPTIMISERS.items() if name not in LEFT_OUT}
MOST_LANES, MOST_STEPS = 6, 2000
GOLDEN_STEPS = 12
# Rows that can be told apart, and how many row numbers the orders of all epochs may have.
MOST_ROWS, MOST_EPOCHS, MOST_ORDERED = 100, 40, 2000
# All curves, and the best known maps: each function takes about half a kilobyte.
MAPS = ("bowl", "elongated-bowl", "saddle", "double-well-2d", "rosenbrock", "himmelblau", "beale")
TO_CHOOSE = (*(name for name, one in SURFACES.items() if one.dims == 1), *MAPS)
# The functions of the challenges; the second is the last one's, from the course's exercise.
CHALLENGED, EXERCISE = "shifted-parabola", "(x - 7)**2"
# Numbers tried to find what a setting allows.
LIMITS = (0.0, 1.0)
HUGE = 1e300
# Where a minimum is marked, so many digits are more than a screen shows.
DIGITS = 7


class Lane(NamedTuple):
    """One method in the race. settings: all of them, with the defaults where none was given."""

    method: str
    rate: float
    settings: dict[str, Value]


class Fit(NamedTuple):
    """A line fitted to rows. batch_size: rows per step. seed: of the order in which they come."""

    data: Dataset
    batch_size: int
    seed: int

    @property
    def name(self) -> str:
        """What the page calls its function."""
        return f"a line through {Path(self.data.name).name}"


class Contents(NamedTuple):
    """What the page shows when it opens.

    objective: offered along with all named functions. planned: the schedule's settings that were given.
    fit: the data that the objective depends on, if any.
    """

    objective: Objective
    start: tuple[float, ...]
    steps: int
    lanes: tuple[Lane, ...]
    schedule: str = "constant"
    planned: Mapping[str, Value] = {}
    fit: Fit | None = None

    @property
    def name(self) -> str:
        """What the page calls its own function."""
        return self.fit.name if self.fit else self.objective.name


def lane(method: str, rate: float, settings: Mapping[str, str | Value] | None = None) -> Lane:
    """A lane with the method's defaults for what `settings` does not give. Raises ValueError, one line."""
    if method not in METHODS:
        raise ValueError(f"the laboratory has no {method}; {', '.join(METHODS)} work")
    return Lane(method, rate, read_settings(method, METHODS[method].settings, settings or {}))


def offered(contents: Contents) -> dict[str, Objective]:
    """The functions of the page, in the order of its list: its own, those to choose from, and the challenges'."""
    own, exercise = contents.objective, parse_objective(EXERCISE)
    known = (CHALLENGED,) if contents.fit else TO_CHOOSE
    named = {name: one for name, one in SURFACES.items() if name in known or one is own}
    return ({} if contents.name in named else {contents.name: own}) | named | {exercise.name: exercise}


def sources(contents: Contents) -> dict[str, str]:
    """The JavaScript of each function. Raises ValueError if the page's own cannot be written."""
    needed = {name: one for name, one in offered(contents).items() if not (contents.fit and name == contents.name)}
    return {name: objective_source(objective) for name, objective in needed.items()}


def page_data(contents: Contents) -> dict[str, Any]:
    """All that the scripts read, as plain values for JSON."""
    meanings = sorted(
        {one.meaning for table in (METHODS, SCHEDULES) for each in table.values() for one in each.settings.values()}
    )
    return {
        "version": __version__,
        "meanings": meanings,
        "functions": {
            name: _function(objective) | (_rows(contents.fit) if contents.fit and name == contents.name else {})
            for name, objective in offered(contents).items()
        },
        "methods": {
            name: {
                "summary": method.summary,
                "settings": {key: _setting(one, meanings) for key, one in method.settings.items()},
                "ownRate": method.own_rate,
                "length": LENGTHS.get(name, 0),
            }
            for name, method in METHODS.items()
        },
        "schedules": {
            name: {
                "summary": plan.summary,
                "settings": {key: _setting(one, meanings) for key, one in plan.settings.items()},
            }
            for name, plan in SCHEDULES.items()
        },
        "state": {
            "function": contents.name,
            "batch": contents.fit.batch_size if contents.fit else 0,
            "start": list(contents.start),
            "steps": contents.steps,
            "lanes": [one._asdict() for one in contents.lanes],
            "schedule": contents.schedule,
            "planned": dict(contents.planned),
        },
        "golden": golden(contents),
    }


def _function(objective: Objective) -> dict[str, Any]:
    return {
        "dims": objective.dims,
        "formula": plain_formula(objective.formula),
        "symbol": objective.symbol,
        "variables": [variable_text(name) for name in objective.variables],
        "domain": [list(side) for side in objective.domain],
        "start": list(objective.start),
        "minima": [
            [*(float(f"{x:.{DIGITS}g}") for x in one.point), float(f"{one.value:.{2 * DIGITS}g}")]
            for one in objective.minima
        ],
    }


def _rows(fit: Fit) -> dict[str, Any]:
    """The rows as [x, y], and the order in which each epoch takes them: gdsim's, by the seed."""
    rows = fit.data.rows
    epochs = max(1, min(MOST_EPOCHS, MOST_ORDERED // rows))
    draw = seeded(fit.seed)
    orders = [draw.permutation(rows).tolist() for _ in range(epochs)]
    x, y = fit.data.inputs[:, 0].tolist(), fit.data.targets.tolist()
    return {"formula": "mean of (w x + b − y)²", "rows": [list(row) for row in zip(x, y)], "orders": orders}


def _setting(setting: Setting, meanings: list[str]) -> dict[str, Any]:
    """A setting with its default, and the least and the greatest number that it allows, where there are any."""
    content: dict[str, Any] = {"value": setting.default, "meaning": meanings.index(setting.meaning)}
    if isinstance(setting.default, bool):
        return content
    allows, default = setting.kind.allows, setting.default
    whole = setting.kind is COUNT
    near = [1, 2] if whole else [math.nextafter(limit, way) for limit in LIMITS for way in (-math.inf, math.inf)]
    tried = sorted({*(map(int, LIMITS) if whole else LIMITS), *near, default})
    fine = [value for value in tried if allows(value)]
    if whole:
        return content | {"low": fine[0], "whole": True}
    ends = {"low": None if allows(-HUGE) else fine[0], "high": None if allows(HUGE) else fine[-1]}
    return content | {name: end for name, end in ends.items() if end is not None}


def golden(contents: Contents) -> dict[str, Any]:
    """A run of each method on the page's function as gdsim computes it, with which the page compares its own.

    ends: method, rate, loss and point after the last step, and whether only operations that have the same bits
    everywhere occur.
    """
    objective, ends = contents.objective, []
    for name, method in METHODS.items():
        rate = method.own_rate or LENGTHS.get(name) or contents.lanes[0].rate
        run = simulate(objective, build_optimiser(name, {}, objective), rate, contents.start, GOLDEN_STEPS, rules=())
        if run.steps == GOLDEN_STEPS and np.abs(run.points).max() < HUGE:
            exact = int(is_exact(objective, name))
            ends.append([name, rate, float(run.losses[-1]), run.points[-1].tolist(), exact])
    return {"function": contents.name, "start": list(contents.start), "steps": GOLDEN_STEPS, "ends": ends}


# Methods that raise a number to a power, or turn a matrix: others compute with + − × ÷ √ alone.
ROUNDED = ("asgd", "adam", "adamw", "amsgrad", "nadam", "radam", "adamax", "adafactor")


def is_exact(objective: Objective, method: str) -> bool:
    """Whether a run has the same bits in every language: it needs no function but √."""
    if not is_written(objective):
        return method not in ROUNDED and method != "newton"  # a line through data
    plain = objective_source(objective).replace("Math.sqrt", "").replace("Math.abs", "").replace("Math.sign", "")
    return "Math." not in plain and method not in ROUNDED and not (method == "newton" and objective.dims > 1)


def lanes_of(runs: tuple[Trajectory, ...], given: Mapping[str, str]) -> tuple[Lane, ...]:
    """The runs of a lesson as lanes: all methods and rates that go from its first run's start on its function.

    given: settings as typed, for the methods that have them. Where there are too many, the first lane alone.
    """
    first, found = runs[0], list[Lane]()
    for run in runs:
        same = run.objective is first.objective and np.array_equal(run.points[0], first.points[0])
        if not (same and run.steps and run.optimiser in METHODS):
            continue
        known = METHODS[run.optimiser].settings
        words = {setting.torch for setting in known.values()} | set(known)
        own = {key: text for key, text in given.items() if key in words}
        one = lane(run.optimiser, float(run.learning_rates[0]), own)
        if one not in found:
            found.append(one)
    return tuple(found) if len(found) <= MOST_LANES else tuple(found[:1])
