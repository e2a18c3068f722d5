"""A lesson's story for a spec, before anything is drawn: its runs, its beats, its voice."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import click

from gdsim import Trajectory
from scenes.catalogue import Lesson
from scenes.command.options import asked
from scenes.film.narration import with_voice
from scenes.runs import runs_of
from scenes.script.beat import Script
from scenes.script.timing import TimedBeat, timed, total_frames
from scenes.spec import RenderSpec
from scenes.voice.choice import INSTALL, Voice, VoiceMissingError, find_voice
from scenes.voice.recording import Recording


def voice_of(spec: RenderSpec, name: str, model: Path | None) -> Voice | None:
    """The voice for the film; who speaks is said on stderr. A loop has none.

    Raises VoiceMissingError where the one named is not installed.
    """
    if spec.cut != "full":
        return None
    try:
        voice = find_voice(name, model)
    except VoiceMissingError:
        raise
    except ValueError as problem:
        raise click.UsageError(str(problem)) from None
    if name == "auto":
        click.echo(
            f"voice: {voice.described if voice else f'none is installed, the captions tell it ({INSTALL})'}", err=True
        )
    return voice


def has_texts(spec: RenderSpec, asked_for: bool | None) -> bool:
    """Whether files stand beside the film: as the user wishes, else beside a narrated film but not beside a loop."""
    return spec.cut == "full" if asked_for is None else asked_for


class Told(NamedTuple):
    """A lesson's story for a spec, before anything is drawn."""

    runs: tuple[Trajectory, ...]
    script: Script
    beats: tuple[TimedBeat, ...]
    frames: int


class Narrated(NamedTuple):
    """A story and its voice. recordings: one a beat, none for a silent film."""

    spec: RenderSpec
    story: Told
    recordings: list[Recording]


def told(lesson: Lesson, spec: RenderSpec) -> Told:
    """Run the lesson and lay out its script."""
    runs = asked(lambda: runs_of(spec))
    script = (lesson.loop if spec.cut == "loop" else lesson.script)(runs)
    beats = timed(script, spec.fps, spec.cut, spec.speech)
    return Told(runs, script, beats, total_frames(beats))


def narrated(lesson: Lesson, spec: RenderSpec, voice: Voice | None, speed: float) -> Narrated:
    """The lesson's story with the voice's timing, its spec, and what the voice says."""
    story = told(lesson, spec)
    spec, recordings = asked(lambda: with_voice(spec, story.script, voice, speed))
    return Narrated(spec, told(lesson, spec) if recordings else story, recordings)
