"""The film about stopping: its rules are applied here anew, to steps that are made here, whatever rate and start."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest

from gdsim import Stop
from scenes.catalogue import LESSONS
from scenes.planned_stops import planned_stops
from scenes.runs import runs_of
from scenes.script.captions import caption_cards
from scenes.spec import RenderSpec
from scenes.stage.area_marks import Disc
from scenes.stage.line_marks import Ring, Stroke
from scenes.stage.marks import Text

from .sentences import Said, faults
from .test_parabola import CLAIMS as ONE_BALL
from .truth import Film, clashes, misplaced_balls, read, wrong_numbers

EPSILON, LIMIT = 1e-6, 1000
ALT = "{words} A flat shelf fools rules that look only at the loss, and then those that look at the slope."
RATES = [*np.geomspace(1e-4, 10, 19).tolist(), 1e-9, 0.1, 0.4, 0.4999999, 0.5, 0.75, 0.9, 0.999, 0.9999999, 1.0, 1.0001]
STARTS = ((0.0,), (-10.0,), (1e6,), (0.001,), (6e-7,), (-3e70,))
ASKED = [{"learning_rate": rate} for rate in RATES]
ASKED += [
    {"learning_rate": rate, "start": start} for start in STARTS for rate in (0.003, 0.1, 0.5, 0.97, 1.0, 1.3, 50.0)
]
ASKED += [
    {"learning_rate": rate, "steps": steps} for steps in (10, 50, 10_000) for rate in (0.0007, 0.1, 0.5, 1.0, 1.01)
]


def descend(slope, start: float, rate: float, limit: int, done) -> list[float]:
    """The places of plain descent until `done(before, here)` or the limit; off the map, it is over as well."""
    places = [start]
    while not done(places[-2] if places[1:] else None, places[-1]) and len(places) <= limit:
        if abs(places[-1]) > 55 * max(abs(start), 10 * (2 * abs(start) < EPSILON)) and abs(places[-1]) > 50:
            break
        places.append(places[-1] - rate * slope(places[-1]))
    return places


@cache
def on_parabola(start: float, rate: float, limit: int, by: str) -> list[float]:
    """Places on θ² until one rule or the other fires."""
    rule = {
        "slope": lambda before, x: abs(2 * x) < EPSILON,
        "loss": lambda before, x: before is not None and abs(x * x - before * before) < EPSILON,
    }[by]
    return descend(lambda x: 2 * x, start, rate, limit, rule)


@cache
def on_shelf(start: float, by: str) -> list[float]:
    """Places on 10 (1 − exp(−x²/2))."""

    def loss(x: float) -> float:
        return 10 * (1 - math.exp(-x * x / 2))

    def slope(x: float) -> float:
        return 10 * x * math.exp(-x * x / 2)

    rule = {
        "slope": lambda before, x: abs(slope(x)) < EPSILON,
        "loss": lambda before, x: before is not None and abs(loss(x) - loss(before)) < EPSILON,
    }[by]
    return descend(slope, start, 0.1, LIMIT, rule)


class Asked:
    """What the user asked for, and the steps that follow from it."""

    def __init__(self, learning_rate: float = 0.1, start: tuple[float] = (10.0,), steps: int = LIMIT) -> None:
        self.rate, self.start, self.limit = learning_rate, start[0], steps
        self.places = on_parabola(self.start, self.rate, steps, "slope")
        self.by_loss = on_parabola(self.start, self.rate, steps, "loss")
        self.sizes = [abs(2 * x) for x in self.places]

    @property
    def steps(self) -> int:
        return len(self.places) - 1

    @property
    def fired(self) -> bool:
        return self.sizes[-1] < EPSILON

    @property
    def factor(self) -> float:
        return abs(1 - 2 * self.rate)

    def settled(self) -> bool:
        """Whether the loss's rule fired."""
        *_, before, last = [math.inf, *self.by_loss]
        return len(self.by_loss) > 1 and abs(last * last - before * before) < EPSILON

    def bends(self, places: list[float]) -> bool:
        ends = sorted((abs(places[0]), abs(places[-1])))
        return len(places) > 3 and ends[1] >= 2 * ends[0] > 0

    def needs(self, rate: float, limit: int | None = None) -> int:
        return len(on_parabola(self.start, rate, limit or self.limit, "slope")) - 1


