"""A picture of cells: sharp edges or none, the right way up, in the right colours."""

import numpy as np

from scenes.stage.box import Box
from scenes.stage.camera import Painted, StageCamera
from scenes.stage.marks import Mark
from scenes.stage.raster import LEVELS, Raster, levels_of, shades

WIDTH, HEIGHT = 320, 180
COLOURS = ("#ff8000", "#1f83b8", "#35c99b", None)
BOX = Box(-4.0, -2.0, 4.0, 2.0)


class Shown(Painted):
    """One mark in the picture."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark

    def paint(self, context, camera):
        self.mark.paint(context)


def photograph(mark: Mark) -> np.ndarray:
    """The frame (height, width, 3), its lowest row first."""
    camera = StageCamera(pixel_width=WIDTH, pixel_height=HEIGHT, background_color="#000000")
    camera.capture_mobjects([Shown(mark)])
    return camera.pixel_array[::-1, :, :3].astype(int)


def raster(*rows: list[int], **words) -> Raster:
    """These rows of cells, the lowest first."""
    return Raster(**{"around": BOX, "cells": np.array(rows, dtype=np.uint8), "colours": COLOURS} | words)


def test_each_cell_is_a_rectangle_of_its_own_colour():
    """Two rows of two cells fill their box, the first row below, with nothing between their colours; None is clear."""
    frame = photograph(raster([0, 1], [2, 3]))

    assert frame[HEIGHT // 2 - 5, WIDTH // 2 - 5].tolist() == [0xFF, 0x80, 0x00]
    assert frame[HEIGHT // 2 - 5, WIDTH // 2 + 5].tolist() == [0x1F, 0x83, 0xB8]
    assert frame[HEIGHT // 2 + 5, WIDTH // 2 - 5].tolist() == [0x35, 0xC9, 0x9B]
    assert frame[HEIGHT // 2 + 5, WIDTH // 2 + 5].tolist() == [0, 0, 0]
    assert {tuple(one) for one in frame.reshape(-1, 3).tolist()} == {
        *((0xFF, 0x80, 0x00), (0x1F, 0x83, 0xB8), (0x35, 0xC9, 0x9B), (0, 0, 0))
    }


def test_a_smooth_one_changes_gradually_between_the_middles_of_its_cells():
    """Halfway between two cells is the mean of their colours, and beyond the last ones' middles theirs alone."""
    colours = ("#ff8000", "#007fff")
    frame = photograph(raster([0, 1], [0, 1], colours=colours, smooth=True))
    row = frame[HEIGHT // 2]
    left, right = (WIDTH // 2 + round(side * BOX.width / 4 * HEIGHT / 8) for side in (-1, 1))

    assert np.abs(row[WIDTH // 2 - 1 : WIDTH // 2 + 1].mean(axis=0) - [127.5, 127.5, 127.5]).max() <= 3
    assert (np.diff(row[left : right + 1, 0]) <= 0).all()
    assert len(np.unique(row[left : right + 1, 0])) > 50
    assert np.abs(row[left - 20 : left] - [0xFF, 0x80, 0]).max() <= 3
    assert np.abs(row[right : right + 20] - [0, 0x7F, 0xFF]).max() <= 3


def test_paint_that_is_not_opaque_lets_the_ground_through():
    """Half as strong, or faded by half, orange on black is half as bright."""
    frame, faded = photograph(raster([0], strength=0.5)), photograph(raster([0]).faded(0.5))

    assert np.abs(frame[HEIGHT // 2, WIDTH // 2] - [128, 64, 0]).max() <= 1
    assert np.abs(faded - frame).max() <= 1


def test_equal_keys_are_equal_pictures():
    """Another cell, colour, strength or smoothness makes another key."""
    keys = [raster([0, 1], **words).key for words in ({}, {"colours": COLOURS[::-1]}, {"strength": 0.5})]
    keys += [raster([0, 2]).key, raster([0], [1]).key, raster([0, 1], smooth=True).key]

    assert raster([0, 1]).key == keys[0]
    assert len(set(keys)) == len(keys)


def test_shares_become_shades():
    """From 0 to 1 the colour goes from the first over the second to the third; no number at all is in the middle."""
    colours = shades("#ff0000", "#101010", "#0000ff")
    cells = levels_of(np.array([-1.0, 0.0, np.nan, 0.5, 1.0, 2.0]))

    assert len(colours) == LEVELS
    assert [colours[one] for one in cells[[0, 1, 4, 5]]] == ["#ff0000", "#ff0000", "#0000ff", "#0000ff"]
    assert cells[2] == cells[3]
    assert all(abs(int(colours[cells[3]][at : at + 2], 16) - 0x10) <= 1 for at in (1, 3, 5))
