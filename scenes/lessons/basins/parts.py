"""The parts of the film about basins."""

from __future__ import annotations

from scenes.phrases.basin_facts import close_window, domain_window, pair_window
from scenes.planned_basins import BasinRuns, end_of
from scenes.stage.part import Part
from scenes.stage.parts.basin_map import BasinMap, RateMap, Row, Wells, end_colours
from scenes.stage.parts.landscape import Land
from scenes.stage.parts.map_balls import MapBalls
from scenes.stage.parts.title import Formula, Title
from scenes.stage.terrain import Terrain
from scenes.stage.write import Setting


def parts(runs: BasinRuns, setting: Setting) -> tuple[Part, ...]:
    """All parts, from back to front."""
    main, colours = runs[0], end_colours(runs, setting.theme)
    objective = main.objective
    views = [domain_window(runs), close_window(runs)]
    views += [pair_window(runs)] if runs.pair else []
    land = Land(setting, Terrain(main, setting.theme), views)
    ends, rates = [colours[end_of(one)] for one in runs], RateMap(setting, runs, colours)
    after = 1 + len(runs.handful)
    return (
        land,
        BasinMap(setting, land, runs.plain, colours, above=("others", "close")),
        BasinMap(setting, land, runs.other, colours, "others", 1.0, ("close",)),
        BasinMap(setting, land, runs.close, colours, "close", 1.0),
        rates,
        Wells(setting, land, colours),
        Row(setting, land, rates),
        MapBalls(setting, land, runs.handful, 1, ends[1:after], "handful"),
        MapBalls(setting, land, runs[:1], 0, ends[:1], "ball"),
        MapBalls(setting, land, runs.pair, after, ends[after:], "pair"),
        Title(setting, setting.title),
        Formula(setting, f"{objective.symbol}({', '.join(objective.variables)}) = {objective.formula}"),
    )
