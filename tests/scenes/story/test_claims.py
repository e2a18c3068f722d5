"""Every sentence of every lesson makes a claim that is known here, and the run bears it out.

A sentence that no line of CLAIMS takes fails the test: whoever writes a new one writes down how it is checked.
"""

from __future__ import annotations

import re

import numpy as np
import pytest

from gdsim import Stop
from gdsim.behaviour import jumps
from scenes.catalogue import LESSONS
from scenes.film.spec import RenderSpec
from scenes.story.fates import End, end_of, valley_of, valleys
from scenes.story.rates import curvature, distances, lowest, threshold

RATES = np.geomspace(1e-4, 10, 40).tolist()
SWEEP = [(name, {"learning_rate": rate}) for name in LESSONS for rate in RATES]
ONE = ["x", "-x**2", "sqrt(x)", "exp(-x)", "abs(x)", "x**3", "sin(3*x) + 0.1*x**2", "log(x)**2", "cos(x)"]
TWO = ["x + y", "x**2 - y**2", "x**2 + 4*y**2", "himmelblau", "rosenbrock", "exp(-x) + y**2", "sqrt(x**2 + y**2)"]
METHODS = ["momentum", "nesterov", "adam", "rmsprop", "adagrad", "rprop", "newton", "bfgs", "adadelta"]
MORE = [
    *(("parabola", {"function": text, "learning_rate": rate}) for text in ONE for rate in (0.01, 0.5, 100.0)),
    *(("local-minima", {"function": text, "learning_rate": rate}) for text in ONE for rate in (0.01, 0.5)),
    *(("bowl", {"function": text, "learning_rate": rate}) for text in TWO for rate in (0.001, 0.2, 50.0)),
    *((name, {"optimiser": method}) for name in ("parabola", "bowl") for method in METHODS),
    *((name, {"optimiser": "momentum", "learning_rate": rate}) for name in ("parabola", "bowl") for rate in (0.3, 3.0)),
    *(
        ("parabola", {"start": (start,), "learning_rate": rate})
        for start in (-7.0, 2.9, 3.0, 3.5)
        for rate in (0.2, 0.8)
    ),
    *(("bowl", {"start": start, "learning_rate": rate}) for start in ((0.0, 2.0), (-4.0, -1.0)) for rate in (0.2, 0.8)),
    *(("parabola", {"schedule": "cosine", "learning_rate": rate}) for rate in (0.1, 0.9)),
    *((name, {"learning_rate": 1e308}) for name in LESSONS),
    *((name, {}) for name in LESSONS),
    *((name, {"steps": steps}) for name in LESSONS for steps in (1, 2, 3, 300)),
]
N = r"(?:−?(?:\d+(?:,\d{3})*(?:\.\d+)?(?: × 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?|10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))"
P = rf"\({N}, {N}\)"
DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")


def read(text: str) -> float:
    """The number that is written."""
    plain = text.translate(DIGITS).replace(",", "")
    factor, _, power = plain.partition(" × 10")
    if not power and re.fullmatch(r"-?10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", text.replace("−", "-")):
        sign, power = ("-1" if text.startswith("−") else "1"), re.sub(r"^-?10", "", plain)
        return float(f"{sign}e{power}")
    return float(f"{factor}e{power or 0}")


def told(text: str, value: float, share: float = 6e-4) -> bool:
    """Whether a number was rightly rounded to what is written: four digits, three in pairs, two with a power of ten."""
    share = 0.051 if "10" in text and set(text) & set("⁻⁰¹²³⁴⁵⁶⁷⁸⁹") else share
    return abs(read(text) - value) <= share * abs(value) + 1e-300


def pair(text: str, vector) -> bool:
    """The same of two coordinates."""
    first, second = text.strip("()").split(", ")
    return told(first, vector[0], 6e-3) and told(second, vector[1], 6e-3)


