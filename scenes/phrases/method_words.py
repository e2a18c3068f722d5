"""What a method goes by and what it does with it, in sentences that are true at the run's own rate."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gdsim import Trajectory
from gdsim.methods import OPTIMISERS
from scenes.phrases.run_facts import method_title
from scenes.script.beat import Beat, beat
from scenes.script.move import both, enter, fly, make_room, pulse, shift, zoom
from scenes.script.sentence import Exact, Name, Sentence, Words, say
from scenes.script.window import first_window

# Methods that ask the function how it bends, and not for its slope alone.
BENDING = ("newton",)


def feels_the_bend(run: Trajectory) -> bool:
    """Whether the run's method is told more of the function than its value and its slope."""
    return run.optimiser in BENDING


def sense_words(run: Trajectory) -> Sentence:
    """What the ball goes by."""
    if feels_the_bend(run):
        return say("But it can't see the curve. It can only feel the ground right where it is.")
    return say("But it can't see the curve. It can only feel the slope right where it is.")


def first_words(run: Trajectory) -> Sentence:
    """What the first step comes from."""
    if feels_the_bend(run):
        return say("From there it makes a first step.")
    return say("From this [slope](slope) it makes a first step.")


def method_beats(run: Trajectory) -> Iterator[Beat]:
    """A method that does more with the slope than turn it round and scale it: its rule, and its first step.

    For a stage with the parts plane, arrow and rule.
    """
    yield beat(
        "The rule",
        method_words(run),
        both(make_room(strip=1.0), enter("rule").late(0.5)),
        both(shift("arrow", "turned", 1.0, 1.4), shift("arrow", "scaled", 1.0, 1.4)),
    )
    yield beat(
        "The rule",
        first_words(run),
        both(zoom(first_window((run,))), fly("rule.point").late(0.5)),
        both(fly("rule.step"), pulse("arrow")) @ "step",
        fly("rule.next"),
    )


def method_words(run: Trajectory) -> Sentence:
    """`Momentum: a heavy ball that keeps part of its velocity.`"""
    if feels_the_bend(run):
        return _newton_words(run)
    summary = Words(say(OPTIMISERS[run.optimiser].summary.split(" (")[0]))
    return say("{method}: {does}.", method=Name(method_title(run.optimiser)), does=summary)


def _newton_words(run: Trajectory) -> Sentence:
    """How far the first step goes to the bottom of the bowl that fits the start, where one fits."""
    share, hessian = float(run.learning_rates[0]), run.objective.hessian
    assert hessian is not None
    matrix, slope, move = np.asarray(hessian(run.points[0])), run.gradients[0], run.points[1] - run.points[0]
    method = Name(method_title(run.optimiser))
    with np.errstate(all="ignore"):
        fits = bool(np.all(np.linalg.eigvalsh(matrix) > 0)) and np.allclose(matrix @ move, -share * slope, rtol=1e-4)
    if not fits:
        return say("{method}: the slope divided by how much the ground bends.", method=method)
    if share == 1:
        return say("{method}: straight to the bottom of the bowl that fits here.", method=method)
    template = "{method} fits a bowl here and goes {share} % of the way to its bottom."
    return say(template, method=method, share=Exact(100 * share))
