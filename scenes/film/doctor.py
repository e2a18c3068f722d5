"""What this machine has of what a film needs, and what to type for what it lacks."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from scenes.voice.choice import INSTALL, VOICES, find_voice

LIBRARIES = "sudo apt-get install libcairo2-dev libpango1.0-dev pkg-config python3-dev gcc"


class Finding(NamedTuple):
    """One thing that was looked for.

    found: its version or place, or what went wrong. mend: what to type; empty where nothing is amiss.
    needed: False for what a film can do without.
    """

    name: str
    ok: bool
    found: str
    mend: str
    needed: bool = True


def examine() -> list[Finding]:
    """Try every piece for real: import it, and have it do a little work."""
    checks: list[tuple[str, Callable[[], str], str]] = [
        ("python", _python, "install Python 3.11 or newer"),
        ("numpy", _package("numpy"), "pip install numpy"),
        ("manim", _manim, f"pip install 'manim[typst]>=0.22,<0.23' (on Linux first: {LIBRARIES})"),
        ("cairo", _cairo, f"{LIBRARIES}; then pip install pycairo"),
        ("typst", _typst, "pip install typst"),
        ("words' font", _font, "pip install font-source-sans-pro"),
        ("pictures", _package("PIL"), "pip install 'pillow<13'"),
        ("MP4 encoder", _codec("libx264"), "pip install av"),
        ("lossless encoder", _codec("libx264rgb"), "pip install av"),
        ("GIF encoder", _codec("gif"), "pip install av"),
        ("temporary folder", _temporary, "set TMPDIR to a folder with room"),
    ]
    voices = [(f"voice: {name}", _voice(name), INSTALL) for name in VOICES if name not in ("auto", "none")]
    return [_try(*check) for check in checks] + [_try(*check)._replace(needed=False) for check in voices]


def _try(name: str, check: Callable[[], str], mend: str) -> Finding:
    try:
        return Finding(name, True, check(), "")
    except Exception as problem:  # noqa: BLE001 - whatever a broken piece raises is what the doctor reports
        reason = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
        return Finding(name, False, reason, mend)


def _python() -> str:
    return sys.version.split()[0]


def _package(name: str) -> Callable[[], str]:
    def check() -> str:
        module = __import__(name)
        return str(module.__version__)

    return check


def _manim() -> str:
    import manim

    if not manim.__version__.startswith("0.22."):
        raise RuntimeError(f"{manim.__version__} is not 0.22")
    return str(manim.__version__)


def _cairo() -> str:
    import cairo

    cairo.Context(cairo.ImageSurface(cairo.FORMAT_ARGB32, 4, 4)).paint()
    return str(cairo.cairo_version_string())


def _typst() -> str:
    from scenes.stage.type import formula_outline

    formula_outline("x^2", "#000000")
    return __import__("typst").__version__


def _font() -> str:
    import font_source_sans_pro

    path = Path(font_source_sans_pro.SourceSansProSemibold)
    if not path.is_file():
        raise RuntimeError(f"{path} is missing")
    return path.stem


def _codec(name: str) -> Callable[[], str]:
    def check() -> str:
        import av

        av.codec.Codec(name, "w")
        return f"{name}, av {av.__version__}"

    return check


def _voice(name: str) -> Callable[[], str]:
    """A voice says a word."""

    def check() -> str:
        voice = find_voice(name)
        assert voice is not None
        return f"{voice.described}, says a word in {voice.speak('Hello.', 1.0).seconds:.1f} s"

    return check


def _temporary() -> str:
    folder = tempfile.gettempdir()
    free = shutil.disk_usage(folder).free
    if free < 200_000_000:
        raise RuntimeError(f"{folder} has {free / 1e6:.0f} MB left; a film wants 200 MB")
    return f"{folder}, {free / 1e9:.0f} GB free"
