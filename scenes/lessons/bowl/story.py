"""The bowl's run, and what is said and moved while it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from gdsim import SURFACES, Trajectory
from scenes.phrases.alt import one_ball as alt
from scenes.phrases.arrival import left_to
from scenes.phrases.endings import arrival_words, reason_words
from scenes.phrases.long_vector import long_vector
from scenes.phrases.outcomes import course_words, first_step, loop_line
from scenes.phrases.run_facts import crosses_squarely, follows_the_slope, starts_level, variable_names
from scenes.phrases.steepest_way import steepest_way
from scenes.phrases.two_slopes import two_slopes
from scenes.phrases.vector_rule import vector_rule
from scenes.planned_run import planned_run
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.map_window import close_window, map_window, path_window
from scenes.script.move import Moves, both, enter, grow, leave, make_room, present, pulse, shift, tilt, walk, zoom
from scenes.script.sentence import Brief, Name, say
from scenes.spec import RenderSpec

__all__ = ["alt", "loop", "run", "script"]

LEARNING_RATE, STEPS = 0.1, 15
room, look = partial(make_room, hero="land"), partial(zoom, plane="land")


def run(spec: RenderSpec) -> tuple[Trajectory, ...]:
    """The lesson's one run: θ₁² + θ₂² from (3, 4) at 0.1, unless the spec says otherwise."""
    return (planned_run(spec, SURFACES["bowl"], LEARNING_RATE, STEPS),)


def script(runs: tuple[Trajectory, ...]) -> Script:
    """The narrated film: question, guess, test, surprise, reason, one line."""
    (main,) = runs
    sloping = () if starts_level(main) else (*steepest_way(), _lift(), *two_slopes(main))
    beats = [*_map(main), *(sloping or [_lift()]), *vector_rule(main), *_descent(main), *_ending(main)]
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


def _map(main: Trajectory) -> Iterator[Beat]:
    first, second = map(Name, variable_names(main.objective))
    yield beat(
        "The map",
        say("Two parameters now, {first} and {second}. From above, their loss is a map.", first=first, second=second),
        pulse("land.first") @ "{first}",
        pulse("land.second") @ "{second}",
        shift("land.lines", "ripple", 1, 2.0, "even") @ "above",
    )
    yield beat(
        "The map",
        say("Each line joins places of equal loss: on this one, {loss:loss}.", loss=Brief(float(main.losses[0]))),
        pulse("land.lines", seconds=1.5) @ "line",
        both(enter("level", seconds=0.1), grow("level", 1.6)) @ "this",
        enter("level.label") @ "{loss}",
    )


def _lift() -> Beat:
    away = both(leave("needle", seconds=0.4), leave("title", "function"), room())
    return beat(
        "The landscape",
        say("Lift every line as high as its loss, and there is the landscape."),
        both(tilt(1, 2.8), enter("height"), away) @ "Lift",
        both(leave("level", seconds=0.1), pulse("height")) @ "high",
        shift("land.surface", "shown", 1, 1.4) @ "landscape",
    )


def _descent(main: Trajectory) -> Iterator[Beat]:
    if main.steps == 0:
        return
    yield beat(
        "Downhill",
        first_step(main),
        both(walk(1, 1.7), enter("trail", seconds=0.1), leave("level", "arrow", "dial", seconds=0.1)) @ "leaps",
        both(enter("level"), enter("level.label"), pulse("level")) @ "loss",
    )
    if main.steps > 1:
        ahead = enter("downhill") if follows_the_slope(main) else Moves(())
        yield beat(
            "Step by step",
            course_words(main),
            both(leave("rule", "level"), room(aside=1), tilt(1), ahead),
            both(shift("land.surface", "shown", 1, 0.8), enter("readouts", "chart", "minimum")),
            walk(main.steps, min(8.0, max(2.0, 0.35 * (main.steps - 1)))),
        )


def _ending(main: Trajectory) -> Iterator[Beat]:
    plain, goal = main.steps > 0 and follows_the_slope(main), left_to(main)
    home = path_window(main) if main.steps else map_window(main)
    gone = leave("readouts", "chart", "rule", "dial", "arrow", "level", "downhill")
    away = both(shift("land.surface", "shown", 0, 1.4), gone)
    goal_seen = enter("minimum") if main.steps < 2 else Moves(())  # else it came with the way down
    back = both(tilt(0), look(home, 2.2), room(), away, goal_seen, leave("height"))
    if plain:
        right = both(enter("angles", seconds=0.1), shift("angles", "grown", 1, 2.0)) @ "right"
        words = say("Back to the map: each step leaves its line at a right angle.")
        if crosses_squarely(main):
            words = say("Back to the map: the path crosses every line at a right angle.")
        yield beat("The end", words, back @ "map", right)
    down = Moves(()) if plain else back
    if goal:
        near = both(look(close_window(main, goal.point), 2.2), enter("level", seconds=0.6), leave("angles"))
        looks = pulse("ball") @ "ball", pulse("minimum") @ "minimum", near @ "closer"
        yield beat("The end", arrival_words(main), down, *looks)
    else:
        yield beat("The end", arrival_words(main), down, pulse("minimum"), pulse("ball") @ "ball")
        yield beat("The end", reason_words(main), look(map_window(main), 1.6), pulse("ball"), pulse("trail"))
    if plain:
        yield from long_vector(home=look(home, 2.0))
