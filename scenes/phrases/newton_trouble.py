"""Where Newton's method fails, and how damping helps: a curve that bends down, and one that hardly bends."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.phrases.newton_facts import hump_windows
from scenes.phrases.newton_words import downward_words
from scenes.planned_newton import NewtonRuns
from scenes.script.beat import Beat, beat
from scenes.script.move import Moves, both, enter, grow, leave, make_room, pulse, shift, walk, zoom
from scenes.script.sentence import say

HUMP = ("hump", "ridge", "valley")


def bent_down(runs: NewtonRuns, away: Moves) -> Iterator[Beat]:
    """For a stage with the parts HUMP and, for run 5 to 8, ball, trail, run and fit. away: what makes room for them."""
    near, *_ = hump_windows()
    yield beat(
        "The trouble",
        downward_words(runs),
        both(away, make_room(hero="hump", seconds=0.4), zoom(near, 0, "hump"), enter(*HUMP, "ball5").late(0.3)),
        pulse("ridge") @ "bends",
        pulse("ball5") @ "Where",
        rest=1.0,
    )
    up = both(enter("trail5", seconds=0.1), walk(1, 1.2, "run5"), pulse("fit5.tip"))
    yield beat(
        "The trouble",
        say("Its [parabola](run3) opens downward, so the ball jumps up: to a hilltop!"),
        both(enter("fit5", seconds=0.1), grow("fit5")) @ "parabola",
        enter("fit5.tip", seconds=0.4) @ "downward",
        up @ "jumps",
        walk(runs[4].steps, 1.2, "run5") @ "hilltop",
        rest=0.2,
    )
    back = both(leave("ball5", "trail5", "fit5", seconds=0.4), enter("ball6", "fit6").late(0.2))
    flip = both(shift("fit6", "damped", 1, 1.4), pulse("fit6"))
    yield beat(
        "The cure",
        say("The cure: drop the curvature's minus. The parabola flips, and the ball goes down."),
        both(back, shift("fit6", "grown", 1, 0), shift("fit6.tip", "shown", 1, 0.2)),
        flip @ "minus",
        pulse("fit6.tip", seconds=0.5),
        both(enter("trail6", seconds=0.1), walk(runs[5].steps, 1.8, "run6")),
        rest=0.3,
    )


def hardly_bent(runs: NewtonRuns) -> Iterator[Beat]:
    """After `bent_down`."""
    near, middle, wide = hump_windows()
    leap = both(enter("trail7", seconds=0.1), walk(1, 1.4, "run7"))
    yield beat(
        "The leap",
        say("Where it hardly bends, slope divided by almost nothing is a giant leap."),
        both(leave("ball6", "trail6", "fit6", seconds=0.4), enter("ball7").late(0.2)),
        both(enter("fit7", seconds=0.1), grow("fit7"), zoom(middle, 1.6, "hump")) @ "hardly",
        both(enter("fit7.tip", seconds=0.3), pulse("fit7.tip", seconds=0.8)) @ "nothing",
        both(
            zoom(wide, 1.4, "hump"), leave("fit7").late(0.4), leap.late(0.6)
        ),  # out first, or the ball leaves the frame
        pulse("ball7"),
    )
    back = both(leave("ball7", "trail7", seconds=0.4), zoom(near, 1.2, "hump"), enter("ball8", "fit8").late(0.3))
    damp = both(shift("fit8", "damped", 1, 1.4), pulse("fit8"))
    yield beat(
        "The cure",
        say("So we never divide by too little: that's damping. The step stays short."),
        both(back, shift("fit8", "grown", 1, 0), shift("fit8.tip", "shown", 1, 0.2)),
        damp @ "never",
        pulse("fit8.tip", seconds=0.5),
        both(enter("trail8", seconds=0.1), walk(runs[7].steps, 1.6, "run8")),
        rest=0.3,
    )
