"""From a spec to finished files: pieces drawn by as many processes as pay, joined, published. Imports no manim."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from gdsim import Trajectory
from scenes.catalogue import LESSONS
from scenes.film.animation import animate
from scenes.film.cache import Cache
from scenes.film.companions import Companion, write_companion
from scenes.film.encoding import encoding
from scenes.film.fit import Fitted
from scenes.film.jobs import Workers, cores, jobs_that_pay, run
from scenes.film.keys import piece_keys
from scenes.film.narration import add_tracks
from scenes.film.piece_cache import PieceCache
from scenes.film.pieces import Piece, cut
from scenes.film.problems import RenderError, reason_of
from scenes.film.publish import publishing
from scenes.film.scratch_dir import scratch_dir
from scenes.film.tasks import FRAME_STORE, Job, Task, piece_path
from scenes.runs import runs_of
from scenes.script.timing import TimedBeat, timed
from scenes.spec import RenderSpec
from scenes.voice.recording import Recording

Progress = Callable[[int], None]

# What the pieces of a format are made as.
KINDS = {".mp4": "mp4", ".webm": "webm", ".gif": FRAME_STORE, ".webp": FRAME_STORE}


class Told(NamedTuple):
    """A film's story as its Scene will play it."""

    runs: tuple[Trajectory, ...]
    beats: tuple[TimedBeat, ...]


def render(
    spec: RenderSpec,
    targets: Sequence[Path],
    progress: Progress,
    jobs: int | None = None,
    recordings: Sequence[Recording] = (),
    texts: Mapping[Path, Companion] | None = None,
    cache: Cache | None = None,
    max_size: int | None = None,
    workers: Workers | None = None,
) -> dict[Path, Fitted]:
    """Render the film once and write every target from it.

    targets: paths that `check_target` accepted, their suffixes among KINDS.
    progress: called with the number of frames done since its last call.
    jobs: how many processes share the work, as many as pay where none is given; the bytes are the same for any number.
    recordings: what the voice says, one a beat, where the spec has a voice.
    texts: files to publish with the film, and what stands in them.
    cache: where pieces of earlier films are, and this one's are kept; none where none is given.
    max_size: bytes that a GIF or a WebP may take; what was chosen for each is returned.
    workers: processes that stand by to draw; started when they are needed where none are given.
    Raises RenderError, or OSError where a file cannot be written.
    """
    story = told(spec)
    pieces = cut(story.beats, spec.fps)
    with scratch_dir() as folder:
        piece_cache = _piece_cache(spec, story, pieces, folder, cache) if cache else None
        tasks = _tasks(pieces, targets, piece_cache)
        progress(sum(piece.frames for piece in pieces) - sum(task.piece.frames for task in tasks))
        count = jobs or jobs_that_pay(spec, sum(task.piece.frames for task in tasks), cores())
        try:
            run(
                Job(spec, folder, tasks),
                count,
                progress,
                piece_cache.keep if piece_cache else lambda task: None,
                workers,
            )
        except RenderError as failure:
            raise RuntimeError(_reported(failure, story.beats)) from failure
        texts = texts or {}
        with publishing([*targets, *texts]) as drafts:
            fitted: dict[Path, Fitted] = {}
            for target, draft in zip(targets, drafts):
                if (choice := assemble(spec, pieces, folder, draft, max_size)) is not None:
                    fitted[target] = choice
                add_tracks(draft, spec, story.beats, recordings)
            for draft, content in zip(drafts[len(targets) :], texts.values()):
                write_companion(content, draft, dict(zip(targets, drafts)))
    if cache:
        cache.trim()
    return fitted


def _tasks(pieces: Sequence[Piece], targets: Sequence[Path], piece_cache: PieceCache | None) -> tuple[Task, ...]:
    """What is to be made: all of it, but for what is kept."""
    kinds = tuple(sorted({KINDS[target.suffix.lower()] for target in targets}))
    if piece_cache is None:
        return tuple(Task(piece, kinds, draw=True) for piece in pieces)
    return tuple(task for piece in pieces if (task := piece_cache.missing(piece, kinds)))


def _piece_cache(spec: RenderSpec, story: Told, pieces: Sequence[Piece], folder: Path, cache: Cache) -> PieceCache:
    names = piece_keys(spec, LESSONS[spec.scene], story.runs, story.beats, pieces)
    return PieceCache(cache, spec, dict(zip(pieces, names)), folder)


def assemble(
    spec: RenderSpec, pieces: Sequence[Piece], folder: Path, target: Path, max_size: int | None = None
) -> Fitted | None:
    """Make a film of its pieces' files; what a limit of bytes made of an animation is returned."""
    kind = KINDS[target.suffix.lower()]
    paths = [piece_path(folder, piece, kind) for piece in pieces]
    try:
        if kind == FRAME_STORE:
            return animate(paths, spec, target, max_size)
        from scenes.film.join import join  # libav is loaded while the first pieces are drawn, or not at all

        join(paths, pieces, spec.fps, target, encoding(kind, spec))
        return None
    except (MemoryError, ValueError) as problem:
        raise RuntimeError(reason_of(problem)) from problem


def told(spec: RenderSpec) -> Told:
    """Run the lesson and lay out its script."""
    lesson = LESSONS[spec.scene]
    runs = runs_of(spec)
    script = (lesson.loop if spec.cut == "loop" else lesson.script)(runs)
    return Told(runs, timed(script, spec.fps, spec.cut, spec.speech))


def _reported(failure: RenderError, beats: Sequence[TimedBeat]) -> str:
    """The reason, and the beat where it is known."""
    if failure.beat is None or not 0 <= failure.beat < len(beats):
        return str(failure)
    return f"beat {failure.beat + 1} ({beats[failure.beat].beat.chapter}): {failure}"
