"""Films rendered once for all the tests that look at them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import av
import numpy as np
import pytest

from scenes.film.render import render
from scenes.spec import RenderSpec
from tests.scenes.spoken import spoken_film

__all__ = ["centre_of_colour", "film_of", "spoken_film"]


class Film:
    """A rendered film, decoded."""

    def __init__(self, spec: RenderSpec, path: Path) -> None:
        self.spec, self.path = spec, path
        with av.open(str(path)) as film:
            self.frames = [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]
            self.seconds = film.duration / 1_000_000


@pytest.fixture(scope="session")
def film_of(tmp_path_factory):
    """spec -> its Film; equal specs are rendered once."""
    folder = tmp_path_factory.mktemp("films")

    @cache
    def made(spec: RenderSpec) -> Film:
        target = folder / f"{spec.key()}.mp4"
        render(spec, [target], lambda frames: None)
        return Film(spec, target)

    return made


@pytest.fixture
def centre_of_colour():
    """(pixels (height, width, 3), colour) -> the centre (x, y) of the largest patch of that colour, in pixels."""
    from scipy import ndimage

    def centre(pixels: np.ndarray, colour: str, tolerance: float = 60.0) -> tuple[float, float] | None:
        wanted = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)])
        near = np.linalg.norm(pixels.astype(float) - wanted, axis=-1) < tolerance
        patches, count = ndimage.label(near)
        if not count:
            return None
        largest = 1 + int(np.argmax(ndimage.sum(near, patches, range(1, count + 1))))
        rows, columns = np.nonzero(patches == largest)
        return (columns.min() + columns.max() + 1) / 2, (rows.min() + rows.max() + 1) / 2

    return centre
