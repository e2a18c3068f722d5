"""How many slopes and how many curvatures a number of parameters has: a column of cells beside a square of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import ClassVar, NamedTuple

import numpy as np

from scenes.script.timeline import Channel
from scenes.stage.area_marks import Area
from scenes.stage.box import Box
from scenes.stage.line_marks import Lines
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.write import Setting

MILLION = 1_000_000
# At first there are so many parameters; the cells' width then, the gap included, as a share of their height.
FEWEST = 3
GAP = 0.1
WIDTH = 1 + GAP + 1 / FEWEST
# The size of words and numbers; their room beside the cells or above them, and their distance.
LABEL, NUMBER = 0.44, 0.72
BESIDE, ABOVE, EDGE = 2.45, 1.5, 0.3


class Places(NamedTuple):
    """The boxes of the cells, the places of the two labels, and which part of the first label's width is there."""

    column: Box
    square: Box
    slopes: tuple[float, float]
    curvatures: tuple[float, float]
    across: float


class Curvatures(Part):
    """n cells below each other, the slopes, beside n × n cells, the curvatures, each with their number.

    power: n is two to this power, a whole number of cells. many: 1 writes the numbers for a million parameters.
    guessed: how far the square has faded: it is no longer worked out. Elements: `column`, `square`.
    """

    channels: ClassVar[Mapping[str, Channel]] = {
        "power": Channel((math.log2(FEWEST),)),
        "many": STILL,
        "guessed": STILL,
        "column.pulse": STILL,
        "square.pulse": STILL,
    }

    def __init__(self, setting: Setting, colour: str, name: str = "curvatures") -> None:
        super().__init__(name)
        self.setting, self.colour = setting, colour

    def marks(self, now: Now) -> Iterator[Mark]:
        cells, many = max(1, round(2 ** now.of(self, "power"))), now.of(self, "many")
        theme, places = self.setting.theme, self._places(cells)
        slopes, curvatures = (now.of(self, f"{name}.pulse") for name in ("column", "square"))
        bright = 1 - 0.75 * now.of(self, "guessed")
        yield from self._cells(places.column, cells, 1, theme.slope, "slope cells", 1.0, slopes)
        yield from self._cells(places.square, cells, cells, self.colour, "curvature cells", bright, curvatures)
        for word, power, place, across, colour, pulse in (
            ("slopes", 1, places.slopes, places.across, theme.slope, slopes),
            ("curvatures", 2, places.curvatures, 1 - places.across, self.colour, curvatures),
        ):
            x, y = place
            yield self.setting.words(self.setting.label(word), x, y - 0.35, LABEL, colour, across, None, 600)
            for n, seen in ((cells, 1 - 2 * many), (MILLION, 2 * many - 1)):
                if seen > 0:
                    size, shows = NUMBER * (1 + 0.15 * pulse), Shows(f"{word} number", power, n)
                    text = self.setting.language.number(float(n**power), 7)
                    yield self.setting.words(text, x, y + 0.2, size, colour, across, None, 600, shows).faded(seen)

    def _places(self, cells: int) -> Places:
        """Beside the cells in a wide film, above them in others."""
        stage = self.setting.composition.hero(0.0, 0.0)
        if self.setting.composition.wide:
            side = min(stage.height, (stage.width - 2 * BESIDE) / WIDTH)
            left, bottom = stage.centre[0] - WIDTH * side / 2, stage.centre[1] - side / 2
        else:
            side = min(stage.height - ABOVE, stage.width / WIDTH)
            left, bottom = stage.centre[0] - WIDTH * side / 2, stage.centre[1] - (side + ABOVE) / 2
        right, top = left + side / FEWEST, bottom + side
        column = Box(right - side / cells, bottom, right, top)
        square = Box(left + (WIDTH - 1) * side, bottom, left + WIDTH * side, top)
        if self.setting.composition.wide:
            y = stage.centre[1]
            return Places(column, square, (column.left - EDGE, y), (square.right + EDGE, y), 1.0)
        y = top + 0.55
        return Places(column, square, ((left + right) / 2, y), (square.centre[0], y), 0.5)

    def _cells(
        self, box: Box, rows: int, columns: int, colour: str, shows: str, opacity: float, pulse: float
    ) -> Iterator[Mark]:
        """A filled box with the lines between its cells."""
        corners = np.array([[box.left, box.bottom], [box.right, box.bottom], [box.right, box.top], [box.left, box.top]])
        yield Area(points=corners, colour=colour, opacity=opacity * (0.75 + 0.25 * pulse), shows=Shows(shows, 0, rows))
        across = [[[box.left, y], [box.right, y]] for y in np.linspace(box.bottom, box.top, rows + 1)[1:-1]]
        up = [[[x, box.bottom], [x, box.top]] for x in np.linspace(box.left, box.right, columns + 1)[1:-1]]
        if across or up:
            width = min(4.0, 40 * box.height / rows / 4)
            yield Lines(ends=np.array(across + up), colour=self.setting.theme.background, width=width)
