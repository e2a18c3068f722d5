"""The film about basins: each pixel, each border and each sentence, held against runs computed here, step by step."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pytest
from click.testing import CliRunner

from cli import cli
from gdsim import SURFACES, Objective, Stop, Trajectory, simulate
from gdsim.ensemble import simulate_many
from gdsim.methods import build_optimiser
from scenes.catalogue import LESSONS
from scenes.lesson import tell_story
from scenes.phrases.basin_facts import stripes
from scenes.planned_basins import LOST, BasinRuns, StartMap
from scenes.runs import runs_of
from scenes.spec import RenderSpec
from scenes.stage.area_marks import Area, Disc
from scenes.stage.line_marks import Stroke
from scenes.stage.marks import Text
from scenes.stage.parts.basin_map import end_colours
from scenes.stage.raster import Raster
from scenes.stage.write import TICK

from .sentences import Said, said
from .truth import Film, axes, clashes, curved, end_of, read, shown

LESSON = LESSONS["basins"]
GREY, DARK, ELSEWHERE, NONE = -1, -2, -3, -4
FEW = {"points_a_side": 16, "steps": 120}
ASKED: list[dict[str, Any]] = [
    {"points_a_side": 24, "steps": 400},
    *({"learning_rate": rate} for rate in (1e-4, 0.012, 0.022, 0.03, 10.0)),
    *({"steps": steps} for steps in (1, 30)),
    *({"optimiser": name} for name in ("adam", "rprop", "newton")),
    *({"function": name} for name in ("bowl", "styblinski-tang", "rastrigin", "plateau-2d")),
    *({"function": text} for text in ("sin(x)*cos(y)", "abs(x) + abs(y)", "1e6*(x**2 + y**2)")),
    {"function": "x**2 + log(y) + 1/y", "learning_rate": 0.05},
    {"function": "x**2 - y**2 + y**4/4", "optimiser": "adam"},
]


class Case(NamedTuple):
    """What a film is about. The ends are the domain's, of plain descent and of the second method."""

    runs: BasinRuns
    plain: np.ndarray
    other: np.ndarray

    @property
    def objective(self) -> Objective:
        return self.runs[0].objective

    def share(self, ends: np.ndarray, end: int) -> float:
        return float((ends == end).sum() / max(1, (ends != NONE).sum()))


@cache
def runs_for(words: tuple[tuple[str, Any], ...]) -> BasinRuns:
    """The lesson's runs."""
    with np.errstate(all="ignore"):
        made = runs_of(LESSON, RenderSpec("basins", **dict(words)))
    assert isinstance(made, BasinRuns)
    return made


def case_of(words: dict[str, Any]) -> Case:
    runs = runs_for(tuple((FEW | words).items()))
    (left, right), (bottom, top) = runs[0].objective.domain
    inside = [
        found.ends[(found.y > bottom) & (found.y < top)][:, (found.x > left) & (found.x < right)]
        for found in (runs.plain, runs.other)
    ]
    return Case(runs, *inside)


def end(run: Trajectory) -> int:
    """Where a run ends: the minimum within a hundredth of the map's shorter side, or why at none."""
    if run.stop in (Stop.DIVERGED, Stop.UNCOMPUTABLE):
        return DARK
    away = [np.linalg.norm(run.points[-1] - np.array(one.point)) for one in run.objective.minima]
    if min(away) <= 0.01 * min(high - low for low, high in run.objective.domain):
        return int(np.argmin(away))
    return ELSEWHERE if np.linalg.norm(run.gradients[-1]) < 1e-6 else GREY


def colours_met(ends: np.ndarray) -> set[int]:
    return {int(one) for one in ends.ravel() if one >= 0}


def borders(ends: np.ndarray) -> float:
    """The share of pixels with another end to the right or above."""
    found = np.zeros(ends.shape, dtype=bool)
    found[:, :-1] = ends[:, 1:] != ends[:, :-1]
    found[:-1] |= ends[1:] != ends[:-1]
    return float(found.mean())


def elsewhere(case: Case) -> float:
    return float((case.plain != case.other).mean())


def percent(case: Case, one: Said) -> bool:
    return int(one.values["percent"]) == round(100 * elsewhere(case))


def rate_told(case: Case, one: Said) -> bool:
    return one.number("rate") == pytest.approx(case.runs.other_rate, rel=5e-3) and not same_rate(case)


