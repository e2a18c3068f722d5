"""The runs of a few learning rates, and what is said and moved while they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gdsim import SURFACES, Stop
from gdsim.behaviour import Behaviour
from scenes.phrases.alt import rates as alt
from scenes.phrases.endings import no_first_step
from scenes.phrases.plain_only import plain_only
from scenes.phrases.race import does, invitation, moral, multiplies, race_line, verdict
from scenes.phrases.race_facts import Runs, climb, close, gained, grouped, line, nearest, valley
from scenes.phrases.rate_facts import ARRIVED, curvature, distances, factor, offsets, threshold
from scenes.planned_run import planned_race
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.move import Moves, both, enter, fly, grow, leave, make_room, present, pulse, shift, walk_all, zoom
from scenes.script.sentence import Brief, Count, Exact, say
from scenes.spec import RenderSpec

__all__ = ["alt", "loop", "run", "script"]

OBJECTIVE = SURFACES["shifted-parabola"]
LIMIT = threshold(OBJECTIVE)
LEARNING_RATES = (0.01, 0.1, 0.9, 1.05)
STEPS = 20
# The knob turns from a gentle rate to one that is too large, as shares of the limit.
GENTLE, HARSH = 0.05, 1.06
# Later groups are watched over more steps than earlier ones, by this power.
PACE = 1.5
# The number of steps taken in the lanes, and how many times the camera goes out there.
LANE_STEPS, LANE_REACH = 7, 2.2


def run(spec: RenderSpec) -> Runs:
    """One run for each rate: the lesson's four, or those that the spec asks for."""
    plain_only(spec)
    return planned_race(spec, OBJECTIVE, LEARNING_RATES, STEPS)


def script(runs: Runs) -> Script:
    """The narrated film: question, guess, test, surprise, reason, one line."""
    acts = (_question, _guess, _test, _reason, _lanes, _limit) if runs[0].steps else (_question, _no_step)
    opening = both(present("plane", "curve", "ball", "title"), make_room(strip=1, seconds=0))
    return film(opening, *(beat for act in acts for beat in act(runs)))


def loop(runs: Runs) -> Script:
    """All at once to the end, and back to the first frame."""
    words, steps, all_of_them = race_line(runs), _steps(runs), range(len(runs))
    moving = (*_each("ball", all_of_them), *_each("trail", all_of_them))
    pointers = _each("dial.run", all_of_them if steps else ())
    on = walk_all(all_of_them, steps, min(8.0, max(4.0, 0.4 * steps))).late(0.5)
    if not steps:
        on = both(*(pulse("ball1", "minimum", seconds=1.2).late(pause) for pause in (0.5, 2.5)))
    back = both(leave(*moving), walk_all(all_of_them, 0, 0).late(0.5), enter(*moving).late(0.5))
    opening = both(present("plane", "curve", "minimum", "dial", *moving, *pointers), make_room(strip=1, seconds=0))
    return film(opening, beat("Loop", words, on, rest=1.4), beat("Loop", words, back, rest=0))


def _each(name: str, members: Sequence[int]) -> list[str]:
    return [f"{name}{index + 1}" for index in members]


def _steps(runs: Runs) -> int:
    return max(one.steps for one in runs)


def _question(runs: Runs) -> Iterator[Beat]:
    yield beat(
        "The question",
        say("One valley, one [ball](ball), and one dial: the [learning rate](rate)."),
        pulse("curve") @ "valley",
        pulse("ball") @ "ball",
        both(leave("title"), enter("dial", "minimum").late(0.3)) @ "dial",
        pulse("dial") @ "rate",
    )
    if runs[0].steps:
        yield beat(
            "The question",
            say("It scales the slope into a step. Turn it up, and the step gets longer."),
            pulse("dial") @ "scales",
            both(enter("step"), shift("dial", "knob", 1, 0.5)) @ "step",
            shift("dial", "value", HARSH * LIMIT, 2.6) @ "up",
        )


