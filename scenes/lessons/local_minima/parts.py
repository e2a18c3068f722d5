"""The parts of the film about valleys."""

from __future__ import annotations

from scenes.phrases.valley_facts import best_of, lower_place, picture
from scenes.planned_crowd import Starts
from scenes.stage.part import Part
from scenes.stage.parts.crowd import Crowd
from scenes.stage.parts.curve import Curve
from scenes.stage.parts.lamp import Lamp
from scenes.stage.parts.plane import Plane
from scenes.stage.parts.run import BALL, Ball, Run, Trail
from scenes.stage.parts.slope import Tangent
from scenes.stage.parts.title import Formula, Title
from scenes.stage.parts.valleys import BasinBand, Drop, Valleys
from scenes.stage.write import Setting


def parts(runs: Starts, setting: Setting) -> tuple[Part, ...]:
    """All parts, from back to front."""
    main, crowd = runs[0], runs.crowd
    objective, window = main.objective, picture(main)
    clock, plane = Run(main), Plane(setting, window, objective.variables[0])
    ball = Ball(setting, plane, clock)
    return (
        plane,
        BasinBand(setting, plane, objective, runs.basins),
        Curve(setting, plane, objective),
        Valleys(setting, plane, objective),
        Drop(setting, ball, lower_place(main, window)),
        Tangent(setting, ball),
        Trail(setting, plane, clock),
        Lamp(setting, ball, darkness=1.0),
        ball,
        clock,
        Crowd(setting, plane, objective, crowd, 1, best_of(crowd, window)),
        Crowd(setting, plane, objective, runs.pair, 1 + len(crowd), radius=BALL, counted=False, name="pair"),
        Title(setting, setting.title),
        Formula(setting, f"{objective.symbol}({objective.variables[0]}) = {objective.formula}"),
    )
