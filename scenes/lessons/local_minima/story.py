"""The valleys' runs, and what is said and moved while they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from gdsim import SURFACES, Objective, Stop, Trajectory
from gdsim.minima import find_minima
from scenes.phrases.alt import many_starts as alt
from scenes.phrases.crowd_outcomes import rest_words, tally_of, tally_words
from scenes.phrases.run_facts import follows_the_slope
from scenes.phrases.valley_facts import (
    NEAR,
    End,
    arrival,
    as_deep,
    best_of,
    end_of,
    held,
    last_arrival,
    lower_place,
    picture,
    stuck,
    valley_of,
    valleys,
)
from scenes.planned_crowd import MOST_WATERSHEDS, Starts, planned_crowd
from scenes.planned_run import asked_objective, planned_run
from scenes.script.direction import Direction, Script, beat, film
from scenes.script.move import Moves, both, enter, grow, leave, make_room, present, pulse, shift
from scenes.script.sentence import Brief, Count, Name, Sentence, say
from scenes.spec import RenderSpec
from scenes.suited_rate import suited_rate

__all__ = ["alt", "loop", "run", "script"]

LEARNING_RATE = 0.02
STEPS = 100
START = 2.0
# So wide is the lamp's circle when the light is on.
LIGHT = 26.0
# A ball that never came this near to the lower place, as a share of the domain, knows nothing of it.
UNSEEN = 0.1


def run(spec: RenderSpec) -> Starts:
    """One ball, which ends in a valley that is not the deepest where some start does, and a crowd."""
    objective = asked_objective(spec, SURFACES["two-valleys"])
    if not objective.minima:
        objective = replace(objective, minima=find_minima(objective))
    own = replace(spec, function=None)
    rate = suited_rate(objective) if spec.function else LEARNING_RATE
    crowd, pair, basins = planned_crowd(own, objective, rate, STEPS)
    start = spec.start or (objective.start if spec.function else (START,))
    main = planned_run(replace(own, start=start), objective, rate, STEPS)
    caught = [one for one in crowd if stuck(one)]
    if spec.start is None and caught and not stuck(main):
        main = max(caught, key=lambda one: abs(float(one.points[-1, 0] - one.points[0, 0])))
    return Starts(main, crowd or (main,), pair, basins)


def script(runs: Starts) -> Script:
    """The narrated film: the dark, a guess, the light, many starts, the reason, one line."""
    opening = both(present("plane", "curve", "lamp", "ball", "title", "function"), make_room(strip=1, seconds=0))
    return film(opening, *_dark(runs[0]), *_light(runs[0]), *_many(runs), *_watershed(runs), *_restarts(runs))


def loop(runs: Starts) -> Script:
    """The crowd runs to its valleys, and back to the first frame."""
    crowd = runs.crowd
    ended = {valley_of(one) for one in crowd} - {None}
    line = say("Many starts, one rule.")
    if len(ended) > 1:
        line = say("The start decides the valley.")
    elif len(ended) == 1 and not tally_of(crowd).none:
        line = say("From every start to one valley.")
    back = both(leave("crowd"), shift("crowd", "progress", 0, 0).late(0.5), enter("crowd").late(0.5))
    return film(
        both(present("plane", "curve", "valleys", "basins", "crowd"), shift("basins", "grown", 1, 0)),
        beat("Loop", line, *_descent("crowd", last_arrival(crowd), max(one.steps for one in crowd), 6.0), rest=1.6),
        beat("Loop", line, back, rest=0.0),
    )


def _descent(target: str, busy: float, steps: float, seconds: float, ease: str = "quickening") -> tuple[Moves, ...]:
    """A clock goes on until all has come to rest; what nobody can see goes by at once."""
    if busy >= 0.8 * steps:
        return (shift(target, "progress", max(busy, steps), seconds, ease),)
    first = shift(target, "progress", busy, seconds, ease)
    return (first, shift(target, "progress", steps, 0.6, "even"))


def _dark(main: Trajectory) -> Iterator[Direction]:
    words, cue = say("A [ball](ball) in the dark: it knows only the ground it has touched."), "ground"
    if main.steps and follows_the_slope(main):
        words, cue = say("A ball in the dark: it feels the slope under it, and nothing else."), "slope"
    yield beat("In the dark", words, pulse("ball") @ "ball", shift("lamp", "width", 0.8, 1.4) @ cue)
    if main.steps:
        walk = _descent("run", min(arrival(main) + 2, main.steps), main.steps, min(5.0, max(2.0, 0.5 * main.steps)))
        away = both(leave("title", "function"), make_room(), enter("trail", seconds=0.1))
        yield beat("In the dark", _way(main), away, *walk)
    inside = held(picture(main), main)
    felt = both(enter("tangent", seconds=0.2), grow("tangent")) @ "slope"
    yield beat("In the dark", _stop(main), felt if inside and main.stop is Stop.FLAT else pulse("ball"), pulse("ball"))
    if inside:
        words = say("Take a guess: is this the [lowest point](minimum)?")
        if end_of(main, picture(main)) is End.MOVING:
            words = say("Take a guess: is it near the [lowest point](minimum)?")
        yield beat("In the dark", words, leave("tangent"), shift("lamp", "width", 1.3, 2.2, "there and back") @ "lowest", rest=1.4)


def _way(main: Trajectory) -> Sentence:
    change, lower = np.diff(main.losses), main.losses[-1] < main.losses[0]
    if (change <= 0).all() or (change >= 0).all():
        return say("Step by step, it finds its way down.") if lower else say("Step by step, it gets no lower.")
    return say("Not every step leads down, but it ends lower.") if lower else say("It steps up and down, and ends no lower.")


def _stop(main: Trajectory) -> Sentence:
    """Why the ball is where it is at the end."""
    steps, inside = Count(main.steps, "step", "steps"), held(picture(main), main)
    if not inside:
        return say("After {steps} it is out of the picture.", steps=steps)
    if main.stop is Stop.FLAT:
        level = main.gradients[-1, 0] == 0
        return say("The slope here is zero: it stops.") if level else say("The slope here is almost zero: it stops.")
    if main.stop is Stop.DIVERGED:
        return say("Its next step is longer than a computer can count.")
    if main.stop is not Stop.STEP_LIMIT:
        return say("{why}", why=Name(main.stop.value))
    if valley_of(main) is not None:
        return say("After {steps}, you can no longer see it move.", steps=steps)
    return say("After {steps} we stop it. It has not come to rest.", steps=steps)


def _light(main: Trajectory) -> Iterator[Direction]:
    window, floors = picture(main), len(valleys(main.objective))
    lower, here = lower_place(main, window), valley_of(main)
    words = say("Light on: this is the whole picture.")
    if stuck(main):
        words = say("Light on: there is a deeper [valley](minimum), over there.")
    elif lower is not None and held(window, main):
        words = say("Light on: over there, the curve lies lower.")
    elif lower is None and here is not None and len(as_deep(main.objective)) > 1:
        words = say("Light on: another valley is just as deep.")
    elif lower is None and here is not None and floors > 1:
        words = say("Light on: it has found the deepest [valley](minimum) in the picture.")
    elif lower is None and held(window, main):
        words = say("Light on: nothing in the picture lies much lower.")
        if here is not None:
            words = say("Light on: yes, nothing in the picture lies lower.")
    rings = both(enter("valleys").late(0.5), leave("tangent"))
    yield beat("Light on", words, both(shift("lamp", "width", LIGHT, 2.0), rings) @ "on", pulse("valleys.lowest"))
    if lower is not None and held(window, main):
        drop = Brief(float(main.losses[-1]) - lower.value)
        near = np.abs(main.points[:, 0] - lower.point[0]).min() < UNSEEN * np.ptp(main.objective.domain[0])
        words = say("It lies {drop:loss} lower.", drop=drop)
        if not near:
            words = say("It lies {drop:loss} lower, and the ball knows nothing of it.", drop=drop)
        yield beat("Light on", words, both(enter("drop", seconds=0.2), grow("drop", 1.6)) @ "lies", pulse("ball"))


def _many(runs: Starts) -> Iterator[Direction]:
    crowd, steps = runs.crowd, max(one.steps for one in runs.crowd)
    balls = Count(len(crowd), "ball", "balls")
    words = say("Would another start do better? Let's try {balls}.", balls=balls)
    if valley_of(runs[0]) is not None and not stuck(runs[0]):
        words = say("Would another start lead there, too? Let's try {balls}.", balls=balls)
    going = leave("ball", "trail", "drop", "lamp", "tangent", "title", "function")
    yield beat("Many starts", words, both(going, make_room()) @ "another", enter("crowd") @ "{balls}", pulse("crowd"))
    tally = tally_of(crowd)
    rule = say("The same rule for all.")
    if tally.lowest + tally.other:
        rule = say("The same rule for all. Each one that comes to rest takes the colour of its valley.")
    if steps or tally.lowest + tally.other:
        yield beat("Many starts", rule, *_descent("crowd", last_arrival(crowd), steps, 6.5))
    if (words_ := tally_words(crowd)) is not None:
        yield beat("Many starts", words_, pulse("crowd.deepest"), pulse("crowd.others"))
    for _, words in rest_words(crowd, runs[0]):
        yield beat("Many starts", words, pulse("crowd"))


def _watershed(runs: Starts) -> Iterator[Direction]:
    reached, borders = set(runs.basins.valleys.tolist()), runs.basins.watersheds()
    if not any(valley_of(one) is not None for one in runs.crowd):
        return
    words = say("Now paint every start in the colour of the valley it leads to.")
    if len(reached - {-1}) == 1:
        words = say("Now paint every start that leads to the valley.")
    yield beat("Watershed", words, both(enter("basins", seconds=0.1), grow("basins", 2.2)) @ "paint")
    if not borders:
        return
    words = say("The colours alternate, again and again.")
    line = pulse("basins") @ "alternate"
    if len(borders) <= MOST_WATERSHEDS:
        words = say("Where two colours meet lies the watershed.")
        line = both(enter("basins.watershed"), pulse("basins.watershed")) @ "watershed"
    yield beat("Watershed", words, line)
    run = _descent("pair", last_arrival(runs.pair), max(one.steps for one in runs.pair), 4.0, "even")
    words = say("Two balls start there, side by side, and end in different valleys.")
    yield beat("Watershed", words, both(leave("crowd"), enter("pair")), pulse("pair") @ "side", *run)


def _restarts(runs: Starts) -> Iterator[Direction]:
    main, crowd = runs[0], runs.crowd
    tally, window = tally_of(crowd), picture(main)
    best, ended = best_of(crowd, window), {valley_of(one) for one in crowd} - {None}
    if not ended:
        words = say("No valley has caught a ball, so there is nothing to keep.")
        yield beat("Restarts", words, pulse("curve") @ "valley", rest=1.2)
        return
    if best is not None:
        loss = Brief(float(crowd[best].losses[-1]))
        words = say("So start often, and keep the best: here, a loss of {loss:loss}.", loss=loss)
        if min(float(one.losses[-1]) for one in crowd) < crowd[best].losses[-1]:
            words = say("Of those that stay, keep the best: here, a loss of {loss:loss}.", loss=loss)
        back = both(leave("pair"), enter("crowd"))
        kept = shift("crowd", "kept", 1.0, 1.0) @ "keep"
        yield beat("Restarts", words, back, kept, pulse("crowd.deepest") @ "{loss}")
    if stuck(main) and tally.lowest:
        words = say("One start finds a valley. Many starts find a better one.")
    elif len((ended | {valley_of(main)}) - {None}) > 1:
        words = say("Where you start decides where you end.")
    elif tally.none or valley_of(main) is None:
        words = say("Not every start gets there, and you rarely know which: so start often.")
    else:
        words = say("Here every start gets there. You rarely know that beforehand.")
    bright = both(shift("crowd", "kept", 0.0, 0.8), pulse("valleys"))
    yield beat("Restarts", words, bright, pulse("basins"), rest=1.2)
