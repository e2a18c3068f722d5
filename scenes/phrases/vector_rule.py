"""The rule of two parameters, put together on the map: the gradient turned round, scaled, and written in numbers."""

from __future__ import annotations

from collections.abc import Iterator

from gdsim import Trajectory
from scenes.phrases.method_words import method_words
from scenes.phrases.run_facts import follows_the_slope, rate_suits
from scenes.script.beat import Beat, beat
from scenes.script.map_window import path_window
from scenes.script.move import Moves, both, enter, fly, make_room, pulse, shift, zoom
from scenes.script.sentence import Exact, say


def vector_rule(main: Trajectory) -> Iterator[Beat]:
    """For a stage with the parts land (flat), arrow (pointing uphill), rule and dial, which are left behind."""
    if main.steps == 0:
        return
    plain = follows_the_slope(main)
    turned = both(shift("arrow", "turned", 1, 1.5), shift("arrow.parts", "shown", 0, 0.6))
    ready, rule = both(make_room(strip=1, hero="land"), pulse("arrow")), enter("rule", seconds=1.0)
    if plain:
        flips = say("It points uphill. We want to go down, so the minus flips it.")
        yield beat("The rule", flips, ready, rule @ "down", pulse("rule.minus"), turned @ "flips")
    else:
        yield beat("The rule", say("It points uphill, and we want to go down."), ready, rule, turned @ "down")
    near = zoom(path_window(main), 2.0, "land")
    if plain:
        yield from _in_numbers(main, near)
        return
    yield beat(
        "The rule",
        method_words(main),
        both(shift("arrow", "scaled", 1, 1.4), near),
        both(fly("rule.point"), fly("rule.step").late(0.6), fly("rule.next").late(1.2)),
    )


def _in_numbers(main: Trajectory, near: Moves) -> Iterator[Beat]:
    """The rate scales the arrow into a step; then each letter gets its numbers, seen from nearby."""
    rate = Exact(float(main.learning_rates[0]))
    yield beat(
        "The rule",
        say("The learning rate is {rate:rate}: small enough that no step overshoots.", rate=rate)
        if rate_suits(main)
        else say("The learning rate says how much of it to take: {rate:rate}.", rate=rate),
        both(enter("dial", seconds=1.0), pulse("rule.rate", seconds=1.6)) @ "learning",
        both(pulse("dial"), shift("arrow", "scaled", 1, 1.8)) @ "{rate}",
    )
    yield beat(
        "The rule",
        say("Put the numbers in, and each parameter gets a step of its own."),
        both(near, fly("rule.point")) @ "Put",
        both(fly("rule.rate"), fly("rule.slope").late(0.5)) @ "numbers",
        both(fly("rule.next"), pulse("arrow")) @ "step",
    )
