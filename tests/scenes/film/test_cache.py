"""Kept files: found again, never trusted unseen, and no trouble where they cannot be kept."""

from __future__ import annotations

import errno
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from scenes.catalogue import LESSONS
from scenes.film import cache as cache_module
from scenes.film import jobs
from scenes.film.cache import Cache, clear_all, folder_size
from scenes.film.render import render
from scenes.script.beat import Script
from scenes.spec import RenderSpec
from tests.scenes.film.rights import without_rights

SPEC = RenderSpec("parabola", width=160, height=90, fps=5, cut="loop")
KEY = "a" * 32


@pytest.fixture
def folder(tmp_path) -> Path:
    """Where the cache is."""
    return tmp_path / "cache"


@pytest.fixture
def film(tmp_path, folder):
    """(suffix, spec) -> the film's bytes, made with the cache."""

    def made(suffix: str = ".mp4", spec: RenderSpec = SPEC) -> bytes:
        target = tmp_path / f"film{suffix}"
        render(spec, [target], lambda frames: None, jobs=1, cache=Cache(folder))
        return target.read_bytes()

    return made


@pytest.fixture
def drawings(monkeypatch) -> list[tuple[str, int]]:
    """What each render had to do: for each piece "draw" or "encode", and its frames."""
    done: list[tuple[str, int]] = []
    really = jobs.work

    def spy(job, progress, finished):
        done.extend(("draw" if task.draw else "encode", task.piece.frames) for task in job.tasks)
        really(job, progress, finished)

    monkeypatch.setattr(jobs, "work", spy)
    return done


@pytest.mark.parametrize("suffix", [".mp4", ".gif", ".webm"])
def test_a_second_render_draws_nothing_and_gives_the_same_bytes(suffix, film, tmp_path, drawings):
    """From the cache comes what would have been made without it."""
    first = film(suffix)
    drawings.clear()
    second = film(suffix)

    clean = tmp_path / f"clean{suffix}"
    assert drawings == []
    render(SPEC, [clean], lambda frames: None, jobs=1)
    assert first == second == clean.read_bytes()


@pytest.mark.parametrize(("before", "after"), [(".mp4", ".gif"), (".gif", ".mp4"), (".mp4", ".webm")])
def test_another_format_draws_nothing_anew(before, after, film, tmp_path, drawings):
    """Frames are kept without loss, so every format can be made of them: the same bytes as from a fresh drawing."""
    film(before)
    drawings.clear()
    made = film(after)

    assert [how for how, _ in drawings if how == "draw"] == []
    clean = tmp_path / f"clean{after}"
    render(SPEC, [clean], lambda frames: None, jobs=1)
    assert made == clean.read_bytes()


def test_a_changed_sentence_draws_its_own_beat_anew(film, drawings, monkeypatch):
    """One sentence of a narrated film changes: its beat is drawn, and the piece in which its caption fades."""
    spec = replace(SPEC, cut="full")
    film(spec=spec)
    everything = sum(frames for _, frames in drawings)
    drawings.clear()
    lesson = LESSONS["parabola"]

    def script(runs):
        whole = lesson.script(runs)
        beats = list(whole.beats)
        words = beats[1].words
        beats[1] = replace(beats[1], words=replace(words, template=words.template + " Look."))
        return Script(whole.opening, tuple(beats))

    monkeypatch.setitem(LESSONS, "parabola", replace(lesson, script=script))
    film(spec=spec)

    assert 0 < sum(frames for _, frames in drawings) < 0.25 * everything


def truncated(path: Path, other: Path) -> None:
    """Cut off in the middle."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def zeroed(path: Path, other: Path) -> None:
    """As long as before, and empty."""
    path.write_bytes(bytes(path.stat().st_size))


def flipped(path: Path, other: Path) -> None:
    """One bit is another."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def swapped(path: Path, other: Path) -> None:
    """Another piece's file under this one's key, its digest with it."""
    place = path.with_name(f"{path.name.partition('.')[0]}.{other.name.partition('.')[2]}")
    content = other.read_bytes()
    path.unlink()
    place.write_bytes(content)


@pytest.mark.parametrize("harm", [truncated, zeroed, flipped, swapped], ids=lambda harm: harm.__name__)
def test_a_damaged_file_is_noticed_and_made_again(harm, film, folder, drawings):
    """A kept file that is not what it was is never used; the film is as it was."""
    sound = film()
    paths = sorted(folder.iterdir())
    contents = {path.name: path.read_bytes() for path in paths}
    for path in paths:
        path.unlink()  # a file of its own again: its content may be shared by name
        path.write_bytes(contents[path.name])
    for path, other in zip(paths[::2], paths[1::2]):
        harm(path, other)
    drawings.clear()

    assert film() == sound
    assert drawings != []
    drawings.clear()
    assert film() == sound
    assert drawings == []


def test_the_least_used_goes_first(folder, tmp_path):
    """A cache over its bound forgets what was used longest ago; fetching counts as use."""
    source = tmp_path / "source"
    source.write_bytes(bytes(1000))
    cache = Cache(folder, most_bytes=2500)
    for number, key in enumerate(("a" * 32, "b" * 32, "c" * 32)):
        cache.keep(key, source)
        os.utime(cache.places[key], ns=(number, number))
    assert cache.fetch("a" * 32, tmp_path / "fetched")
    cache.trim()

    assert {kept.path.name[0] for kept in cache.contents()} == {"a", "c"}


def test_without_a_bound_broken_nothing_goes(folder, tmp_path):
    """Trimming a small cache removes nothing."""
    (tmp_path / "source").write_bytes(b"frames")
    cache = Cache(folder)
    cache.keep(KEY, tmp_path / "source")
    cache.trim()

    assert Cache(folder).fetch(KEY, tmp_path / "fetched")
    assert (tmp_path / "fetched").read_bytes() == b"frames"


