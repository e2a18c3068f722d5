"""The parts of the film about yes and no."""

from __future__ import annotations

import numpy as np

from gdsim.batches import BatchRun
from scenes.phrases.class_facts import accuracy, data_room, line_places
from scenes.script.language import ENGLISH
from scenes.script.numbers import number
from scenes.stage.part import Part
from scenes.stage.parts.aside import Field, Readouts
from scenes.stage.parts.classes import Boundary, ClassModel, ClassPoints, Shading
from scenes.stage.parts.cost_map import CostBall, CostTrail
from scenes.stage.parts.loss_curve import DataPlane, LossCurve
from scenes.stage.parts.panel import free_corner, panel_boxes
from scenes.stage.parts.run import Run
from scenes.stage.parts.score_chart import AccuracyChart
from scenes.stage.parts.slice_map import SliceMap, SliceMinimum
from scenes.stage.parts.title import Title
from scenes.stage.write import Setting

# The read-outs' width, and the height of a row.
WIDE, ROW = 2.45, 0.5


def parts(runs: tuple[BatchRun, ...], setting: Setting) -> tuple[Part, ...]:
    """From back to front: the shaded plane, the map that passes over it, and what is beside."""
    (run,), composition = runs, setting.composition
    small, chart = panel_boxes(composition)
    plane = DataPlane(setting, data_room(run), "x_1", "x_2", small, ticks="feature tick")
    clock = Run(run)
    model = ClassModel(plane, clock)
    cost = SliceMap(setting, model, small, plane)
    shares = accuracy(run)
    fields = (
        Field("step", "step", lambda step: ENGLISH.whole(step), "steps"),
        Field("accuracy", None, lambda step: number(float(shares[step]), 3), "accuracy"),
    )
    places = np.vstack([run.data.inputs, line_places(run)])
    corner = free_corner(plane, composition.hero(0.0, 1.0), places, (WIDE, ROW * len(fields)))
    return (
        plane,
        Shading(setting, model),
        Boundary(setting, model),
        ClassPoints(setting, model),
        Readouts(setting, corner, clock, fields, plate=True),
        cost,
        CostTrail(setting, cost, clock),
        SliceMinimum(setting, cost),
        CostBall(setting, cost, clock),
        clock,
        model,
        LossCurve(setting, model, chart),
        AccuracyChart(setting, small, clock),
        Title(setting, setting.title),
    )
