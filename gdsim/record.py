"""A run as read from a file; whatever the file does not say is None."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdsim.objective import Array, Objective
from gdsim.stop import Stop
from gdsim.surfaces import SURFACES
from gdsim.table import DataError, shown
from gdsim.trajectory import Trajectory

EXAMPLE = '{"points": [[3.0], [2.4]], "losses": [9.0, 5.76]}'
# A recorded loss may differ from the function by this fraction of the losses' range: a pixel in a film.
TOLERANCE = 1e-3


@dataclass(frozen=True, eq=False)
class Record:
    """One run, from gdsim or from any training loop; row 0 is the first that was recorded.

    points: (rows, dims). losses: (rows,). All numbers are finite, and the arrays are read-only copies.
    step_numbers: (rows,), increasing; a log of every tenth step has 0, 10, 20, ….
    gradients: (rows, dims), or None if they were not recorded.
    learning_rates: (rows - 1,), the rate of the step that starts from each row, or None.
    scene, objective, optimiser: names. stop: why the run ended. ignored: columns of the file that were not read.
    variables: the names of the coordinates, where they have any besides x,y.
    Raises ValueError if the shapes do not match or a number is not finite.
    """

    points: Array
    losses: Array
    step_numbers: NDArray[np.int64]
    gradients: Array | None = None
    learning_rates: Array | None = None
    scene: str | None = None
    objective: str | None = None
    optimiser: str | None = None
    stop: Stop | None = None
    ignored: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        rows, dims = np.shape(self.points)
        shapes = {
            "points": (rows, dims),
            "losses": (rows,),
            "gradients": (rows, dims),
            "learning_rates": (rows - 1,),
            "step_numbers": (rows,),
        }
        for field, shape in shapes.items():
            given = getattr(self, field)
            if given is None:
                continue
            array = np.array(given, dtype=np.int64 if field == "step_numbers" else float)
            if array.shape != shape or not np.isfinite(array).all():
                raise ValueError(f"{field} must be finite numbers of shape {shape}, got shape {array.shape}")
            array.setflags(write=False)  # it is a copy, so nobody else can write to it either
            object.__setattr__(self, field, array)

    @property
    def steps(self) -> int:
        """The number of recorded steps, one less than the rows, even if steps between them were left out."""
        return len(self.points) - 1

    def is_complete(self) -> bool:
        """Whether the rows are the steps 0, 1, 2, … with none missing."""
        return bool(np.array_equal(self.step_numbers, np.arange(len(self.points))))

    def trajectory(self, objective: Objective | None = None) -> Trajectory:
        """The run as `simulate` returned it; `objective` is by default the surface that the record names.

        Raises DataError if the record is incomplete or is not a run on that objective.
        """
        objective = objective or SURFACES.get(self.objective or "")
        if objective is None:
            named = "names no function" if self.objective is None else f"is a run on {shown(self.objective)}"
            raise DataError(f"the record {named}; pass the objective: record.trajectory(SURFACES['bowl']) works")
        needs = {name: getattr(self, name) for name in ("gradients", "learning_rates", "optimiser", "stop")}
        missing = [name for name, value in needs.items() if value is None]
        if missing or self.gradients is None or self.learning_rates is None or self.stop is None:
            raise DataError(f"the record has no {', '.join(missing)}; a file written by save_json has everything")
        _check_on(objective, self)
        return Trajectory(
            objective=objective,
            optimiser=self.optimiser or "",
            points=self.points,
            losses=self.losses,
            gradients=self.gradients,
            learning_rates=self.learning_rates,
            stop=self.stop,
        )


def record_of(run: Trajectory, scene: str | None = None) -> Record:
    """The record of `run`, with everything that a file can hold."""
    return Record(
        points=run.points,
        losses=run.losses,
        step_numbers=np.arange(len(run.points)),
        gradients=run.gradients,
        learning_rates=run.learning_rates,
        scene=scene,
        objective=run.objective.name,
        optimiser=run.optimiser,
        stop=run.stop,
        variables=run.parameters,
    )


def trajectory_to_dict(run: Trajectory | Record, scene: str | None = None) -> dict[str, Any]:
    """The run as a dict for JSON: numbers at full double precision, None for what is not known.

    `learning_rate` is the first step's, `steps` the number of recorded steps; `step_numbers` is only present
    if steps are missing.
    """
    record = record_of(run, scene) if isinstance(run, Trajectory) else run
    rates = _listed(record.learning_rates)
    content = {
        "scene": record.scene if scene is None else scene,
        "objective": record.objective,
        "optimiser": record.optimiser,
        "learning_rate": rates[0] if rates else None,
        "start": _listed(record.points[0]),
        "steps": record.steps,
        "stop": None if record.stop is None else stop_word(record.stop),
        "points": _listed(record.points),
        "losses": _listed(record.losses),
        "gradients": _listed(record.gradients),
        "learning_rates": rates,
    }
    return content if record.is_complete() else content | {"step_numbers": _listed(record.step_numbers)}


def record_from_dict(content: Any, name: str = "the run") -> Record:
    """The record in a dict as made by `trajectory_to_dict`; only `points` and `losses` are required.

    Unknown keys are ignored. Raises DataError, one line that names the key and what works.
    """
    if not isinstance(content, dict) or not {"points", "losses"} <= content.keys():
        raise DataError(f"{name} is not a run: it must have points and losses, as in {EXAMPLE}")
    points = _matrix(content["points"], "points", name)
    rows, dims = len(points), len(points[0])
    losses = _vector(content["losses"], "losses", rows, name)
    gradients, rates = content.get("gradients"), content.get("learning_rates")
    numbers = list(range(rows)) if content.get("step_numbers") is None else content["step_numbers"]
    for key, derived in (("steps", rows - 1), ("start", points[0])):
        if content.get(key) not in (None, derived):
            raise DataError(f"{name}: {key} does not agree with points; omit it or write {derived}")
    return Record(
        points=np.array(points),
        losses=np.array(losses),
        step_numbers=_rising(_vector(numbers, "step_numbers", rows, name), name),
        gradients=None if gradients is None else np.array(_matrix(gradients, "gradients", name, rows, dims)),
        learning_rates=None if rates is None else np.array(_vector(rates, "learning_rates", rows - 1, name)),
        scene=_word(content, "scene", name),
        objective=_word(content, "objective", name),
        optimiser=_word(content, "optimiser", name),
        stop=_stop(_word(content, "stop", name), name),
    )


def stop_word(stop: Stop) -> str:
    """The reason as one word, for files: step-limit, diverged and so on."""
    return stop.name.lower().replace("_", "-")


def _check_on(objective: Objective, record: Record) -> None:
    """Raise DataError unless the record has the objective's dimensions, its losses, and all steps."""
    dims = record.points.shape[1]
    if dims != objective.dims:
        raise DataError(
            f"the record has {dims} coordinates, {objective.name} has {objective.dims}; pass its own objective"
        )
    if not record.is_complete():
        raise DataError("steps are missing from the record; it must have the steps 0, 1, 2, … up to its last")
    with np.errstate(all="ignore"):
        off = np.abs(np.asarray(objective.value(record.points)) - record.losses)
    allowed = TOLERANCE * np.ptp(record.losses) + 1e-9 * np.abs(record.losses).max()
    if not (off <= allowed).all():
        row = int(np.argmax(~(off <= allowed)))
        raise DataError(f"the loss of step {row} is not that of {objective.name} there; pass the function it ran on")


