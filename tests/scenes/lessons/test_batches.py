"""The film about batches: what it says is true of any data, rate and batch size, and what it shows is what was run."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from gdsim import Stop
from scenes.catalogue import LESSONS
from scenes.runs import runs_of
from scenes.spec import RenderSpec
from scenes.stage.area_marks import Disc
from scenes.stage.line_marks import ArrowMark, Lines, Ring, Stroke
from scenes.stage.marks import Text

from .races import told
from .sentences import written
from .truth import Film, clashes, still_seconds

LESSON = LESSONS["batches"]
FLAT_START = (2.1166506620879266, 1.2840125832336082)
SWEEP = [
    *({"learning_rate": rate} for rate in (1e-3, 0.01, 0.2, 0.3, 0.5, 0.7, 1.0, 10.0)),
    *({"batch_size": size} for size in (1, 2, 20, 39, 40)),
    *({"epochs": epochs} for epochs in (1, 2, 12)),
    *({"seed": seed} for seed in (1, 2, 3)),
    *({"data": name} for name in ("doubles", "noisy-line", "two-groups")),
    {"start": FLAT_START},
    {"start": FLAT_START, "batch_size": 1},
    {"start": (100.0, -50.0)},
    {"start": (2.0, 1.0), "learning_rate": 0.3},
    {"data": "doubles", "start": (2.0, 0.0)},
    {"data": "doubles", "learning_rate": 0.08, "batch_size": 4},
    {},
]
# Tables of the user's own: two rows, one constant target, a far row, repeated rows, other scales.
X = np.random.default_rng(5).uniform(-2, 2, 30)
Y = 2 * X + 1 + np.random.default_rng(6).normal(size=30)
TABLES = {
    "two": ([0, 1], [1, 3]),
    "silent": ([0, 1, 2], [0, 1, 3]),
    "constant": (X, 0 * X + 3),
    "zero": (X, 0 * X),
    "outlier": (np.append(X, 1.0), np.append(Y, 400.0)),
    "far": (np.append(X, 40.0), np.append(Y, 3.0)),
    "repeated": ([0, 1] * 10, [1, 3] * 10),
    "wide": (1e6 * X, Y),
    "high": (X, 1e6 * Y),
    "tiny": (1e-6 * X, 1e-6 * Y),
    "thousands": (np.tile(X, 334)[:10_000], np.tile(Y, 334)[:10_000] + np.repeat(np.arange(10), 1000)),
    "many": (np.tile(X, 14), np.tile(Y, 14) + np.repeat(np.arange(14), 30)),
}


@pytest.fixture(scope="module")
def tables(tmp_path_factory) -> dict[str, str]:
    """The tables as files."""
    folder = tmp_path_factory.mktemp("tables")
    for name, (x, y) in TABLES.items():
        rows = [f"{float(a)!r},{float(b)!r}" for a, b in zip(x, y)]
        (folder / f"{name}.csv").write_text("\n".join(["x,y", *rows]) + "\n", encoding="utf-8")
    return {name: str(folder / f"{name}.csv") for name in TABLES}


class World:
    """The same facts from the data and the visited points alone."""

    def __init__(self, runs) -> None:
        self.runs, data = runs, runs[0].data
        self.x, self.y, self.rows = data.inputs[:, 0], data.targets, len(data.targets)
        self.sizes = [run.batch_size for run in runs]
        self.each = [-(-self.rows // size) for size in self.sizes]
        centred = self.x - self.x.mean()
        w = centred @ self.y / (centred @ centred)
        self.best = np.array([w, self.y.mean() - w * self.x.mean()])
        self.floor = self.loss(self.best)
        self.start = runs[0].points[0]
        self.singles = self.row_gradients(self.start)
        self.true = self.singles.mean(axis=0)
        order = np.random.Generator(np.random.PCG64(runs.seed)).permutation(self.rows)
        self.first = self.singles[order[0]]
        self.above = self.loss(self.start) - self.floor

    def loss(self, point) -> float:
        return float(np.mean((point[0] * self.x + point[1] - self.y) ** 2))

    def row_gradients(self, point) -> np.ndarray:
        off = point[0] * self.x + point[1] - self.y
        return np.stack([2 * off * self.x, 2 * off], axis=1)

    @property
    def spread(self) -> float:
        """Of single rows, at the start."""
        return float(np.sqrt(((self.singles - self.true) ** 2).sum(axis=1).mean()))

    def theory(self, size: int) -> float:
        """The expected spread of batches of this size, drawn without replacement."""
        return self.spread * np.sqrt((self.rows - size) / (size * max(self.rows - 1, 1)))

    def after(self, steps) -> np.ndarray:
        """Each run's loss above the lowest after its own number of steps."""
        ends = [run.points[min(step, len(run.points) - 1)] for run, step in zip(self.runs, steps)]
        return np.array([self.loss(end) - self.floor for end in ends])

    def by_rows(self, epochs: int) -> np.ndarray:
        return self.after([each * epochs for each in self.each])

    def by_steps(self) -> np.ndarray:
        return self.after([self.runs.epochs] * len(self.runs))

    def leads(self, values, index: int, than: float = 1.0) -> bool:
        return bool(all(values[index] < than * value for other, value in enumerate(values) if other != index))

    def trails(self, values) -> bool:
        return bool(all(values[0] > value for value in values[1:]))

    def close(self, values) -> bool:
        first, second = np.maximum(np.sort(values)[:2], 1e-6 * max(self.above, 1e-300))
        return bool(second <= 1.05 * first)

    def climbs(self, index: int) -> bool:
        return self.loss(self.runs[index].points[-1]) > self.loss(self.start)

    def mostly(self) -> bool:
        return bool(np.mean(self.singles @ self.true > 0) > 0.5)

    def averages(self) -> bool:
        return np.allclose(self.true, self.runs[0].gradients[0], rtol=1e-6, atol=1e-9 * self.spread)

    def constant(self) -> bool:
        """Whether all steps of all runs are minus one rate times the gradient of their own rows."""
        rates = {float(rate) for run in self.runs for rate in run.learning_rates}
        return len(rates) <= 1 and all(
            np.allclose(
                np.diff(run.points, axis=0), -rate * run.batch_gradients, 1e-6, 1e-9 * np.abs(run.points).max(initial=0)
            )
            for run in self.runs
            for rate in rates
        )

    def law(self) -> bool:
        ratio = self.theory(self.sizes[1]) / self.spread * np.sqrt(self.sizes[1])
        return self.rows >= 4 * self.sizes[1] and abs(ratio - 1) < 0.3

    def moves(self) -> bool:
        return any(run.steps for run in self.runs)

    def dances(self) -> bool:
        """Over the last pass the ball of single rows stays near the best line, and its loss goes up and down."""
        last = self.runs[-1].points[-self.each[-1] - 1 :]
        near = np.linalg.norm(last - self.best, axis=1).max() < 0.4 * np.linalg.norm(self.start - self.best)
        changes = np.diff([self.loss(point) for point in last])
        return bool(near and (changes > 0).any() and self.row_gradients(self.best).any())


