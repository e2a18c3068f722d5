"""Why the minus: every sentence is true of its runs, and every arrow, sign and number on screen is what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import numpy as np
import pytest

from gdsim import Trajectory
from scenes.catalogue import LESSONS
from scenes.runs import runs_of
from scenes.script.captions import caption_cards
from scenes.script.window import first_window
from scenes.spec import RenderSpec
from scenes.stage.area_marks import Disc
from scenes.stage.line_marks import ArrowMark, Stroke
from scenes.stage.marks import Text

from .sentences import Check, Said, faults
from .test_parabola import FUNCTIONS
from .truth import Film, axes, misplaced_balls, read, wrong_numbers

MORE = ("tanh(x)", "cos(x)", "x**2 + 2*sin(3*x)", "1/x**2", "-(x - 1)**2")
RATES = (None, 1e-3, 0.3, 1.0, 10.0)
ODD: list[dict[str, object]] = [{"start": (at,)} for at in (3.0, 3.0000001, -4.0, 1e6, 2.9)]
ODD += [{"steps": steps} for steps in (0, 1, 2, 3, 200)]
ODD += [{"learning_rate": rate} for rate in (0.01, 0.5, 0.999999, 1.0000001, 1.05, 1e6, 1e300)]
ODD += [{"learning_rate": 0.01, "steps": 150}, {"start": (-4.0,), "learning_rate": 0.9}]
TOPS: list[dict[str, object]] = [
    {"function": "-x**2", "start": (2.0,), "learning_rate": rate, "steps": steps}
    for rate, steps in ((0.3, 40), (0.5, 5), (0.1, 6), (1.2, 6), (0.9, 4))
]
TOPS += [{"function": "-x**2", "start": (0.0,)}, {"function": "x**3", "start": (0.0,)}]
TOPS += [{"function": "tanh(x)", "start": (0.5,), "learning_rate": 1.0, "steps": 10_000}]
TOPS += [{"function": "sin(x)", "start": (4.0,), "learning_rate": rate} for rate in (0.5, 4.0)]


def value(run: Trajectory, x: float) -> float:
    with np.errstate(all="ignore"):
        return float(np.asarray(run.objective.value(np.array([x]))))


def slope(run: Trajectory, x: float) -> float:
    with np.errstate(all="ignore"):
        return float(np.asarray(run.objective.gradient(np.array([x])))[0])


def xs(run: Trajectory) -> np.ndarray:
    return run.points[:, 0]


def moves(run: Trajectory) -> np.ndarray:
    return np.diff(xs(run))


def grows(values: np.ndarray, slack: float = 0.0) -> bool:
    return bool(np.all(values[1:] > values[:-1] * (1 + slack)))


def goes_up(run: Trajectory) -> bool:
    """Whether its moves have the sign of the slopes: the bug."""
    return bool(run.steps and moves(run)[0] * run.gradients[0, 0] > 0)


class Told:
    """The runs of a film, told apart by what they do."""

    def __init__(self, words: Mapping[str, object]) -> None:
        self.runs = runs_of(LESSONS["direction"], RenderSpec("direction", **words))
        self.main = self.runs[0]
        rest = self.runs[1:]
        self.bug = next((one for one in rest if goes_up(one)), None)
        self.bottom = next((one for one in rest if not one.steps and abs(one.gradients[0, 0]) < 1e-7), None)
        self.sides = [one for one in self.runs if one is not self.bug and one is not self.bottom]
        domain = self.main.objective.domain[0]
        ends = (*domain, *(xs(one)[0] for one in self.sides))
        self.low, self.high = float(min(ends)), float(max(ends))
        self.span = self.high - self.low

    def on(self, right: bool) -> Trajectory | None:
        """The ball on the slope that rises to the right, or on the one that falls."""
        return next((one for one in self.sides if (one.gradients[0, 0] > 0) == right and one.gradients[0, 0]), None)

    def uphill(self, right: bool) -> bool:
        """Whether it gets higher a little further right, or left, of that ball."""
        one = self.on(right)
        if one is None:
            return False
        x = float(xs(one)[0])
        small = 1e-6 * max(1.0, abs(x))
        return value(one, x + (small if right else -small)) > value(one, x)

    def beside_a_minimum(self, right: bool) -> bool:
        """Whether, from that ball, the slope keeps its sign down to a place where it turns: a minimum."""
        one = self.on(right)
        if one is None:
            return False
        x, edge = float(xs(one)[0]), self.low if right else self.high
        way = np.linspace(x, edge, 20_001)
        with np.errstate(all="ignore"):
            signs = np.sign(np.asarray(one.objective.gradient(way[:, None]))[:, 0])
        turned = np.flatnonzero(signs != signs[0])
        return len(turned) > 0 and bool(np.isfinite(signs[: turned[0]]).all())

    def flip(self, right: bool, lower: bool | None, seen: bool) -> bool:
        """Whether that ball's first step goes against the slope; lower: or lands no lower; seen: or is tiny."""
        one = self.on(right)
        if one is None or not one.steps:
            return False
        step = moves(one)[0]
        there = first_window(self.sides)
        share = abs(step) / (there[1] - there[0])
        against = step < 0 if right else step > 0
        held = lower is None or (one.losses[1] < one.losses[0]) == lower
        return bool((against or share < 1e-9) and held and (share > 0.0015 if seen else share < 0.003))

    def factors(self) -> np.ndarray:
        """How much further from its minimum each step of the bug lands, on a parabola."""
        assert self.bug is not None
        low = next(one.point[0] for one in self.main.objective.minima)
        return (xs(self.bug)[1:] - low) / (xs(self.bug)[:-1] - low)


