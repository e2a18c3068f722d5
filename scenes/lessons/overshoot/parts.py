"""What the film of learning rates shows."""

from __future__ import annotations

from gdsim import Trajectory
from scenes.phrases.rate_facts import curvature, factor, lowest, offsets, rate_of, rate_words, threshold
from scenes.script.concepts import run_concept
from scenes.script.numbers import number
from scenes.stage.part import Part
from scenes.stage.parts.aside import LossChart, Standings, aside_boxes
from scenes.stage.parts.curve import Curve, Minima
from scenes.stage.parts.lanes import Lanes
from scenes.stage.parts.names import Names
from scenes.stage.parts.offset import OffsetBar
from scenes.stage.parts.plane import Plane
from scenes.stage.parts.rate_dial import DialledStep, RateDial
from scenes.stage.parts.rule import Rule, Term
from scenes.stage.parts.rules import bracketed
from scenes.stage.parts.run import Ball, Run, Trail
from scenes.stage.parts.slope import Tangent
from scenes.stage.parts.title import Formula, Title
from scenes.stage.write import Setting

from .story import GENTLE, example, valley

# The chart shows so much more than the loss at the start: a curve that leaves it grows.
TALLEST = 1.4


def parts(runs: tuple[Trajectory, ...], setting: Setting) -> tuple[Part, ...]:
    """From back to front."""
    theme, composition, objective, count = setting.theme, setting.composition, runs[0].objective, len(runs)
    colours = [theme.concept(run_concept(index, count)) for index in range(count)]
    rates = [rate_of(run) or 0.0 for run in runs] if runs[0].steps else []
    words, low = [rate_words(rate) for rate in rates], lowest(objective).point[0]
    clocks = [Run(run, index, f"run{index + 1}") for index, run in enumerate(runs)]
    plane = Plane(setting, valley(runs), objective.variables[0])
    balls: list[Ball] = []
    for index, clock in enumerate(clocks):
        balls.append(Ball(setting, plane, clock, colours[index], f"ball{index + 1}", tuple(balls), count == 1))
    dial_colours = colours if count > 1 else [theme.rate]
    dial = RateDial(setting, composition.strip, rates, dial_colours, threshold(objective), GENTLE * threshold(objective))
    table, chart = aside_boxes(composition, count + 1)
    top = TALLEST * float(runs[0].losses[0]) or 1.0
    return (
        plane,
        Curve(setting, plane, objective),
        Minima(setting, plane, objective),
        Tangent(setting, balls[0], told=True),
        OffsetBar(setting, balls[0], low),
        DialledStep(setting, balls[0], dial),
        *(Trail(setting, plane, clock, colour, f"trail{clock.index + 1}") for clock, colour in zip(clocks, colours)),
        *reversed(balls),
        Ball(setting, plane, clocks[0]),
        Names(setting, balls, words),
        Lanes(setting, plane, clocks, colours, words, [factor(run) or 1.0 for run in runs], low),
        *clocks,
        Title(setting, setting.title),
        Formula(setting, f"{objective.symbol}({objective.variables[0]}) = {objective.formula}"),
        dial,
        Rule(setting, _slope(runs), clocks[0], composition.strip, "law"),
        Rule(setting, _step(runs), clocks[example(runs)], composition.strip),
        Standings(setting, table, clocks, colours, words or [""] * count, low),
        LossChart(setting, chart, clocks, top, colours),
    )


def _slope(runs: tuple[Trajectory, ...]) -> tuple[Term, ...]:
    """f′ = c · d."""
    run, bend = runs[0], curvature(runs[0].objective)
    objective = run.objective
    slope = Term("slope", f"{objective.symbol}'", "slope", lambda step: number(run.gradients[step, 0], 3), "tangent.slope")
    return (
        slope,
        Term("is", "="),
        Term("curvature", "c", None, lambda step: number(bend, 3), None, "curvature"),
        Term("times", "dot"),
        Term("offset", "d", "minimum", lambda step: bracketed(float(offsets(run)[step])), "bar.label", "offset"),
    )


def _step(runs: tuple[Trajectory, ...]) -> tuple[Term, ...]:
    """d ← (1 − α · c) · d."""
    index = example(runs)
    run, bend, rate = runs[index], curvature(runs[0].objective), rate_of(runs[index]) or 0.0
    away = offsets(run)
    tint, ball = run_concept(index, len(runs), alone="rate"), f"lanes.ball{index + 1}"

    def after(step: int) -> str:
        return number(float(away[min(step + 1, run.steps)]), 3)

    return (
        Term("next", "d", "minimum", after, ball, "next offset"),
        Term("becomes", "arrow.l"),
        Term("one", "(1"),
        Term("minus", "-"),
        Term("rate", "alpha", tint, lambda step: number(rate, 3), f"lanes.run{index + 1}", "rate"),
        Term("times", "dot"),
        Term("curvature", "c", None, lambda step: number(bend, 3), "law.curvature", "curvature"),
        Term("close", ")"),
        Term("by", "dot"),
        Term("offset", "d", "minimum", lambda step: bracketed(float(away[step])), ball, "offset"),
    )
