"""The film cut into pieces: what is drawn, encoded, kept and joined as one. Imports no manim."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from scenes.script.timing import TimedBeat

# A piece begins with a whole picture: about 40 kB at 1080p. Longer pieces make smaller files and seek worse;
# shorter ones share out more evenly and are lost less often when a sentence changes.
LONGEST = 2.0


class Piece(NamedTuple):
    """Some consecutive frames of one beat.

    number: its place among the film's pieces. part: its place in the beat.
    start: its first frame in the film. frames: how many it has.
    """

    number: int
    beat: int
    part: int
    start: int
    frames: int

    @property
    def end(self) -> int:
        """The first frame after it."""
        return self.start + self.frames


def cut(beats: Sequence[TimedBeat], fps: int) -> tuple[Piece, ...]:
    """Each beat in as few equal pieces of at most LONGEST seconds as will do; of the last beat in twice as many.

    A beat's cuts depend on its own length alone, so that no beat disturbs the pieces of another. At the film's end one
    process draws while the others have nothing left to do: there pieces are shorter.
    """
    pieces: list[Piece] = []
    for which, beat in enumerate(beats):
        parts = max(1, -(-beat.frames // max(1, round(LONGEST * fps))))
        if which == len(beats) - 1:
            parts = min(2 * parts, beat.frames)
        for part in range(parts):
            first, last = (beat.frames * edge // parts for edge in (part, part + 1))
            pieces.append(Piece(len(pieces), which, part, beat.start + first, last - first))
    return tuple(pieces)
