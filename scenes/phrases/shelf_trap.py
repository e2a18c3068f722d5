"""A valley with a flat shelf: the rule that watches the loss is fooled there, and farther out the other one, too."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.phrases.stopping import steps_of
from scenes.planned_stops import Stopping
from scenes.script.beat import Beat, beat
from scenes.script.move import both, enter, grow, leave, pulse, walk
from scenes.script.sentence import say


def shelf_trap(stop: Stopping) -> Iterator[Beat]:
    """For a stage with the plane `shelf`, its curve `shoulder`, its minimum `bottom`, three balls and their sizes."""
    words = say("Now a trap: a valley with a flat shelf. What will our rules do?")
    here = enter("shelf", "shoulder", "hasty")
    shelf = pulse("shoulder", "hasty") @ "shelf"
    yield beat("The trap", words, here, enter("bottom") @ "valley", shelf, rest=0.8)
    yield beat(
        "The trap",
        say("After {steps} the loss rule stops. But the minimum is down there!", steps=steps_of(stop.hasty)),
        walk(stop.hasty.steps, 0.6, "run0"),
        both(enter("hasty_size"), pulse("hasty_size", "hasty")) @ "stops",
        pulse("bottom") @ "minimum",
    )
    yield beat(
        "The trap",
        say("The slope rule is more patient. After {steps}, its ball is down.", steps=steps_of(stop.patient)),
        both(leave("hasty_size", seconds=0.3), enter("patient")),
        enter("patient_size"),
        both(enter("path", seconds=0.1), walk(stop.patient.steps, 2.8, "run1"), leave("patient_size").late(2.4)),
        pulse("patient", "bottom"),
    )
    level = both(enter("level", seconds=0.2), grow("level"), enter("blind_size"), pulse("blind_size").late(0.4))
    yield beat(
        "The trap",
        say("Farther out, even the slope is below epsilon: this rule is fooled, too."),
        enter("blind") @ "Farther",
        level @ "slope",
        pulse("blind") @ "fooled",
    )