SAID = {
    "Each place on this map is a line. Its loss is the average over {rows} of data.": lambda w, v: counts(
        v["rows"], w.rows
    ),
    "{Batch} gradient descent reads them all, just to find one way downhill.": lambda w, v: (
        w.moves() and np.linalg.norm(w.true) >= 1e-7
    ),
    "{Batch} gradient descent reads them all, just to compute one gradient.": lambda w, v: not w.moves(),
    "Do we need them all? What if we read a single row?": lambda w, v: w.rows > 1,
    "That row alone says: go this way.": lambda w, v: np.abs(w.first).max() > 1e-6 * np.abs(w.singles).max(),
    "That row alone would go nowhere: its own [gradient](slope) is zero.": lambda w, v: (
        np.abs(w.first).max() <= 1e-6 * np.abs(w.singles).max()
    ),
    "Ask the other row, and you get another answer.": lambda w, v: w.rows == 2 and np.ptp(w.singles, axis=0).any(),
    "Ask the other rows, and you get a whole cloud of answers.": lambda w, v: (
        w.rows > 2 and len(np.unique(w.singles, axis=0)) > 1
    ),
    "Each is noisy, but most lead downhill, and their average is the true direction.": lambda w, v: (
        w.mostly() and w.averages()
    ),
    "Each is noisy, but their average is exactly the true direction.": lambda w, v: w.averages(),
    "Each pulls its own way, and here they cancel: their average, the true gradient, is zero.": lambda w, v: (
        np.linalg.norm(w.true) < 1e-2 * w.spread
    ),
    "Now average {size} at a time, a {mini}: the arrows draw together.": lambda w, v: (
        counts(v["size"], w.sizes[1]) and w.theory(w.sizes[1]) < w.spread
    ),
    "The noise shrinks with the square root: four times the rows, half the spread.": lambda w, v: w.law(),
    "The more rows you average, the less noise is left. With all of them, it's gone.": lambda w, v: (
        all(w.theory(a) > w.theory(b) for a, b in pairwise(range(1, w.rows + 1))) and w.theory(w.rows) == 0
    ),
    "Now each reads every row once: that's one epoch.": lambda w, v: w.moves(),
    "In one epoch, {batch} takes one step, {mini} takes {few}, and {one} {many}.": lambda w, v: (
        int(v["few"]) == w.each[1] == np.sum(w.runs[1].epochs == 0) and counts(v["many"], w.rows) and w.each[0] == 1
    ),
    "In one epoch, {batch} takes one step, and {one} takes {many}.": lambda w, v: (
        counts(v["many"], w.rows) and len(w.runs) == 2 and np.sum(w.runs[1].epochs == 0) == w.rows
    ),
    "In one epoch, {batch} may take one step, and {one} a step for every row.": lambda w, v: any(
        run.steps < each for run, each in zip(w.runs, w.each)
    ),
    "At this learning rate, every one of them climbs.": lambda w, v: (w.by_rows(1) > w.above).all(),
    "After one epoch, the race is too close to call.": lambda w, v: w.close(w.by_rows(1)),
    "And {batch} is ahead: at this rate, the noise costs the others more than they gain.": lambda w, v: (
        w.leads(w.by_rows(1), 0) and w.spread > 0
    ),
    "And the {mini} is ahead: a few good steps beat a single perfect one.": lambda w, v: (
        w.leads(w.by_rows(1), 1) and 1 < w.each[1] <= 10
    ),
    "And the {mini} is ahead: many good steps beat a single perfect one.": lambda w, v: (
        w.leads(w.by_rows(1), 1) and w.each[1] > 10
    ),
    "With a smaller learning rate, steps and noise both shrink. Try again!": lambda w, v: w.climbs(0),
    "And {one} is far ahead: many rough steps beat a single perfect one.": lambda w, v: (
        w.leads(w.by_rows(1), len(w.runs) - 1, 0.75) and w.by_rows(1)[-1] < w.by_rows(1)[0] / 2
    ),
    "And {one} is ahead: many rough steps beat a single perfect one.": lambda w, v: w.leads(
        w.by_rows(1), len(w.runs) - 1
    ),
    "Even {batch} climbs here: this learning rate is too large.": lambda w, v: w.climbs(0),
    "But {one} is thrown out: for single rows, this learning rate is too large.": lambda w, v: (
        w.runs[-1].stop is Stop.DIVERGED and not w.climbs(0)
    ),
    "But {one} ends higher than it began: the noise throws it around.": lambda w, v: (
        w.climbs(len(w.runs) - 1) and not w.climbs(0) and w.spread > 0
    ),
    "But near the [minimum](minimum), {one} never settles. The noise keeps it dancing.": lambda w, v: w.dances(),
    "On these data one line fits every row. So at the [minimum](minimum), no row pulls any more.": lambda w, v: (
        np.abs(w.best[0] * w.x + w.best[1] - w.y).max() < 1e-6 * max(np.abs(w.y).max(), 1e-300)
    ),
    "{One} has found a place where the [gradient](slope) is almost zero, and stops.": lambda w, v: (
        np.linalg.norm(w.row_gradients(w.runs[-1].points[-1]).mean(axis=0)) < 1e-6
    ),
    "{One} keeps jittering: every row pulls its own way.": lambda w, v: (
        len(np.unique(w.row_gradients(w.runs[-1].points[-1]), axis=0)) > 1
    ),
    "Plot the loss against the rows read, and {batch} comes last.": lambda w, v: w.trails(w.by_rows(w.runs.epochs)),
    "Plot the loss against the rows that were read.": lambda w, v: True,
    "Now count steps instead, and {one} comes last.": lambda w, v: (
        w.trails(w.by_rows(w.runs.epochs)) and w.trails(w.by_steps()[::-1])
    ),
    "Now count steps instead, and the ranking flips: {batch} is ahead.": lambda w, v: (
        w.leads(w.by_steps(), 0) and w.trails(w.by_rows(w.runs.epochs))
    ),
    "Now count steps instead: {batch} is ahead.": lambda w, v: w.leads(w.by_steps(), 0),
    "Now count steps instead: step for step, {mini} happens to be ahead.": lambda w, v: w.leads(w.by_steps(), 1),
    "Now count steps instead: step for step, {one} happens to be ahead.": lambda w, v: w.leads(
        w.by_steps(), len(w.runs) - 1
    ),
    "Now count steps instead: step for step, all of them climb.": lambda w, v: (w.by_steps() > w.above).all(),
    "Now count steps instead: step for step, there's little between them.": lambda w, v: w.close(w.by_steps()),
    "But a {batch} step costs {rows}. A {one} step costs just one.": lambda w, v: (
        counts(v["rows"], len(w.runs[0].rows[0])) and {len(rows) for rows in w.runs[-1].rows} == {1}
    ),
    "So {batch} takes no step. But single rows would pull it away.": lambda w, v: (
        not w.moves() and np.abs(w.singles).max() > 1e-3
    ),
    "Here the [gradient](slope) is as good as zero, so there's no step to take.": lambda w, v: (
        not w.moves() and np.linalg.norm(w.true) < 1e-6
    ),
    "So most training uses mini-batches: cheap steps, little noise.": lambda w, v: True,
    "All along, the learning rate stayed the same. What if it shrank on the way?": lambda w, v: w.constant(),
    "All rows, a few, or one?": lambda w, v: len(w.runs) == 3,
    "All rows, or one?": lambda w, v: len(w.runs) == 2,
    "A line on {rows} of data starts where the gradient is almost zero, and no step is taken.": lambda w, v: (
        not w.moves() and counts(v["rows"], w.rows)
    ),
    "A line is fitted to {rows} of data: with all rows per step, and with one.": lambda w, v: (
        w.moves() and counts(v["rows"], w.rows) and len(w.runs) == 2
    ),
    "A line is fitted to {rows} of data: with all rows per step, with {few}, and with one.": lambda w, v: (
        w.moves() and counts(v["rows"], w.rows) and int(v["few"]) == w.sizes[1]
    ),
}


