"""From two parameters to a million: the gradient grows into a long column, and the rule stays one line."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.script.beat import Beat, beat
from scenes.script.move import Moves, both, enter, leave, pulse, shift
from scenes.script.sentence import Sentence, say

LIST = say("With a million parameters, the gradient is just a longer list.")
RULE = say("With a million parameters, only the columns get longer.")


def longer_list(away: Moves, words: Sentence = LIST, cue: str = "gradient") -> Beat:
    """For a stage with the parts land and column, which is left behind.

    away: what goes to make room. cue: the word with which the column grows.
    """
    clear = both(away, shift("land", "axes", 0, 0.4))
    return beat(
        "The end",
        words,
        both(clear, enter("column", seconds=1.0).late(0.4)) @ "With",
        shift("column", "grown", 1, 2.4) @ cue,
    )


def long_vector(home: Moves) -> Iterator[Beat]:
    """For a stage with the parts land, level and column. home: what the picture does at the very end."""
    yield longer_list(leave("level", seconds=0.4), RULE, "columns")
    back = both(leave("column", seconds=0.8), shift("land", "axes", 1, 0.5).late(0.8), home)
    yield beat(
        "The end",
        say("The rule stays the same: step against the gradient. Can you aim that way, too?"),
        pulse("column", seconds=1.4) @ "rule",
        back @ "against",
        pulse("ball") @ "aim",
    )
