"""Datasets to fit: generated from a seed, or read from a CSV file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gdsim.objective import Array
from gdsim.table import DataError, Table, number, parse_table, read_text, refuse

if TYPE_CHECKING:
    from pathlib import Path

# The largest file and table that are read: a film of more points would show a blot.
MAXIMAL_BYTES = 8_000_000
MAXIMAL_ROWS = 100_000


@dataclass(frozen=True, eq=False)
class Dataset:
    """Rows of inputs, each with its target. The arrays are read-only copies.

    inputs: (rows, features). targets: (rows,).
    Raises ValueError if the shapes do not match or a number is not finite.
    """

    name: str
    inputs: Array
    targets: Array

    def __post_init__(self) -> None:
        inputs, targets = np.array(self.inputs, dtype=float), np.array(self.targets, dtype=float)
        if inputs.ndim != 2 or targets.shape != inputs.shape[:1]:
            raise ValueError(f"{self.name} needs inputs of shape (rows, features) and one target per row")
        if not (np.isfinite(inputs).all() and np.isfinite(targets).all()):
            raise ValueError(f"{self.name} contains a number that is not finite")
        for field, array in (("inputs", inputs), ("targets", targets)):
            array.setflags(write=False)  # it is a copy, so nobody else can write to it either
            object.__setattr__(self, field, array)

    def __reduce__(self) -> Any:
        """Pickled by its fields, so that what comes back is checked and write-locked, too."""
        return type(self), (self.name, self.inputs, self.targets)

    @property
    def rows(self) -> int:
        """The number of rows."""
        return self.inputs.shape[0]

    @property
    def features(self) -> int:
        """The number of inputs per row."""
        return self.inputs.shape[1]

    def take(self, rows: Sequence[int] | np.ndarray[Any, Any]) -> Dataset:
        """The given rows, numbered from 0, as a new dataset."""
        return Dataset(self.name, self.inputs[rows], self.targets[rows])

    def standardised(self) -> Dataset:
        """The same rows, each input less its mean and divided by its standard deviation, as a new dataset.

        Raises ValueError if an input is the same in every row, or nearly so beside its size.
        """
        away = self.inputs - self.inputs.mean(axis=0)
        spread = np.sqrt(np.mean(away**2, axis=0))
        if not (spread > 1e-12 * np.abs(self.inputs).max(axis=0)).all():
            raise ValueError(f"an input of {self.name} hardly changes, so it has no scale; inputs of 1 and 2 work")
        return Dataset(f"{self.name}, standardised", away / spread, self.targets)


def read_csv(path: str | Path) -> Dataset:
    """The rows of a file with the columns `x,y` or `x1,x2,y`, with or without a header; the last column is the target.

    Blank lines are skipped, a byte order mark and all kinds of line endings are accepted, and duplicate rows count
    as often as they occur. The file may have up to MAXIMAL_BYTES bytes and MAXIMAL_ROWS rows.
    Raises DataError, one line that names the faulty lines and a row that works.
    """
    return parse_csv(read_text(path, MAXIMAL_BYTES), str(path))


def parse_csv(text: str, name: str = "the data") -> Dataset:
    """The rows of a text in the format of `read_csv`; errors call it `name`. Raises DataError as `read_csv` does."""
    table = parse_table(text, name, "1.5,3")
    if len(table.rows) > MAXIMAL_ROWS:
        raise DataError(f"{name} has {len(table.rows)} rows; keep {MAXIMAL_ROWS} or fewer, every tenth for example")
    columns = len(table.header or table.rows[0][1])
    example = "1.5,-0.5,1" if columns == 3 else "1.5,3"
    if columns not in (2, 3):
        raise DataError(
            f"{name} has {columns} column{'s' * (columns > 1)}; it must have x,y or x1,x2,y: {example} works"
        )
    _refuse_a_header_that_misleads(table, name)

    values, faults = [], []
    for line, fields in table.rows:
        try:
            if len(fields) != columns:
                raise ValueError(f"{len(fields)} column{'s' * (len(fields) > 1)} instead of {columns}")
            values.append([number(field) for field in fields])
        except ValueError as fault:
            faults.append((line, str(fault)))
    refuse(name, faults, example)
    if len(values) == 1:
        raise DataError(f"{name} has only one row; a fit needs 2 or more; add another row such as {example}")
    rows = np.array(values)
    return Dataset(name, rows[:, :-1], rows[:, -1])


def _refuse_a_header_that_misleads(table: Table, name: str) -> None:
    """Refuse duplicate column names, and a y that is not last: columns would be mistaken for one another."""
    words = [word.lower() for word in table.header or ()]
    if len(set(words)) < len(words):
        raise DataError(f"{name} names a column twice; x,y works")
    if "y" in words[:-1]:
        raise DataError(f"{name} has y before {words[-1]!a}; the targets must come last: x,y works")


def doubles() -> Dataset:
    """y = 2x at x = 1 … 5: the five points to which many introductions fit their first line."""
    x = np.arange(1.0, 6.0)
    return Dataset("doubles", x[:, None], 2 * x)


def noisy_line(
    rows: int = 40, slope: float = 2.0, intercept: float = 1.0, noise: float = 1.0, seed: int = 0
) -> Dataset:
    """y = slope · x + intercept + normal noise of standard deviation `noise`, with x uniform on [0, 5).

    Raises ValueError if `rows`, `noise` or `seed` is out of range.
    """
    draw = _generator(rows, noise, seed)
    x = draw.uniform(0, 5, rows)
    return Dataset("noisy-line", x[:, None], slope * x + intercept + draw.normal(0, noise, rows))


def centred_line(
    rows: int = 40, slope: float = 2.0, intercept: float = 1.0, noise: float = 1.0, seed: int = 0
) -> Dataset:
    """As `noisy_line`, but with x uniform on [−2, 2): around zero, slope and intercept hardly depend on each other.

    Raises ValueError if `rows`, `noise` or `seed` is out of range.
    """
    draw = _generator(rows, noise, seed)
    x = draw.uniform(-2, 2, rows)
    return Dataset("centred-line", x[:, None], slope * x + intercept + draw.normal(0, noise, rows))


def raised_line(
    rows: int = 10, slope: float = 1.0, intercept: float = 4.0, noise: float = 0.7, seed: int = 0
) -> Dataset:
    """y = slope · x + intercept + normal noise of standard deviation `noise`, with x evenly spaced on (0, 5].

    The line crosses the axis far from 0, so that a fit from (0, 0) first turns, and then has a long way up.
    Raises ValueError if `rows`, `noise` or `seed` is out of range.
    """
    draw = _generator(rows, noise, seed)
    x = np.arange(1, rows + 1) * 5 / rows
    return Dataset("raised-line", x[:, None], slope * x + intercept + draw.normal(0, noise, rows))


def two_groups(rows: int = 60, noise: float = 1.0, seed: int = 0) -> Dataset:
    """Targets 0 around x = −1 and 1 around x = 1, alternating; x is normal with standard deviation `noise`.

    Raises ValueError if `rows`, `noise` or `seed` is out of range.
    """
    draw = _generator(rows, noise, seed)
    answers = np.arange(rows) % 2
    x = 2.0 * answers - 1 + draw.normal(0, noise, rows)
    return Dataset("two-groups", x[:, None], answers.astype(float))


def two_clouds(rows: int = 40, noise: float = 1.2, seed: int = 0) -> Dataset:
    """Two inputs: targets 0 around (0, 0) and 1 around (2, 1), alternating, with normal noise on both.

    The clouds overlap, so that no straight line parts them without an error.
    Raises ValueError if `rows`, `noise` or `seed` is out of range.
    """
    draw = _generator(rows, noise, seed)
    answers = np.arange(rows) % 2
    middles = np.where(answers[:, None] == 1, (2.0, 1.0), (0.0, 0.0))
    return Dataset("two-clouds", middles + draw.normal(0, noise, (rows, 2)), answers.astype(float))


def two_moons(rows: int = 120, noise: float = 0.1, seed: int = 0) -> Dataset:
    """Two interleaved half circles with targets 0 (upper) and 1 (lower), and normal noise on both coordinates.

    The moons are those of scikit-learn's make_moons: (cos t, sin t) and (1 − cos t, ½ − sin t), with t evenly spaced
    on [0, π]. Raises ValueError if `rows`, `noise` or `seed` is out of range.
    """
    draw = _generator(rows, noise, seed)
    upper, lower = np.linspace(0, np.pi, rows - rows // 2), np.linspace(0, np.pi, rows // 2)
    first = np.stack([np.cos(upper), np.sin(upper)], axis=1)
    second = np.stack([1 - np.cos(lower), 0.5 - np.sin(lower)], axis=1)
    answers = np.repeat([0.0, 1.0], [len(upper), len(lower)])
    return Dataset("two-moons", np.concatenate([first, second]) + draw.normal(0, noise, (rows, 2)), answers)


DATASETS: dict[str, Callable[[int], Dataset]] = {
    "doubles": lambda seed: doubles(),
    "noisy-line": lambda seed: noisy_line(seed=seed),
    "centred-line": lambda seed: centred_line(seed=seed),
    "raised-line": lambda seed: raised_line(seed=seed),
    "two-groups": lambda seed: two_groups(seed=seed),
    "two-clouds": lambda seed: two_clouds(seed=seed),
    "two-moons": lambda seed: two_moons(seed=seed),
}
"""Every generated dataset by name, as a function of the seed."""


def _generator(rows: int, noise: float, seed: int) -> np.random.Generator:
    """The generator for `seed`, once `rows` and `noise` are in range. Raises ValueError."""
    if not 2 <= rows <= MAXIMAL_ROWS:
        raise ValueError(f"the number of rows must be from 2 to {MAXIMAL_ROWS}, got {rows}; 40 suits most films")
    if not 0 <= noise < np.inf:
        raise ValueError(f"noise must be 0 or more and finite, got {noise:g}; 0.1 works")
    return seeded(seed)


def seeded(seed: int) -> np.random.Generator:
    """The only source of randomness: PCG64, named since numpy may change its default. Raises ValueError below 0."""
    if seed < 0:
        raise ValueError(f"a seed must be 0 or more, got {seed}; 0 works")
    return np.random.Generator(np.random.PCG64(seed))
