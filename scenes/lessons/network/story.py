"""A network's training, and what is said and moved while it is shown."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.phrases import network_words as words
from scenes.phrases.network_facts import cut_step
from scenes.phrases.network_words import alt
from scenes.planned_network import NetworkRuns, planned_network
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.move import (
    Moves,
    both,
    enter,
    fly,
    leave,
    make_room,
    present,
    pulse,
    shift,
    trade_places,
    walk,
)
from scenes.script.sentence import say
from scenes.spec import RenderSpec

__all__ = ["alt", "loop", "run", "script"]

FACTORS = ("error", "next", "unit", "input")


def run(spec: RenderSpec) -> NetworkRuns:
    """Two moons, four hidden units, 400 steps at a rate of 1 on all rows, unless the spec says otherwise."""
    return planned_network(spec)


def script(runs: NetworkRuns) -> Script:
    """The narrated film: question, forward, loss, backward, step, guess, surprise, reason, one line."""
    opening = both(present("plane", "points", "title"), make_room(strip=1, seconds=0))
    acts = (_question, _forward, _backward, _step, _course, _reason, _end)
    return film(opening, *(one for act in acts for one in act(runs)))


def loop(runs: NetworkRuns) -> Script:
    """The training with the network and the loss beside it, and back to the first frame."""
    told, last = words.loop_words(runs), runs.main.steps
    moving = ("shading", "boundary", "network", "chart")
    cut, stays = cut_step(runs), pulse("points", seconds=2.6).late(0.3)
    learning = (walk(cut, 2.0).late(0.3), walk(last, 3.6)) if cut else (walk(last, 5.6).late(0.3),)
    on = learning if last else (stays, stays)
    back = both(leave(*moving), shift("run", "progress", 0, 0).late(0.5), enter(*moving).late(0.5))
    drawn = both(
        shift("network", "grown", 2, 0),
        shift("network", "weighed", 1, 0),
        shift("shading", "banded", 1, 0),
        make_room(aside=1, seconds=0),
    )
    return film(
        both(present("plane", "points", *moving), drawn),
        beat("Loop", told, *on, rest=1.0),
        beat("Loop", told, back, rest=0.2),
    )


def _swap(swapped: float) -> Moves:
    """The plane and the network trade places; the network is not seen on its way, for it would cross the plane."""
    return both(leave("network", seconds=0.3), trade_places(swapped), enter("network", seconds=0.5).late(1.3))


def _question(runs: NetworkRuns) -> Iterator[Beat]:
    told = say(
        "Here are {points}: [zeros](run2) and [ones](run5). Can a network learn to tell them apart?",
        points=words.points(runs),
    )
    yield beat("The question", told, pulse("points.zero") @ "zeros", pulse("points.one") @ "ones", rest=0.6)
    beside = both(leave("title", seconds=0.4), make_room(aside=1), trade_places(1), enter("network").late(1.3))
    yield beat(
        "The network",
        words.shape_words(runs),
        beside @ "inputs",
        shift("network", "grown", 1, 1.2) @ "hidden",
        shift("network", "grown", 2, 1.2) @ "output",
    )
    told = say(
        "Each line is a random weight: thick if large, [this colour](run5) for plus, [this one](run2) for minus."
    )
    weighed = shift("network", "weighed", 1, 1.4)
    yield beat(
        "The network", told, pulse("network.edges") @ "line", weighed @ "thick", pulse("network.edges") @ "minus"
    )


def _forward(runs: NetworkRuns) -> Iterator[Beat]:
    told = say("Feed in one point. Each unit adds up its weighted inputs, and squeezes the sum.")
    fed = both(shift("points", "lit", 1, 0.8), shift("network", "fed", 1, 0.8))
    yield beat("Forward", told, fed @ "one", shift("network", "forward", 1, 1.9) @ "adds")
    out = shift("network", "forward", 2, 1.2)
    should, loss = _appear("verdict.answer"), _appear("verdict.loss")
    yield beat(
        "Forward",
        words.verdict_words(runs),
        enter("verdict", seconds=0.1),
        out @ "Out",
        should @ "{answer}",
        loss @ "{loss}",
    )


def _appear(element: str) -> Moves:
    return both(enter(element), pulse(element))


def _backward(runs: NetworkRuns) -> Iterator[Beat]:
    told = say("Now the error flows back along the same lines.")
    back = both(enter("flow", seconds=0.0), shift("flow", "back", 2, 2.6))
    yield beat("Backward", told, back @ "error")
    told = say("For one weight, multiply along its path: error, next weight, unit's slope, input.")
    clear = both(
        leave("plane"), shift("points", "there", 0, 0.5), make_room(strip=1), shift("network", "focus", 1, 0.8)
    )
    flights = (fly(f"rule.{name}") @ cue for name, cue in zip(FACTORS, ("error", "next", "slope", "input")))
    yield beat("Backward", told, clear @ "one", enter("rule") @ "multiply", *flights)
    told = say("The product is that weight's gradient. This is backpropagation.")
    yield beat(
        "Backward", told, fly("rule.gradient") @ "product", pulse("rule.gradient", "network.edges") @ "backpropagation"
    )
    told = say("One pass back gives every weight its gradient, averaged over all points.")
    wide = both(leave("rule"), make_room(aside=1), shift("network", "focus", 0, 0.8), enter("plane").late(0.4))
    rows = shift("points", "there", 1, 0.6).late(0.4)
    again = both(shift("flow", "back", 0, 0), shift("flow", "back", 2, 2.0))
    whole = both(leave("verdict", seconds=0.6), shift("network", "fed", 0, 0.6))  # what one row did is no average
    yield beat(
        "Backward",
        told,
        both(wide, rows, again) @ "pass",
        enter("gradients") @ "every",
        both(shift("points", "lit", 0, 0.8), whole) @ "all",
    )


def _step(runs: NetworkRuns) -> Iterator[Beat]:
    away, empty = leave("gradients", seconds=0.8), shift("network", "forward", 0, 0)
    if not runs.main.steps:
        yield beat("The step", words.step_words(runs), pulse("gradients"), both(away, empty))
        return
    moved = both(away, walk(1, 1.2), empty)
    yield beat("The step", words.step_words(runs), pulse("gradients") @ "rate", moved @ "step", enter("chart") @ "once")


def _course(runs: NetworkRuns) -> Iterator[Beat]:
    told = say("Colour each place by the network's output: on the boundary, it's exactly a half.")
    colour, line = enter("shading", seconds=1.2), both(enter("boundary"), pulse("boundary"))
    yield beat("Learning", told, both(_swap(0), colour.late(1.2)) @ "Colour", line @ "boundary")
    last, cut = runs.main.steps, cut_step(runs)
    if not last:
        return
    rings = shift("points", "judged", 1, 0.8)
    if cut is not None:
        yield beat("Learning", words.cut_words(runs, cut), walk(cut, 2.4) @ "First", rings @ "wrong", rest=1.5)
    course = (walk(last, 5.2),) if last > 1 else (pulse("boundary"),)
    yield beat("Learning", words.course_words(runs), *course, *(() if cut is not None else (rings,)), rest=0.6)


def _reason(runs: NetworkRuns) -> Iterator[Beat]:
    told = say("How? Look inside. Each hidden unit splits the plane along one straight line.")
    inside = both(_swap(1), enter("maps", seconds=0.1))
    opened = both(shift("network", "opened", 1, 1.2), pulse("maps.hidden").late(1.4))
    yield beat("Inside", told, inside @ "inside", opened @ "hidden")
    yield beat(
        "Inside",
        words.sum_words(runs),
        shift("network", "forward", 2, 1.6) @ "output" if runs.hidden > 1 else pulse("maps.hidden"),
        pulse("maps.output"),
    )


def _end(runs: NetworkRuns) -> Iterator[Beat]:
    told = say("Forward, loss, back, step: the largest networks learn this way. Ready for a quiz?")
    yield beat(
        "The end",
        told,
        shift("network", "forward", 0, 0),
        shift("network", "forward", 2, 1.2) @ "Forward",
        shift("flow", "back", 0, 0) @ "loss",
        shift("flow", "back", 2, 1.2) @ "back",
        pulse("network.edges") @ "step",
        pulse("maps.output") @ "quiz",
    )
