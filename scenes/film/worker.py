"""A process that does its share of a film: `python -m scenes.film.worker`, started by `jobs`.

It reads its job from standard input and reports on what was its standard output, one line of JSON per message.
Standard input stays open as long as the parent lives: when it ends, so does this process, whatever it is doing.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any, BinaryIO

from scenes.film.lazy_imports import lighten
from scenes.film.problems import reason_of
from scenes.film.room import check_room
from scenes.film.tasks import Job, Task, claim

Tell = Callable[..., None]
# The shortest time between two reports of drawn frames, in seconds.
PAUSE = 0.1
# The argument that says that the job will come later.
EARLY = "early"


def main() -> None:
    """Do the job, report, leave."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers
    tell = _line_to_the_parent()
    lighten()
    if EARLY in sys.argv:
        get_ready()
    job: Job = pickle.load(sys.stdin.buffer)
    threading.Thread(target=_leave_with_the_parent, args=(sys.stdin.buffer,), daemon=True).start()
    report = Report(tell)
    try:
        work(job, report.progress, report.done)
    except ModuleNotFoundError as problem:
        tell(problem=str(problem), missing=problem.name)
        sys.exit(1)
    except Exception as problem:  # noqa: BLE001 - whatever it is, the parent reports it in one line
        tell(problem=reason_of(problem), beat=getattr(problem, "beat", None))
        sys.exit(1)
    tell(end=True)


class Report:
    """Reports progress to the parent: frames now and then, a finished piece at once."""

    def __init__(self, tell: Tell) -> None:
        self.tell, self.frames, self.told = tell, 0, 0.0

    def progress(self, frames: int) -> None:
        """This many more frames are drawn."""
        self.frames += frames
        if monotonic() - self.told >= PAUSE:
            self._tell_frames()

    def done(self, task: Task) -> None:
        """A task is finished."""
        self._tell_frames()
        self.tell(piece=task.piece.number)

    def _tell_frames(self) -> None:
        self.tell(frames=self.frames)
        self.frames, self.told = 0, monotonic()


def get_ready() -> None:
    """Load what drawing needs; whatever is missing is reported when there is something to draw."""
    with suppress(ImportError, MemoryError):
        check_room()
        import scenes.film.draw
        import scenes.film.sinks  # noqa: F401


def work(job: Job, progress: Callable[[int], None], done: Callable[[Task], None]) -> None:
    """Do every task that nobody else has claimed, first those that need no drawing, and so no manim."""
    if "manim" not in sys.modules:
        check_room()
    from scenes.film.sinks import encode_from_store

    for task in job.tasks:
        if not task.draw and claim(job.folder, task.piece):
            encode_from_store(job, task, progress)
            done(task)
    if any(task.draw for task in job.tasks):
        from scenes.film.draw import draw

        draw(job, progress, done)


def _line_to_the_parent() -> Tell:
    """A function that sends one message to the parent; from here on, all other output goes to standard error."""
    channel = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def tell(**message: Any) -> None:
        channel.write(json.dumps(message) + "\n")
        channel.flush()

    return tell


def _leave_with_the_parent(stream: BinaryIO) -> None:
    """Leave when the parent is gone: nothing follows the job, so reading on only returns then."""
    stream.read()
    os._exit(1)


if __name__ == "__main__":
    main()
