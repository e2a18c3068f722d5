"""Films drawn frame by frame, without an encoder."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.film.draw import stage


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