def counts(text: str, amount: int) -> bool:
    """`1 row`, `40 rows`."""
    number, _, noun = text.replace("\u00a0", " ").partition(" ")
    return int(number.replace(",", "")) == amount and noun.endswith("s") == (amount != 1)


def false_words(words) -> list[str]:
    """Every sentence of the film, its loop and its description that nobody checks, or that is not true."""
    runs = runs_of(LESSON, RenderSpec("batches", **words))
    world, found = World(runs), []
    for sentence in [*(b.words for cut in (LESSON.script, LESSON.loop) for b in cut(runs)), LESSON.alt(runs)]:
        check = SAID.get(sentence.template)
        if check is None or not check(world, dict(written(sentence))):
            found.append(f"{sentence.template!r} {words}")
    return found


@pytest.mark.parametrize("words", SWEEP, ids=str)
def test_what_is_said_is_true(words):
    """Each sentence holds, by the data and the points alone, for every rate, size, start, seed and epoch tried."""
    assert false_words(words) == []


@pytest.mark.parametrize("name", TABLES)
def test_what_is_said_is_true_of_other_data(tables, name):
    """Likewise for tables of the user's own."""
    assert false_words({"data": tables[name]}) == []


def test_the_lessons_own_film_tells_the_story_it_was_made_for():
    """By rows, batch is last and single rows first; by steps the ranking flips; near the minimum one dances."""
    world = World(runs_of(LESSON, RenderSpec("batches")))
    after, by_steps = world.by_rows(1), world.by_steps()

    assert world.sizes == [40, 8, 1]
    assert after[0] > 3 * after[1] > 3 * after[2]
    assert by_steps[0] < by_steps[1] < by_steps[2]
    assert [round(float(run.losses[-1]), 2) for run in world.runs] == [3.09, 1.15, 1.31]
    assert world.dances()


