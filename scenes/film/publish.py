"""A file appears whole, by one rename, or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from scenes.film.scratch_dir import forsaken, lock_file

DRAFT = ".gdsim-draft-"
# What stands beside a target is called by its name and an ending of at most this length.
LONGEST_ENDING = ".transcript.md"
# A draft's name begins as its target's does, for people; not with all of it, since names have a limit.
LONGEST_STEM = 40


class TargetError(ValueError):
    """The place named for a file cannot take one; the text says why and what would work."""


def check_target(path: Path) -> None:
    """Make sure that a file can be put at `path`, before any work is done; its folder is made where it is missing.

    A symbolic link is followed. Raises TargetError.
    """
    try:
        str(path).encode()
    except UnicodeEncodeError:
        raise TargetError(f"an output's name must be UTF-8, got {path}; film{path.suffix} works") from None
    try:
        _check_place(Path(os.path.realpath(path)), path)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            size = len(os.fsencode(path.name))
            raise TargetError(f"an output's name of {size} bytes is too long; film{path.suffix} works") from None
        raise TargetError(f"cannot write {path}: {_reason(error)}; a folder of your own works") from None


def _check_place(place: Path, named: Path) -> None:
    """Check where a target lies in truth. Raises TargetError, or OSError."""
    folder = place.parent
    if place.is_dir():
        raise TargetError(f"an output is a file, {named} is a folder; {named / 'film.mp4'} works")
    if place.exists() and not place.is_file():
        raise TargetError(f"an output is a file, {named} is a pipe or a device; film{named.suffix} works")
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
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".", suffix=f"-{place.name}{LONGEST_ENDING}"):
            pass
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise
        raise TargetError(f"cannot call a file {named.name}: {_reason(error)}; film{named.suffix} works") from None


def _not_a_folder(folder: Path) -> Path:
    """The part of the path that is in the way."""
    return next((part for part in (folder, *folder.parents) if part.exists() and not part.is_dir()), folder)


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


@contextmanager
def publishing(targets: Sequence[Path]) -> Iterator[list[Path]]:
    """Drafts beside their targets; on leaving well each takes its target's place, on an error all vanish.

    A target that is a symbolic link stays one: what it leads to is replaced.
    A draft is locked as long as this process lives: what a killed one left beside a target is swept here.
    """
    drafts: list[Path] = []
    locks: list[BinaryIO] = []
    targets = [Path(os.path.realpath(target)) for target in targets]
    try:
        for target in targets:
            _sweep(target.parent)
            handle, name = tempfile.mkstemp(
                prefix=f".{target.stem[:LONGEST_STEM]}{DRAFT}", suffix=target.suffix, dir=target.parent
            )
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
