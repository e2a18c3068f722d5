"""What a course of all lessons begins and ends with."""

import numpy as np
import pytest

from scenes.catalogue import BOOKENDS, LESSONS
from scenes.command.options import scenes_of
from scenes.film.course import Part, course_content
from scenes.lesson import tell_story
from scenes.spec import RenderSpec


def told(scene: str):
    """The story of an opening or a closing."""
    return tell_story(BOOKENDS[scene], RenderSpec(scene))


def test_only_a_whole_course_has_them():
    """They come before the first lesson and after the last, and nobody can ask for one alone."""
    assert scenes_of((), True) == ("opening", *LESSONS, "closing")
    assert scenes_of(("slope", "bowl"), False) == ("slope", "bowl")
    assert not set(BOOKENDS) & set(LESSONS)


def test_each_step_makes_it_less_wrong():
    """The opening says that every step lowers the loss, and it does."""
    (run,) = told("opening").runs

    assert (np.diff(run.losses) < 0).all()
    assert any("each time it is less wrong" in beat.beat.plain for beat in told("opening").beats)


def test_the_closing_comes_back_to_the_openings_ball():
    """It says that the viewer has seen this ball before: it is the same run."""
    (first,), (last,) = told("opening").runs, told("closing").runs

    assert first.digest() == last.digest()
    assert told("closing").beats[0].beat.plain == "You have seen this ball before."


@pytest.mark.parametrize("scene", BOOKENDS)
def test_they_are_short(scene):
    """Half a minute at most, and as long as the catalogue says."""
    story, spec = told(scene), RenderSpec(scene)

    assert round(story.frames / spec.fps) == BOOKENDS[scene].seconds <= 30


def test_a_courses_description_counts_its_lessons_alone():
    """An opening is no lesson."""
    parts = [Part(RenderSpec(scene), told(scene)) for scene in BOOKENDS]
    lesson = Part(RenderSpec("slope"), tell_story(LESSONS["slope"], RenderSpec("slope")))

    assert course_content([parts[0], lesson, parts[1]]).alt == "A film of 1 lessons: What is a slope."
