"""How long the pictures of the films stand still, measured in the decoded files, captions aside.

Run it with `python benchmarks/stillness.py [--spoken] [lesson…]`; without words it takes all lessons, as they are
when they are silent. It prints the share of the film in which nothing moves above the caption, and the longest such
stretch with the time at which it begins; ABOVE marks what is above the limit. It finds more stillness than there is,
so nothing fails by it: the tests hold the films' own timelines to the limits.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import av
import numpy as np

HOME = Path(__file__).parent.parent
sys.path.insert(0, str(HOME))

from scenes.catalogue import LESSONS  # noqa: E402 - found from here on
from scenes.stage.composition import compose, frame_size  # noqa: E402

WIDTH, HEIGHT, RATE = 480, 270, 10
# The picture is compared in squares of so many samples, whose means change by at most about NOISE levels where the
# encoder draws anew, at the start of a piece, what stays. In single samples it changes letters' edges by up to 45.
SQUARE, NOISE = 4, 5.0
# The longest stretch in seconds, and the largest share of a film, in which nothing may move.
LONGEST, LARGEST = 4.0, 1 / 3


class Stillness(NamedTuple):
    """seconds: of the film. share: of it that stands still. longest: stretch, in seconds; start: when it begins."""

    seconds: float
    share: float
    longest: float
    start: float

    @property
    def moves(self) -> bool:
        """Whether the film moves as much as it must."""
        return self.longest <= LONGEST and self.share <= LARGEST


def stillness(film: Path) -> Stillness:
    """Decode a film and compare each picture with the one before, above the caption."""
    _, up = frame_size(WIDTH, HEIGHT)
    rows = int((up / 2 - compose(WIDTH, HEIGHT, "full").caption.top) / up * HEIGHT) // SQUARE * SQUARE
    stretch = longest = start = still = count = 0
    before: Any = None
    with av.open(str(film)) as container:
        for count, frame in enumerate(container.decode(video=0), 1):
            picture = frame.to_ndarray(format="gray")[:rows]
            now = picture.reshape(rows // SQUARE, SQUARE, WIDTH // SQUARE, SQUARE).mean(axis=(1, 3))
            moves = before is None or float(np.abs(now - before).max()) > NOISE
            stretch = 0 if moves else stretch + 1
            still += not moves
            if stretch > longest:
                longest, start = stretch, count - stretch
            before = now
    return Stillness(count / RATE, still / max(count, 1), longest / RATE, start / RATE)


def measured(lesson: str, spoken: bool, folder: Path) -> Stillness:
    """Render a lesson's full film and measure it."""
    film = folder / f"{lesson}.mp4"
    voice = ("--voice", "piper") if spoken else ("--voice", "none")
    command = [sys.executable, str(HOME / "cli.py"), "render", lesson, "-r", f"{WIDTH},{HEIGHT}", "--fps", str(RATE)]
    subprocess.run(
        [*command, *voice, "--no-texts", "-o", str(film)],
        check=True,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    return stillness(film)


def main() -> None:
    """Measure the lessons asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lessons", nargs="*", default=list(LESSONS))
    parser.add_argument("--spoken", action="store_true", help="with the voice's timing instead of the reader's")
    asked = parser.parse_args()
    print("| lesson | film | still | longest | at |\n|---|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        found = {lesson: measured(lesson, asked.spoken, Path(folder)) for lesson in asked.lessons}
    for lesson, (seconds, share, longest, start) in found.items():
        above = "" if found[lesson].moves else " ABOVE"
        print(f"| {lesson} | {seconds:.0f} s | {share:.0%} | {longest:.1f} s | {start:.1f} s |{above}")


if __name__ == "__main__":
    main()
