"""The parts of the parabola's film."""

from __future__ import annotations

from gdsim import Trajectory
from scenes.script.window import first_window, start_close_up
from scenes.stage.part import Part
from scenes.stage.parts.aside import LossChart, Readouts, aside_boxes, chart_top
from scenes.stage.parts.curve import Curve, Minima
from scenes.stage.parts.dial import Dial
from scenes.stage.parts.lamp import Lamp
from scenes.stage.parts.plane import Plane
from scenes.stage.parts.rule import Rule
from scenes.stage.parts.rules import readout_fields, slope_rule
from scenes.stage.parts.run import Ball, Run, Trail
from scenes.stage.parts.slope import Height, Tangent, Triangle
from scenes.stage.parts.slope_arrow import SlopeArrow
from scenes.stage.parts.title import Formula, Title
from scenes.stage.write import Setting


def parts(runs: tuple[Trajectory, ...], setting: Setting) -> tuple[Part, ...]:
    """All parts, from back to front."""
    (main,) = runs
    composition, objective = setting.composition, main.objective
    strip, fields = composition.strip, readout_fields(main)
    table, chart = aside_boxes(composition, len(fields))
    clock = Run(main)
    plane = Plane(setting, first_window(runs), objective.variables[0])
    ball = Ball(setting, plane, clock)
    dial, rule = strip.inset(left=0.76 * strip.width, right=0.3), strip.inset(right=0.32 * strip.width)
    rate = float(main.learning_rates[0]) if main.steps else 0.0
    return (
        plane,
        Curve(setting, plane, objective),
        Minima(setting, plane, objective),
        Tangent(setting, ball),
        Triangle(setting, ball, start_close_up(main).run),
        Height(setting, ball),
        SlopeArrow(setting, plane, clock),
        Trail(setting, plane, clock),
        Lamp(setting, ball),
        ball,
        clock,
        Title(setting, setting.title),
        Formula(setting, f"{objective.symbol}({objective.variables[0]}) = {objective.formula}"),
        Rule(setting, slope_rule(main), clock, rule, align=0.45),
        Dial(setting, rate, dial),
        Readouts(setting, table, clock, fields),
        LossChart(setting, chart, [clock], chart_top(main)),
    )
