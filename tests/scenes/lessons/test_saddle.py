"""The film about a saddle point: what it says and shows, held against runs computed here, step by step."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pytest

from gdsim import OPTIMISERS, SURFACES, Objective, Trajectory
from gdsim.saddles import find_saddles
from scenes.catalogue import LESSONS
from scenes.planned_saddle import SaddleRuns
from scenes.runs import runs_of
from scenes.spec import RenderSpec
from scenes.stage.area_marks import Disc
from scenes.stage.line_marks import Ring, Stroke
from scenes.stage.marks import Text
from scenes.stage.part import Now

from .sentences import Said, said
from .truth import Film, bends_at, curved, end_of, lowest_by, read, shown

LESSON = LESSONS["saddle"]
PASS = SURFACES["double-well-2d"]
FUNCTIONS = (
    *("x**2 - y**2 + y**4/4", "x**2 - y**2", "x*y", "1e6*(x**2 - y**2 + y**4/4)", "x**3 - 3*x + y**2"),
    *("(x + y)**2 - (x - y)**2 + (x - y)**4/4", "x**2 - y**2 + y**4/4 + 0.3*x*x*x*y", "sin(x)*cos(y)"),
    *("saddle", "styblinski-tang", "mccormick"),
)
OTHERS = [name for name in OPTIMISERS if name not in ("gradient-descent", "momentum")]
ASKED: list[dict[str, Any]] = [
    {},
    *({"learning_rate": rate} for rate in (0.005, 0.01, 0.05, 0.2, 0.3, 0.45, 0.5, 0.6, 0.9)),
    *({"steps": steps} for steps in (20, 40, 68, 69, 70, 300)),
    *({"start": start} for start in ((2.5, 0.01), (-1.4, 0.01), (0.5, -1e-3), (1.2, 0.0), (-1.0, 1e-12))),
    *({"function": text} for text in FUNCTIONS),
    *({"optimiser": name} for name in OTHERS),
    *({"function": "x*y", "optimiser": name} for name in ("adam", "newton", "nesterov")),
    {"function": "x**2 - y**2", "learning_rate": 0.01},
    {"optimiser": "adam", "learning_rate": 0.005},
]


class Case(NamedTuple):
    """All that a film is about. off: after how many steps each run is off the ridge, or None; gaps: see `apart`."""

    runs: SaddleRuns
    off: tuple[int | None, ...]
    gaps: np.ndarray
    bends: np.ndarray

    @property
    def objective(self) -> Objective:
        return self.runs[0].objective

    @property
    def rate(self) -> float:
        return float(self.runs[1].learning_rates[0])


def descend(run: Trajectory) -> np.ndarray:
    """The places (steps + 1, 2) of plain descent from a run's start, written anew."""
    points = [run.points[0]]
    for rate in run.learning_rates:
        points.append(points[-1] - rate * np.asarray(run.objective.gradient(points[-1])))
    return np.array(points)


def off(runs: SaddleRuns, run: Trajectory, ways: np.ndarray) -> int | None:
    """The first step, once it has come near or where it never does, that is farther than the reach to the side."""
    sides, lengths = zip(
        *((abs(ways[:, 0] @ away), np.linalg.norm(away)) for away in run.points - np.array(runs.saddle.point))
    )
    came = [step for step, length in enumerate(lengths) if length <= 3 * runs.reach]
    came = came or [step for step, side in enumerate(sides) if side <= runs.reach] or [0]
    return next((step for step in range(came[0], run.steps + 1) if sides[step] > runs.reach), None)


def case_of(words: dict[str, Any]) -> Case:
    """The runs of a spec, plain descent's computed anew, and what is counted of them."""
    runs = runs_of(LESSON, RenderSpec("saddle", **words))
    for run in runs[:2]:
        near = slice(0, 30)  # later, the pass has made a rounding large
        assert np.allclose(descend(run)[near], run.points[near], rtol=1e-9, atol=1e-12)
    place = np.array(runs.saddle.point)
    bends, ways = np.linalg.eigh(curved(runs[0].objective, place))
    side = min(high - low for low, high in runs[0].objective.domain)
    lows = [np.linalg.norm(place - np.array(one.point)) for one in runs[0].objective.minima]
    assert runs.reach == pytest.approx(min([side / 10, *(0.3 * one for one in lows)]))
    ridge = runs[0].points[np.minimum(np.arange(runs[1].steps + 1), runs[0].steps)]
    return Case(
        runs, tuple(off(runs, one, ways) for one in runs), np.linalg.norm(runs[1].points - ridge, axis=1), bends
    )


