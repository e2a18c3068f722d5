"""The film about momentum: what it says and shows, held against runs computed here, step by step."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pytest

from gdsim import SURFACES, Objective
from scenes.catalogue import LESSONS
from scenes.runs import runs_of
from scenes.script.transcript import transcript
from scenes.spec import RenderSpec
from scenes.stage.area_marks import Disc
from scenes.stage.line_marks import ArrowMark, Ring, Stroke
from scenes.stage.marks import Text
from scenes.stage.part import Now

from .sentences import Said, said
from .truth import Film, end_of, read, shown

LESSON = LESSONS["momentum"]
RATES = [float(rate) for rate in np.geomspace(1e-3, 10, 18)] + [0.095, 0.0999, 0.1, 0.14, 0.1499]
DECAYS = ("0", "0.1", "0.45", "0.7", "0.9", "0.95", "0.999")
ODD = (
    "x**2 - y**2",
    "-x**2 - y**2",
    "sin(x)*cos(y)",
    "1e6*(x**2 + 30*y**2)",
    "(x**2 + 30*y**2)/1e6",
    "exp(x) + y**2",
    "abs(x) + abs(y)",
    "1/(x**2 + y**2)",
    "log(x) + y**2",
    "x + y",
    "x**2 + 5*x*y + 8*y**2",
    "rosenbrock",
    "beale",
    "booth",
    "bowl",
    "elongated-bowl",
    "three-hump-camel",
    "plateau-2d",
)
STARTS = ((0.0, 0.0), (4.0, 0.0), (0.0, 1.0), (0.05, 1.0), (1e-7, 1e-7), (-1000.0, 2.0), (3.0, -2.0))
ASKED: list[dict[str, Any]] = [
    *({"learning_rate": rate} for rate in RATES),
    *({"settings": (("decay", decay),)} for decay in DECAYS),
    *({"settings": (("decay", "0.9"),), "learning_rate": rate} for rate in (0.002, 0.02, 0.12, 0.18)),
    *({"function": text} for text in ODD),
    *({"function": text, "learning_rate": rate} for text in ODD[:3] + ODD[-7:] for rate in (0.001, 0.3)),
    *({"function": "bowl", "learning_rate": rate} for rate in (0.5, 1.0, 1.2)),
    *(
        {"start": start}
        for start in ((0.0, 0.0), (4.0, 0.0), (0.0, 1.0), (0.05, 1.0), (1e-7, 1e-7), (-1000.0, 2.0), (3.0, -2.0))
    ),
    *({"steps": steps} for steps in (0, 1, 2, 3, 400)),
    {"learning_rate": 1e308},
]


class Run(NamedTuple):
    """One run, computed here: points, losses and gradients after each step."""

    points: np.ndarray
    losses: np.ndarray
    gradients: np.ndarray

    @property
    def steps(self) -> int:
        return len(self.losses) - 1


def descend(objective: Objective, start, rate: float, decay: float, steps: int) -> Run:
    """b ← μb + g, x ← x − αb, written anew; `steps` steps."""
    point, b, points = np.array(start, dtype=float), None, [np.array(start, dtype=float)]
    for _ in range(steps):
        slope = np.asarray(objective.gradient(point))
        b = slope if b is None else decay * b + slope
        point = point - rate * b
        points.append(point)
    rows = np.array(points)
    return Run(rows, np.asarray(objective.value(rows)), np.asarray(objective.gradient(rows)))


class Case(NamedTuple):
    """All that a film is about. ends: why each run stopped."""

    plain: Run
    heavy: Run
    most: Run
    on_bump: tuple[Run, Run]
    objective: Objective
    rate: float
    decay: float
    stops: tuple[str, ...]


def case_of(words: dict[str, Any]) -> Case:
    """The runs of a spec; only their lengths and the rate are taken from the lesson."""
    runs = runs_of(LESSON, RenderSpec("momentum", **words))
    decay = float(dict(words.get("settings", ())).get("decay", 0.5))
    objective, rate = runs[0].objective, float(runs[0].learning_rates[0]) if runs[0].steps else 0.0
    own = [
        descend(objective, runs[0].points[0], rate, kept, one.steps) for one, kept in zip(runs[:3], (0.0, decay, 0.99))
    ]
    bump = SURFACES["speed-bump"]
    bumped = [descend(bump, (4.0,), 0.3, kept, one.steps) for one, kept in zip(runs[3:], (0.0, decay))]
    for one, mine in zip(runs, (*own, *bumped)):
        assert np.allclose(one.points, mine.points, rtol=1e-6, atol=1e-9)
    return Case(*own, tuple(bumped), objective, rate, decay, tuple(one.stop.name for one in runs))


def bends(case: Case) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The minimum nearest to plain descent's end, its curvatures (large, small) by differences, and their ways."""
    known = [np.array(one.point) for one in case.objective.minima]
    low = min(known, key=lambda place: np.linalg.norm(case.plain.points[-1] - place))
    width = 1e-4
    rows = [
        (case.objective.gradient(low + width * way) - case.objective.gradient(low - width * way)) / (2 * width)
        for way in np.eye(2)
    ]
    values, ways = np.linalg.eigh((np.array(rows) + np.array(rows).T) / 2)
    return low, values[::-1], ways.T[::-1]


