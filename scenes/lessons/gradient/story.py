"""What is said and moved while two slopes become an arrow, and the arrow is held against every other direction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from gdsim import SURFACES, Trajectory
from scenes.phrases.every_direction import every_direction
from scenes.phrases.formulas import ground
from scenes.phrases.long_vector import longer_list
from scenes.phrases.run_facts import starts_level
from scenes.phrases.two_slopes import two_cuts
from scenes.planned_run import planned_run
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.map_window import down_window, fan_window
from scenes.script.move import both, enter, fly, grow, leave, make_room, present, pulse, shift, tilt, zoom
from scenes.script.sentence import Brief, Sentence, Words, say
from scenes.spec import RenderSpec

__all__ = ["alt", "loop", "run", "script"]

# The arrow's own view: the middle lies ahead of the ball, and this many arrows fit on either side.
AHEAD = (0.25, 1.0)
room, look = partial(make_room, hero="land"), partial(zoom, plane="land")


def run(spec: RenderSpec) -> tuple[Trajectory, ...]:
    """A run of no steps: the point at which the gradient is wanted."""
    return (planned_run(replace(spec, learning_rate=0.1), SURFACES["bowl"], 0.1, 0),)  # no rate to be searched for


def script(runs: tuple[Trajectory, ...]) -> Script:
    """The narrated film: question, guess, the two slopes, the arrow, all other directions, and what it is good for."""
    (main,) = runs
    rest = (_level(),) if starts_level(main) else (*_arrow(main), *every_direction(main), *_end(main))
    standing = both(tilt(1, 0), shift("land.surface", "shown", 1, 0), room(strip=1, seconds=0))
    opening = both(present("land", "ball", "title", "function"), standing)
    return film(opening, *_question(), *_column(main), *rest)


def loop(runs: tuple[Trajectory, ...]) -> Script:
    """A pointer turns once through all directions, and back to the first frame."""
    (main,) = runs
    if starts_level(main):
        standing = both(present("land", "ball", "spin"), tilt(1, 0), shift("land.surface", "shown", 1, 0))
        line, turn = say("On level ground, every slope is zero."), shift("spin", "turned", 1, 5.6, "even")
        back = both(leave("spin"), shift("spin", "turned", 0, 0).late(0.5), enter("spin").late(0.6))
        return film(standing, beat("Loop", line, turn.late(0.3)), beat("Loop", line, back, rest=0.2))
    line = say("The gradient points the steepest way up.")
    seen = both(
        present("land", "ball", "level", "arrow", "fan", "bars", "fan.pointer", "fan.shadow", "bars.peak", "bars.low"),
        both(*(shift(part, "grown", 1, 0) for part in ("level", "arrow", "fan.spokes"))),
        both(room(aside=1, seconds=0), look(fan_window(main), 0), shift("bars", "swept", 1, 0)),
        shift("fan", "turned", 0.0, 0),
    )
    turn, mark = shift("fan", "turned", 1, 7.2, "even").late(0.3), pulse("bars.peak", "arrow").late(2.0)
    return film(
        seen,
        beat("Loop", line, both(turn, mark)),
        beat("Loop", line, shift("fan", "turned", 0, 0), pulse("fan"), rest=0.1),
    )


def alt(runs: tuple[Trajectory, ...]) -> Sentence:
    """What the film shows, for those who cannot see it."""
    (main,) = runs
    surface = Words(ground(main))
    place = Words(say("({x}, {y})", x=Brief(float(main.points[0, 0])), y=Brief(float(main.points[0, 1]))))
    if starts_level(main):
        return say("At {place} on {surface}, the ground is level: every slope is zero.", place=place, surface=surface)
    slopes = {name: Brief(float(slope)) for name, slope in zip(("first", "second"), main.gradients[0])}
    template = (
        "Two slopes at {place} on {surface} make the gradient, ({first}, {second}): it points the steepest way up."
    )
    return say(template, place=place, surface=surface, **slopes)


def _question() -> Iterator[Beat]:
    yield beat(
        "The question",
        say("On a curve, a point has one slope. On a landscape, it has one in every direction."),
        pulse("ball") @ "point",
        enter("spin", seconds=0.8) @ "landscape",
        shift("spin", "turned", 0.6, 3.2, "even") @ "every",
    )
    yield beat(
        "The question",
        say("How many of them do you need to know them all? Take a guess."),
        both(leave("title", "function"), room()),
        shift("spin", "turned", 1.0, 2.4, "even") @ "many",
        pulse("spin", seconds=1.6) @ "guess",
        rest=0.9,
    )


def _column(main: Trajectory) -> Iterator[Beat]:
    yield two_cuts(main, leave("spin"))
    yield beat(
        "The gradient",
        say("They are called [partial derivatives](slope). Put in a column, they are the gradient."),
        both(room(strip=1), shift("slices.first", "shown", 1, 0.5)),
        enter("vector") @ "partial",
        both(fly("vector.first"), fly("vector.second").late(0.5)) @ "column",
        pulse("vector") @ "gradient",
    )


def _level() -> Beat:
    return beat(
        "The gradient",
        say("Both are zero, and so is every other slope: on level ground, no way is steepest."),
        pulse("vector") @ "zero",
        both(leave("slices"), shift("spin", "turned", 0, 0), enter("spin").late(0.1)) @ "every",
        shift("spin", "turned", 1.0, 3.4, "even"),
        pulse("ball"),
        rest=0.8,
    )


def _arrow(main: Trajectory) -> Iterator[Beat]:
    near = look(fan_window(main, *AHEAD), 2.2)
    yield beat(
        "The arrow",
        say("From above, they make an arrow, at a right angle to the line of equal loss."),
        both(tilt(0), near, shift("land.surface", "shown", 0, 1.4), leave("slices")) @ "above",
        both(enter("arrow", seconds=0.1), shift("arrow.parts", "grown", 1, 1.6)),
        grow("arrow", 1.0),
        enter("arrow.square") @ "right",
        both(enter("level", seconds=0.1), grow("level", 1.6)) @ "line",
    )


def _end(main: Trajectory) -> Iterator[Beat]:
    yield beat(
        "The end",
        say("The gradient points the steepest way up. Its opposite, the steepest way down."),
        both(pulse("arrow", "bars.peak"), shift("arrow.parts", "shown", 0, 0.6)) @ "gradient",
        shift("arrow", "turned", 1, 1.4) @ "opposite",
        pulse("bars.low", "arrow") @ "down",
    )
    yield longer_list(both(leave("bars", "level", "fan", "arrow"), room()))
    back = both(leave("column", seconds=0.8), shift("land", "axes", 1, 0.5).late(0.8), look(down_window(main), 1.6))
    yield beat(
        "The end",
        say("With a minus in front, it still points the steepest way down. So let's follow it."),
        enter("column.minus") @ "minus",
        pulse("column") @ "still",
        back @ "down",
        both(enter("arrow"), pulse("ball")) @ "follow",
    )