def same_rate(case: Case) -> bool:
    return case.runs.rate == case.runs.other_rate


def borders_or_colours(case: Case, one: Said) -> bool:
    return one.values["what"] == ("borders" if len(colours_met(case.plain)) > 1 else "colours")


def method(case: Case, one: Said) -> bool:
    return one.values["method"].replace("-", "").lower()[:5] == case.runs.method.replace("-", "")[:5]


def neutral(case: Case, ends: np.ndarray) -> tuple[bool, bool]:
    """Whether a hundredth of these are grey, and dark."""
    return case.share(ends, GREY) >= 0.01, case.share(ends, DARK) >= 0.01


def parted(case: Case) -> bool:
    """Whether two balls start a pixel apart, and end at different minima."""
    one, two = case.runs.pair
    gap = (two.points[0] - one.points[0]).tolist()
    pixel = float(case.runs.plain.x[1] - case.runs.plain.x[0])
    return gap == pytest.approx([pixel, 0.0], rel=1e-6) and end(one) != end(two) and min(end(one), end(two)) >= 0


def stripes_end(case: Case, least: int) -> bool:
    """Whether so many colours of the row reach up to 2 over the curvature, and no further; for all lines drawn."""
    rates, ends, row = case.runs.by_rate.y, case.runs.by_rate.ends, case.runs.by_rate.ends[case.runs.own_row]
    good = 0
    for index in colours_met(row):
        bend = np.linalg.eigvalsh(curved(case.objective, np.array(case.objective.minima[index].point)))[-1]
        columns = ends[:, row == index] == index
        below, above = (rates <= 2 / bend) & (rates > 1.7 / bend), rates > 2.12 / bend
        good += bool(columns[below].any() and columns[above].mean() <= 0.02) if bend > 0 else 0
    return good >= least


def painted(case: Case, one: Said) -> bool:
    """Whether the count of steps is the limit."""
    return one.tells_count("steps", case.runs.steps)


def any_rate(case: Case) -> bool:
    """Whether some column of the map by rate has two colours."""
    return any(len(set(column)) > 1 for column in case.runs.by_rate.ends.T.tolist())


