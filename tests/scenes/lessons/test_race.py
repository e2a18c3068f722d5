"""The race of methods: rates, arrivals and ranking worked out here anew, every sentence and every mark held to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product

import numpy as np
import pytest

from cli import cli
from gdsim import Stop
from gdsim.landscapes import elongated_bowl, turned_bowl
from gdsim.methods import OPTIMISERS
from scenes.catalogue import LESSONS
from scenes.runs import runs_of
from scenes.script.captions import caption_cards
from scenes.script.language import ENGLISH
from scenes.script.sentence import Sentence, Words
from scenes.spec import RenderSpec
from scenes.stage.area_marks import Area, Disc
from scenes.stage.line_marks import Lines, Stroke
from scenes.stage.marks import Text
from scenes.stage.part import Now

from .truth import Film, clashes, read, wrong_numbers

LESSON = LESSONS["race"]
CALLED = {
    "gradient-descent": "plain descent",
    "momentum": "momentum",
    "asgd": "averaged descent",
    "adagrad": "AdaGrad",
    "adadelta": "AdaDelta",
    "rmsprop": "RMSProp",
    "adamw": "AdamW",
    "amsgrad": "AMSGrad",
    "nadam": "NAdam",
    "radam": "RAdam",
    "adamax": "AdaMax",
    "bfgs": "BFGS",
    "lbfgs": "L-BFGS",
}
GRID = [float(f"{10 ** (k / 2):.1g}") for k in range(-12, 1)]
HALF = 0.5**0.5


# The four methods by their textbook updates, one coordinate after the other.


def descent(slope, x, rate, steps):
    path = [x]
    for _ in range(steps):
        path.append(path[-1] - rate * slope(path[-1]))
    return np.array(path)


def heavy_ball(slope, x, rate, steps):
    path, velocity = [x], 0.0
    for _ in range(steps):
        velocity = 0.9 * velocity + slope(path[-1])
        path.append(path[-1] - rate * velocity)
    return np.array(path)


def rmsprop(slope, x, rate, steps):
    path, square = [x], 0.0
    for _ in range(steps):
        g = slope(path[-1])
        square = 0.99 * square + 0.01 * g**2
        path.append(path[-1] - rate * g / (np.sqrt(square) + 1e-8))
    return np.array(path)


def adam(slope, x, rate, steps):
    path, mean, square = [x], 0.0, 0.0
    for t in range(1, steps + 1):
        g = slope(path[-1])
        mean, square = 0.9 * mean + 0.1 * g, 0.999 * square + 0.001 * g**2
        path.append(path[-1] - rate * (mean / (1 - 0.9**t)) / (np.sqrt(square / (1 - 0.999**t)) + 1e-8))
    return np.array(path)


def height(x):
    return 0.5 * x[..., 0] ** 2 + 25 * x[..., 1] ** 2


def straight(x):
    return np.array([x[0], 50 * x[1]])


def turned_slope(x):
    """The slope in a valley along (1, 1): that of the straight one, seen from its own axes and turned back."""
    along, across = straight(np.array([HALF * (x[0] + x[1]), HALF * (x[1] - x[0])]))
    return np.array([HALF * (along - across), HALF * (along + across)])


def turned_height(x):
    return height(np.stack([HALF * (x[..., 0] + x[..., 1]), HALF * (x[..., 1] - x[..., 0])], axis=-1))


def settled(losses, goal) -> int | None:
    """The first step from which on every loss is at the goal or below."""
    step = None
    for index in range(len(losses) - 1, -1, -1):
        if losses[index] > goal:
            return step
        step = index
    return step


def best_of_grid(method, slope, loss, start):
    """(arrival, last loss, rate) of the best rate of the grid, and its path."""
    found = []
    with np.errstate(all="ignore"):
        for rate in GRID:
            path = method(slope, start, rate, 80)
            losses = loss(path)
            arrival = settled(losses, 0.01 * losses[0])
            if np.isfinite(losses).all() and np.abs(path).max() < 200 and arrival is not None:
                found.append((arrival, losses[-1], rate, path))
    return min(found, key=lambda one: one[:3])


@cache
def race(**words):
    return runs_of(LESSON, RenderSpec("race", **words))


@pytest.mark.parametrize("lap", [0, 1])
def test_each_method_has_its_best_rate(lap):
    """In both laps each run is the method's own, by its textbook update, at the rate of the grid that suits it best."""
    slope, loss, start = (
        (straight, height, np.array([-4.0, 1.0])),
        (turned_slope, turned_height, np.array([HALF * -5, HALF * -3])),
    )[lap]
    runs = race().laps[lap].runs
    for run, rate, method in zip(runs, race().laps[lap].rates, (descent, heavy_ball, rmsprop, adam)):
        _, _, best, path = best_of_grid(method, slope, loss, start)
        assert rate == best == run.learning_rates[0]
        # Near the floor, RMSProp's last digits are rounding, and its run ends where the slope is as good as zero.
        assert np.allclose(run.points, path[: run.steps + 1], rtol=1e-6, atol=1e-6)


