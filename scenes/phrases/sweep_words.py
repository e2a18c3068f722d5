"""Sentences about a sweep of learning rates, each chosen by what its runs did."""

from __future__ import annotations

import math

import numpy as np

from gdsim import Trajectory
from gdsim.behaviour import jumps
from scenes.phrases.formulas import ground
from scenes.phrases.rate_facts import RATE_DIGITS
from scenes.phrases.run_facts import nearest_minimum, starts_level
from scenes.phrases.sweep_facts import EXPLODES, FLOOR, HARDLY, NOTHING, SLOW, VALLEY, End, Facts
from scenes.script.concepts import run_concept
from scenes.script.sentence import Brief, Count, Exact, Sentence, Tinted, Value, Words, say

# Losses this near to each other, relative to the larger, look the same.
ALIKE = 1e-6
# A curvature that differs by less than this share from place to place counts as one.
CONSTANT = 0.02


def steps_of(facts: Facts) -> Count:
    """`20 steps`."""
    return Count(facts.sweep.steps, "step", "steps")


def axis_title(facts: Facts) -> Sentence:
    """What the upright axis is."""
    if facts.chart.low:
        return say("loss above the minimum after {steps}", steps=steps_of(facts))
    return say("loss after {steps}", steps=steps_of(facts))


def rate_value(facts: Facts, index: int) -> Value:
    """A trial's rate, in its run's colour."""
    trials = facts.sweep.trials
    return Tinted(Exact(trials[index], RATE_DIGITS), run_concept(index, len(trials)))


def trial_words(facts: Facts, index: int) -> Sentence:
    """What a watched run leaves of the loss."""
    run, rate = facts.sweep.trial(index), rate_value(facts, index)
    left, end = facts.left_of(run), facts.end_of(run)
    if end is End.HIGHER:
        return say(_climbs(facts, run, left), rate=rate)
    if end in (End.AWAY, End.EARLY):
        return say(_LOST[end], rate=rate)
    twin = _twin(facts, index)
    if twin is not None:
        template = "{rate} ends exactly where {other} did."
        if jumps(run).any():
            template = "{rate} leaps across the valley, and ends exactly where {other} did."
        return say(template, rate=rate, other=rate_value(facts, twin))
    return say(_falls(facts, left), rate=rate)


_LOST = {
    End.AWAY: "{rate} is too large: the [ball](ball) leaves the map.",
    End.EARLY: "{rate} gets stuck: the next step leads nowhere.",
}


def _climbs(facts: Facts, run: Trajectory, left: float) -> str:
    """Of a run that ends higher."""
    if facts.chart.first - run.losses.min() > (1 - HARDLY) * facts.chart.size:
        return "{rate} is too large: the loss falls first, then climbs."
    if left >= EXPLODES:
        return "{rate} is too large: the loss explodes."
    return "{rate} is too large: the loss ends higher than it began."


def _falls(facts: Facts, left: float) -> str:
    """Of a run that ends no higher."""
    whole = facts.chart.low == 0
    if left >= HARDLY:
        return "{rate} hardly moves the loss at all."
    if left >= SLOW:
        return (
            "{rate} is slow: most of the loss is still there." if whole else "{rate} is slow: the loss falls a little."
        )
    if left <= NOTHING and facts.chart.low is not None:
        return "{rate} is fast: next to nothing is left." if whole else "{rate} is fast: it gets almost to the minimum."
    return "{rate} takes the loss well down."


def _twin(facts: Facts, index: int) -> int | None:
    """An earlier trial that left as much of the loss, if both left less than at the start."""
    mine = facts.left_of(facts.sweep.trial(index))
    for other in range(index):
        theirs = facts.left_of(facts.sweep.trial(other))
        if FLOOR < mine < HARDLY and abs(mine - theirs) <= ALIKE * max(mine, theirs):
            return other
    return None


