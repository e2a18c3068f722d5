"""What is said and moved while a secant becomes a tangent."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gdsim import SURFACES, Trajectory
from gdsim.quotient import difference
from scenes.phrases.formulas import ground
from scenes.planned_run import planned_run
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.move import both, enter, grow, leave, make_room, present, pulse, shift, zoom
from scenes.script.sentence import Brief, Exact, Name, say
from scenes.script.window import close_up, first_step_right, first_window
from scenes.spec import RenderSpec

START = (1.0,)
# Names of the one function whose quotient can be worked out in one line.
SQUARES = ("parabola", "x**2", "x^2", "x*x")


def run(spec: RenderSpec) -> tuple[Trajectory, ...]:
    """A run of no steps: the point at which the slope is wanted."""
    return (planned_run(spec, SURFACES["parabola"], 0.1, 0, START),)


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


def alt(runs: tuple[Trajectory, ...]) -> str:
    """What the film shows, for those who cannot see it."""
    (main,) = runs
    template = (
        "A line through two points of {curve} turns as they come together, until its slope is the curve's: {slope}."
    )
    return say(template, curve=Name(ground(main)), slope=Brief(float(main.gradients[0, 0]))).plain()


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
        both(make_room(aside=1.0), enter("table")),
        both(enter("table.row0"), pulse("table.row0")),
        pulse("secant.point") @ "closer",
        rest=1.2,
    )


def _closer(main: Trajectory) -> Iterator[Beat]:
    x, y, slope = (float(values.ravel()[0]) for values in (main.points, main.losses, main.gradients))
    power, window = first_step_right(main), first_window((main,))
    slopes = [difference(main.objective, x, 10.0 ** (power - row))[2] for row in range(4)]
    sentences = (
        say("Ten times closer: the line tilts, and its slope changes."),
        say("Ten times closer again: it changes less."),
        say("And again: now it hardly changes at all."),
    )
    changes = abs(np.diff(slopes))
    settling = changes[0] > 5 * changes[1] > 25 * changes[2] > 0
    for row, sentence in enumerate(sentences, start=1):
        sentence = (
            sentence
            if settling
            else say("Ten times closer: the two points are {h} apart.", h=Exact(10.0 ** (power - row)))
        )
        near = close_up(window, x, y, slope, 10.0 ** (power - row))
        yield beat(
            "Closer",
            sentence,
            both(shift("secant", "power", power - row, 1.6), zoom(near.window, 2.2)),
            both(enter(f"table.row{row}"), pulse(f"table.row{row}")),
            rest=0.5,
        )


def _limit(main: Trajectory) -> Iterator[Beat]:
    slope = Brief(float(main.gradients[0, 0]))
    yield beat(
        "The slope",
        say("The numbers settle at {slope:slope}: that is the slope of the curve at this very point.", slope=slope),
        pulse("table.row3") @ "settle",
        both(enter("tangent", seconds=0.1), grow("tangent"), leave("secant")) @ "slope",
        pulse("ball") @ "point",
    )
    if main.objective.name in SQUARES:
        terms = [f"why.t{k}" for k in range(6)]
        yield beat(
            "The slope",
            say("For x² you can see why: the quotient is 2x + h, and as h goes to zero, only 2x remains."),
            both(leave("table"), make_room(strip=1.0)),
            enter("why") @ "quotient",
            pulse(terms[5]) @ "h",
            shift(terms[5], "dimmed", 1.0, 1.2) @ "zero",
            pulse(terms[4]) @ "remains",
            rest=0.8,
        )
    yield beat(
        "The slope",
        say("Close enough, every smooth curve is a line. The slope of that line is the derivative."),
        both(zoom(first_window((main,)), 2.4), leave("table", "why"), make_room()) @ "curve",
        pulse("tangent") @ "slope",
        rest=1.2,
    )
