"""The parts of the film about the fit of a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from gdsim.batches import BatchRun
from scenes.phrases.fit_facts import exact
from scenes.script.data_window import data_window
from scenes.script.window import first_window
from scenes.stage.composition import Composition
from scenes.stage.part import Part
from scenes.stage.parts.aside import LossChart, Readouts, chart_top
from scenes.stage.parts.cost_map import CostBall, CostTrail
from scenes.stage.parts.curve import Curve, Minima
from scenes.stage.parts.fitted_line import FittedLine
from scenes.stage.parts.panel import Panel, free_corner, panel_boxes
from scenes.stage.parts.points import Points
from scenes.stage.parts.rule import Rule
from scenes.stage.parts.rules import line_fields, mean_square_rule
from scenes.stage.parts.run import Ball, Run, Trail
from scenes.stage.parts.scaling import Cross, Scale, ScaledPanel, ScalingMap, ScalingMinimum
from scenes.stage.parts.sticks import Sticks
from scenes.stage.parts.title import Title
from scenes.stage.write import Setting

# The read-outs' width, and the height of a row.
WIDE, ROW = 2.0, 0.5


def parts(runs: tuple[BatchRun, ...], setting: Setting) -> tuple[Part, ...]:
    """From back to front: the data, the map that passes over them when the two trade places, and what is beside."""
    main, composition, theme = runs[0], setting.composition, setting.theme
    small, chart = panel_boxes(composition)
    clocks = [Run(run, index, f"run{index + 1}") for index, run in enumerate(runs)]
    x, y = main.data.inputs[:, 0], main.data.targets
    plane = ScaledPanel(setting, data_window(main), "x", "y", small, x)
    changes = [Scale(0.0, 1.0), Scale(plane.mean, plane.spread)]
    lines = [
        FittedLine(setting, plane, main.model, clock, inputs=change.of, name=f"line{clock.index + 1}")
        for clock, change in zip(clocks, changes)
    ]
    fields, hero = line_fields(main), composition.hero(0.0, 1.0)
    corner = free_corner(plane, hero, np.stack([x, y], axis=-1), (WIDE, ROW * len(fields)))
    return (
        plane,
        FittedLine(setting, plane, main.model, None, exact(main), theme.minimum, name="exact", quantity="exact line"),
        Sticks(setting, lines[0], main.data),
        *lines,
        Points(setting, plane, main.data),
        Readouts(setting, corner, clocks[0], fields, plate=True),
        *_map(runs, setting, plane, clocks, composition),
        *clocks,
        Title(setting, setting.title),
        Rule(setting, mean_square_rule(main, setting.label("loss")), clocks[0], composition.strip, "formula"),
        *(LossChart(setting, chart, [one], chart_top(main), name=f"chart{one.index + 1}") for one in clocks),
    )


def _map(
    runs: tuple[BatchRun, ...], setting: Setting, plane: Panel, clocks: Sequence[Run], composition: Composition
) -> Iterator[Part]:
    """The loss of each line: contours over two parameters, a curve over one."""
    small, _ = panel_boxes(composition)
    objective = runs[0].objective
    if isinstance(plane, ScaledPanel) and objective.dims == 2:
        cost = ScalingMap(setting, plane, runs, small)
        yield from (cost, Cross(setting, cost), ScalingMinimum(setting, cost))
        for clock in clocks:
            number = clock.index + 1
            yield from (
                CostTrail(setting, cost, clock, name=f"trail{number}"),
                CostBall(setting, cost, clock, name=f"ball{number}"),
            )
        return
    curve = Panel(setting, first_window(runs), objective.variables[0], None, small, plane, name="map")
    yield from (curve, Curve(setting, curve, objective), Minima(setting, curve, objective))
    yield from (
        Trail(setting, curve, clocks[0], name="trail1"),
        Ball(setting, curve, clocks[0], name="ball1", noted=False),
    )
