"""A GIF from lossless frames: one palette for the whole film, only what changes written, held frames merged."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import av
import av.filter
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
CENTISECOND = Fraction(1, 100)


class Held(NamedTuple):
    """A picture and how many frames it stays."""

    pixels: Pixels
    frames: int


def held_frames(segments: list[Path]) -> Iterator[Held]:
    """The film's frames, RGB (height, width, 3), with equal neighbours merged; one frame in memory at a time."""
    previous: Pixels | None = None
    count = 0
    for path in segments:
        with av.open(str(path)) as part:
            for frame in part.decode(video=0):
                pixels = frame.to_ndarray(format="rgb24")
                if previous is not None and np.array_equal(previous, pixels):
                    count += 1
                    continue
                if previous is not None:
                    yield Held(previous, count)
                previous, count = pixels, 1
    if previous is not None:
        yield Held(previous, count)


def write_gif(segments: list[Path], fps: int, target: Path) -> None:
    """Two passes over the frames: the palette, then the pictures. It plays for ever.

    fps: divides 100, since a GIF's delays are whole hundredths of a second.
    """
    palette = _palette(segments)
    options = {"loop": "0", "fflags": "+bitexact"}
    with av.open(str(target), "w", format="gif", options=options) as film:
        painter: _Painter | None = None
        stream = None
        clock = 0
        for held in held_frames(segments):
            if painter is None or stream is None:
                height, width = held.pixels.shape[:2]
                painter = _Painter(palette, width, height)
                stream = film.add_stream("gif", rate=Fraction(100, 1))
                stream.width, stream.height, stream.pix_fmt = width, height, "pal8"
                stream.codec_context.time_base = CENTISECOND
            picture = painter.paint(held.pixels, clock)
            delay = held.frames * 100 // fps
            for packet in stream.encode(picture):
                packet.duration = delay
                film.mux(packet)
            clock += delay


def _palette(segments: list[Path]) -> av.VideoFrame:
    """The 256 colours that serve the whole film best."""
    graph = av.filter.Graph()
    source = None
    for held in held_frames(segments):
        frame = av.VideoFrame.from_ndarray(held.pixels, format="rgb24")
        if source is None:
            source = graph.add_buffer(
                width=frame.width, height=frame.height, format=frame.format, time_base=CENTISECOND
            )
            maker, sink = graph.add("palettegen", "stats_mode=full:reserve_transparent=1"), graph.add("buffersink")
            source.link_to(maker)
            maker.link_to(sink)
            graph.configure()
        source.push(frame)
    if source is None:
        raise ValueError("a GIF needs at least one frame")
    source.push(None)
    return sink.pull()


class _Painter:
    """Frames in the palette's colours."""

    def __init__(self, palette: av.VideoFrame, width: int, height: int) -> None:
        graph = self.graph = av.filter.Graph()
        self.frames = graph.add_buffer(width=width, height=height, format="rgb24", time_base=CENTISECOND)
        self.palette = graph.add_buffer(width=16, height=16, format="bgra", time_base=CENTISECOND)
        user = graph.add("paletteuse", "dither=none:diff_mode=rectangle")
        self.sink = graph.add("buffersink")
        self.frames.link_to(user, 0, 0)
        self.palette.link_to(user, 0, 1)
        user.link_to(self.sink)
        graph.configure()
        palette.pts = 0
        self.palette.push(palette)
        self.palette.push(None)

    def paint(self, pixels: Pixels, clock: int) -> av.VideoFrame:
        """RGB (height, width, 3) -> a frame of palette indices, shown from `clock` hundredths on."""
        frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
        frame.pts, frame.time_base = clock, CENTISECOND
        self.frames.push(frame)
        picture = self.sink.pull()
        picture.pts, picture.time_base = clock, CENTISECOND
        return picture