def claims(words: Mapping[str, object]) -> dict[str, Check]:
    """For each template, whether it is true of the runs that these words make."""
    told = Told(words)
    bug, main = told.bug, told.main
    up = bug is not None and grows(bug.losses)
    lengths = np.abs(moves(bug)) if bug is not None else np.empty(0)
    steep = np.abs(bug.gradients[:, 0]) if bug is not None else np.empty(0)
    level = main.gradients[0, 0] == 0
    rests = bug is not None and abs(bug.gradients[-1, 0]) < 1e-6
    down = main.steps > 0 and grows(-main.losses)
    plan: dict[str, bool] = {
        "This one line of code is gradient descent. Here, the gradient is the slope. But why the minus?": True,  # a law
        "Right of the minimum, the curve rises: its slope is positive.": told.beside_a_minimum(True),
        "Left of the minimum, the curve falls: its slope is negative.": told.beside_a_minimum(False),
        "Here, the curve rises to the right: its slope is positive.": main.gradients[0, 0] > 0,
        "Here, the curve falls to the right: its slope is negative.": main.gradients[0, 0] < 0,
        "A positive gradient points to the right. And that's uphill.": told.uphill(True),
        "A negative gradient points to the left. And that's uphill.": told.uphill(False),
        "A positive gradient points to the right. And that's uphill, too.": told.uphill(True) and told.uphill(False),
        "A negative gradient points to the left. And that's uphill, too.": told.uphill(True) and told.uphill(False),
        "The minus flips it to the left: downhill.": not main.steps and told.uphill(True),
        "Minus times minus is plus, so it flips to the right: downhill.": not main.steps and told.uphill(False),
        "The minus flips it, so we step left: downhill.": told.flip(True, True, True),
        "Minus times minus is plus, so we step right: downhill.": told.flip(False, True, True),
        "The minus flips it, so we step left, by less than you can see here.": told.flip(True, None, False),
        "Minus times minus is plus, so we step right, by less than you can see here.": told.flip(False, None, False),
        "The minus flips it, so we step left, but so far that we land no lower.": told.flip(True, False, True),
        "Minus times minus is plus: we step right, but so far that we land no lower.": told.flip(False, False, True),
        "At the bottom, the slope is zero. Nothing to flip, no step: the ball rests.": told.bottom is not None
        and told.bottom.gradients[0, 0] == 0
        and bottom(told.bottom),
        "At the bottom, the slope is as good as zero. Nothing to flip: the ball rests.": told.bottom is not None
        and 0 < abs(told.bottom.gradients[0, 0]) < 1e-7
        and bottom(told.bottom),
        "Here, the slope is zero. Nothing to flip, no step: the ball rests.": level and not main.steps,
        "With a plus, it's the same: plus zero is no step, either.": level,
        "Now a classic [bug](run5): a plus slips in where the minus should be.": bug is not None,
        "Same start, same rate. Where will it go? Take a guess.": bug is not None
        and xs(bug)[0] == xs(main)[0]
        and set(bug.learning_rates.tolist()) <= set(main.learning_rates.tolist()),
        "It sets out uphill, then leaps right across a top.": bug is not None and not up and crosses(bug),
        "It heads uphill.": bug is not None,
        "It climbs all the way to a top, and there it rests.": up and rests and bug is not None and topped(bug),
        "It climbs, until the slope is as good as zero. There it rests.": up and rests,
        "It climbs: the very first step goes up.": up and len(lengths) == 1,
        "It climbs! And each step is longer than the one before.": up and len(lengths) > 1 and grows(lengths),
        "It climbs. Its steps get shorter, but every one of them goes up.": up and grows(-lengths),
        "It climbs, step by step, and all the steps are equally long.": up
        and np.allclose(lengths, lengths[0], rtol=1e-8),
        "It climbs: every single step goes up.": up,
        "Each one lands where the slope is steeper, so the next is even longer.": grows(steep) and grows(lengths),
        "The slope flattens on the way up, so each step is shorter than the one before.": up
        and grows(-steep[:-1])
        and grows(-lengths),
        "Step after step, it follows the slope the wrong way.": bug is not None
        and bool(np.all(moves(bug) * bug.gradients[:-1, 0] >= 0)),
        "Put the minus back, and the ball comes down.": down,
        "Put the minus back, and the ball ends lower than it began.": main.losses[-1] < main.losses[0],
        "Put the minus back. Now the sign is right, but these steps are too long.": main.losses[-1] >= main.losses[0]
        and main.steps > 0
        and grows(-shorter(main)),
        "Put the minus back, and the ball heads downhill again.": main.losses[-1] >= main.losses[0],
        "The gradient points uphill, everywhere. The minus turns it downhill.": True,  # a law
        "So we know which way to go. But what if you can't see where it leads?": True,  # a question
        "Minus: the ball goes down.": down,
        "Minus: the ball heads downhill.": not level,
        "Plus: the [ball](run5) climbs.": up,
        "Plus: the [ball](run5) heads uphill.": not level,
        "No slope, no step.": level and not main.steps,
    }
    checks: dict[str, Check] = {template: always(held) for template, held in plan.items()}
    checks["Every step multiplies the distance from the minimum by {factor}."] = lambda one: (
        all(one.tells("factor", factor) for factor in told.factors()) and one.number("factor") > 1
    )
    checks["{words} With a plus for the minus, it ends at {name} {place}."] = lambda one: (
        bug is not None and one.tells_place(float(xs(bug)[-1]), -1)
    )
    checks["{words}"] = always(bug is None)
    return checks


