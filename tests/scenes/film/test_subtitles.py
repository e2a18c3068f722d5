"""Captions and chapters as text, read by libraries that are not ours."""

from __future__ import annotations

import html
import re
from itertools import pairwise

import pytest
import srt
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from scenes.catalogue import LESSONS
from scenes.film.subtitles import FEWEST_CHAPTERS, Chapter, chapter_list, chapters, subrip
from scenes.film.subtitles import webvtt as vtt
from scenes.lesson import tell_story
from scenes.script.beat import beat, film
from scenes.script.cues import film_cues
from scenes.script.move import pulse
from scenes.script.sentence import say
from scenes.script.timing import timed
from scenes.spec import RenderSpec

WORDS = st.lists(st.text("abcdefgh<>&,.-", min_size=1, max_size=12), min_size=1, max_size=30).map(" ".join)
SCRIPTS = st.lists(WORDS, min_size=1, max_size=5).map(
    lambda sentences: film((), *(beat("One", say(words)) for words in sentences))
)
FPS = st.sampled_from([10, 15, 24, 30, 60])


def seconds(clock: str) -> float:
    """`00:01:02.345` in seconds."""
    hours, minutes, rest = clock.split(":")
    return 3600 * int(hours) + 60 * int(minutes) + float(rest)


@given(SCRIPTS, FPS)
def test_subrip_is_read_as_it_was_meant(script, fps):
    """`srt` finds every caption, numbered from 1, with its words and its times to the millisecond."""
    cues = film_cues(timed(script, fps, "full"), fps)
    found = list(srt.parse(subrip(cues, fps)))

    assert [one.index for one in found] == list(range(1, len(cues) + 1))
    assert [one.content for one in found] == [cue.text for cue in cues]
    for one, cue in zip(found, cues):
        times = (one.start.total_seconds(), one.end.total_seconds())
        assert times == pytest.approx((cue.start / fps, cue.end / fps), abs=0.00051)
    assert all(before.end <= after.start for before, after in pairwise(found))


@given(SCRIPTS, FPS)
def test_webvtt_is_read_as_it_was_meant(script, fps):
    """`webvtt` finds every caption with its times, and its words once the escapes are undone as a browser does."""
    cues = film_cues(timed(script, fps, "full"), fps)
    found = list(webvtt.from_string(vtt(cues, fps)))

    assert [html.unescape(one.raw_text) for one in found] == [cue.text for cue in cues]
    for one, cue in zip(found, cues):
        assert (seconds(one.start), seconds(one.end)) == pytest.approx((cue.start / fps, cue.end / fps), abs=0.00051)
        assert not re.search(r"<|-->|&(?!amp;|lt;|gt;)", one.raw_text)


@pytest.mark.parametrize("name", LESSONS)
def test_the_files_of_every_lesson_can_be_read(name):
    """No overlap, none shorter than 0.7 s, at most 20 characters a second."""
    beats = tell_story(LESSONS[name], RenderSpec(name)).beats

    found = list(srt.parse(subrip(film_cues(beats, 30), 30)))
    assert all(before.end <= after.start for before, after in pairwise(found))
    for one in found:
        shown = (one.end - one.start).total_seconds()
        assert shown >= 0.7
        assert len(one.content) <= 20 * shown


def test_hours_are_counted():
    """Clocks go on beyond minutes and hours."""
    beats = timed(film((), beat("One", say("Wait."), pulse("ball", seconds=3725.25), rest=0)), 4, "loop")

    assert "--> 01:02:05,250" in subrip(film_cues(beats, 4), 4)


def test_chapters_hold_neighbouring_beats():
    """Beats of one chapter are one chapter; the chapters fill the film from its first frame to its last."""
    names = ["One", "One", "Two", "One"]
    beats = timed(film((), *(beat(name, say("Some words.")) for name in names)), 30, "full")

    parts = chapters(beats)
    assert [part.title for part in parts] == ["One", "Two", "One"]
    assert (parts[0].start, parts[-1].end) == (0, beats[-1].end)
    assert all(before.end == after.start for before, after in pairwise(parts))


def test_a_short_chapter_joins_its_shorter_neighbour():
    """Of the two beside it, the one that needs it more."""
    ends = [20, 32, 41.5, 60, 100]
    parts = [Chapter(title, round(30 * start), round(30 * end)) for title, start, end in zip("ABCDE", [0, *ends], ends)]

    assert chapter_list(parts, 30).splitlines() == ["0:00 A", "0:20 B · C", "0:41 D", "1:00 E"]


def test_a_chapter_list_counts_hours():
    """From an hour on a line begins with the hours, and the minutes have two digits."""
    parts = [Chapter("A", 0, 3599), Chapter("B", 3599, 3725), Chapter("C", 3725, 4000)]

    assert chapter_list(parts, 1).splitlines() == ["0:00 A", "59:59 B", "1:02:05 C"]


@given(st.lists(st.integers(1, 9000), min_size=1, max_size=12))
def test_a_list_of_chapters_is_what_video_sites_take(lengths):
    """The first at 0:00, times rising, never fewer than three where there were three, short ones told together."""
    ends = [sum(lengths[: index + 1]) for index in range(len(lengths))]
    parts = [Chapter(f"Part {end}", start, end) for start, end in zip([0, *ends], ends)]
    lines = chapter_list(parts, 30).splitlines()

    assert lines[0].startswith("0:00 Part")
    assert len(lines) >= min(FEWEST_CHAPTERS, len(parts))
    assert "".join(re.findall(r"Part \d+", " ".join(lines))) == "".join(part.title for part in parts)
    starts = [seconds(":".join(["0", *line.split()[0].split(":")][-3:])) for line in lines]
    assert starts == sorted(starts)
    if len(lines) > FEWEST_CHAPTERS:
        assert all(after - before > 8.9 for before, after in pairwise(starts))
