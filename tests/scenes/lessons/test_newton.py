"""The film about curvature: what it says and shows, held against runs that are worked out here, step by step."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np
import pytest

from gdsim import SURFACES, Objective
from gdsim.suiting_rate import suiting_rate
from scenes.catalogue import LESSONS
from scenes.runs import runs_of
from scenes.script.captions import caption_cards
from scenes.spec import RenderSpec
from scenes.stage.area_marks import Area, Disc
from scenes.stage.marks import Mark

from .sentences import Said, faults, said, told
from .test_parabola import FUNCTIONS
from .truth import Film, axes, clashes, misplaced_balls, read, still_seconds, wrong_numbers

MORE = ("x**4", "tanh(x)", "x**2 + exp(x)", "x**2 + abs(x)", "x**1.001", "plateau", "1e-9*x", "(x - 3)**2")
STARTS = (None, (2.0,), (-2.5,))
ODD = ((0.0,), (0.5,), (3.000001,), (40.0,))
HUMP = SURFACES["two-valleys"]


class Walk(NamedTuple):
    """A run worked out here. why: flat, limit, lost (nothing is there), or away (off the map)."""

    xs: list[float]
    why: str

    @property
    def steps(self) -> int:
        return len(self.xs) - 1


def slope_at(objective: Objective, x: float) -> float:
    with np.errstate(all="ignore"):
        return float(np.asarray(objective.gradient(np.array([x])))[0])


def value_at(objective: Objective, x: float) -> float:
    with np.errstate(all="ignore"):
        return float(np.asarray(objective.value(np.array([x]))))


def bend_at(objective: Objective, x: float) -> float:
    """The second derivative, as the function's own formula has it."""
    with np.errstate(all="ignore"):
        return float(np.asarray(objective.hessian(np.array([x])))[0, 0])


def rough_bend(objective: Objective, x: float) -> float:
    """The second derivative from two slopes."""
    h = 1e-5 * max(1.0, abs(x))
    return (slope_at(objective, x + h) - slope_at(objective, x - h)) / (2 * h)


def steep(objective: Objective) -> float:
    """The typical height of the curve over its width."""
    low, high = objective.domain[0]
    values = np.array([value_at(objective, x) for x in np.linspace(low, high, 201)])
    values = values[np.isfinite(values)]
    return float(np.median(values - values.min())) / (high - low)


def newton_step(objective: Objective, x: float) -> float:
    bend = bend_at(objective, x)
    return -slope_at(objective, x) / bend if bend else np.inf


def walked(objective: Objective, start: float, limit: int, step) -> Walk:
    """Steps until the slope is a millionth of the first one."""
    xs, first = [start], abs(slope_at(objective, start))
    enough = max(1e-6 * first, 1e-9 * steep(objective), 1e-300)
    map_size = 50 * max(1.0, *map(abs, objective.domain[0]), abs(start))
    while abs(slope_at(objective, xs[-1])) >= enough:
        if len(xs) > limit:
            return Walk(xs, "limit")
        if abs(xs[-1]) > map_size:
            return Walk(xs, "away")
        x = xs[-1] + step(xs)
        if not (np.isfinite(x) and np.isfinite(value_at(objective, x)) and np.isfinite(slope_at(objective, x))):
            return Walk(xs, "lost")
        xs.append(x)
    return Walk(xs, "flat")


def bfgs_walk(objective: Objective, start: float) -> Walk:
    """In one variable: the slope's change over the last step stands for the curvature; halved until it goes down."""
    inverse = [1.0]

    def step(xs: list[float]) -> float:
        slope = slope_at(objective, xs[-1])
        if len(xs) > 1:
            change, move = slope - slope_at(objective, xs[-2]), xs[-1] - xs[-2]
            if change * move > 1e-10 * abs(change * move) + 1e-280:
                inverse[0] = move / change
        share, way, here = 1.0, -inverse[0] * slope, value_at(objective, xs[-1])
        for _ in range(30):
            if value_at(objective, xs[-1] + share * way) <= here + 1e-14 * abs(here) + 1e-4 * share * slope * way:
                break
            share /= 2
        return share * way

    return walked(objective, start, 100, step)


