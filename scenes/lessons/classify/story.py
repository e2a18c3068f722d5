"""A logistic model among points of two kinds, and what is said and moved while it learns."""

from __future__ import annotations

from collections.abc import Iterator

from gdsim.batches import BatchRun
from scenes.phrases import class_words as words
from scenes.phrases.class_facts import in_sight, minimum_in_sight, picks, turning_step
from scenes.phrases.class_words import alt
from scenes.planned_classes import planned_classes
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.move import Moves, both, enter, grow, leave, make_room, present, pulse, shift, trade_places, walk
from scenes.spec import RenderSpec

__all__ = ["alt", "loop", "run", "script"]

Runs = tuple[BatchRun, ...]
# Two clouds that overlap, and a line that lies almost across the best one: there are points of all kinds.
DATA, START, EPOCHS = "two-clouds", (-1.5, 2.0, 1.0), 120
QUICK = 3.4


def run(spec: RenderSpec) -> Runs:
    """The fit of a logistic model to two clouds, from a line that has much to learn."""
    return (planned_classes(spec, DATA, EPOCHS, START),)


def script(runs: Runs) -> Script:
    """The narrated film: question, guess, test, surprise, reason, one line."""
    opening = both(present("plane", "points", "title"), make_room(strip=1, seconds=0))
    acts = (_question, _loss, _map, _descent, _end)
    return film(opening, *(beat for act in acts for beat in act(runs[0])))


def loop(runs: Runs) -> Script:
    """The line turns and the points slide down their curve; and back to the first frame."""
    main = runs[0]
    moving = ("ball", "trail", "line", "curve", "shading")
    there = both(present("plane", "points", "map", *moving), _room())
    ready = both(*(shift("curve", channel, 1, 0) for channel in ("grown", "dots", "tucked", "mean.grown")))
    soon = turning_step(main)
    on = (walk(soon, 2.0, "run").late(0.6), walk(main.steps, 1.2, "run")) if main.steps else (_look(), _look())
    back = both(leave(*moving, seconds=0.25), walk(0, 0, "run").late(0.25), enter(*moving, seconds=0.3).late(0.25))
    line = words.loop_line(main)
    return film(
        both(there, ready, grow("line", 0), shift("shading", "banded", 1, 0)),
        beat("Loop", line, *on, rest=1.6),
        beat("Loop", line, back, rest=0.2),
    )


def _question(main: BatchRun) -> Iterator[Beat]:
    kinds = pulse("points.yes") @ "yes", pulse("points.no") @ "no"
    yield beat("The question", words.question(), *kinds, pulse("points", seconds=1.2) @ "apart", rest=0.9)
    told = words.standardised(main)
    if told is not None:
        yield beat("The question", told, pulse("points", seconds=1.2) @ "Both")
    shades = both(leave("title", seconds=0.4), enter("shading", seconds=1.4), make_room(strip=0))
    if in_sight(main):
        line = both(enter("line", seconds=0.1), grow("line", 1.4))
        yield beat("The model", words.guess(main), line @ "guess", shades @ "surer")
        turn, lift = (shift("model", name, 1, 1.3, "there and back") for name in ("turn", "shift"))
        yield beat("The model", words.numbers(main), turn @ "turn", lift @ "shifts")
    else:
        begin = both(shades, enter("line", seconds=0.1), grow("line", 0.1))
        yield beat("The model", words.guess(main), begin @ "start")
        yield beat("The model", words.numbers(main), pulse("points") @ "three")


