"""Two balls in the fog, in sentences: what they feel, how they go on, and what is seen once the fog lifts."""

from __future__ import annotations

import numpy as np

from scenes.phrases.endings import no_first_step
from scenes.phrases.formulas import ground
from scenes.planned_fog import ALIKE, FogRuns, Rest
from scenes.script.sentence import Brief, Count, Sentence, Words, say

# A second start within this share of the map from the first is beside it.
BESIDE = 0.25
_SEEN = {
    Rest.LOWEST: say("Let the fog lift. You made it: no place in this landscape is lower."),
    Rest.LAKE: say(
        "Let the fog lift. You're in a mountain lake: level all around, and not the [lowest point](minimum)."
    ),
    Rest.SLOPING: say("Let the fog lift. You aren't down yet: the ground still slopes."),
    Rest.GONE: say("Let the fog lift. The ball has left the landscape."),
}


def level_words() -> Sentence:
    """What is felt at a start on level ground."""
    return say("It's level all around: no way leads down, so you stay where you are.")


def step_words(runs: FogRuns) -> Sentence:
    """The first step."""
    if runs.holds(0, 1):
        return say("Take a step that way, and feel again.")
    return say("Take a step that way. This one is so long that it leaves the landscape.")


def walk_words(runs: FogRuns) -> Sentence:
    """How the first ball goes on after two steps."""
    main = runs[0]
    steps = Count(main.steps, "step", "steps")
    if not runs.holds(0, -1):
        return say("And again: after {steps}, it's out of the landscape.", steps=steps)
    if main.losses[-1] > main.losses[0]:
        return say("And again. But these steps are too long: after {steps}, you're higher than before.", steps=steps)
    if runs.level(0):
        return say("And again, and again, until the ground is almost level.")
    return say("And again: {steps} in all.", steps=steps)


def no_step_words(runs: FogRuns) -> Sentence:
    """Why the first ball takes no step."""
    return no_first_step(runs[0])


def guess_words(runs: FogRuns) -> Sentence | None:
    """A question for the viewer, where the fog hides the answer."""
    if runs.rest(0) in (Rest.LOWEST, Rest.LAKE, Rest.LEVEL):
        return say("Is this the [lowest point](minimum)? Take a guess.")
    return None


def lifted_words(runs: FogRuns) -> Sentence:
    """What is seen of the first ball when the fog lifts."""
    rest = runs.rest(0)
    if rest is not Rest.LEVEL:
        return _SEEN[rest]
    if much_lower(runs, 0):
        return say("Let the fog lift. It's level here, and lower elsewhere.")
    return say("Let the fog lift. It's level here, and nowhere much lower.")


def above_words(runs: FogRuns) -> Sentence:
    """What the path says."""
    down = bool(np.all(np.diff(runs[0].losses) <= 0))
    if down and runs.rest(0) in (Rest.LOWEST, Rest.LAKE):
        return say("From above: a path all the way down, without a map. The slope underfoot was enough.")
    return say("From above: this path took no map. Each step used only the slope underfoot.")


def other_words(runs: FogRuns) -> Sentence:
    """The second start."""
    sides = np.ptp(np.array(runs[0].objective.domain), axis=1)
    if float(np.linalg.norm((runs[1].points[0] - runs[0].points[0]) / sides)) < BESIDE:
        return say("Once more in the fog: a [second ball](run3) starts a little to the side.")
    return say("Once more in the fog: a [second ball](run3) starts somewhere else.")


def same_rule_words(runs: FogRuns) -> Sentence:
    """How the second ball goes on."""
    if runs.level(1):
        return say("The same rule: feel, step, repeat, until it's level again.")
    return say("The same rule: feel, step, repeat.")


def second_words(runs: FogRuns) -> Sentence:
    """What is seen of the second ball when the fog lifts."""
    rest = runs.rest(1)
    if rest is Rest.LAKE:
        drop = Brief(runs.drop(1))
        return say("Level, but a mountain lake: the [lowest point](minimum) lies {drop:loss} lower.", drop=drop)
    if rest is Rest.LOWEST:
        if runs.minimum(0) == runs.minimum(1):
            return say("The fog lifts: the [second ball](run3) ends in the same place.")
        if runs.rest(0) is Rest.LOWEST:
            return say("The fog lifts: another place, and just as low.")
        return say("The fog lifts: nothing in the landscape lies lower than this one.")
    if rest is Rest.LEVEL:
        return say("The fog lifts: this one has come to level ground.")
    if rest is Rest.SLOPING:
        return say("The fog lifts: this one isn't down yet.")
    return say("The fog lifts: this one has left the landscape.")


def moral_words(runs: FogRuns) -> Sentence:
    """The one line to take home."""
    return say("The slope underfoot tells you the way down. It can't tell you how far down you could get.")


def loop_words(runs: FogRuns) -> Sentence:
    """The one line of the loop."""
    return say("In the fog, you feel only the slope.")


def much_lower(runs: FogRuns, index: int) -> bool:
    """Whether the landscape's lowest place is clearly below a ball's last one."""
    return runs.drop(index) > ALIKE * (runs.high - runs.lowest.value)


_ENDS = {
    Rest.LOWEST: say("When the fog lifts, no place in the landscape is lower."),
    Rest.LAKE: say("When the fog lifts, a lower place is seen."),
    Rest.LEVEL: say("When the fog lifts, it is on level ground."),
    Rest.SLOPING: say("When the fog lifts, it is still on a slope."),
    Rest.GONE: say("When the fog lifts, it has left the landscape."),
}


def alt(runs: FogRuns) -> Sentence:
    """What the film shows, for those who cannot see it."""
    steps, surface, end = Count(runs[0].steps, "step", "steps"), Words(ground(runs[0])), Words(_ENDS[runs.rest(0)])
    template = "In fog on {surface}, a ball feels the slope in every direction and takes {steps}. {end}"
    return say(template, surface=surface, steps=steps, end=end)
