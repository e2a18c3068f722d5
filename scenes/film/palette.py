"""A palette for a whole film, and a fast way to find the nearest of its colours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenes.film.frame_store import Pixels, Shot, read_film

Colours = NDArray[np.uint8]

# Colours are counted in boxes, 64 levels per channel; each box stands for the mean of the colours in it.
BITS = 6
BOXES = 1 << 3 * BITS
# Going through the boxes costs as much as some hundred thousand pixels.
AT_ONCE = 1 << 19
# A larger change is sampled evenly.
MOST_SEEN = 1 << 15
# A colour that fills this part of a picture is flat background and keeps its exact value; so do smaller flats, but no
# place is reserved for them: the nearest colour of the palette becomes the flat one.
GROUND = 2e-3
FLAT = 1e-4
CLOSE = 3
# Every how many pictures flat colours are looked for.
LOOK_EVERY = 25
ROUNDS = 8
# Small things matter more than their area suggests: a ball is a thousandth of the picture.
MODESTY = 0.6
# No palette of ours has so many colours.
UNKNOWN = 255


def film_palette(stores: Sequence[Path], size: int) -> Colours:
    """The palette (size or fewer, 3) of a film."""
    return palette_of(read_film(stores), size)


class Census(NamedTuple):
    """The colours of a film. means: (n, 3); weights: (n,); flats: (m, 3), the largest first, and what they fill."""

    means: NDArray
    weights: NDArray
    flats: NDArray
    parts: NDArray

    def palette(self, size: int) -> Colours:
        """The palette (size or fewer, 3): flat colours exactly, then the means of clusters."""
        grounds = self.flats[self.parts >= GROUND][: max(1, size // 4)]
        centres = _gathered(self.means, self.weights, grounds, size)
        _snap(centres, len(grounds), self.flats)
        return np.unique(np.rint(centres).astype(np.uint8), axis=0)


def palette_of(shots: Iterable[Shot], size: int) -> Colours:
    """The palette (size or fewer, 3) for these shots."""
    return census(shots).palette(size)


def census(shots: Iterable[Shot]) -> Census:
    """Count the colours of these shots."""
    counts, sums = np.zeros(BOXES), np.zeros((3, BOXES))
    flats: dict[int, float] = {}
    waiting: list[NDArray[np.uint32]] = []
    for number, (pixels, area) in enumerate((pixels, area) for pixels, area, _ in shots if area is not None):
        new = _numbers(pixels[area.part]).ravel()
        waiting.append(new[:: max(1, len(new) // MOST_SEEN)])
        if sum(map(len, waiting)) >= AT_ONCE:
            _count(np.concatenate(waiting), counts, sums)
            waiting.clear()
        if number % LOOK_EVERY == 0:
            _note_flats(flats, pixels)
    if waiting:
        _count(np.concatenate(waiting), counts, sums)
    used = np.flatnonzero(counts)
    means, weights = (sums[:, used] / counts[used]).T, counts[used] ** MODESTY
    flat = sorted(flats, key=lambda colour: (-flats[colour], colour))
    exact = np.array([_split(colour) for colour in flat], dtype=float).reshape(-1, 3)
    return Census(means, weights, exact, np.array([flats[colour] for colour in flat]))


def _count(colours: NDArray[np.uint32], counts: NDArray, sums: NDArray) -> None:
    """Add colours (n,), one number each, to the counts and sums of the boxes."""
    channels = _split(colours)
    box = np.zeros(len(colours), np.intp)
    for channel in channels:
        box = box << BITS | channel >> (8 - BITS)
    counts += np.bincount(box, minlength=BOXES)
    for total, channel in zip(sums, channels):
        total += np.bincount(box, weights=channel, minlength=BOXES)


def _note_flats(flats: dict[int, float], pixels: Pixels) -> None:
    """Note the colours that fill a good part of a whole picture, with the largest part that each fills in any."""
    colours, counts = np.unique(_numbers(pixels), return_counts=True)
    parts = counts / (pixels.shape[0] * pixels.shape[1])
    for colour, part in zip(colours[parts >= FLAT].tolist(), parts[parts >= FLAT].tolist()):
        flats[colour] = max(flats.get(colour, 0.0), part)


def _numbers(pixels: Pixels) -> NDArray[np.uint32]:
    """RGBA (…, 4), a picture or a part of one -> one number per colour, without the alpha."""
    return pixels.view(np.uint32)[..., 0] & np.uint32(0xFFFFFF)


def _split(colours: Any) -> tuple[Any, Any, Any]:
    """Red, green and blue of one number or of many."""
    return colours & 255, colours >> 8 & 255, colours >> 16


def _gathered(points: NDArray, weights: NDArray, fixed: NDArray, size: int) -> NDArray:
    """k-means in which some centres are fixed; the others start from a median cut."""
    centres = np.concatenate([fixed, _halved(points, weights, fixed, size - len(fixed))])
    for _ in range(ROUNDS):
        nearest = _nearest(points, centres)
        total = np.bincount(nearest, weights, len(centres))
        for channel in range(3):
            mass = np.bincount(nearest, weights * points[:, channel], len(centres))
            moved = np.divide(mass, total, out=centres[:, channel].copy(), where=total > 0)
            centres[len(fixed) :, channel] = moved[len(fixed) :]
    return centres


def _snap(centres: NDArray, fixed: int, flats: NDArray) -> None:
    """Move the centres after the first `fixed` onto flat colours close by, the most frequent flats first."""
    taken = set(range(fixed))
    for flat in flats:
        away = np.abs(centres - flat).max(axis=1)
        nearest = int(away.argmin())
        if away[nearest] <= CLOSE and nearest not in taken:
            centres[nearest] = flat
            taken.add(nearest)


def _halved(points: NDArray, weights: NDArray, fixed: NDArray, count: int) -> NDArray:
    """Centres of `count` boxes: the box with the largest spread is cut at its middle, again and again."""
    if len(fixed):
        away = np.abs(points - fixed[_nearest(points, fixed)]).max(axis=1) > 2
        points, weights = points[away], weights[away]
    if len(points) <= count:
        return points.astype(float)
    boxes = [np.arange(len(points))]
    spreads = [_spread(points, weights)]
    while len(boxes) < count:
        widest = int(np.argmax([spread.max() for spread in spreads]))
        box, channel = boxes[widest], int(spreads[widest].argmax())
        order = box[np.argsort(points[box, channel], kind="stable")]
        half = np.searchsorted(np.cumsum(weights[order]), weights[order].sum() / 2)
        half = min(max(1, int(half)), len(order) - 1)
        boxes[widest : widest + 1] = [order[:half], order[half:]]
        spreads[widest : widest + 1] = [_spread(points[part], weights[part]) for part in boxes[widest : widest + 2]]
    return np.array([np.average(points[box], axis=0, weights=weights[box]) for box in boxes])


def _spread(points: NDArray, weights: NDArray) -> NDArray:
    """(3,): how much each channel loses when these become one colour; zero if they are one already."""
    if len(points) < 2:
        return np.zeros(3)
    mean = np.average(points, axis=0, weights=weights)
    return (weights[:, None] * (points - mean) ** 2).sum(axis=0)


def _nearest(points: NDArray, centres: NDArray) -> NDArray[np.intp]:
    """(n,): the number of the nearest centre, a block of points at a time."""
    found = np.empty(len(points), dtype=np.intp)
    half_squares = (centres**2).sum(axis=1) / 2
    for start in range(0, len(points), 4096):
        block = points[start : start + 4096].astype(float)
        found[start : start + 4096] = (half_squares - block @ centres.T).argmin(axis=1)
    return found


class Mapper:
    """Pictures -> numbers in a palette of fewer than 256; each colour is looked up once, in a table of 16 MB."""

    def __init__(self, palette: Colours) -> None:
        self.palette = palette.astype(float)
        self.known = np.full(1 << 24, UNKNOWN, dtype=np.uint8)

    def numbers(self, pixels: Pixels) -> NDArray[np.uint8]:
        """RGBA (height, width, 4) -> palette numbers (height, width)."""
        colours = _numbers(pixels)
        found = self.known.take(colours)
        missing = np.unique(colours[found == UNKNOWN])
        if len(missing):
            self.known[missing] = _nearest(np.stack(_split(missing), axis=1), self.palette)
            found = self.known.take(colours)
        return found
