"""What a method does with the slope, in one sentence: its name, and what it does, true at the run's own rate."""

from __future__ import annotations

import numpy as np

from gdsim import Trajectory
from gdsim.methods import OPTIMISERS
from scenes.phrases.run_facts import method_title
from scenes.script.sentence import Exact, Name, Sentence, Words, say

# Methods that ask the function how it bends, and not for its slope alone.
BENDING = ("newton",)


def feels_the_bend(run: Trajectory) -> bool:
    """Whether the run's method is told more of the function than its value and its slope."""
    return run.optimiser in BENDING


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
