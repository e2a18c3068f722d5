"""What is said and moved while the learning rate's dial is turned."""

from __future__ import annotations

import math
from collections.abc import Iterator

from gdsim import SURFACES
from scenes.phrases import sweep_words as words
from scenes.phrases.sweep_facts import Facts
from scenes.phrases.two_directions import how_to_choose, two_directions
from scenes.planned_sweep import Sweep, planned_sweep
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.move import Moves, both, enter, leave, make_room, present, pulse, shift, walk
from scenes.script.sentence import Sentence, say
from scenes.spec import RenderSpec

__all__ = ["alt", "loop", "run", "script"]

LEARNING_RATE = 0.1
STEPS = 20


def run(spec: RenderSpec) -> Sweep:
    """A run for each rate, from one start: (x − 3)² from 8 in 20 steps, unless the spec says otherwise."""
    return planned_sweep(spec, SURFACES["shifted-parabola"], LEARNING_RATE, STEPS)


def script(runs: Sweep) -> Script:
    """The narrated film: question, four runs, a guess, the sweep, real losses, what to do."""
    facts = Facts(runs)
    there = present("plane", "plane.knob", "plane.start", "sweep", "probe", "title")
    opening = both(there, shift("sweep", "upto", math.log10(runs.trials[1]), 0), make_room(strip=1, seconds=0))
    acts = (_question, _still) if facts.nothing else (_question, _trials, _sweep, _yours, two_directions, how_to_choose)
    return film(opening, *(beat for act in acts for beat in act(facts)))


def loop(runs: Sweep) -> Script:
    """The knob goes from end to end and draws the curve, which is there in the first frame."""
    line = words.loop_line(Facts(runs))
    low, high = map(math.log10, runs.range)
    opening = both(present("plane", "plane.knob", "plane.start", "sweep", "probe"), _turn(high, 0))
    back = both(leave("sweep", "probe", seconds=0.4), shift("plane", "value", low, 0.8))
    again = both(shift("sweep", "upto", low, 0), enter("sweep", "probe", seconds=0.2))
    there = _turn(high, 6.0)
    return film(opening, beat("Loop", line, back.late(1.2), again, there, rest=0.4))


def alt(runs: Sweep) -> Sentence:
    """The film in a sentence."""
    return words.alt_words(Facts(runs))


def _turn(to: float, seconds: float, ease: str = "even") -> Moves:
    """The knob goes to the logarithm of a rate, and the curve with it."""
    return both(shift("plane", "value", to, seconds, ease), shift("sweep", "upto", to, seconds, ease))


def _question(facts: Facts) -> Iterator[Beat]:
    yield beat(
        "The question",
        say("How do you choose a [learning rate](rate)? You try a few."),
        pulse("plane.knob") @ "rate",
        pulse("probe") @ "try",
    )
    yield beat(
        "The question",
        say("Each gets the same start and {steps}. How much loss is left?", steps=words.steps_of(facts)),
        both(leave("title"), make_room(aside=0 if facts.nothing else 1), leave("probe", "sweep")),
        both(pulse("plane.start"), *([] if facts.nothing else [enter("chart")])) @ "start",
        pulse("plane.loss") @ "loss",
    )


def _trials(facts: Facts) -> Iterator[Beat]:
    sweep = facts.sweep
    for index, rate in enumerate(sweep.trials):
        clock, element, steps = f"run{index + 1}", f"trials.run{index + 1}", sweep.trial(index).steps
        on = walk(steps, 1.3, clock) if steps else pulse("plane.knob")
        yield beat(
            "Four runs",
            words.trial_words(facts, index),
            both(shift("plane", "value", math.log10(rate), 0.5), enter("trials", seconds=0))
            if not index
            else shift("plane", "value", math.log10(rate), 0.5),
            on,
            shift(element, "flown", 1.0, 0.8),
            rest=0.2,
        )
    yield beat(
        "Four runs",
        words.guess_words(facts),
        pulse("trials") @ "rates",
        both(*(pulse(f"trials.run{k + 1}").late(0.35 * k) for k in range(len(sweep.trials)))) @ "best",
        rest=1.0,
    )


def _sweep(facts: Facts) -> Iterator[Beat]:
    low, high = map(math.log10, facts.sweep.range)
    flat, best, foot = (math.log10(facts.rates[k]) for k in (max(0, facts.flat - 1), facts.best, facts.foot))
    back = both(leave("chart", seconds=0.4), make_room().late(0.2), shift("plane", "value", low, 0.8).late(0.2))
    back = both(back, shift("sweep", "upto", low, 0))
    draw = both(enter("sweep", "probe", seconds=0.3), _turn(max(flat, low), 2.4 if facts.flat else 0.3))
    yield beat("The sweep", words.flat_words(facts), back @ "turn", draw)
    end = foot if facts.valley else best
    if facts.best > facts.flat:
        yield beat("The sweep", words.fall_words(facts), _turn(end, 3.2), pulse("sweep"))
    if facts.last > max(facts.foot, facts.flat):
        yield beat("The sweep", words.rise_words(facts), _turn(high, 2.0), pulse("sweep"), rest=0.4)
    if facts.sweep.wall is not None:
        stands = both(enter("wall"), pulse("wall")).late(0.2) @ "stands"
        away = leave("trials", "probe", seconds=0.3)
        yield beat("The wall", words.wall_words(facts), away, stands, pulse("wall") @ "{limit}")


def _still(facts: Facts) -> Iterator[Beat]:
    low, high = map(math.log10, facts.sweep.range)
    draw = both(shift("plane", "value", low, 0.5), shift("sweep", "upto", low, 0), enter("sweep", seconds=0.1))
    yield beat("The sweep", words.still_words(facts), draw, _turn(high, 3.0), pulse("plane.start"))
    yield beat("The end", words.moral(facts), pulse("plane.start"), pulse("plane.knob"))


def _yours(facts: Facts) -> Iterator[Beat]:
    """The user's own rate."""
    if facts.sweep.asked:
        own = math.log10(min(max(facts.sweep.rate, facts.sweep.range[0]), facts.sweep.range[1]))
        there = both(shift("plane", "value", own, 1.0), enter("yours").late(0.6)) @ "{rate}"
        yield beat("Your rate", words.verdict(facts), there, pulse("yours"), rest=0.6)
