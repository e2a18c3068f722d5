"""The eye: what rises, and what stays where it is."""

import numpy as np
import pytest

from scenes.stage.mesh import Space
from scenes.stage.surface import HeightField
from scenes.stage.view import View

SPACE = Space(((-5.0, 5.0), (-5.0, 5.0)), (0.0, 25.0), size=(5.0, 5.0, 2.0), gap=0.5)
POINTS = np.array([[0.0, 0.0, -1.5], [1.0, 2.0, 1.0], [-2.0, 0.5, 0.3]])


def test_flat_is_on_the_ground():
    """At rise 0 every point is seen where its foot on the ground is; at 1 where it is."""
    view = View(ground=-1.5)
    feet = POINTS * [1, 1, 0] + [0, 0, -1.5]
    risen = view.look(POINTS)[0]

    assert np.allclose(view.look(feet)[0], view.set_rise(0.0).look(POINTS)[0])
    assert np.array_equal(risen, view.set_rise(1.0).look(POINTS)[0])


def test_the_ground_does_not_move():
    """What lies on the ground stays in its place however much has risen."""
    view = View(ground=-1.5)
    expected = view.look(POINTS[:1])[0]

    for rise in (0.0, 0.3, 0.9):
        assert np.allclose(expected, view.set_rise(rise).look(POINTS[:1])[0])


@pytest.mark.parametrize("rise", [0.2, 0.6, 1.0])
def test_what_hides_is_what_is_nearer_at_any_rise(rise):
    """Half risen, what is visible is what a picture of equally low hills shows: the sight lines follow the heights."""

    def hills(points):
        return 24 * np.exp(-np.sum(np.asarray(points) ** 2, axis=-1) / 2)

    view = View(-1.0, 0.35, ground=SPACE.floor).set_rise(rise)
    field = HeightField(SPACE, hills, view, ["#000000", "#ffffff"])
    low = Space(SPACE.domain, SPACE.losses, (5.0, 5.0, 2.0 * rise))
    up = SPACE.floor + rise * 0.5 + rise  # the middle of the box, so far risen
    lower = View(-1.0, 0.35)
    twin = HeightField(low, hills, lower, ["#000000", "#ffffff"])
    points = np.random.default_rng(1).uniform(-4, 4, (600, 2))

    # The twin's box stands at the origin, so its eye is lowered by as much as the risen box stands higher.
    eye = view.distance * view.axes()[2] - [0, 0, up]
    lower.points[0] = [
        np.arctan2(eye[1], eye[0]),
        np.arcsin(eye[2] / np.linalg.norm(eye)),
        np.linalg.norm(eye),
    ]
    assert (field.visible(field.lift(points)) == twin.visible(twin.lift(points))).mean() > 0.99