def always(held: bool) -> Callable[[Said], bool]:
    return lambda one: bool(held)


def bottom(run: Trajectory) -> bool:
    """Whether it is higher on both sides."""
    x = float(xs(run)[0])
    low, high = run.objective.domain[0]
    return all(value(run, x + way * 1e-3 * (high - low)) > value(run, x) for way in (-1, 1))


def topped(bug: Trajectory) -> bool:
    """Whether it is lower on both sides of where it ends."""
    x = float(xs(bug)[-1])
    return all(value(bug, x + way * 0.01) < value(bug, x) for way in (-1, 1))


def crosses(bug: Trajectory) -> bool:
    """Whether the slope changes its sign from one of its places to the next, and it lands lower somewhere."""
    signs = np.sign(bug.gradients[:, 0])
    return bool(np.any(signs[1:] * signs[:-1] < 0) and np.any(np.diff(bug.losses) < 0))


def shorter(main: Trajectory) -> np.ndarray:
    """The losses before and after a tiny step in the direction of its first one."""
    x, way = float(xs(main)[0]), float(np.sign(moves(main)[0]))
    return np.array([value(main, x), value(main, x + way * 1e-5 * max(1.0, abs(x)))])


def sweep(words: Mapping[str, object]) -> list[str]:
    try:
        runs_of(LESSONS["direction"], RenderSpec("direction", **words))
    except ValueError:
        return []
    return list(faults("direction", words, claims(words)))


