"""Lines of code that a quiz shows: run as they stand, one by one, or as a method of descent."""

from __future__ import annotations

from typing import Any

import numpy as np

from gdsim import Optimiser
from gdsim.objective import Array
from gdsim.optimiser import stateless


def executed(code: str, names: dict[str, Any]) -> dict[str, Any]:
    """The names after a line of code. Raises NameError if it uses one that is not there yet."""
    after = dict(names)
    exec(code, {"__builtins__": {}}, after)  # the lines are the quiz's own
    return after


def coded(*lines: str) -> Optimiser:
    """The method that such lines of code make, which know x, lr and the true slope as grad."""

    def update(gradient: Array, state: Any, rate: float, point: Array) -> tuple[Array, Any]:
        x = float(point[0])
        names: dict[str, Any] = {"x": x, "lr": rate, "grad": float(gradient[0])}
        for code in lines:
            names = executed(code, names)
        return np.array([names["x"] - x]), state

    return Optimiser(stateless, update, "code")


def result_of(lines: list[str], rate: float) -> float | None:
    """Where x ends when the lines are run in this order; None if one of them uses what is not there yet."""
    names: dict[str, Any] = {"lr": rate}
    try:
        for code in lines:
            names = executed(code, names)
    except NameError:
        return None
    return float(names["x"])
