"""A film cut into pieces, the units that are drawn, encoded, cached and joined. Imports no manim."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from scenes.script.timing import TimedBeat

# A piece begins with a key frame, about 40 kB at 1080p. Longer pieces make smaller files and are worse for seeking;
# shorter ones are shared out more evenly, and fewer seconds are drawn again when a sentence changes.
LONGEST = 2.0


class Piece(NamedTuple):
    """Some consecutive frames of one beat.

    number: its index in the film. part: its index in the beat.
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
    """Cut each beat into the fewest equal pieces of at most LONGEST seconds, and the last beat into twice as many.

    A beat's cuts depend only on its own length, so that no beat disturbs the pieces of another. At the film's end, one
    process draws while the others have nothing left to do, so pieces are shorter there.
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
