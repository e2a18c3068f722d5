"""Every sentence about the fit of a line is true of its data; lines, sticks and squares are worked out here anew."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest

from scenes.catalogue import LESSONS
from scenes.command import simulation
from scenes.runs import runs_of
from scenes.script.captions import caption_cards
from scenes.spec import RenderSpec
from scenes.stage.area_marks import Area, Disc
from scenes.stage.line_marks import Ring, Stroke

from .sentences import Said, faults
from .truth import Film, axes, misplaced_balls, read, wrong_numbers

X = np.linspace(0.5, 5, 10)
TABLES = {
    "two": ([1.0, 3.0], [2.0, 5.0]),
    "level": (X, 0 * X + 3),
    "zeros": (X, 0 * X),
    "huge": (1e6 * X, 3e6 * X + 1e6),
    "tiny": (1e-6 * X, 2e-6 * X + 1e-6),
    "far": (1000 + X, 2 * X),
    "outlier": (X, np.where(X == 5, 500.0, X)),
    "answers": (X, (X > 2.6).astype(float)),
    "falling": (X, 9 - 2 * X),
    "centred": ([-3.0, -1.0, 1.0, 3.0], [1.0, 2.0, 4.0, 4.5]),
    "round": ([-1.0, 1.0, -1.0, 1.0], [1.0, 3.0, 1.5, 3.5]),
    "many": (np.linspace(0, 5, 10_000), np.linspace(4, 9, 10_000) + np.sin(np.arange(10_000.0))),
}
NAMED = ("doubles", "noisy-line", "raised-line")
CASES = [
    *({"data": name} for name in (*NAMED, *TABLES)),
    *({"data": name, "model": "line-through-origin"} for name in (*NAMED, "two", "zeros", "outlier", "centred", "far")),
    *({"data": name, "learning_rate": rate} for name in NAMED for rate in (1e-3, 0.05, 0.09, 0.12, 1.0, 10.0)),
    *({"data": name, "start": start} for name in NAMED for start in ((2.0, 0.0), (-50.0, 300.0), (1e-3, 1e6))),
    *({"steps": steps} for steps in (0, 1, 2, 7, 30)),
    *({"epochs": 3, "seed": seed} for seed in (1, 2)),
    {"model": "line-through-origin", "learning_rate": 0.2},
    {"model": "line-through-origin", "start": (2.0,)},
    {"learning_rate": 1e300},
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The tables above as files."""
    path = tmp_path_factory.mktemp("data")
    for name, (x, y) in TABLES.items():
        rows = "".join(f"{a!r},{b!r}\n" for a, b in zip(np.array(x).tolist(), np.array(y).tolist()))
        (path / f"{name}.csv").write_text(f"x,y\n{rows}")
    return path


def asked(folder, words):
    """The words with the path of a table in place of its name; long tables get few epochs."""
    if words.get("data") in TABLES:
        few = {"epochs": 20} if words["data"] == "many" else {}
        return words | few | {"data": str(folder / f"{words['data']}.csv")}
    return words


# What is true, worked out from the rows alone


def rows(one: Said) -> tuple[np.ndarray, np.ndarray]:
    return one.run.data.inputs[:, 0], one.run.data.targets


def through_origin(one: Said) -> bool:
    return one.run.points.shape[1] == 1


def best(one: Said) -> np.ndarray:
    """The slope and the height of the best line, by least squares."""
    x, y = rows(one)
    if through_origin(one):
        return np.array([(x @ y) / (x @ x), 0.0])
    centred = x - x.mean()
    slope = centred @ y / (centred @ centred)
    return np.array([slope, y.mean() - slope * x.mean()])


