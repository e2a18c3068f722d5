"""Steps that can be seen: few are kept of many, and the picture after any of them is the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from scenes.stage.visible_steps import (
    FEW,
    MOST,
    StepLine,
    distinct_places,
    distinct_segments,
    sampled_steps,
)

GRAIN = 0.01


def walk(kind: str, steps: int) -> np.ndarray:
    """(steps + 1, 2): a path as runs make them."""
    count = np.arange(steps + 1.0)
    if kind == "creeps":
        return np.stack([1e-9 * count, 1 - 1e-9 * count], axis=-1)
    if kind == "jumps":
        return np.stack([(-1.0) ** count, np.ones(steps + 1)], axis=-1)
    if kind == "spirals":
        return np.exp(-1e-4 * count)[:, None] * np.stack([np.cos(0.01 * count), np.sin(0.01 * count)], axis=-1)
    return np.random.default_rng(0).uniform(-1, 1, (steps + 1, 2))


KINDS = ("creeps", "jumps", "spirals", "scatters")


def nearest(places: np.ndarray, others: np.ndarray) -> float:
    """How far the loneliest of the places lies from all of the others."""
    return max(float(np.min(np.hypot(*(others - place).T))) for place in places)


@pytest.mark.parametrize("kind", KINDS)
def test_few_of_many_places_are_kept(kind):
    """Of 100,000 steps no more than MOST discs are drawn, the first among them, in their order."""
    kept = distinct_places(walk(kind, 100_000), GRAIN)

    assert 1 <= len(kept) <= MOST
    assert kept[0] == 0
    assert (np.diff(kept) > 0).all()


@pytest.mark.parametrize("kind", ["creeps", "jumps", "spirals"])
@pytest.mark.parametrize("shown", [1, 500, 3000])
def test_every_place_has_a_kept_one_beside_it(kind, shown):
    """After any number of steps each place lies within a cell's diagonal of a kept place of no later step."""
    places = walk(kind, 3000)
    kept = distinct_places(places, GRAIN, most=10**6)

    assert nearest(places[:shown], places[kept[kept < shown]]) <= GRAIN * 2**0.5


def test_a_run_of_few_steps_is_drawn_as_it_is():
    """Up to FEW places, and the lines between them, are all kept, even where one hides another."""
    places = np.ones((FEW, 2))

    assert distinct_places(places).tolist() == list(range(FEW))
    assert distinct_segments(places).tolist() == list(range(FEW - 1))
    assert len(StepLine(places).until(FEW - 1)) == 2


def test_places_that_are_no_numbers_are_left_out():
    """A place with NaN or infinity is not drawn, nor is a line to it."""
    places = walk("scatters", 10)
    places[3], places[6, 1] = np.nan, np.inf

    assert distinct_places(places).tolist() == [0, 1, 2, 4, 5, 7, 8, 9, 10]
    assert distinct_segments(places).tolist() == [0, 1, 4, 7, 8, 9]


def test_two_walls_need_one_line():
    """A ball that jumps between two places for ever draws one line; one that creeps within a cell draws none."""
    assert distinct_segments(walk("jumps", 100_000), GRAIN).tolist() == [0]
    assert distinct_segments(walk("creeps", 1000), GRAIN).tolist() == []


def test_far_fewer_lines_than_steps_are_kept():
    """With a bound no more lines are kept than it says, in their order."""
    kept = distinct_segments(walk("scatters", 100_000), GRAIN, most=1500)

    assert 0 < len(kept) <= 1500
    assert (np.diff(kept) > 0).all()


@given(seed=some.integers(0, 2**32 - 1), share=some.floats(0, 1))
def test_a_line_over_many_steps_has_the_outline_of_all(seed, share):
    """After any part of the steps each column of the drawn line is as high and as low as the whole line's."""
    steps, columns = 4096, 64
    heights = np.random.default_rng(seed).normal(size=steps + 1).cumsum()
    points = np.stack([np.arange(steps + 1) / steps, heights], axis=-1)
    progress = share * steps
    drawn = StepLine(points, 1 / columns).until(progress)

    whole, reached = points[: int(progress) + 1], drawn if progress.is_integer() else drawn[:-1]
    for column in range(int(progress) * columns // steps + 1):
        all_of_it, kept = (part[np.floor(part[:, 0] * columns) == column, 1] for part in (whole, reached))
        if not len(kept):  # level with the columns beside it
            kept = np.interp([column / columns], *reached.T)
        assert kept.max() == pytest.approx(all_of_it.max(), abs=1 / columns)
        assert kept.min() == pytest.approx(all_of_it.min(), abs=1 / columns)
    following = points[min(int(progress) + 1, steps)]
    assert drawn[-1] == pytest.approx(whole[-1] + (progress - int(progress)) * (following - whole[-1]))
    assert len(drawn) <= 4 * columns + 8


def test_a_level_line_is_two_points():
    """A loss that no longer changes is a straight line, however many steps it lasts."""
    points = np.stack([np.linspace(0, 4, 100_001), np.full(100_001, 0.3)], axis=-1)

    assert len(StepLine(points).until(100_000)) <= 4


@pytest.mark.parametrize("steps", [0, 1, 7, FEW, 100_000])
def test_sampled_steps_are_few_and_begin_and_end_with_the_run(steps):
    """The first and the last step are among them, none twice, and no more than asked for."""
    found = sampled_steps(steps)

    assert found[0] == 0
    assert found[-1] == max(0, steps - 1)
    assert len(found) == len(set(found.tolist())) == min(max(1, steps), FEW)
