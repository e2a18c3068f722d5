"""Plain descent and a heavy ball on a slope with a small bump."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.phrases import inertia_words as words
from scenes.planned_inertia import HeavyRuns
from scenes.script.beat import Beat, beat
from scenes.script.move import Moves, both, enter, numbered, pulse, walk
from scenes.script.sentence import say

# What is on the stage in the end.
BUMPED = ("plane", "curve", "dip", *numbered("ball", (3, 4)), *numbered("trail", (3, 4)))


def over_the_bump(runs: HeavyRuns, away: Moves) -> Iterator[Beat]:
    """For a stage with the parts BUMPED, which are left behind. away: what makes room for them."""
    yield beat(
        "The bump",
        say("On a hillside with a small bump, [plain descent](run5) comes to rest in the dip."),
        both(away, enter("plane", "curve", "ball4", "trail4", seconds=0.3).late(0.3)),
        both(walk(runs[3].steps, 2.0, "run4"), enter("dip").late(1.4), pulse("dip").late(1.6)) @ "plain",
    )
    yield beat(
        "The bump",
        words.bump_words(runs),
        both(enter("ball5", "trail5", seconds=0.4), pulse("ball5")),
        walk(runs[4].steps, 2.4, "run5"),
        pulse("ball5", "dip"),
        rest=0.2,
    )
