"""The laboratory for a notebook: a page on which to turn the learning rate, shown where it is made.

`gdsim lab` writes the page, in a process of its own: this package knows nothing of the command line or the scenes, and
a notebook may have a module called `scenes` already.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Laboratory:
    """A finished page.

    html: the whole page. title: its title. frame: an `<iframe srcdoc>` with it, to paste into another page.
    """

    html: str
    title: str
    frame: str

    def save(self, path: str | Path) -> None:
        """Write the page to a file, which works from a double click."""
        Path(path).write_text(self.html, "utf-8", newline="\n")

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return self.frame

    def __repr__(self) -> str:
        return f"Laboratory({self.title!r}, {len(self.html.encode()):,} bytes)"


def lab(
    scene: str | None = None,
    *,
    function: str | None = None,
    rate: float | Sequence[float] | None = None,
    start: Sequence[float] | None = None,
    steps: int | None = None,
    optimiser: str | None = None,
    schedule: str | None = None,
    settings: Mapping[str, object] | None = None,
    theme: str = "auto",
    title: str = "",
) -> Laboratory:
    """The laboratory as `gdsim lab` makes it: of a lesson, of a function as text, or of the parabola.

    rate: the learning rate; several for a scene that compares them. settings: of the method or the schedule.
    theme: auto, dark or light.
    Raises ValueError, in one line, if an argument is off, as the command line does.
    """
    given = {"--function": function, "--steps": steps, "--optimiser": optimiser, "--schedule": schedule}
    words = [f"{option}={value}" for option, value in given.items() if value is not None]
    rates = [] if rate is None else [rate] if isinstance(rate, (int, float)) else rate
    words += [f"--lr={float(one)!r}" for one in rates]
    words += [f"--start={','.join(repr(float(one)) for one in start)}"] if start is not None else []
    words += [f"--set={name}={value}" for name, value in (settings or {}).items()]
    words += [f"--theme={theme}", *([f"--title={title}"] if title else []), *([scene] if scene else [])]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "lab.html"
        command = [sys.executable, "-m", "gdsim", "lab", *words, "--json", "-o", str(file)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", env=_environment())
        if done.returncode:
            raise ValueError(done.stderr.strip().removeprefix("gdsim: ") or "gdsim lab failed")
        said = json.loads(done.stdout)
        return Laboratory(file.read_text("utf-8"), said["title"], said["embed"]["srcdoc"])


def _environment() -> dict[str, str]:
    """This process's environment, in which this package is found and speaks UTF-8."""
    home = str(Path(__file__).parents[1])
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"}
