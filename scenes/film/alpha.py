"""Transparent pictures: from cairo's premultiplied pixels to the straight alpha of films."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scenes.film.frame_store import Pixels

# [alpha, colour times alpha] -> colour. Values that rounding made brighter than white are white.
_ALPHAS = np.arange(256)[:, None]
_STRAIGHT: NDArray[np.uint8] = np.minimum(
    255, (2 * 255 * np.arange(256)[None] + _ALPHAS) // (2 * np.maximum(1, _ALPHAS))
).astype(np.uint8)


def straight(pixels: Pixels, ground: NDArray[np.uint8]) -> Pixels:
    """RGBA whose colours are multiplied by their alpha -> colours as they are.

    Fully transparent pixels take the colour of `ground` (4,): an encoder blurs colours a little, and this one fits.
    """
    colours = pixels.copy()
    alpha = pixels[..., 3]
    partly = (alpha > 0) & (alpha < 255)
    colours[partly, :3] = _STRAIGHT[alpha[partly][:, None], pixels[partly, :3]]
    colours[alpha == 0] = ground
    return colours


def rgba(colour: str) -> NDArray[np.uint8]:
    """`#rrggbb` -> red, green, blue, and an alpha of 0."""
    return np.array([*bytes.fromhex(colour[1:]), 0], np.uint8)
