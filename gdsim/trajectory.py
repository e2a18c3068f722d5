"""The immutable result of a run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdsim.objective import Array, Objective
from gdsim.stop import Stop


@dataclass(frozen=True, eq=False)
class Trajectory:
    """One finished run; row 0 is the start. Its arrays are read-only copies.

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

    @property
    def steps(self) -> int:
        """The number of steps taken."""
        return len(self.points) - 1

    def digest(self) -> str:
        """Sixteen hexadecimal digits, equal for two runs only if all their numbers and their reasons to stop are."""
        from hashlib import sha256  # it loads OpenSSL, which `import gdsim` does not need

        arrays = (self.points, self.losses, self.gradients, self.learning_rates)
        content = b"".join(np.ascontiguousarray(array).tobytes() for array in arrays)
        return sha256(content + self.stop.name.encode()).hexdigest()[:16]
