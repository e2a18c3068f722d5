"""A file appears whole, by one rename, or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from scenes.film.scratch_dir import scratch_dir

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

    They lie in a hidden folder that is locked as long as this process works there, whatever writes and renames in it:
    what a killed process left is swept here, what another one is writing stays.
    """
    with ExitStack() as stack:
        folders = {
            parent: stack.enter_context(scratch_dir(parent, DRAFT))
            for parent in dict.fromkeys(target.parent for target in targets)
        }
        drafts = [folders[target.parent] / f"{number}{target.suffix}" for number, target in enumerate(targets)]
        yield drafts
        for draft, target in zip(drafts, targets):
            draft.replace(target)