# What stands on the screen


FILMS = [
    ("16:9", "full", ()),
    ("9:16", "full", (("data", "doubles"),)),
    ("1:1", "full", (("batch_size", 1), ("learning_rate", 0.5), ("theme", "light"))),
    ("16:9", "loop", (("batch_size", 39),)),
]


@cache
def film(aspect: str, cut: str, words: tuple) -> Film:
    """Each film once."""
    return Film("batches", aspect, cut=cut, **dict(words))


@pytest.fixture(scope="module", params=FILMS, ids=str)
def seen(request) -> Film:
    """A film of one shape and one set of options."""
    return film(*request.param)


def test_where_even_all_rows_climb_no_chart_is_plotted():
    """A chart of losses that leave it says nothing: the film ends with a smaller learning rate instead."""
    climbing = film("16:9", "full", (("learning_rate", 2.0),))
    titles = [beat.beat.chapter for beat in climbing.beats]

    assert "Rows or steps" in [beat.beat.chapter for beat in film("16:9", "full", ()).beats]
    assert "Rows or steps" not in titles
    assert climbing.beats[-1].beat.plain.startswith("With a smaller learning rate")


@pytest.mark.parametrize("aspect", ["16:9", "1:1"])
def test_counts_of_many_steps_keep_clear_of_the_cells(tables, aspect):
    """Beside the lanes of ten thousand rows, each count of steps stands to the right of the last cell."""
    many = Film("batches", aspect, data=tables["thousands"], epochs=2)
    frame = next(beat.end - 1 for beat in many.beats if beat.beat.chapter == "The noise")
    counted = marks(many, frame, Text, "updates")
    cells = max(float(lane.ends[..., 0].max()) for lane in marks(many, frame, Lines, "row"))

    assert max(int(mark.text.replace(",", "")) for mark in counted) == 20_000
    assert all(mark.box.left > cells + 0.05 for mark in counted)


