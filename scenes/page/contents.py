"""What a laboratory opens with, and what it can offer: functions, methods, schedules, and runs to check itself by."""

from __future__ import annotations

import math
from collections.abc import Mapping
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
from gdsim.setting import COUNT, Setting, Value, read_settings
from scenes.page.javascript import objective_source
from scenes.phrases.run_facts import variable_text
from scenes.planned_run import LENGTHS
from scenes.script.plain_formula import plain_formula

# The engine has no line search and no matrices beyond two by two.
LEFT_OUT = ("bfgs", "lbfgs")
METHODS = {name: method for name, method in OPTIMISERS.items() if name not in LEFT_OUT}
MOST_LANES, MOST_STEPS = 6, 2000
GOLDEN_STEPS = 12
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


class Contents(NamedTuple):
    """What the page shows when it opens.

    objective: offered along with all named functions. planned: the schedule's settings that were given.
    """

    objective: Objective
    start: tuple[float, ...]
    steps: int
    lanes: tuple[Lane, ...]
    schedule: str = "constant"
    planned: Mapping[str, Value] = {}


def lane(method: str, rate: float, settings: Mapping[str, str | Value] | None = None) -> Lane:
    """A lane with the method's defaults for what `settings` does not give. Raises ValueError, one line."""
    if method not in METHODS:
        raise ValueError(f"the laboratory has no {method}; {', '.join(METHODS)} work")
    return Lane(method, rate, read_settings(method, METHODS[method].settings, settings or {}))


def offered(contents: Contents) -> dict[str, Objective]:
    """The functions of the page: all named ones, and those that the challenges need.

    With a function of the user's own, only those of as many variables: the page stays small enough for a long formula.
    """
    own, exercise = contents.objective, parse_objective(EXERCISE)
    if own.name in SURFACES:
        return SURFACES | {exercise.name: exercise, own.name: own}
    alike = {name: one for name, one in SURFACES.items() if one.dims == own.dims or name == CHALLENGED}
    return {own.name: own} | alike | {exercise.name: exercise, own.name: own}


def sources(contents: Contents) -> dict[str, str]:
    """The JavaScript of each function. Raises ValueError if the page's own cannot be written."""
    return {name: objective_source(objective) for name, objective in offered(contents).items()}


def page_data(contents: Contents) -> dict[str, Any]:
    """All that the scripts read, as plain values for JSON."""
    meanings = sorted(
        {one.meaning for table in (METHODS, SCHEDULES) for each in table.values() for one in each.settings.values()}
    )
    return {
        "version": __version__,
        "meanings": meanings,
        "functions": {name: _function(objective) for name, objective in offered(contents).items()},
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
            "function": contents.objective.name,
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
    return {"function": objective.name, "start": list(contents.start), "steps": GOLDEN_STEPS, "ends": ends}


# Methods that raise a number to a power, or turn a matrix: others compute with + − × ÷ √ alone.
ROUNDED = ("asgd", "adam", "adamw", "amsgrad", "nadam", "radam", "adamax", "adafactor")


def is_exact(objective: Objective, method: str) -> bool:
    """Whether a run has the same bits in every language: it needs no function but √."""
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
