"""The race's runs, and what is said and moved while it is watched."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from scenes.phrases import method_race as words
from scenes.phrases.inside_method import even_slopes, inside_method, together
from scenes.phrases.method_facts import division, lap_end, members, moves
from scenes.phrases.method_race import alt
from scenes.phrases.watched_methods import TURN, balls, race_rules, scenery, trails, turned_lap, watched_lap
from scenes.planned_methods import Lap, MethodRace
from scenes.planned_methods import planned_methods as run
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.move import Moves, both, enter, leave, make_room, present, pulse, shift, walk_all

__all__ = ["alt", "loop", "run", "script"]

# A GIF has many pictures in a fade: a loop fades quickly.
QUICK = 0.2
room = partial(make_room, hero="land")


def script(race: MethodRace) -> Script:
    """The narrated film: question, rules, guess, race, reason, surprise, one line."""
    one = race.laps[0]
    beats = [*_question(race), *(_race(race) if moves(one) else _no_step(race))]
    return film(both(present("land", "title", *balls(one)), room(strip=1, seconds=0)), *beats)


def loop(race: MethodRace) -> Script:
    """One lap, then the valley turns, the other lap, and back to the first frame."""
    one, last, beats = race.laps[0], race.laps[-1], list[Beat]()
    dim = both(*(shift(f"land{lap_end(lap)}.lines", "dimmed", 1, 0) for lap in race.laps))
    table = both(*(present(f"standings{lap_end(lap)}.{one}") for lap in race.laps for one in ("clock", "values")))
    for lap in race.laps:
        line, stays = words.loop_words(race, lap), pulse(f"land{lap_end(lap)}.lines", seconds=1.5)
        beats.append(beat("Loop", line, _run(lap) if moves(lap) else stays, rest=0.7))
        gone = leave(*balls(lap), *trails(lap), f"standings{lap_end(lap)}", seconds=QUICK)
        start = walk_all(members(lap), 0, 0).late(QUICK)
        if lap is not last:
            turn = both(shift("land", "turn", TURN, 0.7).late(QUICK), shift("land", "axes", 0, QUICK))
            swap = both(enter(*scenery(last), *_moving(last), seconds=QUICK), leave(*scenery(one)).late(QUICK))
            beats.append(beat("Loop", words.loop_words(race, last), both(gone, turn, start), swap, rest=0.3))
    back = enter(*_moving(one), *(scenery(one) if last is not one else ()), seconds=QUICK).late(2 * QUICK)
    if last is not one:
        flat = both(shift("land", "turn", 0, 0), shift("land", "axes", 1, 0))
        back = both(flat, leave(*scenery(last), seconds=QUICK).late(QUICK), back)
    beats.append(beat("Loop", words.loop_words(race, last), both(gone, start, back), rest=0.0))
    there = both(present(*scenery(one), *_moving(one)), room(aside=1, seconds=0))
    return film(both(there, table, dim), *beats)


def _moving(lap: Lap) -> list[str]:
    """What comes and goes with a lap of the loop."""
    return [*balls(lap), *trails(lap), f"standings{lap_end(lap)}"]


def _run(lap: Lap) -> Moves:
    """All at once to the end."""
    return walk_all(members(lap), lap.steps, min(4.0, max(2.5, 0.032 * lap.steps))).late(0.4)


def _question(race: MethodRace) -> Iterator[Beat]:
    lap = race.laps[0]
    question = pulse("land.lines", seconds=1.4) @ "this", pulse(*balls(lap)) @ "method"
    yield beat("The question", words.question(race), *question, rest=0.4)
    arrive = [pulse(name, seconds=0.7) @ f"{{m{index + 1}}}" for index, name in enumerate(balls(lap))]
    out = both(leave("title", seconds=0.4), room(aside=1).late(0.4), enter("standings").late(0.9))
    yield beat("The question", words.invitation(lap), out, *arrive)


def _no_step(race: MethodRace) -> Iterator[Beat]:
    lap = race.laps[0]
    yield beat("The end", words.no_step(lap), pulse(*balls(lap), seconds=2.0), pulse("land.lines"))
    yield beat("The end", words.moral(race), pulse("land.lines"), pulse(*balls(lap)))


def _race(race: MethodRace) -> Iterator[Beat]:
    one, last = race.laps[0], race.laps[-1]
    yield from race_rules(one)
    yield from watched_lap(one)
    if (found := division(one)) is not None:
        yield from inside_method(one, found)
    if last is not one:
        yield from turned_lap(race)
    if last is not one and words.even_words(race) is not None:
        other = division(last)
        assert other is not None
        yield from even_slopes(race, other)
        return
    back = together(one, found) if last is one and found is not None else ()
    yield beat("The end", words.moral(race), *back, pulse(f"land{lap_end(last)}.lines"), pulse(*balls(last)), rest=1.0)