class Told:
    """A run with what sentences speak of."""

    def __init__(self, run, runs) -> None:
        self.run, self.runs = run, runs
        self.points, self.losses, self.slopes = run.points[:, 0], run.losses, run.gradients[:, 0]
        self.moves = np.diff(run.points, axis=0)
        self.lengths = np.linalg.norm(self.moves, axis=1)
        self.steep = np.linalg.norm(run.gradients, axis=1)

    @property
    def off(self) -> bool:
        return any(not low <= x <= high for x, (low, high) in zip(self.run.points[-1], self.run.objective.domain))

    @property
    def away(self) -> float:
        """From the end to the nearest minimum."""
        return min(float(np.linalg.norm(self.run.points[-1] - low.point)) for low in self.run.objective.minima)

    @property
    def lower(self) -> bool:
        return bool(self.losses[-1] < self.losses[0])


def steps_said(told_run: Told, words: str) -> bool:
    """`1 step`, `20 steps`."""
    amount, noun = words.split(" ")
    return read(amount) == told_run.run.steps and (noun == "step") == (told_run.run.steps == 1)


def change_said(it: Told, verb: str, before: str, after: str) -> bool:
    """`falls from 25 to 16`."""
    right = it.losses[1] < it.losses[0] if verb == "falls" else it.losses[1] > it.losses[0]
    return bool(right) and told(before, it.losses[0]) and told(after, it.losses[1])


def follows(it: Told) -> bool:
    """Whether every step is the rate times the slope, turned round."""
    return np.allclose(it.moves, -it.run.learning_rates[:, None] * it.run.gradients[:-1], rtol=1e-6, atol=1e-8)