@lru_cache(maxsize=4)
def losses_of(run) -> np.ndarray:
    """The mean square error after each step, each step taken here by hand."""
    x, y = run.data.inputs[:, 0], run.data.targets
    w, b = float(run.points[0, 0]), float(run.points[0, -1]) if run.points.shape[1] == 2 else 0.0
    rate, found = float(run.learning_rates[0]) if run.steps else 0.0, []
    for _ in range(run.steps + 1):
        error = w * x + b - y
        found.append(np.mean(error**2))
        w, b = w - rate * 2 * np.mean(error * x), b - rate * 2 * np.mean(error) * (run.points.shape[1] == 2)
    return np.array(found)


def losses(one: Said) -> np.ndarray:
    with np.errstate(all="ignore"):
        return losses_of(one.run)


def apart(one: Said, step: int) -> float:
    """How far the line is from the best one where the data are, as a share of the largest target."""
    x, y = rows(one)
    line = np.append(one.run.points[step], 0.0)[:2]
    ends = np.array([x.min(), x.max()])
    return np.abs(ends * (line[0] - best(one)[0]) + line[1] - best(one)[1]).max() / max(np.abs(y).max(), 1e-300)


def ratio(one: Said) -> float:
    """The larger curvature over the smaller one, from the trace and the determinant."""
    x, _ = rows(one)
    trace, determinant = np.mean(x * x) + 1, np.var(x)
    return (trace + np.sqrt(trace**2 - 4 * determinant)) ** 2 / (4 * determinant)


def steepest(one: Said) -> float:
    x, _ = rows(one)
    trace = np.mean(x * x) + 1
    return trace + np.sqrt(trace**2 - 4 * np.var(x))


def ends_higher(one: Said) -> bool:
    return not losses(one)[-1] <= losses(one)[0]


def counted(name: str):
    return lambda one: one.tells_count(name, one.run.steps)


def rounded_ratio(one: Said) -> bool:
    return abs(one.number("ratio") - ratio(one)) <= 0.06 * ratio(one)


def halves(one: Said) -> bool:
    """Ten steps at 0.25 on the standardised rows, taken here by hand: each leaves half of the way to the best line."""
    x, y = rows(one)
    scaled = (x - x.mean()) / x.std()
    goal = np.array([np.mean(scaled * y), y.mean()])
    w, b = one.run.points[0]
    point = np.array([w * x.std(), b + w * x.mean()])
    for _ in range(10):
        error = point[0] * scaled + point[1] - y
        after = point - 0.25 * 2 * np.array([np.mean(error * scaled), np.mean(error)])
        if not np.allclose(after - goal, (point - goal) / 2, rtol=1e-6, atol=1e-9 * np.abs(goal).max()):
            return False
        point = after
    return one.tells("rate", 0.25)


def squeezed(one: Said) -> bool:
    """Whether the standardised rows have mean 0 and spread 1 only after what the sentence says is done."""
    x, _ = rows(one)
    off, unlike = abs(x.mean()) > 0.02 * x.std(), abs(x.std() - 1) > 0.05
    return ("mean" in one.template, "spread" in one.template) == (off, unlike)


