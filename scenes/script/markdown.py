"""Markdown from plain text and numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence


def escaped(text: str) -> str:
    """Text that stands there as it is: no sign of it means anything to Markdown or HTML."""
    return re.sub(r"([\\`*_\[\]<>|#&])", r"\\\1", text)


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of numbers, its columns aligned to the right."""
    lines = [header, ["---:"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
