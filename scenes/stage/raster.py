"""A small picture of values, from one colour over another to a third, smoothed as it is enlarged."""

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

Bytes = NDArray[np.uint8]
LEVELS = 256


@dataclass(frozen=True, kw_only=True)
class Raster(Mark):
    """Levels (rows, columns) in a box, the first row at the bottom; each is the middle of its cell.

    low, middle, high: the colours of the levels 0, 127.5 and 255.
    """

    one_layer = True

    around: Box
    levels: Bytes = field(repr=False)
    low: str
    middle: str
    high: str

    @property
    def box(self) -> Box | None:
        return self.around

    @cached_property
    def key(self) -> Any:
        colours = self.low, self.middle, self.high
        return Raster, self.around, self.levels.shape, self.levels.tobytes(), colours, self.opacity, self.clip

    def colour_at(self, level: int) -> tuple[int, int, int]:
        """Red, green and blue of a level, each from 0 to 255."""
        red, green, blue, _ = _palette(self.low, self.middle, self.high)[level].tolist()
        return red, green, blue

    def paint(self, context: cairo.Context) -> None:
        box, (rows, columns) = self.around, self.levels.shape
        if box.width <= 0 or box.height <= 0:
            return
        pixels = np.ascontiguousarray(_palette(self.low, self.middle, self.high)[self.levels])
        surface = cairo.ImageSurface.create_for_data(
            memoryview(pixels.data).cast("B"), cairo.Format.RGB24, columns, rows, 4 * columns
        )
        pattern = cairo.SurfacePattern(surface)
        pattern.set_filter(cairo.Filter.BILINEAR)
        pattern.set_extend(cairo.Extend.PAD)
        across, up = columns / box.width, rows / box.height
        pattern.set_matrix(cairo.Matrix(xx=across, yy=up, x0=-box.left * across, y0=-box.bottom * up))
        context.rectangle(box.left, box.bottom, box.width, box.height)
        context.clip()
        context.set_source(pattern)
        context.paint_with_alpha(self.opacity)


def levels_of(shares: Array) -> Bytes:
    """Shares (...,) from 0 to 1 as levels; what is not a number is in the middle."""
    shares = np.clip(np.nan_to_num(shares, nan=0.5), 0.0, 1.0)
    return np.asarray(np.rint(shares * (LEVELS - 1)), dtype=np.uint8)


@lru_cache(maxsize=16)
def _palette(low: str, middle: str, high: str) -> Bytes:
    """(LEVELS, 4): the colours in the order of Manim's frames, red first."""
    ends = np.array([rgb(colour) for colour in (low, middle, high)])
    share = np.linspace(0.0, 2.0, LEVELS)[:, None]
    mixed = np.where(share <= 1, ends[0] + share * (ends[1] - ends[0]), ends[1] + (share - 1) * (ends[2] - ends[1]))
    whole = np.full((LEVELS, 1), 255.0)
    return np.asarray(np.rint(np.hstack([mixed * 255, whole])), dtype=np.uint8)


def blended(colour: str, ground: str, share: float) -> str:
    """A colour of which only a share covers the ground, as `#rrggbb`, of two such."""
    pairs = ((int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(under + share * (over - under)):02x}" for over, under in pairs)
