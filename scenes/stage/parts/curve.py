"""A function of one variable: its curve, and its known minima."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from gdsim import Objective
from scenes.script.timeline import Channel
from scenes.stage.camera import Array
from scenes.stage.line_marks import Ring, Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import Now, Part
from scenes.stage.parts.plane import Plane, View
from scenes.stage.write import Setting

SAMPLES = 480
# How far beyond the window, in windows, a curve that leaves it is drawn, so that it leaves in a straight line.
BEYOND = 3.0


class Curve(Part):
    """grown: how much of it is drawn, from the left."""

    channels: ClassVar[Mapping[str, Channel]] = {"grown": Channel((1.0,))}

    def __init__(self, setting: Setting, plane: Plane, objective: Objective, name: str = "curve") -> None:
        super().__init__(name)
        self.setting, self.plane, self.objective = setting, plane, objective

    def marks(self, now: Now) -> Iterator[Mark]:
        view, grown = self.plane.view(now), now.of(self, "grown")
        width = 4.5 + 2.5 * now.of(self, "pulse")
        for points in pieces(view, self.objective, grown):
            yield Stroke(points=points, colour=self.setting.theme.ink, width=width, clip=view.box)


def pieces(view: View, objective: Objective, grown: float = 1.0) -> list[Array]:
    """The curve in a window as frame points, one piece per interval in which it is defined."""
    left, right, bottom, top = view.window
    x = np.linspace(left, left + grown * (right - left), max(2, round(SAMPLES * grown)))
    with np.errstate(all="ignore"):
        y = np.asarray(objective.value(x[:, None]), dtype=float)
    reach = BEYOND * (top - bottom)
    known = ~np.isnan(y)
    y = np.clip(y, bottom - reach, top + reach)
    # A pole is not a line: where the curve jumps from beyond one edge to beyond the other, it is split.
    jump = np.abs(np.diff(y, prepend=y[:1])) > reach
    starts = np.flatnonzero(known & (jump | ~np.roll(known, 1) | (np.arange(len(x)) == 0)))
    ends = np.append(starts[1:], len(x))
    points = view.to_frame(x, np.nan_to_num(y))
    return [
        points[start : start + int(np.sum(known[start:end]))]
        for start, end in zip(starts, ends)
        if np.sum(known[start:end]) > 1
    ]


class Minima(Part):
    """A green ring at each known minimum in the window; `grown` is its size."""

    channels: ClassVar[Mapping[str, Channel]] = {"grown": Channel((1.0,))}
    RADIUS = 0.16

    def __init__(self, setting: Setting, plane: Plane, objective: Objective, name: str = "minimum") -> None:
        super().__init__(name)
        self.setting, self.plane, self.objective = setting, plane, objective

    def marks(self, now: Now) -> Iterator[Mark]:
        view = self.plane.view(now)
        radius = self.RADIUS * now.of(self, "grown") * (1 + 0.9 * now.of(self, "pulse"))
        for index, known in enumerate(self.objective.minima):
            if view.holds(known.point[0], known.value):
                yield Ring(
                    centre=view.point(known.point[0], known.value),
                    radius=radius,
                    colour=self.setting.theme.minimum,
                    shows=Shows("minimum", step=index),
                )
