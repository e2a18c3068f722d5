"""The files beside a film."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from scenes.catalogue import LESSONS
from scenes.film.companions import Poster, companions
from scenes.film.poster import telling_moment, write_poster
from scenes.script.timing import timed
from scenes.spec import RenderSpec

ROOT = Path(__file__).parents[3]
TEXTS = {".chapters.txt", ".transcript.md", ".poster.jpg", ".srt", ".vtt"}


def beside(target: str, **words) -> dict[str, object]:
    """Names and contents of what stands beside a target."""
    spec = RenderSpec("parabola", **words)
    lesson = LESSONS["parabola"]
    runs = lesson.run(spec)
    beats = timed((lesson.loop if spec.cut == "loop" else lesson.script)(runs), spec.fps, spec.cut)
    return {path.name: content for path, content in companions(spec, [Path(target)], beats, runs).items()}


def test_a_film_has_all_its_companions():
    """Captions in two forms, chapters, transcript, poster, and how to embed it in HTML and Markdown."""
    names = set(beside("media/film.mp4"))

    assert names == {f"film{suffix}" for suffix in TEXTS} | {"film.mp4.embed.html", "film.mp4.embed.md"}


def test_caption_files_do_not_depend_on_the_film_s_own_captions():
    """With --captions none .srt and .vtt stand beside the film all the same, and a page does not show them unasked."""
    found = beside("film.mp4", captions="none")

    assert set(found) == set(beside("film.mp4"))
    assert found["film.vtt"] == beside("film.mp4")["film.vtt"]
    assert "<track" in found["film.mp4.embed.html"]
    assert " default>" not in found["film.mp4.embed.html"]
    assert " default>" in beside("film.mp4", captions="soft")["film.mp4.embed.html"]


@pytest.mark.parametrize("name", ["loop.gif", "LOOP.GIF"])
def test_a_gif_has_only_its_snippets(name):
    """A picture needs no poster and no captions."""
    found = beside(name, cut="loop")

    assert set(found) == {f"{name}.embed.html", f"{name}.embed.md"}
    assert "A ball on the curve f(x) = (x − 3)²" in found[f"{name}.embed.md"]


def test_a_loop_as_a_film_has_a_poster_and_no_captions():
    """Its one line is in the picture."""
    assert set(beside("loop.mp4", cut="loop")) == {"loop.poster.jpg", "loop.mp4.embed.html", "loop.mp4.embed.md"}


def test_the_page_asks_for_files_that_are_there():
    """Poster and captions in the snippet are companions of the same render."""
    found = beside("film.mp4")

    for name in ("film.poster.jpg", "film.vtt"):
        assert name in found
        assert name in found["film.mp4.embed.html"]


def test_the_poster_is_a_frame_of_the_film(spoken_film):
    """The last frame of the middle beat, as large as the film, as it was drawn."""
    film = spoken_film("espeak", ".mp4")

    frame = int(telling_moment(film.beats, film.spec.fps) * film.spec.fps)
    assert frame == film.beats[len(film.beats) // 2].end - 1
    with Image.open(film.path.with_suffix(".poster.jpg")) as poster:
        pixels = np.asarray(poster.convert("RGB")).astype(float)
    assert pixels.shape == film.pictures[frame].shape
    assert np.abs(pixels - film.pictures[frame]).mean() < 3.0
    assert np.abs(pixels - film.pictures[0]).mean() > np.abs(pixels - film.pictures[frame]).mean()


def test_a_film_that_is_shorter_gives_its_last_frame(spoken_film, tmp_path):
    """A moment after the end is the end."""
    film = spoken_film("espeak", ".mp4")
    write_poster(film.path, 99_999.0, tmp_path / "poster.jpg")

    with Image.open(tmp_path / "poster.jpg") as poster:
        pixels = np.asarray(poster.convert("RGB")).astype(float)
    assert np.abs(pixels - film.pictures[-1]).mean() < 3.0


def test_two_films_of_one_name_share_what_is_the_same(spoken_film):
    """MP4 and WebM side by side have one transcript and one poster, each its own snippet."""
    folder = spoken_film("espeak", ".mp4").path.parent
    names = {path.name for path in folder.iterdir() if path.name.startswith("espeak")}

    expected = {f"espeak{suffix}" for suffix in (*TEXTS, ".mp4", ".webm")}
    assert names == expected | {f"espeak.{kind}.embed.{form}" for kind in ("mp4", "webm") for form in ("html", "md")}


def test_a_poster_waits_for_its_film():
    """Its content is the film and the moment, not yet a picture."""
    poster = beside("film.mp4")["film.poster.jpg"]

    assert isinstance(poster, Poster)
    assert poster.film == Path("film.mp4")
    assert poster.seconds > 0


SMALL = ["--steps", "1", "-r", "160,160", "--fps", "10", "--json"]


@pytest.mark.parametrize(
    ("words", "extra"), [([], ()), (["--texts"], (".embed.html", ".embed.md"))], ids=["as it is", "with texts"]
)
def test_the_manifest_tells_alt_and_embedding(words, extra, tmp_path):
    """`--json` has the alt text and both snippets for a GIF; `--texts` writes them beside it."""
    target = tmp_path / "loop.gif"
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "render", "parabola", *words, *SMALL, "-o", str(target)],
        capture_output=True,
        text=True,
        timeout=120,
    )

    content = json.loads(done.stdout)
    (file,) = content["files"]
    assert content["alt"].startswith("A ball on the curve f(x) = (x − 3)² goes from x = 8 to x = 7 in 1 step.")
    assert file["embed"]["markdown"] == f"![{content['alt']}](loop.gif)\n"
    assert 'width="160" height="160"' in file["embed"]["html"]
    assert {path.name for path in tmp_path.iterdir()} == {"loop.gif"} | {f"loop.gif{suffix}" for suffix in extra}
    assert sorted(content["texts"]) == sorted(str(tmp_path / f"loop.gif{suffix}") for suffix in extra)
