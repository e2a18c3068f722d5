"""The rules and read-outs of runs in one variable and in two."""

from __future__ import annotations

import math

import numpy as np

from gdsim import Trajectory
from gdsim.batches import BatchRun
from gdsim.objective import Array
from scenes.phrases.rate_facts import curvature, offsets
from scenes.phrases.run_facts import follows_the_slope, variable_text
from scenes.script.language import ENGLISH
from scenes.script.numbers import fixed, number
from scenes.stage.parts.aside import Field
from scenes.stage.parts.rule import Term

# A rate is shown with as many digits as a person types.
RATE_DIGITS = 6


def slope_rule(run: Trajectory) -> tuple[Term, ...]:
    """x ← x − α · f′(x) for plain descent, with each step's numbers; x ← x + Δx for other methods."""
    objective = run.objective
    name = objective.variables[0]

    def point(step: int) -> str:
        return three(run.points[step, 0])

    def after(step: int) -> str:
        return three(run.points[min(step + 1, run.steps), 0])

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
            Term("step", f"Delta {name}", "step", move, "ball.x"),
        )

    def rate(step: int) -> str:
        return number(run.learning_rates[min(step, run.steps - 1)], RATE_DIGITS) if run.steps else ""

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


def newton_rule(run: Trajectory, wears: str) -> tuple[Term, ...]:
    """x ← x − f′(x) / f″(x), with each step's numbers; the curvature has the colour `wears`."""
    objective, name = run.objective, run.objective.variables[0]
    assert objective.hessian is not None
    bends = np.asarray(objective.hessian(run.points))[:, 0, 0]

    def after(step: int) -> str:
        return three(run.points[min(step + 1, run.steps), 0])

    def slope(step: int) -> str:
        return bracketed(run.gradients[step, 0])

    def curvature_at(step: int) -> str:
        return bracketed(bends[step])

    return (
        Term("next", name, "ball", after, "fit.x", "next point"),
        Term("becomes", "arrow.l"),
        Term("point", name, "ball", lambda step: three(run.points[step, 0]), "ball.x", "point"),
        Term("minus", "-"),
        Term("slope", f"{objective.symbol}'({name})", "slope", slope, "tangent.slope"),
        Term("over", "\\/"),
        Term("curvature", f"{objective.symbol}''({name})", wears, curvature_at, "fit.curve", "second slope"),
    )


def three(value: float) -> str:
    """A number with three significant digits, or all digits of its integer part."""
    size = abs(float(value))
    return number(float(value), max(3, math.ceil(math.log10(size + 1))) if size < 1e5 else 3)


def gradient_rule(run: Trajectory) -> tuple[Term, ...]:
    """θ ← θ − α · ∇J for two parameters, with vectors as pairs of numbers; θ ← θ + Δθ for other methods."""
    objective, name = run.objective, vector_name(run.objective.variables)

    def pair(values: Array) -> str:
        return f"({', '.join(three(value) for value in values)})"

    def after(step: int) -> Array:
        return run.points[min(step + 1, run.steps)]

    new = Term("next", name, "ball", lambda step: pair(after(step)), "ball.x", "next point", column=True)
    old = Term("point", name, "ball", lambda step: pair(run.points[step]), "ball.x", "point", column=True)
    becomes = Term("becomes", "arrow.l")
    if not follows_the_slope(run):
        move = Term(
            "step",
            f"Delta {name}",
            "step",
            lambda step: pair(after(step) - run.points[step]),
            "arrow.label",
            "step",
            column=True,
        )
        return new, becomes, old, Term("plus", "+"), move

    def rate(step: int) -> str:
        return number(run.learning_rates[min(step, run.steps - 1)], RATE_DIGITS) if run.steps else ""

    def slope(step: int) -> str:
        return pair(run.gradients[step])

    return (
        new,
        becomes,
        old,
        Term("minus", "-"),
        Term("rate", "alpha", "rate", rate, "dial.knob"),
        Term("times", "dot"),
        Term("slope", f"nabla {objective.symbol}", "slope", slope, "arrow.label", "gradient", column=True),
    )


def memory_rule(run: Trajectory, decay: float, wears: str) -> tuple[Term, ...]:
    """b ← μ · b + ∇J: what a heavy ball remembers, in the colour `wears`, with μ's number."""
    kept = number(decay, RATE_DIGITS)
    return (
        Term("memory", "b", wears),
        Term("becomes", "arrow.l"),
        Term("decay", "mu", None, lambda step: kept, None, "decay"),
        Term("times", "dot"),
        Term("old", "b", wears),
        Term("plus", "+"),
        Term("slope", f"nabla {run.objective.symbol}", "slope"),
    )