class Walks:
    """Newton's method, plain descent and BFGS on a function from one start, each worked out when it is asked for."""

    def __init__(self, objective: Objective, start: float) -> None:
        self.objective, self.start = objective, start

    @cached_property
    def newton(self) -> Walk:
        return walked(self.objective, self.start, 100, lambda xs: newton_step(self.objective, xs[-1]))

    @cached_property
    def plain(self) -> Walk:
        rate = suiting_rate(self.objective, [self.start], 100)
        return walked(self.objective, self.start, 1000, lambda xs: -rate * slope_at(self.objective, xs[-1]))

    @cached_property
    def bfgs(self) -> Walk:
        return bfgs_walk(self.objective, self.start)


@lru_cache(maxsize=8)
def walks(objective: Objective, start: float) -> Walks:
    return Walks(objective, start)


def of(one: Said) -> Walks:
    return walks(one.run.objective, float(one.run.points[0, 0]))


def rests(one: Said, at: int) -> bool:
    """Whether Newton's ball is where the slope is as good as zero, at its first place (0) or its last (-1)."""
    return level(of(one).objective, of(one).newton, at)


def there(one: Said) -> tuple[float, float]:
    """Value and slope of the curve where the first jump leads."""
    return value_at(of(one).objective, target(one)), slope_at(of(one).objective, target(one))


def level(objective: Objective, walk: Walk, at: int) -> bool:
    """Whether the slope there is as good as zero."""
    slope = abs(slope_at(objective, walk.xs[at]))
    return slope <= max(1.01e-6 * abs(slope_at(objective, walk.xs[0])), 1.01e-9 * steep(objective))


def hilltop(one: Said) -> bool:
    objective, newton = of(one).objective, of(one).newton
    return newton.why == "flat" and rough_bend(objective, newton.xs[-1]) < 0


def bends(one: Said) -> float:
    """The curvature at the start, of which the two ways to work it out must have the same sign."""
    objective, newton = of(one).objective, of(one).newton
    return bend_at(objective, newton.xs[0])


def arrives(one: Said) -> bool:
    """Whether Newton's method ends where the slope is as good as zero, and not on top of a hill."""
    objective, newton = of(one).objective, of(one).newton
    size = abs(rough_bend(objective, newton.xs[0]))
    return level(objective, newton, -1) and rough_bend(objective, newton.xs[-1]) > -2e-3 * size


def together(one: Said, other: Walk) -> bool:
    objective, newton = of(one).objective, of(one).newton
    low, high = objective.domain[0]
    return newton.why == other.why == "flat" and abs(newton.xs[-1] - other.xs[-1]) <= 2e-3 * (high - low)


def target(one: Said) -> float:
    objective, newton = of(one).objective, of(one).newton
    return newton.xs[0] + newton_step(objective, newton.xs[0])


def hump_step(x: float) -> float:
    return newton_step(HUMP, x)


def square(one: Said) -> bool:
    """Whether the curve is the parabola at its start."""
    objective, newton = of(one).objective, of(one).newton
    x0 = newton.xs[0]
    xs = np.linspace(*objective.domain[0], 41)
    values = np.array([value_at(objective, x) for x in xs])
    own = value_at(objective, x0) + slope_at(objective, x0) * (xs - x0) + bend_at(objective, x0) / 2 * (xs - x0) ** 2
    return bool(np.all(abs(values - own) <= 2e-6 * max(np.ptp(values), 1e-12 * abs(values).max())))


