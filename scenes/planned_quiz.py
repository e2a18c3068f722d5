"""From a seed to a quiz: eight questions, the numbers in them, and the runs that decide which answer is right.

No answer is written down. Each choice has a run of its own, or a line of code that is run, and the right one is found
by looking at what came out. Wrong choices come from mistakes that people make, made here on purpose.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np

from gdsim import SURFACES, Objective, Trajectory, simulate
from gdsim.batches import descend_in_batches
from gdsim.dataset import centred_line, seeded
from gdsim.expression import parse_objective
from gdsim.optimiser import gradient_ascent, gradient_descent
from gdsim.regression import line
from scenes.quiz import Choice, Kind, Question, Quiz
from scenes.quiz_code import coded, executed, result_of
from scenes.script.language import ENGLISH
from scenes.spec import RenderSpec

# The article's numbers: (x − 3)², x = 5, rate 0.1; seed 0 asks with these.
ARTICLE_FLOOR, ARTICLE_OFFSET, ARTICLE_RATE = 3, 2, 0.1
FLOORS, RATES, SHORT_RATES = (3, 4, 5, 6), (0.05, 0.1, 0.15, 0.2, 0.25, 0.3), (0.05, 0.1, 0.15)
CLIMBS, SIGN_STEPS, RACE_STEPS, FAREWELL = 4, 5, 8, 12
# Rates that walk, that leap to and fro and settle, and that climb out of the valley (x − m)².
WALKING, LEAPING, CLIMBING = (0.05, 0.1, 0.15, 0.2), (0.8, 0.85, 0.9, 0.95), (1.05, 1.08, 1.1)
# In two valleys: a rate with which a ball comes to rest, and how far a start is from the hilltop and the floors.
QUIET_RATE, QUIET_STEPS, OFF_TOP, OFF_FLOOR = 0.03, 60, 0.12, 0.35
# Rates with which it leaps for ever, where it begins, and how much its loss still changes from step to step.
WILD_RATES, WILD_STARTS, WILD_STEPS, WILD = (0.19, 0.2, 0.21, 0.22), (-0.4, -0.5, -0.6, -0.7), 30, 0.5
GENTLE, HARSH = 0.2, 1.15
BATCH_RATE, BATCH_START, BATCH_STEPS = 0.12, (0.8, -0.2), 40
# Two choices differ by at least this share of the picture.
APART = 0.06


class Numbers(NamedTuple):
    """A parabola (x − floor)², a ball `offset` beside its floor, and a rate."""

    floor: int
    offset: int
    rate: float

    @property
    def x(self) -> float:
        """Where the ball is."""
        return float(self.floor + self.offset)

    @property
    def objective(self) -> Objective:
        """The parabola."""
        return parabola(self.floor)


@cache  # there are a few
def parabola(floor: int) -> Objective:
    """(x − floor)²."""
    return parse_objective(f"(x - {floor})**2")


def planned_quiz(spec: RenderSpec) -> Quiz:
    """The quiz of the spec's seed; seed 0 has the article's numbers."""
    maker = _Maker(spec.seed)
    asked = (maker.next_step, maker.bug, maker.blank, maker.order, maker.rate, maker.valley, maker.jumps, maker.batch)
    questions = tuple(ask() for ask in asked)
    quiz = Quiz(maker.runs)
    quiz.questions = questions
    return quiz


class _Maker:
    """Draws a quiz, question by question, from one generator, and keeps the runs."""

    def __init__(self, seed: int) -> None:
        self.seed, self.draw, self.runs = seed, seeded(seed), list[Trajectory]()
        self.floor = ARTICLE_FLOOR if seed == 0 else self._one_of(FLOORS)

    def _one_of(self, values: Any) -> Any:
        return values[int(self.draw.integers(len(values)))]

    def _numbers(self, rates: tuple[float, ...] = RATES) -> Numbers:
        """Numbers for one question about the parabola; no start is at 0, or left of it."""
        size, side = self._one_of(range(2, self.floor)), self._one_of((1, -1))
        rate = self._one_of(rates)
        if self.seed == 0:
            return Numbers(ARTICLE_FLOOR, ARTICLE_OFFSET, ARTICLE_RATE)
        return Numbers(self.floor, size * side, rate)

    def _keep(self, *runs: Trajectory) -> tuple[int, ...]:
        """Add runs to the quiz; returns their indices."""
        first = len(self.runs)
        self.runs += runs
        return tuple(range(first, len(self.runs)))

    def _shuffled(self, count: int = 3) -> list[int]:
        return [int(one) for one in self.draw.permutation(count)]

    def _variant(self) -> int:
        """Seed 0 asks the article's own variant."""
        drawn = int(self.draw.integers(2))
        return drawn if self.seed else 0

    def next_step(self) -> Question:
        """Where the next step lands (0), or with what loss (1): by the rule, and by two ways to get it wrong."""
        variant = self._variant()
        slips = (coded("x = x - lr * grad / 2"), gradient_ascent(), coded("x = x - grad"))
        while True:
            given, order = self._numbers(), self._shuffled()
            wrong = [slips[index] for index in self._shuffled()[:2]]
            methods = [(gradient_descent(), *wrong)[index] for index in order]
            runs = [simulate(given.objective, one, given.rate, [given.x], 1, rules=()) for one in methods]
            values = [float(run.losses[1] if variant else run.points[1, 0]) for run in runs]
            others = [] if variant else [given.x]
            if told_apart(values, [0.0 if variant else float(given.floor), *others]):
                break
        true = simulate(given.objective, rate=given.rate, start=[given.x], steps=1)
        right = values.index(float(true.losses[1] if variant else true.points[1, 0]))
        ranked = sorted(range(3), key=lambda index: index != right)  # the quiz's main run goes by the rule
        kept = dict(zip(ranked, self._keep(*(runs[index] for index in ranked))))
        choices = tuple(Choice(value, run=kept[index]) for index, value in enumerate(values))
        return Question(Kind.NEXT, choices, right, tuple(kept.values()), variant)

    def bug(self) -> Question:
        """A program that climbs: the step adds (0), or the slope is turned round (1). Each line is run by itself."""
        variant, given = self._variant(), self._numbers(SHORT_RATES)
        m = given.floor
        grad = f"grad = 2 * ({m} - x)" if variant else f"grad = 2 * (x - {m})"
        step = "x = x - lr * grad" if variant else "x = x + lr * grad"
        loss = f"loss = (x - {m})**2"
        lines = [[loss, grad, step], [grad, loss, step], [grad, step, loss]][self._one_of(range(3))]
        wrong = [not _sound(code, given) for code in lines]
        bug = simulate(given.objective, coded(grad, step), given.rate, [given.x], CLIMBS, rules=())
        mended = simulate(given.objective, rate=given.rate, start=[given.x], steps=FAREWELL, rules=())
        kept, mend = self._keep(bug, mended), (f"grad = 2 * (x - {m})", "x = x - lr * grad")[1 - variant]
        return Question(
            Kind.BUG, tuple(Choice(None, code, True) for code in lines), wrong.index(True), kept, variant, (mend,)
        )

    def blank(self) -> Question:
        """The step with its sign left out: minus, plus and times, each with its run; the right one ends lowest."""
        while True:
            given, signs = self._numbers(SHORT_RATES), ["-+*"[index] for index in self._shuffled()]
            methods = [gradient_descent() if one == "-" else coded(f"x = x {one} lr * grad") for one in signs]
            runs = [simulate(given.objective, one, given.rate, [given.x], SIGN_STEPS, rules=()) for one in methods]
            ends = [float(run.losses[-1]) for run in runs]
            away = max(float(np.abs(run.points - given.floor).max()) for run in runs)
            if sum(end < given.offset**2 for end in ends) == 1 and away < 5 * abs(given.offset):
                break
        kept = self._keep(*runs)
        choices = tuple(Choice(None, sign, True, index) for sign, index in zip(signs, kept))
        return Question(Kind.BLANK, choices, int(np.argmin(ends)), kept, 0, ("x = x ", " lr * grad"))

    def order(self) -> Question:
        """The five lines of a step, shuffled; a choice is an order of their numbers, and only one can be run."""
        given = self._numbers()
        right = (
            f"x = {given.x:g}",
            f"error = x - {given.floor}",
            "grad = 2 * error",
            "step = lr * grad",
            "x = x - step",
        )
        places = self._shuffled(5)
        while places == sorted(places):
            places = self._shuffled(5)
        shown = tuple(right[place] for place in places)
        first, second = self._shuffled(4)[:2]
        orders = [_swapped(places, pair) for pair in (None, first, second)]
        orders = [orders[index] for index in self._shuffled()]
        run = simulate(given.objective, rate=given.rate, start=[given.x], steps=1, rules=())
        lands = [result_of([shown[line] for line in order], given.rate) for order in orders]
        texts = [" ".join(str(line + 1) for line in order) for order in orders]
        found = [end is not None and abs(end - float(run.points[1, 0])) < 1e-9 for end in lands]
        choices = tuple(Choice(None, text, True) for text in texts)
        return Question(Kind.ORDER, choices, found.index(True), self._keep(run), 0, shown)

    def rate(self) -> Question:
        """Three rates on one curve; the right one is that whose loss has grown."""
        given = self._numbers()
        rates = [self._one_of(some) for some in (WALKING, LEAPING, CLIMBING)]
        if self.seed == 0:
            rates = [0.1, 0.9, 1.05]
        rates = [rates[index] for index in self._shuffled()]
        runs = [simulate(given.objective, rate=one, start=[given.x], steps=RACE_STEPS, rules=()) for one in rates]
        kept, grown = self._keep(*runs), [float(run.losses[-1]) > float(run.losses[0]) for run in runs]
        choices = tuple(Choice(one, run=index) for one, index in zip(rates, kept))
        return Question(Kind.RATE, choices, grown.index(True), kept)

    def valley(self) -> Question:
        """A start between two valleys; the right one is the place nearest to the run's end."""
        objective = SURFACES["two-valleys"]
        places = resting_places(objective)
        while True:
            start = round(float(self.draw.uniform(-1.6, 1.6)), 1)
            left, top, right = (abs(start - place) for place in places)
            if top > OFF_TOP and min(left, right) > OFF_FLOOR:
                break
        start = 0.4 if self.seed == 0 else start
        run = simulate(objective, rate=QUIET_RATE, start=[start], steps=QUIET_STEPS, rules=())
        order = self._shuffled()
        near = int(np.argmin([abs(float(run.points[-1, 0]) - places[index]) for index in order]))
        names = ("left valley", "hilltop", "right valley")
        return Question(Kind.VALLEY, tuple(Choice(None, names[index]) for index in order), near, self._keep(run))

    def jumps(self) -> Question:
        """A loss that leaps for ever; the right diagnosis is the one whose remedy lets it settle."""
        objective = SURFACES["two-valleys"]
        while True:
            rate, start = self._one_of(WILD_RATES), self._one_of(WILD_STARTS)
            wild = simulate(objective, rate=rate, start=[start], steps=WILD_STEPS, rules=())
            if wild.steps == WILD_STEPS and restless(wild) > WILD:
                break
        remedies = (
            ("rate too large", GENTLE * rate, WILD_STEPS),
            ("rate too small", HARSH * rate, WILD_STEPS),
            ("too few steps", rate, 2 * WILD_STEPS),
        )
        shuffled = [remedies[index] for index in self._shuffled()]
        tried = [simulate(objective, rate=one, start=[start], steps=most, rules=()) for _, one, most in shuffled]
        right = int(np.argmin([restless(run) for run in tried]))
        choices = tuple(Choice(None, name) for name, _, _ in shuffled)
        return Question(Kind.JUMPS, choices, right, self._keep(wild, tried[right]))

    def batch(self) -> Question:
        """Two losses over as many steps, from all rows and from one: which is stochastic (0), which is batch (1)?"""
        variant, data = self._variant(), centred_line(seed=self.seed)
        sizes = {"the smooth one": data.rows, "the rough one": 1}
        fits = [
            descend_in_batches(
                line(),
                data,
                size,
                BATCH_STEPS * size // data.rows,
                self.seed,
                rate=BATCH_RATE,
                start=BATCH_START,
                rules=(),
            )
            for size in sizes.values()
        ]
        smooth, rough = sorted(fits, key=rises)
        kept = self._keep(smooth, rough)
        names = ("the smooth one", "the rough one", "can't tell")
        order = self._shuffled()
        wanted = next(run for run in (smooth, rough) if (run.batch_size == 1) == (variant == 0))
        right = order.index(0 if wanted is smooth else 1)
        choices = tuple(Choice(None, names[index], run=kept[index] if index < 2 else None) for index in order)
        return Question(Kind.BATCH, choices, right, kept, variant)


