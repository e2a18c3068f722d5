"""The panel of numbers: read-outs that follow the run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from scenes.stage.layout import Box
from scenes.stage.plot import Gathering
from scenes.stage.theme import Theme
from scenes.stage.type import Type, words, words_outline

# Type below this many frame units cannot be read at 480p.
SMALLEST = 0.24


class Field(NamedTuple):
    """One read-out: its name and the concept whose colour it wears, or a colour of its own."""

    name: str
    concept: str | None
    colour: str | None = None

    def worn(self, theme: Theme) -> str:
        """The colour of its number."""
        return self.colour or theme.concept(self.concept)


class Readouts(Gathering):
    """Names with numbers below them, in columns; numbers stand still while they change."""

    def __init__(self, box: Box, fields: Sequence[Field], theme: Theme, most_columns: int = 2):
        super().__init__()
        self.theme, self.fields = theme, tuple(fields)
        columns = max(range(2, most_columns + 1), key=lambda count: number_size(box, len(fields), count))
        self.size = number_size(box, len(fields), columns)
        pitch = _pitch(box, len(fields), columns)
        self.values: list[Type] = []
        for index, field in enumerate(fields):
            left = box.left + (index % columns) * box.width / columns
            top = box.top - (index // columns) * pitch
            name = words(field.name, max(0.68 * self.size, SMALLEST), theme.muted).at(left, top - 0.1, 0.0, 1.0)
            value = words("0", self.size, field.worn(theme), 600)
            value.at(left, top - 0.1 - 1.06 * name.size, 0.0, 1.0)
            self.values.append(value)
            self.add(name, value)

    def show(self, *texts: str) -> None:
        """The numbers, one a field, as text."""
        for value, field, text in zip(self.values, self.fields, texts):
            value.say(words_outline(text, field.worn(self.theme), 600))


def number_size(box: Box, fields: int, columns: int) -> float:
    """The height of the numbers' type, in frame units, with so many read-outs in so many columns."""
    pitch = _pitch(box, fields, columns)
    # Nine characters, the longest a read-out gets, must fit into a column and leave a gap.
    return min(0.40, 0.52 * pitch, pitch - 1.1 * SMALLEST, box.width / columns / (9 * 0.56))


def _pitch(box: Box, fields: int, columns: int) -> float:
    """From one row's top to the next one's, in frame units."""
    return min(box.height / -(-fields // columns), 1.05)
