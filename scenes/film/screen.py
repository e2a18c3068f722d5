"""The picture that a viewer of an animation currently sees, and which part of the next one must be sent."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenes.film.frame_store import Area

Numbers = NDArray[np.uint8]

# One entry in a table of 256 colours means "unchanged".
AS_BEFORE = 255


class Change(NamedTuple):
    """A rectangle of palette numbers; if `see_through`, AS_BEFORE among them keeps what is there."""

    numbers: Numbers
    area: Area
    see_through: bool


class Screen:
    """Remembers the picture that is shown.

    grain: changes begin at multiples of this many pixels.
    """

    def __init__(self, grain: int = 1) -> None:
        self.grain = grain
        self.shown: Numbers | None = None

    def change(self, numbers: Numbers, area: Area) -> Change | None:
        """The smallest rectangle that gives the screen these numbers in this area; None if it already has them.

        The first area is the whole picture.
        """
        if self.shown is None:
            self.shown = numbers.copy()
            return Change(self.shown.copy(), area, False)
        differs = numbers != self.shown[area.part]
        rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
        if len(rows) == 0:
            return None
        self.shown[area.part] = numbers
        top, left = (area.top + int(rows[0])), (area.left + int(columns[0]))
        outer = Area(
            top // self.grain * self.grain,
            left // self.grain * self.grain,
            area.top + int(rows[-1]) + 1,
            area.left + int(columns[-1]) + 1,
        )
        sent = np.full((outer.bottom - outer.top, outer.right - outer.left), AS_BEFORE, np.uint8)
        inner = differs[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        new = numbers[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        sent[top - outer.top :, left - outer.left :][inner] = new[inner]
        return Change(sent, outer, True)
