"""From a spec to finished files: pieces are drawn by several processes, joined and published. Imports no manim."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from scenes.catalogue import FILMS
from scenes.film.animation import animate
from scenes.film.cache import Cache
from scenes.film.companions import Companion, write_companion
from scenes.film.content import content_of
from scenes.film.encoding import encoding
from scenes.film.fit import Fitted
from scenes.film.fit_film import FittedFilm, fit_film
from scenes.film.jobs import Workers, cores, jobs_that_pay, run
from scenes.film.keys import piece_keys
from scenes.film.narration import add_tracks, narration
from scenes.film.piece_cache import PieceCache
from scenes.film.pieces import Piece, cut
from scenes.film.problems import RenderError, reason_of
from scenes.film.publish import publishing
from scenes.film.scratch_dir import scratch_dir
from scenes.film.tasks import FRAME_STORE, Job, Task, piece_path
from scenes.lesson import Told, tell_story
from scenes.script.timing import TimedBeat
from scenes.spec import RenderSpec
from scenes.voice.recording import Recording

Progress = Callable[[int], None]

# The kind of file in which the pieces of a format are made.
KINDS = {".mp4": "mp4", ".webm": "webm", ".gif": FRAME_STORE, ".webp": FRAME_STORE}


def render(
    spec: RenderSpec,
    targets: Sequence[Path],
    progress: Progress,
    jobs: int | None = None,
    recordings: Sequence[Recording] = (),
    texts: Mapping[Path, Companion] | None = None,
    cache: Cache | None = None,
    workers: Workers | None = None,
) -> dict[Path, Fitted | FittedFilm]:
    """Render the film once and write every target from it.

    targets: paths that `check_target` accepted, their suffixes among KINDS.
    progress: called with the number of frames done since its last call.
    jobs: how many processes share the work; by default as many as pay off. The bytes are the same for any number.
    recordings: what the voice says, one per beat, if the spec has a voice.
    texts: files to publish with the film, and their contents.
    cache: where pieces of earlier films are found and this film's are kept; None to do without.
    workers: processes that stand by to draw; by default they are started when needed.
    Returns what was chosen for each target that the spec's size limit changed.
    Raises RenderError, or OSError if a file cannot be written.
    """
    story = told(spec)
    content = content_of(spec, story)
    with scratch_dir() as folder:
        pieces = make_pieces(spec, story, targets, folder, progress, jobs, cache, workers)
        texts = texts or {}

        def add(film: Path) -> None:
            add_tracks(film, spec, content, narration(spec, story.beats, recordings))

        with publishing([*targets, *texts]) as drafts:
            fitted: dict[Path, Fitted | FittedFilm] = {}
            for target, draft in zip(targets, drafts):
                if (choice := assemble(spec, pieces, folder, draft, add, jobs or cores())) is not None:
                    fitted[target] = choice
            for draft, text in zip(drafts[len(targets) :], texts.values()):
                write_companion(text, draft, dict(zip(targets, drafts)), fitted)
    if cache:
        cache.trim()
    return fitted


def make_pieces(
    spec: RenderSpec,
    story: Told,
    targets: Sequence[Path],
    folder: Path,
    progress: Progress,
    jobs: int | None = None,
    cache: Cache | None = None,
    workers: Workers | None = None,
) -> tuple[Piece, ...]:
    """Have all pieces of a film in `folder`, in each kind of file that the targets need; arguments as in `render`.

    Raises RuntimeError, which names the beat that failed.
    """
    pieces = cut(story.beats, spec.fps)
    piece_cache = _piece_cache(spec, story, pieces, folder, cache) if cache else None
    tasks = _tasks(spec, pieces, targets, piece_cache)
    progress(sum(piece.frames for piece in pieces) - sum(task.piece.frames for task in tasks))
    count = jobs or jobs_that_pay(spec, sum(task.piece.frames for task in tasks), cores())
    keep = piece_cache.keep if piece_cache else lambda task: None
    try:
        run(Job(spec, folder, tasks), count, progress, keep, workers)
    except RenderError as failure:
        raise RuntimeError(_reported(failure, story.beats)) from failure
    return pieces


def _tasks(
    spec: RenderSpec, pieces: Sequence[Piece], targets: Sequence[Path], piece_cache: PieceCache | None
) -> tuple[Task, ...]:
    """What has to be made: everything that is not cached. A film with a size limit may have to be encoded again."""
    again = {FRAME_STORE} if spec.max_size is not None else set()
    kinds = tuple(sorted({KINDS[target.suffix.lower()] for target in targets} | again))
    if piece_cache is None:
        return tuple(Task(piece, kinds, draw=True) for piece in pieces)
    return tuple(task for piece in pieces if (task := piece_cache.missing(piece, kinds)))


def _piece_cache(spec: RenderSpec, story: Told, pieces: Sequence[Piece], folder: Path, cache: Cache) -> PieceCache:
    names = piece_keys(spec, FILMS[spec.scene], story, pieces)
    return PieceCache(cache, spec, dict(zip(pieces, names)), folder)


def assemble(
    spec: RenderSpec,
    pieces: Sequence[Piece],
    folder: Path,
    target: Path,
    finish: Callable[[Path], None],
    processors: int,
) -> Fitted | FittedFilm | None:
    """Make a file from its pieces' files; `finish` adds a film's other tracks.

    Returns what a size limit made of it, for which `processors` pieces are encoded at a time.
    """
    kind = KINDS[target.suffix.lower()]
    paths = [piece_path(folder, piece, kind) for piece in pieces]
    try:
        if kind == FRAME_STORE:
            return animate(paths, spec, target)
        if spec.max_size is not None:
            return fit_film(spec, pieces, folder, target, finish, processors)
        from scenes.film.join import join  # libav is loaded while the first pieces are drawn, or not at all

        join(paths, pieces, spec.fps, target, encoding(kind, spec))
        finish(target)
        return None
    except (MemoryError, ValueError) as problem:
        raise RuntimeError(reason_of(problem)) from problem


def told(spec: RenderSpec) -> Told:
    """The story of the spec's lesson."""
    return tell_story(FILMS[spec.scene], spec)


def _reported(failure: RenderError, beats: Sequence[TimedBeat]) -> str:
    """The reason, with the beat if it is known."""
    if failure.beat is None or not 0 <= failure.beat < len(beats):
        return str(failure)
    return f"beat {failure.beat + 1} ({beats[failure.beat].beat.chapter}): {failure}"
