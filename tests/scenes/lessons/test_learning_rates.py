"""Every sentence and every point of the film about choosing a rate is borne out by runs that are made here anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from gdsim import Stop, Trajectory, simulate
from gdsim.objective import of_two_variables
from scenes.catalogue import LESSONS
from scenes.runs import runs_of
from scenes.script.captions import caption_cards
from scenes.script.window import heights
from scenes.spec import RenderSpec
from scenes.stage.area_marks import Area
from scenes.stage.line_marks import Ring, Stroke
from scenes.stage.marks import Shows

from .sentences import Said, said
from .truth import Film, axes, clashes, misplaced_ends, read, wrong_numbers

NAME, LESSON = "learning-rates", LESSONS["learning-rates"]
FUNCTIONS = (None, "-x**2", "exp(x)", "x**3", "abs(x)", "1/x", "log(x)", "x", "sin(x)", "1e6*x**2", "1e-6*x**2")
FUNCTIONS += ("(x-3)**2-200", "x**4-3*x**2+x", "(x-1e6)**2", "sqrt(x)", "x**4", "plateau", "two-valleys", "bumpy")
FUNCTIONS += ("x**3-3*x", "sqrt(1+x**2)", "1e-9*x")
RATES = (1e-3, 0.03, 0.3, 0.6, 1.0, 1.5, 1e300)
MORE = 20
RUNS: dict[tuple[object, float], Trajectory] = {}


class Case:
    """A film's options, and runs of its function made one by one."""

    def __init__(self, words: Mapping[str, object]) -> None:
        self.words = words
        self.runs = runs_of(LESSON, RenderSpec(NAME, **words))
        self.objective, self.start = self.runs[0].objective, self.runs[0].points[0]
        self.steps = words.get("steps", 20)
        self.first = float(self.runs[0].losses[0])
        self.low = min((known.value for known in self.objective.minima), default=0.0)
        self.plain = min(run.losses[-1] for run in self.runs) < self.low - 1e-9 * abs(self.first - self.low)
        self.plain |= self.first - self.low <= 1e-9 * abs(self.low)
        bottom, edge = heights(self.objective, *self.objective.domain[0])
        self.size = max(edge - bottom, 1e-9 * abs(self.first)) if self.plain else self.first - self.low
        self.key = (words.get("function"), tuple(self.start.tolist()), self.steps)

    def run(self, rate: float) -> Trajectory:
        """The run at a rate, made once for all films of the same curve, start and steps."""
        if (self.key, rate) not in RUNS:
            RUNS[self.key, rate] = simulate(self.objective, rate=rate, start=self.start, steps=self.steps)
        return RUNS[self.key, rate]

    def left(self, rate: float) -> float:
        """What a rate leaves, 1 at the start: of the loss above the minimum, or by the height of the curve."""
        run = self.run(rate)
        lost = run.steps == 0 and run.stop is Stop.DIVERGED
        return np.inf if lost else 1 + (run.losses[-1] - self.first) / self.size

    def both(self, rate: float) -> float:
        """What a rate leaves of a function that bends MORE times as much in a second direction."""
        return self.left(rate) + self.left(MORE * rate)

    @property
    def edges(self) -> tuple[float, float]:
        """The rates at the ends of the chart."""
        return chart_edges(tuple(sorted(self.words.items())))

    @property
    def seen(self) -> np.ndarray:
        """The swept rates across the chart, whose edges are the axis' own."""
        low, high = self.edges
        rates = np.array(self.runs.swept)
        assert np.diff(np.log10(rates)).max() < 0.05
        assert rates[0] < 1.001 * low
        assert rates[-1] > MORE * high
        return rates[rates <= 1.0001 * high]

    def early(self, rate: float) -> bool:
        return self.run(rate).stop in (Stop.UNDEFINED, Stop.SLOPELESS, Stop.UNCOMPUTABLE)

    def away(self, rate: float) -> bool:
        return self.run(rate).stop is Stop.DIVERGED