def claims(asked: Asked):
    """Each sentence, and whether the steps made here bear it out."""

    def multiplies(one: Said) -> bool:
        by = asked.factor
        told = one.number("by")
        right = one.tells("by", by) and (told < 1) == (by < 1)
        pairs = zip(asked.sizes, asked.sizes[1:])
        return right and all(
            np.isclose(after, by * before, rtol=1e-6, atol=1e-12 * asked.sizes[0]) for before, after in pairs
        )

    def slow(one: Said) -> bool:
        rate = one.number("rate")
        return rate < 0.5 and one.tells_count("steps", asked.limit) and asked.needs(rate, asked.limit + 1) > asked.limit

    shrinks = asked.sizes[-1] < asked.sizes[0]
    fires = len(asked.by_loss) - 1
    left = abs(2 * asked.by_loss[-1])
    return {
        "Gradient descent takes step after step. When should it stop?": lambda one: True,  # a question
        "At the minimum? At this [rate](rate), a single step lands exactly there.": lambda one: (
            asked.places[1:] == [0.0]
        ),
        "At the minimum? At this [rate](rate) it leaps from side to side and gets no closer.": lambda one: (
            asked.places[1:3] == [-asked.start, asked.start] and not asked.fired
        ),
        "At the minimum? At this [rate](rate) it only gets farther away.": lambda one: all(
            abs(after) > abs(before) for before, after in zip(asked.places, asked.places[1:])
        ),
        "At the minimum? Each step leaves nearly all of the distance: it never quite arrives.": lambda one: (
            0.99 < asked.factor < 1 and asked.places[-1] != 0
        ),
        "At the minimum? Each step leaves {share} % of the distance: it never quite arrives.": lambda one: (
            one.tells("share", 100 * asked.factor) and 0 < one.number("share") < 100 and asked.places[-1] != 0
        ),
        "At a minimum the slope is zero. So stop once its size is below epsilon: one millionth.": lambda one: (
            EPSILON == 1e-6 and LIMIT > 0
        ),
        "It is already, so the rule fires before the first step.": lambda one: asked.steps == 0 and asked.fired,
        "One step, and it is zero: the rule fires.": lambda one: asked.sizes[1:] == [0.0],
        "Step after step, it never changes.": lambda one: len(set(asked.sizes)) == 1,
        "Step after step, it grows.": lambda one: asked.sizes[-1] > asked.sizes[0],
        "Step after step, it shrinks.": lambda one: shrinks,
        "Step after step, it shrinks. After {steps} it looks like zero. Is it?": lambda one: (
            one.tells_count("steps", next(k for k, size in enumerate(asked.sizes) if size < 0.005 * asked.sizes[0]))
            and asked.sizes[int(one.number("steps"))] > 0
        ),
        "Let the axis count powers of ten, and the curve becomes a straight line.": lambda one: asked.bends(
            asked.places
        ),
        "Let the axis count powers of ten: now epsilon is in the picture.": lambda one: not asked.bends(asked.places),
        "It will never be below epsilon. Only a limit ends this, here {steps}.": lambda one: (
            one.tells_count("steps", asked.limit) and min(asked.sizes) == max(asked.sizes) >= EPSILON
        ),
        "Each step multiplies it by {by}. After {steps} it is below epsilon: stop!": lambda one: (
            multiplies(one) and one.tells_count("steps", asked.steps) and asked.sizes[-1] < EPSILON <= asked.sizes[-2]
        ),
        "Each step multiplies it by {by}. After {steps} it is {left:slope}: not there, but we stop.": lambda one: (
            multiplies(one)
            and one.tells_count("steps", asked.limit)
            and one.tells("left", asked.sizes[-1])
            and not asked.fired
        ),
        "Each step multiplies it by {by}: this rule never fires. Only a limit ends it, here {steps}.": lambda one: (
            multiplies(one)
            and asked.factor > 1
            and one.tells_count("steps", asked.limit)
            and asked.steps == asked.limit
        ),
        "Each step multiplies it by {by}: this rule never fires. We stop off the map.": lambda one: (
            multiplies(one) and asked.factor > 1 and abs(asked.places[-1]) > 50 * abs(asked.start)
        ),
        "Now {name:ball} {place:ball}: not zero, but close enough.": lambda one: (
            one.tells_place(asked.places[-1], 0) and asked.places[-1] != 0 and asked.fired
        ),
        "Or watch the loss: stop once a step changes it by less than epsilon.": lambda one: asked.steps > 0,
        "In {steps}, that does not happen.": lambda one: not asked.settled() and one.tells_count("steps", fires),
        "It fires after {steps}, although the slope is still {slope:slope}. It is fooled!": lambda one: (
            asked.settled()
            and one.tells_count("steps", fires)
            and one.tells("slope", left)
            and left > max(EPSILON, asked.sizes[0] / 2)
        ),
        "It fires after {steps}: only then can it see that nothing changes.": lambda one: (
            asked.settled() and one.tells_count("steps", fires) and fires > asked.steps
        ),
        "It fires at the same moment: after {steps}.": lambda one: (
            asked.settled() and one.tells_count("steps", fires) and fires == asked.steps
        ),
        "It fires sooner: after {steps}.": lambda one: (
            asked.settled() and one.tells_count("steps", fires) and fires < asked.steps
        ),
        "Its line is twice as steep, so this rule fires sooner: after {steps}.": lambda one: (
            asked.settled()
            and one.tells_count("steps", fires)
            and fires < asked.steps
            and twice_as_steep(asked.by_loss)
        ),
        "At a rate of {rate:rate}, one step is enough. Near 0 and near 1, the number shoots up.": lambda one: (
            asked.needs(one.number("rate")) == 1
            and min(asked.needs(0.0001), asked.needs(0.9999)) >= min(10, asked.limit)
        ),
        "At {rate:rate} it needs over {steps}: so set a limit.": slow,
        "Now a trap: a valley with a flat shelf. What will our rules do?": lambda one: True,  # a question
        "After {steps} the loss rule stops. But the minimum is down there!": lambda one: (
            one.tells_count("steps", len(on_shelf(4.4, "loss")) - 1) and on_shelf(4.4, "loss")[-1] > 4.39
        ),
        "The slope rule is more patient. After {steps}, its ball is down.": lambda one: (
            one.tells_count("steps", len(on_shelf(4.4, "slope")) - 1) and abs(on_shelf(4.4, "slope")[-1]) < 1e-6
        ),
        "Farther out, even the slope is below epsilon: this rule is fooled, too.": lambda one: (
            on_shelf(6.0, "slope") == [6.0]
        ),
        # advice, and a question
        "Stop when the slope is small enough, and keep a step limit. But is that the lowest point?": lambda one: True,
        "Stop when the slope is small enough.": lambda one: True,  # advice
        ALT: lambda one: ONE_BALL[one.values["words"]](one._replace(values={**one.values, **dict(one.pairs[1:])})),
    }


