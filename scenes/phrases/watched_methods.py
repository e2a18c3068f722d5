"""A race of methods while it is watched: the rules, the race on one clock, the ranking, and the valley turned.

For a stage with the parts of `method_lap`.
"""

from __future__ import annotations

from collections.abc import Iterator

from scenes.phrases import method_race as words
from scenes.phrases.method_facts import arrivals, division, lap_end, members, ranking, unchanged
from scenes.planned_methods import Lap, MethodRace
from scenes.script.beat import Beat, beat
from scenes.script.move import Moves, both, enter, leave, make_room, numbered, pulse, shift, walk_all

TURN = 45.0
NOTHING = Moves(())


def balls(lap: Lap, runs: tuple[int, ...] | None = None) -> list[str]:
    """The balls of some of the lap's runs; by default of all."""
    return numbered("ball", members(lap) if runs is None else [lap.first + index for index in runs])


def trails(lap: Lap) -> list[str]:
    """The lap's trails."""
    return numbered("trail", members(lap))


def scenery(lap: Lap) -> list[str]:
    """The land with what is on it."""
    end = lap_end(lap)
    return [f"land{end}", f"minimum{end}", *([f"finish{end}"] if lap.goal is not None else [])]


def race_rules(lap: Lap) -> Iterator[Beat]:
    """The clock, the finish, the rates, and a guess."""
    clock = both(enter("standings.clock"), pulse("standings.clock", seconds=1.4).late(0.6))
    yield beat("The rules", words.clock_words(lap), pulse(*balls(lap)) @ "step", clock @ "clock")
    if lap.goal is None:
        yield beat("The rules", words.finish_words(lap), pulse("land.lines"), enter("minimum") @ "loss")
    else:
        line = both(enter("finish"), enter("minimum"))
        yield beat("The rules", words.finish_words(lap), line @ "line", pulse("finish", seconds=1.4) @ "home")
    if not lap.tried:
        yield beat("The rules", words.rate_rule(lap), pulse("standings.clock") @ "rate")
        yield beat(
            "The guess", words.guess_words(lap), both(enter("chart", "standings.values"), guessing(lap)), rest=1.2
        )
        return
    yield beat("The rules", words.rate_rule(lap), leave("standings", seconds=0.3), *tried(lap))
    back = both(leave("grid", seconds=0.4), enter("standings", "chart", "standings.values").late(0.4))
    yield beat("The guess", words.guess_words(lap), both(back, guessing(lap)), rest=1.2)


def tried(lap: Lap) -> list[Moves]:
    """The grid of rates fills, and the best is kept."""
    grid = f"grid{lap_end(lap)}"
    return [
        enter(grid, seconds=0.4),
        shift(grid, "tried", 1, 1.6, "even"),
        both(shift(grid, "kept", 1, 0.6), pulse(grid)),
    ]


def guessing(lap: Lap) -> Moves:
    """One ball after the other: which?"""
    return both(*(pulse(ball, seconds=0.7).late(0.6 + 0.35 * index) for index, ball in enumerate(balls(lap))))


def watched_lap(lap: Lap, ready: Moves = NOTHING) -> Iterator[Beat]:
    """From the start to the end of the steps. ready: what happens before they run."""
    first = winner_beat(lap, ready)
    yield from first
    yield from others_beats(lap, NOTHING if first else both(ready, off(lap)))


def winner_beat(lap: Lap, ready: Moves = NOTHING) -> list[Beat]:
    """From the start until the first is home; nothing where nobody arrives."""
    first = words.first_home(lap)
    if first is None:
        return []
    end, runs = lap_end(lap), members(lap)
    at = arrivals(lap)[ranking(lap)[0][0]] or 0
    on = both(ready, off(lap), walk_all(runs, at, min(3.0, max(2.0, 0.5 * at))).late(0.5 if ready else 0.0))
    return [beat("The race", first, on, pulse(*balls(lap, ranking(lap)[0]), f"finish{end}"))]


def others_beats(lap: Lap, ready: Moves = NOTHING) -> Iterator[Beat]:
    """On to the end of the steps, and what became of the others."""
    on = both(ready, to_the_end(lap))
    beats = [(sentence, pulse(*balls(lap, group))) for sentence, group in words.others(lap)]
    for place, (sentence, looks) in enumerate(beats, 1):
        yield beat("The race", sentence, on, both(looks, ranked(lap)) if place == len(beats) else looks, rest=0.3)
        on = NOTHING


def to_the_end(lap: Lap) -> Moves:
    """All runs on to their last step."""
    return walk_all(members(lap), lap.steps, min(4.0, max(2.0, 0.04 * lap.steps)))


def off(lap: Lap) -> Moves:
    """Trails appear, and the contour lines step back."""
    return both(enter(*trails(lap), seconds=0.1), shift(f"land{lap_end(lap)}.lines", "dimmed", 1, 0.6))


def ranked(lap: Lap) -> Moves:
    """The rows go to their places."""
    return shift(f"standings{lap_end(lap)}", "ranked", 1, 1.2)


def turned_lap(race: MethodRace) -> Iterator[Beat]:
    """The same valley, turned: the map itself turns, then its axes are drawn anew."""
    one, lap = race.laps
    yield from _turning(one)
    swap = both(enter(*scenery(lap), *balls(lap)), make_room(aside=1, hero="land"))
    swap = both(swap, leave(*scenery(one), *balls(one)).late(0.3))
    ready = enter("standings2", "chart2", *(f"standings2.{one}" for one in ("clock", "values")))
    if lap.tried:
        yield beat("The turn", words.again_words(lap), swap, *tried(lap))
        ready = both(leave("grid2", seconds=0.4), ready.late(0.4))
    else:
        yield beat("The turn", words.again_words(lap), swap, pulse("land2.lines"))
    first = winner_beat(lap, ready)
    yield from first
    yield from _compared(race, NOTHING if first else both(ready, off(lap)))


def _turning(one: Lap) -> Iterator[Beat]:
    """The balls are back at the start, and the whole map turns with them."""
    inside = ("division", "legs") if division(one) else ()
    bare = leave("standings", "chart", *inside, *trails(one), *balls(one), seconds=0.4)
    back = both(walk_all(members(one), 0, 0), enter(*balls(one)), make_room(hero="land"))
    map_ = both(shift("land", "axes", 0, 0.5), shift("land.lines", "dimmed", 0, 0.5))
    turning = shift("land", "turn", TURN, 2.4)
    yield beat("The turn", words.turn_words(one), both(bare, map_, back.late(0.5)), turning @ "Turn", rest=0.4)


def _compared(race: MethodRace, ready: Moves) -> Iterator[Beat]:
    """What has become of the first ranking, and which methods noticed nothing."""
    one, lap = race.laps
    said = words.verdict(race)
    if said is None:
        yield from others_beats(lap, ready)
    else:
        on, old = both(ready, to_the_end(lap)), balls(lap, ranking(one)[0])
        yield beat("The surprise", said, on, both(ranked(lap), pulse(*old, seconds=1.4)), rest=0.6)
    if (said := words.unchanged_words(race)) is not None:
        same = numbered("trail", [lap.first + index for index in unchanged(race)])
        yield beat("The reason", said, pulse(*balls(lap, unchanged(race)), *same, seconds=1.4) @ "{who}")
