"""Beats, each a sentence with the moves that go with it, and the script that they form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from scenes.script.language import ENGLISH, Language
from scenes.script.move import Move, Moves
from scenes.script.sentence import Sentence
from scenes.script.spoken import spoken


@dataclass(frozen=True)
class Beat:
    """One sentence, and what moves while it is said.

    chapter: the part of the film it belongs to. moves: in the order in which they begin.
    rest: seconds to look at the picture after the last move has ended. language: in which it is said.
    """

    chapter: str
    words: Sentence
    moves: tuple[Move, ...]
    rest: float = 0.2
    language: Language = field(default=ENGLISH, repr=False, compare=False)

    @property
    def sentence(self) -> str:
        """The sentence with its colours."""
        return self.words.markup(self.language)

    @property
    def plain(self) -> str:
        """The sentence without its colours."""
        return self.words.plain(self.language)

    @property
    def spoken(self) -> str:
        """What the voice says, in words only."""
        return spoken(self.plain)


def beat(chapter: str, words: Sentence, *moves: Moves, rest: float = 0.2) -> Beat:
    """One beat of a script."""
    return Beat(chapter, words, tuple(move for group in moves for move in group), rest)


@dataclass(frozen=True)
class Script:
    """A film: what is in the picture before the first word, and its beats in order."""

    opening: tuple[Move, ...]
    beats: tuple[Beat, ...]

    def __iter__(self) -> Iterator[Beat]:
        return iter(self.beats)

    def __len__(self) -> int:
        return len(self.beats)

    def told_in(self, language: Language) -> Script:
        """The same film in another language: its sentences and the names of its chapters."""
        told = [replace(one, chapter=language.translated(one.chapter), language=language) for one in self.beats]
        return replace(self, beats=tuple(told))

    @property
    def chapters(self) -> tuple[str, ...]:
        """The names of the chapters in order, each once."""
        return tuple(dict.fromkeys(beat.chapter for beat in self.beats))


def film(opening: Moves, *beats: Beat) -> Script:
    """A script from its opening picture and its beats."""
    return Script(tuple(opening), beats)