SEED = " But is zero slope always a minimum?"
CLAIMS = {
    "A landscape from above, with {minima:minimum}, and a [ball](ball).": lambda c, s: (
        int(s.values["minima"].split("\u00a0")[0]) == len(c.objective.minima)
        and s.values["minima"].endswith("minimum") == (len(c.objective.minima) == 1)
    ),
    "Where will it end? Take a guess!": lambda c, s: True,
    "In {here}. So its start gets the colour of that [minimum](minimum).": lambda c, s: end(c.runs[0]) >= 0,
    "Nowhere: it's thrown off the map. So its start is painted dark.": lambda c, s: end(c.runs[0]) == DARK,
    "At no [minimum](minimum), although it rests. So its start stays unpainted.": lambda c, s: (
        end(c.runs[0]) == ELSEWHERE
    ),
    "After {steps}, in none. So its start is painted grey.": lambda c, s: end(c.runs[0]) == GREY and painted(c, s),
    "Let {balls:ball} go. Each start takes the colour of its end.": lambda c, s: (
        s.number_of(s.values["balls"].split("\u00a0")[0]) == len(c.runs.handful)
    ),
    "Now let one go from every pixel. Whenever one ends, paint its start.": lambda c, s: True,
    "Not one of them comes to rest in a [minimum](minimum).": lambda c, s: not colours_met(c.plain),
    "Each colour is a basin: from all of it, you end in the same [minimum](minimum).": lambda c, s: (
        len(colours_met(c.plain)) > 1
    ),
    "One colour, one basin: from all of it, you end in the same [minimum](minimum).": lambda c, s: (
        len(colours_met(c.plain)) == 1
    ),
    "One colour all over: wherever you start, you end in the same [minimum](minimum).": lambda c, s: (
        len(colours_met(c.plain)) == 1 and (c.plain >= 0).sum() >= 0.98 * (c.plain != NONE).sum()
    ),
    "There are more basins than colours, so some that lie far apart share one.": lambda c, s: (
        len(colours_met(c.runs.plain.ends) | colours_met(c.runs.other.ends) | colours_met(c.runs.close.ends)) > 6
    ),
    "Where nothing is painted, the ball rests at no [minimum](minimum) of this map.": lambda c, s: (
        c.share(c.plain, ELSEWHERE) > 0
    ),
    "Dark: the ball is thrown off the map. Grey: it's still on its way after {steps}.": lambda c, s: (
        neutral(c, c.plain) == (True, True) and painted(c, s)
    ),
    "Where it's dark, the ground is so steep that the ball is thrown off the map.": lambda c, s: (
        neutral(c, c.plain) == (False, True)
    ),
    "Where it's grey, the ball is still on its way after {steps}.": lambda c, s: (
        neutral(c, c.plain) == (True, False) and painted(c, s)
    ),
    "Where two colours meet lies a watershed. Two [balls](ball), a pixel apart:": lambda c, s: parted(c),
    "They set off side by side, then part, and end in different [minima](minimum).": lambda c, s: parted(c),
    "Same starts, same rate, now with {method}. Do the {what} stay?": lambda c, s: (
        same_rate(c) and method(c, s) and borders_or_colours(c, s)
    ),
    "Same starts, now with {method}, at a rate of {rate:rate}. Do the {what} stay?": lambda c, s: (
        rate_told(c, s) and method(c, s) and borders_or_colours(c, s)
    ),
    "Now not one of them comes to rest in a [minimum](minimum).": lambda c, s: not colours_met(c.other),
    "They stay: hardly a start now ends in another way.": lambda c, s: elsewhere(c) < 0.02,
    "They fray! In the middle of the map, {percent}\u00a0% now end elsewhere.": lambda c, s: (
        percent(c, s) and borders(c.other) > 1.3 * borders(c.plain) and len(colours_met(c.other)) > 1
    ),
    "They don't: in the middle of the map, {percent}\u00a0% now end elsewhere.": lambda c, s: (
        percent(c, s) and elsewhere(c) >= 0.02
    ),
    "Zoom in: eight times closer, new runs show finer threads.": lambda c, s: (
        np.diff(c.runs.close.x)[0] == pytest.approx(np.diff(c.runs.other.x)[0] / 8)
        and len(colours_met(c.runs.close.ends)) > 2
    ),
    "Back to plain descent, and keep one row of starts.": lambda c, s: True,
    "Upwards, let the learning rate grow. Each pixel is again one run.": lambda c, s: bool(
        (np.diff(c.runs.by_rate.y) > 0).all()
    ),
    "Each stripe ends at its own limit: 2 over the largest curvature at its [minimum](minimum).": lambda c, s: (
        stripes_end(c, 2)
    ),
    "The colour ends at a limit: 2 over the largest curvature at its [minimum](minimum).": lambda c, s: stripes_end(
        c, 1
    ),
    "[Grey](muted): not at rest after {steps}. Dark: thrown off the map.": lambda c, s: (
        neutral(c, c.runs.by_rate.ends) == (True, True) and painted(c, s)
    ),
    "Dark: here the ball is thrown off the map.": lambda c, s: neutral(c, c.runs.by_rate.ends) == (False, True),
    "Grey: here it's not at rest after {steps}.": lambda c, s: (
        neutral(c, c.runs.by_rate.ends) == (True, False) and painted(c, s)
    ),
    "The rate decides whether you arrive; where you start decides where." + SEED: lambda c, s: (
        len(colours_met(c.runs.plain.ends)) > 1 and any_rate(c)
    ),
    "Where you start decides where you end." + SEED: lambda c, s: len(colours_met(c.runs.plain.ends)) > 1,
    "Here it's the rate that decides whether you arrive." + SEED: lambda c, s: (
        len(colours_met(c.runs.plain.ends)) < 2 and any_rate(c)
    ),
    "Here, neither start nor rate makes a difference." + SEED: lambda c, s: not any_rate(c),
    "The start decides, and so does the method.": lambda c, s: elsewhere(c) >= 0.02,
    "Every start, in the colour of its end.": lambda c, s: True,
    "Every start on {ground} is painted by where it ends. {end} "
    "With {method}, {percent}\u00a0% of those in the middle end elsewhere.": lambda c, s: (
        percent(c, s) and method(c, s) and CLAIMS[s.values["end"]](c, s)
    ),
}