def slower(run: Trajectory) -> bool:
    lengths = np.linalg.norm(np.diff(run.points, axis=0), axis=1)
    moves = np.diff(run.points, axis=0)
    onward = (moves[1:] * moves[:-1]).sum(axis=1) > 0  # no step turns back
    return bool((np.diff(lengths) < 0).all() and (np.diff(run.losses) <= 0).all() and onward.all() and run.steps > 1)


def level(run: Trajectory) -> bool:
    """Whether a run ends on ground whose slope is next to nothing, and small beside its first."""
    slopes = np.linalg.norm(run.gradients, axis=1)
    return bool(slopes[-1] <= 0.02 * slopes[0])


def stopped(run: Trajectory) -> bool:
    return bool(np.linalg.norm(run.gradients[-1]) < 1e-6)


def tiny(case: Case) -> bool:
    """Whether the second ball makes a step of less than a twentieth of its first while it is on the ridge."""
    lengths = np.linalg.norm(np.diff(case.runs[1].points, axis=0), axis=1)
    return bool(lengths[: case.off[1]].min() < lengths[0] / 20)


def grows(case: Case) -> bool:
    """Whether each step near the saddle point multiplies the distance by 1 − rate × its negative curvature."""
    away = np.linalg.norm(case.runs[1].points - np.array(case.runs.saddle.point), axis=1)
    factor = 1 - case.rate * case.bends[0]
    ratios = [late / early for early, late, near in zip(case.gaps, case.gaps[1:], away) if near < case.runs.reach / 3]
    return len(ratios) >= 5 and np.allclose(ratios, factor, rtol=0.021)


def named(case: Case, one: Said, key: str = "method") -> bool:
    """Whether the method that the sentence names is the second lane's."""
    return one.values[key].replace("-", "").lower()[:5] in (
        case.runs[2].optimiser.replace("-", "").lower()[:5],
        {"gradient-descent": "gradi", "asgd": "avera", "newton": "newto"}.get(case.runs[2].optimiser),
    )


def sees_saddle(case: Case) -> bool:
    """Whether the first ball ends at a place that curves up one way and down another."""
    run = case.runs[0]
    ends = np.linalg.norm(run.points[-1] - np.array(case.runs.saddle.point))
    values = np.linalg.eigvalsh(curved(case.objective, run.points[-1]))
    size = min(high - low for low, high in case.objective.domain)
    return bool(level(run) and values[0] < 0 < values[1] and ends <= 0.02 * size)


