"""Outlines of letters: Typst's SVG read into cairo paths."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree import ElementTree

import cairo

from scenes.stage.camera import Colour, rgb

# Outlines are written with two decimals of a point: set large, they keep their curves.
EM = 100.0
_XLINK = "{http://www.w3.org/1999/xlink}href"
_SVG = "{http://www.w3.org/2000/svg}"
_TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
# How many numbers each path command takes.
_NUMBERS = {"M": 2, "L": 2, "Q": 4, "C": 6}


class Shape(NamedTuple):
    """Ink of one colour: a cairo path in ems, filled, or stroked where `stroke` (in ems) is not 0."""

    colour: Colour
    path: cairo.Path
    stroke: float


class Outline(NamedTuple):
    """A text's ink, in ems, from its box's lower left corner; the shapes in drawing order."""

    shapes: tuple[Shape, ...]
    width: float
    height: float


def read_svg(image: bytes) -> Outline:
    """Typst's SVG -> outlines with y upwards, in ems, one shape per run of equal colour."""
    root = ElementTree.fromstring(image)
    width, height = (float(root.attrib[name].removesuffix("pt")) for name in ("width", "height"))
    symbols = {symbol.attrib["id"]: symbol[0].attrib["d"] for symbol in root.iter(f"{_SVG}symbol")}
    page = cairo.Matrix(1 / EM, 0, 0, -1 / EM, 0, height / EM)
    inks: list[tuple[str, float, cairo.Context]] = []

    def walk(element: ElementTree.Element, matrix: cairo.Matrix) -> None:
        given = element.attrib
        matrix = _matrix(given.get("transform")) * matrix
        tag = element.tag.removeprefix(_SVG)
        if tag == "use":
            offset = cairo.Matrix(x0=float(given.get("x", 0)), y0=float(given.get("y", 0)))
            add(symbols[given[_XLINK][1:]], offset * matrix, given["fill"], 0.0)
        elif tag == "path":
            if given.get("fill", "none") != "none":
                add(given["d"], matrix, given["fill"], 0.0)
            if given.get("stroke", "none") != "none":
                add(given["d"], matrix, given["stroke"], float(given.get("stroke-width", 1)) / EM)
        elif tag != "defs":
            for child in element:
                walk(child, matrix)

    def add(description: str, matrix: cairo.Matrix, colour: str, stroke: float) -> None:
        if not inks or inks[-1][:2] != (colour, stroke):
            inks.append((colour, stroke, cairo.Context(cairo.RecordingSurface(cairo.Content.ALPHA, None))))
        pen = inks[-1][2]
        pen.set_matrix(matrix)
        _draw_path(pen, description)
        pen.identity_matrix()

    walk(root, page)
    shapes = tuple(Shape(rgb(colour), pen.copy_path(), stroke) for colour, stroke, pen in inks)
    return Outline(shapes, width / EM, height / EM)


def _matrix(transform: str | None) -> cairo.Matrix:
    """An SVG transform; Typst writes matrix(…), translate(…) and scale(…) alone."""
    result = cairo.Matrix()
    for name, values in re.findall(r"(\w+)\(([^)]*)\)", transform or ""):
        given = [float(value) for value in _TOKEN.findall(values)]
        if name == "matrix":
            step = cairo.Matrix(*given)
        elif name == "translate":
            step = cairo.Matrix(x0=given[0], y0=given[1] if len(given) > 1 else 0.0)
        elif name == "scale":
            step = cairo.Matrix(xx=given[0], yy=given[-1])
        else:
            raise ValueError(f"type setting met an unknown transform: {transform}")
        result = step * result
    return result


def _draw_path(pen: cairo.Context, description: str) -> None:
    """Add an SVG path to the pen's current path."""
    tokens = iter(_TOKEN.findall(description))
    here = start = (0.0, 0.0)
    command = ""
    for token in tokens:
        if token.isalpha():
            command = token
            if command in "zZ":
                pen.close_path()
                here = start
                continue
            token = next(tokens)
        base = here if command.islower() else (0.0, 0.0)
        kind = command.upper()
        if kind == "H":
            here = (base[0] + float(token), here[1])
            pen.line_to(*here)
            continue
        if kind == "V":
            here = (here[0], base[1] + float(token))
            pen.line_to(*here)
            continue
        if kind not in _NUMBERS:
            raise ValueError(f"type setting met an unknown path command: {command}")
        values = [float(token), *(float(next(tokens)) for _ in range(_NUMBERS[kind] - 1))]
        given = [(base[0] + x, base[1] + y) for x, y in zip(values[::2], values[1::2])]
        if kind == "M":
            start, command = given[0], "l" if command == "m" else "L"
            pen.move_to(*given[0])
        elif kind == "L":
            pen.line_to(*given[0])
        elif kind == "Q":
            control, end = given
            first, second = (
                (point[0] + 2 / 3 * (control[0] - point[0]), point[1] + 2 / 3 * (control[1] - point[1]))
                for point in (here, end)
            )
            pen.curve_to(*first, *second, *end)
        else:
            pen.curve_to(*given[0], *given[1], *given[2])
        here = given[-1]
