"""The runs of several schedules, and what is said and moved while they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from scenes.phrases import schedule_facts as facts
from scenes.phrases import schedule_words as words
from scenes.phrases.schedule_words import alt
from scenes.planned_schedules import CONSTANTS, ScheduleRuns
from scenes.planned_schedules import planned_schedules as run
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.move import Moves, both, enter, leave, make_room, numbered, present, pulse, shift, walk, zoom

__all__ = ["alt", "loop", "run", "script"]

look = partial(zoom, plane="map")
swap = partial(shift, "map", "swapped")


def script(runs: ScheduleRuns) -> Script:
    """The narrated film: a large rate, a small one, why neither settles, a schedule, all of them, the ranking."""
    opening = both(present("map", "minimum", "ball1", "title"), make_room(strip=1, seconds=0, hero="map"))
    acts = (_question, _small, _noise, _schedule, _race, _end)
    return film(opening, *(one for act in acts for one in act(runs)))


def loop(runs: ScheduleRuns) -> Script:
    """All schedules in their lanes, with the balls beside them; and back to the first frame."""
    everyone = range(len(runs))
    moving = numbered("ball", everyone)
    start = both(present("map", "minimum", "lanes", *moving, *numbered("lanes.lane", everyone)), swap(1, 0))
    rows = both(make_room(strip=1, seconds=0, hero="map"), _rows([*range(CONSTANTS, len(runs)), *range(CONSTANTS)], 0))
    waits = shift("lanes", "ends", 0, 0)  # all moves of a group are late by what they say after its first one
    on = both(waits, _on(runs, everyone, 1.0, 6.0).late(0.4), look(facts.close_window(runs), 0.9).late(2.0))
    back = both(leave(*moving, seconds=0.3), look(facts.home_window(runs), 0.4), _on(runs, everyone, 0.0, 0.5))
    again = enter(*moving, seconds=0.3)
    line = words.loop_words()
    return film(both(start, rows), beat("Loop", line, on, rest=0.9), beat("Loop", line, back, again, rest=0.0))


def _on(runs: ScheduleRuns, members: Sequence[int], share: float, seconds: float) -> Moves:
    """Runs go on, on one clock, until this share of the budget, or as far as they went."""
    to = round(share * runs.budget)
    return both(*(walk(to, seconds, clock) for clock in numbered("run", members)))


def _rows(members: Sequence[int], seconds: float) -> Moves:
    """Lanes one below the other."""
    lanes = [shift(f"lanes.lane{index + 1}", "at", row, seconds) for row, index in enumerate(members)]
    return both(shift("lanes", "rows", len(members), seconds), *lanes)


def _question(runs: ScheduleRuns) -> Iterator[Beat]:
    fan = both(enter("fan", seconds=0.1), shift("fan", "grown", 1, 1.8, "even"))
    yield beat("The question", words.question_words(runs), pulse("ball1") @ "step", fan @ "other")
    first = 1.0 if facts.thrown(runs, 0) else min(0.5, 1.4 * (facts.reach(runs, 0) or runs.budget) / runs.budget)
    lane = both(
        leave("title", "fan", seconds=0.3), enter("lanes", "lanes.lane1").late(0.3), enter("trail1", seconds=0.1)
    )
    told = words.first_words(runs)
    yield beat("A constant rate", told, lane @ "constant", _on(runs, [0], first, 2.6) @ "{rate}", rest=0.3)
    if not facts.thrown(runs, 0):
        near = [look(facts.close_window(runs), 1.6)] if facts.dances(runs) else [pulse("lanes.lane1")]
        yield beat("A constant rate", words.last_words(runs), *near, _on(runs, [0], 1.0, 3.9), rest=0.2)


def _small(runs: ScheduleRuns) -> Iterator[Beat]:
    lane = both(_rows((0, 1), 0.6), enter("lanes.lane2").late(0.4)) @ "smaller"
    yield beat("A smaller rate", words.guess_words(runs), lane, pulse("lanes.lane2"), rest=0.8)
    there = both(look(facts.home_window(runs), 1.2), leave("trail1"), enter("ball2"), enter("trail2", seconds=0.1))
    yield beat("A smaller rate", words.small_words(runs), there, _on(runs, [1], 1.0, 3.4), rest=0.3)


def _noise(runs: ScheduleRuns) -> Iterator[Beat]:
    near = both(look(facts.kick_window(runs), 1.4), leave("trail2", "ball1", "ball2", seconds=0.4))
    kicks = both(enter("kicks", seconds=0.1), shift("kicks", "grown", 1, 2.0, "even"))
    yield beat("The noise", words.pull_words(), near, pulse("minimum") @ "minimum", kicks @ "batch", rest=0.4)
    scaled = both(pulse("kicks"), pulse("lanes.lane1")) @ "scales", shift("kicks", "shrunk", 1, 1.8) @ "small"
    yield beat("The noise", words.kick_words(), *scaled, pulse("lanes.lane2") @ "strides", rest=0.3)


def _schedule(runs: ScheduleRuns) -> Iterator[Beat]:
    own = facts.solo(runs)
    lane, ball, trail = f"lanes.lane{own + 1}", f"ball{own + 1}", f"trail{own + 1}"
    gone = leave("kicks", "lanes.lane1", "lanes.lane2", seconds=0.3)
    flat = both(shift(lane, "bent", 0, 0), shift("lanes", "rows", 1, 0)).late(0.3)
    large = both(gone, flat, swap(1, 1.3).late(0.3), look(facts.home_window(runs), 1.2), enter(lane).late(1.3))
    yield beat(
        "A schedule",
        words.idea_words(),
        large @ "start",
        shift(lane, "bent", 1, 1.6) @ "way",
        both(enter(ball, seconds=0.3), shift(lane, "rate", 1, 0.4)) @ "schedule",
        rest=0.4,
    )
    ride = both(enter(trail, seconds=0.1), _on(runs, [own], 1.0, 4.0))
    yield beat("A schedule", words.solo_words(runs), ride, pulse(ball, lane), rest=0.4)


def _race(runs: ScheduleRuns) -> Iterator[Beat]:
    everyone, own, falling = range(len(runs)), facts.solo(runs), range(CONSTANTS, len(runs))
    back = both(leave(f"trail{own + 1}", f"ball{own + 1}"), shift(f"lanes.lane{own + 1}", "rate", 0, 0.3))
    apart = both(back, _on(runs, everyone, 0.0, 0.8), _rows(falling, 1.2))
    if len(falling) > 1:
        ways = [
            pulse(f"lanes.lane{index + 1}") if index == own else enter(f"lanes.lane{index + 1}") for index in falling
        ]
        named = [one @ f"{{w{place + 1}}}" for place, one in enumerate(ways)]
        yield beat("The race", words.ways_words(runs), apart, *named)
    else:
        yield beat("The race", words.ready_words(), apart)
    rows = [shift(f"lanes.lane{index + 1}", "at", len(falling) + index, 0) for index in range(CONSTANTS)]
    lanes = enter(*numbered("lanes.lane", range(CONSTANTS))).late(0.7)  # by then, there is room for them
    more = both(shift("lanes", "rows", len(runs), 0.8), *rows, lanes) @ "Same"
    balls = enter(*numbered("ball", everyone)) @ "start"
    yield beat("The race", words.invitation(runs), more, balls, pulse(*numbered("lanes.lane", everyone)), rest=1.0)
    share = 1.0 if facts.all_thrown(runs) else 0.25
    yield beat(
        "The race", words.race_words(runs, round(share * runs.budget)), _on(runs, everyone, share, 2.6), rest=0.3
    )
    if not facts.all_thrown(runs):
        on = both(enter("trail1"), look(facts.close_window(runs), 1.6), _on(runs, everyone, 1.0, 3.8))
        yield beat("The race", words.settle_words(runs), on, rest=0.3)


def _end(runs: ScheduleRuns) -> Iterator[Beat]:
    everyone = range(len(runs))
    if not facts.all_thrown(runs):
        near = both(
            leave("trail1", seconds=0.3), look(facts.end_window(runs), 2.0), shift("lanes", "ends", 1, 0.6).late(0.6)
        )
        yield beat("The end", words.winner_words(runs), near, shift("lanes", "ranked", 1, 1.2) @ "{first}", rest=0.4)
        praised = pulse(*numbered("lanes.lane", words.praised(runs)))
        yield beat("The end", words.verdict(runs), praised, pulse(*numbered("ball", everyone)) @ "batches", rest=0.2)
    replays, best = facts.replays(runs), facts.best_schedule(runs)
    if replays:
        others = numbered("ball", [index for index in everyone if index != best])
        away = both(leave(*others, seconds=0.3), shift("lanes", "ends", 0, 0.3), look(facts.home_window(runs), 0.9))
        back = both(away, _on(runs, everyone, 0.0, 0.5).late(0.3), enter(f"trail{best + 1}", seconds=0.1).late(0.9))
        moves = [back, _on(runs, everyone, 0.15, 1.0) @ "get", _on(runs, everyone, 1.0, 1.8) @ "small"]
    else:
        moves = [pulse(*numbered("lanes.lane", everyone)), pulse("minimum")]
    yield beat("The end", words.moral(runs), *moves, rest=0.3)
    seen = [f"ball{best + 1}"] if replays else numbered("ball", everyone)
    last = both(pulse(*seen), *([shift("lanes", "ends", 1, 0.6)] if replays else [])) @ "step"
    yield beat("The end", words.seed_words(), last, pulse("map") @ "remembered", rest=0.5)
