"""An animated WebP from lossless frames, block by block: only changes are written, held frames are merged. It loops.

Each block is a small lossless picture in the film's palette. On drawings that is smaller than WebP's lossy kind, flat
colours stay flat, and what does not move cannot crawl (benchmarks/README.md).
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
from PIL import Image

from scenes.film.frame_store import Area, Pixels, Shot
from scenes.film.palette import Colours, Mapper
from scenes.film.screen import Screen

MILLISECONDS = 1000
MOST_COLOURS = 255
LONGEST_DELAY = 0xFFFFFF
# Slower settings of the encoder take up to a hundred times as long to save two per cent.
QUALITY, METHOD = 50, 3
_ANIMATION, _ALPHA = 0x02, 0x10
_NO_BLENDING = 0x02
_NOTHING = np.zeros((1, 1, 4), np.uint8)


class Block(NamedTuple):
    """A rectangle to lay over the picture, and whether its transparent pixels keep what is there."""

    pixels: Pixels
    area: Area
    blended: bool


def write_shots(shots: Iterable[Shot], palette: Colours, fps: int, target: Path) -> None:
    """Write pictures in a palette of at most MOST_COLOURS to a file; one of them is in memory at a time.

    A delay is in whole milliseconds; at any frame rate, each frame begins at the millisecond nearest to its time.
    """
    mapper, screen = Mapper(palette), Screen(grain=2)
    table = np.zeros((256, 4), np.uint8)
    table[: len(palette), :3], table[: len(palette), 3] = palette, 255
    with target.open("w+b") as file:
        writer: _Writer | None = None
        for pixels, area, frames in shots:
            if writer is None:
                writer = _Writer(file, pixels.shape[1], pixels.shape[0], fps)
            change = None if area is None else screen.change(mapper.numbers(pixels[area.part]), area)
            if change is not None:
                writer.show(Block(table[change.numbers], change.area, change.see_through))
            writer.wait(frames)
        _finish(writer)


def write_clear_shots(shots: Iterable[Shot], fps: int, target: Path) -> None:
    """Write pictures with a transparent background, every level of red, green, blue and alpha as it was drawn."""
    with target.open("w+b") as file:
        writer: _Writer | None = None
        for pixels, area, frames in shots:
            if writer is None:
                writer = _Writer(file, pixels.shape[1], pixels.shape[0], fps)
            if area is not None:
                area = Area(area.top // 2 * 2, area.left // 2 * 2, area.bottom, area.right)
                writer.show(Block(pixels[area.part].copy(), area, False))
            writer.wait(frames)
        _finish(writer)


def webp_seconds(path: Path) -> float:
    """The length of one loop of an animated WebP, in seconds, read from its blocks."""
    total = 0
    with path.open("rb") as file:
        file.seek(12)
        while head := file.read(8):
            name, length = struct.unpack("<4sL", head)
            if name == b"ANMF":
                total += int.from_bytes(file.read(16)[12:15], "little")
                length -= 16
            file.seek(length + (length & 1), io.SEEK_CUR)
    return total / MILLISECONDS


def _finish(writer: _Writer | None) -> None:
    if writer is None:
        raise ValueError("a WebP needs at least one frame")
    writer.close()


class _Writer:
    """The file, chunk by chunk (RIFF); a block is written when it is known how long it stays."""

    def __init__(self, file: BinaryIO, width: int, height: int, fps: int) -> None:
        self.file, self.fps = file, fps
        self.pending: Block | None = None
        self.frame, self.clock = 0, 0
        file.write(b"RIFF\0\0\0\0WEBP")
        self._chunk(b"VP8X", struct.pack("<L", _ANIMATION | _ALPHA) + _three(width - 1) + _three(height - 1))
        self._chunk(b"ANIM", struct.pack("<LH", 0, 0))  # transparent background; loops for ever

    def show(self, block: Block) -> None:
        """Show this block from now on."""
        self._flush()
        self.pending = block

    def wait(self, frames: int) -> None:
        """Let the picture stay for this many more frames."""
        self.frame += frames

    def close(self) -> None:
        """Finish the file and write its length into its header."""
        self._flush()
        length = self.file.tell() - 8
        self.file.seek(4)
        self.file.write(struct.pack("<L", length))

    def _flush(self) -> None:
        """Write the pending block; if it stays longer than one delay can express, an empty one follows."""
        block, self.pending = self.pending, None
        if block is None:
            return
        until = (2 * MILLISECONDS * self.frame + self.fps) // (2 * self.fps)
        left, self.clock = until - self.clock, until
        while True:
            self._block(block, min(left, LONGEST_DELAY))
            left -= LONGEST_DELAY
            if left <= 0:
                return
            block = Block(_NOTHING, Area(0, 0, 1, 1), True)

    def _block(self, block: Block, delay: int) -> None:
        height, width = block.pixels.shape[:2]
        head = _three(block.area.left // 2) + _three(block.area.top // 2) + _three(width - 1) + _three(height - 1)
        head += _three(delay) + bytes([0 if block.blended else _NO_BLENDING])
        self._chunk(b"ANMF", head + _compressed(block.pixels))

    def _chunk(self, name: bytes, content: bytes) -> None:
        self.file.write(name + struct.pack("<L", len(content)) + content + b"\0" * (len(content) & 1))


def _three(number: int) -> bytes:
    return number.to_bytes(3, "little")


def _compressed(pixels: Pixels) -> bytes:
    """The chunk of pixels, taken from a WebP that Pillow makes of a picture."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "WEBP", lossless=True, quality=QUALITY, method=METHOD)
    content, at = file.getvalue(), 12
    while content[at : at + 4] != b"VP8L":
        (length,) = struct.unpack_from("<L", content, at + 4)
        at += 8 + length + (length & 1)
    (length,) = struct.unpack_from("<L", content, at + 4)
    return content[at : at + 8 + length + (length & 1)]
