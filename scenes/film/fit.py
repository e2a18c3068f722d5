"""The best animation that fits into so many bytes: smaller, fewer frames, fewer colours. Nothing is drawn anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from math import log2
from pathlib import Path
from typing import NamedTuple

from scenes.film.palette import Colours, census
from scenes.film.reel import Shot, read_film
from scenes.film.thinning import shrunk, thinned

Write = Callable[[Iterable[Shot], Colours], None]

SCALES = (1, 7 / 8, 3 / 4, 2 / 3, 7 / 12, 1 / 2, 5 / 12, 1 / 3, 1 / 4)
# Each so-many-th frame: the delays stay whole hundredths of a second.
SHARES = (1, 2, 3, 4)
SLOWEST = 6
COLOURS = (255, 127, 63, 31)
SMALLEST = 64
# A setting that is expected to be larger than this many times the limit is not tried.
HOPELESS = 1.15


class Setting(NamedTuple):
    """A rung of the ladder. scale: of each side; share: each so-many-th frame is kept; colours: at most so many."""

    scale: float
    share: int
    colours: int

    def loss(self, fps: float) -> float:
        """How much worse it looks: an octave of size, or from 20 frames a second to 9, or eight times fewer colours."""
        fewer = log2(255 / self.colours)
        return -1.2 * log2(self.scale) + 12 * self.share / fps + 0.08 * fewer + 0.05 * fewer**2

    def weight(self) -> float:
        """Roughly in what proportion files grow: known from loops of ours."""
        return self.scale**1.5 * self.share**-0.8 * self.colours**0.25


class Fitted(NamedTuple):
    """What the file became: pixels, frames a second, colours at most, bytes."""

    width: int
    height: int
    fps: float
    colours: int
    bytes: int

    def __str__(self) -> str:
        return f"{self.width}×{self.height}, {self.fps:.3g} frames a second, {self.colours} colours"


def ladder(fps: float) -> list[Setting]:
    """All settings, the best first."""
    settings = (Setting(*parts) for parts in product(SCALES, SHARES, COLOURS))
    return sorted((one for one in settings if fps / one.share >= min(fps, SLOWEST)), key=lambda one: one.loss(fps))


def fit(reels: Sequence[Path], fps: int, write: Write, target: Path, most_bytes: int) -> Fitted:
    """Let `write` write the film to `target` with the first setting of the ladder that fits.

    Raises UnreachableSizeError where none does; it tells the smallest that can be reached.
    """
    colours = census(read_film(reels))
    frames, height, width = _measure(reels)
    rungs = [one for one in ladder(fps) if min(_sides(width, height, one)) >= min(SMALLEST, width, height)]

    def attempt(setting: Setting, limit: int | None) -> float:
        """The bytes that it takes; beyond the limit it is cut off, and they are an estimate."""
        shots = thinned(read_film(reels), setting.share, frames)
        if setting.scale != 1:
            shots = shrunk(shots, *_sides(width, height, setting))
        try:
            write(_watched(shots, target, limit, frames), colours.palette(setting.colours))
        except _TooLargeError as problem:
            return problem.expected
        return target.stat().st_size

    def told(setting: Setting, size: float) -> Fitted:
        return Fitted(*_sides(width, height, setting), fps / setting.share, setting.colours, int(size))

    bytes_a_weight = 0.0
    for setting in rungs:
        if bytes_a_weight * setting.weight() > HOPELESS * most_bytes:
            continue
        size = attempt(setting, most_bytes)
        if size <= most_bytes:
            return told(setting, size)
        bytes_a_weight = size / setting.weight()
    last = min(rungs, key=Setting.weight)
    size = attempt(last, None)
    if size <= most_bytes:
        return told(last, size)
    kilobytes = -(-int(size) // 1000)
    kind = {".gif": "GIF", ".webp": "WebP"}.get(target.suffix.lower(), "file")
    raise UnreachableSizeError(
        f"no {kind} of this film fits into {most_bytes / 1000:g} kB; "
        f"the smallest ({told(last, size)}) takes --max-size {kilobytes}kB"
    )


class UnreachableSizeError(RuntimeError):
    """No setting makes the film as small as was asked; the text says what can be reached."""


class _TooLargeError(Exception):
    """The file has outgrown its limit. expected: the bytes it would have had."""

    def __init__(self, expected: float) -> None:
        super().__init__(f"about {expected:.0f} bytes")
        self.expected = expected


def _watched(shots: Iterable[Shot], target: Path, limit: int | None, frames: int) -> Iterator[Shot]:
    """The shots, until what was made of them is larger than the limit."""
    shown, first = 0, 0
    for shot in shots:
        yield shot
        shown += shot.frames
        size = target.stat().st_size
        first = first or size
        if limit is not None and size > limit:
            raise _TooLargeError(max(size, first + (size - first) * frames / shown))


def _measure(reels: Sequence[Path]) -> tuple[int, int, int]:
    """Frames, height, width."""
    frames, shape = 0, (0, 0)
    for pixels, _, count in read_film(reels):
        frames, shape = frames + count, pixels.shape[:2]
    return frames, *shape


def _sides(width: int, height: int, setting: Setting) -> tuple[int, int]:
    """Width and height, even."""
    return 2 * round(setting.scale * width / 2), 2 * round(setting.scale * height / 2)
