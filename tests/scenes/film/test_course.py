"""Films of several lessons: the lessons' own pictures, sounds and words, one after the other."""

from __future__ import annotations

import av
import numpy as np
import pytest

from scenes.catalogue import LESSONS
from scenes.command.options import scenes_of
from scenes.film import course
from scenes.film.cache import Cache
from scenes.film.companions import companions
from scenes.film.course import Part, course_content, course_key, placed, render_course, starts
from scenes.film.manifest import course_manifest
from scenes.film.narration import with_voice
from scenes.film.render import render, told
from scenes.lesson import tell_story
from scenes.spec import RenderSpec
from scenes.voice.choice import find_voice

SCENES = ("slope", "parabola")


def part(scene: str, **words) -> Part:
    """A lesson as small as it can be drawn."""
    spec = RenderSpec(scene, **{"width": 160, "height": 90, "fps": 2} | words)
    return Part(spec, told(spec))


def pictures(path) -> list[np.ndarray]:
    """All frames of a film."""
    with av.open(str(path)) as film:
        return [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A course of two lessons, each alone, and what the cache was asked to draw."""
    folder = tmp_path_factory.mktemp("course")
    parts, cache = [part(scene) for scene in SCENES], Cache(folder / "cache")
    for one in parts:
        render(one.spec, [folder / f"{one.spec.scene}.mp4"], lambda frames: None, 1, cache=cache)
    content = course_content(parts)
    targets = [folder / "course.mp4", folder / "course.webm"]
    render_course(
        parts, content, targets[:1], lambda frames: None, 1, companions(parts[0].spec, targets[:1], content), cache
    )
    return folder, parts, content, cache


def test_a_course_is_its_lessons_frame_by_frame(made):
    """Every picture of the course is the one that the lesson's own film shows at that moment."""
    folder, parts, _, _ = made
    alone = [picture for scene in SCENES for picture in pictures(folder / f"{scene}.mp4")]
    together = pictures(folder / "course.mp4")

    assert len(together) == sum(one.story.frames for one in parts) == len(alone)
    for one, other in zip(together, alone):
        np.testing.assert_array_equal(one, other)


def test_a_course_draws_nothing_that_is_kept(made, monkeypatch, tmp_path):
    """After the lessons' own films, all its pieces come from the cache."""
    _, parts, content, cache = made
    jobs: list[int] = []
    make = course.make_pieces

    def watched(*words, **more):
        monkeypatch.setattr("scenes.film.render.run", lambda job, *rest: jobs.append(len(job.tasks)))
        return make(*words, **more)

    monkeypatch.setattr(course, "make_pieces", watched)
    render_course(parts, content, [tmp_path / "again.mp4"], lambda frames: None, 1, {}, cache)

    assert jobs == [0] * len(parts)
    assert (tmp_path / "again.mp4").stat().st_size > 0


def test_a_course_has_a_chapter_for_each_lesson(made):
    """In the file, in the list for video sites, and in the description for programs."""
    folder, parts, content, _ = made
    with av.open(str(folder / "course.mp4")) as film:
        chapters = [(one["metadata"]["title"], one["start"] / 1000) for one in film.chapters()]
    described = course_manifest(parts, [folder / "course.mp4"], content)

    seconds = [start / parts[0].spec.fps for start in starts(parts)]
    assert chapters == list(zip((LESSONS[scene].title for scene in SCENES), seconds))
    assert [lesson["start"] for lesson in described["lessons"]] == seconds
    listed = (folder / "course.chapters.txt").read_text().splitlines()
    assert [line.partition(" ")[2] for line in listed] == [LESSONS[scene].title for scene in SCENES]
    first = described["lessons"][1]["beats"][0]
    assert (first["start"], first["sentence"]) == (seconds[1], parts[1].story.beats[0].beat.plain)


def test_a_courses_captions_and_transcript_go_on_where_a_lesson_ends(made):
    """A lesson's first sentence is captioned at its own beginning, and each transcript is a section."""
    folder, parts, content, _ = made
    second = placed(parts[1], starts(parts)[1])
    minutes, seconds = divmod(starts(parts)[1] // parts[0].spec.fps, 60)
    blocks = (folder / "course.srt").read_text().split("\n\n")
    words = second.story.beats[0].beat.plain.split()[0]

    assert any(f"00:{minutes:02d}:{seconds:02d}" in block.splitlines()[1] and words in block for block in blocks)
    written = (folder / "course.transcript.md").read_text()
    headings = [line for line in written.splitlines() if line.startswith(("# ", "## "))]
    assert headings == [f"# {content.title}", *(f"## {LESSONS[scene].title}" for scene in SCENES)]
    assert f"### {minutes}:{seconds:02d} " in written


def test_a_spoken_course_has_one_sound_track(tmp_path):
    """As long as its pictures, with each lesson's sentences where its beats are."""
    parts = []
    for scene in SCENES:
        spec = RenderSpec(scene, width=160, height=90, fps=2)
        script = tell_story(LESSONS[scene], spec).script
        spec, recordings = with_voice(spec, script, find_voice("espeak"), 1.0, tmp_path / "speech")
        parts.append(Part(spec, told(spec), recordings))
    sound = course._sound(parts)
    frames = sum(one.story.frames for one in parts)

    assert sound is not None
    assert abs(len(sound) / 48_000 - frames / 2) < 1e-3
    moved = placed(parts[1], starts(parts)[1])
    for beat in (moved.story.beats[0], moved.story.beats[-1]):
        second = slice(24_000 * beat.start, 24_000 * beat.start + 48_000)
        assert np.abs(sound[second]).max() > 0.05
    loud = [
        np.sqrt(np.mean(track[np.abs(track) > 0.01] ** 2)) for track in np.split(sound, [24_000 * starts(parts)[1]])
    ]
    assert abs(20 * np.log10(loud[0] / loud[1])) < 1.0


def test_a_courses_name_is_its_lessons_and_its_title():
    """Other lessons, another order, another spec or title: another file."""
    one, two = part("slope"), part("parabola")
    names = [
        course_key([one, two], "a"),
        course_key([two, one], "a"),
        course_key([one, two], "b"),
        course_key([one, part("parabola", theme="light")], "a"),
    ]

    assert len(set(names)) == len(names)
    assert course_key([one, two], "a") == names[0]


def test_a_course_of_all_lessons_has_a_title_of_its_own():
    """And the user's title comes before both."""
    some, every = [part("slope"), part("parabola")], [part(scene) for scene in scenes_of((), True)]

    titles = [course_content(some).title, course_content(every).title, course_content(some, "My course").title]
    assert len(set(titles)) == 3
    assert titles[2] == "My course"
    assert course_content(some, alt="Two\nfilms").alt == "Two films"
