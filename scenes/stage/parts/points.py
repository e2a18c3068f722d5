"""The rows of a dataset as points of a plane: input across, target up."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import ClassVar

import numpy as np

from gdsim import Dataset
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Disc
from scenes.stage.camera import Array
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import Now, Part
from scenes.stage.parts.plane import Plane
from scenes.stage.write import Setting

# More points than this cannot be told apart; of many rows, those are drawn that are apart on a grid so fine.
MOST, GRID = 600, (120, 80)
RADIUS = 0.1


class Points(Part):
    """A disc for each row of data with one input; of many rows, those that can be told apart.

    grown: how many of them are there, from the left: 0 none, 1 all.
    lit: the frame -> the numbers of the rows that stand out, such as those of a batch, in `lit_colour`; all others
    are then dimmed. run: the index of the run whose data they are, for tests; or the frame -> that, None for no run's.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"grown": Channel((1.0,))}
    DIMMED = 0.35

    def __init__(
        self,
        setting: Setting,
        plane: Plane,
        data: Dataset,
        colour: str | None = None,
        lit: Callable[[Now], Collection[int]] | None = None,
        lit_colour: str | None = None,
        run: int | Callable[[Now], int | None] = 0,
        name: str = "points",
    ) -> None:
        super().__init__(name)
        self.setting, self.plane, self.data, self.lit, self.run = setting, plane, data, lit, run
        self.colour = colour or setting.theme.ink
        self.lit_colour = lit_colour or setting.theme.ball
        self.rows = rows_to_see(data)

    def marks(self, now: Now) -> Iterator[Mark]:
        view, grown, swell = self.plane.view(now), now.of(self, "grown"), 1 + 0.8 * now.of(self, "pulse")
        chosen = None if self.lit is None else frozenset(self.lit(now))
        places = view.to_frame(self.data.inputs[:, 0], self.data.targets)
        rows = self.rows if chosen is None else np.union1d(self.rows, sorted(chosen)[:MOST]).astype(int)
        size = min(1.0, max(0.45, (40 / len(rows)) ** 0.5)) * min(
            1.0, 0.3 + 0.16 * min(view.box.width, view.box.height)
        )
        radius, box = RADIUS * size * swell, view.box
        index = self.run(now) if callable(self.run) else self.run
        for row in self._in_order(rows, chosen):
            x, y = places[row].tolist()
            risen = min(1.0, max(0.0, (grown - 0.75 * self._rank(row)) / 0.25)) if grown < 1 else 1.0
            if risen > 0 and box.left <= x <= box.right and box.bottom <= y <= box.top:
                lit = chosen is not None and row in chosen
                yield Disc(
                    centre=(x, y),
                    radius=radius * risen * (1.25 if lit else 1.0),
                    colour=self.lit_colour if lit else self.colour,
                    rim=self.setting.theme.background if lit else None,
                    opacity=1.0 if lit or not chosen else self.DIMMED,
                    shows=Shows("row", index or 0, None if index is None else row),
                )

    def _in_order(self, rows: np.ndarray, chosen: frozenset[int] | None) -> list[int]:
        """The lit rows on top."""
        numbers = [int(row) for row in rows]
        return sorted(numbers, key=lambda row: row in chosen) if chosen else numbers

    def _rank(self, row: int) -> float:
        """Where a row stands from left (0) to right (1)."""
        x = self.data.inputs[:, 0]
        size = float(np.ptp(x))
        return float(x[row] - x.min()) / size if size else 0.0


def rows_to_see(data: Dataset, most: int = MOST) -> np.ndarray:
    """The numbers (n,) of the rows that can be told apart in a picture of all, in ascending order; at most `most`."""
    if data.rows <= most:
        return np.arange(data.rows)
    places: Array = np.column_stack([data.inputs[:, 0], data.targets])
    size = np.ptp(places, axis=0)
    cells = np.floor((places - places.min(axis=0)) / np.where(size, size, 1.0) * GRID).astype(int)
    _, firsts = np.unique(cells, axis=0, return_index=True)
    firsts = np.sort(firsts)
    if len(firsts) <= most:
        return firsts
    return firsts[np.unique(np.linspace(0, len(firsts) - 1, most).astype(int))]