def _loss(main: BatchRun) -> Iterator[Beat]:
    gone = both(make_room(aside=1), shift("curve", "leads", 1, 0.8), enter("curve").late(0.7))
    yield beat("The loss", words.rule(), gone @ "Each", grow("curve", 1.5) @ "log")
    chosen = picks(main)
    told = {"sure": words.sure, "unsure": lambda: words.unsure(main), "wrong": lambda: words.wrong(main)}
    cues = {"sure": "costs", "unsure": "costs", "wrong": "sure"}
    shown = [name for name, row in zip(chosen._fields, chosen) if row is not None]
    for name in shown:
        ring = both(enter(f"points.{name}", seconds=0.3), pulse(f"points.{name}"))
        stick = both(grow(f"curve.{name}", 1.1), pulse(f"curve.{name}"))
        yield beat("The loss", told[name](), ring, stick @ cues[name])
    rings = [leave(f"points.{name}", seconds=0.3) for name in shown]
    sticks = [shift(f"curve.{name}", "grown", 0, 0.4) for name in shown]
    dots = both(*rings, *sticks, shift("curve", "dots", 1, 1.6).late(0.3))
    level = both(shift("curve", "mean.grown", 1, 1.0), shift("curve", "mean.pulse", 1, 1.2, "there and back").late(0.9))
    yield beat("The loss", words.mean(main), dots @ "all", level @ "loss", rest=0.4)


def _map(main: BatchRun) -> Iterator[Beat]:
    tuck = both(shift("curve", "tucked", 1, 0.9), enter("map").late(0.6), trade_places(1).late(0.6))
    tuck = both(tuck, shift("curve", "leads", 0, 0.0).late(2.0))
    ball = both(enter("ball"), pulse("ball"))
    yield beat("The map", words.place(), tuck @ "map", pulse("map") @ "current", ball @ "ball", rest=0)
    if not main.steps:
        yield beat("The descent", words.no_step(main), pulse("ball"), both(trade_places(0), pulse("line").late(1.2)))
        return
    step = both(walk(1, 1.6, "run"), enter("trail", seconds=0.1))
    yield beat("The descent", words.first_step(main), step @ "step", pulse("map").late(0.2))


def _descent(main: BatchRun) -> Iterator[Beat]:
    if not main.steps:
        return
    soon = turning_step(main)
    beside = both(trade_places(0), enter("readouts").late(1.3))
    if main.steps > 1:
        yield beat("The descent", words.slide(main), both(beside, walk(soon, QUICK, "run").late(0.9)))
    else:
        yield beat("The descent", words.slide(main), beside, pulse("curve", "line"))
    count = both(leave("map", "ball", "trail", seconds=0.4), enter("chart").late(0.4))
    ringed = shift("points", "missed", 1, 0.8)
    yield beat("The surprise", words.share(main), count @ "Accuracy", ringed @ "side", pulse("chart") @ "{right}")
    if soon < main.steps:
        on = shift("run", "progress", main.steps, 4.4, "quickening")
        yield beat("The surprise", words.course(main), on, pulse("chart"))
    jump = both(pulse("chart.jumps", seconds=1.5), pulse("line").late(0.5))
    yield beat("The reason", words.reason(), jump @ "jumps", pulse("chart.flats", seconds=2.0) @ "flat")
    seen = ("map", "ball", "trail", *(("minimum",) if minimum_in_sight(main) else ()))
    back = both(leave("chart", seconds=0.4), enter(*seen).late(0.4), shift("points", "missed", 0, 0.4))
    yield beat("The reason", words.end(main), back, pulse(*seen[1:]), pulse("trail", "line"))


def _end(main: BatchRun) -> Iterator[Beat]:
    there = ("readouts", "trail", *(("minimum",) if minimum_in_sight(main) else ())) if main.steps else ()
    gone = leave("curve", "map", "ball", *there)
    whole = both(gone, make_room(aside=0).late(0.3))
    new = pulse("line", "shading") @ "logistic", pulse("curve") @ "loss"
    yield beat("The end", words.moral(), *new, whole @ "rule")
    yield beat("The end", words.seed(), pulse("points") @ "every", pulse("points", seconds=1.4) @ "million", rest=0.4)


def _room() -> Moves:
    return make_room(aside=1, seconds=0)


def _look() -> Moves:
    return pulse("line", "ball", seconds=1.4).late(0.8)
