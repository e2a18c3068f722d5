"""Pictures that show the last one again in VP9: a byte each, to the bit, for as long as they are to stay."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from scenes.film.encoding import encoding
from scenes.film.frame_store import Area
from scenes.film.packet import Packet
from scenes.film.repeats_vp9 import repeats, shown_frame, slots
from scenes.film.video import SETTLED, VideoSink
from scenes.spec import RenderSpec


def film_of(path: Path, moving: int, resting: int, transparent: bool = False) -> list[int]:
    """Encode a square that moves for some frames and then rests; returns the sizes of the packets."""
    spec = RenderSpec("parabola", width=160, height=90, fps=30, transparent=transparent)
    sink = VideoSink(path, spec, encoding("webm", spec))
    pixels = np.random.default_rng(7).integers(0, 256, (90, 160, 4), dtype=np.uint8)
    for frame in range(moving):
        pixels[4:40, 2 * frame : 2 * frame + 36] = 255 - 7 * frame % 256
        sink.write(pixels, [Area(0, 0, 90, 160)], 1 if frame < moving - 1 else 1 + resting)
    sink.close()
    with av.open(str(path)) as film:
        return [packet.size for packet in film.demux(video=0) if packet.pts is not None]


def shown(path: Path) -> list[np.ndarray]:
    """Every decoded picture."""
    with av.open(str(path)) as film:
        return [frame.to_ndarray() for frame in film.decode(video=0)]


@pytest.mark.parametrize("moving", [1, 2, 5, 9, 26, 40])
def test_a_rest_is_the_last_picture_to_the_bit(moving, tmp_path):
    """All frames are there; from where the encoder is not asked any more they are equal, and a byte each."""
    sizes = film_of(tmp_path / "film.webm", moving, 60)
    pictures = shown(tmp_path / "film.webm")

    assert len(pictures) == len(sizes) == moving + 60
    settled = moving - 1 + SETTLED
    assert sizes[settled:] == [1] * (61 - SETTLED)
    assert min(sizes[:settled]) > 1
    assert all(np.array_equal(one, other) for one, other in pairwise(pictures[settled - 1 :]))
    square = pictures[-1][8:36, 2 * moving + 2 : 2 * moving + 30]
    assert abs(square.mean() - (16 + (255 - 7 * (moving - 1) % 256) * 219 / 255)) < 6


def test_a_picture_that_is_see_through_is_encoded_each_time(tmp_path):
    """Its alpha is a stream of its own, which a repeat would leave out."""
    sizes = film_of(tmp_path / "film.webm", 3, 40, transparent=True)

    assert len(sizes) == 43
    assert min(sizes) > 1


def bits(*fields: tuple[int, int]) -> bytes:
    """Fields (value, bits) as bytes, filled up with zeros to eight of them."""
    text = "".join(f"{value:0{count}b}" for value, count in fields)
    return int(text.ljust(64, "0"), 2).to_bytes(8, "big")


INTER = ((2, 2), (0, 2), (0, 1), (1, 1), (1, 1), (0, 1), (0, 2))


def test_the_slots_are_read_off_the_head():
    """A key frame fills all slots, an inter frame those of its mask, and a frame that shows one leaves it there."""
    assert slots(bits((2, 2), (0, 2), (0, 1), (0, 1), (1, 1), (0, 1))) == 0xFF
    assert slots(bits(*INTER, (0b0010_0100, 8))) == 0b0010_0100
    assert slots(bits((2, 2), (0, 2), (0, 1), (1, 1), (1, 1), (1, 1), (5, 8))) == 5
    assert slots(bits((2, 2), (0, 2), (1, 1), (6, 3))) == 1 << 6


@pytest.mark.parametrize(
    ("packet", "what"),
    [
        (bits((1, 2)), "VP9 of profile 0"),
        (bits((2, 2), (1, 2)), "VP9 of profile 0"),
        (bits((2, 2), (0, 2), (0, 1), (1, 1), (0, 1), (0, 1)), "a last picture that is shown"),
        (bits(*INTER, (0, 8)), "a last picture that is kept"),
    ],
)
def test_a_picture_that_cannot_be_shown_again_is_refused(packet, what):
    """Rather an error than another picture."""
    with pytest.raises(ValueError, match=f"repeats are written for streams with {what}"):
        list(repeats([Packet(0, packet)], b"", 1))


def test_a_superframe_shows_its_last_frame():
    """Hidden frames come first; sizes and number stand at the end, between two equal bytes."""
    hidden, last = b"\x82" * 300, bits(*INTER, (4, 8))
    mark = bytes([0b110_01_001])  # sizes of two bytes, two frames
    index = mark + (300).to_bytes(2, "little") + len(last).to_bytes(2, "little") + mark

    assert shown_frame(hidden + last + index) == last
    assert shown_frame(last) == last
    assert list(repeats([Packet(0, hidden + last + index)], b"", 2)) == [bytes([0x88 | 2])] * 2
