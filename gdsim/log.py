"""Reads the log of a training loop, a table `step,loss,x[,y]`, and writes a record as one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

import numpy as np

from gdsim.record import Record
from gdsim.table import DataError, Table, number, parse_table, refuse

# The names a column may have, as `plain` writes them, the preferred one first.
STEP = ("step", "steps", "iteration", "iter", "epoch")
LOSS = ("loss", "cost", "trainloss", "trainingloss", "error")
FIRST = ("x", "theta", "w", "weight")
SECOND = ("y", "b", "bias")
RATE = ("learningrate", "lr", "rate")
SLOPE = ("gradient", "grad", "slope")
NUMBERED = re.compile(r"(x|theta|w)(\d{1,4})", re.ASCII)


class Columns(NamedTuple):
    """Which column holds what, numbered from 0. points, slopes: one per coordinate; slopes may be empty."""

    step: int
    loss: int
    points: tuple[int, ...]
    slopes: tuple[int, ...]
    rate: int | None


def to_csv(record: Record) -> str:
    """The record's numbers as a table with a header, all at full double precision.

    Columns: step, loss, the coordinates (w,b and so on for a fit; else x; x,y; or x1,x2,x3,…), gradient_… for each of
    them, and learning_rate, the rate of the step that starts from the row, so the last row has none. Unknown
    values have no column.
    Names (scene, objective, optimiser) and the reason for stopping are left out: JSON keeps those.
    """
    names = coordinates(record.points.shape[1], record.variables)
    header = ["step", "loss", *names]
    columns = [record.step_numbers.tolist(), record.losses.tolist(), *record.points.T.tolist()]
    if record.gradients is not None:
        header += [f"gradient_{name}" for name in names]
        columns += record.gradients.T.tolist()
    if record.learning_rates is not None:
        header.append("learning_rate")
        columns.append([*record.learning_rates.tolist(), ""])
    # Row by row: a million rows as lists of words would take a gigabyte.
    rows = (",".join(str(value) for value in row) for row in zip(*columns))
    return "\n".join([",".join(header), *rows]) + "\n"


def coordinates(dims: int, variables: Sequence[str] = ()) -> list[str]:
    """The names of a point's columns: `variables` if a log may have such columns; else x; x and y; or x1, x2, …."""
    own = [variable.replace("_", "") for variable in variables]
    if len(own) == dims and own == [plain(word) for word in own]:
        with suppress(DataError):
            if _points(own, "") == tuple(range(dims)):
                return own
    return ["x", "y"][:dims] if dims <= 2 else [f"x{place}" for place in range(1, dims + 1)]


def parse_log(text: str, name: str = "the log") -> Record:
    """The record in a table with a step, a loss and a point in each row, from `to_csv` or from any training loop.

    The header may say step, iteration or epoch; loss, cost or error; x, theta, w or weight; y, b or bias;
    x1, x2, … (or theta or w, from 0 or 1) for any number of coordinates, then perhaps b or bias; gradient_x,
    grad_x, …; learning_rate or lr. Case, spaces and underscores do not matter. Other columns are not read but listed
    in `Record.ignored`. Without a header the order is step, loss, x and, optionally, y.
    Step numbers must increase; some may be missing.
    Raises DataError, one line that names the faulty lines and a row that works.
    """
    table = parse_table(text, name, "0,9.0,3.0")
    columns = understood(table, name)
    example = ",".join(["0", "9.0", *["3.0"] * len(columns.points)])
    places = [columns.step, columns.loss, *columns.points, *columns.slopes]
    width = len(table.header or table.rows[0][1])
    values: list[list[float]] = []
    rates: list[float | None] = []
    faults = []
    for place, (line, fields) in enumerate(table.rows):
        try:
            if len(fields) != width:
                raise ValueError(f"{len(fields)} column{'s' * (len(fields) > 1)} instead of {width}")
            row = [number(fields[column]) for column in places]
            _follows(row[0], values[-1][0] if values else -1.0)
            rates.append(_rate(fields, columns.rate, is_last=place == len(table.rows) - 1))
            values.append(row)
        except ValueError as fault:
            faults.append((line, str(fault)))
    refuse(name, faults, example)
    numbers, dims = np.array(values), len(columns.points)
    known = {columns.step, columns.loss, columns.rate, *columns.points, *columns.slopes}
    return Record(
        points=numbers[:, 2 : 2 + dims],
        losses=numbers[:, 1],
        gradients=numbers[:, 2 + dims :] if columns.slopes else None,
        learning_rates=None if columns.rate is None else np.array(rates[:-1], dtype=float),
        step_numbers=numbers[:, 0].astype(np.int64),
        ignored=tuple(word for place, word in enumerate(table.header or ()) if place not in known),
    )


