"""Two parameters: the gradient points uphill, so every step goes the other way."""

from __future__ import annotations

from gdsim import SURFACES, Stop, Trajectory
from gdsim.behaviour import Behaviour, jumps, lengths
from gdsim.objective import Array
from scenes.script.beat import Beat, Script
from scenes.script.numbers import NO_BREAK, count, number
from scenes.spec import RenderSpec
from scenes.story.run import planned_run
from scenes.story.run_facts import (
    constant_rate,
    course,
    falling,
    first_step_words,
    follows_the_slope,
    halted,
    method_summary,
    nearest_minimum,
    off_the_map,
    rising,
    stays,
    step_lengths,
)

LEARNING_RATE = 0.1
STEPS = 15
# A ball this near to a minimum, in the objective's units, is on it.
ARRIVED = 5e-7
# A run that still has this share of its first slope has not arrived.
UNDONE = 0.05


def run(spec: RenderSpec) -> tuple[Trajectory, ...]:
    """The lesson's one run: θ₁² + θ₂² from (3, 4) at 0.1, where the spec does not say otherwise."""
    return (planned_run(spec, SURFACES["bowl"], LEARNING_RATE, STEPS),)


def script(runs: tuple[Trajectory, ...]) -> Script:
    """The narrated film."""
    (main,) = runs
    return Script((*_landscape(main), *_gradient(main), *_first_step(main), *_descent(main), *_end(main)))


def loop(runs: tuple[Trajectory, ...]) -> Script:
    """The short film without words but one line."""
    (main,) = runs
    line = {
        Behaviour.RESTS: "The gradient is zero: the ball rests.",
        Behaviour.CREEPS: "Tiny steps: the ball creeps.",
        Behaviour.DESCENDS: "Against the gradient, step by step.",
        Behaviour.LANDS: "One step, straight to the bottom.",
        Behaviour.OSCILLATES: "It jumps across, and ends lower.",
        Behaviour.CYCLES: "It jumps across, and never settles.",
        Behaviour.DIVERGES: "The steps are too large: it climbs.",
    }[course(main)]
    if stays(main):
        line = "The first step leads nowhere."
    seconds = min(7.0, max(4.0, 0.45 * main.steps))
    return Script(
        (
            Beat("walk", "Loop", line, steps=range(main.steps), motion=seconds + 0.6),
            Beat("linger", "Loop", line, motion=1.2),
            Beat("again", "Loop", line, motion=1.0),
        )
    )


def pair(point: Array) -> str:
    """A point or a vector of the plane: (2.4, 3.2)."""
    return f"({number(point[0], 3)},{NO_BREAK}{number(point[1], 3)})"


def _landscape(main: Trajectory) -> tuple[Beat, ...]:
    start = f"A [ball](ball) starts at [{pair(main.points[0])}](ball), where the [loss](loss) is "
    return (
        Beat(
            "landscape",
            "The landscape",
            "Now two parameters. Each pair of them has a [loss](loss): the height of the ground.",
            motion=3.6,
        ),
        Beat("start", "The landscape", f"{start}{number(main.losses[0])}.", motion=2.2),
    )


def _gradient(main: Trajectory) -> tuple[Beat, ...]:
    slope = main.gradients[0]
    steep = f"The [gradient](slope) is [{pair(slope)}](slope): the way the ground climbs fastest."
    if stays(main):
        return (Beat("gradient", "The gradient", steep, motion=2.6),)
    if main.steps == 0:
        words = f"The [gradient](slope) here is [{pair(slope)}](slope): flat ground, so the ball stays."
        return (Beat("gradient", "The gradient", words, motion=2.2),)
    opposite = "We want to go down, so we turn it round: the [step](step) goes the opposite way."
    if not follows_the_slope(main):
        opposite = method_summary(main.optimiser)
    return (
        Beat("gradient", "The gradient", steep, motion=2.6),
        Beat("opposite", "The gradient", opposite, motion=2.4),
    )


