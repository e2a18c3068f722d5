"""Type: words and formulas as vector outlines, set by Typst in fonts that come with the program."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import font_source_sans_pro
import numpy as np
import typst
from manim import VGroup, VMobject
from numpy.typing import NDArray

from scenes.script.beat import Run
from scenes.stage.theme import Theme

Points = NDArray[np.float64]

# Outlines are written with two decimals of a point: set large, they keep their curves.
EM = 100.0
_PAGE = """#set page(width: auto, height: auto, margin: 0pt, fill: none)
#set text(size: {em}pt, font: "Source Sans Pro", weight: {weight}, number-width: "tabular", kerning: true,
  top-edge: 0.76em, bottom-edge: -0.24em)
#show math.equation: set text(font: "New Computer Modern Math", weight: 450, top-edge: "bounds", bottom-edge: "bounds")
#set par(leading: 0.3em)
#set align({align})
{body}"""
# How far below a line's box its letters' feet stand above the box's own foot.
DESCENT = 0.24
_SPECIAL = re.compile(r"([\\#$*_`@<>\[\]~/=+\-])")
_XLINK = "{http://www.w3.org/1999/xlink}href"
_SVG = "{http://www.w3.org/2000/svg}"
_TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")


class Outline(NamedTuple):
    """A text's ink, in ems, from its box's lower left corner.

    shapes: (colour, opacity, cubic points (n, 2), stroke width or 0) in drawing order.
    """

    shapes: tuple[tuple[str, Points, float], ...]
    width: float
    height: float


class Type(VGroup):
    """Set type that knows its box, so that lines share a baseline and numbers do not jump.

    size: the height of an em in frame units.
    """

    def __init__(self, outline: Outline, size: float):
        super().__init__()
        self.box_width = outline.width * size
        self.box_height = outline.height * size
        self.size = size
        self._corner = np.zeros(2)
        for colour, points, stroke in outline.shapes:
            shape = VMobject(stroke_width=0, fill_opacity=1, fill_color=colour)
            if stroke:
                shape.set_fill(opacity=0).set_stroke(colour, width=stroke * size * 100, opacity=1)
            shape.points = np.column_stack([points * size, np.zeros(len(points))])
            self.add(shape)

    def at(self, x: float, y: float, across: float = 0.5, up: float | None = None) -> Type:
        """Move so that the point of its box at (across, up), each 0 to 1, lies at (x, y).

        Without `up`, y is the (last) baseline of words.
        """
        rise = DESCENT * self.size if up is None else up * self.box_height
        corner = np.array([x - across * self.box_width, y - rise])
        self.shift(np.append(corner - self._corner, 0.0))
        self._corner = corner
        return self


def words(text: str, size: float, colour: str, weight: int = 400) -> Type:
    """One line of plain words."""
    return Type(_set(_colour(colour, _plain(text)), weight, "left"), size)


def lines(rows: list[list[Run]], size: float, theme: Theme, align: str = "center") -> Type:
    """Lines of words in which a concept wears its colour."""
    return Type(_set(rows_markup(rows, theme), 400, align), size)


def rows_markup(rows: list[list[Run]], theme: Theme) -> str:
    """Lines of coloured words as Typst source."""
    return " \\\n".join(
        "".join(
            _colour(
                theme.concept(run.concept), _plain(run.text) if run.concept is None else f"#strong[{_plain(run.text)}]"
            )
            for run in row
        )
        for row in rows
    )


def formula(source: str, size: float, colour: str) -> Type:
    """Typst mathematics; `ink(...)` of `colours` may stand in it."""
    return Type(_set(_colour(colour, f"$ {source} $"), 400, "left"), size)


def tinted(source: str, colour: str) -> str:
    """A piece of Typst mathematics in a colour of its own."""
    return f'#text(fill: rgb("{colour}"))[${source}$]'


def quoted(text: str) -> str:
    """Words or a number that stand in Typst mathematics as they are."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _plain(text: str) -> str:
    """Words as Typst markup: what would be a sign of its own stands for itself, spaces stay."""
    return _SPECIAL.sub(r"\\\1", text)


def _colour(colour: str, markup: str) -> str:
    return f'#text(fill: rgb("{colour}"))[{markup}]'


@cache
def _compiler() -> typst.Compiler:
    """Typst with our fonts and no others: the same letters on every machine."""
    folder = Path(font_source_sans_pro.__file__).parent / "files"
    return typst.Compiler(font_paths=[str(folder)], ignore_system_fonts=True)


@cache
def _set(body: str, weight: int, align: str) -> Outline:
    """Typst source -> outlines."""
    source = _PAGE.format(em=EM, weight=weight, align=align, body=body)
    image = _compiler().compile(input=source.encode(), format="svg")
    return _read_svg(image if isinstance(image, bytes) else image[0])


