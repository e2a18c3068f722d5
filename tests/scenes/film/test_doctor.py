"""The doctor's table is what a film needs: each row fails without its thing and says what brings it back."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import av
import pytest

from scenes.film import doctor
from scenes.film.doctor import ENCODERS, Finding, requirements
from scenes.film.encoding import encoding
from scenes.film.mux import CONTAINERS
from scenes.spec import RenderSpec
from scenes.voice import espeak, piper

ROOT = Path(__file__).parents[3]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ROWS = {row.name: row for row in requirements()}


def hide(*modules: str):
    """Without these modules: their import fails."""

    def take(patch: pytest.MonkeyPatch, folder: Path) -> None:
        for module in modules:
            patch.setitem(sys.modules, module, None)

    return take


def without_codec(name: str):
    """Without an encoder of libav."""

    def take(patch: pytest.MonkeyPatch, folder: Path) -> None:
        known = av.codec.Codec

        def codec(asked: str, mode: str):
            if asked == name:
                raise av.codec.codec.UnknownCodecError(name)
            return known(asked, mode)

        patch.setattr(av.codec, "Codec", codec)

    return take


def without_voice(room, package: str):
    """Without the package of a voice."""

    def take(patch: pytest.MonkeyPatch, folder: Path) -> None:
        patch.setattr(room, "installed", lambda name: None if name == package else "1")

    return take


def an_old_python(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """With a Python from before."""
    patch.setattr(sys, "version_info", (3, 10, 9))


def no_font(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Without the font's file."""
    import font_source_sans_pro

    patch.setattr(font_source_sans_pro, "SourceSansProSemibold", str(folder / "gone.ttf"))


def no_room(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """With a disk that is full."""
    patch.setattr(doctor.shutil, "disk_usage", lambda place: type("Usage", (), {"free": 5_000_000}))


def no_cache(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """With a file where the cache should be."""
    (folder / "file").write_text("mine")
    patch.setenv("XDG_CACHE_HOME", str(folder / "file"))


TAKEN = {
    "Python": an_old_python,
    "command line": hide("click"),
    "progress bar": hide("rich.progress"),
    "arithmetic": hide("numpy"),
    "2D drawing": hide("cairo"),
    "scenes": hide("manim"),
    "formulas": hide("typst"),
    "font": no_font,
    "GIF, WebP, posters": hide("PIL"),
    "frame store": hide("zstandard"),
    **{name: without_codec(codec) for name, codec in ENCODERS},
    "loudness": hide("av.filter"),
    "temporary folder": no_room,
    "cache folder": no_cache,
    "voice: piper": without_voice(piper, "piper-tts"),
    "voice: espeak": without_voice(espeak, "espeakng-loader"),
}


@pytest.mark.parametrize("name", ROWS)
def test_each_row_notices_that_its_thing_is_gone(name, tmp_path, monkeypatch):
    """With the thing the row is fine; without it the row is not, and its remedy names what pip installs."""
    row = ROWS[name]
    before = doctor._examined(row)
    TAKEN[name](monkeypatch, tmp_path)
    after = doctor._examined(row)

    assert Finding(name, True, before.found, "", row.needed) == before
    assert (after.ok, after.needed) == (False, row.needed)
    assert after.remedy == row.remedy != ""
    assert after.found
    assert "\n" not in after.found + after.remedy
    assert all(requirement in after.remedy for requirement in row.pip)


def test_the_table_asks_for_what_the_project_asks_for():
    """The rows bring exactly the project's own requirements, the voices exactly those of the extra."""
    needed = {pip for row in ROWS.values() if row.needed for pip in row.pip}
    voices = {pip for row in ROWS.values() if not row.needed for pip in row.pip}

    assert needed == set(PROJECT["dependencies"])
    assert voices == {one.partition(";")[0] for one in PROJECT["optional-dependencies"]["voice"]}


def test_the_encoders_are_those_that_films_use():
    """No encoder is asked for that no film is made with, and none that one is made with is left out."""
    spec = RenderSpec("parabola")
    used = {encoding(kind, spec).codec for kind in ("mp4", "webm")}
    used |= {codec for container in CONTAINERS.values() for codec in (container.audio, container.subtitles)}

    assert {codec for _, codec in ENCODERS} == used
