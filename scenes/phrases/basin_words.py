"""What is said about basins, each sentence chosen by what the runs did."""

from __future__ import annotations

from scenes.phrases.basin_facts import (
    HARDLY,
    crowded,
    frayed,
    inner,
    moved,
    neutrals,
    rate_matters,
    reached,
    shade_of,
    stripes,
    unpainted,
)
from scenes.phrases.formulas import ground
from scenes.phrases.method_names import method_words
from scenes.planned_basins import ELSEWHERE, LOST, BasinRuns, end_of
from scenes.script.sentence import Brief, Count, Exact, Sentence, Tinted, Value, Words, say


def scenery_words(runs: BasinRuns) -> Sentence:
    """What the map shows."""
    count = Count(len(runs[0].objective.minima), "minimum", "minima")
    return say("A landscape from above, with {minima:minimum}, and a [ball](ball).", minima=count)


def end_words(runs: BasinRuns) -> Sentence:
    """Where the first ball ends, and what its start is painted with."""
    end = end_of(runs[0])
    if end >= 0:
        here = Tinted(Words(say("this one")), shade_of(runs)[end])
        return say("In {here}. So its start gets the colour of that [minimum](minimum).", here=here)
    if end == ELSEWHERE:
        return say("At no [minimum](minimum), although it rests. So its start stays unpainted.")
    if end == LOST:
        return say("Nowhere: it's thrown off the map. So its start is painted dark.")
    return say("After {steps}, in none. So its start is painted grey.", steps=_steps(runs))


def handful_words(runs: BasinRuns) -> Sentence:
    """More balls."""
    balls = Count(len(runs.handful), "more ball", "more balls")
    return say("Let {balls:ball} go. Each start takes the colour of its end.", balls=balls)


def basin_words(runs: BasinRuns) -> Sentence:
    """What the painted map shows."""
    ends = inner(runs, runs.plain)
    found = reached(ends)
    if not found:
        return say("Not one of them comes to rest in a [minimum](minimum).")
    if len(found) > 1:
        return say("Each colour is a basin: from all of it, you end in the same [minimum](minimum).")
    if any(neutrals(ends)):
        return say("One colour, one basin: from all of it, you end in the same [minimum](minimum).")
    return say("One colour all over: wherever you start, you end in the same [minimum](minimum).")


def rest_words(runs: BasinRuns) -> Sentence | None:
    """What the neutral colours stand for, or a colour that several basins share."""
    if crowded(runs):
        return say("There are more basins than colours, so some that lie far apart share one.")
    if unpainted(runs):
        return say("Where nothing is painted, the ball rests at no [minimum](minimum) of this map.")
    grey, dark = neutrals(inner(runs, runs.plain))
    if grey and dark:
        return say(
            "Dark: the ball is thrown off the map. Grey: it's still on its way after {steps}.", steps=_steps(runs)
        )
    if dark:
        return say("Where it's dark, the ground is so steep that the ball is thrown off the map.")
    if grey:
        return say("Where it's grey, the ball is still on its way after {steps}.", steps=_steps(runs))
    return None


def switch_words(runs: BasinRuns) -> Sentence:
    """The second method, with a guess."""
    method = Words(method_words(runs.method))
    what = Words(say("borders" if len(reached(inner(runs, runs.plain))) > 1 else "colours"))
    if runs.rate == runs.other_rate:
        return say("Same starts, same rate, now with {method}. Do the {what} stay?", method=method, what=what)
    rate = Exact(runs.other_rate, 3)
    return say(
        "Same starts, now with {method}, at a rate of {rate:rate}. Do the {what} stay?",
        method=method,
        rate=rate,
        what=what,
    )


def other_words(runs: BasinRuns) -> Sentence:
    """What the second method does to the basins."""
    ends, change = inner(runs, runs.other), moved(runs)
    if not reached(ends):
        return say("Now not one of them comes to rest in a [minimum](minimum).")
    if change < HARDLY:
        return say("They stay: hardly a start now ends in another way.")
    percent = Brief(round(100 * change))
    if frayed(runs):
        return say("They fray! In the middle of the map, {percent}\u00a0% now end elsewhere.", percent=percent)
    return say("They don't: in the middle of the map, {percent}\u00a0% now end elsewhere.", percent=percent)


def limit_words(runs: BasinRuns) -> Sentence | None:
    """Why the colours end, if they do at 2 over the curvature."""
    found = stripes(runs)
    if len(found) > 1:
        return say("Each stripe ends at its own limit: 2 over the largest curvature at its [minimum](minimum).")
    if found:
        return say("The colour ends at a limit: 2 over the largest curvature at its [minimum](minimum).")
    return None


def beyond_words(runs: BasinRuns) -> Sentence | None:
    """The neutral regions of the map by rate."""
    grey, dark = neutrals(runs.by_rate.ends)
    if grey and dark:
        return say("[Grey](muted): not at rest after {steps}. Dark: thrown off the map.", steps=_steps(runs))
    if dark:
        return say("Dark: here the ball is thrown off the map.")
    return say("Grey: here it's not at rest after {steps}.", steps=_steps(runs)) if grey else None


def moral(runs: BasinRuns) -> Sentence:
    """The one line to take home, and the next lesson's question."""
    many = len(reached(runs.plain.ends)) > 1
    if many and rate_matters(runs):
        return say(
            "The rate decides whether you arrive; where you start decides where. But is zero slope always a minimum?"
        )
    if many:
        return say("Where you start decides where you end. But is zero slope always a minimum?")
    if rate_matters(runs):
        return say("Here it's the rate that decides whether you arrive. But is zero slope always a minimum?")
    return say("Here, neither start nor rate makes a difference. But is zero slope always a minimum?")


def loop_words(runs: BasinRuns) -> Sentence:
    """The one line of a loop."""
    if moved(runs) < HARDLY:
        return say("Every start, in the colour of its end.")
    return say("The start decides, and so does the method.")


def alt(runs: BasinRuns) -> Sentence:
    """The film in a sentence or two."""
    values: dict[str, Value] = {"ground": Words(ground(runs[0])), "end": Words(basin_words(runs))}
    values |= {"method": Words(method_words(runs.method)), "percent": Brief(round(100 * moved(runs)))}
    template = (
        "Every start on {ground} is painted by where it ends. {end} "
        "With {method}, {percent}\u00a0% of those in the middle end elsewhere."
    )
    return say(template, **values)


def _steps(runs: BasinRuns) -> Count:
    return Count(runs.steps, "step", "steps")
