"""The parts of the film about a saddle point."""

from __future__ import annotations

from scenes.phrases.saddle_facts import apart, left_after, lowest_near
from scenes.phrases.saddle_words import WEARS, method_word
from scenes.planned_saddle import SaddleRuns
from scenes.script.map_window import map_window
from scenes.stage.part import Part
from scenes.stage.parts.aside import LossChart, chart_top
from scenes.stage.parts.bends import Bends
from scenes.stage.parts.count_marks import CountMarks
from scenes.stage.parts.fan import Spin
from scenes.stage.parts.gap_chart import GapChart
from scenes.stage.parts.land_run import LandMinima
from scenes.stage.parts.landscape import Land
from scenes.stage.parts.map_lanes import map_lanes
from scenes.stage.parts.title import Formula, Title
from scenes.stage.terrain import Terrain
from scenes.stage.write import Setting

# The cuts at a minimum are shorter, so that they keep clear of the saddle's.
HOLLOW = 0.13
# The length of the arrow that turns through all directions, in world units.
SPIN = 0.9


def parts(runs: SaddleRuns, setting: Setting) -> tuple[Part, ...]:
    """All parts, from back to front."""
    main, saddle, aside = runs[0], runs.saddle, setting.composition.aside
    objective, colours = main.objective, [setting.theme.concept(one) for one in WEARS]
    land = Land(setting, Terrain(main, setting.theme), [map_window(main)])
    names = [setting.label("ridge"), setting.label("plain"), method_word(runs, setting.label)]
    lanes = map_lanes(setting, land, runs, colours, names)
    clocks, top = lanes.clocks[1:], max(chart_top(one) for one in runs[1:])
    chart = LossChart(setting, aside, clocks, top, colours[1:])
    return (
        land,
        LandMinima(setting, land),
        Bends(setting, land, saddle.point, (saddle.up_way, saddle.down_way), (saddle.up, saddle.down), "saddle bend"),
        *_hollow(runs, setting, land),
        Spin(setting, lanes.balls[0], length=SPIN),
        *lanes.parts,
        Title(setting, setting.title),
        Formula(setting, f"{objective.symbol}({', '.join(objective.variables)}) = {objective.formula}"),
        LossChart(setting, aside, clocks[:1], top, colours[1:2], name="alone"),
        GapChart(setting, aside, clocks[0], apart(runs), colours[1]),
        chart,
        CountMarks(setting, chart, clocks, [left_after(runs, 1), left_after(runs, 2)], colours[1:]),
    )


def _hollow(runs: SaddleRuns, setting: Setting, land: Land) -> tuple[Part, ...]:
    """The same two cuts at the minimum next to where plain descent ends, if there is one."""
    index = lowest_near(runs)
    if index is None:
        return ()
    point = runs[0].objective.minima[index].point
    bends, ways = runs[0].objective.curvatures(point)
    turned = ways.T.tolist()
    if abs(ways[:, 0] @ runs.saddle.up_way) < abs(ways[:, 1] @ runs.saddle.up_way):
        turned, bends = turned[::-1], bends[::-1]
    return (Bends(setting, land, point, turned, bends.tolist(), "rest bend", "hollow", HOLLOW),)