def twice_as_steep(places: list[float]) -> bool:
    """Whether the logarithm of the loss's change falls twice as fast as that of the slope."""
    slopes, changes = np.abs(2 * np.array(places[1:])), np.abs(np.diff(np.square(places)))
    return np.allclose(np.diff(np.log(changes)), 2 * np.diff(np.log(slopes)), rtol=1e-3, atol=1e-9)


@pytest.mark.parametrize("words", ASKED, ids=str)
def test_every_sentence_is_true(words):
    """At rates from creeping to exploding, from starts near and far, with limits short and long."""
    assert list(faults("convergence", words, claims(Asked(**words)))) == []


def test_a_false_sentence_is_found():
    """The checks are awake: the claims of another rate, another start or another limit fail."""
    for words in ({"learning_rate": 0.2}, {"start": (20.0,)}, {"steps": 60}):
        assert list(faults("convergence", words, claims(Asked())))


def test_the_worked_example():
    """θ² from 10 at 0.1: 8, 6.4, 5.12; after 76 steps the slope is below a millionth, and θ is 4.3 × 10⁻⁷."""
    main, by_loss, *_ = runs_of(LESSONS["convergence"], RenderSpec("convergence"))

    assert main.points[:4, 0] == pytest.approx([10, 8, 6.4, 5.12])
    assert main.losses[1:3] == pytest.approx([64, 40.96])
    assert (main.steps, by_loss.steps, main.stop) == (76, 40, Stop.FLAT)
    assert main.points[-1, 0] == pytest.approx(4.31e-7, rel=1e-3)
    told = [beat.plain for beat in LESSONS["convergence"].script(planned_stops(RenderSpec("convergence")))]
    assert any("4.3\u00a0×\u00a010⁻⁷" in sentence for sentence in told)
    assert any("0.8. After 76\u00a0steps" in sentence for sentence in told)


