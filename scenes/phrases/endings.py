"""How a film of one ball ends: where it is, how near that is, and what to take home."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gdsim import Minimum, Stop, Trajectory
from gdsim.behaviour import Behaviour
from scenes.phrases.run_facts import (
    course,
    first_step_words,
    follows_the_slope,
    halted,
    nearest_minimum,
    off_the_map,
    stays,
    variable_text,
)
from scenes.script.direction import Direction, beat
from scenes.script.move import both, enter, leave, make_room, pulse, zoom
from scenes.script.sentence import Brief, Count, Name, Sentence, say
from scenes.script.window import Window, stretch

# A ball this near to a minimum, in the objective's units, is on it.
ARRIVED = 5e-7
# A run that still has this share of its first slope has not arrived.
UNDONE = 0.05
# A run that has less than this share of its way left is arriving.
NEARBY = 0.5
MORAL = "Feel the slope, step the other way, repeat: that's gradient descent."


def ending(run: Trajectory, window: Window) -> Iterator[Direction]:
    """The last beats."""
    if run.steps == 0:
        yield beat("The end", reason_words(run), pulse("ball"))
        return
    yield _arrival(run, window)
    yield _reason(run)
    yield beat(
        "The end", say(MORAL), zoom(window), pulse("ball") @ "slope", pulse("trail", "curve") @ "repeat", rest=1.2
    )


def _arrival(run: Trajectory, window: Window) -> Direction:
    steps = Count(run.steps, "step", "steps")
    minimum = nearest_minimum(run)
    near = minimum is not None and not off_the_map(run) and settled_near(run)
    if near and minimum is not None:
        distance = abs(float(run.points[-1, 0]) - minimum.point[0])
        if distance < ARRIVED:
            words = say("After {steps} the ball is on the [minimum](minimum).", steps=steps)
            return beat("The end", words, pulse("ball") @ "ball", pulse("minimum") @ "minimum")
        there = minimum.point[0]
        close = stretch(run.objective, there - 2.4 * distance, there + 2.4 * distance)
        words = say(
            "After {steps} there are {distance:minimum} left to the [minimum](minimum). Look closer:",
            steps=steps,
            distance=Brief(distance),
        )
        return beat(
            "The end",
            words,
            both(make_room(), leave("readouts", "chart")),
            pulse("minimum") @ "minimum",
            zoom(close, 2.4) @ "closer",
        )
    name = variable_text(run.objective.variables[0])
    place = Brief(float(run.points[-1, 0]))
    words = say("After {steps} the ball is at {name} ≈ {place:ball}.", steps=steps, name=Name(name), place=place)
    return beat("The end", words, pulse("ball") @ "ball")


def _reason(run: Trajectory) -> Direction:
    return beat("The end", reason_words(run), enter("tangent"), pulse("ball"), leave("tangent"))


def reason_words(run: Trajectory) -> Sentence:
    """Why the run ended as it did, for one variable or several."""
    kind, plain = course(run), follows_the_slope(run)
    if run.steps == 0:
        why = first_step_words(run) if stays(run) else "No slope, no step: the descent is over before it begins."
        return say("{why}", why=Name(why))
    if kind is Behaviour.DIVERGES:
        ground = Name("curve" if run.objective.dims == 1 else "landscape")
        too_large = say("This [rate](rate) is too large for this {ground}.", ground=ground)
        return too_large if plain else say("The ball has ended higher than it began.")
    if kind is Behaviour.CYCLES:
        return say("At this [rate](rate) it would leap like this for ever.")
    if halted(run) or run.stop in (Stop.DIVERGED, Stop.FLAT):
        return say("{why}", why=Name(run.stop.value))
    if kind is Behaviour.CREEPS:
        return say("It is on its way, but at this [rate](rate) it would need many more steps.")
    known = nearest_minimum(run) is not None and not off_the_map(run)
    if unfinished(run):
        arriving = say("There is still a slope to follow: it has not arrived yet.")
        return arriving if known else say("There is still a slope to follow.")
    if not known or not arriving_at(run) or not plain:
        return say("The slope here is much gentler than at the start.")
    return say("It never quite arrives, and it needn't: the slope here is almost zero, and so is each step.")


def unfinished(run: Trajectory) -> bool:
    """Whether a run ends with much of its first slope, or of its way down, still before it."""
    last, first = np.linalg.norm(run.gradients, axis=1)[[-1, 0]].tolist()
    goal, (start, end) = nearest_minimum(run), run.losses[[0, -1]].tolist()
    high = goal is not None and not off_the_map(run) and end - goal.value > UNDONE * (start - goal.value)
    return bool(last > UNDONE * first or high)


def arrival_words(run: Trajectory) -> Sentence:
    """Where a run in two variables is at its end."""
    steps, last = Count(run.steps, "step", "steps"), run.points[-1].tolist()
    if goal := left_to(run):
        distance = Brief(float(np.linalg.norm(run.points[-1] - np.array(goal.point))))
        left = "After {steps} the ball is {distance:minimum} from the [minimum](minimum). Look closer:"
        return say(left, steps=steps, distance=distance)
    if arriving_at(run) and run.steps:
        return say("After {steps} the ball is on the [minimum](minimum).", steps=steps)
    place = {"x": Brief(last[0]), "y": Brief(last[1])}
    if run.steps == 0:
        return say("The ball stays at ({x:ball}, {y:ball}).", **place)
    return say("After {steps} the ball is at ({x:ball}, {y:ball}).", steps=steps, **place)


def left_to(run: Trajectory) -> Minimum | None:
    """The minimum that a run has all but reached; None where it is there, or far from any."""
    goal = nearest_minimum(run)
    if goal is None or not run.steps or not arriving_at(run):
        return None
    return goal if float(np.linalg.norm(run.points[-1] - np.array(goal.point))) >= ARRIVED else None


def arriving_at(run: Trajectory) -> bool:
    """Whether the run goes to the minimum next to its end: most of the way there is behind it."""
    goal = nearest_minimum(run)
    if goal is None or off_the_map(run) or not settled_near(run):
        return False
    before, after = (float(np.linalg.norm(run.points[at] - np.array(goal.point))) for at in (0, -1))
    return after < NEARBY * before


def settled_near(run: Trajectory) -> bool:
    """Whether it makes sense to say how far the nearest minimum is."""
    return (
        course(run) not in (Behaviour.DIVERGES, Behaviour.CYCLES) and not halted(run) and run.stop is not Stop.DIVERGED
    )
