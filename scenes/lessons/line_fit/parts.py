"""The parts of the film about the fit of a line."""

from __future__ import annotations

import numpy as np

from gdsim.batches import BatchRun
from scenes.phrases.fit_facts import exact, watched
from scenes.script.data_window import data_window
from scenes.stage.part import Part
from scenes.stage.parts.aside import LossChart, Readouts, chart_top
from scenes.stage.parts.fit_map import fit_map
from scenes.stage.parts.fitted_line import FittedLine
from scenes.stage.parts.panel import free_corner, panel_boxes
from scenes.stage.parts.points import Points
from scenes.stage.parts.rule import Rule
from scenes.stage.parts.rules import line_fields, mean_square_rule
from scenes.stage.parts.run import Run
from scenes.stage.parts.scaling import Scale, ScaledPanel
from scenes.stage.parts.sticks import LossLabel, Sticks
from scenes.stage.parts.title import Title
from scenes.stage.write import Setting

# The read-outs' width, and the height of a row.
WIDE, ROW = 2.0, 0.5


def parts(runs: tuple[BatchRun, ...], setting: Setting) -> tuple[Part, ...]:
    """From back to front: the data, the map that passes over them when the two trade places, and what is beside."""
    main, composition, theme = runs[0], setting.composition, setting.theme
    (small, chart), model, best = panel_boxes(composition), main.model, exact(main)
    clocks = [Run(run, index, f"run{index + 1}") for index, run in enumerate(runs)]
    x, y = main.data.inputs[:, 0], main.data.targets
    plane = ScaledPanel(setting, data_window(main), "x", "y", small, x)
    lines = [
        FittedLine(setting, plane, model, clock, inputs=change.of, name=f"line{clock.index + 1}")
        for clock, change in zip(clocks, (Scale(0.0, 1.0), Scale(plane.mean, plane.spread)))
    ]
    # It is wider than a line that covers it, so that it can be seen around that.
    target = FittedLine(setting, plane, model, None, best, theme.minimum, name="exact", quantity="exact line", width=9)
    across = np.linspace(*plane.window[:2], 60)
    places = np.stack([np.append(x, across), np.append(y, model.predict(best, across[:, None]))], axis=-1)
    fields = line_fields(main)
    corner = free_corner(plane, composition.hero(0.0, 1.0), places, (WIDE, ROW * len(fields)))
    lasts = [max(1, watched(run)) for run in runs]
    tops = [max(chart_top(run), *run.losses[: last + 1].tolist()) for run, last in zip(runs, lasts)]
    return (
        plane,
        target,
        Sticks(setting, lines[0], main.data),
        *lines,
        Points(setting, plane, main.data, run=plane.data_of),
        LossLabel(setting, lines[0], clocks[0]),
        Readouts(setting, corner, clocks[0], fields, plate=True),
        *fit_map(runs, setting, plane, clocks, small),
        *clocks,
        Title(setting, setting.title),
        Rule(setting, mean_square_rule(main, setting.label("loss")), clocks[0], composition.strip, "formula"),
        *(
            LossChart(setting, chart, [clock], top, name=f"chart{clock.index + 1}", steps=last)
            for clock, top, last in zip(clocks, tops, lasts)
        ),
    )