@pytest.mark.parametrize(
    "words", [{"steps": 3}, {"steps": 10_001}, {"learning_rate": 1e308}, {"start": (1e80,)}], ids=str
)
def test_what_cannot_be_shown_is_refused(words):
    """A limit out of the chart's reach, a rate without a step, a start too far away: one line each."""
    with pytest.raises(ValueError, match=r"works$"):
        runs_of(LESSONS["convergence"], RenderSpec("convergence", **words))


@pytest.mark.parametrize("words", [{"function": "x**2"}, {"optimiser": "adam"}, {"schedule": "step"}], ids=str)
def test_other_options_are_refused(words):
    """It tells of plain descent on its own curve."""
    with pytest.raises(ValueError, match="takes no --"):
        runs_of(LESSONS["convergence"], RenderSpec("convergence", **words))


def test_captions_are_short():
    """A sentence takes two captions at most."""
    for words in ASKED[::3]:
        for beat in LESSONS["convergence"].script(planned_stops(RenderSpec("convergence", **words))):
            assert len(caption_cards(beat.sentence)) <= 2, beat.plain


SEEN = [
    ("16:9", "full", {}),
    ("9:16", "full", {}),
    ("16:9", "loop", {}),
    ("1:1", "full", {"learning_rate": 0.97, "start": (-2e6,), "theme": "light"}),
    ("9:16", "full", {"learning_rate": 1.05}),
    ("16:9", "full", {"learning_rate": 0.5}),
    ("1:1", "full", {"learning_rate": 1.0, "steps": 60}),
    ("16:9", "full", {"learning_rate": 0.4999999, "start": (1e-4,)}),
    ("16:9", "loop", {"start": (0.0,)}),
]


@pytest.fixture(scope="module", params=SEEN, ids=str)
def film(request) -> Film:
    """Films of several rates, shapes and cuts."""
    aspect, cut, words = request.param
    return Film("convergence", aspect, cut=cut, **words)


def sampled(film: Film) -> list[int]:
    """Every thirteenth frame, and the last of each beat."""
    return sorted({*range(0, film.frames, 13), *film.ends()})


def test_numbers_places_and_type_hold_at_other_rates(film):
    """What holds for every lesson holds here at rates that jump, diverge, land and bounce."""
    for frame in sampled(film):
        assert [*wrong_numbers(film, frame), *misplaced_balls(film, frame), *clashes(film, frame)] == []


