"""The learning rates that were tried for each method, and the one that was kept."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from scenes.phrases.rate_facts import rate_words
from scenes.planned_methods import Tried
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Disc
from scenes.stage.box import Box
from scenes.stage.line_marks import Lines
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.write import LABEL, SMALLEST, Setting

# The radii of a rate that was tried, and of the one that was kept.
DOT, KEPT = 0.045, 0.11
# A method's cell is no higher than this; in a flat box there are two columns of cells.
HIGHEST = 0.95


class RateGrid(Part):
    """One scale of powers of ten per method: a dot for each rate, larger where it was kept.

    first: the index of the first method's run. Channels: `tried`, the share of the dots that are there; `kept`.
    """

    def __init__(
        self,
        setting: Setting,
        box: Box,
        tried: Sequence[Tried],
        first: int,
        colours: Sequence[str],
        names: Sequence[str],
        name: str = "grid",
    ) -> None:
        super().__init__(name)
        self.setting, self.box, self.tried, self.first = setting, box, tuple(tried), first
        self.colours, self.names = tuple(colours), tuple(names)

    def all_channels(self) -> dict[str, Channel]:
        return {**super().all_channels(), "tried": STILL, "kept": STILL}

    def _cells(self) -> list[Box]:
        """A cell for each method."""
        columns = 1 if self.setting.composition.wide else 2
        rows = -(-len(self.tried) // columns)
        height, width = min(HIGHEST, self.box.height / rows), self.box.width / columns
        top = self.box.top - (self.box.height - rows * height) / 2
        found = []
        for index in range(len(self.tried)):
            row, column = divmod(index, columns)
            left, foot = self.box.left + column * width, top - (row + 1) * height
            found.append(Box(left, foot, left + width - 0.25 * (columns - 1), foot + height))
        return found

    def marks(self, now: Now) -> Iterator[Mark]:
        for index, cell in enumerate(self._cells()):
            yield from self._cell(now, index, cell)

    def _widest(self, size: float) -> float:
        """The width of the longest name."""
        boxes = [self.setting.words(name, 0, 0, size, weight=600).box for name in self.names]
        return max(box.width for box in boxes if box is not None)

    def _cell(self, now: Now, index: int, cell: Box) -> Iterator[Mark]:
        one, colour, kept = self.tried[index], self.colours[index], now.of(self, "kept")
        size = max(SMALLEST, min(LABEL, 0.5 * cell.height))
        flat = cell.height < 2.2 * size
        y = cell.centre[1] - 0.3 * size if flat else cell.top - 1.1 * size
        yield self.setting.words(self.names[index], cell.left, y, size, colour, 0.0, None, 600)
        shows = Shows("run rate", self.first + index)
        value = self.setting.words(
            rate_words(one.rates[one.best]), cell.right, y, size, self.setting.theme.rate, 1.0, None, 600, shows
        )
        yield value.faded(kept)
        left, right = cell.left + 0.1, cell.right - 0.1
        if flat:
            left, right, y = cell.left + self._widest(size) + 0.2, cell.right - 0.24 * cell.width, cell.centre[1]
        else:
            y -= 0.35
        powers = [math.log10(rate) for rate in one.rates]
        places = [left + (power - powers[0]) / (powers[-1] - powers[0]) * (right - left) for power in powers]
        yield Lines(ends=np.array([[[left, y], [right, y]]]), colour=self.setting.theme.faint, width=2.0)
        last = now.of(self, "tried") * len(places)
        for place, x in enumerate(places):
            if place < last:
                best = place == one.best
                radius = DOT + best * kept * (KEPT - DOT) * (1 + 0.5 * now.of(self, "pulse"))
                tint = colour if best and kept > 0 else self.setting.theme.muted
                yield Disc(
                    centre=(x, y), radius=radius, colour=tint, shows=Shows("tried rate", self.first + index, place)
                )
