"""Files kept from one render to the next: named by what they hold, checked before use, and limited in size."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from scenes.voice.speech import cache_folder

# Lossless frames of four minutes of a turning surface at 1080p60, or of an hour of a plain plot.
MOST_BYTES = 4_000_000_000
DRAFT = ".draft-"
_BLOCK = 1 << 20


class Kept(NamedTuple):
    """A file of the cache. used: when it was last used, in nanoseconds."""

    path: Path
    size: int
    used: int


class Cache:
    """A folder of files `<key>.<digest>`: the digest covers key and content, so that no damage goes unnoticed.

    It never stops a render: if it cannot be read or written, the render goes on as if it were empty.
    """

    def __init__(self, folder: Path | None = None, most_bytes: int = MOST_BYTES) -> None:
        self.folder = folder or cache_folder() / "pieces"
        self.most_bytes = most_bytes
        self.places = {kept.path.name.partition(".")[0]: kept.path for kept in self.contents()}

    def fetch(self, key: str, target: Path) -> bool:
        """Put the file called `key` at `target`; False if there is none, or if it has been damaged."""
        place = self.places.get(key)
        if place is None:
            return False
        try:
            _link_or_copy(place, target)
            sound = _digest(key, target) == place.name.partition(".")[2]
        except OSError:  # not ours to read, or no room for a copy
            sound = None
        if sound:
            with suppress(OSError):
                os.utime(place)
            return True
        self.places.pop(key)
        with suppress(OSError):
            target.unlink(missing_ok=True)
        if sound is False:
            with suppress(OSError):
                place.unlink(missing_ok=True)
        return False

    def keep(self, key: str, source: Path) -> None:
        """Keep the finished file at `source`, which nobody may change any more. It appears by one rename."""
        place = self.folder / f"{key}.{_digest(key, source)}"
        draft = self.folder / f"{DRAFT}{uuid4().hex}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _link_or_copy(source, draft)
            os.utime(draft)
            draft.replace(place)
            self.places[key] = place
        except OSError:
            pass
        finally:
            with suppress(OSError):
                draft.unlink(missing_ok=True)  # a rename between two names of one file leaves both

    def trim(self) -> None:
        """Remove the least recently used files until the rest is within bounds."""
        contents = sorted(self.contents(), key=lambda kept: kept.used)
        excess = sum(kept.size for kept in contents) - self.most_bytes
        for kept in contents:
            if excess <= 0:
                break
            with suppress(OSError):
                kept.path.unlink()
                excess -= kept.size

    def contents(self) -> list[Kept]:
        """All files, including drafts of killed runs."""
        found = []
        try:
            for entry in os.scandir(self.folder):
                with suppress(OSError):
                    if entry.is_file(follow_symlinks=False):
                        status = entry.stat(follow_symlinks=False)
                        found.append(Kept(Path(entry.path), status.st_size, status.st_mtime_ns))
        except OSError:
            return found
        return found


def clear_all(folder: Path | None = None) -> int:
    """Remove everything that is kept, speech included; returns the number of bytes.

    What a render adds at the same time may stay. Raises OSError if a file cannot be removed.
    """
    removed, folder = 0, folder or cache_folder()
    for place, folders, files in _walk(folder):
        for name in files:
            with suppress(FileNotFoundError):  # another has just removed it
                size = (place / name).lstat().st_size
                (place / name).unlink()
                removed += size
        for name in folders:
            with suppress(OSError):  # it is in use again
                (place / name).rmdir()
    with suppress(OSError):
        folder.rmdir()
    return removed


def folder_size(folder: Path | None = None) -> int:
    """Total size of all files under the cache folder, in bytes. Raises OSError if it cannot be read."""
    size = 0
    for place, _, files in _walk(folder or cache_folder()):
        for name in files:
            with suppress(FileNotFoundError):
                size += (place / name).lstat().st_size
    return size


def _walk(folder: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    """All folders below one, the innermost first: path, subfolders, files."""

    def fail(problem: OSError) -> None:
        if not isinstance(problem, FileNotFoundError | NotADirectoryError):
            raise problem

    for place, folders, files in os.walk(folder, topdown=False, onerror=fail):
        yield Path(place), folders, files


def _link_or_copy(source: Path, target: Path) -> None:
    """A hard link if the system can make one; otherwise a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _digest(key: str, path: Path) -> str:
    digest = blake2b(key.encode(), digest_size=16)
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
