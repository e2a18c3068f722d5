"""When each beat begins and ends, in whole frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from scenes.script.beat import Beat, Script
from scenes.script.captions import caption_cards, card_text

# A caption is read at about fifteen characters a second; eye and thought need a moment on either side.
CHARACTERS_A_SECOND = 15.0
SHORTEST_READING = 1.6
SHORTEST_CARD = 1.0
BREATH = 0.5
# The voice waits until the new caption has faded in.
SPEECH_LEAD = 0.25


@dataclass(frozen=True)
class TimedBeat:
    """A beat with its place in the film: it is on screen for `frames` frames from frame `start` on.

    speech: seconds that the voice takes to say it, from SPEECH_LEAD after its start on; 0 where nothing is said.
    """

    beat: Beat
    start: int
    frames: int
    speech: float = 0.0

    @property
    def end(self) -> int:
        """The first frame after the beat."""
        return self.start + self.frames


def beat_seconds(beat: Beat, cut: str, speech: float = 0.0) -> float:
    """How long a beat lasts: a loop is motion alone; a film also waits for the reader and the voice."""
    if cut == "loop":
        return beat.motion
    reading = max(SHORTEST_READING, sum(reading_seconds(beat)))
    spoken = SPEECH_LEAD + speech if speech else 0.0
    return max(reading, beat.motion, spoken) + BREATH


def reading_seconds(beat: Beat) -> list[float]:
    """How long each of the beat's captions takes to read."""
    return [max(SHORTEST_CARD, len(card_text(card)) / CHARACTERS_A_SECOND) for card in caption_cards(beat.sentence)]


def timed(script: Script, fps: int, cut: str, speech_seconds: Sequence[float] | None = None) -> tuple[TimedBeat, ...]:
    """The script laid out in whole frames: each beat takes as many as it needs, whatever stands before it.

    So a changed sentence moves the beats after it and changes none of them; picture, sound and captions all begin with
    the beat's first frame, and nothing drifts.

    speech_seconds: how long the voice takes for each sentence; none, or an empty sequence, for a silent film.
    """
    speeches = speech_seconds or [0.0] * len(script)
    if len(speeches) != len(script):
        raise ValueError(f"a voice says each of the {len(script)} sentences, got the lengths of {len(speeches)}")
    placed: list[TimedBeat] = []
    start = 0
    for beat, speech in zip(script, speeches):
        # 1.6 s at 30 fps are 48 frames, though floating point makes them a little more.
        frames = max(1, ceil(beat_seconds(beat, cut, speech) * fps - 1e-3))
        placed.append(TimedBeat(beat, start, frames, speech))
        start += frames
    return tuple(placed)


def total_frames(beats: tuple[TimedBeat, ...]) -> int:
    """How many frames the film has."""
    return beats[-1].end if beats else 0
