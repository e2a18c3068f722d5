"""Alt texts: what a film shows, in one or two sentences read off the runs, for those who cannot see it."""

from __future__ import annotations

from gdsim import Stop, Trajectory
from gdsim.behaviour import Behaviour
from scenes.phrases.crowd_outcomes import rest_words, tally_words
from scenes.phrases.formulas import ground
from scenes.phrases.rate_facts import rate_words
from scenes.phrases.run_facts import (
    constant_rate,
    course,
    falling,
    follows_the_slope,
    stays,
    step_lengths,
    variable_text,
)
from scenes.planned_crowd import Starts
from scenes.script.numbers import count, equals, number

_DOES = {
    Behaviour.RESTS: "never moves",
    Behaviour.CREEPS: "creeps",
    Behaviour.DESCENDS: "walks down",
    Behaviour.LANDS: "lands at the bottom in one step",
    Behaviour.OSCILLATES: "jumps across the valley and ends lower",
    Behaviour.CYCLES: "jumps to and fro and gets no lower",
    Behaviour.DIVERGES: "climbs out of the valley",
}


def one_ball(runs: tuple[Trajectory, ...]) -> str:
    """One ball: where it starts and ends, and how it gets there."""
    (main,) = runs
    place = _place(main, 0)
    if stays(main):
        return f"A ball on {ground(main)} waits at {place}: its first step leads nowhere."
    if main.steps == 0:
        flat = main.stop is Stop.FLAT
        return f"A ball on {ground(main)} rests at {place}{', where the ground is flat' if flat else ''}."
    way = f"A ball on {ground(main)} goes from {place} to {_place(main, -1)} in {count(main.steps, 'step')}."
    before, after = number(main.losses[0]), number(main.losses[-1])
    verb = "hardly changes" if before == after else "falls" if main.losses[-1] < main.losses[0] else "grows"
    change = f"the loss {verb}" + ("" if before == after else f" from {before} to {after}")
    return f"{way} {_manner(main)}{change}."


def rates(runs: tuple[Trajectory, ...]) -> str:
    """One ball per learning rate."""
    if len(runs) == 1:
        words = one_ball(runs)
        return f"At a learning rate of {rate_words(runs[0].learning_rates[0])} a{words[1:]}" if runs[0].steps else words
    moving = [f"at {rate_words(one.learning_rates[0])} it {_DOES[course(one)]}" for one in runs if one.steps]
    balls = f"A ball on {ground(runs[0])} starts at {_place(runs[0], 0)}"
    if not moving:
        return f"{balls}, where the ground is flat, and never moves, whatever the learning rate."
    return f"{balls}, and the learning rate decides: {', '.join(moving)}."


def many_starts(runs: Starts) -> str:
    """Balls from all over the curve, and where they end."""
    words = [tally_words(runs.crowd), *rest_words(runs.crowd, runs[0])]
    ends = next(sentence.plain() for sentence in words if sentence is not None)
    return f"Balls start all along {ground(runs[0])}, {len(runs.crowd)} in all. {ends}"


def _manner(main: Trajectory) -> str:
    """How the ball moves, as the first half of a sentence."""
    kind = course(main)
    shrinking = falling(step_lengths(main)) and main.steps > 1
    if kind is Behaviour.DESCENDS and shrinking and constant_rate(main) and follows_the_slope(main):
        return "Its steps shrink as the slope flattens: "
    return {
        Behaviour.CREEPS: "Its steps are tiny: ",
        Behaviour.OSCILLATES: "It jumps across the valley: ",
        Behaviour.CYCLES: "It jumps to and fro across the valley: ",
        Behaviour.DIVERGES: "Its steps are too large: ",
    }.get(kind, "On the way ")


def _place(run: Trajectory, step: int) -> str:
    """`x = 8`, or (3, 4)."""
    point = run.points[step]
    if len(point) == 1:
        return f"{variable_text(run.objective.variables[0])} {equals(point[0])}"
    return f"({', '.join(number(value, 3) for value in point)})"