CLAIMS = {
    "Two hills, a pass between them, and a [ball](ball) up on the ridge.": lambda c, s: (
        c.objective is PASS and c.runs[0].losses[0] > c.runs.saddle.value
    ),
    "A landscape of high and low ground, and a [ball](ball) that is about to walk down.": lambda c, s: (
        c.runs[0].losses[-1] < c.runs[0].losses[0]
    ),
    "In which valley will it end? Take a guess!": lambda c, s: 2 <= len(c.objective.minima) <= 4,
    "Where will it end? Take a guess!": lambda c, s: len(c.objective.minima) not in (2, 3, 4),
    "In neither! It walks down the ridge, slower and slower, and stops on the pass.": lambda c, s: (
        c.objective is PASS and slower(c.runs[0]) and stopped(c.runs[0]) and sees_saddle(c)
    ),
    "It walks down, slower and slower, and stops.": lambda c, s: slower(c.runs[0]) and stopped(c.runs[0]),
    "It walks down, slower and slower, until it hardly moves.": lambda c, s: slower(c.runs[0]) and level(c.runs[0]),
    "It comes to rest.": lambda c, s: stopped(c.runs[0]),
    "It moves less and less, and hardly at all in the end.": lambda c, s: level(c.runs[0]),
    "The [slope](slope) is next to nothing, whichever way you turn. So is this a [minimum](minimum)?": (
        lambda c, s: level(c.runs[0])
    ),
    "Cut the ground one way: it [curves up](minimum). Cut it the other way: it [curves down](step).": (
        lambda c, s: c.bends[0] < 0 < c.bends[1]
    ),
    "One curvature is positive, one negative: a saddle, not a [minimum](minimum).": (lambda c, s: sees_saddle(c)),
    "Now start a second [ball](run5) just {offset} off the ridge.": lambda c, s: s.tells("offset", c.gaps[0]),
    "At the same place, its steps become tiny: the [loss](loss) is stuck on a plateau.": lambda c, s: tiny(c),
    "It comes near the same place. Watch its [loss](loss).": lambda c, s: not tiny(c),
    "After {steps}, it's still on the ridge.": lambda c, s: (
        c.off[1] is None and s.tells_count("steps", c.runs[1].steps)
    ),
    "Then it slips off the ridge: slowly at first, then faster and faster.": lambda c, s: (
        c.off[1] is not None and grows(c)
    ),
    "Then it slips off the ridge.": lambda c, s: c.off[1] is not None,
    "Why so late? The distance between the [balls](ball) starts at {offset}.": lambda c, s: s.tells(
        "offset", c.gaps[0]
    ),
    "Near the pass, each step multiplies it by {factor}: 1 minus [rate](rate) times curvature.": lambda c, s: (
        grows(c) and s.tells("factor", 1 - c.rate * c.bends[0])
    ),
    "How do you get off sooner? Add [momentum](run6). Same start: who leaves first?": lambda c, s: (
        c.runs[2].optimiser == "momentum" and (c.runs[2].points[0] == c.runs[1].points[0]).all()
    ),
    "How do you get off sooner? Try {method:run6}. Same start: who leaves first?": lambda c, s: (
        named(c, s) and (c.runs[2].points[0] == c.runs[1].points[0]).all()
    ),
    "In all these steps, neither leaves the ridge.": lambda c, s: c.off[1:] == (None, None),
    "[Plain descent](run5) leaves the ridge after {slow}, {method:run6} not at all.": lambda c, s: (
        s.tells_count("slow", c.off[1]) and c.off[2] is None and named(c, s)
    ),
    "[Plain descent](run5) never leaves the ridge, {method:run6} does after {quick}.": lambda c, s: (
        s.tells_count("quick", c.off[2]) and c.off[1] is None and named(c, s)
    ),
    "Both leave the ridge after {slow}.": lambda c, s: c.off[1] == c.off[2] and s.tells_count("slow", c.off[1]),
    "[Plain descent](run5) is off the ridge after {slow}, {method:run6} after {quick}.": lambda c, s: (
        s.tells_count("slow", c.off[1]) and s.number("quick") == c.off[2] != c.off[1] and named(c, s)
    ),
    "How to tell? In a [minimum](minimum), every cut curves up. On a saddle, one curves down.": (
        lambda c, s: c.bends[0] < 0
    ),
    "In many dimensions, most flat spots are saddles: some way leads down, and a nudge finds it.": (
        lambda c, s: True  # of functions at large
    ),
    "And what landscape does real data make?": lambda c, s: True,  # a question
    "No slope, yet no minimum: it slips off.": lambda c, s: c.off[1] is not None,
    "Hardly any slope: stuck on a saddle.": lambda c, s: c.off[1] is None,
    "On {surface}, a ball on a ridge comes to a saddle point and stays there. "
    "Two more start {offset} to the side. {ends}": lambda c, s: (
        sees_saddle(c) and s.tells("offset", c.gaps[0]) and CLAIMS[s.values["ends"]](c, s)
    ),
}


@pytest.mark.parametrize("words", ASKED, ids=str)
def test_every_sentence_is_true(words):
    """Each sentence of film, loop and alt text has a claim here, and that holds for the runs."""
    with np.errstate(all="ignore"):
        case = case_of(words)
        for one in said("saddle", words):
            assert one.template in CLAIMS, one.template
            assert CLAIMS[one.template](case, one), (one.template, dict(one.values))


