"""The parts of the film about fog."""

from __future__ import annotations

from scenes.planned_fog import FogRuns
from scenes.script.map_window import map_window, paths_window
from scenes.stage.part import Part
from scenes.stage.parts.felt_ground import FeltGround
from scenes.stage.parts.fog import Fog, FoggySky
from scenes.stage.parts.lake import Lake, LakeDrop
from scenes.stage.parts.land_run import LandBall, LandMinima, LandTrail
from scenes.stage.parts.landscape import Land
from scenes.stage.parts.run import Run
from scenes.stage.parts.title import Formula, Title
from scenes.stage.terrain import Terrain
from scenes.stage.write import Setting


def parts(runs: FogRuns, setting: Setting) -> tuple[Part, ...]:
    """All parts, from back to front."""
    main, other = runs
    objective, second = main.objective, setting.theme.concept("run3")
    land = Land(setting, Terrain(main, setting.theme, (other,)), [map_window(main), paths_window(runs)])
    clocks = Run(main, 0, "run1"), Run(other, 1, "run2")
    balls = LandBall(setting, land, clocks[0], None, "ball1"), LandBall(setting, land, clocks[1], second, "ball2")
    lakes = sorted({found for index in (0, 1) if (found := runs.lake(index)) is not None})
    drops = [LakeDrop(setting, ball, runs.lowest, f"drop{index + 1}") for index, ball in enumerate(balls)]
    fog = Fog(setting, balls)
    return (
        FoggySky(setting, fog),
        land,
        *(Lake(setting, land, hollow, f"lake{hollow + 1}") for hollow in lakes),
        LandMinima(setting, land),
        LandTrail(setting, land, clocks[0], None, "trail1"),
        LandTrail(setting, land, clocks[1], second, "trail2"),
        fog,
        *(FeltGround(setting, ball, f"fan{index + 1}") for index, ball in enumerate(balls)),
        *balls,
        *drops,
        *clocks,
        Title(setting, setting.title),
        Formula(setting, f"{objective.symbol}({', '.join(objective.variables)}) = {objective.formula}"),
    )
