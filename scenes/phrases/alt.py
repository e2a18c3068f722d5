"""What a film shows in a few sentences, for those who cannot see it: each read off the runs."""

from __future__ import annotations

import numpy as np

from gdsim import Stop, Trajectory
from gdsim.batches import BatchRun
from gdsim.behaviour import Behaviour
from scenes.phrases.crowd_outcomes import rest_words, tally_words
from scenes.phrases.fit_facts import gaps
from scenes.phrases.formulas import ground
from scenes.phrases.outcomes import flattens
from scenes.phrases.rate_facts import RATE_DIGITS
from scenes.phrases.run_facts import course, stays, variable_text
from scenes.planned_crowd import Starts
from scenes.script.language import ENGLISH
from scenes.script.sentence import Brief, Count, Equals, Exact, Listed, Name, Sentence, Value, Words, say

# A run that never left this share of the map stays where it is.
NEAR = 0.01
_DOES = {
    Behaviour.RESTS: "at {rate} it never moves",
    Behaviour.CREEPS: "at {rate} it creeps",
    Behaviour.DESCENDS: "at {rate} it walks down",
    Behaviour.LANDS: "at {rate} it lands at the bottom in one step",
    Behaviour.OSCILLATES: "at {rate} it jumps across the valley and ends lower",
    Behaviour.CYCLES: "at {rate} it jumps to and fro and gets no lower",
    Behaviour.DIVERGES: "at {rate} it climbs out of the valley",
}
_MANNER = {
    Behaviour.CREEPS: say("Its steps are tiny."),
    Behaviour.OSCILLATES: say("It jumps across the valley."),
    Behaviour.CYCLES: say("It jumps to and fro across the valley."),
}


def one_ball(runs: tuple[Trajectory, ...]) -> Sentence:
    """One ball, from where it starts to where it ends, and how it gets there."""
    (main,) = runs
    curve, start, end = Words(ground(main)), _place(main, 0), _place(main, -1)
    if stays(main):
        return say("A ball on {curve} waits at {place}: its first step leads nowhere.", curve=curve, place=start)
    if main.steps == 0 and main.stop is Stop.FLAT:
        return say("A ball on {curve} rests at {place}, where the ground is flat.", curve=curve, place=start)
    if main.steps == 0:
        return say("A ball on {curve} rests at {place}.", curve=curve, place=start)
    values: dict[str, Value] = {
        "curve": curve,
        "start": start,
        "steps": Count(main.steps, "step", "steps"),
        "loss": Words(_change(main)),
    }
    if start.sentence.plain() == end.sentence.plain():
        if np.ptp(main.points, axis=0).max() > NEAR * np.ptp(main.objective.domain):
            return say("A ball on {curve} leaves {start} and is back after {steps}. {loss}", **values)
        return say("A ball on {curve} stays close to {start} for {steps}. {loss}", **values)
    manner = _manner(main)
    if manner is None:
        return say("A ball on {curve} goes from {start} to {end} in {steps}. {loss}", end=end, **values)
    template = "A ball on {curve} goes from {start} to {end} in {steps}. {how} {loss}"
    return say(template, end=end, how=Words(manner), **values)


def rates(runs: tuple[Trajectory, ...]) -> Sentence:
    """One ball for each learning rate."""
    first = runs[0]
    if len(runs) == 1:
        words = one_ball(runs)
        if not first.steps:
            return words
        rate = Exact(float(first.learning_rates[0]), RATE_DIGITS)
        return say("{words} The learning rate is {rate}.", words=Words(words), rate=rate)
    moving = [
        Words(say(_DOES[course(one)], rate=Exact(float(one.learning_rates[0]), RATE_DIGITS)))
        for one in runs
        if one.steps
    ]
    values: dict[str, Value] = {"curve": Words(ground(first)), "place": _place(first, 0)}
    if not moving:
        flat = "A ball on {curve} starts at {place}, where the ground is flat, and never moves, whatever the rate."
        return say(flat, **values)
    template = "A ball on {curve} starts at {place}, and the learning rate decides: {outcomes}."
    return say(template, outcomes=Listed(tuple(moving)), **values)


def many_starts(runs: Starts) -> Sentence:
    """Balls from all over the curve, and where they end."""
    words = [tally_words(runs.crowd), *rest_words(runs.crowd, runs[0])]
    ends = Words(next(sentence for sentence in words if sentence is not None))
    template = "Balls start all along {curve}, {count} in all. {ends}"
    return say(template, curve=Words(ground(runs[0])), count=Exact(len(runs.crowd)), ends=ends)


def line_fit(runs: tuple[BatchRun, ...]) -> Sentence:
    """A line among points, before and after its fit, and what a standardised input does for it."""
    main, points = runs[0], Count(runs[0].data.rows, "point", "points")
    if not main.steps:
        return say("A line among {points} stays as it is. Sticks show its errors.", points=points)
    values: dict[str, Value] = {"points": points, "steps": Count(main.steps, "step", "steps")}
    values["loss"] = Words(_change(main))
    if len(runs) > 1 and gaps(runs[1])[-1] < gaps(main)[-1]:
        few = Count(runs[1].steps, "step", "steps")
        template = "Gradient descent fits a line to {points} in {steps}. {loss} Standardised, {few} do better."
        return say(template, few=few, **values)
    return say("Gradient descent fits a line to {points} in {steps}. {loss}", **values)


def _manner(main: Trajectory) -> Sentence | None:
    """How the ball gets on."""
    kind = course(main)
    if kind is Behaviour.DESCENDS and flattens(main) and main.steps > 1:
        return say("Its steps shrink as the slope flattens.")
    return _MANNER.get(kind)


def _change(main: Trajectory) -> Sentence:
    """What became of the loss."""
    first, last = float(main.losses[0]), float(main.losses[-1])
    if first == last:
        return say("The loss is {value}, as at the start.", value=Brief(first))
    if Brief(first).written(ENGLISH) == Brief(last).written(ENGLISH):
        return say("The loss hardly changes.")
    template = "The loss falls from {first} to {last}." if last < first else "The loss grows from {first} to {last}."
    return say(template, first=Brief(first), last=Brief(last))


def _place(run: Trajectory, step: int) -> Words:
    """`x = 8`, or (3, 4)."""
    point = run.points[step].tolist()
    if len(point) == 1:
        name = Name(variable_text(run.objective.variables[0]))
        return Words(say("{name} {place}", name=name, place=Equals(point[0])))
    return Words(say("({x}, {y})", x=Brief(point[0]), y=Brief(point[1])))
