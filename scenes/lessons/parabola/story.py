"""The parabola's run, and what is said and moved while it is shown."""

from __future__ import annotations

from collections.abc import Iterator

from gdsim import SURFACES, Trajectory
from scenes.phrases.alt import one_ball as alt
from scenes.phrases.endings import ending
from scenes.phrases.felt_slope import felt_slope, uphill_words
from scenes.phrases.method_words import method_beats, sense_words
from scenes.phrases.outcomes import course_words, first_step, loop_line, next_step
from scenes.phrases.run_facts import follows_the_slope, rate_suits
from scenes.planned_run import planned_run
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.move import Moves, both, enter, fly, grow, leave, make_room, present, pulse, shift, walk, zoom
from scenes.script.sentence import Brief, Exact, say
from scenes.script.window import first_window, wider
from scenes.spec import RenderSpec

__all__ = ["alt", "loop", "run", "script"]

LEARNING_RATE = 0.1
STEPS = 20
# An arrow longer than this many times the picture is not followed to its tip.
FARTHEST = 2.2


def run(spec: RenderSpec) -> tuple[Trajectory, ...]:
    """The lesson's one run: (x − 3)² from 8 at 0.1, unless the spec says otherwise."""
    return (planned_run(spec, SURFACES["shifted-parabola"], LEARNING_RATE, STEPS),)


def script(runs: tuple[Trajectory, ...]) -> Script:
    """The narrated film: question, guess, test, surprise, reason, one line."""
    (main,) = runs
    way = (*_rule(main), *_descent(main)) if main.steps else ()
    beats = (*_question(main), *felt_slope(main), *way, *ending(main, first_window(runs)))
    return film(both(present("plane", "curve", "ball", "title", "function"), make_room(strip=1, seconds=0)), *beats)


def loop(runs: tuple[Trajectory, ...]) -> Script:
    """Leap by leap to the end, and back to the first frame."""
    (main,) = runs
    line, seconds, moving = loop_line(main), min(8.0, max(3.0, 0.4 * main.steps)), ("ball", "trail")
    return film(
        present("plane", "curve", "minimum", *moving),
        beat("Loop", line, walk(main.steps, seconds).late(0.5), rest=1.2),
        beat("Loop", line, leave(*moving), shift("run", "progress", 0, 0), enter(*moving, seconds=0.5), rest=0),
    )


def _question(main: Trajectory) -> Iterator[Beat]:
    if main.objective.minima:
        goal = say("How does a machine find the [lowest point](minimum) of a curve?")
        yield beat("The question", goal, enter("minimum") @ "lowest", pulse("minimum"))
    else:
        words = say("How low can a ball get on this curve?")
        yield beat("The question", words, pulse("ball"), pulse("curve") @ "curve")
    loss = Brief(float(main.losses[0]))
    yield beat(
        "The question",
        say("The height of this ball is its loss: {loss:loss}. The lower, the better.", loss=loss),
        pulse("ball") @ "ball",
        both(enter("height", seconds=0.3), grow("height")) @ "loss",
        pulse("height") @ "lower",
    )
    yield beat(
        "The question",
        sense_words(main),
        both(leave("title", "function"), make_room()),
        both(enter("lamp", seconds=1.0), leave("height")) @ "see",
        shift("lamp", "width", 0.75, 1.2) @ "feel",
    )


def _rule(main: Trajectory) -> Iterator[Beat]:
    slope, start, window = float(main.gradients[0, 0]), float(main.points[0, 0]), first_window((main,))
    reach = abs(slope) if abs(slope) < FARTHEST * (window[1] - window[0]) else 0.0
    yield beat(
        "The rule",
        uphill_words(slope),
        both(zoom(wider(window, start - reach, start + reach), 2.0), leave("tangent", "triangle")),
        both(enter("arrow", seconds=0.1), grow("arrow")) @ "arrow",
        pulse("arrow") @ ("right" if slope > 0 else "left"),
    )
    if not follows_the_slope(main):
        yield from method_beats(main)
        return
    yield beat(
        "The rule",
        say("We want to go down. The minus flips the arrow around."),
        make_room(strip=1.0),
        both(enter("rule"), pulse("curve")) @ "down",
        pulse("rule.minus") @ "minus",
        shift("arrow", "turned", 1.0, 1.1) @ "flips",
    )
    rate = Exact(float(main.learning_rates[0]))
    far = "How far? The learning rate decides. Here it is {rate:rate}."
    if rate_suits(main):
        far = "How far? The learning rate decides: {rate:rate}, small enough that no step overshoots."
    words = "Now put the numbers in: {rate:rate} times a slope of {slope:slope} is the step."
    yield beat(
        "The rule",
        say(far, rate=rate),
        pulse("arrow") @ "far",
        enter("dial") @ "learning",
        both(pulse("dial"), shift("arrow", "scaled", 1.0, 1.4)) @ "{rate}",
    )
    yield beat(
        "The rule",
        say(words, rate=rate, slope=Brief(slope)),
        both(zoom(window), fly("rule.point")) @ "numbers",
        fly("rule.rate") @ "{rate}",
        fly("rule.slope") @ "{slope}",
        both(fly("rule.next"), pulse("arrow")) @ "step",
    )


def _descent(main: Trajectory) -> Iterator[Beat]:
    plain = follows_the_slope(main)
    # The next step's arrow would answer the question before it is asked.
    guess = leave("arrow", seconds=0.2).late(1.1) if plain and main.steps > 1 else Moves(())
    yield beat(
        "Downhill",
        first_step(main),
        both(walk(1, 1.3), enter("trail", seconds=0.1), guess) @ "leaps",
        both(enter("height", seconds=0.3), pulse("height")) @ "loss",
    )
    if main.steps > 1:
        yield beat("Downhill", say("Will the next step be longer or shorter?"), pulse("ball") @ "next", rest=1.6)
        answer = both(pulse("rule.slope"), enter("arrow"), pulse("arrow")) if plain else pulse("rule.step")
        yield beat("Downhill", next_step(main), answer, walk(2, 1.4))
    if main.steps > 2:
        yield beat(
            "Downhill",
            course_words(main),
            leave("rule", "dial", "height", "arrow", seconds=0.3),
            make_room(aside=1.0),
            both(enter("readouts", "chart"), walk(main.steps, min(7.0, max(3.0, 0.4 * (main.steps - 2))))),
        )
