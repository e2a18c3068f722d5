"""Speech is spoken once and kept by what decides its sound."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from scenes.voice.recording import Recording
from scenes.voice.speech import NOWHERE, cache_folder, recorded


@dataclass
class Parrot:
    """A voice whose sound is the length of its words; it counts what it was asked to say."""

    engine: str = "parrot"
    model: str = ""
    language: str = "en"
    described: str = "a parrot"
    said: list[str] = field(default_factory=list)

    def speak(self, words: str, speed: float) -> Recording:
        self.said.append(words)
        return Recording(np.full(100 * len(words), 1000, np.int16), 16_000)


def test_each_sentence_is_spoken_once(tmp_path):
    """The same words twice in a film, and a second film, cost no second speaking."""
    parrot = Parrot()
    first = recorded(["one", "two two", "one"], parrot, 1.0, tmp_path)
    again = recorded(["two two", "one"], parrot, 1.0, tmp_path)

    assert sorted(parrot.said) == ["one", "two two"]
    assert [len(one.samples) for one in first] == [300, 700, 300]
    assert [one.samples.tolist() for one in again] == [one.samples.tolist() for one in first[1:]]


@pytest.mark.parametrize("change", [{"engine": "crow"}, {"model": "0123"}, {"speed": 1.2}])
def test_another_voice_does_not_get_these_recordings(change, tmp_path):
    """Engine, model and speed each have their own sound of the same words."""
    recorded(["one"], Parrot(), 1.0, tmp_path)
    speed = change.pop("speed", 1.0)
    other = Parrot(**change)
    recorded(["one"], other, speed, tmp_path)

    assert other.said == ["one"]


def test_a_broken_recording_is_spoken_anew(tmp_path):
    """What was cut off on the disk is noticed, and mended."""
    recorded(["one"], Parrot(), 1.0, tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:60])
    parrot = Parrot()

    (again,) = recorded(["one"], parrot, 1.0, tmp_path)
    assert (parrot.said, len(again.samples)) == (["one"], 300)
    assert recorded(["one"], Parrot(), 1.0, tmp_path)[0].samples.tolist() == again.samples.tolist()


@pytest.mark.parametrize("place", range(0, 60, 7))
def test_a_damaged_recording_is_spoken_anew(place, tmp_path):
    """A byte that has changed anywhere, in what says how fast it plays too, costs a second speaking, and is mended."""
    recorded(["one"], Parrot(), 1.0, tmp_path)
    (kept,) = tmp_path.iterdir()
    content = bytearray(kept.read_bytes())
    content[place] ^= 0xFF
    kept.write_bytes(content)
    parrot = Parrot()

    (again,) = recorded(["one"], parrot, 1.0, tmp_path)
    assert (parrot.said, len(again.samples), again.rate) == (["one"], 300, 16_000)
    recorded(["one"], parrot, 1.0, tmp_path)
    assert parrot.said == ["one"]


def test_a_folder_that_takes_nothing_is_done_without(tmp_path):
    """Where the cache cannot be written the words are spoken all the same."""
    (tmp_path / "cache").write_text("a file")

    (one,) = recorded(["one"], Parrot(), 1.0, tmp_path / "cache" / "speech")
    assert len(one.samples) == 300


def test_the_cache_is_the_users(monkeypatch, tmp_path):
    """It lies where this system keeps a user's caches, in a folder of our own."""
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    assert cache_folder() == tmp_path / "gdsim"


def test_a_user_without_a_home_keeps_nothing(monkeypatch):
    """Where there is no home folder and the environment names no other, words are spoken and not kept."""

    def no_home() -> None:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", no_home)
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr("sys.platform", "linux")

    (one,) = recorded(["one"], Parrot(), 1.0)
    assert (cache_folder(), len(one.samples)) == (NOWHERE, 300)
