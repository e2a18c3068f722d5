"""More ways to hit: the same force from the other of two equal angles, and all hits, a valley on the map.

For a stage with the parts of the lesson about the slingshot.
"""

from __future__ import annotations

from collections.abc import Iterator

from gdsim import Trajectory
from scenes.phrases import shot_words as words
from scenes.phrases.shot_facts import nothing_to_correct
from scenes.script.beat import Beat, beat
from scenes.script.move import both, enter, grow, leave, make_room, numbered, pulse, shift, trade_places, walk
from scenes.script.sentence import say


def other_way(runs: tuple[Trajectory, ...]) -> Iterator[Beat]:
    """The second row of shots, where there is one."""
    if len(runs) < 2:
        return
    faded = both(shift("shots1", "past", 0, 0.5), shift("shots1", "aim", 0, 0.5))
    swap = both(leave("miss1", "missed1", "aim1"), faded, enter("shots2", "aim2", "ball2").late(0.3))
    first = both(shift("run2", "first", 1, 1.8, "even"), enter("miss2").late(1.4)) @ "miss"
    guess = pulse("shots2.angle", "aim2.angle θ, °") @ "rule"
    yield beat("Two ways", words.other_angle(runs[1]), swap, first, guess, rest=0.6)
    told = words.other_way(runs[1])
    first_word = told.template.split()[0]
    on = both(enter("trail2", seconds=0.1), walk(runs[1].steps, min(5.5, 1.25 * runs[1].steps), "run2"))
    yield beat("Two ways", told, on @ first_word, pulse("shots2", "ball2"), rest=0.2)


def all_hits(runs: tuple[Trajectory, ...]) -> Iterator[Beat]:
    """The valley on the map as the hero, then the flights along it on the range."""
    main, shots = runs[0], numbered("shots", range(len(runs)))
    gone = ["miss1", "missed1", "aim1"] if len(runs) == 1 else ["miss2", "aim2"]
    if not main.steps:
        gone = ["miss1", "slopes", *(["nudges", "missed1", "aim1"] if nothing_to_correct(main) else ["factors"])]
    away = both(leave(*gone, seconds=0.4), *(shift(name, "aim", 0, 0.4) for name in shots), make_room(aside=1))
    map_seen = away if main.steps else both(away, enter("map", "ball1").late(0.5))
    valley = both(enter("valley", seconds=0.1), shift("valley", "grown", 0, 0), grow("valley", 2.0).late(0.1))
    yield beat("All hits", words.valley(runs), map_seen, trade_places(1) @ "map", valley @ "valley", pulse("valley"))
    channels = both(*(shift("hits", channel, 1, 4.0).late(0.3) for channel in ("swept", "kept")))
    sweep = both(enter("hits", seconds=0.3), channels) @ "change"
    told = say("Follow it: force and angle change together, and every shot is a hit.")
    back = both(trade_places(0), leave(*shots, seconds=0.6).late(0.8))
    yield beat("All hits", told, back, sweep, pulse("plane") @ "hit")
