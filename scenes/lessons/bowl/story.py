"""The bowl's run, and what is said and moved while it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from gdsim import SURFACES, Trajectory
from scenes.phrases.alt import one_ball as alt
from scenes.phrases.endings import arrival_words, left_to, reason_words
from scenes.phrases.outcomes import course_words, loop_line
from scenes.phrases.run_facts import (
    crosses_squarely,
    follows_the_slope,
    method_summary,
    rate_suits,
    variable_text,
)
from scenes.planned_run import planned_run
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.map_window import arrow_window, close_window, map_window, path_window
from scenes.script.move import Moves, both, enter, fly, grow, leave, make_room, present, pulse, shift, walk, zoom
from scenes.script.sentence import Brief, Exact, Name, say
from scenes.spec import RenderSpec

__all__ = ["alt", "loop", "run", "script"]

LEARNING_RATE, STEPS = 0.1, 15
room, look = partial(make_room, hero="land"), partial(zoom, plane="land")


def run(spec: RenderSpec) -> tuple[Trajectory, ...]:
    """The lesson's one run: θ₁² + θ₂² from (3, 4) at 0.1, unless the spec says otherwise."""
    return (planned_run(spec, SURFACES["bowl"], LEARNING_RATE, STEPS),)


def tilt(to: float, seconds: float = 2.2) -> Moves:
    """From the map (0) into the landscape (1), or back."""
    return shift("land", "tilt", to, seconds)


def script(runs: tuple[Trajectory, ...]) -> Script:
    """The narrated film: question, guess, test, surprise, reason, one line."""
    (main,) = runs
    beats = [*_map(main), *_landscape(main), *_rule(main), *_descent(main), *_ending(main)]
    return film(both(present("land", "ball", "title", "function"), room(strip=1, seconds=0)), *beats)


def loop(runs: tuple[Trajectory, ...]) -> Script:
    """Step by step down the landscape, and back to the first frame."""
    (main,) = runs
    line, seconds, moving = loop_line(main), min(8.0, max(4.0, 0.45 * main.steps)), ("ball", "trail")
    standing = both(tilt(1, 0), shift("land.surface", "shown", 1, 0))
    return film(
        both(present("land", "minimum", *moving), standing),
        beat("Loop", line, walk(main.steps, seconds).late(0.5), rest=1.2),
        beat("Loop", line, leave(*moving), shift("run", "progress", 0, 0), enter(*moving, seconds=0.5), rest=0),
    )


def _level(main: Trajectory) -> bool:
    return not main.gradients[0].any()


def _map(main: Trajectory) -> Iterator[Beat]:
    first, second = (Name(variable_text(name)) for name in main.objective.variables)
    yield beat(
        "The map",
        say("Two parameters now, {first} and {second}. From above, their loss is a map.", first=first, second=second),
        pulse("land.first") @ "{first}",
        pulse("land.second") @ "{second}",
        shift("land.lines", "ripple", 1, 2.4, "even") @ "above",
    )
    yield beat(
        "The map",
        say("Each line joins places of equal loss: on this one, {loss:loss}.", loss=Brief(float(main.losses[0]))),
        pulse("land.lines", seconds=1.5) @ "line",
        both(enter("level", seconds=0.1), grow("level", 2.0)) @ "this",
        enter("level.label") @ "{loss}",
    )
    if _level(main):
        return
    yield beat(
        "The map",
        say("Which way is steepest from here? Take a guess."),
        both(leave("title", "function"), room()),
        pulse("ball") @ "here",
        both(enter("needle", seconds=0.3), shift("needle", "turned", 0.82, 3.2)) @ "guess",
        rest=0.8,
    )
    yield beat(
        "The map",
        say("Along the line, you don't climb. Straight across it, you climb fastest: that's the gradient."),
        shift("needle", "turned", 1.0, 1.6) @ "line",
        shift("needle", "turned", 1.25, 1.6) @ "across",
        both(enter("needle.square"), pulse("needle", seconds=1.3)) @ "gradient",
    )


def _landscape(main: Trajectory) -> Iterator[Beat]:
    yield beat(
        "The landscape",
        say("Lift every line as high as its loss, and there is the landscape."),
        both(tilt(1, 2.8), leave("needle", seconds=0.4), enter("height"), room(), leave("title", "function")) @ "Lift",
        both(leave("level", seconds=0.1), pulse("height")) @ "high",
        shift("land.surface", "shown", 1, 1.8) @ "landscape",
    )
    if _level(main):
        return
    slopes = {f"slope{axis + 1}": Brief(float(slope)) for axis, slope in enumerate(main.gradients[0])}
    names = dict(zip(("first", "second"), (Name(variable_text(name)) for name in main.objective.variables)))
    yield beat(
        "The gradient",
        say("Cut along {first}, the slope is {slope1:slope}; along {second}, it's {slope2:slope}.", **names, **slopes),
        both(leave("height"), shift("land.surface", "shown", 0.4, 0.8), enter("slices", seconds=0.1)) @ "Cut",
        shift("slices.first", "grown", 1, 1.0) @ "{first}",
        pulse("slices.first") @ "{slope1}",
        both(shift("slices.first", "shown", 0.5, 0.5), shift("slices.second", "grown", 1, 1.0)) @ "{second}",
        pulse("slices.second") @ "{slope2}",
    )
    yield beat(
        "The gradient",
        say("Two slopes, one arrow: together they are the gradient."),
        both(tilt(0), look(arrow_window(main), 2.2), shift("land.surface", "shown", 0, 1.4), leave("slices")),
        both(enter("arrow", seconds=0.1), shift("arrow.parts", "grown", 1, 1.6)),
        grow("arrow") @ "gradient",
    )