def inertia_rule(run: Trajectory, wears: str) -> tuple[Term, ...]:
    """θ ← θ − α · b: the step of a heavy ball, whose memory b has the colour `wears`, with α's number."""
    name, rate = vector_name(run.objective.variables), number(run.learning_rates[0], RATE_DIGITS) if run.steps else ""
    return (
        Term("next", name, "ball"),
        Term("turns", "arrow.l"),
        Term("point", name, "ball"),
        Term("minus", "-"),
        Term("rate", "alpha", "rate", lambda step: rate),
        Term("by", "dot"),
        Term("move", "b", wears),
    )


def vector_name(variables: tuple[str, ...]) -> str:
    """Both parameters as one letter of Typst mathematics if they share one; otherwise as a pair: (x, y)."""
    stems = {name.partition("_")[0] for name in variables}
    return f"bold({stems.pop()})" if len(stems) == 1 else f"({', '.join(variables)})"


def pair_fields(run: Trajectory, few: bool = False) -> tuple[Field, ...]:
    """Step, position, steepness and loss of a run in two variables; `few` leaves out the position."""
    names = [variable_text(name) for name in run.objective.variables]
    steepness = np.hypot(*run.gradients.T)
    place = (
        Field(names[0], "ball", lambda step: fixed(run.points[step, 0], 3), "point"),
        Field(names[1], "ball", lambda step: fixed(run.points[step, 1], 3), "second point"),
    )
    return (
        Field("step", "step", lambda step: ENGLISH.whole(step), "steps"),
        *(() if few else place),
        Field("slope", "slope", lambda step: fixed(steepness[step], 3), "steepness"),
        Field("loss", "loss", lambda step: fixed(run.losses[step], 3), "loss"),
    )


def bracketed(value: float) -> str:
    """A number after an operator: in brackets if it is negative."""
    text = three(value)
    return f"({text})" if value < 0 else text


def readout_fields(run: Trajectory) -> tuple[Field, ...]:
    """Step, position, slope and loss of a run in one variable."""
    return (
        Field("step", "step", lambda step: ENGLISH.whole(step), "steps"),
        Field(variable_text(run.objective.variables[0]), "ball", lambda step: fixed(run.points[step, 0], 3), "point"),
        Field("slope", "slope", lambda step: fixed(run.gradients[step, 0], 3), "slope"),
        Field("loss", "loss", lambda step: fixed(run.losses[step], 3), "loss"),
    )


def curvature_rule(run: Trajectory) -> tuple[Term, ...]:
    """f′ = c · d, with the numbers of the start: on a parabola, the slope is the curvature times the offset."""
    bend = number(curvature(run.objective), 3)
    slope, away = number(float(run.gradients[0, 0]), 3), bracketed(float(offsets(run)[0]))
    return (
        Term("slope", f"{run.objective.symbol}'", "slope", lambda step: slope, "tangent.slope"),
        Term("is", "="),
        Term("curvature", "c", None, lambda step: bend, None, "curvature"),
        Term("times", "dot"),
        Term("offset", "d", "minimum", lambda step: away, "bar.label", "offset"),
    )


def offset_rule(run: Trajectory, index: int, wears: str) -> tuple[Term, ...]:
    """d ← (1 − α · c) · d, with the numbers of the first step, which fly from lane number `index`.

    wears: the colour of the rate's number.
    """
    away, bend, ball = offsets(run), number(curvature(run.objective), 3), f"lanes.ball{index + 1}"
    before, after = bracketed(float(away[0])), number(float(away[min(1, run.steps)]), 3)
    rate = number(float(run.learning_rates[0]), 3) if run.steps else ""
    return (
        Term("next", "d", "minimum", lambda step: after, ball, "next offset"),
        Term("becomes", "arrow.l"),
        Term("one", "(1"),
        Term("minus", "-"),
        Term("rate", "alpha", "rate", lambda step: rate, f"lanes.run{index + 1}", "run rate", wears),
        Term("times", "dot"),
        Term("curvature", "c", None, lambda step: bend, "law.curvature", "curvature"),
        Term("close", ")"),
        Term("by", "dot"),
        Term("offset", "d", "minimum", lambda step: before, ball, "offset"),
    )


def mean_square_rule(run: BatchRun, loss: str) -> tuple[Term, ...]:
    """loss = 1/n Σ (ŷ − y)². loss: the word, in the film's language."""
    return (
        Term("loss", f'"{loss}"', "loss"),
        Term("is", "="),
        Term("mean", f"1/{run.data.rows}"),
        Term("sum", "sum"),
        Term("square", run.objective.formula.partition(f"^{run.data.rows} ")[2]),
    )


def line_fields(run: BatchRun) -> tuple[Field, ...]:
    """Step, and the line's one parameter or two."""
    places = (
        Field("w", "ball", lambda step: three(run.points[step, 0]), "point"),
        Field("b", "ball", lambda step: three(run.points[step, -1]), "second point"),
    )
    steps = Field("step", "step", lambda step: ENGLISH.whole(step), "steps")
    return (steps, *places[: run.objective.dims])
