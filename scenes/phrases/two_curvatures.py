"""Why plain descent zig-zags: a valley with two curvatures, and one rate for both."""

from __future__ import annotations

from collections.abc import Iterator

from gdsim import Trajectory
from scenes.phrases import inertia_words as words
from scenes.phrases.inertia_facts import bowl_of, valley_of
from scenes.script.beat import Beat, beat
from scenes.script.move import both, enter, leave, make_room, pulse, shift, walk

# So many steps are watched on both cuts.
FEW = 10


def two_curvatures(main: Trajectory) -> Iterator[Beat]:
    """For a stage with the parts land (flat), ball, trail, minimum and, where `bowl_of` has a bowl, cuts."""
    bowl, valley = bowl_of(main), valley_of(main)
    if bowl and main.steps > 1:
        back = both(make_room(aside=1, hero="land"), leave("trail", seconds=0.3), walk(0, 0.8))
        yield beat(
            "The reason",
            words.bends_words(bowl),
            both(back, enter("cuts", seconds=0.1)),
            both(enter("cuts.across"), pulse("cuts.across").late(0.5)) @ "Across",
            both(enter("cuts.along"), pulse("cuts.along").late(0.5)) @ "Along",
        )
        yield beat(
            "The reason",
            words.limit_words(bowl),
            pulse("cuts.across", "cuts.along") @ "both",
            pulse("cuts.across") @ "below",
        )
        few = min(FEW, main.steps)
        on = both(enter("trail", seconds=0.1), walk(few, 0.3 * few))
        yield beat("The reason", words.share_words(main, bowl), on)
    elif valley and len(main.objective.minima) == 1:
        yield beat(
            "The reason",
            words.ratio_words(valley),
            pulse("minimum") @ "minimum",
            shift("land.lines", "ripple", 0, 0) @ "curved",
            shift("land.lines", "ripple", 1, 2.0, "even") @ "across",
        )
