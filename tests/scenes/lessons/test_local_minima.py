"""The valleys' film: what its frames show and what its sentences say, held against runs that are made here anew."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise

import av
import numpy as np
import pytest

from gdsim import Stop, simulate
from scenes.catalogue import LESSONS
from scenes.film.render import render
from scenes.script.numbers import number
from scenes.script.timeline import Timeline
from scenes.script.timing import timed, total_frames
from scenes.spec import RenderSpec
from scenes.stage.area_marks import Area, Disc
from scenes.stage.composition import compose
from scenes.stage.line_marks import ArrowMark, Ring, Stroke
from scenes.stage.marks import Text
from scenes.stage.part import Stage, channels_of
from scenes.stage.theme import THEMES
from scenes.stage.write import Setting

LESSON = LESSONS["local-minima"]
SHAPES = {"16:9": (854, 480), "9:16": (480, 854), "1:1": (480, 480)}
ODD = ["x**2", "cos(x)", "-x**2", "x", "exp(x)", "x**3", "x**3 - 3*x", "abs(x)", "1/x", "log(x)**2", "sqrt(x)", "x**4"]
ODD += ["1e-6*(x**4 - 3*x**2 + x)", "1e6*(x**4 - 3*x**2 + x)", "sin(20*x) + 0.1*x**2", "tan(x)", "bumpy", "plateau"]
METHODS = ["gradient-descent", "momentum", "adam", "rmsprop", "newton", "rprop"]
NO_BREAK = "\u00a0"


class Film:
    """The lesson as a viewer gets it, without a pixel drawn."""

    def __init__(self, aspect: str = "16:9", **words) -> None:
        width, height = SHAPES[aspect]
        self.spec = RenderSpec("local-minima", **{"width": width, "height": height, "fps": 10} | words)
        self.runs = LESSON.run(self.spec)
        self.script = (LESSON.loop if self.spec.cut == "loop" else LESSON.script)(self.runs)
        self.beats = timed(self.script, self.spec.fps, self.spec.cut)
        self.composition, self.theme = compose(width, height, self.spec.cut), THEMES["dark"]
        parts = LESSON.parts(self.runs, Setting(self.composition, self.theme, LESSON.title))
        segments = [segment for beat in self.beats for segment in beat.moves]
        self.timeline = Timeline(channels_of(parts), self.script.opening, segments)
        self.stage, self.frames = Stage(parts, self.timeline, self.theme), total_frames(self.beats)

    def seen(self, frame: int, part: str, kind: type) -> list:
        """The marks of a part in a frame."""
        return [mark for name, mark, _ in self.boxes(frame) if name == part and isinstance(mark, kind)]

    @cache  # noqa: B019
    def boxes(self, frame: int) -> list:
        """Every mark that is seen, with its part's name and its box."""
        return self.stage.boxes(frame)

    def last(self, word: str) -> int:
        """The last frame of the beat that says a word."""
        return next(beat.end - 1 for beat in self.beats if word in beat.beat.plain.replace(NO_BREAK, " "))

    def to_frame(self, frame: int, x: float, y: float) -> tuple[float, float]:
        """Where the numbers of the axes put a place."""
        across, up = self.axes(frame)
        return float(np.polyval(across, x)), float(np.polyval(up, y))

    @cache  # noqa: B019 (the films of these tests live as long as the tests)
    def axes(self, frame: int) -> list:
        """(units of the frame per unit of the function, offset) of both axes, from where their numbers stand."""
        words = self.seen(frame, "plane", Text)
        foot = min(word.box.top for word in words)
        across = [word for word in words if word.box.top < foot + 0.05 and re.fullmatch(r"[−\d.]+", word.text)]
        up = [word for word in words if word.box.top >= foot + 0.05 and re.fullmatch(r"[−\d.]+", word.text)]
        fits = []
        for axis, labels in ((0, across), (1, up)):
            values = [float(word.text.replace("−", "-")) for word in labels]
            fits.append(np.polyfit(values, [word.box.centre[axis] for word in labels], 1))
        return fits


@cache
def film(aspect: str = "16:9", **words) -> Film:
    """Made once."""
    return Film(aspect, **words)


def descended(x: float, rate: float = 0.02, steps: int = 100) -> list[float]:
    """Plain descent on x⁴ − 3x² + x, written out."""
    places = [x]
    while abs(4 * x**3 - 6 * x + 1) >= 1e-6 and len(places) <= steps:
        x -= rate * (4 * x**3 - 6 * x + 1)
        places.append(x)
    return places


def colour_at(shown: Film, frame: int, x: float) -> str:
    """The colour of the ring nearest to a place of the axis."""
    across = shown.to_frame(frame, x, 0.0)[0]
    return min(shown.seen(frame, "valleys", Ring), key=lambda ring: abs(ring.centre[0] - across)).colour