CLAIMS = {
    "Here are {points}. Which line fits them best?": lambda one: (
        one.values["points"].replace("\u00a0", " ") == f"{len(rows(one)[0]):,} points"
    ),
    "A line has two numbers: w tilts it, and b lifts it.": lambda one: not through_origin(one),
    "A line through the origin has one number: w tilts it.": through_origin,
    "This line goes through every point: the [errors](loss) are all zero.": lambda one: (
        losses(one)[0] <= 1e-12 * np.mean(rows(one)[1] ** 2)
    ),
    "Each stick is an [error](loss): how far the line misses a point.": lambda one: (
        losses(one)[0] > 0 and len(rows(one)[0]) <= 40
    ),
    "Each stick is an [error](loss): how far the line misses. These are {few} of them.": lambda one: (
        one.tells("few", 40) and len(rows(one)[0]) > 40
    ),
    "Square the errors. The mean of all the squares is the loss: {loss:loss}.": lambda one: one.tells(
        "loss", losses(one)[0]
    ),
    "On this map, every line is one place. Cool colours mean low loss.": lambda one: not through_origin(one),
    "On this map, every w is one place. Its height is the loss of that line.": through_origin,
    "One step downhill changes both numbers, and the line follows.": lambda one: (
        not through_origin(one) and (one.run.points[1] != one.run.points[0]).all()
    ),
    "One step downhill changes w, and the line follows.": lambda one: (
        through_origin(one) and one.run.points[1, 0] != one.run.points[0, 0]
    ),
    "No line fits better, so the gradient is zero and nothing moves.": lambda one: (
        one.run.steps == 0 and apart(one, 0) < 1e-9
    ),
    "The gradient here is almost zero, so nothing moves.": lambda one: (
        one.run.steps == 0 and np.linalg.norm(one.run.gradients[0]) < 1e-6
    ),
    "The learning rate is so large that the first step leads out of sight.": lambda one: (
        one.run.steps == 0 and apart(one, 0) > 0.01
    ),
    "But every step lands higher: this learning rate is too large.": lambda one: (
        bool((np.diff(losses(one)) > 0).all()) and one.run.learning_rates[0] > 2 / steepest(one) * (1 - 1e-9)
        if not through_origin(one)
        else bool((np.diff(losses(one)) > 0).all())
    ),
    "But the steps overshoot, and in the end the loss grows.": ends_higher,
    "Watch the line: after {steps}, nine tenths of the loss are gone.": lambda one: (
        losses(one)[int(one.number("steps"))] <= 0.1 * losses(one)[0] < losses(one)[int(one.number("steps")) - 1]
    ),
    "Watch the line: with every step, the loss falls.": lambda one: bool((np.diff(losses(one)) < 0).all()),
    "Watch the line: it swings back and forth, and the loss ends no higher.": lambda one: not ends_higher(one),
    "After {steps}, the line has settled.": lambda one: apart(one, -1) < 0.01 and counted("steps")(one),
    "Then it creeps: after {steps}, it still has some way to go.": lambda one: (
        apart(one, -1) >= 0.01 and counted("steps")(one) and apart(one, -2) - apart(one, -1) < 0.05 * apart(one, -1)
    ),
    "After {steps}, it still has some way to go.": lambda one: apart(one, -1) >= 0.01 and counted("steps")(one),
    "The normal equation gives the best line directly, in [green](minimum): the same one.": lambda one: (
        apart(one, -1) < 0.01
    ),
    "The normal equation gives the best line directly: here it is, in [green](minimum).": lambda one: (
        apart(one, -1) >= 0.01
    ),
    "Why so slow? The valley is narrow: {ratio} times as curved across as along.": lambda one: (
        rounded_ratio(one) and apart(one, -1) >= 0.01 and not ends_higher(one) and one.run.steps >= 20
    ),
    "Why so wild? The valley is narrow: {ratio} times as curved across as along.": lambda one: (
        rounded_ratio(one) and ends_higher(one)
    ),
    "Look at the valley: it is narrow, {ratio} times as curved across as along.": lambda one: (
        rounded_ratio(one) and (apart(one, -1) < 0.01 or one.run.steps < 20)
    ),
    "Across, any rate above {limit:rate} climbs out. Along, even that one creeps.": lambda one: (
        abs(one.number("limit") * steepest(one) / 2 - 1) < 0.06 and ratio(one) >= 19
    ),
    "Across, any rate above {limit:rate} climbs out. Along, a larger one would do.": lambda one: (
        abs(one.number("limit") * steepest(one) / 2 - 1) < 0.06 and 4 <= ratio(one) < 21
    ),
    "So standardise x. Subtract its mean, and the valley lines up with the axes.": lambda one: (
        abs(rows(one)[0].mean()) > 0.02 * rows(one)[0].std() and abs(rows(one)[0].std() - 1) > 0.05
    ),
    "Divide by its spread, and the valley becomes a round bowl.": lambda one: one.before[-1].startswith(
        "So standardise x. Subtract its mean"
    ),
    "So standardise x: subtract its mean, and the valley becomes a round bowl.": squeezed,
    "So standardise x: divide by its spread, and the valley becomes a round bowl.": squeezed,
    "Now a rate of {rate:rate} suits every direction: each step halves the distance left.": halves,
    "{few} get closer than {many} did before. Standardise first!": lambda one: (
        one.tells_count("few", 10)
        and one.number("many") == one.run.steps
        and not apart(one, -1) <= apart(one, 0) / 1024 * (1 - 1e-6)
    ),
    "So standardise your inputs first, then descend.": lambda one: apart(one, -1) <= apart(one, 0) / 1024 * (1 + 1e-6),
    "A line predicts a number. Can descent also learn yes or no?": lambda one: True,  # a question
    # the loop
    "No line fits these points better.": lambda one: apart(one, 0) < 1e-9,
    "The line stays where it is.": lambda one: one.run.steps == 0,
    "Too large a rate: the line swings away.": ends_higher,
    "The line moves until it fits the points.": lambda one: apart(one, -1) < 0.01,
    "Quick at first, then the line creeps.": lambda one: 0.01 <= apart(one, -1) < apart(one, 0),
    "Step by step, the line gets closer.": lambda one: apart(one, -1) >= 0.01,
    # the alt text
    "A line among {points} stays as it is. Sticks show its errors.": lambda one: one.run.steps == 0,
    "Gradient descent fits a line to {points} in {steps}. {loss}": counted("steps"),
    "Gradient descent fits a line to {points} in {steps}. {loss} Standardised, {few} do better.": lambda one: (
        counted("steps")(one) and not apart(one, -1) <= apart(one, 0) / 1024 * (1 - 1e-6)
    ),
}


