"""The laboratory for a notebook: a page on which to turn the learning rate, shown where it is made.

`gdsim lab` writes the page, in a process of its own: see gdsim.process.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gdsim.process import ask, words_of


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
    given: dict[str, Any] = {
        "function": function,
        "learning_rate": rate,
        "start": start,
        "steps": steps,
        "optimiser": optimiser,
    }
    given |= {"schedule": schedule, "settings": settings, "theme": theme, "title": title or None}
    words = [*words_of(given, dict.fromkeys(given)), *([scene] if scene else [])]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "lab.html"
        said = json.loads(ask(["lab", *words, "--json", "-o", str(file)]))
        return Laboratory(file.read_text("utf-8"), said["title"], said["embed"]["srcdoc"])