COUNTED = ["no", "one", "two", "three", "four", "five", "six"]
STEPS = r"([\d,]+ steps?)"
# What a sentence may say, and how it is checked against its run: `it` is the run, the rest what the sentence names.
CLAIMS = {
    # One ball on one curve
    r"A curve with a lowest point\. Finding it is the whole task\.": lambda it: len(it.run.objective.minima) == 1,
    r"A curve with (\d+) low points\. We want to get down to one\.": lambda it, n: (
        len(it.run.objective.minima) == int(n)
    ),
    r"Here is a curve\. We want to get as low on it as we can\.": lambda it: not it.run.objective.minima,
    rf"A ball starts at \S+ [=≈] ({N})\. Its height is the loss: ({N})\.": lambda it, x, loss: (
        told(x, it.points[0]) and told(loss, it.losses[0])
    ),
    rf"The slope here is ({N}): the ground rises to the (right|left)\.": lambda it, g, way: (
        told(g, it.slopes[0]) and (way == "right") == (it.slopes[0] > 0)
    ),
    rf"The (?:slope|gradient) here is (?:{N}|{P}): flat ground, so the ball stays\.": lambda it: (
        it.run.steps == 0 and it.steep[0] < 1e-5
    ),
    r"Down is the other way\. That is what the minus sign does: we go (left|right)\.": lambda it, side: (
        (side == "left") == (it.moves[0, 0] < 0) and follows(it)
    ),
    r"(?:[\w-]+|Newton's method|Averaged descent|Gradient descent): [^.]+\.": lambda it: not follows(it),
    rf"The learning rate sets how far: ({N}) × ({N}) [=≈] ({N})\.": lambda it, rate, g, length: (
        told(rate, it.run.learning_rates[0]) and told(g, it.slopes[0]) and told(length, -it.moves[0, 0])
    ),
    rf"Its first step is ({N}) long\.": lambda it, length: told(length, it.lengths[0]),
    rf"From ({N}) the ball goes to ({N})\. The loss (falls|grows) from ({N}) to ({N})\.": lambda it, x, y, *change: (
        told(x, it.points[0]) and told(y, it.points[1]) and change_said(it, *change)
    ),
    rf"From ({N}) the ball goes to ({N})\. The loss hardly changes: ({N})\.": lambda it, x, y, loss: (
        told(y, it.points[1]) and told(loss, it.losses[0]) and told(loss, it.losses[1])
    ),
    rf"Now the slope is (only )?({N})(, so the same rule takes|\. The rule takes) (a shorter|a longer|an equally long) "
    rf"step: ({N})\.": lambda it, only, g, same, than, length: (
        told(g, it.slopes[1])
        and bool(only) == (abs(it.slopes[1]) < abs(it.slopes[0]) * (1 - 1e-9))
        and told(length, it.lengths[1])
        and (follows(it) or not same.startswith(","))
        and than == ("a shorter", "an equally long", "a longer")[1 + np.sign(_change(it.lengths))]
    ),
    r"Every step is tiny(?: next to the way, so|:) the ball creeps\.": lambda it: (
        it.lower
        and bool(it.run.objective.minima)
        and it.away > 0
        and it.lengths.max() < it.away
        and it.steep[-1] > 0.5 * it.steep[0]
    ),
    r"Step by step the ball gets lower\.": lambda it: it.lower,
    r"(\d+) steps? jumps? over a valley's floor, and the ball ends lower than it began\.": lambda it, n: (
        int(n) == jumps(it.run).sum() and it.lower
    ),
    r"(\d+) steps? turns? the gradient round, and the ball ends lower\.": lambda it, n: (
        int(n) == jumps(it.run).sum() and it.lower
    ),
    r"The steps jump across the valley, and gain nothing\.": lambda it: (
        jumps(it.run).any() and np.isclose(it.losses[-1], it.losses[0])
    ),
    r"The steps are too large: the ball ends higher than it began\.": lambda it: not it.lower,
    rf"The rate stays ({N}), yet the steps shrink: the (?:slope flattens|ground gets flatter)\.": lambda it, rate: (
        (np.diff(it.lengths) < 0).all()
        and (np.diff(it.steep[:-1]) < 0).all()
        and (it.run.learning_rates == it.run.learning_rates[0]).all()
        and told(rate, it.run.learning_rates[0])
    ),
    r"Each step jumps (?:over the minimum|across the valley), yet each is shorter\.": lambda it: (
        jumps(it.run).all() and (np.diff(it.lengths) < 0).all()
    ),
    r"Each step lands higher, where the slope is steeper still\.": lambda it: (
        (np.diff(it.losses) > 0).all() and (np.diff(it.steep) > 0).all()
    ),
    rf"After {STEPS} the ball is at \S+ [=≈] ({N})(.*)\.": lambda it, steps, x, rest: (
        steps_said(it, steps) and told(x, it.points[-1]) and nearness_said(it, rest)
    ),
    r"Nobody told it where the bottom is\. The slope underfoot was enough\.": lambda it: (
        it.lower and bool(it.run.objective.minima) and it.steep[-1] < 0.06 * it.steep[0]
    ),
    rf"The loss went from ({N}) to ({N}): this rate is too large\.": lambda it, before, after: (
        told(before, it.losses[0]) and told(after, it.losses[-1]) and not it.lower
    ),
    rf"The loss is still ({N}): at this rate it never settles\.": lambda it, loss: (
        told(loss, it.losses[0]) and told(loss, it.losses[-1])
    ),
    r"It is on its way, but this rate would need many more steps\.": lambda it: (
        it.lower and bool(it.run.objective.minima) and not it.off and it.run.stop is Stop.STEP_LIMIT
    ),
    r"It has not arrived yet: there is still a (?:slope|gradient) to follow\.": lambda it: it.steep[-1] > 1e-6,
    r"No (?:slope|gradient), no step: the descent is done before it begins\.": lambda it: (
        it.run.steps == 0 and it.steep[0] < 1e-5
    ),
    r"The first step is too long for a computer to count\. The ball is gone\.": lambda it: (
        it.run.steps == 0 and it.run.stop is Stop.DIVERGED
    ),
    "|".join(re.escape(stop.value) for stop in Stop): None,
    # Two parameters
    r"Now two parameters\. Each pair of them has a loss: the height of the ground\.": lambda it: (
        it.run.points.shape[1] == 2
    ),
    rf"A ball starts at ({P}), where the loss is ({N})\.": lambda it, point, loss: (
        pair(point, it.run.points[0]) and told(loss, it.losses[0])
    ),
    rf"The gradient is ({P}): the way the ground climbs fastest\.": lambda it, g: pair(g, it.run.gradients[0]),
    r"We want to go down, so we turn it round: the step goes the opposite way\.": lambda it: follows(it),
    rf"The learning rate, ({N}), makes a step of it: ({P})\.": lambda it, rate, move: (
        told(rate, it.run.learning_rates[0]) and pair(move, it.moves[0]) and follows(it)
    ),
    rf"The first step is ({P})\.": lambda it, move: pair(move, it.moves[0]),
    rf"The ball goes to ({P})\. The loss (falls|grows) from ({N}) to ({N})\.": lambda it, point, *change: (
        pair(point, it.run.points[1]) and change_said(it, *change)
    ),
    rf"The ball goes to ({P})\. The loss hardly changes: ({N})\.": lambda it, point, loss: (
        pair(point, it.run.points[1]) and told(loss, it.losses[0]) and told(loss, it.losses[1])
    ),
    rf"And again: the gradient is now ({P})\.": lambda it, g: pair(g, it.run.gradients[1]),
    r"Each step lands higher than the one before\.": lambda it: (np.diff(it.losses) > 0).all(),
    rf"After {STEPS} the ball is (?!at \S+ [=≈])(.+)\.": lambda it, steps, rest: (
        steps_said(it, steps) and place_said(it, rest)
    ),
    r"With two parameters or with a million, the rule is the same\.": lambda it: (
        it.lower and it.steep[-1] < it.steep[0]
    ),
    # One rate or four
    rf"One valley, one start at x [=≈] ({N})\. Only the learning rate changes\.": lambda it, x: (
        all(told(x, one.points[0, 0]) for one in it.runs) and len({one.learning_rates[0] for one in it.runs}) == 4
    ),
    rf"A ball waits at x [=≈] ({N}), ({N}) from the minimum\.": lambda it, x, away: (
        told(x, it.points[0]) and told(away, distances(it.run)[0])
    ),
    rf"(?:You give it|First try) a learning rate of ({N})\.": lambda it, rate: told(
        rate, it.run.learning_rates[0], 6e-6
    ),
    r"You give it a learning rate far beyond all measure\.": lambda it: it.run.steps == 0,
    rf"Now (?!the slope)(.+): ({N})\.": lambda it, times, rate: (
        times_said(it, times) and told(rate, it.run.learning_rates[0])
    ),
    rf"The slope is ({N}), so the step is ({N}) × ({N}) [=≈] ({N}) long\.": lambda it, g, rate, size, length: (
        told(g, it.slopes[0])
        and told(rate, it.run.learning_rates[0])
        and told(size, abs(it.slopes[0]))
        and told(length, it.lengths[0])
    ),
    rf"It lands at x [=≈] ({N})(, on the other side)?, ({N}) from the minimum\.": lambda it, x, over, away: (
        told(x, it.points[1]) and bool(over) == bool(jumps(it.run)[0]) and told(away, distances(it.run)[1])
    ),
    rf"It lands at x [=≈] ({N}): right on the minimum\.": lambda it, x: (
        told(x, it.points[1]) and distances(it.run)[1] < 1e-6
    ),
    r"The ball walks down(?:\.|, and its steps get shorter and shorter\.)": lambda it: (
        (np.diff(it.losses) < 0).all() and (np.diff(it.lengths) < 0).all() and not jumps(it.run).any()
    ),
    r"Each step jumps over the minimum, but lands lower\.": lambda it: (
        jumps(it.run).all() and (np.diff(it.losses) < 0).all()
    ),
    r"Each step jumps across the valley and lands (just as high|higher)\.": lambda it, high: (
        jumps(it.run).all()
        and ((np.diff(it.losses) > 0).all() or (high == "just as high" and np.allclose(it.losses, it.losses[0])))
    ),
    rf"After {STEPS} the slope is (zero|as good as zero)\. There is nothing left to do\.": lambda it, steps, zero: (
        steps_said(it, steps) and abs(it.slopes[-1]) < 1e-6 and (zero != "zero" or it.slopes[-1] == 0)
    ),
    rf"After {STEPS} it (?:is|rests|is still) ({N}) from the minimum\.(?: It never settles\.)?": lambda it, steps, far: (
        steps_said(it, steps) and told(far, distances(it.run)[-1], 6e-3)
    ),
    rf"After {STEPS} the loss is ({N}), (?:up from ({N})|and growing)\.": lambda it, steps, after, before: (
        steps_said(it, steps)
        and told(after, it.losses[-1])
        and not it.lower
        and (not before or told(before, it.losses[0]))
    ),
    r"It does not come back: each jump is longer than the one before\.": lambda it: (np.diff(it.lengths) > 0).all(),
    rf"Again ({N}) away: ({N}) walks, ({N}) jumps, both come equally near\.": lambda it, away, walks, hops: (
        told(away, distances(it.run)[-1], 6e-3)
        and jumps(it.run).all()
        and any(
            told(walks, one.learning_rates[0])
            and not jumps(one).any()
            and np.isclose(distances(one)[-1], distances(it.run)[-1])
            for one in it.runs
        )
    ),
    r"Each step multiplies the distance to the minimum by 1 − rate × curvature\.": lambda it: all(
        np.allclose(
            distances(one)[1:], abs(1 - one.learning_rates * curvature(one.objective)) * distances(one)[:-1], rtol=1e-6
        )
        for one in it.runs
    ),
    rf"Here that is 1 − ({N}) × ({N}) [=≈] ({N}): (.+)\.": lambda it, rate, bend, factor, meaning: factor_said(
        it, rate, bend, factor, meaning
    ),
    rf"Up to 1 / curvature [=≈] ({N}) a ball never jumps\. Above it, every step does\.": lambda it, rate: all(
        jumps(one).all() if one.learning_rates[0] > read(rate) * (1 + 1e-9) else not jumps(one).any()
        for one in it.runs
        if one.steps
    ),
    rf"The limit is 2 / curvature [=≈] ({N}): beyond it every step ends farther away\.": lambda it, rate: all(
        (np.diff(distances(one)) > 0).all() == (one.learning_rates[0] > read(rate)) for one in it.runs if one.steps
    ),
    r"All four at once: the loss after every step\.": lambda it: len(it.runs) == 4,
    rf"({N}) and ({N}) draw the same curve: the loss does not show the jumping\.": lambda it, first, second: (
        np.allclose(
            *(next(one.losses for one in it.runs if told(rate, one.learning_rates[0])) for rate in (first, second))
        )
    ),
    r"Too small wastes steps, too large climbs out\. A good rate lies between\.": lambda it: (
        it.runs[0].losses[-1] > it.runs[1].losses[-1] and it.runs[-1].losses[-1] > it.runs[-1].losses[0]
    ),
    rf"Try a rate below ({N}): then every step comes closer\.": lambda it, limit: told(
        limit, threshold(it.run.objective)
    ),
    rf"Your ({N}) is (?:a hair )?(below|above|exactly on) it: (.+)\.": lambda it, rate, side, effect: side_said(
        it, side, effect
    ),
    rf"At 1 / curvature, ({N}), a single step would be enough\.": lambda it, rate: told(
        rate, 1 / curvature(it.run.objective)
    ),
    r"On a parabola this one rate needs one step, wherever you start\.": lambda it: it.run.steps == 1,
    rf"Up to ({N}) it would not jump at all\.": lambda it, rate: (
        told(rate, 1 / curvature(it.run.objective)) and jumps(it.run).all()
    ),
    r"A little less and it comes closer\. A little more and it climbs out\.": lambda it: (
        it.run.learning_rates[0] == threshold(it.run.objective)
    ),
    rf"The cure is a smaller rate: below ({N}) it comes closer\.": lambda it, rate: (
        told(rate, threshold(it.run.objective)) and not it.lower
    ),
    # Valleys
    r"This curve has (\w+) valleys?(?: on the map)?\.(?: (One is (?:deeper than the other|the deepest)|\w+ are equally deep)\.)?": (
        lambda it, n, rest: (
            len(valleys(it.run.objective)) == COUNTED.index(n)
            and (not rest or (deepest_count(it) > 1) == rest.endswith("equally deep"))
            and (
                not rest
                or rest.split()[0] in ("One", "All")
                or deepest_count(it) == COUNTED.index(rest.split()[0].lower())
            )
        )
    ),
    rf"Two balls, one rule\. One starts at ({N}), one at ({N})\.": lambda it, first, second: (
        told(first, it.runs[0].points[0, 0]) and told(second, it.runs[1].points[0, 0]) and first != second
    ),
    rf"(?:At a rate of ({N}) each|Each) follows the slope under it, and nothing else\.": lambda it, rate: (
        not rate or told(rate, it.run.learning_rates[0])
    ),
    rf"The ball from ({N}) (.+)\.": lambda it, start, fate: fate_said(it, start, fate),
    rf"From there every way leads up\. It cannot see the valley that is ({N}) deeper\.": lambda it, drop: told(
        drop, it.losses[-1] - min(low.value for low in it.run.objective.minima)
    ),
    r"Both came down into the same valley\.": lambda it: (
        valley_of(it.runs[0]) is not None and valley_of(it.runs[0]) == valley_of(it.runs[1])
    ),
    r"So start again, from many places: (\d+) balls along the curve\.": lambda it, n: len(it.runs) == 2 + int(n),
    r"The same rule for all\.(?: The colour tells the valley a ball ends in\.)?": lambda it: len(it.runs) > 2,
    r"(\d+) of (\d+) balls ends? in (?:the|a) deepest valley(?:, (\d+) in (?:another|others))?\.": lambda *said: (
        tally_said(*said)
    ),
    r"There is no valley on the map for them to end in\.": lambda it: not valleys(it.run.objective),
    r"(\d+ (?:is|are|still|has|have) .+)\.": lambda it, rest: rest_said(it, rest),
    rf"The lowest of them ends at a loss of ({N})\. That one you keep\.": lambda it, loss: told(
        loss, min(one.losses[-1] for one in it.runs[2:] if end_of(one) is not End.LEFT)
    ),
    r"Starting often does not help here: at this rate all of them leave the map\.": lambda it: all(
        end_of(one) is End.LEFT for one in it.runs[2:]
    ),
    r"Here every start finds it\. You rarely know that beforehand: start often\.": lambda it: (
        len({valley_of(one) for one in it.runs[2:]}) == 1 and valley_of(it.runs[2]) is not None
    ),
    r"That is what restarts are for: start often, and keep the best\.": lambda it: len(it.runs) > 2,
}


