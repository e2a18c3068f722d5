"""When each beat begins and ends, in whole frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from scenes.script.beat import Beat, Script
from scenes.script.captions import caption_cards, card_text
from scenes.script.timeline import Segment
from scenes.script.word_clock import (
    CHARACTERS_PER_SECOND,
    SILENT,
    SPEECH_LEAD,
    Speech,
    motion_seconds,
    placed_moves,
    unhurried,
)

# Eye and mind need a moment before and after a caption.
SHORTEST_READING = 1.6
SHORTEST_CARD = 1.0
BREATH = 0.4


@dataclass(frozen=True)
class TimedBeat:
    """A beat with its place in the film: it is on screen for `frames` frames from frame `start` on.

    speech: seconds that the voice takes to say it, from SPEECH_LEAD after its start on; 0 where nothing is said.
    moves: its moves in frames of the film. words: when the voice begins each word, if it tells.
    """

    beat: Beat
    start: int
    frames: int
    speech: float = 0.0
    moves: tuple[Segment, ...] = ()
    words: tuple[float, ...] = ()

    @property
    def end(self) -> int:
        """The first frame after the beat."""
        return self.start + self.frames


def beat_seconds(beat: Beat, cut: str, speech: Speech = SILENT) -> float:
    """How long a beat lasts: a loop consists only of motion, and a film also waits for the reader and the voice."""
    motion = motion_seconds(placed_moves(beat, speech)) + beat.rest
    if cut == "loop":
        return motion
    reading = max(SHORTEST_READING, sum(reading_seconds(beat)))
    spoken = SPEECH_LEAD + speech.seconds if speech.seconds else 0.0
    return max(reading, motion, spoken) + BREATH


def reading_seconds(beat: Beat) -> list[float]:
    """How long each of the beat's captions takes to read."""
    return [max(SHORTEST_CARD, len(card_text(card)) / CHARACTERS_PER_SECOND) for card in caption_cards(beat.sentence)]


def timed(
    script: Script,
    fps: int,
    cut: str,
    speech_seconds: Sequence[float] | None = None,
    words: Sequence[tuple[float, ...]] = (),
) -> tuple[TimedBeat, ...]:
    """The script laid out in whole frames: each beat takes as many as it needs, whatever comes before it.

    A changed sentence moves the beats after it but does not change them; picture, sound and captions begin with
    the beat's first frame, and nothing drifts.

    speech_seconds: how long the voice takes for each sentence; none, or an empty sequence, for a silent film.
    words: for each sentence, when the voice begins each word; none, or an empty sequence, if it does not tell.
    """
    seconds = speech_seconds or [0.0] * len(script)
    if len(seconds) != len(script):
        raise ValueError(f"a voice says each of the {len(script)} sentences, got the lengths of {len(seconds)}")
    placed: list[TimedBeat] = []
    start = 0
    for beat, length, starts in zip(script, seconds, words or [()] * len(script)):
        speech = Speech(length, starts)
        # 1.6 s at 30 fps are 48 frames, although in floating point they are a little more.
        frames = max(1, ceil(beat_seconds(beat, cut, speech) * fps - 1e-3))
        moves = _segments(beat, start, frames, fps, speech)
        placed.append(TimedBeat(beat, start, frames, length, moves, starts))
        start += frames
    return tuple(placed)


def _segments(beat: Beat, start: int, frames: int, fps: int, speech: Speech) -> tuple[Segment, ...]:
    """A beat's moves in whole frames of the film, none of them beyond the end of the beat."""
    found = []
    for move, at, seconds in unhurried(placed_moves(beat, speech), frames / fps - beat.rest):
        first = min(round(at * fps), frames - 1)
        length = 0 if move.seconds == 0 else min(max(1, round(seconds * fps)), frames - first)
        found.append(Segment(move, start + first, length))
    return tuple(found)


def total_frames(beats: tuple[TimedBeat, ...]) -> int:
    """How many frames the film has."""
    return beats[-1].end if beats else 0