@cache
def chart_edges(words) -> tuple[float, float]:
    """The rates at the ends of the axis, read off its ticks."""
    film = Film(NAME, **dict(words))
    offset, slope = axes(film, 0, 0, "log tick")
    box = next(mark.box for mark in film.stage.marks(0) if mark.shows and mark.shows.quantity == "track")
    return 10 ** (offset + slope * box.left), 10 ** (offset + slope * box.right)


def number(text: str) -> float:
    return read(re.sub(r"^\[(.*)\]\(\w+\)$", r"\1", text).replace("\u00a0", " "))[0]


def trial(case: Case, one: Said, name: str = "rate") -> float:
    """The rate of a sentence, exactly: that of the run which it stands for."""
    told, slack = read(re.sub(r"^\[(.*)\]\(\w+\)$", r"\1", one.values[name]))
    found = min(case.runs.trials, key=lambda rate: abs(rate - told))
    assert abs(found - told) <= slack
    return found


def own(case: Case, one: Said) -> float:
    """The user's rate, as it was typed and as it is told."""
    assert abs(number(one.values["rate"]) / case.words["learning_rate"] - 1) < 0.06
    return case.words["learning_rate"]


def counted(case: Case, one: Said) -> bool:
    return one.tells_count("steps", case.steps)


def falls_evenly(case: Case) -> bool:
    """Whether, up to the rate that leaves least, each larger one leaves less or nothing that can be seen."""
    shares = np.maximum([case.left(rate) for rate in case.seen], -np.inf if case.plain else 1e-6)
    kept = [k for k, rate in enumerate(case.seen) if not (case.away(rate) or case.early(rate))]
    best = min(kept, key=lambda k: shares[k])
    return bool(np.all(np.diff(shares[: best + 1]) <= 1e-9))


def wall(case: Case) -> float:
    """The rate beyond which every run ends higher than it began, and far beyond, far higher: as the film has it."""
    limit = case.runs.wall
    behind = [case.left(limit * share) for share in np.geomspace(1.01, 25, 40)]
    assert min(behind) > 1 >= case.left(limit) - 1e-9
    assert behind[-1] > 9
    assert np.median([case.left(limit * share) for share in (0.5, 0.6, 0.7, 0.8, 0.9)]) < 0.96
    return limit


def slow(case: Case, rate: float) -> bool:
    return 0.5 <= case.left(rate) < 0.9


def best(case: Case) -> float:
    kept = [rate for rate in case.seen if not (case.away(rate) or case.early(rate))]
    return min(case.left(rate) for rate in kept)


def bends(case: Case) -> np.ndarray:
    places = np.concatenate([run.points[:, 0] for run in case.runs[1:4]])[:, None]
    slopes = np.asarray(case.objective.gradient(places + 1e-6 * (1 + abs(places))))[:, 0]
    return slopes - np.asarray(case.objective.gradient(places))[:, 0]


def steep(case: Case) -> bool:
    """Whether what is left really is that of the second direction: f(√MORE · y), descended at the same rate."""
    rate, root = wall(case) / MORE / 3, MORE**0.5
    y, losses = case.start / root, [case.first]
    for _ in range(case.steps):
        slope = root * np.asarray(case.objective.gradient(root * y))
        if abs(slope[0]) < 1e-6:
            break
        y = y - rate * slope
        losses.append(float(case.objective.value(root * y)))
    return bool(abs(losses[-1] - case.run(MORE * rate).losses[-1]) <= 1e-6 * case.size)