def near(shown: float, true: float, share: float = 6e-2) -> bool:
    """Whether a number in a caption is this one."""
    return abs(shown - true) <= share * abs(true)


def sides(case: Case, run: Run) -> np.ndarray:
    """Each point's offset across and along the valley."""
    low, _, ways = bends(case)
    return (run.points - low) @ ways.T


def sooner(case: Case, one: Said) -> bool:
    """Whether momentum is as low as plain descent ends, from so many steps on and not before, and that is earlier."""
    slow, quick, last = int(one.number("slow")), int(one.number("quick")), case.plain.losses[-1]
    after, before = case.heavy.losses[quick:], case.heavy.losses[quick - 1]
    return slow == case.plain.steps and quick < slow and bool((after <= last).all()) and before > last


def lowest(case: Case, *order: str) -> bool:
    """Whether the first run named ends clearly lower than the second."""
    first, second = (float(getattr(case, name).losses[-1]) for name in order)
    return first < second


def falls(run: Run) -> bool:
    return bool(run.losses[-1] < run.losses[0])


def stayed(case: Case) -> bool:
    """Whether the heavy ball never crossed the bump's top, at x ≈ 2.1."""
    return bool(case.on_bump[1].points.min() > 1.9)


def swings(case: Case) -> int:
    """How often the heaviest ball passes the minimum along the valley, or along its first way there."""
    low = bends(case)[0]
    away = case.most.points - low
    _, values, ways = bends(case)
    narrow = 0 < 5 * values[1] <= values[0] and abs(away[0] @ ways[1]) > 0.1 * np.linalg.norm(away[0])
    along = away @ ways[1] if narrow else away @ away[0]
    return int((along[1:] * along[:-1] < 0).sum())


def zigzag(case: Case) -> bool:
    """Whether each step changes sides, and goes more than twice as far across as along."""
    across, along = np.abs(np.diff(sides(case, case.plain), axis=0)).T
    side = case.plain.gradients @ bends(case)[2][0]
    return bool((side[1:] * side[:-1] < 0).all() and (across > 2 * along).all())


def covers(case: Case, one: Said, little: bool) -> bool:
    """Whether each of plain descent's steps takes off this share of what is left along the valley."""
    along = sides(case, case.plain)[:, 1]
    left = along[1:][:5] / along[:-1][:5]
    share = 1 - left
    fits = near(one.number("share") / 100, float(share.mean())) and np.allclose(share, share[0], rtol=1e-3, atol=1e-9)
    return bool(fits and near(one.number("rate"), case.rate, 1e-6) and (one.number("share") < 20) == little)


