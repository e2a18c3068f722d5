"""Two valleys: where the ball ends depends on where it starts, and starting often helps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gdsim import SURFACES, Objective, Trajectory
from gdsim.many_runs import simulate_each
from gdsim.minima import find_minima
from gdsim.objective import Array
from scenes.script.beat import Beat, Script
from scenes.script.numbers import NO_BREAK, count, equals, number
from scenes.spec import RenderSpec
from scenes.story.outcomes import End, as_deep, best_of, end_of, stuck, tally_of, valley_of, valleys
from scenes.story.run import asked_objective, asked_optimiser, asked_rate, planned_run
from scenes.story.run_facts import variable_text

LEARNING_RATE = 0.02
STEPS = 100
STARTS = (2.0, -2.0)
# So many balls start at once, evenly over the domain.
MANY = 24
_COUNTED = {0: "no", 1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight"}


def run(spec: RenderSpec) -> tuple[Trajectory, ...]:
    """Two runs from two starts, then MANY more from all over the domain."""
    objective = asked_objective(spec, SURFACES["two-valleys"])
    low, high = objective.domain[0]
    if not objective.minima:
        objective = replace(objective, minima=find_minima(objective))
    places = low + (high - low) * (np.arange(MANY) + 0.5) / MANY
    first = planned_run(replace(spec, start=_first(spec, objective)), objective, LEARNING_RATE, STEPS)
    if spec.function is None:
        other = STARTS[1] if first.points[0, 0] != STARTS[1] else STARTS[0]
        return first, *_each(spec, objective, np.array([other, *places]))
    many = _each(spec, objective, places)
    return first, _elsewhere(first, many), *many


def _first(spec: RenderSpec, objective: Objective) -> tuple[float, ...]:
    """Where the first ball starts."""
    return spec.start or (STARTS[:1] if spec.function is None else objective.start)


def _each(spec: RenderSpec, objective: Objective, places: Array) -> tuple[Trajectory, ...]:
    """The runs from all places (n,)."""
    steps = STEPS if spec.steps is None else spec.steps
    rate = asked_rate(spec, LEARNING_RATE, steps)
    return simulate_each(objective, asked_optimiser(spec, objective), rate, places[:, None], steps)


def _elsewhere(first: Trajectory, many: tuple[Trajectory, ...]) -> Trajectory:
    """One of the many whose ball ends in another valley than the first one's, where there is one."""
    here, start = valley_of(first), first.points[0, 0]
    for one in (*many[::-1], *many) if start < sum(first.objective.domain[0]) / 2 else many:
        if valley_of(one) not in (None, here):
            return one
    return many[0 if start > many[MANY // 2].points[0, 0] else -1]


# What is said


def script(runs: tuple[Trajectory, ...]) -> Script:
    """The narrated film."""
    return Script((*_curve(runs), *_two(runs), *_many(runs)))


def loop(runs: tuple[Trajectory, ...]) -> Script:
    """The short film: many balls at once."""
    ended = {valley_of(one) for one in runs[2:]} - {None}
    line = "The start decides the valley." if len(ended) > 1 else "Many starts, one rule."
    steps = max(one.steps for one in runs[2:])
    return Script(
        (
            Beat("roll", "Loop", line, steps=range(steps), motion=6.2, subject=2),
            Beat("linger", "Loop", line, motion=1.6),
            Beat("again", "Loop", line, motion=1.2),
        )
    )


def _curve(runs: tuple[Trajectory, ...]) -> tuple[Beat, ...]:
    lows = len(valleys(runs[0].objective))
    best = len(as_deep(runs[0].objective))
    words = f"This curve has {_COUNTED.get(lows, str(lows))} [valleys](minimum). One is the deepest."
    if best > 1:
        which = "All" if best == lows else _COUNTED.get(best, str(best)).capitalize()
        words = f"This curve has {_COUNTED.get(lows, str(lows))} [valleys](minimum). {which} are equally deep."
    elif lows == 2:
        words = "This curve has two [valleys](minimum). One is deeper than the other."
    elif lows < 2:
        words = f"This curve has {_COUNTED[lows]} [valley](minimum) on the map."
    first, second = (number(one.points[0, 0]) for one in runs[:2])
    rate = number(runs[0].learning_rates[0]) if runs[0].steps else None
    starts = f"Two [balls](ball), one rule. One starts at [{first}](ball), one at [{second}](ball)."
    beats = [
        Beat("ground_beat", "Two valleys", words, motion=2.8),
        Beat("start", "Two valleys", starts, motion=2.0),
    ]
    steps = max(one.steps for one in runs[:2])
    if steps:
        rule = f"At a [rate](rate) of [{rate}](rate) each" if rate is not None else "Each"
        words = f"{rule} follows the [slope](slope) under it, and nothing else."
        beats.append(Beat("walk", "Two valleys", words, steps=range(steps), motion=6.0))
    return tuple(beats)


def _two(runs: tuple[Trajectory, ...]) -> tuple[Beat, ...]:
    """Where the two balls ended, and what follows."""
    ends = [valley_of(one) for one in runs[:2]]
    order = sorted(range(2), key=lambda index: not stuck(runs[index]))  # the stuck one is looked at first
    beats = [Beat("look", "Stuck", _fate(runs[index]), motion=2.2, subject=index) for index in order]
    caught = [index for index in range(2) if stuck(runs[index])]
    if caught:
        one = runs[caught[0]]
        drop = one.losses[-1] - min(known.value for known in one.objective.minima)
        words = f"From there every way leads up. It cannot see the valley that is [{number(drop)}](minimum) deeper."
        beats.append(Beat("blind", "Stuck", words, motion=2.2, subject=caught[0]))
    elif ends[0] is not None and ends[0] == ends[1]:
        beats.append(Beat("blind", "Stuck", "Both came down into the same [valley](minimum).", motion=1.6, subject=0))
    return tuple(beats)


def _fate(one: Trajectory) -> str:
    """What became of one ball."""
    name = variable_text(one.objective.variables[0])
    place = f"[{name}{NO_BREAK}{equals(one.points[-1, 0])}](ball)"
    ball = f"The [ball](ball) from {number(one.points[0, 0])}"
    steps = count(one.steps, "step")
    if valley_of(one) is None:
        return {
            End.LEFT: f"{ball} has left the map: this [rate](rate) is too large.",
            End.JUMPS: f"{ball} still jumps to and fro after {steps}: it is at {place}.",
            End.HALTED: f"{ball} stops at {place}: it cannot take another [step](step) from there.",
        }.get(end_of(one), f"{ball} is at {place} after {steps}, and has not come to rest.")
    if not stuck(one):
        which = "the" if len(as_deep(one.objective)) == 1 else "a"
        return f"{ball} rests in {which} deepest valley: {place}, [loss](loss) {number(one.losses[-1])}."
    level = "zero" if abs(one.gradients[-1, 0]) < 1e-5 else "almost zero"
    return f"{ball} rests at {place}. The [slope](slope) there is {level}: it is stuck."


def _tally(runs: tuple[Trajectory, ...]) -> tuple[str, ...]:
    """How many of the many ended where; those without rest in a sentence of their own."""
    many, found, other = runs[2:], *tally_of(runs)[:2]
    lows, best = len(valleys(runs[0].objective)), len(as_deep(runs[0].objective))
    where = f"in {'the' if best == 1 else 'a'} deepest [valley](minimum)"
    words = f"{found} of {len(many)} [balls](ball) {'ends' if found == 1 else 'end'} {where}"
    if other:
        words += f", {other} in {'another' if lows == 2 else 'others'}"
    if not lows:
        words = "There is no [valley](minimum) on the map for them to end in"
    ends = [end_of(one) for one in many]
    steps = f" after {count(max(one.steps for one in many), 'step')}"
    rest = [
        (ends.count(End.ROLLS), "is still on its way", "are still on their way", steps),
        (ends.count(End.JUMPS), "still jumps", "still jump", steps),
        (ends.count(End.LEFT), "has left the map", "have left the map", ""),
        (ends.count(End.HALTED), "has stopped where it cannot go on", "have stopped where they cannot go on", ""),
    ]
    told = [(f"{amount} {one if amount == 1 else more}", when) for amount, one, more, when in rest if amount]
    if not told:
        return (f"{words}.",)
    last = max((index for index, (_, when) in enumerate(told) if when), default=None)
    clauses = [text + (when if index == last else "") for index, (text, when) in enumerate(told)]
    return f"{words}.", f"{', '.join(clauses)}."


def _moral(runs: tuple[Trajectory, ...]) -> tuple[str, ...]:
    """What many starts are good for, at this rate."""
    best, (found, other, unsettled) = best_of(runs[2:]), tally_of(runs)
    if best is None:
        return ("Starting often does not help here: at this [rate](rate) all of them leave the map.",)
    kept = f"The lowest of them ends at a [loss](loss) of [{number(best.losses[-1])}](loss). That one you keep."
    if found and not other and not unsettled and len(as_deep(runs[0].objective)) == 1:
        return kept, "Here every start finds it. You rarely know that beforehand: start often."
    return kept, "That is what restarts are for: start often, and keep the best."


def _many(runs: tuple[Trajectory, ...]) -> tuple[Beat, ...]:
    """Many starts: restarts."""
    many = runs[2:]
    steps = max(one.steps for one in many)
    beats = [
        Beat(
            "scatter",
            "Restarts",
            f"So start again, from many places: {len(many)} [balls](ball) along the curve.",
            motion=2.2,
            subject=2,
        )
    ]
    if steps:
        words = "The same rule for all. The colour tells the [valley](minimum) a [ball](ball) ends in."
        if not valleys(runs[0].objective):
            words = "The same rule for all."
        beats.append(Beat("roll", "Restarts", words, steps=range(steps), motion=6.0, subject=2))
    return (
        *beats,
        *(Beat("tally", "Restarts", words, motion=2.2, subject=2) for words in _tally(runs)),
        *(Beat("moral", "Restarts", words, motion=2.2, subject=2) for words in _moral(runs)),
    )
