"""Fog: what it hides, where it is clear, and how it lifts."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from scenes.stage.box import Box
from scenes.stage.veil import CELL, EDGE, FRAYED, TILE, Veil, noise, patches

FOG = Veil(around=Box(-7.0, -2.0, 7.0, 4.0), centre=(2.0, 1.0), radius=2.0, colours=("#404040", "#808080"))


def seen(fog: Veil) -> tuple[np.ndarray, np.ndarray]:
    """How opaque a veil is, and how far each of its cells is from the circle's middle, in radii."""
    box = fog.around
    across, up = round(box.width / CELL), round(box.height / CELL)
    x = box.left + (np.arange(across) + 0.5) / across * box.width
    y = box.top - (np.arange(up) + 0.5) / up * box.height
    return fog.density(across, up)[..., 0], np.hypot(x - fog.centre[0], y[:, None] - fog.centre[1]) / fog.radius


def test_it_hides_all_but_the_circle():
    """It is opaque outside the circle, clear in it, and soft between."""
    density, away = seen(FOG)
    high = np.s_[:-5]  # its lower edge is soft, too

    assert (density[high][away[high] > 1 + FRAYED / 2] == 1).all()
    assert (density[away < 1 - EDGE - FRAYED / 2] == 0).all()
    assert len(np.unique(np.round(density[high], 2))) > 50


def test_without_a_circle_it_hides_everything():
    """A radius of zero leaves nothing clear."""
    assert (seen(FOG)[0][:-5] < 1).any()
    assert (replace(FOG, radius=0.0).density(100, 60)[:-5, :, 0] == 1).all()


def test_it_lifts_from_the_ground_up():
    """Every place becomes clearer all the time, the low ones first, until nothing is left."""
    whole = replace(FOG, radius=0.0)
    steps = [replace(whole, lifted=share).density(120, 60)[..., 0] for share in np.linspace(0, 1, 21)]

    assert all((after <= before).all() for before, after in pairwise(steps))
    assert (steps[-1] == 0).all()
    assert steps[10][:20].mean() > steps[10][-25:-5].mean() + 0.2
    assert replace(whole, lifted=1.0).box is None


def test_it_drifts():
    """A drift moves the patches by as much; without one, they stay."""
    coarse, _ = noise()
    moved = patches(100, 60, 4 * CELL)

    assert np.array_equal(patches(100, 60, 0.0), patches(100, 60, 0.0))
    assert np.corrcoef(moved[:, :96].ravel(), patches(100, 60, 0.0)[:, 4:].ravel())[0, 1] > 0.97
    assert np.abs(moved - patches(100, 60, 0.0)).max() > 0.05
    assert coarse.shape == (TILE, TILE)


def test_the_noise_repeats_without_a_seam():
    """Opposite edges of a tile fit, and all values lie between 0 and 1."""
    for tile in noise():
        inner = np.abs(np.diff(tile, axis=1)).max()

        assert 0 <= tile.min() < 0.2 < 0.8 < tile.max() <= 1
        assert np.abs(tile[:, 0] - tile[:, -1]).max() <= 1.5 * inner


@pytest.mark.parametrize("change", [{"drift": 1.0}, {"lifted": 0.5}, {"radius": 1.0}, {"centre": (0.0, 0.0)}], ids=str)
def test_what_changes_the_picture_changes_the_key(change):
    """Equal keys paint equal pictures."""
    assert replace(FOG, **change).key != FOG.key
    assert not np.array_equal(replace(FOG, **change).density(80, 40), FOG.density(80, 40))