LIMIT = 2.0
CLAIMS = {
    "A narrow valley, seen from above.": lambda c, s: (
        len(c.objective.minima) == 1 and bends(c)[1][0] >= 4.99 * bends(c)[1][1] > 0
    ),
    "A landscape, seen from above: each line joins places of equal [loss](loss).": lambda c, s: True,
    "Which way will plain descent go? Take a guess!": lambda c, s: c.plain.steps > 0,
    "It zig-zags: each step leaps across the valley, and gains little along it.": lambda c, s: zigzag(c),
    "Why? Across, the valley's curvature is {across}; along, it is only {along}.": lambda c, s: (
        near(s.number("across"), bends(c)[1][0])
        and near(s.number("along"), bends(c)[1][1])
        and bends(c)[1][0] > 4.9 * bends(c)[1][1]
    ),
    "One rate serves both, so it must stay below 2 over {across}: {limit:rate}.": lambda c, s: (
        near(s.number("across"), bends(c)[1][0]) and near(s.number("limit"), LIMIT / bends(c)[1][0])
    ),
    "At {rate:rate}, a step along the valley covers only {share} % of what's left.": lambda c, s: (
        covers(c, s, True) and c.rate * bends(c)[1][0] < 2
    ),
    "At {rate:rate}, a step along the valley covers {share} % of what's left.": lambda c, s: (
        covers(c, s, False) and c.rate * bends(c)[1][0] < 2
    ),
    "Ours is exactly that: across, the ball leaps back and forth for ever.": lambda c, s: np.allclose(
        sides(c, c.plain)[1:, 0], -sides(c, c.plain)[:-1, 0], rtol=1e-6
    ),
    "Ours is {rate:rate}: across, every leap is longer than the last.": lambda c, s: (
        (np.diff(np.abs(np.diff(sides(c, c.plain)[:, 0]))) > 0).all() and near(s.number("rate"), c.rate, 1e-6)
    ),
    "At the [minimum](minimum), it's curved {times} times as much across as along. One rate serves both.": (
        lambda c, s: near(s.number("times"), bends(c)[1][0] / bends(c)[1][1], 0.02)
    ),
    "Now a [heavy ball](run6). It keeps a share of its last move: {decay:run6}.": lambda c, s: (
        s.number("decay") == c.decay > 0 and c.heavy.steps > 1
    ),
    "A [heavy ball](run6) keeps part of its last move. With a momentum of zero, it keeps nothing.": (
        lambda c, s: c.decay == 0
    ),
    "A [heavy ball](run6) keeps part of its last move. After one step, the run is over.": (
        lambda c, s: c.heavy.steps == 1
    ),
    "The [slope](slope) adds its push. Tip to tail, the two make the next step.": lambda c, s: np.allclose(
        c.heavy.points[2] - c.heavy.points[1],
        c.decay * (c.heavy.points[1] - c.heavy.points[0]) - c.rate * c.heavy.gradients[1],
    ),
    "Across, the two work against each other; along the valley, they add up.": lambda c, s: (
        lambda first, push: first[0] * push[0] < 0 < first[1] * push[1]
    )(np.diff(sides(c, c.heavy), axis=0)[0], -bends(c)[2] @ c.heavy.gradients[1]),
    "As a rule: b keeps μ of itself and adds the gradient. Rate times b is the step.": lambda c, s: c.decay > 0,
    "Same start, same rate: [plain descent](run5) against [momentum](run6).": lambda c, s: np.array_equal(
        c.plain.points[0], c.heavy.points[0]
    ),
    "Off they go. Watch the [loss](loss), too.": lambda c, s: c.plain.steps > 0,
    "Both take exactly the same steps.": lambda c, s: np.allclose(c.plain.points, c.heavy.points),
    "Both end higher than they began: momentum is no remedy for a [rate](rate) that is too large.": lambda c, s: (
        not falls(c.plain) and not falls(c.heavy)
    ),
    "[Plain descent](run5) ends higher than it began. With [momentum](run6), the ball ends lower.": lambda c, s: (
        not falls(c.plain) and falls(c.heavy)
    ),
    "[Plain descent](run5) ends lower than it began. With [momentum](run6), the ball ends higher.": lambda c, s: (
        falls(c.plain) and not falls(c.heavy)
    ),
    "Both come to rest on flat ground: [plain descent](run5) after {slow}, [momentum](run6) after {quick}.": (
        lambda c, s: (
            s.tells_count("slow", c.plain.steps)
            and s.tells_count("quick", c.heavy.steps)
            and max(np.linalg.norm(run.gradients[-1]) for run in (c.plain, c.heavy)) < 1e-6
        )
    ),
    "What takes [plain descent](run5) {slow}, [momentum](run6) does in {quick}.": sooner,
    "In the end, [momentum](run6) is lower.": lambda c, s: lowest(c, "heavy", "plain"),
    "In the end, [plain descent](run5) is lower: here, [momentum](run6) doesn't win.": lambda c, s: lowest(
        c, "plain", "heavy"
    ),
    "In the end, both are equally low.": lambda c, s: near(c.plain.losses[-1], c.heavy.losses[-1], 1e-8),
    "So keep even more? With {heavy:run3}, the ball ends higher than it began.": lambda c, s: not falls(c.most),
    "So keep even more? With {heavy:run3}, it swings past the minimum again and again.": lambda c, s: (
        swings(c) >= 3 and lowest(c, "heavy", "most")
    ),
    "So keep even more? With {heavy:run3}, the ball ends less low.": lambda c, s: lowest(c, "heavy", "most"),
    "So keep even more? Here it helps: with {heavy:run3}, the ball ends lower still.": lambda c, s: lowest(
        c, "most", "heavy"
    ),
    "So keep even more? With {heavy:run3}, the ball ends equally low.": lambda c, s: near(
        c.most.losses[-1], c.heavy.losses[-1], 1e-8
    ),
    "On a hillside with a small bump, [plain descent](run5) comes to rest in the dip.": lambda c, s: (
        abs(c.on_bump[0].points[-1, 0] - 2.537294) < 1e-4 and abs(c.on_bump[0].gradients[-1, 0]) < 1e-6
    ),
    "With so little momentum, the [heavy ball](run6) stops there, too.": lambda c, s: (
        stayed(c) and abs(c.on_bump[1].points[-1, 0] - 2.537294) < 1e-3
    ),
    "The [heavy ball](run6) rolls right through, and down to the [minimum](minimum).": lambda c, s: (
        not stayed(c) and abs(c.on_bump[1].points[-1, 0]) < 0.051
    ),
    "The [heavy ball](run6) rolls right through.": lambda c, s: not stayed(c),
    "Keep part of your last move: that's momentum. But must all directions share one rate?": lambda c, s: True,
    "Same rate: [plain descent](run5), [momentum](run6).": lambda c, s: True,
    # Sentences that other films say, too.
    "No step is asked for, so the ball stays.": lambda c, s: c.plain.steps == 0 and c.stops[0] == "STEP_LIMIT",
    "No slope, no step: the descent is over before it begins.": lambda c, s: (
        np.linalg.norm(c.plain.gradients[0]) < 1e-6
    ),
    "The first step is longer than a computer can count: the ball is gone.": lambda c, s: c.plain.steps == 0,
    "The ball leaps, and the loss falls.": lambda c, s: c.plain.losses[1] < c.plain.losses[0],
    "The ball leaps, and the loss grows.": lambda c, s: c.plain.losses[1] > c.plain.losses[0],
    "The ball leaps, and the loss stays the same.": lambda c, s: c.plain.losses[1] == c.plain.losses[0],
    "The rate stays {rate:rate}, yet each step is shorter: the slope flattens as we go down.": lambda c, s: (
        np.diff(np.linalg.norm(np.diff(c.plain.points, axis=0), axis=1)) < 0
    ).all(),
    "{over} across the bottom of the valley, and the ball still ends lower.": lambda c, s: falls(c.plain),
    "Each step lands higher, where the slope is steeper, so the next is even longer.": lambda c, s: (
        (np.diff(c.plain.losses) > 0).all() and (np.diff(np.linalg.norm(c.plain.gradients, axis=1)) > 0).all()
    ),
    "The steps are too large: the ball ends higher than it began.": lambda c, s: not falls(c.plain),
    "Not every step leads down, but the ball ends lower.": lambda c, s: falls(c.plain),
    "The ball moves, and gets no lower.": lambda c, s: not falls(c.plain),
    "Every step is tiny compared with the distance left, so the ball creeps.": lambda c, s: (
        np.linalg.norm(np.diff(c.plain.points, axis=0), axis=1).max()
        < 0.1 * np.linalg.norm(c.plain.points[-1] - bends(c)[0])
    ),
    "Step by step, the ball gets lower.": lambda c, s: (np.diff(c.plain.losses) < 0).all(),
    "The steps leap back and forth across the valley and gain nothing.": lambda c, s: near(
        c.plain.losses[-1], c.plain.losses[0], 1e-6
    ),
    "Two balls on {surface} start at one place, one by plain descent and one with momentum. {ends} {bump}": (
        lambda c, s: CLAIMS[s.values["ends"]](c, s) and CLAIMS[s.values["bump"]](c, s)
    ),
    "On a curve with a small bump, both come to rest before it.": lambda c, s: stayed(c),
    "On a curve with a small bump, plain descent comes to rest before it; the heavy ball rolls through.": (
        lambda c, s: not stayed(c)
    ),
}


