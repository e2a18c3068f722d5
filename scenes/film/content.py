"""What a film says: its title, its beats and chapters, and its texts. Imports no manim."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from scenes.catalogue import FILMS
from scenes.film.subtitles import Chapter, chapters
from scenes.lesson import Told
from scenes.phrases.formulas import function_text, rule_text
from scenes.script.numbers import NO_BREAK
from scenes.script.timing import TimedBeat
from scenes.script.transcript import transcript
from scenes.spec import RenderSpec


class Content(NamedTuple):
    """One film's words. alt: what it shows, for those who cannot see it. transcript: Markdown, for a narrated film."""

    title: str
    alt: str
    beats: Sequence[TimedBeat]
    chapters: Sequence[Chapter]
    transcript: str


def content_of(spec: RenderSpec, story: Told, alt: str | None = None) -> Content:
    """The words of a lesson's film. alt: the user's description of the picture; by default the lesson's."""
    lesson = FILMS[spec.scene]
    title = spec.title or lesson.title
    described = " ".join(alt.split()) if alt is not None else _plain(lesson.alt(story.runs).plain())
    formulas = [function_text(story.runs[0]), rule_text(story.runs[0])]
    written = transcript(title, story.beats, spec.fps, story.runs, formulas) if spec.cut == "full" else ""
    return Content(title, described, story.beats, chapters(story.beats), written)


def _plain(text: str) -> str:
    return text.replace(NO_BREAK, " ")
