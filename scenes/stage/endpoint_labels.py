"""Names of learning rates at the places where their runs ended: in the valley and in the chart of losses."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gdsim import Trajectory
from scenes.script.numbers import number
from scenes.stage.chart import LossChart
from scenes.stage.plot import Gathering, Plane
from scenes.stage.rates import Swatch
from scenes.stage.theme import Theme
from scenes.stage.type import words

# Ends nearer to each other than this, in frame units, share a name.
NEAR = 0.35
# So wide a name has room beside the chart, in frame units.
ROOM = 1.25


def together(places: Sequence[tuple[float, float]], reach: float) -> list[list[int]]:
    """The places' numbers in groups: each starts with the first place and takes all later ones within `reach`."""
    groups: list[list[int]] = []
    for index, (x, y) in enumerate(places):
        near = [one for one in groups if np.hypot(places[one[0]][0] - x, places[one[0]][1] - y) < reach]
        if near:
            near[0].append(index)
        else:
            groups.append([index])
    return groups


def named(rates: Sequence[float]) -> str:
    """`0.1`, `0.1 and 0.9`, `0.01, 0.1 and 0.9`."""
    names = [number(rate, 6) for rate in rates]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


class EndpointLabels:
    """One flag a run: a dot where its ball ended, and its rate above.

    flags: nothing where the run ended outside the plane. mates: for each run, those earlier ones whose ends
    it shares; its flag names them too, and theirs should go.
    """

    def __init__(
        self,
        plane: Plane,
        runs: Sequence[Trajectory],
        rates: Sequence[float],
        colours: Sequence[str],
        theme: Theme,
        size: float,
    ):
        ends = [plane.to_frame(run.points[-1, 0], run.losses[-1]) for run in runs]
        groups = together([(float(x), float(y)) for x, y in ends], NEAR)
        self.flags: list[Gathering] = []
        self.mates: list[list[int]] = []
        for index, (run, end, colour) in enumerate(zip(runs, ends, colours)):
            mates = [other for group in groups if index in group for other in group if other < index]
            flag = Gathering()
            if plane.holds(run.points[-1, 0], run.losses[-1]):
                name = words(named([rates[other] for other in (*mates, index)]), size, theme.rate, 600)
                x, y = end + 0.5 * _inwards(plane, float(run.gradients[-1, 0]))
                flag.add(Swatch((float(end[0]), float(end[1])), colour, 0.09), name.at(x, y, 0.5, 0.5))
            self.flags.append(flag)
            self.mates.append(mates)


def _inwards(plane: Plane, slope: float) -> np.ndarray:
    """(2,): the unit vector in the frame that stands on a curve of this slope, upwards."""
    unit = np.array([plane.box.width, plane.box.height]) / [np.ptp(plane.across), np.ptp(plane.up)]
    upright = np.array([-slope * unit[1] / unit[0], 1.0])
    return upright / np.hypot(*upright)


def line_names(chart: LossChart, rates: Sequence[float], theme: Theme, size: float) -> Gathering:
    """Each rate's name where its line ends or leaves the chart."""
    ends = [chart.end(index) for index in range(len(rates))]
    names = Gathering()
    for group in together(ends, 1.2 * size):
        x, y = ends[group[0]]
        name = words(named([rates[index] for index in group]), size, theme.rate, 600)
        name.at(x + 0.18, min(y, chart.plane.box.top - 0.75 * size), 0.0, 0.5)
        if name.box.width > ROOM:
            name.at(x, y + 0.6 * size, 1.0, 0.0)  # too long to stand beside the line: above it
        names.add(name)
    return names