def understood(table: Table, name: str) -> Columns:
    """Which column holds what. Raises DataError if one is missing or ambiguous."""
    if table.header is None:
        width = len(table.rows[0][1])
        if width not in (3, 4):
            raise DataError(
                f"{name} has no header and {width} columns; add a header such as step,loss,x or step,loss,x,y"
            )
        return Columns(0, 1, tuple(range(2, width)), (), None)
    words = [plain(word) for word in table.header]
    repeated = next((word for place, word in enumerate(words) if word and word in words[:place]), None)
    if repeated is not None:
        raise DataError(f"{name} has two columns named {repeated!a}; step,loss,x,y works")

    def place_of(choices: Sequence[str]) -> int | None:
        return next((words.index(choice) for choice in choices if choice in words), None)

    points = _points(words, name)
    step, loss, rate = place_of(STEP), place_of(LOSS), place_of(RATE)
    if step is None or loss is None:
        missing = "step (or epoch, iteration)" if step is None else "loss (or cost)"
        raise DataError(f"{name} has no column {missing}; a header such as step,loss,x works")
    return Columns(step, loss, points, _slopes(words, [words[point] for point in points], place_of), rate)


def plain(word: str) -> str:
    """A column's name in lower case without spaces, underscores and hyphens; θ₁ becomes theta1."""
    return re.sub(r"[\s_-]", "", unicodedata.normalize("NFKC", word).lower()).replace("θ", "theta")


def _points(words: list[str], name: str) -> tuple[int, ...]:
    """The columns of the point, in order."""
    first, second = ([word for word in words if word in choices] for choices in (FIRST, SECOND))
    numbered = sorted((match[1], int(match[2]), word) for word in words if (match := NUMBERED.fullmatch(word)))
    if len(first) + bool(numbered) != 1 or len(second) > 1 or (numbered and "y" in second):
        found = [*first, *second, *(word for _, _, word in numbered)]
        said = f"has ambiguous coordinates: {', '.join(found[:6])}" if found else "has no column x"
        raise DataError(f"{name} {said}; name them x, or x,y, or x1,x2,x3")
    if not numbered:
        return tuple(words.index(word) for word in (*first, *second))
    families, places = {family for family, _, _ in numbered}, [place for _, place, _ in numbered]
    if len(families) > 1 or places not in (list(range(len(places))), list(range(1, len(places) + 1))):
        raise DataError(
            f"{name} numbers its coordinates {', '.join(word for *_, word in numbered[:6])}; x1,x2,x3 works"
        )
    return tuple(words.index(word) for word in (*(word for _, _, word in numbered), *second))


def _slopes(words: list[str], points: list[str], place_of: Callable[[Sequence[str]], int | None]) -> tuple[int, ...]:
    """The columns of the gradient, one per coordinate; empty if any is missing."""
    named = [place_of([slope + point for slope in SLOPE]) for point in points]
    if len(points) == 1 and named == [None]:
        named = [place_of(SLOPE)]
    places = tuple(place for place in named if place is not None)
    return places if len(places) == len(points) else ()


def _follows(step: float, before: float) -> None:
    if step != step // 1 or not 0 <= step < 2**53:
        raise ValueError(f"step {step:g} is not a whole number, 0 or more")
    if step <= before:
        raise ValueError(f"step {step:g} does not come after step {before:g}")


def _rate(fields: list[str], column: int | None, is_last: bool) -> float | None:
    """The rate of the step that starts from the row; the last row may have none."""
    return None if column is None or (is_last and not fields[column]) else number(fields[column])
