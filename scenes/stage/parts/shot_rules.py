"""The arithmetic of one correction: from the miss to the gradient, and from that to the next force and angle."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gdsim import Trajectory
from gdsim.ballistics import landing_slopes
from scenes.phrases.shot_facts import misses
from scenes.stage.parts.rule import Term
from scenes.stage.parts.rules import bracketed, gradient_rule, three

# Where the numbers of the rule come from.
ORIGINS = {"next": "shots1.aim", "point": "shots1.aim", "slope": "nudges.slopes"}


def miss_rule(run: Trajectory, miss: str, landing: str) -> tuple[Term, ...]:
    """∇L = 2 · miss · landing, with the numbers of a shot: how far a metre per second and a degree move its landing.

    miss, landing: the words, in the film's language.
    """
    off, moves = misses(run), np.stack(landing_slopes(*run.points.T), axis=-1)

    def pair(values: np.ndarray) -> str:
        return f"({', '.join(three(value) for value in values)})"

    return (
        Term(
            "slope",
            "nabla L",
            "slope",
            lambda step: pair(run.gradients[step]),
            ORIGINS["slope"],
            "gradient",
            column=True,
        ),
        Term("is", "="),
        Term("two", "2"),
        Term("times", "dot"),
        Term("miss", f'"{miss}"', "loss", lambda step: bracketed(off[step]), "nudges.landing", "signed miss"),
        Term("by", "dot"),
        Term(
            "landing",
            f'"{landing}"',
            None,
            lambda step: pair(moves[step]),
            "nudges.landing",
            "landing slopes",
            column=True,
        ),
    )


def correction_rule(run: Trajectory) -> list[Term]:
    """(v, θ) ← (v, θ) − α · ∇L, whose numbers come from the shot and from what its nudges showed."""
    return [replace(term, origin=ORIGINS.get(term.name, term.origin)) for term in gradient_rule(run)]
