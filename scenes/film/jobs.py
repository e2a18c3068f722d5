"""Sharing a film out to processes, and ending them all with the first that fails."""

from __future__ import annotations

import json
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from scenes.film.problems import RenderError
from scenes.film.spec import RenderSpec
from scenes.film.tasks import Job, Task
from scenes.film.worker import work

# A worker starts in about this time, of which most is the import of manim.
START_SECONDS = 1.2
# Roughly what a frame costs to draw and encode on one core: for itself, and for each pixel.
FRAME_SECONDS, PIXEL_SECONDS = 0.003, 5e-9


class Message(NamedTuple):
    """What a worker says; `words` is None when it has left."""

    worker: int
    words: dict[str, Any] | None


def jobs_that_pay(spec: RenderSpec, frames: int, cores: int) -> int:
    """How many processes to draw so many frames with: one for each core, fewer where starting them takes longer."""
    seconds = frames * (FRAME_SECONDS + PIXEL_SECONDS * spec.width * spec.height)
    return max(1, min(cores, int(seconds / (2 * START_SECONDS)) + 1))


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(job: Job, count: int, progress: Callable[[int], None], done: Callable[[Task], None]) -> None:
    """Do all the job's tasks in `count` processes; with one, in this one.

    done: called with each finished task.
    Raises RenderError.
    """
    count = min(count, len(job.tasks))
    if count == 0:
        return
    if count == 1:
        work(job, progress, done)
        return
    tasks = {task.piece.number: task for task in job.tasks}
    with Workers(job, count) as workers:
        while workers.busy:
            words = workers.hear()
            if "frames" in words:
                progress(words["frames"])
            elif "piece" in words:
                done(tasks[words["piece"]])
            elif "missing" in words:
                raise ModuleNotFoundError(words["problem"], name=words["missing"])
            elif "problem" in words:
                raise RenderError(words["problem"], words["beat"])


class Workers:
    """Processes at work on a job. Leaving the context ends them, whatever they are doing."""

    def __init__(self, job: Job, count: int) -> None:
        self.job, self.count = job, count
        self.messages: queue.Queue[Message] = queue.Queue()
        self.processes: list[subprocess.Popen[bytes]] = []
        self.busy: set[int] = set()

    def __enter__(self) -> Workers:
        try:
            for number in range(self.count):
                self._start(number)
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *problem: object) -> None:
        self._end()

    def hear(self) -> dict[str, Any]:
        """The next message. Raises RenderError when a worker left before its work was done."""
        while True:
            try:
                # A wait without end cannot be interrupted by Ctrl-C on Windows.
                number, words = self.messages.get(timeout=0.2)
            except queue.Empty:
                continue
            if words is None:
                if number not in self.busy:
                    return {}
                raise RenderError(self._why_it_left(number))
            if "end" in words:
                self.busy.discard(number)
            return words

    def _start(self, number: int) -> None:
        """A new interpreter, not a fork: the same on every system, and free of this process's threads and locks.

        It finds the modules where this process does; the folder it is started in (-P) has no say.
        """
        home = Path(__file__).resolve().parents[2]
        paths = [str(home), *(path for path in sys.path if path and path != str(home))]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
        with self._log(number).open("wb") as log:
            process = subprocess.Popen(
                [
                    sys.executable,
                    "-P",
                    "-m",
                    "scenes.film.worker",
                    str(self.job.folder),
                ],  # named for who lists processes
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=environment,
                # Ctrl-C in a terminal is for the parent alone.
                **_own_group(),
            )
        self.processes.append(process)
        self.busy.add(number)
        assert process.stdin is not None
        with suppress(BrokenPipeError):  # it died at once; its silence will be noticed
            process.stdin.write(pickle.dumps(self.job))
            process.stdin.flush()  # and left open: its end tells the worker that we are gone
        threading.Thread(target=self._listen, args=(number, process), daemon=True).start()

    def _listen(self, number: int, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            try:
                self.messages.put(Message(number, json.loads(line)))
            except ValueError:
                break
        self.messages.put(Message(number, None))

    def _log(self, number: int) -> Path:
        return self.job.folder / f"worker-{number}.log"

    def _why_it_left(self, number: int) -> str:
        code = self.processes[number].wait()
        if code < 0:
            return f"a worker was killed by signal {-code}"
        words = self._log(number).read_text(errors="replace").strip().splitlines()
        return f"a worker ended with code {code}{f': {words[-1]}' if words else ''}"

    def _end(self) -> None:
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    _close(stream)


def _own_group() -> dict[str, Any]:
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"process_group": 0}


def _close(stream: Any) -> None:
    with suppress(OSError):  # what was not flushed was for a process that is gone
        stream.close()
