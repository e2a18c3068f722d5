"""Sentences about several learning rates, or one, each chosen by what the runs did."""

from __future__ import annotations

from collections.abc import Sequence

from gdsim import Trajectory
from gdsim.behaviour import Behaviour, behaviour
from scenes.phrases.outcomes import loop_line
from scenes.phrases.race_facts import Group, Runs, gained, nearest
from scenes.phrases.rate_facts import (
    RATE_DIGITS,
    distances,
    equally_far,
    factor,
    factor_digits,
    rate_of,
    threshold,
)
from scenes.phrases.run_facts import ARRIVED
from scenes.script.concepts import run_concept
from scenes.script.sentence import Brief, Count, Exact, Listed, Sentence, Tinted, Value, Words, say

# The rates of several runs can be read on the dial: spoken, they would take eight seconds.
INVITATIONS = (
    "Say we set it to {rate}. What will the [ball](ball) do?",
    "Which setting is better? Let's race two.",
    "Which setting is best? Let's race three.",
    "Which setting is best? Let's race four.",
    "Which setting is best? Let's race five.",
    "Which setting is best? Let's race six.",
)
# What one ball does, and several.
_DOES = {
    Behaviour.CREEPS: ("{who} creeps.", "{who} creep."),
    Behaviour.DESCENDS: ("{who} walks down.", "{who} walk down."),
    Behaviour.LANDS: (
        "{who} is at the [minimum](minimum) after a single step.",
        "{who} are at the [minimum](minimum) after a single step.",
    ),
    Behaviour.OSCILLATES: ("{who} leaps across, yet gets lower.", "{who} leap across, yet get lower."),
    Behaviour.CYCLES: (
        "{who} leaps across and gains nothing.",
        "{who} leap across and gain nothing.",
    ),
    Behaviour.DIVERGES: ("{who} overshoots, and climbs.", "{who} overshoot, and climb."),
}
# What its factor does to the offset d, step after step.
_SHRINKS = {
    Behaviour.CREEPS: "Times {by}: nearly all of [d](minimum) is left.",
    Behaviour.DESCENDS: "Times {by}: it shrinks.",
    Behaviour.LANDS: "Times {by}: one step, and nothing is left to see.",
    Behaviour.OSCILLATES: "Times {by}: it flips, and shrinks.",
    Behaviour.CYCLES: "Times {by}: it flips, and keeps its size.",
    Behaviour.DIVERGES: "Times {by}: it flips, and grows.",
}


def rate_value(runs: Runs, index: int) -> Value:
    """A run's rate, in its colour."""
    rate = rate_of(runs[index])
    assert rate is not None
    return Tinted(Exact(rate, RATE_DIGITS), run_concept(index, len(runs), alone="rate"))


def listed(runs: Runs, members: Sequence[int]) -> Value:
    """`0.1 and 0.9`; a single run is `The ball`."""
    if len(runs) == 1:
        return Words(say("The [ball](ball)"))
    return Listed(tuple(rate_value(runs, index) for index in members))


def invitation(runs: Runs) -> Sentence:
    """Which rates are tried."""
    if len(runs) == 1:
        return say(INVITATIONS[0], rate=rate_value(runs, 0))
    return say(INVITATIONS[len(runs) - 1])


def does(runs: Runs, group: Group) -> Sentence:
    """What a group of runs does while it is watched."""
    return say(_DOES[group.kind][len(group.members) > 1], who=listed(runs, group.members))


def multiplies(runs: Runs, group: Group) -> Sentence:
    """What multiplying by the group's factors does."""
    factors = [(index, factor(runs[index]) or 0.0) for index in group.members]
    by = Listed(
        tuple(Tinted(Exact(value, factor_digits(value)), run_concept(index, len(runs))) for index, value in factors)
    )
    return say(_SHRINKS[group.kind], by=by)


def verdict(runs: Runs) -> Sentence:
    """Which run ended closest; for a single run, how near it is."""
    best = nearest(runs)
    away = float(distances(runs[best[0]])[-1])
    if len(runs) == 1:
        return _one_verdict(runs[0], away)
    who, left = listed(runs, best), Brief(away)
    if not gained(runs):
        return say("Who got closest to the [minimum](minimum)? None of them: nobody is closer than at the start.")
    if away < ARRIVED:
        template = "Who got closest? {who}: at the [minimum](minimum), with nothing left to see."
        return say(template, who=who)
    if not best[1:]:
        return say("Who got closest? {who}, {left:minimum} from the [minimum](minimum).", who=who, left=left)
    sides = [factor(runs[index]) or 0.0 for index in best]
    if min(sides) < 0 < max(sides):
        template = "Who got closest? {who}: a tie."
        return say(template, who=who)
    return say("Who got closest? {who}, equally: {left:minimum} from the [minimum](minimum).", who=who, left=left)


def _one_verdict(run: Trajectory, away: float) -> Sentence:
    """How near one run came, and whether that is nearer than its start."""
    steps, left, start = Count(run.steps, "step", "steps"), Brief(away), float(distances(run)[0])
    if away < ARRIVED:
        return say("After {steps} it is at the [minimum](minimum): the slope there is as good as zero.", steps=steps)
    template = "After {steps} it is {left:minimum} from the [minimum](minimum)."
    if equally_far(away, start):
        template = "After {steps} it is {left:minimum} from the [minimum](minimum), as far as at the start."
    elif away > start:
        template = "After {steps} it is {left:minimum} from the [minimum](minimum), farther than at the start."
    elif behaviour(run) is Behaviour.CREEPS:
        template = "After {steps} it is still {left:minimum} from the [minimum](minimum)."
    return say(template, steps=steps, left=left)


def moral(runs: Runs) -> Sentence:
    """The line to take home."""
    run = runs[0]
    if len(runs) > 1:
        return say("Too small wastes steps, too large climbs out. So how do you choose?")
    rate, limit = rate_of(run), threshold(run.objective)
    assert rate is not None
    kind, best = behaviour(run), Exact(limit / 2, RATE_DIGITS)
    if kind is Behaviour.LANDS:
        return say("At 1 over the curvature, {best:rate}, a single step is all it takes on a parabola.", best=best)
    if rate > limit:
        return say(
            "Your {rate} is above it. Below {limit:rate}, every step would bring the ball closer.",
            rate=rate_value(runs, 0),
            limit=Exact(limit, RATE_DIGITS),
        )
    if rate == limit:
        return say(
            "Your {rate} is exactly there: a little less, and every step gets it closer.", rate=rate_value(runs, 0)
        )
    if kind is Behaviour.OSCILLATES:
        return say(
            "Your {rate} is below it, so it comes closer. Up to {best:rate} it wouldn't even leap.",
            rate=rate_value(runs, 0),
            best=best,
        )
    return say(
        "Your {rate} is below it, so it comes closer. At {best:rate} one step would be enough.",
        rate=rate_value(runs, 0),
        best=best,
    )


def race_line(runs: Runs) -> Sentence:
    """The one line of a loop."""
    moving = [run for run in runs if run.steps]
    if len(moving) > 1:
        return say("One start. The learning rate decides.")
    return loop_line(runs[0])