def test_the_lessons_own_numbers():
    """From a millionth to the side, 69 steps at × 1.2 lead off the ridge, and with momentum 32."""
    case = case_of({})

    assert case.gaps[0] == pytest.approx(1e-6)
    assert case.gaps[1:60] / case.gaps[:59] == pytest.approx(1.2, rel=1e-3)
    assert case.off[1:] == (69, 32)
    assert bends_at(PASS, lowest_by(case.runs[1]), case.runs[0].points[-1]) == pytest.approx([2, 4], rel=1e-3)
    assert case.bends == pytest.approx([-2, 2], rel=1e-3)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ({"function": "bowl"}, "a saddle point on its map, got bowl; .* works"),
        ({"function": "monkey-saddle"}, "a saddle point on its map"),
        ({"function": "plateau-2d"}, "a saddle point on its map"),
        ({"function": "-x**2 - y**2"}, "a saddle point on its map"),
        ({"function": "(x**2 - y**2)/1e7"}, "a ridge that leads to a saddle point"),
        ({"function": "x**2"}, "two variables"),
        ({"start": (0.0, 1.0)}, "a start next to a ridge .* got 0, 1; .* works"),
        ({"start": (-1000.0, 2.0)}, "a start next to a ridge"),
        ({"learning_rate": 1.05}, "a rate at which .* got 1.05; 0.1 works"),
        ({"learning_rate": 10.0}, "a rate at which"),
        ({"steps": 1}, "enough steps .* got 1; 100 works"),
        ({"steps": 0}, "enough steps"),
        ({"schedule": "cosine"}, "saddle takes no --schedule"),
        ({"settings": (("decay", "0.5"),)}, "saddle takes no --set"),
    ],
    ids=str,
)
def test_what_cannot_be_told_is_refused_in_one_line(words, complaint):
    """The rule, the value and what works."""
    with pytest.raises(ValueError, match=complaint) as refusal:
        runs_of(LESSON, RenderSpec("saddle", **words))

    assert "\n" not in str(refusal.value)


def test_saddles_are_found_where_they_are_known():
    """One in the double well, four in Himmelblau's function (published), none in a bowl or the monkey saddle."""
    known = [(-3.073026, -0.081353), (-0.127961, -1.953715), (0.086678, 2.884255), (3.385154, 0.073852)]
    found = sorted(one.point for one in find_saddles(SURFACES["himmelblau"]))

    assert np.array(found) == pytest.approx(np.array(known), abs=2e-6)
    assert [one.point for one in find_saddles(PASS)] == [(0.0, 0.0)]
    assert find_saddles(SURFACES["bowl"]) == find_saddles(SURFACES["monkey-saddle"]) == ()


# The picture


@cache
def film(aspect: str = "16:9", cut: str = "full", words: tuple = ()) -> Film:
    """A film as its parts and moves."""
    return Film("saddle", aspect, cut=cut, **dict(words))


SKEW = (("function", "(x + y)**2 - (x - y)**2 + (x - y)**4/4"),)


@pytest.mark.parametrize(("aspect", "words"), [("16:9", ()), ("9:16", ()), ("1:1", SKEW)])
def test_the_cuts_lie_on_the_ground_and_bear_their_curvatures(aspect, words):
    """Through the saddle point: green along the way up, orange along the way down, each with its sign and number."""
    seen, case = film(aspect, words=words), case_of(dict(words))
    frame, place = end_of(seen, "One curvature"), np.array(case.runs.saddle.point)
    ways = np.linalg.eigh(curved(case.objective, place))[1].T[::-1]
    numbers = {mark.shows.axis: mark for mark in shown(seen, frame, "saddle bend", Text)}
    sight = seen.stage.part("land").sight(Now(seen.stage, frame))
    for axis, colour in enumerate((seen.theme.minimum, seen.theme.step)):
        assert read(numbers[axis].text)[0] == pytest.approx(case.bends[1 - axis], rel=0.01)
        assert numbers[axis].text[0] == "+−"[axis]
        assert numbers[axis].colour == colour
        line = place + np.linspace(-1, 1, 4001)[:, None] * ways[axis]
        ground = sight.on_ground(line, case.objective.value(line))
        cut = [mark for mark in shown(seen, frame, "saddle bend cut", Stroke) if mark.shows.axis == axis]
        assert cut
        for mark in cut:
            assert mark.colour == colour
            away = np.linalg.norm(mark.points[:, None] - ground[None], axis=2).min(axis=1)
            assert away.max() < 0.03


