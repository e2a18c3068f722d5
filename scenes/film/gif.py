"""A GIF from lossless frames: one palette for the film, only what changes written, held frames merged. It loops."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from scenes.film.palette import Colours, Mapper, film_palette
from scenes.film.reel import Area, Shot, read_film

Numbers = NDArray[np.uint8]

HUNDREDTHS = 100
# One place of the table is for "as before".
AS_BEFORE = 255
MOST_COLOURS = 255
LONGEST_DELAY = 0xFFFF
_TABLE = bytes(256 * 3)


def write_gif(reels: Sequence[Path], fps: int, target: Path, colours: int = MOST_COLOURS) -> None:
    """Two passes over the reels: the palette, then the pictures. One picture is in memory at a time.

    fps: divides 100, since a GIF's delays are whole hundredths of a second.
    """
    palette = film_palette(reels, colours)
    write_shots(read_film(reels), palette, HUNDREDTHS // fps, target)


def write_shots(shots: Iterable[Shot], palette: Colours, tick: int, target: Path) -> None:
    """Pictures in a palette, into a file.

    tick: hundredths of a second a frame.
    """
    mapper = Mapper(palette)
    with target.open("wb") as file:
        writer: _Writer | None = None
        for pixels, area, frames in shots:
            if writer is None:
                writer = _Writer(file, palette, pixels.shape[1], pixels.shape[0])
            if area is not None:
                writer.show(mapper.numbers(pixels[area.part]), area)
            writer.wait(frames * tick)
        if writer is None:
            raise ValueError("a GIF needs at least one frame")
        writer.close()


class _Writer:
    """The file, block by block (GIF89a): a picture is written once it is known how long it stays."""

    def __init__(self, file: BinaryIO, palette: Colours, width: int, height: int) -> None:
        self.file = file
        self.screen: Numbers | None = None
        self.shape = height, width
        self.pending: tuple[Numbers, Area, bool] | None = None
        self.delay = 0
        table = palette.tobytes().ljust(len(_TABLE), b"\0")
        file.write(b"GIF89a" + struct.pack("<HHBBB", width, height, 0xF7, 0, 0) + table)
        file.write(b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00")  # for ever

    def show(self, numbers: Numbers, area: Area) -> None:
        """From now on the picture has these numbers in this area; pixels that are as before are written as such."""
        if self.screen is None:
            self.screen = numbers.copy()
            self.pending = numbers, area, False
            return
        differs = numbers != self.screen[area.part]
        rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
        if len(rows) == 0:
            return
        self._flush()
        inner = Area(int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1)
        self.screen[area.part] = numbers
        changed = np.where(differs, numbers, AS_BEFORE)[inner.part].astype(np.uint8)
        outer = Area(area.top + inner.top, area.left + inner.left, area.top + inner.bottom, area.left + inner.right)
        self.pending = changed, outer, True

    def wait(self, hundredths: int) -> None:
        """The picture stays so much longer."""
        self.delay += hundredths

    def close(self) -> None:
        """The end of the file."""
        self._flush()
        self.file.write(b"\x3b")

    def _flush(self) -> None:
        """Write the pending picture; one that stays longer than a delay can say is followed by a pixel as before."""
        if self.pending is None:
            return
        self._block(*self.pending, min(self.delay, LONGEST_DELAY))
        left = self.delay - LONGEST_DELAY
        while left > 0:
            self._block(np.full((1, 1), AS_BEFORE, np.uint8), Area(0, 0, 1, 1), True, min(left, LONGEST_DELAY))
            left -= LONGEST_DELAY
        self.pending, self.delay = None, 0

    def _block(self, numbers: Numbers, area: Area, see_through: bool, delay: int) -> None:
        # Disposal 1: the picture stays, and the next is laid over it.
        control = struct.pack("<BBBBHBB", 0x21, 0xF9, 4, 0x04 | see_through, delay, AS_BEFORE, 0)
        height, width = numbers.shape
        self.file.write(control + b"," + struct.pack("<HHHHB", area.left, area.top, width, height, 0))
        self.file.write(_compressed(numbers))


def _compressed(numbers: Numbers) -> bytes:
    """The LZW data of a picture, cut out of a GIF that Pillow makes of it."""
    picture = Image.frombytes("P", numbers.shape[::-1], np.ascontiguousarray(numbers).tobytes())
    picture.putpalette(_TABLE)
    file = io.BytesIO()
    picture.save(file, "GIF", optimize=False, interlace=0)
    content = file.getvalue()
    at = 13 + (3 << (content[10] & 7) + 1 if content[10] & 0x80 else 0)
    while content[at] == 0x21:  # extensions: label, then blocks up to an empty one
        at += 2
        while content[at]:
            at += 1 + content[at]
        at += 1
    return content[at + 10 : -1]  # after the picture's descriptor, before the file's end
