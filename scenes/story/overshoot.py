"""What the learning rate does: too small creeps, right walks, large jumps over and back, too large climbs out."""

from __future__ import annotations

import numpy as np

from gdsim import SURFACES, Trajectory, simulate
from gdsim.behaviour import Behaviour, behaviour
from scenes.script.beat import Beat, Script
from scenes.script.number_words import cardinal
from scenes.script.numbers import NO_BREAK, equals, number
from scenes.spec import RenderSpec
from scenes.story.one_rate import advice, at_rest, first_step, loop_line, verdict, walk_words
from scenes.story.plain import plain_only
from scenes.story.rates import curvature, distances, factor, rate_of, rate_words, same_curve, threshold

OBJECTIVE = "shifted-parabola"
LEARNING_RATES = (0.01, 0.1, 0.9, 1.05)
STEPS = 20
# A rate that is more times as large as the one before is only called larger.
MOST_TIMES = 100
ELSEWHERE = "Give the [ball](ball) another start, and watch what the [rate](rate) makes of it."


def run(spec: RenderSpec) -> tuple[Trajectory, ...]:
    """One run per rate: the lesson's four, or those that the spec asks for."""
    plain_only(spec)
    rates = spec.learning_rates or (LEARNING_RATES if spec.learning_rate is None else (spec.learning_rate,))
    steps = STEPS if spec.steps is None else spec.steps
    return tuple(simulate(SURFACES[OBJECTIVE], rate=rate, start=spec.start, steps=steps) for rate in rates)


def script(runs: tuple[Trajectory, ...]) -> Script:
    """The narrated film."""
    if runs[0].steps == 0 and behaviour(runs[0]) is Behaviour.RESTS:
        return Script((*at_rest(runs[0]), *_reason(runs), Beat("moral", "The end", ELSEWHERE, motion=2.0)))
    if len(runs) == 1:
        return Script((*_start(runs), *first_step(runs[0]), *_rate(runs, 0), *_reason(runs), *advice(runs[0])))
    tried = [beat for index in range(len(runs)) for beat in (*_try(runs, index), *_rate(runs, index))]
    return Script((*_start(runs), *tried, *_reason(runs), *_race(runs)))


def loop(runs: tuple[Trajectory, ...]) -> Script:
    """The short film: the one rate, or all at once on one clock."""
    steps = max(one.steps for one in runs)
    line = "One start. The learning rate decides." if len(runs) > 1 else loop_line(runs[0])
    if steps == 0:
        line = loop_line(runs[0])
    seconds = min(8.0, max(4.0, 0.4 * steps))
    return Script(
        (
            Beat("together", "Loop", line, steps=range(steps), motion=seconds + 0.6),
            Beat("linger", "Loop", line, motion=1.4),
            Beat("again", "Loop", line, motion=1.0),
        )
    )


# The beats


def _start(runs: tuple[Trajectory, ...]) -> tuple[Beat, ...]:
    place, away = runs[0].points[0, 0], distances(runs[0])[0]
    ball = f"[x{NO_BREAK}{equals(place)}](ball)"
    if len(runs) > 1:
        words = f"One valley, one start at {ball}. Only the [learning rate](rate) changes."
        return (Beat("start", "The valley", words, motion=3.2),)
    rate = rate_of(runs[0])
    given = "You give it a [learning rate](rate) far beyond all measure."
    if rate is not None:
        given = f"You give it a [learning rate](rate) of [{rate_words(rate)}](rate)."
    waits = f"A [ball](ball) waits at {ball}, [{number(away)}](minimum) from the [minimum](minimum)."
    return (
        Beat("start", "The valley", waits, motion=3.2),
        Beat("pick", "The valley", given, motion=1.6),
    )


def _try(runs: tuple[Trajectory, ...], index: int) -> tuple[Beat, ...]:
    """The next of the four rates."""
    rate = rate_of(runs[index])
    if rate is None:
        return ()
    before = None if index == 0 else rate_of(runs[index - 1])
    if before is None:
        words = f"First try a [learning rate](rate) of [{rate_words(rate)}](rate)."
    else:
        words = f"Now {_times(rate / before)}: [{rate_words(rate)}](rate)."
    return (Beat("pick", f"Rate {rate_words(rate)}", words, motion=1.6, subject=index),)


def _times(ratio: float) -> str:
    """How much more the next rate is."""
    whole = round(min(ratio, MOST_TIMES))
    names = {2: "twice", 3: "three times", 4: "four times", 5: "five times", 8: "eight times", 9: "nine times"}
    if 2 <= ratio <= MOST_TIMES and abs(ratio - whole) < 1e-9:
        return f"{names.get(whole, 'ten times' if whole == 10 else f'{whole} times')} as much"
    return "a little more" if 1 < ratio < 1.5 else "more" if ratio > 1 else "less"


