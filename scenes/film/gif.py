"""A GIF from lossless frames: one palette per film, only changes are written, held frames are merged. It loops."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image

from scenes.film.frame_store import Area, Shot
from scenes.film.palette import Colours, Mapper
from scenes.film.screen import AS_BEFORE, Change, Numbers, Screen

HUNDREDTHS = 100
MOST_COLOURS = 255
LONGEST_DELAY = 0xFFFF
NOTHING = Change(np.full((1, 1), AS_BEFORE, np.uint8), Area(0, 0, 1, 1), True)
_TABLE = bytes(256 * 3)


def write_shots(shots: Iterable[Shot], palette: Colours, tick: int, target: Path) -> None:
    """Write pictures in a palette of at most MOST_COLOURS to a file; one of them is in memory at a time.

    tick: hundredths of a second per frame; they are whole, so only rates that divide 100 play evenly.
    """
    mapper = Mapper(palette)
    with target.open("wb") as file:
        writer: GifWriter | None = None
        for pixels, area, frames in shots:
            if writer is None:
                writer = GifWriter(file, palette, pixels.shape[1], pixels.shape[0])
            if area is not None:
                writer.show(mapper.numbers(pixels[area.part]), area)
            writer.wait(frames * tick)
        if writer is None:
            raise ValueError("a GIF needs at least one frame")
        writer.close()


class GifWriter:
    """The file, block by block (GIF89a); a picture is written when it is known how long it stays."""

    def __init__(self, file: BinaryIO, palette: Colours, width: int, height: int) -> None:
        self.file = file
        self.screen = Screen()
        self.pending: Change | None = None
        self.delay = 0
        table = palette.tobytes().ljust(len(_TABLE), b"\0")
        file.write(b"GIF89a" + struct.pack("<HHBBB", width, height, 0xF7, 0, 0) + table)
        file.write(b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00")  # for ever

    def show(self, numbers: Numbers, area: Area) -> None:
        """Show these palette numbers in this area from now on; unchanged pixels are written as transparent."""
        change = self.screen.change(numbers, area)
        if change is not None:
            self._flush()
            self.pending = change

    def wait(self, hundredths: int) -> None:
        """Let the picture stay that much longer."""
        self.delay += hundredths

    def close(self) -> None:
        """The end of the file."""
        self._flush()
        self.file.write(b"\x3b")

    def _flush(self) -> None:
        """Write the pending picture; if it stays longer than one delay can express, an unchanged pixel follows."""
        if self.pending is None:
            return
        self._block(self.pending, min(self.delay, LONGEST_DELAY))
        left = self.delay - LONGEST_DELAY
        while left > 0:
            self._block(NOTHING, min(left, LONGEST_DELAY))
            left -= LONGEST_DELAY
        self.pending, self.delay = None, 0

    def _block(self, change: Change, delay: int) -> None:
        numbers, area, see_through = change
        # Disposal 1: the picture stays, and the next is laid over it.
        control = struct.pack("<BBBBHBB", 0x21, 0xF9, 4, 0x04 | see_through, delay, AS_BEFORE, 0)
        height, width = numbers.shape
        self.file.write(control + b"," + struct.pack("<HHHHB", area.left, area.top, width, height, 0))
        self.file.write(_compressed(numbers))


def _compressed(numbers: Numbers) -> bytes:
    """The LZW data of a picture, taken from a GIF that Pillow makes of it."""
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