Check = Callable[[Case, Said], bool]
CLAIMS: dict[str, Check] = {
    "How do you choose a [learning rate](rate)? You try a few.": lambda case, one: True,  # a question
    "Each gets the same start and {steps}. How much loss is left?": lambda case, one: (
        counted(case, one) and len({float(run.points[0, 0]) for run in case.runs}) == 1
    ),
    "{rate} is slow: most of the loss is still there.": lambda case, one: (
        slow(case, trial(case, one)) and case.low == 0 and case.run(trial(case, one)).losses[-1] > case.first / 2
    ),
    "{rate} is slow: the loss falls a little.": lambda case, one: slow(case, trial(case, one)),
    "{rate} is fast: next to nothing is left.": lambda case, one: (
        case.low == 0 and case.run(trial(case, one)).losses[-1] < 0.0101 * case.first
    ),
    "{rate} is fast: it gets almost to the minimum.": lambda case, one: (
        not case.plain and case.left(trial(case, one)) < 0.0101 and bool(case.objective.minima)
    ),
    "{rate} takes the loss well down.": lambda case, one: case.left(trial(case, one)) < 0.5,
    "{rate} hardly moves the loss at all.": lambda case, one: 0.89 < case.left(trial(case, one)) < 1.11,
    "{rate} ends exactly where {other} did.": lambda case, one: np.isclose(
        case.left(trial(case, one)), case.left(trial(case, one, "other")), rtol=2e-6
    ),
    "{rate} leaps across the valley, and ends exactly where {other} did.": lambda case, one: (
        np.isclose(case.left(trial(case, one)), case.left(trial(case, one, "other")), rtol=2e-6)
        and min(np.diff(np.sign(case.run(trial(case, one)).gradients[:, 0]))) < 0
    ),
    "{rate} is too large: the loss explodes.": lambda case, one: (
        case.left(trial(case, one)) > 9.9 and case.run(trial(case, one)).losses.min() > case.first - 0.11 * case.size
    ),
    "{rate} is too large: the loss ends higher than it began.": lambda case, one: (
        1 < case.left(trial(case, one)) < 10.1
    ),
    "{rate} is too large: the loss falls first, then climbs.": lambda case, one: (
        case.run(trial(case, one)).losses.min() < case.first < case.run(trial(case, one)).losses[-1]
    ),
    "{rate} is too large: the [ball](ball) leaves the map.": lambda case, one: case.away(trial(case, one)),
    "{rate} gets stuck: the next step leads nowhere.": lambda case, one: case.early(trial(case, one)),
    "Four rates, four points. Where does the ⟨best⟩best rate lie? Take a guess!": lambda case, one: (
        True
    ),  # counted below
    "Four rates tried. Where does the ⟨best⟩best rate lie? Take a guess!": lambda case, one: True,  # a question
    "Now turn the [dial](rate) all the way up. At first, hardly anything happens.": lambda case, one: (
        0.89 < case.left(case.seen[0]) < 1.11
    ),
    "Now turn the [dial](rate) all the way up.": lambda case, one: True,  # what is shown
    "Then the loss drops, down into a valley of good rates.": lambda case, one: (
        falls_evenly(case) and best(case) < 0.11 and case.left(case.seen[-1]) > 1
    ),
    "Then each larger rate ends lower.": lambda case, one: falls_evenly(case),
    "Then the loss ends lower, though not with every rate.": lambda case, one: best(case) < 1,
    "And then, a wall: the loss explodes.": lambda case, one: case.left(case.seen[-1]) > 9.9,
    "And then, a wall: the loss ends higher than it began.": lambda case, one: case.left(case.seen[-1]) > 1,
    "Larger still, and the [ball](ball) leaves the map.": lambda case, one: case.away(case.seen[-1]),
    "Larger still, and the [ball](ball) gets stuck: its next step leads nowhere.": lambda case, one: True,  # see below
    "Larger rates end higher again, but nothing explodes.": lambda case, one: (
        case.left(case.seen[-1]) > best(case) and max(case.left(rate) for rate in case.seen) < 11
    ),
    "And these are the largest rates we try.": lambda case, one: True,  # what is shown
    "It stands at 2 over the curvature, here {limit:rate}. Right there, a step just swaps sides.": lambda case, one: (
        np.isclose(
            number(one.values["limit"]), 2 / case.objective.curvature(case.objective.minima[0].point), rtol=0.051
        )
        and np.isclose(wall(case), 2 / case.objective.curvature(case.objective.minima[0].point), rtol=1e-6)
    ),
    "Here it stands at {limit:rate}. The curvature changes along this curve, so you find it by trying.": (
        lambda case, one: one.tells("limit", wall(case)) and np.ptp(bends(case)) > 0.01 * abs(bends(case)).max()
    ),
    "Here it stands at {limit:rate}: beyond it, the loss ends higher than it began.": lambda case, one: one.tells(
        "limit", wall(case)
    ),
    "Real losses bend more in some directions, say {more} times as much.": lambda case, one: (
        number(one.values["more"]) == MORE and abs(bends(case)).max() > 0
    ),
    "There, curve and wall come at rates {more} times smaller.": lambda case, one: (
        number(one.values["more"]) == MORE and steep(case)
    ),
    "The loss is the sum of both. So the steeper direction sets the wall.": lambda case, one: (
        case.both(1.05 * wall(case) / MORE) > case.both(0.8 * wall(case) / MORE) and case.left(1.05 * wall(case)) > 1
    ),
    "The gentle direction is slow there. So the best rates lie close to the wall.": lambda case, one: (
        min(case.both(wall(case) / MORE * share) for share in np.linspace(0.5, 0.99, 25))
        < min(case.both(wall(case) / MORE * share) for share in np.geomspace(0.01, 0.47, 25))
        and case.left(wall(case) / MORE) > 1e-4
    ),
    "The gentle direction falls more slowly there, so the valley is narrower.": lambda case, one: (
        case.left(wall(case) / MORE / 50) >= case.left(wall(case) / 50)
    ),
    "You rarely know the curvature. So try rates about three times apart.": lambda case, one: climbs_threefold(
        list(case.runs.ladder), case
    ),
    **dict.fromkeys(
        (
            "Once the loss ⟨explodes⟩explodes, go back by a factor of 2 to 10. Then, when do you stop?",
            "Once the loss ⟨explodes⟩climbs, go back by a factor of 2 to 10. Then, when do you stop?",
        ),
        lambda case, one: goes_back(case),
    ),
    "There is no minimum here, so there is no ⟨best⟩best rate either.": lambda case, one: not case.objective.minima,
    "Try rates about three times apart, and keep the best. Here it lies ⟨best⟩near {best:rate}.": lambda case, one: any(
        one.tells("best", rate) and case.left(rate) <= max(best(case), 1e-6) for rate in case.seen
    ),
    "Your {rate:rate} is so large that a computer cannot count the first step.": lambda case, one: (
        case.run(own(case, one)).steps == 0
    ),
    "Your {rate:rate} is beyond the wall: the loss ends higher than it began.": lambda case, one: (
        case.left(own(case, one)) > 1 and own(case, one) > wall(case)
    ),
    "Your {rate:rate} is too large here: the loss ends higher than it began.": lambda case, one: (
        case.left(own(case, one)) > 1
    ),
    "With your {rate:rate}, the [ball](ball) leaves the map.": lambda case, one: case.away(own(case, one)),
    "With your {rate:rate}, the [ball](ball) gets stuck: its next step leads nowhere.": lambda case, one: case.early(
        own(case, one)
    ),
    "Your {rate:rate} lies on the flat part: after {steps}, the loss has hardly changed.": lambda case, one: (
        0.89 < case.left(own(case, one)) < 1.11 and counted(case, one)
    ),
    "Your {rate:rate} gains nothing: after {steps}, the loss has hardly changed.": lambda case, one: (
        0.89 < case.left(own(case, one)) < 1.11 and counted(case, one)
    ),
    "Your {rate:rate} works, but the wall is less than a factor of 2 away.": lambda case, one: (
        case.left(own(case, one)) < 0.9 and 1 < wall(case) / own(case, one) < 2
    ),
    "Your {rate:rate} is a good choice: after {steps}, next to nothing is left.": lambda case, one: (
        case.run(own(case, one)).losses[-1] <= 0.0101 * case.first and case.low == 0 and counted(case, one)
    ),
    "Your {rate:rate} is a good choice: it gets almost to the minimum.": lambda case, one: (
        case.left(own(case, one)) < 0.0101 and bool(case.objective.minima)
    ),
    "Your {rate:rate} works, but slowly: the loss falls by less than half.": lambda case, one: slow(
        case, own(case, one)
    ),
    "Your {rate:rate} works: the loss ends well below its start.": lambda case, one: case.left(own(case, one)) < 0.5,
    "Without a single step, every rate leaves the loss where it was.": lambda case, one: case.steps == 0,
    "The slope here is zero, and any rate times zero is zero. The loss stays where it is.": lambda case, one: (
        case.runs[0].gradients[0, 0] == 0
    ),
    "Whatever the rate, the loss hardly changes.": lambda case, one: all(0.89 < case.left(r) < 1.11 for r in case.seen),
    "The ball starts at the [minimum](minimum), and no [learning rate](rate) can improve on that.": lambda case, one: (
        case.start[0] in [known.point[0] for known in case.objective.minima]
    ),
    "From here, none of these [learning rates](rate) helps.": lambda case, one: all(
        case.left(rate) > 0.89 for rate in case.seen
    ),
    "Too small, just right, too large.": lambda case, one: (
        case.left(case.seen[0]) > 0.89 and best(case) < 0.11 and case.left(case.seen[-1]) > 1
    ),
    "One run for each learning rate.": lambda case, one: True,  # what is shown
    "What is left of the loss on {curve} after {steps}, for every learning rate: "
    "flat for small rates, then a valley of good ones, then a wall at {limit}.": lambda case, one: (
        counted(case, one) and one.tells("limit", wall(case)) and best(case) < 0.11
    ),
    "The loss on {curve} after {steps}: it hardly changes, whatever the learning rate.": lambda case, one: (
        counted(case, one) and all(0.89 < case.left(rate) < 1.11 for rate in case.seen)
    ),
    "The loss on {curve} after {steps}, for every learning rate from {low} to {high}.": lambda case, one: (
        counted(case, one) and all(map(one.tells, ("low", "high"), case.edges))
    ),
}


