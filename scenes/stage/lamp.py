"""Darkness with a lit circle, as a mark."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import cairo

from scenes.stage.box import Box
from scenes.stage.camera import add_stop, rgb, set_source
from scenes.stage.marks import Mark

# Further from the frame than any of its pixels.
FAR = 1 << 15


@dataclass(frozen=True, kw_only=True)
class Shade(Mark):
    """Darkness over a box with a lit circle that has a soft edge, as under a lamp.

    glow: the light's own colour, if the lamp tints what it shows; bright: how strongly, from 0 to 1.
    """

    one_layer = True

    around: Box
    centre: tuple[float, float]
    radius: float
    colour: str
    glow: str | None = None
    bright: float = 0.0

    @property
    def box(self) -> Box | None:
        return self.around

    @cached_property
    def key(self) -> Any:
        place = self.around, self.centre, self.radius
        return Shade, *place, self.colour, self.glow, self.bright, self.opacity, self.clip

    def paint(self, context: cairo.Context) -> None:
        if self.glow is not None:
            self._paint_light(context, self.glow, ((0.0, self.bright), (0.72, 0.5 * self.bright), (1.0, 0.0)))
        self._paint_light(context, self.colour, ((0.0, 0.0), (0.72, 0.0), (1.0, 1.0)))

    def _paint_light(self, context: cairo.Context, colour: str, stops: Sequence[tuple[float, float]]) -> None:
        """Paint a colour that grows stronger or weaker with the distance from the centre, 1 being the radius.

        Beyond the radius nothing changes, and cairo fills with one colour ten times as fast as with a gradient.
        """
        light = cairo.RadialGradient(*self.centre, 0, *self.centre, max(self.radius, 1e-6))
        for offset, strength in stops:
            add_stop(light, offset, rgb(colour), strength * self.opacity)
        box, strength = self.around, stops[-1][1] * self.opacity
        context.save()
        self._clip_to_light(context, outside=False)
        context.rectangle(box.left, box.bottom, box.width, box.height)
        context.set_source(light)
        context.fill()
        context.restore()
        if strength > 0:
            context.save()
            self._clip_to_light(context, outside=True)
            context.rectangle(box.left, box.bottom, box.width, box.height)
            set_source(context, rgb(colour), strength)
            context.fill()
            context.restore()

    def _clip_to_light(self, context: cairo.Context, outside: bool) -> None:
        """Clip to the square of whole pixels around the light, or to what is outside it."""
        (x, y), reach = self.centre, max(self.radius, 1e-6)
        corners = [context.user_to_device(x + way * reach, y + way * reach) for way in (-1, 1)]
        edges = [sorted(corner[axis] for corner in corners) for axis in (0, 1)]
        (left, right), (top, bottom) = ((math.floor(low) - 1, math.ceil(high) + 1) for low, high in edges)
        matrix = context.get_matrix()
        context.identity_matrix()
        if outside:
            context.rectangle(-FAR, -FAR, 2 * FAR, 2 * FAR)
            context.set_fill_rule(cairo.FILL_RULE_EVEN_ODD)
        context.rectangle(left, top, right - left, bottom - top)
        context.set_matrix(matrix)
        context.clip()
