"""The palette: flat colours exactly, the rest as near as the places allow."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.film.frame_store import Area, Shot
from scenes.film.palette import Mapper, film_palette, palette_of


def shot(pixels: np.ndarray) -> Shot:
    """A whole picture for one frame."""
    return Shot(pixels, Area(0, 0, *pixels.shape[:2]), 1)


def swatches(colours: np.ndarray, side: int = 8) -> np.ndarray:
    """RGBA: a square of each colour, beside one another."""
    opaque = np.concatenate([colours, np.full((len(colours), 1), 255)], axis=1).astype(np.uint8)
    return np.ascontiguousarray(np.repeat(np.repeat(opaque[None], side, axis=0), side, axis=1))


@given(st.integers(0, 2**32 - 1), st.integers(1, 60))
def test_few_flat_colours_are_kept_exactly(seed, count):
    """A picture of no more flat colours than have a place comes back as it was."""
    colours = np.random.default_rng(seed).integers(0, 256, (count, 3))
    pixels = swatches(colours)
    palette = palette_of([shot(pixels)], 255)

    assert np.array_equal(palette[Mapper(palette).numbers(pixels)], pixels[..., :3])


@given(st.integers(0, 2**32 - 1), st.sampled_from([2, 15, 63, 255]))
def test_a_palette_has_no_more_places_than_asked_for(seed, size):
    """Noise of any kind gets at most `size` colours, none twice."""
    pixels = np.random.default_rng(seed).integers(0, 256, (24, 24, 4), dtype=np.uint8)
    palette = palette_of([shot(pixels)], size)

    assert 1 <= len(palette) <= size
    assert len(np.unique(palette, axis=0)) == len(palette)


@given(st.integers(0, 2**32 - 1))
def test_each_pixel_gets_the_nearest_colour(seed):
    """No other colour of the palette is nearer, as looking through all of them shows."""
    generator = np.random.default_rng(seed)
    pixels = generator.integers(0, 256, (9, 10, 4), dtype=np.uint8)
    palette = generator.integers(0, 256, (40, 3), dtype=np.uint8)
    numbers = Mapper(palette).numbers(pixels)

    distance = ((pixels[..., None, :3].astype(int) - palette.astype(int)) ** 2).sum(axis=-1)
    assert np.array_equal(np.take_along_axis(distance, numbers[..., None].astype(int), -1)[..., 0], distance.min(-1))


def test_a_gradient_is_met_within_a_few_levels():
    """A ramp of 256 greys on 64 places is off by no more than six levels."""
    ramp = np.repeat(np.arange(256)[:, None], 3, axis=1)
    pixels = swatches(ramp, side=2)
    palette = palette_of([shot(pixels)], 64)

    found = palette[Mapper(palette).numbers(pixels)].astype(int)
    assert np.abs(found - pixels[..., :3]).max() <= 6


@pytest.mark.parametrize("wide", range(3), ids=("red", "green", "blue"))
def test_a_box_is_cut_across_its_widest_channel(wide):
    """A ramp in one channel whose other channels hardly vary is met within half of a sixteenth of it."""
    colours = np.full((512, 3), 100)
    colours[:, wide] = np.arange(512) // 2
    colours[:, (wide + 1) % 3] += 4 * (np.arange(512) % 2)
    colours[:, (wide + 2) % 3] += 4 * (np.arange(512) // 2 % 2)
    pixels = swatches(colours, side=2)
    palette = palette_of([shot(pixels)], 16)

    found = palette[Mapper(palette).numbers(pixels)].astype(int)
    assert np.abs(found - pixels[..., :3])[..., wide].max() <= 12


def test_a_small_ball_keeps_its_colour(ball_film, stores_of):
    """What fills a hundredth of the film is not given up for the many greys of the ground."""
    pixels = ball_film[0][0]
    palette = film_palette(stores_of(ball_film), 63)

    found = palette[Mapper(palette).numbers(pixels)].astype(int)
    assert np.abs(found - pixels[..., :3]).max() <= 12
    assert np.abs(found - pixels[..., :3]).mean() < 0.1


def test_a_small_flat_thing_keeps_its_exact_colour():
    """A spot that fills two thousandths of a picture full of gradients is not moved by a single level."""
    rows, columns = np.mgrid[:128, :128]
    pixels = np.dstack([2 * rows, 2 * columns, rows + columns, np.full((128, 128), 255)]).astype(np.uint8)
    pixels[60:66, 60:66] = spot = (201, 67, 133, 255)
    palette = palette_of([shot(pixels)], 63)

    assert spot[:3] in [tuple(colour) for colour in palette.tolist()]


@pytest.mark.parametrize("stores", [2, 5])
def test_the_palette_does_not_depend_on_the_cuts(stores, ball_film, stores_of):
    """However a film was cut into stores, its palette is the same."""
    assert np.array_equal(film_palette(stores_of(ball_film, stores), 255), film_palette(stores_of(ball_film), 255))


def test_a_picture_counts_as_it_was_when_it_came():
    """A store draws each picture over the last: what is counted later is not what stands there by then."""
    colours = np.random.default_rng(3).integers(0, 256, (60, 3))
    canvas = swatches(colours[:20])

    def drawn_over():
        for first in (0, 20, 40):
            canvas[...] = swatches(colours[first : first + 20])
            yield shot(canvas)

    palette = palette_of(drawn_over(), 255)

    for colour in colours:
        assert np.abs(palette.astype(int) - colour).max(axis=1).min() <= 1


def test_of_a_large_change_every_part_is_seen():
    """Only a part of a large picture's pixels is counted, but from all over it: its lower half has its colours."""
    rows, columns = np.mgrid[:256, :256]
    red, blue = np.where(rows < 128, columns, 0), np.where(rows < 128, 0, columns)
    pixels = np.ascontiguousarray(np.dstack([red, 40 + rows // 8, blue, np.full((256, 256), 255)]).astype(np.uint8))
    palette = palette_of([shot(pixels)], 255)

    found = palette[Mapper(palette).numbers(pixels)].astype(int)
    assert np.abs(found - pixels[..., :3]).max() <= 16
