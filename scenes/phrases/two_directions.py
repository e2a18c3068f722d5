"""A real loss has directions that bend differently: the steepest sets the wall. And what to do about it."""

from __future__ import annotations

import math
from collections.abc import Iterator

from scenes.phrases import sweep_words as words
from scenes.phrases.sweep_facts import Facts
from scenes.planned_sweep import STEEPER
from scenes.script.beat import Beat, beat
from scenes.script.move import Moves, both, enter, leave, pulse, shift
from scenes.script.sentence import Exact, say


def two_directions(facts: Facts) -> Iterator[Beat]:
    """For a stage with a sweep's curve and its wall: the curve of a steeper direction, and the sum of both."""
    if not facts.valley:
        return
    more = Exact(STEEPER)
    gone = leave("yours", "plane.knob", "trials", "probe")
    yield beat(
        "Real losses",
        say("Real losses bend more in some directions, say {more} times as much.", more=more),
        both(gone, pulse("sweep")) @ "bend",
        both(enter("sweep.steep", seconds=0.3), pulse("sweep.steep")) @ "{more}",
    )
    slide = both(shift("sweep.steep", "slide", 1, 2.0), shift("wall", "slide", 1, 2.0))
    moved = say("There, curve and wall come at rates {more} times smaller.", more=more)
    yield beat("Real losses", moved, slide @ "wall", pulse("wall"))
    dim = both(leave("plane.start"), shift("sweep", "dimmed", 1, 0.8), shift("sweep.sum", "grown", 1, 2.4, "even"))
    yield beat("Real losses", words.sum_words(), dim @ "sum", pulse("wall") @ "wall")
    close = pulse("sweep.sum", "wall") @ "valley"
    if facts.crowded:
        close = both(enter("sweep.best", seconds=0.3), pulse("sweep.best"), pulse("wall").late(0.6)) @ "best"
    yield beat("Real losses", words.narrow_words(facts), pulse("sweep", seconds=1.4) @ "gentle", close)


def how_to_choose(facts: Facts) -> Iterator[Beat]:
    """Which rates to try and which to keep; without a valley and a wall, just the best one."""
    if not facts.valley:
        again = both(leave("trials"), pulse("plane.knob"))  # behind a wall, the trials have left before
        yield beat("How to choose", words.moral(facts), again, _back(facts) @ "best", pulse("sweep"), rest=0.6)
        return
    count = len(facts.sweep.ladder)
    tried = both(shift("plane", "ticks", 0, 0.4), enter("ladder", seconds=0.1), shift("ladder", "count", count, 3.0))
    known = both(pulse("wall"), leave("sweep.best")) @ "curvature"
    yield beat("How to choose", words.ladder_words(), known, tried @ "try", pulse("ladder"), rest=0.2)
    band = shift("ladder", "band", 1, 1.4)
    yield beat(
        "How to choose", words.moral(facts), pulse("wall") @ "explodes", band @ "back", pulse("ladder"), rest=1.0
    )


def _back(facts: Facts) -> Moves:
    """The knob goes to the best rate."""
    return both(shift("plane", "value", math.log10(float(facts.rates[facts.best])), 1.4), enter("probe", seconds=0.3))
