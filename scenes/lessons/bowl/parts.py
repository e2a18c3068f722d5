"""The parts of the bowl's film."""

from __future__ import annotations

from gdsim import Trajectory
from scenes.phrases.arrival import left_to
from scenes.script.map_window import arrow_window, close_window, map_window, path_window
from scenes.stage.part import Part
from scenes.stage.parts.aside import LossChart, Readouts, aside_boxes, chart_top
from scenes.stage.parts.column import Column
from scenes.stage.parts.compass import GradientArrow, Needle
from scenes.stage.parts.dial import Dial
from scenes.stage.parts.land_loss import LandHeight, Level
from scenes.stage.parts.land_run import Downhill, LandBall, LandMinima, LandTrail
from scenes.stage.parts.landscape import Land
from scenes.stage.parts.rule import Rule
from scenes.stage.parts.rules import gradient_rule, pair_fields
from scenes.stage.parts.run import Run
from scenes.stage.parts.slices import RightAngles, Slices
from scenes.stage.parts.title import Formula, Title
from scenes.stage.terrain import Terrain
from scenes.stage.write import Setting

# An aside that is no higher has room for three numbers.
FEW = 2.0


def parts(runs: tuple[Trajectory, ...], setting: Setting) -> tuple[Part, ...]:
    """All parts, from back to front."""
    (main,) = runs
    composition, objective = setting.composition, main.objective
    fields, clock = pair_fields(main, composition.aside.height < FEW), Run(main)
    table, chart = aside_boxes(composition, len(fields))
    terrain = Terrain(main, setting.theme)
    goal = left_to(main)
    close = [close_window(main, goal.point)] if goal else []
    land = Land(setting, terrain, [map_window(main), arrow_window(main), path_window(main), *close])
    ball = LandBall(setting, land, clock)
    names = ", ".join(objective.variables)
    rate = float(main.learning_rates[0]) if main.steps else 0.0
    return (
        land,
        Level(setting, ball),
        LandMinima(setting, land),
        Slices(setting, ball),
        LandHeight(setting, ball),
        LandTrail(setting, land, clock),
        RightAngles(setting, ball),
        Needle(setting, ball),
        GradientArrow(setting, ball),
        Downhill(setting, ball),
        ball,
        clock,
        Title(setting, setting.title),
        Formula(setting, f"{objective.symbol}({names}) = {objective.formula}"),
        Rule(setting, gradient_rule(main), clock, composition.strip, align=0.5),
        Dial(setting, rate, land.corner(main.gradients[0]), plate=True),
        Readouts(setting, table, clock, fields),
        LossChart(setting, chart, [clock], chart_top(main)),
        Column(setting, land, objective.symbol),
    )
