"""The parts of the film about stopping."""

from __future__ import annotations

from gdsim import Trajectory
from scenes.phrases.stopping_facts import loss_changes, quickest, slope_sizes
from scenes.planned_stops import EPSILON, parted
from scenes.script.numbers import power_of_ten
from scenes.script.window import first_window
from scenes.stage.part import Part
from scenes.stage.parts.ball_size import BallSize
from scenes.stage.parts.cap import Cap
from scenes.stage.parts.curve import Curve, Minima
from scenes.stage.parts.plane import Plane
from scenes.stage.parts.rate_chart import RateChart
from scenes.stage.parts.rule import Rule, Term
from scenes.stage.parts.run import Ball, Run, Trail
from scenes.stage.parts.size_chart import SizeChart, Sizes
from scenes.stage.parts.slope import Tangent
from scenes.stage.parts.title import Formula, Title
from scenes.stage.write import Setting


def parts(runs: tuple[Trajectory, ...], setting: Setting) -> tuple[Part, ...]:
    """All parts, from back to front."""
    stop, theme, strip = parted(runs), setting.theme, setting.composition.strip
    objective, last = stop.main.objective, len(runs) - 3
    clock, count, settle = Run(stop.main), Run(stop.main, 0, "count"), Run(stop.by_loss, 1, "settle")
    hasty, patient, blind = (Run(run, last + k, f"run{k}") for k, run in enumerate(runs[-3:]))
    plane = Plane(setting, first_window(runs[:1]), objective.variables[0])
    ball = Ball(setting, plane, clock)
    shelf = Plane(setting, first_window(runs[-3:]), stop.hasty.objective.variables[0], "shelf")
    still = Ball(setting, shelf, patient, theme.slope, "patient")
    fooled = Ball(setting, shelf, hasty, theme.loss, "hasty", (still,))
    far = Ball(setting, shelf, blind, theme.slope, "blind")
    lines = (
        Sizes("slope", "slope", count, slope_sizes(stop.main), 0, "size of the slope", "slope size"),
        Sizes("loss", "loss", settle, loss_changes(stop.by_loss), 1, "change of the loss", "loss change"),
    )
    limit = stop.rates[0].steps if stop.rates else 1
    left, right = strip.inset(right=0.52 * strip.width), strip.inset(left=0.52 * strip.width)
    return (
        plane,
        Curve(setting, plane, objective),
        Minima(setting, plane, objective),
        Tangent(setting, ball, told=True),
        Trail(setting, plane, clock),
        ball,
        *(clock, count, settle, hasty, patient, blind),
        Title(setting, setting.title),
        Formula(setting, f"{objective.symbol}({objective.variables[0]}) = {objective.formula}"),
        SizeChart(setting, plane, lines, EPSILON),
        RateChart(setting, plane, stop.rates, 2, stop.main, limit, quickest(stop.rates) if stop.rates else 0),
        Rule(setting, _rule("abs(nabla J)", "slope"), clock, left, "law", 0.0),
        Rule(setting, _rule("abs(Delta J)", "loss"), clock, right, "other", 1.0),
        shelf,
        Curve(setting, shelf, stop.hasty.objective, "shoulder"),
        Minima(setting, shelf, stop.hasty.objective, "bottom"),
        Trail(setting, shelf, patient, theme.slope, "path"),
        Tangent(setting, far, "level", 2.6),
        fooled,
        still,
        far,
        BallSize(setting, fooled, loss_changes(stop.hasty), 1, "loss change", "hasty_size"),
        BallSize(setting, still, slope_sizes(stop.patient), 0, "slope size", "patient_size"),
        BallSize(setting, far, slope_sizes(stop.blind), 0, "slope size", "blind_size"),
        Cap(setting, right, limit),
    )


def _rule(size: str, concept: str) -> tuple[Term, ...]:
    """A size is below epsilon; the letter's number flies in."""
    small = Term("epsilon", "epsilon", None, lambda _: power_of_ten(EPSILON), quantity="epsilon")
    return Term("size", size, concept), Term("below", "<"), small
