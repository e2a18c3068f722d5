"""The rounds of a quiz about one parabola, and what all rounds have in common: a question, a countdown, a run."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.phrases.quiz_facts import SECONDS, members_of, seen, window_of
from scenes.phrases.quiz_words import question_words, reason_words
from scenes.planned_quiz import CLIMBS, RACE_STEPS, SIGN_STEPS
from scenes.quiz import Kind, Quiz
from scenes.script.beat import Beat, beat
from scenes.script.move import Moves, both, enter, grow, leave, pulse, shift, walk, zoom

CHAPTERS = (
    *("1 · Predict", "2 · The bug", "3 · The sign", "4 · The order"),
    *("5 · The rate", "6 · The valley", "7 · The cause", "8 · The rows"),
)
RACERS = ("a", "b", "c")
Names = tuple[str, ...]


def countdown(seconds: float = float(SECONDS)) -> Moves:
    """The ring shrinks."""
    return shift("countdown", "left", 0, seconds, "even")


def light(number: int) -> Moves:
    """The right card lights up."""
    return both(shift(f"cards{number}", "lit", 1, 0.6), pulse(f"cards{number}"))


def asked(runs: Quiz, kind: Kind, number: int, gone: Names, come: Moves, arrive: Moves, *more: Moves, cue: str) -> Beat:
    """A question: what was there goes, the picture comes, the cards are dealt, the ring shrinks.

    come: the picture, in its place. arrive: what is in it, once it is there.
    """
    last = (f"head{number - 1}", f"cards{number - 1}") if number > 1 else ("title", "countdown")
    cards = both(enter(f"cards{number}", seconds=0.1), shift(f"cards{number}", "dealt", 3, 1.2, "even"))
    head = both(enter(f"head{number}", seconds=0.4), come)
    ring = both(shift("countdown", "left", 1, 0), enter("countdown", seconds=0.3))
    moves = (leave(*last, *gone, seconds=0.3), head, both(cards, arrive), *more, ring @ cue, countdown())
    return beat(CHAPTERS[number - 1], question_words(runs, kind), *moves)


def answered(runs: Quiz, kind: Kind, number: int, *moves: Moves) -> Beat:
    """Why it is the one that lights up."""
    return beat(CHAPTERS[number - 1], reason_words(runs, kind), leave("countdown", seconds=0.3), *moves, rest=0.9)


def next_round(runs: Quiz) -> Iterator[Beat]:
    room, flags = shift("plane", "alone", 0, 0.8), enter("flags1", seconds=0.4)
    yield asked(runs, Kind.NEXT, 1, (), room, pulse("ball1"), flags, cue="step")
    yield answered(
        runs,
        Kind.NEXT,
        1,
        both(enter("tangent1", seconds=0.1), grow("tangent1", 0.9)) @ "slope",
        leave("tangent1").late(0.2) @ "Multiply",
        both(enter("trail1", seconds=0.1), walk(1, 1.2, "run1")) @ "subtract",
        both(light(1), shift("flags1", "lit", 1, 0.6)) @ "{next}",
        both(enter("height1", seconds=0.1), grow("height1", 0.8)) @ "{loss}",
    )


def bug_round(runs: Quiz) -> Iterator[Beat]:
    gone = ("ball1", "trail1", "flags1", "height1")
    come, arrive = zoom(window_of(runs, Kind.BUG), 0.8), enter("ball2", "trail2", seconds=0.3)
    yield asked(runs, Kind.BUG, 2, gone, come, arrive, walk(CLIMBS, 2.2, "run2") @ "climbs", cue="bug")
    variant = runs.question(Kind.BUG).variant
    yield answered(
        runs,
        Kind.BUG,
        2,
        light(2) @ ("wrong" if variant else "adds"),
        both(shift("cards2", "mended", 1, 0.4), leave("ball2", "trail2")) @ ("Turn" if variant else "minus"),
        both(enter("ball2b", "trail2b", seconds=0.3), walk(CLIMBS, 2.0, "run2b").late(0.3)) @ "ball",
    )


def blank_round(runs: Quiz) -> Iterator[Beat]:
    racers = tuple(f"ball3{one}" for one in RACERS)
    come, arrive = zoom(window_of(runs, Kind.BLANK), 0.8), enter(*racers, seconds=0.3)
    yield asked(runs, Kind.BLANK, 3, ("ball2b", "trail2b"), come, arrive, pulse(*racers) @ "down", cue="down")
    trails = enter(*(f"trail3{one}" for one in RACERS), "letters3", seconds=0.1)
    runs_on = both(*(walk(SIGN_STEPS, 3.6, f"run3{one}") for one in RACERS))
    filled = both(light(3), shift("head3", "filled", 1, 0.6)) @ "against"
    yield answered(runs, Kind.BLANK, 3, both(trails, runs_on), filled)


def order_round(runs: Quiz) -> Iterator[Beat]:
    gone = ("letters3", *(f"{part}3{one}" for part in ("ball", "trail") for one in RACERS))
    come = both(shift("plane", "narrow", 1, 0.8), zoom(window_of(runs, Kind.ORDER), 0.8))
    yield asked(runs, Kind.ORDER, 4, gone, come, enter("listing4", seconds=0.4), cue="order")
    arrow = both(enter("arrow4", seconds=0.2), *(shift("arrow4", one, 1, 0) for one in ("turned", "grown")))
    yield answered(
        runs,
        Kind.ORDER,
        4,
        shift("listing4", "sorted", 1, 0.9) @ "Each",
        both(shift("listing4", "at", 1, 0.4), enter("ball4", seconds=0.4)),
        both(shift("listing4", "at", 2, 0.4), enter("error4", seconds=0.1), grow("error4", 0.5)) @ "error",
        both(shift("listing4", "at", 3, 0.4), enter("tangent4", seconds=0.1), grow("tangent4", 0.5)) @ "slope",
        both(shift("listing4", "at", 4, 0.4), arrow, shift("arrow4", "scaled", 1, 0.6), leave("error4", seconds=0.2))
        @ "step",
        both(shift("listing4", "at", 5, 0.4), leave("tangent4", seconds=0.2)) @ "new",
        both(walk(1, 1.0, "run4"), enter("trail4", seconds=0.1), light(4)),
    )


def rate_round(runs: Quiz) -> Iterator[Beat]:
    racers = tuple(f"ball5{one}" for one in RACERS)
    come = both(shift("plane", "narrow", 0, 0.8), zoom(window_of(runs, Kind.RATE), 0.8))
    gone, arrive = ("listing4", "ball4", "trail4", "arrow4"), enter(*racers, seconds=0.3)
    yield asked(runs, Kind.RATE, 5, gone, come, arrive, pulse(*racers) @ "Which", cue="diverges")
    trails = enter(*(f"trail5{one}" for one in RACERS), "letters5", seconds=0.1)
    on = both(*(walk(RACE_STEPS, 4.6, f"run5{one}") for one in RACERS))
    out = zoom(seen(members_of(runs, Kind.RATE)), 3.6)
    yield answered(runs, Kind.RATE, 5, both(trails, on, out), light(5) @ "loss")