def deepest_count(it: Told) -> int:
    """How many valleys are as deep as the deepest."""
    lows = [low.value for low in it.run.objective.minima]
    return sum(np.isclose(low, min(lows), rtol=1e-9, atol=1e-9) for low in lows)


def _change(lengths) -> int:
    """−1 where the second step is shorter than the first, 1 where it is longer, 0 where both are alike."""
    first, second = lengths[:2]
    return 0 if np.isclose(first, second, rtol=1e-8, atol=0) else int(np.sign(second - first))


def nearness_said(it: Told, rest: str) -> bool:
    """What follows the last place."""
    if rest in ("", ", off the map"):
        return (rest != "") == it.off
    if rest == ", on the minimum":
        return it.away < 1e-6
    found = re.fullmatch(rf", ({N}) from the minimum", rest)
    return bool(found) and told(found.group(1), it.away, 6e-3)


def place_said(it: Told, rest: str) -> bool:
    """Where the ball of the plane is at the end."""
    if found := re.fullmatch(rf"at ({P})(, off the map)?", rest):
        return pair(found.group(1), it.run.points[-1]) and bool(found.group(2)) == it.off
    return nearness_said(it, f", {rest}")


def times_said(it: Told, times: str) -> bool:
    """`ten times as much`, against the run before."""
    index = next(index for index, one in enumerate(it.runs) if one is it.run)
    ratio = it.run.learning_rates[0] / it.runs[index - 1].learning_rates[0]
    known = {"ten times as much": 10, "nine times as much": 9}
    return np.isclose(known[times], ratio) if times in known else times == "a little more" and 1 < ratio < 1.5


