"""Settings of x264 and VP9 for such pictures: bytes, SSIM against the lossless frames, seconds of processor time.

The lessons' loops and (for x264) two whole films at 720p, drawn once; each setting encodes them through our own sink.
Prints tables in Markdown. The seconds mean something on a quiet machine alone.

Run it with `python benchmarks/encoder.py h264 search vp9`, which takes an hour; without words it takes one loop and
fewer settings. `search` is what x264 looks for at our preset, taken away step by step.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple

import av

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent))

from tools.films import stores_of
from tools.likeness import Likeness

from scenes.catalogue import LESSONS
from scenes.film.encoding import Encoding, encoding
from scenes.film.frame_store import read_film
from scenes.film.video import VideoSink
from scenes.spec import RenderSpec

PRESETS = ("ultrafast", "superfast", "veryfast", "medium")
OTHER_TUNES = ("", "stillimage")
RATES = (16, 20, 24)
SPEEDS, VP9_RATES = ("5", "8"), (20, 24, 30, 36)
# What `veryfast` searches for, given up one after the other; at last colours are quantised more finely.
SEARCH = (
    *("subme=1", "partitions=i4x4,p8x8", "8x8dct=0", "weightp=0", "b-adapt=0", "scenecut=0", "ref=1"),
    "chroma-qp-offset=-6",
)
KEPT = ("colorprim", "transfer", "colormatrix", "fullrange", "asm")
# SSIM of every so-many-th new picture.
LOOK_EVERY = 12


class Film(NamedTuple):
    """A film, drawn."""

    spec: RenderSpec
    stores: list[Path]


class Score(NamedTuple):
    """What a setting makes of the films: bytes, seconds, mean SSIM, and that of the worst film."""

    bytes: int
    seconds: float
    ssim: float
    worst: float


def settings(kind: str, quick: bool) -> Iterator[tuple[str, dict[str, str]]]:
    """Name -> codec options to change."""
    if kind == "vp9":
        for speed, crf in product(SPEEDS[1:2] if quick else SPEEDS, VP9_RATES):
            yield f"cpu-used {speed}, crf {crf}", {"cpu-used": speed, "crf": str(crf)}
        return
    given = encoding("mp4", RenderSpec("parabola")).options["x264-params"].split(":")
    plain = ":".join(word for word in given if word.partition("=")[0] in KEPT)
    if kind == "search":
        for count in range(len(SEARCH) + 1):
            name = f"and {SEARCH[count - 1]}" if count else "veryfast, animation, crf 20"
            yield name, {"x264-params": ":".join((plain, *SEARCH[:count]))}
        return
    presets = [(preset, "animation") for preset in (PRESETS[2:3] if quick else PRESETS)]
    for (preset, tune), crf in product([*presets, *(("veryfast", tune) for tune in OTHER_TUNES)], RATES):
        yield (
            f"{preset}, {tune or 'no tune'}, crf {crf}",
            {"preset": preset, "tune": tune, "crf": str(crf), "x264-params": plain},
        )


def score(films: list[Film], kind: str, changed: dict[str, str], folder: Path) -> Score:
    """Encode every film with some options changed."""
    total, seconds, likenesses = 0, 0.0, []
    for film in films:
        chosen = encoding(kind, film.spec)
        options = {name: value for name, value in {**chosen.options, **changed}.items() if value}
        target = folder / f"film.{kind}"
        began = time.process_time()
        encode(film, chosen._replace(options=options), target)
        seconds += time.process_time() - began
        total += target.stat().st_size
        likenesses.append(compare(film, target))
    return Score(total, seconds, sum(likenesses) / len(likenesses), min(likenesses))


def encode(film: Film, chosen: Encoding, target: Path) -> None:
    """The whole film as one piece."""
    sink = VideoSink(target, film.spec, chosen)
    for pixels, area, frames in read_film(film.stores):
        sink.write(pixels, [area] if area else [], frames)
    sink.close()


def compare(film: Film, target: Path) -> float:
    """Mean SSIM of some frames against the lossless ones."""
    measure = Likeness(film.spec.width, film.spec.height)
    with av.open(str(target)) as container:
        decoded = container.decode(video=0)
        for number, (pixels, _, frames) in enumerate(read_film(film.stores)):
            pictures = [next(decoded) for _ in range(frames)]
            if number % LOOK_EVERY == 0:
                shown = pictures[-1].reformat(format="rgb24", src_colorspace=1).to_ndarray()
                measure.add(pixels, shown, frames)
    return measure.mean


def films_of(folder: Path, quick: bool, long: bool) -> list[Film]:
    """The films to encode."""
    loops = [RenderSpec(name, cut="loop") for name in LESSONS]
    whole = [RenderSpec(name) for name in ("parabola", "bowl")]
    return [Film(spec, stores_of(spec, folder)) for spec in (loops[1:2] if quick else loops + whole * long)]


def main() -> int:
    """Print a table a codec."""
    quick = len(sys.argv) == 1
    kinds = sys.argv[1:] or ["h264", "search", "vp9"]
    with tempfile.TemporaryDirectory() as folder:
        films = films_of(Path(folder), quick, "h264" in kinds)
        for kind in kinds:
            print(f"| {kind} | MB | SSIM | worst film | s |\n|---|--:|--:|--:|--:|")
            for name, changed in settings(kind, quick):
                some = films if kind == "h264" or quick else films[: len(LESSONS)]
                found = score(some, "webm" if kind == "vp9" else "mp4", changed, Path(folder))
                row = f"{found.bytes / 1e6:.2f} | {found.ssim:.4f} | {found.worst:.4f} | {found.seconds:.1f}"
                print(f"| {name} | {row} |", flush=True)
            print()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