def climbs_threefold(rates: list[float], case: Case) -> bool:
    """Rates three times apart, of which the last alone is beyond the steeper direction's wall."""
    ratios = [larger / smaller for smaller, larger in pairwise(rates)]
    limit = wall(case) / MORE
    return len(rates) >= 2 and all(2.9 < ratio < 3.4 for ratio in ratios) and rates[-2] <= limit < rates[-1] * 1.0001


def goes_back(case: Case) -> bool:
    """At the wall's half, tenth and between, the sum ends lower than the two losses it started with."""
    limit = wall(case) / MORE
    return all(case.both(limit / share) < 2 for share in (2, 3, 5, 10))


def faults(words: Mapping[str, object]) -> Iterator[str]:
    """Every sentence that nobody checks, and every one that is false."""
    case = Case(words)
    with np.errstate(all="ignore"):
        for one in said(NAME, words):
            check = CLAIMS.get(one.template)
            if check is None:
                yield f"nobody checks {one.template!r}: {words}"
            elif not check(case, one):
                yield f"false: {one.template!r} {dict(one.values)}: {words}"


def heard(words: Mapping[str, object]) -> list[str]:
    """What is false of a film; nothing of one that is refused."""
    try:
        runs_of(LESSON, RenderSpec(NAME, **words))
    except ValueError:
        return []
    return list(faults(words))


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_sentence_is_true(function):
    """Curves of all kinds, the lesson's own rate and others, one step and several, starts near and far."""
    curve = {"function": function} if function else {}
    asked = [{}, {"steps": 1}, {"start": (2.9,)}, *({"learning_rate": rate} for rate in RATES)]
    assert [fault for odd in asked for fault in heard(curve | odd)] == []


