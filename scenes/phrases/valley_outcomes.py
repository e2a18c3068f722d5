"""One ball on a curve with valleys, in sentences: its way, why it stopped, and what else is in the picture."""

from __future__ import annotations

import numpy as np

from gdsim import Stop, Trajectory
from scenes.phrases.run_facts import follows_the_slope, variable_text
from scenes.phrases.valley_facts import End, as_deep, end_of, held, lower_place, picture, stuck, valley_of, valleys
from scenes.script.sentence import Brief, Count, Equals, Name, Sentence, say

# A ball that never came this near to a place, as a share of the domain, knows nothing of it.
UNSEEN = 0.1


def sense_words(main: Trajectory) -> Sentence:
    """What the method uses: plain descent only the slope, others more; none uses what it has not touched."""
    if main.steps and follows_the_slope(main):
        return say("A ball in the dark: it ⟨feels⟩feels the slope under it, and nothing else.")
    return say("A ball in the dark: it ⟨feels⟩knows only the ground it has touched.")


def outside_words(main: Trajectory) -> Sentence:
    """Where a ball starts that the picture has no room for."""
    name, place = Name(variable_text(main.objective.variables[0])), Equals(float(main.points[0, 0]))
    return say("This ball starts outside the picture, at {name:ball} {place:ball}.", name=name, place=place)


def way_words(main: Trajectory) -> Sentence:
    """Whether it went downhill."""
    change, lower = np.diff(main.losses), main.losses[-1] < main.losses[0]
    if (change <= 0).all() or (change >= 0).all():
        return say("Step by step, it finds its way down.") if lower else say("Step by step, it gets no lower.")
    if lower:
        return say("Not every step leads down, but it ends lower.")
    return say("It steps up and down, and ends no lower.")


def stop_words(main: Trajectory) -> Sentence:
    """Why the ball is where it is at the end."""
    steps = Count(main.steps, "step", "steps")
    if not held(picture(main), main):
        return say("After {steps} it is out of the picture.", steps=steps)
    if main.stop is Stop.FLAT:
        level = main.gradients[-1, 0] == 0
        return say("The slope here is zero: it stops.") if level else say("The slope here is almost zero: it stops.")
    if main.stop is Stop.DIVERGED:
        return say("Its next step is longer than a computer can count.")
    if main.stop is not Stop.STEP_LIMIT:
        return say(main.stop.value)
    if valley_of(main) is not None:
        return say("After {steps}, you can no longer see it move.", steps=steps)
    return say("After {steps} we stop it. It has not come to rest.", steps=steps)


def guess_words(main: Trajectory) -> Sentence | None:
    """A question for the viewer, if the ball is in the picture."""
    if not held(picture(main), main):
        return None
    if end_of(main, picture(main)) is End.MOVING:
        return say("Take a guess: is it near the [lowest point](minimum)?")
    return say("Take a guess: is this the [lowest point](minimum)?")


def light_words(main: Trajectory) -> Sentence:
    """What the light shows: whether a deeper valley, or another place, is lower than the ball."""
    window = picture(main)
    lower, here = lower_place(main, window), valley_of(main)
    if not held(window, main):
        return say("Light on: this is the whole picture.")
    if stuck(main):
        return say("Light on: there is a deeper [valley](minimum), over there.")
    if lower is not None:
        return say("Light on: over there, the curve lies lower.")
    if here is None:
        return say("Light on: nothing in the picture lies much lower.")
    if len(as_deep(main.objective)) > 1:
        return say("Light on: another valley is just as deep.")
    if len(valleys(main.objective)) > 1:
        return say("Light on: it has found the deepest [valley](minimum) in the picture.")
    return say("Light on: yes, nothing in the picture lies lower.")


def drop_words(main: Trajectory) -> Sentence | None:
    """How much lower that place is, and whether the ball has been near it; None if there is none."""
    window = picture(main)
    lower = lower_place(main, window)
    if lower is None or not held(window, main):
        return None
    drop = Brief(float(main.losses[-1]) - lower.value)
    way = np.abs(main.points[:, 0] - lower.point[0])
    if way.min() < UNSEEN * np.ptp(main.objective.domain[0]):
        return say("It lies {drop:loss} lower.", drop=drop)
    return say("It lies {drop:loss} lower, and the ball knows nothing of it.", drop=drop)