def told_apart(values: list[float], others: list[float]) -> bool:
    """Whether three numbers differ as they are written, and by enough to be seen in a picture that has the others."""
    room = max(*values, *others) - min(*values, *others)
    gaps = np.diff(np.sort(values))
    return len({ENGLISH.brief(value) for value in values}) == len(values) and float(gaps.min()) >= APART * 1.25 * room


def resting_places(objective: Objective) -> tuple[float, float, float]:
    """The two valleys' floors and the hilltop between them, from left to right."""
    left, right = sorted(known.point[0] for known in objective.minima)
    places = np.linspace(left, right, 20_001)
    return left, float(places[np.argmax(objective.value(places[:, None]))]), right


def restless(run: Trajectory) -> float:
    """By how much the loss changes from step to step in the second half, on average."""
    return float(np.abs(np.diff(run.losses[run.steps // 2 :])).mean())


def rises(run: Trajectory) -> int:
    """How many steps land higher."""
    return int(np.sum(np.diff(run.losses) > 0))


def _sound(code: str, given: Numbers) -> bool:
    """Whether a line of code, run by itself on true numbers, gives what the simulator gives."""
    true = simulate(given.objective, rate=given.rate, start=[given.x], steps=1, rules=())
    names = {"x": given.x, "lr": given.rate, "grad": float(true.gradients[0, 0])}
    made = executed(code, names)
    expected = {"loss": true.losses[0], "grad": true.gradients[0, 0], "x": true.points[1, 0]}
    target = code.split(" ")[0]
    return bool(abs(made[target] - float(expected[target])) < 1e-9)


def _swapped(places: list[int], early: int | None) -> list[int]:
    """The lines' numbers in the order in which they are run; the one after `early` comes too early."""
    order = [places.index(place) for place in range(len(places))]
    if early is not None:
        order[early], order[early + 1] = order[early + 1], order[early]
    return order
