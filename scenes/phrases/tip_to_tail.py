"""How a heavy ball's next step is made: what it keeps of its last move, and the push of the slope, tip to tail."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.phrases import inertia_words as words
from scenes.phrases.inertia_facts import kept_and_pushed, tips, valley_of
from scenes.planned_inertia import HeavyRuns
from scenes.script.beat import Beat, beat
from scenes.script.map_window import points_window
from scenes.script.move import both, enter, fly, grow, leave, make_room, pulse, shift, walk, zoom
from scenes.script.sentence import say


def tip_to_tail(runs: HeavyRuns) -> Iterator[Beat]:
    """For a stage with the parts land, ball2, trail2, velocity, rule and law; all but the rule are left behind.

    Where the heavy ball keeps nothing, or the run is over too soon, only that is said.
    """
    heavy, away = runs[1], leave("cuts", "ball", "trail", seconds=0.4)
    away = both(away, make_room(hero="land"), shift("land.lines", "dimmed", 1, 0.8))
    if heavy.steps < 2 or runs.decay == 0:
        yield beat("Inertia", words.kept_words(runs), away, enter("ball2"), pulse("ball2"))
        return
    kept, push = kept_and_pushed(heavy, 1, runs.decay)
    near = zoom(points_window(tips(heavy, runs.decay)), 1.6, "land")
    yield beat(
        "Inertia",
        words.kept_words(runs),
        both(away, near, enter("ball2", "trail2", "velocity", seconds=0.4)),
        walk(1, 1.0, "run2"),
        grow("velocity.kept", 0.8) @ "last",
        shift("velocity.kept", "slid", 1, 1.2).late(0.3) @ "{decay}",
    )
    yield beat(
        "Inertia",
        say("The [slope](slope) adds its push. Tip to tail, the two make the next step."),
        grow("velocity.push", 1.2) @ "push",
        grow("velocity.move", 1.0) @ "make",
    )
    added = words.sum_words(kept, push, valley_of(heavy))
    if added:
        pulses = pulse("velocity.kept", "velocity.push") @ "two", pulse("velocity.move", seconds=0.8) @ "add"
        yield beat("Inertia", added, *pulses, rest=0.1)
    yield beat(
        "Inertia",
        say("As a rule: b keeps μ of itself and adds the gradient. Rate times b is the step."),
        both(make_room(strip=1, hero="land"), enter("rule").late(0.4)),
        both(pulse("rule.memory"), fly("rule.decay", seconds=0.8)) @ "keeps",
        pulse("rule.slope") @ "gradient",
        both(leave("rule", seconds=0.3), enter("law", seconds=0.4).late(0.3), fly("law.rate", seconds=0.8).late(0.6))
        @ "Rate",
        pulse("law.move", "velocity.move") @ "step",
        rest=0.2,
    )
