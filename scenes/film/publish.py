"""A file appears whole, by one rename, or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from scenes.film.scratch_dir import forsaken, lock_file

DRAFT = ".gdsim-draft-"


class TargetError(ValueError):
    """The place named for a file cannot take one; the text says why and what would work."""


def check_target(path: Path) -> None:
    """Make sure that a file can be put at `path`, before any work is done; its folder is made where it is missing.

    Raises TargetError.
    """
    folder = path.parent
    if path.is_dir():
        raise TargetError(f"an output is a file, {path} is a folder; {path / 'film.mp4'} works")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise TargetError(f"an output lies in a folder, {_not_a_folder(folder)} is a file; media/ works") from None
    except OSError as error:
        raise TargetError(f"cannot make the folder {folder}: {_reason(error)}; a folder of your own works") from None
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise TargetError(f"cannot write into {folder}: {_reason(error)}; a folder of your own works") from None


def _not_a_folder(folder: Path) -> Path:
    """The part of the path that is in the way."""
    return next((part for part in (folder, *folder.parents) if part.exists() and not part.is_dir()), folder)


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


@contextmanager
def publishing(targets: Sequence[Path]) -> Iterator[list[Path]]:
    """Drafts beside their targets; on leaving well each takes its target's place, on an error all vanish.

    A draft is locked as long as this process lives: what a killed one left beside a target is swept here.
    """
    drafts: list[Path] = []
    locks: list[BinaryIO] = []
    try:
        for target in targets:
            _sweep(target.parent)
            handle, name = tempfile.mkstemp(prefix=f".{target.stem}{DRAFT}", suffix=target.suffix, dir=target.parent)
            drafts.append(Path(name))
            locks.append(os.fdopen(handle, "wb"))
            if os.name != "nt":  # Windows neither writes to a locked file nor renames an open one
                lock_file(locks[-1])
            else:
                locks[-1].close()
        yield drafts
        mode = 0o666 & ~_umask()
        for draft in drafts:
            draft.chmod(mode)
        for draft, target in zip(drafts, targets):
            draft.replace(target)
    finally:
        for lock in locks:
            lock.close()
        for draft in drafts:
            with suppress(OSError):
                draft.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Remove drafts whose process is gone."""
    for draft in folder.glob(f".*{DRAFT}*"):
        if forsaken(draft):
            with suppress(OSError):
                draft.unlink()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
