"""The parts of the film about batches."""

from __future__ import annotations

from gdsim import Trajectory
from scenes.phrases.batch_facts import close_window, cloud_window, home_window
from scenes.phrases.batch_words import LANES, concepts
from scenes.planned_batches import BatchRuns
from scenes.stage.part import Part
from scenes.stage.parts.effort_chart import EffortChart
from scenes.stage.parts.gradient_cloud import GradientCloud
from scenes.stage.parts.land_run import LandBall, LandMinima
from scenes.stage.parts.landscape import Land
from scenes.stage.parts.map_lanes import map_lanes
from scenes.stage.parts.row_lanes import EpochCounter, RowLanes
from scenes.stage.parts.run import Run
from scenes.stage.parts.title import Formula, Title
from scenes.stage.terrain import Terrain
from scenes.stage.write import Setting


def parts(runs: tuple[Trajectory, ...], setting: Setting) -> tuple[Part, ...]:
    """All parts, from back to front. The balls `ball1`, … have their runs' colours; `ball` stands for all at first."""
    assert isinstance(runs, BatchRuns)
    theme, count, objective = setting.theme, len(runs), runs[0].objective
    colours = [theme.concept(name) for name in concepts(runs)]
    names = [setting.label(name) for name in LANES[count]]
    land = Land(setting, Terrain(runs[0], theme), [home_window(runs), cloud_window(runs), close_window(runs)])
    lanes = map_lanes(setting, land, runs, colours, names)
    first = Run(runs[0], 0, "first")  # it stays at the start
    start = LandBall(setting, land, first)
    return (
        land,
        EffortChart(setting, runs, colours),
        LandMinima(setting, land),
        GradientCloud(setting, start, runs, colours),
        *lanes.parts,
        start,
        first,
        RowLanes(setting, setting.composition.strip, lanes.clocks, colours, names, runs.seed),
        EpochCounter(setting, land, lanes.clocks[-1], runs.each[-1]),
        Title(setting, setting.title),
        Formula(setting, f"{objective.symbol}(w, b) = {objective.formula}"),
    )
