"""The quiz's questions, and what is said and moved while a run answers them."""

from __future__ import annotations

from collections.abc import Iterator

from gdsim import Trajectory
from scenes.phrases.quiz_facts import SECONDS, members_of, seen, window_of
from scenes.phrases.quiz_words import alt, question_words, reason_words
from scenes.planned_quiz import BATCH_STEPS, CLIMBS, RACE_STEPS, SIGN_STEPS, WILD_STEPS, Kind, Quiz, planned_quiz
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.move import Moves, both, enter, grow, leave, present, pulse, shift, walk, zoom
from scenes.script.sentence import say
from scenes.spec import RenderSpec

__all__ = ["alt", "loop", "run", "script"]

CHAPTERS = (
    *("1 · Predict", "2 · The bug", "3 · The sign", "4 · The order"),
    *("5 · The rate", "6 · The valley", "7 · The cause", "8 · The rows"),
)
RACERS = ("a", "b", "c")


def run(spec: RenderSpec) -> Quiz:
    """Every run that a question of the seed's quiz needs."""
    return planned_quiz(spec)


def script(runs: tuple[Trajectory, ...]) -> Script:
    """The narrated film: a question, a guess, a run, a reason, eight times."""
    assert isinstance(runs, Quiz)
    acts = (_next, _bug, _blank, _order, _rate, _valley, _jumps, _batch)
    beats = [one for act in acts for one in act(runs)]
    return film(present("plane", "curve", "minimum", "ball1", "title"), _welcome(), *beats, _goodbye(runs))


def loop(runs: tuple[Trajectory, ...]) -> Script:
    """The first question and its answer, and back to the first frame."""
    assert isinstance(runs, Quiz)
    variant = runs.question(Kind.NEXT).variant
    words = say("What is the loss after one step?") if variant else say("Where does the next step land?")
    cards, lit = shift("cards1", "dealt", 3, 0), both(_light(1), shift("flags1", "lit", 1, 0.6))
    opening = present("plane", "curve", "minimum", "ball1", "head1", "cards1", "flags1", "countdown")
    out, back = leave("ball1", "trail1", "cards1", "flags1"), enter("ball1", "cards1", "flags1", seconds=0.4)
    reset = both(walk(0, 0, "run1"), shift("cards1", "lit", 0, 0), shift("flags1", "lit", 0, 0))
    full = both(shift("countdown", "left", 1, 0.4))
    return film(
        both(opening, cards),
        beat("Loop", words, _count().late(0.3), enter("trail1", seconds=0.1), both(walk(1, 1.3, "run1"), lit), rest=1.6),
        beat("Loop", words, out, both(reset, full, back), rest=0.2),
    )


def _count(seconds: float = float(SECONDS)) -> Moves:
    """The ring shrinks."""
    return shift("countdown", "left", 0, seconds, "even")


def _light(number: int) -> Moves:
    """The right card lights up."""
    return both(shift(f"cards{number}", "lit", 1, 0.6), pulse(f"cards{number}"))


def _asked(
    runs: Quiz, kind: Kind, number: int, gone: tuple[str, ...], come: Moves, *more: Moves, cue: str, rest: float = 0.2
) -> Beat:
    """A question: what was there goes, what is needed comes, the cards are dealt, the ring shrinks."""
    last = (f"head{number - 1}", f"cards{number - 1}", "countdown") if number > 1 else ("title",)
    cards = both(enter(f"cards{number}", seconds=0.1), shift(f"cards{number}", "dealt", 3, 1.2, "even"))
    head = both(enter(f"head{number}", seconds=0.4), come)
    ring = both(shift("countdown", "left", 1, 0), enter("countdown", seconds=0.3))
    moves = (leave(*last, *gone, seconds=0.35), head, cards, *more, both(ring) @ cue, _count())
    return beat(CHAPTERS[number - 1], question_words(runs, kind), *moves, rest=rest)


