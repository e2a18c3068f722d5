"""Beats and scripts for tests that need sentences and times, and no picture."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.script.beat import Beat, Script, beat
from scenes.script.move import shift
from scenes.script.sentence import Name, say


def spoken_beat(sentence: str, motion: float = 1.0, chapter: str = "One") -> Beat:
    """A beat that says a sentence, whatever its characters, while something moves for so many seconds."""
    return beat(chapter, say("{words}", words=Name(sentence)), shift("part", "shown", 1.0, motion), rest=0.0)


def script_of(beats: Sequence[Beat]) -> Script:
    """A script of these beats, with nothing before them."""
    return Script((), tuple(beats))
