"""The parabola that fits a curve at the ball, the jump to its bottom, and the one step on a parabola."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.phrases import newton_words as words
from scenes.phrases.newton_facts import is_level
from scenes.planned_newton import NewtonRuns
from scenes.script.beat import Beat, beat
from scenes.script.move import Moves, both, enter, fly, grow, leave, make_room, pulse, walk
from scenes.script.sentence import say

SQUARE = ("square", "arch", "base", "ball4", "trail4", "fit4")


def no_fit(runs: NewtonRuns) -> Iterator[Beat]:
    """Where the curve has no slope, or no bend, for a stage with the parts plane, ball and fit."""
    fit = both(enter("fit", seconds=0.1), grow("fit"), pulse("ball"))
    first, cue = (pulse("tangent"), "step") if is_level(runs[0]) else (pulse("curve") @ "bend", "line")
    yield beat("The fit", words.no_fit_words(runs[0]), first, fit @ cue, rest=0.6)


def jumps(runs: NewtonRuns) -> Iterator[Beat]:
    """Jump by jump, for a stage with the parts plane, curve, ball, trail, tangent, fit and rule."""
    main = runs[0]
    yield beat(
        "The fit",
        say("One [parabola](run3) has the same height, slope and bend here. The bend is its curvature."),
        both(enter("fit", seconds=0.1), grow("fit", 1.8)) @ "parabola",
        pulse("ball") @ "height",
        pulse("tangent") @ "slope",
        pulse("fit", "curve") @ "bend",
    )
    upward = "bottom" if "bottom" in words.way_words(main).template else "top"
    yield beat(
        "The fit",
        words.way_words(main),
        both(make_room(strip=1), enter("rule").late(0.4)),
        both(fly("rule.slope"), pulse("tangent")) @ "Slope",
        both(fly("rule.curvature"), pulse("fit")) @ "curvature",
        both(enter("fit.tip"), pulse("fit.tip"), fly("rule.point", "rule.next").late(0.3)) @ upward,
        rest=0.3,
    )
    jump = both(enter("trail", seconds=0.1), leave("tangent"), walk(1, 1.6)) if main.steps else pulse("fit.tip", "ball")
    yield beat("Newton's method", words.jump_words(main), jump @ "jump", pulse("ball"), rest=0.4)
    if main.steps > 1:
        on = walk(main.steps, min(4.5, max(1.8, 0.6 * (main.steps - 1))))
        yield beat("Newton's method", words.end_words(main), both(on, pulse("curve")), pulse("ball"))


def one_step(away: Moves) -> Iterator[Beat]:
    """For a stage with the parts SQUARE and run4. away: what makes room for them."""
    yield beat(
        "One step",
        say("On a parabola, the fit is the curve itself: one step, and it's done."),
        both(away, make_room(hero="square", seconds=0), enter("square", "arch", "base", "ball4").late(0.3)),
        both(enter("fit4", seconds=0.1), grow("fit4"), enter("fit4.tip")) @ "fit",
        both(enter("trail4", seconds=0.1), walk(1, 1.4, "run4")) @ "one",
        pulse("ball4"),
        rest=0.0,
    )
