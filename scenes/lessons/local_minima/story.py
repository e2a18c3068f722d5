"""The valleys' runs, and what is said and moved while they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gdsim import SURFACES, Stop, Trajectory
from gdsim.minima import find_minima
from gdsim.suiting_rate import shared_rate
from scenes.phrases import crowd_outcomes as crowd_says
from scenes.phrases import valley_outcomes as ball_says
from scenes.phrases.alt import many_starts as alt
from scenes.phrases.valley_facts import arrival, best_of, held, last_arrival, picture, stuck, valley_of
from scenes.planned_crowd import MOST_WATERSHEDS, Starts, planned_crowd
from scenes.planned_run import asked_objective, length_rate, planned_run
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.move import Moves, both, enter, grow, leave, make_room, present, pulse, shift
from scenes.script.sentence import say
from scenes.spec import RenderSpec

__all__ = ["alt", "loop", "run", "script"]

LEARNING_RATE = 0.02
STEPS = 100
START = 2.0
# The width of the lamp's circle at work, while it searches, and when the light is on.
LAMP, SEARCH, LIGHT = 0.8, 1.3, 26.0


def run(spec: RenderSpec) -> Starts:
    """One ball, which ends in a valley that is not the deepest where some start does, and a crowd."""
    objective = asked_objective(spec, SURFACES["two-valleys"])
    if not objective.minima:
        objective = replace(objective, minima=find_minima(objective))
    own, rate = replace(spec, function=None), LEARNING_RATE
    if spec.function:
        rate = length_rate(objective, spec.optimiser) or shared_rate(objective, STEPS)
    crowd, pair, basins = planned_crowd(own, objective, rate, STEPS)
    start = spec.start or (objective.start if spec.function else (START,))
    main = planned_run(replace(own, start=start), objective, rate, STEPS)
    caught = [one for one in crowd if stuck(one)]
    if spec.start is None and caught and not stuck(main):
        main = max(caught, key=lambda one: abs(float(one.points[-1, 0] - one.points[0, 0])))
    return Starts(main, crowd or (main,), pair, basins)


def script(runs: Starts) -> Script:
    """The narrated film: the dark, a guess, the light, many starts, the reason, one line."""
    main, parts = runs[0], ["plane", "curve", "ball", "title", "function"]
    seen = held(picture(main), main, 0)
    first = [*_dark(main), *_light(main)] if seen else _outside(main)
    opening = both(present(*parts, *(["lamp"] if seen else [])), make_room(strip=1, seconds=0))
    return film(opening, *first, *_many(runs), *_watershed(runs), *_restarts(runs))


def loop(runs: Starts) -> Script:
    """The crowd runs to its valleys, and back to the first frame."""
    line, painted = crowd_says.loop_words(runs.crowd), any(valley_of(one) is not None for one in runs.crowd)
    back = both(leave("crowd"), shift("crowd", "progress", 0, 0).late(0.5), enter("crowd").late(0.5))
    there = present("plane", "curve", "valleys", "basins", "crowd")
    first, *then = _run("crowd", runs.crowd, last_arrival(runs.crowd), 6.0)
    return film(
        both(there, shift("basins", "grown", painted, 0)),
        beat("Loop", line, first.late(0.5), *then, rest=1.6),
        beat("Loop", line, back, rest=0.0),
    )


def _run(name: str, runs: Sequence[Trajectory], busy: float, seconds: float, ease: str = "quickening") -> list[Moves]:
    """Run a clock until every ball that comes to rest has done so; steps that cannot be seen take no time."""
    steps = max(one.steps for one in runs)
    if busy >= 0.8 * steps:
        return [shift(name, "progress", max(busy, steps), seconds, ease)]
    return [shift(name, "progress", busy, seconds, ease), shift(name, "progress", steps, 0.6, "even")]


def _dark(main: Trajectory) -> Iterator[Beat]:
    feeling = shift("lamp", "width", LAMP, 1.4) @ "feels"
    yield beat("In the dark", ball_says.sense_words(main), pulse("ball") @ "ball", feeling)
    if main.steps:
        away = both(leave("title", "function"), make_room(), enter("trail", seconds=0.1))
        way = _run("run", [main], min(arrival(main) + 2, main.steps), min(5.0, max(2.0, 0.5 * main.steps)))
        yield beat("In the dark", ball_says.way_words(main), away, *way)
    felt = both(enter("tangent", seconds=0.2), grow("tangent")) if main.stop is Stop.FLAT else pulse("ball")
    if not held(picture(main), main):
        felt = shift("lamp", "shown", 0.75, 2.0)  # nothing is lit any more: it dawns
    yield beat("In the dark", ball_says.stop_words(main), felt, pulse("ball"), leave("tangent"))
    if (guess := ball_says.guess_words(main)) is not None:
        search = shift("lamp", "width", SEARCH, 2.8, "there and back")
        yield beat("In the dark", guess, search @ "guess", rest=1.4)


def _outside(main: Trajectory) -> Iterator[Beat]:
    """A start that the picture has no room for: there is nothing for a lamp to light."""
    yield beat("Outside", ball_says.outside_words(main), pulse("curve") @ "picture")
    if main.steps:
        way = both(shift("run", "progress", main.steps, 1.5), enter("valleys"), pulse("curve"))
        yield beat("Outside", ball_says.stop_words(main), way, pulse("valleys"))


def _light(main: Trajectory) -> Iterator[Beat]:
    light = shift("lamp", "width", LIGHT, 2.0) if held(picture(main), main) else leave("lamp", seconds=2.0)
    light = both(light, enter("valleys").late(0.5))
    yield beat("Light on", ball_says.light_words(main), light @ "on", pulse("valleys.lowest"))
    if (words := ball_says.drop_words(main)) is not None:
        drop = both(enter("drop", seconds=0.2), grow("drop", 1.6))
        yield beat("Light on", words, drop @ "lies", pulse("ball"))


def _many(runs: Starts) -> Iterator[Beat]:
    crowd, tally = runs.crowd, crowd_says.tally_of(runs.crowd)
    going = both(leave("ball", "trail", "drop", "lamp", "title", "function"), make_room())
    words = crowd_says.question_words(runs[0], crowd)
    yield beat("Many starts", words, going @ "another", enter("crowd") @ "{balls}", pulse("crowd"))
    rule = say("The same rule for all.")
    if tally.none < len(crowd):
        rule = say("The same rule for all. Each one that comes to rest takes the colour of its valley.")
    if tally.none < len(crowd) or any(one.steps for one in crowd):
        yield beat("Many starts", rule, *_run("crowd", crowd, last_arrival(crowd), 6.5))
    if (counted := crowd_says.tally_words(crowd)) is not None:
        yield beat("Many starts", counted, pulse("crowd.deepest"), pulse("crowd.others"))
    for others in crowd_says.rest_words(crowd, runs[0]):
        yield beat("Many starts", others, pulse("crowd.restless"))


def _watershed(runs: Starts) -> Iterator[Beat]:
    """The axis is painted, and two balls start where its colours meet."""
    borders, ended = runs.basins.borders(), {*runs.basins.valleys.tolist()} - {-1}
    if crowd_says.tally_of(runs.crowd).none == len(runs.crowd):
        return
    words = say("Now paint every start that leads to the valley.")
    if len(ended) > 1:
        words = say("Now paint every start in the colour of the valley it leads to.")
    yield beat("Watershed", words, both(enter("basins", seconds=0.1), grow("basins", 2.2)) @ "paint")
    if not borders:
        return
    if len(borders) <= MOST_WATERSHEDS:
        words = say("Where two colours meet lies the watershed.")
        line = both(enter("basins.watershed"), pulse("basins.watershed"))
        yield beat("Watershed", words, pulse("basins") @ "colours", line @ "watershed")
    else:
        yield beat("Watershed", say("The colours alternate, again and again."), pulse("basins") @ "alternate")
    words = say("Two balls start there, side by side, and end in different valleys.")
    way = _run("pair", runs.pair, last_arrival(runs.pair), 4.0, "even")
    yield beat("Watershed", words, both(leave("crowd"), enter("pair")), pulse("pair") @ "side", *way)


def _restarts(runs: Starts) -> Iterator[Beat]:
    main, crowd, best = runs[0], runs.crowd, best_of(runs.crowd, picture(runs[0]))
    if best is not None and crowd_says.tally_of(crowd).none < len(crowd):
        kept = shift("crowd", "kept", 1.0, 1.0) @ "keep"
        back = both(leave("pair"), enter("crowd")) if runs.pair else pulse("crowd")
        yield beat("Restarts", crowd_says.best_words(crowd, best), back, kept, pulse("valleys.lowest") @ "{loss}")
    bright = both(shift("crowd", "kept", 0.0, 0.8), pulse("valleys"))
    yield beat("Restarts", crowd_says.moral_words(main, crowd), bright, pulse("basins", "crowd"), rest=0.8)
