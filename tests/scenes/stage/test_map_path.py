"""A run's way over a map: it ends where the ground does, goes on where the run comes back, and is never long."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.stage.map_path import MOST, MapPath

DOMAIN = ((-2.0, 2.0), (-1.0, 1.0))
THERE_AND_BACK = np.array([[0.0, 0.0], [1.0, 0.5], [9.0, 0.5], [1.0, -0.5], [0.0, -0.5]])


def everywhere(points):
    """A map whose whole rectangle is drawn."""
    low, high = np.array(DOMAIN).T
    return np.all((low <= points) & (points <= high), axis=-1)


def disc(points):
    """A map that ends in a circle of radius 1."""
    return np.hypot(*np.moveaxis(np.asarray(points), -1, 0)) <= 1


def lines(way: MapPath, step: int) -> list[np.ndarray]:
    """The polylines that are there once `step` steps are made."""
    made = way.line.before(step)
    return np.split(way.line.points[:made], np.flatnonzero(way.line.begins[:made])[1:])


def test_a_way_leaves_through_the_maps_side_and_comes_back_through_it():
    """Of a step to a place off the map the part on it is drawn, and of the step back too."""
    way = MapPath(THERE_AND_BACK, DOMAIN, everywhere)

    assert way.inside.tolist() == [True, True, False, True, True]
    ends = [(line[0].tolist(), line[-1].tolist()) for line in lines(way, 4)]
    assert np.allclose(ends[0], [[0, 0], [1, 0.5]])
    assert np.allclose(ends[1], [[1, 0.5], [2, 0.5]])
    assert np.allclose(ends[2], [[2, -0.375], [1, -0.5]])
    assert np.allclose(ends[3], [[1, -0.5], [0, -0.5]])
    assert way.dots.tolist() == [0, 1, 3, 4]
    assert [way.marked(step) for step in range(5)] == [1, 2, 2, 3, 4]


def test_a_way_ends_where_the_drawn_ground_does():
    """Where the ground ends inside the rectangle, so does the line."""
    way = MapPath(np.array([[0.0, 0.0], [0.0, 0.9], [1.8, 0.9], [0.9, 0.0]]), DOMAIN, disc)

    assert everywhere(way.line.points).all()
    assert disc(way.line.points).all()
    assert np.hypot(*lines(way, 3)[-1][0]) == pytest.approx(1.0, abs=0.03)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
def test_a_step_under_way_is_drawn_up_to_the_ball(share):
    """On the ground the line's last point is the ball; where the ball is off it, the map's side."""
    way = MapPath(THERE_AND_BACK, DOMAIN, everywhere)
    for step in range(4):
        ball = THERE_AND_BACK[step] + share * (THERE_AND_BACK[step + 1] - THERE_AND_BACK[step])
        drawn = way.under_way(step, ball).points
        if everywhere(ball):
            assert np.allclose(drawn[-1], ball)
        elif len(drawn):
            assert abs(drawn[-1, 0]) == pytest.approx(2.0)


def test_the_moment_alone_decides():
    """What is there after a step is the same whatever was asked for before, and grows with the steps."""
    way = MapPath(THERE_AND_BACK, DOMAIN, everywhere)
    counts = [way.line.before(step) for step in (0, 1, 2, 3, 4)]

    assert counts == sorted(counts)
    assert [way.line.before(step) for step in (4, 1, 3, 0, 2)] == [counts[step] for step in (4, 1, 3, 0, 2)]


@pytest.mark.parametrize("far", [1e12, 1e154, 1.7e308])
def test_a_landing_out_of_all_measure_is_left_for_in_its_direction(far):
    """The line to a place at the end of the doubles leaves the map where the straight line does."""
    way = MapPath(np.array([[0.0, 0.0], [far, far / 4], [0.5, 0.5]]), DOMAIN, everywhere)

    assert np.isfinite(way.points).all()
    assert np.allclose(lines(way, 1)[0][-1], [2.0, 0.5], atol=1e-5)


@pytest.mark.parametrize("kind", ["creeps", "jumps", "spirals", "scribbles"])
def test_a_way_of_many_steps_has_few_points(kind):
    """100,000 steps are drawn with no more than MOST points, all on the map, in the order of the steps."""
    count = np.arange(100_001.0)
    points = {
        "creeps": np.stack([1e-9 * count, 0 * count], axis=-1),
        "jumps": np.stack([(-1.0) ** count, 0.5 * (-1.0) ** count], axis=-1),
        "spirals": np.exp(-1e-4 * count)[:, None] * np.stack([np.cos(0.01 * count), np.sin(0.01 * count)], axis=-1),
        "scribbles": np.random.default_rng(0).uniform(-2.5, 2.5, (100_001, 2)),
    }[kind]
    way = MapPath(points, DOMAIN, everywhere)

    assert len(way.line.points) <= MOST
    assert (np.diff(way.line.steps) >= 0).all()
    assert everywhere(way.line.points).all()
    assert len(way.dots) <= 2000


def test_a_scribble_still_covers_the_map():
    """What is left of a run that fills its map lies within a cell of every place that it went over."""
    points = np.random.default_rng(0).uniform(-1, 1, (20_001, 2)) * [2.0, 1.0]
    way = MapPath(points, DOMAIN, everywhere)
    drawn = way.line.points / [2.0, 1.0]

    for place in np.random.default_rng(1).uniform(-0.95, 0.95, (200, 2)):
        assert np.hypot(*(drawn - place).T).min() < 0.06
