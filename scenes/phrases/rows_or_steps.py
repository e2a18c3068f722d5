"""What is fair: the loss against the rows that were read, then against the steps that were taken."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.phrases.batch_words import cost_words, rows_words, steps_words
from scenes.planned_batches import BatchRuns
from scenes.script.beat import Beat, beat
from scenes.script.move import both, enter, leave, numbered, pulse, shift
from scenes.script.sentence import Sentence


def rows_or_steps(runs: BatchRuns) -> Iterator[Beat]:
    """For a stage with a land, runs on it, the part `rows`, and the chart `effort` that takes the land's place."""
    everyone = range(len(runs))
    gone = leave("land", "minimum", "epoch", *numbered("ball", everyone), *numbered("trail", everyone), seconds=0.3)
    yield beat(
        "Rows or steps",
        rows_words(runs),
        both(gone, enter("effort", seconds=0.5).late(0.25), shift("effort", "drawn", 1, 2.8, "even").late(0.6))
        @ "Plot",
        pulse(*_lines(runs, rows_words(runs))),
        rest=0.3,
    )
    yield beat(
        "Rows or steps",
        steps_words(runs),
        shift("effort", "steps", 1, 2.2) @ "steps",
        pulse(*_lines(runs, steps_words(runs))),
        rest=0.3,
    )
    yield beat(
        "Rows or steps",
        cost_words(runs),
        pulse("rows.lane1") @ "costs",
        both(pulse(f"rows.lane{len(runs)}"), shift("effort", "steps", 0, 1.0)) @ "just",
        rest=0.3,
    )


def _lines(runs: BatchRuns, words: Sentence) -> list[str]:
    """The curves that a sentence names; all of them if it names none."""
    keys, told = ("batch", "mini", "one") if len(runs) > 2 else ("batch", "one"), dict(words.values)
    return numbered("effort.line", [k for k, key in enumerate(keys) if key in told] or range(len(runs)))
