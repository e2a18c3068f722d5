"""The picture for the encoder: what is new is converted, as if all of it were."""

from __future__ import annotations

import av
import numpy as np
from av.video.reformatter import Colorspace
from hypothesis import given
from hypothesis import strategies as st

from scenes.film.frame_store import Area
from scenes.film.picture import Picture


def planes(frame: av.VideoFrame) -> list[np.ndarray]:
    """The pixels of each plane, without what pads its lines."""
    views = [np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size) for plane in frame.planes]
    return [view[: plane.height, : plane.width].copy() for view, plane in zip(views, frame.planes)]


@given(st.data())
def test_converting_what_is_new_is_converting_the_whole(data):
    """After any changes in any areas the picture is, to the bit, what converting all of it gives."""
    width, height = 2 * data.draw(st.integers(8, 70)), 2 * data.draw(st.integers(8, 50))
    generator = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    pixels = generator.integers(0, 256, (height, width, 4), dtype=np.uint8)
    picture = Picture(width, height)
    picture.update(pixels, Area(0, 0, height, width))
    for _ in range(data.draw(st.integers(1, 3))):
        top, left = data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))
        area = Area(top, left, data.draw(st.integers(top + 1, height)), data.draw(st.integers(left + 1, width)))
        pixels[area.part] = generator.integers(0, 256, pixels[area.part].shape, dtype=np.uint8)
        picture.update(pixels, area)
    whole = av.VideoFrame.from_ndarray(pixels, format="rgba")
    whole = whole.reformat(format="yuv420p", dst_colorspace=Colorspace.ITU709)

    for ours, expected in zip(planes(picture.frame), planes(whole), strict=True):
        assert np.array_equal(ours, expected)
