"""The parts of the film about the gradient."""

from __future__ import annotations

from gdsim import Trajectory
from scenes.script.map_window import arrow_scale, down_window, fan_window, map_window
from scenes.stage.part import Part
from scenes.stage.parts.column import Column
from scenes.stage.parts.compass import GradientArrow
from scenes.stage.parts.fan import Fan, SlopeBars, Spin
from scenes.stage.parts.land_loss import Level
from scenes.stage.parts.land_run import LandBall
from scenes.stage.parts.landscape import Land
from scenes.stage.parts.run import Run
from scenes.stage.parts.slices import Slices
from scenes.stage.parts.title import Formula, Title
from scenes.stage.parts.vector import Gradient
from scenes.stage.terrain import Terrain
from scenes.stage.write import Setting


def parts(runs: tuple[Trajectory, ...], setting: Setting) -> tuple[Part, ...]:
    """All parts, from back to front."""
    (main,) = runs
    composition, objective, clock, scale = setting.composition, main.objective, Run(main), arrow_scale(main)
    land = Land(setting, Terrain(main, setting.theme), [map_window(main), fan_window(main), down_window(main)])
    ball = LandBall(setting, land, clock)
    fan = Fan(setting, ball, scale)
    slopes, origins = main.gradients[0].tolist(), ("slices.first", "slices.second")
    return (
        land,
        Level(setting, ball),
        Slices(setting, ball),
        Spin(setting, ball),
        fan,
        GradientArrow(setting, ball, scale=scale),
        ball,
        clock,
        Title(setting, setting.title),
        Formula(setting, f"{objective.symbol}({', '.join(objective.variables)}) = {objective.formula}"),
        Gradient(setting, objective.symbol, objective.variables, slopes, origins, composition.strip),
        SlopeBars(setting, composition.aside, fan),
        Column(setting, land, objective.symbol, alone=True),
    )
