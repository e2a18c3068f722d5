"""The parts of the film about curvature: the main curve, a parabola, a hump, and the price."""

from __future__ import annotations

from collections.abc import Iterator

from gdsim import Trajectory
from scenes.phrases.newton_facts import WEARS, hump_windows, main_window
from scenes.planned_newton import LEAST, NewtonRuns
from scenes.script.window import first_window
from scenes.stage.part import Part
from scenes.stage.parts.curvatures import Curvatures
from scenes.stage.parts.curve import Curve, Minima
from scenes.stage.parts.curve_lanes import curve_lanes
from scenes.stage.parts.fit import Fit
from scenes.stage.parts.plane import Plane
from scenes.stage.parts.rule import Rule
from scenes.stage.parts.rules import newton_rule
from scenes.stage.parts.run import Ball, Run, Trail
from scenes.stage.parts.slope import Tangent
from scenes.stage.parts.tally import Tally
from scenes.stage.parts.title import Formula, Title
from scenes.stage.write import Setting


def parts(runs: NewtonRuns, setting: Setting) -> tuple[Part, ...]:
    """All parts, from back to front. `ball` is Newton's while it is alone; `ball1` to `ball3` in the race."""
    main, objective, theme = runs[0], runs[0].objective, setting.theme
    colours, clock = [theme.concept(one) for one in WEARS], Run(main)
    plane = Plane(setting, main_window(runs), objective.variables[0])
    square = Plane(setting, first_window(runs[3:4]), "x", "square")
    hump = Plane(setting, hump_windows()[0], "x", "hump")
    ball = Ball(setting, plane, clock)
    lanes = tuple(curve_lanes(setting, plane, runs[:3], colours))
    clocks = [one for one in lanes if isinstance(one, Run)]
    names = [setting.label("Newton"), "BFGS", setting.label("plain")]
    tinted = [colours[0], colours[2], colours[1]]
    counted = [clocks[0], clocks[2], clocks[1]]
    tally = Tally(setting, setting.composition.aside, counted, names, tinted, later=(1,))
    rule = Rule(setting, newton_rule(main, WEARS[0]), clock, setting.composition.strip)
    return (
        plane,
        Curve(setting, plane, objective),
        Minima(setting, plane, objective),
        Tangent(setting, ball, told=True),
        Fit(setting, ball, colours[0]),
        Trail(setting, plane, clock),
        ball,
        clock,
        *lanes,
        square,
        Curve(setting, square, runs[3].objective, "arch"),
        Minima(setting, square, runs[3].objective, "base"),
        *_alone(setting, square, runs[3], 3, colours[0]),
        hump,
        Curve(setting, hump, runs[4].objective, "ridge"),
        Minima(setting, hump, runs[4].objective, "valley"),
        *(part for k in range(4, 8) for part in _alone(setting, hump, runs[k], k, colours[0])),
        Curvatures(setting, colours[0]),
        Title(setting, setting.title),
        Formula(setting, f"{objective.symbol}({objective.variables[0]}) = {objective.formula}"),
        rule,
        tally,
    )


def _alone(setting: Setting, plane: Plane, run: Trajectory, index: int, colour: str) -> Iterator[Part]:
    """Newton's method on a curve of its own: `fit4`, `trail4`, `ball4`, `run4` for the run of index 3."""
    clock, number = Run(run, index, f"run{index + 1}"), index + 1
    ball = Ball(setting, plane, clock, name=f"ball{number}")
    yield Fit(setting, ball, colour, LEAST, f"fit{number}")
    yield Trail(setting, plane, clock, name=f"trail{number}")
    yield from (ball, clock)