@pytest.mark.parametrize("words", CASES, ids=str)
def test_every_sentence_is_true(words, folder):
    """On data of all shapes and scales, at many rates and starts: each sentence is known, and the rows bear it out."""
    assert list(faults("line-fit", asked(folder, words), CLAIMS)) == []


# What is on the screen


@pytest.fixture(scope="module")
def film() -> Film:
    """The lesson as it is."""
    return Film("line-fit")


def marks(film: Film, frame: int, quantity: str, kind: type) -> list:
    found = [mark for mark in film.stage.marks(frame) if isinstance(mark, kind) and mark.shows]
    return [mark for mark in found if mark.shows.quantity == quantity]


def told(film: Film, frame: int, ticks: str, places) -> np.ndarray:
    """Frame points (n, 2) as numbers, by what stands on the axes."""
    scales = [axes(film, frame, axis, ticks) for axis in (0, 1)]
    return np.stack(
        [offset + slope * np.array(places)[:, axis] for axis, (offset, slope) in enumerate(scales)], axis=-1
    )


def with_numbers(film: Film, quantity: str, kind: type, ticks: str = "data tick") -> list[int]:
    """Every ninth frame in which there are such marks and axes to read them by."""
    frames = [*range(0, film.frames, 9), *film.ends()]
    readable = [one for one in frames if all(axes(film, one, axis, ticks) for axis in (0, 1))]
    return [one for one in readable if marks(film, one, quantity, kind)]


def descent(run, steps: int) -> np.ndarray:
    """The parameters (steps + 1, 2) of a descent on the run's rows, each step taken here by hand."""
    x, y, rate = run.data.inputs[:, 0], run.data.targets, float(run.learning_rates[0])
    points = [run.points[0]]
    for _ in range(steps):
        w, b = points[-1]
        error = w * x + b - y
        points.append(np.array([w - rate * 2 * np.mean(error * x), b - rate * 2 * np.mean(error)]))
    return np.array(points)


def test_the_film_is_about_ten_points_around_a_high_line(film):
    """500 steps at 0.01 from (0, 0), and ten at 0.25 on the standardised rows; all taken here by hand."""
    main, again = film.runs

    assert (main.data.rows, main.steps, again.steps) == (10, 500, 10)
    np.testing.assert_allclose(main.points, descent(main, 500), rtol=1e-9)
    x = main.data.inputs[:, 0]
    np.testing.assert_allclose(again.data.inputs[:, 0], (x - x.mean()) / x.std(), rtol=1e-12)
    np.testing.assert_allclose(again.points, descent(again, 10), rtol=1e-9)


