"""A race of learning rates while it is watched: all balls on one clock, and who came closest."""

from __future__ import annotations

from collections.abc import Iterator

from gdsim.behaviour import Behaviour
from scenes.phrases.race import does, verdict
from scenes.phrases.race_facts import Runs, climb, close, grouped, longest, nearest, passed_over
from scenes.phrases.rate_facts import distances
from scenes.phrases.run_facts import ARRIVED
from scenes.script.beat import Beat, beat
from scenes.script.move import Moves, both, enter, grow, leave, make_room, numbered, pulse, walk_all, zoom
from scenes.script.sentence import say

# The later runs are watched over more steps than the first ones, by this power.
PACE = 1.5


def watched_race(runs: Runs) -> Iterator[Beat]:
    """For a stage with a dial, balls, trails, names, standings, a chart, and the bar `left` of the nearest."""
    all_of_them, most, groups = range(len(runs)), longest(runs), grouped(runs)
    begun = min(2, most)
    words = say("Off they go.") if len(runs) > 1 else say("Off it goes.")
    away = leave("dial", *numbered("dial.run", all_of_them), seconds=0.4)
    aside = both(
        make_room(aside=1.0, seconds=0.6), enter(*numbered("trail", all_of_them), "standings", "chart").late(0.5)
    )
    yield beat("The test", words, both(away, aside.late(0.2), walk_all(all_of_them, begun, 0.7 * begun).late(0.9)))
    for place, group in enumerate(groups):
        to = begun + round((most - begun) * ((place + 1) / len(groups)) ** PACE)
        on, out = walk_all(all_of_them, to, 2.0), Moves([])
        if group.kind is Behaviour.DIVERGES:
            on, out = walk_all(all_of_them, to, 2.4), zoom(climb(runs), 2.4)
        yield beat("The test", does(runs, group), both(on, pulse(*numbered("ball", group.members)), out))
    yield _surprise(runs)


def _surprise(runs: Runs) -> Beat:
    """Up close at the minimum: the runs that came nearest, and how much is left."""
    gone = numbered("ball", passed_over(runs)) + numbered("trail", passed_over(runs))
    arrived = float(distances(runs[nearest(runs)[0]])[-1]) < ARRIVED
    left = Moves([]) if arrived else both(enter("left", seconds=0.2), grow("left"))
    return beat(
        "The surprise",
        verdict(runs),
        both(leave("standings", "chart", *gone, seconds=0.3), make_room().late(0.3)),
        zoom(close(runs), 2.0),
        both(enter("names"), pulse("names", "minimum"), left),
        rest=0.8,
    )
