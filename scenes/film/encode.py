"""Frames to streams: which settings (pure), and the sinks that use them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
from av.video.reformatter import Colorspace
from numpy.typing import NDArray

from scenes.film.spec import RenderSpec

Pixels = NDArray[np.uint8]


class Encoding(NamedTuple):
    """How a stream is encoded: codec, pixel format, codec options, container."""

    codec: str
    pixel_format: str
    options: dict[str, str]
    container: str


def film_encoding(spec: RenderSpec) -> Encoding:
    """H.264 that every player and browser shows.

    One thread a process: the bytes must not depend on the machine's cores. Flat, sharp pictures gain
    nothing from slower presets. The colour tags say BT.709, so that the theme's colours come out right.
    """
    options = {
        "preset": "veryfast",
        "crf": "20",
        "tune": "animation",
        "threads": "1",
        "g": str(5 * spec.fps),
        "x264-params": "colorprim=bt709:transfer=bt709:colormatrix=bt709:fullrange=off",
    }
    return Encoding("libx264", "yuv420p", options, "mp4")


def lossless_encoding() -> Encoding:
    """Every pixel as it was drawn, for what is made from the frames later."""
    return Encoding("libx264rgb", "rgb24", {"preset": "ultrafast", "qp": "0", "threads": "1"}, "matroska")


class SegmentSink:
    """One beat's frames, encoded into a file of its own that can be joined to others."""

    def __init__(self, path: Path, spec: RenderSpec, encoding: Encoding) -> None:
        self.path, self.encoding = path, encoding
        options = {"fflags": "+bitexact"}
        self.container = av.open(str(path), "w", format=encoding.container, options=options)
        self.stream = self.container.add_stream(encoding.codec, rate=spec.fps, options=encoding.options)
        self.stream.width, self.stream.height = spec.width, spec.height
        self.stream.pix_fmt = encoding.pixel_format
        self.stream.codec_context.time_base = Fraction(1, spec.fps)
        self.stream.codec_context.flags |= av.codec.context.Flags.bitexact | av.codec.context.Flags.closed_gop
        self.written = 0

    def write(self, pixels: Pixels, repeat: int) -> None:
        """Encode an RGBA frame `repeat` times."""
        picture = av.VideoFrame.from_ndarray(pixels, format="rgba")
        if self.encoding.pixel_format == "rgb24":
            picture = picture.reformat(format="rgb24")
        else:
            picture = picture.reformat(format=self.encoding.pixel_format, dst_colorspace=Colorspace.ITU709)
        for _ in range(repeat):
            picture.pts = self.written
            picture.time_base = Fraction(1, self.stream.codec_context.framerate)
            self.container.mux(self.stream.encode(picture))
            self.written += 1

    def close(self) -> None:
        """Flush and finish the file."""
        self.container.mux(self.stream.encode(None))
        self.container.close()

    def abort(self) -> None:
        """Let go of the file; what it holds is not to be used."""
        self.container.close()


def join(segments: list[Path], starts: list[int], fps: int, target: Path) -> None:
    """Segments -> one MP4 without encoding anew.

    starts: the first frame of each segment.
    """
    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    with av.open(str(target), "w", format="mp4", options=options) as film:
        stream = None
        for path, start in zip(segments, starts):
            with av.open(str(path)) as part:
                source = part.streams.video[0]
                if stream is None:
                    stream = film.add_stream_from_template(source)
                    stream.time_base = source.time_base
                offset = round(Fraction(start, fps) / source.time_base)
                for packet in part.demux(source):
                    if packet.dts is None:
                        continue
                    packet.pts, packet.dts = packet.pts + offset, packet.dts + offset
                    packet.stream = stream
                    film.mux(packet)
