"""The parts of the film about choosing the learning rate."""

from __future__ import annotations

from scenes.phrases.sweep_facts import Facts
from scenes.phrases.sweep_words import axis_title
from scenes.planned_sweep import Sweep
from scenes.script.concepts import run_concept
from scenes.stage.part import Part
from scenes.stage.parts.aside import LossChart
from scenes.stage.parts.rate_plane import RatePlane
from scenes.stage.parts.run import Run
from scenes.stage.parts.sweep import Probe, SweepCurve
from scenes.stage.parts.sweep_marks import Ladder, Trials, Wall, Yours
from scenes.stage.parts.title import Title
from scenes.stage.write import Setting

# The loss chart shows so much more than the loss at the start: a curve that leaves it grows.
TALLEST = 0.4


def parts(runs: Sweep, setting: Setting) -> tuple[Part, ...]:
    """All parts, from back to front."""
    facts, theme, count = Facts(runs), setting.theme, len(runs.trials)
    colours = [theme.concept(run_concept(index, count)) for index in range(count)]
    clocks = [Run(runs.trial(index), 1 + index, f"run{index + 1}") for index in range(count)]
    title = axis_title(facts).plain(setting.language)
    plane = RatePlane(setting, facts.chart, title, runs.trials[1])
    curve = SweepCurve(setting, plane, facts)
    first, size, low = facts.chart.first, facts.chart.size, facts.chart.low
    bottom = first - facts.chart.size if low is None else low
    chart = LossChart(setting, setting.composition.aside, clocks, first + TALLEST * size, colours, bottom)
    walls = [Wall(setting, plane, facts)] if runs.wall is not None else []
    ladder = [Ladder(setting, plane, facts)] if facts.valley else []
    return (
        plane,
        *ladder,
        *walls,
        curve,
        Probe(setting, plane, curve),
        chart,
        Trials(setting, plane, facts, chart, colours),
        Yours(setting, plane, facts),
        *clocks,
        Title(setting, setting.title),
    )
