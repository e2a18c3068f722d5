"""The runs that a film is about: computed once per spec, and checked to be drawable. Imports no manim."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from scenes.run_options import refuse_other_options
from scenes.spec import RenderSpec

if TYPE_CHECKING:
    from gdsim import Trajectory
    from scenes.lesson import Lesson

# Fields of a spec that no run depends on.
PICTURE = (
    *("width", "height", "fps", "theme", "cut", "captions", "transparent", "max_size", "repeats", "title"),
    *("voice", "voice_model", "speed", "speech", "words"),
)
_SILENT = RenderSpec("")


def runs_of(lesson: Lesson, spec: RenderSpec) -> tuple[Trajectory, ...]:
    """The runs that the lesson makes of `spec`.

    Raises ValueError, in one line, if the spec does not suit the lesson, or if no film can show the runs.
    """
    refuse_other_options(spec, lesson.takes)
    plain = {field.name: getattr(_SILENT, field.name) for field in fields(spec) if field.name in PICTURE}
    return _drawable_runs(lesson.run, replace(spec, **plain))


@lru_cache(maxsize=1)  # a command tells its story several times: before the voice speaks, after it, and to draw it
def _drawable_runs(run: Callable[[RenderSpec], tuple[Trajectory, ...]], spec: RenderSpec) -> tuple[Trajectory, ...]:
    from scenes.script.drawable import check_drawable  # numpy is loaded when there is something to compute

    runs = run(spec)
    check_drawable(runs)
    return runs