# Marks


def test_each_ball_of_the_crowd_is_where_its_run_is():
    """In every frame a white ball is between the two steps of a run made here, on the ground or in one leap over it."""
    shown, looked_at = film(), 0
    begin = next(beat.start for beat in shown.beats if "same rule" in beat.beat.plain)

    for frame in range(begin - 20, shown.last("same rule"), 2):
        progress = shown.timeline.value(("crowd", "progress"), frame)[0]
        for ball in shown.seen(frame, "crowd", Disc):
            if ball.shows.quantity != "point":
                continue
            places = descended(-2.2 + 4.4 * (ball.shows.run - 0.5) / 24)
            reached = min(progress, len(places) - 1)
            share = reached % 1
            share = 6 * share**5 - 15 * share**4 + 10 * share**3  # out of one rest and into the next
            xs = places[int(reached) : int(reached) + 2]
            ends = [np.array(shown.to_frame(frame, x, x**4 - 3 * x**2 + x)) for x in (xs[0], xs[-1])]
            place = ends[0] + share * (ends[1] - ends[0])
            assert ball.centre[0] == pytest.approx(place[0], abs=0.02)
            assert -0.02 <= ball.centre[1] - place[1] <= 0.02 + 0.3 * np.hypot(*(ends[1] - ends[0]))
            assert ball.colour == shown.theme.ink
            looked_at += 1
    assert looked_at > 300


def test_a_ball_is_white_until_it_is_at_rest_and_then_wears_its_valleys_colour():
    """At the end every ball has the colour of the ring in whose valley a run made here ends; at the start, none."""
    shown = film()
    end = shown.last("same rule")

    assert {ball.colour for ball in shown.seen(shown.last("24 balls"), "crowd", Disc)} == {shown.theme.ink}
    balls = shown.seen(end, "crowd", Disc)
    assert len(balls) == 24
    for ball in balls:
        x = descended(-2.2 + 4.4 * (ball.shows.run - 0.5) / 24)[-1]
        assert ball.colour == colour_at(shown, end, x)
        assert abs(ball.centre[0] - shown.to_frame(end, x, 0.0)[0]) < 0.5


@pytest.mark.parametrize("words", [{}, {"function": "bumpy"}, {"learning_rate": 0.1}, {"optimiser": "adam"}], ids=str)
def test_the_counts_are_the_stacks(words):
    """In every frame the number over a stack counts balls that have arrived there; at last it counts all of them."""
    shown = film(**words)

    for frame in range(shown.last("24 balls"), shown.frames, 3):
        stacked = Counter(
            ball.shows.step for ball in shown.seen(frame, "crowd", Disc) if ball.shows.quantity == "stacked"
        )
        for label in shown.seen(frame, "crowd", Text):
            if label.shows.quantity == "count":
                assert int(label.text) <= stacked[label.shows.step]
    ends = Counter(end for end in It(shown.runs).ends if end is not None)
    labels = {label.shows.step: label for label in shown.seen(shown.last("same rule"), "crowd", Text)}
    assert {valley: int(label.text) for valley, label in labels.items() if valley is not None} == ends


def test_no_two_balls_of_a_stack_cover_each_other():
    """Stacked balls can be counted: their centres are further apart than their radii reach."""
    for aspect in SHAPES:
        shown = film(aspect)
        balls = shown.seen(shown.last("same rule"), "crowd", Disc)
        places = np.array([ball.centre for ball in balls])
        gaps = np.linalg.norm(places[:, None] - places[None], axis=-1) + 9 * np.eye(len(places))
        assert gaps.min() >= 2 * max(ball.radius for ball in balls) - 1e-9
        assert all(shown.composition.stage.holds(ball.box) for ball in balls)


@pytest.mark.parametrize(("words", "rate"), [({}, 0.02), ({"learning_rate": 0.11}, 0.11)], ids=str)
def test_the_axis_is_painted_as_starts_really_end(words, rate):
    """A start anywhere under a colour leads to the valley of that colour, in a run made here."""
    shown = film(**words)
    frame = shown.last("paint")
    bands = shown.seen(frame, "basins", Area)
    found = Counter()

    for x in np.random.default_rng(4).uniform(-2.2, 2.2, 300):
        across = shown.to_frame(frame, x, 0.0)[0]
        under = [band for band in bands if band.box.left + 0.04 < across < band.box.right - 0.04]
        if under:
            assert under[0].colour == colour_at(shown, frame, descended(x, rate)[-1])
            found[under[0].colour] += 1
    assert len(found) == 2
    assert sum(found.values()) > 150


