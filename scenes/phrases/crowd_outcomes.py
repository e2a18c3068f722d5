"""How many balls ended where, in sentences: one table for films and for their alt texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gdsim import Trajectory
from scenes.phrases.valley_facts import End, as_deep, end_of, picture, stuck, valley_of, valleys
from scenes.script.sentence import Brief, Count, Exact, Sentence, say

# How a ball ended that came to rest in no valley -> what is said of one, of several, of all.
_OTHERS = {
    End.MOVING: (
        "One of them has not come to rest after {steps}.",
        "{some} have not come to rest after {steps}.",
        "After {steps}, not one of them has come to rest.",
    ),
    End.OUT: ("One of them has left the picture.", "{some} have left the picture.", "All of them leave the picture."),
    End.LEVEL: (
        "One of them stops where the ground is almost level.",
        "{some} stop where the ground is almost level.",
        "All of them stop where the ground is almost level.",
    ),
    End.HALTED: (
        "One of them stops: its next step leads nowhere.",
        "{some} stop: their next step leads nowhere.",
        "All of them stop: their next step leads nowhere.",
    ),
}


class Tally(NamedTuple):
    """How many of a crowd end in a deepest valley, in another one, and in none."""

    lowest: int
    other: int
    none: int


def tally_of(crowd: Sequence[Trajectory]) -> Tally:
    """Count a crowd's ends."""
    ended, lowest = [valley_of(run) for run in crowd], as_deep(crowd[0].objective)
    none, best = ended.count(None), sum(valley in lowest for valley in ended)
    return Tally(best, len(ended) - none - best, none)


def tally_words(crowd: Sequence[Trajectory]) -> Sentence | None:
    """How many end in which valley; None if no ball comes to rest in one."""
    lowest, other, none = tally_of(crowd)
    objective, every = crowd[0].objective, len(crowd)
    count, equal = len(valleys(objective)), len(as_deep(objective))
    if lowest + other == 0:
        return None
    best, rest = Count(lowest, "ball ends", "balls end"), Count(other, "ball ends", "balls end")
    if count == 1:
        template = (
            "{best} in the only [valley](minimum) in the picture."
            if none
            else "All of them end in the same [valley](minimum)."
        )
        return say(template, best=best) if none else say(template)
    if equal == count:
        if not none:
            return say("All of them end in valleys that are equally deep.")
        return say("{best} in valleys that are all equally deep.", best=best)
    if not lowest:
        return say("None ends in the deepest [valley](minimum); {rest} in a shallower one.", rest=rest)
    if not other:
        if not none and equal == 1:
            return say("All {every} balls end in the deepest [valley](minimum).", every=Exact(every))
        return say("{best} in the deepest [valley](minimum), none in another.", best=best)
    others = Exact(other)
    if equal == 1 and count == 2:
        return say("{best} in the deepest [valley](minimum), {other} in the other.", best=best, other=others)
    return say("{best} in the deepest [valley](minimum), {other} in shallower ones.", best=best, other=others)


def rest_words(crowd: Sequence[Trajectory], main: Trajectory) -> Iterator[Sentence]:
    """What became of the balls that rest in no valley."""
    window, steps = picture(main), max(run.steps for run in crowd)
    ends = Counter(end_of(run, window) for run in crowd)
    for end, (one, some, every) in _OTHERS.items():
        amount = ends[end]
        if amount:
            template = every if amount == len(crowd) else one if amount == 1 else some
            values = {"some": Count(amount, "ball", "balls"), "steps": Count(steps, "step", "steps")}
            yield say(template, **{name: value for name, value in values.items() if f"{{{name}}}" in template})


def question_words(main: Trajectory, crowd: Sequence[Trajectory]) -> Sentence:
    """Why more balls are released: to do better, or to see whether they arrive at the same place."""
    balls = Count(len(crowd), "ball", "balls")
    if valley_of(main) is None or stuck(main):
        return say("Would another start do better? Let's try {balls}.", balls=balls)
    return say("Would another start lead there, too? Let's try {balls}.", balls=balls)


def best_words(crowd: Sequence[Trajectory], best: int) -> Sentence:
    """Which of the crowd to keep."""
    loss = Brief(float(crowd[best].losses[-1]))
    if min(float(run.losses[-1]) for run in crowd) < crowd[best].losses[-1]:
        return say("Of those that stay, keep the best: here, a loss of {loss:loss}.", loss=loss)
    return say("So try many starts, and keep the best: here, a loss of {loss:loss}.", loss=loss)


def moral_words(main: Trajectory, crowd: Sequence[Trajectory]) -> Sentence:
    """The one line to take home."""
    tally, here = tally_of(crowd), valley_of(main)
    ended = {valley_of(run) for run in crowd} - {None}
    if not ended:
        return say("No valley has caught a ball, so there is nothing to keep.")
    if stuck(main) and tally.lowest:
        return say("Many starts find a better valley than one. And on a landscape?")
    if len((ended | {here}) - {None}) > 1:
        return say("Where you start decides where you end. And on a landscape?")
    if tally.none or here is None:
        return say("Not every start gets there, and you rarely know which: so try many.")
    return say("Here every start gets there. You rarely know that beforehand.")


def loop_words(crowd: Sequence[Trajectory]) -> Sentence:
    """The one line of a loop."""
    ended = {valley_of(run) for run in crowd}
    if len(ended - {None}) > 1:
        return say("The start decides the valley.")
    return say("Many starts, one rule.") if None in ended else say("From every start to one valley.")
