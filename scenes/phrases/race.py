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

INVITATIONS = (
    "Say we set it to {r1}. What will the [ball](ball) do?",
    "Which is better? Let's race two: {r1} and {r2}.",
    "Which is best? Let's race three: {r1}, {r2} and {r3}.",
    "Which is best? Let's race four: {r1}, {r2}, {r3} and {r4}.",
    "Which is best? Let's race five: {r1}, {r2}, {r3}, {r4} and {r5}.",
    "Which is best? Let's race six: {r1}, {r2}, {r3}, {r4}, {r5} and {r6}.",
)
# What one ball does, and several.
_DOES = {
    Behaviour.CREEPS: ("{who} creeps: its steps are tiny.", "{who} creep: their steps are tiny."),
    Behaviour.DESCENDS: (
        "{who} walks down, always on one side.",
        "{who} walk down, always on one side.",
    ),
    Behaviour.LANDS: (
        "{who} is at the [minimum](minimum) after a single step.",
        "{who} are at the [minimum](minimum) after a single step.",
    ),
    Behaviour.OSCILLATES: (
        "{who} leaps across, yet lands lower each time.",
        "{who} leap across, yet land lower each time.",
    ),
    Behaviour.CYCLES: (
        "{who} leaps across and gains nothing.",
        "{who} leap across and gain nothing.",
    ),
    Behaviour.DIVERGES: (
        "{who} overshoots: every leap lands higher.",
        "{who} overshoot: every leap lands higher.",
    ),
}
# What its factor does to the offset d, step after step.
_SHRINKS = {
    Behaviour.CREEPS: "Times {by}: nearly all of [d](minimum) is left. It creeps.",
    Behaviour.DESCENDS: "Times {by}: smaller and smaller. It walks.",
    Behaviour.LANDS: "Times {by}: one step, and nothing is left to see.",
    Behaviour.OSCILLATES: "Times {by}: the minus flips sides, yet it shrinks.",
    Behaviour.CYCLES: "Times {by}: it flips sides and keeps its size.",
    Behaviour.DIVERGES: "Times {by}: it flips sides, and it grows.",
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
    values = {f"r{index + 1}": rate_value(runs, index) for index in range(len(runs))}
    return say(INVITATIONS[len(runs) - 1], **values)


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
        template = "Who got closest? {who}, equally: {left:minimum} away. Leaping gets as near as walking."
        return say(template, who=who, left=left)
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
        return say("Too small wastes steps, too large climbs out. Stay below 2 over the curvature.")
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
