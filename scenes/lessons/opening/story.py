"""What a course begins with, before its first lesson."""

from __future__ import annotations

from functools import partial

from gdsim import SURFACES, Trajectory
from scenes.phrases.alt import one_ball as alt
from scenes.planned_run import planned_run
from scenes.script.beat import Script, beat, film
from scenes.script.move import Moves, both, enter, grow, leave, make_room, present, pulse, shift, tilt, walk
from scenes.script.sentence import say
from scenes.spec import RenderSpec

__all__ = ["alt", "loop", "run", "script"]

LEARNING_RATE, STEPS, START = 0.008, 24, (0.4, -0.4)
room = partial(make_room, hero="land")


def run(spec: RenderSpec) -> tuple[Trajectory, ...]:
    """One ball that rolls down into one of four valleys."""
    return (planned_run(spec, SURFACES["himmelblau"], LEARNING_RATE, STEPS, START),)


def standing() -> Moves:
    """The map stands as a landscape from the start."""
    return both(tilt(1, 0), shift("land.surface", "shown", 1, 0))


def script(runs: tuple[Trajectory, ...]) -> Script:
    """The question of the whole course, and its answer in one picture."""
    (main,) = runs
    bare = both(room(strip=1, seconds=0), shift("height", "grown", 0, 0))
    return film(
        both(present("land", "ball", "title"), standing(), bare),
        beat("Opening", say("How does a machine learn?"), pulse("title") @ "machine", pulse("ball") @ "learn"),
        beat(
            "Opening",
            say("It starts with numbers that are only a guess, and measures [how wrong](loss) they are."),
            pulse("ball") @ "guess",
            both(enter("height", seconds=0.1), grow("height", 1.2)) @ "measures",
            pulse("height") @ "wrong",
        ),
        beat(
            "Opening",
            say("Then it changes them a little, again and again, and each time it is less wrong."),
            both(enter("trail", seconds=0.1), walk(main.steps, 5.0).late(0.3), leave("height").late(3.2)) @ "changes",
        ),
        beat(
            "Opening",
            say("That walk downhill is called gradient descent."),
            pulse("trail", seconds=1.6) @ "walk",
            enter("minimum") @ "gradient",
        ),
        beat(
            "Opening",
            say("But how does it know which way is down? Let's begin with that."),
            both(leave("trail", "minimum"), shift("run", "progress", 0, 1.4)) @ "But",
            pulse("ball", seconds=1.4) @ "which",
            pulse("ball") @ "begin",
            rest=0.6,
        ),
    )


def loop(runs: tuple[Trajectory, ...]) -> Script:
    """The walk alone."""
    (main,) = runs
    line = say("A machine learns downhill, step by step.")
    return film(
        both(present("land", "ball", "trail"), standing()),
        beat("Loop", line, walk(main.steps, 6.0).late(0.5), rest=1.0),
        beat("Loop", line, leave("ball", "trail"), shift("run", "progress", 0, 0), enter("ball", "trail"), rest=0),
    )
