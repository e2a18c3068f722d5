"""Folders and drafts that do not outlive their process: what a killed one left is swept by the next run."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

WORK = "gdsim-work-"
LOCK = "in-use"


@contextmanager
def scratch_dir() -> Iterator[Path]:
    """A folder of this process's own, swept with everything in it on leaving, or by the next run after a kill."""
    root = Path(tempfile.gettempdir())
    for leftover in root.glob(f"{WORK}*"):
        if forsaken(leftover / LOCK):
            shutil.rmtree(leftover, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=WORK, dir=root))
    lock = (folder / f"{LOCK}-soon").open("wb")
    try:
        lock_file(lock)
        with suppress(OSError):  # Windows renames no open file: there a killed run's folder is left to the system
            (folder / f"{LOCK}-soon").rename(folder / LOCK)
        yield folder
    finally:
        lock.close()
        shutil.rmtree(folder, ignore_errors=True)


def lock_file(file: BinaryIO) -> bool:
    """Take an open file for this process until it is closed or the process ends; False where another has it.

    Process numbers would not do: they are used again, and those of a container mean nothing outside.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def forsaken(path: Path) -> bool:
    """Whether a file that its process keeps locked is there but no longer locked."""
    try:
        with path.open("r+b") as file:
            return lock_file(file)
    except OSError:
        return False
