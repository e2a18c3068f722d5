"""What a ball does that steps up the slope by mistake, and what the right sign does instead, from the runs' numbers."""

from __future__ import annotations

import numpy as np

from gdsim import Stop, Trajectory
from gdsim.behaviour import jumps
from scenes.phrases.run_facts import SAME, falling, rising, step_lengths
from scenes.planned_sides import Sides
from scenes.script.sentence import Brief, Sentence, say

# Factors that differ by less than this share are the same one.
EVEN = 1e-6
# How far to either side of a top we look, as a share of the map.
ASIDE = 1e-3


def climbs(bug: Trajectory) -> bool:
    """Whether every step of it lands higher."""
    return rising(bug.losses)


def runs_away(bug: Trajectory) -> bool:
    """Whether each of its steps lands higher, where it is steeper, and is longer than the one before."""
    longer, steeper = rising(step_lengths(bug)), rising(np.abs(bug.gradients[:, 0]))
    return bug.steps > 1 and climbs(bug) and longer and steeper


def on_a_top(bug: Trajectory) -> bool:
    """Whether the curve falls on both sides of its end."""
    low, high = bug.objective.domain[0]
    places = bug.points[-1] + np.array([[-1.0], [1.0]]) * ASIDE * (high - low)
    with np.errstate(all="ignore"):
        return bool(np.all(np.asarray(bug.objective.value(places)) < bug.losses[-1]))


def reason_words(bug: Trajectory) -> Sentence | None:
    """Why the next step is longer or shorter than the one before; None if neither is always so."""
    if runs_away(bug):
        return say("Each one lands where the slope is steeper, so the next is even longer.")
    if bug.steps > 1 and climbs(bug) and falling(step_lengths(bug)) and falling(np.abs(bug.gradients[:-1, 0])):
        return say("The slope flattens on the way up, so each step is shorter than the one before.")
    return None


def bug_words(bug: Trajectory) -> Sentence:
    """What it does."""
    lengths = step_lengths(bug)
    if not climbs(bug):
        if jumps(bug).any() and bool(np.any(np.diff(bug.losses) < 0)):
            return say("It sets out uphill, then leaps right across a top.")
        return say("It heads uphill.")
    if bug.stop is Stop.FLAT:
        if on_a_top(bug):
            return say("It climbs all the way to a top, and there it rests.")
        return say("It climbs, until the slope is as good as zero. There it rests.")
    if bug.steps == 1:
        return say("It climbs: the very first step goes up.")
    if rising(lengths):
        return say("It climbs! And each step is longer than the one before.")
    if falling(lengths):
        return say("It climbs. Its steps get shorter, but every one of them goes up.")
    if float(np.ptp(lengths)) <= SAME * float(lengths.max()):
        return say("It climbs, step by step, and all the steps are equally long.")
    return say("It climbs: every single step goes up.")


def growth(sides: Sides) -> float | None:
    """The factor, above 1, by which each step of the bug multiplies the distance from the valley's floor, if it is one.

    On a parabola it is 1 + α · curvature.
    """
    bug, valley = sides.bug, sides.valley
    if bug is None or valley is None or bug.steps < 2:
        return None
    offsets = bug.points[:, 0] - valley.point[0]
    with np.errstate(all="ignore"):
        factors = offsets[1:] / offsets[:-1]
    even = bool(np.all(np.isfinite(factors)) and np.ptp(factors) <= EVEN * abs(factors[0]))
    return float(factors[0]) if even and factors[0] > 1 + EVEN else None


def growth_words(factor: float) -> Sentence | None:
    """What such a factor means; None where it would be written as 1."""
    if float(f"{factor:.2f}") == 1:
        return None
    return say("Every step multiplies the distance from the minimum by {factor}.", factor=Brief(factor))


def fix_words(main: Trajectory) -> Sentence:
    """What the right sign does."""
    if falling(main.losses):
        return say("Put the minus back, and the ball comes down.")
    if main.losses[-1] < main.losses[0]:
        return say("Put the minus back, and the ball ends lower than it began.")
    if jumps(main).any():
        return say("Put the minus back. Now the sign is right, but these steps are too long.")
    return say("Put the minus back, and the ball heads downhill again.")


def loop_lines(sides: Sides) -> tuple[Sentence, Sentence]:
    """The line for the right sign, and that for the wrong one; each has one line's length."""
    main, bug = sides[0], sides.bug
    if not main.gradients[0, 0]:
        return say("No slope, no step."), say("No slope, no step.")
    down, heads_down = say("Minus: the ball goes down."), say("Minus: the ball heads downhill.")
    up, heads_up = say("Plus: the [ball](run5) climbs."), say("Plus: the [ball](run5) heads uphill.")
    return (
        down if main.steps and falling(main.losses) else heads_down,
        up if bug is not None and climbs(bug) else heads_up,
    )