@pytest.mark.parametrize("words", ASKED, ids=str)
def test_every_sentence_is_true(words):
    """Each sentence of film, loop and alt text has a claim here, and that holds for the runs."""
    case = case_of(words)
    with np.errstate(all="ignore"):
        for one in said("basins", FEW | words):
            assert one.template in CLAIMS, one.template
            assert CLAIMS[one.template](case, one), (one.template, dict(one.values))


@pytest.mark.parametrize("kind", ["plain", "other", "close", "by_rate"])
def test_a_pixel_is_a_single_run_bit_for_bit(kind):
    """At pixels all over each map, `simulate` from that start ends at the same bits as many runs do, and as shown."""
    runs = runs_for((("points_a_side", 24), ("learning_rate", 0.005)))
    found, source = getattr(runs, kind), np.random.default_rng(1)
    objective, heavy = SURFACES["himmelblau"], build_optimiser("momentum", {"decay": 0.9})
    optimiser = heavy if kind in ("other", "close") else None
    places = [place for place in np.argwhere(found.ends != NONE).tolist() if source.random() < 0.02][:16]
    assert len({found.ends[row, column] for row, column in places}) > 2
    for row, column in places:
        rate = float(found.y[row]) if kind == "by_rate" else 0.005
        second = float(runs.plain.y[runs.row]) if kind == "by_rate" else float(found.y[row])
        start = (float(found.x[column]), second)
        with np.errstate(all="ignore"):
            alone = simulate(objective, optimiser, rate=rate, start=start, steps=400)
            many = simulate_many(objective, optimiser, rate, np.array([start, (0.0, 0.0)]), 400)
        assert alone.points[-1].tobytes() == many.points[0].tobytes()
        assert found.ends[row, column] == end(alone)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ({"function": "x**2 - y**2"}, "a function with a minimum on its map, got .*; himmelblau works"),
        ({"function": "monkey-saddle"}, "a function with a minimum on its map"),
        ({"function": "x**2"}, "two variables"),
        ({"optimiser": "gd"}, "another method beside plain descent, got gradient-descent; momentum works"),
        ({"start": (1.0, 1.0)}, "basins takes no --start"),
        ({"schedule": "cosine"}, "basins takes no --schedule"),
    ],
    ids=str,
)
def test_what_cannot_be_told_is_refused_in_one_line(words, complaint):
    """The rule, the value and what works."""
    with pytest.raises(ValueError, match=complaint) as refusal:
        runs_of(LESSON, RenderSpec("basins", **words))

    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("points", ["15", "401", "many"])
def test_points_out_of_range_are_refused(points):
    """`-n` takes 16 to 400, and says so in one line."""
    done = CliRunner().invoke(cli, ["storyboard", "basins", "-n", points, "-o", "basins.png"])

    assert done.exit_code == 2
    assert "-n" in done.output
    assert "100 works" in done.output


@pytest.mark.filterwarnings("error")
def test_a_minimum_at_a_tip_has_no_limit():
    """Ackley's minimum at the origin has no curvature: no line is drawn for it, and nothing is divided by zero."""
    runs = runs_of(LESSON, RenderSpec("basins", function="ackley", **FEW))
    (tip,) = [index for index, one in enumerate(runs[0].objective.minima) if one.point == (0.0, 0.0)]

    assert tip not in stripes(runs)


def test_points_are_counted_along_the_longer_side():
    """`-n 40` makes 40 pixels across a map that is wider than high, and as many for a row of starts."""
    runs = runs_for((("function", "x**2 + 20*y**2"), ("points_a_side", 40), ("steps", 20)))
    spans = [high - low for low, high in runs[0].objective.domain]

    assert np.diff(runs.plain.x)[0] == pytest.approx(max(spans) / 40)
    assert np.diff(runs.plain.y)[0] == pytest.approx(max(spans) / 40)
    assert len(runs.by_rate.x) == round(spans[0] / max(spans) * 40)


# The picture


@cache
def film(aspect: str = "16:9", cut: str = "full", words: tuple = ()) -> Film:
    """A film as its parts and moves, with fewer pixels."""
    return Film("basins", aspect, cut=cut, **{"points_a_side": 36, **dict(words)})


