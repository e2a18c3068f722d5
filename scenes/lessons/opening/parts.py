"""The parts of a course's opening and of its closing: one ball on a landscape with four valleys."""

from __future__ import annotations

from gdsim import Trajectory
from scenes.script.map_window import map_window
from scenes.stage.part import Part
from scenes.stage.parts.column import Column
from scenes.stage.parts.land_loss import LandHeight
from scenes.stage.parts.land_run import LandBall, LandMinima, LandTrail
from scenes.stage.parts.landscape import Land
from scenes.stage.parts.run import Run
from scenes.stage.parts.title import Title
from scenes.stage.terrain import Terrain
from scenes.stage.write import Setting


def parts(runs: tuple[Trajectory, ...], setting: Setting) -> tuple[Part, ...]:
    """All parts, from back to front."""
    (main,) = runs
    land, clock = Land(setting, Terrain(main, setting.theme), [map_window(main)]), Run(main)
    ball = LandBall(setting, land, clock)
    return (
        land,
        LandMinima(setting, land),
        LandHeight(setting, ball),
        LandTrail(setting, land, clock),
        ball,
        clock,
        Title(setting, setting.title),
        Column(setting, land, main.objective.symbol),
    )
