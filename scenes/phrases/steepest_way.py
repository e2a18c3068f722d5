"""Which way is steepest on a map: a guess, and the answer, straight across the line of equal loss."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.script.beat import Beat, beat
from scenes.script.move import both, enter, leave, make_room, pulse, shift
from scenes.script.sentence import say


def steepest_way() -> Iterator[Beat]:
    """For a stage with the parts land, ball, needle, title and function; the needle is left behind, pointing uphill."""
    yield beat(
        "The map",
        say("Which way is steepest from here? Take a guess."),
        both(leave("title", "function"), make_room(hero="land")),
        pulse("ball") @ "here",
        both(enter("needle", seconds=0.3), shift("needle", "turned", 0.82, 2.4)) @ "guess",
        rest=0.8,
    )
    yield beat(
        "The map",
        say("Along the line, you don't climb. Straight across it, you climb fastest: that's the gradient."),
        shift("needle", "turned", 1.0, 1.6) @ "line",
        shift("needle", "turned", 1.25, 1.6) @ "across",
        both(enter("needle.square"), pulse("needle")) @ "gradient",
    )