def map_axis(seen: Film, frame: int, axis: int) -> tuple[float, float]:
    """(offset, units per frame unit) of the map's axis, from where its numbers stand."""
    ticks = [mark for mark in seen.stage.words(frame) if mark.rank == TICK and mark.shows is None and mark.opacity == 1]
    edge = min(mark.box.centre[1] for mark in ticks)
    along = [mark for mark in ticks if (mark.box.centre[1] - edge < 0.05) == (axis == 0)]
    slope, offset = np.polyfit([mark.box.centre[axis] for mark in along], [read(mark.text)[0] for mark in along], 1)
    return float(offset), float(slope)


def rgb_of(mark: Raster) -> np.ndarray:
    """(rows, columns, 3): the colours of its cells; nothing is −1."""
    return np.array([[-1, -1, -1] if one is None else hexed(one) for one in mark.colours])[mark.cells]


def hexed(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def walked(objective: Objective, starts: np.ndarray, rate: float, decay: float, steps: int) -> np.ndarray:
    """Where plain descent (decay 0) or a heavy ball ends from starts (n, 2), written anew: the index of a minimum,
    or −1 if it is at none, or −2 if it is far away."""
    point, pushed = starts.copy(), np.zeros_like(starts)
    going, lost = np.ones(len(starts), dtype=bool), np.zeros(len(starts), dtype=bool)
    with np.errstate(all="ignore"):
        for _ in range(steps):
            slope = objective.gradient(point)
            going &= np.linalg.norm(slope, axis=1) >= 1e-6
            pushed[going] = decay * pushed[going] + slope[going]
            point[going] -= rate * pushed[going]
            lost |= ~np.isfinite(point).all(axis=1) | (np.abs(point).max(axis=1) > 1e5)
            going &= ~lost
    places = np.array([one.point for one in objective.minima])
    away = np.linalg.norm(point[:, None] - places, axis=2)
    return np.where(lost, DARK, np.where(away.min(axis=1) < 0.1, away.argmin(axis=1), GREY))


def colour_by_end(seen: Film, frame: int, offsets: list[tuple[float, float]]) -> dict[int, list[int]]:
    """For each end its colour: that of the dot in its ring, found on the axes; grey and dark."""
    found = {DARK: [0x2A, 0x33, 0x42], GREY: hexed(seen.theme.muted)}
    for mark in shown(seen, frame, "minimum", Disc):
        place = [offset + slope * at for (offset, slope), at in zip(offsets, mark.centre)]
        away = [np.linalg.norm(np.array(one.point) - place) for one in seen.runs[0].objective.minima]
        assert min(away) < 0.1
        found[int(np.argmin(away))] = hexed(mark.colour)
    return found


@pytest.mark.parametrize(("words", "decay"), [("Each colour is a basin", 0.0), ("They fray!", 0.9)])
@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_every_pixel_has_the_colour_of_the_minimum_that_its_run_reached(aspect, words, decay):
    """Each pixel, in whatever shape, wears the colour of the dot at which a run written anew from its middle ends."""
    seen = film(aspect)
    frame = end_of(seen, words)
    mark = shown(seen, frame, "starts", Raster)[-1]
    box, clip, (rows, columns) = mark.around, mark.clip, mark.cells.shape
    assert mark.opacity == 1
    assert box.holds(clip)
    across = box.left + (np.arange(columns) + 0.5) / columns * box.width
    up = box.bottom + (np.arange(rows) + 0.5) / rows * box.height
    offsets = [map_axis(seen, frame, axis) for axis in (0, 1)]
    found = seen.runs.plain if decay == 0 else seen.runs.other
    for (offset, slope), places, true in zip(offsets, (across, up), (found.x, found.y)):
        assert offset + slope * places == pytest.approx(true, abs=0.1 * (true[1] - true[0]))
    inside = (up > clip.bottom)[:, None] & (up < clip.top)[:, None] & (across > clip.left) & (across < clip.right)
    starts = np.stack(np.meshgrid(found.x, found.y), axis=-1)[inside]
    ends = walked(SURFACES["himmelblau"], starts, 0.004, decay, 400)
    wears, colours = rgb_of(mark)[inside], colour_by_end(seen, frame, offsets)
    expected = np.array([colours[one] for one in ends.tolist()])
    assert len(set(ends.tolist())) >= 4
    assert np.abs(wears - expected).max() <= 2


def test_the_map_is_painted_as_runs_arrive():
    """Halfway through, half of the runs are painted, in their last colour, and none that arrives later than another."""
    seen, found = film(), film().runs.plain
    beat = next(one for one in seen.beats if "from every pixel" in one.beat.plain)
    last = rgb_of(shown(seen, beat.end - 1, "starts", Raster)[0])
    shares = []
    for frame in range(beat.start, beat.end, 5):
        for mark in shown(seen, frame, "starts", Raster):
            wears = rgb_of(mark)
            there = wears[..., 0] >= 0
            assert (wears[there] == last[there]).all()
            late, able = found.arrivals[~there & (found.ends != NONE)], found.ends != NONE
            if there.any() and len(late):
                assert found.arrivals[there].max() <= late.min()
            shares.append(there.sum() / able.sum())
    assert shares == sorted(shares)
    assert any(0.4 < share < 0.6 for share in shares)
    assert shares[-1] == 1


def test_a_run_arrives_when_it_comes_near_its_minimum():
    """Up to the pace at which that is looked up, a pixel's step is the first within a hundredth of the map's side."""
    runs = runs_for((("points_a_side", 24), ("learning_rate", 0.005)))
    found = runs.plain
    for row, column in ((12, 30), (20, 22), (24, 40), (30, 30)):
        alone = simulate(SURFACES["himmelblau"], rate=0.005, start=(found.x[column], found.y[row]), steps=400)
        goal = np.array(alone.objective.minima[found.ends[row, column]].point)
        first = int(np.argmax(np.linalg.norm(alone.points - goal, axis=1) <= 0.1))
        assert first <= found.arrivals[row, column] <= 1.2 * first + 2


def test_a_few_balls_paint_their_starts_first():
    """A ball is yellow on its way; at its end it and its start have the colour of the minimum's dot."""
    seen = film()
    frame = end_of(seen, "more balls go")
    offsets = [map_axis(seen, frame, axis) for axis in (0, 1)]
    dots = colour_by_end(
        seen, end_of(seen, "Take a guess"), [map_axis(seen, end_of(seen, "Take a guess"), k) for k in (0, 1)]
    )
    balls = {mark.shows.run: mark for mark in shown(seen, frame, "point", Disc)}
    starts = {mark.shows.run: mark for mark in shown(seen, frame, "painted start", Area)}
    assert sorted(balls) == sorted(starts) == list(range(1 + len(seen.runs.handful)))
    for index, run in enumerate(seen.runs[: len(balls)]):
        assert hexed(balls[index].colour) == hexed(starts[index].colour) == dots[end(run)]
        for mark, point in ((balls[index].centre, run.points[-1]), (starts[index].points.mean(axis=0), run.points[0])):
            place = [offset + slope * at for (offset, slope), at in zip(offsets, mark)]
            assert place == pytest.approx(point.tolist(), abs=0.02)
    begin = seen.beats[0].start
    assert [mark.colour for mark in shown(seen, begin, "point", Disc)] == [seen.theme.ball]
    assert not shown(seen, begin, "painted start", Area)


def test_a_pair_starts_on_two_pixels_of_two_colours():
    """In the close view each ball is on a pixel of the colour in which it ends."""
    seen = film()
    close, home = end_of(seen, "a pixel apart"), end_of(seen, "side by side")
    mark = shown(seen, close, "starts", Raster)[0]
    ends = {ball.shows.run: ball.colour for ball in shown(seen, home, "point", Disc)}
    rows, columns = mark.cells.shape
    balls = shown(seen, close, "point", Disc)
    assert len(balls) == len(ends) == len(set(ends.values())) == 2
    for ball in balls:
        column = int((ball.centre[0] - mark.around.left) / mark.around.width * columns)
        row = int((ball.centre[1] - mark.around.bottom) / mark.around.height * rows)
        assert np.abs(rgb_of(mark)[row, column] - hexed(ends[ball.shows.run])).max() <= 2


def whole(found: StartMap) -> tuple[float, ...]:
    return tuple(found.sides)


def test_the_closer_look_is_where_it_says():
    """The close map lies on its own place of the axes, its pixels an eighth as large, its colours those of its runs."""
    seen = film()
    frame = end_of(seen, "eight times closer")
    coarse, fine = shown(seen, frame, "starts", Raster)[-2:]
    sizes = [mark.around.width / mark.cells.shape[1] for mark in (coarse, fine)]
    assert sizes[0] / sizes[1] == pytest.approx(8)
    offsets = [map_axis(seen, frame, axis) for axis in (0, 1)]
    edges = zip(offsets, ((fine.around.left, fine.around.right), (fine.around.bottom, fine.around.top)))
    sides = [offset + slope * at for (offset, slope), pair in edges for at in pair]
    assert sides == pytest.approx(list(whole(seen.runs.close)), abs=0.01)
    dots = colour_by_end(
        seen, end_of(seen, "They fray!"), [map_axis(seen, end_of(seen, "They fray!"), k) for k in (0, 1)]
    )
    sample = np.argwhere(seen.runs.close.ends != NONE)[::97]
    starts = np.stack([seen.runs.close.x[sample[:, 1]], seen.runs.close.y[sample[:, 0]]], axis=-1)
    ends = walked(SURFACES["himmelblau"], starts, 0.004, 0.9, 400)
    wears = rgb_of(fine)[sample[:, 0], sample[:, 1]]
    assert np.abs(wears - np.array([dots[one] for one in ends.tolist()])).max() <= 2


@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_the_kept_row_is_one_row_of_both_maps(aspect):
    """The row that moves has the colours of plain descent's map at its height, and of that by rate where it lands."""
    seen = film(aspect)
    first, last = end_of(seen, "keep one row"), end_of(seen, "let the learning rate grow")
    mark, landed = (shown(seen, frame, "kept row", Raster)[0] for frame in (first, last))
    whole_map, rates = shown(seen, first, "starts", Raster)[0], shown(seen, last, "starts by rate", Raster)[0]
    row = int((mark.around.centre[1] - whole_map.around.bottom) / whole_map.around.height * whole_map.cells.shape[0])
    beside = (whole_map.cells.shape[1] - mark.cells.shape[1]) // 2
    kept = rgb_of(whole_map)[row, beside : beside + mark.cells.shape[1]]
    height = (landed.around.centre[1] - rates.around.bottom) / rates.around.height * rates.cells.shape[0]
    assert np.abs(rgb_of(mark)[0] - kept).max() <= 2
    assert (rgb_of(landed)[0] == rgb_of(rates)[int(height)]).all()
    offset, slope = axes(seen, last, 1, "stripe tick") and log_axis(seen, last)
    assert 10 ** (offset + slope * landed.around.centre[1]) == pytest.approx(0.004, rel=0.01)


def log_axis(seen: Film, frame: int) -> tuple[float, float]:
    """(offset, slope) of the axis of rates, in powers of ten."""
    ticks = [m for m in shown(seen, frame, "stripe tick", Text) if m.shows.axis == 1]
    slope, offset = np.polyfit([m.box.centre[1] for m in ticks], [np.log10(read(m.text)[0]) for m in ticks], 1)
    return float(offset), float(slope)


@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_every_pixel_by_rate_has_the_colour_of_its_run(aspect):
    """Start across, rate upwards: each pixel, by a run written anew, is a minimum's colour, grey, or dark."""
    seen = film(aspect)
    frame, before = end_of(seen, "let the learning rate grow"), end_of(seen, "keep one row")
    mark = shown(seen, frame, "starts by rate", Raster)[0]
    rows, columns = mark.cells.shape
    dots = colour_by_end(seen, before, [map_axis(seen, before, axis) for axis in (0, 1)])
    offset, slope = log_axis(seen, frame)
    rates = 10 ** (offset + slope * (mark.around.bottom + (np.arange(rows) + 0.5) / rows * mark.around.height))
    assert rates == pytest.approx(seen.runs.by_rate.y, rel=0.01)
    first, across = axes(seen, frame, 0, "stripe tick")
    xs = first + across * (mark.around.left + (np.arange(columns) + 0.5) / columns * mark.around.width)
    assert xs == pytest.approx(seen.runs.by_rate.x, abs=0.02)
    starts = np.stack([seen.runs.by_rate.x, np.full(columns, seen.runs.plain.y[seen.runs.row])], axis=-1)
    wears, wrong = rgb_of(mark), 0
    for row, rate in enumerate(seen.runs.by_rate.y.tolist()):
        ends = walked(SURFACES["himmelblau"], starts, rate, 0.0, 400)
        wrong += int((np.abs(wears[row] - np.array([dots[one] for one in ends.tolist()])).max(axis=1) > 2).sum())
    assert wrong == 0


@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_the_limits_lie_at_two_over_the_curvature(aspect):
    """A line for each of the four stripes, as wide as it, at 2 over its minimum's curvature; above it, that colour is
    gone."""
    seen = film(aspect)
    frame = end_of(seen, "Each stripe ends")
    lines, mark = shown(seen, frame, "stripe limit", Stroke), shown(seen, frame, "starts by rate", Raster)[0]
    offset, slope = log_axis(seen, frame)
    own = seen.runs.by_rate.ends[seen.runs.own_row]
    assert sorted(line.shows.step for line in lines) == [0, 1, 2, 3]
    for line in lines:
        (left, y), (right, also) = line.points.tolist()
        known = SURFACES["himmelblau"].minima[line.shows.step]
        limit = 2 / np.linalg.eigvalsh(curved(SURFACES["himmelblau"], np.array(known.point)))[-1]
        assert y == also
        assert 10 ** (offset + slope * y) == pytest.approx(limit, rel=0.01)
        columns = np.flatnonzero(own == line.shows.step)
        edges = mark.around.left + np.array([columns[0], columns[-1] + 1]) / len(own) * mark.around.width
        assert [left, right] == pytest.approx(edges.tolist())
    numbers = shown(seen, frame, "stripe limit", Text)
    assert {read(text.text)[0] for text in numbers} <= {0.015, 0.019, 0.024, 0.025}
    assert len(numbers) >= 3


def test_the_lessons_own_basins():
    """Himmelblau's four basins: plain descent reaches every minimum from about a quarter of the domain."""
    case = case_of({"points_a_side": 60})

    assert [round(case.share(case.plain, index), 2) for index in range(4)] == pytest.approx([0.25] * 4, abs=0.02)
    assert borders(case.other) > 2 * borders(case.plain)
    assert 0.2 < elsewhere(case) < 0.25


def test_no_two_minima_share_a_colour_unless_there_are_too_many():
    """Four minima have four colours; of Rastrigin's 25, no two next to each other share one."""
    seen = film()
    frame = end_of(seen, "Take a guess")
    assert len({mark.colour for mark in shown(seen, frame, "minimum", Disc)}) == 4
    many = case_of({"function": "rastrigin"}).runs
    colours, places = end_colours(many, seen.theme), [np.array(one.point) for one in many[0].objective.minima]
    assert len(colours_met(many.plain.ends)) == 25
    assert len({colours[index] for index in range(25)}) == 6
    for one, here in enumerate(places):
        for two, there in enumerate(places):
            if 0 < np.linalg.norm(here - there) < 1.1:
                assert colours[one] != colours[two]


def test_no_two_maps_name_what_is_lost():
    """Where two maps are dark at one place, only the one on top says so."""
    seen = film("9:16", "loop", (("learning_rate", 0.48), ("steps", 60), ("points_a_side", 16)))
    for frame in (0, seen.beats[0].end - 1):
        assert sum(mark.text == "lost" for mark in seen.stage.words(frame)) <= 1
        assert list(clashes(seen, frame)) == []


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_what_is_written_on_dark_ground_is_light(theme):
    """The word that names what is lost is far brighter than the ground it stands on, whatever the background."""
    seen, bright = film(words=(("theme", theme),)), []
    for frame in seen.ends():
        bright += [mark.colour for mark in seen.stage.words(frame) if mark.text == "lost" and mark.opacity == 1]
    assert bright
    for colour in bright:
        assert sum(bytes.fromhex(colour[1:])) > 2.5 * sum(bytes.fromhex(end_colours(seen.runs, seen.theme)[LOST][1:]))


def test_the_loop_is_short():
    """It lasts between six and twelve seconds."""
    spec = RenderSpec("basins", cut="loop", fps=10, **FEW)

    assert 6 <= tell_story(LESSON, spec).frames / spec.fps <= 12


@pytest.mark.parametrize(
    "words",
    [
        (("learning_rate", 10.0), ("steps", 1)),
        (("function", "x**2 + log(y) + 1/y"), ("optimiser", "rprop"), ("steps", 60)),
    ],
    ids=str,
)
def test_an_odd_film_can_be_drawn(words):
    """Whatever is asked, every beat's last picture has a map of pixels, a ball, its marker, or a minimum."""
    seen = film(words=(*words, ("points_a_side", 16)))
    for frame in seen.ends():
        kinds = ("point", "off the scale", "starts", "starts by rate", "minimum")
        assert any(shown(seen, frame, kind) for kind in kinds)
