"""Marks that are filled: a polygon, a ball, a plate behind words."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import cairo
import numpy as np

from scenes.stage.box import Box
from scenes.stage.camera import Array, add_stop, rgb, set_pen, set_source, trace
from scenes.stage.marks import Mark, around


@dataclass(frozen=True, kw_only=True)
class Area(Mark):
    """A filled polygon with corners (n, 2)."""

    one_layer = True

    points: Array = field(repr=False)
    colour: str

    @property
    def box(self) -> Box | None:
        return around(self.points, self.clip)

    @cached_property
    def key(self) -> Any:
        return Area, self.points.tobytes(), self.colour, self.opacity, self.clip

    def paint(self, context: cairo.Context) -> None:
        trace(context, self.points, True)
        self.ink(context, self.colour)
        context.fill()


@dataclass(frozen=True, kw_only=True)
class Disc(Mark):
    """A ball: a shaded disc with a thin rim, or a plain dot if `rim` is None."""

    spill = 0.02

    centre: tuple[float, float]
    radius: float
    colour: str
    rim: str | None = None

    @property
    def box(self) -> Box | None:
        (x, y), reach = self.centre, self.radius
        return Box(x - reach, y - reach, x + reach, y + reach) if reach > 0 else None

    @cached_property
    def key(self) -> Any:
        return Disc, self.centre, self.radius, self.colour, self.rim, self.opacity, self.clip

    def paint(self, context: cairo.Context) -> None:
        (x, y), radius = self.centre, self.radius
        if radius <= 0:
            return
        context.arc(x, y, radius, 0, 2 * np.pi)
        self.ink(context, self.colour)
        if self.rim is None:
            context.fill()
            return
        context.fill_preserve()
        set_pen(context, 1.5)
        set_source(context, rgb(self.rim), 0.55)
        context.stroke()
        light_x, light_y = x - 0.3 * radius, y + 0.35 * radius
        shine = cairo.RadialGradient(light_x, light_y, 0, light_x, light_y, radius)
        add_stop(shine, 0.0, (1.0, 1.0, 1.0), 0.75)
        add_stop(shine, 0.45, (1.0, 1.0, 1.0), 0.0)
        context.arc(x, y, radius, 0, 2 * np.pi)
        context.set_source(shine)
        context.fill()


@dataclass(frozen=True, kw_only=True)
class Plate(Mark):
    """A rounded rectangle in the background's colour behind words, so that no line runs through them."""

    one_layer = True

    around: Box
    colour: str
    radius: float = 0.1

    @property
    def box(self) -> Box | None:
        return self.around

    @cached_property
    def key(self) -> Any:
        return Plate, self.around, self.colour, self.radius, self.opacity, self.clip

    def paint(self, context: cairo.Context) -> None:
        box = self.around
        radius = min(self.radius, box.width / 2, box.height / 2)
        corners = (
            (box.right - radius, box.top - radius),
            (box.left + radius, box.top - radius),
            (box.left + radius, box.bottom + radius),
            (box.right - radius, box.bottom + radius),
        )
        context.new_path()
        for quarter, (x, y) in enumerate(corners):
            context.arc(x, y, radius, quarter * np.pi / 2, (quarter + 1) * np.pi / 2)
        context.close_path()
        self.ink(context, self.colour)
        context.fill()
