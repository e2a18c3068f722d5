"""What is said of one ball on a curve or a surface."""

from __future__ import annotations

import re

import numpy as np

from gdsim import Stop
from gdsim.behaviour import jumps
from tests.scenes.story.claims.reading import STEPS, N, P, Told, change_said, follows, pair, steps_said, told

# The sentence -> how it is checked: `it` is the run, the rest what the sentence names.
DESCENT = {
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
}


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
