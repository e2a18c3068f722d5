"""One ball on one curve: what a step is, and why the steps shrink by themselves."""

from __future__ import annotations

from gdsim import SURFACES, Stop, Trajectory
from gdsim.behaviour import Behaviour, jumps
from scenes.script.beat import Beat, Script
from scenes.script.numbers import NO_BREAK, count, equals, number
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
    variable_text,
)

LEARNING_RATE = 0.1
STEPS = 20
# A ball this near to a minimum, in the objective's units, is on it.
ARRIVED = 5e-7
# A run that still has this share of its first slope has not arrived.
UNDONE = 0.05


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
        Behaviour.CREEPS: "Tiny steps: the ball creeps.",
        Behaviour.DESCENDS: "Step by step, down the slope.",
        Behaviour.LANDS: "One step, straight to the bottom.",
        Behaviour.OSCILLATES: "It jumps over the bottom, and ends lower.",
        Behaviour.CYCLES: "It jumps across, and never settles.",
        Behaviour.DIVERGES: "The steps are too large: it climbs.",
    }[course(main)]
    if stays(main):
        line = "The first step leads nowhere."
    elif course(main) is Behaviour.DESCENDS and _flattens(main):
        line = "The slope flattens, so the steps shrink."
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
    lows = main.objective.minima
    words = "Here is a curve. We want to get as low on it as we can."
    if len(lows) == 1:
        words = "A curve with a [lowest point](minimum). Finding it is the whole task."
    elif lows:
        words = f"A curve with {len(lows)} [low points](minimum). We want to get down to one."
    place = f"[{_name(main)}{NO_BREAK}{equals(start)}](ball)"
    return (
        Beat("valley", "The valley", words, motion=2.6),
        Beat(
            "start",
            "The valley",
            f"A [ball](ball) starts at {place}. Its height is the [loss](loss): {number(loss)}.",
            motion=2.0,
        ),
    )


def _slope(main: Trajectory) -> tuple[Beat, ...]:
    slope = main.gradients[0, 0]
    way, side = ("right", "left") if slope > 0 else ("left", "right")
    steep = f"The [slope](slope) here is [{number(slope)}](slope): the ground rises to the {way}."
    if stays(main):
        return (Beat("slope", "The slope", steep, motion=2.2),)
    if main.steps == 0:
        words = f"The [slope](slope) here is [{number(slope)}](slope): flat ground, so the ball stays."
        return (Beat("slope", "The slope", words, motion=2.0),)
    rule = f"Down is the other way. That is what the minus sign does: we go {side}."
    if not follows_the_slope(main):
        rule = method_summary(main.optimiser)
    return (
        Beat("slope", "The slope", steep, motion=2.2),
        Beat("rule_in_letters", "The slope", rule, motion=2.4),
    )


def _first_steps(main: Trajectory) -> tuple[Beat, ...]:
    if main.steps == 0:
        return ()
    points, losses = main.points[:, 0], main.losses
    arrival = (
        f"From {number(points[0])} the ball goes to [{number(points[1])}](ball). "
        f"The [loss](loss) {_change(losses[0], losses[1])}."
    )
    beats = [
        Beat("measure", "One step", _measure(main), motion=2.2),
        Beat("step", "One step", arrival, steps=range(0, 1), motion=2.6),
    ]
    if main.steps > 1:
        beats.append(Beat("step", "One step", _second_step(main), steps=range(1, 2), motion=2.6))
    return tuple(beats)


def _measure(main: Trajectory) -> str:
    """How long the first step is, and why."""
    rate, slope = main.learning_rates[0], main.gradients[0, 0]
    if not follows_the_slope(main):
        return f"Its first [step](step) is {number(step_lengths(main)[0])} long."
    product = f"[{number(rate)}](rate){NO_BREAK}×{NO_BREAK}[{number(slope)}](slope){NO_BREAK}{equals(rate * slope)}"
    return f"The [learning rate](rate) sets how far: {product}."


def _second_step(main: Trajectory) -> str:
    """What changes from the first step to the second."""
    lengths, (before, now) = step_lengths(main)[:2], abs(main.gradients[:2, 0])
    then = "a shorter" if falling(lengths) else "a longer" if rising(lengths) else "an equally long"
    step = f"{then} [step](step): {number(lengths[1])}"
    slope = f"Now the slope is {'only ' if now < before * (1 - 1e-9) else ''}[{number(main.gradients[1, 0])}](slope)"
    if follows_the_slope(main) and constant_rate(main):
        return f"{slope}, so the same rule takes {step}."
    return f"{slope}. The rule takes {step}."


