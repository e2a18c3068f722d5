"""The story as data: what is said, which steps are shown meanwhile, and how long their motion takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from scenes.script.concepts import parted
from scenes.script.spoken import spoken

_COLOURED = re.compile(r"\[([^\]]+)\]\((\w+)\)")


class Span(NamedTuple):
    """Words of a sentence that share a colour; `concept` is None for plain ones."""

    text: str
    concept: str | None


@dataclass(frozen=True)
class Beat:
    """One sentence and the motion that goes with it.

    act: the Scene's method that draws it.
    chapter: the part of the film it belongs to.
    sentence: the narration; `[10](slope)` writes 10 in the colour of the concept.
    steps: the steps of the run that are shown while it is spoken.
    motion: the natural length of its motion, in seconds.
    subject: which of the lesson's runs it is about.
    spoken_as: what the voice says instead, where the sentence's own words would not do.
    """

    act: str
    chapter: str
    sentence: str
    steps: range = range(0)
    motion: float = 1.0
    subject: int = 0
    spoken_as: str | None = None

    @property
    def plain(self) -> str:
        """The sentence without its colours."""
        return "".join(run.text for run in coloured_spans(self.sentence))

    @property
    def spoken(self) -> str:
        """What the voice says: words alone."""
        return spoken(self.spoken_as or self.plain)


@dataclass(frozen=True)
class Script:
    """A film's beats in their order."""

    beats: tuple[Beat, ...]

    def __iter__(self) -> Iterator[Beat]:
        return iter(self.beats)

    def __len__(self) -> int:
        return len(self.beats)

    @property
    def chapters(self) -> tuple[str, ...]:
        """The chapters' names in their order, each once."""
        return tuple(dict.fromkeys(beat.chapter for beat in self.beats))


def coloured_spans(sentence: str) -> list[Span]:
    """The sentence cut where its colour changes: `a [b](slope)` -> a (plain), b (slope).

    The concepts' own words need no mark: they always wear their colour.
    """
    runs: list[Span] = []
    end = 0
    for match in _COLOURED.finditer(sentence):
        if match.start() > end:
            runs += [Span(*part) for part in parted(sentence[end : match.start()])]
        runs.append(Span(match.group(1), match.group(2)))
        end = match.end()
    return runs + [Span(*part) for part in parted(sentence[end:])]
