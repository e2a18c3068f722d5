"""Short memory is told in a line, before a library is loaded that would not come back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scenes.film.problems import OUT_OF_MEMORY, reason_of
from scenes.film.room import check_room

ROOT = Path(__file__).parents[3]


def test_room_that_is_there_is_found():
    """A megabyte can be had; more than any machine's addresses cannot, and that is a MemoryError."""
    check_room(1 << 20)
    with pytest.raises(MemoryError):
        check_room(1 << 60)


@pytest.mark.parametrize(
    "problem",
    [MemoryError(), MemoryError("Unable to allocate"), ImportError("x.so: failed to map segment from shared object")],
)
def test_every_lack_of_memory_is_called_that(problem):
    """Python's, numpy's and the loader's words for it are one sentence with a way out."""
    assert reason_of(problem) == OUT_OF_MEMORY


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_render_without_memory_is_one_line(jobs, tmp_path):
    """Under `ulimit -v` with too little for the libraries: one line, exit code 1, no hanging, no file."""
    film = tmp_path / "film.gif"
    words = ["render", "parabola", "--steps", "1", "-r", "160,160", "--no-cache", "--jobs", jobs, "-o", str(film)]
    command = 'ulimit -v 400000; exec "$@"'
    done = subprocess.run(
        ["sh", "-c", command, "sh", sys.executable, str(ROOT / "cli.py"), *words],
        capture_output=True,
        text=True,
        timeout=100,
    )

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == f"cli.py: the render failed: {OUT_OF_MEMORY}"
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
