"""What a film costs: against plain Manim, against its encoder alone, in processes, in memory, a second time.

Run it with `python benchmarks/film.py [row…]`; without words it measures all rows. In each row both sides run
alternately, as processes of their own, and the ratio is that of their medians.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from typing import NamedTuple

HOME = Path(__file__).parent.parent
sys.path.insert(0, str(HOME))

from scenes.film.jobs import calm  # noqa: E402 - found from here on
from scenes.spec import RenderSpec  # noqa: E402

TOOLS = HOME / "benchmarks" / "tools"
ROUNDS = 3

# The loop as a Scene that plain Manim renders.
STOCK = """
from scenes.plain import Parabola
from scenes.spec import RenderSpec


class Loop(Parabola):
    def __init__(self, renderer=None, **options):
        spec = RenderSpec("parabola", width=1920, height=1080, fps=60, cut="loop")
        super().__init__(renderer, spec=spec, **options)
"""

# Python reads it at every start, a worker's too: the fifth sentence of the lesson is another.
REWORDED = """
from dataclasses import replace
from scenes.catalogue import LESSONS
from scenes.script.beat import Script

lesson = LESSONS["parabola"]


def script(runs):
    whole = lesson.script(runs)
    beats = list(whole.beats)
    words = beats[4].words
    beats[4] = replace(beats[4], words=replace(words, template=words.template + " Look."))
    return Script(whole.opening, tuple(beats))