def _no_step(runs: Runs) -> Iterator[Beat]:
    gone = runs[0].stop is Stop.DIVERGED
    if gone:
        yield beat("The end", no_first_step(runs[0]), pulse("ball"), leave("ball", seconds=2.0), pulse("curve"))
    else:
        level = both(enter("tangent", seconds=0.2), grow("tangent"))
        yield beat("The end", no_first_step(runs[0]), level, pulse("ball") @ "step", pulse("tangent"))
        turn = both(enter("step"), shift("dial", "knob", 1, 0.4), shift("dial", "value", HARSH * LIMIT, 2.2))
        yield beat("The end", say("However far we turn the dial, rate times zero is zero."), turn, pulse("tangent"))
    words = "From anywhere else, a rate below {limit:rate} brings the ball closer with every step."
    turn = both(enter("dial.limit"), shift("dial", "value", LIMIT / 2, 1.6))
    yield beat("The end", say(words, limit=Exact(LIMIT)), turn @ "rate", pulse("minimum") @ "closer")


def _guess(runs: Runs) -> Iterator[Beat]:
    arrivals = [
        both(enter(f"ball{k}", f"dial.run{k}", seconds=0.4), pulse(f"ball{k}", seconds=0.7)) @ f"{{r{k}}}"
        for k in range(1, len(runs) + 1)
    ]
    out = both(leave("step"), shift("dial", "knob", 0, 0.5), leave("ball").late(0.6))
    yield beat("The guess", invitation(runs), both(out, pulse("minimum").late(0.6)), *arrivals)
    if len(runs) > 1:
        words = say("{steps} each. Who gets closest? Take a guess!", steps=Count(_steps(runs), "step", "steps"))
        pulses = [pulse(f"ball{k}", f"dial.run{k}", seconds=0.75) for k in range(1, len(runs) + 1)]
        yield beat("The guess", words, pulse("minimum") @ "closest", *pulses, rest=0.8)
    else:
        words = say("Will it creep, walk, leap across, or climb out? Take a guess!")
        yield beat(
            "The guess",
            words,
            pulse("ball1") @ "creep",
            pulse("curve") @ "leap",
            pulse("dial.run1", "minimum"),
            rest=0.8,
        )


def _test(runs: Runs) -> Iterator[Beat]:
    all_of_them, most, groups = range(len(runs)), _steps(runs), grouped(runs)
    begun = min(2, most)
    words = say("Off they go, all on one clock.") if len(runs) > 1 else say("Off it goes.")
    away = leave("dial", *_each("dial.run", all_of_them), seconds=0.4)
    aside = both(make_room(aside=1.0, seconds=0.6), enter(*_each("trail", all_of_them), "standings", "chart").late(0.5))
    yield beat("The test", words, both(away, aside.late(0.2), walk_all(all_of_them, begun, 0.9 * begun).late(0.9)))
    for place, group in enumerate(groups):
        to = begun + round((most - begun) * ((place + 1) / len(groups)) ** PACE)
        on, out = walk_all(all_of_them, to, 2.0), Moves([])
        if group.kind is Behaviour.DIVERGES:
            on, out = walk_all(all_of_them, to, 2.4), zoom(climb(runs), 2.4)
        yield beat("The test", does(runs, group), both(on, pulse(*_each("ball", group.members)), out))
    gone = _each("ball", _others(runs)) + _each("trail", _others(runs))
    arrived = float(distances(runs[nearest(runs)[0]])[-1]) < ARRIVED
    left = Moves([]) if arrived else both(enter("left", seconds=0.2), grow("left"))
    yield beat(
        "The surprise",
        verdict(runs),
        both(leave("standings", "chart", *gone, seconds=0.3), make_room().late(0.3)),
        zoom(close(runs), 2.2),
        both(enter("names"), pulse("names"), left),
        pulse("names", "minimum"),
        rest=0.8,
    )


def _others(runs: Runs) -> list[int]:
    """All runs except the one that is looked at more closely."""
    return [index for index in range(len(runs)) if gained(runs) and index not in nearest(runs)]


