"""Every sentence about yes and no is true of its rows; chances, losses, lines and slices are worked out here anew."""

from __future__ import annotations

from functools import lru_cache
from itertools import permutations

import numpy as np
import pytest

from gdsim import Dataset
from scenes.catalogue import LESSONS
from scenes.phrases.class_facts import separable
from scenes.runs import runs_of
from scenes.script.captions import caption_cards
from scenes.spec import RenderSpec
from scenes.stage.area_marks import Disc
from scenes.stage.line_marks import Ring, Stroke
from scenes.stage.marks import Text
from scenes.stage.ramp import Ramp
from scenes.stage.write import SMALLEST

from .sentences import Said, faults
from .tables import write_labelled
from .truth import Film, axes, clashes, misplaced_balls, read, still_seconds, wrong_numbers

DRAWN = np.random.default_rng(5).normal(0, 1, (30, 2))
HALF = np.arange(30) % 2
# Rows of two inputs, and their answers.
TABLES = {
    "apart": (DRAWN + 5 * HALF[:, None], HALF),
    "mixed": (DRAWN + HALF[:, None], HALF),
    "huge": (1e6 * (DRAWN + 2 * HALF[:, None]) + 5e6, HALF),
    "tiny": (1e-6 * (DRAWN + 2 * HALF[:, None]), HALF),
    "far": (DRAWN + [1000, -3000] + 2 * HALF[:, None], HALF),
    "two": ([[0, 0], [1, 1]], [0, 1]),
    "twins": ([[0, 0], [1, 2], [0, 0], [1, 2]], [0, 0, 1, 1]),
    "on a line": (np.outer(DRAWN[:, 0], [1, 2]), HALF),
    "unbalanced": (DRAWN, np.arange(30) == 3),
    "crossed": ([[0, 0], [1, 1], [0, 1], [1, 0]], [0, 0, 1, 1]),
    "touching": ([[0, 0], [1, 0], [2, 0], [1, 1]], [0, 0, 1, 1]),
    "outlier": (np.vstack([DRAWN, [[500, 500]]]), np.append(HALF, 1)),
    "many": (np.tile(DRAWN, (40, 1)) + 0.01 * np.arange(1200)[:, None] % 1, np.tile(HALF, 40)),
}
ZERO = (0.0, 0.0, 0.0)
CASES = [
    {},
    *({"data": name} for name in (*TABLES, "two-moons")),
    *({"learning_rate": rate} for rate in (1e-9, 1e-3, 0.1, 5.0, 10.0, 100.0, 1e6, 1e300)),
    *({"epochs": epochs} for epochs in (1, 2, 3, 19, 400)),
    *({"seed": seed} for seed in (1, 2, 3)),
    *({"start": start} for start in (ZERO, (0.0, 0.0, 2.0), (1e-3, 0.0, 5.0), (30.0, 30.0, -3000.0), (1e6, -1e6, 0.0))),
    *({"data": name, "start": ZERO} for name in ("two", "crossed", "twins", "unbalanced", "far")),
    {"start": (1.8128531, 0.7678287, -2.0070100)},
    {"data": "apart", "epochs": 600},
    {"data": "apart", "learning_rate": 300.0},
    {"data": "on a line", "epochs": 800},
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The tables above as files."""
    return write_labelled(tmp_path_factory.mktemp("data"), TABLES)


def asked(folder, words):
    """The words with the path of a table in place of its name; long tables get few epochs."""
    if words.get("data") not in TABLES:
        return words
    few = {"epochs": 12} if words["data"] == "many" else {}
    return words | few | {"data": str(folder / f"{words['data']}.csv")}


# What is true, worked out from the rows alone


def heights(run, step: int = -1) -> np.ndarray:
    """What a step's numbers make of each row, before it becomes a probability."""
    (w1, w2, b), (x1, x2) = run.points[step], run.data.inputs.T
    with np.errstate(all="ignore"):
        return w1 * x1 + w2 * x2 + b


def squeezed(numbers: np.ndarray) -> np.ndarray:
    """1 / (1 + e⁻ᶻ)."""
    with np.errstate(all="ignore"):
        return 1 / (1 + np.exp(-numbers))


def chance(run, step: int) -> np.ndarray:
    """The probability of each row's own answer."""
    return squeezed(np.where(run.data.targets == 1, heights(run, step), -heights(run, step)))


def costs(run, step: int) -> np.ndarray:
    """Minus its logarithm, also where it is too small for a double."""
    own = np.where(run.data.targets == 1, heights(run, step), -heights(run, step))
    with np.errstate(all="ignore"):
        return np.where(own < -500, -own, np.log1p(np.exp(-own)))


@lru_cache(maxsize=4)
def descent(run) -> np.ndarray:
    """The numbers (steps + 1, 3) after each step, each step taken here by hand."""
    rows = np.column_stack([run.data.inputs, np.ones(run.data.rows)])
    points = [np.array(run.points[0])]
    for rate in run.learning_rates:
        error = squeezed(rows @ points[-1]) - run.data.targets
        points.append(points[-1] - rate * np.mean(error[:, None] * rows, axis=0))
    return np.array(points)


@lru_cache(maxsize=4)
def means(run) -> np.ndarray:
    """The loss after each step."""
    return np.array([costs(run, step).mean() for step in range(run.steps + 1)])


@lru_cache(maxsize=4)
def counts(run) -> np.ndarray:
    """How many rows are on their own side after each step."""
    return np.array([np.sum((heights(run, step) > 0) == (run.data.targets == 1)) for step in range(run.steps + 1)])


def corners(run) -> np.ndarray:
    """What the first numbers make of the corners of the box around the rows."""
    (x, y), (w1, w2, b) = run.data.inputs.T, run.points[0]
    return np.array([w1 * one + w2 * other + b for one in (x.min(), x.max()) for other in (y.min(), y.max())])


def parted(data) -> bool:
    """Whether some direction has no yes behind a no, by trying each that is across or along two rows."""
    yes, no = data.inputs[data.targets == 1], data.inputs[data.targets == 0]
    for one, other in permutations(np.unique(data.inputs, axis=0), 2):
        away = other - one
        for way in (away, np.array([-away[1], away[0]])):
            low, high = (yes @ way).min(), (no @ way).max()
            slack = 1e-12 * float(np.abs(data.inputs @ way).max())
            if low >= high - slack and max((yes @ way).max() - low, high - (no @ way).min(), low - high) > slack:
                return True
    return False


def falling(run) -> bool:
    return bool((np.diff(means(run)) < 0).all())


def lower(one: Said) -> bool:
    return bool(means(one.run)[-1] <= means(one.run)[0])


def of_some_row(one: Said, low: float, high: float) -> bool:
    """Whether a row whose true answer has a probability between these costs what is said."""
    rows = (chance(one.run, 0) >= low) & (chance(one.run, 0) <= high)
    return any(one.tells("loss", cost) for cost in costs(one.run, 0)[rows])


def right_at_last(one: Said) -> bool:
    return one.number("right") == counts(one.run)[-1]


def slopes(run, place) -> np.ndarray:
    """The gradient of the loss at three numbers."""
    rows = np.column_stack([run.data.inputs, np.ones(run.data.rows)])
    return np.mean((squeezed(rows @ place) - run.data.targets)[:, None] * rows, axis=0)


def bottom(run) -> np.ndarray | None:
    """The numbers of smallest loss, by Newton's steps, halved while they go up; None if there is no one place."""
    rows, place = np.column_stack([run.data.inputs, np.ones(run.data.rows)]), np.zeros(3)
    for _ in range(50):
        p = squeezed(rows @ place)
        bends = (rows * (p * (1 - p))[:, None]).T @ rows / len(rows)
        if np.linalg.matrix_rank(bends, tol=1e-9) < 3:
            return None
        place = place - 0.7 * np.linalg.solve(bends, slopes(run, place))
    return place if np.abs(slopes(run, place)).max() < 1e-9 else None


CLAIMS = {
    "Each point has an answer, [yes](run5) or [no](run2). Which line tells them apart best?": lambda one: (
        set(one.run.data.targets.tolist()) == {0.0, 1.0}
    ),
    "Both inputs are standardised first.": lambda one: (
        np.allclose(one.run.data.inputs.mean(axis=0), 0, atol=1e-9) and np.allclose(one.run.data.inputs.std(axis=0), 1)
    ),
    "A first guess: fifty-fifty on this line, surer of [yes](run5) or [no](run2) farther away.": lambda one: (
        corners(one.run).min() < 0 < corners(one.run).max()
    ),
    "We start with a blank model: every place gets the same probability of [yes](run5).": lambda one: (
        np.ptp(corners(one.run)) == 0
    ),
    "We start with a guess that has no line here: [yes](run5) is more likely everywhere.": lambda one: (
        corners(one.run).min() >= 0
    ),
    "We start with a guess that has no line here: [no](run2) is more likely everywhere.": lambda one: (
        corners(one.run).max() <= 0
    ),
    "Three numbers: w₁ and w₂ turn the line, and b shifts it.": lambda one: (
        one.run.points.shape[1] == 3 and corners(one.run).min() < 0 < corners(one.run).max()
    ),
    "The model has three numbers: two weights, w₁ and w₂, and b.": lambda one: one.run.points.shape[1] == 3,
    "Each point costs minus the log of p, the probability of its true answer.": lambda one: bool(
        np.isclose(costs(one.run, 0).mean(), one.run.losses[0])
    ),
    "Right and sure: this point costs almost nothing.": lambda one: bool((chance(one.run, 0) >= 0.85).any()),
    "Unsure: this one costs {loss:loss}.": lambda one: of_some_row(one, 0.4, 0.6),
    "Wrong and sure: {loss:loss}, and there is no upper limit.": lambda one: of_some_row(one, 0, 0.15),
    "The mean over all the points is the loss: {loss:loss}.": lambda one: one.tells("loss", costs(one.run, 0).mean()),
    "On this map of w₁ and w₂, drawn for the current b, our model is the ball.": lambda one: True,  # see the slices
    "One step downhill changes all three numbers; as b moves, the map shifts.": lambda one: bool(
        (one.run.points[1] != one.run.points[0]).all()
    ),
    "One step downhill changes the numbers, and the model follows.": lambda one: bool(
        0 < (one.run.points[1] != one.run.points[0]).sum() < 3
    ),
    "The gradient here is almost zero, so nothing moves.": lambda one: (
        one.run.steps == 0 and np.linalg.norm(slopes(one.run, one.run.points[0])) < 1e-6
    ),
    "The learning rate is so large that the first step leads out of sight.": lambda one: (
        one.run.steps == 0 and np.linalg.norm(slopes(one.run, one.run.points[0])) > 1e-6
    ),
    "Step by step, the points slide down the curve, and the loss falls.": lambda one: falling(one.run),
    "But the steps are too long: in the end, the loss is larger than before.": lambda one: not lower(one),
    "These steps are long: the loss does not fall each time, but it ends no higher.": lambda one: (
        not falling(one.run) and lower(one)
    ),
    "Accuracy counts the points on their own side: {right} of {points}.": lambda one: (
        one.number("points") == one.run.data.rows and one.number("right") in counts(one.run)
    ),
    "Keep going: the loss still falls, yet the accuracy drops, to {right}!": lambda one: (
        right_at_last(one) and falling(one.run) and counts(one.run).max() > counts(one.run)[-1]
    ),
    "Keep going: the loss still falls, but the accuracy ends where it was.": lambda one: falling(one.run),  # see below
    "Keep going: the loss still falls, and in the end {right} are right.": lambda one: (
        right_at_last(one) and falling(one.run)
    ),
    "Keep going: in the end, {right} are right.": right_at_last,
    "Accuracy jumps when a point changes sides. In between it's flat: no slope to follow.": lambda one: True,
    "A line can part these points, so there's no minimum: the surer, the smaller the loss, for ever.": lambda one: (
        parted(one.run.data)
    ),
    "The loss slopes all the way to its minimum: there it is.": lambda one: bottom(one.run) is not None,
    "The loss always shows a way down, but such long steps leap over it.": lambda one: not lower(one),
    "The loss slopes all the way down to here, where it's all but flat.": lambda one: (
        np.linalg.norm(slopes(one.run, one.run.points[-1])) < 1e-6 and not parted(one.run.data)
    ),
    "The loss always shows a way down. After {steps}, it's still on its way.": lambda one: (
        one.tells_count("steps", one.run.steps)
        and lower(one)
        and np.linalg.norm(slopes(one.run, one.run.points[-1])) > 1e-6
    ),
    "The loss always shows a way down, until it reaches its minimum.": lambda one: not parted(one.run.data),
    "That's logistic regression: a new model, a new loss, the same rule.": lambda one: True,
    "Each step looks at every point. With a million, would a few do?": lambda one: True,  # a question
    # the loop
    "The model stays as it is.": lambda one: one.run.steps == 0,
    "Too large a rate: the model swings about.": lambda one: not lower(one),
    "Step by step, the line parts yes from no.": lambda one: counts(one.run)[-1] > counts(one.run)[0],
    "Step by step, the model learns.": lower,
    # the alt text
    "A line of one half among {points} of two kinds stays as it is.": lambda one: one.run.steps == 0,
    "In {steps}, a line of one half moves among {points} of two kinds. At first {first} are on their own side, "
    "at last {last}.": lambda one: (
        one.tells_count("steps", one.run.steps)
        and one.number("first") == counts(one.run)[0]
        and one.number("last") == counts(one.run)[-1]
    ),
}


@pytest.mark.parametrize("words", CASES, ids=str)
def test_every_sentence_is_true(words, folder):
    """On data of all shapes and scales, at many rates and starts: each sentence is known, and the rows bear it out."""
    assert list(faults("classify", asked(folder, words), CLAIMS)) == []


@pytest.mark.parametrize("words", CASES, ids=str)
def test_what_the_accuracy_did_is_seen(words, folder):
    """It drops, ends where it was or ends elsewhere, as said, between the step at which it is told and the last."""
    runs = runs_of(LESSONS["classify"], RenderSpec("classify", **asked(folder, words)))
    run, told = runs[0], [(beat.plain, beat.moves) for beat in LESSONS["classify"].script(runs)]
    walks = [int(move.to[0]) for _, moves in told for move in moves if move.channel == "progress"]
    for index, (plain, _) in enumerate(told):
        if not plain.startswith("Keep going"):
            continue
        before = int(told[index - 1][0].partition(": ")[2].split()[0])
        assert before == counts(run)[walks[-2]]
        assert ("ends where it was" in plain) <= (before == counts(run)[-1])
        assert ("drops" in plain) <= (before > counts(run)[-1])
    assert not run.steps or walks[-1] == run.steps


@pytest.mark.parametrize("name", ["huge", "tiny", "far", "outlier", "mixed", "apart"])
def test_inputs_of_awkward_sizes_are_standardised(name, folder):
    """Inputs far from a middle of zero and a spread of one are given these; others are left alone."""
    (run,) = runs_of(LESSONS["classify"], RenderSpec("classify", **asked(folder, {"data": name, "epochs": 1})))
    rows = np.array(TABLES[name][0], dtype=float)
    scaled = (rows - rows.mean(axis=0)) / rows.std(axis=0)

    np.testing.assert_allclose(run.data.inputs, rows if name in ("mixed", "apart") else scaled, atol=1e-9)


@pytest.mark.parametrize("seed", range(40))
def test_rows_that_a_line_parts_are_known(seed):
    """On small grids, where rows meet, lie on one line and touch, it is found out as by trying each direction."""
    draw = np.random.default_rng(seed)
    for rows in (2, 3, 4, 5, 7):
        answers = np.arange(rows) % 2
        data = Dataset("grid", draw.integers(0, 3, (rows, 2)).astype(float), answers.astype(float))
        assert separable(data) == parted(data), data.inputs.tolist()


# What is on the screen


@pytest.fixture(scope="module")
def film() -> Film:
    """The lesson as it is."""
    return Film("classify")


def marks(film: Film, frame: int, quantity: str, kind: type = object) -> list:
    found = [mark for mark in film.stage.marks(frame) if isinstance(mark, kind) and mark.shows and mark.opacity > 0.5]
    return [mark for mark in found if mark.shows.quantity == quantity]


def told(film: Film, frame: int, ticks: str, places) -> np.ndarray:
    """Frame points (n, 2) as numbers, by what stands on the axes."""
    scales = [axes(film, frame, axis, ticks) for axis in (0, 1)]
    return np.stack(
        [offset + slope * np.array(places)[:, axis] for axis, (offset, slope) in enumerate(scales)], axis=-1
    )


def readable(film: Film, ticks: str, quantity: str) -> list[int]:
    """Every eleventh frame, and the last of each beat, with such marks and axes to read them by."""
    frames = sorted({*range(0, film.frames, 11), *film.ends()})
    return [
        one for one in frames if marks(film, one, quantity) and all(axes(film, one, axis, ticks) for axis in (0, 1))
    ]


def test_the_film_is_about_forty_points_of_two_kinds(film):
    """120 steps at 1 from (−1.5, 2, 1), all taken here by hand; loss and accuracy are those of the rows."""
    (run,) = film.runs

    assert (run.data.rows, run.steps, float(run.learning_rates[0])) == (40, 120, 1.0)
    np.testing.assert_allclose(run.points, descent(run), rtol=1e-9)
    np.testing.assert_allclose(run.losses, means(run), rtol=1e-12)
    assert (counts(run)[0], counts(run).max(), counts(run)[-1]) == (20, 36, 34)


@pytest.mark.parametrize("aspect", ["16:9", "9:16", "1:1"])
def test_the_line_is_where_both_answers_are_equal(aspect):
    """Both ends of the line, read on the data's axes, are where w₁x₁ + w₂x₂ + b is zero."""
    film, seen = Film("classify", aspect), set()
    for frame in readable(film, "feature tick", "boundary"):
        for mark in marks(film, frame, "boundary", Stroke):
            if mark.shows.step is not None:
                x1, x2 = told(film, frame, "feature tick", mark.points).T
                w1, w2, b = film.runs[0].points[mark.shows.step]
                assert np.abs(w1 * x1 + w2 * x2 + b).max() < 0.02 * np.hypot(w1, w2) * np.ptp(x1), frame
                assert mark.colour == film.theme.ball
                seen.add(mark.shows.step)
    assert {0, 120} <= seen


def test_the_shades_are_probabilities(film):
    """At each row's place, the shade is of the likelier answer, and as strong as the model is sure of it."""
    seen, theme = set(), film.theme
    for frame in readable(film, "feature tick", "probability")[::2]:
        (ramp,) = marks(film, frame, "probability", Ramp)
        if ramp.shows.step is None:
            continue
        run, way = film.runs[0], np.subtract(ramp.head, ramp.tail)
        places = np.array([mark.centre for mark in marks(film, frame, "sample", Disc)])
        rows = [mark.shows.step for mark in marks(film, frame, "sample", Disc)]
        shares = (places - ramp.tail) @ way / (way @ way)
        strengths = np.interp(shares, [stop.share for stop in ramp.stops], [stop.strength for stop in ramp.stops])
        yes = squeezed(heights(run, ramp.shows.step)[rows])
        np.testing.assert_allclose(strengths, 0.42 * np.abs(2 * yes - 1), atol=0.01)
        for share, likely in zip(shares, yes):
            before = [stop for stop in ramp.stops if stop.share <= share][-1]
            assert before.colour == theme.concept("run5" if likely > 0.5 else "run2")
        seen.add(ramp.shows.step)
    assert {0, 120} <= seen
    assert len(seen) > 3


def test_a_loops_shades_are_tenths():
    """In a loop, each band has one shade, that of the tenth in which the probability at each row there is."""
    film = Film("classify", cut="loop")
    for frame in (0, 30, film.frames - 1):
        (ramp,) = marks(film, frame, "probability", Ramp)
        way = np.subtract(ramp.head, ramp.tail)
        for mark in marks(film, frame, "sample", Disc) if ramp.shows.step is not None else ():
            yes = squeezed(heights(film.runs[0], ramp.shows.step)[mark.shows.step])
            share = np.subtract(mark.centre, ramp.tail) @ way / (way @ way)
            before = [stop for stop in ramp.stops if stop.share <= share][-1]
            assert np.isclose(before.strength, 0.42 * abs(2 * (int(10 * yes) + 0.5) / 10 - 1))
            assert before.colour == film.theme.concept("run5" if yes > 0.5 else "run2")


def test_yes_is_a_disc_and_no_is_a_circle(film):
    """Each point has the shape and the colour of its answer, also for those who see no colours."""
    frame, data = film.ends()[1], film.runs[0].data
    rings = {mark.centre: mark for mark in film.stage.marks(frame) if isinstance(mark, Ring)}
    discs = marks(film, frame, "sample", Disc)

    assert {mark.shows.step for mark in discs} == set(range(40))
    yes, no = film.theme.concept("run5"), film.theme.concept("run2")
    for mark in discs:
        answer = data.targets[mark.shows.step] == 1
        colours = mark.colour, rings[mark.centre].colour
        assert colours == ((yes, film.theme.background) if answer else (film.theme.background, no))


@pytest.mark.parametrize("aspect", ["16:9", "9:16", "1:1"])
def test_three_points_show_what_they_cost(aspect):
    """Right and sure, unsure, wrong and sure: a ring around the row, its stick −ln p high at p, and the number."""
    film, run, found = Film("classify", aspect), None, {}
    run = film.runs[0]
    for beat in film.beats:
        kind = beat.beat.plain.partition(":")[0]
        if kind not in ("Right and sure", "Unsure", "Wrong and sure"):
            continue
        frame = beat.end - 1
        row, stick = (
            marks(film, frame, quantity, of)[-1].shows.axis
            for quantity, of in (("picked row", Ring), ("row stick", Stroke))
        )
        assert row == stick
        (place,) = [mark.centre for mark in marks(film, frame, "sample", Disc) if mark.shows.step == row]
        (ring,) = [mark for mark in marks(film, frame, "picked row", Ring) if mark.shows.axis == row]
        assert np.allclose(ring.centre, place)
        drawn = marks(film, frame, "row stick", Stroke)[-1]
        (foot, tip), cost = told(film, frame, "chance tick", drawn.points), costs(run, 0)[row]
        np.testing.assert_allclose([*foot, *tip], [chance(run, 0)[row], 0, chance(run, 0)[row], cost], atol=0.03)
        (text,) = [mark for mark in marks(film, frame, "point cost", Text) if mark.shows.axis == row]
        assert abs(read(text.text)[0] - cost) <= read(text.text)[1]
        found[kind] = chance(run, 0)[row], run.data.targets[row]
    assert found["Right and sure"][0] > 0.9
    assert abs(found["Unsure"][0] - 0.5) < 0.1
    assert found["Wrong and sure"][0] < 0.1


@pytest.mark.parametrize("aspect", ["16:9", "1:1"])
def test_the_points_slide_down_their_curve(aspect):
    """Each point's dot is at its chance and its cost, on −ln p; the level line is at their mean."""
    film, seen = Film("classify", aspect), set()
    for frame in readable(film, "chance tick", "point cost"):
        run = film.runs[0]
        for mark in marks(film, frame, "point cost", Disc):
            step, row = mark.shows.step, mark.shows.axis
            if step is not None:
                p, cost = told(film, frame, "chance tick", [mark.centre])[0]
                assert abs(p - chance(run, step)[row]) < 0.02
                assert abs(cost - costs(run, step)[row]) < 0.06
                seen.add(step)
        for mark in marks(film, frame, "mean loss", Stroke):
            if mark.shows.step is not None:
                assert abs(told(film, frame, "chance tick", mark.points)[0, 1] - means(run)[mark.shows.step]) < 0.06
        for mark in marks(film, frame, "point loss curve", Stroke):
            p, cost = told(film, frame, "chance tick", mark.points).T
            assert np.abs(-np.log(np.clip(p, 1e-9, 1)) - cost)[p > 0.1].max() < 0.15
    assert 0 in seen
    assert len(seen) > (2 if aspect == "16:9" else 0)


@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_the_map_is_a_slice_at_the_b_that_is_written(aspect):
    """Along each contour, the loss at its w₁, w₂ and the run's b is one; lines are neither lost nor out of order."""
    film, seen = Film("classify", aspect), {}
    run = film.runs[0]
    for frame in readable(film, "map tick", "slice contour"):
        lines = [mark for mark in marks(film, frame, "slice contour", Stroke) if mark.shows.step is not None]
        for mark in lines:
            points = told(film, frame, "map tick", mark.points)
            b = run.points[mark.shows.step, 2]
            own = np.where(run.data.targets == 1, 1, -1)
            losses = np.log1p(np.exp(-own * (points @ run.data.inputs.T + b))).mean(axis=1)
            assert np.ptp(losses) < 0.02 * max(losses.mean(), 0.5)
            seen.setdefault(mark.shows.step, []).append(round(float(losses.mean()), 2))
        if lines:
            (words,) = marks(film, frame, "bias", Text)
            assert abs(read(words.text.rpartition("= ")[2])[0] - run.points[lines[0].shows.step, 2]) <= 0.0051
    assert {0, 1} <= set(seen)
    for step, losses in seen.items():
        every = {round(float(means(run)[0]) * (rank / 9) ** 2, 2) for rank in range(1, 60)}
        assert all(min(abs(loss - one) for one in every) < 0.03 for loss in losses), step
        assert len(set(losses)) >= 4


def test_the_ball_on_the_map_has_the_height_of_its_loss(film):
    """Where the ball rests, the contours on both sides of it enclose the loss that the run has there."""
    for frame in [film.beats[8].end - 1, film.beats[9].end - 1]:
        (ball,) = marks(film, frame, "map point", Disc)
        run, step = film.runs[0], ball.shows.step
        place = told(film, frame, "map tick", [ball.centre])[0]
        own = np.where(run.data.targets == 1, 1, -1)
        at = np.log1p(np.exp(-own * (run.data.inputs @ place + run.points[step, 2]))).mean()
        assert abs(at - means(run)[step]) < 0.01 * means(run)[step]


def test_the_green_ring_is_the_minimum(film):
    """The ring's w₁ and w₂, with the b that suits them best, have a gradient of zero."""
    frame = next(one for one in reversed(readable(film, "map tick", "map minimum")) if one in film.ends())
    (ring,) = marks(film, frame, "map minimum", Ring)
    best = bottom(film.runs[0])

    assert ring.colour == film.theme.minimum
    np.testing.assert_allclose(told(film, frame, "map tick", [ring.centre])[0], best[:2], atol=0.06)
    assert "minimum" in next(beat for beat in film.beats if beat.start <= frame < beat.end).beat.plain


def test_the_stair_is_the_accuracy(film):
    """The chart's corners are at whole steps, as high as the share of rows on their side; the rings are the rest."""
    run, seen = film.runs[0], 0
    for beat in film.beats:
        frame = beat.end - 1
        for mark in marks(film, frame, "accuracy curve", Stroke):
            landed = mark.shows.step
            places = np.unique(mark.points[:, 0])
            assert len(mark.points) == 2 * (landed + 1)
            np.testing.assert_allclose(np.diff(places), np.diff(places)[0], rtol=1e-6)
            stair = np.repeat(counts(run)[: landed + 1] / 40, 2)
            scale = np.polyfit(stair, mark.points[:, 1], 1)
            np.testing.assert_allclose(np.polyval(scale, stair), mark.points[:, 1], atol=1e-9)
            assert scale[0] > 0
            rings = {ring.shows.axis for ring in marks(film, frame, "missed row", Ring)}
            wrong = np.flatnonzero((heights(run, landed) > 0) != (run.data.targets == 1))
            assert rings == set(wrong.tolist())
            seen += 1
    assert seen == 3


def test_names_keep_clear_of_their_numbers(film):
    """Between a read-out's name and its number there is room for a letter, also where the number has three decimals."""
    gaps = []
    for beat in film.beats:
        for frame in range(beat.start, beat.start + beat.frames, 3):
            seen = [mark for mark in film.stage.marks(frame) if isinstance(mark, Text) and mark.opacity == 1]
            names = [mark.box for mark in seen if mark.text == "accuracy" and not mark.shows]
            numbers = [mark.box for mark in seen if mark.shows and mark.shows.quantity == "accuracy"]
            gaps += [two.left - one.right for one in names for two in numbers if abs(one.bottom - two.bottom) < 0.2]
    assert gaps
    assert min(gaps) > 0.15


@pytest.mark.parametrize("aspect", ["16:9", "1:1"])
def test_the_curves_formula_can_be_read(aspect):
    """Wherever −ln p stands, also in the small chart, it is no smaller than the smallest type."""
    film = Film("classify", aspect)
    sizes = {
        mark.size
        for frame in film.ends()
        for mark in film.stage.marks(frame)
        if isinstance(mark, Text) and mark.colour == film.theme.loss and "ln" in mark.text
    }
    assert sizes
    assert min(sizes) >= SMALLEST


def test_w_turns_the_line_and_b_shifts_it(film):
    """On its word, the line turns about the origin; on the other, it moves and stays parallel; then it is back."""
    beat = film.beats[2]
    (begun,) = marks(film, beat.start, "boundary", Stroke)
    ways = {}
    for frame in range(beat.start, beat.end):
        (mark,) = marks(film, frame, "boundary", Stroke)
        along = np.diff(mark.points, axis=0)[0]
        ways[frame] = np.degrees(np.arctan2(along[1], along[0]))
    first = ways[beat.start]
    turned = [frame for frame in ways if abs(ways[frame] - first) > 1]
    shifted = [
        frame
        for frame in ways
        if abs(ways[frame] - first) <= 1e-6
        and not np.allclose(marks(film, frame, "boundary", Stroke)[0].points, begun.points)
    ]
    assert len(turned) > 6
    assert len(shifted) > 6
    assert max(turned) < min(shifted)
    np.testing.assert_allclose(marks(film, beat.end - 1, "boundary", Stroke)[0].points, begun.points)


ODD = [
    {"start": ZERO},
    {"start": (30.0, 30.0, -3000.0)},
    {"start": (1e6, -1e6, 0.0)},
    {"learning_rate": 100.0},
    {"epochs": 1},
    {"data": "apart"},
    {"data": "two"},
    {"data": "far"},
    {"data": "outlier"},
    {"data": "many"},
    {"data": "two-moons"},
]


@pytest.mark.parametrize("words", ODD, ids=str)
def test_odd_films_are_as_true(words, folder):
    """On data and rates of all kinds, numbers are the run's, points and balls are in place, and nothing collides."""
    film = Film("classify", **asked(folder, words))

    for frame in film.ends():
        assert [*wrong_numbers(film, frame), *misplaced_balls(film, frame), *clashes(film, frame)] == []
        for name, mark, box in film.stage.boxes(frame):
            assert np.isfinite([box.left, box.right, box.bottom, box.top]).all(), (name, mark)
    assert max(still_seconds(film)) <= 4.0


# What is refused


@pytest.mark.parametrize(
    ("rows", "words", "answer"),
    [
        ("1,0\n2,1\n", {}, "classify needs two columns of x and an answer, .* has one column of x; --data two-clouds"),
        (
            "1,2,0.5\n2,3,1\n",
            {},
            "classify needs answers 0 and 1, both of them; .* has 0.5, 1; --data two-clouds works",
        ),
        ("1,2,1\n2,3,1\n", {}, "both of them; .* has 1; "),
        ("1,2,3\n2,3,4\n5,6,7\n1,1,8\n", {}, "has 3, 4, 7, …; "),
        ("1,2,0\n1,3,1\n", {}, "hardly changes, so it has no scale"),
        ("2,2,0\n2,2,1\n", {}, "hardly changes, so it has no scale"),
        (
            "1e150,2,0\n0,3,1\n",
            {},
            "classify draws numbers from 1e-100 to 1e.100; divide those of .*; --data two-clouds",
        ),
        ("1,2,0\n2,3,1\n", {"start": (1.0, 2.0)}, "start"),
        ("1,2,0\n2,3,1\n", {"model": "line"}, "classify takes no --model"),
        (
            "".join(f"{i},{i % 7},{i % 2}\n" for i in range(2001)),
            {},
            "up to 2000 rows, .* has 2001; every tenth may do",
        ),
    ],
)
def test_what_is_no_yes_or_no_is_refused_in_one_line(rows, words, answer, tmp_path):
    """Other columns, other answers, one answer alone, one place alone: one line that says what works."""
    path = tmp_path / "rows.csv"
    path.write_text(rows)
    with pytest.raises(ValueError, match=answer) as raised:
        runs_of(LESSONS["classify"], RenderSpec("classify", data=str(path), **words))
    assert "\n" not in str(raised.value)


def test_captions_are_short(folder):
    """A sentence takes two captions at most."""
    for words in CASES[::6]:
        runs = runs_of(LESSONS["classify"], RenderSpec("classify", **asked(folder, words)))
        for beat in LESSONS["classify"].script(runs):
            assert len(caption_cards(beat.sentence)) <= 2, beat.plain
