"""Films drawn frame by frame without an encoder, and small ones made by hand."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scenes.film.animation import animate
from scenes.film.draw import stage
from scenes.film.encoding import encoding
from scenes.film.frame_store import Area, Differ, FrameStoreWriter
from scenes.film.join import join
from scenes.film.pieces import Piece
from scenes.film.video import VideoSink
from scenes.spec import RenderSpec

GROUND, LINE = (16, 20, 28), (152, 163, 181)


def picture(place: float, width: int = 96, height: int = 64) -> np.ndarray:
    """RGBA (height, width, 4): flat ground, a line, and a round ball with soft edges and a gradient at `place`."""
    pixels = np.empty((height, width, 4), np.uint8)
    pixels[...] = (*GROUND, 255)
    pixels[height // 2] = (*LINE, 255)
    rows, columns = np.mgrid[:height, :width]
    distance = np.hypot(rows - height / 3, columns - place)
    cover = np.clip(9 - distance, 0, 1)[..., None]
    ball = np.array([255, 193, 69]) - 6 * distance[..., None].clip(0, 9)
    pixels[..., :3] = np.rint(cover * ball + (1 - cover) * pixels[..., :3])
    return pixels


@pytest.fixture
def ball_film() -> list[tuple[np.ndarray, int]]:
    """(picture, how many frames it stays): the ball moves, rests for a second at 20 frames, and moves back."""
    there = [(picture(20 + 2.5 * step), 1) for step in range(12)]
    return [*there, (picture(50), 20), *reversed(there)]


@pytest.fixture
def stores_of(tmp_path):
    """([(picture, frames), …], how many stores) -> paths of stores that hold them."""

    def write(shots: Iterable[tuple[np.ndarray, int]], stores: int = 1) -> list[Path]:
        shots = list(shots)
        paths = []
        for part in range(stores):
            own = shots[len(shots) * part // stores : len(shots) * (part + 1) // stores]
            path = tmp_path / f"{len(list(tmp_path.iterdir())):03d}.store"
            writer, differ = FrameStoreWriter(path, own[0][0].shape[1], own[0][0].shape[0]), Differ()
            for pixels, frames in own:
                writer.write(differ.changed(pixels), frames)
            writer.close()
            paths.append(path)
        return paths

    return write


class Frames:
    """A sink that keeps every frame's pixels under its number."""

    def __init__(self, kept: dict[int, np.ndarray], start: int) -> None:
        self.kept, self.next = kept, start

    def write(self, pixels: np.ndarray, frames: int) -> None:
        """Take a picture that stays for so many frames."""
        picture = pixels.copy()
        for _ in range(frames):
            self.kept[self.next] = picture
            self.next += 1

    def close(self) -> None:
        """Nothing to do."""

    def abort(self) -> None:
        """Nothing to do."""


@pytest.fixture
def drawn():
    """(spec, pieces, overrides of the Scene) -> frame number -> pixels, of these pieces alone."""

    def draw(spec, pieces, **overrides):
        kept: dict[int, np.ndarray] = {}
        with stage(spec, **overrides) as (scene, renderer):
            renderer.writer.plan(pieces, lambda piece: Frames(kept, piece.start))
            scene.render()
            renderer.writer.finish()
        return kept

    return draw


@pytest.fixture
def peak_of(stores_of):
    """(write, count) -> how many bytes `write(stores, palette)` takes at most for so many pictures full of noise."""

    def peak(write, count: int) -> int:
        generator = np.random.default_rng(0)
        noise = np.full((64, 64, 4), 255, np.uint8)
        shots = [
            (noise := np.roll(noise, 1, 0) ^ generator.integers(0, 8, (64, 64, 1), np.uint8), 1) for _ in range(count)
        ]
        paths, palette = stores_of(shots), np.arange(255, dtype=np.uint8)[:, None].repeat(3, axis=1)
        tracemalloc.start()
        write(paths, palette)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    return peak


@pytest.fixture
def animated():
    """(stores, frames a second, target): write the animation that the target's suffix names."""

    def write(stores: list[Path], fps: int, target: Path) -> None:
        animate(stores, RenderSpec("parabola", fps=fps), target)

    return write


@pytest.fixture
def encoded():
    """([(picture, frames), …], kind, folder, cuts) -> the film of them, encoded in `cuts` pieces and joined."""

    def encode(
        shots: list[tuple[np.ndarray, int]], kind: str, folder: Path, cuts: int = 1, fps: int = 20, **words: Any
    ) -> Path:
        height, width = shots[0][0].shape[:2]
        spec = RenderSpec("parabola", width=width, height=height, fps=fps, **words)
        settings = encoding(kind, spec)
        paths, pieces, start = [], [], 0
        for part in range(cuts):
            own = shots[len(shots) * part // cuts : len(shots) * (part + 1) // cuts]
            paths.append(folder / f"{part}.{kind}")
            sink = VideoSink(paths[-1], spec, settings)
            for pixels, frames in own:
                sink.write(pixels, [Area(0, 0, height, width)], frames)
            sink.close()
            pieces.append(Piece(part, 0, part, start, sum(frames for _, frames in own)))
            start = pieces[-1].end
        target = folder / f"film.{kind}"
        join(paths, pieces, fps, target, settings)
        return target

    return encode
