"""A ball in the fog feels the ground all around, takes the steepest way down, and does so again and again."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.phrases import fog_words as words
from scenes.phrases.run_facts import starts_level
from scenes.planned_fog import FogRuns, Rest
from scenes.script.beat import Beat, beat
from scenes.script.move import Moves, both, enter, grow, pulse, shift, walk
from scenes.script.sentence import say

# The radius of the clear circle, and while it searches, in frame units.
LAMP, SEARCH = 2.2, 2.8


def drift(to: float, seconds: float) -> Moves:
    """The fog drifts on."""
    return shift("fog", "drift", to, seconds, "even")


def folded(fan: str) -> Moves:
    """A fan is closed again."""
    return both(shift(fan, "grown", 0, 0), shift(f"{fan}.winner", "grown", 0, 0))


def feel_step_repeat(runs: FogRuns) -> Iterator[Beat]:
    """For a stage with the parts land (standing), fog, ball1, trail1, fan1 and run1; the fan is left behind."""
    main = runs[0]
    if starts_level(main):
        yield beat("Feel", words.level_words(), pulse("ball1"), shift("fog", "width", SEARCH, 2.0, "there and back"))
        return
    yield beat(
        "Feel",
        say("Then feel the ground, in every direction."),
        both(enter("fan1", seconds=0.1), grow("fan1", 2.4)) @ "feel",
    )
    yield beat(
        "Feel",
        say("Some ways go [up](slope), some go [down](step). The longer the line, the steeper."),
        pulse("fan1.up") @ "up",
        pulse("fan1.down") @ "down",
        pulse("fan1.up", "fan1.down") @ "longer",
    )
    yield beat(
        "Feel",
        say("One way goes down most steeply. That's the one to take."),
        both(enter("fan1.winner", seconds=0.1), grow("fan1.winner", 0.8)) @ "steeply",
        pulse("fan1.winner") @ "one",
    )
    if not main.steps:
        yield beat("Step", words.no_step_words(runs), pulse("ball1", "fan1.winner"))
        return
    yield from _walk(runs)


def _walk(runs: FogRuns) -> Iterator[Beat]:
    main, trail = runs[0], enter("trail1", seconds=0.1)
    if not runs.holds(0, 1):
        lost = main.steps if runs.rest(0) is Rest.GONE else 1
        yield beat("Step", words.step_words(runs), both(trail, walk(lost, 1.5, "run1")) @ "step", drift(2.0, 2.0))
        if lost == main.steps:
            return
    else:
        again = folded("fan1"), grow("fan1", 1.2) @ "feel", grow("fan1.winner", 0.6)
        yield beat("Step", words.step_words(runs), both(trail, walk(1, 1.2, "run1")) @ "step", *again)
        if main.steps > 1 and runs.holds(0, 2):
            line = say("Another step, another look with your feet.")
            again = folded("fan1"), grow("fan1", 1.2) @ "look", grow("fan1.winner", 0.6)
            yield beat("Step", line, walk(2, 1.2, "run1") @ "step", *again)
            if main.steps == 2:
                return
    if main.steps == 1:
        return
    on = walk(main.steps, min(4.2, max(2.0, 0.2 * (main.steps - 2))), "run1")
    yield beat(
        "Step",
        words.walk_words(runs),
        both(folded("fan1"), on, drift(2.6, 4.0)),
        both(shift("fan1", "grown", 1, 0.7), pulse("ball1")),
    )
