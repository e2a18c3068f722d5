"""From a spec to finished files: pieces drawn by as many processes as pay, joined, published. Imports no manim."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from scenes.catalogue import LESSONS
from scenes.film.companions import Companion, write_companion
from scenes.film.encode import encoding, join
from scenes.film.gif import write_gif
from scenes.film.jobs import run
from scenes.film.narration import dress
from scenes.film.pieces import Piece, cut
from scenes.film.problems import RenderError, reason_of
from scenes.film.publish import publishing
from scenes.film.spec import RenderSpec
from scenes.film.tasks import REEL, Job, Task, piece_path
from scenes.film.workplace import workplace
from scenes.script.recording import Recording
from scenes.script.timing import TimedBeat, timed

Progress = Callable[[int], None]

# What the pieces of a format are made as.
KINDS = {".mp4": "mp4", ".webm": "webm", ".gif": REEL}


def render(
    spec: RenderSpec,
    targets: Sequence[Path],
    progress: Progress,
    jobs: int = 1,
    recordings: Sequence[Recording] = (),
    texts: Mapping[Path, Companion] | None = None,
) -> None:
    """Render the film once and write every target from it.

    targets: paths that `check_target` accepted, their suffixes among KINDS.
    progress: called with the number of frames done since its last call.
    jobs: how many processes share the work; the bytes are the same for any number.
    recordings: what the voice says, one a beat, where the spec has a voice.
    texts: files to publish with the film, and what stands in them.
    Raises RenderError, or OSError where a file cannot be written.
    """
    beats = beats_of(spec)
    pieces = cut(beats, spec.fps)
    kinds = tuple(sorted({KINDS[target.suffix.lower()] for target in targets}))
    with workplace() as folder:
        job = Job(spec, folder, tuple(Task(piece, kinds, draw=True) for piece in pieces))
        try:
            run(job, jobs, progress, lambda task, clock: None)
        except RenderError as failure:
            raise RuntimeError(_told(failure, beats)) from failure
        texts = texts or {}
        with publishing([*targets, *texts]) as drafts:
            for draft in drafts[: len(targets)]:
                assemble(spec, pieces, folder, draft)
                dress(draft, spec, beats, recordings)
            for draft, content in zip(drafts[len(targets) :], texts.values()):
                write_companion(content, draft, dict(zip(targets, drafts)))


def assemble(spec: RenderSpec, pieces: Sequence[Piece], folder: Path, target: Path) -> None:
    """Make a film of its pieces' files."""
    kind = KINDS[target.suffix.lower()]
    paths = [piece_path(folder, piece, kind) for piece in pieces]
    try:
        if kind == REEL:
            write_gif(paths, spec.fps, target)
        else:
            join(paths, pieces, spec.fps, target, encoding(kind, spec))
    except (MemoryError, ValueError) as problem:
        raise RuntimeError(reason_of(problem)) from problem


def beats_of(spec: RenderSpec) -> tuple[TimedBeat, ...]:
    """The film's beats, as its Scene will play them."""
    lesson = LESSONS[spec.scene]
    runs = lesson.run(spec)
    script = (lesson.loop if spec.cut == "loop" else lesson.script)(runs)
    return timed(script, spec.fps, spec.cut, spec.speech)


def _told(failure: RenderError, beats: Sequence[TimedBeat]) -> str:
    """The reason, and the beat where it is known."""
    if failure.beat is None or not 0 <= failure.beat < len(beats):
        return str(failure)
    return f"beat {failure.beat + 1} ({beats[failure.beat].beat.chapter}): {failure}"