LEAST = 3.5  # the smallest curvature that the lesson's damping divides by
CLAIMS = {
    "The slope tells a ball which way to go. But how far? Take a guess!": lambda one: True,  # a question
    "Here, the slope is as good as zero. So there's no step to take.": lambda one: level(
        of(one).objective, of(one).newton, 0
    ),
    "Here, the curve doesn't bend. The best fit is a straight line, and a line has no bottom.": lambda one: (
        bends(one) == 0 and slope_at(of(one).objective, of(one).newton.xs[0]) != 0
    ),
    "One [parabola](run3) has the same height, slope and bend here. The bend is its curvature.": lambda one: (
        bends(one) != 0 and np.isfinite(bends(one))
    ),
    "Slope divided by curvature: that's how far away its bottom is.": lambda one: bends(one) > 0,
    "It opens downward. Slope divided by curvature is how far away its top is.": lambda one: bends(one) < 0,
    "So jump there, and fit again. That's Newton's method.": lambda one: of(one).newton.steps > 1,
    "So jump there? The curve has no value at that place.": lambda one: np.isnan(
        value_at(of(one).objective, target(one))
    ),
    "So jump there? The curve has no slope at that place.": lambda one: (
        np.isfinite(value_at(of(one).objective, target(one)))
        and not np.isfinite(slope_at(of(one).objective, target(one)))
    ),
    "So jump there? That's far off the map.": lambda one: (
        of(one).newton.steps == 0 and not abs(target(one)) <= 50 * max(1.0, abs(of(one).newton.xs[0]))
    ),
    "So jump there: far off the map.": lambda one: of(one).newton.steps == 1 and of(one).newton.why == "away",
    "So jump there. One jump further, the curve can't be followed.": lambda one: (
        of(one).newton.steps == 1 and of(one).newton.why == "lost"
    ),
    "So jump there: one step, and it's level. But this is a hilltop!": lambda one: (
        of(one).newton.steps == 1 and hilltop(one)
    ),
    "So jump there. The fit is the curve itself, so one step is enough.": lambda one: (
        of(one).newton.steps == 1 and arrives(one) and square(one)
    ),
    "So jump there: one step, and the slope is as good as zero.": lambda one: (
        of(one).newton.steps == 1 and arrives(one) and not square(one)
    ),
    "After only {steps}, the slope is as good as zero.": lambda one: (
        one.tells_count("steps", of(one).newton.steps) and arrives(one) and of(one).newton.steps < 10
    ),
    "After {steps}, the slope is as good as zero.": lambda one: (
        one.tells_count("steps", of(one).newton.steps) and arrives(one)
    ),
    "After {steps}, the slope is as good as zero. But this is a hilltop!": lambda one: (
        one.tells_count("steps", of(one).newton.steps) and hilltop(one)
    ),
    "Jump by jump, it leaves the map.": lambda one: of(one).newton.why == "away" and of(one).newton.steps > 1,
    "After {steps}, it still hasn't settled.": lambda one: (
        one.tells_count("steps", of(one).newton.steps) and of(one).newton.why == "limit" and not rests(one, -1)
    ),
    "Then it's stuck: one jump further, the curve can't be followed.": lambda one: of(one).newton.why == "lost",
    "From the same start, [plain descent](run5) takes {steps}.": lambda one: (
        one.tells_count("steps", of(one).plain.steps) and together(one, of(one).plain)
    ),
    "From the same start, [plain descent](run5) isn't there after {steps}.": lambda one: (
        one.tells_count("steps", of(one).plain.steps) and of(one).plain.why == "limit"
    ),
    "On a parabola, the fit is the curve itself: one step, and it's done.": lambda one: (
        newton_step(SURFACES["shifted-parabola"], 8.0) == -5.0
    ),
    "But here, the curve bends down. Where will Newton's method go?": lambda one: (
        rough_bend(HUMP, 0.45) < 0 and (not bends(one) < 0 or rests(one, 0))
    ),
    "Here, the curve bends down, too. Where will Newton's method go?": lambda one: (
        rough_bend(HUMP, 0.45) < 0 and bends(one) < 0
    ),
    "Its [parabola](run3) opens downward, so the ball jumps up: to a hilltop!": lambda one: (
        value_at(HUMP, 0.45) < value_at(HUMP, 0.45 + hump_step(0.45)) <= value_at(HUMP, hump_root())
    ),
    "The cure: drop the curvature's minus. The parabola flips, and the ball goes down.": lambda one: (
        value_at(HUMP, 0.45 + slope_at(HUMP, 0.45) / min(bend_at(HUMP, 0.45), -LEAST)) < value_at(HUMP, 0.45)
    ),
    "Where it hardly bends, slope divided by almost nothing is a giant leap.": lambda one: (
        abs(rough_bend(HUMP, 0.75)) < 0.1 * rough_bend(HUMP, 1.13) and hump_step(0.75) > 2
    ),
    "So we never divide by too little: that's damping. The step stays short.": lambda one: (
        abs(slope_at(HUMP, 0.75)) / LEAST < 0.25 * hump_step(0.75)
    ),
    "Why not always use it? Each parameter has one slope, but each pair has a [curvature](run3).": (
        lambda one: True  # a law
    ),
    "A million slopes come with a million million [curvatures](run3).": lambda one: (10**6) ** 2 == 10**12,
    "[BFGS](run6) strikes a bargain: it guesses curvature from slopes it has seen.": lambda one: True,  # a law
    "Here, [BFGS](run6) takes {steps}.": lambda one: (
        one.tells_count("steps", of(one).bfgs.steps) and together(one, of(one).bfgs)
    ),
    "Curvature says how far, but it's dear. So how does a network learn?": lambda one: True,  # a moral
    "Fit a parabola, jump to where it's level.": lambda one: bends(one) != 0,
    "No bend, no parabola, no step.": lambda one: bends(one) == 0 and of(one).newton.steps == 0,
    "No slope, no step.": lambda one: rests(one, 0),
    "On {curve}, Newton's method takes no step from {name} {start}.": lambda one: of(one).newton.steps == 0,
    "On {curve}, Newton's method takes {steps} from {name} {start} to {end}.": lambda one: told_way(one),
    "On {curve}, Newton's method takes {steps} from {name} {start} to {end}. Plain descent takes {plain}.": (
        lambda one: told_way(one) and one.tells_count("plain", of(one).plain.steps) and together(one, of(one).plain)
    ),
}


