"""What a method that divides does to a gradient: slopes, their recent sizes, and what is left, as bars."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scenes.phrases.method_facts import Division
from scenes.phrases.rate_facts import whole_digits
from scenes.script.numbers import number
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Area
from scenes.stage.box import Box
from scenes.stage.line_marks import Lines
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import HIDDEN, STILL, Now, Part
from scenes.stage.parts.land_run import LandBall
from scenes.stage.write import LABEL, SMALLEST, Setting

# Quantities of the three groups of bars, their labels, and the signs before them.
GROUPS = (("slope size", "slopes", ""), ("running size", "recent size", "÷ "), ("divided slope", "what's left", "= "))
# The width of a bar, as a share of its group's half.
BAR = 0.5


class DivisionBars(Part):
    """Three groups of two bars, one per coordinate; each group has a scale of its own.

    ball: of the run, whose colour the quotients have.
    Elements: `slopes`, `sizes`, `quotients`, which grow.
    """

    ELEMENTS = ("slopes", "sizes", "quotients")

    def __init__(self, setting: Setting, box: Box, found: Division, ball: LandBall, name: str = "division") -> None:
        super().__init__(name)
        self.setting, self.box, self.run = setting, box, ball.clock.index
        self.names = ball.clock.run.objective.variables
        self.values = tuple(np.abs(one).tolist() for one in (found.slopes, found.sizes, found.quotients))
        self.colours = (setting.theme.slope, setting.theme.muted, ball.colour)

    def all_channels(self) -> dict[str, Channel]:
        own = {f"{one}.{kind}": STILL for one in self.ELEMENTS for kind in ("grown", "pulse")}
        return {**super().all_channels(), **own, **{f"{one}.shown": HIDDEN for one in self.ELEMENTS}}

    def _groups(self) -> list[Box]:
        """One above the other in a column, side by side in a row."""
        box, found = self.box, []
        for index in range(3):
            if self.setting.composition.wide:
                top = box.top - index * box.height / 3
                found.append(Box(box.left, top - box.height / 3 + 0.15, box.right, top))
            else:
                left = box.left + index * box.width / 3
                found.append(Box(left, box.bottom, left + box.width / 3 - 0.2, box.top))
        return found

    def marks(self, now: Now) -> Iterator[Mark]:
        for index, (element, box) in enumerate(zip(self.ELEMENTS, self._groups())):
            shown = now.of(self, f"{element}.shown")
            if shown > 0:
                grown, pulse = now.of(self, f"{element}.grown"), now.of(self, f"{element}.pulse")
                yield from (mark.faded(shown) for mark in self._group(index, box, grown, pulse))

    def _group(self, index: int, box: Box, grown: float, pulse: float) -> Iterator[Mark]:
        theme, (quantity, label, sign) = self.setting.theme, GROUPS[index]
        colour, values = self.colours[index], self.values[index]
        size = SMALLEST if box.height < 1.8 else 0.9 * LABEL
        text = sign + self.setting.label(label)
        yield self.setting.words(text, box.left, box.top - 0.8 * size, size, colour, 0.0, None, 600)
        foot, top = box.bottom + 1.25 * size, box.top - 2.3 * size
        yield Lines(ends=np.array([[[box.left, foot], [box.right, foot]]]), colour=theme.faint, width=2.0)
        for axis, value in enumerate(values):
            x = box.left + (0.25 + 0.5 * axis) * box.width
            height = grown * max(0.02, value / max(values)) * max(0.1, top - foot)
            half = 0.25 * BAR * box.width * (1 + 0.3 * pulse)
            corners = np.array(
                [[x - half, foot], [x + half, foot], [x + half, foot + height], [x - half, foot + height]]
            )
            shows = Shows(f"{quantity} bar", self.run, 0, axis)
            yield Area(points=corners, colour=colour, shows=shows)
            told = self.setting.language.figures(number(value, whole_digits(value)))
            shows = Shows(quantity, self.run, 0, axis)
            mark = self.setting.words(told, x, foot + height + 0.06, size, colour, 0.5, 0.1, 600, shows)
            yield mark.faded(grown)
            yield self.setting.formula(self.names[axis], x, foot - 0.08, size, theme.ink, 0.5, 1.0)
