"""What a film has besides its picture: the voice, the captions, the chapters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from scenes.film.content import Content
from scenes.script.beat import Script
from scenes.script.cues import film_cues
from scenes.script.timing import TimedBeat
from scenes.spec import RenderSpec
from scenes.voice.choice import Voice
from scenes.voice.recording import Recording
from scenes.voice.speech import recorded

if TYPE_CHECKING:
    from scenes.film.sound import Track

FILMS = (".mp4", ".webm")


def with_voice(
    spec: RenderSpec, script: Script, voice: Voice | None, speed: float, folder: Path | None = None
) -> tuple[RenderSpec, list[Recording]]:
    """The spec of the spoken film and its recordings, one per beat; a loop and a film without a voice stay silent.

    folder: where recordings are kept; by default the user's cache. Raises VoiceError.
    """
    if voice is None or spec.cut != "full":
        return spec, []
    recordings = recorded([beat.spoken for beat in script], voice, speed, folder)
    speech = tuple(recording.seconds for recording in recordings)
    words = tuple(tuple(round(start, 4) for start in recording.words) for recording in recordings)
    spoken = replace(spec, voice=voice.engine, voice_model=voice.model, speed=speed, speech=speech, words=words)
    return spoken, recordings


def narration(spec: RenderSpec, beats: Sequence[TimedBeat], recordings: Sequence[Recording]) -> Track | None:
    """The film's sound, (samples,); None for a silent one.

    Raises ValueError if the spec has speech that the recordings do not match.
    """
    from scenes.film.sound import film_sound

    if len(recordings) != len(spec.speech):
        raise ValueError(f"a spoken film needs {len(spec.speech)} recordings, got {len(recordings)}")
    return film_sound(beats, recordings, spec.fps) if recordings else None


def add_tracks(film: Path, spec: RenderSpec, content: Content, sound: Track | None) -> None:
    """Add sound, captions and chapters to the silent film at `film`; its picture stays as it is."""
    from scenes.film.mux import Tracks, mux

    if spec.cut != "full" or film.suffix.lower() not in FILMS:
        return
    cues = film_cues(content.beats, spec.fps) if spec.soft else []
    # Captions that are burned in as well would appear twice if a player showed the track by default.
    tracks = Tracks(spec.fps, content.title, sound, cues, content.chapters, shown=not spec.burned)
    dressed = film.with_name(f"{film.stem}-dressed{film.suffix}")
    try:
        mux(film, tracks, dressed)
        dressed.replace(film)
    finally:
        dressed.unlink(missing_ok=True)
