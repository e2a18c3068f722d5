"""The floor under the surface: axes, grid and contour lines, each drawn as one batch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import cairo
import numpy as np

from scenes.stage.camera import Array, Painted, StageCamera, rgb, set_pen, set_source, trace
from scenes.stage.contours import chain, contour, exactly, thin
from scenes.stage.mesh import Space
from scenes.stage.surface import HeightField
from scenes.stage.view import View

Axis = Literal["first", "second", "loss"]


class SpaceAxes(Painted):
    """The floor with its grid, and the axes of both parameters and the loss with their ticks, drawn as one batch.

    ticks: the values that are marked, for the first parameter, the second and the loss.
    corner: the floor's corner, in units of its half sides, at which the two parameter axes meet; the loss axis stands
    at the other end of the first axis. The nearest corner of the view at hand is a good choice, and the default.
    """

    def __init__(
        self,
        space: Space,
        view: View,
        ticks: tuple[Sequence[float], Sequence[float], Sequence[float]],
        colour: Any = "#8b95a5",
        grid_opacity: float = 0.28,
        floor_colour: Any | None = None,
        width: float = 2.0,
        corner: tuple[int, int] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.space, self.view, self.ticks = space, view, ticks
        self.line_colour, self.grid_opacity, self.line_width = rgb(colour), grid_opacity, width
        self.floor_colour = None if floor_colour is None else rgb(floor_colour)
        self.corner = corner or (1 if np.cos(view.azimuth) > 0 else -1, 1 if np.sin(view.azimuth) > 0 else -1)
        self.grid = self._grid()
        self.lines = self._lines()

    def at(self, axis: Axis, value: float, out: float = 0.0) -> Array:
        """The world point (3,) of a value on an axis, moved `out` world units away from the picture: for labels."""
        east, north = self.corner
        half = np.array(self.space.size[:2]) / 2
        if axis == "loss":
            height = (float(self.space.fraction(value)) - 0.5) * self.space.size[2]
            away = np.array([-east, north]) / np.sqrt(2.0)
            return np.array([*(half * [-east, north] + out * away), height])
        low, high = np.array(self.space.domain[0 if axis == "first" else 1], dtype=float)
        along = ((value - low) / (high - low) - 0.5) * self.space.size[0 if axis == "first" else 1]
        plan = [along, north * (half[1] + out)] if axis == "first" else [east * (half[0] + out), along]
        return np.array([*plan, self.space.floor])

    def paint(self, context: cairo.Context, camera: StageCamera) -> None:
        """The floor, its grid in one stroke, axes and ticks in another."""
        if self.floor_colour is not None:
            set_source(context, self.floor_colour)
            trace(context, self.view.look(self._floor())[0], closed=True)
            context.fill()
        set_source(context, self.line_colour, self.grid_opacity)
        set_pen(context, self.line_width / 2, rounded=False)
        for line in self.view.look(self.grid)[0]:
            trace(context, line)
        context.stroke()
        set_source(context, self.line_colour)
        set_pen(context, self.line_width)
        for line in self.view.look(self.lines)[0]:
            trace(context, line)
        context.stroke()

    def _floor(self) -> Array:
        """The floor's corners in the world (4, 3)."""
        x, y = np.array(self.space.size[:2]) / 2
        return np.array([[sx * x, sy * y, self.space.floor] for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1))])

    def _grid(self) -> Array:
        """Lines over the floor at the ticks, and its frame: (lines, 2, 3)."""
        (west, east), (south, north) = self.space.domain
        over = [[[value, south], [value, north]] for value in (west, east, *self.ticks[0])]
        across = [[[west, value], [east, value]] for value in (south, north, *self.ticks[1])]
        return self.space.on_floor(np.array(over + across, dtype=float))

    def _lines(self) -> Array:
        """The three axes and their ticks: (lines, 2, 3)."""
        size = 0.03 * max(self.space.size[:2])
        names: tuple[Axis, Axis, Axis] = ("first", "second", "loss")
        ranges = (*self.space.domain, self.space.losses)
        axes = [[self.at(name, low), self.at(name, high)] for name, (low, high) in zip(names, ranges)]
        axes[2][0] = np.array([*axes[2][0][:2], self.space.floor])
        marks = [
            [self.at(name, value), self.at(name, value, size)]
            for name, values in zip(names, self.ticks)
            for value in values
        ]
        return np.array(axes + marks)


class FloorContours(Painted):
    """Contour lines of a height field on the floor, each in the colour of its height."""

    def __init__(
        self,
        field: HeightField,
        levels: Sequence[float],
        width: float = 2.0,
        line_opacity: float = 0.8,
        colour: Any | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.view, self.line_width, self.line_opacity = field.view, width, line_opacity
        space = field.space
        self.lines: list[tuple[Any, Array]] = []
        for level in levels:
            found = contour(field.mesh, level)
            look = tuple(field.colour(level).tolist()) if colour is None else rgb(colour)
            for line in chain(space.plan(exactly(field.mesh, found, field.loss)), found):
                line = thin(line, 0.0006 * max(space.size))
                self.lines.append((look, np.column_stack([line, np.full(len(line), space.floor)])))

    def paint(self, context: cairo.Context, camera: StageCamera) -> None:
        """Each line in one stroke."""
        set_pen(context, self.line_width, rounded=False)
        for colour, line in self.lines:
            set_source(context, colour, self.line_opacity)
            trace(context, self.view.look(line)[0])
            context.stroke()
