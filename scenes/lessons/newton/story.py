"""Newton's method, plain descent and BFGS on one curve, and what is said and moved while they are shown."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.phrases import newton_words as words
from scenes.phrases.curvature_cost import curvature_cost
from scenes.phrases.newton_facts import compares, counts_the_bargain, fits_all, is_level, is_straight
from scenes.phrases.newton_fit import SQUARE, jumps, no_fit, one_step
from scenes.phrases.newton_trouble import HUMP, bent_down, hardly_bent
from scenes.phrases.newton_words import alt
from scenes.planned_newton import NewtonRuns, planned_newton
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.move import (
    Moves,
    both,
    enter,
    grow,
    leave,
    make_room,
    numbered,
    present,
    pulse,
    shift,
    walk,
    walk_all,
)
from scenes.script.sentence import say
from scenes.spec import RenderSpec

__all__ = ["alt", "loop", "run", "script"]

MAIN = ("plane", "curve", "minimum")


def run(spec: RenderSpec) -> NewtonRuns:
    """The lesson's runs: eˣ − 2x from 2.4, unless the spec says otherwise, and those on curves of its own."""
    return planned_newton(spec)


def script(runs: NewtonRuns) -> Script:
    """The narrated film: question, fit, race, surprise, trouble and cure, price, bargain, one line."""
    opening = both(present(*MAIN, "ball", "title", "function"), make_room(strip=1, seconds=0))
    main = runs[0]
    stuck = is_level(main) or is_straight(main)
    first = tuple(no_fit(runs)) if stuck else (*jumps(runs), *_race(runs))
    on = [*MAIN, *(numbered("ball", (0, 1)) + numbered("trail", (0, 1)) if compares(runs) else ("ball", "trail"))]
    on = [*on, "tally"] if compares(runs) else [*on, "fit", "tangent", "rule"]
    away = leave(*on, seconds=0.3)
    square = () if fits_all(main) and main.steps == 1 else tuple(one_step(away))
    off = leave(*SQUARE, seconds=0.3) if square else away
    price = tuple(curvature_cost(leave(*HUMP, "ball8", "trail8", "fit8", seconds=0.3)))
    trouble = (*bent_down(runs, off), *hardly_bent(runs))
    return film(opening, *_question(), *first, *square, *trouble, *price, *_ending(runs))


def loop(runs: NewtonRuns) -> Script:
    """Parabola by parabola to the end, and back to the first frame."""
    main, moving = runs[0], ("ball", "trail", "fit")
    line = words.loop_words(main)
    opening = both(present(*MAIN, *moving, "fit.tip"), shift("fit", "grown", 1, 0))
    if not main.steps:
        still = beat("Loop", line, pulse("ball", seconds=1.5).late(0.5), pulse("fit", seconds=1.5).late(1.0), rest=2.0)
        return film(opening, still)
    on = walk(main.steps, min(8.0, max(3.0, 1.1 * main.steps))).late(1.0)
    back = both(leave(*moving), walk(0, 0).late(0.5), enter(*moving).late(0.5))
    return film(opening, beat("Loop", line, on, rest=1.0), beat("Loop", line, back, rest=0.2))


def _question() -> Iterator[Beat]:
    yield beat(
        "The question",
        say("The slope tells a ball which way to go. But how far? Take a guess!"),
        both(enter("tangent", seconds=0.1), grow("tangent")) @ "slope",
        pulse("ball") @ "far",
        both(leave("title", "function"), make_room(), pulse("curve")) @ "guess",
        rest=0.8,
    )


def _race(runs: NewtonRuns) -> Iterator[Beat]:
    if not compares(runs):
        return
    longest = max(one.steps for one in runs[:2])
    aside = both(
        leave("rule", "fit", "ball", "trail", seconds=0.3),
        make_room(aside=1),
        enter("tally", *numbered("ball", (0, 1)), *numbered("trail", (0, 1))).late(0.3),
    )
    yield beat(
        "The race",
        words.plain_words(runs),
        aside,
        walk_all((0, 1), longest, min(3.2, max(2.0, 0.06 * longest))),
        pulse("tally.row3", "ball2"),
    )


def _ending(runs: NewtonRuns) -> Iterator[Beat]:
    gone = leave("curvatures", seconds=0.3)
    balls = [*numbered("ball", range(3)), *numbered("trail", range(3))] if counts_the_bargain(runs) else ["ball"]
    if counts_the_bargain(runs):
        back = both(gone, enter(*MAIN, *balls, "tally").late(0.3), shift("tally.row2", "shown", 1, 0.3).late(0.3))
        on = walk(runs[2].steps, max(1.2, min(2.4, 0.2 * runs[2].steps)), "run3")
        end = both(on, pulse("ball3"), pulse("tally.row2").late(1.2))
        yield beat("The bargain", words.bargain_words(runs), back, end)
        gone = Moves(())
    else:
        gone = both(gone, make_room(seconds=0), walk(0, 0), enter(*MAIN, "ball", "fit").late(0.3))
    last = pulse(*balls, seconds=1.2)
    yield beat(
        "The end",
        say("Curvature says how far, but it's dear. So how does a network learn?"),
        both(gone, pulse("curve")) @ "Curvature",
        last @ "dear",
        rest=0.8,
    )
