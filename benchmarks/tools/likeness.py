"""How like two films are: SSIM by libav's own filter, over red, green and blue; 1 is the same."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import av
import numpy as np
from av.filter import Graph
from numpy.typing import NDArray

Picture = NDArray[np.uint8]


class Likeness:
    """The mean SSIM of pairs of RGB pictures (height, width, 3); a pair that was just seen costs nothing."""

    def __init__(self, width: int, height: int) -> None:
        self.graph = Graph()
        self.sources = [
            self.graph.add_buffer(width=width, height=height, format="gbrp", time_base=Fraction(1, 25))
            for _ in range(2)
        ]
        ssim, self.sink = self.graph.add("ssim"), self.graph.add("buffersink")
        for place, source in enumerate(self.sources):
            source.link_to(ssim, 0, place)
        ssim.link_to(self.sink)
        self.graph.configure()
        self.number = 0
        self.total = 0.0
        self.frames = 0
        self.last = 0.0

    def add(self, one: Picture, other: Picture, frames: int = 1) -> None:
        """Compare two pictures that stand for `frames` frames."""
        for source, pixels in zip(self.sources, (one, other)):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels[..., :3]), format="rgb24")
            frame = frame.reformat(format="gbrp")
            frame.pts, frame.time_base = self.number, Fraction(1, 25)
            source.push(frame)
        self.number += 1
        self.last = float(self.sink.pull().metadata["lavfi.ssim.All"])
        self.again(frames)

    def again(self, frames: int) -> None:
        """The last pair stays for so many frames more."""
        self.total += self.last * frames
        self.frames += frames

    @property
    def mean(self) -> float:
        """The mean over all frames."""
        return self.total / self.frames


def likeness(pairs: Iterable[tuple[Picture, Picture]]) -> float:
    """The mean SSIM of pairs of pictures."""
    measure: Likeness | None = None
    for one, other in pairs:
        measure = measure or Likeness(one.shape[1], one.shape[0])
        measure.add(one, other)
    if measure is None:
        raise ValueError("there is nothing to compare")
    return measure.mean