def test_the_pair_starts_side_by_side_and_parts():
    """Two balls, one cell apart, on either side of the watershed, end in the colours of two valleys."""
    shown = film()
    left, right = shown.runs.pair
    balls = shown.seen(shown.last("side by side"), "pair", Disc)

    assert 0 < right.points[0, 0] - left.points[0, 0] < 0.02
    assert [ball.colour for ball in balls] == [
        colour_at(shown, shown.last("watershed"), descended(run.points[0, 0])[-1]) for run in (left, right)
    ]
    assert balls[0].colour != balls[1].colour


def test_the_drop_and_the_watershed_stand_where_they_belong():
    """The arrow ends on the deeper floor with the difference beside it; the dashed line stands under the hill's top."""
    shown = film()
    frame = shown.last("lower")
    (arrow,), (label,) = shown.seen(frame, "drop", ArrowMark), shown.seen(frame, "drop", Text)
    lines = [line for line in shown.seen(shown.last("watershed"), "basins", Stroke) if line.shows.quantity]

    assert arrow.head == pytest.approx(shown.to_frame(frame, -1.3008, -3.5139), abs=0.03)
    assert arrow.tail[1] == pytest.approx(shown.to_frame(frame, 1.1309, -1.0702)[1], abs=0.03)
    assert label.text == "2.44"
    assert [line.points[0, 0] for line in lines] == pytest.approx(
        [shown.to_frame(shown.last("watershed"), 0.16994, 0.0)[0]], abs=0.03
    )


def test_what_is_kept_stays_bright():
    """While the best is kept, its valley's balls are as bright as before and all others have faded."""
    shown = film()
    balls = shown.seen(shown.last("keep the best"), "crowd", Disc)

    assert {ball.opacity > 0.9 for ball in balls if ball.colour == shown.theme.minimum} == {True}
    assert {ball.opacity < 0.3 for ball in balls if ball.colour != shown.theme.minimum} == {True}


def test_green_is_the_deepest_valley_and_no_other():
    """The ring, the balls and the band of −1.30, the deepest valley, are green; of equal valleys none is."""
    shown = film()
    frame = shown.last("paint")

    assert colour_at(shown, frame, -1.3008) == shown.theme.minimum != colour_at(shown, frame, 1.1309)
    equal = film(function="cos(x)")
    assert equal.theme.minimum not in {ring.colour for ring in equal.seen(equal.last("balls"), "valleys", Ring)}


def test_the_lamp_hides_what_the_ball_cannot_see():
    """Until the light is on, all but a circle around the ball is night; the circle never reaches the deeper valley."""
    shown = film()

    for frame in range(0, shown.last("guess") + 1, 5):
        (shade,) = (mark for name, mark, _ in shown.boxes(frame) if name == "lamp")
        (ball,) = shown.seen(frame, "ball", Disc)
        assert shade.opacity == 1
        assert shade.centre == pytest.approx(ball.centre)
        valley = shown.to_frame(frame, -1.3008, -3.5139)
        assert np.hypot(shade.centre[0] - valley[0], shade.centre[1] - valley[1]) > shade.radius


SPECS = [{}, {"function": "bumpy"}, {"function": "x**3 - 3*x"}]
SPECS += [{"learning_rate": 0.3}, {"learning_rate": 1e308}, {"start": (50.0,)}, {"steps": 1}, {"cut": "loop"}]


CROWDED = [
    ("1:1", {"function": "sin(20*x) + 0.1*x**2", "fps": 2}),
    ("9:16", {"function": "sin(20*x) + 0.1*x**2", "fps": 2}),
]


@pytest.mark.parametrize(("aspect", "words"), [(one, words) for one in SHAPES for words in SPECS] + CROWDED, ids=str)
def test_labels_never_meet_and_stay_inside(aspect, words):
    """In no frame do two labels of the picture meet, and none leaves the frame or is too small to read."""
    shown = film(aspect, **{"fps": 3} | words)

    for frame in range(shown.frames):
        labels = [(mark, box) for part, mark, box in shown.boxes(frame) if isinstance(mark, Text)]
        boxes = [
            box.inset(bottom=0.22 * box.height, top=0.2 * box.height)
            for (part, mark, box) in shown.boxes(frame)
            if isinstance(mark, Text) and mark.opacity > 0.3 and part not in ("title", "function")
        ]
        assert not any(one.meets(other) for index, one in enumerate(boxes) for other in boxes[index + 1 :])
        assert all(shown.composition.frame.holds(box) for box in boxes)
        assert all(mark.size >= 8 / 45 for mark, _ in labels)


@pytest.mark.parametrize("aspect", SHAPES)
def test_the_hero_has_most_of_the_frame(aspect):
    """The plane covers at least 55 % of the frame, in every frame."""
    shown = film(aspect)
    frame = shown.composition.frame

    for at in range(0, shown.frames, 5):
        strip, aside = (shown.timeline.value(("plane", room), at)[0] for room in ("strip", "aside"))
        hero = shown.composition.hero(strip, aside)
        assert hero.width * hero.height >= 0.55 * frame.width * frame.height