def test_the_hollow_has_two_green_cuts():
    """At the minimum both numbers have a plus and are green."""
    seen = film()
    numbers = shown(seen, end_of(seen, "How to tell?"), "rest bend", Text)

    assert {mark.text for mark in numbers} == {"+2", "+4"}
    assert {mark.colour for mark in numbers} == {seen.theme.minimum}


def test_the_ball_on_the_ridge_stays_on_the_saddle_while_the_other_slips_off():
    """After the slip, the yellow ball is where it stopped, and the other in the valley in front."""
    seen = film()
    frame, case = end_of(seen, "Then it slips"), case_of({})
    land = seen.stage.part("land").sight(Now(seen.stage, frame))
    balls = {mark.shows.run: mark for mark in shown(seen, frame, "point", Disc)}
    for index in (0, 1):
        run = case.runs[index]
        place = land.on_ground(run.points[-1], run.losses[-1]).tolist()
        assert balls[index].shows.step == run.steps
        assert balls[index].centre == pytest.approx(place, abs=0.02)
    assert balls[0].colour == seen.theme.ball
    assert balls[1].centre[1] < balls[0].centre[1] - 0.5


@pytest.mark.parametrize("aspect", ["16:9", "1:1"])
def test_the_distance_grows_along_a_straight_line(aspect):
    """The chart's axis is logarithmic, its points are the distances, and their line is straight while it grows."""
    seen, case = film(aspect), case_of({})
    (curve,) = shown(seen, end_of(seen, "multiplies it"), "distance curve", Stroke)
    logs = np.log10(case.gaps[: len(curve.points)])
    slope, offset = np.polyfit(logs, curve.points[:, 1], 1)
    bend = np.abs(np.diff(curve.points[:60, 1], n=2))

    assert len(curve.points) == case.off[1] + 1
    assert curve.points[:, 1] == pytest.approx(slope * logs + offset, abs=1e-6)
    assert slope > 0
    assert bend.max() < 1e-3
    assert curve.colour == seen.theme.concept("run5")


@pytest.mark.parametrize("aspect", ["16:9", "9:16", "1:1"])
def test_the_loss_lies_on_a_plateau_and_the_steps_to_leave_are_marked(aspect):
    """Each ring stands on its run's curve at the step after which it is off the ridge, with its number."""
    seen, case = film(aspect), case_of({})
    frame = end_of(seen, "is off the ridge after")
    curves = {mark.shows.run: mark for mark in shown(seen, frame, "loss curve", Stroke)}
    rings = {mark.shows.run: mark for mark in shown(seen, frame, "steps to leave", Ring)}
    numbers = {mark.shows.run: mark for mark in shown(seen, frame, "steps to leave", Text)}
    for index in (1, 2):
        assert rings[index].shows.step == int(numbers[index].text) == case.off[index]
        assert rings[index].centre == pytest.approx(curves[index].points[case.off[index]].tolist())
        colour = seen.theme.concept(("run5", "run6")[index - 1])
        assert rings[index].colour == curves[index].colour == numbers[index].colour == colour
    heights = curves[1].points[:, 1]
    assert np.ptp(heights[20:50]) < 0.01 * np.ptp(heights)


def test_each_run_has_its_colour_everywhere():
    """Ball, trail, curve and name: yellow on the ridge, then the two lanes' colours."""
    seen, kinds = film(), set()
    wears = [seen.theme.concept(one) for one in ("ball", "run5", "run6")]
    for frame in [*range(0, seen.frames, 15), *seen.ends()]:
        for mark in seen.stage.marks(frame):
            if mark.shows and mark.shows.quantity in ("point", "landing", "path", "run name", "loss curve"):
                kinds.add((mark.shows.quantity, mark.shows.run))
                assert mark.colour == wears[mark.shows.run]
    assert {("point", index) for index in range(3)} <= kinds
    assert {("run name", 1), ("run name", 2), ("loss curve", 1), ("loss curve", 2)} <= kinds


@pytest.mark.parametrize(
    "words",
    [(("learning_rate", 0.9),), (("steps", 20),), (("start", (2.5, 0.01)),), (("function", "x*y"),)],
    ids=str,
)
def test_an_odd_film_can_be_drawn(words):
    """Whatever is asked, every beat's last picture has its ball or its marker, and no channel is missing."""
    seen = film(words=words)
    for frame in seen.ends():
        assert shown(seen, frame, "point") or shown(seen, frame, "off the scale")