LESSONS["parabola"] = replace(lesson, script=script)
"""


class Row(NamedTuple):
    """What was measured, and the ratio it should reach: at least where `least`, else at most.

    target: None where the row only explains another.
    """

    what: str
    ours: str
    theirs: str
    ratio: float
    target: float | None = None
    least: bool = False

    @property
    def reached(self) -> bool:
        """Whether the target is met."""
        return self.target is None or (self.ratio >= self.target if self.least else self.ratio <= self.target)

    def __str__(self) -> str:
        line = f"{self.what:43} ours {self.ours:>9}  theirs {self.theirs:>9}  ratio {self.ratio:6.2f}"
        if self.target is None:
            return line
        return f"{line}, to reach {'≥' if self.least else '≤'} {self.target:g}{'' if self.reached else '  MISSED'}"


class Cost(NamedTuple):
    """seconds: wall time. peak: the largest resident memory of the process and its children, in MB."""

    seconds: float
    peak: float


def cost(
    *words: object, folder: Path, cache: Path | None = None, modules: Path = HOME, more: Mapping[str, str] = {}
) -> Cost:
    """Run a command to its end; raises CalledProcessError where it fails.

    modules: the folder that is searched before all others. more: what is added to the environment.
    """
    paths = os.pathsep.join(dict.fromkeys((str(modules), str(HOME))))
    environment = {**os.environ, **more, "PYTHONPATH": paths, "XDG_CACHE_HOME": str(cache or folder / "cache")}
    command = [str(word) for word in words]
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(seconds, usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3))


def film(folder: Path, *words: object) -> Cost:
    """`gdsim render` of the loop at 1080p60, nothing kept from before."""
    target = folder / "film.mp4"
    return cost(
        sys.executable, "-m", "gdsim", "render", "parabola", "--cut", "loop", "-q", "h", "--no-cache",
        *words, "-o", target, folder=folder,
    )  # fmt: skip


def in_turn(*sides: Callable[[], float], rounds: int = ROUNDS) -> list[float]:
    """The median of each side, measured alternately."""
    times = [[side() for side in sides] for _ in range(rounds)]
    return [median(column) for column in zip(*times)]


def against_manim(folder: Path) -> list[Row]:
    """The whole command against plain Manim on the same Scene."""
    (folder / "stock.py").write_text(STOCK)
    words = ("-qh", "--disable_caching", "--media_dir", folder / "media", folder / "stock.py", "Loop")
    ours, theirs = in_turn(
        lambda: film(folder).seconds,
        lambda: cost(sys.executable, "-m", "manim", *words, folder=folder).seconds,
    )
    return [Row("loop 1080p60, against Manim", f"{ours:.1f} s", f"{theirs:.1f} s", theirs / ours, 2.0, True)]


class Floor:
    """The film's own frames in memory, and its encoder alone."""

    def __enter__(self) -> Floor:
        self.process = subprocess.Popen(
            [sys.executable, TOOLS / "floor.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.line()
        return self

    def __exit__(self, *problem: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()

    def line(self) -> str:
        """What it says next."""
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def seconds(self, count: int, way: str = "told") -> float:
        """Encode once, in so many processes, in one of the ways that floor.py knows."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{count} {way}\n")
        self.process.stdin.flush()
        return float(self.line())


def against_floor(folder: Path) -> list[Row]:
    """The whole command against its encoder alone, on all cores, fed from memory: with whole frames, and as ours is."""
    count = os.cpu_count() or 1
    with Floor() as floor:
        ours, whole, told = in_turn(
            lambda: film(folder).seconds,
            lambda: floor.seconds(count, "whole"),
            lambda: floor.seconds(count),
        )
    return [
        Row(
            "the same, against its encoder, whole frames", f"{ours:.2f} s", f"{whole:.2f} s", ours / whole, 1.25, False
        ),
        Row("the same, told what is new and what stays", f"{ours:.2f} s", f"{told:.2f} s", ours / told),
    ]


def processes(folder: Path) -> list[Row]:
    """Two processes against one: the short loop, the narrated film, and what the machine gives the encoder alone."""
    rows = []
    for what, words, target in (("the loop", (), None), ("the film", ("--cut", "full", "--voice", "none"), 1.7)):
        two, one = in_turn(
            lambda words=words: film(folder, *words, "--jobs", 2).seconds,
            lambda words=words: film(folder, *words, "--jobs", 1).seconds,
        )
        rows.append(Row(f"two processes, one; {what} 1080p60", f"{two:.1f} s", f"{one:.1f} s", one / two, target, True))
    with Floor() as floor:
        two, one = in_turn(lambda: floor.seconds(2), lambda: floor.seconds(1))
    rows.append(Row("the encoder alone, which shares nothing", f"{two:.1f} s", f"{one:.1f} s", one / two))
    return rows


def memory(folder: Path) -> list[Row]:
    """Peak memory of a film and of one four times as long, MP4 and GIF together, drawn as a worker draws."""

    def peak(factor: int) -> float:
        targets = folder / "long.mp4", folder / "long.gif"
        return cost(
            sys.executable, TOOLS / "slower.py", factor, *targets, folder=folder, more=calm(RenderSpec("parabola"))
        ).peak

    long, short = in_turn(lambda: peak(4), lambda: peak(1))
    return [Row("memory of four times the length", f"{long:.0f} MB", f"{short:.0f} MB", long / short, 1.05, False)]


def second(folder: Path) -> list[Row]:
    """A second render after one sentence has changed, against the first; each pair has a cache of its own."""
    (folder / "reworded").mkdir()
    (folder / "reworded" / "sitecustomize.py").write_text(REWORDED)
    words = ("-m", "gdsim", "render", "parabola", "-q", "h", "--voice", "none", "-o", folder / "film.mp4")
    pairs: list[tuple[float, float]] = []
    for number in range(ROUNDS):
        first, again = (
            cost(sys.executable, *words, folder=folder, cache=folder / f"cache-{number}", modules=modules).seconds
            for modules in (HOME, folder / "reworded")
        )
        pairs.append((again, first))
    again, first = (median(column) for column in zip(*pairs))
    return [
        Row("after one sentence changed, the first", f"{again:.1f} s", f"{first:.1f} s", again / first, 0.25, False)
    ]


def start(folder: Path) -> list[Row]:
    """`gdsim --help` and `gdsim list` against `import click`."""
    rows = []
    for word in ("--help", "list"):
        ours, theirs = in_turn(
            lambda word=word: cost(sys.executable, "-m", "gdsim", word, folder=folder).seconds,
            lambda: cost(sys.executable, "-c", "import click", folder=folder).seconds,
            rounds=15,
        )
        rows.append(
            Row(
                f"gdsim {word}, import click",
                f"{ours * 1e3:.0f} ms",
                f"{theirs * 1e3:.0f} ms",
                ours / theirs,
                2.0,
                False,
            )
        )
    return rows


ROWS: dict[str, Callable[[Path], list[Row]]] = {
    "manim": against_manim,
    "floor": against_floor,
    "processes": processes,
    "memory": memory,
    "second": second,
    "start": start,
}


def main(names: list[str]) -> int:
    """Print a line a row; 1 where a target is missed."""
    missed = 0
    for name in names or ROWS:
        with tempfile.TemporaryDirectory() as folder:
            for row in ROWS[name](Path(folder)):
                print(row, flush=True)
                missed += not row.reached
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
