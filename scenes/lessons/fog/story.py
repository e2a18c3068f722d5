"""The runs of two balls in the fog, and what is said and moved while they feel their way down."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from gdsim import SURFACES
from scenes.phrases import fog_words as words
from scenes.phrases.feel_step_repeat import LAMP, SEARCH, drift, feel_step_repeat, folded
from scenes.phrases.fog_words import alt
from scenes.planned_fog import FogRuns, Rest, planned_fog
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.map_window import paths_window
from scenes.script.move import Moves, both, enter, grow, leave, make_room, present, pulse, shift, tilt, walk, zoom
from scenes.script.sentence import say
from scenes.spec import RenderSpec

__all__ = ["alt", "loop", "run", "script"]

LEARNING_RATE, STEPS, OTHER = 0.1, 30, (1.0, 1.7)
# The clear circle's radius while somebody wonders, and in the loop, in frame units.
NARROW = 1.6
room, look = partial(make_room, hero="land"), partial(zoom, plane="land")
standing = both(tilt(1, 0), shift("land.surface", "shown", 1, 0))


def run(spec: RenderSpec) -> FogRuns:
    """Two balls on a landscape with a valley and a mountain lake, unless the spec says otherwise."""
    return planned_fog(spec, SURFACES["two-valleys-2d"], LEARNING_RATE, STEPS, OTHER)


def script(runs: FogRuns) -> Script:
    """The narrated film: fog, a guess, feel, step, repeat, the fog lifts, another start, what the slope cannot tell."""
    opening = both(present("sky", "land", "fog", "ball1", "title", "function"), standing, room(strip=1, seconds=0))
    return film(opening, *_fog(), *feel_step_repeat(runs), *_lift(runs), *_again(runs), *_end(runs))


def loop(runs: FogRuns) -> Script:
    """The ball goes down in the fog, the fog lifts and comes back."""
    line, main = words.loop_words(runs), runs[0]
    on = walk(main.steps, min(2.8, max(2.0, 0.12 * main.steps)), "run1")
    up = both(shift("fog", "lifted", 1, 0.8), enter("minimum", seconds=0.3).late(0.3))
    closed = both(shift("fog", "lifted", 0, 0.5), leave("ball1", "trail1", "minimum", seconds=0.3))
    return film(
        both(present("sky", "land", "fog", "ball1", "trail1"), standing, shift("fog", "width", NARROW, 0)),
        beat("Loop", line, on.late(0.4), up, rest=1.8),
        beat("Loop", line, closed, walk(0, 0, "run1"), enter("ball1", "trail1"), rest=0),
    )


def _fog() -> Iterator[Beat]:
    yield beat(
        "The fog",
        say("Imagine a mountain in thick fog. You want to get down, but you can't see the valley."),
        both(drift(1.0, 5.0), pulse("ball1").late(0.4)),
        shift("fog", "width", NARROW, 1.2) @ "see",
    )
    yield beat(
        "The fog",
        say("All you have is the ground under your feet. Is that enough? Take a guess."),
        both(leave("title", "function"), room()),
        both(pulse("ball1"), shift("fog", "width", LAMP, 1.2)) @ "ground",
        both(shift("fog", "width", SEARCH, 2.0, "there and back"), drift(1.6, 2.4)) @ "guess",
        rest=0.4,
    )


def _lift(runs: FogRuns) -> Iterator[Beat]:
    main = runs[0]
    if (guess := words.guess_words(runs)) is not None:
        search = both(shift("fog", "width", SEARCH, 2.0, "there and back"), drift(3.4, 2.4)) @ "guess"
        yield beat("The guess", guess, pulse("ball1") @ "lowest", search, rest=0.6)
    up = both(shift("fog", "lifted", 1, 2.8), leave("fan1"), enter("minimum").late(1.4)) @ "lift"
    yield beat("The fog lifts", words.lifted_words(runs), up, *_water(runs, 0), pulse("ball1", "minimum"), rest=0.6)
    if main.steps and runs.rest(0) is not Rest.GONE:
        flat = both(tilt(0), look(paths_window(runs), 2.2), shift("land.surface", "shown", 0, 1.4), *_dry(runs, 0))
        yield beat("The fog lifts", words.above_words(runs), flat @ "above", pulse("trail1") @ "path", pulse("trail1"))


def _water(runs: FogRuns, index: int) -> Iterator[Moves]:
    """The lake fills in which a ball rests, and the drop to the lowest place is drawn."""
    if (hollow := runs.lake(index)) is not None:
        lake, drop = f"lake{hollow + 1}", f"drop{index + 1}"
        yield both(enter(lake, seconds=0.1), grow(lake, 0.9))
        yield both(enter(drop, seconds=0.1), grow(drop, 1.5))


def _dry(runs: FogRuns, index: int) -> Iterator[Moves]:
    if runs.lake(index) is not None:
        yield leave(f"drop{index + 1}")


def _again(runs: FogRuns) -> Iterator[Beat]:
    other = runs[1]
    if not other.steps:
        return
    closing = both(shift("fog", "width", 0, 0), shift("fog", "around", 1, 0), shift("fog", "lifted", 0, 1.6))
    yield beat(
        "Another start",
        words.other_words(runs),
        both(closing, tilt(1), shift("land.surface", "shown", 1, 1.6), leave("ball1", "trail1", "minimum").late(0.6))
        @ "fog",
        both(enter("ball2"), shift("fog", "width", LAMP, 1.2), pulse("ball2").late(0.3)) @ "second",
        both(enter("fan2", seconds=0.1), grow("fan2", 1.0)),
    )
    on = walk(other.steps, min(3.6, max(2.0, 0.16 * other.steps)), "run2")
    yield beat(
        "Another start",
        words.same_rule_words(runs),
        both(enter("fan2.winner", seconds=0.1), grow("fan2.winner", 0.5)) @ "feel",
        both(folded("fan2"), enter("trail2", seconds=0.1), on, drift(4.2, 4.0)) @ "step",
        grow("fan2", 0.5),
    )
    up = both(shift("fog", "lifted", 1, 2.4), leave("fan2"), enter("ball1", "trail1", "minimum").late(1.0))
    yield beat("Another start", words.second_words(runs), up, *_water(runs, 1), pulse("ball2"), rest=0.5)


def _end(runs: FogRuns) -> Iterator[Beat]:
    last = "ball2" if runs[1].steps else "ball1"
    yield beat("The end", words.moral_words(runs), pulse("trail1") @ "way", pulse("minimum", "ball1", last) @ "far")
    seed = say("A machine has no feet, only numbers. How does it find its way down?")
    yield beat("The end", seed, pulse("ball1", last) @ "machine", pulse("trail1", last) @ "way", rest=1.2)
