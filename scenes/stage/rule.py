"""The rule of a step, in letters and with this step's numbers, broken into lines where it would be small."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from scenes.stage.layout import GAP, Box
from scenes.stage.outline import Outline
from scenes.stage.plot import Gathering
from scenes.stage.type import Type, formula_outline

LETTERS, FIGURES = 0.42, 0.35
# Letters smaller than this get a row of their own rather than share one with the function's name.
READABLE = 0.3
# No rule is taller than this, in frame units.
TALLEST = 1.3
# More lines must make the letters this many times larger to be worth it.
WORTH = 1.1
ROW_GAP = 0.14
# Between two equations, and before a long term that is taken off.
_BREAK = re.compile(r"(, quad )| (?=- alpha / )")


class Rule(Gathering):
    """The update rule: letters above, figures below, both at the left of their box.

    letters: Typst mathematics. longest: the figures at their widest, so that their size never changes.
    label_width: of the function's name, which shares the first row in a film that is not wide; 0 for none.
    """

    def __init__(self, letters: str, longest: str, width: float, colour: str, label_width: float = 0.0):
        super().__init__()
        room = width - label_width - (GAP if label_width else 0.0)
        outline, size = broken(letters, room, colour)
        self.stacked = bool(label_width) and size < READABLE
        if self.stacked:
            outline, size = broken(letters, width, colour)
        self.letters = Type(outline, size)
        widest = formula_outline(longest, colour)
        self.figures = Type(widest, min(FIGURES, width / max(widest.width, 1e-9)))
        self.colour, self.tallest_figures = colour, widest.height * self.figures.full_size
        self.add(self.letters, self.figures)

    def height(self, label: float = 0.0) -> float:
        """The height it needs, in frame units, with a function's name of this height in the first row."""
        letters = self.letters.box.height
        first = letters + label + ROW_GAP if self.stacked else max(letters, label)
        return first + ROW_GAP + self.tallest_figures

    def stand(self, box: Box, label: Type | None = None) -> None:
        """Take place in a box, with the function's name at the right of the first row, or above."""
        spare = max(0.0, box.height - self.height(label.box.height if label else 0.0))
        top = box.top - min(0.25 * spare, 0.1)
        if label is not None and self.stacked:
            label.at(box.left, top, 0.0, 1.0)
            top -= label.box.height + ROW_GAP
        tall = self.letters.box.height
        middle = top - max(tall, label.box.height if label and not self.stacked else 0.0) / 2
        self.letters.at(box.left, middle, 0.0, 0.5)
        if label is not None and not self.stacked:
            label.at(box.right, middle, 1.0, 0.5)
        below = 2 * middle - top - ROW_GAP - 0.5 * spare
        self.figures.at(box.left, below - self.tallest_figures / 2, 0.0, 0.5)

    def say(self, figures: str) -> None:
        """Show other figures."""
        self.figures.say(formula_outline(figures, self.colour))


def broken(source: str, width: float, colour: str) -> tuple[Outline, float]:
    """Typst mathematics in as many lines as make it largest within a width: its outline, and its size in frame units.

    Of two ways nearly as good, the one of fewer lines.
    """
    best, best_size = formula_outline(source, colour), 0.0
    for lines in sorted(_ways(source), key=len):
        text = lines[0] if len(lines) == 1 else " \\ ".join(f"& {line}" for line in lines)
        outline = formula_outline(text, colour)
        size = min(LETTERS, width / max(outline.width, 1e-9), TALLEST / max(outline.height, 1e-9))
        if size > (WORTH if best_size else 1.0) * best_size:
            best, best_size = outline, size
    return best, best_size


def _ways(source: str) -> Iterator[list[str]]:
    """All ways to break a rule at its borders: the lines of each."""
    borders = list(_BREAK.finditer(source))
    for chosen in product((False, True), repeat=len(borders)):
        lines, start = [], 0
        for border, taken in zip(borders, chosen):
            if taken:
                lines.append(source[start : border.start()] + ("," if border.group(1) else ""))
                start = border.end()
        lines.append(source[start:])
        yield [line if at == 0 or not line.startswith("-") else f"quad {line}" for at, line in enumerate(lines)]