def _rate(runs: tuple[Trajectory, ...], index: int) -> tuple[Beat, ...]:
    """The walk at one rate and where it ends."""
    one = runs[index]
    first = 1 if len(runs) == 1 else 0
    if one.steps == 0:
        return ()
    chapter = f"Rate {rate_words(one.learning_rates[0])}"
    beats: list[Beat] = []
    if one.steps > first:
        longest = 6.5 if len(runs) == 1 else 3.6 if behaviour(one) is Behaviour.CREEPS else 4.8
        seconds = min(longest, max(2.4, 0.32 * (one.steps - first)))
        beats.append(
            Beat("walk", chapter, walk_words(one), steps=range(first, one.steps), motion=seconds, subject=index)
        )
    beats.extend(Beat("verdict", chapter, words, motion=1.4, subject=index) for words in _verdict(runs, index))
    return tuple(beats)


def _verdict(runs: tuple[Trajectory, ...], index: int) -> tuple[str, ...]:
    """Where the run ended; of the lesson's four rates one may have walked just as near as another jumped."""
    one = runs[index]
    if len(runs) == 1:
        return verdict(one)
    for other in runs[:index]:
        kinds = behaviour(other), behaviour(one)
        if kinds == (Behaviour.DESCENDS, Behaviour.OSCILLATES) and same_curve(other, one):
            away = number(distances(one)[-1], 3)
            return (f"Again it is [{away}](minimum) away: jumping comes just as near as walking.",)
    return verdict(one)[:1]


def _reason(runs: tuple[Trajectory, ...]) -> tuple[Beat, ...]:
    """Why: the factor a step, and the threshold it puts on the rate."""
    objective = runs[0].objective
    bend, limit = curvature(objective), threshold(objective)
    shown = next((one for one in runs if behaviour(one) is Behaviour.OSCILLATES), runs[-1])
    beats = [
        Beat(
            "reason",
            "Why",
            f"Each [step](step) multiplies the distance to the [minimum](minimum) by "
            f"1{NO_BREAK}−{NO_BREAK}[rate](rate){NO_BREAK}×{NO_BREAK}curvature.",
            motion=2.4,
        )
    ]
    rate, each = rate_of(shown), factor(shown)
    if rate is not None and each is not None:
        words = (
            f"Here the curvature is {number(bend)}: "
            f"1{NO_BREAK}−{NO_BREAK}[{rate_words(rate)}](rate){NO_BREAK}×{NO_BREAK}{number(bend)} "
            f"{equals(each)}, {_meaning(each)}."
        )
        subject = next(index for index, one in enumerate(runs) if one is shown)
        beats.append(Beat("example", "Why", words, motion=2.4, subject=subject))
    beats += [
        Beat(
            "zones",
            "Why",
            f"Above 1{NO_BREAK}/{NO_BREAK}curvature{NO_BREAK}{equals(limit / 2)} every [step](step) jumps, "
            "below it none does.",
            motion=2.6,
        ),
        Beat(
            "pause",
            "Why",
            f"Beyond 2{NO_BREAK}/{NO_BREAK}curvature{NO_BREAK}{equals(limit)} every [step](step) ends farther away.",
            motion=2.6,
        ),
    ]
    return tuple(beats)


def _meaning(each: float) -> str:
    """A factor in words."""
    change = "closer" if abs(each) < 1 else "farther away" if abs(each) > 1 else "just as far away"
    return "so nothing is left" if each == 0 else f"so {change}" if each > 0 else f"so across, and {change}"


def _race(runs: tuple[Trajectory, ...]) -> tuple[Beat, ...]:
    """All rates on one clock, in one chart."""
    seconds = min(6.4, max(4.0, 1.0 + 0.3 * max(one.steps for one in runs)))
    every = "Both" if len(runs) == 2 else f"All {cardinal(len(runs))}"
    words = f"{every} at once: the [loss](loss) after every [step](step)."
    pairs = [(one, other) for index, one in enumerate(runs) for other in runs[index + 1 :] if same_curve(one, other)]
    if pairs:
        first, second = (rate_words(one.learning_rates[0]) for one in pairs[0])
        words = f"All at once: the [loss](loss) of [{first}](rate) and [{second}](rate) draws the same curve."
    return (
        Beat("race", "All together", words, motion=seconds),
        Beat("moral", "All together", _moral(runs), motion=2.0),
    )


def _moral(runs: tuple[Trajectory, ...]) -> str:
    """What the rates show together; where they are not from too small to too large, which of them did best."""
    kinds = [behaviour(one) for one in runs]
    if (
        kinds[0] is Behaviour.CREEPS
        and kinds[-1] is Behaviour.DIVERGES
        and distances(runs[0])[-1] > distances(runs[1])[-1]
    ):
        return "Too small wastes [steps](step), too large climbs out. A good [rate](rate) lies between."
    moving = [one for one in runs if one.steps]
    nearest = min(distances(one)[-1] for one in moving)
    best = [one for one in moving if np.isclose(distances(one)[-1], nearest, rtol=1e-9, atol=0)]
    named = [f"[{rate_words(one.learning_rates[0])}](rate)" for one in best]
    if len(named) == 1:
        return f"Of these, a [learning rate](rate) of {named[0]} ends nearest to the [minimum](minimum)."
    return f"Of these, {', '.join(named[:-1])} and {named[-1]} end nearest to the [minimum](minimum)."
