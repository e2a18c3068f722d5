"""The runs of a few learning rates, and what is said and moved while they are shown."""

from __future__ import annotations

from collections.abc import Iterator

from gdsim import SURFACES, Stop, Trajectory, simulate
from gdsim.behaviour import Behaviour, behaviour
from scenes.phrases.alt import rates as alt
from scenes.phrases.endings import no_first_step
from scenes.phrases.plain_only import plain_only
from scenes.phrases.race import does, gained, grouped, invitation, moral, multiplies, nearest, race_line, verdict
from scenes.phrases.rate_facts import ARRIVED, curvature, distances, lowest, offsets, threshold
from scenes.script.concepts import MOST_RUNS
from scenes.script.direction import Direction, Script, beat, film
from scenes.script.move import Moves, both, enter, fly, grow, leave, make_room, present, pulse, shift, walk, zoom
from scenes.script.sentence import Brief, Count, Exact, say
from scenes.script.window import Window, first_window, stretch
from scenes.spec import RenderSpec

__all__ = ["alt", "loop", "run", "script"]

OBJECTIVE = SURFACES["shifted-parabola"]
LEARNING_RATES = (0.01, 0.1, 0.9, 1.05)
STEPS = 20
Runs = tuple[Trajectory, ...]

# The knob turns from a gentle rate to one that is too large: shares of the limit.
GENTLE, HARSH = 0.05, 1.06
# The picture goes so many times as far to each side as the ball starts from the minimum.
ROOM = 1.15
# The camera follows a climbing ball so many times as far out as it started.
FARTHEST = 9.0
# The later runs are watched over more steps than the first ones, by this power.
PACE = 1.5
# So many steps are taken in the lanes; the camera goes out there, too, so many times.
LANE_STEPS, LANE_REACH = 7, 2.2
# What is one line has heights that are nothing beside its window.
FLAT = 1e7


def run(spec: RenderSpec) -> Runs:
    """One run for each rate: the lesson's four, or those that the spec asks for, the smallest first."""
    plain_only(spec)
    asked = LEARNING_RATES if spec.learning_rate is None else (spec.learning_rate,)
    steps = STEPS if spec.steps is None else spec.steps
    return race(sorted(set(asked)), spec.start, steps)


def race(rates: list[float], start: tuple[float, ...] | None, steps: int) -> Runs:
    """Raises ValueError where there are more rates than colours, or one of several is too large for a single step."""
    if len(rates) > MOST_RUNS:
        raise ValueError(f"a race takes up to {MOST_RUNS} learning rates, got {len(rates)}; 0.01, 0.1 and 0.9 work")
    runs = tuple(simulate(OBJECTIVE, rate=rate, start=start, steps=steps) for rate in rates)
    lost = [rate for rate, one in zip(rates, runs) if not one.steps]
    if lost and len(lost) < len(rates):
        raise ValueError(f"in a race each learning rate must allow a step, got {lost[0]:g}; 1.05 is too large already")
    return runs if runs[0].steps else runs[:1]


def valley(runs: Runs) -> Window:
    """What the film shows at first: the start and the wall across from it."""
    low, away = lowest(OBJECTIVE).point[0], float(distances(runs[0])[0])
    return stretch(OBJECTIVE, low - ROOM * away, low + ROOM * away) if away > ARRIVED else first_window(runs)


def example(runs: Runs) -> int:
    """The run whose numbers stand in the rule: one that walks, if one does."""
    order = (Behaviour.DESCENDS, Behaviour.OSCILLATES, Behaviour.CREEPS)
    return min(range(len(runs)), key=lambda index: [*order, behaviour(runs[index])].index(behaviour(runs[index])))


def script(runs: Runs) -> Script:
    """The narrated film: question, guess, test, surprise, reason, one line."""
    beats = [*_question(runs)]
    if runs[0].steps:
        beats += [*_test(runs), *_reason(runs), *_limit(runs)]
    return film(both(present("plane", "curve", "ball", "title", "function"), make_room(strip=1, seconds=0)), *beats)


def loop(runs: Runs) -> Script:
    """All at once to the end, and back to the first frame."""
    line, steps, several = race_line(runs), max(one.steps for one in runs), len(runs) > 1
    pointers = both(*(present(f"dial.run{index + 1}") for index in range(len(runs)))) if steps else Moves([])
    moving = (*_each("ball", runs), *_each("trail", runs))
    scene = both(present("plane", "curve", "minimum", "dial", *moving), pointers, make_room(strip=1, seconds=0))
    seconds = min(8.0, max(4.0, 0.4 * steps))
    return film(
        scene,
        beat("Loop", line, together(runs, steps, seconds).late(0.5), rest=1.4 if several else 1.2),
        beat("Loop", line, leave(*moving), _back(runs, 0), enter(*moving, seconds=0.5), rest=0),
    )


