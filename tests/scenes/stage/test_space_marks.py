"""Marks in space: what is drawn, in which colours, with an edge that sets it off."""

import numpy as np
import pytest

from scenes.stage.ball import SpaceBall
from scenes.stage.camera import StageCamera
from scenes.stage.space_marks import SpaceArrow, SpaceDots, SpacePath
from scenes.stage.view import View

WIDTH, HEIGHT = 854, 480
ENDS = np.array([[-2.0, 0.0, 0.0], [2.0, 0.0, 0.0]])
MARKS = {
    "path": lambda view, casing: SpacePath(view, ENDS, "#ff0000", casing=casing),
    "dots": lambda view, casing: SpaceDots(view, ENDS, "#ff0000", 0.2, casing=casing),
    "arrow": lambda view, casing: SpaceArrow(view, *ENDS, "#ff0000", casing=casing),
    "ball": lambda view, casing: SpaceBall(view, ENDS[0], 0.4, "#ff0000", rim=casing),
}


def photograph(*mobjects):
    """The frame (height, width, 3) as integers, on red ground."""
    camera = StageCamera(pixel_width=WIDTH, pixel_height=HEIGHT, background_color="#ff0000")
    camera.capture_mobjects(mobjects)
    return camera.pixel_array[..., :3].astype(int)


@pytest.mark.parametrize("name", MARKS)
def test_an_edge_sets_a_mark_off_from_a_ground_of_its_colour(name):
    """Red on red has a dark edge all round where one is asked for."""
    view = View(-1.0, 0.6)
    edged = photograph(MARKS[name](view, "#000000"))

    assert (edged[..., 0] < 225).sum() > 20
    if name != "ball":  # a ball is shaded anyway
        assert (photograph(MARKS[name](view, None)) == photograph()).all()


def test_a_mark_keeps_its_colour_inside_the_edge():
    """The middle of a path is its own colour, not its edge's."""
    view = View(-np.pi / 2, 0.6)
    frame = photograph(SpacePath(view, ENDS, "#00ff00", 12.0, casing="#000000"))

    assert frame[HEIGHT // 2, WIDTH // 2].tolist() == [0, 255, 0]


def test_an_arrow_of_no_length_is_nothing():
    """An arrow whose ends meet paints no pixel, its edge neither."""
    assert (photograph(SpaceArrow(View(), ENDS[0], ENDS[0], "#00ff00", casing="#000000")) == photograph()).all()


def test_a_path_grows_with_its_share():
    """Half of the path covers half of the pixels."""
    view = View(-np.pi / 2, 0.6)
    path = SpacePath(view, ENDS, "#00ff00", 12.0)
    whole = (photograph(path)[..., 1] > 128).sum()
    half = (photograph(path.set_share(0.5))[..., 1] > 128).sum()

    assert half == pytest.approx(whole / 2, rel=0.05)
