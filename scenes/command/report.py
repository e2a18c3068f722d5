"""The progress of a render: a bar on a terminal, plain lines elsewhere, nothing if it is to be quiet."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any, Self

PARTS = 4


class Reporter:
    """Counts frames on standard error."""

    def __init__(self, title: str, frames: int, quiet: bool) -> None:
        self.title, self.frames, self.quiet = title, frames, quiet
        self.done = 0
        self.bar: Any = None

    def __enter__(self) -> Self:
        if self.quiet:
            return self
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

            columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
            self.bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self.bar.start()
            self.task = self.bar.add_task(self.title, total=self.frames)
        else:
            print(f"{self.title}: {self.frames} frames", file=sys.stderr)
        return self

    def advance(self, frames: int) -> None:
        """Count `frames` more as drawn."""
        part = PARTS * self.done // max(1, self.frames)
        self.done += frames
        if self.bar is not None:
            self.bar.update(self.task, completed=self.done)
        elif not self.quiet and PARTS * self.done // max(1, self.frames) > part:
            print(f"{self.title}: {100 * self.done // self.frames} %", file=sys.stderr)

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar is not None:
            self.bar.stop()
