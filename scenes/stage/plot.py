"""A plane to draw in: where numbers fall in the frame, its axes, and curves on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cairo
import numpy as np
from manim import VGroup
from numpy.typing import NDArray

from scenes.script.numbers import number
from scenes.stage.camera import Painted, StageCamera, rgb, set_pen, set_source, trace
from scenes.stage.layout import Box
from scenes.stage.theme import Theme
from scenes.stage.ticks import ticks
from scenes.stage.type import Type, formula, words
from scenes.stage.visible_steps import StepLine

Array = NDArray[np.float64]


# No point lies more widths or heights of a plane away from it: farther, a computer could not count them.
FARTHEST = 1e9


@dataclass(frozen=True)
class Plane:
    """The objective's units laid over a box of the frame.

    box: in frame units. across, up: (low, high) in the objective's units.
    """

    box: Box
    across: tuple[float, float]
    up: tuple[float, float]

    def to_frame(self, x: Array | float, y: Array | float) -> Array:
        """Values x, y (...,) -> frame points (..., 2); what lies farther out than FARTHEST lies there."""
        return np.stack(
            [
                self.box.left + _share(x, self.across) * self.box.width,
                self.box.bottom + _share(y, self.up) * self.box.height,
            ],
            axis=-1,
        )

    def holds(self, x: float, y: float) -> bool:
        """Whether the point falls inside the box."""
        return self.across[0] <= x <= self.across[1] and self.up[0] <= y <= self.up[1]

    def clip(self, context: cairo.Context) -> None:
        """Keep what is drawn next inside the box."""
        box = self.box
        context.rectangle(box.left, box.bottom, box.width, box.height)
        context.clip()


def _share(values: Array | float, side: tuple[float, float]) -> Array:
    """How far along a side values (...,) lie: 0 at its low end, 1 at its high one."""
    low, high = side
    reach = FARTHEST * (high - low)
    return (np.clip(values, low - reach, high + reach) - low) / (high - low)


class Line(Painted):
    """A polyline in frame points, clipped to its box; `shown` (0 to 1) is how much of its length is drawn."""

    blended = ("opacity", "shown")

    def __init__(self, points: Array, colour: str, width: float = 4.0, box: Box | None = None, shown: float = 1.0):
        super().__init__()
        self.path, self.colour, self.width_units, self.box, self.shown = points, rgb(colour), width, box, shown

    def paint(self, context: cairo.Context, camera: StageCamera) -> None:
        if self.shown <= 0 or len(self.path) < 2:
            return
        if self.box is not None:
            context.rectangle(self.box.left, self.box.bottom, self.box.width, self.box.height)
            context.clip()
        trace(context, self.drawn(self.shown * (len(self.path) - 1)))
        set_pen(context, self.width_units)
        set_source(context, self.colour)
        context.stroke()

    def drawn(self, last: float) -> Array:
        """(k, 2): its first `last` parts."""
        whole = int(last)
        points = self.path[: whole + 1]
        if whole < len(self.path) - 1:
            points = np.vstack([points, points[-1] + (last - whole) * (self.path[whole + 1] - points[-1])])
        return points


class Course(Line):
    """A line over the steps of a run, a point each, from left to right: drawn with as many points as can be seen."""

    def __init__(self, points: Array, colour: str, width: float = 4.0, box: Box | None = None, shown: float = 1.0):
        super().__init__(points, colour, width, box, shown)
        self.outline = StepLine(points)

    def drawn(self, last: float) -> Array:
        """(k, 2): what can be seen of its first `last` parts."""
        return self.outline.until(last)


class Grid(Painted):
    """Axis lines, tick marks and faint grid lines, drawn as one."""

    def __init__(self, plane: Plane, theme: Theme, x_ticks: list[float], y_ticks: list[float], baseline: float):
        super().__init__()
        self.plane, self.x_ticks, self.y_ticks, self.baseline = plane, x_ticks, y_ticks, baseline
        self.faint, self.muted = rgb(theme.faint), rgb(theme.muted)

    def paint(self, context: cairo.Context, camera: StageCamera) -> None:
        box = self.plane.box
        for value in self.y_ticks:
            y = float(self.plane.to_frame(0.0, value)[1])
            trace(context, np.array([[box.left, y], [box.right, y]]))
        set_pen(context, 1.2, rounded=False)
        set_source(context, self.faint)
        context.stroke()
        level = float(self.plane.to_frame(0.0, self.baseline)[1])
        trace(context, np.array([[box.left, level], [box.right, level]]))
        for value in self.x_ticks:
            x = float(self.plane.to_frame(value, 0.0)[0])
            trace(context, np.array([[x, level], [x, level - 0.09]]))
        set_pen(context, 2.0, rounded=False)
        set_source(context, self.muted)
        context.stroke()


def axes(
    plane: Plane,
    theme: Theme,
    size: float,
    across_label: Type | None = None,
    up_label: Type | None = None,
    most: tuple[int, int] = (7, 5),
) -> VGroup:
    """Grid, numbers and names of the axes; the numbers stand outside the plane's box.

    size: the height of the numbers' type. most: at most so many ticks across and up.
    """
    x_ticks, y_ticks = ticks(*plane.across, most[0]), ticks(*plane.up, most[1])
    marks: list[Painted] = [Grid(plane, theme, x_ticks, y_ticks, plane.up[0])]
    for value in x_ticks:
        x, y = plane.to_frame(value, plane.up[0])
        marks.append(words(number(value), size, theme.muted).at(x, y - 0.16, 0.5, 1.0))
    for value in y_ticks:
        x, y = plane.to_frame(plane.across[0], value)
        marks.append(words(number(value), size, theme.muted).at(x - 0.12, y, 1.0, 0.5))
    if across_label is not None:
        marks.append(across_label.at(plane.box.right, plane.box.bottom + 0.12, 1.0, 0.0))
    if up_label is not None:
        marks.append(up_label.at(plane.box.left + 0.12, plane.box.top, 0.0, 1.0))
    return group(*marks)


def group(*members: Painted) -> Painted:
    """Painted mobjects that are added, removed and faded together."""
    together = Gathering()
    together.add(*members)
    return together


class Gathering(Painted):
    """Holds others and paints nothing itself."""

    def paint(self, context: cairo.Context, camera: StageCamera) -> None:
        """Its members paint themselves."""


def curve_points(plane: Plane, value: Callable[[Array], Array], samples: int = 400) -> Array:
    """A function of one variable over the plane's width as frame points (samples, 2)."""
    x = np.linspace(*plane.across, samples)
    with np.errstate(all="ignore"):
        y = value(x[:, None])
    high = plane.up[1] + 2 * (plane.up[1] - plane.up[0])
    return plane.to_frame(x, np.clip(np.nan_to_num(y, nan=high, posinf=high), -abs(high) * 4, high * 4))


def symbol(source: str, size: float, colour: str) -> Type:
    """A variable's name, as mathematics."""
    return formula(source, size, colour)
