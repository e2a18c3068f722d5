"""What films about yes and no draw alike: the colour of an answer, and which of many rows are drawn."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from scenes.phrases.class_facts import answer_concept
from scenes.stage.theme import Theme


def answer_colour(theme: Theme, yes: bool) -> str:
    """The colour of an answer."""
    return theme.concept(answer_concept(yes))


def rows_drawn(rows: int, most: int, kept: Iterable[int] = ()) -> np.ndarray:
    """The numbers of at most so many rows, evenly spread over a table, and those that are kept in any case."""
    return np.union1d(np.linspace(0, rows - 1, min(rows, most)).round(), list(kept)).astype(int)
