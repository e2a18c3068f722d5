"""A narrow valley makes a fit slow, and standardising the input makes it a round bowl: beats for a line's fit."""

from __future__ import annotations

from collections.abc import Iterator

from gdsim.batches import BatchRun
from scenes.phrases import fit_words as words
from scenes.script.beat import Beat, beat
from scenes.script.move import both, enter, grow, leave, pulse, shift, trade_places, walk

Runs = tuple[BatchRun, ...]


def narrow_valley(runs: Runs) -> Iterator[Beat]:
    """Why the fit is slow: steep across, flat along. For a stage with the parts of `fit_map`."""
    if len(runs) > 1:
        away = both(leave("readouts"), trade_places(1), enter("cross", seconds=0.1))
        both_ways = grow("cross.across", 0.9) @ "across", grow("cross.along", 1.2) @ "along"
        yield beat("The valley", words.why(runs[0]), away, *both_ways)
        looks = pulse("cross.across", seconds=1.4) @ "Across", pulse("cross.along", "trail1", seconds=1.4) @ "Along"
        yield beat("The valley", words.limit(runs[0]), *looks)


def round_bowl(runs: Runs) -> Iterator[Beat]:
    """The same fit with a standardised input."""
    if len(runs) == 1:
        return
    centre, scale = words.standardise(runs[0])
    gone = leave("cross", "trail1", "ball1", "line1", "sticks")
    both_at_once = both(shift("plane", "centred", 1, 2.4), shift("plane", "scaled", 1, 2.4))
    if centre:
        moves = shift("plane", "centred", 1, 2.4) if scale else both_at_once
        yield beat("The bowl", centre, gone, moves @ "mean")
    if scale:
        moves = shift("plane", "scaled", 1, 2.4) if centre else both_at_once
        yield beat("The bowl", scale, gone, moves @ ("Divide" if centre else "divide"))
    start = both(leave("chart1", seconds=0.4), enter("line2", "ball2", "chart2"), grow("line2", 0.6))
    down = both(enter("trail2", seconds=0.1), walk(runs[1].steps, 3.6, "run2"))
    yield beat("The bowl", words.halves(runs[1]), start, down @ "direction", rest=0.6)
    yield beat("The end", words.moral(runs), trade_places(0), pulse("line2", "exact"))
