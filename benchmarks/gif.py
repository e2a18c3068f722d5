"""A GIF of a lesson's loop, 720p at 25 frames a second: ours against `manim --format gif` of the same Scene.

Both make it in a process of their own, in turn; medians of the time and the peak memory, the bytes, and the mean SSIM
of the decoded frames against the lossless ones. Prints a table in Markdown; ends with 1 where a target is missed.

Run it with `python benchmarks/gif.py [lesson …]`; without a lesson it takes the parabola.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent))

from tools.films import stores_of
from tools.likeness import Likeness, Picture

from scenes.catalogue import LESSONS
from scenes.film.frame_store import read_film
from scenes.spec import RenderSpec

ROOT = Path(__file__).parent.parent
ROUNDS = 3
WIDTH, HEIGHT, FPS = 1280, 720, 25
# Time, memory, bytes: stock over ours; SSIM: ours less stock.
FASTER, LEANER, SMALLER = 3.0, 4.0, 1 / 0.7
SCENE = """from scenes.spec import RenderSpec
from {module} import {name}


class Loop({name}):
    def __init__(self, renderer=None, **options):
        spec = RenderSpec("{lesson}", width={width}, height={height}, fps={fps}, cut="loop")
        super().__init__(renderer, spec=spec, **options)
"""


class Cost(NamedTuple):
    """What a process took: seconds, and megabytes at its peak."""

    seconds: float
    megabytes: float


def run(words: list[str], log: Path) -> Cost:
    """Run a command to its end; its peak memory counts its own children too, the largest of them."""
    began = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with log.open("wb") as output:
        process = subprocess.Popen([sys.executable, *words], stdout=output, stderr=output, env=environment)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(log.read_text())
    return Cost(time.perf_counter() - began, used.ru_maxrss / 1024)


def ours(lesson: str, folder: Path) -> tuple[Cost, Path]:
    """Our command line."""
    target = folder / "ours.gif"
    picture = ["-r", f"{WIDTH},{HEIGHT}", "--fps", str(FPS)]
    return run(
        ["-m", "gdsim", "render", "--no-cache", lesson, "--cut", "loop", *picture, "-o", str(target)], folder / "log"
    ), target


def stock(lesson: str, folder: Path) -> tuple[Cost, Path]:
    """Manim's command line, with the same Scene."""
    module, name = LESSONS[lesson].scene
    scene = folder / "loop.py"
    words = {"module": module, "name": name, "lesson": lesson, "width": WIDTH, "height": HEIGHT, "fps": FPS}
    scene.write_text(SCENE.format(**words))
    options = ["--format", "gif", "-r", f"{WIDTH},{HEIGHT}", "--fps", str(FPS), "--disable_caching"]
    words = ["-m", "manim", "render", *options, "--media_dir", str(folder / "media"), str(scene), "Loop"]
    cost = run(words, folder / "log")
    return cost, next((folder / "media").rglob("*.gif"))


def frames_of(path: Path) -> Iterator[Picture]:
    """A GIF's pictures, one a frame of the film."""
    with Image.open(path) as film:
        for index in range(film.n_frames):
            film.seek(index)
            pixels = np.asarray(film.convert("RGB"))
            for _ in range(round(film.info["duration"] * FPS / 1000)):
                yield pixels


def ssim(path: Path, stores: list[Path]) -> float:
    """Mean SSIM against the lossless frames."""
    measure, shown = Likeness(WIDTH, HEIGHT), frames_of(path)
    for pixels, area, frames in read_film(stores):
        found = [next(shown) for _ in range(frames)]
        if area is None:
            measure.again(frames)
        else:
            measure.add(pixels, found[-1], frames)
    if next(shown, None) is not None:
        raise RuntimeError(f"{path} has more frames than the film")
    return measure.mean


def measure(lesson: str, folder: Path) -> bool:
    """Print a lesson's rows; whether all targets are reached."""
    costs: dict[str, list[Cost]] = {"ours": [], "stock": []}
    paths: dict[str, Path] = {}
    for _ in range(ROUNDS):
        for name, make in (("ours", ours), ("stock", stock)):
            cost, paths[name] = make(lesson, folder)
            costs[name].append(cost)
    stores = stores_of(RenderSpec(lesson, width=WIDTH, height=HEIGHT, fps=FPS, cut="loop"), folder)
    size = {name: paths[name].stat().st_size / 1e6 for name in paths}
    like = {name: ssim(paths[name], stores) for name in paths}
    middle = {
        name: Cost(statistics.median(one.seconds for one in rows), statistics.median(one.megabytes for one in rows))
        for name, rows in costs.items()
    }
    for name in ("stock", "ours"):
        row = f"{middle[name].seconds:.1f} | {middle[name].megabytes:.0f} | {size[name]:.2f} | {like[name]:.4f}"
        print(f"| {lesson}, {name} | {row} |")
    faster = middle["stock"].seconds / middle["ours"].seconds
    leaner = middle["stock"].megabytes / middle["ours"].megabytes
    smaller = size["stock"] / size["ours"]
    print(f"| stock / ours | {faster:.1f} × | {leaner:.1f} × | {smaller:.2f} × | |", flush=True)
    return faster >= FASTER and leaner >= LEANER and smaller >= SMALLER and like["ours"] >= like["stock"]


def main() -> int:
    """Print the table; 1 where a target is missed."""
    print("| GIF of a loop | s | peak MB | MB | SSIM |\n|---|--:|--:|--:|--:|")
    reached = []
    for lesson in sys.argv[1:] or ["parabola"]:
        with tempfile.TemporaryDirectory() as folder:
            reached.append(measure(lesson, Path(folder)))
    print(f"to reach: {FASTER:g} × | {LEANER:g} × | {SMALLER:.2f} × | SSIM no lower")
    return 0 if all(reached) else 1


if __name__ == "__main__":
    raise SystemExit(main())