def test_the_ranking_turns_over():
    """RMSProp is first by far, and last once the valley is turned; plain descent and momentum notice nothing."""
    one, other = (Facts(race(), lap) for lap in (0, 1))

    assert [one.methods[index] for group in one.places for index in group] == [
        "rmsprop",
        "adam",
        "momentum",
        "gradient-descent",
    ]
    assert [other.methods[index] for group in other.places for index in group] == [
        "adam",
        "momentum",
        "gradient-descent",
        "rmsprop",
    ]
    assert 5 * one.arrivals[2] < min(one.arrivals[:2])
    assert one.arrivals[:2] == other.arrivals[:2]


def test_the_second_valley_is_the_first_one_turned():
    """Turned by 45° to the left, each place has the same height, and its slope is turned with it."""
    here, there = elongated_bowl(50.0), turned_bowl(50.0)
    turn = np.array([[HALF, -HALF], [HALF, HALF]])
    for place in np.random.default_rng(1).uniform(-4, 4, (20, 2)):
        assert there.value(turn @ place) == pytest.approx(here.value(place), rel=1e-12)
        assert there.gradient(turn @ place) == pytest.approx(turn @ here.gradient(place), rel=1e-9, abs=1e-9)
        assert there.hessian(turn @ place) == pytest.approx(turn @ here.hessian(place) @ turn.T, rel=1e-9)
    assert there.start == pytest.approx(turn @ np.array(here.start))


def test_tune_tries_more_rates():
    """--tune has a finer grid between the same ends, about as good or better, and its help says how fine."""
    (tune,) = [one for one in cli.commands["render"].params if one.name == "tune"]
    assert tune.help == "Try 49 learning rates per method instead of 13."
    usual, finer = race().laps[0], race(tune=True).laps[0]

    assert usual.tried[0].rates == tuple(GRID)
    assert len(finer.tried[0].rates) == 49
    assert (finer.tried[0].rates[0], finer.tried[0].rates[-1]) == (1e-6, 1.0)
    for one, other in zip(finer.scores, usual.scores):
        assert one <= other or one[1] <= other[1] + 1


