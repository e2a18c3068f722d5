"""All runs on one clock: their losses in one large chart, each with its rate's name at its end."""

from __future__ import annotations

from collections.abc import Sequence

from gdsim import Trajectory
from scenes.stage.chart import LossChart
from scenes.stage.endpoint_labels import line_names
from scenes.stage.layout import Box
from scenes.stage.plot import Gathering, Plane
from scenes.stage.theme import Theme

# A loss curve that another one hides is drawn this wide, so that both are seen.
UNDERNEATH = 10.0


class Race(Gathering):
    """The losses of several runs over the steps, at the heights that their balls have in the plane it stands over.

    plane: the valley's; its heights are the chart's. rates, colours: one a run. hidden: for each run, whether a later
    one's curve covers its own. header: room above the plane, in frame units.
    names: the rates at the ends of their lines; shown on their own.
    """

    def __init__(
        self,
        plane: Plane,
        runs: Sequence[Trajectory],
        rates: Sequence[float],
        colours: Sequence[str],
        hidden: Sequence[bool],
        theme: Theme,
        size: float,
        header: float,
    ):
        super().__init__()
        box = plane.box
        around = Box(box.left - 2.4 * size, box.bottom - 1.5 * size, box.right - 1.3, box.top + header)
        self.chart = LossChart(around, runs, colours, theme, size, plane.up[1], plane.up[0])
        for line, covered in zip(self.chart.lines, hidden):
            line.width_units = UNDERNEATH if covered else line.width_units
        self.names = line_names(self.chart, rates, theme, size)
        self.add(self.chart)

    def show(self, index: int, clock: float) -> None:
        """Draw the line of run `index` up to `clock` steps."""
        self.chart.show(index, clock)
