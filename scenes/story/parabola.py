"""One ball on one curve: what a step is, and why the steps shrink by themselves."""

from __future__ import annotations

from gdsim import SURFACES, Trajectory
from gdsim.behaviour import Behaviour, behaviour
from scenes.film.spec import RenderSpec
from scenes.script.beat import Beat, Script
from scenes.script.numbers import NO_BREAK, count, equals, number
from scenes.story.run import planned_run

LEARNING_RATE = 0.1
STEPS = 20


def run(spec: RenderSpec) -> tuple[Trajectory, ...]:
    """The lesson's one run: (x − 3)² from 8 at 0.1, where the spec does not say otherwise."""
    return (planned_run(spec, SURFACES["shifted-parabola"], LEARNING_RATE, STEPS),)


def script(runs: tuple[Trajectory, ...]) -> Script:
    """The narrated film."""
    (main,) = runs
    return Script((*_valley(main), *_slope(main), *_first_steps(main), *_descent(main), *_end(main)))


def loop(runs: tuple[Trajectory, ...]) -> Script:
    """The short film without words but one line."""
    (main,) = runs
    line = {
        Behaviour.RESTS: "The slope is zero: the ball rests.",
        Behaviour.CREEPS: "A tiny learning rate: the ball creeps.",
        Behaviour.DESCENDS: "The slope flattens, so the steps shrink.",
        Behaviour.LANDS: "One step, straight to the bottom.",
        Behaviour.OSCILLATES: "Each step jumps over the bottom, but closer.",
        Behaviour.CYCLES: "Each step jumps across, and never settles.",
        Behaviour.DIVERGES: "The rate is too large: each jump is higher.",
    }[behaviour(main)]
    seconds = min(7.0, max(4.0, 0.35 * main.steps))
    return Script(
        (
            Beat("walk", "Loop", line, steps=range(main.steps), motion=seconds + 0.6),
            Beat("linger", "Loop", line, motion=1.2),
            Beat("again", "Loop", line, motion=1.0),
        )
    )


def _valley(main: Trajectory) -> tuple[Beat, ...]:
    start, loss = main.points[0, 0], main.losses[0]
    return (
        Beat(
            "valley", "The valley", "A curve with a [lowest point](minimum). Finding it is the whole task.", motion=2.6
        ),
        Beat(
            "start",
            "The valley",
            f"A [ball](ball) starts at [x{NO_BREAK}{equals(start)}](ball). "
            f"Its height is the [loss](loss): {number(loss)}.",
            motion=2.0,
        ),
    )


def _slope(main: Trajectory) -> tuple[Beat, ...]:
    slope = main.gradients[0, 0]
    if main.steps == 0:
        words = f"The [slope](slope) here is [{number(slope)}](slope): flat ground, so the ball stays."
        return (Beat("slope", "The slope", words, motion=2.0),)
    way, side = ("right", "left") if slope > 0 else ("left", "right")
    return (
        Beat(
            "slope",
            "The slope",
            f"The [slope](slope) here is [{number(slope)}](slope): the ground rises to the {way}.",
            motion=2.2,
        ),
        Beat(
            "rule_in_letters",
            "The slope",
            f"Down is the other way. That is what the minus sign does: we go {side}.",
            motion=2.4,
        ),
    )


def _first_steps(main: Trajectory) -> tuple[Beat, ...]:
    if main.steps == 0:
        return ()
    points, slopes, rates = main.points[:, 0], main.gradients[:, 0], main.learning_rates
    move = rates[0] * slopes[0]
    beats = [
        Beat(
            "measure",
            "One step",
            f"The [learning rate](rate) sets how far: [{number(rates[0])}](rate){NO_BREAK}×{NO_BREAK}"
            f"[{number(slopes[0])}](slope){NO_BREAK}{equals(move)}.",
            motion=2.2,
        ),
        Beat(
            "step",
            "One step",
            f"From {number(points[0])} the ball goes to [{number(points[1])}](ball). "
            f"The [loss](loss) {_change(main.losses[0], main.losses[1])}.",
            steps=range(0, 1),
            motion=2.6,
        ),
    ]
    if main.steps > 1:
        calmer = abs(slopes[1]) < abs(slopes[0]) * (1 - 1e-9)
        steeper = abs(slopes[1]) > abs(slopes[0]) * (1 + 1e-9)
        now = f"Now the slope is {'only ' if calmer else ''}[{number(slopes[1])}](slope)"
        then = "a shorter" if calmer else "a longer" if steeper else "an equally long"
        beats.append(
            Beat(
                "step",
                "One step",
                f"{now}, so the same rule takes {then} [step](step): {number(abs(rates[1] * slopes[1]))}.",
                steps=range(1, 2),
                motion=2.6,
            )
        )
    return tuple(beats)


def _change(before: float, after: float) -> str:
    """`falls from 25 to 16`."""
    if number(before) == number(after):
        return f"hardly changes: {number(after)}"
    verb = "falls" if after < before else "grows"
    return f"{verb} from {number(before)} to {number(after)}"


def _descent(main: Trajectory) -> tuple[Beat, ...]:
    if main.steps < 3:
        return ()
    rate = number(main.learning_rates[0])
    words = {
        Behaviour.CREEPS: f"At [{rate}](rate) every [step](step) is tiny, so the ball creeps.",
        Behaviour.DESCENDS: f"The rate stays [{rate}](rate), yet the [steps](step) shrink: "
        "the [slope](slope) flattens.",
        Behaviour.OSCILLATES: "Steps jump over the [minimum](minimum) and back, and end closer.",
        Behaviour.CYCLES: "Every [step](step) jumps across the valley and lands just as high.",
        Behaviour.DIVERGES: "Each [step](step) lands higher, where the [slope](slope) is steeper still.",
    }[behaviour(main)]
    seconds = min(9.0, max(3.0, 0.45 * (main.steps - 2)))
    return (Beat("walk", "Downhill", words, steps=range(2, main.steps), motion=seconds),)


def _end(main: Trajectory) -> tuple[Beat, ...]:
    place, loss = main.points[-1, 0], main.losses[-1]
    after = f"After {count(main.steps, 'step')} the ball is at [x{NO_BREAK}{equals(place)}](ball)"
    kind = behaviour(main)
    if kind is Behaviour.RESTS:
        return (Beat("arrive", "The end", "No slope, no step: gradient descent is done before it begins.", motion=1.5),)
    if kind is Behaviour.DIVERGES:
        return (
            Beat("arrive", "The end", f"{after}, off the map.", motion=2.0),
            Beat(
                "moral",
                "The end",
                f"The [loss](loss) went from {number(main.losses[0])} to {number(loss)}: "
                "this [rate](rate) is too large.",
                motion=2.0,
            ),
        )
    minimum = min(main.objective.minima, key=lambda known: abs(known.point[0] - place), default=None)
    near = "" if minimum is None else f", {number(abs(place - minimum.point[0]), 3)} from the [minimum](minimum)"
    if minimum is not None and abs(place - minimum.point[0]) < 5e-7:
        near = ", on the [minimum](minimum)"
    moral = {
        Behaviour.CREEPS: "It is on the right way, but this [rate](rate) would need many more steps.",
        Behaviour.CYCLES: f"The [loss](loss) is still {number(loss)}: at this [rate](rate) it never settles.",
    }.get(kind, "Nobody told it where the bottom is. The [slope](slope) underfoot was enough.")
    return (
        Beat("arrive", "The end", f"{after}{near}.", motion=2.0),
        Beat("moral", "The end", moral, motion=2.0),
    )
