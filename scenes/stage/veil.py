"""Fog as a mark: a soft veil over part of the frame, with a clear circle, which rises from the ground as it lifts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import cairo
import numpy as np

from gdsim.objective import Array
from scenes.stage.box import Box
from scenes.stage.camera import rgb
from scenes.stage.marks import Mark

# The veil is a small picture that is enlarged: the side of its pixels, in frame units.
CELL = 0.08
# The noise repeats after so many cells; the height of its patches, in cells, and how many times as wide they are.
TILE, COARSE, FINE, LONG = 256, 22.0, 8.0, 1.8
# The share of the finer patches, and how many times as fast they drift.
FINELY, FASTER = 0.32, 1.7
# The lower edge is as soft as this, in frame units, and the circle's edge is this share of its radius.
HEM, EDGE = 0.06, 0.45
# How far the circle's edge is frayed, as a share of its radius. How much longer the densest patches stay than the
# thinnest, beside how much longer the highest stay than the lowest, and how softly they go.
FRAYED, TORN, SOFT = 0.22, 0.9, 0.5


@dataclass(frozen=True, kw_only=True)
class Veil(Mark):
    """A veil of fog.

    around: what it covers; its lower edge is soft. centre, radius: of the clear circle. colours: `#rrggbb` of the
    thin and the dense patches. drift: how far it has drifted, in frame units. lifted: 0 it hides all, 1 it is gone.
    """

    spill = 0.0

    around: Box
    centre: tuple[float, float]
    radius: float
    colours: tuple[str, str]
    drift: float = 0.0
    lifted: float = 0.0

    @property
    def box(self) -> Box | None:
        return self.around if self.lifted < 1 else None

    @cached_property
    def key(self) -> Any:
        place = self.around, self.centre, self.radius
        return Veil, *place, self.colours, self.drift, self.lifted, self.opacity, self.clip

    def density(self, across: int, up: int) -> Array:
        """(up, across, 2), from 0 to 1: how opaque it is from the top row down, and how bright its patches are."""
        box, noise = self.around, patches(across, up, self.drift)
        x = box.left + (np.arange(across) + 0.5) * box.width / across
        y = box.top - (np.arange(up) + 0.5) * box.height / up
        away = np.hypot(x - self.centre[0], y[:, None] - self.centre[1])
        reach = max(self.radius, 1e-6)
        hidden = _ramp(away / reach - FRAYED * (noise - 0.5) - (1 - EDGE), EDGE) if self.radius > 0 else 1.0
        hem = _ramp((y - box.bottom) / HEM, 1.0)[:, None]
        height = ((y - box.bottom) / box.height)[:, None]
        order = (height + TORN * noise) / (1 + TORN)  # what is low and thin goes first
        stays = _ramp(order + SOFT - self.lifted * (1 + SOFT), SOFT)
        return np.stack([hidden * hem * stays, noise], axis=-1)

    def paint(self, context: cairo.Context) -> None:
        if self.lifted >= 1:
            return
        box = self.around
        across, up = max(2, round(box.width / CELL)), max(2, round(box.height / CELL))
        density = self.density(across, up)
        thin, dense = (np.array(rgb(one)) for one in self.colours)
        colour = thin + density[..., 1:] * (dense - thin)
        pixels = np.empty((up, across, 4))
        pixels[..., :3], pixels[..., 3] = colour * density[..., :1], density[..., 0]  # red first: see `set_source`
        data = np.round(255 * pixels).astype(np.uint8)
        surface = cairo.ImageSurface.create_for_data(bytearray(data.tobytes()), cairo.Format.ARGB32, across, up)
        context.rectangle(box.left, box.bottom, box.width, box.height)
        context.clip()
        context.translate(box.left, box.top)
        context.scale(box.width / across, -box.height / up)
        context.set_source_surface(surface, 0, 0)
        context.get_source().set_filter(cairo.Filter.BILINEAR)
        context.get_source().set_extend(cairo.Extend.PAD)
        context.paint()


def _ramp(values: Array, width: float) -> Array:
    """From 0 at 0 to 1 at `width`, smoothly."""
    share = np.clip(values / width, 0.0, 1.0)
    return np.asarray(share * share * (3 - 2 * share))


def patches(across: int, up: int, drift: float) -> Array:
    """(up, across), from 0 to 1: two layers of soft patches, the finer one drifts faster."""
    coarse, fine = noise()
    slow, fast = (_window(tile, across, up, pace * drift / CELL) for tile, pace in ((coarse, 1.0), (fine, FASTER)))
    return (1 - FINELY) * slow + FINELY * fast


def _window(tile: Array, across: int, up: int, shift: float) -> Array:
    """(up, across): a part of a tile that repeats, `shift` cells further to the right."""
    first = int(np.floor(shift))
    part, rows = shift - first, np.arange(up) % TILE
    here, there = ((np.arange(across) + first + more) % TILE for more in (0, 1))
    return (1 - part) * tile[np.ix_(rows, here)] + part * tile[np.ix_(rows, there)]


@lru_cache(maxsize=1)
def noise() -> tuple[Array, Array]:
    """Two tiles (TILE, TILE) of smooth noise from 0 to 1 whose opposite edges fit."""
    source = np.random.default_rng(4)
    waves = np.fft.fftfreq(TILE)
    rings = waves[:, None] ** 2 + (LONG * waves) ** 2
    tiles = []
    for size in (COARSE, FINE):
        blur = np.exp(-2 * (np.pi * size / 2) ** 2 * rings)
        tile = np.fft.ifft2(np.fft.fft2(source.standard_normal((TILE, TILE))) * blur).real
        tiles.append(np.clip(0.5 + tile / (4 * tile.std()), 0.0, 1.0))
    return tiles[0], tiles[1]