@pytest.mark.parametrize("words", SPECS[:-1], ids=str)
def test_the_picture_stands_still_for_four_seconds_at_most(words):
    """Frame by frame, captions aside, no picture stands for more than four seconds; most of the film moves."""
    shown = film(**{"fps": 4} | words)
    keys = [[mark.key for mark in shown.stage.marks(frame)] for frame in range(shown.frames)]
    changed = [0, *(frame for frame in range(1, shown.frames) if keys[frame] != keys[frame - 1]), shown.frames]

    assert max(np.diff(changed)) <= 4 * shown.spec.fps + 1
    assert len(changed) > shown.frames * (0.55 if words in SPECS[:2] else 0.35)


def test_the_loop_ends_as_it_begins():
    """The last picture of the loop is its first."""
    shown = film(cut="loop")
    first, last = (shown.stage.marks(frame) for frame in (0, shown.frames - 1))

    assert [mark.key for mark in first] == [mark.key for mark in last]
    assert 6 <= shown.frames / shown.spec.fps <= 12


def test_many_steps_are_not_drawn_that_cannot_be_seen():
    """A hundred times as many steps make a picture of no more than a few hundred marks."""
    shown = film(steps=10_000, learning_rate=1e-4)

    assert shown.runs[0].steps > 2000
    assert max(len(shown.stage.marks(frame)) for frame in range(0, shown.frames, 10)) < 600


# Sentences


class It:
    """What the sentences speak of, judged by code of its own."""

    def __init__(self, runs) -> None:
        self.runs, self.main, self.crowd, self.pair = runs, runs[0], runs.crowd, runs.pair
        objective = self.main.objective
        (self.low, self.high), self.width = objective.domain[0], np.ptp(objective.domain[0])
        self.floors = sorted((known.point[0], known.value) for known in objective.minima)
        x = np.linspace(self.low, self.high, 3001)
        with np.errstate(all="ignore"):
            y = np.asarray(objective.value(x[:, None]))
        self.heights = y[np.isfinite(y)]
        self.tall = np.ptp(self.heights[self.heights <= np.quantile(self.heights, 0.98)])
        self.ends = [self.valley(run) for run in self.crowd]
        lowest = min((value for _, value in self.floors), default=0.0)
        self.deep = [value <= lowest + 1e-9 * np.ptp(self.heights) for _, value in self.floors]

    def valley(self, run) -> int | None:
        """In which valley a run rests."""
        limited, last = run.stop is Stop.STEP_LIMIT, run.points[-5:, 0]
        if run.stop is Stop.DIVERGED or (limited and run.steps < 4):
            return None
        near = [np.abs((last if limited else last[-1:]) - place).max() < 1e-3 * self.width for place, _ in self.floors]
        return near.index(True) if True in near else None

    @property
    def here(self) -> int | None:
        return self.valley(self.main)

    @property
    def stuck(self) -> bool:
        return self.here is not None and not self.deep[self.here]

    def deepest(self) -> int:
        return sum(end is not None and self.deep[end] for end in self.ends)

    def rested(self) -> int:
        return len(self.ends) - self.ends.count(None)

    def outside(self, run) -> bool:
        """Whether a run's end cannot be in a picture of the domain."""
        x, loss = run.points[-1, 0], run.losses[-1]
        floor = min([self.heights.min(), *(value for _, value in self.floors)])
        return not self.low <= x <= self.high or loss > floor + self.tall or loss < floor - 1e-6 * self.tall

    def inside(self, run) -> bool:
        x, loss = run.points[-1, 0], run.losses[-1]
        return self.low - self.width <= x <= self.high + self.width and loss < self.heights.max() + 3 * self.tall

    def plain(self) -> bool:
        moves, slopes = np.diff(self.main.points[:, 0]), self.main.gradients[:-1, 0]
        return np.allclose(moves, -self.main.learning_rates * slopes, rtol=1e-5, atol=1e-9)

    def unsettled(self, amount: int, kind: str) -> bool:
        """How many rest in no valley, by what became of them."""
        loose = [run for run, end in zip(self.crowd, self.ends) if end is None]
        kinds = {
            "moving": [run for run in loose if run.stop is Stop.STEP_LIMIT and self.inside(run)],
            "left": [run for run in loose if self.outside(run)],
            "level": [run for run in loose if abs(run.gradients[-1, 0]) < 1e-6],
            "broken": [run for run in loose if run.stop not in (Stop.STEP_LIMIT, Stop.FLAT)],
        }
        return 0 < amount <= len(kinds[kind])


