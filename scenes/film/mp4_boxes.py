"""The boxes of an MP4, as far as we change them: which tracks a player shows by default."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

_HEADER, _LONG_HEADER = 8, 16
# A flag in a track's header (ISO/IEC 14496-12, 8.3.2): the track is played by default.
ENABLED = 1
CAPTIONS = b"sbtl"


class Box(NamedTuple):
    """A box's four letters, and where its content begins and ends in the file."""

    name: bytes
    start: int
    end: int


def boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """The boxes between two positions of a file, one after the other."""
    while start + _HEADER <= end:
        file.seek(start)
        head = file.read(_LONG_HEADER)
        size, content = int.from_bytes(head[:4], "big"), start + _HEADER
        if size == 1:
            size, content = int.from_bytes(head[8:16], "big"), start + _LONG_HEADER
        size = size or end - start  # 0: up to the end of the file
        if size < content - start:
            return
        yield Box(head[4:8], content, min(start + size, end))
        start += size


def disable_captions(path: Path) -> None:
    """Make the captions of the MP4 at `path` a track that players do not show by default.

    The muxer always enables the first track of each kind; this clears that flag.
    """
    with path.open("r+b") as file:
        for track in _tracks(file, path.stat().st_size):
            if _handler(file, track) != CAPTIONS:
                continue
            for header in _inside(file, track, b"tkhd"):
                file.seek(header.start + 3)  # one byte of version, three of flags
                flags = file.read(1)[0]
                file.seek(header.start + 3)
                file.write(bytes([flags & ~ENABLED]))


def _tracks(file: BinaryIO, size: int) -> list[Box]:
    movies = [box for box in boxes(file, 0, size) if box.name == b"moov"]
    return [track for movie in movies for track in _inside(file, movie, b"trak")]


def _handler(file: BinaryIO, track: Box) -> bytes:
    """The kind of the track, in four letters."""
    for media in _inside(file, track, b"mdia"):
        for handler in _inside(file, media, b"hdlr"):
            file.seek(handler.start + 8)
            return file.read(4)
    return b""


def _inside(file: BinaryIO, box: Box, name: bytes) -> list[Box]:
    return [found for found in boxes(file, box.start, box.end) if found.name == name]