def _listed(array: NDArray[Any] | None) -> Any:
    return None if array is None else array.tolist()


def _matrix(value: Any, key: str, name: str, rows: int | None = None, dims: int | None = None) -> list[list[float]]:
    """A non-empty list of equally long, non-empty lists of finite numbers. Raises DataError."""
    count = "1 or more" if rows is None else rows
    if not isinstance(value, list) or not value or len(value) != (rows or len(value)):
        raise DataError(f"{name}: {key} must be a list of {count} points; [[3.0], [2.4]] has two")
    dims = dims or (len(value[0]) if isinstance(value[0], list) else 0)
    return [_vector(row, f"{key}[{number}]", max(dims, 1), name) for number, row in enumerate(value)]


def _vector(value: Any, key: str, length: int, name: str) -> list[float]:
    """A list of `length` finite numbers. Raises DataError."""
    if not isinstance(value, list) or len(value) != length:
        got = f"{len(value)}" if isinstance(value, list) else shown(repr(value))
        raise DataError(f"{name}: {key} must be a list of {length} numbers, got {got}; a run is {EXAMPLE}")
    return [_number(item, f"{key}[{number}]", name) for number, item in enumerate(value)]


def _number(value: Any, key: str, name: str) -> float:
    try:
        if type(value) in (int, float) and isfinite(value):
            return float(value)
    except OverflowError:  # a whole number with hundreds of digits
        pass
    raise DataError(f"{name}: {key} must be a finite number, got {shown(repr(value))}; 0.5 works")


def _word(content: dict[str, Any], key: str, name: str) -> str | None:
    value = content.get(key)
    if value is not None and not isinstance(value, str):
        raise DataError(f"{name}: {key} must be a name in quotes or null, got {shown(repr(value))}")
    return value


def _stop(word: str | None, name: str) -> Stop | None:
    words = {stop_word(stop): stop for stop in Stop}
    if word is not None and word not in words:
        raise DataError(f"{name}: stop must be one of {', '.join(words)} or null, got {shown(word)}")
    return None if word is None else words[word]


def _rising(numbers: list[float], name: str) -> NDArray[np.int64]:
    """Step numbers as integers. Raises DataError if they are not whole or do not increase."""
    steps = np.array(numbers)
    if (steps != np.floor(steps)).any() or steps[0] < 0 or steps[-1] >= 2**53 or (np.diff(steps) <= 0).any():
        raise DataError(f"{name}: step numbers must be whole, 0 or more, and increasing; 0, 1, 2 works")
    return steps.astype(np.int64)
