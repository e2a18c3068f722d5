"""The painter: the same marks give the same pixels, whatever was painted before."""

import dataclasses

import cairo
import numpy as np
import pytest
from manim import tempconfig

from scenes.catalogue import LESSONS
from scenes.lesson import tell_story
from scenes.script.timeline import Timeline
from scenes.spec import RenderSpec
from scenes.stage.area_marks import Disc
from scenes.stage.box import Box
from scenes.stage.camera import StageCamera
from scenes.stage.composition import compose, frame_size
from scenes.stage.lamp import Shade
from scenes.stage.lesson import picture_options, spans
from scenes.stage.line_marks import ArrowMark, Stroke
from scenes.stage.part import Stage, channels_of
from scenes.stage.picture import Picture
from scenes.stage.theme import THEMES
from scenes.stage.write import Setting

SPEC = RenderSpec("parabola", width=320, height=180, fps=5)
DISC = Disc(centre=(0.0, 0.0), radius=1.0, colour="#ffffff")


@pytest.fixture(scope="module")
def stage() -> Stage:
    """The parabola's stage."""
    lesson = LESSONS["parabola"]
    runs, script, beats = tell_story(lesson, SPEC)
    setting = Setting(compose(SPEC.width, SPEC.height, "full"), THEMES["dark"], lesson.title)
    parts = lesson.parts(runs, setting)
    segments = [segment for beat in beats for segment in beat.moves]
    return Stage(parts, Timeline(channels_of(parts), script.opening, segments), setting.theme)


def painted(picture: Picture, frame: int) -> np.ndarray:
    """The pixels of one frame, painted on a fresh ground."""
    options = {**picture_options(SPEC), "pixel_width": SPEC.width, "pixel_height": SPEC.height}
    with tempconfig(options):
        camera = StageCamera()
        camera.reset()
        picture.frame = frame
        camera.display_painted([picture], camera.pixel_array)
        return camera.pixel_array.copy()


@pytest.mark.parametrize("frames", [(0, 1, 2, 3), (60, 61, 62, 10, 11), (100, 100, 40, 100), (7, 200, 201, 202, 203)])
def test_what_was_painted_before_changes_no_pixel(stage, frames):
    """A picture that has layers and words at hand paints what a fresh one paints."""
    used = Picture(stage.marks)
    for frame in frames:
        np.testing.assert_array_equal(painted(used, frame), painted(Picture(stage.marks), frame))


def test_no_pixel_of_an_earlier_frame_is_left(stage):
    """One camera, whose background is laid only where a frame needs it, shows what a new one shows."""
    used = Picture(stage.marks)
    with tempconfig({**picture_options(SPEC), "pixel_width": SPEC.width, "pixel_height": SPEC.height}):
        camera = StageCamera()
        for frame in (0, 1, 2, 60, 61, 200, 10, 11, 12):
            camera.reset()
            used.frame = frame
            camera.capture_mobjects([used])

            np.testing.assert_array_equal(camera.pixel_array, painted(Picture(stage.marks), frame))


def test_an_empty_frame_shows_the_background():
    """After a reset, a frame on which nothing is drawn has no pixel of the one before."""
    with tempconfig({**picture_options(SPEC), "pixel_width": SPEC.width, "pixel_height": SPEC.height}):
        camera = StageCamera()
        empty = camera.pixel_array.copy()
        camera.display_painted([Picture(lambda frame: [DISC])], camera.pixel_array)
        assert (camera.pixel_array != empty).any()
        camera.reset()
        camera.capture_mobjects([])

        np.testing.assert_array_equal(camera.pixel_array, empty)


@pytest.mark.parametrize(
    "mark",
    [
        Disc(centre=(0.3, 0.2), radius=0.5, colour="#ffcc00", rim="#ffffff", opacity=0.4),
        Disc(centre=(-1.0, 0.2), radius=0.07, colour="#ffcc00", opacity=0.6),
        ArrowMark(tail=(-2.0, -1.0), head=(1.0, 1.5), colour="#00ccff", opacity=0.5),
        ArrowMark(tail=(0.0, 0.0), head=(0.1, 0.0), colour="#00ccff", width=12.0, opacity=0.5),
    ],
)
def test_a_faded_mark_is_whole(mark):
    """All ink of a mark that is faded as a whole lies within its spill: it is what a fading without limits gives."""
    limited, free = (on_black(mark, spill) for spill in (type(mark).spill, float("inf")))

    assert limited.any()
    np.testing.assert_allclose(limited.astype(int), free.astype(int), atol=1)  # a gradient begins elsewhere


