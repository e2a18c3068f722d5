"""The parts of the film about the minus."""

from __future__ import annotations

from dataclasses import replace

from scenes.phrases.run_facts import variable_text
from scenes.planned_sides import BUG, Sides, home
from scenes.stage.part import Part
from scenes.stage.parts.code_line import CodeLine, Figure
from scenes.stage.parts.curve import Curve, Minima
from scenes.stage.parts.offset import OffsetBar
from scenes.stage.parts.plane import Plane
from scenes.stage.parts.run import Ball, Run, Trail
from scenes.stage.parts.signpost import Signpost, Signposts
from scenes.stage.parts.slope import Tangent
from scenes.stage.parts.title import Formula, Title
from scenes.stage.write import Setting


def parts(runs: Sides, setting: Setting) -> tuple[Part, ...]:
    """From back to front. The balls are `ball`, `ball2` (the other side), `ball3` (the bottom) and `bug`."""
    objective, wrong = runs[0].objective, setting.theme.concept(BUG)
    valley = replace(objective, minima=(runs.valley,) if runs.valley else ())  # the one that is spoken of
    plane = Plane(setting, home(runs), objective.variables[0])
    found: list[Part] = [plane, Curve(setting, plane, objective), Minima(setting, plane, valley)]
    found.append(Signposts(setting, plane, objective))
    front: list[Part] = []
    for suffix, run in (("", runs[0]), ("2", runs.mirror), ("3", runs.bottom)):
        if run is None:
            continue
        clock = Run(run, runs.number(run), f"run{suffix}")
        ball = Ball(setting, plane, clock, name=f"ball{suffix}")
        post = Signpost(setting, ball, f"signpost{suffix}")
        tangent = Tangent(setting, ball, f"tangent{suffix}", length=5.0)
        found += [tangent, Trail(setting, plane, clock, name=f"trail{suffix}"), post, ball, clock]
        front.append(Figure(setting, clock, f"{post.name}.label", f"figure{suffix}"))
    if runs.bug is not None:
        clock = Run(runs.bug, runs.number(runs.bug), "bugs")
        ball = Ball(setting, plane, clock, wrong, "bug")
        steep = Tangent(setting, ball, "steep", length=5.0)
        if runs.valley is not None:
            found.append(OffsetBar(setting, ball, runs.valley.point[0]))
        found += [steep, Trail(setting, plane, clock, wrong, "track"), ball, clock]
    words = f"{objective.symbol}({objective.variables[0]}) = {objective.formula}"
    title, code = Title(setting, setting.title), CodeLine(setting, variable_text(objective.variables[0]), wrong)
    return (*found, title, Formula(setting, words), code, *front)