def _read_svg(image: bytes) -> Outline:
    """Typst's SVG -> outlines with y upwards, in ems, one shape a run of equal colour."""
    root = ElementTree.fromstring(image)
    width, height = (float(root.attrib[name].removesuffix("pt")) for name in ("width", "height"))
    symbols = {symbol.attrib["id"]: symbol[0].attrib["d"] for symbol in root.iter(f"{_SVG}symbol")}
    shapes: list[tuple[str, Points, float]] = []

    def walk(element: ElementTree.Element, matrix: Points) -> None:
        matrix = matrix @ _matrix(element.attrib.get("transform"))
        tag = element.tag.removeprefix(_SVG)
        if tag == "use":
            offset = np.array([float(element.attrib.get("x", 0)), float(element.attrib.get("y", 0))])
            add(_path(symbols[element.attrib[_XLINK][1:]]) + offset, matrix, element.attrib["fill"], 0.0)
        elif tag == "path":
            fill, stroke = element.attrib.get("fill", "none"), element.attrib.get("stroke", "none")
            points = _path(element.attrib["d"])
            if fill != "none":
                add(points, matrix, fill, 0.0)
            if stroke != "none":
                add(points, matrix, stroke, float(element.attrib.get("stroke-width", 1)) / EM)
        elif tag != "defs":
            for child in element:
                walk(child, matrix)

    def add(points: Points, matrix: Points, colour: str, stroke: float) -> None:
        if not len(points):
            return
        placed = points @ matrix[:2, :2].T + matrix[:2, 2]
        placed = np.column_stack([placed[:, 0], height - placed[:, 1]]) / EM
        if shapes and shapes[-1][0] == colour and not stroke and not shapes[-1][2]:
            placed = np.vstack([shapes.pop()[1], placed])
        placed.setflags(write=False)
        shapes.append((colour, placed, stroke))

    walk(root, np.eye(3))
    return Outline(tuple(shapes), width / EM, height / EM)


def _matrix(transform: str | None) -> Points:
    """An SVG transform as a (3, 3) matrix; Typst writes matrix(…), translate(…) and scale(…) alone."""
    result = np.eye(3)
    for name, values in re.findall(r"(\w+)\(([^)]*)\)", transform or ""):
        given = [float(value) for value in _TOKEN.findall(values)]
        step = np.eye(3)
        if name == "matrix":
            step[:2] = np.array(given).reshape(3, 2).T
        elif name == "translate":
            step[: len(given), 2] = given
        elif name == "scale":
            step[0, 0], step[1, 1] = given[0], given[-1]
        else:
            raise ValueError(f"type setting met an unknown transform: {transform}")
        result = result @ step
    return result


@cache
def _path(description: str) -> Points:
    """An SVG path -> cubic curves as Manim keeps them: four points a curve (4n, 2)."""
    tokens = iter(_TOKEN.findall(description))
    curves: list[list[tuple[float, float]]] = []
    here = start = (0.0, 0.0)
    command = ""

    def line(end: tuple[float, float]) -> None:
        thirds = [(here[0] + (end[0] - here[0]) * t, here[1] + (end[1] - here[1]) * t) for t in (1 / 3, 2 / 3)]
        curves.append([here, *thirds, end])

    for token in tokens:
        if token.isalpha():
            command = token
            if command in "zZ":
                if here != start:
                    line(start)
                here = start
                continue
            token = next(tokens)
        relative = command.islower()
        base = here if relative else (0.0, 0.0)
        kind = command.upper()
        if kind == "H":
            end = (base[0] + float(token), here[1])
        elif kind == "V":
            end = (here[0], base[1] + float(token))
        elif kind in "MLTQC":
            needed = {"M": 1, "L": 1, "Q": 3, "C": 5}[kind]
            values = [float(token), *(float(next(tokens)) for _ in range(needed))]
            given = [(base[0] + x, base[1] + y) for x, y in zip(values[::2], values[1::2])]
            end = given[-1]
        else:
            raise ValueError(f"type setting met an unknown path command: {command}")
        if kind == "M":
            start, command = end, "l" if relative else "L"
        elif kind == "Q":
            control = given[0]
            first = tuple(h + 2 / 3 * (c - h) for h, c in zip(here, control))
            second = tuple(e + 2 / 3 * (c - e) for e, c in zip(end, control))
            curves.append([here, (first[0], first[1]), (second[0], second[1]), end])
        elif kind == "C":
            curves.append([here, *given])
        else:
            line(end)
        here = end
    points = np.array(curves, dtype=float).reshape(-1, 2)
    points.setflags(write=False)
    return points
