"""Sentences about schedules of the learning rate, each chosen by what the runs did."""

from __future__ import annotations

from gdsim import Trajectory
from scenes.phrases.schedule_facts import (
    all_thrown,
    beats_constants,
    behind,
    calms,
    closer,
    dances,
    order,
    quick,
    slow,
    solo,
    thrown,
    tied,
)
from scenes.phrases.schedule_names import COLOURS, called, named
from scenes.planned_schedules import CONSTANTS, ScheduleRuns
from scenes.script.sentence import Brief, Count, Sentence, Tinted, Value, Words, say

_WAYS = {
    "step": say("in stairs"),
    "exponential": say("by equal factors"),
    "cosine": say("along a cosine"),
    "warmup-cosine": say("after a warm-up"),
    "inverse-time": say("as one over t"),
}
_FALLS = {
    2: "The rate can fall {w1} or {w2}.",
    3: "The rate can fall {w1}, {w2} or {w3}.",
    4: "The rate can fall {w1}, {w2}, {w3} or {w4}.",
}


def question_words(runs: ScheduleRuns) -> Sentence:
    """What kind of run it is."""
    rows = Count(runs[0].batch_size, "row", "rows")
    return say("Each step sees just {rows} of the data. Other rows, another direction.", rows=rows)


def first_words(runs: ScheduleRuns) -> Sentence:
    """What the large constant rate does at first."""
    rate = Tinted(Brief(float(runs.rates[0, 0])), COLOURS[0])
    if thrown(runs, 0):
        return say("At a constant rate of {rate}, it's thrown out of the valley.", rate=rate)
    if quick(runs):
        return say("At a constant rate of {rate}, it's down there in no time.", rate=rate)
    return say("At a constant rate of {rate}, it sets off.", rate=rate)


def last_words(runs: ScheduleRuns) -> Sentence:
    """What becomes of it."""
    if dances(runs):
        return say("But then it never settles: the noise keeps kicking it around.")
    return say("And each batch kicks it a little off its way.")


def guess_words(runs: ScheduleRuns) -> Sentence:
    """The viewer's guess."""
    if dances(runs):
        return say("Would a smaller rate help?")
    return say("What would a smaller rate do?")


def small_words(runs: ScheduleRuns) -> Sentence:
    """What the small constant rate does."""
    if thrown(runs, 1):
        return say("Even a tenth of that rate is too much.")
    if thrown(runs, 0):
        return say("At a tenth of that rate, it stays in the valley.")
    if slow(runs) and closer(runs, 1):
        return say("At a tenth of that rate, it ends up closer. But it's slow.")
    if slow(runs):
        return say("At a tenth of that rate, it's slow.")
    return say("At a tenth of that rate, each kick moves it a tenth as far.")


def pull_words() -> Sentence:
    """Why a constant rate cannot settle."""
    return say("Why? Even at the minimum, every batch pulls its own way.")


def kick_words() -> Sentence:
    """What the rate has to do with it."""
    return say("The rate scales each kick. Small rate, small kicks, but small strides, too.")


def idea_words() -> Sentence:
    """What a schedule is."""
    return say("So start large, and shrink the rate on the way. That's a schedule.")


def solo_words(runs: ScheduleRuns) -> Sentence:
    """What a schedule does."""
    index = solo(runs)
    if thrown(runs, index):
        return say("But here the ball is thrown out before the rate is small enough.")
    if calms(runs, index):
        return say("Large strides first, then smaller and smaller kicks: the ball calms down.")
    return say("As the rate falls, it scales down strides and kicks alike.")


def ways_words(runs: ScheduleRuns) -> Sentence:
    """The schedules that are compared, each a value w1, w2, …"""
    members = range(CONSTANTS, len(runs))
    ways: dict[str, Value] = {
        f"w{place + 1}": Tinted(Words(_WAYS[runs.names[index]]), COLOURS[index]) for place, index in enumerate(members)
    }
    return say(_FALLS[len(ways)], **ways)


def ready_words() -> Sentence:
    """Likewise, where there is only one."""
    return say("Now put it next to the two constant rates.")


def praised(runs: ScheduleRuns) -> list[int]:
    """The runs of which the verdict speaks."""
    best = order(runs)[0]
    beating = [index for index in range(CONSTANTS, len(runs)) if beats_constants(runs, index)]
    return beating if len(beating) == len(runs) - CONSTANTS else [best]


def invitation(runs: ScheduleRuns) -> Sentence:
    """What is fair, and the viewer's guess."""
    steps = Count(runs.budget, "step", "steps")
    return say("Same start, same batches, {steps} each. Who ends up closest?", steps=steps)


def race_words(runs: ScheduleRuns, step: int) -> Sentence:
    """Who is where after some steps."""
    if all_thrown(runs):
        return say("At these rates, every ball is thrown out.")
    if behind(runs, step) and not any(thrown(runs, index) for index in range(len(runs))):
        return say("Far away, large rates win: {small} falls behind.", small=named(runs, 1))
    return say("Off they go, down the same slope.")


def settle_words(runs: ScheduleRuns) -> Sentence:
    """What falling rates do."""
    if dances(runs):
        return say("Then the noise takes over, and {large} keeps dancing.", large=named(runs, 0))
    return say("And as the rates fall, the kicks fade.")


def winner_words(runs: ScheduleRuns) -> Sentence:
    """The first two, as the runs have it."""
    first, second = (named(runs, index) for index in order(runs)[:2])
    if tied(runs):
        return say("Closest to the minimum: {first} and {second}, almost level.", first=first, second=second)
    return say("Closest to the minimum: {first}, then {second}.", first=first, second=second)


def verdict(runs: ScheduleRuns) -> Sentence:
    """Schedules against constant rates."""
    beating = [beats_constants(runs, index) for index in range(CONSTANTS, len(runs))]
    if order(runs)[0] < CONSTANTS:
        return say("So here, a constant rate beats every schedule. Other batches may change the order.")
    if all(beating):
        return say("Here, each schedule beats both constant rates. Other batches may change the order.")
    return say("So here, a schedule is ahead of both constant rates. Other batches may change the order.")


def moral(runs: ScheduleRuns) -> Sentence:
    """The line to take home."""
    if all_thrown(runs):
        return say("None of them saves a start that's too large. Try a smaller rate!")
    return say("Large steps to get there, small steps to settle.")


def seed_words() -> Sentence:
    """The next lesson's question."""
    return say("Yet each step still forgets the last. What if it remembered?")


def loop_words() -> Sentence:
    """The loop's line."""
    return say("The rate falls. Who settles closest?")


def alt(runs: tuple[Trajectory, ...]) -> Sentence:
    """What the film shows."""
    assert isinstance(runs, ScheduleRuns)
    steps = Count(runs.budget, "step", "steps")
    return say(
        "Balls go down one map by mini-batch in {steps}: at two constant learning rates, and at rates that fall. "
        "The closest to the minimum at the end is {first}.",
        steps=steps,
        first=Words(called(runs, order(runs)[0])),
    )
