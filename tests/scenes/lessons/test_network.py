"""Every sentence about a network is true of its data, and every number on its edges is a slope of the loss."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from gdsim.batches import descend_in_batches
from gdsim.dataset import Dataset
from gdsim.neural import network
from scenes.catalogue import LESSONS
from scenes.lesson import tell_story
from scenes.planned_network import NetworkRuns
from scenes.script.timeline import Timeline
from scenes.script.timing import timed
from scenes.spec import RenderSpec
from scenes.stage.area_marks import Disc
from scenes.stage.line_marks import Ring, Stroke
from scenes.stage.marks import Text
from scenes.stage.part import Stage, channels_of
from scenes.stage.raster import Raster

from .networks import difference, mean_loss, row_loss, sent_through, wrong_rows
from .sentences import Said, faults
from .tables import write_labelled
from .truth import Film, axes, read_all

SHAPES = ("16:9", "9:16", "1:1")
DRAW = np.random.default_rng(3)
CLOUD = DRAW.normal(0, 1, (40, 2))
TABLES = {
    "apart": (CLOUD + 5 * np.repeat([0, 1], 20)[:, None], np.repeat([0, 1], 20)),
    "corners": ([[0, 0], [1, 1], [0, 1], [1, 0]] * 3, [0, 0, 1, 1] * 3),
    "two": ([[1.0, 2.0], [3.0, -1.0]], [0, 1]),
    "level": (np.column_stack([CLOUD[:, 0], np.full(40, 3.0)]), CLOUD[:, 0] > 0),
    "huge": (1e6 * CLOUD, CLOUD[:, 0] > 0),
    "tiny": (1e-6 * CLOUD, CLOUD[:, 0] > 0),
    "unlike": (CLOUD * [1.0, 1e4], np.hypot(*CLOUD.T) > 1),
    "ring": (CLOUD, np.hypot(*CLOUD.T) > 1),
    "noise": (CLOUD, DRAW.integers(0, 2, 40)),
    "many": (DRAW.normal(0, 1, (2500, 2)), DRAW.integers(0, 2, 2500)),
}
FEW = {"many": {"epochs": 4}, "huge": {"epochs": 60}, "unlike": {"epochs": 60}}
CASES = [
    *({"hidden": hidden} for hidden in (None, 1, 2, 5, 16)),
    *({"learning_rate": rate, "epochs": 120} for rate in (1e-3, 0.1, 10.0, 300.0, 1e300)),
    *({"epochs": epochs} for epochs in (1, 2, 3, 30)),
    *({"seed": seed} for seed in (1, 4)),
    *({"data": name} for name in TABLES),
    *({"data": name, "hidden": 2, "learning_rate": 20.0, "epochs": 50} for name in ("apart", "ring", "noise")),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The tables above as files."""
    return write_labelled(tmp_path_factory.mktemp("data"), TABLES)


def asked(folder, words):
    """The words with the path of a table in place of its name."""
    if words.get("data") in TABLES:
        return FEW.get(words["data"], {}) | words | {"data": str(folder / f"{words['data']}.csv")}
    return words


# What is true, worked out from the rows and the parameters alone


def units(one: Said) -> int:
    return (one.run.points.shape[1] - 1) // 4


@lru_cache(maxsize=64)
def wrong(run, step: int) -> int:
    return len(wrong_rows(run, step))


@lru_cache(maxsize=8)
def followed(run) -> tuple[int, int]:
    """The row and the first layer's weight with the largest product of error, weight, slope and input."""
    best, found = -1.0, (0, 0)
    hidden, start = (run.points.shape[1] - 1) // 4, run.points[0]
    for row, (inputs, target) in enumerate(zip(run.data.inputs.tolist(), run.data.targets.tolist())):
        values, _, output = sent_through(start, inputs)
        for unit, value in enumerate(values):
            for feature in (0, 1):
                size = abs((output - target) * start[3 * hidden + unit] * (1 - value**2) * inputs[feature])
                if size > best * (1 + 1e-12):
                    best, found = size, (row, 2 * unit + feature)
    return found


