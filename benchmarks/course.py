"""What the whole course costs: `gdsim render --all -q m`, spoken, without a cache, with it, after a lesson was edited.

Run it with `python benchmarks/course.py [lesson…]`; without words it takes the whole course, for some ten minutes. The
edit is made in a copy of the program: a line more in the file from which the lesson draws, so that all its pieces are
new. How many pieces were drawn is counted in the cache.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HOME = Path(__file__).parent.parent
EDITED = "parabola"
# The longest that each may take, in seconds.
FIRST, AGAIN = 20 * 60, 60
# A piece's files in the cache.
FILES = 2


class Copy:
    """A copy of the program that may be edited, with a cache of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.kept = folder, folder / "cache"
        for name in ("gdsim", "scenes"):
            shutil.copytree(HOME / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(HOME / "cli.py", folder)

    def edit(self, lesson: str) -> None:
        """Add a line to the file from which a lesson draws."""
        path = self.folder / "scenes" / "lessons" / lesson.replace("-", "_") / "parts.py"
        path.write_text(path.read_text() + "\nEDITED = True\n")

    def render(self, lessons: list[str]) -> tuple[float, int]:
        """Render one film; returns its seconds and the number of pieces that were drawn."""
        before = self.files()
        words = [sys.executable, "cli.py", "render", *(lessons or ["--all"]), "-q", "m", "-o", "film.mp4"]
        environment = {**os.environ, "PYTHONPATH": str(self.folder), "XDG_CACHE_HOME": str(self.kept)}
        start = time.perf_counter()
        subprocess.run(words, cwd=self.folder, env=environment, check=True, capture_output=True)
        return time.perf_counter() - start, len(self.files() - before) // FILES

    def files(self) -> set[str]:
        """The files in the cache, of each piece two: its frames, and what was encoded from them."""
        return {path.name for path in (self.kept / "gdsim").glob("pieces/*")}


def main(lessons: list[str]) -> int:
    """Print a line a render; 1 where one takes too long."""
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(Path(folder))
        for what, most in (("first", FIRST), ("again", AGAIN), (f"after an edit of {EDITED}", None)):
            if most is None:
                copy.edit(EDITED)
            seconds, pieces = copy.render(lessons)
            late = most is not None and seconds > most
            missed += late
            limit = "" if most is None else f", to take at most {most} s{'  MISSED' if late else ''}"
            print(f"{what:26} {seconds:7.1f} s, {pieces} pieces drawn{limit}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
