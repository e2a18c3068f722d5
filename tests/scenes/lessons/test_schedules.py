"""The film about schedules: what it says is true of any rate, schedule and seed; what it shows is what was run."""

from __future__ import annotations

import math
import re
from functools import cache

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
from .truth import Film, axes, clashes, read, still_seconds

LESSON = LESSONS["schedules"]
SIX = ("step", "exponential", "cosine", "warmup-cosine", "inverse-time")
SWEEP = [
    {},
    *({"seed": seed} for seed in (1, 3, 5, 7, 8, 9, 4_000_000_000)),
    *({"learning_rate": rate} for rate in (1e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.45, 0.6, 0.8, 1.0, 2.0, 10.0, 1e200)),
    *({"schedules": (name,)} for name in SIX),
    *({"schedules": (name, "constant", "step"), "seed": 2} for name in SIX[1:]),
    {"schedules": ("inverse-time", "warmup-cosine", "exponential")},
    *({"epochs": epochs} for epochs in (1, 2, 20, 60)),
    *({"epochs": 1, "learning_rate": rate} for rate in (0.02, 0.6, 5.0)),
    {"epochs": 60, "learning_rate": 0.01},
    {"learning_rate": 0.8, "schedules": ("cosine",)},
    {"learning_rate": 1.0, "seed": 3, "schedules": ("exponential", "warmup-cosine")},
]
NAMED = {
    "cosine": "cosine",
    "step": "step",
    "exponential": "exponential",
    "warm-up": "warmup-cosine",
    "one over t": "inverse-time",
}
WAYS = {
    "in stairs": "step",
    "by equal factors": "exponential",
    "along a cosine": "cosine",
    "after a warm-up": "warmup-cosine",
    "as one over t": "inverse-time",
}


def runs_with(**words):
    """The lesson's runs, computed once."""
    return computed(tuple(sorted(words.items())))


@cache
def computed(words: tuple):
    """The runs for some fields of a spec."""
    return runs_of(LESSON, RenderSpec("schedules", **dict(words)))


