"""What single rows say, and a few together: their gradients as a cloud of arrows around the true one."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.phrases.batch_words import first_row_words, law_words, mean_words, named, row_words
from scenes.planned_batches import MOST_ARROWS, BatchRuns
from scenes.script.beat import Beat, beat
from scenes.script.move import both, enter, pulse, shift
from scenes.script.sentence import Count, say


def asked_rows(runs: BatchRuns) -> Iterator[Beat]:
    """For a stage with the parts `rows` and `cloud`, on which the true gradient's arrow is drawn already."""
    last, shown = f"rows.lane{len(runs)}", min(MOST_ARROWS, runs.data.rows)
    yield beat(
        "The guess",
        say("Do we need them all? What if we read a single row?"),
        pulse("rows.lane1") @ "all",
        enter(last) @ "single",
        shift(last, "looked", 0.9, 0.6) @ "row",
        rest=1.3,
    )
    yield beat(
        "One row",
        first_row_words(runs),
        both(shift("cloud", "rows", 1, 1.0), pulse(last)) @ "go",
    )
    yield beat(
        "One row",
        row_words(runs),
        both(shift("cloud", "rows", shown, 3.2, "even"), shift(last, "looked", shown, 3.2, "even")) @ "ask",
        rest=0.4,
    )
    words = mean_words(runs)
    yield beat(
        "One row",
        words,
        both(enter("cloud.circle"), pulse("cloud.circle", "cloud.rows")) @ "each",
        pulse("cloud.rows") @ ("most" if "most" in words.template else "their"),
        pulse("cloud.true", seconds=1.2) @ "true",
        rest=0.3,
    )
    if len(runs) > 2:
        yield from _mini(runs)


def _mini(runs: BatchRuns) -> Iterator[Beat]:
    """The arrows of the rows of each batch move to their mean."""
    size, first = Count(runs.sizes[1], "row", "rows"), min(runs.each[1], MOST_ARROWS)
    yield beat(
        "A few rows",
        named("Now average {size} at a time, a {mini}: the arrows draw together.", size=size),
        both(enter("rows.lane2"), shift("rows.lane2", "looked", first, 1.8, "even")) @ "average",
        shift("cloud", "mixed", 1, 1.8) @ "arrows",
        rest=0.4,
    )
    yield beat(
        "A few rows",
        law_words(runs),
        shift("cloud", "more", 1, 2.2, "even") @ "noise",
        pulse("cloud.circle") @ ("half" if "half" in law_words(runs).template else "left"),
        rest=0.2,
    )