@lru_cache(maxsize=64)
def agreement(run, step: int) -> float:
    """How well one straight line can stand for the boundary: the share of the picture's places on the same side."""
    low, high = run.data.inputs.min(axis=0), run.data.inputs.max(axis=0)
    shares = np.stack(np.meshgrid(*[np.linspace(-0.14, 1.14, 41)] * 2), axis=-1).reshape(-1, 2)
    hidden, point = (run.points.shape[1] - 1) // 4, run.points[step]
    first, bias = point[: 2 * hidden].reshape(hidden, 2), point[2 * hidden : 3 * hidden]
    values = np.tanh((low + shares * (high - low)) @ first.T + bias)
    ones = values @ point[3 * hidden : -1] + point[-1] > 0
    best = 0.0
    for turn in np.radians(np.arange(0, 180, 1.5)):
        sorted_ones = ones[np.argsort(shares @ [np.cos(turn), np.sin(turn)])]
        before = np.concatenate([[0], np.cumsum(sorted_ones)])
        right = np.arange(len(ones) + 1) - 2 * before + ones.sum()  # zeros before the line, and ones behind it
        best = max(best, right.max() / len(ones), 1 - right.min() / len(ones))
    return best


def moves_by_differences(one: Said) -> bool:
    """Whether the first step is minus the rate times the slopes of the mean loss, each from two places."""
    run = one.run
    rate = float(run.learning_rates[0])
    scale = max(1.0, float(np.abs(run.data.inputs).max()))
    if scale > 1e3 or run.data.rows > 200:  # differences of so steep a loss are too coarse; of so many rows, too slow
        return one.tells("rate", rate)
    chosen = range(0, run.points.shape[1], max(1, run.points.shape[1] // 9))
    slopes = np.array([difference(lambda at: mean_loss(at, run.data), run.points[0], index) for index in chosen])
    moved = (run.points[1] - run.points[0])[list(chosen)]
    return one.tells("rate", rate) and np.allclose(moved, -rate * slopes, rtol=1e-5, atol=1e-8 * rate)


def chain_holds(one: Said) -> bool:
    """Whether the product along the path is the slope of the followed row's loss."""
    run = one.run
    row, weight = followed(run)
    inputs, target = run.data.inputs[row].tolist(), run.data.targets[row]
    if max(map(abs, inputs)) > 1e3:
        return True
    values, _, output = sent_through(run.points[0], inputs)
    unit, feature = divmod(weight, 2)
    product = (output - target) * run.points[0, 3 * units(one) + unit] * (1 - values[unit] ** 2) * inputs[feature]
    slope = difference(lambda at: row_loss(at, inputs, target), run.points[0], weight)
    return abs(product - slope) <= 1e-6 * max(1.0, abs(slope))


def verdict(one: Said) -> bool:
    row, _ = followed(one.run)
    inputs, target = one.run.data.inputs[row].tolist(), one.run.data.targets[row]
    start = one.run.points[0]
    return (
        one.tells("output", sent_through(start, inputs)[2])
        and one.values["answer"] == ("[1](run5)" if target else "[0](run2)")
        and one.tells("loss", row_loss(start, inputs, target))
    )


def start_is_random(one: Said) -> bool:
    """Whether no two weights are the same, none is zero, and none larger than its layer's limit."""
    start, hidden = one.run.points[0], units(one)
    first, second = start[: 2 * hidden], start[3 * hidden : -1]
    weights = np.concatenate([first, second])
    limits = np.sqrt(6 / (2 + hidden)), np.sqrt(6 / (hidden + 1))
    small = (np.abs(first) <= limits[0]).all() and (np.abs(second) <= limits[1]).all()
    return bool(len(set(weights.tolist())) == 3 * hidden and weights.all() and small)


def counts_points(one: Said, name: str, amount: int) -> bool:
    number, _, noun = one.values[name].replace("\u00a0", " ").partition(" ")
    return int(number.replace(",", "")) == amount and noun.split()[0] == ("point" if amount == 1 else "points")


def ended(one: Said) -> bool:
    """Whether the count of steps is right, and the loss ended no higher than it began."""
    return one.tells_count("steps", one.run.steps) and not ended_higher(one)


def ended_higher(one: Said) -> bool:
    first, last = (mean_loss(one.run.points[step], one.run.data) for step in (0, -1))
    return not last <= first * (1 + 1e-12)


def last_wrong(one: Said) -> int:
    return wrong(one.run, -1)


def cut_was_said(one: Said) -> bool:
    return any(before.startswith("First comes a straight cut") for before in one.before)


def cut_is_true(one: Said) -> bool:
    """Whether some step has a nearly straight boundary with so many rows on the wrong side, fewer than at first."""
    number = int(one.values["wrong"].replace("\u00a0", " ").split()[0].replace(",", ""))
    if not (0 < number < wrong(one.run, 0) and counts_points(one, "wrong", number)):
        return False
    tried = np.unique(np.geomspace(1, one.run.steps // 3, 28).round().astype(int))
    return any(wrong(one.run, step) == number and agreement(one.run, step) > 0.97 for step in tried.tolist())


CLAIMS = {
    "Here are {points}: [zeros](run2) and [ones](run5). Can a network learn to tell them apart?": lambda one: (
        counts_points(one, "points", one.run.data.rows) and set(one.run.data.targets.tolist()) == {0.0, 1.0}
    ),
    "Two inputs feed one hidden unit, and that feeds one output.": lambda one: units(one) == 1,
    "Two inputs feed {units} hidden units, and those feed one output.": lambda one: (
        one.number("units") == units(one) > 1
    ),
    "Each line is a random weight: thick if large, [this colour](run5) for plus, [this one](run2) for minus.": (
        start_is_random
    ),
    "Feed in one point. Each unit adds up its weighted inputs, and squeezes the sum.": lambda one: all(
        abs(value) <= 1 for value in sent_through(one.run.points[0], one.run.data.inputs[0].tolist())[0]
    ),
    "Out comes {output}. It should be {answer}, so the loss is {loss:loss}.": verdict,
    "Now the error flows back along the same lines.": chain_holds,
    "For one weight, multiply along its path: error, next weight, unit's slope, input.": chain_holds,
    "The product is that weight's gradient. This is backpropagation.": chain_holds,
    "One pass back gives every weight its gradient, averaged over all points.": chain_holds,
    "Times the rate, {rate:rate}: every weight takes its step at once.": moves_by_differences,
    "But here every gradient is almost zero, so no weight moves.": lambda one: (
        one.run.steps == 0 and np.linalg.norm(one.run.gradients[0]) < 1e-6
    ),
    "But this learning rate is so large that the first step leads out of sight.": lambda one: (
        one.run.steps == 0 and np.linalg.norm(one.run.gradients[0]) >= 1e-6
    ),
    "Colour each place by the network's output: on the boundary, it's exactly a half.": (
        lambda one: True  # see the marks below
    ),
    "First comes a straight cut, with {wrong} on the wrong side. Will it bend?": cut_is_true,
    "It bends! After {steps}, every point is on the right side.": lambda one: (
        ended(one) and last_wrong(one) == 0 and cut_was_said(one) and agreement(one.run, -1) < 0.995
    ),
    "After {steps}, every point is on the right side.": lambda one: (
        ended(one) and last_wrong(one) == 0 and not cut_was_said(one)
    ),
    "No need: after {steps}, the straight cut has every point on the right side.": lambda one: (
        ended(one) and last_wrong(one) == 0 and cut_was_said(one) and agreement(one.run, -1) > 0.97
    ),
    "It bends: after {steps}, only {wrong} on the wrong side.": lambda one: (
        ended(one)
        and counts_points(one, "wrong", last_wrong(one))
        and cut_was_said(one)
        and 0 < last_wrong(one) < wrong(one.run, 0)
        and agreement(one.run, -1) < 0.995
    ),
    "It doesn't: after {steps}, {wrong} still on the wrong side.": lambda one: (
        ended(one)
        and counts_points(one, "wrong", last_wrong(one))
        and cut_was_said(one)
        and agreement(one.run, -1) > 0.97
    ),
    "After {steps}, {wrong} on the wrong side.": lambda one: (
        ended(one) and counts_points(one, "wrong", last_wrong(one)) and last_wrong(one) > 0
    ),
    "This learning rate is too large: after {steps}, the loss is higher than at the start.": lambda one: (
        ended_higher(one) and one.tells_count("steps", one.run.steps)
    ),
    "How? Look inside. Each hidden unit splits the plane along one straight line.": lambda one: bool(
        one.run.points[-1][: 2 * units(one)].reshape(-1, 2).any(axis=1).all()
    ),
    "With a single unit, the boundary can only be straight. More units let it bend.": lambda one: units(one) == 1,
    "The output adds them up, weighted: straight edges together make a curve.": lambda one: (
        units(one) > 1 and agreement(one.run, -1) < 0.995
    ),
    "The output adds them up, weighted: that sum colours the plane.": lambda one: units(one) > 1,
    "Forward, loss, back, step: the largest networks learn this way. Ready for a quiz?": lambda one: True,
    # the loop
    "This network does not learn.": lambda one: one.run.steps == 0,
    "A network learns to bend its boundary.": lambda one: (
        last_wrong(one) == 0 and agreement(one.run, -1) < 0.995 and not ended_higher(one)
    ),
    "Every step moves all the weights.": lambda one: one.run.steps > 0,
    # the alt text
    "A network with {units} learns to tell {points} apart. After {steps}, all are on the right side.": lambda one: (
        last_wrong(one) == 0
        and one.tells_count("steps", one.run.steps)
        and counts_points(one, "points", one.run.data.rows)
    ),
    "A network with {units} is trained to tell {points} apart. After {steps}, {wrong} on the wrong side.": lambda one: (
        counts_points(one, "wrong", last_wrong(one)) and one.tells_count("steps", one.run.steps)
    ),
}


@pytest.mark.parametrize("words", CASES, ids=str)
def test_every_sentence_is_true(words, folder):
    """On data of all shapes and scales, at many rates, with few units and many: the rows bear each sentence out."""
    with np.errstate(all="ignore"):
        assert list(faults("network", asked(folder, words), CLAIMS)) == []


# What is on the screen


@lru_cache(maxsize=3)
def film_in(shape: str) -> Film:
    """The lesson as it is, in a shape."""
    return Film("network", shape)


@pytest.fixture(scope="module")
def film() -> Film:
    """The same in a wide frame."""
    return film_in("16:9")


def marks(film: Film, frame: int, quantity: str, kind: type) -> list:
    found = [mark for mark in film.stage.marks(frame) if isinstance(mark, kind) and mark.shows and mark.opacity > 0.5]
    return [mark for mark in found if mark.shows.quantity == quantity]


def frames_with(film: Film, quantity: str, kind: type) -> list[int]:
    """Some frames with such marks: the last of each beat, and more of those in which the boundary bends."""
    learning = film.beats[11].start, film.beats[12].end
    frames = sorted({*range(0, film.frames, 30), *range(*learning, 8), *film.ends()})
    return [frame for frame in frames if marks(film, frame, quantity, kind)]


def value(mark: Text) -> tuple[float, float]:
    (found,) = read_all(mark.text)
    return found


def rgb(colour: str) -> np.ndarray:
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)], dtype=float)


def wears(film: Film, colour: str, concept: str) -> bool:
    """Whether a colour is a concept's, or a blend of it with the background."""
    ground = rgb(film.theme.background)
    way, full = rgb(colour) - ground, rgb(film.theme.concept(concept)) - ground
    return bool(way @ full > 0.99 * np.linalg.norm(way) * np.linalg.norm(full) > 0)


def test_the_film_is_about_two_moons_which_it_learns(film):
    """120 rows, four hidden units, 400 steps at 1; each of the first steps is minus the slopes, by differences."""
    (run,) = film.runs
    assert (run.data.name, run.data.rows, len(run.points[0]), run.steps) == ("two-moons", 120, 17, 400)
    assert len(wrong_rows(run, 400)) == 0 < len(wrong_rows(run, 0))
    for step in range(2):
        slopes = [difference(lambda at: mean_loss(at, run.data), run.points[step], index) for index in range(17)]
        np.testing.assert_allclose(run.points[step + 1], run.points[step] - slopes, atol=1e-8)


def test_what_one_row_did_leaves_before_the_step(film):
    """Gradients are averages over all rows: before they leave, no node shows one row's number, nor its loss."""
    last = frames_with(film, "edge gradient", Text)[-1]
    assert not places(film, last)
    assert not marks(film, last, "row loss", Text)


@pytest.mark.parametrize("shape", SHAPES)
def test_each_edge_bears_its_own_gradient(shape):
    """All twelve weights have a number, and it is the slope of the mean loss along that weight, by differences."""
    film = film_in(shape)
    run, seen = film.runs[0], {}
    for frame in frames_with(film, "edge gradient", Text):
        if ("input value", 0) not in places(film, frame):
            continue  # the nodes are found by their numbers
        seen |= {mark.shows.axis: (mark, frame) for mark in marks(film, frame, "edge gradient", Text)}
    assert sorted(seen) == [*range(8), *range(12, 16)]
    for weight, (mark, frame) in seen.items():
        number, slack = value(mark)
        assert abs(number - difference(lambda at: mean_loss(at, run.data), run.points[0], weight)) <= slack + 1e-9
        (line,) = [one for one in marks(film, frame, "edge gradient line", Stroke) if one.shows.axis == weight]
        (tail, head), middle = line.points, np.array(mark.box.centre)
        (x, y), (right, up) = head - tail, middle - tail
        away = (x * up - y * right) / np.hypot(x, y)
        assert abs(away) < 0.12  # the number stands on its own edge
        unit, feature = (weight - 12, None) if weight > 7 else divmod(weight, 2)
        nodes = places(film, frame)
        ends = (
            (nodes["activation", unit], nodes["output", 0])
            if feature is None
            else (nodes["input value", feature], nodes["activation", unit])
        )
        for place, end in zip((tail, head), ends):
            assert np.hypot(*(place - end)) < 0.6  # and that leads from its input to its unit, or on to the output


def places(film: Film, frame: int) -> dict[tuple[str, int], np.ndarray]:
    """Where the numbers in the nodes stand."""
    kinds = ("input value", "activation", "output")
    return {
        (kind, mark.shows.axis): np.array(mark.box.centre) for kind in kinds for mark in marks(film, frame, kind, Text)
    }


def test_the_product_is_the_gradient(film):
    """The four numbers of the chain rule, read from the screen, have the fifth as their product; it is a difference."""
    run = film.runs[0]
    row, weight = followed(run)
    chain = ("chain error", "chain weight", "chain slope", "chain input", "row gradient")
    frame = frames_with(film, "row gradient", Text)[-1]
    numbers = [value(marks(film, frame, quantity, Text)[0]) for quantity in chain]
    *factors, (product, slack) = numbers
    low = np.prod([abs(number) - off for number, off in factors])
    high = np.prod([abs(number) + off for number, off in factors])
    assert low - slack <= abs(product) <= high + slack
    assert np.sign(product) == np.prod(np.sign([number for number, _ in factors]))
    slope = difference(lambda at: row_loss(at, run.data.inputs[row], run.data.targets[row]), run.points[0], weight)
    assert abs(product - slope) <= slack
    assert film.runs.followed == (row, *divmod(weight, 2))


def test_edges_are_as_wide_as_their_weights_in_the_colours_of_their_signs(film):
    """In a picture, a larger weight never has a narrower edge; above zero is one colour, below zero the other."""
    run, changed = film.runs[0], set()
    for frame in frames_with(film, "weight", Stroke):
        edges = [mark for mark in marks(film, frame, "weight", Stroke) if mark.shows.step is not None]
        sizes = [abs(run.points[mark.shows.step, mark.shows.axis]) for mark in edges]
        widths = np.array([mark.width for mark in edges])[np.argsort(sizes)]
        assert (np.diff(widths) >= -1e-9).all()
        for mark in edges:
            above = run.points[mark.shows.step, mark.shows.axis] > 0
            assert wears(film, mark.colour, "run5" if above else "run2")
        changed |= {mark.shows.step for mark in edges}
    assert {0, 1, 400} <= changed


def told(film: Film, frame: int, points: np.ndarray) -> np.ndarray:
    """Frame points (n, 2) as inputs, by what stands on the axes."""
    scales = [axes(film, frame, axis, "feature tick") for axis in (0, 1)]
    return np.stack([offset + slope * points[:, axis] for axis, (offset, slope) in enumerate(scales)], axis=-1)


def with_axes(film: Film, quantity: str, kind: type) -> list[int]:
    frames = frames_with(film, quantity, kind)
    return [one for one in frames if all(axes(film, one, axis, "feature tick") for axis in (0, 1))]


@pytest.mark.parametrize("shape", SHAPES)
def test_on_the_boundary_the_output_is_a_half(shape):
    """Places of the white line, read on the axes and sent through the network, come out within a hundredth of ½."""
    film, seen = film_in(shape), set()
    for frame in with_axes(film, "boundary", Stroke):
        for mark in marks(film, frame, "boundary", Stroke):
            if mark.shows.step is None:
                continue
            seen.add(mark.shows.step)
            steep = 0.01 + 0.04 * mark.shows.step / 400
            for inputs in told(film, frame, mark.points[:: max(1, len(mark.points) // 6)]):
                assert abs(sent_through(film.runs[0].points[mark.shows.step], inputs)[2] - 0.5) < steep
    assert {1, 22, 400} <= seen


def shaded_right(film: Film, mark: Raster, corners: np.ndarray, share) -> None:
    """Whether some cells have the colour of their share: the ground's at ½, and more of an answer's beside it."""
    rows, columns = mark.cells.shape
    ground = rgb(film.theme.background)
    for row, column in ((0, 0), (rows // 2, columns // 3), (rows - 1, columns - 2), (rows // 3, columns // 2)):
        inputs = corners[0] + (np.array([column, row]) + 0.5) / (columns, rows) * (corners[1] - corners[0])
        found = share(inputs.tolist())
        end = rgb(mark.colours[-1 if found > 0.5 else 0])
        expected = ground + abs(2 * found - 1) * (end - ground)
        np.testing.assert_allclose(rgb(mark.colours[mark.cells[row, column]]), expected, atol=3)


def test_each_place_has_the_colour_of_its_output(film):
    """Cells of the shading, read on the axes, are as far from the ground as their output from ½, to the right side."""
    frames = with_axes(film, "output map", Raster)
    for frame in frames[:: max(1, len(frames) // 12)]:
        (mark,) = marks(film, frame, "output map", Raster)
        box = mark.around
        corners = told(film, frame, np.array([[box.left, box.bottom], [box.right, box.top]]))
        if mark.shows.step is not None:
            point = film.runs[0].points[mark.shows.step]
            shaded_right(film, mark, corners, lambda inputs, point=point: sent_through(point, inputs)[2])
            assert wears(film, mark.colours[0], "run2")
            assert wears(film, mark.colours[-1], "run5")
    assert len(frames) > 6


def test_each_picture_is_what_its_unit_sees(film):
    """Inside, each of the four pictures has the unit's own value at every place, as worked out number by number."""
    frame = film.ends()[-1]
    inputs = film.runs[0].data.inputs
    size = np.ptp(inputs, axis=0)
    corners = np.array([inputs.min(axis=0) - 0.14 * size, inputs.max(axis=0) + 0.14 * size])
    found = marks(film, frame, "unit map", Raster)
    point = film.runs[0].points[-1]
    assert [mark.shows.axis for mark in found] == [0, 1, 2, 3]
    for mark in found:
        unit = mark.shows.axis
        shaded_right(film, mark, corners, lambda at, unit=unit: (sent_through(point, at)[0][unit] + 1) / 2)
    (last,) = marks(film, frame, "small output map", Raster)
    shaded_right(film, last, corners, lambda at: sent_through(point, at)[2])


def test_rings_are_around_the_rows_on_the_wrong_side(film):
    """In every picture with rings, those rows have them whose output is beyond a half, and no others."""
    seen = set()
    for frame in frames_with(film, "wrong side", Ring):
        step = int(film.timeline.value(("run", "progress"), frame)[0] + 1e-9)
        rings = marks(film, frame, "wrong side", Ring)
        assert sorted(mark.shows.step for mark in rings) == wrong_rows(film.runs[0], step)
        discs = {
            mark.shows.step: mark.centre for mark in film.stage.marks(frame) if isinstance(mark, Disc) and mark.shows
        }
        assert all(mark.centre == discs[mark.shows.step] for mark in rings)
        seen.add(len(rings))
    assert len(seen) > 3


def test_points_wear_the_colours_of_their_answers(film):
    """Zeros have one colour and ones the other, wherever they are seen."""
    for frame in film.ends():
        for mark in marks(film, frame, "labelled row", Disc):
            answer = film.runs[0].data.targets[mark.shows.step]
            assert wears(film, mark.colour, "run5" if answer else "run2")


GOLDEN = json.loads((Path(__file__).parents[2] / "gdsim" / "golden" / "network.json").read_text())


def test_the_gradients_on_the_edges_are_torchs():
    """The film of torch's own rows and start, with eight hidden units, shows torch's gradient on each edge."""
    data = Dataset("golden", GOLDEN["inputs"], GOLDEN["targets"])
    run = descend_in_batches(network(), data, epochs=12, rate=0.5, start=GOLDEN["start"], rules=())
    film = Film("network", "9:16", epochs=2)
    runs = NetworkRuns([run])
    script = LESSONS["network"].script(runs)
    parts = LESSONS["network"].parts(runs, film.setting)
    beats = timed(script, 10, "full")
    segments = [segment for beat in beats for segment in beat.moves]
    film.stage = Stage(parts, Timeline(channels_of(parts), script.opening, segments), film.theme)
    found = marks(film, beats[8].end - 1, "edge gradient", Text)
    truth = GOLDEN["network"]["gradient-descent"]["gradients"][0]
    assert len(found) == 24
    for mark in found:
        number, slack = value(mark)
        assert abs(number - truth[mark.shows.axis]) <= slack


# What is refused


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"hidden": 17}, "network has from 1 to 16 hidden units, got 17; 4 work well"),
        ({"hidden": -1}, "network has from 1 to 16 hidden units, got -1; 4 work well"),
        ({"data": "noisy-line"}, "the network needs two inputs, x1,x2, got 1; 0.5,-1,1 is a row that works"),
        ({"epochs": 50_000}, "50000 epochs of 120 rows through 4 units are too many to keep; --epochs 11110 works"),
        (
            {"data": "same.csv"},
            "the targets of same.csv must be 0 or 1, and both must occur; 1.5,1 is a row that works",
        ),
        ({"data": "vast.csv"}, r"a film shows inputs from 1e-60 to 1e\+60, got up to 1e\+90; divide them"),
    ],
    ids=str,
)
def test_what_no_film_can_show_is_refused_in_one_line(words, says, tmp_path, monkeypatch):
    """The rule, the value, and what works."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "same.csv").write_text("x1,x2,y\n1,2,1\n2,1,1\n")
    (tmp_path / "vast.csv").write_text("x1,x2,y\n1e90,2,1\n2,1,0\n")
    with pytest.raises(ValueError, match=f"^{says}$"):
        tell_story(LESSONS["network"], RenderSpec("network", **words))
