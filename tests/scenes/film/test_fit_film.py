"""A limit of bytes for films: the best that fits is found, told truly, and found again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.film import fit_film as fit_film_module
from scenes.film.companions import companions
from scenes.film.content import content_of
from scenes.film.fit import UnreachableSizeError
from scenes.film.fit_film import COARSEST, FilmSetting, as_it_went, coarser, film_ladder
from scenes.film.render import render, told
from scenes.spec import RenderSpec

SPEC = RenderSpec("parabola", width=320, height=180, fps=10, cut="loop", steps=4)
KINDS = ("mp4", "webm")


def rendered(target: Path, spec: RenderSpec, jobs: int = 1):
    """What a limit made of the film."""
    return render(spec, [target], lambda frames: None, jobs).get(target)


@pytest.fixture(scope="module", params=KINDS)
def free(request, tmp_path_factory) -> Path:
    """The film without a limit."""
    target = tmp_path_factory.mktemp("free") / f"film.{request.param}"
    assert rendered(target, SPEC) is None
    return target


@pytest.mark.parametrize("share", [0.85, 0.5])
def test_a_film_fits(free, share, tmp_path):
    """It has at most the bytes that were asked for, all its frames, and the size and bytes that are told."""
    target = tmp_path / free.name
    limit = int(share * free.stat().st_size)
    choice = rendered(target, replace(SPEC, max_size=limit))

    assert choice.bytes == target.stat().st_size <= limit
    with av.open(str(target)) as film:
        frames = list(film.decode(video=0))
    assert (frames[0].width, frames[0].height) == (choice.width, choice.height)
    assert len(frames) == told(SPEC).beats[-1].end


def test_a_film_that_fits_is_left_as_it_is(free, tmp_path):
    """With room enough it is the file that is made without a limit."""
    target = tmp_path / free.name
    choice = rendered(target, replace(SPEC, max_size=10**7))

    assert (choice.width, choice.height, choice.bytes) == (320, 180, free.stat().st_size)
    assert target.read_bytes() == free.read_bytes()


def test_any_number_of_processes_finds_the_same_film(tmp_path):
    """The search has no luck in it, nor threads that meet."""
    spec = replace(SPEC, max_size=30_000)
    one, two = tmp_path / "one.mp4", tmp_path / "two.mp4"

    assert rendered(one, spec, 1) == rendered(two, spec, 2)
    assert one.read_bytes() == two.read_bytes()


def test_a_film_that_cannot_fit_says_what_can(tmp_path):
    """One line tells a limit that works; and it does; the narrated film keeps its captions."""
    spec = replace(SPEC, cut="full", steps=1, max_size=1000)
    with pytest.raises(UnreachableSizeError, match=r"no MP4 .* fits into 1 kB; .* takes --max-size \d+kB") as problem:
        rendered(tmp_path / "film.mp4", spec)
    assert list(tmp_path.iterdir()) == []

    reachable = 1000 * int(str(problem.value).split()[-1].removesuffix("kB"))
    assert rendered(tmp_path / "film.mp4", replace(spec, max_size=reachable)).bytes <= reachable
    with av.open(str(tmp_path / "film.mp4")) as film:
        assert len(film.streams.subtitles) == 1


def test_a_worker_thread_that_fails_ends_the_render(tmp_path, monkeypatch):
    """A disk that fills up while a film is encoded again leaves nothing half-written."""

    def full(*anything):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(fit_film_module, "_encode", full)
    with pytest.raises(OSError, match="No space left"):
        rendered(tmp_path / "film.mp4", replace(SPEC, max_size=20_000))

    assert list(tmp_path.iterdir()) == []


def test_a_page_has_the_size_that_a_limit_left(tmp_path):
    """Snippets of a film and of a GIF tell the sides that the file has, and the poster is as large."""
    spec = replace(SPEC, max_size=9_000)
    targets = [tmp_path / "film.mp4", tmp_path / "loop.gif"]
    story = told(spec)
    beside = companions(spec, targets, content_of(spec, story))
    fitted = render(spec, targets, lambda frames: None, 1, (), beside)

    for target in targets:
        size = f'width="{fitted[target].width}" height="{fitted[target].height}"'
        assert fitted[target].width < spec.width
        assert size in Path(f"{target}.embed.html").read_text()


@given(st.integers(160, 3840), st.integers(160, 2160))
def test_the_ladder_begins_with_the_film_as_it_is(width, height):
    """The first rung gives up nothing, each next one looks no better, and the coarsest of each size is there."""
    rungs, side = film_ladder(width, height), min(width, height)

    assert rungs[0] == (1, 0)
    assert [one.loss(side) for one in rungs] == sorted(one.loss(side) for one in rungs)
    assert {one.scale for one in rungs} == {one.scale for one in rungs if one.coarseness == 1}


@pytest.mark.parametrize("kind", KINDS)
def test_coarseness_is_the_encoders_rate_factor(kind):
    """At 0 the encoder is told what it is told without a limit; at 1 the coarsest; nothing else changes."""
    plain, coarsest = coarser(SPEC, kind, 0.0), coarser(SPEC, kind, 1.0)

    assert coarsest.options["crf"] == str(COARSEST[kind])
    assert plain.options == coarsest.options | {"crf": plain.options["crf"]}
    assert int(plain.options["crf"]) < COARSEST[kind]


def test_what_was_saved_tells_what_will_be():
    """From two films that halved with each half of coarseness, the next is foretold; smaller sides count too."""
    tried = [(FilmSetting(1, 0.0), 800.0), (FilmSetting(1, 0.5), 400.0)]

    assert as_it_went(FilmSetting(1, 1.0), tried) == pytest.approx(200)
    assert as_it_went(FilmSetting(0.5, 0.5), tried) == pytest.approx(400 * 0.5**1.3)
    assert as_it_went(FilmSetting(1, 1.0), tried[:1]) < 200
