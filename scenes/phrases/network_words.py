"""What is said of a network's training, chosen by its numbers."""

from __future__ import annotations

from gdsim import Stop
from scenes.phrases.class_facts import answer_concept
from scenes.phrases.network_facts import bent, cut_step, grows, straight, wrong
from scenes.planned_network import NetworkRuns
from scenes.script.sentence import Brief, Count, Exact, Sentence, Tinted, Value, say

BARE = "After {steps}, {wrong} on the wrong side."


def points(runs: NetworkRuns) -> Count:
    """`120 points`."""
    return Count(runs.data.rows, "point", "points")


def shape_words(runs: NetworkRuns) -> Sentence:
    """How many nodes there are."""
    if runs.hidden == 1:
        return say("Two inputs feed one hidden unit, and that feeds one output.")
    return say("Two inputs feed {units} hidden units, and those feed one output.", units=Exact(runs.hidden))


def verdict_words(runs: NetworkRuns) -> Sentence:
    """What comes out for the followed row, and what should have."""
    row = runs.followed.row
    answer = int(runs.data.targets[row])
    return say(
        "Out comes {output}. It should be {answer}, so the loss is {loss:loss}.",
        output=Brief(float(runs.inside.outputs[0, row])),
        answer=Tinted(Exact(answer), answer_concept(answer == 1)),
        loss=Brief(float(runs.inside.row_losses[0, row])),
    )


def step_words(runs: NetworkRuns) -> Sentence:
    """The first step, or why there is none."""
    run = runs.main
    if run.steps:
        rate = Exact(float(run.learning_rates[0]), 9)
        return say("Times the rate, {rate:rate}: every weight takes its step at once.", rate=rate)
    if run.stop is Stop.FLAT:
        return say("But here every gradient is almost zero, so no weight moves.")
    return say("But this learning rate is so large that the first step leads out of sight.")


def cut_words(runs: NetworkRuns, step: int) -> Sentence:
    """The first boundary that helps, which is straight, and the guess."""
    return say(
        "First comes a straight cut, with {wrong} on the wrong side. Will it bend?", wrong=_points(wrong(runs, step))
    )


def course_words(runs: NetworkRuns) -> Sentence:
    """How the training ends."""
    run, last = runs.main, wrong(runs, -1)
    values: dict[str, Value] = {"steps": Count(run.steps, "step", "steps")}
    if grows(run):
        return say("This learning rate is too large: after {steps}, the loss is higher than at the start.", **values)
    cut = cut_step(runs)
    if cut is not None and straight(run, -1):
        if not last:
            return say("No need: after {steps}, the straight cut has every point on the right side.", **values)
        return say("It doesn't: after {steps}, {wrong} still on the wrong side.", wrong=_left(last), **values)
    bends = cut is not None and bent(run, -1) and last < wrong(runs, cut)
    if last:
        template = "It bends: after {steps}, only {wrong} on the wrong side." if bends else BARE
        return say(template, wrong=_left(last), **values)
    if bends:
        return say("It bends! After {steps}, every point is on the right side.", **values)
    return say("After {steps}, every point is on the right side.", **values)


def _points(amount: int) -> Count:
    return Count(amount, "point", "points")


def _left(amount: int) -> Count:
    return Count(amount, "point is", "points are")


def sum_words(runs: NetworkRuns) -> Sentence:
    """What the output makes of the units."""
    if runs.hidden == 1:
        return say("With a single unit, the boundary can only be straight. More units let it bend.")
    if not bent(runs.main, -1):
        return say("The output adds them up, weighted: that sum colours the plane.")
    return say("The output adds them up, weighted: straight edges together make a curve.")


def loop_words(runs: NetworkRuns) -> Sentence:
    """The loop's one line."""
    run = runs.main
    if not run.steps:
        return say("This network does not learn.")
    if bent(run, -1) and not wrong(runs, -1) and not grows(run):
        return say("A network learns to bend its boundary.")
    return say("Every step moves all the weights.")


def alt(runs: NetworkRuns) -> Sentence:
    """The film in a sentence or two."""
    values: dict[str, Value] = {"points": points(runs), "steps": Count(runs.main.steps, "step", "steps")}
    values["units"] = Count(runs.hidden, "hidden unit", "hidden units")
    last = wrong(runs, -1)
    if not last:
        template = "A network with {units} learns to tell {points} apart. After {steps}, all are on the right side."
        return say(template, **values)
    template = "A network with {units} is trained to tell {points} apart. After {steps}, {wrong} on the wrong side."
    return say(template, wrong=_left(last), **values)
