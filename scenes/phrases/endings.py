"""The ending of a film with one ball: where it is, how near that is, and what to take home."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gdsim import Minimum, Stop, Trajectory
from gdsim.behaviour import Behaviour
from scenes.phrases.run_facts import (
    course,
    follows_the_slope,
    halted,
    nearest_minimum,
    off_the_map,
    stays,
    variable_text,
)
from scenes.script.beat import Beat, beat
from scenes.script.move import both, enter, grow, leave, make_room, pulse, zoom
from scenes.script.sentence import Brief, Count, Equals, Name, Sentence, say
from scenes.script.window import Window, stretch

# A ball this near to a minimum, in the objective's units, is on it.
ARRIVED = 5e-7
# A run that still has this share of its first slope has not arrived.
UNDONE = 0.05
# A run that has less than this share of its way left is arriving.
NEARBY = 0.5
# Distances that shrink by the same factor, to this share of it, shrink evenly.
EVEN = 0.02


def ending(run: Trajectory, window: Window) -> Iterator[Beat]:
    """The last beats."""
    if run.steps == 0:
        yield beat("The end", no_first_step(run), pulse("ball"))
        return
    minimum = _told_minimum(run)
    if minimum is None:
        yield _far_away(run)
    elif _distance(run, minimum) < ARRIVED:
        words = say("After {steps} the ball is on the [minimum](minimum).", steps=_steps(run))
        yield beat("The end", words, pulse("ball") @ "ball", pulse("minimum") @ "minimum")
    else:
        yield from _close_by(run, minimum)
    moral = say("Feel the slope, step the other way, repeat: that's gradient descent.")
    if not follows_the_slope(run):
        moral = say("Feel the slope, take a step, repeat: that's how the ball finds its way.")
    yield beat(
        "The end",
        moral,
        both(zoom(window), make_room(), leave("readouts", "chart")),
        pulse("ball") @ "slope",
        pulse("trail") @ "step",
        pulse("curve") @ "repeat",
        rest=1.0,
    )


def no_first_step(run: Trajectory) -> Sentence:
    """Why a run took no step."""
    if not stays(run):
        return say("No slope, no step: the descent is over before it begins.")
    if run.stop is Stop.DIVERGED:
        return say("The first step is longer than a computer can count: the ball is gone.")
    return stopped(run)


def _close_by(run: Trajectory, minimum: Minimum) -> Iterator[Beat]:
    """How much distance is left, in a window small enough to see it, and why some will always be left."""
    there, distance = minimum.point[0], _distance(run, minimum)
    close = stretch(run.objective, there - 2.4 * distance, there + 2.4 * distance)
    yield beat(
        "The end",
        say("After {steps} the ball looks as if it had arrived. Let's zoom in.", steps=_steps(run)),
        both(make_room(), leave("readouts", "chart"), pulse("ball")),
        zoom(close, 2.6) @ "zoom",
        rest=0.2,
    )
    yield beat(
        "The end",
        say("There are still {distance:minimum} left to the [minimum](minimum).", distance=Brief(distance)),
        both(pulse("ball"), pulse("minimum")) @ "left",
    )
    yield beat("The end", _reason(run, minimum), both(enter("tangent", seconds=0.2), grow("tangent")), pulse("ball"))
    if _shrinks_evenly(run, minimum):
        words = say("It doesn't have to: close enough is good enough.")
        yield beat("The end", words, leave("tangent"), pulse("minimum") @ "enough")


def _reason(run: Trajectory, minimum: Minimum) -> Sentence:
    """Why the ball is not at the minimum."""
    if halted(run) or run.stop is Stop.DIVERGED:
        return stopped(run)
    if course(run) is Behaviour.CREEPS:
        return say("At this [rate](rate) it would need many more steps.")
    if abs(run.gradients[-1, 0]) > UNDONE * abs(run.gradients[0, 0]):
        return say("There is still a slope to follow: the steps ran out before the valley did.")
    if _shrinks_evenly(run, minimum):
        left = np.abs(run.points[-2:, 0] - minimum.point[0])
        share = Brief(100 * round(1 - float(left[1] / left[0]), 2))
        return say("Each step covers {share} % of what is left, so it never quite arrives.", share=share)
    return say("The slope here is tiny, and so is each step.")


def _far_away(run: Trajectory) -> Beat:
    """Where a run ended, and why, if nothing can be said about a minimum."""
    kind = course(run)
    if kind is Behaviour.DIVERGES:
        template = "After {steps} the [loss](loss) is higher than at the start: this [rate](rate) is too large."
        words = say(template, steps=_steps(run))
        return beat("The end", words, pulse("ball") @ "loss")
    if kind is Behaviour.CYCLES:
        words = say("After {steps} it is as high as it was: at this [rate](rate) it never settles.", steps=_steps(run))
        return beat("The end", words, pulse("ball") @ "high")
    if halted(run) or run.stop in (Stop.DIVERGED, Stop.FLAT):
        return beat("The end", stopped(run), pulse("ball"))
    name, place = Name(variable_text(run.objective.variables[0])), Equals(float(run.points[-1, 0]))
    words = say("After {steps} the ball is at {name:ball} {place:ball}.", steps=_steps(run), name=name, place=place)
    return beat("The end", words, pulse("ball") @ "ball")


def stopped(run: Trajectory) -> Sentence:
    """The reason a run ended, as the simulator gives it."""
    return say("{why}", why=Name(run.stop.value))


def reason_words(run: Trajectory) -> Sentence:
    """Why the run ended as it did, for one variable or several."""
    kind, plain = course(run), follows_the_slope(run)
    if run.steps == 0:
        return no_first_step(run)
    if kind is Behaviour.DIVERGES:
        ground = Name("curve" if run.objective.dims == 1 else "landscape")
        too_large = say("This [rate](rate) is too large for this {ground}.", ground=ground)
        return too_large if plain else say("The ball has ended higher than it began.")
    if kind is Behaviour.CYCLES:
        return say("At this [rate](rate) it would leap like this for ever.")
    if halted(run) or run.stop in (Stop.DIVERGED, Stop.FLAT):
        return stopped(run)
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
    """Where a run in two variables ends."""
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
    """The minimum that a run has almost reached; None if it is there, or far from any."""
    goal = nearest_minimum(run)
    if goal is None or not run.steps or not arriving_at(run):
        return None
    return goal if float(np.linalg.norm(run.points[-1] - np.array(goal.point))) >= ARRIVED else None


def arriving_at(run: Trajectory) -> bool:
    """Whether the run is going to the minimum nearest to its end, with most of the way behind it."""
    goal = nearest_minimum(run)
    if goal is None or _told_minimum(run) is None:
        return False
    before, after = (float(np.linalg.norm(run.points[at] - np.array(goal.point))) for at in (0, -1))
    return after < NEARBY * before


def _told_minimum(run: Trajectory) -> Minimum | None:
    """The minimum that the ending mentions: the one that the run went to, if any."""
    lost = course(run) in (Behaviour.DIVERGES, Behaviour.CYCLES) or run.stop is Stop.DIVERGED or off_the_map(run)
    minimum = None if lost else nearest_minimum(run)
    if minimum is None or _distance(run, minimum) > abs(float(run.points[0, 0]) - minimum.point[0]):
        return None
    return minimum


def _distance(run: Trajectory, minimum: Minimum) -> float:
    return abs(float(run.points[-1, 0]) - minimum.point[0])


def _shrinks_evenly(run: Trajectory, minimum: Minimum) -> bool:
    """Whether each of the last steps left the same share of the distance, as at the bottom of a parabola."""
    left = np.abs(run.points[-4:, 0] - minimum.point[0])
    if len(left) < 4 or not np.all(left > 0):
        return False
    shares = left[1:] / left[:-1]
    return bool(np.all(shares < 1) and np.ptp(shares) < EVEN * shares.max())


def _steps(run: Trajectory) -> Count:
    return Count(run.steps, "step", "steps")
