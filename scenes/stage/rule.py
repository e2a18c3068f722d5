"""The rule of a step, in letters and with this step's numbers, broken into lines where it would be small."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import product

from scenes.stage.layout import GAP, Box, Layout
from scenes.stage.outline import Outline
from scenes.stage.plot import Gathering
from scenes.stage.theme import Theme
from scenes.stage.type import NOTHING, Type, formula_outline, tinted

LETTERS, FIGURES = 0.42, 0.35
# Letters smaller than this get a row of their own rather than share one with the function's name.
READABLE = 0.3
# No rule is taller than this, in frame units; where it stands below a plot lower than LOW, than the second.
TALLEST, LOW_TALLEST, LOW = 1.3, 0.9, 4.0
# More lines must make the letters this many times larger to be worth it.
WORTH = 1.1
ROW_GAP = 0.14
# Between two equations, and before a long term that is taken off.
_BREAK = re.compile(r"(, quad )| (?=- alpha / )")


class Rule(Gathering):
    """The update rule: letters above, figures below, both at the left of their box.

    letters: Typst mathematics, in x, g (the slope) and alpha, or with names and colours of its own.
    longest: the figures at their widest, so that their size never changes.
    point: what stands for x. label_width: of the function's name, which shares the first row in a film that is not
    wide; 0 for none.
    """

    def __init__(
        self, letters: str, longest: str, places: Layout, theme: Theme, point: str = "x", label_width: float = 0.0
    ):
        super().__init__()
        width, low = places.formula.width, not places.wide and places.plot.height < LOW
        tallest = LOW_TALLEST if low else TALLEST
        room = width - label_width - (GAP if label_width else 0.0)

        def dressed(source: str) -> str:
            return in_colours(source, theme, point)

        outline, size = broken(letters, room, tallest, theme.ink, dressed)
        self.stacked = bool(label_width) and size < READABLE
        if self.stacked:
            outline, size = broken(letters, width, tallest, theme.ink, dressed)
        self.letters = Type(outline, size)
        # What the read-outs say as well must not press a low plot together.
        self.silent = low and self.stacked
        figures = NOTHING if self.silent else formula_outline(longest, theme.ink)
        self.figures = Type(figures, min(FIGURES, width / max(figures.width, 1e-9)), width)
        self.colour, self.tallest_figures = theme.ink, figures.height * self.figures.size
        self.add(self.letters, self.figures)

    def height(self, label: float = 0.0) -> float:
        """The height it needs, in frame units, with a function's name of this height in the first row."""
        letters = self.letters.box.height
        first = letters + label + ROW_GAP if self.stacked else max(letters, label)
        return first + (0.0 if self.silent else ROW_GAP + self.tallest_figures)

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
        if not self.silent:
            self.figures.say(formula_outline(figures, self.colour))


def widest(sources: Iterable[str], colour: str) -> str:
    """Of many lines of Typst mathematics the one that needs the most room; only the longest dozen are set."""
    longest = sorted(dict.fromkeys(sources), key=len, reverse=True)[:12]
    return max(longest, key=lambda source: formula_outline(source, colour).width)


def in_colours(source: str, theme: Theme, point: str) -> str:
    """A method's formula with the point's own name, and the rate and the slope in their colours."""
    named = source.replace("<-", "arrow.l")
    if "#text" in named:
        return named
    named = re.sub(r"\bx\b", point, named)
    named = re.sub(r"\balpha\b", lambda _: tinted("alpha", theme.rate), named)
    return re.sub(r"\bg\b", lambda _: tinted("g", theme.slope), named)


def broken(
    source: str, width: float, height: float, colour: str, dressed: Callable[[str], str] = str
) -> tuple[Outline, float]:
    """Typst mathematics in as many lines as make it largest in a room: its outline, and its size in frame units.

    Of two ways nearly as good, the one of fewer lines. dressed: what is done to a source before it is set.
    """
    best, best_size = formula_outline(dressed(source), colour), 0.0
    for lines in sorted(_ways(source), key=len):
        text = lines[0] if len(lines) == 1 else " \\ ".join(f"& {line}" for line in lines)
        outline = formula_outline(dressed(text), colour)
        size = min(LETTERS, width / max(outline.width, 1e-9), height / max(outline.height, 1e-9))
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
