"""What the film of learning rates shows."""

from __future__ import annotations

from gdsim import Trajectory
from scenes.phrases.race import nearest
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
    model = example(runs)
    first, shown = Run(runs[0], 0, "first"), Run(runs[model], model, "example")  # these two stay at the start
    plane = Plane(setting, valley(runs), objective.variables[0])
    balls: list[Ball] = []
    for index, clock in enumerate(clocks):
        balls.append(Ball(setting, plane, clock, colours[index], f"ball{index + 1}", tuple(balls), count == 1))
    start = Ball(setting, plane, first)
    dial_colours = colours if count > 1 else [theme.rate]
    dial = RateDial(
        setting, composition.strip, rates, dial_colours, threshold(objective), GENTLE * threshold(objective)
    )
    table, chart = aside_boxes(composition, count + 1)
    top = TALLEST * float(runs[0].losses[0]) or 1.0
    return (
        plane,
        Curve(setting, plane, objective),
        Minima(setting, plane, objective),
        Tangent(setting, start, told=True),
        OffsetBar(setting, start, low),
        OffsetBar(setting, balls[nearest(runs)[0]], low, "left"),
        DialledStep(setting, start, dial),
        *(Trail(setting, plane, clock, colour, f"trail{clock.index + 1}") for clock, colour in zip(clocks, colours)),
        *reversed(balls),
        start,
        Names(setting, balls, words),
        Lanes(setting, plane, clocks, colours, words, [factor(run) or 1.0 for run in runs], low),
        *clocks,
        first,
        shown,
        Title(setting, setting.title),
        Formula(setting, f"{objective.symbol}({objective.variables[0]}) = {objective.formula}"),
        dial,
        Rule(setting, _slope(runs), first, composition.strip, "law"),
        Rule(setting, _step(runs), shown, composition.strip),
        Standings(setting, table, clocks, colours, words or [""] * count, low),
        LossChart(setting, chart, clocks, top, colours),
    )


def _slope(runs: tuple[Trajectory, ...]) -> tuple[Term, ...]:
    """f′ = c · d."""
    run, bend = runs[0], number(curvature(runs[0].objective), 3)
    slope, away = number(float(run.gradients[0, 0]), 3), bracketed(float(offsets(run)[0]))
    return (
        Term("slope", f"{run.objective.symbol}'", "slope", lambda step: slope, "tangent.slope"),
        Term("is", "="),
        Term("curvature", "c", None, lambda step: bend, None, "curvature"),
        Term("times", "dot"),
        Term("offset", "d", "minimum", lambda step: away, "bar.label", "offset"),
    )


def _step(runs: tuple[Trajectory, ...]) -> tuple[Term, ...]:
    """d ← (1 − α · c) · d, with the numbers of one run's first step."""
    index = example(runs)
    away, bend = offsets(runs[index]), number(curvature(runs[0].objective), 3)
    rate, ball = number(rate_of(runs[index]) or 0.0, 3), f"lanes.ball{index + 1}"
    before, after = bracketed(float(away[0])), number(float(away[min(1, len(away) - 1)]), 3)
    worn = run_concept(index, len(runs), alone="rate")
    return (
        Term("next", "d", "minimum", lambda step: after, ball, "next offset"),
        Term("becomes", "arrow.l"),
        Term("one", "(1"),
        Term("minus", "-"),
        Term("rate", "alpha", "rate", lambda step: rate, f"lanes.run{index + 1}", "rate", worn),
        Term("times", "dot"),
        Term("curvature", "c", None, lambda step: bend, "law.curvature", "curvature"),
        Term("close", ")"),
        Term("by", "dot"),
        Term("offset", "d", "minimum", lambda step: before, ball, "offset"),
    )
