"""The film's sound: at its place, at its loudness, without a click."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from scenes.film.sound import SAMPLE_RATE, film_sound, levelled, measured, resampled
from scenes.script.beat import beat, film
from scenes.script.sentence import say
from scenes.script.timing import timed
from scenes.script.word_clock import SPEECH_LEAD
from scenes.voice.recording import Recording


def talk(seconds: float, size: float = 3000.0, rate: int = 22_050) -> np.ndarray:
    """Noise with the ups and downs of talking."""
    time = np.arange(round(seconds * rate)) / rate
    noise = np.random.default_rng(0).normal(0, 1, len(time))
    return np.clip(size * noise * (0.2 + np.sin(2 * np.pi * 3 * time) ** 2), -32_000, 32_000).astype(np.int16)


def tone(hertz: float, seconds: float, rate: int) -> np.ndarray:
    """A tone at half of full scale."""
    return (16_000 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)).astype(np.int16)


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000])
def test_resampling_keeps_length_pitch_and_size(rate):
    """A tone of 440 Hz at any rate is one at 48 kHz, as long and as loud."""
    sound = resampled(Recording(tone(440, 1.0, rate), rate))

    spectrum = np.abs(np.fft.rfft(sound))
    assert len(sound) == pytest.approx(SAMPLE_RATE, abs=2)
    assert np.argmax(spectrum) * SAMPLE_RATE / len(sound) == pytest.approx(440, abs=1.5)
    assert np.abs(sound[5000:-5000]).max() == pytest.approx(16_000 / 32_768, rel=0.01)


@pytest.mark.parametrize("size", [30.0, 300.0, 3_000.0, 20_000.0])
def test_every_voice_gets_the_same_loudness(size):
    """Quiet or loud, the track ends at −16 LUFS, its true peak below −1 dB."""
    level = measured(levelled(resampled(Recording(talk(6.0, size), 22_050))))

    assert level.loudness == pytest.approx(-16.0, abs=0.5)
    assert level.peak <= 10 ** (-1 / 20)


def test_silence_stays_silence():
    """Nothing is made loud out of nothing."""
    assert not levelled(np.zeros(48_000, np.float32)).any()


def test_levelling_moves_nothing():
    """The limiter looks ahead, but what was said at a time is heard at that time, and silence around it stays."""
    track = np.zeros(4 * SAMPLE_RATE, np.float32)
    voice = resampled(Recording(talk(1.5), 22_050))
    track[SAMPLE_RATE : SAMPLE_RATE + len(voice)] = voice

    result = levelled(track)
    shift = np.argmax(np.correlate(result[40_000:60_000], track[40_960:59_040], "valid")) - 960
    assert len(result) == len(track)
    assert abs(shift) <= 2
    assert np.abs(result[: SAMPLE_RATE - 480]).max() < 1e-4
    assert np.abs(result[SAMPLE_RATE + len(voice) + 4800 :]).max() < 1e-4


@pytest.mark.parametrize("fps", [7, 15, 24, 30, 60])
def test_the_sound_is_as_long_as_the_frames(fps):
    """To the sample, at any frame rate; each recording begins its lead after its beat."""
    script = film((), *[beat("One", say("Some words."))] * 3)
    recordings = [Recording(talk(length), 22_050) for length in (1.1, 2.3, 0.7)]
    beats = timed(script, fps, "full", [one.seconds for one in recordings])

    sound = film_sound(beats, recordings, fps)
    assert len(sound) == round(Fraction(beats[-1].end, fps) * SAMPLE_RATE)
    for one in beats:
        lead = round((one.start / fps + SPEECH_LEAD) * SAMPLE_RATE)
        assert np.abs(sound[round(one.start / fps * SAMPLE_RATE) : lead - 240]).max() < 1e-4
        assert np.abs(sound[lead : lead + 4800]).max() > 0.01


def test_as_many_recordings_as_beats():
    """A missing recording is an error, not a shift of all that follow."""
    beats = timed(film((), *[beat("One", say("Some words."))] * 2), 30, "full")

    with pytest.raises(ValueError, match="shorter"):
        film_sound(beats, [Recording(talk(0.5), 22_050)], 30)
