"""Words and formulas as vector outlines, set by Typst in fonts that come with the program."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

import font_source_sans_pro
import typst

from scenes.script.spans import Span
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
# The width of a character of code, in ems.
CODE_WIDTH = 0.602
KEPT = 128
_SPECIAL = re.compile(r"([\\#$*_`@<>\[\]~/=+\-])")


NOTHING = Outline((), 0.0, 0.0)


def words_outline(text: str, colour: str, weight: int = 400) -> Outline:
    """One line of plain words."""
    return _set(_colour(colour, _plain(text)), weight, "left")


def code_outline(text: str, colour: str) -> Outline:
    """One line of code: every character is CODE_WIDTH ems wide."""
    return _set(f'#text(font: "DejaVu Sans Mono")[{_colour(colour, _plain(text))}]', 400, "left")


def coloured_code(pieces: tuple[tuple[str, str], ...]) -> Outline:
    """One line of code from pieces with a colour each."""
    line = "".join(_colour(colour, _plain(text)) for text, colour in pieces)
    return _set(f'#text(font: "DejaVu Sans Mono")[{line}]', 400, "left")


def lines_outline(rows: list[list[Span]], theme: Theme, align: str = "center") -> Outline:
    """Lines of words in which concepts have their colours."""
    source = " \\\n".join("".join(_run_markup(run, theme) for run in row) for row in rows)
    return _set(source, 400, align)


def _run_markup(run: Span, theme: Theme) -> str:
    """Words in their colour; a concept's words are bold."""
    plain = _plain(run.text)
    return _colour(theme.concept(run.concept), plain if run.concept is None else f"#strong[{plain}]")


def formula_outline(source: str, colour: str) -> Outline:
    """Typst mathematics."""
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
