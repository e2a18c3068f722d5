"""A mark of pixels: a small image, each of whose pixels is a rectangle of one colour, with sharp edges at any size."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import cairo
import numpy as np

from scenes.stage.box import Box
from scenes.stage.camera import rgb
from scenes.stage.marks import Mark


@dataclass(frozen=True, kw_only=True)
class Pixels(Mark):
    """Rows of pixels, the lowest first, that fill a box.

    colours: (rows, columns) of uint32 as `pixel_colours` makes them.
    """

    one_layer = True

    colours: np.ndarray = field(repr=False)
    around: Box

    @property
    def box(self) -> Box | None:
        return self.around

    @cached_property
    def key(self) -> Any:
        return Pixels, self.colours.shape, self.colours.tobytes(), self.around, self.opacity, self.clip

    def paint(self, context: cairo.Context) -> None:
        rows, columns = self.colours.shape
        stride = cairo.ImageSurface.format_stride_for_width(cairo.Format.ARGB32, columns)
        data = bytearray(rows * stride)
        np.frombuffer(data, dtype=np.uint32).reshape(rows, -1)[:, :columns] = self.colours
        surface = cairo.ImageSurface.create_for_data(data, cairo.Format.ARGB32, columns, rows, stride)
        box = self.around
        context.save()
        context.translate(box.left, box.bottom)
        context.scale(box.width / columns, box.height / rows)
        context.set_source_surface(surface, 0, 0)
        context.get_source().set_filter(cairo.Filter.NEAREST)
        context.rectangle(0, 0, columns, rows)
        context.set_antialias(cairo.Antialias.NONE)
        context.clip()
        context.paint_with_alpha(self.opacity)
        context.restore()
        context.set_source_rgba(0, 0, 0, 0)  # the surface must not outlive its data
        surface.finish()


def pixel_colours(colours: list[str | None], strength: float = 1.0) -> np.ndarray:
    """(n,) of uint32, to be indexed by the number of a colour; None is nothing at all.

    strength: how opaque they are. Red and blue change places, as in `set_source`.
    """
    found = []
    for colour in colours:
        red, green, blue = (round(255 * strength * share) for share in rgb(colour)) if colour else (0, 0, 0)
        alpha = round(255 * strength) if colour else 0
        found.append(alpha << 24 | blue << 16 | green << 8 | red)
    return np.array(found, dtype=np.uint32)
