"""Fewer frames and smaller ones: the length stays, and what rests goes on resting."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.film.frame_store import Area, Shot, read_film
from scenes.film.resample import shrunk, thinned


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 9)), max_size=12), st.integers(1, 9), st.integers(1, 5))
def test_each_so_many_th_frame_is_kept(later, first, share):
    """Frame n of what is left is frame n − n mod share of the film, and the length is the film's to the frame."""
    shots, frames, pixels = [Shot(np.zeros((2, 2, 4), np.uint8), Area(0, 0, 2, 2), first)], [0] * first, None
    for number, (new, count) in enumerate(later, 1):
        value = number if new else frames[-1]
        pixels = np.full((2, 2, 4), value, np.uint8)
        shots.append(Shot(pixels, Area(0, 0, 2, 2) if new else None, count))
        frames += [value] * count
    left = [int(pixels[0, 0, 0]) for pixels, _, count in thinned(shots, share, len(frames)) for _ in range(count)]

    assert left == [frames[index - index % share] for index in range(len(frames))]


@given(st.integers(0, 2**32 - 1), st.integers(2, 5))
def test_what_dropped_frames_changed_is_new_in_the_next(seed, share):
    """Putting only the areas together gives the kept pictures, as it gives all of them."""
    generator = np.random.default_rng(seed)
    pixels, shots = np.zeros((12, 12, 4), np.uint8), []
    for index in range(14):
        pixels = pixels.copy()
        top, left = generator.integers(0, 10, 2).tolist()
        area = Area(top, left, top + 2, left + 2) if index else Area(0, 0, 12, 12)
        pixels[area.part] = index
        shots.append(Shot(pixels, area, 1))
    shown = np.full((12, 12, 4), 255, np.uint8)
    for picture, area, _ in thinned(shots, share, len(shots)):
        if area is not None:
            shown[area.part] = picture[area.part]

        assert np.array_equal(shown, picture)


def test_what_was_new_once_is_not_new_for_ever():
    """The area of a kept picture does not reach back beyond the kept picture before it."""
    pixels = np.zeros((12, 12, 4), np.uint8)
    corners = [Area(0, 0, 12, 12), Area(0, 0, 2, 2), Area(4, 4, 6, 6), Area(8, 8, 9, 9), Area(9, 9, 12, 12)]
    areas = [area for _, area, _ in thinned([Shot(pixels, area, 1) for area in corners], 2, 5)]

    assert areas == [Area(0, 0, 12, 12), Area(0, 0, 6, 6), Area(8, 8, 12, 12)]


def test_a_smaller_film_rests_where_the_film_rests(ball_film, stores_of):
    """Far from the ball no pixel of the smaller film ever changes, and its ground keeps its colour."""
    small = [shot.pixels.copy() for shot in shrunk(read_film(stores_of(ball_film)), 64, 42)]

    assert all(picture.shape == (42, 64, 4) for picture in small)
    assert all((picture[36:, :, :3] == (16, 20, 28)).all() for picture in small)
    assert all(np.array_equal(picture[:, 50:], small[0][:, 50:]) for picture in small)


@pytest.mark.parametrize("stores", [1, 4])
def test_a_smaller_film_lasts_as_long(stores, ball_film, stores_of):
    """Making frames smaller loses none."""
    shots = list(shrunk(read_film(stores_of(ball_film, stores)), 48, 32))

    assert sum(shot.frames for shot in shots) == sum(frames for _, frames in ball_film)
