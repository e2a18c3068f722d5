"""What a film shows in one or two sentences, for those who cannot see it: each read off the runs."""

from __future__ import annotations

from gdsim import Stop, Trajectory
from gdsim.behaviour import Behaviour
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
from scenes.script.numbers import count, equals, number
from scenes.story.valley_outcomes import tally_of, valleys

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
    """One ball, from where it starts to where it ends, and how it gets there."""
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
    """One ball a learning rate."""
    if len(runs) == 1:
        words = one_ball(runs)
        return f"At a learning rate of {rate_words(runs[0].learning_rates[0])} a{words[1:]}" if runs[0].steps else words
    moving = [f"at {rate_words(one.learning_rates[0])} it {_DOES[course(one)]}" for one in runs if one.steps]
    balls = f"A ball on {ground(runs[0])} starts at {_place(runs[0], 0)}"
    if not moving:
        return f"{balls}, where the ground is flat, and never moves, whatever the learning rate."
    return f"{balls}, and the learning rate decides: {', '.join(moving)}."


def many_starts(runs: tuple[Trajectory, ...]) -> str:
    """Balls from all over the curve."""
    deepest, other, lost = tally_of(runs)
    lows = len(valleys(runs[0].objective))
    words = [f"{deepest or 'none'} {'end' if deepest > 1 else 'ends'} in {'the deepest' if lows else 'a'} valley"]
    words += [f"{other} in {'another' if lows == 2 else 'others'}"] if other else []
    words += [f"{lost} {'comes' if lost == 1 else 'come'} to no rest"] if lost else []
    start = f"Balls start all along {ground(runs[0])}, and each follows the slope under it."
    return f"{start} Of {len(runs) - 2}, {', '.join(words)}."


def _manner(main: Trajectory) -> str:
    """How the ball gets on, as the first half of a sentence."""
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
