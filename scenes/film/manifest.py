"""A description of what a render made, for scripts: files, sizes, durations, spec, versions, digests of the runs."""

from __future__ import annotations

import platform
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import av

from gdsim import Trajectory, __version__
from scenes.film.companions import FORMS, Snippet, shown_file, snippet
from scenes.film.content import Content
from scenes.film.course import Part, course_key, placed
from scenes.film.fit import Fitted
from scenes.film.fit_film import FittedFilm
from scenes.film.webp import webp_seconds
from scenes.script.timing import TimedBeat
from scenes.spec import RenderSpec

PACKAGES = ("manim", "numpy", "av", "typst", "pycairo", "pillow", "font-source-sans-pro")


def manifest(
    spec: RenderSpec,
    targets: Sequence[Path],
    runs: Sequence[Trajectory],
    content: Content,
    beside: Collection[Path] = (),
    fitted: Mapping[Path, Fitted | FittedFilm] | None = None,
) -> dict[str, Any]:
    """Plain values, ready for JSON; durations in seconds, sizes in bytes.

    beside: the files next to the targets. fitted: what a size limit changed.
    """
    return {
        "key": spec.key(),
        **_files(spec, targets, content, beside, fitted or {}),
        "spec": asdict(spec),
        "trajectories": _trajectories(runs),
        "beats": _beats(content.beats, spec.fps),
        "versions": versions(),
    }


def course_manifest(
    parts: Sequence[Part], targets: Sequence[Path], content: Content, beside: Collection[Path] = ()
) -> dict[str, Any]:
    """The same for a film of several lessons; each has its spec, its runs and its beats."""
    fps = parts[0].spec.fps
    return {
        "key": course_key(parts, content.title),
        **_files(parts[0].spec, targets, content, beside, {}),
        "lessons": [
            {
                "start": chapter.start / fps,
                "seconds": (chapter.end - chapter.start) / fps,
                "spec": asdict(part.spec),
                "trajectories": _trajectories(part.story.runs),
                "beats": _beats(placed(part, chapter.start).story.beats, fps),
            }
            for part, chapter in zip(parts, content.chapters)
        ],
        "versions": versions(),
    }


def _files(
    spec: RenderSpec,
    targets: Sequence[Path],
    content: Content,
    beside: Collection[Path],
    fitted: Mapping[Path, Fitted | FittedFilm],
) -> dict[str, Any]:
    """The files, how to embed each, what is next to them, and how long they are."""
    frames = content.beats[-1].end if content.beats else 0

    def embed(target: Path) -> dict[str, str]:
        shown, sources = shown_file(spec, target, targets, content, beside)
        files = dict(zip(sources, sources))
        names = {".embed.html": "html", ".embed.md": "markdown"}
        return {names[form]: snippet(Snippet(form, shown, sources), files, fitted) for form in FORMS}

    return {
        "files": [_file(target, spec, frames, fitted.get(target)) | {"embed": embed(target)} for target in targets],
        "texts": [str(path) for path in beside],
        "alt": content.alt,
        "frames": frames,
        "fps": spec.fps,
        "seconds": frames / spec.fps,
    }


def _trajectories(runs: Sequence[Trajectory]) -> list[dict[str, Any]]:
    return [
        {"digest": run.digest(), "optimiser": run.optimiser, "steps": run.steps, "stop": run.stop.name} for run in runs
    ]


def _beats(beats: Sequence[TimedBeat], fps: int) -> list[dict[str, Any]]:
    return [
        {
            "chapter": timed.beat.chapter,
            "sentence": timed.beat.plain.replace("\u00a0", " "),
            "start": timed.start / fps,
            "seconds": timed.frames / fps,
        }
        for timed in beats
    ]


def versions() -> dict[str, str]:
    """The versions of what drew and encoded the film; "missing" for a package that is not there."""
    return {"gdsim": __version__, "python": platform.python_version(), **{name: _version(name) for name in PACKAGES}}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def _file(path: Path, spec: RenderSpec, frames: int, fitted: Fitted | FittedFilm | None) -> dict[str, Any]:
    """A finished file; its duration is read back from it."""
    if path.suffix.lower() == ".webp":
        seconds = webp_seconds(path)
    else:
        with av.open(str(path)) as film:
            seconds = film.duration / 1_000_000
    return {
        "path": str(path),
        "format": path.suffix[1:].lower(),
        "bytes": path.stat().st_size,
        "seconds": seconds,
        "frames": frames,
        "width": spec.width,
        "height": spec.height,
        **(fitted._asdict() if fitted else {}),
    }
