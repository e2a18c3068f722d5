"""What becomes of a piece's frames: a reel of them, and films encoded from them on the spot."""

from __future__ import annotations

from collections.abc import Callable

from scenes.film.alpha import rgba, straight
from scenes.film.encoding import encoding
from scenes.film.reel import Differ, Pixels, ReelWriter, read_reel
from scenes.film.tasks import REEL, Job, Task, piece_path
from scenes.film.video import VideoSink
from scenes.stage.theme import THEMES


class PieceSink:
    """Takes a piece's frames while they are drawn and makes every file that its task asks for."""

    def __init__(self, job: Job, task: Task, done: Callable[[], None]) -> None:
        spec = job.spec
        self.done = done
        self.differ = Differ()
        self.ground = rgba(THEMES[spec.theme].background) if spec.transparent else None
        self.videos: list[VideoSink] = []
        self.reel: ReelWriter | None = None
        if REEL in task.kinds:
            self.reel = ReelWriter(piece_path(job.folder, task.piece, REEL), spec.width, spec.height)
        self.videos = _video_sinks(job, task)

    def write(self, pixels: Pixels, frames: int) -> None:
        """Take an RGBA picture; what has not changed since the last is neither stored nor converted again."""
        if self.ground is not None:
            pixels = straight(pixels, self.ground)
        change = self.differ.changed(pixels)
        if self.reel is not None:
            self.reel.write(change, frames)
        areas = self.differ.parts(change) if change and self.videos else []
        for video in self.videos:
            video.write(pixels, areas, frames)

    def close(self) -> None:
        """All frames have come."""
        for part in (*self.videos, self.reel):
            if part is not None:
                part.close()
        self.done()

    def abort(self) -> None:
        """The files are not to be used."""
        for part in (*self.videos, self.reel):
            if part is not None:
                part.abort()


def encode_from_reel(job: Job, task: Task, progress: Callable[[int], None]) -> None:
    """Make a task's films from its reel: the same bytes as when it was drawn."""
    videos = _video_sinks(job, task)
    try:
        for pixels, area, frames in read_reel(piece_path(job.folder, task.piece, REEL)):
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
        if kind != REEL
    ]
