"""How a film of one ball on one curve ends: where it is, how near that is, and what to take home."""

from __future__ import annotations

from collections.abc import Iterator

from gdsim import Stop, Trajectory
from gdsim.behaviour import Behaviour
from scenes.phrases.run_facts import (
    course,
    first_step_words,
    halted,
    nearest_minimum,
    off_the_map,
    stays,
    variable_text,
)
from scenes.script.direction import Direction, beat
from scenes.script.move import both, enter, leave, make_room, pulse, zoom
from scenes.script.sentence import Brief, Count, Name, say
from scenes.script.window import Window, stretch

# A ball this near to a minimum, in the objective's units, is on it.
ARRIVED = 5e-7
# A run that still has this share of its first slope has not arrived.
UNDONE = 0.05
MORAL = "Feel the slope, step the other way, repeat: that's gradient descent."


def ending(run: Trajectory, window: Window) -> Iterator[Direction]:
    """The last beats."""
    if run.steps == 0:
        words = first_step_words(run) if stays(run) else "No slope, no step: the descent is over before it begins."
        yield beat("The end", say("{why}", why=Name(words)), pulse("ball"))
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
    kind = course(run)
    if kind is Behaviour.DIVERGES:
        words = say("This [rate](rate) is too large for this curve.")
    elif kind is Behaviour.CYCLES:
        words = say("At this [rate](rate) it would leap like this for ever.")
    elif halted(run) or run.stop in (Stop.DIVERGED, Stop.FLAT):
        words = say("{why}", why=Name(run.stop.value))
    elif kind is Behaviour.CREEPS:
        words = say("It is on its way, but at this [rate](rate) it would need many more steps.")
    elif abs(run.gradients[-1, 0]) > UNDONE * abs(run.gradients[0, 0]):
        words = say("There is still a slope to follow: it has not arrived yet.")
    else:
        words = say("It never quite arrives, and it needn't: the slope here is almost zero, and so is each step.")
    return beat("The end", words, enter("tangent"), pulse("ball"), leave("tangent"))


def settled_near(run: Trajectory) -> bool:
    """Whether it makes sense to say how far the nearest minimum is."""
    return (
        course(run) not in (Behaviour.DIVERGES, Behaviour.CYCLES) and not halted(run) and run.stop is not Stop.DIVERGED
    )
