"""Captions and chapters as text: SubRip, WebVTT, and the list of chapters that video sites read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenes.script.cues import Cue
from scenes.script.timing import TimedBeat

# Video sites only accept a list of at least three chapters, each of ten seconds or more.
FEWEST_CHAPTERS, SHORTEST_CHAPTER = 3, 10.0


@dataclass(frozen=True)
class Chapter:
    """A part of the film from frame `start` up to, not including, frame `end`."""

    title: str
    start: int
    end: int


def subrip(cues: Sequence[Cue], fps: int) -> str:
    """The captions as the text of an .srt file."""
    blocks = [
        f"{number}\n{_clock(cue.start, fps, ',')} --> {_clock(cue.end, fps, ',')}\n{cue.text}\n"
        for number, cue in enumerate(cues, 1)
    ]
    return "\n".join(blocks)


def webvtt(cues: Sequence[Cue], fps: int) -> str:
    """The captions as the text of a .vtt file."""
    blocks = [f"{_clock(cue.start, fps, '.')} --> {_clock(cue.end, fps, '.')}\n{webvtt_text(cue)}\n" for cue in cues]
    return "\n".join(["WEBVTT\n", *blocks])


def webvtt_text(cue: Cue) -> str:
    """A caption's lines, with the three characters escaped that have a meaning in WebVTT."""
    return cue.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def chapters(beats: Sequence[TimedBeat]) -> list[Chapter]:
    """The film's chapters: consecutive beats of one chapter are joined."""
    found: list[Chapter] = []
    for timed in beats:
        if found and found[-1].title == timed.beat.chapter:
            found[-1] = Chapter(found[-1].title, found[-1].start, timed.end)
        else:
            found.append(Chapter(timed.beat.chapter, timed.start, timed.end))
    return found


def chapter_list(parts: Sequence[Chapter], fps: int) -> str:
    """The chapters as lines of `0:00 Title`, the first at 0:00.

    If there are enough, a chapter shorter than ten seconds is joined to its neighbour.
    """
    lines = [f"{_minutes(part.start / fps)} {part.title}" for part in _merged(list(parts), fps)]
    return "\n".join(lines) + "\n"


def _merged(parts: list[Chapter], fps: int) -> list[Chapter]:
    """The shortest chapter joins its shorter neighbour until all are long enough or only three are left."""
    while len(parts) > FEWEST_CHAPTERS:
        lengths = [part.end - part.start for part in parts]
        short = min(range(len(parts)), key=lengths.__getitem__)
        if lengths[short] >= SHORTEST_CHAPTER * fps:
            break
        neighbours = [near for near in (short - 1, short + 1) if 0 <= near < len(parts)]
        near = min(neighbours, key=lengths.__getitem__)
        first, second = sorted((short, near))
        title = f"{parts[first].title} · {parts[second].title}"
        parts[first : second + 1] = [Chapter(title, parts[first].start, parts[second].end)]
    return parts


def _clock(frame: int, fps: int, point: str) -> str:
    """`00:01:02,345`."""
    thousandths = round(1000 * frame / fps)
    seconds, thousandths = divmod(thousandths, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{point}{thousandths:03d}"


def _minutes(seconds: float) -> str:
    whole = int(seconds)
    hours = f"{whole // 3600}:{whole // 60 % 60:02d}" if whole >= 3600 else f"{whole // 60}"
    return f"{hours}:{whole % 60:02d}"
