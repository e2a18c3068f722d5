"""Fewer or smaller frames from shots; what does not change in the film does not change in the result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from PIL import Image

from scenes.film.frame_store import Area, Differ, Shot


def thinned(shots: Iterable[Shot], share: int, frames: int) -> Iterator[Shot]:
    """Every `share`-th frame, shown as long as the frames it replaces; the film's length (`frames`) stays."""
    start = 0
    missed: Area | None = None
    for pixels, area, count in shots:
        missed = _around(missed, area)
        kept = range(-(-start // share) * share, start + count, share)
        start += count
        if len(kept):
            yield Shot(pixels, missed, min(frames, kept[-1] + share) - kept[0])
            missed = None


def _around(one: Area | None, other: Area | None) -> Area | None:
    """The smallest rectangle that holds both."""
    if one is None or other is None:
        return one or other
    return Area(
        min(one.top, other.top), min(one.left, other.left), max(one.bottom, other.bottom), max(one.right, other.right)
    )


def shrunk(shots: Iterable[Shot], width: int, height: int) -> Iterator[Shot]:
    """The shots at a smaller size; each pixel depends only on the area that it covers, so that nothing flickers."""
    differ = Differ()
    small: np.ndarray | None = None
    for pixels, area, frames in shots:
        change = None
        if area is not None:
            # Sharper than an average, and without the rings of Lanczos, which cost a GIF many colours.
            resized = Image.fromarray(pixels).resize((width, height), Image.Resampling.HAMMING)
            small = np.array(resized)
            change = differ.changed(small)
        assert small is not None
        yield Shot(small, change[0] if change else None, frames)
