"""The runs of three batch sizes, and what is said and moved while they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from scenes.phrases.asked_rows import asked_rows
from scenes.phrases.batch_facts import climbed, close_window, cloud_window, home_window, noisy, still
from scenes.phrases.batch_words import (
    alt,
    end_words,
    moral_words,
    named,
    no_step_words,
    pace_words,
    seed_words,
    surprise_words,
    tamed_words,
)
from scenes.phrases.rows_or_steps import rows_or_steps
from scenes.planned_batches import BatchRuns, planned_batches
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.move import Moves, both, enter, leave, make_room, numbered, present, pulse, shift, walk, zoom
from scenes.script.sentence import Count, say
from scenes.spec import RenderSpec

__all__ = ["alt", "loop", "run", "script"]

READS = "{Batch} gradient descent reads them all, just to find one way downhill."
READS_FLAT = "{Batch} gradient descent reads them all, just to compute one gradient."
look = partial(zoom, plane="land")


def run(spec: RenderSpec) -> BatchRuns:
    """A line fitted to 40 rows: with all rows per step, with 8, and with one, unless the spec says otherwise."""
    return planned_batches(spec)


def script(runs: BatchRuns) -> Script:
    """The narrated film: question, guess, test, surprise, reason, one line."""
    opening = both(present("land", "ball", "minimum", "title", "function"), make_room(strip=1, seconds=0, hero="land"))
    asked = (_question, asked_rows) if noisy(runs) else (_question,)  # at a perfect fit, no row says anything
    acts = (*asked, _no_step) if still(runs) else (*asked, _race, *(() if climbed(runs[0]) else (rows_or_steps,)))
    return film(opening, *(one for act in acts for one in act(runs)), *_end(runs))


def loop(runs: BatchRuns) -> Script:
    """The rows light up, the balls go down, and back to the first frame."""
    everyone = range(len(runs))
    moving, lanes = numbered("ball", everyone) + numbered("trail", everyone), numbered("rows.lane", everyone)
    words = say("All rows, a few, or one?") if len(runs) > 2 else say("All rows, or one?")
    on = _on(runs, min(2, runs.epochs), 7.0).late(0.4) if not still(runs) else pulse("ball1", "minimum")
    back = both(leave(*moving, seconds=0.5), _on(runs, 0, 0).late(0.5), enter(*moving, seconds=0.5).late(0.5))
    start = both(make_room(strip=1, seconds=0, hero="land"), present("land", "minimum", "rows", *lanes, *moving))
    dim = shift("land.lines", "dimmed", 1, 0)
    return film(both(start, dim), beat("Loop", words, on, rest=0.9), beat("Loop", words, back, rest=0))


def _on(runs: BatchRuns, epochs: float, seconds: float) -> Moves:
    """All runs go on until they have read the data so often."""
    return both(*(walk(round(each * epochs), seconds, f"run{index + 1}") for index, each in enumerate(runs.each)))


def _question(runs: BatchRuns) -> Iterator[Beat]:
    rows = Count(runs.data.rows, "row", "rows")
    yield beat(
        "The question",
        say("Each place on this map is a line. Its loss is the average over {rows} of data.", rows=rows),
        shift("land.lines", "ripple", 1, 1.8, "even") @ "map",
        pulse("ball") @ "loss",
        leave("title", "function", seconds=0.3) @ "average",
        both(enter("rows", seconds=0.1), enter("rows.lane1", seconds=0.8)) @ "{rows}",
    )
    yield beat(
        "The question",
        named(READS_FLAT if still(runs) else READS),
        both(shift("rows.lane1", "looked", 1, 2.4, "even"), shift("land.lines", "dimmed", 1, 1.0)) @ "reads",
        look(cloud_window(runs), 1.6) @ "all",
        both(enter("cloud", seconds=0.1), shift("cloud", "true.grown", 1, 1.2)) @ "one",
        rest=0.4,
    )


def _race(runs: BatchRuns) -> Iterator[Beat]:
    everyone = range(len(runs))
    balls, trails, lanes = (numbered(name, everyone) for name in ("ball", "trail", "rows.lane"))
    dark = both(*(shift(lane, "looked", 0, 0.1) for lane in lanes))
    yield beat(
        "The race",
        say("Now each reads every row once: that's one epoch."),
        both(leave("cloud", "ball"), dark, look(home_window(runs), 1.4), enter(*balls, *trails)) @ "each",
        pulse(*lanes) @ "row",
        enter("epoch") @ "epoch",
        rest=0.4,
    )
    yield beat(
        "The race",
        pace_words(runs),
        both(_on(runs, 1, 5.0), enter("rows.steps")),
        rest=0.3,
    )
    yield beat(
        "The surprise", surprise_words(runs), leave("epoch", seconds=0.2), both(enter("names"), pulse(*balls)), rest=0.3
    )
    yield beat(
        "The noise",
        end_words(runs),
        both(
            look(close_window(runs), 2.0),
            leave("names", seconds=0.3),
            enter("epoch").late(0.4),
            _on(runs, runs.epochs, 4.6),
        ),
        pulse("minimum"),
        rest=0.3,
    )


def _no_step(runs: BatchRuns) -> Iterator[Beat]:
    yield beat("The end", no_step_words(runs), pulse("ball", "minimum") @ "step", pulse("land.lines"))


def _end(runs: BatchRuns) -> Iterator[Beat]:
    """The line to take home, and what no size of a batch changes."""
    everyone, lane = range(len(runs)), min(2, len(runs))
    if climbed(runs[0]):
        back = look(home_window(runs), 1.0) @ "shrink"
        yield beat("The end", tamed_words(), pulse(*numbered("rows.lane", everyone)) @ "rate", back, rest=0.6)
        return
    moving = numbered("ball", everyone) + numbered("trail", everyone)
    back, mini, looks = pulse("minimum"), pulse(f"rows.lane{lane}"), pulse("ball")
    if not still(runs):
        seen = enter("land", "minimum", *moving).late(0.25)
        back = both(leave("effort", seconds=0.3), seen, look(home_window(runs), 0.1))
        mini = both(pulse(f"rows.lane{lane}", f"ball{lane}"), enter("names"))
        looks = pulse(*numbered("trail", everyone), seconds=1.4)
    yield beat("The end", moral_words(), back, mini @ "mini", rest=0.2)
    stayed = pulse("minimum" if still(runs) else f"ball{lane}")
    seed = looks @ "along", stayed @ "same", pulse("land.lines") @ "shrank"
    yield beat("The end", seed_words(), *seed, rest=0.6)