def scale(film: Film, frame: int, quantity: str, axis: int, powers: bool):
    """Frame units -> a chart's number, from where its ticks stand; None where there are fewer than two."""
    found = {}
    for mark in film.stage.words(frame):
        if mark.shows and mark.shows.quantity == quantity and mark.shows.axis == axis and mark.opacity > 0.99:
            value, _ = read(mark.text)
            found[mark.box.centre[axis]] = math.log10(value) if powers else value
    if len(found) < 2:
        return None
    pitch, offset = np.polyfit(list(found), list(found.values()), 1)
    return lambda place: pitch * place + offset, abs(pitch)


def sizes_of(film: Film, shows) -> np.ndarray:
    """The sizes that a line of the chart stands for, by step."""
    run = film.runs[shows.run]
    change = np.concatenate([[np.nan], np.abs(np.diff(run.losses))])
    return change if shows.quantity.startswith("loss change") else np.abs(run.gradients[:, 0])


def test_each_size_is_where_the_chart_says(film):
    """Dots and heads of lines stand at their step and at the size after it, on either kind of axis."""
    seen = 0
    for frame in sampled(film):
        log = film.timeline.value(("sizes", "log"), frame)[0]
        scales = scale(film, frame, "size tick", 0, False), scale(film, frame, "size tick", 1, log == 1)
        if log not in (0, 1) or None in scales:
            continue
        for mark in film.stage.marks(frame):
            if not (isinstance(mark, Disc) and mark.shows and mark.shows.quantity.endswith((" dot", " head"))):
                continue
            if mark.shows.step is None or mark.opacity == 0:
                continue
            size = sizes_of(film, mark.shows)[mark.shows.step]
            for (number, pitch), place, true in zip(
                scales, mark.centre, (mark.shows.step, math.log10(size) if log else size)
            ):
                assert abs(number(place) - true) <= 0.03 * pitch + 1e-9, (frame, mark.shows)
            concept = "loss" if mark.shows.quantity.startswith("loss") else "slope"
            assert mark.colour == film.theme.concept(concept)
            seen += 1
    assert seen or not film.runs[0].steps or film.runs[0].gradients[-1, 0] == 0


def test_each_line_is_its_runs_sizes(film):
    """A line of the chart has a corner at every step so far, each at that step's size."""
    for frame in sampled(film):
        log = film.timeline.value(("sizes", "log"), frame)[0]
        up = scale(film, frame, "size tick", 1, log == 1)
        across = scale(film, frame, "size tick", 0, False)
        if log not in (0, 1) or up is None or across is None:
            continue
        for mark in film.stage.marks(frame):
            if isinstance(mark, Stroke) and mark.shows and mark.shows.quantity.endswith("size line"):
                sizes = sizes_of(film, mark.shows)
                for x, y in mark.points[:-1].tolist():
                    step = round(across[0](x))
                    true = math.log10(max(sizes[step], 1e-300)) if log else sizes[step]
                    inside = mark.clip.bottom <= y <= mark.clip.top
                    assert not inside or abs(up[0](y) - true) <= 0.03 * up[1] + 1e-9


def test_epsilon_is_where_the_axis_says(film):
    """The dashed line stands at a millionth on the axis of powers."""
    for frame in sampled(film):
        up = scale(film, frame, "size tick", 1, True) if film.timeline.value(("sizes", "log"), frame)[0] == 1 else None
        for mark in film.stage.marks(frame):
            if up and isinstance(mark, Stroke) and mark.shows and mark.shows.quantity == "epsilon":
                assert up[0](float(mark.points[0, 1])) == pytest.approx(math.log10(EPSILON), abs=0.02 * up[1] + 1e-6)


def test_the_count_at_a_lines_foot_is_its_runs(film):
    """Where a rule has fired, the number at the foot is that run's steps; on the chart of rates, each dot's own."""
    for frame in sampled(film):
        for mark in film.stage.words(frame):
            if mark.shows and mark.shows.quantity == "steps":
                assert int(mark.text.replace(",", "")) == film.runs[mark.shows.run].steps == mark.shows.step


