"""The runs of a few learning rates, and what is said and moved while they are shown."""

from __future__ import annotations

from collections.abc import Iterator

from gdsim import SURFACES, Stop
from scenes.phrases.alt import rates as alt
from scenes.phrases.endings import no_first_step
from scenes.phrases.offset_factor import factors, offset_law, offset_line
from scenes.phrases.race import invitation, race_line
from scenes.phrases.race_facts import HARSH, Runs, longest
from scenes.phrases.rate_facts import threshold
from scenes.phrases.rate_limit import rate_limit
from scenes.phrases.watched_race import watched_race
from scenes.planned_run import planned_race
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.move import both, enter, grow, leave, make_room, numbered, present, pulse, shift, walk_all
from scenes.script.sentence import Count, Exact, say
from scenes.spec import RenderSpec

__all__ = ["alt", "loop", "run", "script"]

OBJECTIVE = SURFACES["shifted-parabola"]
LIMIT = threshold(OBJECTIVE)
LEARNING_RATES = (0.01, 0.1, 0.9, 1.05)
STEPS = 20


def run(spec: RenderSpec) -> Runs:
    """One run for each rate: the lesson's four, or those that the spec asks for."""
    return planned_race(spec, OBJECTIVE, LEARNING_RATES, STEPS)


def script(runs: Runs) -> Script:
    """The narrated film: question, guess, test, surprise, reason, one line."""
    reason = (offset_law, offset_line, factors, rate_limit)
    acts = (_question, _guess, watched_race, *reason) if runs[0].steps else (_question, _no_step)
    opening = both(present("plane", "curve", "ball", "title"), make_room(strip=1, seconds=0))
    return film(opening, *(beat for act in acts for beat in act(runs)))


def loop(runs: Runs) -> Script:
    """All at once to the end, and back to the first frame."""
    words, steps, all_of_them = race_line(runs), longest(runs), range(len(runs))
    moving = (*numbered("ball", all_of_them), *numbered("trail", all_of_them))
    pointers = numbered("dial.run", all_of_them if steps else ())
    on = walk_all(all_of_them, steps, min(8.0, max(4.0, 0.4 * steps))).late(0.5)
    if not steps:
        on = both(*(pulse("ball1", "minimum", seconds=1.2).late(pause) for pause in (0.5, 2.5)))
    back = both(leave(*moving), walk_all(all_of_them, 0, 0).late(0.5), enter(*moving).late(0.5))
    opening = both(present("plane", "curve", "minimum", "dial", *moving, *pointers), make_room(strip=1, seconds=0))
    return film(opening, beat("Loop", words, on, rest=1.4), beat("Loop", words, back, rest=0))


def _question(runs: Runs) -> Iterator[Beat]:
    yield beat(
        "The question",
        say("One valley, one [ball](ball), one dial: the [learning rate](rate) scales each step."),
        pulse("curve") @ "valley",
        pulse("ball") @ "ball",
        both(leave("title"), enter("dial", "minimum").late(0.3)) @ "dial",
        pulse("dial") @ "rate",
    )
    if runs[0].steps:
        yield beat(
            "The question",
            say("Turn it up, and the step gets longer."),
            both(enter("step", seconds=0.4), shift("dial", "knob", 1, 0.4)),
            shift("dial", "value", HARSH * LIMIT, 2.0),
        )


def _no_step(runs: Runs) -> Iterator[Beat]:
    gone = runs[0].stop is Stop.DIVERGED
    if gone:
        yield beat("The end", no_first_step(runs[0]), pulse("ball"), leave("ball", seconds=2.0), pulse("curve"))
    else:
        level = both(enter("tangent", seconds=0.2), grow("tangent"))
        yield beat("The end", no_first_step(runs[0]), level, pulse("ball") @ "step", pulse("tangent"))
        turn = both(enter("step"), shift("dial", "knob", 1, 0.4), shift("dial", "value", HARSH * LIMIT, 2.2))
        if runs[0].stop is not Stop.FLAT:
            return
        yield beat("The end", say("However far we turn the dial, rate times zero is zero."), turn, pulse("tangent"))
    words = "From anywhere else, a rate below {limit:rate} brings the ball closer with every step."
    turn = both(enter("dial.limit"), shift("dial", "value", LIMIT / 2, 1.6))
    yield beat("The end", say(words, limit=Exact(LIMIT)), turn @ "rate", pulse("minimum") @ "closer")


def _guess(runs: Runs) -> Iterator[Beat]:
    cue = "race" if len(runs) > 1 else "{rate}"
    arrivals = [
        both(enter(f"ball{k + 1}", f"dial.run{k + 1}", seconds=0.4), pulse(f"ball{k + 1}", seconds=0.7)).late(0.4 * k)
        for k in range(len(runs))
    ]
    out = both(leave("step"), shift("dial", "knob", 0, 0.5))
    yield beat("The guess", invitation(runs), out, both(leave("ball"), *arrivals) @ cue)
    if len(runs) > 1:
        words = say("Who is closest after {steps}? Take a guess!", steps=Count(longest(runs), "step", "steps"))
        pulses = both(*(pulse(f"ball{k + 1}", f"dial.run{k + 1}").late(0.3 * k) for k in range(len(runs))))
        yield beat("The guess", words, pulse("minimum") @ "closest", pulses, rest=0.8)
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