def factor_said(it: Told, rate: str, bend: str, factor: str, meaning: str) -> bool:
    """What the factor does, seen on the run that has this rate."""
    run = next(one for one in it.runs if told(rate, one.learning_rates[0], 6e-6))
    away = distances(run)
    change = "closer" if away[1] < away[0] else "farther" if away[1] > away[0] else "just as far"
    expected = "nothing is left" if away[1] == 0 else f"across, {change}" if jumps(run)[0] else change
    signed = (run.points[1, 0] - lowest(run.objective).point[0]) / (run.points[0, 0] - lowest(run.objective).point[0])
    return meaning == expected and told(bend, curvature(run.objective)) and np.isclose(read(factor), signed, rtol=6e-4)


def side_said(it: Told, side: str, effect: str) -> bool:
    """On which side of the limit, and what that does."""
    away = np.diff(distances(it.run))
    return {
        "below": effect == "every step comes closer" and (away < 0).all(),
        "above": effect == "that is why the ball climbs out" and (away > 0).all(),
        "exactly on": effect == "no step comes closer" and (away == 0).all(),
    }[side]


def fate_said(it: Told, start: str, fate: str) -> bool:
    """What became of one of the two balls."""
    run, here, lows = it.run, valley_of(it.run), [low.value for low in valleys(it.run.objective)]
    right = told(start, run.points[0, 0])
    if found := re.search(rf"\S+ [=≈] ({N})", fate):
        right = right and told(found.group(1), run.points[-1, 0])
    if found := re.search(rf"after {STEPS}", fate):
        right = right and steps_said(it, found.group(1))
    if "deepest" in fate:
        return (
            right
            and here is not None
            and np.isclose(lows[here], min(lows), atol=1e-9)
            and told(fate.split("loss ")[1], run.losses[-1])
        )
    if "stuck" in fate:
        return (
            right
            and here is not None
            and lows[here] > min(lows) + 1e-9
            and abs(run.gradients[-1, 0]) < 1e-2 * abs(run.gradients).max()
        )
    if "left the map" in fate:
        return right and (it.off or run.stop is Stop.DIVERGED)
    if "jumps to and fro" in fate:
        return right and bool(jumps(run)[-1])
    if "cannot take another step" in fate:
        return right and run.stop in (Stop.UNDEFINED, Stop.SLOPELESS, Stop.UNCOMPUTABLE)
    return right and "has not come to rest" in fate and here is None


