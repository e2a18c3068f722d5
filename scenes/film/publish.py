"""Publishing files: each appears whole, by one rename, or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from scenes.film.scratch_dir import scratch_dir

DRAFT = ".gdsim-draft-"
# The files next to a target have its name and an ending of at most this length.
LONGEST_ENDING = ".transcript.md"


class TargetError(ValueError):
    """A file cannot be written to its path; the text says why and what would work."""


def check_target(path: Path) -> None:
    """Make sure that a file can be written to `path` before any work is done; a missing folder is created.

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
    """Check a target after its links have been followed. Raises TargetError, or OSError."""
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
    """Drafts next to their targets: on success each takes its target's place, on an error all are removed.

    They are in a hidden folder that stays locked while this process works there, whatever writes and renames in it:
    what a killed process left is removed, what another one is writing stays.
    A target that is a symbolic link stays one: the file that it points to is replaced.
    """
    targets = [Path(os.path.realpath(target)) for target in targets]
    with ExitStack() as stack:
        folders = {
            parent: stack.enter_context(scratch_dir(parent, DRAFT))
            for parent in dict.fromkeys(target.parent for target in targets)
        }
        drafts = [folders[target.parent] / f"{number}{target.suffix}" for number, target in enumerate(targets)]
        yield drafts
        for draft, target in zip(drafts, targets):
            draft.replace(target)
