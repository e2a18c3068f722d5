"""The race's runs, and what is said and moved while it is watched."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from scenes.phrases import method_race as words
from scenes.phrases.inside_method import even_slopes, inside_method
from scenes.phrases.method_facts import division, lap_end, members, moves
from scenes.phrases.method_race import alt
from scenes.phrases.watched_methods import TURN, balls, race_rules, scenery, trails, turned_lap, watched_lap
from scenes.planned_methods import Lap, MethodRace
from scenes.planned_methods import planned_methods as run
from scenes.script.beat import Beat, Script, beat, film
from scenes.script.move import Moves, both, enter, leave, make_room, present, pulse, shift, walk_all

__all__ = ["alt", "loop", "run", "script"]

room = partial(make_room, hero="land")


def script(race: MethodRace) -> Script:
    """The narrated film: question, rules, guess, race, reason, surprise, one line."""
    one = race.laps[0]
    beats = [*_question(race), *(_race(race) if moves(one) else _no_step(race))]
    return film(both(present("land", "title", "function", *balls(one)), room(strip=1, seconds=0)), *beats)


def loop(race: MethodRace) -> Script:
    """One lap, then the valley turns, the other lap, and back to the first frame."""
    one, last, beats = race.laps[0], race.laps[-1], list[Beat]()
    dim = both(*(shift(f"land{lap_end(lap)}.lines", "dimmed", 1, 0) for lap in race.laps))
    for lap in race.laps:
        line, stays = words.loop_words(race, lap), pulse(f"land{lap_end(lap)}.lines", seconds=1.5)
        beats.append(beat("Loop", line, _run(lap) if moves(lap) else stays, rest=1.2))
        gone = leave(*balls(lap), *trails(lap), seconds=0.4)
        start = walk_all(members(lap), 0, 0).late(0.5)
        if lap is not last:
            turn = both(shift("land", "turn", TURN, 1.6).late(0.5), shift("land", "axes", 0, 0.4))
            swap = both(enter(*scenery(last), *balls(last), *trails(last)), leave(*scenery(one)).late(0.3))
            beats.append(beat("Loop", words.loop_words(race, last), both(gone, turn, start), swap, rest=0.0))
    back = enter(*balls(one), *trails(one), *(scenery(one) if last is not one else ())).late(0.5)
    if last is not one:
        flat = both(shift("land", "turn", 0, 0), shift("land", "axes", 1, 0), leave(*scenery(last)).late(0.8))
        back = both(flat, back)
    beats.append(beat("Loop", words.loop_words(race, last), both(gone, start, back), rest=0.0))
    return film(both(present(*scenery(one), *balls(one), *trails(one)), dim), *beats)


def _run(lap: Lap) -> Moves:
    """All at once to the end."""
    return walk_all(members(lap), lap.steps, min(5.0, max(2.5, 0.045 * lap.steps))).late(0.4)


def _question(race: MethodRace) -> Iterator[Beat]:
    lap = race.laps[0]
    question = pulse("land.lines", seconds=1.4) @ "this", pulse(*balls(lap)) @ "method"
    yield beat("The question", words.question(race), *question, rest=0.4)
    arrive = [pulse(name, seconds=0.7) @ f"{{m{index + 1}}}" for index, name in enumerate(balls(lap))]
    out = both(leave("title", "function", seconds=0.4), room().late(0.4), enter("names").late(0.6))
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
    yield beat("The end", words.moral(race), pulse(f"land{lap_end(last)}.lines"), pulse(*balls(last)), rest=1.0)