def test_one_rate_for_all_is_that_rate():
    """With --lr nothing is tuned."""
    lap = race(learning_rate=0.02).laps[0]

    assert lap.tried == ()
    assert lap.rates == (0.02,) * 4
    assert all(set(run.learning_rates.tolist()) == {0.02} for run in lap.runs)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ({"optimisers": ("adam",)}, "a race takes 2 to 6 methods, got 1"),
        ({"optimisers": tuple(OPTIMISERS)[:7]}, "a race takes 2 to 6 methods, got 7"),
        ({"steps": 1001}, "a race takes up to 1000 steps, got 1001"),
        ({"tune": True, "learning_rate": 0.1}, "--tune chooses the rates"),
        ({"function": "x**2"}, "race draws a function of two variables"),
        ({"start": (1.0,)}, "must have 2 coordinates"),
        ({"optimiser": "adam"}, "race takes no --optimiser; it takes --optimisers"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_line(words, line):
    """The line says what is off and what works."""
    with pytest.raises(ValueError, match=re.escape(line)) as refused:
        race(**words)
    assert "\n" not in str(refused.value)


# What is said


class Facts:
    """A lap, read off its runs alone."""

    def __init__(self, whole, lap: int) -> None:
        self.whole, self.number = whole, lap
        count = len(whole.laps[0].runs)
        self.runs = tuple(whole)[lap * count : (lap + 1) * count]
        self.methods = [run.optimiser for run in self.runs]
        known = [one.value for one in self.runs[0].objective.minima]
        first = float(self.runs[0].losses[0])
        self.goal = min(known) + 0.01 * (first - min(known)) if known and min(known) < first else None
        self.gone = [run.stop is Stop.DIVERGED for run in self.runs]
        self.arrivals = [
            None if lost or self.goal is None else settled(run.losses, self.goal)
            for run, lost in zip(self.runs, self.gone)
        ]
        self.steps = max(run.steps for run in self.runs)
        self.home = [index for index, step in enumerate(self.arrivals) if step is not None]
        self.places = self._places()

    def _places(self) -> list[list[int]]:
        keys = []
        for run, lost, step in zip(self.runs, self.gone, self.arrivals):
            keys.append((2, 0.0) if lost else (0, step) if step is not None else (1, float(run.losses[-1])))
        groups: list[list[int]] = []
        for index in sorted(range(len(keys)), key=lambda one: keys[one]):
            old = keys[groups[-1][0]] if groups else (9, 0)
            if old[0] == keys[index][0] and np.isclose(old[1], keys[index][1], rtol=1e-9, atol=0):
                groups[-1].append(index)
            else:
                groups.append([index])
        return groups

    @property
    def only_winner(self) -> int | None:
        first = self.places[0]
        return first[0] if len(first) == 1 and not self.gone[first[0]] else None

    def named(self, text: str) -> list[int]:
        """The runs that a text names, each in its own colour."""
        found = []
        for name, concept in re.findall(r"\[([^\]]+)\]\((\w+)\)", text):
            index = int(concept.removeprefix("run")) - 1
            assert name == CALLED.get(self.methods[index], self.methods[index].capitalize()), text
            found.append(index)
        return found

    def slopes(self) -> np.ndarray:
        return abs(self.runs[0].gradients[0])

    def first_step(self, method: str) -> np.ndarray:
        run = self.runs[self.methods.index(method)]
        return abs(run.points[1] - run.points[0])


def number(text: str) -> float:
    return read(text.replace("\u00a0", " ").split(" gradient")[0].split(" rate")[0])[0]


def near(text: str, value: float) -> bool:
    shown, slack = read(text)
    return abs(shown - value) <= slack


def divides(lap: Facts) -> str:
    return "rmsprop" if "rmsprop" in lap.methods else "adam"


def equal_step(lap: Facts, method: str) -> bool:
    across, up = lap.first_step(method)
    return abs(across - up) <= 0.011 * max(across, up)


CLAIMS = {
    "Which method gets down this narrow valley first?": lambda lap, v: lap.runs[0].objective.name == "elongated-bowl",
    "Which method gets lowest on this surface?": lambda lap, v: lap.goal is None,
    "Which method gets down this surface first?": lambda lap, v: lap.goal is not None,
    **{
        "In the race: " + ", ".join(f"{{m{k}}}" for k in range(1, count)) + f" and {{m{count}}}.": lambda lap, v: (
            [lap.named(v[f"m{k + 1}"]) for k in range(len(lap.runs))] == [[k] for k in range(len(lap.runs))]
        )
        for count in range(2, 7)
    },
    "One step, one gradient. Our clock counts the gradients.": lambda lap, v: not {"newton", "bfgs"} & {*lap.methods},
    "One step, one gradient: that is our clock. What else {who} may look up is not counted.": lambda lap, v: (
        {lap.methods[index] for index in lap.named(v["who"])} == {"newton", "bfgs"} & {*lap.methods}
    ),
    "There is no finish line here: in the end, the lowest loss wins.": lambda lap, v: lap.goal is None,
    "Stay inside this [line](minimum) and you're home: only a hundredth of the height is left.": lambda lap, v: (
        lap.goal is not None
        and lap.goal - min(one.value for one in lap.runs[0].objective.minima)
        <= 0.0100001 * (lap.runs[0].losses[0] - min(one.value for one in lap.runs[0].objective.minima))
    ),
    "Fair rates: each method gets its best of {count}, between {low:rate} and {high:rate}.": lambda lap, v: (
        number(v["count"]) in (13, 49) and (number(v["low"]), number(v["high"])) == (1e-6, 1.0) and tuned(lap)
    ),
    "One learning rate for all, as you asked: {rate:rate}.": lambda lap, v: all(
        number(v["rate"]) == run.learning_rates[0] for run in lap.runs if run.steps
    ),
    "Who will get lowest? Take a guess!": lambda lap, v: lap.goal is None,
    "Who needs the fewest gradients? Take a guess!": lambda lap, v: lap.goal is not None,
    "First home, after {count}: {who}.": lambda lap, v: (
        bool(lap.home)
        and number(v["count"]) == min(lap.arrivals[index] for index in lap.home)
        and lap.named(v["who"]) == lap.places[0]
        and v["count"].endswith("gradient") == (number(v["count"]) == 1)
    ),
    "A tie: here, it makes no difference which one you take.": lambda lap, v: (
        len(lap.home) == len(lap.runs) and len({*lap.arrivals}) == 1
    ),
    "Next: {who}.": lambda lap, v: (
        lap.named(v["who"]) == [index for group in lap.places[1:] for index in group if index in lap.home]
    ),
    "Not home after {count}: {who}.": lambda lap, v: (
        number(v["count"]) == lap.steps
        and {*lap.named(v["who"])} == {k for k in range(len(lap.runs)) if k not in lap.home and not lap.gone[k]}
    ),
    "After {count}, all of them are equally low.": lambda lap, v: (
        number(v["count"]) == lap.steps
        and np.ptp([run.losses[-1] for run in lap.runs]) <= 1e-8 * abs(lap.runs[0].losses).max()
    ),
    "After {count}, the lowest is {who}.": lambda lap, v: (
        lap.goal is None and number(v["count"]) == lap.steps and lap.named(v["who"]) == lowest(lap)
    ),
    "After {count} nobody is home. The lowest is {who}.": lambda lap, v: (
        not lap.home and number(v["count"]) == lap.steps and lap.named(v["who"]) == lowest(lap)
    ),
    "Off the map for good: {who}.": lambda lap, v: (
        lap.named(v["who"]) == [k for k, lost in enumerate(lap.gone) if lost]
    ),
    "All of them have left the map for good.": lambda lap, v: all(lap.gone),
    "The slope is zero here, so no method moves.": lambda lap, v: lap.steps == 0 and lap.slopes().max() < 1e-6,
    "The first step leads nowhere, for every one of them.": lambda lap, v: (
        lap.steps == 0 and lap.slopes().max() >= 1e-6
    ),
    "Why? It starts {ratio:slope} times as steep along {steep} as along {gentle}.": lambda lap, v: (
        steepness(lap, v) and lap.only_winner is not None and lap.methods[lap.only_winner] == divides(lap)
    ),
    "Inside {who}: the start is {ratio:slope} times as steep along {steep} as along {gentle}.": lambda lap, v: (
        steepness(lap, v) and lap.methods[lap.named(v["who"])[0]] in ("rmsprop", "adam")
    ),
    "{who} divides each slope by its recent size, its running root mean square.": lambda lap, v: (
        lap.methods[lap.named(v["who"])[0]] == "rmsprop"
    ),
    "{who} divides each slope's running mean by its size, its running root mean square.": lambda lap, v: (
        lap.methods[lap.named(v["who"])[0]] == "adam"
    ),
    "So the first step is as long along {x} as along {y}.": lambda lap, v: equal_step(
        lap, "rmsprop" if "rmsprop" in lap.methods else "adam"
    ),
    "{adam} divides too, and adds momentum.": lambda lap, v: (
        lap.methods[lap.named(v["adam"])[0]] == "adam" and "rmsprop" in lap.methods
    ),
    "Is that the last word? Turn the valley by 45 degrees.": lambda lap, v: (
        len(lap.whole.laps) == 2 and Facts(lap.whole, 0).only_winner is None
    ),
    "So, is {who} the best? Turn the valley by 45 degrees.": lambda lap, v: (
        len(lap.whole.laps) == 2 and lap.named(v["who"]) == [Facts(lap.whole, 0).only_winner]
    ),
    "Same start, same heights, best rates again.": lambda lap, v: same_ground(lap) and tuned(lap),
    "Same start, same heights, same learning rate.": lambda lap, v: same_ground(lap) and not lap.whole.laps[0].tried,
    "First again: {who}. The ranking is as before.": lambda lap, v: (
        lap.named(v["who"]) == [lap.only_winner] and lap.places == Facts(lap.whole, 0).places
    ),
    "First again: {who}, but behind it the ranking has changed.": lambda lap, v: (
        lap.named(v["who"])[0] in lap.places[0]
        and lap.named(v["who"]) == [Facts(lap.whole, 0).only_winner]
        and lap.places != Facts(lap.whole, 0).places
    ),
    "First before, last now: {who}!": lambda lap, v: (
        lap.named(v["who"]) == [Facts(lap.whole, 0).only_winner] == lap.places[-1]
    ),
    "First before, beaten now: {who}!": lambda lap, v: (
        lap.named(v["who"]) == [Facts(lap.whole, 0).only_winner]
        and lap.named(v["who"])[0] not in lap.places[0]
        and lap.places[-1] != lap.named(v["who"])
    ),
    "Nothing has changed for {who}.": lambda lap, v: all(
        Facts(lap.whole, 0).arrivals[k] == lap.arrivals[k] is not None
        and np.allclose(Facts(lap.whole, 0).runs[k].losses, lap.runs[k].losses, rtol=1e-5, atol=1e-9)
        for k in lap.named(v["who"])
    ),
    "But {who} now finds two slopes of about equal size: dividing changes little.": lambda lap, v: (
        lap.slopes().max() <= 1.5 * lap.slopes().min()
        and straight_down(lap.runs[lap.named(v["who"])[0]]) > 0.97
        and Facts(lap.whole, 0).slopes().max() >= 3 * Facts(lap.whole, 0).slopes().min()
    ),
    "No method always wins. What else could a ball feel?": lambda lap, v: (
        Facts(lap.whole, 0).places != Facts(lap.whole, 1).places
    ),
    "On another surface, another one may be first. What else could a ball feel?": lambda lap, v: True,  # it may
    "No method moves here.": lambda lap, v: lap.steps == 0,
    "One start, one clock, many methods.": lambda lap, v: len(lap.runs) > 1,
    "On this surface, {who} is first.": lambda lap, v: (
        lap.number == 0 and lap.named(v["who"]) == [lap.only_winner] and lap.only_winner in lap.home
    ),
    "Turned by 45 degrees, {who} is first.": lambda lap, v: (
        lap.number == 1 and lap.named(v["who"]) == [lap.only_winner] and lap.only_winner in lap.home
    ),
}
TURNS = (
    "So, is {who} the best? Turn the valley by 45 degrees.",
    "Is that the last word? Turn the valley by 45 degrees.",
)


def lowest(lap: Facts) -> list[int]:
    ends = [np.inf if lost else run.losses[-1] for run, lost in zip(lap.runs, lap.gone)]
    return [k for k, end in enumerate(ends) if np.isclose(end, min(ends), rtol=1e-9, atol=0)]


def steepness(lap: Facts, v) -> bool:
    small, large = sorted(lap.slopes())
    steep = int(np.argmax(lap.slopes()))
    names = [name.replace("theta_1", "θ₁").replace("theta_2", "θ₂") for name in lap.runs[0].objective.variables]
    return near(v["ratio"], large / small) and [v["steep"], v["gentle"]] == [names[steep], names[1 - steep]]


def straight_down(run) -> float:
    """The cosine between the first step and minus the gradient."""
    step, slope = run.points[1] - run.points[0], run.gradients[0]
    return float(-step @ slope / np.linalg.norm(step) / np.linalg.norm(slope))


def same_ground(lap: Facts) -> bool:
    return bool(np.isclose(lap.runs[0].losses[0], next(iter(lap.whole)).losses[0], rtol=1e-9))


def tuned(lap: Facts) -> bool:
    """No rate of the grid next to the kept one does better, as simulate itself runs it."""
    return all(one.scores[one.best] == min(one.scores) for one in lap.whole.laps[lap.number].tried) and bool(
        lap.whole.laps[lap.number].tried
    )


def written(sentence: Sentence) -> Iterator[tuple[str, dict[str, str]]]:
    """A sentence and those within it: template and written values."""
    values = dict(sentence.values)
    yield sentence.template, {name: one.written(ENGLISH) for name, one in values.items() if not isinstance(one, Words)}
    for one in values.values():
        if isinstance(one, Words):
            yield from written(one.sentence)


def faults(words) -> Iterator[str]:
    """Every sentence that nobody checks, and every one that is false, in both cuts and the alt text."""
    whole = race(**words)
    scripts = [[beat.words for beat in LESSON.script(whole)], [beat.words for beat in LESSON.loop(whole)]]
    for sentences in scripts:
        lap = 0
        for sentence in sentences:
            template, values = next(written(sentence))
            lap = 1 if template in TURNS or template.startswith("Turned by") else lap
            check = CLAIMS.get(template)
            ending = sentence is sentences[-1] and sentences is scripts[1]
            at = Facts(whole, len(whole.laps) - 1 if ending else lap)
            if check is None:
                yield f"nobody checks {template!r}: {words}"
            elif not check(at, values):
                yield f"false: {template!r} {values}: {words}"
    alt = LESSON.alt(whole)
    parts = dict(alt.values)
    assert Facts(whole, 0).named(parts["who"].written(ENGLISH)) == [*range(len(whole.laps[0].runs))]
    for lap, name in enumerate(("end", "turned")[: len(whole.laps)]):
        template, values = next(written(parts[name].sentence))
        if not CLAIMS[template](Facts(whole, lap), values):
            yield f"false in alt: {template!r} {values}: {words}"


FUNCTIONS = (
    *(None, "rosenbrock", "beale", "himmelblau", "mccormick", "x**2 - y**2", "x + 2*y", "x**2 + y**2"),
    *("1e6*(x**2 + 30*y**2)", "1e-6*(x**2 + y**2)", "sin(x)*cos(y)", "abs(x) + 5*abs(y)", "log(x) + y**2 + 0*x"),
    *("1/(x**2 + y**2)", "y**2 + 0*x", "exp(x + y)", "x**4 + y**2"),
)
SETS = (
    *(("adam", "rmsprop"), ("gradient-descent", "newton"), ("momentum", "nesterov", "bfgs"), ("adagrad", "adam")),
    *(("rprop", "lbfgs"), ("gradient-descent", "momentum", "nesterov", "rmsprop", "adam", "newton")),
    *(("asgd", "adadelta", "adamw", "amsgrad", "nadam", "radam"), ("adamax", "adafactor")),
)
SWEEP = [
    *({"function": function, "learning_rate": rate} for function, rate in product(FUNCTIONS, (None, 1e-3, 0.1, 10.0))),
    *(
        {"optimisers": methods, "function": function, "learning_rate": rate}
        for methods, function, rate in product(SETS, (None, "beale"), (None, 0.3))
    ),
    *(
        {"start": start, "function": function, "steps": steps}
        for start, function, steps in product(
            ((0.0, 0.0), (0.0, 2.0), (3.0, 0.0), (1e3, 1e3), (1e-9, 1e-9), (2.0, 2.0)), (None, "x**2 + y**2"), (1, 30)
        )
    ),
    {"tune": True, "steps": 20},
    {"steps": 3},
    {"steps": 1},
    {"learning_rate": 10.0, "start": (4.0, 2.0)},
    {"start": (-3.0, 0.2)},
]


def test_every_sentence_is_true():
    """Over methods, surfaces, rates, starts and steps: each sentence is known here, and the runs bear it out."""
    found, refused, heard = [], 0, set()
    for words in SWEEP:
        words = {"steps": 40, **words} if words.get("function") else words
        try:
            whole = race(**words)
        except ValueError:
            refused += 1
            continue
        found += faults(words)
        heard |= {beat.words.template for beat in LESSON.script(whole)}
        for beat in LESSON.script(whole):
            assert len(caption_cards(beat.sentence)) <= 2, beat.plain
    assert found == []
    assert refused <= 0.2 * len(SWEEP)
    assert len(heard) >= 0.75 * len(CLAIMS)


# What is seen


@cache
def film(aspect: str = "16:9", cut: str = "full", words=()) -> Film:
    return Film("race", aspect, cut=cut, **dict(words))


def shown(film: Film, frame: int, quantity: str, kind=object) -> list:
    marks = film.stage.marks(frame)
    return [one for one in marks if isinstance(one, kind) and one.shows and one.shows.quantity == quantity]


def frame_of(film: Film, start: str) -> int:
    """The last frame of the beat that begins with these words."""
    return next(beat.end - 1 for beat in film.beats if beat.beat.plain.startswith(start))


@pytest.mark.parametrize(("start", "lap"), [("Next", 0), ("First before", 1)])
def test_the_standings_are_the_ranking(start, lap):
    """At the end of a lap the rows are in the ranking's order, each name in its colour, with its arrival."""
    shot, frame = film(), frame_of(film(), start)
    one = Facts(shot.runs, lap)
    names = {mark.shows.run - 4 * lap: mark for mark in shown(shot, frame, "run name", Text)}
    homes = {mark.shows.run - 4 * lap: mark for mark in shown(shot, frame, "arrival", Text)}

    assert sorted(names, key=lambda k: -names[k].box.centre[1]) == [k for group in one.places for k in group]
    assert {k: int(mark.text) for k, mark in homes.items()} == dict(enumerate(one.arrivals))
    for k, mark in names.items():
        assert mark.colour == shot.theme.rates[k]
        assert abs(homes[k].box.centre[1] - mark.box.centre[1]) < 0.1
    labels = ("descent", "momentum", "RMSProp", "Adam")
    assert [names[k].text for k in range(4)] == list(labels)
    (clock,) = shown(shot, frame, "steps", Text)
    assert int(clock.text) == one.steps


def test_a_run_has_a_number_once_it_is_home_to_stay():
    """A row has no number while its run is under way; momentum crosses the finish, leaves again, and is not home."""
    shot = film()
    one = Facts(shot.runs, 0)
    for frame in range(frame_of(shot, "Who needs") + 1, frame_of(shot, "Next")):
        now = Now(shot.stage, frame)
        if now.of("standings", "ranked") > 0:
            break
        told = [mark.shows for mark in shot.stage.part("standings").marks(now) if mark.shows]
        homes = {shows.run for shows in told if shows.quantity == "arrival"}
        for k in range(4):
            landed = shot.stage.part(f"run{k + 1}").instant(now).landed
            assert (k in homes) == (landed >= one.arrivals[k])
        assert {shows.quantity for shows in told} <= {"steps", "run name", "arrival"}
    assert (one.runs[1].losses[: one.arrivals[1]] <= one.goal).any()


def test_where_nobody_gets_home_a_row_has_its_loss():
    """Without a finish, each row shows the loss of the step that its run has reached."""
    shot = film(words=(("function", "x**2 - y**2"),))
    frame = frame_of(shot, "After 80")
    told = {mark.shows.run: mark for mark in shown(shot, frame, "loss", Text)}

    assert sorted(told) == [0, 1, 2, 3]
    for k, mark in told.items():
        assert near(mark.text, shot.runs[k].losses[mark.shows.step])
        assert mark.colour == shot.theme.loss


def test_one_lap_ends_with_all_of_its_runs_and_their_standings():
    """After a look inside a method, the last frame has every ball at its end, and the standings and the chart."""
    shot = film(words=(("function", "x**2 + 10*y**2"),))
    frame = shot.beats[-1].end - 1
    told = {mark.shows.quantity for mark in shot.stage.marks(frame) if mark.shows}

    assert any(beat.beat.chapter == "The reason" for beat in shot.beats)
    ends = {disc.shows.run: disc.shows.step for disc in shown(shot, frame, "point", Disc) if disc.shows.step}
    assert ends == {index: run.steps for index, run in enumerate(shot.runs)}
    assert {"run name", "loss curve"} <= told
    assert not {"slope size", "step leg"} & told


@pytest.mark.parametrize("aspect", ["9:16", "1:1"])
def test_tall_and_square_races_have_a_chart(aspect):
    """Beside the standings stands the loss chart with the finish; both are inside the frame, and apart."""
    shot, frame = film(aspect), frame_of(film(aspect), "Next")
    heads, (line,) = shown(shot, frame, "loss curve", Stroke), shown(shot, frame, "finish", Lines)
    rows = [mark.box.right for mark in shown(shot, frame, "arrival", Text)]

    assert [head.shows.run for head in heads] == [0, 1, 2, 3]
    assert max(rows) < line.ends[0, 0, 0] < line.ends[0, 1, 0] < shot.stage.part("chart").box.right


@pytest.mark.parametrize("aspect", ["16:9", "9:16", "1:1"])
def test_the_finish_is_where_a_hundredth_is_left(aspect):
    """Each point of the green line has the loss at the finish; on the map it goes around the minimum."""
    shot = film(aspect)
    for start, lap, land in (("Fair rates", 0, "land"), ("Same start", 1, "land2")):
        frame = frame_of(shot, start)
        one, sight = Facts(shot.runs, lap), shot.stage.part(land).sight(Now(shot.stage, frame))
        lines = [line for line in shown(shot, frame, "finish", Stroke) if line.shows.run == 4 * lap]
        assert lines
        for line in lines:
            assert line.colour == shot.theme.minimum
            middle = sight.on_map([0.0, 0.0])
            unit = sight.on_map([1.0, 0.0])[0] - middle[0]
            losses = one.runs[0].objective.value((line.points - middle) / unit)
            assert losses == pytest.approx(np.full(len(losses), one.goal), rel=0.01)


def test_the_chart_has_a_logarithmic_axis():
    """Heads of the curves stand at the logarithm of their losses, on the scale that the axis' own numbers give."""
    shot, frame = film(), frame_of(film(), "First home, after 4")
    chart = shot.stage.part("chart")
    texts = [mark for mark in chart.marks(Now(shot.stage, frame)) if isinstance(mark, Text) and mark.text[0] in "01"]
    rows = [
        (np.log10(read(mark.text)[0]), mark.box.centre[1]) for mark in texts if mark.box.right < chart.view().box.left
    ]
    slope, offset = np.polyfit(*np.array(rows).T, 1)
    heads = shown(shot, frame, "loss head", Disc)

    assert len(rows) >= 4
    assert len(heads) == 4
    for head in heads:
        loss = shot.runs[head.shows.run].losses[head.shows.step]
        assert head.centre[1] == pytest.approx(slope * np.log10(loss) + offset, abs=0.03)
        assert head.colour == shot.theme.rates[head.shows.run]
    (line,) = shown(shot, frame, "finish", Lines)
    assert line.ends[0, 0, 1] == pytest.approx(slope * np.log10(Facts(shot.runs, 0).goal) + offset, abs=0.03)


@pytest.mark.parametrize(("start", "lap"), [("So the first step", 0), ("But RMSProp", 1)])
@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_the_bars_are_what_rmsprop_divides(aspect, start, lap):
    """Slopes, their running root mean squares and the quotients, as numbers and to scale within each group."""
    shot, frame = film(aspect), frame_of(film(aspect), start)
    run = 2 + 4 * lap
    slopes = abs(shot.runs[run].gradients[0])
    true = {"slope size": slopes, "running size": np.sqrt(0.01) * slopes, "divided slope": np.array([10.0, 10.0])}
    for quantity, values in true.items():
        numbers, bars = shown(shot, frame, quantity, Text), shown(shot, frame, f"{quantity} bar", Area)
        assert [mark.shows.run for mark in numbers] == [run, run]
        for mark in numbers:
            assert near(mark.text, values[mark.shows.axis])
        heights = {bar.shows.axis: np.ptp(bar.points[:, 1]) for bar in bars}
        assert heights[0] / heights[1] == pytest.approx(values[0] / values[1], rel=0.01)
    step = abs(np.diff(shot.runs[run].points[:2], axis=0)[0])
    legs = {leg.shows.axis: np.ptp(leg.points, axis=0) for leg in shown(shot, frame, "step leg", Stroke)}
    assert legs[0][0] / legs[1][1] == pytest.approx(step[0] / step[1], rel=1e-6)
    assert {mark.shows.axis: near(mark.text, step[mark.shows.axis]) for mark in shown(shot, frame, "step length")} == {
        0: True,
        1: True,
    }


@pytest.mark.parametrize("aspect", ["16:9", "1:1"])
@pytest.mark.parametrize(("start", "lap"), [("Fair rates", 0), ("Same start", 1)])
def test_the_grid_shows_every_rate_and_the_best_one(aspect, start, lap):
    """Thirteen dots per method on a scale of powers of ten; the largest is the rate that its run has."""
    shot, frame = film(aspect), frame_of(film(aspect), start)
    dots = shown(shot, frame, "tried rate", Disc)
    for k in range(4):
        own = [dot for dot in dots if dot.shows.run == k + 4 * lap]
        rate = shot.runs[k + 4 * lap].learning_rates[0]
        places = np.array([dot.centre[0] for dot in own])
        assert len(own) == 13
        assert np.polyfit(places, np.log10(GRID), 1, full=True)[1] < 0.05
        kept = max(own, key=lambda dot: dot.radius)
        assert GRID[kept.shows.step] == rate
        assert kept.colour == shot.theme.rates[k]
        (told,) = [mark for mark in shown(shot, frame, "run rate", Text) if mark.shows.run == k + 4 * lap]
        assert read(told.text)[0] == rate


@pytest.mark.parametrize("aspect", ["16:9", "9:16", "1:1"])
def test_the_turned_map_is_the_second_one(aspect):
    """Once it has turned, the first map's balls and lines are where the second one's are, so that none jumps."""
    shot = film(aspect)
    frame = next(beat for beat in shot.beats if "45" in beat.beat.plain).end - 1
    now = Now(shot.stage, frame)
    first, second = shot.stage.part("land").sight(now), shot.stage.part("land2").sight(now)
    turn = np.array([[HALF, -HALF], [HALF, HALF]])

    assert first.on_map(shot.runs[0].points[0]) == pytest.approx(second.on_map(shot.runs[4].points[0]), abs=1e-9)
    for place in ((1.0, 0.0), (-2.0, 1.5), (0.3, -0.7)):
        assert first.on_map(place) == pytest.approx(second.on_map(turn @ np.array(place)), abs=1e-9)


SIX = {"function": "rosenbrock", "optimisers": ("adam", "newton", "momentum", "rmsprop", "nesterov", "bfgs")}


@pytest.mark.parametrize(
    ("aspect", "cut", "words"),
    [
        ("16:9", "full", {"learning_rate": 10.0}),
        ("16:9", "full", SIX),
        ("1:1", "full", SIX),
        ("9:16", "loop", SIX),
        ("1:1", "full", {"function": "x**2 - y**2"}),
        ("9:16", "full", {"start": (0.0, 0.0)}),
        ("1:1", "loop", {"tune": True}),
    ],
    ids=str,
)
def test_other_races_can_be_read(aspect, cut, words):
    """Diverging, with six methods, without a minimum, at rest, finely tuned: numbers are true and nothing meets."""
    shot = Film("race", aspect, cut=cut, **words)
    frames = sorted({*shot.ends(), *range(0, shot.frames, 60)})

    assert [fault for frame in frames for fault in (*wrong_numbers(shot, frame), *clashes(shot, frame))] == []