def written(text: str) -> float:
    """The number that a reader reads."""
    digits = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")
    factor, _, power = text.replace(NO_BREAK, " ").partition(" × 10")
    if lone := re.fullmatch("(−?)10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", text):
        factor, power = f"{lone[1]}1", lone[2]
    return float(f"{factor.translate(digits).replace(',', '')}e{power.translate(digits) or 0}")


def said(text: str, value: float) -> bool:
    """Whether a number is rounded as a caption does: to two decimals, or to two digits."""
    slack = 0.0051 if 1 <= abs(value) < 1e5 else 0.051 * abs(value)
    return abs(written(text) - value) <= slack


N, K = r"(−?[\d.,]+(?: × 10\S+)?|−?10[⁻⁰¹²³⁴-⁹]+)", r"([\d,]+)"
STEPS = rf"{K} steps?"
CLAIMS = {
    r"A ball in the dark: it feels the slope under it, and nothing else\.": lambda it: it.plain() and it.main.steps > 0,
    r"A ball in the dark: it knows only the ground it has touched\.": lambda it: (
        it.main.steps == 0 or it.main.optimiser != "gradient-descent"
    ),
    rf"This ball starts outside the picture, at \w+ [=≈] {N}\.": lambda it, x: (
        said(x, it.main.points[0, 0])
        and (not it.low <= it.main.points[0, 0] <= it.high or it.main.losses[0] > 1.5 * it.tall + it.heights.min())
    ),
    r"Step by step, it finds its way down\.": lambda it: (
        (np.diff(it.main.losses) <= 0).all() and it.main.losses[-1] < it.main.losses[0]
    ),
    r"Not every step leads down, but it ends lower\.": lambda it: (
        (np.diff(it.main.losses) > 0).any() and it.main.losses[-1] < it.main.losses[0]
    ),
    r"Step by step, it gets no lower\.": lambda it: it.main.losses.min() >= it.main.losses[0],
    r"It steps up and down, and ends no lower\.": lambda it: (
        it.main.losses[-1] >= it.main.losses[0] and len(set(np.sign(np.diff(it.main.losses)))) > 1
    ),
    r"The slope here is zero: it stops\.": lambda it: it.main.gradients[-1, 0] == 0,
    r"The slope here is almost zero: it stops\.": lambda it: 0 < abs(it.main.gradients[-1, 0]) < 1e-6,
    rf"After {STEPS} it is out of the picture\.": lambda it, n: it.outside(it.main) and int(n) == it.main.steps,
    rf"After {STEPS}, you can no longer see it move\.": lambda it, n: (
        np.ptp(it.main.points[-5:, 0]) < 3e-3 * it.width and int(n.replace(",", "")) == it.main.steps
    ),
    rf"After {STEPS} we stop it\. It has not come to rest\.": lambda it, n: (
        it.here is None and it.main.stop is Stop.STEP_LIMIT and int(n.replace(",", "")) == it.main.steps
    ),
    r"Its next step is longer than a computer can count\.": lambda it: it.main.stop is Stop.DIVERGED,
    r"One step further the function has no (value|slope), so the ball stops here\.": lambda it, what: (
        it.main.stop is {"value": Stop.UNDEFINED, "slope": Stop.SLOPELESS}[what]
    ),
    r"The next step is not a number, so the ball stops here\.": lambda it: it.main.stop is Stop.UNCOMPUTABLE,
    r"Take a guess: is this the lowest point\?": lambda it: it.inside(it.main),
    r"Take a guess: is it near the lowest point\?": lambda it: it.main.stop is Stop.STEP_LIMIT and it.here is None,
    r"Light on: this is the whole picture\.": lambda it: it.outside(it.main),
    r"Light on: there is a deeper valley, over there\.": lambda it: it.stuck,
    r"Light on: over there, the curve lies lower\.": lambda it: it.heights.min() < it.main.losses[-1],
    r"Light on: nothing in the picture lies much lower\.": lambda it: (
        it.main.losses[-1] - np.sort(it.heights)[3] < 0.02 * max(it.tall, abs(it.main.losses[0] - it.heights.min()))
    ),
    r"Light on: another valley is just as deep\.": lambda it: it.deep[it.here] and sum(it.deep) > 1,
    r"Light on: it has found the deepest valley in the picture\.": lambda it: (
        it.deep[it.here] and sum(it.deep) == 1 < len(it.deep) and it.heights.min() > it.main.losses[-1] - 1e-3 * it.tall
    ),
    r"Light on: yes, nothing in the picture lies lower\.": lambda it: (
        len(it.floors) == 1 and it.here == 0 and it.heights.min() > it.main.losses[-1] - 1e-3 * it.tall
    ),
    rf"It lies {N} lower(, and the ball knows nothing of it)?\.": lambda it, drop, unknown: lower_said(
        it, drop, bool(unknown)
    ),
    rf"Would another start do better\? Let's try {K} balls?\.": lambda it, n: (
        int(n) == len(it.crowd) and (it.here is None or it.stuck)
    ),
    rf"Would another start lead there, too\? Let's try {K} balls?\.": lambda it, n: (
        int(n) == len(it.crowd) and it.here is not None and not it.stuck
    ),
    r"The same rule for all\.": lambda it: it.rested() == 0,
    r"The same rule for all\. Each one that comes to rest takes the colour of its valley\.": lambda it: it.rested() > 0,
    rf"{K} balls? ends? in the only valley in the picture\.": lambda it, n: (
        len(it.floors) == 1 and int(n) == it.rested() < len(it.crowd)
    ),
    r"All of them end in the same valley\.": lambda it: len(set(it.ends)) == 1 and None not in it.ends,
    rf"{K} balls? ends? in valleys that are all equally deep\.": lambda it, n: (
        all(it.deep) and len(it.deep) > 1 and int(n) == it.rested() < len(it.crowd)
    ),
    r"All of them end in valleys that are equally deep\.": lambda it: all(it.deep) and None not in it.ends,
    rf"None ends in the deepest valley; {K} balls? ends? in a shallower one\.": lambda it, n: (
        it.deepest() == 0 and int(n) == it.rested() > 0 and not all(it.deep)
    ),
    rf"All {K} balls end in the deepest valley\.": lambda it, n: it.deepest() == len(it.crowd) == int(n),
    rf"{K} balls? ends? in the deepest valley, none in another\.": lambda it, n: (
        int(n) == it.deepest() == it.rested() and len(it.floors) > 1
    ),
    rf"{K} balls? ends? in the deepest valley, {K} in the other\.": lambda it, n, m: (
        (int(n), int(m)) == (it.deepest(), it.rested() - it.deepest()) and len(it.floors) == 2 and int(n) > 0
    ),
    rf"{K} balls? ends? in the deepest valley, {K} in shallower ones\.": lambda it, n, m: (
        (int(n), int(m)) == (it.deepest(), it.rested() - it.deepest()) and not all(it.deep) and int(n) > 0
    ),
    rf"(One of them has|{K} balls? have) not come to rest after {STEPS}\.": lambda it, who, n, steps: it.unsettled(
        int(n or 1), "moving"
    ),
    rf"After {STEPS}, not one of them has come to rest\.": lambda it, n: (
        it.rested() == 0 and all(run.stop is Stop.STEP_LIMIT and run.steps == int(n) for run in it.crowd)
    ),
    rf"(One of them has|{K} balls? have) left the picture\.": lambda it, who, n: it.unsettled(int(n or 1), "left"),
    r"All of them leave the picture\.": lambda it: all(it.outside(run) for run in it.crowd),
    rf"(One of them stops|All of them stop|{K} balls? stop) where the ground is almost level\.": lambda it, who, n: (
        it.unsettled(int(n or (1 if "One" in who else len(it.crowd))), "level")
    ),
    rf"(One of them stops|All of them stop|{K} balls? stop): \w+ next step leads nowhere\.": lambda it, who, n: (
        it.unsettled(int(n or (1 if "One" in who else len(it.crowd))), "broken")
    ),
    r"Now paint every start in the colour of the valley it leads to\.": lambda it: (
        len({*it.runs.basins.valleys.tolist()} - {-1}) > 1 and it.rested() > 0
    ),
    r"Now paint every start that leads to the valley\.": lambda it: (
        len({*it.runs.basins.valleys.tolist()} - {-1}) == 1 and it.rested() > 0
    ),
    r"Where two colours meet lies the watershed\.": lambda it: 0 < borders(it) <= 6,
    r"The colours alternate, again and again\.": lambda it: borders(it) > 6,
    r"Two balls start there, side by side, and end in different valleys\.": lambda it: (
        len({it.valley(run) for run in it.pair} - {None}) == 2
        and abs(it.pair[0].points[0, 0] - it.pair[1].points[0, 0]) < 0.05 * it.width
    ),
    rf"So try many starts, and keep the best: here, a loss of {N}\.": lambda it, loss: (
        it.rested() > 0
        and said(loss, min(run.losses[-1] for run in it.crowd))
        and any(said(loss, run.losses[-1]) and it.inside(run) and not it.outside(run) for run in it.crowd)
    ),
    rf"Of those that stay, keep the best: here, a loss of {N}\.": lambda it, loss: (
        it.rested() > 0
        and said(loss, min(run.losses[-1] for run in it.crowd if not it.outside(run)))
        and any(it.outside(run) for run in it.crowd)
    ),
    r"No valley has caught a ball, so there is nothing to keep\.": lambda it: it.rested() == 0,
    r"Many starts find a better valley than one\. And on a landscape\?": lambda it: (
        it.stuck and min(run.losses[-1] for run, end in zip(it.crowd, it.ends) if end is not None) < it.main.losses[-1]
    ),
    r"Where you start decides where you end\. And on a landscape\?": (lambda it: len({*it.ends, it.here} - {None}) > 1),
    r"Not every start gets there, and you rarely know which: so try many\.": lambda it: (
        len({*it.ends} - {None}) == 1 and (None in it.ends or it.here is None)
    ),
    r"Here every start gets there\. You rarely know that beforehand\.": lambda it: (
        len({*it.ends, it.here}) == 1 and None not in it.ends
    ),
    # The loop's line
    r"The start decides the valley\.": lambda it: len({*it.ends} - {None}) > 1,
    r"From every start to one valley\.": lambda it: len({*it.ends}) == 1 and None not in it.ends,
    r"Many starts, one rule\.": lambda it: len(it.crowd) > 0,
}


