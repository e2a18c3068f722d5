"""The panel of several learning rates, or of one: gauge, read-outs or table, and the chart of losses."""

from __future__ import annotations

from collections.abc import Sequence

from gdsim import Trajectory
from scenes.stage.chart import LossChart
from scenes.stage.layout import GAP, Box, Layout
from scenes.stage.panel import Field, Readouts
from scenes.stage.plot import Plane
from scenes.stage.rates import RateGauge, RateTable, Row, with_landmarks
from scenes.stage.theme import Theme
from scenes.stage.type import Type


class RatePanel:
    """What stands beside the valley; the parts are added to the scene, shown and hidden one by one.

    label: the curve's formula, which shares the gauge's row where the panel is below the plot.
    rates: of the runs that move (None for one that took no step). bend: the curve's second derivative.
    at_once: all balls roll together, so the table stands in the read-outs' place from the first frame on.
    """

    def __init__(
        self,
        places: Layout,
        plane: Plane,
        label: Type,
        runs: Sequence[Trajectory],
        rates: Sequence[float | None],
        colours: Sequence[str],
        bend: float,
        theme: Theme,
        size: float,
        at_once: bool,
    ):
        limit, name, several = 2 / bend, runs[0].objective.variables[0], len(runs) > 1
        room = places.formula
        if not places.wide:
            room = room.inset(right=room.right - label.box.left + 1.5 * GAP)
        self.gauge = RateGauge(room, rates, limit, colours, theme)
        fields = [Field("step", None), Field(name, "ball"), Field("distance", "minimum"), Field("loss", "loss")]
        self.readouts = Readouts(places.readouts, fields, theme)
        chart_box = places.chart
        table_box = Box(room.left, chart_box.bottom, chart_box.right, places.readouts.top)
        if at_once or not several:
            lower = (0.8 if at_once else 0.5) if places.wide else 0.0
            table_box, chart_box = places.readouts.inset(bottom=-lower), chart_box.inset(top=lower)
        rows = [Row(rate, 1 - rate * bend, colour) for rate, colour in zip(rates, colours) if rate is not None]
        self.table = RateTable(table_box, rows if several else with_landmarks(rows, limit, theme), theme)
        self.chart = LossChart(chart_box, runs, colours, theme, size, plane.up[1], plane.up[0])
