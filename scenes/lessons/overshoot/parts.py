"""The parts of the film about learning rates."""

from __future__ import annotations

from gdsim import Trajectory
from scenes.phrases.race_facts import GENTLE, example, nearest, valley
from scenes.phrases.rate_facts import factor, lowest, rate_of, rate_words, threshold
from scenes.script.concepts import run_concept
from scenes.stage.part import Part
from scenes.stage.parts.aside import LossChart
from scenes.stage.parts.curve import Curve, Minima
from scenes.stage.parts.lanes import Lanes
from scenes.stage.parts.names import Names
from scenes.stage.parts.offset import OffsetBar
from scenes.stage.parts.plane import Plane
from scenes.stage.parts.rate_dial import DialledStep, RateDial
from scenes.stage.parts.rule import Rule
from scenes.stage.parts.rules import curvature_rule, offset_rule
from scenes.stage.parts.run import Ball, Run, Trail
from scenes.stage.parts.slope import Tangent
from scenes.stage.parts.standings import Standings, race_boxes
from scenes.stage.parts.title import Title
from scenes.stage.write import Setting

# The chart shows so much more than the loss at the start: a curve that leaves it grows.
TALLEST = 1.4


def parts(runs: tuple[Trajectory, ...], setting: Setting) -> tuple[Part, ...]:
    """From back to front. The balls `ball1`, … have their runs' colours; `ball` stands for all at the start."""
    theme, composition, objective, count = setting.theme, setting.composition, runs[0].objective, len(runs)
    colours = [theme.concept(run_concept(index, count)) for index in range(count)]
    rates, low, limit = [rate_of(run) or 0.0 for run in runs], lowest(objective).point[0], threshold(objective)
    words, model = [rate_words(rate) for rate in rates], example(runs)
    clocks = [Run(run, index, f"run{index + 1}") for index, run in enumerate(runs)]
    first, shown = Run(runs[0], 0, "first"), Run(runs[model], model, "example")  # these two stay at the start
    plane = Plane(setting, valley(runs), objective.variables[0])
    start, balls = Ball(setting, plane, first), list[Ball]()
    for index, clock in enumerate(clocks):
        balls.append(Ball(setting, plane, clock, colours[index], f"ball{index + 1}", tuple(balls), count == 1))
    pointers = [theme.concept(run_concept(index, count, alone="rate")) for index in range(count)]
    dial = RateDial(setting, composition.strip, rates if runs[0].steps else [], pointers, limit, GENTLE * limit)
    told, curves = (colours, colours) if count > 1 else ([theme.minimum], [theme.loss])
    table, chart = race_boxes(composition, count)
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
        Lanes(setting, plane, clocks, colours, words, [factor(run) or 0.0 for run in runs], low),
        *clocks,
        first,
        shown,
        Title(setting, setting.title),
        dial,
        Rule(setting, curvature_rule(runs[0]), first, composition.strip, "law"),
        Rule(setting, offset_rule(runs[model], model, run_concept(model, count, "rate")), shown, composition.strip),
        Standings(setting, table, clocks, told, words, low, pointers),
        LossChart(setting, chart, clocks, TALLEST * float(runs[0].losses[0]) or 1.0, curves),
    )