def lower_said(it: It, drop: str, unknown: bool) -> bool:
    """The deepest valley lies so much below a ball that is stuck; else some place of the picture does."""
    if not it.stuck:
        lowest = min([it.heights.min(), *(value for _, value in it.floors)])
        return 0 < written(drop) <= 1.06 * (it.main.losses[-1] - lowest)
    place, floor = min(it.floors, key=lambda one: one[1])
    seen = np.abs(it.main.points[:, 0] - place).min() < 0.1 * it.width
    return said(drop, it.main.losses[-1] - floor) and unknown != seen


def borders(it: It) -> int:
    """How often two neighbouring cells of the axis lead to two valleys."""
    cells = it.runs.basins.valleys
    return sum(one != other and -1 not in (one, other) for one, other in pairwise(cells))


def check(**words) -> list[str]:
    """Hold every sentence of film, loop and alt text against the runs; returns the film's."""
    runs = LESSON.run(RenderSpec("local-minima", **words))
    it = It(runs)
    film_says = [beat.plain.replace(NO_BREAK, " ") for beat in LESSON.script(runs)]
    for sentence in [*film_says, *(beat.plain.replace(NO_BREAK, " ") for beat in LESSON.loop(runs))]:
        taken = [(claim, found) for form, claim in CLAIMS.items() if (found := re.fullmatch(form, sentence))]
        assert taken, f"nobody checks: {sentence}"
        for claim, found in taken:
            assert claim(it, *found.groups()), f"{words}: {sentence}"
    alt = LESSON.alt(runs).plain().replace(NO_BREAK, " ")
    assert re.fullmatch(rf"Balls start all along .+, {len(runs.crowd)} in all\. .+", alt)
    assert any(alt.endswith(sentence) for sentence in film_says)
    return film_says


