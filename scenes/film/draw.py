"""Drawing: plays a lesson's Scene through our renderer and writes the requested pieces to files."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from manim import tempconfig

from scenes.catalogue import FILMS
from scenes.film.problems import RenderError, reason_of
from scenes.film.renderer import FilmRenderer
from scenes.film.scratch_dir import scratch_dir
from scenes.film.sinks import PieceSink
from scenes.film.tasks import Job, Task, claim
from scenes.lesson import scene_name
from scenes.spec import RenderSpec
from scenes.stage.lesson import LessonScene, picture_options

Progress = Callable[[int], None]


def draw(job: Job, progress: Progress, done: Callable[[Task], None]) -> None:
    """Play the film once, drawing each task that nobody else has claimed.

    done: called with each finished task.
    Raises RenderError.
    """
    tasks = {task.piece.number: task for task in job.tasks if task.draw}
    with stage(job.spec, job.folder) as (scene, renderer):

        def open_sink(piece: Any) -> PieceSink | None:
            task = tasks[piece.number]
            if not claim(job.folder, piece):
                return None
            return PieceSink(job, task, lambda: done(task))

        writer = renderer.writer
        writer.plan((task.piece for task in tasks.values()), open_sink)
        writer.on_frames = progress
        try:
            scene.render()
            writer.finish()
        except OSError:
            raise  # a full disk is no beat's fault
        except Exception as problem:
            raise RenderError(reason_of(problem), writer.beat) from problem


@contextmanager
def stage(spec: RenderSpec, within: Path | None = None, **overrides: Any) -> Iterator[tuple[Any, FilmRenderer]]:
    """The lesson's Scene, ready to be played by our renderer.

    within: the folder for whatever Manim writes; by default a temporary one that is removed afterwards.
    overrides: attributes of the Scene's class.
    Every option of Manim's that matters is set here: a Manim that was imported before us may have read a manim.cfg.
    """
    lesson = FILMS[spec.scene]
    with (
        nullcontext(within) if within else scratch_dir() as folder,
        tempfile.TemporaryDirectory(prefix="manim-", dir=folder) as media,
        tempconfig(manim_options(spec, media)),
    ):
        scene_class = type(scene_name(lesson.name), (LessonScene,), {"lesson": lesson, **overrides})
        renderer = FilmRenderer()
        yield scene_class(renderer, spec=spec), renderer


def manim_options(spec: RenderSpec, media: str) -> dict[str, Any]:
    """Manim's configuration for a render of ours."""
    return {
        **picture_options(spec),
        "renderer": "cairo",
        "media_dir": media,
        "pixel_width": spec.width,
        "pixel_height": spec.height,
        "frame_rate": spec.fps,
        "dry_run": True,
        "preview": False,
        "enable_gui": False,
        "show_in_file_browser": False,
        "disable_caching": True,
        "progress_bar": "none",
        "verbosity": "ERROR",
        # Cairo's pixels are premultiplied: a transparent one must be black.
        **({"background_color": "#000000"} if spec.transparent else {}),
        "background_opacity": 0.0 if spec.transparent else 1.0,
        "from_animation_number": 0,
        "upto_animation_number": -1,
        "seed": 0,
        "notify_outdated_version": False,
    }