@pytest.mark.parametrize("words", ASKED, ids=str)
def test_every_sentence_is_true(words):
    """Each sentence of film, loop and alt text has a claim here, and that holds for runs computed here."""
    with np.errstate(all="ignore"):
        case = case_of(words)
        for one in said("momentum", words):
            assert one.template in CLAIMS, one.template
            assert CLAIMS[one.template](case, one), (one.template, dict(one.values))


def test_momentum_wins_where_the_lesson_says_so():
    """At the lesson's own rate plain descent's 40 steps take the heavy ball 14; 0.95 kept is too much already."""
    texts = {beat.plain.replace("\u00a0", " ") for beat in LESSON.script(runs_of(LESSON, RenderSpec("momentum")))}
    late = runs_of(LESSON, RenderSpec("momentum", settings=(("decay", "0.95"),)))
    beaten = {beat.plain for beat in LESSON.script(late)}

    assert "What takes plain descent 40 steps, momentum does in 14 steps." in texts
    assert "In the end, plain descent is lower: here, momentum doesn't win." in beaten


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ({"optimiser": "adam"}, "momentum takes no --optimiser"),
        ({"schedule": "cosine"}, "momentum takes no --schedule"),
        ({"settings": (("decay", "1"),)}, "at least 0 and below 1"),
        ({"settings": (("decay", "-0.1"),)}, "at least 0 and below 1"),
        ({"settings": (("dampening", "0.5"),)}, "dampening"),
        ({"function": "x**2"}, "two variables"),
    ],
    ids=str,
)
def test_what_the_lesson_cannot_use_is_refused(words, complaint):
    """One line says what is wrong; torch's name of the decay works like its own."""
    with pytest.raises(ValueError, match=complaint) as refusal:
        runs_of(LESSON, RenderSpec("momentum", **words))

    assert "\n" not in str(refusal.value)
    assert runs_of(LESSON, RenderSpec("momentum", settings=(("momentum", "0.7"),))).decay == 0.7