def test_each_line_is_its_runs(film):
    """The line's ends, read on the data's axes, are w·x + b with the run's parameters at that step."""
    seen = set()
    for frame in with_numbers(film, "line", Stroke):
        for mark in marks(film, frame, "line", Stroke):
            if mark.shows.step is None or len(mark.points) < 2 or np.ptp(mark.points[:, 0]) < 1:
                continue
            x, y = told(film, frame, "data tick", mark.points).T
            w, b = descent(film.runs[mark.shows.run], mark.shows.step)[-1]
            if shifting(film, frame):
                continue
            np.testing.assert_allclose(w * x + b, y, atol=0.03)
            assert mark.colour == film.theme.ball
            seen.add((mark.shows.run, mark.shows.step))
    assert {(0, 0), (0, 500), (1, 10)} <= seen


def shifting(film: Film, frame: int) -> bool:
    """Whether the horizontal axis shows the input of the other run, or is between the two."""
    (mark, *_) = marks(film, frame, "row", Disc)
    lines = {mark.shows.run for mark in marks(film, frame, "line", Stroke)}
    return mark.shows.step is None or lines != {mark.shows.run}


def test_the_green_line_is_the_best(film):
    """The green line's ends and the ring on the map are numpy's own fit of the rows."""
    lines, rings = 0, set()
    for frame in with_numbers(film, "exact line", Stroke):
        (mark,), (row, *_) = marks(film, frame, "exact line", Stroke), marks(film, frame, "row", Disc)
        if row.shows.step is None or np.ptp(mark.points[:, 0]) < 1:
            continue
        data = film.runs[row.shows.run].data
        x, y = told(film, frame, "data tick", mark.points).T
        np.testing.assert_allclose(np.polyval(np.polyfit(data.inputs[:, 0], data.targets, 1), x), y, atol=0.03)
        assert mark.colour == film.theme.minimum
        lines += 1
    for frame in with_numbers(film, "map minimum", Ring, "map tick"):
        for ring in marks(film, frame, "map minimum", Ring):
            if ring.shows.step is not None:
                data = film.runs[ring.shows.run].data
                place = told(film, frame, "map tick", [ring.centre])[0]
                np.testing.assert_allclose(place, np.polyfit(data.inputs[:, 0], data.targets, 1), atol=0.04)
                assert ring.colour == film.theme.minimum
                rings.add(ring.shows.run)
    assert lines > 10
    assert rings == {0, 1}


@pytest.mark.parametrize("aspect", ["16:9", "9:16", "1:1"])
def test_each_stick_is_an_error_and_each_square_its_square(aspect):
    """A stick goes from its row to the line; squares are square; the one they become has the loss as its area."""
    film = Film("line-fit", aspect)
    beat = range(film.beats[3].start, film.beats[3].end, 2)
    x, y = film.runs[0].data.inputs[:, 0], film.runs[0].data.targets
    whole = [one for one in beat if any(mark.shows.step == 0 for mark in marks(film, one, "square", Area))]
    frame = whole[-1]
    sticks, squares = marks(film, frame, "residual", Stroke), marks(film, frame, "square", Area)

    assert {mark.shows.axis for mark in sticks} == {mark.shows.axis for mark in squares} == set(range(10))
    for mark in sticks:
        row = mark.shows.axis
        np.testing.assert_allclose(
            told(film, frame, "data tick", mark.points), [[x[row], y[row]], [x[row], 0]], atol=0.03
        )
    _, unit = axes(film, frame, 1, "data tick")
    for mark in squares:
        wide, high = np.ptp(mark.points, axis=0)
        assert np.isclose(wide, high)
        assert np.isclose(high * unit, y[mark.shows.axis], rtol=0.01)
    gathered = [one for one in beat if marks(film, one, "loss", object)]
    (mean,) = marks(film, gathered[-1], "mean square", Area)
    sides = np.ptp(mean.points, axis=0) * unit
    assert np.isclose(sides[0] * sides[1], np.mean(y**2), rtol=0.01)
    assert {mark.colour for mark in (*sticks, *squares, mean)} == {film.theme.loss}


