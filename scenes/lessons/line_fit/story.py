"""The fit of a line, and what is said and moved while it is shown."""

from __future__ import annotations

from collections.abc import Iterator

from gdsim.batches import BatchRun
from scenes.phrases import fit_words as words
from scenes.phrases.alt import line_fit as alt
from scenes.phrases.fit_facts import errorless_at_start, grows, quick_steps, rows_with_sticks, watched
from scenes.phrases.narrow_valley import narrow_valley, round_bowl
from scenes.planned_line import planned_line
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.move import Moves, both, enter, grow, leave, make_room, present, pulse, shift, trade_places, walk
from scenes.script.sentence import say
from scenes.spec import RenderSpec

__all__ = ["alt", "loop", "run", "script"]

Runs = tuple[BatchRun, ...]
# Ten points around a line that crosses the axis high up: the fit turns the line at once, and then lifts it for
# hundreds of steps, which can be seen. In y = 2x at 1 … 5 (`--data doubles`) that takes as long, and cannot.
DATA, EPOCHS = "raised-line", 500
# A line through the origin has one number; with these five points, twenty steps are enough.
ORIGIN_DATA, ORIGIN_EPOCHS = "doubles", 20


def run(spec: RenderSpec) -> Runs:
    """The fit of a line at 0.01 from (0, 0), and where its valley is narrow, one with a standardised x."""
    if spec.model == "line-through-origin":
        return planned_line(spec, ORIGIN_DATA, ORIGIN_EPOCHS)
    return planned_line(spec, DATA, EPOCHS)


def script(runs: Runs) -> Script:
    """The narrated film: question, guess, test, surprise, reason, one line."""
    opening = both(present("plane", "points", "title"), make_room(strip=1, seconds=0))
    acts = (_question, _loss, _fit, _exact, narrow_valley, round_bowl, _end)
    return film(opening, *(beat for act in acts for beat in act(runs)))


def loop(runs: Runs) -> Script:
    """The line turns, then creeps, with its place on the map beside it; and back to the first frame."""
    main, line, moving = runs[0], words.loop_line(runs[0]), ("line1", "sticks", "ball1", "trail1", "chart1")
    standing = both(*(shift(name, "grown", 1, 0) for name in ("line1", "sticks", "exact")), _room())
    last = watched(main)
    soon = min(last, 2 * (quick_steps(main) or last))
    on = (walk(soon, 3.0, "run1").late(0.5), walk(last, 3.0, "run1")) if main.steps else (_look(), _look())
    back = both(leave(*moving), shift("run1", "progress", 0, 0).late(0.5), enter(*moving).late(0.5))
    return film(
        both(present("plane", "points", "exact", "map", "minimum", *_curve(main), *moving), standing),
        beat("Loop", line, *on, rest=1.0),
        beat("Loop", line, back, rest=0.2),
    )


def _question(runs: Runs) -> Iterator[Beat]:
    question = say("Here are {points}. Which line fits them best?", points=words.points(runs[0]))
    line = both(enter("line1", seconds=0.1), grow("line1", 1.4))
    yield beat("The question", question, pulse("points") @ "{points}", line @ "line", rest=1.0)
    moves = [shift("line1", "turn", 1, 1.4, "there and back") @ "tilts"]
    if runs[0].objective.dims == 2:
        moves.append(shift("line1", "lift", 1, 1.4, "there and back") @ "lifts")
    yield beat("The question", words.numbers(runs[0]), *moves)


def _loss(runs: Runs) -> Iterator[Beat]:
    main = runs[0]
    sticks = both(enter("sticks", seconds=0.1), grow("sticks", 1.6))
    told = words.errors(main, len(rows_with_sticks(main.data)))
    away = leave("title", seconds=0.3)
    yield beat("The loss", told, away, sticks @ ("zero" if errorless_at_start(main) else "stick"), pulse("sticks"))
    gather = both(shift("sticks", "gathered", 1, 1.8), enter("formula"))
    label = both(enter("label"), pulse("label"))
    square = shift("sticks", "squared", 1, 1.4)
    yield beat("The loss", words.squares(main), square @ "Square", gather @ "mean", label @ "{loss}")


def _fit(runs: Runs) -> Iterator[Beat]:
    main = runs[0]
    gone = both(leave("formula", "label"), shift("sticks", "squared", 0, 0.5), _room(0.8))
    arrive = both(enter("map", *_curve(main)), trade_places(1))
    ball = both(enter("ball1"), pulse("ball1"))
    yield beat("The map", words.place(main), both(gone, arrive) @ "map", ball @ "place", pulse("map").late(0.3))
    if not main.steps:
        told = words.no_step(main)
        if told:
            yield beat("The fit", told, pulse("ball1"), both(trade_places(0), pulse("line1").late(1.2)))
        return
    step = both(walk(1, 1.6, "run1"), enter("trail1", seconds=0.1))
    yield beat("The fit", words.first_step(main), enter("chart1"), step @ "step", pulse("line1") @ "line")
    if main.steps == 1:
        return
    soon = watched(main) if grows(main) else quick_steps(main) or main.steps
    last = max(2, soon) if soon < main.steps else main.steps
    beside = both(trade_places(0), enter("readouts").late(1.3))
    yield beat("The fit", words.quick(main), beside, walk(last, 2.8, "run1"))
    if last < main.steps and not grows(main):
        yield beat("The fit", words.course(main), walk(main.steps, 4.5, "run1"), rest=0.6)


def _exact(runs: Runs) -> Iterator[Beat]:
    green = both(enter("minimum"), pulse("minimum"))
    line = both(enter("exact", seconds=0.1), grow("exact", 1.6))
    moves = line @ "normal", both(green, pulse("exact")) @ "green"
    back = () if runs[0].steps > 1 else (trade_places(0),)
    yield beat("The fit", words.exact_words(runs[0]), *back, *moves, rest=0.6)


def _end(runs: Runs) -> Iterator[Beat]:
    told = say("A line predicts a number. Can descent also learn yes or no?")
    yield beat("The end", told, pulse(f"line{len(runs)}") @ "line", pulse("points", seconds=1.4) @ "yes", rest=0.4)


def _curve(main: BatchRun) -> tuple[str, ...]:
    """The map of one parameter is a curve."""
    return ("curve",) if main.objective.dims == 1 else ()


def _room(seconds: float = 0.0) -> Moves:
    return make_room(aside=1, seconds=seconds)


def _look() -> Moves:
    return pulse("line1", "ball1", seconds=1.4).late(0.8)