def on_black(mark, spill: float) -> np.ndarray:
    """The pixels of a mark alone, drawn as one of a class with this spill."""
    kind = type(mark.__class__.__name__, (mark.__class__,), {"spill": spill})
    twin = kind(**{field.name: getattr(mark, field.name) for field in dataclasses.fields(mark)})
    with tempconfig({**picture_options(SPEC), "pixel_width": SPEC.width, "pixel_height": SPEC.height}):
        camera = StageCamera()
        camera.pixel_array[:] = 0
        camera.display_painted([Picture(lambda frame: [twin])], camera.pixel_array)
        return camera.pixel_array.copy()


@pytest.mark.parametrize("radius", [0.3, 1.5, 9.0])
@pytest.mark.parametrize("glow", [None, "#ffee88"])
def test_a_lamp_is_one_gradient(radius, glow):
    """Darkness that is filled in two parts has no seam: it is as dark as its distance from the light says."""
    shade = Shade(
        around=Box(-4.0, -2.25, 4.0, 2.25), centre=(0.4, 0.1), radius=radius, colour="#ffffff", glow=glow, opacity=0.8
    )
    seen = on_black(shade, 0.0)[..., 0] / 255
    rows, columns = np.indices(seen.shape)
    width, height = frame_size(SPEC.width, SPEC.height)
    x = (columns + 0.5) / SPEC.width * width - width / 2
    y = height / 2 - (rows + 0.5) / SPEC.height * height
    distance = np.hypot(x - 0.4, y - 0.1) / radius
    expected = 0.8 * np.clip((distance - 0.72) / 0.28, 0.0, 1.0)
    inside = (abs(x) < 3.95) & (abs(y) < 2.2)

    np.testing.assert_allclose(seen[inside], expected[inside], atol=0.03)


def test_equal_keys_are_equal_marks():
    """Whatever changes a mark's pixels changes its key."""
    disc = Disc(centre=(0.0, 0.0), radius=1.0, colour="#ffffff")
    others = [
        Disc(centre=(0.1, 0.0), radius=1.0, colour="#ffffff"),
        Disc(centre=(0.0, 0.0), radius=1.1, colour="#ffffff"),
        Disc(centre=(0.0, 0.0), radius=1.0, colour="#fffffe"),
        Disc(centre=(0.0, 0.0), radius=1.0, colour="#ffffff", rim="#000000"),
        disc.faded(0.5),
        ArrowMark(tail=(0.0, 0.0), head=(1.0, 0.0), colour="#ffffff"),
        Stroke(points=np.zeros((2, 2)), colour="#ffffff"),
    ]

    assert len({mark.key for mark in [disc, *others]}) == len(others) + 1
    assert Disc(centre=(0.0, 0.0), radius=1.0, colour="#ffffff").key == disc.key


def test_a_line_that_has_not_grown_is_not_there():
    """A line without length leaves no dot."""
    surface = cairo.ImageSurface(cairo.Format.ARGB32, 20, 20)
    Stroke(points=np.array([[5.0, 5.0], [5.0, 5.0]]), colour="#ffffff", width=500).paint(cairo.Context(surface))

    assert not np.any(np.frombuffer(surface.get_data(), np.uint8))


def test_spans_cover_a_beat_and_repeat_only_equal_frames():
    """Spans stand one after the other from the first frame to the last, and one that is still changes after none."""
    changing = {3, 4, 5, 9, 10, 14}
    found = list(spans(changing, 2, 16))

    assert [frame for span in found for frame in range(span.start, span.end)] == list(range(2, 16))
    assert all(frame not in changing for span in found if span.still for frame in range(span.start + 1, span.end))
    assert sum(span.end - span.start for span in found if span.still) >= 8