def together(runs: Runs, to: int, seconds: float) -> Moves:
    """All runs go on to a step, on one clock."""
    return both(*(walk(to, seconds, f"run{index + 1}") for index in range(len(runs))))


def _each(name: str, runs: Runs) -> list[str]:
    return [f"{name}{index + 1}" for index in range(len(runs))]


def _question(runs: Runs) -> Iterator[Direction]:
    first, limit, count = runs[0], threshold(OBJECTIVE), len(runs)
    yield beat(
        "The question",
        say("One valley, one [ball](ball), and one dial: the [learning rate](rate)."),
        pulse("ball") @ "ball",
        both(leave("title", "function"), enter("dial", "minimum").late(0.3)) @ "dial",
    )
    if not first.steps:
        yield from _no_step(runs)
        return
    yield beat(
        "The question",
        say("It scales the slope into a step. Turn it up, and the step gets longer."),
        both(enter("step"), shift("dial", "knob", 1, 0.5)) @ "step",
        shift("dial", "value", HARSH * limit, 2.2) @ "up",
    )
    arrivals = [
        both(enter(name, f"dial.run{index + 1}", seconds=0.4), pulse(name, seconds=0.7)) @ f"{{r{index + 1}}}"
        for index, name in enumerate(_each("ball", runs))
    ]
    out = both(leave("step"), shift("dial", "knob", 0, 0.5), leave("ball").late(0.6))
    yield beat("The guess", invitation(runs), out, *arrivals)
    if count > 1:
        words = say("{steps} each. Who gets closest? Take a guess!", steps=_steps(runs))
        pulses = [pulse(f"ball{index + 1}", f"dial.run{index + 1}", seconds=0.55) for index in range(count)]
        yield beat("The guess", words, pulse("minimum") @ "closest", *pulses, rest=0.8)
    else:
        words = say("Will it creep, walk, leap across, or climb out? Take a guess!")
        yield beat("The guess", words, pulse("ball") @ "creep", pulse("curve") @ "leap", pulse("dial.run1"), rest=1.0)


def _no_step(runs: Runs) -> Iterator[Direction]:
    limit = threshold(OBJECTIVE)
    gone = runs[0].stop is Stop.DIVERGED
    yield beat("The question", no_first_step(runs[0]), leave("ball") if gone else pulse("ball"), rest=1.0)
    if not gone:
        words = say("However far we turn the dial, rate times zero is zero.")
        turn = both(enter("step"), shift("dial", "knob", 1, 0.4), shift("dial", "value", HARSH * limit, 2.2))
        yield beat("The question", words, turn)
    words = say("From anywhere else, a rate below {limit:rate} brings every step closer.", limit=Exact(limit))
    yield beat("The limit", words, enter("dial.limit") @ "below", pulse("minimum") @ "closer", rest=1.2)


def _steps(runs: Runs) -> Count:
    return Count(max(one.steps for one in runs), "step", "steps")


def _test(runs: Runs) -> Iterator[Direction]:
    most, groups = max(one.steps for one in runs), grouped(runs)
    begun, several = min(2, most), len(runs) > 1
    words = say("Off they go, all on one clock.") if several else say("Off it goes.")
    pointers = [f"dial.run{index + 1}" for index in range(len(runs))]
    aside = both(leave("dial", *pointers, seconds=0.4), make_room(aside=1.0, seconds=0.6))
    shown = enter("standings", "chart", *_each("trail", runs), seconds=0.4).late(0.5)
    yield beat("The test", words, both(aside, shown, together(runs, begun, 0.9 * begun).late(0.6)))
    for place, group in enumerate(groups):
        to = begun + round((most - begun) * ((place + 1) / len(groups)) ** PACE)
        pulses = pulse(*(f"ball{index + 1}" for index in group.members))
        climbs = group.kind is Behaviour.DIVERGES
        out = zoom(_climb(runs), 2.4) if climbs else Moves([])
        yield beat("The test", does(runs, group), both(together(runs, to, 2.4 if climbs else 2.0), pulses, out))
    best = nearest(runs) if gained(runs) else range(len(runs))
    gone = [f"{kind}{index + 1}" for index in range(len(runs)) if index not in best for kind in ("ball", "trail")]
    yield beat(
        "The surprise",
        verdict(runs),
        both(make_room(), leave("standings", "chart", *gone), zoom(_close(runs), 2.4)),
        both(enter("names"), pulse("names"), enter("left", seconds=0.2), grow("left")),
        pulse("left", "minimum"),
        rest=1.0,
    )


def _climb(runs: Runs) -> Window:
    """Out to where the highest ball is, or as far as the camera goes."""
    start = max(float(distances(runs[0])[0]), 1e-9)
    reach = min(1.1 * max(float(distances(one).max()) for one in runs), FARTHEST * start)
    low = lowest(OBJECTIVE).point[0]
    return stretch(OBJECTIVE, low - reach, low + reach)


