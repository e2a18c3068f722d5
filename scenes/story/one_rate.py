"""The story of one learning rate, whichever it is: words that hold for this run."""

from __future__ import annotations

from gdsim import Stop, Trajectory
from gdsim.behaviour import Behaviour, behaviour
from scenes.script.beat import Beat
from scenes.script.numbers import NO_BREAK, count, equals, number
from scenes.story.rates import distances, rate_of, rate_words, threshold


def first_step(one: Trajectory) -> tuple[Beat, ...]:
    """The first step's length, and where it lands."""
    if one.steps == 0:
        words = "The first [step](step) is too long for a computer to count. The ball is gone."
        return (Beat("pause", "One step", words, motion=2.0),)
    rate, slope, place = one.learning_rates[0], one.gradients[0, 0], one.points[1, 0]
    away = distances(one)[1]
    over = one.gradients[0, 0] * one.gradients[1, 0] < 0
    landing = f"It lands at [x{NO_BREAK}{equals(place)}](ball)"
    where = f", [{number(away)}](minimum) from the [minimum](minimum)."
    if behaviour(one) is Behaviour.LANDS:
        where = ": right on the [minimum](minimum)."
    elif over:
        where = f", on the other side, [{number(away)}](minimum) from the [minimum](minimum)."
    return (
        Beat(
            "pause",
            "One step",
            f"The [slope](slope) is [{number(slope)}](slope), so the [step](step) is "
            f"[{rate_words(rate)}](rate){NO_BREAK}×{NO_BREAK}[{number(abs(slope))}](slope)"
            f"{NO_BREAK}{equals(rate * abs(slope))} long.",
            motion=1.5,
        ),
        Beat("walk", "One step", landing + where, steps=range(0, 1), motion=2.2),
    )


def at_rest(one: Trajectory) -> tuple[Beat, ...]:
    """The ball starts on flat ground."""
    place, slope = one.points[0, 0], one.gradients[0, 0]
    stays = "[Rate](rate) times zero is zero: whatever the [rate](rate), the ball stays where it is."
    if one.stop is Stop.STEP_LIMIT:
        stays = "You allow it no [step](step), so the ball stays where it is."
    elif slope != 0:
        stays = "That is as good as flat, so the run ends before its first [step](step)."
    return (
        Beat(
            "start",
            "The valley",
            f"The [ball](ball) starts at [x{NO_BREAK}{equals(place)}](ball), where the [slope](slope) is "
            f"[{number(slope)}](slope).",
            motion=3.2,
        ),
        Beat("pause", "The valley", stays, motion=3.5),
        Beat("pause", "The valley", "From anywhere else the [learning rate](rate) decides. Here is how.", motion=3.0),
    )


def walk_words(one: Trajectory) -> str:
    """What the ball does at this rate, step after step."""
    return {
        Behaviour.CREEPS: "Every [step](step) is tiny: the ball creeps.",
        Behaviour.DESCENDS: "The ball walks down, and its [steps](step) get shorter and shorter."
        if one.steps > 1
        else "The ball walks down.",
        Behaviour.LANDS: "One [step](step), straight to the [minimum](minimum).",
        Behaviour.OSCILLATES: "Each [step](step) jumps over the [minimum](minimum), but lands lower.",
        Behaviour.CYCLES: "Each [step](step) jumps across the valley and lands just as high.",
        Behaviour.DIVERGES: "Each [step](step) jumps across the valley and lands higher.",
    }[behaviour(one)]


def verdict(one: Trajectory) -> tuple[str, ...]:
    """Where the run ended, and what that says of the rate."""
    kind = behaviour(one)
    away, steps = distances(one)[-1], count(one.steps, "step")
    near = f"[{number(away, 3)}](minimum) from the [minimum](minimum)"
    if kind is Behaviour.LANDS:
        zero = "zero" if one.gradients[-1, 0] == 0 else "as good as zero"
        return (f"After {steps} the [slope](slope) is {zero}. There is nothing left to do.",)
    if kind is Behaviour.CYCLES:
        return (f"After {steps} it is still {near}. It never settles.",)
    if kind is Behaviour.DIVERGES:
        before, after = number(one.losses[0]), number(one.losses[-1])
        grown = f"After {steps} the [loss](loss) is [{after}](loss)"
        grown += f", up from [{before}](loss)." if before != after else ", and growing."
        gone = "It does not come back: each jump is longer than the one before."
        return grown, one.stop.value if one.stop is Stop.DIVERGED else gone
    if kind is Behaviour.CREEPS:
        return (f"After {steps} it is still {near}.",)
    settled = "rests" if one.stop is Stop.FLAT else "is"
    return (f"After {steps} it {settled} {near}.",)


def advice(one: Trajectory) -> tuple[Beat, ...]:
    """On which side of the limit the one rate lies, and what would be better."""
    rate, limit = rate_of(one), threshold(one.objective)
    if rate is None:
        words = f"Try a [rate](rate) below [{number(limit)}](rate): then every step comes closer."
        return (Beat("moral", "The end", words, motion=2.0),)
    side = "exactly on it" if rate == limit else "above it" if rate > limit else "below it"
    if rate != limit and rate_words(rate) == rate_words(limit):
        side = "a hair " + side
    effect = "no [step](step) comes closer" if rate == limit else "that is why the ball climbs out"
    effect = effect if rate >= limit else "every [step](step) comes closer"
    single = f"At 1{NO_BREAK}/{NO_BREAK}curvature, [{number(limit / 2)}](rate), a single [step](step) would be enough."
    always = "On a parabola this one [rate](rate) needs one [step](step), wherever you start."
    moral = {
        Behaviour.LANDS: always if rate == limit / 2 else single,
        Behaviour.OSCILLATES: f"Up to [{number(limit / 2)}](rate) it would not jump at all.",
        Behaviour.CYCLES: "A little less and it comes closer. A little more and it climbs out.",
        Behaviour.DIVERGES: f"The cure is a smaller [rate](rate): below [{number(limit)}](rate) it comes closer.",
    }.get(behaviour(one), single)
    return (
        Beat("pause", "The end", f"Your [{rate_words(rate)}](rate) is {side}: {effect}.", motion=2.0),
        Beat("moral", "The end", moral, motion=2.0),
    )


def loop_line(one: Trajectory) -> str:
    """The one line of a short film at one rate, ≤ 42 characters."""
    if one.stop is Stop.DIVERGED:
        return "Too large a rate: the ball leaves the map."
    if one.steps == 0 and one.stop is not Stop.FLAT:
        return "No step, so the ball stays."
    return {
        Behaviour.RESTS: "The slope is zero: the ball rests.",
        Behaviour.CREEPS: "The rate is tiny: the ball creeps.",
        Behaviour.DESCENDS: "A good rate: the ball walks down.",
        Behaviour.LANDS: "One step, straight to the minimum.",
        Behaviour.OSCILLATES: "A large rate: it jumps over, yet closer.",
        Behaviour.CYCLES: "At the limit: it jumps for ever.",
        Behaviour.DIVERGES: "Too large a rate: each jump is longer.",
    }[behaviour(one)]
