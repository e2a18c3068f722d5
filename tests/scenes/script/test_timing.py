"""When beats begin and end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.script.beat import Script
from scenes.script.timing import BREATH, beat_seconds, timed, total_frames
from scenes.script.word_clock import CHARACTERS_PER_SECOND, SPEECH_LEAD, Speech
from tests.scenes.beats import spoken_beat

MOTIONS = st.lists(st.floats(0.05, 20.0), min_size=1, max_size=40)
FPS = st.sampled_from([10, 15, 24, 25, 30, 50, 60])


def script_of(motions) -> Script:
    """A script whose motions take so many seconds each."""
    return Script((), tuple(spoken_beat("A few words.", motion) for motion in motions))


@given(MOTIONS, FPS)
def test_a_beat_has_as_many_frames_as_it_needs_and_no_more(motions, fps):
    """Its frames last as long as its motion, reading and voice, and less than a frame longer."""
    for beat in timed(script_of(motions), fps, "full"):
        needed = beat_seconds(beat.beat, "full") * fps
        assert needed - 2e-3 <= beat.frames < needed + 1


@given(MOTIONS, st.floats(0.05, 20.0), FPS)
def test_a_beat_that_grows_changes_no_other(motions, other, fps):
    """Whatever the first beat takes, the beats after it keep their frames and move together."""
    before = timed(script_of(motions), fps, "full")
    after = timed(script_of([other, *motions[1:]]), fps, "full")

    assert [beat.frames for beat in before[1:]] == [beat.frames for beat in after[1:]]
    assert len({new.start - old.start for old, new in zip(before[1:], after[1:])}) <= 1


@given(MOTIONS, FPS)
def test_beats_follow_each_other_without_a_gap(motions, fps):
    """The film begins with its first beat; each has a frame at least; the last one's end is the film's."""
    beats = timed(script_of(motions), fps, "loop")

    assert beats[0].start == 0
    assert all(before.end == after.start for before, after in pairwise(beats))
    assert all(beat.frames >= 1 for beat in beats)
    assert total_frames(beats) == sum(beat.frames for beat in beats)


@pytest.mark.parametrize(
    ("motion", "speech", "longest"),
    [(9.0, 2.0, 9.0), (1.0, 6.0, SPEECH_LEAD + 6.0), (1.0, 0.0, 60 / CHARACTERS_PER_SECOND)],
)
def test_a_beat_lasts_as_long_as_the_longest_of_its_parts(motion, speech, longest):
    """Motion, voice or reading, whichever takes longest, and a breath."""
    beat = spoken_beat("x" * 29 + " " + "x" * 30, motion)

    assert beat_seconds(beat, "full", Speech(speech)) == pytest.approx(longest + BREATH)


def test_a_single_word_is_up_for_more_than_a_moment():
    """A beat of few letters and little motion lasts 1.6 s to read it, and a breath of 0.5 s."""
    assert beat_seconds(spoken_beat("Go.", 0.1), "full") == pytest.approx(1.6 + BREATH)


@pytest.mark.parametrize(("motion", "fps", "frames"), [(1.1, 50, 55), (4.9, 50, 245), (8.3, 30, 249)])
def test_rounding_adds_no_frame(motion, fps, frames):
    """A motion of a whole number of frames takes that many, even where floating point makes it a little more."""
    (beat,) = timed(script_of([motion]), fps, "loop")

    assert beat.frames == frames


def test_a_loop_is_motion_alone():
    """Nothing waits for a reader or a voice."""
    assert beat_seconds(spoken_beat("Some words to read.", 0.4), "loop", Speech(3.0)) == 0.4


def test_a_voice_says_every_sentence():
    """As many lengths as sentences, or the script is refused."""
    with pytest.raises(ValueError, match="each of the 2 sentences, got the lengths of 1"):
        timed(script_of([1.0, 1.0]), 30, "full", [1.0])


def test_an_empty_script_has_no_frames():
    """No beat, no frame."""
    assert total_frames(()) == 0
