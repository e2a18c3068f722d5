"""Where a piece's frames go: into a lossless store, and into films that are encoded at the same time."""

from __future__ import annotations

from collections.abc import Callable

from scenes.film.alpha import rgba, straight
from scenes.film.encoding import encoding
from scenes.film.frame_store import Differ, FrameStoreWriter, Pixels, read_store
from scenes.film.tasks import FRAME_STORE, Job, Task, piece_path
from scenes.film.video import VideoSink
from scenes.stage.theme import THEMES


class PieceSink:
    """Takes a piece's frames as they are drawn and makes every file that its task requests."""

    def __init__(self, job: Job, task: Task, done: Callable[[], None]) -> None:
        spec = job.spec
        self.done = done
        self.differ = Differ()
        self.ground = rgba(THEMES[spec.theme].background) if spec.transparent else None
        self.videos: list[VideoSink] = []
        self.store: FrameStoreWriter | None = None
        if FRAME_STORE in task.kinds:
            self.store = FrameStoreWriter(piece_path(job.folder, task.piece, FRAME_STORE), spec.width, spec.height)
        self.videos = _video_sinks(job, task)

    def write(self, pixels: Pixels, frames: int) -> None:
        """Take an RGBA picture; what has not changed since the last one is neither stored nor converted again."""
        if self.ground is not None:
            pixels = straight(pixels, self.ground)
        change = self.differ.changed(pixels)
        if self.store is not None:
            self.store.write(change, frames)
        areas = self.differ.parts(change) if change and self.videos else []
        for video in self.videos:
            video.write(pixels, areas, frames)

    def close(self) -> None:
        """All frames have come."""
        for part in (*self.videos, self.store):
            if part is not None:
                part.close()
        self.done()

    def abort(self) -> None:
        """Close the files, which must not be used."""
        for part in (*self.videos, self.store):
            if part is not None:
                part.abort()


def encode_from_store(job: Job, task: Task, progress: Callable[[int], None]) -> None:
    """Make a task's films from its store, with the same bytes as when it was drawn."""
    videos = _video_sinks(job, task)
    try:
        for pixels, area, frames in read_store(piece_path(job.folder, task.piece, FRAME_STORE)):
            for video in videos:
                video.write(pixels, [area] if area else [], frames)
            progress(frames)
    except BaseException:
        for video in videos:
            video.abort()
        raise
    for video in videos:
        video.close()


def _video_sinks(job: Job, task: Task) -> list[VideoSink]:
    return [
        VideoSink(piece_path(job.folder, task.piece, kind), job.spec, encoding(kind, job.spec))
        for kind in task.kinds
        if kind != FRAME_STORE
    ]
