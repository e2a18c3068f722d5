"""Spoken films, rendered once and decoded for all the tests that listen to them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
import pytest

from scenes.catalogue import LESSONS
from scenes.film.companions import companions
from scenes.film.content import content_of
from scenes.film.narration import with_voice
from scenes.film.render import render
from scenes.lesson import tell_story
from scenes.spec import RenderSpec
from scenes.voice.choice import find_voice

RATES = {"espeak": 8, "piper": 10}


def quiet_spec(engine: str) -> RenderSpec:
    """The film before a voice speaks."""
    return RenderSpec("parabola", steps=1, width=320, height=180, fps=RATES[engine])


class Caption(NamedTuple):
    """A caption as it stands in a film: seconds and words."""

    start: float
    end: float
    text: str


class Stream(NamedTuple):
    """What a container says of one of its streams."""

    codec: str
    language: str | None
    default: bool


class SpokenFilm:
    """A finished film and what was to be in it.

    sound: (samples,) at `sample_rate`, decoded. pictures: (frames, height, width, 3).
    """

    def __init__(self, path: Path, spec, beats, recordings, folder: Path) -> None:
        self.path, self.spec, self.beats, self.recordings, self.folder = path, spec, beats, recordings, folder
        with av.open(str(path)) as film:
            self.title = film.metadata.get("title")
            self.seconds = film.duration / 1_000_000
            self.chapters = [
                (one["metadata"]["title"], float(one["start"] * one["time_base"]), float(one["end"] * one["time_base"]))
                for one in film.chapters()
            ]
            self.streams = {
                one.type: Stream(
                    one.codec_context.name,
                    one.metadata.get("language"),
                    bool(one.disposition & one.disposition.default),
                )
                for one in film.streams
                if one.type != "data"
            }
        with av.open(str(path)) as film:
            frames = list(film.decode(video=0))
        self.times = [frame.time for frame in frames]
        self.pictures = np.stack([frame.to_ndarray(format="rgb24") for frame in frames])
        self.sound, self.sample_rate = _sound(path)
        self.captions = _captions(path) if "subtitle" in self.streams else []

    def text(self, suffix: str) -> str:
        """What stands in one of the files beside the film."""
        return self.path.with_suffix(suffix).read_text(encoding="utf-8")


def _sound(path: Path) -> tuple[np.ndarray, int]:
    with av.open(str(path)) as film:
        if not film.streams.audio:
            return np.zeros(0), 0
        frames = list(film.decode(audio=0))
    start = round(frames[0].time * frames[0].sample_rate)
    sound = np.concatenate([frame.to_ndarray().mean(axis=0) for frame in frames])
    return np.concatenate([np.zeros(max(start, 0)), sound[-min(start, 0) :]]), frames[0].sample_rate


def _captions(path: Path) -> list[Caption]:
    """Words of the caption track; MP4 puts their length before them and an empty one into a gap."""
    found = []
    with av.open(str(path)) as film:
        for packet in film.demux(film.streams.subtitles[0]):
            words = bytes(packet)
            if path.suffix == ".mp4":
                words = words[2 : 2 + int.from_bytes(words[:2], "big")]
            if words:
                start = float(packet.pts * packet.time_base)
                end = start + float(packet.duration * packet.time_base)
                found.append(Caption(start, end, words.decode("utf-8")))
    return found


@pytest.fixture(scope="session")
def spoken_film(tmp_path_factory):
    """(engine, suffix) -> the SpokenFilm of the parabola's first step; MP4 and WebM of a voice come from one render."""
    folder = tmp_path_factory.mktemp("spoken")
    speech = tmp_path_factory.mktemp("speech")

    @cache
    def told(engine: str):
        spec = quiet_spec(engine)
        lesson = LESSONS["parabola"]
        spec, recordings = with_voice(spec, tell_story(lesson, spec).script, find_voice(engine), 1.0, speech)
        story = tell_story(lesson, spec)
        targets = [folder / f"{engine}.mp4", folder / f"{engine}.webm"]
        render(spec, targets, lambda frames: None, 1, recordings, companions(spec, targets, content_of(spec, story)))
        return spec, story.beats, recordings

    @cache
    def film(engine: str, suffix: str) -> SpokenFilm:
        return SpokenFilm(folder / f"{engine}{suffix}", *told(engine), speech)

    return film
