"""A vector of two numbers, written as a column into which each number flies from the picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from scenes.script.timeline import Channel
from scenes.stage.box import Box
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.outline import Outline
from scenes.stage.part import STILL, Now, Part
from scenes.stage.type import formula_outline, words_outline
from scenes.stage.write import Setting

NAMES = ("first", "second")
SIZE, GAP, AIR = 0.52, 0.16, 0.08
# The letters' size beside the numbers.
LETTERS = 0.8
# Where the middle of each row is, as a share of the column's height.
ROWS = (0.75, 0.25)


class Gradient(Part):
    """`∇J = (∂J/∂θ₁, ∂J/∂θ₂)` as a column; each letter gives way to its number as that arrives (`first.flown`).

    variables: as Typst mathematics. values: the numbers. origins: from where each starts to fly.
    """

    channels: ClassVar[Mapping[str, Channel]] = {f"{name}.flown": STILL for name in NAMES}

    def __init__(
        self,
        setting: Setting,
        symbol: str,
        variables: Sequence[str],
        values: Sequence[float],
        origins: Sequence[str],
        box: Box,
        name: str = "vector",
    ) -> None:
        super().__init__(name)
        self.setting, self.origins, self.box = setting, tuple(origins), box
        colour = setting.theme.slope
        self.texts = tuple(setting.language.brief(value) for value in values)
        self.numbers = [words_outline(setting.language.figures(text), colour, 600) for text in self.texts]
        sources = [f"partial {symbol} \\/ partial {variable}" for variable in variables]
        self.letters = [formula_outline(source, colour) for source in sources]
        self.head = formula_outline(f"nabla {symbol} =", colour)
        widths = [one.width for one in self.numbers] + [LETTERS * one.width for one in self.letters]
        self.widest = max(widths) + AIR
        room = "#box(width: 0pt, height: 0.66em)"
        self.braces = [
            formula_outline(f"vec(delim: #{pair}, {room}, {room})", colour) for pair in ('("(", none)', '(none, ")")')
        ]
        self.width = self.head.width + GAP + self.widest + 2 * self.braces[0].width
        self.size = min(SIZE, box.height / self.braces[0].height, box.width / self.width)

    def marks(self, now: Now) -> Iterator[Mark]:
        swell = 1 + 0.2 * now.of(self, "pulse")
        size, (middle, centre) = self.size * swell, self.box.centre
        left = middle - self.width * size / 2
        yield self._placed(self.head, left + self.head.width * size / 2, centre, size)
        x = middle + (self.head.width + GAP) * size / 2
        for brace, side in zip(self.braces, (-1, 1)):
            yield self._placed(brace, x + side * (self.widest + brace.width) * size / 2, centre, size)
        for axis, name in enumerate(NAMES):
            yield from self._cell(now, axis, now.of(self, f"{name}.flown"), x, size)

    def _cell(self, now: Now, axis: int, flown: float, x: float, size: float) -> Iterator[Mark]:
        """The letter, and the number that takes its place."""
        y = self.box.centre[1] + (ROWS[axis] - 0.5) * self.braces[0].height * size
        if flown < 1:
            yield self._placed(self.letters[axis], x, y, LETTERS * size).faded(1 - flown)
        if flown > 0:
            origin, outline = now.anchor(self.origins[axis]), self.numbers[axis]
            here = (origin.x + flown * (x - origin.x), origin.y + flown * (y - origin.y))
            height = origin.size + flown * (size - origin.size)
            yield self._placed(outline, *here, height, self.texts[axis], Shows("slope", step=0, axis=axis))

    def _placed(
        self, outline: Outline, x: float, y: float, size: float, text: str = "", shows: Shows | None = None
    ) -> Text:
        """Type with its middle at (x, y)."""
        left, foot = x - outline.width * size / 2, y - outline.height * size / 2
        colour = self.setting.theme.slope
        return Text(outline=outline, left=left, foot=foot, size=size, text=text, colour=colour, shows=shows)
