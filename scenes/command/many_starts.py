"""A grid of starts, for the terminal: how many runs end in each minimum."""

from __future__ import annotations

import json

import numpy as np

from gdsim import SURFACES, Stop
from gdsim.ensemble import Ensemble, simulate_many, start_grid
from scenes.planned_run import asked_objective, asked_optimiser, asked_rate
from scenes.script.numbers import number
from scenes.spec import RenderSpec

LEARNING_RATE, STEPS = 0.01, 200


def printed_crowd(spec: RenderSpec, side: int, form: str) -> str:
    """Run the spec's function from `side` starts along each axis of its domain: a table or JSON of where they end.

    Raises ValueError, in one line, if the options do not fit each other.
    """
    if spec.function is None:
        raise ValueError("--many needs a --function; himmelblau works")
    if form == "csv":
        raise ValueError("--many prints a table or JSON, got --format csv; json works")
    objective = asked_objective(spec, SURFACES["bowl"])
    steps = STEPS if spec.steps is None else spec.steps
    starts = start_grid(objective, side, side)
    crowd = simulate_many(
        objective, asked_optimiser(spec, objective), asked_rate(spec, LEARNING_RATE, steps), starts, steps
    )
    rows = _rows(crowd)
    if form == "json":
        return json.dumps({"objective": objective.name, "starts": int(crowd.steps.size), "ends": rows}) + "\n"
    header = f"{'ends at':<28}{'loss':>12}{'starts':>10}{'share':>9}{'median steps':>14}"
    lines = [
        f"{row['end']:<28}{row['loss']:>12}{row['starts']:>10}{row['share']:>9.1%}{row['median_steps']:>14g}"
        for row in rows
    ]
    return "\n".join([header, *lines, ""])


def _rows(crowd: Ensemble) -> list[dict[str, str | int | float]]:
    """One row per minimum that was reached, then the starts that left the map, then those still under way."""
    diverged = crowd.ended(Stop.DIVERGED)
    groups = [
        (f"({', '.join(number(value, 6) for value in known.point)})", number(known.value, 6), crowd.minima == index)
        for index, known in enumerate(crowd.objective.minima)
    ]
    groups += [("left the map", "", diverged), ("elsewhere", "", (crowd.minima < 0) & ~diverged)]
    return [
        {
            "end": end,
            "loss": loss,
            "starts": int(chosen.sum()),
            "share": float(chosen.mean()),
            "median_steps": float(np.median(crowd.steps[chosen])),
        }
        for end, loss, chosen in groups
        if chosen.any()
    ]
