"""The function and the update rule as plain text, for transcripts and alt texts."""

from __future__ import annotations

from gdsim import Objective, Trajectory
from gdsim.methods import OPTIMISERS
from scenes.phrases.run_facts import follows_the_slope, variable_names, variable_text
from scenes.script.plain_formula import plain_formula
from scenes.script.sentence import Name, Sentence, say

# A formula longer than this does not go into a sentence.
LONGEST_SPOKEN = 48
MOST_NAMED = 4


def function_text(run: Trajectory) -> str:
    """`f(x) = (x − 3)²`."""
    return objective_text(run.objective)


def objective_text(objective: Objective) -> str:
    """The same of any objective; of many variables, the first and the last are named."""
    each = variable_names(objective)
    names = ", ".join(each if len(each) <= MOST_NAMED else (each[0], "…", each[-1]))
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


def ground(run: Trajectory) -> Sentence:
    """`the curve f(x) = (x − 3)²`, or `a curve` where the formula is long."""
    curve, text = run.objective.dims == 1, function_text(run)
    if len(text) > LONGEST_SPOKEN:
        return say("a curve") if curve else say("a surface")
    return say("the curve {formula}" if curve else "the surface {formula}", formula=Name(text))
