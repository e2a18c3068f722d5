"""A mark of pixels: sharp edges, the right way up, in the right colours."""

import numpy as np

from scenes.stage.box import Box
from scenes.stage.camera import Painted, StageCamera
from scenes.stage.marks import Mark
from scenes.stage.pixels import Pixels, pixel_colours

WIDTH, HEIGHT = 320, 180
COLOURS = ["#ff8000", "#1f83b8", "#35c99b", None]


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


def test_each_pixel_is_a_rectangle_of_its_own_colour():
    """Two rows of two pixels fill their box, the first row below, with nothing between their colours; None is clear."""
    table, box = pixel_colours(COLOURS), Box(-4.0, -2.0, 4.0, 2.0)
    frame = photograph(Pixels(colours=table[np.array([[0, 1], [2, 3]])], around=box))

    assert frame[HEIGHT // 2 - 5, WIDTH // 2 - 5].tolist() == [0xFF, 0x80, 0x00]
    assert frame[HEIGHT // 2 - 5, WIDTH // 2 + 5].tolist() == [0x1F, 0x83, 0xB8]
    assert frame[HEIGHT // 2 + 5, WIDTH // 2 - 5].tolist() == [0x35, 0xC9, 0x9B]
    assert frame[HEIGHT // 2 + 5, WIDTH // 2 + 5].tolist() == [0, 0, 0]
    assert {tuple(one) for one in frame.reshape(-1, 3).tolist()} == {
        *((0xFF, 0x80, 0x00), (0x1F, 0x83, 0xB8), (0x35, 0xC9, 0x9B), (0, 0, 0))
    }


def test_paint_that_is_not_opaque_lets_the_ground_through():
    """Half as strong, or faded by half, orange on black is half as bright."""
    table = pixel_colours(COLOURS, 0.5)
    frame = photograph(Pixels(colours=table[np.array([[0]])], around=Box(-4.0, -2.0, 4.0, 2.0)))

    whole = pixel_colours(COLOURS)[np.array([[0]])]
    faded = photograph(Pixels(colours=whole, around=Box(-4.0, -2.0, 4.0, 2.0)).faded(0.5))

    assert np.abs(frame[HEIGHT // 2, WIDTH // 2] - [128, 64, 0]).max() <= 1
    assert np.abs(faded - frame).max() <= 1


def test_equal_keys_are_equal_pixels():
    """One pixel of another colour makes another key."""
    table, box = pixel_colours(COLOURS), Box(0.0, 0.0, 1.0, 1.0)
    one, same, other = (Pixels(colours=table[np.array([[0, last]])], around=box) for last in (1, 1, 2))

    assert one.key == same.key != other.key
