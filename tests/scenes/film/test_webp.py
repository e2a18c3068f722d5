"""Animated WebPs, decoded by Pillow frame by frame: each is the film's frame in the palette, for exactly its time."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from scenes.film.frame_store import Area, Shot, read_film
from scenes.film.palette import Mapper, film_palette
from scenes.film.webp import webp_seconds, write_clear_shots, write_shots


def decoded(path: Path) -> list[tuple[np.ndarray, int]]:
    """(RGBA picture, the millisecond after its last) a block of the file."""
    with Image.open(path) as film:
        found = []
        for index in range(film.n_frames):
            film.seek(index)
            film.load()
            found.append((np.asarray(film.convert("RGBA")), film.info["timestamp"] + film.info["duration"]))
        return found


def at_frames(blocks: list[tuple[np.ndarray, int]], fps: int, count: int) -> list[np.ndarray]:
    """The picture that is up in the middle of each frame."""
    middles = [(index + 0.5) * 1000 / fps for index in range(count)]
    return [next(pixels for pixels, until in blocks if until > middle) for middle in middles]


@pytest.mark.parametrize("fps", [10, 25, 30, 60])
@pytest.mark.parametrize("stores", [1, 3])
def test_each_frame_is_the_films_in_the_palette(fps, stores, ball_film, stores_of, tmp_path, animated):
    """Frame n begins at the millisecond nearest to n/fps and is the film's frame in the palette, all of it opaque."""
    paths, target = stores_of(ball_film, stores), tmp_path / "film.webp"
    animated(paths, fps, target)
    palette = film_palette(paths, 255)
    mapper = Mapper(palette)
    expected = [palette[mapper.numbers(pixels)] for pixels, frames in ball_film for _ in range(frames)]
    blocks = decoded(target)
    shown = np.array(at_frames(blocks, fps, len(expected)))

    assert np.array_equal(shown[..., :3], expected)
    assert (shown[..., 3] == 255).all()
    ends = np.cumsum([frames for _, frames in ball_film])
    assert [until for _, until in blocks] == [int(1000 * end / fps + 0.5) for end in ends.tolist()]


@given(st.data())
def test_random_pictures_come_back(tmp_path_factory, data):
    """Whatever changes wherever, Pillow shows what was written."""
    generator = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    palette = np.unique(generator.integers(0, 256, (data.draw(st.integers(2, 255)), 3), dtype=np.uint8), axis=0)
    height, width = data.draw(st.integers(1, 20)), data.draw(st.integers(1, 20))
    shots, expected = [], []
    pixels = np.full((height, width, 4), 255, np.uint8)
    for index in range(data.draw(st.integers(1, 5))):
        top, bottom = sorted(data.draw(st.tuples(st.integers(0, height - 1), st.integers(0, height - 1))))
        left, right = sorted(data.draw(st.tuples(st.integers(0, width - 1), st.integers(0, width - 1))))
        area = Area(top, left, bottom + 1, right + 1) if index else Area(0, 0, height, width)
        pixels = pixels.copy()
        pixels[area.part][..., :3] = palette[generator.integers(0, len(palette), pixels[area.part].shape[:2])]
        frames = data.draw(st.integers(1, 4))
        shots.append(Shot(pixels, area, frames))
        expected += [pixels] * frames
    target = tmp_path_factory.mktemp("webp") / "film.webp"
    write_shots(shots, palette, 20, target)

    assert np.array_equal(at_frames(decoded(target), 20, len(expected)), expected)


def test_a_held_picture_is_written_once(ball_film, stores_of, tmp_path, animated):
    """As many blocks as there are pictures, however long each stays."""
    target = tmp_path / "film.webp"
    animated(stores_of(ball_film, 3), 20, target)

    assert len(decoded(target)) == len(ball_film)


def test_a_very_long_rest_keeps_its_length(stores_of, tmp_path, animated):
    """A delay says at most 16777 s; five hours are said by several."""
    still = np.full((4, 6, 4), 255, np.uint8)
    target = tmp_path / "film.webp"
    animated(stores_of([(still, 5 * 3600 * 10)]), 10, target)

    assert webp_seconds(target) == 5 * 3600


def test_it_plays_for_ever(ball_film, stores_of, tmp_path, animated):
    """The loop count is 0, which means no end."""
    target = tmp_path / "film.webp"
    animated(stores_of(ball_film), 20, target)

    with Image.open(target) as film:
        assert film.info["loop"] == 0


def test_what_rests_does_not_crawl(ball_film, stores_of, tmp_path, animated):
    """A pixel that is the same in two frames of the film is the same in the WebP's."""
    target = tmp_path / "film.webp"
    animated(stores_of(ball_film), 20, target)
    originals = [pixels for pixels, frames in ball_film for _ in range(frames)]
    shown = at_frames(decoded(target), 20, len(originals))

    for (old, new), (before, after) in zip(pairwise(originals), pairwise(shown)):
        assert (before == after).all(axis=-1)[(old == new).all(axis=-1)].all()


@pytest.mark.parametrize("fps", [10, 30])
def test_its_length_is_read_off_its_blocks(fps, ball_film, stores_of, tmp_path, animated):
    """The sum of the delays is the film's length to half a millisecond."""
    target = tmp_path / "film.webp"
    animated(stores_of(ball_film), fps, target)

    assert webp_seconds(target) == pytest.approx(sum(frames for _, frames in ball_film) / fps, abs=0.0005)


def test_a_see_through_film_keeps_every_level(stores_of, tmp_path):
    """Red, green, blue and alpha come back as they were, and what has gone is see-through again."""
    generator = np.random.default_rng(0)
    shots = []
    for _ in range(4):
        pixels = np.zeros((20, 30, 4), np.uint8)
        row, column = generator.integers(0, 12), generator.integers(0, 22)
        pixels[row : row + 8, column : column + 8] = generator.integers(1, 256, (8, 8, 4))
        shots.append((pixels, 2))
    paths, target = stores_of(shots), tmp_path / "film.webp"
    write_clear_shots(read_film(paths), 20, target)
    shown = at_frames(decoded(target), 20, 8)

    assert np.array_equal(shown, [pixels for pixels, frames in shots for _ in range(frames)])


def test_a_longer_film_takes_no_more_memory(peak_of, tmp_path):
    """Four times the frames, the same peak: a picture and a block, not the film."""

    def write(paths, palette):
        write_shots(read_film(paths), palette, 20, tmp_path / "film.webp")

    peak_of(write, 2)
    assert peak_of(write, 80) < 1.1 * peak_of(write, 20)


def test_nothing_makes_no_webp(tmp_path):
    """A film without a frame is refused."""
    with pytest.raises(ValueError, match="at least one frame"):
        write_shots([], np.zeros((1, 3), np.uint8), 5, tmp_path / "film.webp")
