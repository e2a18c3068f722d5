"""The parts of the film about slopes."""

from __future__ import annotations

from gdsim import Trajectory
from scenes.script.window import first_step_right, first_window
from scenes.stage.part import Part
from scenes.stage.parts.curve import Curve
from scenes.stage.parts.plane import Plane
from scenes.stage.parts.rule import Rule, Term
from scenes.stage.parts.run import Ball, Run
from scenes.stage.parts.secant import Quotients, Secant
from scenes.stage.parts.slope import Tangent
from scenes.stage.parts.title import Formula, Title
from scenes.stage.write import Setting

ROWS = 4


def parts(runs: tuple[Trajectory, ...], setting: Setting) -> tuple[Part, ...]:
    """All parts, from back to front."""
    (main,) = runs
    objective, composition = main.objective, setting.composition
    name, symbol = objective.variables[0], objective.symbol
    clock = Run(main)
    plane = Plane(setting, first_window(runs), name)
    ball = Ball(setting, plane, clock)
    x, power = float(main.points[0, 0]), first_step_right(main)
    powers = tuple(range(power, power - ROWS, -1))
    square = tuple(Term(f"t{k}", source, colour) for k, (source, colour) in enumerate(_square(name)))
    return (
        plane,
        Curve(setting, plane, objective),
        Tangent(setting, ball),
        Secant(setting, plane, objective, x, power),
        ball,
        clock,
        Title(setting, setting.title),
        Formula(setting, f"{symbol}({name}) = {objective.formula}"),
        Quotients(setting, composition.aside, objective, x, powers),
        Rule(setting, square, clock, composition.strip, name="why"),
    )


def _square(name: str) -> tuple[tuple[str, str | None], ...]:
    """((x + h)² − x²) / h = 2x + h, term by term."""
    return (
        (f"(({name} + h)^2 - {name}^2) \\/ h", "slope"),
        ("=", None),
        (f"(2 {name} h + h^2) \\/ h", None),
        ("=", None),
        (f"2 {name}", "slope"),
        ("+ h", "step"),
    )
