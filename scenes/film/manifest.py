"""What a render made, for people's scripts: files, sizes, durations, spec, versions, and the runs' digest."""

from __future__ import annotations

import platform
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import av

from gdsim import Trajectory, __version__
from scenes.film.companions import alt_text, shown_file
from scenes.film.embed import Shown, html, markdown
from scenes.film.fit import Fitted
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
    fitted: Mapping[Path, Fitted] | None = None,
) -> dict[str, Any]:
    """Plain values, ready for JSON; durations in seconds, sizes in bytes.

    beside: the files beside the targets. fitted: what a limit of bytes changed.
    """
    fitted = fitted or {}
    frames = total_frames(beats)
    return {
        "key": spec.key(),
        "files": [
            _file(target, spec, frames, fitted.get(target)) | {"embed": _embed(shown_file(spec, target, runs, beside))}
            for target in targets
        ],
        "texts": [str(path) for path in beside],
        "alt": alt_text(spec, runs),
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
    """What drew and encoded the film; "missing" for a package that is not there."""
    return {"gdsim": __version__, "python": platform.python_version(), **{name: _version(name) for name in PACKAGES}}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def _embed(shown: Shown) -> dict[str, str]:
    """How a page shows a file."""
    return {"html": html(shown), "markdown": markdown(shown)}


def _file(path: Path, spec: RenderSpec, frames: int, fitted: Fitted | None) -> dict[str, Any]:
    """A finished file, measured: the duration is read back from it."""
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