def test_keeping_a_file_twice_leaves_one_and_no_draft(folder, tmp_path):
    """The same file kept again is the same entry."""
    (tmp_path / "source").write_bytes(b"frames")
    cache = Cache(folder)
    cache.keep(KEY, tmp_path / "source")
    cache.keep(KEY, tmp_path / "source")

    assert len(cache.contents()) == 1


def test_where_no_second_name_can_be_given_a_copy_is_made(folder, tmp_path, monkeypatch):
    """A cache on another disk than the work keeps and fetches copies."""

    def refuse(source, target):
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(cache_module.os, "link", refuse)
    (tmp_path / "source").write_bytes(b"frames")
    cache = Cache(folder)
    cache.keep(KEY, tmp_path / "source")

    assert cache.fetch(KEY, tmp_path / "fetched")
    assert (tmp_path / "fetched").read_bytes() == b"frames"


def test_a_cache_that_cannot_be_written_is_done_without(film, folder):
    """A file stands where the cache folder should be: the film is made all the same."""
    with_cache = film()
    shutil.rmtree(folder)
    folder.write_text("in the way")

    assert film() == with_cache


@pytest.mark.parametrize("number", [errno.EROFS, errno.ENOSPC, errno.EACCES])
def test_a_cache_that_refuses_is_done_without(number, film, tmp_path, monkeypatch):
    """A read-only, full or foreign cache costs time and nothing else."""

    def refuse(*anything):
        raise OSError(number, os.strerror(number))

    clean = tmp_path / "clean.mp4"
    render(SPEC, [clean], lambda frames: None, jobs=1)
    monkeypatch.setattr(cache_module, "_link_or_copy", refuse)

    assert film() == clean.read_bytes()


def test_a_readable_cache_that_cannot_be_written_still_helps(film, folder, drawings, monkeypatch):
    """What is kept on a read-only disk is used."""
    first = film()
    drawings.clear()
    make = Path.mkdir

    def refuse(*anything, **more):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    def make_elsewhere(place: Path, *words, **more) -> None:
        if place.is_relative_to(folder):
            refuse()
        make(place, *words, **more)

    monkeypatch.setattr(cache_module.os, "utime", refuse)
    monkeypatch.setattr(Path, "mkdir", make_elsewhere)

    assert film() == first
    assert drawings == []


def test_a_cache_that_is_removed_during_a_render_does_no_harm(film, folder, tmp_path):
    """Somebody clears the cache while a film is drawn: the film is whole."""
    sound = film()
    target = tmp_path / "again.mp4"

    def remove(frames: int) -> None:
        shutil.rmtree(folder, ignore_errors=True)

    render(SPEC, [target], remove, jobs=1, cache=Cache(folder))
    assert target.read_bytes() == sound
    render(replace(SPEC, theme="light"), [target], remove, jobs=1, cache=Cache(folder))
    assert target.stat().st_size > 0


def test_clearing_says_how_much_went(folder, tmp_path):
    """All that was kept is removed, and its size told."""
    (tmp_path / "source").write_bytes(bytes(1000))
    Cache(folder).keep(KEY, tmp_path / "source")

    assert folder_size(folder) == 1000
    assert clear_all(folder) == 1000
    assert not folder.exists()
    assert clear_all(folder) == 0


def test_clearing_beside_a_render_takes_what_is_there(folder, monkeypatch):
    """A file that a render adds while the cache is cleared stays, and is no fault of either."""
    folder.mkdir(parents=True)
    (folder / "old").write_bytes(bytes(10))
    remove = os.rmdir

    def busy(place: Path) -> None:
        (folder / "new").write_bytes(bytes(5))
        remove(place)

    monkeypatch.setattr(Path, "rmdir", busy)

    assert clear_all(folder.parent) == 10
    assert [path.name for path in folder.iterdir()] == ["new"]


def test_clearing_copes_with_files_that_go(folder, monkeypatch):
    """A file that another removes first is no fault, and is not counted."""
    folder.mkdir(parents=True)
    for name in ("one", "two"):
        (folder / name).write_bytes(bytes(10))
    look = Path.lstat

    def gone(place: Path) -> os.stat_result:
        if place.name == "one":
            os.unlink(place)  # noqa: PTH108 - what is patched here is Path's own
        return look(place)

    monkeypatch.setattr(Path, "lstat", gone)

    assert clear_all(folder) == 10


@pytest.mark.parametrize("words", [[], ["--clear"]], ids=["size", "clear"])
def test_a_cache_that_may_not_be_read_is_one_line(words, folder, monkeypatch):
    """A folder of somebody else's: one line that names it, exit code 1."""
    from click.testing import CliRunner

    from cli import cli

    place = folder / "gdsim" / "pieces"
    place.mkdir(parents=True)
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    with without_rights(place):
        done = CliRunner().invoke(cli, ["cache", *words])

    assert done.exit_code == 1
    (said,) = done.stderr.splitlines()
    assert "the cache failed: permission denied: " in said
    assert str(folder) in said


def test_a_user_without_a_home_is_told_what_to_set(monkeypatch):
    """`gdsim cache` where there is no home folder: one line, exit code 1."""
    from click.testing import CliRunner

    from cli import cli
    from scenes.voice import speech

    monkeypatch.setattr(speech, "cache_folder", lambda: speech.NOWHERE)
    done = CliRunner().invoke(cli, ["cache"])

    assert done.exit_code == 1
    assert "set XDG_CACHE_HOME" in done.stderr
