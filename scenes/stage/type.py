"""Words and formulas as vector outlines, set by Typst in fonts that come with the program."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Self

import cairo
import font_source_sans_pro
import numpy as np
import typst

from scenes.script.spans import Span
from scenes.stage.box import Box
from scenes.stage.camera import Painted, StageCamera, set_source
from scenes.stage.outline import EM, Outline, read_svg
from scenes.stage.theme import Theme

_PAGE = """#set page(width: auto, height: auto, margin: 0pt, fill: none)
#set text(size: {em}pt, font: "Source Sans Pro", weight: {weight}, number-width: "tabular", kerning: true,
  top-edge: 0.76em, bottom-edge: -0.24em)
#show math.equation: set text(font: "New Computer Modern Math", weight: 450, top-edge: "bounds", bottom-edge: "bounds")
#set par(leading: 0.3em)
#set align({align})
{body}"""
# How far the baseline is above the bottom of a line's box, in ems.
DESCENT = 0.24
# The height of a rule's term, and how far its baseline stands above the foot, in ems.
TERM_HEIGHT, TERM_DESCENT = 1.1, 0.3
# No letter extends further out of its box than this many ems.
OVERHANG = 0.3
KEPT = 128
_SPECIAL = re.compile(r"([\\#$*_`@<>\[\]~/=+\-])")


NOTHING = Outline((), 0.0, 0.0)


class Type(Painted):
    """Words or a formula with a known box, so that lines share a baseline and numbers do not jump.

    size: the height of an em in frame units; smaller if the text would be wider than `widest`.
    """

    def __init__(self, outline: Outline, size: float, widest: float = float("inf")):
        super().__init__()
        self.outline = outline
        self.full_size, self.widest = size, widest
        self.anchor: tuple[float, float, float, float | None] = (0.0, 0.0, 0.5, None)

    @property
    def size(self) -> float:
        """The height of an em as drawn, in frame units."""
        return min(self.full_size, self.widest / max(self.outline.width, 1e-9))

    @property
    def box(self) -> Box:
        """The rectangle it fills, ascenders and descenders included."""
        left, bottom = self.points[0, :2]
        return Box(left, bottom, left + self.outline.width * self.size, bottom + self.outline.height * self.size)

    def at(self, x: float, y: float, across: float = 0.5, up: float | None = None) -> Self:
        """Move so that the point of its box at (across, up), each 0 to 1, lies at (x, y).

        Without `up`, y is the (last) baseline of words.
        """
        self.anchor = (x, y, across, up)
        rise = DESCENT * self.size if up is None else up * self.outline.height * self.size
        self.points = np.array([[x - across * self.outline.width * self.size, y - rise, 0.0]])
        return self

    def say(self, outline: Outline) -> Self:
        """Show another text at the same place."""
        if outline is not self.outline:
            self.outline = outline
            self.at(*self.anchor)
        return self

    def fit(self, box: Box) -> Self:
        """Shrink, where it must, to fit into the box, and stand in its middle."""
        wide, high = max(self.outline.width, 1e-9), max(self.outline.height, 1e-9)
        self.full_size = min(self.size, box.width / wide, box.height / high)
        return self.at(*box.centre, 0.5, 0.5)

    def extent(self) -> Box:
        """Its box, with a margin for letters that extend beyond it."""
        over = OVERHANG * self.size
        return Box(-over, -over, self.outline.width * self.size + over, self.outline.height * self.size + over)

    def state(self) -> tuple[Outline, float]:
        """What it says and how large."""
        return self.outline, self.size

    def paint(self, context: cairo.Context, camera: StageCamera) -> None:
        """Fill the letters."""
        context.scale(self.size, self.size)
        for shape in self.outline.shapes:
            context.new_path()
            context.append_path(shape.path)
            set_source(context, shape.colour)
            if shape.stroke:
                context.set_line_width(shape.stroke)
                context.stroke()
            else:
                context.fill()


def words(text: str, size: float, colour: str, weight: int = 400) -> Type:
    """One line of plain words."""
    return Type(words_outline(text, colour, weight), size)


def words_outline(text: str, colour: str, weight: int = 400) -> Outline:
    """One line of plain words, for `Type.say`."""
    return _set(_colour(colour, _plain(text)), weight, "left")


def lines(rows: list[list[Span]], size: float, theme: Theme, align: str = "center") -> Type:
    """Lines of words in which concepts have their colours."""
    return Type(lines_outline(rows, theme, align), size)


def lines_outline(rows: list[list[Span]], theme: Theme, align: str = "center") -> Outline:
    """The outline of such lines."""
    source = " \\\n".join("".join(_run_markup(run, theme) for run in row) for row in rows)
    return _set(source, 400, align)


def _run_markup(run: Span, theme: Theme) -> str:
    """Words in their colour; a concept's words are bold."""
    plain = _plain(run.text)
    return _colour(theme.concept(run.concept), plain if run.concept is None else f"#strong[{plain}]")


def formula(source: str, size: float, colour: str) -> Type:
    """Typst mathematics; `tinted` pieces may stand in it."""
    return Type(formula_outline(source, colour), size)


def formula_outline(source: str, colour: str) -> Outline:
    """Typst mathematics, for `Type.say`."""
    return _set(_colour(colour, f"$ {source} $"), 400, "left")


def term_outline(source: str, colour: str) -> Outline:
    """One term of a rule, in a box of the same height for all terms, so that they share a baseline."""
    strut = f"#box(width: 0pt, height: {TERM_HEIGHT}em, baseline: {TERM_DESCENT}em)"
    return _set(_colour(colour, f"{strut}${source}$"), 400, "left")


def tinted(source: str, colour: str) -> str:
    """A piece of Typst mathematics in a colour of its own."""
    return f'#text(fill: rgb("{colour}"))[${source}$]'


def quoted(text: str) -> str:
    """Words or a number to be used unchanged in Typst mathematics."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _plain(text: str) -> str:
    """Words as Typst markup: special characters are escaped, and spaces stay."""
    return _SPECIAL.sub(r"\\\1", text)


def _colour(colour: str, markup: str) -> str:
    return f'#text(fill: rgb("{colour}"))[{markup}]'


@cache
def _compiler() -> typst.Compiler:
    """Typst with our fonts and no others: the same letters on every machine."""
    folder = Path(font_source_sans_pro.__file__).parent / "files"
    return typst.Compiler(font_paths=[str(folder)], ignore_system_fonts=True)


@lru_cache(maxsize=KEPT)  # numbers change with every frame: a cache without a limit would grow with the film
def _set(body: str, weight: int, align: str) -> Outline:
    """Typst source -> outlines."""
    source = _PAGE.format(em=EM, weight=weight, align=align, body=body)
    image = _compiler().compile(input=source.encode(), format="svg")
    assert image is not None
    return read_svg(image if isinstance(image, bytes) else image[0])
