"""When each beat begins and ends, in whole frames."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.script.beat import Beat, Script

# A caption is read at about fifteen characters a second; eye and thought need a moment on either side.
CHARACTERS_A_SECOND = 15.0
SHORTEST_READING = 1.6
BREATH = 0.5


@dataclass(frozen=True)
class TimedBeat:
    """A beat with its place in the film: it is on screen for `frames` frames from frame `start` on."""

    beat: Beat
    start: int
    frames: int

    @property
    def end(self) -> int:
        """The first frame after the beat."""
        return self.start + self.frames


def beat_seconds(beat: Beat, cut: str) -> float:
    """How long a beat lasts: a loop is motion alone; a film also waits for the reader."""
    if cut == "loop":
        return beat.motion
    reading = max(SHORTEST_READING, len(beat.plain) / CHARACTERS_A_SECOND)
    return max(reading, beat.motion) + BREATH


def timed(script: Script, fps: int, cut: str) -> tuple[TimedBeat, ...]:
    """The script laid out in whole frames; rounding never adds up, because each end is rounded, not each length."""
    placed: list[TimedBeat] = []
    seconds, start = 0.0, 0
    for beat in script:
        seconds += beat_seconds(beat, cut)
        end = max(start + 1, round(seconds * fps))
        placed.append(TimedBeat(beat, start, end - start))
        start = end
    return tuple(placed)


def total_frames(beats: tuple[TimedBeat, ...]) -> int:
    """How many frames the film has."""
    return beats[-1].end if beats else 0