def test_sticks_follow_the_line(film):
    """After every step that is shown, each stick ends on the line of that step."""
    x, y = film.runs[0].data.inputs[:, 0], film.runs[0].data.targets
    seen = set()
    for frame in with_numbers(film, "residual", Stroke):
        for mark in marks(film, frame, "residual", Stroke):
            if mark.shows.step:
                w, b = film.runs[0].points[mark.shows.step]
                (_, top), (_, foot) = told(film, frame, "data tick", mark.points)
                assert np.isclose(top - foot, y[mark.shows.axis] - w * x[mark.shows.axis] - b, atol=0.03)
                seen.add(mark.shows.step)
    assert {7, 500} <= seen


def test_contours_join_equal_losses_while_the_valley_turns_into_a_bowl(film):
    """Where the axes tell the rows' own x, or the standardised one, every contour has one loss; the bowl is round."""
    seen = set()
    for frame in with_numbers(film, "contour", Stroke, "map tick"):
        ring = marks(film, frame, "map minimum", Ring)
        if not ring or ring[0].shows.step is None:
            continue
        run = film.runs[ring[0].shows.run]
        x, y = run.data.inputs[:, 0], run.data.targets
        for mark in marks(film, frame, "contour", Stroke)[:8]:
            w, b = told(film, frame, "map tick", mark.points).T
            losses = np.mean((w[:, None] * x + b[:, None] - y) ** 2, axis=1)
            assert np.ptp(losses) < 0.02 * film.runs[0].losses[0]
            if ring[0].shows.run == 1:
                away = np.hypot(*(mark.points - ring[0].centre).T)
                assert np.ptp(away) < 0.02 * away.mean()
        seen.add(ring[0].shows.run)
    assert seen == {0, 1}


def test_the_cross_has_the_valleys_directions(film):
    """Across and along are at right angles, and the loss at the ends of both is that of the start."""
    frame = max(with_numbers(film, "along", Stroke, "map tick"))
    x, y = film.runs[0].data.inputs[:, 0], film.runs[0].data.targets
    (across,), (along,) = marks(film, frame, "across", Stroke), marks(film, frame, "along", Stroke)

    ways = np.diff(across.points, axis=0)[0], np.diff(along.points, axis=0)[0]
    assert abs(ways[0] @ ways[1]) < 1e-6 * np.hypot(*ways[0]) * np.hypot(*ways[1])
    assert np.hypot(*ways[0]) < np.hypot(*ways[1])
    for w, b in told(film, frame, "map tick", [*across.points, *along.points]):
        assert np.isclose(np.mean((w * x + b - y) ** 2), np.mean(y**2), rtol=0.03)


ODD = [
    {"data": "doubles"},
    {"model": "line-through-origin"},
    {"model": "line-through-origin", "learning_rate": 0.2},
    {"learning_rate": 0.12},
    {"learning_rate": 10.0},
    {"data": "zeros"},
    {"data": "huge"},
    {"data": "tiny"},
    {"data": "outlier"},
    {"data": "two"},
    {"data": "doubles", "start": (-50.0, 300.0)},
]


@pytest.mark.parametrize("words", ODD, ids=str)
def test_odd_films_are_as_true(words, folder):
    """On data and rates of all kinds, numbers are the run's, and rows, balls and landings are where the axes say."""
    film = Film("line-fit", **asked(folder, words))

    for frame in film.ends():
        assert [*wrong_numbers(film, frame), *misplaced_balls(film, frame)] == []
        for name, mark, box in film.stage.boxes(frame):
            assert np.isfinite([box.left, box.right, box.bottom, box.top]).all(), (name, mark)


