"""The rule of a step and the read-outs of a run, as lessons in one variable and in two show them."""

from __future__ import annotations

import numpy as np

from gdsim import Trajectory
from gdsim.objective import Array
from scenes.phrases.run_facts import follows_the_slope, variable_text
from scenes.script.language import ENGLISH
from scenes.script.numbers import fixed, number
from scenes.stage.parts.aside import Field
from scenes.stage.parts.rule import Term


def slope_rule(run: Trajectory) -> tuple[Term, ...]:
    """x ← x − α · f′(x) for plain descent, with each step's numbers; x ← x + Δx for a method that does more."""
    objective = run.objective
    name = objective.variables[0]

    def point(step: int) -> str:
        return number(run.points[step, 0], 3)

    def after(step: int) -> str:
        return number(run.points[min(step + 1, run.steps), 0], 3)

    new = Term("next", name, "ball", after, "ball.x", "next point")
    old = Term("point", name, "ball", point, "ball.x", "point")
    if not follows_the_slope(run):

        def move(step: int) -> str:
            return bracketed(run.points[min(step + 1, run.steps), 0] - run.points[step, 0])

        return (
            new,
            Term("becomes", "arrow.l"),
            old,
            Term("plus", "+"),
            Term("step", f"Delta {name}", "step", move, "arrow"),
        )

    def rate(step: int) -> str:
        return number(run.learning_rates[min(step, run.steps - 1)], 3) if run.steps else ""

    def slope(step: int) -> str:
        return bracketed(run.gradients[step, 0])

    return (
        new,
        Term("becomes", "arrow.l"),
        old,
        Term("minus", "-"),
        Term("rate", "alpha", "rate", rate, "dial.knob"),
        Term("times", "dot"),
        Term("slope", f"{objective.symbol}'({name})", "slope", slope, "triangle.rise"),
    )


def gradient_rule(run: Trajectory) -> tuple[Term, ...]:
    """θ ← θ − α · ∇J of two parameters, each vector a pair of numbers; θ ← θ + Δθ for a method that does more."""
    objective, name = run.objective, vector_name(run.objective.variables)

    def pair(values: Array) -> str:
        return f"({', '.join(number(float(value), 3) for value in values)})"

    def after(step: int) -> Array:
        return run.points[min(step + 1, run.steps)]

    new = Term("next", name, "ball", lambda step: pair(after(step)), "ball.x", "next point", True)
    old = Term("point", name, "ball", lambda step: pair(run.points[step]), "ball.x", "point", True)
    becomes = Term("becomes", "arrow.l")
    if not follows_the_slope(run):
        move = Term(
            "step",
            f"Delta {name}",
            "step",
            lambda step: pair(after(step) - run.points[step]),
            "arrow.label",
            "step",
            True,
        )
        return new, becomes, old, Term("plus", "+"), move

    def rate(step: int) -> str:
        return number(run.learning_rates[min(step, run.steps - 1)], 3) if run.steps else ""

    def slope(step: int) -> str:
        return pair(run.gradients[step])

    return (
        new,
        becomes,
        old,
        Term("minus", "-"),
        Term("rate", "alpha", "rate", rate, "dial.knob"),
        Term("times", "dot"),
        Term("slope", f"nabla {objective.symbol}", "slope", slope, "arrow.label", "gradient", True),
    )


def vector_name(variables: tuple[str, ...]) -> str:
    """Both parameters as one letter of Typst mathematics, where they share one; else the pair: (x, y)."""
    stems = {name.partition("_")[0] for name in variables}
    return f"bold({stems.pop()})" if len(stems) == 1 else f"({', '.join(variables)})"


def pair_fields(run: Trajectory, few: bool = False) -> tuple[Field, ...]:
    """Step, place, steepness and loss of a run in two variables; `few` leaves the place to the picture."""
    names = [variable_text(name) for name in run.objective.variables]
    steepness = np.hypot(*run.gradients.T)
    place = (
        Field(names[0], "ball", lambda step: fixed(run.points[step, 0], 3), "point"),
        Field(names[1], "ball", lambda step: fixed(run.points[step, 1], 3), "second point"),
    )
    return (
        Field("step", "step", lambda step: ENGLISH.whole(step), "step"),
        *(() if few else place),
        Field("slope", "slope", lambda step: fixed(steepness[step], 3), "steepness"),
        Field("loss", "loss", lambda step: fixed(run.losses[step], 3), "loss"),
    )


def bracketed(value: float) -> str:
    """A number that stands behind a sign: in brackets where it is negative."""
    text = number(float(value), 3)
    return f"({text})" if value < 0 else text


def readout_fields(run: Trajectory) -> tuple[Field, ...]:
    """Step, place, slope and loss of a run in one variable."""
    return (
        Field("step", "step", lambda step: ENGLISH.whole(step), "step"),
        Field(variable_text(run.objective.variables[0]), "ball", lambda step: fixed(run.points[step, 0], 3), "point"),
        Field("slope", "slope", lambda step: fixed(run.gradients[step, 0], 3), "slope"),
        Field("loss", "loss", lambda step: fixed(run.losses[step], 3), "loss"),
    )
