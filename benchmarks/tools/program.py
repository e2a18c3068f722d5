"""The program as its users run it: a process of its own, in places of its own, and what it leaves there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

HOME = Path(__file__).parents[2]
# Nothing of ours takes so long, in seconds; what does is taken for something that never ends.
ENDLESS = 600
# What a render may say on stderr while all is well.
PROGRESS = re.compile(r"[\w ,?]+: \d+ (frames|%)|voice: .*")


class TrialError(Exception):
    """What a trial found wrong, in one line."""


class Ended(NamedTuple):
    """How a process ended. said: its standard error. seconds: of processors, its own children's too."""

    words: Sequence[str]
    code: int
    out: str
    said: str
    seconds: float

    def check(self, codes: Collection[int]) -> None:
        """Raises TrialError where it ended otherwise than with one of these codes, or said what nobody should read."""
        lines = [line for line in self.said.splitlines() if not PROGRESS.fullmatch(line)]
        last = lines[-1] if lines else ""
        if self.code not in codes:
            raise TrialError(f"exit code {self.code}: {last}")
        if "Traceback" in self.said or "Warning" in self.said:
            raise TrialError(f"a traceback or a warning: {last}")
        lines = [line for line in lines if not line.startswith("  ")]  # an expression, its fault underlined
        if len(lines) != (0 if self.code == 0 else 1):
            raise TrialError(f"{len(lines)} lines with exit code {self.code}: {last}")


class Place:
    """A folder with a home, a cache, a temporary folder and one for the films."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home, self.cache, self.temporary, self.films = (
            folder / name for name in ("home", "cache", "temporary", "films")
        )
        for place in (self.home, self.cache, self.temporary, self.films):
            place.mkdir(parents=True, exist_ok=True)

    def environment(self, changes: Mapping[str, str | None] | None = None) -> dict[str, str]:
        """The environment of a process here; a change to None takes a variable away."""
        own = {"HOME": self.home, "XDG_CACHE_HOME": self.cache, "TMPDIR": self.temporary, "PYTHONPATH": HOME}
        changed = {**os.environ, **{name: str(value) for name, value in own.items()}, **(changes or {})}
        return {name: value for name, value in changed.items() if value is not None}

    def start(
        self, words: Sequence[str], changes: Mapping[str, str | None] | None = None, before: str = ""
    ) -> subprocess.Popen[bytes]:
        """Start `gdsim` with these words. before: Python to run in the process first."""
        program = f"{before}\nimport runpy, sys; sys.argv[0] = 'gdsim'; runpy.run_module('gdsim', run_name='__main__')"
        return subprocess.Popen(
            [sys.executable, "-c", program, *words],
            cwd=self.films,
            env=self.environment(changes),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, words: Sequence[str], changes: Mapping[str, str | None] | None = None, before: str = "") -> Ended:
        """Run `gdsim` with these words to its end."""
        return ended(self.start(words, changes, before), words)

    def left(self, wanted: Collection[str] = ()) -> list[str]:
        """What lies in the temporary folder, and among the films beside those that are wanted and their texts."""
        films = [path.name for path in self.films.iterdir() if path.name.partition(".")[0] not in wanted]
        return sorted([*(path.name for path in self.temporary.iterdir()), *films])

    def check_left(self, wanted: Collection[str] = ()) -> None:
        """Raises TrialError where something lies about."""
        if left := self.left(wanted):
            raise TrialError(f"left behind: {', '.join(left)}")


def ended(process: subprocess.Popen[bytes], words: Sequence[str]) -> Ended:
    """Wait for a process. Raises TrialError where it does not end."""
    before = children_seconds()
    try:
        out, said = process.communicate(timeout=ENDLESS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise TrialError(f"no end after {ENDLESS} s") from None
    text = (part.decode(errors="backslashreplace") for part in (out, said))
    return Ended(words, process.returncode, *text, children_seconds() - before)


def children_seconds() -> float:
    """Processor time of all processes that were waited for."""
    times = os.times()
    return times.children_user + times.children_system


def typed(words: Sequence[str]) -> str:
    """The words as one types them."""
    return f"gdsim {shlex.join(words)}"
