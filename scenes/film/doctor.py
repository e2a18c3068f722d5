"""What a film needs, which of it this machine has, and what to type for the rest."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from scenes.remedy import libraries, pip_install
from scenes.voice.choice import VOICE_REQUIREMENTS, find_voice

OLDEST_PYTHON = (3, 11)
ROOM = 200_000_000


class Requirement(NamedTuple):
    """Something that a film needs or can use.

    check: tries it for real and returns its version or location; what it raises says what is wrong.
    pip: the requirements that install it, as in pyproject.toml. advice: what to type if pip alone is not enough.
    codec: the encoder to check. needed: False if a film can do without it.
    """

    name: str
    check: Callable[[], str]
    pip: tuple[str, ...] = ()
    advice: str = ""
    codec: str = ""
    needed: bool = True

    @property
    def remedy(self) -> str:
        """What to type if it is missing."""
        install = pip_install(*self.pip) if self.pip else ""
        return "; then ".join(filter(None, (self.advice, install)))


class Finding(NamedTuple):
    """One requirement after its check.

    found: its version or location, or what is wrong. remedy: what to type; empty if nothing is wrong.
    """

    name: str
    ok: bool
    found: str
    remedy: str
    needed: bool = True


def requirements() -> list[Requirement]:
    """All requirements, in the order in which they should be met."""
    return [
        Requirement("Python", _python, advice="install Python {}.{} or newer".format(*OLDEST_PYTHON)),
        Requirement("command line", _package("click"), ("click>=8.2",)),
        Requirement("progress bar", _progress, ("rich>=13",)),
        Requirement("arithmetic", _package("numpy"), ("numpy>=2.0",)),
        Requirement("2D drawing", _cairo, ("pycairo>=1.20",), libraries()),
        Requirement("scenes", _manim, ("manim[typst]>=0.22,<0.23",), libraries()),
        Requirement("formulas", _typst, ("typst>=0.14",)),
        Requirement("font", _font, ("font-source-sans-pro>=0.0.1",)),
        Requirement("GIF, WebP, posters", _pillow, ("pillow<13",)),
        Requirement("frame store", _zstandard, ("zstandard>=0.23",)),
        *(Requirement(name, _encoder(codec), ("av>=14",), codec=codec) for name, codec in ENCODERS),
        Requirement("loudness", _loudness, ("av>=14",)),
        Requirement("temporary folder", _temporary, advice="set TMPDIR to a folder with 200 MB of room"),
        Requirement("cache folder", _cache, advice="set XDG_CACHE_HOME to a folder you may write", needed=False),
        *(Requirement(f"voice: {name}", _voice(name), pip, needed=False) for name, pip in VOICE_REQUIREMENTS.items()),
    ]


# The purpose of each of libav's encoders.
ENCODERS = (
    ("MP4 video", "libx264"),
    ("MP4 sound", "aac"),
    ("MP4 captions", "mov_text"),
    ("WebM video", "libvpx-vp9"),
    ("WebM sound", "libopus"),
    ("WebM captions", "webvtt"),
)


def examine() -> list[Finding]:
    """Try every requirement for real: import it, and have it do a little work."""
    return [_examined(requirement) for requirement in requirements()]


def _examined(one: Requirement) -> Finding:
    try:
        return Finding(one.name, True, one.check(), "", one.needed)
    except Exception as problem:  # noqa: BLE001 - whatever a broken part raises is what the doctor reports
        reason = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
        return Finding(one.name, False, reason, one.remedy, one.needed)


def _python() -> str:
    version = sys.version.split()[0]
    if sys.version_info < OLDEST_PYTHON:
        raise RuntimeError(f"{version} is too old")
    return version


def _package(name: str) -> Callable[[], str]:
    def check() -> str:
        from importlib.metadata import version

        import_module(name)
        return f"{name} {version(name)}"

    return check


def _progress() -> str:
    import_module("rich.progress")
    return _package("rich")()


def _manim() -> str:
    import manim

    if not manim.__version__.startswith("0.22."):
        raise RuntimeError(f"manim {manim.__version__} is not 0.22")
    return f"manim {manim.__version__}"


def _cairo() -> str:
    import cairo

    cairo.Context(cairo.ImageSurface(cairo.FORMAT_ARGB32, 4, 4)).paint()
    return f"cairo {cairo.cairo_version_string()}, pycairo {cairo.version}"


def _typst() -> str:
    import typst

    from scenes.stage.type import formula_outline

    formula_outline("x^2", "#000000")
    return f"typst {typst.__version__}"  # type: ignore[attr-defined]


def _font() -> str:
    import font_source_sans_pro

    path = Path(font_source_sans_pro.SourceSansProSemibold)
    if not path.is_file():
        raise RuntimeError(f"{path} is missing")
    return path.stem


def _pillow() -> str:
    import PIL
    from PIL import features

    for kind in ("webp", "jpg", "zlib"):
        if not features.check(kind):
            raise RuntimeError(f"Pillow {PIL.__version__} is built without {kind}")
    if int(PIL.__version__.split(".")[0]) >= 13:
        raise RuntimeError(f"Pillow {PIL.__version__} is too new for manim 0.22")
    return f"Pillow {PIL.__version__}"


def _zstandard() -> str:
    import zstandard

    zstandard.ZstdDecompressor().decompress(zstandard.ZstdCompressor().compress(b"frames"))
    return f"zstandard {zstandard.__version__}"


def _encoder(name: str) -> Callable[[], str]:
    def check() -> str:
        import av

        av.codec.Codec(name, "w")
        return f"{name}, av {av.__version__}"

    return check


def _loudness() -> str:
    import av.filter

    for name in ("ebur128", "alimiter"):
        av.filter.Filter(name)
    return f"ebur128 and alimiter, av {av.__version__}"


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
    if free < ROOM:
        raise RuntimeError(f"{folder} has {free / 1e6:.0f} MB left; a film needs {ROOM / 1e6:.0f} MB")
    return f"{folder}, {free / 1e9:.0f} GB free"


def _cache() -> str:
    from scenes.voice.speech import NOWHERE, cache_folder

    folder = cache_folder()
    if folder == NOWHERE:
        raise RuntimeError("this user has no home folder")
    there = next(place for place in (folder, *folder.parents) if place.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        raise RuntimeError(f"{there} cannot be written")
    return str(folder)
