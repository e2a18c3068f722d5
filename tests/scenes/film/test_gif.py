"""GIFs, decoded by Pillow frame by frame: each is the film's frame in the palette, for exactly its time."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from scenes.film.frame_store import Area, Shot, read_film
from scenes.film.gif import write_shots
from scenes.film.palette import Mapper, film_palette


def decoded(path: Path) -> list[tuple[np.ndarray, int]]:
    """(RGB picture, milliseconds) a block of the file."""
    with Image.open(path) as film:
        found = []
        for index in range(film.n_frames):
            film.seek(index)
            found.append((np.asarray(film.convert("RGB")), film.info["duration"]))
        return found


def unrolled(blocks: list[tuple[np.ndarray, int]], tick: int) -> list[np.ndarray]:
    """A picture a frame of `tick` milliseconds."""
    assert all(delay % tick == 0 for _, delay in blocks)
    return [pixels for pixels, delay in blocks for _ in range(delay // tick)]


@pytest.mark.parametrize("fps", [10, 20, 25, 50])
@pytest.mark.parametrize("stores", [1, 3])
def test_each_frame_is_the_films_in_the_palette(fps, stores, ball_film, stores_of, tmp_path, animated):
    """As many frames as the film has, each mapped to the palette, each 1/fps long."""
    paths, target = stores_of(ball_film, stores), tmp_path / "film.gif"
    animated(paths, fps, target)
    palette = film_palette(paths, 255)
    mapper = Mapper(palette)
    expected = [palette[mapper.numbers(pixels)] for pixels, frames in ball_film for _ in range(frames)]

    assert np.array_equal(unrolled(decoded(target), 1000 // fps), expected)


def test_a_held_picture_is_written_once(ball_film, stores_of, tmp_path, animated):
    """Twenty frames of rest are one block with a delay of a second (at 20 fps), and a pair of equal frames is one."""
    target = tmp_path / "film.gif"
    animated(stores_of(ball_film), 20, target)
    blocks = decoded(target)

    assert len(blocks) == len(ball_film)
    assert [delay for _, delay in blocks] == [50 * frames for _, frames in ball_film]


@given(st.data())
def test_random_pictures_come_back(tmp_path_factory, data):
    """Whatever changes wherever, Pillow shows what was written, and the delays add up."""
    generator = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    palette = generator.integers(0, 256, (data.draw(st.integers(2, 255)), 3), dtype=np.uint8)
    palette = np.unique(palette, axis=0)
    height, width = data.draw(st.integers(1, 20)), data.draw(st.integers(1, 20))
    numbers = generator.integers(0, len(palette), (height, width))
    shots, expected = [], []
    for index in range(data.draw(st.integers(1, 5))):
        top, bottom = sorted(data.draw(st.tuples(st.integers(0, height - 1), st.integers(0, height - 1))))
        left, right = sorted(data.draw(st.tuples(st.integers(0, width - 1), st.integers(0, width - 1))))
        area = Area(top, left, bottom + 1, right + 1) if index else Area(0, 0, height, width)
        numbers = numbers.copy()
        numbers[area.part] = generator.integers(0, len(palette), numbers[area.part].shape)
        pixels = np.dstack([palette[numbers], np.full((height, width), 255, np.uint8)])
        frames = data.draw(st.integers(1, 4))
        shots.append(Shot(pixels, area, frames))
        expected += [pixels[..., :3]] * frames
    target = tmp_path_factory.mktemp("gif") / "film.gif"
    write_shots(shots, palette, 5, target)

    assert np.array_equal(unrolled(decoded(target), 50), expected)


def test_a_very_long_rest_keeps_its_length(stores_of, tmp_path, animated):
    """A delay says at most 655.35 s; half an hour is said by several, and the picture stays."""
    still = np.full((4, 6, 4), 200, np.uint8)
    target = tmp_path / "film.gif"
    animated(stores_of([(still, 1800 * 50)]), 50, target)
    blocks = decoded(target)

    assert sum(delay for _, delay in blocks) == 1_800_000
    assert all(np.array_equal(pixels, still[..., :3]) for pixels, _ in blocks)


def test_it_plays_for_ever(ball_film, stores_of, tmp_path, animated):
    """The loop count is 0, which means no end."""
    target = tmp_path / "film.gif"
    animated(stores_of(ball_film), 20, target)

    with Image.open(target) as film:
        assert film.info["loop"] == 0


def test_there_is_one_table_of_colours(ball_film, stores_of, tmp_path, animated):
    """The palette stands in the file's own table, in its order; no block brings another."""
    paths, target = stores_of(ball_film), tmp_path / "film.gif"
    animated(paths, 20, target)
    palette = film_palette(paths, 255)
    content = target.read_bytes()

    assert content[10] == 0xF7
    assert content[13 : 13 + palette.size] == palette.tobytes()
    assert content.count(bytes(palette[:4].tobytes())) == 1


def test_flat_ground_stays_exactly_flat(ball_film, stores_of, tmp_path, animated):
    """Where the film shows its ground every decoded pixel has the ground's own colour: no dither, no drift."""
    target = tmp_path / "film.gif"
    animated(stores_of(ball_film), 20, target)
    originals = [pixels for pixels, frames in ball_film for _ in range(frames)]

    for original, shown in zip(originals, unrolled(decoded(target), 50), strict=True):
        ground = (original[..., :3] == (16, 20, 28)).all(axis=-1)
        assert (shown[ground] == (16, 20, 28)).all()


def test_what_rests_does_not_crawl(ball_film, stores_of, tmp_path, animated):
    """A pixel that is the same in two frames of the film is the same in the GIF's."""
    target = tmp_path / "film.gif"
    animated(stores_of(ball_film), 20, target)
    originals = [pixels[..., :3] for pixels, frames in ball_film for _ in range(frames)]

    for (old, new), (before, after) in zip(pairwise(originals), pairwise(unrolled(decoded(target), 50))):
        assert (before == after).all(axis=-1)[(old == new).all(axis=-1)].all()


def test_only_what_changes_is_written(ball_film, stores_of, tmp_path, animated):
    """After the first, a block covers the moving ball's surroundings, not the picture."""
    target = tmp_path / "film.gif"
    animated(stores_of(ball_film), 20, target)

    with Image.open(target) as film:
        for index in range(1, film.n_frames):
            film.seek(index)
            (_, (left, top, right, bottom), *_) = film.tile[0]
            assert (right - left) * (bottom - top) < 1000


def test_nothing_makes_no_gif(tmp_path):
    """A film without a frame is refused."""
    with pytest.raises(ValueError, match="at least one frame"):
        write_shots([], np.zeros((1, 3), np.uint8), 5, tmp_path / "film.gif")


def test_a_longer_film_takes_no_more_memory(peak_of, tmp_path):
    """Four times the frames, the same peak: a picture and a block, not the film."""

    def write(paths, palette):
        write_shots(read_film(paths), palette, 5, tmp_path / "film.gif")

    peak_of(write, 2)
    assert peak_of(write, 80) < 1.1 * peak_of(write, 20)
