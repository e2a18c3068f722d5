"""Plain descent and a heavy ball race down one map; then a ball that keeps nearly all of its last move."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.phrases import inertia_words as words
from scenes.phrases.inertia_facts import same_loss_after
from scenes.planned_inertia import HeavyRuns
from scenes.script.beat import Beat, beat
from scenes.script.map_window import paths_window
from scenes.script.move import Moves, both, enter, grow, leave, make_room, numbered, pulse, walk, walk_all, zoom
from scenes.script.sentence import say

# A momentum above this is hardly less than the heaviest.
ENOUGH = 0.95


def heavy_race(runs: HeavyRuns) -> Iterator[Beat]:
    """For a stage with the parts land, lanes of three runs, names, chart and same; after law and velocity."""
    longest = max(one.steps for one in runs[:2])
    yield beat(
        "The race",
        say("Same start, same rate: [plain descent](run5) against [momentum](run6)."),
        both(
            leave("law", "velocity", seconds=0.4),
            make_room(hero="land"),
            zoom(paths_window(runs[:2]), 1.6, "land"),
            walk(0, 0.8, "run2"),
        ),
        both(enter("ball1", "trail1"), pulse("ball1")) @ "plain",
        both(enter("trail2") if runs.decay == 0 or runs[1].steps < 2 else Moves(()), pulse("ball2")) @ "momentum",
        enter("names"),
        rest=0.6,
    )
    yield beat(
        "The race",
        say("Off they go. Watch the [loss](loss), too."),
        both(leave("names", seconds=0.3), make_room(aside=1, hero="land"), enter("chart")),
        walk_all((0, 1), longest, min(3.2, max(2.0, 0.08 * longest))),
    )
    same = pulse("trail1", "trail2")
    if same_loss_after(runs[0], runs[1]):
        same = both(enter("same", seconds=0.2), grow("same", 1.6))
    yield beat("The race", words.verdict(runs), both(enter("names"), pulse("ball1", "ball2")), same, rest=0.4)


def too_much(runs: HeavyRuns) -> Iterator[Beat]:
    """After the race: the third lane, unless the second ball keeps nearly as much."""
    if runs.decay < ENOUGH and runs[2].steps > 1:
        wide = both(
            leave("names", "chart", "same", seconds=0.3),
            make_room(hero="land"),
            zoom(paths_window(runs[:3]), 1.6, "land"),
        )
        on = walk(runs[2].steps, min(3.0, max(2.0, 0.075 * runs[2].steps)), "run3")
        heavy = both(enter("ball3", "trail3", seconds=0.4), pulse("ball3")) @ "{heavy}"
        yield beat("Too much", words.heavy_words(runs), wide, heavy, on, both(enter("names"), pulse("ball3")), rest=0.1)


def on_map(runs: HeavyRuns) -> list[str]:
    """What stands on the map when the runs there are over."""
    if not runs[0].steps:
        return ["land", "ball"]
    heaviest = [2] if runs.decay < ENOUGH and runs[2].steps > 1 else []
    members = [0, 1, *heaviest]
    return ["land", "minimum", *numbered("ball", members), *numbered("trail", members), "names"]
