"""What the slopes of lines through two points of a curve do as the points come together, in sentences."""

from __future__ import annotations

import numpy as np

from gdsim import Trajectory
from gdsim.objective import Array
from gdsim.quotient import difference
from scenes.phrases.formulas import ground
from scenes.script.sentence import Brief, Exact, Sentence, Words, say
from scenes.script.window import first_step_right

# How many distances are tried, each a tenth of the one before.
DISTANCES = 4
# Slopes that differ by less than this share of the largest look alike, and those that differ by less are equal.
ALIKE, EQUAL = 0.01, 1e-5


def quotients(run: Trajectory) -> Array:
    """(DISTANCES,): the slope of the line through the start and a point to its right, the points ever closer."""
    x, power = float(run.points[0, 0]), first_step_right(run)
    return np.array([difference(run.objective, x, 10.0 ** (power - row))[2] for row in range(DISTANCES)])


def closer_words(run: Trajectory) -> tuple[Sentence, ...]:
    """What each distance after the first shows."""
    changes = abs(np.diff(quotients(run)))
    if changes[0] > 5 * changes[1] > 25 * changes[2] > 0 and changes[0] > EQUAL * _size(run):
        return (
            say("Ten times closer: the line tilts, and its slope changes."),
            say("Ten times closer again: it changes less."),
            say("And again: now it hardly changes at all."),
        )
    power, template = first_step_right(run), "Ten times closer: the two points are {h} apart."
    return tuple(say(template, h=Exact(10.0 ** (power - row))) for row in range(1, DISTANCES))


def limit_words(run: Trajectory) -> Sentence:
    """What the slopes go to."""
    slope = _slope(run)
    if abs(quotients(run)[-1] - slope) <= ALIKE * _size(run):
        template = "The numbers settle at {slope:slope}: that is the slope of the curve at this very point."
    else:
        template = "Closer still, they go to {slope:slope}: that is the slope of the curve at this very point."
    return say(template, slope=Brief(slope))


def alt(runs: tuple[Trajectory, ...]) -> Sentence:
    """What the film shows, for those who cannot see it."""
    (main,) = runs
    template = (
        "A line through two points of {curve} turns as they come together, until its slope is the curve's: {slope}."
    )
    if np.all(abs(quotients(main) - _slope(main)) <= EQUAL * _size(main)):
        template = "A line through two points of {curve} keeps its slope as they come together: {slope}."
    return say(template, curve=Words(ground(main)), slope=Brief(_slope(main)))


def _slope(run: Trajectory) -> float:
    return float(run.gradients[0, 0])


def _size(run: Trajectory) -> float:
    return max(abs(_slope(run)), float(abs(quotients(run)).max()))
