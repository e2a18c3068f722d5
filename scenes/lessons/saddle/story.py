"""The runs to a saddle point, and what is said and moved while they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from gdsim import SURFACES
from scenes.phrases import saddle_words as words
from scenes.phrases.saddle_facts import edge, growth, left_after
from scenes.phrases.saddle_or_minimum import told_apart, two_ways
from scenes.phrases.saddle_words import alt
from scenes.planned_saddle import SaddleRuns, planned_saddle
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.map_window import map_window
from scenes.script.move import (
    both,
    enter,
    grow,
    leave,
    make_room,
    present,
    pulse,
    shift,
    tilt,
    walk,
    walk_all,
    zoom,
)
from scenes.script.sentence import Brief, say
from scenes.spec import RenderSpec

__all__ = ["alt", "loop", "run", "script"]

LEARNING_RATE, START = 0.1, (-1.4, 0.0)
room, look = partial(make_room, hero="land"), partial(zoom, plane="land")
standing = both(tilt(1, 0), shift("land.surface", "shown", 1, 0))


def run(spec: RenderSpec) -> SaddleRuns:
    """Plain descent on the ridge of a pass, and two balls that start a hair to the side."""
    return planned_saddle(spec, SURFACES["double-well-2d"], LEARNING_RATE, START)


def script(runs: SaddleRuns) -> Script:
    """The narrated film: question, guess, the stall, the reason, a nudge, momentum, and how to tell a minimum."""
    opening = both(present("land", "ball1", "title", "function"), standing, room(strip=1, seconds=0))
    return film(opening, *_ridge(runs), *two_ways(), *_nudge(runs), *_factor(runs), *_race(runs), *told_apart(runs))


def loop(runs: SaddleRuns) -> Script:
    """A ball comes down the ridge, waits on the saddle, and slips off."""
    line, run, slow = words.loop_words(runs), runs[1], edge(runs)
    opening = both(present("land", "ball2", "trail2"), standing)
    on = [walk(slow, 4.0, "run2").late(0.3), walk(run.steps, 3.0, "run2")]
    gone = both(leave("ball2", "trail2"), walk(0, 0, "run2").late(0.5), enter("ball2", "trail2").late(0.6))
    return film(opening, beat("Loop", line, *on, rest=1.0), beat("Loop", line, gone, rest=0.2))


def _ridge(runs: SaddleRuns) -> Iterator[Beat]:
    yield beat("The pass", words.scenery_words(runs), pulse("land.lines"), pulse("ball1") @ "ball")
    yield beat(
        "The pass",
        words.guess_words(runs),
        both(leave("title", "function"), room()),
        both(enter("minimum"), pulse("minimum").late(0.2)),
        pulse("ball1", seconds=1.4) @ "guess",
        rest=0.9,
    )
    down = both(enter("trail1", seconds=0.1), walk(runs[0].steps, min(4.2, max(1.5, 0.15 * runs[0].steps)), "run1"))
    yield beat("The pass", words.stall_words(runs), down, pulse("ball1"))


def _nudge(runs: SaddleRuns) -> Iterator[Beat]:
    run, slow = runs[1], edge(runs)
    yield beat(
        "A nudge",
        say("Now start a second [ball](run5) just {offset} off the ridge.", offset=Brief(runs.offset)),
        leave("bends", "trail1", seconds=0.4),
        both(enter("ball2"), pulse("ball2").late(0.3)) @ "ball",
        pulse("ball2") @ "{offset}",
    )
    yield beat(
        "A nudge",
        words.plateau_words(runs),
        both(room(aside=1), enter("alone"), enter("trail2", seconds=0.1)),
        walk(slow, min(4.0, max(1.5, 0.08 * slow)), "run2"),
    )
    rest = run.steps - slow
    on = walk(run.steps, min(3.2, max(1.5, 0.07 * rest)), "run2") if rest else pulse("ball2", "alone")
    yield beat("A nudge", words.slip_words(runs), on, pulse("ball2"))


def _factor(runs: SaddleRuns) -> Iterator[Beat]:
    factor, gone = growth(runs), left_after(runs, 1)
    if factor is None or gone is None:
        return
    back = both(leave("alone", "trail2", seconds=0.3), walk_all((0, 1), 0, 0.8), enter("gap").late(0.4))
    told = words.gap_words(runs)
    yield beat("The factor", told, back @ "late", pulse("ball1", "ball2") @ "balls", pulse("gap") @ "{offset}")
    on = both(enter("trail2", seconds=0.1), walk_all((0, 1), gone, min(3.8, max(2.0, 0.06 * gone))))
    bend = both(enter("bends", seconds=0.3), pulse("bends.down").late(0.3)) @ "curvature"
    yield beat("The factor", words.factor_words(factor), on, bend)


def _race(runs: SaddleRuns) -> Iterator[Beat]:
    slipped = growth(runs) is not None and left_after(runs, 1) is not None
    charts = ("gap", "bends") if slipped else ("alone",)
    above = both(tilt(0), shift("land.surface", "shown", 0, 1.4), look(map_window(runs[0]), 2.0))
    longest = max(one.steps for one in runs[1:])
    yield beat(
        "Sooner",
        words.rival_words(runs),
        both(leave(*charts, "trail2", "ball1", seconds=0.3), room(), above, walk(0, 0.8, "run2")),
        both(enter("ball3"), pulse("ball3").late(0.2)) @ "start",
        both(enter("names"), pulse("ball2", "ball3")) @ "first",
        both(leave("names", seconds=0.3), room(aside=1), enter("chart"), enter("trail2", "trail3", seconds=0.1)).late(
            1.0
        ),
        both(shift("land.lines", "dimmed", 1, 0.6), walk_all((1, 2), longest, min(4.0, max(2.5, 0.05 * longest)))),
    )
    yield beat("Sooner", words.verdict(runs), both(enter("counts"), grow("counts")), pulse("ball2", "ball3"))
