"""What is said of balls that come to a saddle point, each sentence chosen by what the runs did."""

from __future__ import annotations

from collections.abc import Callable

from scenes.phrases.formulas import ground
from scenes.phrases.run_facts import method_title
from scenes.phrases.saddle_facts import choices, growth, left_after, rests, slows, tiny_steps
from scenes.planned_saddle import SaddleRuns
from scenes.script.sentence import Brief, Count, Exact, Name, Sentence, Words, say

# The colours of the ball on the ridge, of plain descent a little to the side, and of the other method.
WEARS = ("ball", "run5", "run6")
# The pass between two hills that has a sentence of its own.
PASS = "double-well-2d"


def scenery_words(runs: SaddleRuns) -> Sentence:
    """What the landscape shows."""
    if runs[0].objective.name == PASS:
        return say("Two hills, a pass between them, and a [ball](ball) up on the ridge.")
    return say("A landscape of high and low ground, and a [ball](ball) that is about to walk down.")


def guess_words(runs: SaddleRuns) -> Sentence:
    """The question that the viewer answers first."""
    if choices(runs[0]):
        return say("In which valley will it end? Take a guess!")
    return say("Where will it end? Take a guess!")


def stall_words(runs: SaddleRuns) -> Sentence:
    """How the ball on the ridge comes to the saddle point."""
    run = runs[0]
    if slows(run) and rests(run):
        if runs[0].objective.name == PASS:
            return say("In neither! It walks down the ridge, slower and slower, and stops on the pass.")
        return say("It walks down, slower and slower, and stops.")
    if slows(run):
        return say("It walks down, slower and slower, until it hardly moves.")
    return say("It comes to rest.") if rests(run) else say("It moves less and less, and hardly at all in the end.")


def plateau_words(runs: SaddleRuns) -> Sentence:
    """What the steps of the second ball do on its way past the saddle point."""
    if tiny_steps(runs):
        return say("At the same place, its steps become tiny: the [loss](loss) is stuck on a plateau.")
    return say("It comes near the same place. Watch its [loss](loss).")


def slip_words(runs: SaddleRuns) -> Sentence:
    """Whether the second ball leaves the ridge."""
    gone = left_after(runs, 1)
    if gone is None:
        return say("After {steps}, it's still on the ridge.", steps=Count(runs[1].steps, "step", "steps"))
    if growth(runs) is not None:
        return say("Then it slips off the ridge: slowly at first, then faster and faster.")
    return say("Then it slips off the ridge.")


def gap_words(runs: SaddleRuns) -> Sentence:
    """The distance that grows."""
    return say("Why so late? The distance between the [balls](ball) starts at {offset}.", offset=Brief(runs.offset))


def factor_words(factor: float) -> Sentence:
    """By which factor it grows, and why."""
    return say(
        "Near the pass, each step multiplies it by {factor}: 1 minus [rate](rate) times curvature.",
        factor=Brief(factor),
    )


def method_word(runs: SaddleRuns, label: Callable[[str], str]) -> str:
    """The second method's name beside its ball; `label` translates a word."""
    return label("momentum") if runs[2].optimiser == "momentum" else method_title(runs[2].optimiser)


def rival_words(runs: SaddleRuns) -> Sentence:
    """The second method, and the question of who is off sooner."""
    if runs[2].optimiser == "momentum":
        return say("How do you get off sooner? Add [momentum](run6). Same start: who leaves first?")
    return say(
        "How do you get off sooner? Try {method:run6}. Same start: who leaves first?",
        method=Name(method_title(runs[2].optimiser)),
    )


def verdict(runs: SaddleRuns) -> Sentence:
    """After how many steps each is off the ridge."""
    slow, quick = left_after(runs, 1), left_after(runs, 2)
    method = Words(say("momentum")) if runs[2].optimiser == "momentum" else Name(method_title(runs[2].optimiser))
    if quick is None and slow is None:
        return say("In all these steps, neither leaves the ridge.")
    if quick is None:
        return say(
            "[Plain descent](run5) leaves the ridge after {slow}, {method:run6} not at all.",
            slow=_steps(slow),
            method=method,
        )
    if slow is None:
        return say(
            "[Plain descent](run5) never leaves the ridge, {method:run6} does after {quick}.",
            quick=_steps(quick),
            method=method,
        )
    if slow == quick:
        return say("Both leave the ridge after {slow}.", slow=_steps(slow))
    return say(
        "[Plain descent](run5) is off the ridge after {slow}, {method:run6} after {quick}.",
        slow=_steps(slow),
        quick=Exact(quick),
        method=method,
    )


def loop_words(runs: SaddleRuns) -> Sentence:
    """One line under the loop."""
    if left_after(runs, 1) is None:
        return say("Hardly any slope: stuck on a saddle.")
    return say("No slope, yet no minimum: it slips off.")


def alt(runs: SaddleRuns) -> Sentence:
    """What the film shows, for those who cannot see it."""
    words = (
        "On {surface}, a ball on a ridge comes to a saddle point and stays there. "
        "Two more start {offset} to the side. {ends}"
    )
    return say(words, surface=Words(ground(runs[0])), offset=Brief(runs.offset), ends=Words(verdict(runs)))


def _steps(steps: int | None) -> Count:
    return Count(steps or 0, "step", "steps")