def test_each_rate_is_where_the_chart_says(film):
    """A dot for each run that came to its end, a ring for each that was stopped, at its rate and its steps."""
    found = set()
    limit = film.spec.steps or LIMIT
    for frame in sampled(film):
        scales = scale(film, frame, "rate tick", 0, False), scale(film, frame, "rate tick", 1, False)
        if None in scales:
            continue
        for mark in film.stage.marks(frame):
            if not (mark.shows and mark.shows.quantity in ("steps needed", "limit reached", "limit")):
                continue
            if isinstance(mark, Stroke):
                assert scales[1][0](float(mark.points[0, 1])) == pytest.approx(limit, abs=0.03 * scales[1][1])
            if isinstance(mark, Text):
                assert mark.text.replace("\u00a0", " ") in (f"{limit:,}", f"at most {limit:,} steps")
            if not isinstance(mark, Disc | Ring):
                continue
            run, start = film.runs[mark.shows.run], float(film.runs[0].points[0, 0])
            rate = float(run.learning_rates[0])
            steps = len(on_parabola(start, rate, limit, "slope")) - 1
            ended = abs(run.gradients[-1, 0]) < EPSILON
            assert isinstance(mark, Disc) == ended == (mark.shows.quantity == "steps needed")
            for (number, pitch), place, true in zip(scales, mark.centre, (rate, steps)):
                assert abs(number(place) - true) <= 0.03 * pitch + 1e-9, (frame, mark.shows)
            found.add(mark.shows.run)
    if film.spec.cut == "full" and film.runs[0].steps:
        assert set(range(2, len(film.runs) - 3)) <= found


def test_a_rule_fires_on_screen_only_where_it_fired():
    """At the end of the count, the slope's line ends below epsilon, and its last dot but one is above."""
    film = Film("convergence")
    main = film.runs[0]
    (end,) = [beat.end - 1 for beat in film.beats if "below epsilon: stop" in beat.beat.plain]
    (line,) = [
        mark
        for mark in film.stage.marks(end)
        if mark.shows and mark.shows.quantity == "epsilon" and isinstance(mark, Stroke)
    ]
    dots = [mark for mark in film.stage.marks(end) if mark.shows and mark.shows.quantity == "slope size dot"]
    heights = {mark.shows.step: mark.centre[1] for mark in dots}

    level = float(line.points[0, 1])
    assert heights[main.steps] < level < heights[main.steps - 1]
    assert film.timeline.value(("sizes", "slope.fired"), end)[0] == 1


def test_the_balls_on_the_shelf_wear_their_rules_colours():
    """The ball that the loss's rule stops is pink, the two of the slope's rule are blue, and each is its own run's."""
    film = Film("convergence")
    count = len(film.runs)
    seen = {}
    for mark in film.stage.marks(film.frames - 1):
        if isinstance(mark, Disc) and mark.shows and mark.shows.quantity == "point":
            seen[mark.shows.run] = mark.colour, mark.shows.step

    assert seen == {
        count - 3: (film.theme.loss, 1),
        count - 2: (film.theme.slope, len(on_shelf(4.4, "slope")) - 1),
        count - 1: (film.theme.slope, 0),
    }


def test_no_steep_tangent_is_drawn_while_the_slope_is_called_zero():
    """At "At a minimum the slope is zero", only the minimum is pointed at: the ball's tangent comes with "stop"."""
    film = Film("convergence")
    (rule,) = (one for one in film.beats if one.beat.plain.startswith("At a minimum"))
    grown = next(one for one in film.timeline.segments if (one.move.part, one.move.channel) == ("tangent", "grown"))
    pointed = next(
        one for one in film.timeline.segments if one.move.part == "minimum" and rule.start < one.start < rule.end
    )
    assert rule.start < pointed.start < grown.start