class World:
    """The same facts from the data, the options and the visited points alone."""

    def __init__(self, runs, words) -> None:
        self.runs, data = runs, runs[0].data
        self.x, self.y = data.inputs[:, 0], data.targets
        centred = self.x - self.x.mean()
        w = centred @ self.y / (centred @ centred)
        self.best = np.array([w, self.y.mean() - w * self.x.mean()])
        self.rate = words.get("learning_rate", 0.3)
        asked = words.get("schedules", ("step", "exponential", "cosine", "warmup-cosine"))
        self.names = ["constant", "constant", *(name for name in asked if name != "constant")]
        self.budget = 10 * words.get("epochs", 6)
        self.away = [np.linalg.norm(run.points - self.best, axis=1) for run in runs]
        self.strides = [np.linalg.norm(np.diff(run.points, axis=0), axis=1) for run in runs]

    def gradient(self, point, rows) -> np.ndarray:
        off = point[0] * self.x[rows] + point[1] - self.y[rows]
        return np.array([2 * (off * self.x[rows]).mean(), 2 * off.mean()])

    def pulls(self, point) -> np.ndarray:
        """(10, 2): the gradient of each batch of the first epoch there."""
        order = np.random.Generator(np.random.PCG64(self.runs[0].seed)).permutation(40)
        return np.array([self.gradient(point, order[4 * k : 4 * k + 4]) for k in range(10)])

    def out(self, index: int) -> bool:
        away = self.away[index]
        return len(away) == 1 or self.runs[index].stop is Stop.DIVERGED or not away[-1] <= away[0]

    def down(self, index: int) -> float:
        """After how many steps a run is nearer than about a third of the way."""
        near = np.flatnonzero(self.away[index] < 0.36 * self.away[index][0])
        return float(near[0]) if len(near) else np.inf

    def settled(self) -> bool:
        """Whether the large constant rate brings its ball to rest, or has not got near yet."""
        half = self.away[0][self.budget // 2 :]
        ends = self.runs[0].points[[self.budget // 2, -1]] if len(half) else np.zeros((2, 2))
        walked = self.strides[0][self.budget // 2 :].sum()
        return not (
            len(half) > 3
            and half.max() < 0.36 * self.away[0][0]
            and np.linalg.norm(ends[1] - ends[0]) < 0.4 * walked
            and self.strides[0][-10:].mean() > 0.2 * half.mean()
        )

    def ends(self) -> list[float]:
        return [np.inf if self.out(index) else float(self.away[index][-1]) for index in range(len(self.runs))]

    def beats(self, index: int) -> bool:
        return self.ends()[index] < min(self.ends()[:2])

    def which(self, text: str) -> int:
        """The run of a name: `cosine`, `constant 0.03`."""
        if text.startswith("constant"):
            return int(not told(text.split()[1], self.rate))
        return self.names.index(NAMED[text])

    def ranked(self) -> list[int]:
        """By the final distance alone, of those that stayed; then the others, by theirs."""
        return sorted(range(len(self.runs)), key=lambda one: (self.out(one), self.away[one][-1]))

    def calm(self) -> bool:
        own = self.names.index("cosine") if "cosine" in self.names else 2
        late = [self.strides[one][-max(1, self.budget // 4) :].mean() for one in (0, own)]
        soon = self.down(own) <= 1.5 * self.down(0) + 1
        return not self.out(own) and soon and late[1] < 0.6 * late[0] and self.ends()[own] < self.ends()[0]

    def noisy(self) -> bool:
        """Whether each batch pulls at the minimum, and they pull different ways."""
        pulls = self.pulls(self.best)
        ways = np.sort(np.arctan2(pulls[:, 1], pulls[:, 0]))
        return bool(np.abs(pulls).max(axis=1).min() > 1e-6 and np.diff(ways).min() > 1e-6 and np.ptp(ways) > np.pi / 2)

    def scaled(self) -> bool:
        """Whether each step of each run is minus its rate times the gradient of its own four rows there."""
        for run in self.runs:
            own = [-a * self.gradient(p, rows) for a, p, rows in zip(run.learning_rates, run.points, run.rows)]
            if run.steps and not np.allclose(np.diff(run.points, axis=0), own, rtol=1e-6, atol=1e-9):
                return False
        return True

    def fair(self) -> bool:
        """Whether all runs begin at one place and take the same batches, in the same order."""
        longest = max(self.runs, key=lambda run: run.steps)
        return all(
            np.array_equal(run.points[0], longest.points[0])
            and all(np.array_equal(*pair) for pair in zip(run.rows, longest.rows))
            for run in self.runs
        )


def after(w: World, index: int, step: int) -> float:
    return float(w.away[index][min(step, len(w.away[index]) - 1)])


def counts(text: str, amount: int) -> bool:
    """`1 step`, `60 steps`."""
    number, _, noun = text.replace("\u00a0", " ").partition(" ")
    return int(number.replace(",", "")) == amount and noun.endswith("s") == (amount != 1)


def ways(w: World, v) -> bool:
    """Whether each way is that of the schedule that follows, and none is left out."""
    return [WAYS[v[f"w{place + 1}"]] for place in range(len(w.names) - 2)] == w.names[2:]


def level(w: World) -> bool:
    first, second = w.ranked()[:2]
    return w.away[second][-1] <= 1.06 * w.away[first][-1]


OTHERS = " Other batches may change the order."
FALLS = "The rate can fall "
SAID = {
    "Each step sees just {rows} of the data. Other rows, another direction.": lambda w, v: (
        counts(v["rows"], 4) and {len(rows) for run in w.runs for rows in run.rows} <= {4} and w.noisy()
    ),
    "At a constant rate of {rate}, it's thrown out of the valley.": lambda w, v: told(v["rate"], w.rate) and w.out(0),
    "At a constant rate of {rate}, it's down there in no time.": lambda w, v: (
        told(v["rate"], w.rate) and w.down(0) <= max(5, 0.16 * w.budget) and not w.out(0)
    ),
    "At a constant rate of {rate}, it sets off.": lambda w, v: told(v["rate"], w.rate) and not w.out(0),
    "But then it never settles: the noise keeps kicking it around.": lambda w, v: not w.settled() and not w.out(0),
    "And each batch kicks it a little off its way.": lambda w, v: not w.out(0) and w.scaled() and w.noisy(),
    "Would a smaller rate help?": lambda w, v: not w.settled(),
    "What would a smaller rate do?": lambda w, v: True,
    "Even a tenth of that rate is too much.": lambda w, v: w.out(0) and w.out(1),
    "At a tenth of that rate, it stays in the valley.": lambda w, v: w.out(0) and not w.out(1),
    "At a tenth of that rate, it ends up closer. But it's slow.": lambda w, v: (
        w.ends()[1] < w.ends()[0] and w.down(1) > 1.4 * w.down(0)
    ),
    "At a tenth of that rate, it's slow.": lambda w, v: not w.out(1) and w.down(1) > 1.4 * w.down(0),
    "At a tenth of that rate, each kick moves it a tenth as far.": lambda w, v: w.scaled() and not w.out(1),
    "Why? Even at the minimum, every batch pulls its own way.": lambda w, v: w.noisy(),
    "The rate scales each kick. Small rate, small kicks, but small strides, too.": lambda w, v: w.scaled(),
    "So start large, and shrink the rate on the way. That's a schedule.": lambda w, v: all(
        rates[-1] < max(rates) for rates in w.runs.rates[2:]
    ),
    "But here the ball is thrown out before the rate is small enough.": lambda w, v: w.out(
        w.names.index("cosine") if "cosine" in w.names else 2
    ),
    "Large strides first, then smaller and smaller kicks: the ball calms down.": lambda w, v: w.calm(),
    "As the rate falls, it scales down strides and kicks alike.": lambda w, v: w.scaled(),
    FALLS + "{w1} or {w2}.": ways,
    FALLS + "{w1}, {w2} or {w3}.": ways,
    FALLS + "{w1}, {w2}, {w3} or {w4}.": ways,
    "Now put it next to the two constant rates.": lambda w, v: len(w.names) == 3,
    "Same start, same batches, {steps} each. Who ends up closest?": lambda w, v: (
        counts(v["steps"], w.budget) and w.fair() and max(run.steps for run in w.runs) <= w.budget
    ),
    "At these rates, every ball is thrown out.": lambda w, v: all(w.out(one) for one in range(len(w.runs))),
    "Far away, large rates win: {small} falls behind.": lambda w, v: (
        w.which(v["small"]) == 1
        and all(
            after(w, 1, round(w.budget / 4)) > after(w, one, round(w.budget / 4))
            for one in range(len(w.runs))
            if one != 1
        )
    ),
    "Off they go, down the same slope.": lambda w, v: w.fair(),
    "Then the noise takes over, and {large} keeps dancing.": lambda w, v: (
        w.which(v["large"]) == 0 and not w.settled() and not w.out(0)
    ),
    "And as the rates fall, the kicks fade.": lambda w, v: w.scaled(),
    "Closest to the minimum: {first} and {second}, almost level.": lambda w, v: (
        level(w) and [w.which(v["first"]), w.which(v["second"])] == w.ranked()[:2]
    ),
    "Closest to the minimum: {first}, then {second}.": lambda w, v: (
        [w.which(v["first"]), w.which(v["second"])] == w.ranked()[:2] and not w.out(w.ranked()[0])
    ),
    "So here, a constant rate beats every schedule." + OTHERS: lambda w, v: (
        min(w.ends()[:2]) < min(w.ends()[2:]) and w.noisy()
    ),
    "Here, each schedule beats both constant rates." + OTHERS: lambda w, v: (
        all(w.beats(one) for one in range(2, len(w.runs))) and w.noisy()
    ),
    "So here, a schedule is ahead of both constant rates." + OTHERS: lambda w, v: (
        any(w.beats(one) for one in range(2, len(w.runs))) and w.noisy()
    ),
    "None of them saves a start that's too large. Try a smaller rate!": lambda w, v: all(
        w.out(one) for one in range(len(w.runs))
    ),
    "Large steps to get there, small steps to settle.": lambda w, v: any(not w.out(one) for one in range(len(w.runs))),
    "Yet each step still forgets the last. What if it remembered?": lambda w, v: w.scaled(),
    "The rate falls. Who settles closest?": lambda w, v: True,
    "Balls go down one map by mini-batch in {steps}: at two constant learning rates, and at rates that fall. "
    "The closest to the minimum at the end is {first}.": lambda w, v: (
        counts(v["steps"], w.budget) and w.which(v["first"]) == w.ranked()[0]
    ),
}


def values_of(sentence) -> dict[str, str]:
    """A sentence's values without their colours, those within a value filled in."""
    found = {}
    for name, value in sentence.values:
        inner = getattr(value, "value", value)
        inner = getattr(inner, "sentence", None)
        found[name] = inner.plain() if inner is not None else dict(written(sentence))[name].strip("[").split("](")[0]
    return found


@pytest.mark.parametrize("words", SWEEP, ids=str)
def test_what_is_said_is_true(words):
    """Each sentence holds, by the data and the points alone, for every rate, schedule, seed and budget tried."""
    runs = runs_with(**words)
    world, wrong = World(runs, words), []
    for sentence in [*(b.words for cut in (LESSON.script, LESSON.loop) for b in cut(runs)), LESSON.alt(runs)]:
        check = SAID.get(sentence.template)
        if check is None or not check(world, values_of(sentence)):
            wrong.append(sentence.template)

    assert wrong == []


def test_every_sentence_is_said_somewhere():
    """No check is left over: the sweep makes the film say each of its sentences."""
    spoken = set()
    for words in SWEEP:
        runs = runs_with(**words)
        spoken |= {b.words.template for cut in (LESSON.script, LESSON.loop) for b in cut(runs)}

    assert set(SAID) - spoken <= {LESSON.alt(runs_with()).template, *SOMETIMES}


SOMETIMES = {
    "Closest to the minimum: {first} and {second}, almost level.",
    "At a tenth of that rate, each kick moves it a tenth as far.",
}


def test_the_lessons_own_film_tells_the_story_it_was_made_for():
    """The large rate is down first and never settles, the small one settles but is slow, every schedule does both."""
    world = World(runs_with(), {})

    assert world.down(0) <= 3 < 9 < world.down(1)
    assert not world.settled()
    assert [round(end, 2) for end in world.ends()] == [0.65, 0.05, 0.03, 0.02, 0.02, 0.03]
    assert all(world.beats(one) and world.down(one) <= 6 for one in range(2, 6))


def test_no_schedule_always_wins():
    """The order is the runs' own: with other seeds, other schedules are first, and once a schedule loses."""
    first = {World(runs_with(seed=seed), {}).ranked()[0] for seed in range(10)}

    assert {2, 3, 4} <= first
    assert World(runs_with(seed=1), {}).ranked()[:4].count(0) == 1


def formula(name: str, rate: float, steps: int) -> list[float]:
    """The rates of torch's schedulers, with the lesson's own settings, written out."""
    warm = max(1, steps // 10)
    known = {
        "constant": lambda t: rate,
        "step": lambda t: rate * 0.2 ** (t // math.ceil(steps / 3)),
        "exponential": lambda t: rate * 0.01 ** (t / steps),
        "cosine": lambda t: rate / 2 * (1 + math.cos(math.pi * t / steps)),
        "warmup-cosine": lambda t: (
            rate * (0.1 + 0.9 * t / warm)
            if t < warm
            else rate / 2 * (1 + math.cos(math.pi * (t - warm) / (steps - warm)))
        ),
        "inverse-time": lambda t: rate / (1 + 19 * t / steps),
    }
    return [known[name](t) for t in range(steps)]


@pytest.mark.parametrize("epochs", [1, 6, 13])
def test_each_run_takes_the_rates_of_its_schedule(epochs):
    """Every step has the rate of the schedule's formula, the second constant run a tenth of it, on the same budget."""
    for schedules in (SIX[:4], SIX[2:]):
        runs = runs_with(epochs=epochs, schedules=schedules, learning_rate=0.2)
        names = ("constant", "constant", *schedules)
        for index, (run, name) in enumerate(zip(runs, names, strict=True)):
            rates = formula(name, 0.02 if index == 1 else 0.2, 10 * epochs)
            assert np.allclose(run.learning_rates, rates, rtol=1e-9, atol=1e-15)
            assert run.steps == len(runs.rates[index]) == 10 * epochs
        assert World(runs, {"schedules": schedules, "epochs": epochs}).fair()


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ({"schedules": SIX}, "schedules compares 1 to 4 schedules with constant rates, got 5; step,cosine works"),
        ({"schedules": ("constant",)}, "schedules compares 1 to 4 schedules with constant rates, got 0"),
        ({"schedules": ("cosin",)}, "there is no schedule 'cosin', did you mean cosine?"),
        ({"epochs": 201}, "schedules takes up to 200 epochs, got 201; 6 work well"),
        ({"schedule": "cosine"}, "schedules takes no --schedule; it takes --schedules"),
        ({"start": (1.0, 1.0)}, "schedules takes no --start"),
    ],
)
def test_what_does_not_suit_is_refused_in_one_line(words, line):
    """The line has the rule, the value, and what works."""
    with pytest.raises(ValueError, match=re.escape(line)) as refused:
        runs_with(**words)

    assert str(refused.value).startswith(line)
    assert "\n" not in str(refused.value)


# What stands on the screen


FILMS = [
    ("16:9", "full", ()),
    ("9:16", "full", (("seed", 3), ("schedules", ("cosine",)))),
    ("1:1", "full", (("learning_rate", 0.8), ("theme", "light"))),
    ("16:9", "full", (("schedules", ("exponential", "inverse-time")), ("epochs", 2))),
    ("16:9", "full", (("learning_rate", 10.0),)),
    ("9:16", "loop", (("learning_rate", 0.01),)),
]


@cache
def film(aspect: str, cut: str, words: tuple) -> Film:
    """Each film once."""
    return Film("schedules", aspect, cut=cut, **dict(words))


@pytest.fixture(scope="module", params=FILMS, ids=str)
def seen(request) -> Film:
    """A film of one shape and one set of options."""
    return film(*request.param)


def own_film() -> Film:
    """The lesson's own."""
    return film(*FILMS[0])


def marks(one: Film, frame: int, quantity: str, kind: type) -> dict[tuple[int, int | None], object]:
    """The visible marks of a quantity by run and step."""
    found = [mark for mark in one.stage.marks(frame) if isinstance(mark, kind) and mark.shows and mark.opacity > 0.01]
    return {(mark.shows.run, mark.shows.step): mark for mark in found if mark.shows.quantity == quantity}


def sampled(one: Film) -> list[int]:
    """The last frame of each beat, and every eleventh."""
    return sorted({*range(0, one.frames, 11), *one.ends()})


def test_each_ball_on_a_curve_stands_at_its_step_and_its_rate(seen):
    """By the numbers below the lanes at its step; above its lane's foot in proportion to the rate, the same for all."""
    pixel, looked = 8 / min(seen.spec.width, seen.spec.height), 0
    for frame in seen.ends():
        riders = marks(seen, frame, "rate rider", Disc)
        feet = {run: mark.ends[0, 0, 1] for (run, _), mark in marks(seen, frame, "lane foot", Lines).items()}
        scale = axes(seen, frame, 0, "lane tick")
        units = []
        for (run, step), rider in riders.items():
            if step is None:
                continue
            rates = seen.runs.rates[run]
            units.append((rider.centre[1] - feet[run]) / rates[min(step, len(rates) - 1)])
            assert abs(rider.centre[1] - feet[run] - units[0] * rates[min(step, len(rates) - 1)]) < pixel
            if scale is not None:
                assert abs((step - scale[0]) / scale[1] - rider.centre[0]) < 1.5 * pixel
            looked += 1
    assert looked >= 6


def test_the_numbers_beside_a_large_curve_tell_its_rate(seen):
    """Where the rates have numbers of their own, the ball's height is its rate on them."""
    pixel, looked = 8 / min(seen.spec.width, seen.spec.height), 0
    for frame in seen.ends():
        scale, riders = axes(seen, frame, 1, "lane tick"), marks(seen, frame, "rate rider", Disc)
        rows = {round(mark.ends[0, 0, 1], 3) for mark in marks(seen, frame, "lane foot", Lines).values()}
        if scale is None or len(rows) != 1:
            continue
        for (run, step), rider in riders.items():
            if step is not None:
                rate = seen.runs.rates[run][min(step, seen.runs.budget - 1)]
                assert abs((rate - scale[0]) / scale[1] - rider.centre[1]) < 1.5 * pixel
                looked += 1
    assert looked or seen.spec.cut == "loop"


def test_the_number_at_the_ball_is_the_rate_of_its_step(seen):
    """Where a ball on its curve has a number, it is the rate of the step that comes next, or of the last one."""
    found = 0
    for frame in seen.ends():
        riders = dict(marks(seen, frame, "rate rider", Disc).keys())
        for (run, step), mark in marks(seen, frame, "rate", Text).items():
            steps = seen.runs[run].steps
            value, slack = read(mark.text)
            assert step == min(riders[run], steps - 1)
            assert abs(value - seen.runs.rates[run][step]) <= slack
            found += 1
    assert found or seen.spec.cut == "loop"


def test_a_curve_is_the_schedule(seen):
    """Once it is bent, each lane's curve has the rate of every step; its filled part ends at its ball."""
    frame = seen.frames - 1
    plans, feet = marks(seen, frame, "rate plan", Stroke), marks(seen, frame, "lane foot", Lines)
    for (run, _), plan in plans.items():
        heights = plan.points[:-1, 1] - feet[run, None].ends[0, 0, 1]
        rates = seen.runs.rates[run]
        assert len(heights) == len(rates)
        assert np.allclose(heights / heights.max(), rates / rates.max(), atol=1e-9)
    riders = {run: mark for (run, _), mark in marks(seen, frame, "rate rider", Disc).items()}
    for (run, _), course in marks(seen, frame, "rate course", Stroke).items():
        assert np.allclose(course.points[-1], riders[run].centre)
    assert len(plans) == len(seen.runs)


def test_a_run_has_one_colour(seen):
    """Ball, path, curve, name and distance of a run share a colour that no other run has."""
    kinds = ("map point", "path", "rate plan", "rate rider", "run name", "distance left", "off the scale")
    found: dict[int, set[str]] = {}
    for frame in sampled(seen):
        for mark in seen.stage.marks(frame):
            if mark.shows and mark.shows.quantity in kinds:
                found.setdefault(mark.shows.run, set()).add(mark.colour)
    assert sorted(found) == list(range(len(seen.runs)))
    assert all(len(colours) == 1 for colours in found.values())
    assert len(set.union(*found.values())) == len(found)


def test_each_ball_and_its_curve_are_in_step(seen):
    """In every frame, a run's ball on the map rests after as many steps as the one on its curve."""
    for frame in sampled(seen):
        riders = dict(marks(seen, frame, "rate rider", Disc).keys())
        for run, step in marks(seen, frame, "map point", Disc):
            assert riders.get(run, step) == step


def test_all_balls_of_the_race_are_in_step(seen):
    """Where three or more lanes are shown, each run has come as far as any other, or as far as it went."""
    steps = [run.steps for run in seen.runs]
    for frame in range(0, seen.frames, 3):
        shown = [seen.timeline.value(("lanes", f"lane{k + 1}.shown"), frame)[0] for k in range(len(steps))]
        gone = [seen.timeline.value((f"run{k + 1}", "progress"), frame)[0] for k in range(len(steps))]
        racing = [min(way, float(most)) for way, one, most in zip(gone, shown, steps) if one == 1.0]
        if len(racing) > 2:
            assert all(way >= min(max(racing), most) - 1e-9 for way, most in zip(gone, steps))


def test_with_the_moral_the_winner_alone_goes_all_its_way_again():
    """From the start to the end of its run, with its path and no other ball."""
    one = film("16:9", "full", ())
    (moral,) = [timed for timed in one.beats if "Large steps" in timed.beat.plain]
    best = World(one.runs, {}).ranked()[0]
    way = [one.timeline.value((f"run{best + 1}", "progress"), frame)[0] for frame in range(moral.start, moral.end)]
    there = [k for k in range(len(one.runs)) if one.timeline.value((f"ball{k + 1}", "shown"), moral.end - 1)[0] > 0]

    assert min(way) == 0
    assert way[-1] == one.runs[best].steps
    assert there == [best]
    assert one.timeline.value((f"trail{best + 1}", "shown"), moral.end - 1)[0] == 1


def test_the_balls_lie_around_the_minimum_as_they_should(seen):
    """On every map, with numbers or without: each ball's way from the ring is the run's, by one scale for all."""
    pixel, looked = 8 / min(seen.spec.width, seen.spec.height), 0
    best = World(seen.runs, {}).best
    for frame in sampled(seen):
        balls, rings = marks(seen, frame, "map point", Disc), marks(seen, frame, "map minimum", Ring)
        rest = [(run, step, mark) for (run, step), mark in balls.items() if step is not None]
        if not rings or not rest:
            continue
        (ring,) = rings.values()
        drawn = np.array([np.subtract(mark.centre, ring.centre) for _, _, mark in rest])
        true = np.array([seen.runs[run].points[step] - best for run, step, _ in rest])
        unit = np.linalg.norm(drawn) / np.linalg.norm(true)
        assert np.abs(drawn - unit * true).max() < 2 * pixel
        looked += len(rest)
    assert looked > 10


def test_the_kicks_are_the_steps_of_the_batches_to_scale():
    """From the start and from the minimum: minus the rate times each batch's gradient, on the map's own numbers."""
    one = own_film()
    world, looked = World(one.runs, {}), set()
    for frame in sampled(one):
        scales = axes(one, frame, 0, "map tick"), axes(one, frame, 1, "map tick")
        for name, place in (("fan", one.runs[0].points[0]), ("kicks", world.best)):
            for (run, index), arrow in marks(one, frame, name, ArrowMark).items():
                rate, (true,) = (0.3, 0.03)[run], world.pulls(place)[[index]]
                (across, up), ends = scales, np.array([arrow.tail, arrow.head])
                ends = [across[0], up[0]] + ends * [across[1], up[1]]
                assert np.allclose(ends[0], place, atol=0.02)
                assert np.allclose(ends[1] - ends[0], -rate * true, atol=0.01 * np.abs(ends).max())
                assert arrow.colour == one.theme.concept(("run5", "run1")[run])
                looked.add((name, run, index))
    drawn = (("fan", 0), ("kicks", 0), ("kicks", 1))
    assert looked == {(name, run, index) for name, run in drawn for index in range(10)}


def test_at_the_end_the_lanes_are_ranked_by_the_distances_they_show(seen):
    """From top to bottom the distances grow, those thrown out last, and each is the run's own."""
    ends = marks(seen, seen.frames - 1, "distance left", Text)
    world = World(seen.runs, {})
    if seen.spec.cut == "loop" or all(world.out(one) for one in range(len(seen.runs))):
        assert not ends
        return
    rows = sorted(ends.values(), key=lambda mark: -mark.box.centre[1])
    assert [mark.shows.run for mark in rows] == world.ranked()
    for mark in rows:
        value, slack = read(mark.text)
        assert abs(value - world.away[mark.shows.run][-1]) <= slack


def test_names_go_with_their_lanes(seen):
    """Each name says what its run is: a constant rate with its number, a schedule by its own name."""
    world = World(seen.runs, {key: value for key, value in vars(seen.spec).items() if value})
    feet = {run: mark.ends[0, 0, 1] for (run, _), mark in marks(seen, seen.frames - 1, "lane foot", Lines).items()}
    found = marks(seen, seen.frames - 1, "run name", Text)
    heights = [found[run, None].box.centre[1] - feet[run] for run in feet]
    for (run, _), mark in found.items():
        assert world.which(mark.text) == run
    assert len(found) == len(seen.runs)
    assert np.ptp(heights) < 0.01


def test_nothing_meets_or_stands_still(seen):
    """No type meets other type or leaves the frame, and no stillness is longer than four seconds."""
    assert [fault for frame in sampled(seen) for fault in clashes(seen, frame)] == []
    assert max(still_seconds(seen)) <= 4.0