def _close(runs: Runs) -> Window:
    """So near the minimum that what is left can be seen; the valley where nothing came nearer or all of it is gone."""
    away, low = float(distances(runs[nearest(runs)[0]])[-1]), lowest(OBJECTIVE).point[0]
    if not gained(runs):
        return _climb(runs)
    return stretch(OBJECTIVE, low - 2.4 * away, low + 2.4 * away) if away >= ARRIVED else valley(runs)


def _reason(runs: Runs) -> Iterator[Direction]:
    bend, start, balls = Exact(curvature(OBJECTIVE)), Brief(float(offsets(runs[0])[0])), _each("ball", runs)
    yield beat(
        "The reason",
        say(
            "Why? Back to the start. Seen from the [minimum](minimum), the ball is at [d](minimum) = {d:minimum}.",
            d=start,
        ),
        both(
            zoom(valley(runs), 1.6),
            leave("names", "left", *_each("trail", runs)),
            _back(runs, 1.4),
            enter(*balls).late(1.0),
        ),
        both(enter("bar", seconds=0.2), grow("bar")) @ "Seen",
        pulse("bar") @ "{d}",
    )
    yield beat(
        "The reason",
        say(
            "The slope is {bend} times [d](minimum), here and everywhere: {same} is the curvature.",
            bend=bend,
            same=bend,
        ),
        both(make_room(strip=1.0), enter("law"), enter("tangent", seconds=0.2), grow("tangent")),
        both(fly("law.slope"), fly("law.offset").late(0.3)),
        both(fly("law.curvature"), pulse("tangent")) @ "{same}",
    )
    yield beat(
        "The reason",
        say("So forget the heights: all that counts is [d](minimum)."),
        both(leave("tangent", "bar", "minimum"), shift("plane", "axes", 0, 0.6), zoom(_line(runs, 1.0), 1.8)),
        both(leave("curve", *balls, seconds=0), enter("lanes", seconds=0), shift("lanes", "spread", 1, 1.0)),
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
    for group in grouped(runs):
        names = [f"run{member + 1}" for member in group.members]
        shown = both(*(both(shift(f"lanes.{name}", "factor", 1, 0.5), pulse(f"lanes.{name}")) for name in names))
        on = both(*(walk(min(LANE_STEPS, runs[k].steps), 2.2, f"run{k + 1}") for k in group.members))
        out = zoom(_line(runs, LANE_REACH), 2.0).late(0.4) if group.kind is Behaviour.DIVERGES else Moves([])
        yield beat("The reason", multiplies(runs, group), shown @ "{by}", both(on, out).late(0.3) @ "{by}")


def _back(runs: Runs, seconds: float) -> Moves:
    """All runs return to their start."""
    return both(*(shift(f"run{index + 1}", "progress", 0, seconds) for index in range(len(runs))))


def _line(runs: Runs, reach: float) -> Window:
    """The valley from so far away that it is a line, with offsets up to `reach` times the first in the picture."""
    low, away = lowest(OBJECTIVE).point[0], 1.65 * reach * float(distances(runs[0])[0])
    height = FLAT * (valley(runs)[3] - valley(runs)[2])
    return low - away, low + away, -height, height


def _limit(runs: Runs) -> Iterator[Direction]:
    limit, pointers = threshold(OBJECTIVE), [f"dial.run{index + 1}" for index in range(len(runs))]
    yield beat(
        "The limit",
        say("Above −1, [d](minimum) shrinks: that's any rate below 2 over the curvature, here {limit:rate}.", limit=Exact(limit)),
        both(leave("rule", seconds=0.4), enter("dial", *pointers).late(0.4)),
        enter("dial.limit") @ "below",
        pulse("dial.limit") @ "{limit}",
    )
    yield beat(
        "The limit",
        say("Right there, a step lands on the other side, exactly as high."),
        both(_back(runs, 0.8), shift("lanes", "spread", 0, 0.8), shift("lanes", "labels", 0, 0.4), leave(*pointers)),
        both(leave("lanes", seconds=0), enter("curve", "ball", seconds=0), zoom(valley(runs), 1.4)),
        both(shift("plane", "axes", 1, 0.4), enter("step", "minimum"), shift("dial", "knob", 1, 0.4)),
        shift("dial", "value", limit, 1.0),
        rest=0.8,
    )
    if len(runs) == 1:
        rate = min(float(runs[0].learning_rates[0]), 1.2 * limit)
        turned = [shift("dial", "value", rate, 1.2), shift("dial", "value", limit / 2, 1.6)]
    else:
        turned = [
            shift("dial", "value", GENTLE * limit, 1.0) @ "small",
            shift("dial", "value", HARSH * limit, 1.2) @ "large",
            shift("dial", "value", limit / 2, 1.0) @ "below",
        ]
    yield beat("The limit", moral(runs), *turned, rest=1.2)
