"""The best MP4 or WebM that fits a size limit: coarser, then smaller. Nothing is drawn again.

The film's sound and captions count, and stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product
from math import log2
from pathlib import Path
from typing import NamedTuple

from scenes.film.encoding import Encoding, encoding
from scenes.film.fit import READABLE, SMALLEST, best_that_fits, check_fit
from scenes.film.frame_store import Shot, read_store
from scenes.film.pieces import Piece
from scenes.film.resample import shrunk
from scenes.film.tasks import FRAME_STORE, piece_path
from scenes.spec import RenderSpec

SCALES = (1, 0.75, 0.6, 0.5, 0.4, 0.33, 0.25)
# How coarsely pictures are quantised: from no limit to the coarsest in which words can be read.
STEPS = 10
COARSEST = {"mp4": 36, "webm": 52}
# How often the coarsest halves a picture's bytes: at most (a surface, finely quantised) and at least (a plain plot).
MOST_HALVINGS, FEWEST_HALVINGS = 3.3, 1.0
# Bytes grow with this power of a picture's side.
GROWTH = 1.3


class FilmSetting(NamedTuple):
    """A rung of the ladder. scale: of each side; coarseness: from 0, as without a limit, to 1, the coarsest."""

    scale: float
    coarseness: float

    def loss(self, side: int) -> float:
        """How much worse it looks, as SSIM, than a film with a shorter side of `side` pixels.

        The coarsest quantiser costs about as much SSIM as half the size (benchmarks/README.md).
        """
        unread = max(0.0, log2(READABLE / (self.scale * side)))
        return -1.2 * log2(self.scale) + 1.5 * unread + self.coarseness**2

    def weight(self) -> float:
        """Roughly how the picture's bytes grow, as a proportion."""
        return self.scale**GROWTH * 2 ** (-MOST_HALVINGS * self.coarseness)


class FittedFilm(NamedTuple):
    """The film as it was made: pixels, frames per second, the encoder's rate factor (crf), bytes."""

    width: int
    height: int
    fps: int
    crf: int
    bytes: int

    def __str__(self) -> str:
        return f"{self.width}×{self.height}, {self.fps} frames per second, crf {self.crf}"


def film_ladder(width: int, height: int) -> list[FilmSetting]:
    """All settings for a film of this shorter side (pixels), the best first."""
    side = min(width, height)
    settings = (FilmSetting(scale, step / STEPS) for scale, step in product(SCALES, range(STEPS + 1)))
    enough = [one for one in settings if one.scale == 1 or one.scale * side >= SMALLEST]
    return sorted(enough, key=lambda one: one.loss(side))


def as_it_went(setting: FilmSetting, tried: Sequence[tuple[FilmSetting, float]]) -> float:
    """A setting's bytes, predicted from the last two that were tried: coarser pictures go on saving at the same rate.

    In truth they save less and less, so the prediction is on the low side.
    """
    last, size = tried[-1]
    halvings = MOST_HALVINGS
    for other, other_size in reversed(tried[:-1]):
        if other.coarseness != last.coarseness:
            saved = log2(other_size / size) + GROWTH * log2(last.scale / other.scale)
            halvings = saved / (last.coarseness - other.coarseness)
            break
    halvings = min(MOST_HALVINGS, max(FEWEST_HALVINGS, halvings))
    return size * (setting.scale / last.scale) ** GROWTH * 2 ** (halvings * (last.coarseness - setting.coarseness))


def fit_film(
    spec: RenderSpec,
    pieces: Sequence[Piece],
    folder: Path,
    target: Path,
    finish: Callable[[Path], None],
    processors: int,
) -> FittedFilm:
    """Write the best film that fits the spec's size limit to `target`.

    folder: holds each piece as it was encoded without a limit, and its lossless frames.
    finish: adds the other tracks to the silent film at a path. processors: how many pieces are encoded at a time.
    Raises UnreachableSizeError if nothing fits; it says which size can be reached.
    """
    from scenes.film.join import join  # libav is loaded while the first pieces are drawn

    kind, most_bytes = target.suffix.lower()[1:], spec.max_size
    assert most_bytes is not None

    def joined(paths: Sequence[Path], coarseness: float) -> tuple[int, int]:
        """Bytes of the silent film and of the finished one."""
        join(paths, pieces, spec.fps, target, coarser(spec, kind, coarseness))
        silent = target.stat().st_size
        finish(target)
        return silent, target.stat().st_size

    # The first setting has already been made.
    first = joined([piece_path(folder, piece, kind) for piece in pieces], 0.0)
    tracks = first[1] - first[0]

    def attempt(setting: FilmSetting, limit: int | None) -> float:
        """Bytes of the picture alone."""
        if setting == (1, 0) and limit is not None:
            return first[0]
        paths = _encoded(setting, spec, pieces, folder, kind, processors)
        return joined(paths, setting.coarseness)[1] - tracks

    setting, size = best_that_fits(film_ladder(spec.width, spec.height), attempt, as_it_went, most_bytes - tracks)
    crf = int(coarser(spec, kind, setting.coarseness).options["crf"])
    choice = FittedFilm(*_sides(spec, setting), spec.fps, crf, int(size) + tracks)
    check_fit(choice, most_bytes, target)
    return choice


def coarser(spec: RenderSpec, kind: str, coarseness: float) -> Encoding:
    """The settings for a kind of film, made coarser by this much: 0 leaves them unchanged."""
    settings = encoding(kind, spec)
    finest = int(settings.options["crf"])
    crf = round(finest + coarseness * (COARSEST[kind] - finest))
    return settings._replace(options=settings.options | {"crf": str(crf)})


def _encoded(
    setting: FilmSetting, spec: RenderSpec, pieces: Sequence[Piece], folder: Path, kind: str, processors: int
) -> list[Path]:
    """Encode each piece from its frames into its own file."""
    width, height = _sides(spec, setting)
    settings, small = coarser(spec, kind, setting.coarseness), replace(spec, width=width, height=height)
    stores = [piece_path(folder, piece, FRAME_STORE) for piece in pieces]
    paths = [folder / f"{piece.number:04d}.{width}.{settings.options['crf']}.{kind}" for piece in pieces]
    pool = ThreadPoolExecutor(processors)  # libav and zstd work outside the interpreter's lock
    try:
        for _ in pool.map(lambda store, path: _encode(store, path, small, settings, setting.scale), stores, paths):
            pass
    finally:
        pool.shutdown(cancel_futures=True)
    return paths


def _encode(store: Path, path: Path, spec: RenderSpec, settings: Encoding, scale: float) -> None:
    """One piece, from its store."""
    from scenes.film.video import VideoSink

    sink = VideoSink(path, spec, settings)
    try:
        shots: Iterable[Shot] = read_store(store)
        for pixels, area, frames in shots if scale == 1 else shrunk(shots, spec.width, spec.height):
            sink.write(pixels, [area] if area else [], frames)
    except BaseException:
        sink.abort()
        raise
    sink.close()


def _sides(spec: RenderSpec, setting: FilmSetting) -> tuple[int, int]:
    """Width and height, even."""
    return 2 * round(setting.scale * spec.width / 2), 2 * round(setting.scale * spec.height / 2)
