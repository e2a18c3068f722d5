"""The contour lines of a landscape, on its floor or at their own height, as the eye sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from gdsim.objective import Array


class GroundLines:
    """Polylines in the world, each with its loss and colour.

    lines: (loss, world points (n, 3)). colour: a loss's hex colour.
    All points are projected together, and again only when the eye has moved: there are dozens of lines in each frame.
    """

    def __init__(self, lines: Sequence[tuple[float, Array]], colour: Callable[[float], str]) -> None:
        self.levels = [level for level, _ in lines]
        self.colours = [colour(level) for level in self.levels]
        self._world = np.concatenate([np.zeros((0, 3)), *(points for _, points in lines)])
        self._ends = np.cumsum([len(points) for _, points in lines], dtype=np.int64)
        self._kept: tuple[tuple[float, ...], list[Array]] | None = None

    def __len__(self) -> int:
        return len(self.levels)

    def seen(self, pose: tuple[float, ...], at: Callable[[Array], Array]) -> Iterator[tuple[float, str, Array]]:
        """(loss, colour, frame points (n, 2)) of each line.

        at: world points -> frame points; the same for equal poses.
        """
        if self._kept is None or self._kept[0] != pose:
            self._kept = pose, np.split(at(self._world), self._ends[:-1]) if len(self) else []
        yield from zip(self.levels, self.colours, self._kept[1])
