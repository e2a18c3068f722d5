"""One correction: the loss's two slopes from two nudges, the gradient from the miss, and the next force and angle.

For a stage with the parts of the lesson about the slingshot.
"""

from __future__ import annotations

from collections.abc import Iterator

from gdsim import Stop, Trajectory
from scenes.phrases import shot_words as words
from scenes.phrases.shot_facts import nothing_to_correct
from scenes.script.beat import Beat, beat
from scenes.script.move import both, enter, fly, leave, make_room, pulse, shift
from scenes.script.sentence import say

SLOPES = ("slopes.loss per m/s", "slopes.loss per °")


def miss_correction(main: Trajectory) -> Iterator[Beat]:
    """From the first miss to the shot after it; where there is none, why."""
    nudge = both(enter("nudges", seconds=0.1), shift("nudges", "force", 1, 1.5, "there and back"))
    moves = nudge @ "force", shift("nudges", "angle", 1, 1.5, "there and back") @ "angle"
    if nothing_to_correct(main):
        yield beat("The correction", words.level(main), *moves, enter("slopes") @ "both")
        return
    told = say("Nudge the force, then the angle. How fast the loss changes is the slope for each.")
    yield beat("The correction", told, *moves, both(enter("slopes"), pulse(*SLOPES)) @ "slope")
    told = say("Together, they're the gradient: twice the miss, times how each moves the landing.")
    away = leave("aim1", "missed1", "nudges", seconds=0.4)
    gradient = both(fly("factors.slope"), pulse(*SLOPES)) @ "gradient"
    miss = both(fly("factors.miss"), pulse("miss1")) @ "miss"
    room = both(away, make_room(strip=1), enter("factors").late(0.4))
    yield beat("The correction", told, room, gradient, miss, fly("factors.landing") @ "landing", rest=0.4)
    if not main.steps:
        if main.stop is not Stop.STEP_LIMIT:
            looks = pulse("factors.slope") @ "learning", pulse("shots1") @ "shot"
            yield beat("The correction", words.unshootable(), *looks)
        return
    dial = both(enter("dial"), pulse("dial"))
    told = say("With a minus, and scaled by the learning rate, it corrects force and angle.")
    rule = both(leave("factors", "slopes", seconds=0.4), enter("rule").late(0.3), fly("rule.slope").late(0.3))
    scaled = both(dial, fly("rule.rate").late(0.4)) @ "rate"
    corrected = both(fly("rule.point"), fly("rule.next").late(0.7)) @ "corrects"
    yield beat("The correction", told, rule, pulse("rule.minus") @ "minus", scaled, corrected)