def hump_root() -> float:
    """The top of the hump: where its slope changes sign from plus to minus."""
    low, high = 0.0, 0.5
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if slope_at(HUMP, middle) > 0 else (low, middle)
    return low


def told_way(one: Said) -> bool:
    """Whether the steps and both places are Newton's."""
    newton = of(one).newton
    places = [one.values[name].replace("\u00a0", " ") for name in ("start", "end")]
    right = [told(text[2:], x) for text, x in zip(places, (newton.xs[0], newton.xs[-1]))]
    return one.tells_count("steps", newton.steps) and all(right)


@pytest.mark.parametrize("function", [None, *FUNCTIONS, *MORE])
def test_every_sentence_is_true(function):
    """On curves of all kinds, from many places: each sentence is known here, and runs worked out here bear it out."""
    found, refused = [], 0
    for start in (*STARTS, *(ODD if function in (None, "sin(x)", "x**4") else ())):
        words = {"function": function, "start": start}
        try:
            runs_of(LESSONS["newton"], RenderSpec("newton", **words))
        except ValueError:
            refused += 1
            continue
        found += faults("newton", words, CLAIMS)
    assert found == []
    assert refused <= 4  # a place without a value or a slope


def test_every_sentence_is_said_somewhere():
    """No sentence of the claims is dead: together, these few films say nearly all of them."""
    asked: list[dict[str, Any]] = [{}, {"function": "sin(x)", "start": (2.6,)}, {"function": "x"}, {"start": (1.0,)}]
    asked += [{"function": text} for text in ("x**4", "log(x)", "x**2 + abs(x)", "exp(x)", "x**2", "-x**2")]
    asked += [{"function": "x**2", "start": (0.0,)}, {"function": "x**1.001"}]
    heard = {one.template for words in asked for one in said("newton", words)}

    assert len(set(CLAIMS) - heard) <= 8


