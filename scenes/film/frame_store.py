"""Lossless frames in a file format of our own, in which each picture is stored as its changes from the one before.

Lossless H.264 takes four times as long to write such pictures and is no smaller (benchmarks/README.md); zstd at its
first level packs them in a third of zlib's time.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
import zstandard
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

MAGIC = b"gdsim frames 2\n"
LEVEL = 1
# Changes this many columns apart become separate areas.
GAP = 96
HEAD = struct.Struct("<HH")
# Top, left, bottom, right of what changed; for how many frames the picture stays; bytes of compressed change.
RECORD = struct.Struct("<HHHHLL")


class Area(NamedTuple):
    """A rectangle of pixels; bottom and right lie just outside."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def part(self) -> tuple[slice, slice]:
        """What to index a picture with."""
        return slice(self.top, self.bottom), slice(self.left, self.right)


class Shot(NamedTuple):
    """A picture, what is new in it (None: nothing, the last one stays longer), and for how many frames it stays.

    pixels: RGBA (height, width, 4), read-only and valid until the next shot.
    """

    pixels: Pixels
    area: Area | None
    frames: int


class Differ:
    """Remembers the last picture and finds what is new in the next."""

    def __init__(self) -> None:
        self.last: NDArray[np.uint32] | None = None

    def changed(self, pixels: Pixels) -> tuple[Area, NDArray[np.uint32]] | None:
        """The smallest rectangle with every changed pixel, and the change (old XOR new) in it; None if nothing changed.

        The first picture is new as a whole.
        """
        now = pixels.view(np.uint32)[..., 0]
        if self.last is None:
            self.last = now.copy()
            return Area(0, 0, *now.shape), self.last
        rows = np.flatnonzero(_rows_that_differ(self.last, now))
        if len(rows) == 0:
            return None
        top, bottom = int(rows[0]), int(rows[-1]) + 1
        change = self.last[top:bottom] ^ now[top:bottom]
        columns = np.flatnonzero(np.bitwise_or.reduce(change, axis=0))
        area = Area(top, int(columns[0]), bottom, int(columns[-1]) + 1)
        self.last[area.part] = now[area.part]
        return area, change[:, area.left : area.right]

    def parts(self, change: tuple[Area, NDArray[np.uint32]]) -> list[Area]:
        """The change, split at unchanged columns: a ball on the left and a number on the right are two areas."""
        (top, left, _, _), content = change
        columns = np.flatnonzero(np.bitwise_or.reduce(content, axis=0))
        groups = np.split(columns, np.flatnonzero(np.diff(columns) > GAP) + 1)
        found = []
        for group in groups:
            first, last = int(group[0]), int(group[-1]) + 1
            rows = np.flatnonzero(np.bitwise_or.reduce(content[:, first:last], axis=1))
            found.append(Area(top + int(rows[0]), left + first, top + int(rows[-1]) + 1, left + last))
        return found

    def follow(self, pixels: Pixels, area: Area) -> None:
        """Take over a picture whose changes are known."""
        assert self.last is not None
        self.last[area.part] = pixels.view(np.uint32)[..., 0][area.part]


def _rows_that_differ(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """(height,): whether a row differs; if the width is even, two pixels are compared at a time."""
    if one.shape[1] % 2:
        return (one != other).any(axis=1)
    return (one.view(np.uint64) != other.view(np.uint64)).any(axis=1)


class FrameStoreWriter:
    """Writes shots into a file."""

    def __init__(self, path: Path, width: int, height: int) -> None:
        self.file: BinaryIO = path.open("wb")
        self.file.write(MAGIC + HEAD.pack(width, height))
        self.packer = zstandard.ZstdCompressor(LEVEL)
        self.pending: tuple[Area, bytes] | None = None
        self.stays = 0

    def write(self, change: tuple[Area, NDArray[np.uint32]] | None, frames: int) -> None:
        """Write the next picture as a Differ saw it; if nothing is new, the last one stays longer."""
        if change is not None:
            self._flush()
            area, content = change
            self.pending = area, self.packer.compress(np.ascontiguousarray(content).data)
        self.stays += frames

    def _flush(self) -> None:
        if self.pending is not None:
            area, content = self.pending
            self.file.write(RECORD.pack(*area, self.stays, len(content)) + content)
        self.pending, self.stays = None, 0

    def close(self) -> None:
        """Finish the file."""
        self._flush()
        self.file.close()

    def abort(self) -> None:
        """Close the file without finishing it."""
        self.file.close()


def read_store(path: Path) -> Iterator[Shot]:
    """The shots of a file; one picture is in memory at a time."""
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise RuntimeError(f"{path} holds no frames of ours")
        width, height = HEAD.unpack(file.read(HEAD.size))
        picture = np.zeros((height, width), dtype=np.uint32)
        unpacker = zstandard.ZstdDecompressor()
        while head := file.read(RECORD.size):
            *edges, frames, length = RECORD.unpack(head)
            area = Area(*edges)
            content = np.frombuffer(unpacker.decompress(file.read(length)), dtype=np.uint32)
            picture[area.part] ^= content.reshape(area.bottom - area.top, area.right - area.left)
            yield Shot(picture.view(np.uint8).reshape(height, width, 4), area, frames)


def read_film(stores: Sequence[Path]) -> Iterator[Shot]:
    """The shots of a whole film; across two stores, too, only changes count as new."""
    differ = Differ()
    for store in stores:
        for index, (pixels, area, frames) in enumerate(read_store(store)):
            if index == 0:
                change = differ.changed(pixels)
                yield Shot(pixels, change[0] if change else None, frames)
            else:
                assert area is not None
                differ.follow(pixels, area)
                yield Shot(pixels, area, frames)
