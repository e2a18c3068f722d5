"""What may be said of a fit of yes and no; each sentence is chosen by facts of the run."""

from __future__ import annotations

import numpy as np

from gdsim import Stop
from gdsim.batches import BatchRun
from scenes.phrases.class_facts import (
    blank,
    data_room,
    dips,
    falls,
    grows,
    in_sight,
    logits,
    minimum_in_sight,
    picks,
    right,
    row_losses,
    separable,
    turning_step,
)
from scenes.script.sentence import Brief, Count, Exact, Sentence, say

# A number of steps after which a model that is still on its way has been given time.
MANY = 20


def question() -> Sentence:
    """What there is to learn."""
    return say("Each point has an answer, [yes](run5) or [no](run2). Which line tells them apart best?")


def standardised(run: BatchRun) -> Sentence | None:
    """What was done to the inputs."""
    if run.data.name.endswith(", standardised"):
        return say("Both inputs are standardised first.")
    return None


def guess(run: BatchRun) -> Sentence:
    """The model as it begins."""
    if in_sight(run):
        return say("A first guess: fifty-fifty on this line, surer of [yes](run5) or [no](run2) farther away.")
    if blank(run):
        return say("We start with a blank model: every place gets the same probability of [yes](run5).")
    left, rest, bottom, top = data_room(run)
    middle = np.array([[(left + rest) / 2, (bottom + top) / 2]])
    if logits(run.points[0], middle)[0] > 0:
        return say("We start with a guess that has no line here: [yes](run5) is more likely everywhere.")
    return say("We start with a guess that has no line here: [no](run2) is more likely everywhere.")


def numbers(run: BatchRun) -> Sentence:
    """What the parameters do."""
    if in_sight(run):
        return say("Three numbers: w₁ and w₂ turn the line, and b shifts it.")
    return say("The model has three numbers: two weights, w₁ and w₂, and b.")


def rule() -> Sentence:
    """The loss of a point."""
    return say("Each point costs minus the log of p, the probability of its true answer.")


def sure() -> Sentence:
    """A point that is right."""
    return say("Right and sure: this point costs almost nothing.")


def unsure(run: BatchRun) -> Sentence:
    """A point near the line."""
    return say("Unsure: this one costs {loss:loss}.", loss=Brief(_loss(run, picks(run).unsure)))


def wrong(run: BatchRun) -> Sentence:
    """A point that is far on the wrong side."""
    return say(
        "Wrong and sure: {loss:loss}, and there is no upper limit.",
        loss=Brief(_loss(run, picks(run).wrong)),
    )


def mean(run: BatchRun) -> Sentence:
    """The loss of all."""
    return say("The mean over all the points is the loss: {loss:loss}.", loss=Brief(float(run.losses[0])))


def place() -> Sentence:
    """What the map shows."""
    return say("On this map of w₁ and w₂, drawn for the current b, our model is the ball.")


def first_step(run: BatchRun) -> Sentence:
    """What a step does."""
    if (run.points[1] != run.points[0]).all():
        return say("One step downhill changes all three numbers; as b moves, the map shifts.")
    return say("One step downhill changes the numbers, and the model follows.")


def no_step(run: BatchRun) -> Sentence:
    """Why nothing moves."""
    if run.stop is Stop.FLAT:
        return say("The gradient here is almost zero, so nothing moves.")
    return say("The learning rate is so large that the first step leads out of sight.")


def slide(run: BatchRun) -> Sentence:
    """What the first steps do to the points on the curve."""
    if falls(run):
        return say("Step by step, the points slide down the curve, and the loss falls.")
    if grows(run):
        return say("But the steps are too long: in the end, the loss is larger than before.")
    return say("These steps are long: the loss does not fall each time, but it ends no higher.")


def share(run: BatchRun) -> Sentence:
    """The accuracy."""
    return say(
        "Accuracy counts the points on their own side: {right} of {points}.",
        right=Exact(int(right(run)[turning_step(run)])),
        points=Exact(run.data.rows),
    )


def course(run: BatchRun) -> Sentence:
    """What becomes of loss and accuracy."""
    soon, last = turning_step(run), Exact(int(right(run)[-1]))
    if dips(run):
        return say("Keep going: the loss still falls, yet the accuracy drops, to {right}!", right=last)
    if falls(run) and right(run)[soon] == right(run)[-1]:
        return say("Keep going: the loss still falls, but the accuracy ends where it was.")
    if falls(run):
        return say("Keep going: the loss still falls, and in the end {right} are right.", right=last)
    return say("Keep going: in the end, {right} are right.", right=last)


def reason() -> Sentence:
    """Why descent follows the loss."""
    return say("Accuracy jumps when a point changes sides. In between it's flat: no slope to follow.")


def end(run: BatchRun) -> Sentence:
    """Where the descent leads."""
    if separable(run.data):
        return say("A line can part these points, so there's no minimum: the surer, the smaller the loss, for ever.")
    if minimum_in_sight(run):
        return say("The loss slopes all the way to its minimum: there it is.")
    if grows(run):
        return say("The loss always shows a way down, but such long steps leap over it.")
    if run.stop is Stop.FLAT:
        return say("The loss slopes all the way down to here, where it's all but flat.")
    if run.steps >= MANY:
        return say("The loss always shows a way down. After {steps}, it's still on its way.", steps=_steps(run.steps))
    return say("The loss always shows a way down, until it reaches its minimum.")


def moral() -> Sentence:
    """The line to take home."""
    return say("That's logistic regression: a new model, a new loss, the same rule.")


def seed() -> Sentence:
    """The question of the next lesson."""
    return say("Each step looks at every point. With a million, would a few do?")


def loop_line(run: BatchRun) -> Sentence:
    """The one line of a loop."""
    if not run.steps:
        return say("The model stays as it is.")
    if grows(run):
        return say("Too large a rate: the model swings about.")
    if right(run)[-1] > right(run)[0]:
        return say("Step by step, the line parts yes from no.")
    return say("Step by step, the model learns.")


def alt(runs: tuple[BatchRun, ...]) -> Sentence:
    """The film in words, for those who cannot see it."""
    (run,) = runs
    points = Count(run.data.rows, "point", "points")
    if not run.steps:
        return say("A line of one half among {points} of two kinds stays as it is.", points=points)
    first, last = Exact(int(right(run)[0])), Exact(int(right(run)[-1]))
    return say(
        "In {steps}, a line of one half moves among {points} of two kinds. At first {first} are on their own side, "
        "at last {last}.",
        steps=_steps(run.steps),
        points=points,
        first=first,
        last=last,
    )


def _steps(amount: int) -> Count:
    return Count(amount, "step", "steps")


def _loss(run: BatchRun, row: int | None) -> float:
    assert row is not None
    return float(row_losses(run, run.points[0])[row])
