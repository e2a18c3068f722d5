"""What callers pass to a simulation: names and text become objects, and what is neither is refused in one line."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from math import inf
from numbers import Real
from typing import Any

import numpy as np

from gdsim.objective import Array, Objective
from gdsim.optimiser import Optimiser, gradient_descent
from gdsim.surfaces import SURFACES

LONGEST_SHOWN = 40


def objective_of(given: Objective | str) -> Objective:
    """The objective itself, the one of that name in SURFACES, or the function of a typed formula.

    Raises TypeError if it is none of these; ValueError for a name that is almost one of SURFACES, and as
    `parse_objective` does.
    """
    if isinstance(given, Objective):
        return given
    if not isinstance(given, str):
        raise TypeError(
            f"the objective must be a formula, a name in SURFACES or an Objective, got {shown(given)}; 'x**2' works"
        )
    if (known := SURFACES.get(given)) is not None:
        return known
    from difflib import get_close_matches  # only needed for what is no name

    from gdsim.expression import parse_objective

    near = get_close_matches(given.lower(), SURFACES, n=1, cutoff=0.75)
    if near:
        raise ValueError(f"there is no function {given!r}; did you mean {near[0]}?")
    return parse_objective(given)


def optimiser_of(given: Optimiser | str | None, objective: Objective) -> Optimiser:
    """The optimiser itself, or the one of that name with its default settings; plain descent for None.

    Raises TypeError if it is none of these, and ValueError if there is none of that name.
    """
    if given is None:
        return gradient_descent()
    if isinstance(given, Optimiser):
        return given
    from gdsim.methods import build_optimiser

    if isinstance(given, str):
        return build_optimiser(given, objective=objective)
    called = f"{name}()" if callable(given) and (name := getattr(given, "__name__", "")).isidentifier() else "'adam'"
    raise TypeError(f"the optimiser must be a name or an Optimiser, got {shown(given)}; {called} works")


def whole(given: Any, what: str, example: int) -> int:
    """A whole number, 0 or more. Raises TypeError if it is no whole number, ValueError if it is below 0."""
    try:
        if isinstance(given, bool | np.bool_):
            raise TypeError
        number = operator.index(given)
    except TypeError:
        raise TypeError(f"{what} must be a whole number, got {shown(given)}; {example} suits most runs") from None
    if number < 0:
        raise ValueError(f"{what} must be 0 or more, got {number}; {example} suits most runs")
    return number


def rate_of(given: object) -> float:
    """A constant learning rate. Raises TypeError if it is no number."""
    if isinstance(given, Real) and not isinstance(given, bool):
        return float(given)
    raise TypeError(
        f"the learning rate must be a number, or a function of the step number, got {shown(given)}; 0.1 works"
    )


def start_of(given: Sequence[float] | Array | float | None, objective: Objective) -> Array:
    """The start as an array (dims,); for one variable, a number will do, and None stands for the objective's own.

    Raises TypeError if it is no list of numbers, ValueError if it has another number of them or one is not finite.
    """
    example = ",".join(f"{value:g}" for value in objective.start)
    try:
        if isinstance(given, str | bytes):
            raise TypeError
        point = np.array(objective.start if given is None else given, dtype=float)
    except (TypeError, ValueError):
        raise TypeError(f"the start must be a list of numbers, got {shown(given)}; [{example}] works") from None
    if point.ndim == 0 and objective.dims == 1:
        point = point.reshape(1)
    if point.shape != (objective.dims,):
        needs = f"{objective.dims} coordinate{'s' if objective.dims > 1 else ''}"
        got = point.size if point.ndim < 2 else f"an array of shape {point.shape}"
        raise ValueError(f"the start of {objective.name} must have {needs}, got {got}; {example} works")
    if not (np.abs(point) < inf).all():
        raise ValueError(f"the start must be finite, got {point.tolist()}")
    return point


def shown(value: object) -> str:
    """A value for an error message: in one line, and not too long."""
    if callable(value) and (name := getattr(value, "__name__", "")):
        return f"the {'class' if isinstance(value, type) else 'function'} {name}"
    text = " ".join(repr(value).split())
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
