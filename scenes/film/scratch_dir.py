"""Temporary folders that do not outlive their process: the next run removes what a killed one left.

Next to each folder is a lock file, held from before the folder is made until after it is gone: a lock that nobody
holds marks what was left behind.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep
from typing import BinaryIO

WORK = "gdsim-work-"
LOCK = ".lock"
# A process that is being killed may still write; its folder is removed again after each of these pauses.
_TRIES, _PAUSE_SECONDS = 20, 0.05


@contextmanager
def scratch_dir(root: Path | None = None, prefix: str = WORK) -> Iterator[Path]:
    """A new folder for this process, removed with all its contents on leaving, or by the next run after a kill.

    root: where the folder is made; by default the system's temporary folder.
    prefix: how its name begins; abandoned folders with that prefix in `root` are removed first.
    """
    root = root or Path(tempfile.gettempdir())
    _sweep(root, prefix)
    path, lock = _new_lock(root, prefix)
    with lock:
        try:
            _folder_of(path).mkdir(0o700)
            yield _folder_of(path)
        finally:
            try:
                _remove(path, lock)
            except BaseException:  # asked to stop, perhaps for the second time
                _remove(path, lock)
                raise


def _new_lock(root: Path, prefix: str) -> tuple[Path, BinaryIO]:
    """A lock file with a name of its own, held by this process."""
    while True:
        handle, name = tempfile.mkstemp(prefix=prefix, suffix=LOCK, dir=root)
        lock = os.fdopen(handle, "r+b")
        try:
            held = lock_file(lock)
        except OSError:  # a file system without locks: nothing is ever swept there
            held = True
        if held and os.path.lexists(name):
            return Path(name), lock
        lock.close()  # another run found it before it was locked, and removes it


def _sweep(root: Path, prefix: str) -> None:
    """Remove the folders whose process is gone."""
    for path in root.glob(f"{prefix}*{LOCK}"):
        with suppress(OSError):
            if _is_ours(path):
                with path.open("r+b") as lock:
                    if lock_file(lock):  # and held while the folder is removed, so that no other process takes it
                        _remove(path, lock)


def _remove(path: Path, lock: BinaryIO) -> None:
    """Remove the folder first and its lock last: a removal that is cut short is finished by the next run."""
    folder = _folder_of(path)
    for _ in range(_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not os.path.lexists(folder):
            break
        sleep(_PAUSE_SECONDS)
    if sys.platform == "win32":  # no open file can be removed there
        lock.close()
    if not os.path.lexists(folder):
        with suppress(OSError):
            path.unlink()


def _folder_of(path: Path) -> Path:
    """The folder to which a lock file belongs."""
    return path.with_suffix("")


def _is_ours(path: Path) -> bool:
    """Whether a path is a regular file of this user: the temporary folder is shared by all users."""
    status = path.lstat()
    return stat.S_ISREG(status.st_mode) and (sys.platform == "win32" or status.st_uid == os.geteuid())


def lock_file(file: BinaryIO) -> bool:
    """Lock an open file for this process until it is closed or the process ends; False if another process has it.

    Process numbers would not do: they are reused, and those of a container mean nothing outside it. Raises OSError
    if the file system has no locks.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
