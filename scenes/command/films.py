"""Films for the terminal: from what was asked for to finished files and their description."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from scenes.catalogue import FILMS
from scenes.command import options
from scenes.command.ending import ending
from scenes.command.terminal import tell
from scenes.spec import ANIMATIONS


class Asked(NamedTuple):
    """What was asked for besides the specs.

    outputs, formats: the files to write. quiet: whether no progress is reported.
    jobs: processes; None for as many as pay off. texts: whether files are written beside; None for the default.
    alt: the user's description of the picture. lab: whether a laboratory of the same runs is written beside.
    """

    outputs: tuple[Path, ...]
    formats: tuple[str, ...]
    quiet: bool
    jobs: int | None
    cache: bool
    voice: str
    voice_model: Path | None
    speed: float
    texts: bool | None
    alt: str | None
    lab: bool


def film(scenes: Sequence[str], cut: str | None, asked: Asked, words: dict[str, Any]) -> dict[str, Any]:
    """Make the film of one lesson; returns its description, ready for JSON."""
    suffixes = options.suffixes_of(asked.outputs, asked.formats, words)
    animated = suffixes <= set(ANIMATIONS)
    spec = options.spec_of(scenes[0], cut or ("loop" if animated else "full"), ".gif" in suffixes, words, animated)

    from scenes.film.jobs import standby

    with ending("the render"), standby(spec, asked.jobs) as workers:
        from scenes.command import story
        from scenes.command.report import Reporter
        from scenes.film.companions import companions, laboratories
        from scenes.film.content import content_of

        lesson = FILMS[spec.scene]
        story.told(lesson, spec)
        page = story.laboratory(spec) if asked.lab else None
        options.targets_of(spec, asked.outputs, asked.formats)  # before the voice speaks: it takes a while
        speaker = None if animated else story.voice_of(spec, asked.voice, asked.voice_model)
        spec, script, recordings = story.narrated(lesson, spec, speaker, asked.speed)
        targets = options.targets_of(spec, asked.outputs, asked.formats)
        content = content_of(spec, script, asked.alt)
        if story.has_texts(spec, asked.texts):
            beside = companions(spec, targets, content, page)
        else:
            beside = dict(laboratories(targets, page)) if page else {}
        with Reporter(lesson.title, script.frames, quiet=asked.quiet) as reporter:
            from scenes.film.cache import Cache
            from scenes.film.render import render

            kept = Cache() if asked.cache else None
            fitted = render(spec, targets, reporter.advance, asked.jobs, recordings, beside, kept, workers)
    for target, choice in () if asked.quiet else fitted.items():
        tell(f"{target.name} fits as {choice}")
    with ending("the films are finished, but describing them"):
        from scenes.film.manifest import manifest

        return manifest(spec, targets, script.runs, content, beside, fitted)


def course(scenes: Sequence[str], cut: str | None, asked: Asked, words: dict[str, Any]) -> dict[str, Any]:
    """Make one film of several lessons; returns its description, ready for JSON."""
    suffixes = options.suffixes_of(asked.outputs, asked.formats, words)
    title = words.pop("title")  # the film's: its lessons keep their own
    first = options.spec_of(scenes[0], cut or "full", False, dict(words))
    options.check_course(first, suffixes)
    if asked.lab:
        raise click.UsageError("a film of several lessons takes no --lab; a film of one does")
    names = asked.formats or (() if asked.outputs else ("mp4",))
    with ending("the render"):
        from scenes.command import story
        from scenes.command.report import Reporter
        from scenes.film.companions import companions
        from scenes.film.course import Part, course_content, course_key, render_course

        specs = [options.spec_of(name, "full", False, dict(words)) for name in scenes]
        options.checked_targets(asked.outputs, names, "course")  # before the voice speaks: it takes a while
        speaker = story.voice_of(first, asked.voice, asked.voice_model)
        parts = [Part(*story.narrated(FILMS[spec.scene], spec, speaker, asked.speed)) for spec in specs]
        content = course_content(parts, title, asked.alt)
        targets = options.checked_targets(asked.outputs, names, course_key(parts, content.title))
        beside = companions(parts[0].spec, targets, content) if asked.texts is not False else {}
        with Reporter(content.title, content.beats[-1].end, quiet=asked.quiet) as reporter:
            from scenes.film.cache import Cache

            kept = Cache() if asked.cache else None
            render_course(parts, content, targets, reporter.advance, asked.jobs, beside, kept)
    with ending("the films are finished, but describing them"):
        from scenes.film.manifest import course_manifest

        return course_manifest(parts, targets, content, beside)