def _answer(runs: Quiz, kind: Kind, number: int, *moves: Moves, rest: float = 0.9) -> Beat:
    """Why it is the one that lights up."""
    return beat(CHAPTERS[number - 1], reason_words(runs, kind), *moves, rest=rest)


def _welcome() -> Beat:
    ring = both(enter("countdown", seconds=0.3), leave("title", seconds=0.2))
    return beat(
        "Ready?",
        say("Eight questions, three answers each. Make your guess before the ring has closed."),
        pulse("ball1") @ "Eight",
        pulse("minimum") @ "three",
        ring @ "guess",
        _count(1.6) @ "ring",
    )


def _next(runs: Quiz) -> Iterator[Beat]:
    flags = enter("flags1", seconds=0.4)
    yield _asked(runs, Kind.NEXT, 1, ("countdown",), pulse("ball1"), flags, cue="step")
    yield _answer(
        runs,
        Kind.NEXT,
        1,
        both(enter("tangent1", seconds=0.1), grow("tangent1", 0.9)) @ "slope",
        leave("tangent1").late(0.2) @ "Times",
        both(enter("trail1", seconds=0.1), walk(1, 1.2, "run1")) @ "subtracted",
        both(_light(1), shift("flags1", "lit", 1, 0.6)) @ "{next}",
        both(enter("height1", seconds=0.1), grow("height1", 0.8)) @ "{loss}",
    )


def _bug(runs: Quiz) -> Iterator[Beat]:
    gone = ("ball1", "trail1", "flags1", "height1")
    come = both(zoom(window_of(runs, Kind.BUG), 1.0), enter("ball2", "trail2"))
    yield _asked(runs, Kind.BUG, 2, gone, come, walk(CLIMBS, 2.2, "run2") @ "climbs", cue="bug")
    variant = runs.question(Kind.BUG).variant
    yield _answer(
        runs,
        Kind.BUG,
        2,
        _light(2) @ ("wrong" if variant else "adds"),
        both(shift("cards2", "mended", 1, 0.8), leave("ball2", "trail2")) @ ("Turn" if variant else "minus"),
        both(enter("ball2b", "trail2b", seconds=0.3), walk(CLIMBS, 2.0, "run2b").late(0.3)) @ "ball",
    )


def _blank(runs: Quiz) -> Iterator[Beat]:
    racers = tuple(f"ball3{one}" for one in RACERS)
    come = both(zoom(window_of(runs, Kind.BLANK), 1.0), enter(*racers))
    yield _asked(runs, Kind.BLANK, 3, ("ball2b", "trail2b"), come, pulse(*racers) @ "down", cue="down")
    trails = enter(*(f"trail3{one}" for one in RACERS), "letters3", seconds=0.1)
    runs_on = both(*(walk(SIGN_STEPS, 3.6, f"run3{one}") for one in RACERS))
    yield _answer(runs, Kind.BLANK, 3, both(trails, runs_on), _light(3) @ "against")


def _order(runs: Quiz) -> Iterator[Beat]:
    gone = tuple(f"{part}3{one}" for part in ("ball", "trail") for one in RACERS) + ("letters3",)
    come = both(shift("plane", "narrow", 1, 0.8), zoom(window_of(runs, Kind.ORDER), 0.8))
    yield _asked(runs, Kind.ORDER, 4, gone, both(come, enter("listing4").late(0.5)), cue="order")
    arrow = both(shift("arrow4", "turned", 1, 0), shift("arrow4", "scaled", 1, 0), enter("arrow4", seconds=0.1))
    yield _answer(
        runs,
        Kind.ORDER,
        4,
        shift("listing4", "sorted", 1, 0.9) @ "Each",
        both(shift("listing4", "at", 1, 0.4), enter("ball4", seconds=0.4)),
        both(shift("listing4", "at", 2, 0.4), enter("error4", seconds=0.1), grow("error4", 0.5)) @ "error",
        both(shift("listing4", "at", 3, 0.4), enter("tangent4", seconds=0.1), grow("tangent4", 0.5)) @ "slope",
        both(shift("listing4", "at", 4, 0.4), arrow, grow("arrow4", 0.5)) @ "step",
        both(shift("listing4", "at", 5, 0.4), leave("error4", "tangent4", seconds=0.2)) @ "new",
        both(walk(1, 1.0, "run4"), enter("trail4", seconds=0.1), _light(4)),
    )


