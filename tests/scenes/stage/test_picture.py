"""The painter: the same marks give the same pixels, whatever was painted before."""

import cairo
import numpy as np
import pytest
from manim import tempconfig

from scenes.catalogue import LESSONS
from scenes.lesson import tell_story
from scenes.script.timeline import Timeline
from scenes.spec import RenderSpec
from scenes.stage.camera import StageCamera
from scenes.stage.composition import compose
from scenes.stage.lesson import picture_options, spans
from scenes.stage.marks import ArrowMark, Disc, Stroke
from scenes.stage.part import Stage, channels_of
from scenes.stage.picture import Picture
from scenes.stage.theme import THEMES
from scenes.stage.write import Setting

SPEC = RenderSpec("parabola", width=320, height=180, fps=5)


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