def frames(seen: Film, every: int = 23) -> list[int]:
    """Every few frames, and the last of each beat."""
    return sorted({*range(0, seen.frames, every), *seen.ends()})


def marks(seen: Film, frame: int, kind: type, *quantities: str):
    """The marks of a kind that show one of these quantities."""
    found = [mark for mark in seen.stage.marks(frame) if isinstance(mark, kind) and mark.shows]
    return [mark for mark in found if mark.shows.quantity in quantities]


def own_colour(seen: Film, index: int) -> str:
    """A run's colour: blue for all rows, red for one, purple between."""
    return seen.theme.concept({0: "run1", len(seen.runs) - 1: "run5"}.get(index, "run3"))


def channel(seen: Film, part: str, name: str, frame: int) -> float:
    """What the timeline says."""
    return seen.timeline.value((part, name), frame)[0]


def cells(seen: Film, mark: Lines, row: np.ndarray) -> set[int]:
    """The numbers of the cells that a mark covers, in the lane whose cells are at `row`."""
    return {int(np.argmin(np.abs(row - x))) for x in mark.ends[:, 0, 0]}


def test_the_rows_in_use_light_up(seen):
    """While a step is under way, the lit cells are rows of its batch; those read before it in this epoch are tinted."""
    looked = 0
    for frame in frames(seen, 17):
        lanes = {mark.shows.run: mark.ends[:, 0, 0] for mark in marks(seen, frame, Lines, "row")}
        lit, read = (
            {mark.shows.run: mark for mark in marks(seen, frame, Lines, name)} for name in ("rows in use", "rows read")
        )
        for index, row in lanes.items():
            run, progress = seen.runs[index], channel(seen, f"run{index + 1}", "progress", frame)
            ahead = channel(seen, "rows", f"lane{index + 1}.looked", frame)
            progress = min(progress, run.steps) if ahead == 0 else ahead
            step, each = int(progress + 1e-9), -(-run.data.rows // run.batch_size)
            under_way = progress - step > 1e-9
            if step >= run.steps:
                continue
            assert len(row) == run.data.rows
            if under_way:
                found = cells(seen, lit[index], row)
                assert found
                assert found <= set(run.rows[step].tolist())
                looked += 1
            before = [run.rows[one] for one in range((step - (not under_way)) // each * each if step else 0, step)]
            expected = set(np.concatenate(before).tolist()) if before else set()
            assert (cells(seen, read[index], row) if index in read else set()) == expected
            assert index not in read or under_way or index not in lit
    assert looked > 5


def test_each_lane_and_its_numbers_wear_the_runs_colour(seen):
    """Names, counts of steps, balls, trails, arrows, circles and curves have their run's colour."""
    kinds = ("run name", "updates", "loss curve", "loss head", "path", "true gradient", "off the scale")
    for frame in frames(seen):
        for mark in seen.stage.marks(frame):
            if mark.shows and mark.shows.quantity in (*kinds, "row gradient", "batch gradient", "spread"):
                assert mark.colour == own_colour(seen, mark.shows.run), mark.shows
            if isinstance(mark, Disc) and mark.shows and mark.shows.quantity == "point":
                yellow = mark.colour == seen.theme.ball and mark.shows.step == 0
                assert yellow or mark.colour == own_colour(seen, mark.shows.run)


def test_arrows_are_the_gradients_of_their_rows_to_one_scale(seen):
    """Each arrow runs from the ball against the gradient of its rows, and the bar tells how long a unit is."""
    world, checked = World(seen.runs), 0
    generator = np.random.Generator(np.random.PCG64(seen.runs.seed))
    order = generator.permutation(world.rows)
    mini = [order[k : k + world.sizes[-2]] for k in range(0, world.rows, world.sizes[-2])]
    for frame in frames(seen):
        bar = marks(seen, frame, Stroke, "scale bar")
        if not bar:
            continue
        (label,) = marks(seen, frame, Text, "scale")
        unit = float(np.ptp(bar[0].points[:, 0])) / float(label.text.split()[-1])
        for mark in marks(seen, frame, ArrowMark, "true gradient", "row gradient", "batch gradient"):
            vector, index = np.subtract(mark.head, mark.tail) / unit, mark.shows.step
            if mark.shows.quantity == "true gradient":
                rows, grown = np.arange(world.rows), channel(seen, "cloud", "true.grown", frame)
            elif mark.shows.quantity == "row gradient":
                rows = order[[index]]
                grown = min(1.0, channel(seen, "cloud", "rows", frame) - index)
            elif index < len(mini):
                rows, grown = mini[index], 1.0
            else:
                continue
            expected = -grown * world.singles[rows].mean(axis=0)
            assert vector == pytest.approx(expected, abs=2e-3 * np.abs(world.singles).max()), mark.shows
            checked += 1
    assert checked > (20 if seen.spec.cut == "full" else -1)


def test_the_circle_and_its_number_are_the_measured_spread(seen):
    """The circle's radius is the spread to the arrows' scale, and the number is that of the batches' gradients."""
    world = World(seen.runs)
    for frame in frames(seen):
        for mark in marks(seen, frame, Text, "spread"):
            size = seen.runs[mark.shows.run].batch_size
            (bar,), (label,) = marks(seen, frame, Stroke, "scale bar"), marks(seen, frame, Text, "scale")
            (circle,) = marks(seen, frame, Stroke, "spread circle")
            number = float(mark.text.rpartition("= ")[2])
            unit = float(np.ptp(bar.points[:, 0])) / float(label.text.split()[-1])
            if size == 1:
                assert told(mark.text.rpartition("= ")[2], world.spread)
            else:
                sizes = [min(size, world.rows - first) for first in range(0, world.rows, size)]
                expected = np.sqrt(np.mean([world.theory(one) ** 2 for one in sizes]))  # the last may be smaller
                assert number == pytest.approx(expected, rel=0.15)
            assert np.ptp(circle.points[:, 0]) / 2 / unit == pytest.approx(number, rel=0.01)
            tip = np.mean([circle.points.min(axis=0), circle.points.max(axis=0)], axis=0)
            (arrow,) = marks(seen, frame, ArrowMark, "true gradient")
            assert tip == pytest.approx(arrow.head, abs=0.02)


def test_each_ball_is_where_its_run_is(seen):
    """On the map, two known places give the scale; every resting ball stands at its run's parameters."""
    world, checked = World(seen.runs), 0
    for frame in frames(seen):
        rings = [ring.centre for ring in marks(seen, frame, Ring, "minimum")]
        balls = [ball for ball in marks(seen, frame, Disc, "point", "landing") if ball.shows.step is not None]
        known = [ball for ball in balls if ball.shows.step == 0]
        if not rings or not known:
            continue
        way, seen_way = world.best - world.start, np.subtract(rings[0], known[0].centre)
        unit = np.linalg.norm(seen_way) / np.linalg.norm(way)
        for ball in balls:
            point = seen.runs[ball.shows.run].points[ball.shows.step]
            place = np.array(rings[0]) + unit * (point - world.best)
            assert ball.centre == pytest.approx(place, abs=0.02)
            checked += 1
    assert checked > 20


def test_the_chart_counts_rows_then_steps(seen):
    """By the axes' own numbers, the head of each curve is at the rows read, or the steps taken, and at its loss."""
    kinds = set()
    for frame in seen.ends():
        for name in ("rows read", "steps taken"):
            ticks = [(mark.box.centre[0], float(mark.text.replace(",", ""))) for mark in marks(seen, frame, Text, name)]
            if len(ticks) < 2 or channel(seen, "effort", "shown", frame) < 1:
                continue
            slope, offset = np.polyfit(*np.array(ticks).T, 1)
            floor = marks(seen, frame, Stroke, "lowest loss")[0].points[0, 1]
            heights = []
            for head in marks(seen, frame, Disc, "loss head"):
                run, step = seen.runs[head.shows.run], head.shows.step
                if step is None or step > run.steps:
                    continue
                told_by = slope * head.centre[0] + offset
                each = -(-run.data.rows // run.batch_size)
                rows = step // each * run.data.rows + min(step % each * run.batch_size, run.data.rows)
                assert told_by == pytest.approx(rows if name == "rows read" else step, abs=0.02 * max(rows, 1))
                heights.append((head.centre[1] - floor, run.losses[step] - run.objective.minima[0].value))
                kinds.add(name)
            (high, loss), *others = sorted(heights, reverse=True)
            for other, less in others:
                assert other * loss == pytest.approx(less * high, abs=0.02 * loss)
    assert kinds == ({"rows read", "steps taken"} if seen.spec.cut == "full" else set())


def test_all_runs_have_read_as_many_rows():
    """In the race, whenever an epoch is over for one run, it is over for all."""
    seen = film(*FILMS[0])
    for frame in seen.ends():
        passes = {channel(seen, f"run{k + 1}", "progress", frame) / each for k, each in enumerate((1, 5, 40))}
        assert len(passes) == 1


def test_no_film_clashes_or_stands_still(seen):
    """No type meets other type or leaves the frame, and no stillness is longer than four seconds."""
    assert [fault for frame in frames(seen, 13) for fault in clashes(seen, frame)] == []
    assert max(still_seconds(seen)) <= 4.0


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ({"batch_size": 41}, "the batch size must be from 1 to 40"),
        ({"epochs": 501}, "--epochs 500 works"),
        ({"data": "two-moons"}, "a line needs one column of x"),
        ({"data": "moons"}, "dataset"),
        ({"start": (1.0,)}, "must have 2 coordinates"),
        ({"model": "line"}, "takes no --model"),
        ({"optimiser": "adam"}, "takes no --optimiser"),
        ({"steps": 5}, "takes no --steps"),
    ],
)
def test_what_the_film_cannot_tell_is_refused(words, rule):
    """A batch larger than the data, more steps than can be seen, two inputs, another model or method: one line each."""
    with pytest.raises(ValueError, match=rule) as caught:
        runs_of(LESSON, RenderSpec("batches", **words))
    assert "\n" not in str(caught.value)
