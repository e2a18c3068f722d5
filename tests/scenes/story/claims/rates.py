"""What is said of learning rates."""

from __future__ import annotations

import numpy as np

from gdsim.behaviour import jumps
from scenes.story.rates import curvature, distances, lowest, threshold
from tests.scenes.story.claims.reading import STEPS, N, Told, read, steps_said, told

# The sentence -> how it is checked: `it` is the run, the rest what the sentence names.
RATES = {
    # One rate or four
    rf"One valley, one start at x [=≈] ({N})\. Only the learning rate changes\.": lambda it, x: (
        all(told(x, one.points[0, 0]) for one in it.runs)
        and len({one.learning_rates[0] for one in it.runs if one.steps}) == sum(one.steps > 0 for one in it.runs)
        and len(it.runs) > 1
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
    rf"After {STEPS} it (?:is|rests|is still) ({N}) from the minimum\.(?: It never settles\.)?": lambda it, n, far: (
        steps_said(it, n) and told(far, distances(it.run)[-1], 6e-3)
    ),
    rf"After {STEPS} the loss is ({N}), (?:up from ({N})|and growing)\.": lambda it, steps, after, before: (
        steps_said(it, steps)
        and told(after, it.losses[-1])
        and not it.lower
        and (not before or told(before, it.losses[0]))
    ),
    r"It does not come back: each jump is longer than the one before\.": lambda it: (np.diff(it.lengths) > 0).all(),
    rf"Again it is ({N}) away: jumping comes just as near as walking\.": lambda it, away: (
        told(away, distances(it.run)[-1], 6e-3)
        and jumps(it.run).all()
        and any(not jumps(one).any() and np.isclose(distances(one)[-1], distances(it.run)[-1]) for one in it.runs)
    ),
    r"Each step multiplies the distance to the minimum by 1 − rate × curvature\.": lambda it: all(
        np.allclose(
            distances(one)[1:], abs(1 - one.learning_rates * curvature(one.objective)) * distances(one)[:-1], rtol=1e-6
        )
        for one in it.runs
    ),
    rf"Here the curvature is ({N}): 1 − ({N}) × ({N}) [=≈] ({N}), (.+)\.": lambda it, bend, *said: (
        bend == said[1] and factor_said(it, *said)
    ),
    rf"Above 1 / curvature [=≈] ({N}) every step jumps, below it none does\.": lambda it, rate: all(
        jumps(one).all() if one.learning_rates[0] > read(rate) * (1 + 1e-9) else not jumps(one).any()
        for one in it.runs
        if one.steps
    ),
    rf"Beyond 2 / curvature [=≈] ({N}) every step ends farther away\.": lambda it, rate: all(
        (np.diff(distances(one)) > 0).all() == (one.learning_rates[0] > read(rate)) for one in it.runs if one.steps
    ),
    r"(Both|All three|All four) at once: the loss after every step\.": lambda it, every: (
        len(it.runs) == {"Both": 2, "All three": 3, "All four": 4}[every]
    ),
    rf"Of these, a learning rate of ({N}) ends nearest to the minimum\.": lambda it, rate: nearest_said(it, [rate]),
    rf"Of these, ((?:{N}, )*{N} and {N}) end nearest to the minimum\.": lambda it, rates: nearest_said(
        it, rates.replace(" and ", ", ").split(", ")
    ),
    rf"All at once: the loss of ({N}) and ({N}) draws the same curve\.": lambda it, first, second: np.allclose(
        *(next(one.losses for one in it.runs if told(rate, one.learning_rates[0])) for rate in (first, second))
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
    r"One step, straight to the minimum\.": lambda it: it.run.steps == 1 and distances(it.run)[1] < 1e-6,
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
}


def times_said(it: Told, times: str) -> bool:
    """`ten times as much`, against the run before."""
    index = next(index for index, one in enumerate(it.runs) if one is it.run)
    ratio = it.run.learning_rates[0] / it.runs[index - 1].learning_rates[0]
    words = {"twice": 2, "three times": 3, "four times": 4, "five times": 5, "eight times": 8, "nine times": 9}
    how, so_many, _ = times.partition(" as much")
    if so_many:
        return np.isclose((words | {"ten times": 10}).get(how) or int(how.removesuffix(" times")), ratio)
    return ratio > 1 and (times == "more" if ratio >= 1.5 else times == "a little more")


def nearest_said(it: Told, rates: list[str]) -> bool:
    """The rates that are named end where no other does better, and every other ends farther away."""
    ends = {one.learning_rates[0]: distances(one)[-1] for one in it.runs if one.steps}
    named = [rate for rate in ends if any(told(text, rate, 6e-6) for text in rates)]
    others = [away for rate, away in ends.items() if rate not in named]
    return len(named) == len(rates) and all(away > max(ends[rate] for rate in named) for away in others)


def factor_said(it: Told, rate: str, bend: str, factor: str, meaning: str) -> bool:
    """What the factor does, seen on the run that has this rate."""
    run = next(one for one in it.runs if told(rate, one.learning_rates[0], 6e-6))
    away = distances(run)
    change = "closer" if away[1] < away[0] else "farther away" if away[1] > away[0] else "just as far away"
    expected = "so nothing is left" if away[1] == 0 else f"so across, and {change}" if jumps(run)[0] else f"so {change}"
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
