"""What curvature costs: n parameters have n slopes, but n × n curvatures; and the bargain that BFGS strikes."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.script.beat import Beat, beat
from scenes.script.move import Moves, both, enter, pulse, shift
from scenes.script.sentence import say


def curvature_cost(away: Moves) -> Iterator[Beat]:
    """For a stage with the part curvatures, which is left behind. away: what makes room for it."""
    yield beat(
        "The price",
        say("Why not always use it? Each parameter has one slope, but each pair has a [curvature](run3)."),
        both(away, enter("curvatures").late(0.3)),
        both(shift("curvatures", "power", 3, 3.0), pulse("curvatures.column")) @ "parameter",
        pulse("curvatures.square", seconds=1.2) @ "pair",
        rest=0.2,
    )
    more = both(shift("curvatures", "power", 5, 2.4), shift("curvatures", "many", 1, 1.6).late(1.0))
    yield beat(
        "The price",
        say("A million slopes come with a million million [curvatures](run3)."),
        more @ "million",
        pulse("curvatures.column") @ "slopes",
        pulse("curvatures.square", seconds=1.2) @ "curvatures",
        rest=0.2,
    )
    yield beat(
        "The bargain",
        say("[BFGS](run6) strikes a bargain: it guesses curvature from slopes it has seen."),
        shift("curvatures", "guessed", 1, 1.2) @ "guesses",
        pulse("curvatures.column", seconds=1.4) @ "slopes",
    )
