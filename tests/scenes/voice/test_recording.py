"""Recordings: trimmed, kept, read again."""

from __future__ import annotations

import os

import numpy as np
import pytest

from scenes.voice.recording import Recording, read_recording, write_recording


def tone(seconds: float, rate: int = 22_050) -> np.ndarray:
    """A tone of so many seconds."""
    return (8000 * np.sin(np.arange(round(seconds * rate)) * 0.3)).astype(np.int16)


def test_trimming_takes_the_silence_off_both_ends():
    """A second of silence before and after a tone goes, but for 20 ms on either side; what is within stays."""
    silence = np.zeros(22_050, np.int16)
    spoken = Recording(np.concatenate([silence, tone(0.5), silence[:4000], tone(0.5), silence]), 22_050)

    trimmed = spoken.trimmed()
    assert trimmed.seconds == pytest.approx(1.0 + 4000 / 22_050 + 0.04, abs=0.003)
    assert np.abs(trimmed.samples[450:5000]).max() > 7000


@pytest.mark.parametrize("samples", [[], [0] * 500], ids=["none", "silence"])
def test_nothing_said_is_an_empty_recording(samples):
    """Silence alone leaves no sample, and lasts no time."""
    trimmed = Recording(np.array(samples, np.int16), 16_000).trimmed()

    assert (len(trimmed.samples), trimmed.seconds) == (0, 0.0)


def test_a_recording_cannot_be_changed():
    """Its samples are locked."""
    with pytest.raises(ValueError, match="read-only"):
        Recording(tone(0.1), 22_050).samples[0] = 1


def test_what_is_kept_is_what_was_said(tmp_path):
    """Written and read, samples and rate are the same, and no draft is left."""
    path = tmp_path / "deep" / "one.speech"
    write_recording(Recording(tone(0.2), 22_050), path)

    found = read_recording(path)
    assert found is not None
    assert (found.rate, found.samples.tolist()) == (22_050, tone(0.2).tolist())
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.99])
def test_a_broken_recording_counts_as_none(share, tmp_path):
    """A file cut off anywhere, even within its header, is not taken for speech."""
    path = tmp_path / "one.speech"
    write_recording(Recording(tone(0.2), 22_050), path)
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])

    assert read_recording(path) is None


def test_a_recording_with_one_bit_flipped_counts_as_none(tmp_path):
    """Whichever bit of a kept recording has changed, of its digest, its rate or its samples: it is not used."""
    path = tmp_path / "one.speech"
    write_recording(Recording(tone(0.01), 22_050), path)
    whole = path.read_bytes()
    assert read_recording(path) is not None

    for bit in range(8 * len(whole)):
        damaged = bytearray(whole)
        damaged[bit // 8] ^= 1 << bit % 8
        path.write_bytes(damaged)
        assert read_recording(path) is None
    path.write_bytes(whole + bytes(2))
    assert read_recording(path) is None


def test_a_recording_under_another_name_counts_as_none(tmp_path):
    """A sentence that was put in another's place is not taken for it."""
    write_recording(Recording(tone(0.1), 22_050), tmp_path / "one.speech")
    (tmp_path / "one.speech").rename(tmp_path / "two.speech")

    assert read_recording(tmp_path / "two.speech") is None


@pytest.mark.parametrize("make", [os.mkdir, *([os.mkfifo] if hasattr(os, "mkfifo") else [])])
def test_what_is_no_file_is_not_a_recording(make, tmp_path):
    """A folder or a pipe at a recording's place gives none, and nobody waits for it."""
    make(tmp_path / "one.speech")

    assert read_recording(tmp_path / "one.speech") is None


def test_another_file_is_not_a_recording(tmp_path):
    """Text, and a place where nothing is, give none."""
    (tmp_path / "one.speech").write_text("these are words, but not spoken ones")

    assert read_recording(tmp_path / "one.speech") is None
    assert read_recording(tmp_path / "missing.speech") is None