def guess_words(facts: Facts) -> Sentence:
    """A question for the viewer, before the sweep."""
    low, high = facts.chart.window[2:]
    if all(low <= facts.drawn(facts.sweep.trial(index)) <= high for index in range(len(facts.sweep.trials))):
        return say("Four rates, four points. Where does the ⟨best⟩best rate lie? Take a guess!")
    return say("Four rates tried. Where does the ⟨best⟩best rate lie? Take a guess!")


def flat_words(facts: Facts) -> Sentence:
    """The chart from the left: rates that change nothing."""
    if facts.flat:
        return say("Now turn the [dial](rate) all the way up. At first, hardly anything happens.")
    return say("Now turn the [dial](rate) all the way up.")


def fall_words(facts: Facts) -> Sentence:
    """From there down to the best rate."""
    if not facts.falls:
        return say("Then the loss ends lower, though not with every rate.")
    if facts.valley:
        return say("Then the loss drops, down into a valley of good rates.")
    return say("Then each larger rate ends lower.")


def rise_words(facts: Facts) -> Sentence:
    """Beyond the valley."""
    left, ends = facts.left[facts.best : facts.last + 1], facts.ends[facts.best : facts.last + 1]
    if facts.sweep.wall is not None:
        if left[-1] >= EXPLODES:
            return say("And then, a wall: the loss explodes.")
        return say("And then, a wall: the loss ends higher than it began.")  # each rate beyond a wall does
    if ends[-1] is End.AWAY:
        return say("Larger still, and the [ball](ball) leaves the map.")
    if ends[-1] is End.EARLY:
        return say("Larger still, and the [ball](ball) gets stuck: its next step leads nowhere.")
    if left.max() < EXPLODES and left[-1] > left[0] + VALLEY:
        return say("Larger rates end higher again, but nothing explodes.")
    return say("And these are the largest rates we try.")


def wall_words(facts: Facts) -> Sentence:
    """Where the wall stands, and why."""
    wall = facts.sweep.wall
    assert wall is not None
    if facts.sweep.bend is not None:
        template = "It stands at 2 over the curvature, here {limit:rate}. Right there, a step just swaps sides."
        return say(template, limit=Exact(wall, RATE_DIGITS))
    if bends_differently(facts):
        template = "Here it stands at {limit:rate}. The curvature changes along this curve, so you find it by trying."
        return say(template, limit=Brief(wall))
    return say("Here it stands at {limit:rate}: beyond it, the loss ends higher than it began.", limit=Brief(wall))


def bends_differently(facts: Facts) -> bool:
    """Whether the curve's curvature differs between the places where the runs in the chart land."""
    bends = facts.bends
    return bool(len(bends) > 1 and np.ptp(bends) > CONSTANT * np.abs(bends).max())


def verdict(facts: Facts) -> Sentence:
    """What the user's own rate is worth."""
    main, wall, steps = facts.sweep.main, facts.sweep.wall, steps_of(facts)
    left, end, rate = facts.left_of(main), facts.end_of(main), Exact(facts.sweep.rate, RATE_DIGITS)
    if math.isinf(left):
        return say("Your {rate:rate} is so large that a computer cannot count the first step.", rate=rate)
    if left > 1 and wall is not None and facts.sweep.rate > wall:
        return say("Your {rate:rate} is beyond the wall: the loss ends higher than it began.", rate=rate)
    if end is End.HIGHER:
        return say("Your {rate:rate} is too large here: the loss ends higher than it began.", rate=rate)
    if end is End.AWAY:
        return say("With your {rate:rate}, the [ball](ball) leaves the map.", rate=rate)
    if end is End.EARLY:
        return say("With your {rate:rate}, the [ball](ball) gets stuck: its next step leads nowhere.", rate=rate)
    if end is End.STILL and facts.sweep.rate < facts.rates[facts.best]:
        template = "Your {rate:rate} lies on the flat part: after {steps}, the loss has hardly changed."
        return say(template, rate=rate, steps=steps)
    if end is End.STILL:
        template = "Your {rate:rate} gains nothing: after {steps}, the loss has hardly changed."
        return say(template, rate=rate, steps=steps)
    if wall is not None and wall / 2 < facts.sweep.rate < wall:
        return say("Your {rate:rate} works, but the wall is less than a factor of 2 away.", rate=rate)
    if left <= NOTHING and facts.chart.low == 0:
        return say("Your {rate:rate} is a good choice: after {steps}, next to nothing is left.", rate=rate, steps=steps)
    if left <= NOTHING and facts.chart.low is not None:
        return say("Your {rate:rate} is a good choice: it gets almost to the minimum.", rate=rate)
    if left >= SLOW:
        return say("Your {rate:rate} works, but slowly: the loss falls by less than half.", rate=rate)
    return say("Your {rate:rate} works: the loss ends well below its start.", rate=rate)


