"""How many processes draw a film, and workers that are started before there is anything to draw."""

from __future__ import annotations

import subprocess

import pytest

from scenes.film import jobs, scratch_dir
from scenes.film.cache import Cache
from scenes.film.jobs import Workers, jobs_that_pay, standby
from scenes.film.render import render
from scenes.spec import RenderSpec

SPEC = RenderSpec("parabola", width=320, height=180, fps=10, cut="loop")


@pytest.fixture
def started(monkeypatch) -> list[subprocess.Popen[bytes]]:
    """Every process that is started from here on."""
    processes = []
    real = subprocess.Popen

    def start(*words, **options):
        processes.append(real(*words, **options))
        return processes[-1]

    monkeypatch.setattr(jobs.subprocess, "Popen", start)
    return processes


@pytest.mark.parametrize("count", [1, 2, 3])
def test_workers_that_stood_by_make_the_same_film(count, started, tmp_path):
    """Started early or not, one or several, more or fewer than are wanted: the same bytes, and they all end."""
    early, late = tmp_path / "early.mp4", tmp_path / "late.mp4"
    render(SPEC, [late], lambda frames: None, jobs=1)
    with Workers(SPEC, count, early=True) as workers:
        render(SPEC, [early], lambda frames: None, jobs=2, workers=workers)

    assert early.read_bytes() == late.read_bytes()
    assert len(started) == max(2, count)
    assert all(process.poll() is not None for process in started)


def test_workers_that_are_not_needed_are_let_go(started, tmp_path):
    """Where everything is kept already, those who stood by end with the render."""
    cache = Cache(tmp_path / "cache")
    for number in range(2):
        with Workers(SPEC, 2, early=True) as workers:
            render(SPEC, [tmp_path / f"{number}.mp4"], lambda frames: None, cache=cache, workers=workers)

    assert (tmp_path / "0.mp4").read_bytes() == (tmp_path / "1.mp4").read_bytes()
    assert all(process.poll() is not None for process in started)


def test_workers_that_stood_by_encode_what_was_drawn(tmp_path):
    """Frames kept by a GIF become the same MP4 as when they are drawn for it."""
    cache, drawn, encoded = Cache(tmp_path / "cache"), tmp_path / "drawn.mp4", tmp_path / "encoded.mp4"
    render(SPEC, [drawn], lambda frames: None, jobs=1)
    render(SPEC, [tmp_path / "loop.gif"], lambda frames: None, jobs=1, cache=cache)
    with Workers(SPEC, 1, early=True) as workers:
        render(SPEC, [encoded], lambda frames: None, cache=cache, workers=workers)

    assert encoded.read_bytes() == drawn.read_bytes()


def test_workers_are_gone_before_what_they_write_into(started, tmp_path, monkeypatch):
    """Who is asked to stop while they draw waits for their end first: only then is their folder removed."""
    alive = []

    def stop(frames: int) -> None:
        if any(process.poll() is None for process in started) and frames:
            raise KeyboardInterrupt

    def remove(*words, **options) -> None:
        alive.extend(process for process in started if process.poll() is None)
        rmtree(*words, **options)

    rmtree = scratch_dir.shutil.rmtree
    monkeypatch.setattr(scratch_dir.shutil, "rmtree", remove)
    with Workers(SPEC, 2, early=True) as workers, pytest.raises(KeyboardInterrupt):
        render(SPEC, [tmp_path / "film.mp4"], stop, jobs=2, workers=workers)

    assert len(started) == 2
    assert alive == []


def test_the_one_who_asks_can_draw_alone(started):
    """With one job there is no other process."""
    with standby(SPEC, 1) as workers:
        assert workers is None
    assert started == []


@pytest.mark.parametrize("jobs", [2, 5])
def test_as_many_stand_by_as_were_asked_for(jobs, started):
    """A number that was asked for is taken as it is."""
    with standby(SPEC, jobs) as workers:
        assert workers.count == len(started) == jobs
    assert all(process.poll() is not None for process in started)


def test_more_pixels_and_frames_pay_for_more_processes():
    """A thumbnail's loop is drawn by one; a film in 1080p by all cores, never by more."""
    large = RenderSpec("parabola", width=1920, height=1080, fps=60)

    assert jobs_that_pay(SPEC, 90, 8) == 1
    assert jobs_that_pay(large, 2700, 8) == 8
    assert [jobs_that_pay(large, 2700, cores) for cores in (1, 2, 4)] == [1, 2, 4]
    counts = [jobs_that_pay(large, frames, 64) for frames in range(0, 6000, 100)]
    assert counts == sorted(counts)
