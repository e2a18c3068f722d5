"""A sentence split where its colour changes."""

from __future__ import annotations

import re
from typing import NamedTuple

from scenes.script.concepts import parted

_COLOURED = re.compile(r"\[([^\]]+)\]\((\w+)\)")


class Span(NamedTuple):
    """Words of a sentence that share a colour; `concept` is None for plain ones."""

    text: str
    concept: str | None


def coloured_spans(sentence: str) -> list[Span]:
    """The sentence split where its colour changes: `a [b](slope)` -> a (plain), b (slope).

    The concepts' own words need no markup: they always have their colour.
    """
    runs: list[Span] = []
    end = 0
    for match in _COLOURED.finditer(sentence):
        if match.start() > end:
            runs += [Span(*part) for part in parted(sentence[end : match.start()])]
        runs.append(Span(match.group(1), match.group(2)))
        end = match.end()
    return runs + [Span(*part) for part in parted(sentence[end:])]
