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
from scenes.film.companions import FORMS, Snippet, alt_text, shown_file, snippet
from scenes.film.fit import Fitted
from scenes.film.fit_film import FittedFilm
from scenes.film.webp import webp_seconds
from scenes.script.timing import TimedBeat, total_frames
from scenes.spec import RenderSpec

PACKAGES = ("manim", "numpy", "av", "typst", "pycairo", "pillow", "font-source-sans-pro")


def manifest(
    spec: RenderSpec,
    targets: Sequence[Path],
    runs: tuple[Trajectory, ...],
    beats: tuple[TimedBeat, ...],
    beside: Collection[Path] = (),
    fitted: Mapping[Path, Fitted | FittedFilm] | None = None,
    alt: str | None = None,
) -> dict[str, Any]:
    """Plain values, ready for JSON; durations in seconds, sizes in bytes.

    beside: the files next to the targets. fitted: what a size limit changed. alt: the user's words for the picture.
    """
    fitted = fitted or {}
    frames = total_frames(beats)

    def embed(target: Path) -> dict[str, str]:
        shown, sources = shown_file(spec, target, targets, runs, beside, alt)
        files = dict(zip(sources, sources))
        names = {".embed.html": "html", ".embed.md": "markdown"}
        return {names[form]: snippet(Snippet(form, shown, sources), files, fitted) for form in FORMS}

    return {
        "key": spec.key(),
        "files": [_file(target, spec, frames, fitted.get(target)) | {"embed": embed(target)} for target in targets],
        "texts": [str(path) for path in beside],
        "alt": alt_text(spec, runs, alt),
        "frames": frames,
        "fps": spec.fps,
        "seconds": frames / spec.fps,
        "spec": asdict(spec),
        "trajectories": [
            {"digest": run.digest(), "optimiser": run.optimiser, "steps": run.steps, "stop": run.stop.name}
            for run in runs
        ],
        "beats": [
            {
                "chapter": timed.beat.chapter,
                "sentence": timed.beat.plain.replace("\u00a0", " "),
                "start": timed.start / spec.fps,
                "seconds": timed.frames / spec.fps,
            }
            for timed in beats
        ],
        "versions": versions(),
    }


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
