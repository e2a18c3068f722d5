"""What a slope's sign says at one place, and what the minus makes of it, in sentences true of the run there."""

from __future__ import annotations

from gdsim import Trajectory
from scenes.script.sentence import Sentence, say

# A step of less than this share of the picture's width cannot be seen.
UNSEEN = 0.002


def place_words(slope: float, valley: bool) -> Sentence:
    """The sign of the slope, and how that looks. valley: whether the start is on a side of a minimum."""
    if slope > 0:
        if valley:
            return say("Right of the minimum, the curve rises: its slope is positive.")
        return say("Here, the curve rises to the right: its slope is positive.")
    if valley:
        return say("Left of the minimum, the curve falls: its slope is negative.")
    return say("Here, the curve falls to the right: its slope is negative.")


def uphill_sign(slope: float, again: bool = False) -> Sentence:
    """Which way the gradient points. again: whether it did so on the other side, too."""
    if slope > 0:
        once = say("A positive gradient points to the right. And that's uphill.")
        return say("A positive gradient points to the right. And that's uphill, too.") if again else once
    once = say("A negative gradient points to the left. And that's uphill.")
    return say("A negative gradient points to the left. And that's uphill, too.") if again else once


def flip_words(run: Trajectory, width: float) -> Sentence:
    """What the minus makes of the first step. width: the picture's, in the objective's units."""
    right = bool(run.gradients[0, 0] > 0)
    if not run.steps:
        left = say("The minus flips it to the left: downhill.")
        return left if right else say("Minus times minus is plus, so it flips to the right: downhill.")
    if abs(run.points[1, 0] - run.points[0, 0]) < UNSEEN * width:
        left = say("The minus flips it, so we step left, by less than you can see here.")
        return left if right else say("Minus times minus is plus, so we step right, by less than you can see here.")
    if run.losses[1] >= run.losses[0]:
        left = say("The minus flips it, so we step left, but so far that we land no lower.")
        return left if right else say("Minus times minus is plus: we step right, but so far that we land no lower.")
    left = say("The minus flips it, so we step left: downhill.")
    return left if right else say("Minus times minus is plus, so we step right: downhill.")


def bottom_words(slope: float, valley: bool) -> Sentence:
    """What happens where the ground is level. valley: whether that is known to be the bottom of a valley."""
    if slope:
        return say("At the bottom, the slope is as good as zero. Nothing to flip: the ball rests.")
    if valley:
        return say("At the bottom, the slope is zero. Nothing to flip, no step: the ball rests.")
    return say("Here, the slope is zero. Nothing to flip, no step: the ball rests.")


def level_bug_words() -> Sentence:
    """What a plus does there."""
    return say("With a plus, it's the same: plus zero is no step, either.")
