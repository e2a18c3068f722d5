"""The best animation that fits a size limit: smaller, with fewer frames or fewer colours. Nothing is drawn again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from math import log2
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from scenes.film.frame_store import Shot, read_film
from scenes.film.palette import Colours, census
from scenes.film.resample import shrunk, thinned

Write = Callable[[Iterable[Shot], Colours], None]

SCALES = (1, 0.92, 0.83, 0.75, 0.67, 0.6, 0.55, 0.5, 0.45, 0.4, 0.36, 0.33, 0.29, 0.25)
# Every how many frames one is kept: the delays stay whole hundredths of a second.
SHARES = (1, 2, 3, 4)
SLOWEST = 6
COLOURS = (255, 127, 63, 31)
SMALLEST = 64
# The shorter side, in pixels, from which words can be read.
READABLE = 270
# A setting expected to be larger than this many times the limit is not tried.
HOPELESS = 1.05


class Weighted(Protocol):
    """A rung of a ladder."""

    def weight(self) -> float:
        """Roughly in what proportion files grow."""


Rung = TypeVar("Rung", bound=Weighted)


class Setting(NamedTuple):
    """A rung of the ladder. scale: of each side; share: one frame in how many is kept; colours: the maximum number."""

    scale: float
    share: int
    colours: int

    def loss(self, fps: float, side: int) -> float:
        """How much worse it looks than a film of `fps` frames per second with a shorter side of `side` pixels.

        Half the size counts as much as nine frames per second instead of twenty, or thirty colours; if words become
        hard to read, it counts more.
        """
        fewer = log2(255 / self.colours)
        unread = max(0.0, log2(READABLE / (self.scale * side)))
        return -1.2 * log2(self.scale) + 1.5 * unread + 12 * self.share / fps + 0.08 * fewer + 0.08 * fewer**2

    def weight(self) -> float:
        """Roughly in what proportion files grow; for no loop of ours does a smaller setting save more."""
        return self.scale**1.8 * self.share**-0.75 * self.colours**0.3


class Fitted(NamedTuple):
    """The file as it was made: pixels, frames per second, maximum number of colours, bytes."""

    width: int
    height: int
    fps: float
    colours: int
    bytes: int

    def __str__(self) -> str:
        return f"{self.width}×{self.height}, {self.fps:.3g} frames per second, {self.colours} colours"


def ladder(fps: float, side: int) -> list[Setting]:
    """All settings for a film of this frame rate and shorter side (pixels), the best first."""
    settings = (Setting(*parts) for parts in product(SCALES, SHARES, COLOURS))
    even = (one for one in settings if fps / one.share >= min(fps, SLOWEST))
    return sorted(even, key=lambda one: one.loss(fps, side))


def fit(stores: Sequence[Path], fps: int, write: Write, target: Path, most_bytes: int) -> Fitted:
    """Have `write` write the film to `target` with the first setting of the ladder that fits.

    Raises UnreachableSizeError if none does; it says which size can be reached.
    """
    colours = census(read_film(stores))
    frames, height, width = _measure(stores)
    rungs = [
        one
        for one in ladder(fps, min(width, height))
        if min(_sides(width, height, one)) >= min(SMALLEST, width, height)
    ]

    def attempt(setting: Setting, limit: int | None) -> float:
        """Its bytes; beyond the limit, writing stops and they are an estimate."""
        shots = thinned(read_film(stores), setting.share, frames)
        if setting.scale != 1:
            shots = shrunk(shots, *_sides(width, height, setting))
        try:
            write(_watched(shots, target, limit, frames), colours.palette(setting.colours))
        except _TooLargeError as problem:
            return problem.expected
        return target.stat().st_size

    setting, size = best_that_fits(rungs, attempt, in_proportion, most_bytes)
    choice = Fitted(*_sides(width, height, setting), fps / setting.share, setting.colours, int(size))
    check_fit(choice, most_bytes, target)
    return choice


def best_that_fits(
    rungs: Sequence[Rung],
    attempt: Callable[[Rung, int | None], float],
    expected: Callable[[Rung, Sequence[tuple[Rung, float]]], float],
    most_bytes: int,
) -> tuple[Rung, float]:
    """The first rung that fits, with its bytes; if none does, the smallest rung, with its bytes, which are too many.

    attempt: makes the file and returns its bytes, which may be an estimate beyond the limit.
    expected: a rung's bytes, predicted from the rungs that were tried; too low rather than too high.
    """
    tried: list[tuple[Rung, float]] = []
    for rung in rungs:
        if tried and expected(rung, tried) > HOPELESS * most_bytes:
            continue
        size = attempt(rung, most_bytes)
        if size <= most_bytes:
            return rung, size
        tried.append((rung, size))
    last = min(rungs, key=lambda rung: rung.weight())
    return last, attempt(last, None)


def in_proportion(rung: Rung, tried: Sequence[tuple[Rung, float]]) -> float:
    """A rung's bytes, in proportion to the last one that was tried."""
    last, size = tried[-1]
    return size * rung.weight() / last.weight()


class Choice(Protocol):
    """A file as it was made."""

    @property
    def bytes(self) -> int: ...


def check_fit(choice: Choice, most_bytes: int, target: Path) -> None:
    """Raises UnreachableSizeError if the smallest file that can be made is larger than the limit."""
    if choice.bytes > most_bytes:
        kind = {".gif": "GIF", ".webp": "WebP", ".mp4": "MP4", ".webm": "WebM"}[target.suffix.lower()]
        raise UnreachableSizeError(
            f"no {kind} of this film fits into {most_bytes / 1000:g} kB; "
            f"the smallest ({choice}) takes --max-size {-(-choice.bytes // 1000)}kB"
        )


class UnreachableSizeError(RuntimeError):
    """No setting makes the film small enough; the text says what can be reached."""


class _TooLargeError(Exception):
    """The file has outgrown its limit. expected: the size that it would have had, in bytes."""

    def __init__(self, expected: float) -> None:
        super().__init__(f"about {expected:.0f} bytes")
        self.expected = expected


def _watched(shots: Iterable[Shot], target: Path, limit: int | None, frames: int) -> Iterator[Shot]:
    """The shots, until the file made from them is larger than the limit."""
    shown, first = 0, 0
    for shot in shots:
        yield shot
        shown += shot.frames
        size = target.stat().st_size
        first = first or size
        if limit is not None and size > limit:
            raise _TooLargeError(max(size, first + (size - first) * frames / shown))


def _measure(stores: Sequence[Path]) -> tuple[int, int, int]:
    """Frames, height, width."""
    frames, shape = 0, (0, 0)
    for pixels, _, count in read_film(stores):
        frames, shape = frames + count, pixels.shape[:2]
    return frames, *shape


def _sides(width: int, height: int, setting: Setting) -> tuple[int, int]:
    """Width and height: unchanged, or smaller and even."""
    if setting.scale == 1:
        return width, height
    return 2 * round(setting.scale * width / 2), 2 * round(setting.scale * height / 2)
