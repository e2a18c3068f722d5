"""Which caption is up when."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.catalogue import LESSONS
from scenes.script.cues import beat_cues, film_cues
from scenes.script.timing import timed
from scenes.spec import RenderSpec
from tests.scenes.beats import script_of, spoken_beat

SHORTEST_SECONDS, CHARACTERS_A_SECOND = 0.7, 20.0
WORDS = st.lists(st.text("abcdefgh,.;", min_size=1, max_size=14), min_size=1, max_size=60).map(" ".join)
FPS = st.sampled_from([10, 15, 25, 30, 60])


def check(cues, fps):
    """What holds for all captions: they neither overlap nor flash by nor ask to be read too fast."""
    assert all(before.end <= after.start for before, after in pairwise(cues))
    for cue in cues:
        seconds = (cue.end - cue.start) / fps
        assert seconds >= SHORTEST_SECONDS
        assert len(cue.text) <= CHARACTERS_A_SECOND * seconds


@given(WORDS, st.floats(0.0, 30.0), st.floats(0.1, 10.0), FPS)
def test_captions_can_be_read(sentence, speech, motion, fps):
    """Whatever is said, however fast: none overlaps, none is shorter than 0.7 s, none is faster than 20 a second."""
    script = script_of((spoken_beat(sentence, motion),) * 2)

    check(film_cues(timed(script, fps, "full", [speech] * 2), fps), fps)


@given(WORDS, st.floats(0.0, 30.0), FPS)
def test_a_beats_captions_fill_it(sentence, speech, fps):
    """The first appears on the beat's first frame, the last stays to its end, without a gap or a lost word."""
    (beat,) = timed(script_of((spoken_beat(sentence),)), fps, "full", [speech])
    cues = beat_cues(beat, fps)

    assert (cues[0].start, cues[-1].end) == (beat.start, beat.end)
    assert all(before.end == after.start for before, after in pairwise(cues))
    assert " ".join(cue.text for cue in cues).split() == sentence.split()


@given(WORDS, st.floats(0.0, 30.0), FPS)
def test_each_caption_stays_as_long_as_it_takes_to_read(sentence, speech, fps):
    """However fast the voice is, a caption is up for a second and a fifteenth of one per character, to a frame."""
    (beat,) = timed(script_of((spoken_beat(sentence),)), fps, "full", [speech])

    for cue in beat_cues(beat, fps):
        assert (cue.end - cue.start + 1) / fps >= max(1.0, len(cue.text) / 15) - 1e-9


def test_captions_turn_with_the_voice():
    """The second caption comes when the voice gets to its words: halfway through two sentences of one length."""
    sentence = "Every step here is a little shorter than the one that came before it again. " * 2
    (beat,) = timed(script_of((spoken_beat(sentence.strip()),)), 50, "full", [20.0])
    first, second = beat_cues(beat, 50)

    assert second.start / 50 == pytest.approx(0.25 + 10.0, abs=0.05)
    assert first.end == second.start


@pytest.mark.parametrize("rate", [None, 1e-4, 0.03, 0.5, 0.9, 1.0, 7.3])
@pytest.mark.parametrize("name", LESSONS)
def test_the_captions_of_every_lesson_can_be_read(name, rate):
    """With a voice of two words a second and without one, at any rate."""
    lesson = LESSONS[name]
    if name == "saddle" and rate in (1.0, 7.3):  # no ball comes to a saddle at such a rate
        rate = 0.2
    script = lesson.script(lesson.run(RenderSpec(name, learning_rate=rate)))
    for speech in (None, [len(beat.spoken.split()) / 2 for beat in script]):
        check(film_cues(timed(script, 15, "full", speech), 15), 15)
