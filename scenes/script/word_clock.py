"""When each word of a sentence is said, and therefore when each move begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from scenes.script.beat import Beat
from scenes.script.move import Move
from scenes.script.spoken import spoken

# A caption is read at about fifteen characters per second.
CHARACTERS_PER_SECOND = 15.0
# The voice waits until the new caption has faded in.
SPEECH_LEAD = 0.25
# A move may take this many times its own time if nothing else is waiting.
SLOWEST = 2.0


class Speech(NamedTuple):
    """How a voice says a sentence. seconds: its length. words: when each spoken word begins, from the first sound."""

    seconds: float
    words: tuple[float, ...] = ()


SILENT = Speech(0.0)


class Placed(NamedTuple):
    """A move with its time in the beat. start: seconds from the beat's beginning. seconds: how long it takes."""

    move: Move
    start: float

    seconds: float

    @property
    def end(self) -> float:
        """When it ends."""
        return self.start + self.seconds


def said_at(beat: Beat, place: int, speech: Speech) -> float:
    """Seconds from the beat's beginning to the word after `place` characters of its plain sentence.

    As the voice says it, if it tells; in proportion to letters, if it only tells the length; as it is read,
    if nobody speaks.
    """
    before = spoken(beat.plain[:place])
    if not speech.seconds:
        return SPEECH_LEAD + place / CHARACTERS_PER_SECOND
    if speech.words:
        return SPEECH_LEAD + speech.words[min(len(before.split()), len(speech.words) - 1)]
    return SPEECH_LEAD + speech.seconds * len(before) / max(1, len(beat.spoken))


def placed_moves(beat: Beat, speech: Speech) -> tuple[Placed, ...]:
    """The beat's moves with their times: each on its word, or after the one before; no channel has two at once.

    Raises ValueError if a move waits for a word that is not said.
    """
    found: list[Placed] = []
    free: dict[tuple[str, str], float] = {}
    group_start = group_end = 0.0
    for move in beat.moves:
        if move.cue is not None:
            begin = said_at(beat, beat.words.place(move.cue, beat.language), speech)
        else:
            begin = group_start if move.together else group_end
        start = max(begin + move.after, free.get((move.part, move.channel), 0.0))
        if not move.together:
            # What a group's first move waits in addition, the others do not: each has its own.
            group_start, group_end = max(begin, start - move.after), start
        group_end = max(group_end, start + move.seconds)
        free[move.part, move.channel] = start + move.seconds
        found.append(Placed(move, start, move.seconds))
    return tuple(found)


def unhurried(moves: Sequence[Placed], end: float) -> list[Placed]:
    """The same moves, each slowed down to fill the time until the next one or the `end`, within reason.

    The picture therefore moves while a sentence is read, and no move begins at another time.
    """
    found = []
    for placed in moves:
        later = [other.start for other in moves if other.start >= placed.end - 1e-9]
        room = min([*later, end]) - placed.start
        slowest = SLOWEST * placed.move.seconds
        found.append(placed._replace(seconds=max(placed.seconds, min(slowest, room))))
    return found


def motion_seconds(beats_moves: Sequence[Placed]) -> float:
    """When the last of a beat's moves ends."""
    return max((placed.end for placed in beats_moves), default=0.0)
