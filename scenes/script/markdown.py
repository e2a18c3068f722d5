"""Markdown from plain text and numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence


def escaped(text: str) -> str:
    """The text with every character escaped that means something in Markdown or HTML."""
    return re.sub(r"([\\`*_\[\]<>|#&])", r"\\\1", text)


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of numbers, its columns aligned to the right."""
    lines = [header, ["---:"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
