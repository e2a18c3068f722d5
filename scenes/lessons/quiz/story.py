"""The quiz's questions, and what is said and moved while a run answers them."""

from __future__ import annotations

from collections.abc import Iterator

from gdsim import Trajectory
from scenes.phrases.quiz_facts import both_sides, members_of
from scenes.phrases.quiz_rounds import (
    RACERS,
    answered,
    asked,
    blank_round,
    bug_round,
    countdown,
    light,
    next_round,
    order_round,
    rate_round,
)
from scenes.phrases.quiz_words import alt, last_words
from scenes.phrases.valley_facts import arrival
from scenes.planned_quiz import BATCH_STEPS, FAREWELL, WILD_STEPS, planned_quiz
from scenes.quiz import Kind, Quiz
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.move import Moves, both, enter, leave, present, pulse, shift, walk, zoom
from scenes.script.sentence import say
from scenes.spec import RenderSpec

__all__ = ["alt", "loop", "run", "script"]


def run(spec: RenderSpec) -> Quiz:
    """Every run that a question of the seed's quiz needs."""
    return planned_quiz(spec)


def script(runs: tuple[Trajectory, ...]) -> Script:
    """The narrated film: a question, a guess, a run, a reason, eight times."""
    assert isinstance(runs, Quiz)
    acts = (next_round, bug_round, blank_round, order_round, rate_round, _valley, _jumps, _batch)
    beats = [one for act in acts for one in act(runs)]
    opening = both(present("plane", "curve", "minimum", "ball1", "title"), shift("plane", "alone", 1, 0))
    return film(opening, _welcome(), *beats, *_goodbye(runs))


def loop(runs: tuple[Trajectory, ...]) -> Script:
    """The first question and its answer, and back to the first frame."""
    assert isinstance(runs, Quiz)
    variant = runs.question(Kind.NEXT).variant
    words = say("What is the loss after one step?") if variant else say("Where does the next step land?")
    cards, lit = shift("cards1", "dealt", 3, 0), both(light(1), shift("flags1", "lit", 1, 0.6))
    opening = present("plane", "curve", "minimum", "ball1", "head1", "cards1", "flags1", "countdown")
    out, back = leave("ball1", "trail1", "cards1", "flags1"), enter("ball1", "cards1", "flags1", seconds=0.4)
    reset = both(walk(0, 0, "run1"), shift("cards1", "lit", 0, 0), shift("flags1", "lit", 0, 0))
    full = both(shift("countdown", "left", 1, 0.4))
    return film(
        both(opening, cards),
        beat(
            "Loop",
            words,
            countdown().late(0.3),
            enter("trail1", seconds=0.1),
            both(walk(1, 1.3, "run1"), lit),
            rest=1.6,
        ),
        beat("Loop", words, out, both(reset, full, back), rest=0.2),
    )


def _welcome() -> Beat:
    return beat(
        "Ready?",
        say("Eight questions, three answers each. Make your guess before the ring has closed."),
        pulse("ball1") @ "Eight",
        pulse("minimum") @ "three",
        enter("countdown", seconds=0.3) @ "guess",
        countdown(1.6) @ "ring",
    )


def _valley(runs: Quiz) -> Iterator[Beat]:
    balls = (f"{part}5{one}" for part in ("ball", "trail") for one in RACERS)
    gone = ("letters5", "plane", "curve", "minimum", *balls)
    come, arrive = enter("hills", "hill", seconds=0.4), enter("ball6", seconds=0.3)
    yield asked(runs, Kind.VALLEY, 6, gone, come, arrive, enter("flags6", seconds=0.4) @ "Where", cue="rest")
    (one,) = members_of(runs, Kind.VALLEY)
    on = both(enter("trail6", seconds=0.1), shift("run6", "progress", arrival(one), 3.0))
    yield answered(runs, Kind.VALLEY, 6, on @ "downhill", both(light(6), shift("flags6", "lit", 1, 0.6)))


def _jumps(runs: Quiz) -> Iterator[Beat]:
    gone, come = ("hills", "hill", "ball6", "trail6", "flags6"), enter("chart7", seconds=0.4)
    yield asked(runs, Kind.JUMPS, 7, gone, come, Moves(()), walk(WILD_STEPS, 2.6, "run7a") @ "jumps", cue="Why")
    yield answered(runs, Kind.JUMPS, 7, walk(WILD_STEPS, 2.0, "run7b") @ "{rate}", light(7))


def _batch(runs: Quiz) -> Iterator[Beat]:
    words, key = ("batch", "All") if runs.question(Kind.BATCH).variant else ("stochastic", "single")
    on = both(walk(BATCH_STEPS, 3.0, "run8a"), walk(BATCH_STEPS, 3.0, "run8b"))
    yield asked(runs, Kind.BATCH, 8, ("chart7",), enter("chart8", seconds=0.4), Moves(()), on @ "run", cue=words)
    yield answered(runs, Kind.BATCH, 8, both(light(8), shift("cards8", "mended", 1, 0.4)) @ key)


def _goodbye(runs: Quiz) -> Iterator[Beat]:
    last, wide = ("chart8", "cards8", "head8"), shift("plane", "alone", 1, 0)
    back = both(enter("plane", "curve", "minimum", "head9"), zoom(both_sides(members_of(runs, Kind.BUG)[1]), 0), wide)
    again, (score, farewell) = both(walk(0, 0, "run2b"), enter("ball2b", "trail2b")), last_words()
    yield beat("The end", score, leave(*last, seconds=0.3), back, again, pulse("ball2b") @ "slope", pulse("minimum"))
    yield beat("The end", farewell, walk(FAREWELL, 3.4, "run2b") @ "train", pulse("minimum"), rest=1.0)