def test_captions_are_short():
    """A sentence takes two captions at most."""
    for words in ({}, {"function": "sin(x)", "start": (2.6,)}, {"function": "x"}):
        lesson = LESSONS["newton"]
        for beat in lesson.script(runs_of(lesson, RenderSpec("newton", **words))):
            assert len(caption_cards(beat.sentence)) <= 2, beat.plain


@pytest.mark.parametrize("words", [{"function": "x"}, {"function": "x**2", "start": (0.0,)}, {"function": "-x**2"}])
def test_an_odd_film_moves_and_collides_with_nothing(words):
    """Without a slope, without a bend, and on a hill: no stillness above four seconds, every number and ball right."""
    film = Film("newton", "9:16", **words)

    assert max(still_seconds(film)) <= 4.0
    for frame in film.ends():
        assert [*wrong_numbers(film, frame), *misplaced_balls(film, frame), *clashes(film, frame)] == []


@pytest.fixture(scope="module", params=["16:9", "9:16"])
def film(request) -> Film:
    """The narrated film, wide and tall."""
    return Film("newton", request.param)


def shown(film: Film, frame: int, quantity: str) -> list[Mark]:
    """The visible marks that stand for a quantity."""
    marks = film.stage.marks(frame)
    return [mark for mark in marks if mark.shows and mark.shows.quantity == quantity and mark.opacity > 0.5]


def units(film: Film, frame: int, points: np.ndarray) -> np.ndarray:
    """Frame points (n, 2) in the units that the axes' numbers say."""
    scales = [axes(film, frame, axis) for axis in (0, 1)]
    return np.column_stack([offset + slope * points[:, axis] for axis, (offset, slope) in enumerate(scales)])


def test_each_fit_is_the_parabola_of_its_place(film):
    """Each dashed line has the curve's height, slope and bend at the ball, read off the axes; damped, a larger bend."""
    seen = set()
    for frame in range(0, film.frames, 6):
        for quantity in ("fit", "damped fit"):
            for mark in shown(film, frame, quantity):
                if axes(film, frame, 0) is None or axes(film, frame, 1) is None:
                    continue
                run, step = film.runs[mark.shows.run], mark.shows.step
                x0, bend = float(run.points[step, 0]), rough_bend(run.objective, float(run.points[step, 0]))
                if quantity == "damped fit":
                    bend = max(abs(bend), LEAST)
                x, y = units(film, frame, mark.points).T
                true = run.losses[step] + run.gradients[step, 0] * (x - x0) + bend / 2 * (x - x0) ** 2
                _, up = axes(film, frame, 1)
                assert np.all(abs(true - y) <= 0.06 * up + 1e-5 * abs(true)), (frame, mark.shows)
                assert mark.colour == film.theme.concept("run3")
                assert mark.dash
                seen.add((quantity, mark.shows.run))

    assert seen >= {("fit", 0), ("fit", 3), ("fit", 4), ("fit", 6), ("damped fit", 5), ("damped fit", 7)}


def test_each_tip_is_the_next_point(film):
    """The dot where a parabola is level stands over the place to which the ball jumps next."""
    seen = set()
    for frame in range(0, film.frames, 4):
        if axes(film, frame, 0) is None:
            continue
        offset, across = axes(film, frame, 0)
        for mark in (*shown(film, frame, "fit tip"), *shown(film, frame, "damped tip")):
            index, step, damped = mark.shows.run, mark.shows.step, mark.shows.quantity == "damped tip"
            run = film.runs[index]
            if step < run.steps:
                # Before it is damped, the parabola of a damped run is that of the run without damping.
                true = run if damped or index not in (5, 7) else film.runs[index - 1]
                assert abs(offset + across * mark.centre[0] - true.points[step + 1, 0]) <= 0.03 * across
                seen.add((index, damped))

    assert seen >= {(0, False), (3, False), (4, False), (5, False), (5, True), (6, False), (7, True)}


