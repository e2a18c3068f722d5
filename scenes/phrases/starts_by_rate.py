"""One row of starts against the learning rate: each stripe ends at 2 over the curvature of its minimum."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.phrases import basin_words as words
from scenes.phrases.basin_facts import domain_window, threads
from scenes.planned_basins import BasinRuns
from scenes.script.beat import Beat, beat
from scenes.script.move import Moves, both, enter, leave, pulse, shift, zoom
from scenes.script.sentence import say


def starts_by_rate(runs: BasinRuns) -> Iterator[Beat]:
    """For a stage with the parts land, basins, others, close, minimum, row and rates; the first four are there."""
    maps = ["others", *(["close"] if threads(runs) else [])]
    yield beat(
        "The learning rate",
        say("Back to plain descent, and keep one row of starts."),
        both(leave(*maps, seconds=1.0), zoom(domain_window(runs), 1.6, "land")) @ "Back",
        both(enter("row"), pulse("row")) @ "row",
    )
    yield beat(
        "The learning rate",
        say("Upwards, let the learning rate grow. Each pixel is again one run."),
        both(leave("land", "basins", "minimum"), shift("row", "moved", 1, 1.6), enter("rates").late(0.8)) @ "Upwards",
        shift("rates", "arrived", 1, 3.4, "even"),
    )
    if (limit := words.limit_words(runs)) is not None:
        yield beat("The learning rate", limit, both(enter("rates.limits"), _swell()) @ "limit", _swell() @ "curvature")
    if (beyond := words.beyond_words(runs)) is not None:
        yield beat("The learning rate", beyond, shift("rates", "shown", 0.5, 1.6, "there and back"))


def _swell() -> Moves:
    """The limits' lines swell."""
    return shift("rates.limits", "pulse", 1, 0.9, "there and back")
