"""The files beside a film."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from scenes.catalogue import LESSONS
from scenes.command.laboratory import page_beside
from scenes.film.companions import FORMS, Poster, Snippet, companions, laboratories, shown_file, snippet
from scenes.film.content import content_of
from scenes.film.pieces import cut
from scenes.film.poster import _without_caption, telling_moment, write_poster
from scenes.film.render import told
from scenes.lesson import tell_story
from scenes.spec import RenderSpec
from scenes.stage.composition import compose, frame_size
from scenes.stage.theme import THEMES

ROOT = Path(__file__).parents[3]
TEXTS = {".chapters.txt", ".transcript.md", ".poster.jpg", ".srt", ".vtt"}


def beside(target: str, **words) -> dict[str, object]:
    """Names and contents of what stands beside a target."""
    spec = RenderSpec("parabola", **words)
    found = companions(spec, [Path(target)], content_of(spec, tell_story(LESSONS["parabola"], spec)))
    return {path.name: written(content, Path(target)) for path, content in found.items()}


def written(content: object, target: Path) -> object:
    """A snippet as it is written for a film as it was asked for; all else as it is."""
    return FORMS[content.form](content.shown) if isinstance(content, Snippet) else content


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
def test_a_gif_has_its_snippets_and_a_poster(name):
    """A picture that moves needs no captions, and a still one for those who want no motion."""
    found = beside(name, cut="loop")

    assert set(found) == {f"{name}.embed.html", f"{name}.embed.md", f"{name[:4]}.poster.jpg"}
    assert "A ball on the curve f(x) = (x − 3)²" in found[f"{name}.embed.md"]


def test_the_users_words_for_the_picture_are_the_pages():
    """--alt takes the place of the lesson's words, in one line, in HTML and Markdown; an empty one says nothing."""
    spec = RenderSpec("parabola", cut="loop")
    story = tell_story(LESSONS["parabola"], spec)

    assert content_of(spec, story, "").alt == ""
    assert content_of(spec, story).alt == LESSONS["parabola"].alt(story.runs).plain().replace("\u00a0", " ")
    shown, _ = shown_file(spec, Path("loop.gif"), [Path("loop.gif")], content_of(spec, story, "My\n  ball"))
    assert shown.alt == "My ball"


def test_two_films_of_one_name_are_one_video(tmp_path):
    """MP4 and WebM by one name are the sources of one video, the one with fewer bytes first; a GIF stays a picture."""
    spec = RenderSpec("parabola", cut="loop")
    targets = [tmp_path / name for name in ("loop.mp4", "loop.webm", "loop.gif", "other.webm")]
    for target, size in zip(targets, (300, 200, 100, 50)):
        target.write_bytes(bytes(size))
    found = companions(spec, targets, content_of(spec, tell_story(LESSONS["parabola"], spec)))
    files = dict(zip(targets, targets))
    texts = {path.name: snippet(content, files, {}) for path, content in found.items() if isinstance(content, Snippet)}

    assert texts["loop.mp4.embed.html"] == texts["loop.webm.embed.html"]
    assert texts["loop.mp4.embed.html"].index("loop.webm") < texts["loop.mp4.embed.html"].index("loop.mp4")
    assert "loop.mp4" not in texts["loop.gif.embed.html"] + texts["other.webm.embed.html"]
    assert found[tmp_path / "loop.poster.jpg"].film == tmp_path / "loop.mp4"


def test_a_loop_as_a_film_has_a_poster_and_no_captions():
    """Its one line is in the picture."""
    assert set(beside("loop.mp4", cut="loop")) == {"loop.poster.jpg", "loop.mp4.embed.html", "loop.mp4.embed.md"}


def test_the_page_asks_for_files_that_are_there():
    """Poster and captions in the snippet are companions of the same render."""
    found = beside("film.mp4")

    for name in ("film.poster.jpg", "film.vtt"):
        assert name in found
        assert name in found["film.mp4.embed.html"]


