"""What is said of many balls and several valleys."""

from __future__ import annotations

import re

import numpy as np

from gdsim import Stop
from gdsim.behaviour import jumps
from scenes.story.valley_outcomes import End, end_of, valley_of, valleys
from tests.scenes.story.claims.reading import STEPS, N, Told, steps_said, told

COUNTED = ["no", "one", "two", "three", "four", "five", "six"]
# The sentence -> how it is checked: `it` is the run, the rest what the sentence names.
VALLEYS = {
    # Valleys
    r"This curve has (\w+) valleys?(?: on the map)?\.(?: (One is .+ (?:other|deepest)|\w+ are equally deep)\.)?": (
        lambda it, n, rest: (
            len(valleys(it.run.objective)) == COUNTED.index(n)
            and (not rest or (deepest_count(it) > 1) == rest.endswith("equally deep"))
            and (
                not rest
                or rest.split()[0] in ("One", "All")
                or deepest_count(it) == COUNTED.index(rest.split()[0].lower())
            )
        )
    ),
    rf"Two balls, one rule\. One starts at ({N}), one at ({N})\.": lambda it, first, second: (
        told(first, it.runs[0].points[0, 0]) and told(second, it.runs[1].points[0, 0]) and first != second
    ),
    rf"(?:At a rate of ({N}) each|Each) follows the slope under it, and nothing else\.": lambda it, rate: (
        not rate or told(rate, it.run.learning_rates[0])
    ),
    rf"The ball from ({N}) (.+)\.": lambda it, start, fate: fate_said(it, start, fate),
    rf"From there every way leads up\. It cannot see the valley that is ({N}) deeper\.": lambda it, drop: told(
        drop, it.losses[-1] - min(low.value for low in it.run.objective.minima)
    ),
    r"Both came down into the same valley\.": lambda it: (
        valley_of(it.runs[0]) is not None and valley_of(it.runs[0]) == valley_of(it.runs[1])
    ),
    r"So start again, from many places: (\d+) balls along the curve\.": lambda it, n: len(it.runs) == 2 + int(n),
    r"The same rule for all\.( The colour tells the valley a ball ends in\.)?": lambda it, colour: (
        one_rule(it) and bool(colour) == bool(it.run.objective.minima)
    ),
    r"(\d+) of (\d+) balls ends? in (?:the|a) deepest valley(?:, (\d+) in (?:another|others))?\.": lambda *said: (
        tally_said(*said)
    ),
    r"There is no valley on the map for them to end in\.": lambda it: not valleys(it.run.objective),
    r"(\d+ (?:is|are|still|has|have) .+)\.": lambda it, rest: rest_said(it, rest),
    rf"The lowest of them ends at a loss of ({N})\. That one you keep\.": lambda it, loss: told(
        loss, min(one.losses[-1] for one in it.runs[2:] if end_of(one) is not End.LEFT)
    ),
    r"Starting often does not help here: at this rate all of them leave the map\.": lambda it: all(
        end_of(one) is End.LEFT for one in it.runs[2:]
    ),
    r"Here every start finds it\. You rarely know that beforehand: start often\.": lambda it: (
        len({valley_of(one) for one in it.runs[2:]}) == 1 and valley_of(it.runs[2]) is not None
    ),
    r"That is what restarts are for: start often, and keep the best\.": lambda it: (
        any(end_of(one) is not End.LEFT for one in it.runs[2:])
        and (len({valley_of(one) for one in it.runs[2:]} | {None}) > 2 or is_any_unsettled(it) or deepest_count(it) > 1)
    ),
}


def one_rule(it: Told) -> bool:
    """Whether every ball used the same method, and at each step the same rate."""
    longest = max((one.learning_rates for one in it.runs), key=len)
    return all(
        one.optimiser == it.run.optimiser and np.array_equal(one.learning_rates, longest[: one.steps])
        for one in it.runs
    )


def is_any_unsettled(it: Told) -> bool:
    """Whether one of the many balls rests in no valley."""
    return any(valley_of(one) is None for one in it.runs[2:])


def deepest_count(it: Told) -> int:
    """How many valleys are as deep as the deepest."""
    lows = [low.value for low in it.run.objective.minima]
    return sum(np.isclose(low, min(lows), rtol=1e-9, atol=1e-9) for low in lows)


def fate_said(it: Told, start: str, fate: str) -> bool:
    """What became of one of the two balls."""
    run, here, lows = it.run, valley_of(it.run), [low.value for low in valleys(it.run.objective)]
    right = told(start, run.points[0, 0])
    if found := re.search(rf"\S+ [=≈] ({N})", fate):
        right = right and told(found.group(1), run.points[-1, 0])
    if found := re.search(rf"after {STEPS}", fate):
        right = right and steps_said(it, found.group(1))
    if "deepest" in fate:
        return (
            right
            and here is not None
            and np.isclose(lows[here], min(lows), atol=1e-9)
            and told(fate.split("loss ")[1], run.losses[-1])
        )
    if "stuck" in fate:
        return (
            right
            and here is not None
            and lows[here] > min(lows) + 1e-9
            and abs(run.gradients[-1, 0]) < 1e-2 * abs(run.gradients).max()
        )
    if "left the map" in fate:
        return right and (it.off or run.stop is Stop.DIVERGED)
    if "jumps to and fro" in fate:
        return right and bool(jumps(run)[-1])
    if "cannot take another step" in fate:
        return right and run.stop in (Stop.UNDEFINED, Stop.SLOPELESS, Stop.UNCOMPUTABLE)
    return right and "has not come to rest" in fate and here is None


def tally_said(it: Told, best: str, every: str, other: str | None) -> bool:
    """How many ended where."""
    ends, lows = [valley_of(one) for one in it.runs[2:]], [low.value for low in valleys(it.run.objective)]
    deep = sum(end is not None and np.isclose(lows[end], min(lows), atol=1e-9) for end in ends)
    rest = sum(end is not None for end in ends) - deep
    return (int(best), int(every), int(other or 0)) == (deep, len(ends), rest)


def rest_said(it: Told, rest: str) -> bool:
    """How many have not come to rest, in clauses; the noun's number fits the verb."""
    ends = [end_of(one) for one in it.runs[2:]]
    broken = (Stop.UNDEFINED, Stop.SLOPELESS, Stop.UNCOMPUTABLE)
    if any(
        (one.stop in broken) != (end is End.HALTED) for one, end in zip(it.runs[2:], ends) if valley_of(one) is None
    ):
        return False
    words = {"way": End.ROLLS, "jump": End.JUMPS, "left": End.LEFT, "stopped": End.HALTED}
    for clause in rest.split(", "):
        amount = int(clause.split()[0])
        kind = next(end for word, end in words.items() if word in clause)
        one = re.match(r"\d+ (?:is|has|still jumps)\b", clause) is not None
        if ends.count(kind) != amount or one != (amount == 1):
            return False
    return True