def _rate(runs: Quiz) -> Iterator[Beat]:
    racers = tuple(f"ball5{one}" for one in RACERS)
    come = both(shift("plane", "narrow", 0, 0.8), zoom(window_of(runs, Kind.RATE), 0.8), enter(*racers).late(0.6))
    yield _asked(runs, Kind.RATE, 5, ("listing4", "ball4", "trail4", "arrow4"), come, pulse(*racers), cue="diverges")
    trails = enter(*(f"trail5{one}" for one in RACERS), "letters5", seconds=0.1)
    on = both(*(walk(RACE_STEPS, 4.6, f"run5{one}") for one in RACERS))
    out = zoom(seen(members_of(runs, Kind.RATE)), 3.6)
    yield _answer(runs, Kind.RATE, 5, both(trails, on, out.late(0.6)), _light(5) @ "loss")


def _valley(runs: Quiz) -> Iterator[Beat]:
    gone = tuple(f"{part}5{one}" for part in ("ball", "trail") for one in RACERS)
    gone += ("letters5", "plane", "curve", "minimum")
    come = both(enter("hills", "hill"), enter("ball6").late(0.3))
    yield _asked(runs, Kind.VALLEY, 6, gone, come, enter("flags6", seconds=0.4) @ "Where", cue="rest")
    (one,) = members_of(runs, Kind.VALLEY)
    lit = both(_light(6), shift("flags6", "lit", 1, 0.6)) @ "deeper"
    on = shift("run6", "progress", one.steps, 3.6, "smooth")
    yield _answer(runs, Kind.VALLEY, 6, both(enter("trail6", seconds=0.1), on) @ "downhill", lit)


def _jumps(runs: Quiz) -> Iterator[Beat]:
    gone, come = ("hills", "hill", "ball6", "trail6", "flags6"), enter("chart7")
    yield _asked(runs, Kind.JUMPS, 7, gone, come, walk(WILD_STEPS, 2.6, "run7a") @ "jumps", cue="Why")
    lit, on = _light(7) @ "across", walk(WILD_STEPS, 2.4, "run7b") @ "{rate}"
    yield _answer(runs, Kind.JUMPS, 7, lit, on)


def _batch(runs: Quiz) -> Iterator[Beat]:
    words = "batch" if runs.question(Kind.BATCH).variant else "stochastic"
    on = both(walk(BATCH_STEPS, 3.0, "run8a"), walk(BATCH_STEPS, 3.0, "run8b"))
    yield _asked(runs, Kind.BATCH, 8, ("chart7",), enter("chart8"), on @ "loss", cue=words)
    yield _answer(runs, Kind.BATCH, 8, both(_light(8), shift("cards8", "mended", 1, 0.8)) @ "row")


def _goodbye(runs: Quiz) -> Beat:
    last = ("chart8", "cards8", "head8", "countdown")
    back = both(enter("plane", "curve", "minimum", "head9"), zoom(window_of(runs, Kind.BUG), 0))
    again = both(walk(0, 0, "run2b"), enter("ball2b", "trail2b"))
    return beat(
        "The end",
        say("That is all a machine needs to learn: a slope, a minus, and a rate. Now train something of your own."),
        leave(*last, seconds=0.35),
        back,
        again,
        pulse("ball2b") @ "slope",
        walk(CLIMBS, 3.0, "run2b") @ "Now",
        pulse("minimum"),
        rest=1.0,
    )
