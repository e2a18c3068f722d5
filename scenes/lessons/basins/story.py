"""The basins' runs, and what is said and moved while they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from gdsim import SURFACES, Trajectory
from scenes.phrases import basin_words as words
from scenes.phrases.basin_facts import arrival, close_window, domain_window, pair_apart, pair_window, threads
from scenes.phrases.basin_words import alt
from scenes.phrases.starts_by_rate import starts_by_rate
from scenes.planned_basins import BasinRuns, planned_basins
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.move import Moves, both, enter, leave, make_room, present, pulse, shift, zoom
from scenes.script.sentence import say
from scenes.spec import RenderSpec

__all__ = ["alt", "loop", "run", "script"]

LEARNING_RATE, START, STEPS = 0.004, (-0.4, -0.2), 400
room, look, dim = partial(make_room, hero="land"), partial(zoom, plane="land"), partial(shift, "land.lines", "dimmed")


def run(spec: RenderSpec) -> BasinRuns:
    """Himmelblau's function, every start of its map, plain descent and momentum, unless the spec says otherwise."""
    return planned_basins(spec, SURFACES["himmelblau"], LEARNING_RATE, START, STEPS)


def script(runs: BasinRuns) -> Script:
    """The narrated film: one ball, a handful, all starts; a border; another method; the learning rate."""
    opening = both(present("land", "minimum", "ball", "title", "function"), room(strip=1, seconds=0))
    acts = (_few, _flood, _border, _method, _closer, starts_by_rate)
    return film(opening, *(one for act in acts for one in act(runs)), _moral(runs))


def loop(runs: BasinRuns) -> Script:
    """From the basins of plain descent to the second method's, and back."""
    line = words.loop_words(runs)
    opening = both(present("land", "basins", "others", "minimum"), shift("basins", "arrived", 1, 0), dim(1, 0))
    back = both(leave("others", seconds=0.8), pulse("minimum"))
    again = both(shift("others", "arrived", 0, 0), enter("others", seconds=0))
    return film(
        opening,
        beat("Loop", line, pulse("minimum").late(0.6), _tide("others", 4.0), rest=1.6),
        beat("Loop", line, back, again, rest=0.8),
    )


def _tide(name: str, seconds: float) -> Moves:
    """A map is painted as its runs arrive."""
    return shift(name, "arrived", 1, seconds, "even")


def _roll(name: str, runs: Sequence[Trajectory], seconds: float) -> list[Moves]:
    """Balls roll until each has taken its colour; steps that cannot be seen take no time."""
    seen = 1.1 * max(map(arrival, runs)) + 1
    last = max(seen, *(one.steps for one in runs))
    return [shift(name, "progress", seen, seconds, "quickening"), shift(name, "progress", last, 0.2, "even")]


def _few(runs: BasinRuns) -> Iterator[Beat]:
    ripple = shift("land.lines", "ripple", 1, 1.8, "even")
    yield beat(
        "One ball", words.scenery_words(runs), ripple @ "above", pulse("minimum") @ "{minima}", pulse("ball") @ "ball"
    )
    away = both(leave("title", "function"), room())
    yield beat(
        "One ball", say("Where will it end? Take a guess!"), away @ "Where", pulse("minimum") @ "guess", rest=1.0
    )
    yield beat("One ball", words.end_words(runs), *_roll("ball", runs[:1], 2.4), pulse("ball"))
    if runs.handful:
        there = both(enter("handful"), pulse("handful"))
        yield beat("A handful", words.handful_words(runs), there @ "{balls}", *_roll("handful", runs.handful, 2.4))


def _flood(runs: BasinRuns) -> Iterator[Beat]:
    balls = ["ball", *(["handful"] if runs.handful else [])]
    now = both(enter("basins", seconds=0), dim(1, 0.6), leave(*balls, seconds=1.5).late(1.5))
    yield beat(
        "Every start",
        say("Now let one go from every pixel. Whenever one ends, paint its start."),
        both(now, _tide("basins", 4.6)) @ "every",
    )
    dimmed = shift("basins", "shown", 0.55, 1.8, "there and back").late(0.4)
    yield beat("Every start", words.basin_words(runs), dimmed, pulse("minimum") @ "minimum")
    if (rest := words.rest_words(runs)) is not None:
        yield beat("Every start", rest, shift("basins", "shown", 0.45, 1.6, "there and back"))


def _border(runs: BasinRuns) -> Iterator[Beat]:
    if not pair_apart(runs):
        return
    yield beat(
        "The watershed",
        say("Where two colours meet lies a watershed. Two [balls](ball), a pixel apart:"),
        both(look(pair_window(runs), 2.0), dim(2, 0.4)) @ "meet",
        both(enter("pair"), pulse("pair")) @ "balls",
        rest=0.6,
    )
    yield beat(
        "The watershed",
        say("They set off side by side, then part, and end in different [minima](minimum)."),
        look(domain_window(runs), 2.0),
        *_roll("pair", runs.pair, 2.8),
        pulse("minimum") @ "minima",
    )


def _method(runs: BasinRuns) -> Iterator[Beat]:
    away = leave("pair") if pair_apart(runs) else dim(2, 0.4)
    yield beat(
        "Another method",
        words.switch_words(runs),
        away,
        pulse("minimum") @ "starts",
        shift("basins", "shown", 0.6, 1.6, "there and back") @ "stay",
        rest=0.4,
    )
    rest = shift("others", "shown", 0.0, 1.5, "there and back")
    yield beat(
        "Another method",
        words.other_words(runs),
        both(enter("others", seconds=0), _tide("others", 3.0)),
        rest,
        rest=0.2,
    )


def _closer(runs: BasinRuns) -> Iterator[Beat]:
    if not threads(runs):
        return
    yield beat(
        "Another method",
        say("Zoom in: eight times closer, new runs show finer threads."),
        look(close_window(runs), 2.2) @ "Zoom",
        both(enter("close", seconds=0), _tide("close", 2.2)) @ "new",
        rest=0.6,
    )


def _moral(runs: BasinRuns) -> Beat:
    back = both(leave("rates", "row", seconds=0.6), enter("land", "basins", "minimum", seconds=0.8))
    bare = both(leave("basins", seconds=1.6), dim(0, 1.6))
    told = words.moral(runs)
    # The map by rate stays while the rate is spoken of, the basins come with the start.
    cued = (pulse("row") @ "rate", back @ "start") if told.template.startswith("The rate") else (back,)
    return beat("The end", told, *cued, bare @ "But", pulse("minimum") @ "minimum", rest=0.6)
