"""The parts of one lap of a race of methods: its land, lanes and finish, and what stands beside them."""

from __future__ import annotations

import numpy as np

from scenes.phrases.method_facts import division, methods_of
from scenes.phrases.method_names import method_label
from scenes.planned_methods import Lap
from scenes.script.concepts import run_concept
from scenes.script.map_window import turnable
from scenes.script.window import Window
from scenes.stage.part import Part
from scenes.stage.parts.aside import LossChart, chart_top
from scenes.stage.parts.division import DivisionBars
from scenes.stage.parts.finish import Finish
from scenes.stage.parts.finish_chart import FinishChart
from scenes.stage.parts.land_run import LandMinima
from scenes.stage.parts.landscape import Land
from scenes.stage.parts.map_lanes import MapLanes, map_lanes
from scenes.stage.parts.ranking import Ranking, ranking_boxes
from scenes.stage.parts.rate_grid import RateGrid
from scenes.stage.parts.step_legs import StepLegs
from scenes.stage.terrain import Terrain
from scenes.stage.write import Setting


def method_lap(lap: Lap, setting: Setting, window: Window, end: str = "", turns: bool = False) -> tuple[Part, ...]:
    """All parts of a lap, from back to front.

    window: of the map, the same for all laps. end: what the parts' names end in, if it is not the first lap.
    turns: whether the map will be turned, and needs lines beyond its corners.
    """
    theme, count = setting.theme, len(lap.runs)
    colours = [theme.concept(run_concept(index, count)) for index in range(count)]
    names = [setting.label(method_label(name)) for name in methods_of(lap)]
    terrain = Terrain(lap.runs[0], theme)
    land = Land(setting, terrain, [window, turnable(window)] if turns else [window], f"land{end}", "land")
    lanes = map_lanes(setting, land, lap.runs, colours, names, lap.first, f"names{end}")
    table, _ = ranking_boxes(setting.composition, count)
    found, inside = division(lap), tuple[Part, ...]()
    if found is not None:
        ball, box = lanes.balls[found.run], setting.composition.aside
        inside = StepLegs(setting, ball, f"legs{end}"), DivisionBars(setting, box, found, ball, f"division{end}")
    grid = tuple[Part, ...]()
    if lap.tried:
        box = setting.composition.aside
        grid = (RateGrid(setting, box, lap.tried, lap.first, colours, names, f"grid{end}"),)
    return (
        land,
        Finish(setting, land, lap.goal, lap.first, f"finish{end}"),
        LandMinima(setting, land, f"minimum{end}"),
        *lanes.parts,
        *inside,
        *grid,
        Ranking(setting, table, lap, lanes.clocks, colours, names, f"standings{end}"),
        _chart(lap, setting, lanes, colours, f"chart{end}"),
    )


def _chart(lap: Lap, setting: Setting, lanes: MapLanes, colours: list[str], name: str) -> Part:
    """The losses: on a logarithmic axis where a lowest one is known, and no run is below it."""
    _, box = ranking_boxes(setting.composition, len(lap.runs))
    lowest = min(float(run.losses.min()) for run in lap.runs)
    floor = min((known.value for known in lap.runs[0].objective.minima), default=np.inf)
    if lap.goal is not None and floor <= lowest:
        return FinishChart(setting, box, lanes.clocks, colours, floor, lap.goal, name)
    top = max(chart_top(run) for run in lap.runs)
    return LossChart(setting, box, lanes.clocks, top, colours, name=name)
