"""Why one rate creeps and another climbs: each step multiplies the offset by 1 − rate × curvature."""

from __future__ import annotations

from collections.abc import Iterator

from gdsim.behaviour import Behaviour
from scenes.phrases.race import multiplies
from scenes.phrases.race_facts import Runs, grouped, line, passed_over, valley
from scenes.phrases.rate_facts import curvature, offsets
from scenes.script.beat import Beat, beat
from scenes.script.move import Moves, both, enter, fly, grow, leave, make_room, numbered, pulse, shift, walk_all, zoom
from scenes.script.sentence import Brief, Exact, say

# So many steps are taken in the lanes; the camera goes out there, too, so many times.
LANE_STEPS, LANE_REACH = 7, 2.2


def offset_law(runs: Runs) -> Iterator[Beat]:
    """The slope is curvature × offset: for a stage with a bar, a tangent and the rule `law`, which are left behind."""
    bend, start, all_of_them = Exact(curvature(runs[0].objective)), Brief(float(offsets(runs[0])[0])), range(len(runs))
    back = both(walk_all(all_of_them, 0, 1.4), enter(*numbered("ball", passed_over(runs))).late(1.0))
    seen = [trail for trail in numbered("trail", all_of_them) if trail not in numbered("trail", passed_over(runs))]
    yield beat(
        "The reason",
        say("Why? From the [minimum](minimum), the ball starts at [d](minimum) = {d:minimum}.", d=start),
        both(leave("names", "left", *seen), zoom(valley(runs), 2.0), back),
        both(enter("bar", seconds=0.2), grow("bar")) @ "From",
        pulse("bar", seconds=0.7) @ "{d}",
    )
    words = "The slope is {bend} times [d](minimum), everywhere: {same} is the curvature."
    yield beat(
        "The reason",
        say(words, bend=bend, same=bend),
        both(make_room(strip=1.0), enter("law").late(0.4), enter("tangent", seconds=0.2), grow("tangent")),
        both(fly("law.slope"), fly("law.offset").late(0.3)),
        both(fly("law.curvature"), pulse("tangent")) @ "{same}",
    )


def offset_line(runs: Runs) -> Iterator[Beat]:
    """The valley becomes a line, and a step a factor: for a stage with lanes and a rule, which are left behind."""
    all_of_them = range(len(runs))
    yield beat(
        "The reason",
        say("So forget the heights: all that counts is [d](minimum)."),
        both(leave("tangent", "bar", "minimum"), shift("plane", "axes", 0, 0.6), zoom(line(runs, 1.0), 1.5)),
        both(leave("curve", *numbered("ball", all_of_them), seconds=0), enter("lanes", seconds=0)),
        shift("lanes", "spread", 1, 1.0),
        shift("lanes", "labels", 1, 0.5),
    )
    yield beat(
        "The reason",
        say("Take off rate × slope, and [d](minimum) is multiplied by 1 − rate × curvature."),
        both(leave("law", seconds=0.4), enter("rule").late(0.4)),
        both(fly("rule.offset"), pulse("rule.offset")) @ "d",
        fly("rule.rate") @ "multiplied",
        fly("rule.curvature") @ "curvature",
        fly("rule.next", seconds=0.9),
        rest=0.2,
    )


def factors(runs: Runs) -> Iterator[Beat]:
    """What each factor does, lane by lane."""
    for group in grouped(runs):
        names = numbered("lanes.run", group.members)
        told = both(*(shift(name, "factor", 1, 0.5) for name in names), pulse(*names))
        on = both(*(walk_all((k,), min(LANE_STEPS, runs[k].steps), 2.0) for k in group.members))
        out = zoom(line(runs, LANE_REACH), 1.6).late(0.4) if group.kind is Behaviour.DIVERGES else Moves([])
        yield beat("The reason", multiplies(runs, group), told @ "{by}", both(on, out).late(0.2) @ "{by}", rest=0.2)
