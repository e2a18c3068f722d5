"""Sentences about batches, each chosen by what the runs did."""

from __future__ import annotations

from gdsim import Stop
from scenes.phrases.batch_facts import (
    after_epochs,
    after_steps,
    cancels,
    climbed,
    dances,
    far_ahead,
    first_epoch,
    first_row_is_silent,
    floor,
    highest_of,
    lowest_of,
    mostly_downhill,
    noisy,
    one_line_fits_all,
    root_law,
    still,
)
from scenes.planned_batches import BatchRuns
from scenes.script.sentence import Count, Exact, Sentence, Value, Words, say

# More steps than these are not a few.
FEW_STEPS = 10
# The lanes' names, for two runs and for three.
LANES = {2: ("batch", "stochastic"), 3: ("batch", "mini-batch", "stochastic")}
# Three colours that are far apart in both themes; the noisier, the warmer.
COLOURS = {"batch": "run1", "mini-batch": "run3", "stochastic": "run5"}
_NAMES = {
    "batch": say("[batch](run1)"),
    "Batch": say("[Batch](run1)"),
    "mini": say("[mini-batch](run3)"),
    "one": say("[stochastic](run5)"),
    "One": say("[Stochastic](run5)"),
}


def concepts(runs: BatchRuns) -> list[str]:
    """The colour of each run."""
    return [COLOURS[name] for name in LANES[len(runs)]]


def named(template: str, **values: Value) -> Sentence:
    """A sentence with `{batch}`, `{Batch}`, `{mini}`, `{one}` or `{One}` in it: a run's name in its colour."""
    found = {key: Words(name) for key, name in _NAMES.items() if f"{{{key}}}" in template}
    return say(template, **found, **values)


def scale(runs: BatchRuns) -> float:
    """The excess at the start."""
    return float(runs[0].losses[0]) - floor(runs)


def first_row_words(runs: BatchRuns) -> Sentence:
    """What the first row says."""
    if first_row_is_silent(runs):
        return say("That row alone would go nowhere: its own [gradient](slope) is zero.")
    return say("That row alone says: go this way.")


def row_words(runs: BatchRuns) -> Sentence:
    """What the other rows say."""
    if runs.data.rows == 2:
        return say("Ask the other row, and you get another answer.")
    return say("Ask the other rows, and you get a whole cloud of answers.")


def mean_words(runs: BatchRuns) -> Sentence:
    """What the gradients of single rows have in common."""
    if cancels(runs):
        return say("Each pulls its own way, and here they cancel: their average, the true gradient, is zero.")
    if mostly_downhill(runs):
        return say("Each is noisy, but most lead downhill, and their average is the true direction.")
    return say("Each is noisy, but their average is exactly the true direction.")


def law_words(runs: BatchRuns) -> Sentence:
    """How the spread depends on the size of the batch."""
    if root_law(runs):
        return say("The noise shrinks with the square root: four times the rows, half the spread.")
    return say("The more rows you average, the less noise is left. With all of them, it's gone.")


def no_step_words(runs: BatchRuns) -> Sentence:
    """Why no run takes a step."""
    if noisy(runs) and cancels(runs):
        return named("So {batch} takes no step. But single rows would pull it away.")
    return say("Here the [gradient](slope) is as good as zero, so there's no step to take.")


def pace_words(runs: BatchRuns) -> Sentence:
    """How many steps an epoch is for each run."""
    if not first_epoch(runs):
        return named("In one epoch, {batch} may take one step, and {one} a step for every row.")
    last = Count(runs.each[-1], "step", "steps")
    if len(runs) == 2:
        return named("In one epoch, {batch} takes one step, and {one} takes {many}.", many=last)
    few = Exact(runs.each[1])
    return named("In one epoch, {batch} takes one step, {mini} takes {few}, and {one} {many}.", few=few, many=last)