def _reason(runs: Runs) -> Iterator[Beat]:
    bend, start, all_of_them = Exact(curvature(OBJECTIVE)), Brief(float(offsets(runs[0])[0])), range(len(runs))
    back = both(walk_all(all_of_them, 0, 1.4), enter(*_each("ball", _others(runs))).late(1.0))
    seen = [trail for trail in _each("trail", all_of_them) if trail not in _each("trail", _others(runs))]
    yield beat(
        "The reason",
        say("Why? Back to the start. From the [minimum](minimum), the ball is at [d](minimum) = {d:minimum}.", d=start),
        both(leave("names", "left", *seen), zoom(valley(runs), 2.0), back),
        both(enter("bar", seconds=0.2), grow("bar")) @ "From",
        pulse("bar") @ "{d}",
    )
    words = "The slope is {bend} times [d](minimum), here and everywhere: {same} is the curvature."
    yield beat(
        "The reason",
        say(words, bend=bend, same=bend),
        both(make_room(strip=1.0), enter("law").late(0.4), enter("tangent", seconds=0.2), grow("tangent")),
        both(fly("law.slope"), fly("law.offset").late(0.3)),
        both(fly("law.curvature"), pulse("tangent")) @ "{same}",
    )
    yield beat(
        "The reason",
        say("So forget the heights: all that counts is [d](minimum)."),
        both(leave("tangent", "bar", "minimum"), shift("plane", "axes", 0, 0.6), zoom(line(runs, 1.0), 1.8)),
        both(leave("curve", *_each("ball", all_of_them), seconds=0), enter("lanes", seconds=0)),
        shift("lanes", "spread", 1, 1.0),
        shift("lanes", "labels", 1, 0.5),
    )
    yield beat(
        "The reason",
        say("Take off rate × slope, and [d](minimum) is multiplied by 1 − rate × curvature."),
        both(leave("law", seconds=0.4), enter("rule").late(0.4)),
        both(fly("rule.offset"), pulse("rule.offset")) @ "d",
        fly("rule.rate").late(0.9) @ "multiplied",
        fly("rule.curvature") @ "curvature",
        fly("rule.next"),
        rest=0.8,
    )


def _lanes(runs: Runs) -> Iterator[Beat]:
    for group in grouped(runs):
        names = _each("lanes.run", group.members)
        told = both(*(shift(name, "factor", 1, 0.5) for name in names), pulse(*names))
        on = both(*(walk_all((k,), min(LANE_STEPS, runs[k].steps), 2.5) for k in group.members))
        out = zoom(line(runs, LANE_REACH), 2.0).late(0.4) if group.kind is Behaviour.DIVERGES else Moves([])
        yield beat("The reason", multiplies(runs, group), told @ "{by}", both(on, out).late(0.2) @ "{by}", rest=0.2)


def _limit(runs: Runs) -> Iterator[Beat]:
    all_of_them = range(len(runs))
    pointers, shrinking = _each("dial.run", all_of_them), [k for k in all_of_them if abs(factor(runs[k]) or 0) < 1]
    words = "A factor above −1 shrinks [d](minimum): that's a rate below 2 over the curvature, here {limit:rate}."
    yield beat(
        "The limit",
        say(words, limit=Exact(LIMIT)),
        both(leave("rule", seconds=0.4), enter("dial", *pointers).late(0.4)),
        pulse("lanes", *_each("lanes.run", shrinking)) @ "shrinks",
        pulse("dial") @ "rate",
        enter("dial.limit") @ "below",
        pulse("dial.limit") @ "{limit}",
    )
    yield beat(
        "The limit",
        say("Right there, a step lands on the other side, exactly as high."),
        both(shift("lanes", "labels", 0, 0.3), leave(*pointers, seconds=0.3)),
        both(walk_all(all_of_them, 0, 0.8), shift("lanes", "spread", 0, 0.8)),
        both(leave("lanes", seconds=0), enter("curve", "ball", seconds=0), zoom(valley(runs), 1.4)),
        both(shift("plane", "axes", 1, 0.4), enter("step", "minimum"), shift("dial", "knob", 1, 0.4)),
        shift("dial", "value", LIMIT, 1.0),
        rest=0.8,
    )
    turned = [
        shift("dial", "value", GENTLE * LIMIT, 1.3) @ "small",
        shift("dial", "value", HARSH * LIMIT, 1.6) @ "large",
        shift("dial", "value", LIMIT / 2, 1.4) @ "below",
    ]
    if len(runs) == 1:
        own = float(runs[0].learning_rates[0])
        turned = [shift("dial", "value", own, 1.2), shift("dial", "value", LIMIT / 2, 1.4), pulse("step", "minimum")]
    yield beat("The limit", moral(runs), *turned, rest=1.2)
