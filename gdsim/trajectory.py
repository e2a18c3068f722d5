"""The immutable result of a run."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from gdsim.objective import Array, Objective
from gdsim.stop import Stop

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, eq=False)
class Trajectory:
    """One finished run; row 0 is the start. Its arrays are read-only copies.

    Two runs are equal if all their numbers are, to the last bit, and their functions, methods and reasons to stop.
    A run can be pickled if its objective can: all of SURFACES, what was typed, and models fitted to data.

    optimiser: the method's name.
    points: (steps + 1, dims), in the objective's own units.
    losses: (steps + 1,), the objective at each point.
    gradients: (steps + 1, dims), the objective's gradient at each point.
    learning_rates: (steps,), the rate of each step.
    stop: why the run ended.
    Raises ValueError if the shapes do not match.
    """

    objective: Objective
    optimiser: str
    points: Array
    losses: Array
    gradients: Array
    learning_rates: Array
    stop: Stop

    def __post_init__(self) -> None:
        rows, dims = np.shape(self.points)
        shapes = {"points": (rows, dims), "losses": (rows,), "gradients": (rows, dims), "learning_rates": (rows - 1,)}
        for field, shape in shapes.items():
            array = np.array(getattr(self, field), dtype=float)  # a copy, so that nobody else can write to it
            if array.shape != shape:
                raise ValueError(f"a run of {rows - 1} steps must have {field} of shape {shape}, got {array.shape}")
            array.setflags(write=False)  # a frozen dataclass does not freeze its arrays
            object.__setattr__(self, field, array)

    def __eq__(self, other: object) -> bool:
        """Whether all numbers and names are equal. What is drawn of the function (its domain) does not count."""
        if type(self) is not type(other) or not isinstance(other, Trajectory):
            return NotImplemented
        return self._names() == other._names() and all(
            one.tobytes() == two.tobytes() for one, two in zip(self._arrays(), other._arrays())
        )

    def __hash__(self) -> int:
        return hash((*self._names(), self.points[-1:].tobytes(), self.losses[-1:].tobytes()))

    def __reduce__(self) -> Any:
        """Pickled by its fields, so that what comes back is checked and write-locked, too."""
        return type(self), tuple(getattr(self, field.name) for field in fields(self))

    def _names(self) -> tuple[object, ...]:
        """All that tells runs apart besides their numbers."""
        one = self.objective
        return one.name, one.formula, one.variables, self.optimiser, self.stop, self.points.shape

    def _arrays(self) -> tuple[Array, ...]:
        return self.points, self.losses, self.gradients, self.learning_rates

    def to_pandas(self) -> pandas.DataFrame:
        """The run as a table whose index is the step, with the columns of `save_csv`.

        The last row has no learning rate, since no step starts there: NaN.
        Raises ImportError, one line, if pandas is not installed.
        """
        try:
            import pandas
        except ModuleNotFoundError as problem:
            if problem.name != "pandas":
                raise
            words = "to_pandas needs pandas, which is not installed; pip install pandas, or gdsim.save_csv(run, path)"
            raise ModuleNotFoundError(words, name="pandas") from None
        from gdsim.log import coordinates

        names = coordinates(self.objective.dims, self.parameters)
        columns = {"loss": self.losses, **dict(zip(names, self.points.T))}
        columns |= {f"gradient_{name}": column for name, column in zip(names, self.gradients.T)}
        columns["learning_rate"] = np.append(self.learning_rates, np.nan)
        return pandas.DataFrame(columns, index=pandas.RangeIndex(len(self.points), name="step"))

    @property
    def parameters(self) -> tuple[str, ...]:
        """What the coordinates are called in tables of numbers: nothing in particular here, so x,y or x1,x2,x3."""
        return ()

    @property
    def steps(self) -> int:
        """The number of steps taken."""
        return len(self.points) - 1

    def digest(self) -> str:
        """Sixteen hexadecimal digits, equal for two runs only if all their numbers and their reasons to stop are."""
        from hashlib import sha256  # it loads OpenSSL, which `import gdsim` does not need

        content = b"".join(np.ascontiguousarray(array).tobytes() for array in self._arrays())
        return sha256(content + self.stop.name.encode()).hexdigest()[:16]
