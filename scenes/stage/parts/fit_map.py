"""The loss of each line: a map that follows the input's changes for two parameters, a curve for one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gdsim.batches import BatchRun
from scenes.script.window import first_window
from scenes.stage.box import Box
from scenes.stage.part import Part
from scenes.stage.parts.cost_map import CostBall, CostTrail
from scenes.stage.parts.curve import Curve, Minima
from scenes.stage.parts.panel import Panel
from scenes.stage.parts.run import Ball, Run, Trail
from scenes.stage.parts.scaling import Cross, ScaledPanel, ScalingMap, ScalingMinimum
from scenes.stage.write import Setting


def fit_map(
    runs: Sequence[BatchRun], setting: Setting, plane: ScaledPanel, clocks: Sequence[Run], small: Box
) -> Iterator[Part]:
    """The parts `map`, `minimum`, `ball1`, `trail1`, …; with two parameters also `cross`, with one also `curve`."""
    objective = runs[0].objective
    if objective.dims == 2:
        cost = ScalingMap(setting, plane, runs, small)
        yield from (cost, Cross(setting, cost), ScalingMinimum(setting, cost))
        for clock in clocks:
            yield CostTrail(setting, cost, clock, name=f"trail{clock.index + 1}")
            yield CostBall(setting, cost, clock, name=f"ball{clock.index + 1}")
        return
    curve = Panel(setting, first_window(runs), objective.variables[0], None, small, plane, name="map")
    yield from (curve, Curve(setting, curve, objective), Minima(setting, curve, objective))
    yield Trail(setting, curve, clocks[0], name="trail1")
    yield Ball(setting, curve, clocks[0], name="ball1", noted=False)