@pytest.mark.parametrize("function", [None, *FUNCTIONS, *MORE])
def test_every_sentence_is_true(function):
    """On curves of all kinds, at five rates and two places: each sentence is known here, and the runs bear it out."""
    start = None if function is None else (0.7,)
    found = [sweep({"function": function, "learning_rate": rate}) for rate in RATES]
    found += [sweep({"function": function, "start": start, "learning_rate": rate}) for rate in (None, 0.05)]
    assert [fault for one in found for fault in one] == []


@pytest.mark.parametrize("words", [*ODD, *TOPS], ids=str)
def test_odd_runs_are_told_truly(words):
    """At the minimum, next to it, far away, with no step or many, at tiny and huge rates, at and towards tops."""
    assert sweep(words) == []


def test_a_false_sentence_is_found():
    """The check of sentences sees one that is false: at a rate of 1.05, no step lands lower."""
    held = claims({"learning_rate": 1.05})
    assert [fault for fault in faults("direction", {}, held) if fault.startswith("false")]


@pytest.mark.parametrize("words", [{}, {"learning_rate": 1.05}, {"learning_rate": 1e-3}, *TOPS[:3]], ids=str)
def test_captions_are_short(words):
    """A sentence takes two captions at most, a loop's one line."""
    lesson = LESSONS["direction"]
    runs = runs_of(lesson, RenderSpec("direction", **words))
    assert all(len(caption_cards(beat.sentence)) <= 2 for beat in lesson.script(runs))
    assert all(len(cards) == 1 for beat in lesson.loop(runs) for cards in caption_cards(beat.sentence))


def test_the_runs_are_the_articles():
    """x = 8 and its mirror x = −2 with slopes ±10, the bottom at 3, and the bug: 3 + 5 · 1.2ᵏ."""
    told = Told({})
    assert xs(told.main)[:2] == pytest.approx([8, 7])
    assert [run.gradients[0, 0] for run in told.runs[:3]] == pytest.approx([10, -10, 0])
    assert [run.points[0, 0] for run in told.runs[:3]] == pytest.approx([8, -2, 3])
    assert told.bottom is not None
    assert told.bottom.steps == 0
    assert told.bug is not None
    assert xs(told.bug) == pytest.approx(3 + 5 * 1.2 ** np.arange(7))
    assert told.bug.learning_rates == pytest.approx([0.1] * 6)


@pytest.mark.parametrize("words", [{}, {"function": "x**2", "start": (5.0,)}, {"function": "x**2", "start": (-3.0,)}])
def test_the_bug_is_the_minus_turned(words):
    """Step by step: the bug adds what plain descent takes away."""
    for run in Told(words).runs:
        for step in range(run.steps):
            change = float(run.learning_rates[step]) * slope(run, float(xs(run)[step]))
            assert xs(run)[step + 1] == pytest.approx(xs(run)[step] + (change if goes_up(run) else -change))


FILMS = [
    ("16:9", ()),
    ("9:16", ()),
    ("1:1", (("theme", "light"),)),
    ("16:9", (("learning_rate", 1e-3),)),
    ("16:9", (("learning_rate", 1.05),)),
    ("16:9", (("start", (-4.0,)),)),
    ("16:9", (("function", "sin(x)"),)),
    ("16:9", (("function", "abs(x)"),)),
    ("1:1", (("function", "-x**2"), ("start", (2.0,)))),
]


