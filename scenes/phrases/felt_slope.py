"""The slope at a run's start, seen up close: the curve becomes a line, the line a triangle, the triangle a number."""

from __future__ import annotations

from collections.abc import Iterator

from gdsim import Trajectory
from scenes.script.beat import Beat, beat
from scenes.script.move import both, enter, grow, leave, pulse, shift, zoom
from scenes.script.sentence import Brief, Exact, Sentence, say
from scenes.script.window import start_close_up

# Which way the line goes -> by how much for so far across, and how many times that is.
_SAID = {
    "up": (
        "Go {run} to the right, and the line goes up by {rise:slope}.",
        "That is {times} times as far up as across, so the slope is {slope:slope}.",
    ),
    "down": (
        "Go {run} to the right, and the line goes down by {rise:slope}.",
        "That is {times} times as far down as across, so the slope is {slope:slope}.",
    ),
}


def uphill_words(slope: float) -> Sentence:
    """Which way the slope points."""
    if slope > 0:
        return say("So the slope is an arrow that points uphill: here, to the right.")
    return say("So the slope is an arrow that points uphill: here, to the left.")


def felt_slope(main: Trajectory) -> Iterator[Beat]:
    """The stage must have the parts plane, lamp, ball, tangent and triangle; the lamp leaves the picture."""
    slope, (window, run) = float(main.gradients[0, 0]), start_close_up(main)
    yield beat(
        "The slope",
        say("Up close, the curve is almost a straight line."),
        both(zoom(window, 2.4), leave("lamp", seconds=1.5)),
        both(enter("tangent", seconds=0.2), grow("tangent")) @ "straight",
    )
    if slope == 0:
        yield beat(
            "The slope", say("A level one: the slope here is zero."), pulse("ball") @ "level", pulse("tangent") @ "zero"
        )
        return
    turn = "up" if slope > 0 else "down"
    across, quotient = _SAID[turn]
    yield beat(
        "The slope",
        say(across, run=Exact(run), rise=Brief(abs(slope) * run)),
        both(enter("triangle", seconds=0.1), shift("triangle", "grown", 0.5, 0.9)) @ "right",
        shift("triangle", "grown", 1.0, 0.9) @ turn,
    )
    yield beat(
        "The slope",
        say(quotient, times=Brief(abs(slope)), slope=Brief(slope)),
        pulse("triangle.rise") @ turn,
        pulse("triangle.run") @ "across",
        both(enter("triangle.quotient"), pulse("triangle.quotient")) @ "{slope}",
    )
