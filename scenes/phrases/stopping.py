"""When a run on θ² stops, and what each rule for that misses: sentences chosen by what the runs did."""

from __future__ import annotations

from enum import Enum, auto

import numpy as np

from gdsim import Stop, Trajectory
from scenes.phrases.alt import one_ball
from scenes.phrases.rate_facts import factor_digits
from scenes.phrases.run_facts import variable_text
from scenes.phrases.stopping_facts import factor_of, quickest, slope_sizes
from scenes.script.language import ENGLISH
from scenes.script.sentence import Brief, Count, Equals, Exact, Name, Sentence, Words, say

# A size that is less than this share of the first one cannot be told from zero on the same axis.
UNSEEN = 0.005
# A line bends visibly if its sizes change by this factor.
BENT = 2.0
# A rule that fires while more than this share of the slope is left is fooled.
FOOLED = 0.5


class Course(Enum):
    """What a run on a parabola does until it stops."""

    THERE = auto()
    LANDS = auto()
    ARRIVES = auto()
    UNDER_WAY = auto()
    BOUNCES = auto()
    GROWS = auto()


def course_of(run: Trajectory) -> Course:
    """There from the start, there after one step, close enough, stopped on its way, level for ever, or growing."""
    sizes, fired = slope_sizes(run), run.stop is Stop.FLAT
    if not run.steps:
        return Course.THERE
    if fired:
        return Course.LANDS if run.steps == 1 and sizes[-1] == 0 else Course.ARRIVES
    if sizes[-1] == sizes[0]:
        return Course.BOUNCES
    return Course.GROWS if sizes[-1] > sizes[0] else Course.UNDER_WAY


def unseen(run: Trajectory) -> int | None:
    """After how many steps the slope looks like zero, if the run still goes on for as many."""
    small = np.flatnonzero(slope_sizes(run) < UNSEEN * slope_sizes(run)[0])
    return int(small[0]) if len(small) and small[0] >= 2 and 1.5 * small[0] < run.steps else None


def bends(run: Trajectory) -> bool:
    """Whether the run's sizes form a curve that can be seen, before their axis is made logarithmic."""
    sizes = slope_sizes(run)
    changed = max(sizes[0], sizes[-1]) >= BENT * min(sizes[0], sizes[-1])
    return run.steps > 2 and sizes[-1] > 0 and bool(changed)


def steps_of(run: Trajectory) -> Count:
    """`76 steps`."""
    return Count(run.steps, "step", "steps")


def never_arrives(run: Trajectory) -> Sentence:
    """What becomes of the distance to the minimum."""
    kind = course_of(run)
    if kind is Course.LANDS:
        return say("At the minimum? At this [rate](rate), a single step lands exactly there.")
    if kind is Course.BOUNCES:
        return say("At the minimum? At this [rate](rate) it leaps from side to side and gets no closer.")
    if kind is Course.GROWS:
        return say("At the minimum? At this [rate](rate) it only gets farther away.")
    share = Brief(100 * factor_of(run))
    if share.written(ENGLISH) == "100":
        return say("At the minimum? Each step leaves nearly all of the distance: it never quite arrives.")
    return say("At the minimum? Each step leaves {share} % of the distance: it never quite arrives.", share=share)


def step_by_step(run: Trajectory) -> Sentence:
    """What the size of the slope does on an ordinary axis."""
    kind, looks = course_of(run), unseen(run)
    if kind is Course.LANDS:
        return say("One step, and it is zero: the rule fires.")
    if kind is Course.BOUNCES:
        return say("Step after step, it never changes.")
    if kind is Course.GROWS:
        return say("Step after step, it grows.")
    if looks is None:
        return say("Step after step, it shrinks.")
    steps = Count(looks, "step", "steps")
    return say("Step after step, it shrinks. After {steps} it looks like zero. Is it?", steps=steps)


def straightened(run: Trajectory) -> Sentence:
    """What a logarithmic axis does."""
    if bends(run):
        return say("Let the axis count powers of ten, and the curve becomes a straight line.")
    return say("Let the axis count powers of ten: now epsilon is in the picture.")


def slope_rule_fires(run: Trajectory) -> Sentence:
    """When the slope's rule stops the run, or what does."""
    kind, steps = course_of(run), steps_of(run)
    if kind is Course.BOUNCES:
        return say("It will never be below epsilon. Only a limit ends this, here {steps}.", steps=steps)
    by = Exact(factor_of(run), factor_digits(factor_of(run)))
    if kind is Course.ARRIVES:
        return say("Each step multiplies it by {by}. After {steps} it is below epsilon: stop!", by=by, steps=steps)
    if kind is Course.UNDER_WAY:
        left = Brief(float(slope_sizes(run)[-1]))
        template = "Each step multiplies it by {by}. After {steps} it is {left:slope}: not there, but we stop."
        return say(template, by=by, steps=steps, left=left)
    if run.stop is Stop.STEP_LIMIT:
        template = "Each step multiplies it by {by}: this rule never fires. Only a limit ends it, here {steps}."
        return say(template, by=by, steps=steps)
    return say("Each step multiplies it by {by}: this rule never fires. We stop off the map.", by=by)


def close_enough(run: Trajectory) -> Sentence:
    """Where the rule has stopped the ball."""
    name, place = Name(variable_text(run.objective.variables[0])), Equals(float(run.points[-1, 0]))
    return say("Now {name:ball} {place:ball}: not zero, but close enough.", name=name, place=place)


def loss_rule_fires(main: Trajectory, by_loss: Trajectory) -> Sentence:
    """When the loss's rule stops the run, next to the slope's."""
    steps, left = steps_of(by_loss), float(slope_sizes(by_loss)[-1])
    if by_loss.stop is not Stop.SETTLED:
        return say("In {steps}, that does not happen.", steps=steps)
    if left > FOOLED * slope_sizes(by_loss)[0] and by_loss.steps < main.steps:
        template = "It fires after {steps}, although the slope is still {slope:slope}. It is fooled!"
        return say(template, steps=steps, slope=Brief(left))
    if by_loss.steps > main.steps:
        return say("It fires after {steps}: only then can it see that nothing changes.", steps=steps)
    if by_loss.steps == main.steps:
        return say("It fires at the same moment: after {steps}.", steps=steps)
    if by_loss.steps > 2 and bends(by_loss):
        return say("Its line is twice as steep, so this rule fires sooner: after {steps}.", steps=steps)
    return say("It fires sooner: after {steps}.", steps=steps)


def rates_needed(rates: tuple[Trajectory, ...]) -> Sentence:
    """How many steps the rates take."""
    best = Exact(float(rates[quickest(rates)].learning_rates[0]))
    words = "At a rate of {rate:rate}, one step is enough. Near 0 and near 1, the number shoots up."
    return say(words, rate=best)


def too_slow(rates: tuple[Trajectory, ...]) -> Sentence:
    """What the smallest rate shows."""
    slow = rates[0]
    template = "At {rate:rate} it needs over {steps}: so set a limit."
    return say(template, rate=Exact(float(slow.learning_rates[0])), steps=steps_of(slow))


def alt(runs: tuple[Trajectory, ...]) -> Sentence:
    """The main run, and what the rest of the film shows."""
    told = Words(one_ball(runs[:1]))
    return say(
        "{words} A flat shelf fools rules that look only at the loss, and then those that look at the slope.",
        words=told,
    )
