"""Steps that are counted on a chart of sizes, until one rule or another fires."""

from __future__ import annotations

from collections.abc import Iterator

from gdsim import Stop
from scenes.phrases import stopping
from scenes.phrases.stopping import Course, course_of
from scenes.planned_stops import Stopping
from scenes.script.beat import Beat, beat
from scenes.script.move import both, enter, fly, leave, make_room, pulse, shift, walk, zoom
from scenes.script.sentence import say
from scenes.script.window import stretch

VALLEY = ("plane", "curve", "minimum", "ball")
# A close-up of the ball and the minimum is so many times as wide as they are apart.
CLOSE = 2.4
# After this many times the steps that the slope needs to look like zero, we have a closer look.
LONGER = 1.5


def slope_count(stop: Stopping) -> Iterator[Beat]:
    """For a stage with a valley, the chart `sizes` and the formula `law`."""
    main, kind = stop.main, course_of(stop.main)
    looks, fired = stopping.unseen(main), shift("sizes.slope", "fired", 1, 0.8)
    first = round(LONGER * looks) if looks else max(1, main.steps // 2)
    first = main.steps if kind in (Course.LANDS, Course.BOUNCES) else first
    chart = both(leave(*VALLEY, "tangent", "trail", seconds=0.3), enter("sizes", "sizes.slope").late(0.3))
    yield beat("The count", stopping.step_by_step(main), chart, walk(first, 3.0, "count"), pulse("sizes.slope"))
    if kind is Course.LANDS:
        return
    epsilon = both(enter("sizes.epsilon"), pulse("sizes.epsilon"))
    log = shift("sizes", "log", 1, 2.6) @ "powers"
    yield beat("The count", stopping.straightened(main), log, epsilon, rest=0.1)
    ended = both(fired, pulse("sizes.epsilon", "sizes.slope"))
    yield beat("The count", stopping.slope_rule_fires(main), walk(main.steps, 2.6, "count"), ended, rest=0.4)
    if kind is Course.ARRIVES and main.points[-1, 0] != 0:
        reach = CLOSE * abs(float(main.points[-1, 0]))
        there = both(walk(main.steps, 0), leave("trail", seconds=0), make_room(seconds=0.5), enter(*VALLEY))
        near = zoom(stretch(main.objective, -reach, reach), 2.6)
        words = stopping.close_enough(main)
        yield beat("The count", words, leave("sizes", "law", seconds=0.3), there, near, pulse("ball"))


def loss_count(stop: Stopping) -> Iterator[Beat]:
    """For the same stage with the second formula, `other`."""
    words = say("Or watch the loss: stop once a step changes it by less than epsilon.")
    back = both(leave(*VALLEY, seconds=0.3), make_room(strip=1, seconds=0.4), enter("sizes", "law", "other").late(0.4))
    quiet = both(shift("sizes.slope", "told", 0, 0.3), shift("sizes.loss", "told", 0, 0))
    other = both(fly("other.epsilon"), pulse("other.size"))
    begun = walk(max(1, stop.by_loss.steps // 2), 1.2, "settle")
    drawn = both(quiet, enter("sizes.loss", seconds=0.1), begun) @ "changes"
    yield beat("The loss rule", words, back, drawn, other, rest=0.1)
    on = walk(stop.by_loss.steps, 1.8, "settle")
    ended = both(shift("sizes.loss", "told", 1, 0.5), pulse("sizes.loss"))
    if stop.by_loss.stop is Stop.SETTLED:
        ended = both(ended, shift("sizes.loss", "fired", 1, 0.8))
    words = stopping.loss_rule_fires(stop.main, stop.by_loss)
    yield beat("The loss rule", words, both(on, pulse("sizes.loss", seconds=1.6)), ended, rest=0.4)