def surprise_words(runs: BatchRuns) -> Sentence:
    """Who is ahead after one epoch."""
    after = after_epochs(runs, 1)
    best = lowest_of(after, scale(runs))
    if min(after) > scale(runs):
        return say("At this learning rate, every one of them climbs.")
    if best is None:
        return say("After one epoch, the race is too close to call.")
    if best == 0:
        return named("And {batch} is ahead: at this rate, the noise costs the others more than they gain.")
    if best < len(runs) - 1:
        if runs.each[best] > FEW_STEPS:
            return named("And the {mini} is ahead: many good steps beat a single perfect one.")
        return named("And the {mini} is ahead: a few good steps beat a single perfect one.")
    if far_ahead(after):
        return named("And {one} is far ahead: many rough steps beat a single perfect one.")
    return named("And {one} is ahead: many rough steps beat a single perfect one.")


def end_words(runs: BatchRuns) -> Sentence:
    """What becomes of the stochastic run in the end."""
    if climbed(runs[0]):
        return named("Even {batch} climbs here: this learning rate is too large.")
    if runs[-1].stop is Stop.DIVERGED:
        return named("But {one} is thrown out: for single rows, this learning rate is too large.")
    if climbed(runs[-1]):
        return named("But {one} ends higher than it began: the noise throws it around.")
    if dances(runs):
        return named("But near the [minimum](minimum), {one} never settles. The noise keeps it dancing.")
    if one_line_fits_all(runs):
        return say("On these data one line fits every row. So at the [minimum](minimum), no row pulls any more.")
    if runs[-1].stop is Stop.FLAT:
        return named("{One} has found a place where the [gradient](slope) is almost zero, and stops.")
    return named("{One} keeps jittering: every row pulls its own way.")


def rows_words(runs: BatchRuns) -> Sentence:
    """Who is where when rows are counted."""
    ends = after_epochs(runs, runs.epochs)
    if highest_of(ends, scale(runs)) == 0:
        return named("Plot the loss against the rows read, and {batch} comes last.")
    return say("Plot the loss against the rows that were read.")


def steps_words(runs: BatchRuns) -> Sentence:
    """Who is where when steps are counted instead."""
    after = after_steps(runs, runs.epochs)
    best, worst = lowest_of(after, scale(runs)), highest_of(after, scale(runs))
    flipped = highest_of(after_epochs(runs, runs.epochs), scale(runs)) == 0
    if min(after) > scale(runs):
        return say("Now count steps instead: step for step, all of them climb.")
    if flipped and worst == len(runs) - 1:
        return named("Now count steps instead, and {one} comes last.")
    if best is None:
        return say("Now count steps instead: step for step, there's little between them.")
    if best > 0:
        lucky = "mini" if best < len(runs) - 1 else "one"
        return named(f"Now count steps instead: step for step, {{{lucky}}} happens to be ahead.")
    if flipped:
        return named("Now count steps instead, and the ranking flips: {batch} is ahead.")
    return named("Now count steps instead: {batch} is ahead.")


def cost_words(runs: BatchRuns) -> Sentence:
    """Why counting rows is fair."""
    rows = Count(runs.data.rows, "row", "rows")
    return named("But a {batch} step costs {rows}. A {one} step costs just one.", rows=rows)


def tamed_words() -> Sentence:
    """What to do where even all rows together climb."""
    return say("With a smaller learning rate, steps and noise both shrink. Try again!")


def moral_words() -> Sentence:
    """The line to take home."""
    return say("So most training uses mini-batches: cheap steps, little noise.")


def seed_words() -> Sentence:
    """What no size of a batch changes: the next lesson's question."""
    return say("All along, the learning rate stayed the same. What if it shrank on the way?")


def alt(runs: tuple[object, ...]) -> Sentence:
    """What the film shows."""
    assert isinstance(runs, BatchRuns)
    rows = Count(runs.data.rows, "row", "rows")
    if still(runs):
        return say(
            "A line on {rows} of data starts where the gradient is almost zero, and no step is taken.", rows=rows
        )
    if len(runs) == 2:
        return say("A line is fitted to {rows} of data: with all rows per step, and with one.", rows=rows)
    few = Exact(runs.sizes[1])
    return say(
        "A line is fitted to {rows} of data: with all rows per step, with {few}, and with one.", rows=rows, few=few
    )
