"""Sharing a film out to processes, and ending them all with the first that fails."""

from __future__ import annotations

import json
import os
import pickle
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import IO, Any, NamedTuple

from scenes.film.problems import RenderError
from scenes.film.tasks import Job, Task
from scenes.film.worker import EARLY, work
from scenes.spec import RenderSpec

# A worker takes about this long to start, most of it to import manim.
START_SECONDS = 0.5
# Roughly what it costs to draw and encode a frame on one core: per frame and per pixel.
FRAME_SECONDS, PIXEL_SECONDS = 0.003, 3e-9
# About how long a film and a loop are, for use before the story is told.
USUAL_SECONDS = {"full": 45, "loop": 9}


class Message(NamedTuple):
    """A message of a worker; `words` is None when it has left."""

    worker: int
    words: dict[str, Any] | None


def jobs_that_pay(spec: RenderSpec, frames: int, cores: int) -> int:
    """How many processes to draw with: one per core, or fewer if starting them would take longer than it saves."""
    seconds = frames * (FRAME_SECONDS + PIXEL_SECONDS * spec.width * spec.height)
    return max(1, min(cores, int(seconds / (2 * START_SECONDS)) + 1))


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def calm(spec: RenderSpec) -> dict[str, str]:
    """Environment variables for a process that draws, which calm numpy and glibc.

    numpy starts no threads of its own for small matrices, which would wait by spinning. Pictures, which come and go
    with every frame, use memory that the process already has; larger blocks are the encoder's and are returned after
    each piece, so that memory does not grow with the film.
    """
    picture = 4 * spec.width * spec.height
    return {
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_MMAP_THRESHOLD_": str(picture + picture // 20),
        "MALLOC_TRIM_THRESHOLD_": str(1 << 30),
    }


def standby(spec: RenderSpec, jobs: int | None) -> Workers | nullcontext[None]:
    """Workers that load manim while the story is told, as many as are worth starting for a film of the usual length.

    jobs: how many were requested. For one, the result is None, since the calling process does the work.
    """
    if jobs == 1:
        return nullcontext()
    return Workers(spec, jobs or jobs_that_pay(spec, USUAL_SECONDS[spec.cut] * spec.fps, cores()), early=True)


def run(
    job: Job,
    count: int,
    progress: Callable[[int], None],
    done: Callable[[Task], None],
    workers: Workers | None = None,
) -> None:
    """Do all the job's tasks in `count` processes; a single one is this process.

    done: called with each finished task. workers: processes that have already been started and are used first.
    Raises RenderError.
    """
    count = min(count, len(job.tasks))
    if count == 0:
        return
    if workers is None and count == 1:
        work(job, progress, done)
        return
    with nullcontext(workers) if workers else Workers(job.spec, count) as crew:
        try:
            crew.set_to(job, count)
            crew.see_to_the_end(job, progress, done)
        except BaseException:
            crew.end()  # before the folder that they write to is removed
            raise


class Workers:
    """Processes that draw. Leaving the context ends them at once.

    early: start them before there is anything to draw, so that they can get ready.
    """

    def __init__(self, spec: RenderSpec, count: int, early: bool = False) -> None:
        self.spec, self.count, self.early = spec, count, early
        self.messages: queue.Queue[Message] = queue.Queue()
        self.processes: list[subprocess.Popen[bytes]] = []
        self.logs: list[IO[bytes]] = []
        self.busy: set[int] = set()

    def __enter__(self) -> Workers:
        try:
            for _ in range(self.count):
                self._start()
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(self, *problem: object) -> None:
        self.end()

    def set_to(self, job: Job, count: int) -> None:
        """Set `count` of them to work; missing ones are started, and spare ones are let go."""
        for process in self.processes[count:]:
            process.kill()
        while len(self.processes) < count:
            self._start()
        for number, process in enumerate(self.processes[:count]):
            self.busy.add(number)
            assert process.stdin is not None
            with suppress(BrokenPipeError):  # it has died, which will be noticed by its silence
                process.stdin.write(pickle.dumps(job))
                process.stdin.flush()  # left open: when it ends, the worker knows that we are gone
            threading.Thread(target=self._listen, args=(number, process), daemon=True).start()

    def see_to_the_end(self, job: Job, progress: Callable[[int], None], done: Callable[[Task], None]) -> None:
        """Pass on their reports until all is done. Raises RenderError."""
        tasks = {task.piece.number: task for task in job.tasks}
        while self.busy:
            words = self.hear()
            if "frames" in words:
                progress(words["frames"])
            elif "piece" in words:
                done(tasks[words["piece"]])
            elif "missing" in words:
                raise ModuleNotFoundError(words["problem"], name=words["missing"])
            elif "problem" in words:
                raise RenderError(words["problem"], words["beat"])

    def hear(self) -> dict[str, Any]:
        """The next message. Raises RenderError if a worker left before its work was done."""
        while True:
            try:
                # An endless wait cannot be interrupted by Ctrl-C on Windows.
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

    def _start(self) -> None:
        """Start a new interpreter, not a fork: the same on every system, and free of this process's threads and locks.

        It finds modules where this process does, not in the folder in which it is started (-P).
        """
        home = Path(__file__).resolve().parents[2]
        paths = [str(home), *(path for path in sys.path if path and path != str(home))]
        words = [tempfile.gettempdir(), *([EARLY] if self.early else [])]  # the place is for lists of processes
        log = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self.logs.append(log)
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "scenes.film.worker", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env={**os.environ, **calm(self.spec), "PYTHONPATH": os.pathsep.join(paths)},
            # Ctrl-C in a terminal should only reach the parent.
            **_own_group(),
        )
        self.processes.append(process)

    def _listen(self, number: int, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            try:
                self.messages.put(Message(number, json.loads(line)))
            except ValueError:
                break
        self.messages.put(Message(number, None))

    def _why_it_left(self, number: int) -> str:
        code = self.processes[number].wait()
        if code < 0:
            return f"a worker was killed by signal {-code}"
        self.logs[number].seek(0)
        words = self.logs[number].read().decode(errors="replace").strip().splitlines()
        return f"a worker ended with code {code}{f': {words[-1]}' if words else ''}"

    def end(self) -> None:
        """Kill them all, and wait until they are gone."""
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    _close(stream)
        for log in self.logs:
            _close(log)


def _own_group() -> dict[str, Any]:
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"process_group": 0}


def _close(stream: Any) -> None:
    with suppress(OSError):  # what was not flushed was meant for a process that is gone
        stream.close()