@pytest.mark.parametrize("function", ODD)
def test_every_sentence_is_true_on_odd_functions(function):
    """One minimum, none, equal ones, poles, edges, tiny and huge scales: six methods, several rates: all is true."""
    for method in METHODS:
        check(function=function, optimiser=method)
        check(function=function, optimiser=method, learning_rate={"adam": 0.3, "momentum": 1e-3}.get(method, 20.0))
    for rate in (1e-3, 0.05, 0.3):
        check(function=function, learning_rate=rate)


@pytest.mark.parametrize("method", METHODS)
def test_every_sentence_is_true_at_forty_rates(method):
    """From rates at which nothing moves to such that the first step cannot be counted."""
    every = 1 if method == "gradient-descent" else 3
    for rate in [*np.geomspace(1e-6, 10, 40).tolist()[::every], 1e6, 1e308]:
        check(optimiser=method, learning_rate=rate)


@pytest.mark.parametrize(
    "words",
    [{"start": (x,)} for x in (-2.0, 0.17, 2.19, 50.0, -1e6)]
    + [{"steps": steps} for steps in (1, 2, 3, 5, 30, 3000)]
    + [{"schedule": "cosine"}, {"start": (50.0,), "learning_rate": 1e-6}, {"function": "(x-1000)**2"}],
    ids=str,
)
def test_every_sentence_is_true_from_any_start_for_any_number_of_steps(words):
    """Starts in either valley, near the watershed and far outside; one step and thousands."""
    check(**words)


def test_a_false_sentence_is_found():
    """The checks are awake: a true sentence with another number, or of another run, fails."""
    it = It(LESSON.run(RenderSpec("local-minima")))
    for sentence, right in (
        ("13 balls end in the deepest valley, 11 in the other.", True),
        ("11 balls end in the deepest valley, 13 in the other.", False),
        ("It lies 2.44 lower, and the ball knows nothing of it.", True),
        ("It lies 2.54 lower, and the ball knows nothing of it.", False),
        ("The slope here is zero: it stops.", False),
        ("Light on: it has found the deepest valley in the picture.", False),
        ("So try many starts, and keep the best: here, a loss of −1.07.", False),
    ):
        ((claim, found),) = [
            (claim, found) for form, claim in CLAIMS.items() if (found := re.fullmatch(form, sentence))
        ]
        assert bool(claim(it, *found.groups())) == right, sentence


