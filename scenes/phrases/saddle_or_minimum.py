"""How a saddle is told from a minimum: two cuts through level ground, and the signs of their curvatures."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from scenes.phrases.saddle_facts import edge, lowest_near
from scenes.planned_saddle import SaddleRuns
from scenes.script.beat import Beat, beat
from scenes.script.move import both, enter, grow, leave, make_room, pulse, shift, tilt, walk
from scenes.script.sentence import say

room = partial(make_room, hero="land")


def two_ways() -> Iterator[Beat]:
    """For a stage with the parts ball1, at rest, spin, bends and minimum: is this a minimum?"""
    yield beat(
        "The saddle",
        say("The [slope](slope) is next to nothing, whichever way you turn. So is this a [minimum](minimum)?"),
        enter("spin", seconds=0.6) @ "slope",
        shift("spin", "turned", 1.0, 3.2, "even"),
        pulse("minimum") @ "minimum",
    )
    yield beat(
        "The saddle",
        say("Cut the ground one way: it [curves up](minimum). Cut it the other way: it [curves down](step)."),
        both(leave("spin", seconds=0.4), enter("bends", seconds=0.1)),
        grow("bends.up", 1.2) @ "one",
        grow("bends.down", 1.2) @ "other",
    )
    yield beat(
        "The saddle",
        say("One curvature is positive, one negative: a saddle, not a [minimum](minimum)."),
        pulse("bends.up") @ "positive",
        pulse("bends.down") @ "negative",
        pulse("ball1") @ "saddle",
    )


def told_apart(runs: SaddleRuns) -> Iterator[Beat]:
    """After a race on the map: back in the landscape, a minimum's cuts, the saddle's, and the line to take home."""
    up = both(tilt(1), shift("land.surface", "shown", 1, 1.6), shift("land.lines", "dimmed", 0, 0.4))
    gone = leave("chart", "counts", "trail2", "trail3", "ball2", "ball3", seconds=0.4)
    hollow = (
        both(grow("hollow.up"), grow("hollow.down"), enter("hollow", seconds=0.1))
        if lowest_near(runs) is not None
        else pulse("minimum")
    )
    yield beat(
        "The end",
        say("How to tell? In a [minimum](minimum), every cut curves up. On a saddle, one curves down."),
        both(gone, room(), up),
        hollow @ "every",
        both(enter("bends", "ball1"), pulse("bends.down").late(0.4)) @ "saddle",
    )
    yield beat(
        "The end",
        say("In many dimensions, most flat spots are saddles: some way leads down, and a nudge finds it."),
        both(pulse("ball1"), *([leave("hollow")] if lowest_near(runs) is not None else [])) @ "flat",
        pulse("bends.down") @ "down",
        both(enter("ball2", seconds=0.2), walk(edge(runs), 0, "run2")) @ "nudge",
        walk(runs[1].steps, 1.2, "run2"),
    )
    bare = both(leave("bends", "ball1", "minimum"), shift("land.surface", "shown", 0, 1.6))
    yield beat("The end", say("And what landscape does real data make?"), bare @ "landscape", rest=0.5)
