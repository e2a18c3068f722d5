"""A film of several lessons: each is drawn as it would be alone, and all are joined, with a chapter each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scenes.catalogue import BOOKENDS, FILMS
from scenes.film.cache import Cache
from scenes.film.companions import Companion, write_companion
from scenes.film.content import Content, content_of
from scenes.film.encoding import encoding
from scenes.film.jobs import cores
from scenes.film.narration import add_tracks, narration
from scenes.film.pieces import Piece
from scenes.film.problems import reason_of
from scenes.film.publish import publishing
from scenes.film.render import KINDS, Progress, make_pieces
from scenes.film.scratch_dir import scratch_dir
from scenes.film.subtitles import Chapter
from scenes.film.tasks import piece_path
from scenes.lesson import Told
from scenes.script.timing import TimedBeat
from scenes.spec import RenderSpec
from scenes.voice.recording import Recording

if TYPE_CHECKING:
    from scenes.film.sound import Track

TITLE = "Gradient descent, from the start"
ALL_TITLE = "How machines learn"


class Part(NamedTuple):
    """One lesson of a course: its spec, its story, and what the voice says, one recording per beat."""

    spec: RenderSpec
    story: Told
    recordings: Sequence[Recording] = ()


def course_key(parts: Sequence[Part], title: str) -> str:
    """The name of the finished film: equal lessons with equal specs and one title share it."""
    words = "|".join([title, *(part.spec.key() for part in parts)])
    return f"course-{sha256(words.encode()).hexdigest()[:8]}"


def course_content(parts: Sequence[Part], title: str = "", alt: str | None = None) -> Content:
    """The words of the whole film: a chapter for each lesson, and their transcripts one after the other.

    title: the user's, instead of a title that fits. alt: likewise.
    """
    lessons = [FILMS[part.spec.scene] for part in parts if part.spec.scene not in BOOKENDS]
    whole = title or (ALL_TITLE if len(lessons) < len(parts) else TITLE)
    moved = [placed(part, start) for part, start in zip(parts, starts(parts))]
    contents = [content_of(part.spec, part.story) for part in moved]
    names = ", ".join(lesson.title.rstrip("?") for lesson in lessons)
    described = f"A film of {len(lessons)} lessons: {names}."
    return Content(
        whole,
        described if alt is None else " ".join(alt.split()),
        [beat for part in moved for beat in part.story.beats],
        [Chapter(one.title, one.beats[0].start, one.beats[-1].end) for one in contents],
        "\n".join([f"# {whole}\n", *(_under(one.transcript) for one in contents)]),
    )


def render_course(
    parts: Sequence[Part],
    content: Content,
    targets: Sequence[Path],
    progress: Progress,
    jobs: int | None = None,
    texts: Mapping[Path, Companion] | None = None,
    cache: Cache | None = None,
) -> None:
    """Draw the lessons one after the other, and write every target, an MP4 or a WebM, from all of them.

    Arguments as in `render`. A piece that a lesson's own film has left in the cache is not drawn again.
    Raises RenderError, or OSError if a file cannot be written.
    """
    texts, spec = texts or {}, parts[0].spec
    with scratch_dir() as folder:
        pieces: list[tuple[Path, int, Piece]] = []  # where it is, and when its lesson begins
        for part, start in zip(parts, starts(parts)):
            place = folder / part.spec.scene
            place.mkdir()
            made = make_pieces(part.spec, part.story, targets, place, progress, jobs, cache)
            pieces += [(place, start, piece) for piece in made]
        with publishing([*targets, *texts]) as drafts:
            for target, draft in zip(targets, drafts):
                _join(pieces, spec, KINDS[target.suffix.lower()], draft)
                add_tracks(draft, spec, content, _sound(parts))
            for draft, text in zip(drafts[len(targets) :], texts.values()):
                write_companion(text, draft, dict(zip(targets, drafts)))
    if cache:
        cache.trim()


def _join(pieces: Sequence[tuple[Path, int, Piece]], spec: RenderSpec, kind: str, target: Path) -> None:
    """The pieces of all lessons as one film."""
    from scenes.film.join import join

    paths = [piece_path(place, piece, kind) for place, _, piece in pieces]
    shifted = [piece._replace(start=start + piece.start) for _, start, piece in pieces]
    try:
        join(paths, shifted, spec.fps, target, encoding(kind, spec))
    except (MemoryError, ValueError) as problem:
        raise RuntimeError(reason_of(problem)) from problem


def _sound(parts: Sequence[Part]) -> Track | None:
    """The sound of all lessons, each as loud as it is alone; None if they are silent.

    Measuring how loud a lesson is takes most of the time, outside of Python: several are measured at once.
    """
    import numpy as np

    with ThreadPoolExecutor(cores()) as pool:
        tracks = list(pool.map(lambda part: narration(part.spec, part.story.beats, part.recordings), parts))
    spoken = [track for track in tracks if track is not None]
    return np.concatenate(spoken) if spoken else None


def _under(text: str) -> str:
    """A lesson's transcript as a section of the course's: its headings are one level lower."""
    return "\n".join(f"#{line}" if line.startswith("#") else line for line in text.split("\n"))


def starts(parts: Sequence[Part]) -> list[int]:
    """The frame with which each lesson begins."""
    found = [0]
    for part in parts[:-1]:
        found.append(found[-1] + part.story.frames)
    return found


def placed(part: Part, start: int) -> Part:
    """The lesson as it is placed in the course: its beats begin `start` frames later."""
    beats: tuple[TimedBeat, ...] = tuple(replace(beat, start=start + beat.start) for beat in part.story.beats)
    return part._replace(story=part.story._replace(beats=beats))
