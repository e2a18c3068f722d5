"""What may be said of the fit of a line; each sentence is chosen by facts of the run."""

from __future__ import annotations

from gdsim import Stop
from gdsim.batches import BatchRun
from scenes.phrases.fit_facts import (
    always_grows,
    arrived,
    best_at_start,
    creeps,
    errorless_at_start,
    gaps,
    grows,
    largest_rate,
    narrowness,
    quick_steps,
)
from scenes.phrases.run_facts import falling
from scenes.script.sentence import Brief, Count, Exact, Sentence, say

# In a valley so many times as steep across as along, the largest rate that works is tiny along it.
VERY_NARROW = 20.0
# A fit of fewer steps cannot be called slow.
MANY = 20
# An input whose mean is this small beside its spread is centred; one whose spread is this near to 1 is scaled.
CENTRED, SCALED = 0.02, 0.05


def points(run: BatchRun) -> Count:
    """`10 points`."""
    return Count(run.data.rows, "point", "points")


def steps(amount: int) -> Count:
    """`10 steps`."""
    return Count(amount, "step", "steps")


def numbers(run: BatchRun) -> Sentence:
    """What the parameters do."""
    if run.objective.dims == 1:
        return say("A line through the origin has one number: w tilts it.")
    return say("A line has two numbers: w tilts it, and b lifts it.")


def errors(run: BatchRun, sticks: int) -> Sentence:
    """What the sticks are."""
    if errorless_at_start(run):
        return say("This line goes through every point: the [errors](loss) are all zero.")
    if sticks < run.data.rows:
        return say(
            "Each stick is an [error](loss): how far the line misses. These are {few} of them.", few=Exact(sticks)
        )
    return say("Each stick is an [error](loss): how far the line misses a point.")


def squares(run: BatchRun) -> Sentence:
    """What the loss is."""
    loss = Brief(float(run.losses[0]))
    return say("Square the errors. The mean of all the squares is the loss: {loss:loss}.", loss=loss)


def place(run: BatchRun) -> Sentence:
    """What the map shows."""
    if run.objective.dims == 1:
        return say("On this map, every w is one place. Its height is the loss of that line.")
    return say("On this map, every line is one place. Cool colours mean low loss.")


def first_step(run: BatchRun) -> Sentence:
    """What a step does."""
    if run.objective.dims == 1:
        return say("One step downhill changes w, and the line follows.")
    return say("One step downhill changes both numbers, and the line follows.")


def no_step(run: BatchRun) -> Sentence | None:
    """Why nothing moves."""
    if best_at_start(run):
        return say("No line fits better, so the gradient is zero and nothing moves.")
    if run.stop is Stop.FLAT:
        return say("The gradient here is almost zero, so nothing moves.")
    if run.stop is Stop.DIVERGED:
        return say("The learning rate is so large that the first step leads out of sight.")
    return None


def quick(run: BatchRun) -> Sentence:
    """What the first steps do."""
    soon = quick_steps(run)
    if grows(run):
        if always_grows(run):
            return say("But every step lands higher: this learning rate is too large.")
        return say("But the steps overshoot, and in the end the loss grows.")
    if soon is not None and 1 < soon < run.steps:
        return say("Watch the line: after {steps}, nine tenths of the loss are gone.", steps=steps(soon))
    if falling(run.losses):
        return say("Watch the line: with every step, the loss falls.")
    return say("Watch the line: it swings back and forth, and the loss ends no higher.")


def course(run: BatchRun) -> Sentence:
    """What becomes of the line in the end."""
    if arrived(run):
        return say("After {steps}, the line has settled.", steps=steps(run.steps))
    if creeps(run):
        return say("Then it creeps: after {steps}, it still has some way to go.", steps=steps(run.steps))
    return say("After {steps}, it still has some way to go.", steps=steps(run.steps))


def exact_words(run: BatchRun) -> Sentence:
    """The solution of the normal equation."""
    if arrived(run):
        return say("The normal equation gives the best line directly, in [green](minimum): the same one.")
    return say("The normal equation gives the best line directly: here it is, in [green](minimum).")


def why(run: BatchRun) -> Sentence:
    """The valley's shape."""
    ratio = Exact(narrowness(run), 2)
    if grows(run):
        return say("Why so wild? The valley is narrow: {ratio} times as curved across as along.", ratio=ratio)
    if arrived(run) or run.steps < MANY:
        return say("Look at the valley: it is narrow, {ratio} times as curved across as along.", ratio=ratio)
    return say("Why so slow? The valley is narrow: {ratio} times as curved across as along.", ratio=ratio)


def limit(run: BatchRun) -> Sentence:
    """What that means for the rate."""
    most = Exact(largest_rate(run), 2)
    if narrowness(run) >= VERY_NARROW:
        return say("Across, any rate above {limit:rate} climbs out. Along, even that one creeps.", limit=most)
    return say("Across, any rate above {limit:rate} climbs out. Along, a larger one would do.", limit=most)


def standardise(run: BatchRun) -> tuple[Sentence | None, Sentence | None]:
    """How the input is centred, and how it is scaled: what it has not been already."""
    x = run.data.inputs[:, 0]
    off, unlike = abs(x.mean()) > CENTRED * x.std(), abs(x.std() - 1) > SCALED
    if off and unlike:
        return (
            say("So standardise x. Subtract its mean, and the valley lines up with the axes."),
            say("Divide by its spread, and the valley becomes a round bowl."),
        )
    if off:
        return say("So standardise x: subtract its mean, and the valley becomes a round bowl."), None
    return None, say("So standardise x: divide by its spread, and the valley becomes a round bowl.")


def halves(run: BatchRun) -> Sentence:
    """The descent into a round bowl."""
    rate = Exact(float(run.learning_rates[0]))
    return say("Now a rate of {rate:rate} suits every direction: each step halves the distance left.", rate=rate)


def moral(runs: tuple[BatchRun, ...]) -> Sentence:
    """The line to take home."""
    main, again = runs
    if gaps(again)[-1] < gaps(main)[-1]:
        few, many = steps(again.steps), Exact(main.steps)
        return say("{few} get closer than {many} did before. Standardise first!", few=few, many=many)
    return say("So standardise your inputs first, then descend.")


def loop_line(run: BatchRun) -> Sentence:
    """The one line of a loop."""
    if not run.steps:
        return say("No line fits these points better." if best_at_start(run) else "The line stays where it is.")
    if grows(run):
        return say("Too large a rate: the line swings away.")
    if arrived(run):
        return say("The line moves until it fits the points.")
    return say("Quick at first, then the line creeps." if creeps(run) else "Step by step, the line gets closer.")
