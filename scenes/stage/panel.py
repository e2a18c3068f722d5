"""The panel of numbers: read-outs that follow the run, and the rule with this step's numbers put in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from scenes.stage.layout import Box
from scenes.stage.plot import Gathering
from scenes.stage.theme import Theme
from scenes.stage.type import Type, words, words_outline


class Field(NamedTuple):
    """One read-out: its name and the concept whose colour it wears."""

    name: str
    concept: str | None


class Readouts(Gathering):
    """Names with numbers below them, in two columns; numbers stand still while they change."""

    def __init__(self, box: Box, fields: Sequence[Field], theme: Theme, columns: int = 2):
        super().__init__()
        self.theme, self.fields = theme, tuple(fields)
        rows = -(-len(fields) // columns)
        pitch = min(box.height / rows, 1.05)
        # Nine characters, the longest a read-out gets, must fit into a column and leave a gap.
        self.size = min(0.40, 0.52 * pitch, box.width / columns / (9 * 0.56))
        self.values: list[Type] = []
        for index, field in enumerate(fields):
            left = box.left + (index % columns) * box.width / columns
            top = box.top - (index // columns) * pitch
            name = words(field.name, 0.68 * self.size, theme.muted).at(left, top - 0.1, 0.0, 1.0)
            value = words("0", self.size, theme.concept(field.concept), 600)
            value.at(left, top - 0.1 - 0.72 * self.size, 0.0, 1.0)
            self.values.append(value)
            self.add(name, value)

    def show(self, *texts: str) -> None:
        """The numbers, one a field, as text."""
        for value, field, text in zip(self.values, self.fields, texts):
            value.say(words_outline(text, self.theme.concept(field.concept), 600))
