"""The parts of the film about momentum: a map, and a curve with a bump."""

from __future__ import annotations

from scenes.phrases.inertia_facts import WEARS, bowl_of, same_loss_after, tips
from scenes.planned_inertia import HEAVY, HeavyRuns
from scenes.script.map_window import map_window, path_window, paths_window, points_window
from scenes.script.window import first_window
from scenes.stage.part import Part
from scenes.stage.parts.curve import Curve, Minima
from scenes.stage.parts.curve_lanes import curve_lanes
from scenes.stage.parts.cuts import Cuts
from scenes.stage.parts.land_run import LandBall, LandMinima, LandTrail
from scenes.stage.parts.landscape import Land
from scenes.stage.parts.log_chart import SameLoss, loss_chart
from scenes.stage.parts.map_lanes import map_lanes
from scenes.stage.parts.plane import Plane
from scenes.stage.parts.rule import Rule
from scenes.stage.parts.rules import inertia_rule, memory_rule
from scenes.stage.parts.run import Run
from scenes.stage.parts.title import Formula, Title
from scenes.stage.parts.velocity import TipToTail
from scenes.stage.terrain import Terrain
from scenes.stage.write import Setting


def parts(runs: HeavyRuns, setting: Setting) -> tuple[Part, ...]:
    """All parts, from back to front. `ball` is plain descent's while it is alone; `ball1` in the race."""
    main, composition, objective, bump = runs[0], setting.composition, runs[0].objective, runs[3].objective
    colours, clock = [setting.theme.concept(one) for one in WEARS], Run(main)
    names = [setting.label("plain"), setting.label("momentum"), setting.language.number(HEAVY)]
    views = [map_window(main), path_window(main), paths_window(runs[:2]), paths_window(runs[:3])]
    views += [points_window(tips(runs[1], runs.decay))] if runs[1].steps > 1 else []
    land = Land(setting, Terrain(main, setting.theme), views)
    lanes = map_lanes(setting, land, runs[:3], colours, names)
    plane = Plane(setting, first_window(runs[3:]), bump.variables[0])
    chart, (plain, heavy) = loss_chart(setting, composition.aside, lanes.clocks[:2], colours), lanes.clocks[:2]
    return (
        land,
        LandMinima(setting, land),
        LandTrail(setting, land, clock),
        LandBall(setting, land, clock),
        *lanes.parts,
        TipToTail(setting, lanes.balls[1], runs.decay),
        clock,
        Cuts(setting, composition.aside, clock, bowl_of(main)),
        plane,
        Curve(setting, plane, bump),
        Minima(setting, plane, bump, "dip"),
        *curve_lanes(setting, plane, runs[3:], colours, first=3),
        Title(setting, setting.title),
        Formula(setting, f"{objective.symbol}({', '.join(objective.variables)}) = {objective.formula}"),
        Rule(setting, memory_rule(runs[1], runs.decay, WEARS[1]), heavy, composition.strip),
        Rule(setting, inertia_rule(runs[1], WEARS[1]), heavy, composition.strip, "law"),
        chart,
        SameLoss(setting, chart, plain, heavy, same_loss_after(main, runs[1])),
    )
