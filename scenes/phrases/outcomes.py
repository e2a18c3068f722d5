"""What a run did, in one sentence: a table of outcomes for films, and one for loops."""

from __future__ import annotations

import numpy as np

from gdsim import Stop, Trajectory
from gdsim.behaviour import Behaviour, jumps
from scenes.phrases.run_facts import constant_rate, course, falling, follows_the_slope, rising, stays, step_lengths
from scenes.script.sentence import Count, Exact, Sentence, say

_LOOPS = {
    Behaviour.RESTS: say("The slope is zero: the ball rests."),
    Behaviour.CREEPS: say("Tiny steps: the ball creeps."),
    Behaviour.DESCENDS: say("Step by step, down the slope."),
    Behaviour.LANDS: say("One step, straight to the bottom."),
    Behaviour.OSCILLATES: say("It leaps over the bottom, yet ends lower."),
    Behaviour.CYCLES: say("It leaps back and forth and never settles."),
    Behaviour.DIVERGES: say("The steps are too large: it climbs."),
}


def loop_line(run: Trajectory) -> Sentence:
    """The one line of a loop."""
    if stays(run):
        return say("The first step leads nowhere.")
    if run.steps == 0 and run.stop is not Stop.FLAT:
        return say("The ball stays where it is.")
    kind = course(run)
    if kind is Behaviour.DESCENDS and flattens(run):
        return say("The slope flattens, so the steps shrink.")
    if kind is Behaviour.DESCENDS and not _always_lower(run):
        return say("Up and down, yet it ends lower.") if _ends_lower(run) else say("It moves, and gets no lower.")
    return _LOOPS[kind]


def course_words(run: Trajectory) -> Sentence:
    """What happens from the third step on, and why."""
    kind = course(run)
    if kind is Behaviour.DESCENDS and flattens(run):
        rate = Exact(float(run.learning_rates[0]))
        return say("The rate stays {rate:rate}, yet each step is shorter: the slope flattens as we go down.", rate=rate)
    if kind is Behaviour.OSCILLATES:
        if falling(step_lengths(run)) and jumps(run).all() and run.objective.dims == 1:
            return say("Each step leaps right over the [minimum](minimum), yet each one is shorter.")
        if run.objective.dims == 1 and len(run.objective.minima) > 1:
            return say("On its way it leaps across the bottom of a valley, and still ends lower.")
        over = Count(int(jumps(run).sum()), "step leaps", "steps leap")
        return say("{over} across the bottom of the valley, and the ball still ends lower.", over=over)
    if kind is Behaviour.DIVERGES:
        if follows_the_slope(run) and rising(run.losses) and rising(np.linalg.norm(run.gradients, axis=1)):
            return say("Each step lands higher, where the slope is steeper, so the next is even longer.")
        return say("The steps are too large: the ball ends higher than it began.")
    if kind is Behaviour.DESCENDS and not _always_lower(run):
        lower = say("Not every step leads down, but the ball ends lower.")
        return lower if _ends_lower(run) else say("The ball moves, and gets no lower.")
    return {
        Behaviour.CREEPS: say("Every step is tiny compared with the distance left, so the ball creeps."),
        Behaviour.DESCENDS: say("Step by step, the ball gets lower."),
        Behaviour.CYCLES: say("The steps leap back and forth across the valley and gain nothing."),
    }[kind]


def first_step(run: Trajectory) -> Sentence:
    """What the first step does to the loss."""
    before, after = run.losses[:2].tolist()
    if after == before:
        return say("The ball leaps, and the loss stays the same.")
    return say("The ball leaps, and the loss falls." if after < before else "The ball leaps, and the loss grows.")


def next_step(run: Trajectory) -> Sentence:
    """How the second step compares with the first, and why, if the slope is the reason."""
    lengths, slopes = step_lengths(run)[:2], abs(run.gradients[:2, 0])
    why = follows_the_slope(run) and constant_rate(run)
    if falling(lengths):
        return say("Shorter: the slope is gentler here.") if why and falling(slopes) else say("Shorter.")
    if rising(lengths):
        return say("Longer: the slope is steeper here.") if why and rising(slopes) else say("Longer.")
    return say("Exactly as long as the one before.")


def _always_lower(run: Trajectory) -> bool:
    return bool(np.all(np.diff(run.losses) < 0))


def _ends_lower(run: Trajectory) -> bool:
    return bool(run.losses[-1] < run.losses[0])


def flattens(run: Trajectory) -> bool:
    """Whether every step is shorter than the one before, only because of the slope."""
    return falling(step_lengths(run)) and constant_rate(run) and follows_the_slope(run)