def test_a_large_table_has_a_sample_of_sticks(folder):
    """Of 10,000 rows, 40 have sticks, spread from left to right, and the loss is that of all."""
    film = Film("line-fit", **asked(folder, {"data": "many"}))
    frame = film.beats[3].end - 1

    sticks = marks(film, frame, "residual", Stroke)
    assert len(sticks) == 40
    places = sorted(film.runs[0].data.inputs[mark.shows.axis, 0] for mark in sticks)
    assert np.allclose(places, np.linspace(0, 5, 40), atol=0.01)
    (loss,) = marks(film, frame, "loss", object)
    assert abs(read(loss.text)[0] - np.mean(film.runs[0].data.targets ** 2)) < 0.01


# What is printed


def printed(**words) -> list[str]:
    return "".join(simulation.printed("line-fit", RenderSpec("line-fit", **words), "table")).splitlines()


def test_the_line_through_the_origin_prints_twenty_losses():
    """y = 2x from θ = 0 at 0.01: after the start, each row's loss is the one before its step, worked out here."""
    x, y, w = np.arange(1.0, 6), 2 * np.arange(1.0, 6), 0.0
    start, *lines = printed(model="line-through-origin")[1:22]

    for number, line in enumerate(lines, start=1):
        loss = np.mean((w * x - y) ** 2)
        w -= 0.01 * 2 * np.mean((w * x - y) * x)
        assert line.split() == [str(number), f"{loss:.4f}", f"{w:.4f}"]
    assert lines[0].split() == ["1", "44.0000", "0.4400"]
    assert len(lines) == 20
    assert start.split() == ["0", "0.0000"]


def test_five_hundred_epochs_on_the_five_points_are_on_the_way_to_two_and_zero():
    """w 1.9738 and b 0.0946, printed and on the screen, where the film does not claim to be there."""
    lines = printed(data="doubles")

    assert lines[501].split() == ["500", "0.0016", "1.9738", "0.0946"]
    film = Film("line-fit", data="doubles")
    texts = {mark.text for frame in film.ends() for mark in film.stage.words(frame) if mark.shows}
    assert {"1.97", "0.0946"} <= texts


# What is refused


@pytest.mark.parametrize(
    ("rows", "words", "answer"),
    [
        ("1,2\n1,3\n", {}, "every x of .* is 1, so no line is best"),
        ("1,2,0\n2,3,1\n", {}, "a line needs one column of x"),
        ("0,2\n0,3\n", {"model": "line-through-origin"}, "every x of .* is 0"),
        ("1e70,2\n0,3\n", {}, "a film shows numbers from .* got x"),
        ("1,2\n2,1e-70\n1.5,0\n", {"model": "logistic"}, "line-fit fits a line, not logistic"),
        ("1,2\n2,3\n", {"model": "network"}, "line-fit fits a line, not network"),
        ("1,2\n2,3\n", {"start": (1.0, 2.0, 3.0)}, "start"),
        ("1,2\n2,3\n", {"batch_size": 1}, "line-fit takes no --batch-size"),
    ],
)
def test_what_is_no_line_is_refused_in_one_line(rows, words, answer, tmp_path):
    """Data without a best line, other models and other options: one line that says what works."""
    path = tmp_path / "rows.csv"
    path.write_text(rows)
    with pytest.raises(ValueError, match=answer) as raised:
        runs_of(LESSONS["line-fit"], RenderSpec("line-fit", data=str(path), **words))
    assert "\n" not in str(raised.value)


def test_captions_are_short(folder):
    """A sentence takes two captions at most."""
    for words in CASES[:30]:
        runs = runs_of(LESSONS["line-fit"], RenderSpec("line-fit", **asked(folder, words)))
        for beat in LESSONS["line-fit"].script(runs):
            assert len(caption_cards(beat.sentence)) <= 2, beat.plain