def _change(before: float, after: float) -> str:
    """`falls from 25 to 16`."""
    if number(before) == number(after):
        return f"hardly changes: {number(after)}"
    verb = "falls" if after < before else "grows"
    return f"{verb} from {number(before)} to {number(after)}"


def _descent(main: Trajectory) -> tuple[Beat, ...]:
    if main.steps < 3:
        return ()
    kind, shrinking = course(main), falling(step_lengths(main))
    words = {
        Behaviour.CREEPS: "Every [step](step) is tiny next to the way, so the ball creeps.",
        Behaviour.DESCENDS: "[Step](step) by [step](step) the ball gets lower.",
        Behaviour.OSCILLATES: f"{_jumps(main)}, and the ball ends lower than it began.",
        Behaviour.CYCLES: "The [steps](step) jump across the valley, and gain nothing.",
        Behaviour.DIVERGES: "The [steps](step) are too large: the ball ends higher than it began.",
    }[kind]
    if kind is Behaviour.DESCENDS and _flattens(main):
        rate = number(main.learning_rates[0])
        words = f"The rate stays [{rate}](rate), yet the [steps](step) shrink: the [slope](slope) flattens."
    elif kind is Behaviour.OSCILLATES and shrinking and jumps(main).all():
        words = "Each [step](step) jumps over the [minimum](minimum), yet each is shorter."
    elif kind is Behaviour.DIVERGES and rising(main.losses) and rising(abs(main.gradients[:, 0])):
        words = "Each [step](step) lands higher, where the [slope](slope) is steeper still."
    seconds = min(9.0, max(3.0, 0.45 * (main.steps - 2)))
    return (Beat("walk", "Downhill", words, steps=range(2, main.steps), motion=seconds),)


def _flattens(main: Trajectory) -> bool:
    """Whether every step is shorter than the one before, and nothing but the slope makes it so."""
    return falling(step_lengths(main)) and constant_rate(main) and follows_the_slope(main)


def _jumps(main: Trajectory) -> str:
    """`3 steps jump over the minimum`."""
    over = int(jumps(main).sum())
    return f"{count(over, 'step')} {'jumps' if over == 1 else 'jump'} over a valley's floor"


def _end(main: Trajectory) -> tuple[Beat, ...]:
    kind, loss = course(main), main.losses[-1]
    place = f"[{_name(main)}{NO_BREAK}{equals(main.points[-1, 0])}](ball)"
    arrival = f"After {count(main.steps, 'step')} the ball is at {place}{_nearness(main)}."
    if stays(main):
        return (Beat("arrive", "The end", first_step_words(main), motion=1.5),)
    if kind is Behaviour.RESTS:
        return (Beat("arrive", "The end", "No slope, no step: the descent is done before it begins.", motion=1.5),)
    moral = "Nobody told it where the bottom is. The [slope](slope) underfoot was enough."
    if kind is Behaviour.DIVERGES:
        change = f"The [loss](loss) went from {number(main.losses[0])} to {number(loss)}"
        moral = f"{change}: this [rate](rate) is too large."
    elif kind is Behaviour.CYCLES:
        moral = f"The [loss](loss) is still {number(loss)}: at this [rate](rate) it never settles."
    elif halted(main) or main.stop is Stop.DIVERGED or (main.stop is Stop.FLAT and not main.objective.minima):
        moral = main.stop.value
    elif kind is Behaviour.CREEPS:
        moral = "It is on its way, but this [rate](rate) would need many more steps."
    elif abs(main.gradients[-1, 0]) > UNDONE * abs(main.gradients[0, 0]):
        moral = "It has not arrived yet: there is still a [slope](slope) to follow."
    return (
        Beat("arrive", "The end", arrival, motion=2.0),
        Beat("moral", "The end", moral, motion=2.0),
    )


def _nearness(main: Trajectory) -> str:
    """How the sentence on the last place ends."""
    if off_the_map(main):
        return ", off the map"
    minimum = nearest_minimum(main)
    if minimum is None or course(main) is Behaviour.DIVERGES:
        return ""
    distance = abs(main.points[-1, 0] - minimum.point[0])
    if distance < ARRIVED:
        return ", on the [minimum](minimum)"
    return f", [{number(distance, 3)}](minimum) from the [minimum](minimum)"


def _name(main: Trajectory) -> str:
    return variable_text(main.objective.variables[0])