def test_the_ball_rests_on_the_hilltop_and_the_cured_ones_in_the_valley(film):
    """The fifth run's last place is the top of the hump; from both starts, damping leads to the valley."""
    ends = [float(film.runs[index].points[-1, 0]) for index in (4, 5, 7)]
    film_ends = {mark.shows.run for frame in film.ends() for mark in shown(film, frame, "point") if mark.shows.step}

    assert np.allclose(ends, [hump_root(), 1.1309011, 1.1309011], atol=1e-5)
    assert {4, 5, 6, 7} <= film_ends


def test_the_giant_leap_stays_in_the_picture(film):
    """While the ball leaps off, the camera is out far enough: its disc is in the plane's box in every frame."""
    moving = [
        frame
        for frame in range(film.frames)
        if 0.05 < film.timeline.value(("run7", "progress"), frame)[0] < 1
        and film.timeline.value(("ball7", "shown"), frame)[0] == 1
    ]
    assert len(moving) > 9
    for frame in moving:
        discs = [mark for mark in film.stage.marks(frame) if isinstance(mark, Disc) and mark.rim and mark.shows]
        (ball,) = [disc for disc in discs if disc.shows.run == 6]
        x, y = ball.centre
        hero = film.setting.composition.hero(0.0, 0.0)
        assert hero.left <= x <= hero.right
        assert hero.bottom <= y <= hero.top


def test_the_tally_counts_each_run_in_its_colour(film):
    """At the end: Newton, BFGS and plain descent, each with its own steps, name and number in one colour."""
    own = walks(film.runs[0].objective, 2.4)
    last = film.frames - 1
    names = {mark.shows.run: mark for mark in shown(film, last, "run name")}
    counts = {mark.shows.run: mark for mark in shown(film, last, "tally")}

    assert [names[index].text for index in range(3)] == ["Newton", "plain", "BFGS"]
    assert [int(read(counts[index].text)[0]) for index in range(3)] == [
        one.steps for one in (own.newton, own.plain, own.bfgs)
    ]
    for index, concept in enumerate(("run3", "run5", "run6")):
        assert names[index].colour == counts[index].colour == film.theme.concept(concept)
    discs = [mark for mark in film.stage.marks(last) if isinstance(mark, Disc) and mark.shows and mark.rim]
    assert {mark.colour for mark in discs} == {film.theme.concept(one) for one in ("run3", "run5", "run6")}


def test_the_cells_are_as_many_as_the_numbers_say(film):
    """n cells of slopes, n × n of equal cells of curvatures, in the frame; a million in the end, and its square."""
    texts = set()
    for frame in range(0, film.frames, 3):
        columns, squares = shown(film, frame, "slope cells"), shown(film, frame, "curvature cells")
        for column, square in zip(columns, squares):
            assert isinstance(column, Area)
            assert film.composition.frame.holds(column.box)
            assert film.composition.frame.holds(square.box)
            n = column.shows.step
            assert square.box.width / column.box.width == pytest.approx(n)
            assert square.box.height == pytest.approx(square.box.width)
            assert column.box.height == pytest.approx(square.box.height)
        for power, word in ((1, "slopes"), (2, "curvatures")):
            for mark in shown(film, frame, f"{word} number"):
                value, slack = read(mark.text)
                assert abs(value - float(mark.shows.step) ** power) <= slack
                texts.add((word, value))

    assert {("slopes", 8.0), ("curvatures", 64.0), ("slopes", 1e6), ("curvatures", 1e12)} <= texts


def test_the_rule_is_put_in_numbers(film):
    """x − f′ / f″ is the next point: the four numbers in the strip, once they have arrived."""
    frame = film.ends()[2]
    found = {mark.shows.quantity: read(mark.text.strip("()"))[0] for mark in film.stage.words(frame) if mark.shows}

    assert found["point"] - found["slope"] / found["second slope"] == pytest.approx(found["next point"], abs=0.01)


def test_a_function_of_two_variables_is_refused():
    """One line says what works."""
    with pytest.raises(ValueError, match="one variable"):
        runs_of(LESSONS["newton"], RenderSpec("newton", function="x**2 + y**2"))
