"""What is said and moved while a secant becomes a tangent."""

from __future__ import annotations

from collections.abc import Iterator

from gdsim import SURFACES, Trajectory
from scenes.phrases.quotient_words import alt, closer_words, limit_words
from scenes.planned_run import planned_run
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.move import both, enter, grow, leave, make_room, present, pulse, shift, zoom
from scenes.script.sentence import Exact, say
from scenes.script.window import close_up, first_step_right, first_window
from scenes.spec import RenderSpec

__all__ = ["alt", "loop", "run", "script"]

START = (1.0,)
# Names of the one function whose quotient can be worked out in one line.
SQUARES = ("square", "x**2", "x^2", "x*x")


def run(spec: RenderSpec) -> tuple[Trajectory, ...]:
    """A run of no steps: the point at which the slope is wanted."""
    return (planned_run(spec, SURFACES["square"], 0.1, 0, START),)


def script(runs: tuple[Trajectory, ...]) -> Script:
    """The narrated film."""
    (main,) = runs
    opening = both(present("plane", "curve", "ball", "title", "function"), make_room(strip=1, seconds=0))
    return film(opening, *_question(main), *_closer(main), *_limit(main))


def loop(runs: tuple[Trajectory, ...]) -> Script:
    """The secant becomes the tangent, then a secant again."""
    (main,) = runs
    power = first_step_right(main)
    line = say("As the points meet, we get the slope.")
    return film(
        both(present("plane", "curve", "ball", "secant", "secant.point"), shift("secant.line", "grown", 1, 0)),
        beat("Loop", line, shift("secant", "power", power - 3, 4.0).late(0.5), pulse("ball"), rest=0.8),
        beat("Loop", line, leave("secant"), shift("secant", "power", power, 0), enter("secant"), rest=0.2),
    )


def _question(main: Trajectory) -> Iterator[Beat]:
    h = 10.0 ** first_step_right(main)
    yield beat(
        "The question",
        say("How steep is a curve at one single point?"),
        pulse("curve") @ "steep",
        pulse("ball") @ "point",
    )
    yield beat(
        "The question",
        say("With two points it would be easy. So take a second one, {h} to the right.", h=Exact(h)),
        both(leave("title", "function"), make_room()),
        both(enter("secant", seconds=0.1), enter("secant.point")) @ "second",
        pulse("secant.point") @ "right",
    )
    yield beat(
        "The question",
        say("The line through both has a slope: its rise over its run."),
        grow("secant.line") @ "line",
        shift("secant.legs", "grown", 1.0, 1.6) @ "slope",
        rest=0.6,
    )
    yield beat(
        "The question",
        say("But that is the slope between them. What if the second point comes closer?"),
        pulse("secant.legs") @ "between",
        make_room(aside=1.0),
        both(enter("table", "table.row0"), pulse("table.row0")),
        pulse("secant.point") @ "closer",
        rest=1.2,
    )


def _closer(main: Trajectory) -> Iterator[Beat]:
    x, y, slope = (float(values.ravel()[0]) for values in (main.points, main.losses, main.gradients))
    power, window = first_step_right(main), first_window((main,))
    for row, sentence in enumerate(closer_words(main), start=1):
        near = close_up(window, x, y, slope, 10.0 ** (power - row))
        yield beat(
            "Closer",
            sentence,
            both(shift("secant", "power", power - row, 1.6), zoom(near.window, 2.2)),
            both(enter(f"table.row{row}"), pulse(f"table.row{row}")),
            rest=0.5,
        )


def _limit(main: Trajectory) -> Iterator[Beat]:
    yield beat(
        "The slope",
        limit_words(main),
        pulse("table.row3") @ "{slope}",
        both(enter("tangent", seconds=0.1), grow("tangent"), leave("secant")) @ "slope",
        pulse("ball") @ "point",
    )
    if main.objective.name in SQUARES:
        terms = [f"why.t{k}" for k in range(6)]
        yield beat(
            "The slope",
            say("For x² you can see why: rise over run is 2x + h, and as h goes to zero, only 2x remains."),
            both(leave("table"), make_room(strip=1.0)),
            enter("why") @ "rise",
            pulse(terms[5]) @ "h",
            shift(terms[5], "dimmed", 1.0, 1.2) @ "zero",
            pulse(terms[4]) @ "remains",
            rest=0.8,
        )
    yield beat(
        "The slope",
        say("Up close, every smooth curve looks like a line. Its slope is the derivative. So which way is down?"),
        both(zoom(first_window((main,)), 2.4), leave("table", "why"), make_room()) @ "curve",
        pulse("tangent") @ "slope",
        pulse("ball") @ "down",
        rest=0.8,
    )