def tally_said(it: Told, best: str, every: str, other: str | None) -> bool:
    """How many ended where."""
    ends, lows = [valley_of(one) for one in it.runs[2:]], [low.value for low in valleys(it.run.objective)]
    deep = sum(end is not None and np.isclose(lows[end], min(lows), atol=1e-9) for end in ends)
    rest = sum(end is not None for end in ends) - deep
    return (int(best), int(every), int(other or 0)) == (deep, len(ends), rest)


def rest_said(it: Told, rest: str) -> bool:
    """How many have not come to rest, in clauses; the noun's number fits the verb."""
    ends = [end_of(one) for one in it.runs[2:]]
    words = {"way": End.ROLLS, "jump": End.JUMPS, "left": End.LEFT, "stopped": End.HALTED}
    for clause in rest.split(", "):
        amount = int(clause.split()[0])
        kind = next(end for word, end in words.items() if word in clause)
        one = re.match(r"\d+ (?:is|has|still jumps)\b", clause) is not None
        if ends.count(kind) != amount or one != (amount == 1):
            return False
    return True


@pytest.mark.parametrize(("name", "asked"), SWEEP + MORE, ids=str)
def test_every_sentence_is_borne_out_by_its_run(name, asked):
    """At forty rates, from several starts, on many functions and by many methods: nothing is said that is not so."""
    lesson = LESSONS[name]
    runs = lesson.run(RenderSpec(name, **asked))

    for beat in lesson.script(runs):
        sentence = beat.plain.replace("\u00a0", " ")
        it = Told(runs[beat.subject], runs)
        taken = [(check, found) for form, check in CLAIMS.items() if (found := re.fullmatch(form, sentence))]
        assert taken, f"nobody checks: {sentence}"
        for check, found in taken:
            holds = it.run.stop.value == sentence if check is None else check(it, *found.groups())
            assert holds, sentence


def test_a_false_sentence_is_found():
    """The checks are awake: another number in a true sentence fails its line."""
    (run,) = LESSONS["parabola"].run(RenderSpec("parabola"))
    it = Told(run, (run,))

    for sentence, right in (
        ("A ball starts at x = 8. Its height is the loss: 25.", True),
        ("A ball starts at x = 8. Its height is the loss: 24.", False),
        ("After 20 steps the ball is at x ≈ 3.058, 0.0576 from the minimum.", True),
        ("After 20 steps the ball is at x ≈ 3.058, 0.0476 from the minimum.", False),
        ("Each step jumps over the minimum, yet each is shorter.", False),
    ):
        (taken,) = [(check, found) for form, check in CLAIMS.items() if (found := re.fullmatch(form, sentence))][:1]
        assert bool(taken[0](it, *taken[1].groups())) == right
