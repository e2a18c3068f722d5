"""When each caption is shown: a beat's captions follow the voice, and each stays until it can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenes.script.captions import Card, caption_cards, card_text
from scenes.script.spoken import spoken
from scenes.script.timing import TimedBeat, reading_seconds
from scenes.script.word_clock import SPEECH_LEAD

# Seconds for one caption to go and the next to come.
FADE = 0.24


@dataclass(frozen=True)
class Cue:
    """A caption from frame `start` up to, not including, frame `end`."""

    card: Card
    start: int
    end: int

    @property
    def text(self) -> str:
        """Its lines, without colours."""
        return card_text(self.card)


def beat_cues(timed: TimedBeat, fps: int) -> list[Cue]:
    """The captions of a beat, end to end from its first frame to its last."""
    cards = caption_cards(timed.beat.sentence)
    bounds = [timed.start, *(timed.start + round(turn * fps) for turn in _turns(timed, cards, fps)), timed.end]
    return [Cue(card, start, end) for card, start, end in zip(cards, bounds, bounds[1:])]


def fade_frames(fps: int) -> int:
    """How many frames the change from one caption to the next takes."""
    return max(2, round(FADE * fps))


def film_cues(beats: Sequence[TimedBeat], fps: int) -> list[Cue]:
    """Every caption of the film in order."""
    return [cue for timed in beats for cue in beat_cues(timed, fps)]


def _turns(timed: TimedBeat, cards: list[Card], fps: int) -> list[float]:
    """When each caption but the first appears, in seconds from the beat's start.

    With a voice, when it gets there, in proportion to letters. Never before the captions up to there
    can have been read, nor too late to read those that follow.
    """
    reading = reading_seconds(timed.beat)
    seconds = timed.frames / fps
    letters = [len(spoken(card_text(card))) for card in cards]
    turns = []
    for index in range(1, len(cards)):
        before, after = sum(reading[:index]), sum(reading[index:])
        if timed.words:
            said = len(spoken(" ".join(map(card_text, cards[:index]))).split())
            wish = SPEECH_LEAD + timed.words[min(said, len(timed.words) - 1)]
        elif timed.speech:
            wish = SPEECH_LEAD + timed.speech * sum(letters[:index]) / sum(letters)
        else:
            wish = seconds * before / (before + after)
        turns.append(min(max(wish, before), max(before, seconds - after)))
    return turns