def test_the_poster_is_a_frame_of_the_film_without_its_caption(spoken_film):
    """The last frame of the middle beat, as large as the film, as it was drawn; at its foot there is bare ground."""
    film = spoken_film("espeak", ".mp4")

    frame = int(telling_moment(film.beats, film.spec.fps) * film.spec.fps)
    assert frame == film.beats[len(film.beats) // 2].end - 1
    with Image.open(film.path.with_suffix(".poster.jpg")) as poster:
        pixels = np.asarray(poster.convert("RGB")).astype(float)
    foot = foot_of(film.spec)
    ground = np.frombuffer(bytes.fromhex(THEMES[film.spec.theme].background[1:]), np.uint8)
    assert pixels.shape == film.pictures[frame].shape
    assert np.abs(pixels[:foot] - film.pictures[frame][:foot]).mean() < 3.0
    assert np.abs(pixels[:foot] - film.pictures[0][:foot]).mean() > 3.0
    assert np.abs(pixels[foot + 8 :] - ground).max() <= 2
    assert np.abs(film.pictures[frame][foot:] - ground.astype(float)).max() > 60


def foot_of(spec: RenderSpec) -> int:
    """The first row of the captions' part of a frame."""
    return round(spec.height * (0.5 - compose(spec.width, spec.height, spec.cut).caption.top / frame_size(320, 180)[1]))


@pytest.mark.parametrize("scene", LESSONS)
def test_nothing_but_captions_is_taken_from_a_poster(scene, drawn):
    """Where a poster is covered, a film whose captions are not burned in shows the ground, in any lesson."""
    spec = RenderSpec(scene, width=320, height=180, fps=5, captions="soft")
    beats = told(spec).beats
    number = int(telling_moment(beats, spec.fps) * spec.fps)
    piece = next(piece for piece in cut(beats, spec.fps) if piece.start <= number < piece.end)
    picture = Image.fromarray(drawn(spec, [piece])[number]).convert("RGB")
    covered = picture.copy()
    _without_caption(covered, spec)

    np.testing.assert_array_equal(np.asarray(covered), np.asarray(picture))


@pytest.mark.parametrize("kind", ["gif", "webp"])
def test_a_poster_of_a_picture_that_moves_is_one_of_its_frames(kind, ball_film, stores_of, animated, tmp_path):
    """The frame that is shown at the moment, as it was drawn but for its colours."""
    animated(stores_of(ball_film), 20, tmp_path / f"film.{kind}")
    frames = [pixels for pixels, count in ball_film for _ in range(count)]
    for number in (0, 7, 40):
        spec = RenderSpec("parabola", width=96, height=64, fps=20, captions="none")
        write_poster(tmp_path / f"film.{kind}", (number + 0.5) / 20, spec, tmp_path / "poster.jpg")
        with Image.open(tmp_path / "poster.jpg") as poster:
            apart = np.abs(np.asarray(poster.convert("RGB")).astype(int) - frames[number][..., :3])

        assert apart.mean() < 3


def test_a_film_that_is_shorter_gives_its_last_frame(spoken_film, tmp_path):
    """A moment after the end is the end."""
    film = spoken_film("espeak", ".mp4")
    write_poster(film.path, 99_999.0, replace(film.spec, captions="soft"), tmp_path / "poster.jpg")

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
    ("words", "extra"),
    [([], ()), (["--texts"], (".gif.embed.html", ".gif.embed.md", ".poster.jpg"))],
    ids=["as it is", "with texts"],
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
    assert {path.name for path in tmp_path.iterdir()} == {"loop.gif"} | {f"loop{suffix}" for suffix in extra}
    assert sorted(content["texts"]) == sorted(str(tmp_path / f"loop{suffix}") for suffix in extra)


def test_a_film_and_its_laboratory_lead_to_each_other():
    """One page for all files of a name, which links to the MP4; the snippets of each file link to the page."""
    spec = RenderSpec("parabola", learning_rate=0.9)
    targets = [Path("a film.gif"), Path("a film.mp4")]
    content = content_of(spec, tell_story(LESSONS["parabola"], spec))
    found = companions(spec, targets, content, page_beside(spec, "Downhill"))
    page = found[Path("a film.lab.html")]

    assert '<a href="a%20film.mp4">Watch the film</a>' in page
    assert "0.9" in page.split('id="lab">')[1].split("</script>")[0]
    for target in targets:
        text = written(found[Path(f"{target}.embed.html")], target)
        assert '<a href="a%20film.lab.html">Try it yourself</a>' in text
    assert set(laboratories(targets[:1], lambda film: film).items()) == {(Path("a film.lab.html"), "a%20film.gif")}


def test_a_film_alone_has_no_laboratory():
    """Unless one is asked for, no page is written, and no link leads to one."""
    found = beside("film.mp4")

    assert not any("lab" in name for name in found)
    assert "lab.html" not in str(found["film.mp4.embed.html"])