@cache
def made(aspect: str, words: tuple[tuple[str, object], ...]) -> Film:
    return Film("direction", aspect, **dict(words))


@pytest.fixture(params=FILMS, ids=str)
def film(request) -> Film:
    """The film in its shapes and themes, and some other runs."""
    return made(*request.param)


def sampled(film: Film) -> list[int]:
    return sorted({*range(0, film.frames, 6), *film.ends()})


def in_units(scales, place) -> np.ndarray:
    """A place of the frame in the axes' own numbers."""
    return np.array([offset + slope * at for (offset, slope), at in zip(scales, place)])


def test_other_runs_are_drawn_truly(film):
    """Numbers and balls of odd runs are the run's own, too."""
    assert [fault for frame in sampled(film)[::3] for fault in wrong_numbers(film, frame)] == []
    assert [fault for frame in sampled(film)[::3] for fault in misplaced_balls(film, frame)] == []


def test_every_arrow_points_up_or_down_the_curve(film):
    """An arrow is on the curve and along its tangent: in the slope's colour uphill, in the step's downhill.

    On its way from one to the other it is above the curve.
    """
    seen = set()
    for frame in sampled(film):
        arrows = [mark for mark in film.stage.marks(frame) if isinstance(mark, ArrowMark) and mark.shows]
        scales = (axes(film, frame, 0), axes(film, frame, 1)) if arrows else (None, None)
        for mark in arrows if None not in scales else ():
            told = mark.shows.quantity
            if mark.opacity < 0.5 or mark.length < 0.1:
                continue
            tail, head = (in_units(scales, place) for place in (mark.tail, mark.head))
            run = film.runs[mark.shows.run]
            if told == "turning":
                over = (head - tail)[1] - slope(run, tail[0]) * (head - tail)[0]
                assert over > -0.1 * abs(scales[1][1])  # above the tangent, where a valley has room
                continue
            assert value(run, tail[0]) == pytest.approx(tail[1], abs=0.08 * abs(scales[1][1]))
            if not told.startswith("field"):
                assert tail[0] == pytest.approx(xs(run)[mark.shows.step], abs=0.08 * abs(scales[0][1]))
            across, up = head - tail
            steep = slope(run, tail[0])
            assert across * steep > 0 if told.endswith("uphill") else across * steep < 0
            assert up > 0 if told.endswith("uphill") else up < 0
            assert up / across == pytest.approx(steep, rel=0.08, abs=0.08)
            assert mark.colour == (film.theme.slope if told.endswith("uphill") else film.theme.step)
            seen.add(told)
    assert {"uphill", "downhill", "field uphill", "field downhill"} <= seen


def test_slopes_bear_their_sign(film):
    """`+10` and `−10`: a slope's number has its own sign, never the flipped one."""
    for frame in sampled(film):
        for mark in film.stage.words(frame):
            if mark.shows and mark.shows.quantity == "slope":
                true = float(film.runs[mark.shows.run].gradients[mark.shows.step, 0])
                assert read(mark.text)[0] * true > 0 or true == 0 == read(mark.text)[0]
                assert mark.text[0] == ("+" if true > 0 else "−" if true < 0 else "0")


def bug_of(film: Film) -> int:
    return next(index for index, run in enumerate(film.runs) if goes_up(run))


def sign(film: Film, frame: int) -> float:
    """How much of a plus the code's sign is: the height of its upright stroke over the width of the other one."""
    strokes = {mark.shows.quantity: mark for mark in film.stage.marks(frame) if isinstance(mark, Stroke) and mark.shows}
    if "plus" not in strokes:
        return 0.0
    assert "minus" in strokes
    return float(np.ptp(strokes["plus"].points[:, 1]) / np.ptp(strokes["minus"].points[:, 0]))


