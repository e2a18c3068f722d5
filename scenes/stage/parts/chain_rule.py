"""One weight's gradient as a product along its path to the output."""

from __future__ import annotations

from collections.abc import Callable

from scenes.planned_network import NetworkRuns
from scenes.script.language import ENGLISH
from scenes.stage.parts.rule import Term


def chain_rule(runs: NetworkRuns) -> tuple[Term, ...]:
    """(ŷ − y) · v · (1 − h²) · x = ∂L/∂w for the followed row and weight at the start, each with its number."""
    row, unit, feature = runs.followed
    inside = runs.inside
    hidden = float(inside.hidden[0, row, unit])
    factors = (
        ("error", "(hat(y) - y)", "loss", float(inside.outputs[0, row] - runs.data.targets[row]), "chain error"),
        ("next", "v", None, float(inside.layers.output_weights[0, unit]), "chain weight"),
        ("unit", "(1 - h^2)", "slope", 1 - hidden**2, "chain slope"),
        ("input", f"x_{feature + 1}", None, float(runs.data.inputs[row, feature]), "chain input"),
    )
    terms: list[Term] = []
    for name, source, concept, value, quantity in factors:
        if terms:
            terms.append(Term(f"dot before {name}", "dot"))
        terms.append(Term(name, source, concept, _written(value), f"network.{name}", quantity))
    product = float(runs.row_gradients.hidden_weights[row, unit, feature])
    source = "(partial L) / (partial w)"
    return (*terms, Term("is", "="), Term("gradient", source, "slope", _written(product), None, "row gradient"))


def _written(value: float) -> Callable[[int], str]:
    text = ENGLISH.brief(value)
    return lambda step: f"({text})" if value < 0 else text