@pytest.mark.parametrize(
    "words",
    [{"start": (3.0,)}, {"start": (3.000001,)}, {"start": (-1000.0,)}, {"steps": 0}, {"steps": 300}],
    ids=str,
)
def test_odd_starts_and_steps_are_told_truly(words):
    """At the minimum, next to it, far from it; without a step, and with as many as the lesson takes."""
    assert heard(words) == []


# Films for the picture, and the frames looked at in each.
ODD = [{"function": "x**4", "learning_rate": 0.02}, {"function": "abs(x)", "learning_rate": 2.0}, {"start": (3.0,)}]
ODD += [{"function": "two-valleys", "learning_rate": 0.2}, {"function": "x"}, {"function": "1e6*x**2"}, {"steps": 1}]
ODD += [{"learning_rate": rate} for rate in (1e-6, 0.3, 1.5, 1e6)]


@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
@pytest.mark.parametrize("words", ODD, ids=str)
def test_odd_films_are_clean_and_true(words, aspect):
    """Whatever the curve and the rate: no words meet, and every number and point is that of its run."""
    film = Film(NAME, aspect, **words)
    for frame in film.ends():
        assert [*clashes(film, frame), *wrong_numbers(film, frame), *misplaced_ends(film, frame)] == []


@pytest.fixture(scope="module", params=[{"learning_rate": 0.3}, {"function": "x**4", "steps": 7}], ids=str)
def film(request) -> Film:
    """A parabola with a rate of the user's, and a curve whose curvature changes."""
    return Film(NAME, **request.param)


