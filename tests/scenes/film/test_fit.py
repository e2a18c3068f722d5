"""A limit of bytes: the best that fits is found, told truly, and found again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from scenes.film.animation import animate
from scenes.film.fit import Fitted, UnreachableSizeError, ladder
from scenes.spec import RenderSpec
from tests.scenes.film.conftest import picture

SPEC = RenderSpec("parabola", width=96, height=64, fps=20)
KINDS = ("gif", "webp")


def fitted(paths, target: Path, most_bytes: int) -> Fitted:
    """What the film became."""
    choice = animate(paths, replace(SPEC, max_size=most_bytes), target)
    assert choice is not None
    return choice


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", [0.9, 0.6, 0.4])
def test_it_fits(kind, part, ball_film, stores_of, tmp_path):
    """The file has at most the bytes that were asked for, and the answer tells its own bytes, size and length."""
    paths, target = stores_of(ball_film), tmp_path / f"film.{kind}"
    animate(paths, SPEC, target)
    limit = int(part * target.stat().st_size)
    choice = fitted(paths, target, limit)

    assert choice.bytes == target.stat().st_size <= limit
    with Image.open(target) as film:
        assert film.size == (choice.width, choice.height)
        assert film.n_frames <= sum(frames for _, frames in ball_film) * choice.fps / SPEC.fps + 1


@pytest.mark.parametrize("kind", KINDS)
def test_what_fits_is_left_as_it_is(kind, ball_film, stores_of, tmp_path):
    """With room enough the file is the one that is made without a limit."""
    paths, free, limited = stores_of(ball_film), tmp_path / f"free.{kind}", tmp_path / f"limited.{kind}"
    animate(paths, SPEC, free)
    choice = fitted(paths, limited, 10**6)

    assert choice == Fitted(96, 64, 20, 255, free.stat().st_size)
    assert limited.read_bytes() == free.read_bytes()


@pytest.mark.parametrize("kind", KINDS)
def test_odd_sides_stay_as_they_are(kind, stores_of, tmp_path):
    """A picture whose sides are odd is written whole, and each of its pixels is the nearest of the palette."""
    shots = [(picture(20 + 3 * step, 97, 65), 2) for step in range(4)]
    target = tmp_path / f"film.{kind}"
    choice = fitted(stores_of(shots), target, 10**6)

    assert (choice.width, choice.height) == (97, 65)
    with Image.open(target) as film:
        film.seek(film.n_frames - 1)
        shown = np.asarray(film.convert("RGB"))
    assert shown.shape == (65, 97, 3)
    assert np.abs(shown.astype(int) - shots[-1][0][..., :3]).max() <= 12


def test_the_same_limit_gives_the_same_bytes(ball_film, stores_of, tmp_path):
    """The search has no luck in it, nor does it matter how the film was cut into stores."""
    one, other = tmp_path / "one.gif", tmp_path / "other.gif"

    assert fitted(stores_of(ball_film), one, 5000) == fitted(stores_of(ball_film, 3), other, 5000)
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("kind", KINDS)
def test_a_limit_that_nothing_fits_is_told(kind, ball_film, stores_of, tmp_path):
    """One line: that nothing fits, and a size that works; and it does."""
    paths, target = stores_of(ball_film), tmp_path / f"film.{kind}"
    with pytest.raises(
        UnreachableSizeError, match=r"fits into 0\.2 kB; the smallest .* takes --max-size \d+kB"
    ) as told:
        animate(paths, replace(SPEC, max_size=200), target)
    reachable = 1000 * int(str(told.value).split()[-1].removesuffix("kB"))

    assert fitted(paths, target, reachable).bytes <= reachable


@given(st.sampled_from([10, 15, 20, 25, 30, 50, 60]), st.integers(64, 2160))
def test_the_ladder_begins_with_everything(fps, side):
    """The first rung gives up nothing; each next one looks no better; no rung plays below six frames a second."""
    rungs = ladder(fps, side)

    assert rungs[0] == (1, 1, 255)
    assert [one.loss(fps, side) for one in rungs] == sorted(one.loss(fps, side) for one in rungs)
    assert all(fps / one.share >= 6 for one in rungs)
