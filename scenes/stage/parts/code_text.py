"""A line of code in fixed pitch, whose names have their concepts' colours."""

from __future__ import annotations

import re

from scenes.stage.marks import Shows, Text
from scenes.stage.theme import Theme
from scenes.stage.type import CODE_WIDTH, coloured_code
from scenes.stage.write import placed

# Names in code -> the concept that they stand for.
NAMES = {"x": "ball", "lr": "rate", "grad": "slope", "step": "step", "loss": "loss", "error": "minimum"}
_PIECE = re.compile(r"[A-Za-z]+|[^A-Za-z]+")


def code_text(
    code: str,
    x: float,
    y: float,
    size: float,
    theme: Theme,
    across: float = 0.0,
    tint: str | None = None,
    shows: Shows | None = None,
) -> Text:
    """The line with the point (across, 0.5) of its box on (x, y). tint: one colour for all of it."""
    pieces = tuple((piece, tint or theme.concept(NAMES.get(piece))) for piece in _PIECE.findall(code))
    return placed(coloured_code(pieces), x, y, size, across, 0.5, code, tint or theme.ink, shows)


def code_size(codes: tuple[str, ...], width: float, most: float) -> float:
    """The size at which the longest of some lines fits a width, at most `most`."""
    return min(most, width / (CODE_WIDTH * max(map(len, codes))))