def last(film: Film, quantity: str, kind: type) -> tuple[int, object]:
    """The last frame in which a quantity is seen beside numbers across, and its mark there."""
    for frame in reversed([frame for timed in film.beats for frame in (timed.start, timed.end - 1)]):
        for mark in film.stage.marks(frame):
            if (
                isinstance(mark, kind)
                and mark.shows
                and mark.shows.quantity == quantity
                and axes(film, frame, 0, "log tick")
            ):
                return frame, mark
    raise AssertionError(f"{quantity} is never seen")


def told(film: Film, frame: int, points, at: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Frame points (n, 2) -> rates (n,), and what is left of the losses (n,), as the axes' numbers say."""
    (left, across), (low, up) = (axes(film, frame if at is None else at, axis, "log tick") for axis in (0, 1))
    points = np.asarray(points)
    return 10 ** (left + across * points[:, 0]), 10 ** (low + up * points[:, 1])


class Truth:
    """What runs of the film's own function leave, and those of f(x) + f(√20 · y)."""

    def __init__(self, film: Film) -> None:
        main = film.runs[0]
        self.one, self.first, self.start, self.steps = main.objective, main.losses[0], main.points[0], film.runs.steps
        self.low, root = min(known.value for known in self.one.minima), MORE**0.5
        self.floor = 1e-6 * (self.first - self.low)
        self.two = of_two_variables(
            value=lambda x, y: self.one.value(x[..., None]) + self.one.value(root * y[..., None]),
            slopes=lambda x, y: (
                self.one.gradient(x[..., None])[..., 0],
                root * self.one.gradient(root * y[..., None])[..., 0],
            ),
            bends=lambda x, y: (0.0, 0.0, 0.0),
            name="two",
            formula="",
            variables=("x", "y"),
            domain=((-100.0, 100.0), (-100.0, 100.0)),
            start=(0.0, 0.0),
        )

    def left(self, rate: float, more: float = 1.0) -> float:
        run = simulate(self.one, rate=more * rate, start=self.start, steps=self.steps)
        return max(float(run.losses[-1]) - self.low, self.floor)

    def both(self, rate: float) -> float:
        run = simulate(self.two, rate=rate, start=(self.start[0], self.start[0] / MORE**0.5), steps=self.steps)
        return max(float(run.losses[-1]) - 2 * self.low, self.floor)


@pytest.mark.parametrize("quantity", ["sweep", "steep sweep", "summed sweep"])
def test_every_point_of_a_curve_is_a_run(film, quantity):
    """The curve, the steeper direction's and the sum: simulated anew, the sum as a run in two variables."""
    truth = Truth(film)
    wanted = {"sweep": truth.left, "steep sweep": lambda rate: truth.left(rate, MORE), "summed sweep": truth.both}
    frame, mark = last(film, quantity, Stroke)
    rates, seen = told(film, frame, mark.points)
    top = 10 ** (axes(film, frame, 1, "log tick")[0] + axes(film, frame, 1, "log tick")[1] * mark.clip.top)
    for rate, left in list(zip(rates, seen))[:-1:4]:
        expected = wanted[quantity](rate)
        assert abs(np.log10(left / expected)) < 0.05 or min(left, expected) > top, (rate, left, expected)


def test_the_wall_and_the_good_rates_stand_where_they_are_told(film):
    """The line's place is its number's; the steeper direction's is MORE times less, and good rates 2 to 10 times."""
    limit = film.runs.wall
    for moved, frame in (
        (0, [timed.end - 1 for timed in film.beats if timed.beat.chapter == "The wall"][-1]),
        (1, None),
    ):
        found = last(film, "wall", Stroke) if frame is None else (frame, named(film, frame, "wall"))
        rates, _ = told(film, found[0], found[1].points)
        assert np.allclose(rates, limit / MORE**moved, rtol=0.01)
        (number,) = (one for one in film.stage.words(found[0]) if one.shows and one.shows.quantity == "limit")
        value, slack = read(number.text.rpartition("= ")[2])
        assert abs(value - limit / MORE**moved) <= slack
        assert ("2 ÷ c" in number.text) == (film.runs.main.objective.name == "shifted-parabola")
    area = named(film, film.frames - 1, "good rates")
    rates, _ = told(film, film.frames - 1, area.points, film.beats[-2].start - 1)
    assert isinstance(area, Area)
    assert np.isclose(rates.min(), limit / MORE / 10, rtol=0.01)
    assert np.isclose(rates.max(), limit / MORE / 2, rtol=0.01)
    assert area.colour == film.theme.rate


def named(film: Film, frame: int, quantity: str):
    """The mark that shows a quantity in a frame."""
    (found,) = (mark for mark in film.stage.marks(frame) if mark.shows and mark.shows.quantity == quantity)
    return found


def test_the_ladder_is_tried_on_both_directions(film):
    """Each of its points is what a run in two variables leaves at the rate below it; the last is off the scale."""
    truth, frame = Truth(film), film.frames - 1
    at = film.beats[-2].start - 1  # the numbers of the axis leave when the ladder's own appear
    marks = [mark for mark in film.stage.marks(frame) if mark.shows and mark.shows.quantity == "tried loss"]
    numbers = [mark for mark in film.stage.words(frame) if mark.shows and mark.shows.quantity == "run rate"]
    ladder = film.runs.ladder
    assert np.allclose([read(mark.text)[0] for mark in numbers], ladder, rtol=1e-9)
    assert len(ladder) - 1 <= len(marks) <= len(ladder)
    for mark, number, rate in zip(marks, numbers, ladder):
        (place,), (left,) = told(film, frame, [mark.centre], at)
        assert np.isclose(place, rate, rtol=0.01)
        assert abs(mark.centre[0] - number.box.centre[0]) < 0.02
        assert abs(np.log10(left / truth.both(rate))) < 0.03


def test_the_ring_marks_the_best_rate_for_both(film):
    """No rate leaves less than the one that is marked, to the grid's fineness; it lies close to the wall."""
    truth, limit = Truth(film), film.runs.wall / MORE
    frame, ring = last(film, "best rate", Ring)
    (rate,), (left,) = told(film, frame, [ring.centre])
    assert abs(np.log10(left / truth.both(rate))) < 0.05
    assert left <= 1.2 * min(truth.both(limit * share) for share in np.geomspace(0.02, 1, 60))
    assert limit / 2 < rate < limit


def test_the_knob_tells_the_rate_where_it_stands(film):
    """In every tenth frame, the number below the knob is that of its place on the axis, in the rate's colour."""
    looked = 0
    for frame in range(0, film.frames, 10):
        for mark in film.stage.words(frame):
            if mark.shows and mark.shows.quantity == "knob rate" and mark.opacity == 1:
                knob = named(film, frame, "knob")
                (rate,), _ = told(film, frame, [knob.centre])
                value, slack = read(mark.text)
                assert abs(value - rate) <= slack + 0.005 * rate
                assert mark.colour == knob.colour == film.theme.rate
                looked += 1
    assert looked > 20


def test_runs_wear_their_colours(film):
    """Point, number and loss curve of each watched run have its colour; each number is its run's rate."""
    frame = next(timed.end - 1 for timed in reversed(film.beats) if timed.beat.chapter == "Four runs")
    for index, rate in enumerate(film.runs.trials):
        colour = film.theme.concept(f"run{index + 1}")
        shown = [mark for mark in film.stage.marks(frame) if mark.shows and mark.shows.run == 1 + index]
        kinds = {mark.shows.quantity: mark for mark in shown}
        assert {"loss curve", "run rate"} <= set(kinds)
        assert {mark.colour for mark in shown} == {colour}
        assert np.isclose(read(kinds["run rate"].text)[0], rate, rtol=1e-9)
        assert np.isclose(film.runs[1 + index].learning_rates[0], rate)


def test_the_users_rate_is_marked_on_the_curve():
    """Its ring is where its own run ends, with the number that was typed; without --lr there is none."""
    film = Film(NAME, learning_rate=0.07)
    frame = next(timed.end - 1 for timed in film.beats if timed.beat.chapter == "Your rate")
    (mark,) = (one for one in film.stage.marks(frame) if isinstance(one, Ring))
    (rate,), (left,) = told(film, frame, [mark.centre])
    assert np.isclose(rate, 0.07, rtol=0.01)
    assert np.isclose(left, 25 * (1 - 2 * 0.07) ** 40, rtol=0.05)
    assert [one.text for one in film.stage.words(frame) if one.shows and one.shows == Shows("run rate", 0)] == ["0.07"]
    assert "Your rate" not in Film(NAME).script.chapters


def test_both_ends_of_the_valley_leave_the_same():
    """The widget's two rates: from 8, 0.1 and 0.9 end 0.0576 from the minimum, 0.01 ends at 6.3380."""
    runs = runs_of(LESSON, RenderSpec(NAME, learning_rate=0.01))
    assert runs.trials == (0.003, 0.1, 0.9, 1.05)
    assert [round(float(run.points[-1, 0]), 4) for run in (runs.trial(1), runs.trial(2))] == [3.0576, 3.0576]
    assert round(float(runs.main.points[-1, 0]), 4) == 6.338


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ({"optimiser": "adam"}, "takes no --optimiser; it takes --lr"),
        ({"schedule": "cosine"}, "takes no --schedule"),
        ({"settings": (("momentum", "0.5"),)}, "takes no --set"),
        ({"function": "x**2 + y**2"}, "one variable"),
        ({"steps": 301}, "up to 300"),
        ({"start": (1.0, 2.0)}, "1 coordinate"),
    ],
)
def test_what_the_lesson_does_not_take_is_refused(words, hint):
    """One line, which says what works."""
    with pytest.raises(ValueError, match=hint) as refused:
        runs_of(LESSON, RenderSpec(NAME, **words))
    assert "\n" not in str(refused.value)


def test_captions_are_short():
    """A sentence takes two captions, the one with the rates to try at most three."""
    for words in ({}, {"learning_rate": 0.3}, {"function": "x**4"}):
        for beat in LESSON.script(runs_of(LESSON, RenderSpec(NAME, **words))):
            assert len(caption_cards(beat.sentence)) <= 2 + ("You rarely" in beat.plain), beat.plain


def test_a_sweep_is_about_a_hundred_runs():
    """Enough for a smooth curve, few enough to be made at once."""
    runs = runs_of(LESSON, RenderSpec(NAME))
    assert 80 <= sum(runs.range[0] <= rate <= runs.range[1] for rate in runs.swept) <= 120
    assert len(runs) <= 200
