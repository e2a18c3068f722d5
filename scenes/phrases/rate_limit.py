"""The largest rate that comes closer, 2 over the curvature: a wall on the dial, and a step that lands as high."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.phrases.race import moral
from scenes.phrases.race_facts import GENTLE, HARSH, Runs, valley
from scenes.phrases.rate_facts import factor, threshold
from scenes.script.beat import Beat, beat
from scenes.script.move import both, enter, leave, numbered, pulse, shift, walk_all, zoom
from scenes.script.sentence import Exact, say


def rate_limit(runs: Runs) -> Iterator[Beat]:
    """For a stage with lanes, a rule and a dial; the valley, the dial and the step it makes are left behind."""
    everyone, limit = range(len(runs)), threshold(runs[0].objective)
    pointers, shrinking = numbered("dial.run", everyone), [k for k in everyone if abs(factor(runs[k]) or 0) < 1]
    words = "A factor above −1 shrinks [d](minimum): that's a rate below 2 over the curvature, here {limit:rate}."
    yield beat(
        "The limit",
        say(words, limit=Exact(limit)),
        both(leave("rule", seconds=0.4), enter("dial", *pointers).late(0.4)),
        pulse("lanes", *numbered("lanes.run", shrinking)) @ "shrinks",
        pulse("dial") @ "rate",
        enter("dial.limit") @ "below",
        pulse("dial.limit", seconds=0.6) @ "{limit}",
    )
    yield beat(
        "The limit",
        say("Right there, a step lands on the other side, exactly as high."),
        both(shift("lanes", "labels", 0, 0.3), leave(*pointers, seconds=0.3)),
        both(walk_all(everyone, 0, 0.8), shift("lanes", "spread", 0, 0.8)),
        both(leave("lanes", seconds=0), enter("curve", "ball", seconds=0), zoom(valley(runs), 1.2)),
        both(shift("plane", "axes", 1, 0.4), enter("step", "minimum"), shift("dial", "knob", 1, 0.4)),
        shift("dial", "value", limit, 1.0),
        rest=0.4,
    )
    turned = [
        shift("dial", "value", GENTLE * limit, 1.0) @ "small",
        shift("dial", "value", HARSH * limit, 1.2) @ "large",
        shift("dial", "value", limit / 2, 1.2) @ "choose",
    ]
    if len(runs) == 1:
        own = float(runs[0].learning_rates[0])
        turned = [shift("dial", "value", own, 1.2), shift("dial", "value", limit / 2, 1.4), pulse("step", "minimum")]
    yield beat("The limit", moral(runs), *turned, rest=0.6)
