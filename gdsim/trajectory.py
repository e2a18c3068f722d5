"""One finished run, frozen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdsim.objective import Array, Objective
from gdsim.stop import Stop


@dataclass(frozen=True, eq=False)
class Trajectory:
    """One finished run; row 0 is the start.

    points: (steps + 1, dims), in the objective's own units.
    losses: (steps + 1,), the objective at each point.
    gradients: (steps + 1, dims), the slope the next step will use.
    learning_rates: (steps,), the rate each step used.
    stop: why the run ended.
    Two runs with the same numbers share their `digest`. Raises ValueError where the shapes disagree.
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
                raise ValueError(f"a run of {rows - 1} steps has {field} of shape {shape}, got {array.shape}")
            array.setflags(write=False)  # a frozen dataclass does not freeze its arrays
            object.__setattr__(self, field, array)

    @property
    def steps(self) -> int:
        """How many steps were taken."""
        return len(self.points) - 1

    def digest(self) -> str:
        """Sixteen hexadecimal digits that two runs share only if every number is the same."""
        from hashlib import sha256  # it loads OpenSSL, which `import gdsim` can do without

        arrays = (self.points, self.losses, self.gradients, self.learning_rates)
        content = b"".join(np.ascontiguousarray(array).tobytes() for array in arrays)
        return sha256(content + self.stop.name.encode()).hexdigest()[:16]
