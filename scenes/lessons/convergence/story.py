"""The runs that stop by one rule or another, and what is said and moved while they do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from gdsim import Stop, Trajectory
from scenes.phrases import stopping
from scenes.phrases.counted_steps import CLOSE, VALLEY, loss_count, slope_count
from scenes.phrases.shelf_trap import shelf_trap
from scenes.phrases.stopping import Course, alt, course_of
from scenes.planned_stops import Stopping, parted, planned_stops
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.move import both, enter, fly, grow, leave, make_room, present, pulse, shift, walk, zoom
from scenes.script.sentence import say
from scenes.script.window import first_window, stretch

__all__ = ["alt", "loop", "run", "script"]

# The ball is this near to the minimum, as a share of its way, before we look closer.
NEAR = 0.08
run = planned_stops


def script(runs: tuple[Trajectory, ...]) -> Script:
    """The narrated film: question, rule, test, surprise, a second rule, a limit, and what fools them."""
    stop = parted(runs)
    kind = course_of(stop.main)
    acts: list[Beat] = [*_question(stop), *_rule(stop)]
    if kind is not Course.THERE:
        acts += [*slope_count(stop), *(loss_count(stop) if kind is not Course.LANDS else ()), *_rates(stop)]
    acts += _trap(stop)
    return film(both(present("plane", "curve", "ball", "title", "function"), make_room(strip=1, seconds=0)), *acts)


def loop(runs: tuple[Trajectory, ...]) -> Script:
    """Two lines go down to epsilon, and back to the first frame; a ball that is there at once stays in its valley."""
    stop, words = parted(runs), say("Stop when the slope is small enough.")
    if course_of(stop.main) in (Course.THERE, Course.LANDS):
        there, back = walk(stop.main.steps, 1.2), both(leave("ball"), walk(0, 0).late(0.5), enter("ball").late(0.5))
        on = both(there.late(0.8), pulse("minimum", seconds=1.2).late(2.0), pulse("ball", seconds=1.6).late(3.2))
        back = back if stop.main.steps else pulse("minimum", seconds=1.2)
        return film(present(*VALLEY), beat("Loop", words, on, rest=0.8), beat("Loop", words, back, rest=0.3))
    lines, ends = ("sizes.slope", "sizes.loss"), {"count": stop.main.steps, "settle": stop.by_loss.steps}
    ended = lines if stop.by_loss.stop is Stop.SETTLED else lines[:1]
    opening = both(
        present("sizes", "sizes.epsilon", *lines),
        *(shift("sizes", "log", 1, 0), shift("sizes.loss", "told", 0, 0)),
        *(walk(steps, 0, clock) for clock, steps in ends.items()),
        *(shift(line, "fired", 1, 0) for line in ended),
    )
    gone = both(*(walk(0, 0, clock) for clock in ends), *(shift(line, "fired", 0, 0) for line in ended))
    on = both(*(walk(steps, 6.0 * steps / max(ends.values()), clock) for clock, steps in ends.items()))
    fired = both(*(shift(line, "fired", 1, 0.8) for line in ended), pulse("sizes.epsilon", *lines))
    back = both(leave(*lines).late(0.8), gone.late(1.4), enter(*lines).late(1.4))
    return film(opening, beat("Loop", words, back, on, fired, rest=1.0))


def _question(stop: Stopping) -> Iterator[Beat]:
    main, kind = stop.main, course_of(stop.main)
    words = say("Gradient descent takes step after step. When should it stop?")
    on = both(enter("trail", seconds=0.1), walk(min(main.steps, 3), 1.8)) if main.steps else pulse("ball")
    yield beat("The question", words, on @ "step", pulse("ball") @ "stop")
    if kind is Course.THERE:
        return
    away = np.abs(main.points[:, 0])
    near = np.flatnonzero(away < NEAR * away[0])
    to, look = min(main.steps, 6), pulse("ball")
    if len(near) and away[near[0]] > 0:
        to, reach = int(near[0]), CLOSE * float(away[near[0]])
        look = zoom(stretch(main.objective, -reach, reach), 1.8)
    on = walk(to, 1.6).late(0.2)
    words = stopping.never_arrives(main)
    out = both(leave("title", "function", seconds=0.3), make_room().late(0.3), enter("minimum"))
    yield beat("The question", words, out @ "minimum", on, look)


def _rule(stop: Stopping) -> Iterator[Beat]:
    main = stop.main
    back = both(zoom(first_window((main,)), 1.2), walk(0, 0.9))
    if not main.steps:
        back = both(leave("title", "function", seconds=0.3), make_room().late(0.3), enter("minimum"))
    tangent = both(enter("tangent", seconds=0.2), grow("tangent"))
    law = (
        both(make_room(strip=1), enter("law").late(0.4), leave("trail"))
        if main.steps
        else both(make_room(strip=1), enter("law").late(0.4))
    )
    words = say("At a minimum the slope is zero. So stop once its size is below epsilon: one millionth.")
    shown = pulse("minimum") @ "zero", tangent @ "stop", law @ "size", fly("law.epsilon") @ "epsilon"
    yield beat("The slope rule", words, back, *shown)
    if not main.steps:
        words = say("It is already, so the rule fires before the first step.")
        yield beat("The slope rule", words, pulse("law.size"), pulse("ball") @ "fires", pulse("minimum"), rest=0.4)


def _rates(stop: Stopping) -> Iterator[Beat]:
    away = both(leave(*VALLEY, "sizes", "law", "other", seconds=0.3))
    own = both(shift("rates", "swept", 1, 2.8, "even"), enter("rates.own").late(1.0))
    best = both(enter("rates.best"), pulse("rates.best"))
    chart = both(make_room(seconds=0.3), enter("rates"))
    yield beat("The limit", stopping.rates_needed(stop.rates), away, chart, own, best)
    limit = both(enter("rates.limit", seconds=0.9), pulse("rates.limit", seconds=0.9)) @ "limit"
    yield beat("The limit", stopping.too_slow(stop.rates), pulse("rates.slow") @ "{rate}", limit, rest=0.2)


def _trap(stop: Stopping) -> Iterator[Beat]:
    (first, *others) = shelf_trap(stop)
    away = both(leave(*VALLEY, "tangent", "rates", "law", seconds=0.3), make_room(seconds=0.3))
    yield replace(first, moves=(*away, *first.moves))
    yield from others
    words = say("Stop when the slope is small enough, and keep a step limit. But is that the lowest point?")
    law = both(make_room(strip=1, hero="shelf"), leave("level", "blind_size"), enter("law").late(0.4))
    cap = both(enter("cap"), pulse("cap")) @ "limit"
    yield beat("The end", words, law @ "slope", pulse("law.size"), cap, pulse("patient") @ "lowest", rest=0.3)
