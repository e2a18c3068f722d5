"""The least a film can take: its frames, already in memory, through the same encoder on all cores; prints seconds.

`floor.py` draws the loop of the parabola at 1080p60 into memory first (4 GB), which is not counted. Then it encodes
once for every line on standard input, in as many processes as stands there. "2 told": as in our films, where it is
known what of a picture is new, and which pictures stay. "2 whole": each frame is converted and encoded as a whole.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import av
from av.video.reformatter import Colorspace, VideoReformatter

sys.path.insert(0, str(Path(__file__).parents[2]))

from scenes.film.draw import stage
from scenes.film.encoding import encoding
from scenes.film.frame_store import Area, Differ, Pixels
from scenes.film.pieces import Piece, cut
from scenes.film.render import told
from scenes.film.video import VideoSink
from scenes.spec import RenderSpec

SPEC = RenderSpec("parabola", width=1920, height=1080, fps=60, cut="loop")
Shots = list[tuple[Pixels, list[Area], int]]


class Memory:
    """A sink that keeps a piece's pictures and what of each is new."""

    def __init__(self, shots: Shots) -> None:
        self.shots, self.differ = shots, Differ()

    def write(self, pixels: Pixels, frames: int) -> None:
        """Keep a picture; one that is as before is not kept twice."""
        change = self.differ.changed(pixels)
        picture = self.shots[-1][0] if change is None else pixels.copy()
        self.shots.append((picture, self.differ.parts(change) if change else [], frames))

    def close(self) -> None:
        """All is kept."""

    def abort(self) -> None:
        """Nothing to let go of."""


def drawn() -> dict[Piece, Shots]:
    """Every piece's pictures."""
    kept: dict[Piece, Shots] = {}
    pieces = cut(told(SPEC).beats, SPEC.fps)
    with stage(SPEC) as (scene, renderer):
        renderer.writer.plan(pieces, lambda piece: Memory(kept.setdefault(piece, [])))
        scene.render()
        renderer.writer.finish()
    return kept


def encode(film: dict[Piece, Shots], waiting: Any, start: Any, folder: Path, way: str) -> None:
    """Take pieces, largest first, until none is left."""
    start.wait()
    while True:
        with waiting.get_lock():
            number = waiting.value
            waiting.value += 1
        if number >= len(film):
            return
        piece = sorted(film, key=lambda one: -one.frames)[number]
        WAYS[way](film[piece], folder / f"{piece.number}.mp4")


def encode_told(shots: Shots, target: Path) -> None:
    """What is new is converted, what stays is repeated."""
    sink = VideoSink(target, SPEC, encoding("mp4", SPEC))
    for pixels, areas, frames in shots:
        sink.write(pixels, areas, frames)
    sink.close()


def encode_whole(shots: Shots, target: Path) -> None:
    """The same settings, and every frame from its pixels."""
    settings = encoding("mp4", SPEC)
    with av.open(str(target), "w", format=settings.container) as container:
        stream = container.add_stream(settings.codec, rate=SPEC.fps, options=settings.options)
        stream.width, stream.height, stream.pix_fmt = SPEC.width, SPEC.height, settings.pixel_format
        converter = VideoReformatter()
        for pixels, _, frames in shots:
            for _ in range(frames):
                frame = av.VideoFrame.from_ndarray(pixels, format="rgba")
                container.mux(
                    stream.encode(
                        converter.reformat(
                            frame, format=settings.pixel_format, dst_colorspace=Colorspace.ITU709, threads=1
                        )
                    )
                )
        container.mux(stream.encode(None))


WAYS = {"told": encode_told, "whole": encode_whole}


def main() -> None:
    """Print the seconds of each round."""
    film = drawn()
    context = multiprocessing.get_context("fork")  # the frames are shared, not copied
    print("ready", flush=True)
    for line in sys.stdin:
        count, way = line.split()
        with tempfile.TemporaryDirectory() as folder:
            waiting, start = context.Value("i", 0), context.Event()
            workers = [
                context.Process(target=encode, args=(film, waiting, start, Path(folder), way))
                for _ in range(int(count))
            ]
            for worker in workers:
                worker.start()
            began = time.perf_counter()
            start.set()
            for worker in workers:
                worker.join()
            print(time.perf_counter() - began, flush=True)


if __name__ == "__main__":
    main()
