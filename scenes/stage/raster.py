"""A small picture of cells, each the number of a colour, enlarged to a box: smoothly, or with sharp edges."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import cairo
import numpy as np
from numpy.typing import NDArray

from scenes.stage.box import Box
from scenes.stage.camera import Array, rgb
from scenes.stage.marks import Mark

Cells = NDArray[np.unsignedinteger[Any]]
Words = NDArray[np.uint32]
LEVELS = 256


@dataclass(frozen=True, kw_only=True)
class Raster(Mark):
    """Cells (rows, columns) that fill a box, the first row at the bottom: each the number of one of the colours.

    colours: `#rrggbb`, or None for nothing at all. strength: how opaque they are.
    smooth: whether colours change gradually between the cells' middles; otherwise each cell is a plain rectangle.
    """

    one_layer = True

    around: Box
    cells: Cells = field(repr=False)
    colours: tuple[str | None, ...] = field(repr=False)
    strength: float = 1.0
    smooth: bool = False

    @property
    def box(self) -> Box | None:
        return self.around

    @cached_property
    def key(self) -> Any:
        cells = self.cells.shape, self.cells.tobytes(), self.colours, self.strength, self.smooth
        return Raster, self.around, *cells, self.opacity, self.clip

    def paint(self, context: cairo.Context) -> None:
        box, (rows, columns) = self.around, self.cells.shape
        if box.width <= 0 or box.height <= 0:
            return
        pixels = bytearray(_words(self.colours, self.strength)[self.cells].tobytes())
        surface = cairo.ImageSurface.create_for_data(pixels, cairo.Format.ARGB32, columns, rows)
        pattern = cairo.SurfacePattern(surface)
        pattern.set_filter(cairo.Filter.BILINEAR if self.smooth else cairo.Filter.NEAREST)
        pattern.set_extend(cairo.Extend.PAD)
        across, up = columns / box.width, rows / box.height
        pattern.set_matrix(cairo.Matrix(xx=across, yy=up, x0=-box.left * across, y0=-box.bottom * up))
        context.rectangle(box.left, box.bottom, box.width, box.height)
        if not self.smooth:
            context.set_antialias(cairo.Antialias.NONE)
        context.clip()
        context.set_source(pattern)
        context.paint_with_alpha(self.opacity)


def levels_of(shares: Array) -> Cells:
    """Shares (...,) from 0 to 1 as cells of LEVELS colours; what is not a number is in the middle."""
    shares = np.clip(np.nan_to_num(shares, nan=0.5), 0.0, 1.0)
    return np.asarray(np.rint(shares * (LEVELS - 1)), dtype=np.uint8)


@lru_cache(maxsize=16)
def shades(low: str, middle: str, high: str) -> tuple[str, ...]:
    """LEVELS colours from one over another to a third."""
    ends = np.array([rgb(colour) for colour in (low, middle, high)])
    share = np.linspace(0.0, 2.0, LEVELS)[:, None]
    mixed = np.where(share <= 1, ends[0] + share * (ends[1] - ends[0]), ends[1] + (share - 1) * (ends[2] - ends[1]))
    return tuple(f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in np.rint(255 * mixed).astype(int).tolist())


@lru_cache(maxsize=16)
def _words(colours: tuple[str | None, ...], strength: float) -> Words:
    """(colours,), as cairo takes them: multiplied by their opacity, red and blue swapped as in `set_source`."""
    found = []
    for colour in colours:
        red, green, blue = (round(255 * strength * share) for share in rgb(colour)) if colour else (0, 0, 0)
        alpha = round(255 * strength) if colour else 0
        found.append(alpha << 24 | blue << 16 | green << 8 | red)
    return np.array(found, dtype=np.uint32)
