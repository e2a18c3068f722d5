"""Data and their cost, side by side: each row, ball and path is where the numbers put it."""

from __future__ import annotations

import numpy as np
import pytest

from gdsim import Dataset, noisy_line
from gdsim.batches import descend_in_batches
from gdsim.regression import line
from scenes.script.move import Move, Moves, both, make_room, present, shift
from scenes.script.timeline import Timeline
from scenes.stage.area_marks import Disc
from scenes.stage.composition import compose
from scenes.stage.line_marks import Stroke
from scenes.stage.part import Now, Stage, channels_of
from scenes.stage.parts.cost_map import CostBall, CostMap, CostTrail, places_window
from scenes.stage.parts.panel import Panel, panel_boxes
from scenes.stage.parts.points import MOST, Points, rows_to_see
from scenes.stage.parts.run import Run
from scenes.stage.theme import THEMES
from scenes.stage.write import Setting

SHAPES = ((854, 480), (480, 854), (480, 480))
DATA = noisy_line(12, 1.0, 4.0, 0.6, seed=3)
RUN = descend_in_batches(line(), DATA, epochs=60)


def stage_at(step: float, shape=SHAPES[0], swapped: float = 0.0, data: Dataset = DATA, lit=None) -> Stage:
    """Points as the hero and the map next to it, or the other way round."""
    setting = Setting(compose(*shape, "full"), THEMES["dark"])
    small, _ = panel_boxes(setting.composition)
    window = float(data.inputs.min()) - 1, float(data.inputs.max()) + 1, -3.0, float(data.targets.max()) + 1
    plane, clock = Panel(setting, window, "x", "y", small, ticks="data tick"), Run(RUN)
    ends = np.array([RUN.points[0], RUN.objective.minima[0].point])
    cost = CostMap(setting, RUN.objective, places_window(ends, RUN.points), small, plane)
    parts = (
        plane,
        cost,
        Points(setting, plane, data, lit=lit),
        CostTrail(setting, cost, clock),
        CostBall(setting, cost, clock),
        clock,
    )
    there = present("plane", "map", "points", "trail", "ball")
    moves: Moves = both(
        there, make_room(aside=1, seconds=0), shift("plane", "swapped", swapped, 0), shift("run", "progress", step, 0)
    )
    opening: tuple[Move, ...] = tuple(moves)
    return Stage(parts, Timeline(channels_of(parts), opening, []), setting.theme)


def found(stage: Stage, quantity: str, kind: type) -> list:
    """The marks of one kind that show a quantity."""
    return [
        mark for mark in stage.marks(0) if isinstance(mark, kind) and mark.shows and mark.shows.quantity == quantity
    ]


def on_axes(stage: Stage, quantity: str, places) -> np.ndarray:
    """Frame points (n, 2) as numbers, by the numbers that stand on the axes themselves."""
    numbers = []
    for axis in (0, 1):
        marks = [mark for mark in stage.words(0) if mark.shows]
        marks = [mark for mark in marks if mark.shows.quantity == quantity and mark.shows.axis == axis]
        values = [float(mark.text.replace("−", "-")) for mark in marks]
        slope, offset = np.polyfit([mark.box.centre[axis] for mark in marks], values, 1)
        numbers.append(offset + slope * np.array(places)[:, axis])
    return np.stack(numbers, axis=-1)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("step", [0, 1, 60])
def test_ball_and_trail_are_where_the_maps_axes_say(shape, step):
    """As the hero, the map has numbers; they put ball and landings at the run's own parameters."""
    stage = stage_at(step, shape, swapped=1.0)
    (ball,) = found(stage, "map point", Disc)
    landings = found(stage, "map landing", Disc)

    assert ball.shows.step == step
    assert np.allclose(on_axes(stage, "map tick", [ball.centre]), RUN.points[step], atol=0.02)
    places = on_axes(stage, "map tick", [mark.centre for mark in landings])
    assert np.allclose(places, RUN.points[[mark.shows.step for mark in landings]], atol=0.02)
    assert {mark.shows.step for mark in landings} >= {0}


@pytest.mark.parametrize("shape", SHAPES)
def test_each_point_is_a_row(shape):
    """As the hero, the data's axes put each point at its row's input and target, whatever the frame's shape."""
    stage = stage_at(0, shape)
    points = found(stage, "row", Disc)

    places = on_axes(stage, "data tick", [mark.centre for mark in points])
    assert np.allclose(places, np.stack(rows(), axis=-1)[[mark.shows.step for mark in points]], atol=0.02)
    assert len(points) == 12


def test_each_line_joins_equal_losses():
    """Every point of every contour line, put back into parameters, has one loss per line."""
    stage = stage_at(0)
    view = stage.part("map").view(Now(stage, 0))
    lines = found(stage, "contour", Stroke)

    assert len(lines) > 6
    for drawn in lines:
        left, right, bottom, top = view.window
        w = left + (drawn.points[:, 0] - view.box.left) / view.box.width * (right - left)
        b = bottom + (drawn.points[:, 1] - view.box.bottom) / view.box.height * (top - bottom)
        inside = (w > left) & (w < right) & (b > bottom) & (b < top)
        x, y = rows()
        losses = np.mean((w[inside, None] * x + b[inside, None] - y) ** 2, axis=1)
        assert np.ptp(losses) <= 0.01 * RUN.losses[0] if len(losses) else True


@pytest.mark.parametrize("swapped", [0.0, 0.5, 1.0])
def test_a_unit_is_as_long_on_both_axes(swapped):
    """A round bowl looks round, in every box and on the way between two."""
    stage = stage_at(0, swapped=swapped)
    view = stage.part("map").view(Now(stage, 0))
    left, right, bottom, top = view.window

    assert np.isclose(view.box.width / (right - left), view.box.height / (top - bottom))


def test_the_two_pictures_trade_places():
    """The one that is not the hero is in the aside, with no more than its room."""
    for swapped, hero, other in ((0.0, "plane", "map"), (1.0, "map", "plane")):
        stage = stage_at(0, swapped=swapped)
        now, composition = Now(stage, 0), stage.part("plane").setting.composition
        assert stage.part(hero).hero(now) == composition.hero(0.0, 1.0)
        assert composition.aside.holds(stage.part(other).hero(now))


def test_lit_rows_stand_out():
    """Rows that are lit have the other colour, all others are dimmed."""
    stage = stage_at(0, lit=lambda now: (2, 5))
    points = {mark.shows.step: mark for mark in found(stage, "row", Disc)}

    assert {row for row, mark in points.items() if mark.colour == THEMES["dark"].ball} == {2, 5}
    assert {row for row, mark in points.items() if mark.opacity == 1} == {2, 5}


def test_of_many_rows_those_are_drawn_that_can_be_told_apart():
    """Ten thousand rows become some hundred points of theirs, the outermost in x among them or next to them."""
    data = noisy_line(10_000, seed=1)
    seen = rows_to_see(data)

    assert len(seen) <= MOST
    assert len(set(seen.tolist())) == len(seen)
    assert np.ptp(data.inputs[seen]) > 0.97 * np.ptp(data.inputs)
    assert len(found(stage_at(0, data=data), "row", Disc)) == len(seen)


def rows() -> tuple[np.ndarray, np.ndarray]:
    return DATA.inputs[:, 0], DATA.targets
