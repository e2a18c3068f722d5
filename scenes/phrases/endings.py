"""The ending of a film with one ball: where it is, how near that is, and what to take home."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gdsim import Minimum, Stop, Trajectory
from gdsim.behaviour import Behaviour
from scenes.phrases.arrival import arriving_at, distance_left, left_to, told_minimum
from scenes.phrases.method_words import feels_the_bend
from scenes.phrases.run_facts import (
    ARRIVED,
    course,
    follows_the_slope,
    halted,
    nearest_minimum,
    off_the_map,
    stays,
    variable_text,
)
from scenes.script.beat import Beat, beat
from scenes.script.move import Moves, both, enter, grow, leave, make_room, pulse, zoom
from scenes.script.sentence import Brief, Count, Equals, Name, Sentence, say
from scenes.script.window import Window, stretch

# A run that still has this share of its first slope has not arrived.
UNDONE = 0.05
# Distances that shrink by the same factor, to this share of it, shrink evenly.
EVEN = 0.02
# A distance of less than this share of the picture cannot be seen.
UNSEEN = 0.03
NEVER = "Each step covers {share} % of what is left, so it never quite arrives."


def ending(run: Trajectory, window: Window) -> Iterator[Beat]:
    """The last beats."""
    if run.steps == 0:
        yield beat("The end", no_first_step(run), pulse("ball"))
        return
    minimum = told_minimum(run)
    if minimum is None:
        yield _far_away(run)
    elif distance_left(run, minimum) < ARRIVED:
        words = say("After {steps} the ball is on the [minimum](minimum).", steps=_steps(run))
        yield beat("The end", words, pulse("ball") @ "ball", pulse("minimum") @ "minimum")
    else:
        yield from _close_by(run, minimum, window)
    yield beat(
        "The end",
        moral(run),
        both(zoom(window), _cleared()),
        pulse("ball") @ "slope",
        pulse("trail") @ "step",
        pulse("curve") @ "repeat",
        rest=1.0,
    )


def _cleared() -> Moves:
    """What the way down needed leaves; after one step or two, that is still the rule."""
    return both(make_room(), leave("readouts", "chart", "rule", "dial", "arrow", "height"))


def moral(run: Trajectory) -> Sentence:
    """The one line to take home."""
    if follows_the_slope(run):
        return say("Feel the slope, step the other way, repeat: that's gradient descent.")
    if feels_the_bend(run):
        return say("Feel the slope and how it bends, take a step, repeat: that's all the ball ever does.")
    return say("Feel the slope, take a step, repeat: that's all the ball ever does.")


def no_first_step(run: Trajectory) -> Sentence:
    """Why a run of no steps took none."""
    if not stays(run) and run.stop is not Stop.FLAT:
        return say("No step is asked for, so the ball stays.")
    if not stays(run):
        return say("No slope, no step: the descent is over before it begins.")
    if run.stop is Stop.DIVERGED:
        return say("The first step is longer than a computer can count: the ball is gone.")
    return stopped(run)


def _close_by(run: Trajectory, minimum: Minimum, window: Window) -> Iterator[Beat]:
    """How much is left, in a window so small that it can be seen, and why there will always be some."""
    there, distance = minimum.point[0], distance_left(run, minimum)
    close = stretch(run.objective, there - 2.4 * distance, there + 2.4 * distance)
    why = _reason(run, minimum)
    reason = beat("The end", why, both(enter("tangent", seconds=0.2), grow("tangent")), pulse("ball"))
    if distance > UNSEEN * (window[1] - window[0]):
        template = "After {steps} the ball is still {distance:minimum} from the [minimum](minimum)."
        yield beat(
            "The end",
            say(template, steps=_steps(run), distance=Brief(distance)),
            both(_cleared(), pulse("ball")),
            pulse("minimum") @ "minimum",
        )
        yield reason
        return
    yield beat(
        "The end",
        say("After {steps} the ball looks as if it has arrived. Let's zoom in.", steps=_steps(run)),
        both(_cleared(), pulse("ball")),
        zoom(close, 2.6) @ "zoom",
        rest=0.2,
    )
    yield beat(
        "The end",
        say("It's still {distance:minimum} from the [minimum](minimum).", distance=Brief(distance)),
        both(pulse("ball"), pulse("minimum")) @ "from",
    )
    yield reason
    if why.template == NEVER:
        words = say("It doesn't have to: close enough is good enough.")
        yield beat("The end", words, leave("tangent"), pulse("minimum") @ "enough")


def _reason(run: Trajectory, minimum: Minimum) -> Sentence:
    """Why it is not there."""
    if halted(run) or run.stop in (Stop.DIVERGED, Stop.FLAT):
        return stopped(run)
    if course(run) is Behaviour.CREEPS:
        return say("At this [rate](rate) it would need many more steps.")
    if abs(run.gradients[-1, 0]) > UNDONE * abs(run.gradients[0, 0]):
        return say("There is still a slope to follow: the steps ran out before the valley did.")
    if _shrinks_evenly(run, minimum):
        left = np.abs(run.points[-2:, 0] - minimum.point[0])
        share = Brief(100 * round(1 - float(left[1] / left[0]), 2))
        return say(NEVER, share=share)
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
    return say(run.stop.value)


def reason_words(run: Trajectory) -> Sentence:
    """Why a run in two variables ended as it did."""
    kind, plain = course(run), follows_the_slope(run)
    if run.steps == 0:
        return no_first_step(run)
    if kind is Behaviour.DIVERGES:
        too_large = say("This [rate](rate) is too large for this landscape.")
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
        left = "After {steps} the ball is {distance:minimum} from the [minimum](minimum). Let's look closer."
        return say(left, steps=steps, distance=distance)
    if arriving_at(run) and run.steps:
        return say("After {steps} the ball is on the [minimum](minimum).", steps=steps)
    place = {"x": Brief(last[0]), "y": Brief(last[1])}
    if run.steps == 0:
        return say("The ball stays at ({x:ball}, {y:ball}).", **place)
    return say("After {steps} the ball is at ({x:ball}, {y:ball}).", steps=steps, **place)


def _shrinks_evenly(run: Trajectory, minimum: Minimum) -> bool:
    """Whether each of the last steps left the same share of the distance, as at the bottom of a parabola."""
    left = np.abs(run.points[-4:, 0] - minimum.point[0])
    if len(left) < 4 or not np.all(left > 0):
        return False
    shares = left[1:] / left[:-1]
    return bool(np.all(shares < 1) and np.ptp(shares) < EVEN * shares.max())


def _steps(run: Trajectory) -> Count:
    return Count(run.steps, "step", "steps")