# The picture


@cache
def film(aspect: str = "16:9", cut: str = "full", words: tuple = ()) -> Film:
    """A film as its parts and moves."""
    return Film("momentum", aspect, cut=cut, **dict(words))


SKEW = (("function", "x**2 + 5*x*y + 8*y**2"), ("settings", (("decay", "0.7"),)))


@pytest.mark.parametrize(("aspect", "words"), [("16:9", ()), ("9:16", ()), ("1:1", SKEW)])
def test_the_arrows_are_to_scale_and_tip_to_tail(aspect, words):
    """From the ball: μ times its last move; from that tip: −α times the gradient; together the next move."""
    seen = film(aspect, words=words)
    frame = end_of(seen, "Tip to tail")
    sight = seen.stage.part("land").sight(Now(seen.stage, frame))
    case = case_of(dict(words))
    before, here, after = case.heavy.points[:3]
    (kept,), (push,), (move,) = (shown(seen, frame, kind, ArrowMark) for kind in ("kept", "push", "move"))
    tip = here + case.decay * (here - before)
    ends = {
        kept: (here, tip, seen.theme.concept("run6")),
        push: (tip, tip - case.rate * case.heavy.gradients[1], seen.theme.slope),
        move: (here, after, seen.theme.step),
    }
    for arrow, (tail, head, colour) in ends.items():
        assert arrow.tail == pytest.approx(sight.on_map(tail).tolist(), abs=1e-6)
        assert arrow.head == pytest.approx(sight.on_map(head).tolist(), abs=1e-6)
        assert arrow.colour == colour
    assert push.head == pytest.approx(move.head, abs=1e-6)