def test_only_a_ball_that_is_stuck_is_told_of_a_deeper_valley():
    """From −2 the ball ends in the deepest valley: nothing deeper is spoken of, nothing that it does not know."""
    deep, shallow = " ".join(check(start=(-2.0,))), " ".join(check(start=(2.0,)))

    assert "deeper" not in deep
    assert "lower" not in deep.replace("lowest", "")
    assert "deeper" in shallow


def test_a_slope_is_zero_only_where_it_is_zero():
    """9 × 10⁻⁷ is almost zero; from the very floor of a parabola the slope is zero."""
    assert "The slope here is almost zero: it stops." in check()
    assert "The slope here is zero: it stops." in check(function="x**2", start=(0.0,))


@pytest.mark.parametrize("function", ["x**2", "cos(x)", "exp(x)", "x"])
@pytest.mark.parametrize("rate", [None, 1e-4])
def test_no_ball_is_counted_into_a_deepest_valley_that_is_not(function, rate):
    """Where no valley is deeper than another, none is called the deepest; and nobody counts to zero."""
    sentences = " ".join(check(function=function, learning_rate=rate))

    assert "deepest" not in sentences
    assert not re.search(r"\b0 (?:of|balls)", sentences)


@pytest.mark.parametrize(
    "words", [{"learning_rate": 1e-6}, {"learning_rate": 0.3}, {"function": "x"}, {"function": "-x**2"}], ids=str
)
def test_restarts_are_praised_only_where_something_rested(words):
    """Where no ball came to rest there is nothing to keep, and no word of starting often."""
    sentences = " ".join(check(**words))

    assert "nothing to keep" in sentences
    assert not re.search(r"keep the best|try many|better one", sentences)


@pytest.mark.parametrize("method", [method for method in METHODS if method != "gradient-descent"])
def test_only_plain_descent_goes_by_the_slope_alone(method):
    """Momentum, Adam, Newton and others remember, divide or bend: of them it is not said."""
    assert "nothing else" not in " ".join(check(optimiser=method))
    assert "nothing else" in " ".join(check())


# The runs


@pytest.mark.parametrize("method", METHODS)
def test_the_crowds_runs_are_those_of_the_simulator(method):
    """Each ball's run, made side by side with hundreds, is bit for bit the one that it makes alone."""
    spec = RenderSpec("local-minima", optimiser=method, learning_rate=0.03)
    runs = LESSON.run(spec)
    for run in (*runs.crowd[::5], *runs.pair):
        alone = LESSON.run(RenderSpec("local-minima", optimiser=method, learning_rate=0.03, start=tuple(run.points[0])))
        assert alone[0].digest() == run.digest()


def test_a_valley_that_is_not_the_deepest_is_shown_where_some_start_leads_there():
    """Without a start of the user's own the ball gets stuck, if any of the crowd does."""
    for function in (None, "bumpy", "double-well", "x*sin(x)"):
        it = It(LESSON.run(RenderSpec("local-minima", function=function)))
        assert it.stuck


def test_balls_start_only_where_the_function_is():
    """On √x and ln x no ball starts where there is no value; the picture says how many there are."""
    for function in ("sqrt(x)", "log(x)", "1/x"):
        runs = LESSON.run(RenderSpec("local-minima", function=function))
        assert 1 <= len(runs.crowd) <= 24
        assert all(np.isfinite(run.losses).all() for run in runs)


def test_a_plain_run_needs_no_help_from_here():
    """The hand-written descent of these tests is the simulator's, to the last digits."""
    objective = LESSON.run(RenderSpec("local-minima"))[0].objective
    run = simulate(objective, rate=0.02, start=[2.0], steps=100)

    assert descended(2.0) == pytest.approx(run.points[:, 0].tolist(), rel=1e-12)
    assert number(run.losses[-1], 3) == "−1.07"


# A film


def test_one_process_or_two_make_the_same_film(tmp_path):
    """The decoded film has its script's frames, and light after the dark; two processes make the same bytes."""
    spec = RenderSpec("local-minima", width=160, height=90, fps=4)
    files = [tmp_path / "one.mp4", tmp_path / "two.mp4"]
    for jobs, file in enumerate(files, 1):
        render(spec, [file], lambda frames: None, jobs)
    with av.open(str(files[0])) as film_file:
        pictures = [frame.to_ndarray(format="gray").astype(float) for frame in film_file.decode(video=0)]

    assert files[0].read_bytes() == files[1].read_bytes()
    shown = film(width=160, height=90, fps=4)
    assert len(pictures) == shown.frames
    assert pictures[shown.last("guess")].mean() < pictures[shown.last("Light on")].mean()
