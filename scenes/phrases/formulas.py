"""The function and the update rule as plain text, for transcripts and alt texts."""

from __future__ import annotations

from gdsim import Trajectory
from gdsim.methods import OPTIMISERS
from scenes.phrases.run_facts import follows_the_slope, variable_text
from scenes.script.plain_formula import plain_formula

# A formula longer than this does not go into a sentence.
LONGEST_SPOKEN = 48


def function_text(run: Trajectory) -> str:
    """`f(x) = (x − 3)²`."""
    objective = run.objective
    names = ", ".join(map(variable_text, objective.variables))
    return f"{objective.symbol}({names}) = {plain_formula(objective.formula)}"


def rule_text(run: Trajectory) -> str:
    """The update rule: `x ← x − α · f′(x)` for plain descent, the method's own for the others."""
    objective = run.objective
    if run.steps and not follows_the_slope(run):
        return plain_formula(OPTIMISERS[run.optimiser].formula)
    if objective.dims == 1:
        name = variable_text(objective.variables[0])
        return f"{name} ← {name} − α · {objective.symbol}′({name})"
    point = "θ" if objective.variables[0].startswith("theta") else "x"
    return f"{point} ← {point} − α · ∇{objective.symbol}({point})"


def ground(run: Trajectory) -> str:
    """`the curve f(x) = (x − 3)²`, or `a curve` where the formula is long."""
    kind, text = "curve" if run.objective.dims == 1 else "surface", function_text(run)
    return f"the {kind} {text}" if len(text) <= LONGEST_SPOKEN else f"a {kind}"
