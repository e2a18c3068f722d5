"""Ways to bring a film down to 255 colours: bytes, SSIM against the lossless frames, and pixels that crawl.

A pixel crawls when it changes from one frame to the next though it rests in the lossless film. Each lesson's loop
without dither (ours), with an ordered pattern that is fixed to the picture, and with error diffusion; and whole films
with one palette (ours) against one for each piece of at most three seconds. Prints a table in Markdown.

Run it with `python benchmarks/dithering.py all`, which takes ten minutes; without a word it takes one loop.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent))

from tools.films import stores_of
from tools.likeness import Likeness

from scenes.catalogue import LESSONS
from scenes.film.frame_store import Area, Pixels, read_store
from scenes.film.gif import GifWriter
from scenes.film.palette import Colours, Mapper, film_palette
from scenes.spec import RenderSpec

WIDTH, HEIGHT, FPS = 640, 360, 20
STRENGTH = 16

Map = Callable[[Pixels], NDArray[np.uint8]]


class Score(NamedTuple):
    """What a way makes of a film."""

    bytes: int
    ssim: float
    crawling: int


def plain(palette: Colours) -> Map:
    """The nearest colour."""
    return Mapper(palette).numbers


def ordered(palette: Colours) -> Map:
    """A pattern of 8 × 8 (Bayer, 1973) is added first, except where a colour is in the palette already."""
    pattern = np.zeros((1, 1))
    for _ in range(3):
        pattern = np.block([[4 * pattern, 4 * pattern + 2], [4 * pattern + 3, 4 * pattern + 1]])
    shift = STRENGTH * ((pattern + 0.5) / 64 - 0.5)
    mapper = Mapper(palette)

    def numbers(pixels: Pixels) -> NDArray[np.uint8]:
        height, width = pixels.shape[:2]
        everywhere = np.tile(shift, (-(-height // 8), -(-width // 8)))[:height, :width, None]
        moved = pixels.copy()
        moved[..., :3] = np.clip(pixels[..., :3] + everywhere, 0, 255).astype(np.uint8)
        nearest = mapper.numbers(pixels)
        exact = (palette[nearest] == pixels[..., :3]).all(axis=-1)
        return np.where(exact, nearest, mapper.numbers(moved))

    return numbers


def diffused(palette: Colours) -> Map:
    """Each pixel's error goes to its neighbours (Floyd and Steinberg, 1976), by Pillow."""
    table = Image.new("P", (1, 1))
    table.putpalette(palette.tobytes())

    def numbers(pixels: Pixels) -> NDArray[np.uint8]:
        picture = Image.fromarray(np.ascontiguousarray(pixels[..., :3]))
        return np.asarray(picture.quantize(palette=table, dither=Image.Dither.FLOYDSTEINBERG))

    return numbers


def score(parts: list[list[Path]], way: Callable[[Colours], Map], target: Path) -> Score:
    """A film whose parts have a palette each; a part after the first brings its own table."""
    whole, likeness = Area(0, 0, HEIGHT, WIDTH), Likeness(WIDTH, HEIGHT)
    before: tuple[Pixels, Pixels] | None = None
    crawling, tables = 0, 0
    with target.open("wb") as file:
        writer: GifWriter | None = None
        for part in parts:
            palette = film_palette(part, 255)
            numbers = way(palette)
            tables += 3 * 256
            fresh = before is not None
            writer = writer or GifWriter(file, palette, WIDTH, HEIGHT)
            for pixels, area, frames in (shot for store in part for shot in read_store(store)):
                if area is not None or fresh:
                    found = numbers(pixels)
                    shown = palette[found]
                    if fresh and before is not None:  # numbers of another table: only what looks new is written
                        writer.screen.shown = np.where((shown == before[1]).all(axis=-1), found, ~found)
                        fresh = False
                    writer.show(found, whole)
                    if before is not None:
                        rests = (pixels == before[0]).all(axis=-1)
                        crawling += int((rests & (shown != before[1]).any(axis=-1)).sum())
                    likeness.add(pixels, shown, frames)
                    before = pixels.copy(), shown
                else:
                    likeness.again(frames)
                writer.wait(frames * 100 // FPS)
        assert writer is not None
        writer.close()
    return Score(target.stat().st_size + tables - 3 * 256, likeness.mean, crawling)


def main() -> int:
    """Print the tables."""
    ways = {"none": plain, f"ordered, {STRENGTH} levels": ordered, "error diffusion": diffused}
    print("| film | dither | palettes | kB | SSIM | crawling pixels |\n|---|---|---|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lessons = list(LESSONS) if "all" in sys.argv else ["parabola"]
        for lesson in lessons:
            stores = stores_of(RenderSpec(lesson, width=WIDTH, height=HEIGHT, fps=FPS, cut="loop"), folder)
            for way, maker in ways.items():
                tell(f"{lesson}, loop | {way} | one", score([stores], maker, folder / "film.gif"))
        for lesson in ("parabola", "local-minima") if "all" in sys.argv else ():
            stores = stores_of(RenderSpec(lesson, width=WIDTH, height=HEIGHT, fps=FPS), folder)
            tell(f"{lesson}, film | none | one", score([stores], plain, folder / "film.gif"))
            tell(
                f"{lesson}, film | none | {len(stores)}",
                score([[store] for store in stores], plain, folder / "film.gif"),
            )
    return 0


def tell(words: str, found: Score) -> None:
    """A row."""
    print(f"| {words} | {found.bytes / 1000:.0f} | {found.ssim:.5f} | {found.crawling} |", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
