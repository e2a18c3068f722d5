"""From a spec to finished files: draw each beat once, encode it, join, publish."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from manim import tempconfig

from scenes.catalogue import LESSONS
from scenes.film.encode import SegmentSink, film_encoding, join, lossless_encoding
from scenes.film.gif import write_gif
from scenes.film.narration import dress
from scenes.film.publish import publishing
from scenes.film.spec import RenderSpec
from scenes.film.writer import FilmRenderer, FilmWriter, Sink
from scenes.script.recording import Recording
from scenes.script.timing import TimedBeat
from scenes.stage.lesson import picture_options

Progress = Callable[[int], None]

# Which kinds of frames a format is made from.
FILM_FORMATS = {".mp4"}
LOSSLESS_FORMATS = {".gif"}


def render(
    spec: RenderSpec,
    targets: Sequence[Path],
    progress: Progress,
    recordings: Sequence[Recording] = (),
    texts: Mapping[Path, str] | None = None,
) -> None:
    """Render the film once and write every target from it.

    targets: paths that `check_target` accepted, their suffixes among FORMATS.
    progress: called with the number of frames drawn since its last call.
    recordings: what the voice says, one a beat, where the spec has a voice.
    texts: files to publish with the film, and what stands in them.
    """
    texts = texts or {}
    suffixes = {target.suffix.lower() for target in targets}
    with tempfile.TemporaryDirectory(prefix="gdsim-") as folder, publishing([*targets, *texts]) as drafts:
        beats = render_segments(spec, Path(folder), suffixes, progress)
        for draft in drafts[: len(targets)]:
            if draft.suffix.lower() in FILM_FORMATS:
                segments = [_film_segment(Path(folder), index) for index in range(len(beats))]
                join(segments, [beat.start for beat in beats], spec.fps, draft)
                dress(draft, spec, beats, recordings)
            else:
                write_gif([_lossless_segment(Path(folder), index) for index in range(len(beats))], spec.fps, draft)
        for draft, text in zip(drafts[len(targets) :], texts.values()):
            draft.write_text(text, encoding="utf-8", newline="\n")


def render_segments(spec: RenderSpec, folder: Path, suffixes: set[str], progress: Progress) -> tuple[TimedBeat, ...]:
    """Draw the beats into segment files; returns them."""

    def open_sinks(beat: int) -> list[Sink]:
        sinks: list[Sink] = []
        if suffixes & FILM_FORMATS:
            sinks.append(SegmentSink(_film_segment(folder, beat), spec, film_encoding(spec)))
        if suffixes & LOSSLESS_FORMATS:
            sinks.append(SegmentSink(_lossless_segment(folder, beat), spec, lossless_encoding()))
        return sinks

    with stage(spec) as (scene, writer):
        beats: Sequence[TimedBeat] = scene.beats
        writer.wanted = range(len(beats))
        writer.open_sinks = open_sinks
        writer.on_frames = progress
        scene.render()
        writer.finish()
    return tuple(beats)


@contextmanager
def stage(spec: RenderSpec, **overrides: Any) -> Iterator[tuple[Any, FilmWriter]]:
    """The lesson's Scene, ready to be drawn by our renderer, and the writer its frames go to.

    Every option of Manim's that matters is set here: a manim.cfg of the user's changes nothing.
    """
    module, name = LESSONS[spec.scene].scene
    with tempfile.TemporaryDirectory(prefix="gdsim-manim-") as media, tempconfig(manim_options(spec, media)):
        scene_class = getattr(import_module(module), name)
        for attribute, value in overrides.items():
            scene_class = type(name, (scene_class,), {attribute: value})
        renderer = FilmRenderer()
        scene = scene_class(renderer, spec=spec)
        yield scene, renderer.file_writer


def manim_options(spec: RenderSpec, media: str) -> dict[str, Any]:
    """Manim's configuration for a render of ours."""
    return {
        **picture_options(spec),
        "media_dir": media,
        "pixel_width": spec.width,
        "pixel_height": spec.height,
        "frame_rate": spec.fps,
        "dry_run": True,
        "disable_caching": True,
        "progress_bar": "none",
        "verbosity": "ERROR",
        "background_opacity": 1.0,
        "from_animation_number": 0,
        "upto_animation_number": -1,
        "seed": 0,
        "notify_outdated_version": False,
    }


def _film_segment(folder: Path, beat: int) -> Path:
    return folder / f"{beat:03d}.mp4"


def _lossless_segment(folder: Path, beat: int) -> Path:
    return folder / f"{beat:03d}.mkv"
