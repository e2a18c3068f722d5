"""A lesson's story for a spec, before anything is drawn: its runs, its beats, its voice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import click

from scenes.catalogue import LESSONS
from scenes.command.options import asked
from scenes.command.preview import opened
from scenes.command.terminal import one_line, tell
from scenes.film.narration import with_voice
from scenes.lesson import Lesson, Told, tell_story
from scenes.spec import RenderSpec
from scenes.voice.choice import LANGUAGE, Voice, VoiceMissingError, find_voice, install_voice
from scenes.voice.recording import Recording


def voice_of(spec: RenderSpec, name: str, model: Path | None) -> Voice | None:
    """The voice of the film, named on standard error. A loop has none.

    Raises VoiceMissingError if the requested voice is not installed.
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
        silent = f"none is installed, so captions alone tell the story; {install_voice('piper')} installs one"
        tell(f"voice: {voice.described if voice else silent}")
    if voice and voice.language.partition("-")[0] != LANGUAGE:
        tell(f"voice: the model of {voice.described} speaks {voice.language}, but the story is in English")
    return voice


def preview(film: Path) -> None:
    """Open a finished film; if nothing can show it, a line on standard error says so."""
    if not opened(film):
        tell(f"cannot open {one_line(film)}: this system has no viewer for it; the file is finished")


def laboratory(spec: RenderSpec) -> Callable[[str], str]:
    """What makes the page of the film's own runs, given the film's address; a usage error if there is none."""
    from scenes.command.laboratory import page_beside

    return asked(lambda: page_beside(spec, spec.title or LESSONS[spec.scene].title))


def has_texts(spec: RenderSpec, asked_for: bool | None) -> bool:
    """Whether files are written next to the film: as the user asked, by default only for a narrated film."""
    return spec.cut == "full" if asked_for is None else asked_for


class Narrated(NamedTuple):
    """A story and its voice. recordings: one per beat; none for a silent film."""

    spec: RenderSpec
    story: Told
    recordings: list[Recording]


def told(lesson: Lesson, spec: RenderSpec) -> Told:
    """The lesson's story; a spec that does not suit the lesson is a usage error."""
    return asked(lambda: tell_story(lesson, spec))


def narrated(lesson: Lesson, spec: RenderSpec, voice: Voice | None, speed: float) -> Narrated:
    """The lesson's story with the voice's timing, its spec, and what the voice says."""
    story = told(lesson, spec)
    spec, recordings = asked(lambda: with_voice(spec, story.script, voice, speed))
    return Narrated(spec, told(lesson, spec) if recordings else story, recordings)