def test_the_last_move_is_drawn_where_it_was_made():
    """Before it slides to the ball, the arrow grows from the start towards the first landing."""
    seen = film()
    beat = next(one for one in seen.beats if "It keeps a share" in one.beat.plain)
    land, run, grown = seen.stage.part("land"), case_of({}).heavy, []
    for frame in range(beat.start, beat.end):
        share, slid = (seen.timeline.value(("velocity", f"kept.{name}"), frame)[0] for name in ("grown", "slid"))
        if share > 0 and slid == 0:
            (arrow,) = shown(seen, frame, "kept", ArrowMark)
            ends = run.points[0], run.points[0] + share * (run.points[1] - run.points[0])
            sight = land.sight(Now(seen.stage, frame))
            assert (*arrow.tail, *arrow.head) == pytest.approx(sight.on_map(ends).ravel().tolist(), abs=1e-6)
            grown.append(share)
    assert max(grown) > 0.9


@pytest.mark.parametrize(("aspect", "words"), [("16:9", ()), ("9:16", ()), ("1:1", SKEW)])
def test_the_cuts_are_the_bowls_own(aspect, words):
    """Each cut has its curvature, its ball is at the run's offset and ½ × curvature × offset², on one scale."""
    seen = film(aspect, words=words)
    case = case_of(dict(words))
    frame, sheet = end_of(seen, "% of what's left"), sides(case, case.plain)
    numbers = {mark.shows.axis: read(mark.text)[0] for mark in shown(seen, frame, "bend", Text)}
    balls = {mark.shows.axis: mark for mark in shown(seen, frame, "cut", Disc)}
    first = {mark.shows.axis: mark for mark in shown(seen, end_of(seen, "Why?"), "cut", Disc)}
    scales = []
    for axis in (0, 1):
        bend, step = float(bends(case)[1][axis]), balls[axis].shows.step
        away = np.abs(sheet[[0, step], axis])
        heights = bend * sheet[[0, step], axis] ** 2 / 2
        rise = (first[axis].centre[1] - balls[axis].centre[1]) / (heights[0] - heights[1])
        same = np.sign(sheet[0, axis]) == np.sign(sheet[step, axis])
        run = abs(first[axis].centre[0] - balls[axis].centre[0]) / abs(away[0] - away[1] if same else away.sum())
        scales.append((run, rise))
        assert numbers[axis] == pytest.approx(bend, rel=0.01)
        assert step == 10
    assert scales[0] == pytest.approx(scales[1], rel=1e-3)


def test_the_rule_has_the_runs_numbers():
    """μ is 0.5, α is 0.095, and the memory has the heavy ball's colour."""
    seen = film()
    beat = next(one for one in seen.beats if one.beat.plain.startswith("As a rule"))
    texts = {mark.text: mark for frame in range(beat.start, beat.end, 3) for mark in seen.stage.words(frame)}

    assert texts["0.5"].shows.quantity == "decay"
    assert texts["0.095"].shows.quantity == "rate"
    assert texts["b"].colour == seen.theme.concept("run6")
    assert texts["nabla f"].colour == seen.theme.slope


@pytest.mark.parametrize("aspect", ["16:9", "9:16", "1:1"])
def test_the_chart_is_logarithmic_and_marks_the_same_loss(aspect):
    """Equal factors are equal heights; the ring stands at step 14, as low as plain descent's end."""
    seen = film(aspect)
    frame, case = end_of(seen, "What takes"), case_of({})
    curves = {mark.shows.run: mark for mark in shown(seen, frame, "loss curve", Stroke)}
    (ring,) = shown(seen, frame, "same loss", Ring)
    for index, run in ((0, case.plain), (1, case.heavy)):
        logs = np.log10(run.losses)
        slope, offset = np.polyfit(logs, curves[index].points[:, 1], 1)
        assert np.allclose(slope * logs + offset, curves[index].points[:, 1], atol=1e-6)
        assert curves[index].colour == seen.theme.concept(("run5", "run6")[index])
    assert ring.shows.step == 14
    assert ring.centre[0] == pytest.approx(curves[1].points[14, 0])
    assert ring.centre[1] == pytest.approx(curves[0].points[-1, 1])


