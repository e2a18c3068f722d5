"""The gradient as a vector: the slopes of two cuts through a landscape, and the arrow that they make together."""

from __future__ import annotations

from collections.abc import Iterator

from gdsim import Trajectory
from scenes.phrases.run_facts import variable_names
from scenes.script.beat import Beat, beat
from scenes.script.map_window import arrow_window
from scenes.script.move import Moves, both, enter, grow, leave, pulse, shift, tilt, zoom
from scenes.script.sentence import Brief, Name, say


def two_cuts(main: Trajectory, away: Moves) -> Beat:
    """For a stage with the parts land (tilted) and slices; the slices are left behind. away: what goes to make room."""
    first, second = map(Name, variable_names(main.objective))
    slope1, slope2 = (Brief(float(slope)) for slope in main.gradients[0])
    return beat(
        "The gradient",
        say(
            "Cut along {first}, the slope is {slope1:slope}; along {second}, it's {slope2:slope}.",
            first=first,
            second=second,
            slope1=slope1,
            slope2=slope2,
        ),
        both(away, shift("land.surface", "shown", 0.4, 0.8), enter("slices", seconds=0.1)) @ "Cut",
        shift("slices.first", "grown", 1, 1.0) @ "{first}",
        pulse("slices.first") @ "{slope1}",
        both(shift("slices.first", "shown", 0.5, 0.5), shift("slices.second", "grown", 1, 1.0)) @ "{second}",
        pulse("slices.second") @ "{slope2}",
    )


def two_slopes(main: Trajectory) -> Iterator[Beat]:
    """For a stage with the parts land (tilted), height, slices and arrow; the map and the arrow are left behind."""
    yield two_cuts(main, leave("height"))
    overhead = both(tilt(0), zoom(arrow_window(main), 2.2, "land"), shift("land.surface", "shown", 0, 1.4))
    yield beat(
        "The gradient",
        say("Two slopes, one arrow: together they are the gradient."),
        both(overhead, leave("slices")),
        both(enter("arrow", seconds=0.1), shift("arrow.parts", "grown", 1, 1.6)),
        grow("arrow") @ "gradient",
    )
