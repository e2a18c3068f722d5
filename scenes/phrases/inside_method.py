"""What RMSProp and Adam divide by, on their first step: why steep and gentle directions get equal steps.

For a stage with the parts of `method_lap`.
"""

from __future__ import annotations

from collections.abc import Iterator

from scenes.phrases import method_race as words
from scenes.phrases.method_facts import Division, lap_end, members, methods_of
from scenes.phrases.watched_methods import NOTHING, balls, trails
from scenes.planned_methods import Lap, MethodRace
from scenes.script.beat import Beat, beat
from scenes.script.move import Moves, both, enter, grow, leave, numbered, pulse, walk, walk_all


def inside_method(lap: Lap, found: Division) -> Iterator[Beat]:
    """Back at the start: the slopes, what they are divided by, what is left, and how Adam differs."""
    own = lap.first + found.run
    (ball,), (trail,), clock = numbered("ball", [own]), numbered("trail", [own]), f"run{own + 1}"
    away = leave("standings", "chart", *trails(lap), *balls(lap), seconds=0.4)
    start = both(walk_all(members(lap), 0, 0), enter(ball, "division", seconds=0.4)).late(0.5)
    slopes = both(enter("division.slopes", seconds=0.3), grow("division.slopes"))
    ready = both(away, start)
    if (steep := words.steep_words(lap, found)) is not None:
        yield beat("The reason", steep, ready, slopes @ "{ratio}", pulse("division.slopes"))
        ready = slopes = NOTHING
    sizes = both(enter("division.sizes", seconds=0.3), grow("division.sizes"))
    yield beat("The reason", words.divide_words(lap, found), ready, slopes, sizes @ "size", pulse("division.sizes"))
    left = both(enter("division.quotients", seconds=0.3), grow("division.quotients"))
    leap = both(enter(trail, seconds=0.1), walk(1, 1.4, clock), enter("legs", seconds=0.1))
    yield beat("The reason", words.quotient_words(lap), left @ "So", both(leap, grow("legs", 1.6)) @ "step", rest=0.4)
    if (combined := words.both_words(lap)) is not None:
        adam = lap.first + methods_of(lap).index("adam")
        gone = leave("legs", trail, ball, seconds=0.4)
        enters = both(enter(*numbered("ball", [adam]), *numbered("trail", [adam])), pulse(*numbered("ball", [adam])))
        on = both(walk(6, 2.0, f"run{adam + 1}"), pulse("division.quotients"))
        yield beat("The reason", combined, both(gone, enters), on @ "divides", rest=0.2)


def together(lap: Lap, found: Division) -> tuple[Moves, Moves]:
    """After `inside_method`, all runs are at their ends again, with the standings and the chart beside them."""
    names, legs = methods_of(lap), ["legs"]
    seen = found.run
    if words.both_words(lap) is not None:
        seen, legs = names.index("adam"), []
    at_end = walk_all(members(lap), lap.steps, 0).late(0.5)
    there = numbered("ball", [lap.first + seen]) + numbered("trail", [lap.first + seen])
    others = [name for name in (*trails(lap), *balls(lap)) if name not in there]
    return both(leave("division", *legs, seconds=0.4), at_end), enter(*others, "standings", "chart")


def even_slopes(race: MethodRace, found: Division) -> Iterator[Beat]:
    """The first step once more, where both slopes are about equal: dividing leaves its direction as it is."""
    sentence, lap = words.even_words(race), race.laps[-1]
    if sentence is None:
        return
    end, own = lap_end(lap), lap.first + found.run
    (ball,), (trail,) = numbered("ball", [own]), numbered("trail", [own])
    away = leave(f"standings{end}", f"chart{end}", *trails(lap), *balls(lap), seconds=0.4)
    start = both(walk_all(members(lap), 0, 0), enter(ball, f"division{end}", seconds=0.4)).late(0.5)
    bars = [
        both(enter(f"division{end}.{one}", seconds=0.3), grow(f"division{end}.{one}")) for one in ("slopes", "sizes")
    ]
    left = both(enter(f"division{end}.quotients", seconds=0.3), grow(f"division{end}.quotients"))
    leap = both(enter(trail, f"legs{end}", seconds=0.1), walk(1, 1.4, f"run{own + 1}"), grow(f"legs{end}", 1.6))
    yield beat(
        "The reason",
        sentence,
        both(away, start),
        bars[0] @ "slopes",
        both(bars[1], left.late(0.4), leap.late(0.8)) @ "dividing",
    )
    back = both(leave(f"division{end}", f"legs{end}", seconds=0.4), walk_all(members(lap), lap.steps, 0).late(0.5))
    others = [name for name in (*trails(lap), *balls(lap)) if name not in (ball, trail)]
    yield beat(
        "The end",
        words.moral(race),
        back,
        enter(*others, f"standings{end}", f"chart{end}"),
        both(pulse(f"standings{end}.clock"), pulse(f"land{end}.lines")),
        rest=1.0,
    )