def test_the_plus_stands_there_while_the_bug_runs(film):
    """The wrong ball moves under a plus in its own colour, and the right ones under a minus."""
    wrong = bug_of(film)
    moved = set()
    for frame in sampled(film):
        for mark in film.stage.marks(frame):
            if not isinstance(mark, Disc) or not mark.shows or mark.shows.quantity != "point" or mark.opacity < 0.6:
                continue
            bug = mark.shows.run == wrong
            assert mark.colour == (film.theme.concept("run5") if bug else film.theme.ball)
            if mark.shows.step is None:
                assert sign(film, frame) == pytest.approx(1.0 if bug else 0.0)
                moved.add(bug)
    assert moved == {True, False} or film.runs[0].learning_rates[0] > 1  # too fast to be seen every half second
    assert sign(film, film.frames - 1) == 0


def test_the_number_lands_below_its_word(film):
    """The slope that flew into the code ends below `gradient`, inside the word's width."""
    landed = 0
    for frame in film.ends():
        marks = [(name, mark) for name, mark, _ in film.stage.boxes(frame) if isinstance(mark, Text)]
        words = [mark.box for name, mark in marks if name == "code" and mark.text == "gradient"]
        for name, mark in marks:
            if name.startswith("figure") and mark.opacity == 1:
                (word,) = words
                assert word.left <= mark.box.centre[0] <= word.right
                assert mark.box.centre[1] < word.bottom + 0.1 * word.height
                landed += 1
    assert landed >= 2


def test_the_code_is_a_line_of_python():
    """Read from left to right, with its sign in the gap: x = x lr * gradient."""
    film = made("16:9", ())
    for frame, expected in ((film.ends()[1], "−"), (film.ends()[9], "+")):
        marks = [mark for name, mark, _ in film.stage.boxes(frame) if name == "code" and isinstance(mark, Text)]
        code = sorted((mark.left, mark.text) for mark in marks)
        assert " ".join(text for _, text in code) == "x = x lr * gradient"
        (minus,) = [m for m in film.stage.marks(frame) if m.shows is not None and m.shows.quantity == "minus"]
        assert code[2][0] < minus.points[:, 0].mean() < code[3][0]
        assert sign(film, frame) == (0 if expected == "−" else pytest.approx(1.0))


def test_the_camera_follows_the_bug():
    """At the end of each of its beats the wrong ball is a ball in the picture, further up and further away."""
    film = made("16:9", ())
    heights = []
    for timed in film.beats:
        if timed.beat.chapter == "The bug":
            balls = [
                mark
                for mark in film.stage.marks(timed.end - 1)
                if isinstance(mark, Disc) and mark.shows and mark.shows == type(mark.shows)("point", 3, mark.shows.step)
            ]
            assert len(balls) == 1
            heights.append(film.runs[3].losses[balls[0].shows.step])
    assert heights == sorted(heights)
    assert heights[0] == 25
    assert heights[-1] == film.runs[3].losses[-1]


def test_the_distance_on_the_bar_is_the_bugs():
    """The bar's number is the distance from the minimum to the wrong ball: 5 · 1.2⁶."""
    film = made("16:9", ())
    told = [
        (mark.text, mark.shows.run, mark.shows.step)
        for frame in film.ends()
        for mark in film.stage.words(frame)
        if mark.shows and mark.shows.quantity == "offset"
    ]
    assert {run for _, run, _ in told} == {3}
    assert all(abs(read(text)[0] - 5 * 1.2**step) <= read(text)[1] for text, _, step in told)


@pytest.mark.parametrize("words", [{"optimiser": "adam"}, {"schedule": "cosine"}, {"settings": (("decay", "1"),)}])
def test_other_methods_are_refused(words):
    """The lesson is about the sign in plain descent: it takes no method, schedule or setting."""
    with pytest.raises(ValueError, match="direction takes no --") as refused:
        runs_of(LESSONS["direction"], RenderSpec("direction", **words))
    assert "\n" not in str(refused.value)
