"""Sentences about a race of methods, each chosen by what the runs did."""

from __future__ import annotations

from collections.abc import Iterator

from gdsim import Stop
from scenes.phrases.formulas import ground
from scenes.phrases.method_facts import (
    ABOUT_EQUAL,
    STEEPER,
    Division,
    arrivals,
    division,
    gone,
    home,
    methods_of,
    moves,
    ranking,
    unchanged,
    winner,
)
from scenes.phrases.method_names import method_value, methods_listed
from scenes.phrases.run_facts import variable_names
from scenes.planned_methods import Lap, MethodRace
from scenes.script.sentence import Brief, Count, Exact, Name, Sentence, Value, Words, say

INVITATIONS = (
    "In the race: {m1} and {m2}.",
    "In the race: {m1}, {m2} and {m3}.",
    "In the race: {m1}, {m2}, {m3} and {m4}.",
    "In the race: {m1}, {m2}, {m3}, {m4} and {m5}.",
    "In the race: {m1}, {m2}, {m3}, {m4}, {m5} and {m6}.",
)
# Methods that look at more than one gradient per step.
CURIOUS = ("newton", "bfgs")


def question(race: MethodRace) -> Sentence:
    """What the film asks."""
    if len(race.laps) > 1:
        return say("Which method gets down this narrow valley first?")
    if race.laps[0].goal is None:
        return say("Which method gets lowest on this surface?")
    return say("Which method gets down this surface first?")


def invitation(lap: Lap) -> Sentence:
    """Who takes part."""
    names = methods_of(lap)
    values = {f"m{index + 1}": method_value(names, index) for index in range(len(names))}
    return say(INVITATIONS[len(names) - 2], **values)


def clock_words(lap: Lap) -> Sentence:
    """What the clock counts, and what it does not."""
    names = methods_of(lap)
    curious = [index for index, name in enumerate(names) if name in CURIOUS]
    if curious:
        words = "One step, one gradient: that is our clock. What else {who} may look up is not counted."
        return say(words, who=methods_listed(names, curious))
    return say("One step, one gradient. Our clock counts the gradients.")


def finish_words(lap: Lap) -> Sentence:
    """What it means to arrive, or what decides instead."""
    if lap.goal is None:
        return say("There is no finish line here: in the end, the lowest loss wins.")
    return say("Stay inside this [line](minimum) and you're home: only a hundredth of the height is left.")


def rate_rule(lap: Lap) -> Sentence:
    """How the rates were chosen."""
    if not lap.tried:
        return say("One learning rate for all, as you asked: {rate:rate}.", rate=Exact(lap.rates[0], 9))
    rates = lap.tried[0].rates
    return say(
        "Fair rates: each method gets its best of {count}, between {low:rate} and {high:rate}.",
        count=Count(len(rates), "rate", "rates"),
        low=Exact(rates[0]),
        high=Exact(rates[-1]),
    )


def guess_words(lap: Lap) -> Sentence:
    """An invitation to guess."""
    if lap.goal is None:
        return say("Who will get lowest? Take a guess!")
    return say("Who needs the fewest gradients? Take a guess!")


def first_home(lap: Lap) -> Sentence | None:
    """Who arrives first, and after how many gradients; None if nobody does."""
    if not home(lap):
        return None
    first = ranking(lap)[0]
    count = Count(arrivals(lap)[first[0]] or 0, "gradient", "gradients")
    return say("First home, after {count}: {who}.", count=count, who=methods_listed(methods_of(lap), first))


def others(lap: Lap) -> Iterator[tuple[Sentence, tuple[int, ...]]]:
    """What became of the others, each sentence with the runs it is about."""
    names, arrived, lost = methods_of(lap), home(lap), gone(lap)
    late = arrived[len(ranking(lap)[0]) :] if arrived else ()
    if len(arrived) == len(names) and not late:
        yield say("A tie: here, it makes no difference which one you take."), arrived
    left = tuple(index for group in ranking(lap) for index in group if index not in arrived + lost)
    count = Count(lap.steps, "gradient", "gradients")
    if late:
        yield say("Next: {who}.", who=methods_listed(names, late)), late
    if left and arrived:
        yield say("Not home after {count}: {who}.", count=count, who=methods_listed(names, left)), left
    elif left:
        best = ranking(lap)[0]
        who = methods_listed(names, best)
        if len(best) == len(names):
            yield say("After {count}, all of them are equally low.", count=count), best
        elif lap.goal is None:
            yield say("After {count}, the lowest is {who}.", count=count, who=who), best
        else:
            yield say("After {count} nobody is home. The lowest is {who}.", count=count, who=who), best
    if lost and len(lost) < len(names):
        yield say("Off the map for good: {who}.", who=methods_listed(names, lost)), lost
    elif lost:
        yield say("All of them have left the map for good."), lost


def no_step(lap: Lap) -> Sentence:
    """Why none of them moves."""
    if lap.runs[0].stop is Stop.FLAT:
        return say("The slope is zero here, so no method moves.")
    return say("The first step leads nowhere, for every one of them.")


