"""The shots, and what is said and moved while each miss corrects the next."""

from __future__ import annotations

from collections.abc import Iterator

from gdsim import Trajectory
from scenes.phrases import shot_words as words
from scenes.phrases.miss_correction import miss_correction
from scenes.phrases.shot_facts import range_window
from scenes.phrases.shot_words import alt
from scenes.phrases.ways_to_hit import all_hits, other_way
from scenes.planned_shots import planned_shots
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.move import Moves, both, enter, leave, make_room, present, pulse, shift, walk, zoom
from scenes.script.sentence import say
from scenes.spec import RenderSpec

__all__ = ["alt", "loop", "run", "script"]

Runs = tuple[Trajectory, ...]


def run(spec: RenderSpec) -> Runs:
    """Shots at a basket from 25 m/s and 10 degrees, unless the spec says otherwise, and from the other angle."""
    return planned_shots(spec)


def script(runs: Runs) -> Script:
    """The narrated film: question, guess, miss, correction, the map, two ways to hit, all ways, one line."""
    main = runs[0]
    acts = [
        *_question(),
        *_miss(runs),
        *miss_correction(main),
        *_course(main),
        *other_way(runs),
        *all_hits(runs),
        *_end(),
    ]
    return film(both(present("plane", "shots1", "title"), make_room(strip=1, seconds=0)), *acts)


def loop(runs: Runs) -> Script:
    """Shot after shot, with their path on the map; and back to the first frame."""
    main, line, moving = runs[0], words.loop_line(runs[0]), ("shots1", "miss1", "ball1", "trail1")
    standing = both(present("plane", "map", "valley"), make_room(aside=1, seconds=0), zoom(range_window(runs), 0))
    if not main.steps:
        sweep, back = (
            both(shift("hits", "swept", to, s), shift("hits", "kept", to, s)) for to, s in ((1, 5.0), (0, 0))
        )
        again = both(leave("hits"), back.late(0.5), enter("hits").late(0.5))
        return film(
            both(standing, present("hits")), beat("Loop", line, sweep.late(0.4)), beat("Loop", line, again, rest=0.2)
        )
    first, on = _fire("run1", 1.1).late(0.4), walk(main.steps, min(7.0, max(3.6, 1.4 * main.steps)), "run1")
    rewound = both(shift("run1", "progress", 0, 0), shift("run1", "first", 0, 0))
    back = both(leave(*moving), rewound.late(0.5), enter(*moving).late(0.5))
    squared = shift("miss1", "squared", 1, 0)
    return film(
        both(standing, present(*moving), squared),
        beat("Loop", line, first, on, rest=0.9),
        beat("Loop", line, back, rest=0.2),
    )


def _fire(clock: str, seconds: float = 1.6) -> Moves:
    """A row's first shot."""
    return shift(clock, "first", 1, seconds, "even")


def _question() -> Iterator[Beat]:
    yield beat(
        "The question",
        say("A slingshot takes two numbers: a force, here the launch speed, and an angle."),
        enter("aim1") @ "two",
        both(pulse("shots1.force"), pulse("aim1.force v, m/s")) @ "force",
        both(pulse("shots1.angle"), pulse("aim1.angle θ, °")) @ "angle",
    )
    yield beat(
        "The question",
        say("Which pair hits the basket? Take a guess!"),
        both(leave("title"), make_room()),
        pulse("plane") @ "hits",
        pulse("shots1", seconds=1.4) @ "guess",
        rest=0.9,
    )


def _miss(runs: Runs) -> Iterator[Beat]:
    main = runs[0]
    line = both(enter("miss1", "missed1"), pulse("miss1")).late(0.2)
    yield beat("The miss", words.first_shot(main), _fire("run1") @ "First", line)
    square = both(zoom(range_window(runs)), shift("miss1", "squared", 1, 1.4))
    yield beat(
        "The miss",
        say("The miss is the error. Squared, it's the loss: {loss}.", loss=words.loss(main)),
        pulse("miss1", "missed1.miss, m") @ "miss",
        square @ "Squared",
        both(shift("miss1", "label", 1, 0.5), pulse("miss1")) @ "{loss}",
    )


def _course(main: Trajectory) -> Iterator[Beat]:
    if not main.steps:
        return
    aimed = both(leave("dial", seconds=0.3), enter("aim1", "missed1"))
    yield beat("Shoot again", words.second_shot(main), aimed, walk(1, 2.6, "run1") @ "again", pulse("missed1.miss, m"))
    room = both(leave("rule"), make_room(aside=1), enter("map").late(0.5))
    told = say("On this map of the loss, each shot is a point: force across, angle up.")
    point = both(enter("ball1", "trail1"), pulse("ball1")) @ "point"
    yield beat("The map", told, room, point, pulse("map") @ "across")
    if main.steps > 1:
        on = walk(main.steps, min(6.5, 1.4 * (main.steps - 1)), "run1")
        yield beat("The map", words.course(main), on, pulse("shots1", "ball1"), rest=0.4)


def _end() -> Iterator[Beat]:
    told = say("That's learning: try, miss, correct by the error.")
    yield beat("The end", told, pulse("hits", "valley") @ "learning", shift("hits", "swept", 0.3, 2.0) @ "correct")
    told = say("But how large should each correction be?")
    yield beat("The end", told, shift("hits", "swept", 0.7, 1.6) @ "large", pulse("hits", "plane"), rest=0.6)