COLOURED = ("point", "landing", "path", "run name", "loss curve", "loss head")


@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_each_run_has_its_colour_everywhere(aspect):
    """Ball, trail, curve and name of a run have one colour, on map and bump; alone, plain descent is yellow."""
    seen = film(aspect)
    wears = [seen.theme.concept(one) for one in ("run5", "run6", "run3", "run5", "run6")]
    kinds = set()
    for frame in [*range(0, seen.frames, 15), *seen.ends()]:
        for mark in seen.stage.marks(frame):
            if mark.shows and mark.shows.quantity in (
                "point",
                "landing",
                "path",
                "run name",
                "loss curve",
                "loss head",
            ):
                index = mark.shows.run
                kinds.add((mark.shows.quantity, index))
                alone = index == 0 and mark.shows.quantity in ("point", "landing", "path")
                assert mark.colour in {wears[index], seen.theme.ball if alone else wears[index]}
    assert {("point", index) for index in range(5)} <= kinds
    assert {("run name", index) for index in range(3)} <= kinds


def test_the_heavy_ball_rolls_over_the_bump_and_plain_descent_leaps():
    """On the curve the heavy ball never leaves the ground; plain descent is above it between two steps."""
    seen = film()
    plane, bump = seen.stage.part("plane"), SURFACES["speed-bump"]
    above: dict[int, list[float]] = {3: [], 4: []}
    for beat in [one for one in seen.beats if one.beat.chapter == "The bump"]:
        for frame in range(beat.start, beat.end):
            view = plane.view(Now(seen.stage, frame))
            left, right, bottom, top = view.window
            for mark in shown(seen, frame, "point", Disc):
                if mark.shows.run in above and mark.shows.step is None:
                    x = left + (mark.centre[0] - view.box.left) / view.box.width * (right - left)
                    y = bottom + (mark.centre[1] - view.box.bottom) / view.box.height * (top - bottom)
                    above[mark.shows.run].append(y - float(bump.value(np.array([x]))))
    assert max(above[3]) > 0.1
    assert max(map(abs, above[4])) < 1e-9


def test_the_bump_has_the_dip_that_is_told_of():
    """The curve's two minima are level, the one before the bump is higher, and between them is the bump's top."""
    bump = SURFACES["speed-bump"]
    x = np.linspace(*bump.domain[0], 100_001)
    heights = bump.value(x[:, None])
    lows = x[1:-1][(heights[1:-1] < heights[:-2]) & (heights[1:-1] < heights[2:])]

    assert lows == pytest.approx([one.point[0] for one in bump.minima], abs=1e-4)
    assert heights[(x > lows[0]) & (x < lows[1])].max() > bump.minima[1].value + 0.15


def test_the_loop_ends_as_it_began():
    """The marks of a loop's last frame are those of its first, and it lasts between six and twelve seconds."""
    seen = film(cut="loop")
    first, last = ([mark.key for mark in seen.stage.marks(frame)] for frame in (0, seen.frames - 1))

    assert first == last
    assert 6 <= seen.frames / seen.spec.fps <= 12


def test_the_transcript_lists_runs_in_one_and_in_two_variables():
    """The runs that are not listed step by step have a table for each kind of ground, with as many columns as names."""
    seen = film()
    text = transcript("A ball with momentum", seen.beats, 10, seen.runs, [])
    tables = [block.splitlines() for block in text.split("### 3 more runs")[1].split("\n\n") if block.startswith("|")]

    assert [len(table) for table in tables] == [3, 4]
    for table in tables:
        assert len({line.count("|") for line in table}) == 1


@pytest.mark.parametrize(
    "words",
    [
        (("learning_rate", 0.2),),
        (("settings", (("decay", "0"),)),),
        (("steps", 1),),
        (("start", (0.0, 1.0)),),
        (("function", "rosenbrock"),),
        (("function", "1/(x**2 + y**2)"),),
    ],
    ids=str,
)
def test_an_odd_film_can_be_drawn(words):
    """Whatever is asked, every beat's last picture has its ball or its marker, and no channel is missing."""
    seen = film(words=words)
    for frame in seen.ends():
        assert shown(seen, frame, "point") or shown(seen, frame, "off the scale")
