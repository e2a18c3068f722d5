"""The stage's camera and the view into space."""

import numpy as np
import pytest
from manim import Circle, Dot, FadeIn, Rectangle, Square, ThreeDCamera

from scenes.stage.camera import Painted, StageCamera, add_stop, rgb, set_source, trace
from scenes.stage.view import View

WIDTH, HEIGHT = 320, 180


def photograph(*mobjects, background="#000000"):
    """The frame (height, width, 3) as integers."""
    camera = StageCamera(pixel_width=WIDTH, pixel_height=HEIGHT, background_color=background)
    camera.capture_mobjects(mobjects)
    return camera.pixel_array[..., :3].astype(int)


class Block(Painted):
    """A painted square of side 2 in the middle of the frame."""

    def __init__(self, colour="#ff8000", **options):
        super().__init__(**options)
        self.colour = colour

    def paint(self, context, camera):
        set_source(context, rgb(self.colour))
        trace(context, np.array([[-1.0, -1], [1, -1], [1, 1], [-1, 1]]), closed=True)
        context.fill()


def test_a_painted_mobject_keeps_its_colour():
    """What is painted orange is orange in the frame, although red and blue change places on the way."""
    frame = photograph(Block("#ff8000"))

    assert frame[HEIGHT // 2, WIDTH // 2].tolist() == [255, 128, 0]
    assert frame[5, 5].tolist() == [0, 0, 0]


def test_a_gradient_keeps_its_colours():
    """A gradient's stops are not swapped either."""
    import cairo

    class Gradient(Painted):
        def paint(self, context, camera):
            pattern = cairo.LinearGradient(-7, 0, 7, 0)
            add_stop(pattern, 0.0, (1.0, 0.0, 0.0))
            add_stop(pattern, 1.0, (0.0, 0.0, 1.0))
            context.set_source(pattern)
            context.paint()

    frame = photograph(Gradient())

    assert frame[90, 5, 0] > 240
    assert frame[90, -5, 2] > 240


@pytest.mark.parametrize("opacity", [0.0, 0.25, 0.5, 1.0])
def test_opacity_blends_the_whole_painting_with_what_is_behind(opacity):
    """A painting of opacity p shows p of itself and 1 - p of the background."""
    frame = photograph(Block("#ffffff").set_opacity(opacity), background="#000000")

    assert 255 * opacity == pytest.approx(frame[HEIGHT // 2, WIDTH // 2, 0], abs=2)


def test_a_painted_mobject_fades_in_like_any_other():
    """Half way through FadeIn a painting is half seen, and at its end it is whole."""
    block = Block("#ffffff")
    animation = FadeIn(block, rate_func=lambda share: share)
    animation.begin()

    animation.interpolate(0.5)
    half = block.opacity
    animation.finish()

    assert half == pytest.approx(0.5)
    assert block.opacity == pytest.approx(1.0)


def test_a_shifted_painting_moves():
    """Shifting a painted mobject by three frame units moves what it paints by as many."""
    frame = photograph(Block().shift(np.array([3.0, 0, 0])))

    middle = WIDTH // 2
    assert frame[HEIGHT // 2, middle].sum() == 0
    assert frame[HEIGHT // 2, middle + round(3 * WIDTH / (128 / 9))].sum() > 0


def test_painted_and_plain_mobjects_cover_each_other_in_the_order_they_are_given():
    """The last one given is on top, whichever kind it is."""
    square = Square(2, fill_color="#0000ff", fill_opacity=1, stroke_width=0)

    assert photograph(Block(), square)[HEIGHT // 2, WIDTH // 2].tolist() == [0, 0, 255]
    assert photograph(square, Block())[HEIGHT // 2, WIDTH // 2].tolist() == [255, 128, 0]


def test_plain_mobjects_look_as_they_do_in_manims_own_camera():
    """A flat scene is the same, pixel by pixel, in Manim's camera and in ours."""
    from manim import Camera

    mobjects = [Circle(color="#ff0000"), Dot([2, 1, 0]), Rectangle(color="#00ff00").shift([-3, 0, 0])]
    plain = Camera(pixel_width=WIDTH, pixel_height=HEIGHT, background_color="#000000")
    plain.capture_mobjects(mobjects)

    assert np.array_equal(plain.pixel_array[..., :3], photograph(*mobjects))


def test_a_painting_leaves_no_trace_in_the_pen():
    """What a painting sets in the cairo context does not reach the next mobject."""

    class Rude(Painted):
        def paint(self, context, camera):
            context.scale(5, 5)
            context.set_line_width(3)
            context.move_to(0, 0)
            context.line_to(1, 1)

    circle = Circle(color="#ff0000")

    assert np.array_equal(photograph(circle), photograph(Rude(), circle))


def test_the_projection_by_hand():
    """From an eye on the x axis, 10 away, a point 5 nearer is seen twice as far from the middle."""
    view = View(azimuth=0.0, elevation=0.0, distance=10.0, scale=2.0, centre=(1.0, -1.0))

    flat, nearness, scale = view.look([[0.0, 1.0, 0.5], [5.0, 1.0, 0.5]])

    assert np.allclose([[3.0, 0.0], [5.0, 1.0]], flat)
    assert np.allclose([0.0, 5.0], nearness)
    assert np.allclose([2.0, 4.0], scale)


def test_the_eye_stands_where_its_angles_say():
    """An eye at azimuth 90° and elevation 30° stands over the y axis, half its distance up."""
    view = View(azimuth=np.pi / 2, elevation=np.pi / 6, distance=8.0)

    assert np.allclose([0.0, 8 * np.cos(np.pi / 6), 4.0], view.eye)


@pytest.mark.parametrize(("azimuth", "elevation"), [(-1.0, 0.6), (0.3, 0.2), (2.5, 1.2)])
def test_the_projection_is_that_of_manims_camera(azimuth, elevation):
    """ThreeDCamera with phi = 90° - elevation, theta = azimuth and the same distance and zoom sees the same."""
    points = np.random.default_rng(3).uniform(-2, 2, (50, 3))
    camera = ThreeDCamera(phi=np.pi / 2 - elevation, theta=azimuth, focal_distance=14.0, zoom=0.8)

    ours = View(azimuth, elevation, 14.0, 0.8).look(points)[0]

    assert np.allclose(camera.project_points(points)[:, :2], ours[:, :2])
