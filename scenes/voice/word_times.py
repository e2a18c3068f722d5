"""When each word of a sentence begins, from the times of its sounds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple


class Group(NamedTuple):
    """Sounds that were spoken as one: a word, or short words that run together. start: seconds. sounds: how many."""

    start: float
    sounds: int


def word_starts(groups: Sequence[Group], end: float, sounds: Sequence[int]) -> tuple[float, ...]:
    """When each word begins, in seconds; empty if there are fewer words than groups of sounds.

    groups: in their order; the last ends at `end` seconds. sounds: how many each word has when it is said alone.
    An engine says `of the` as one group: words are assigned to groups so that the numbers of sounds agree best, and
    within a group a word begins in proportion to its sounds.
    """
    if not groups or len(sounds) < len(groups):
        return ()
    shares = _dealt([group.sounds for group in groups], list(sounds))
    ends = [*(group.start for group in groups[1:]), end]
    found: list[float] = []
    word = 0
    for group, stop, many in zip(groups, ends, shares):
        own = [max(1, one) for one in sounds[word : word + many]]
        for index in range(many):
            found.append(group.start + (stop - group.start) * sum(own[:index]) / sum(own))
        word += many
    return tuple(found)


def _dealt(groups: list[int], words: list[int]) -> list[int]:
    """How many words each group has: at least one, with the numbers of sounds as close as possible."""

    @cache
    def best(group: int, word: int) -> tuple[int, tuple[int, ...]]:
        if group == len(groups):
            return (0, ()) if word == len(words) else (10**9, ())
        ways = []
        for many in range(1, len(words) - word - (len(groups) - group - 1) + 1):
            cost, rest = best(group + 1, word + many)
            ways.append((cost + abs(groups[group] - sum(words[word : word + many])), (many, *rest)))
        return min(ways, default=(10**9, ()))

    return list(best(0, 0)[1])
