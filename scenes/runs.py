"""The runs that a film is about: made once for each spec, and known to be drawable. Imports no manim."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from scenes.catalogue import LESSONS
from scenes.spec import RenderSpec

if TYPE_CHECKING:
    from scenes.catalogue import Runs

# Fields of a spec that no run depends on.
PICTURE = (
    *("width", "height", "fps", "theme", "cut", "captions", "transparent"),
    *("voice", "voice_model", "speed", "speech"),
)
_SILENT = RenderSpec("")


def runs_of(spec: RenderSpec) -> Runs:
    """The runs that a film of `spec` shows.

    Raises ValueError with one line where a word is off, or where no film can show them.
    """
    plain = {field.name: getattr(_SILENT, field.name) for field in fields(spec) if field.name in PICTURE}
    return _drawable_runs(LESSONS[spec.scene].run, replace(spec, **plain))


@lru_cache(maxsize=1)  # a command tells its story several times: before the voice speaks, after it, and to draw it
def _drawable_runs(run: Callable[[RenderSpec], Runs], spec: RenderSpec) -> Runs:
    from scenes.stage.drawable import check_drawable  # numpy is loaded when there is something to compute

    runs = run(spec)
    check_drawable(runs)
    return runs