def steep_words(lap: Lap, found: Division) -> Sentence | None:
    """How much steeper it is in one direction; None if it hardly is."""
    if found.ratio < STEEPER:
        return None
    names = variable_names(lap.runs[0].objective)
    values: dict[str, Value] = {
        "ratio": Brief(found.ratio),
        "steep": Name(names[found.steep]),
        "gentle": Name(names[1 - found.steep]),
    }
    if winner(lap) == found.run:
        return say("Why? It starts {ratio:slope} times as steep along {steep} as along {gentle}.", **values)
    who = method_value(methods_of(lap), found.run)
    words = "Inside {who}: the start is {ratio:slope} times as steep along {steep} as along {gentle}."
    return say(words, who=who, **values)


def divide_words(lap: Lap, found: Division) -> Sentence:
    """What the method divides by."""
    who = method_value(methods_of(lap), found.run)
    if lap.runs[found.run].optimiser == "rmsprop":
        words = "{who} divides each slope by its recent size, its running root mean square."
        return say(words, who=who)
    words = "{who} divides each slope's running mean by its size, its running root mean square."
    return say(words, who=who)


def quotient_words(lap: Lap) -> Sentence:
    """What the division leaves."""
    first, second = map(Name, variable_names(lap.runs[0].objective))
    return say("So the first step is as long along {x} as along {y}.", x=first, y=second)


def both_words(lap: Lap) -> Sentence | None:
    """What Adam is; None unless RMSProp has been explained, and Adam is in the race."""
    names = methods_of(lap)
    if "adam" not in names or "rmsprop" not in names:
        return None
    words = "{adam} divides too, and adds momentum."
    return say(words, adam=method_value(names, names.index("adam")))


def turn_words(lap: Lap) -> Sentence:
    """The question that leads to the second race."""
    first = winner(lap)
    if first is None:
        return say("Is that the last word? Turn the valley by 45 degrees.")
    who = method_value(methods_of(lap), first)
    return say("So, is {who} the best? Turn the valley by 45 degrees.", who=who)


def again_words(lap: Lap) -> Sentence:
    """What is as before."""
    if lap.tried:
        return say("Same start, same heights, best rates again.")
    return say("Same start, same heights, same learning rate.")


def verdict(race: MethodRace) -> Sentence | None:
    """What has become of the first ranking; None where there was no single winner."""
    one, other = race.laps
    first, places = winner(one), ranking(other)
    if first is None:
        return None
    who = method_value(methods_of(one), first)
    if places == ranking(one):
        return say("First again: {who}. The ranking is as before.", who=who)
    if first in places[0]:
        return say("First again: {who}, but behind it the ranking has changed.", who=who)
    if places[-1] == (first,):
        return say("First before, last now: {who}!", who=who)
    return say("First before, beaten now: {who}!", who=who)


def unchanged_words(race: MethodRace) -> Sentence | None:
    """Which methods do not notice the turn; None if there are none."""
    same = unchanged(race)
    if not same:
        return None
    return say("Nothing has changed for {who}.", who=methods_listed(methods_of(race.laps[0]), same))


def even_words(race: MethodRace) -> Sentence | None:
    """Why dividing does not help any more; None where the slopes still differ."""
    one, other = map(division, race.laps)
    if one is None or other is None or one.run != other.run or one.ratio < STEEPER or other.ratio > ABOUT_EQUAL:
        return None
    who = method_value(methods_of(race.laps[1]), other.run)
    return say("But {who} now finds two slopes of about equal size: dividing changes little.", who=who)


def moral(race: MethodRace) -> Sentence:
    """The line to take home."""
    if len(race.laps) > 1 and ranking(race.laps[0]) != ranking(race.laps[1]):
        return say("No method always wins. What else could a ball feel?")
    return say("On another surface, another one may be first. What else could a ball feel?")


def loop_words(race: MethodRace, lap: Lap) -> Sentence:
    """The one line of a loop."""
    if not moves(lap):
        return say("No method moves here.")
    first = winner(lap)
    if first is None or lap.scores[first][0]:
        return say("One start, one clock, many methods.")
    who = method_value(methods_of(lap), first)
    if lap is race.laps[0]:
        return say("On this surface, {who} is first.", who=who)
    return say("Turned by 45 degrees, {who} is first.", who=who)


def alt(race: MethodRace) -> Sentence:
    """What the film shows."""
    one = race.laps[0]
    names = methods_of(one)
    values: dict[str, Value] = {
        "who": methods_listed(names, range(len(names))),
        "where": Words(ground(one.runs[0])),
        "end": Words(_result(one)),
    }
    if len(race.laps) == 1:
        return say("Balls race over {where}: {who}. {end}", **values)
    words = "Balls race over {where}: {who}. {end} Then the valley is turned by 45 degrees. {turned}"
    return say(words, turned=Words(_result(race.laps[1])), **values)


def _result(lap: Lap) -> Sentence:
    """How a lap ended."""
    return first_home(lap) or (next(others(lap))[0] if moves(lap) else no_step(lap))