def _rule(main: Trajectory) -> Iterator[Beat]:
    if main.steps == 0:
        return
    yield beat(
        "The rule",
        say("It points uphill. We want to go down, so the minus flips it."),
        both(room(strip=1), pulse("arrow")),
        enter("rule", seconds=1.0) @ "down",
        pulse("rule.minus") if follows_the_slope(main) else pulse("rule.step"),
        both(shift("arrow", "turned", 1, 1.9), shift("arrow.parts", "shown", 0, 0.6)) @ "flips",
    )
    near = path_window(main)
    if not follows_the_slope(main):
        yield beat(
            "The rule",
            say("{method}", method=Name(method_summary(main.optimiser))),
            both(shift("arrow", "scaled", 1, 1.4), look(near, 2.0)),
            both(fly("rule.point"), fly("rule.step").late(0.6), fly("rule.next").late(1.2)),
        )
        return
    rate = Exact(float(main.learning_rates[0]))
    yield beat(
        "The rule",
        say("The learning rate is {rate:rate}: small enough that no step overshoots.", rate=rate)
        if rate_suits(main)
        else say("The learning rate says how much of it to take: {rate:rate}.", rate=rate),
        both(enter("dial", seconds=1.0), pulse("rule.rate", seconds=1.6)) @ "learning",
        both(pulse("dial"), shift("arrow", "scaled", 1, 2.2)) @ "{rate}",
    )
    yield beat(
        "The rule",
        say("Put the numbers in, and each parameter gets a step of its own."),
        both(look(near, 2.0), fly("rule.point")) @ "Put",
        both(fly("rule.rate"), fly("rule.slope").late(0.5)) @ "numbers",
        both(fly("rule.next"), pulse("arrow")) @ "step",
    )


def _descent(main: Trajectory) -> Iterator[Beat]:
    if main.steps == 0:
        return
    change = "falls" if main.losses[1] < main.losses[0] else "grows" if main.losses[1] > main.losses[0] else "stays"
    yield beat(
        "Downhill",
        say("The ball leaps, and the loss {change}.", change=Name(change)),
        both(walk(1, 1.7), enter("trail", seconds=0.1), leave("level", seconds=0.1)) @ "leaps",
        both(enter("level"), enter("level.label"), pulse("level")) @ "loss",
    )
    if main.steps > 1 and follows_the_slope(main):
        yield beat(
            "Downhill",
            say("New place, new gradient: again straight across the line."),
            both(pulse("ball"), shift("rule", "ahead", 1, 0)) @ "New",
            pulse("rule.slope") @ "gradient",
            pulse("arrow", "level") @ "across",
            both(walk(2, 1.8), shift("rule", "ahead", 0, 0)),
        )
    if main.steps > 2:
        yield beat(
            "Step by step",
            course_words(main),
            both(leave("rule", "dial", "arrow", "level"), room(aside=1), tilt(1)),
            both(shift("land.surface", "shown", 1, 1.0), enter("readouts", "chart", "minimum")),
            walk(main.steps, min(9.0, max(3.0, 0.5 * (main.steps - 2)))),
        )


def _ending(main: Trajectory) -> Iterator[Beat]:
    down = both(tilt(0), look(path_window(main) if main.steps else map_window(main), 2.2), room())
    away = both(shift("land.surface", "shown", 0, 1.4), leave("readouts", "chart", "rule", "dial", "arrow", "level"))
    if main.steps and follows_the_slope(main):
        yield beat(
            "The end",
            say("Back to the map: the path crosses every line at a right angle.")
            if crosses_squarely(main)
            else say("Back to the map: each step leaves its line at a right angle."),
            both(down, away, enter("minimum")) @ "map",
            both(enter("angles", seconds=0.1), shift("angles", "grown", 1, 3.0)) @ "right",
        )
    if goal := left_to(main):
        near = both(look(close_window(main, goal.point), 3.2), enter("level", seconds=0.6), leave("angles"))
        yield beat(
            "The end", arrival_words(main), pulse("ball") @ "ball", pulse("minimum") @ "minimum", near @ "closer"
        )
    else:
        yield beat("The end", arrival_words(main), pulse("minimum"), pulse("ball") @ "ball")
        yield beat("The end", reason_words(main), look(map_window(main), 1.6), pulse("ball"), pulse("trail"))
    if main.steps and follows_the_slope(main):
        yield beat(
            "The end",
            say("With a million parameters, the gradient is just a longer list."),
            enter("column", seconds=1.6) @ "million",
            shift("column", "grown", 1, 3.2) @ "longer",
        )
        yield beat(
            "The end",
            say("The rule stays the same: step against the gradient."),
            pulse("column", seconds=1.4) @ "rule",
            both(leave("column", "level", seconds=1.0), look(path_window(main), 2.8)) @ "against",
        )
