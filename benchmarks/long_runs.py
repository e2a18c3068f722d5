"""What 100,000 steps cost beside 100: each lesson's loop drawn, and a run computed.

Run it with `python -m benchmarks.long_runs` or `python benchmarks/long_runs.py`. Processor seconds of all processes of
a render, so that a busy machine counts for little; both sides take turns, and the median of the rounds' ratios counts.
A film is as long either way: what is drawn must be bounded by its frames, and only the steps' arithmetic is left.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent))

from scenes.catalogue import LESSONS

HOME = Path(__file__).parent.parent
FEW, MANY, ROUNDS = 100, 100_000, 3
# So small a rate that no run comes to rest, and one at which balls jump for ever.
RATES = {"creeping": "1e-9", "jumping": "1"}
# Above this ratio a film of many steps has lost its bound.
BOUND = {"local-minima": 12.0}
USUAL_BOUND = 4.0


def processor_seconds(*words: object) -> float:
    """Of a command and all that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONPATH": str(HOME)}
    subprocess.run(
        [sys.executable, HOME / "cli.py", *map(str, words)], check=True, capture_output=True, env=environment
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def film(folder: Path, scene: str, rate: str, steps: int) -> float:
    """A loop at 320 × 180, 10 frames per second, drawn from nothing by one process."""
    words = ("--cut", "loop", "-r", "320,180", "--fps", 10, "--jobs", 1, "--no-cache")
    return processor_seconds("render", scene, "--lr", rate, "--steps", steps, *words, "-o", folder / "film.mp4")


def films(folder: Path) -> bool:
    """Print a line for each lesson and rate; whether all are within their bounds."""
    sound = True
    for scene in LESSONS:
        for name, rate in RATES.items():
            pairs = [(film(folder, scene, rate, MANY), film(folder, scene, rate, FEW)) for _ in range(ROUNDS)]
            ratio, bound = median(many / few for many, few in pairs), BOUND.get(scene, USUAL_BOUND)
            many, few = (median(column) for column in zip(*pairs))
            sound &= ratio <= bound
            print(
                f"{scene:13} {name:9} {MANY} steps / {FEW}: {many:5.1f} s / {few:4.1f} s {ratio:6.2f} × (≤ {bound:g})"
            )
    return sound


def runs() -> bool:
    """Print what ten times the steps cost a run; whether that is no more than ten times, with a little to spare."""
    from gdsim import SURFACES, simulate

    def seconds(steps: int) -> float:
        begun = perf_counter()
        simulate(SURFACES["himmelblau"], rate=1e-9, start=(0.5, -1.25), steps=steps)
        return perf_counter() - begun

    ratio = median(seconds(10 * MANY) / seconds(MANY) for _ in range(ROUNDS))
    print(f"{'simulate':13} {10 * MANY} steps / {MANY}: {ratio:6.2f} × (≤ 13)")
    return ratio <= 13


def main() -> int:
    """1 where a bound is passed."""
    with tempfile.TemporaryDirectory() as folder:
        return 0 if films(Path(folder)) & runs() else 1


if __name__ == "__main__":
    raise SystemExit(main())
