"""The gradient held against every other direction: the slope in each is its shadow, and its own is the steepest."""

from __future__ import annotations

import math
from collections.abc import Iterator

from gdsim import Trajectory
from scenes.phrases.run_facts import variable_names
from scenes.script.beat import Beat, beat
from scenes.script.map_window import fan_window
from scenes.script.move import Moves, both, enter, leave, make_room, pulse, shift, zoom
from scenes.script.sentence import Brief, Name, say

# A slope of a smaller share of the other is next to nothing.
LEAST_SHARE = 0.1


def every_direction(main: Trajectory) -> Iterator[Beat]:
    """For a stage with the parts land (flat), level, arrow, vector, fan and bars; the last two are left behind."""
    away = both(leave("vector", "arrow.parts", "arrow.square"), make_room(aside=1, hero="land"))
    yield beat(
        "Every direction",
        say("Is there a steeper way than this? Let's try every direction."),
        pulse("arrow") @ "steeper",
        both(away, zoom(fan_window(main), plane="land")) @ "try",
        both(enter("fan", seconds=0.1), shift("fan.spokes", "grown", 1, 1.2), enter("bars").late(0.5)) @ "every",
        rest=0.8,
    )
    axis, turned = measured_way(main)
    name, slope = Name(variable_names(main.objective)[axis]), Brief(float(main.gradients[0, axis]))
    template = "In any direction, the slope is the arrow's shadow: along {name}, the {slope:slope} that we measured."
    yield beat(
        "Every direction",
        say(template, name=name, slope=slope),
        enter("fan.pointer") @ "direction",
        enter("fan.shadow") @ "shadow",
        shift("fan", "turned", turned, 1.8) @ "{name}",
        pulse("fan") @ "measured",
    )
    yield from _round(main)


def measured_way(main: Trajectory) -> tuple[int, float]:
    """One of the two cuts, not nearly level, and its direction in turns from the contour line."""
    first, second = main.gradients[0].tolist()
    axis = 0 if abs(first) >= LEAST_SHARE * abs(second) else 1
    return axis, (0.25 * (1 + axis) - math.atan2(second, first) / (2 * math.pi)) % 1


def _round(main: Trajectory) -> Iterator[Beat]:
    """Once around, from the contour line over the highest slope to the lowest."""
    yield beat(
        "Every direction",
        say("Along the line it casts none: the slope is zero."),
        shift("fan", "turned", 0.0, 1.4) @ "Along",
        both(enter("bars.zeros"), pulse("bars.zeros", "level")) @ "zero",
    )
    template = "Turn towards the arrow, and it grows: along the arrow the slope is highest, {top:slope}."
    yield beat(
        "Every direction",
        say(template, top=Brief(math.hypot(*main.gradients[0].tolist()))),
        _sweep(0.25, 3.0) @ "Turn",
        both(enter("bars.peak"), pulse("bars.peak", "arrow")) @ "highest",
        rest=0.5,
    )
    yield beat(
        "Every direction",
        say("Keep turning, and it falls, back to zero and below. Lowest of all is the opposite way."),
        _sweep(0.5, 1.8) @ "falls",
        _sweep(0.75, 1.6) @ "below",
        both(enter("bars.low"), pulse("bars.low")) @ "opposite",
    )
    yield beat(
        "Every direction",
        say("So two slopes were enough: the arrow's shadows are all the others."),
        both(leave("fan.pointer", "fan.shadow"), shift("arrow.parts", "shown", 1, 0.6), _sweep(1.0, 1.8)) @ "two",
        pulse("arrow") @ "arrow",
        pulse("bars", seconds=1.4) @ "others",
    )


def _sweep(to: float, seconds: float) -> Moves:
    """The pointer turns on, and the bars with it."""
    return both(shift("fan", "turned", to, seconds), shift("bars", "swept", to, seconds))
