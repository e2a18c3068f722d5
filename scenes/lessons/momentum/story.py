"""The runs of plain descent and of a heavy ball, and what is said and moved while they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from gdsim.landscapes import elongated_bowl
from scenes.phrases import inertia_words as words
from scenes.phrases.endings import no_first_step
from scenes.phrases.heavy_race import heavy_race, on_map, too_much
from scenes.phrases.inertia_words import alt
from scenes.phrases.over_the_bump import BUMPED, over_the_bump
from scenes.phrases.tip_to_tail import tip_to_tail
from scenes.phrases.two_curvatures import two_curvatures
from scenes.planned_inertia import HeavyRuns, planned_inertia
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.map_window import path_window, paths_window
from scenes.script.move import (
    both,
    enter,
    leave,
    make_room,
    numbered,
    present,
    pulse,
    shift,
    walk,
    walk_all,
    zoom,
)
from scenes.script.sentence import say
from scenes.spec import RenderSpec

__all__ = ["alt", "loop", "run", "script"]

OBJECTIVE, START = elongated_bowl(20.0), (-4.5, 1.0)
LEARNING_RATE, DECAY, STEPS = 0.095, 0.5, 40
# So many steps are watched before the reason is told.
FEW = 12
room, look, dim = partial(make_room, hero="land"), partial(zoom, plane="land"), partial(shift, "land.lines", "dimmed")


def run(spec: RenderSpec) -> HeavyRuns:
    """The lesson's runs in the valley ½(x² + 20y²), and on the bump."""
    return planned_inertia(spec, OBJECTIVE, LEARNING_RATE, DECAY, START, STEPS)


def script(runs: HeavyRuns) -> Script:
    """The narrated film: question, guess, test, surprise, reason, one line."""
    opening = both(present("land", "ball", "title", "function"), room(strip=1, seconds=0))
    bump = over_the_bump(runs, both(leave(*on_map(runs), "chart", "same", seconds=0.3), room(seconds=0.4)))
    if not runs[0].steps:
        return film(opening, *_standing(runs), *bump, _moral(runs))
    reason = (*two_curvatures(runs[0]), *tip_to_tail(runs))
    return film(opening, *_valley(runs), *reason, *heavy_race(runs), *too_much(runs), *bump, _moral(runs))


def loop(runs: HeavyRuns) -> Script:
    """Plain descent and the heavy ball, side by side."""
    moving, longest = (*numbered("ball", (0, 1)), *numbered("trail", (0, 1))), max(one.steps for one in runs[:2])
    line = say("Same rate: [plain descent](run5), [momentum](run6).")
    opening = both(present("land", "minimum", *moving), dim(1, 0), look(paths_window(runs[:2]), 0))
    on = walk_all((0, 1), longest, min(8.0, max(4.0, 0.2 * longest))).late(0.5)
    if not longest:
        on = both(pulse("ball1", seconds=1.5), pulse("minimum", seconds=1.5).late(2.0), pulse("ball2").late(4.0))
    back = both(leave(*moving), walk_all((0, 1), 0, 0).late(0.5), enter(*moving).late(0.5))
    return film(opening, beat("Loop", line, on, rest=1.4), beat("Loop", line, back, rest=0))


def _valley(runs: HeavyRuns) -> Iterator[Beat]:
    main, few = runs[0], min(FEW, runs[0].steps)
    yield beat(
        "The valley",
        words.scenery_words(main),
        shift("land.lines", "ripple", 1, 2.0, "even"),
        both(enter("minimum"), pulse("minimum").late(0.3)),
    )
    yield beat(
        "The valley",
        say("Which way will plain descent go? Take a guess!"),
        both(leave("title", "function"), room(), pulse("ball")) @ "Which",
        look(path_window(main), 1.8) @ "descent",
        pulse("minimum") @ "guess",
        rest=0.6,
    )
    way = words.way_words(main)
    few = few if "zig-zags" in way.template else main.steps
    on = both(enter("trail", seconds=0.1), walk(few, min(3.6, max(1.5, 0.3 * few))))
    yield beat("The valley", way, on, pulse("trail"))


def _standing(runs: HeavyRuns) -> Iterator[Beat]:
    yield beat("The valley", words.scenery_words(runs[0]), shift("land.lines", "ripple", 1, 2.0, "even"))
    yield beat("The valley", no_first_step(runs[0]), pulse("ball"), both(leave("title", "function"), room()))


def _moral(runs: HeavyRuns) -> Beat:
    return beat(
        "The end",
        say("Keep part of your last move: that's momentum. But must all directions share one rate?"),
        both(leave(*BUMPED, seconds=0.3), enter(*on_map(runs)).late(0.4)) @ "Keep",
        pulse(*on_map(runs)[2:4]) @ "momentum",
        shift("land.lines", "ripple", 0, 0) @ "But",
        shift("land.lines", "ripple", 1, 1.6, "even") @ "directions",
        rest=0.4,
    )