def still_words(facts: Facts) -> Sentence:
    """Why no rate changes anything."""
    if not facts.sweep.steps:
        return say("Without a single step, every rate leaves the loss where it was.")
    if starts_level(facts.sweep.main):
        return say("The slope here is zero, and any rate times zero is zero. The loss stays where it is.")
    return say("Whatever the rate, the loss hardly changes.")


def sum_words() -> Sentence:
    """Both directions together."""
    return say("The loss is the sum of both. So the steeper direction sets the wall.")


def narrow_words(facts: Facts) -> Sentence:
    """Which rates are good for both."""
    if facts.crowded:
        return say("The gentle direction is slow there. So the best rates lie close to the wall.")
    return say("The gentle direction falls more slowly there, so the valley is narrower.")


def ladder_words() -> Sentence:
    """Which rates to try: the picture names them, for read aloud they would take six seconds."""
    return say("You rarely know the curvature. So try rates about three times apart.")


def moral(facts: Facts) -> Sentence:
    """The line to take home."""
    if facts.valley:
        if facts.explodes:
            return say("Once the loss ⟨explodes⟩explodes, go back by a factor of 2 to 10. Then, when do you stop?")
        return say("Once the loss ⟨explodes⟩climbs, go back by a factor of 2 to 10. Then, when do you stop?")
    if facts.nothing:
        return _nothing_words(facts)
    if not facts.sweep.main.objective.minima:
        return say("There is no minimum here, so there is no ⟨best⟩best rate either.")
    best = Brief(float(facts.rates[facts.best]))
    return say("Try rates about three times apart, and keep the best. Here it lies ⟨best⟩near {best:rate}.", best=best)


def _nothing_words(facts: Facts) -> Sentence:
    """What to take home where no rate changes anything."""
    goal = nearest_minimum(facts.sweep.main)
    if goal is not None and goal.point == tuple(facts.sweep.main.points[0].tolist()):
        return say("The ball starts at the [minimum](minimum), and no [learning rate](rate) can improve on that.")
    return say("From here, none of these [learning rates](rate) helps.")


def loop_line(facts: Facts) -> Sentence:
    """The one line of a loop."""
    if facts.valley:
        return say("Too small, just right, too large.")
    return say("One run for each learning rate.")


def alt_words(facts: Facts) -> Sentence:
    """What the film shows."""
    curve, steps = Words(ground(facts.sweep.main)), steps_of(facts)
    if facts.valley:
        assert facts.sweep.wall is not None
        template = (
            "What is left of the loss on {curve} after {steps}, for every learning rate: "
            "flat for small rates, then a valley of good ones, then a wall at {limit}."
        )
        return say(template, curve=curve, steps=steps, limit=Brief(facts.sweep.wall))
    if facts.nothing:
        template = "The loss on {curve} after {steps}: it hardly changes, whatever the learning rate."
        return say(template, curve=curve, steps=steps)
    low, high = map(Brief, facts.sweep.range)
    template = "The loss on {curve} after {steps}, for every learning rate from {low} to {high}."
    return say(template, curve=curve, steps=steps, low=low, high=high)