def _first_step(main: Trajectory) -> tuple[Beat, ...]:
    if main.steps == 0:
        return ()
    move = main.points[1] - main.points[0]
    measure = f"The first [step](step) is [{pair(move)}](step)."
    if follows_the_slope(main):
        rate = number(main.learning_rates[0])
        measure = f"The [learning rate](rate), [{rate}](rate), makes a [step](step) of it: [{pair(move)}](step)."
    before, after = number(main.losses[0]), number(main.losses[1])
    verb = "falls" if main.losses[1] < main.losses[0] else "grows"
    change = f"hardly changes: {after}" if before == after else f"{verb} from {before} to {after}"
    return (
        Beat("measure", "One step", measure, motion=2.0),
        Beat(
            "step",
            "One step",
            f"The ball goes to [{pair(main.points[1])}](ball). The [loss](loss) {change}.",
            steps=range(0, 1),
            motion=2.6,
        ),
    )


def _descent(main: Trajectory) -> tuple[Beat, ...]:
    if main.steps < 2:
        return ()
    beats = [
        Beat(
            "step",
            "Step by step",
            f"And again: the [gradient](slope) is now [{pair(main.gradients[1])}](slope).",
            steps=range(1, 2),
            motion=2.6,
        )
    ]
    if main.steps > 2:
        seconds = min(11.0, max(3.0, 0.8 * (main.steps - 2)))
        beats.append(
            Beat("walk", "Step by step", _walk_words(main), steps=range(2, main.steps), motion=seconds),
        )
    return tuple(beats)


def _walk_words(main: Trajectory) -> str:
    """What the ball does after its second step."""
    kind, shrinking = course(main), falling(step_lengths(main))
    if kind is Behaviour.DESCENDS and shrinking and constant_rate(main) and follows_the_slope(main):
        rate = number(main.learning_rates[0])
        return f"The rate stays [{rate}](rate), yet the [steps](step) shrink: the ground gets flatter."
    if kind is Behaviour.OSCILLATES and shrinking and jumps(main).all():
        return "Each [step](step) jumps across the valley, yet each is shorter."
    if kind is Behaviour.DIVERGES and rising(main.losses):
        return "Each [step](step) lands higher than the one before."
    over = int(jumps(main).sum())
    return {
        Behaviour.CREEPS: "Every [step](step) is tiny next to the way, so the ball creeps.",
        Behaviour.DESCENDS: "[Step](step) by [step](step) the ball gets lower.",
        Behaviour.OSCILLATES: f"{count(over, 'step')} {'turns' if over == 1 else 'turn'} the [gradient](slope) round, "
        "and the ball ends lower.",
        Behaviour.CYCLES: "The [steps](step) jump across the valley, and gain nothing.",
        Behaviour.DIVERGES: "The [steps](step) are too large: the ball ends higher than it began.",
    }[kind]


def _end(main: Trajectory) -> tuple[Beat, ...]:
    kind = course(main)
    if stays(main):
        return (Beat("arrive", "The end", first_step_words(main), motion=1.5),)
    if kind is Behaviour.RESTS:
        words = "No gradient, no step: the descent is done before it begins."
        return (Beat("arrive", "The end", words, motion=1.5),)
    arrival = f"After {count(main.steps, 'step')} the ball is {_place(main)}."
    moral = "With two parameters or with a million, the rule is the same."
    if kind is Behaviour.DIVERGES:
        before, after = number(main.losses[0]), number(main.losses[-1])
        moral = f"The [loss](loss) went from {before} to {after}: this [rate](rate) is too large."
    elif kind is Behaviour.CYCLES:
        moral = f"The [loss](loss) is still {number(main.losses[-1])}: at this [rate](rate) it never settles."
    elif halted(main) or main.stop is Stop.DIVERGED or (main.stop is Stop.FLAT and not main.objective.minima):
        moral = main.stop.value
    elif kind is Behaviour.CREEPS:
        moral = "It is on its way, but this [rate](rate) would need many more steps."
    elif abs(main.gradients[-1]).max() > UNDONE * abs(main.gradients[0]).max():
        moral = "It has not arrived yet: there is still a [gradient](slope) to follow."
    return (
        Beat("arrive", "The end", arrival, motion=2.0),
        Beat("moral", "The end", moral, motion=2.4),
    )


def _place(main: Trajectory) -> str:
    """Where the ball is at the end."""
    place = f"at [{pair(main.points[-1])}](ball)"
    minimum = nearest_minimum(main)
    if off_the_map(main):
        return f"{place}, off the map"
    if minimum is None or course(main) is Behaviour.DIVERGES:
        return place
    distance = float(lengths(main.points[-1] - minimum.point))
    if distance < ARRIVED:
        return "on the [minimum](minimum)"
    return f"[{number(distance, 3)}](minimum) from the [minimum](minimum)"
