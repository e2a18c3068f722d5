"""The gradient on a map: a needle that shows how steep each direction is, and the arrow to scale."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import ClassVar

import numpy as np

from gdsim.objective import Array
from scenes.script.timeline import Channel
from scenes.stage.line_marks import ArrowMark, Stroke
from scenes.stage.marks import Mark, Shows, Text
from scenes.stage.part import STILL, Anchor, Now, Part
from scenes.stage.parts.land_loss import plated
from scenes.stage.parts.land_run import LandBall
from scenes.stage.parts.sight import Sight
from scenes.stage.theme import blended
from scenes.stage.write import AXIS, LABEL, NAME, Setting, clear_of, within

GROWN = Channel((0.0,))
SQUARE = 0.24
CORNERS = ((1, -1), (-1, -1), (1, 1), (-1, 1))


class Needle(Part):
    """A needle of fixed length at the ball, with the slope of the ground along it.

    turned: its direction in turns; at 0 it is along the contour line, at a quarter it points straight uphill.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"turned": Channel((-0.18,)), "square.shown": STILL}
    LENGTH = 1.35

    def __init__(self, setting: Setting, ball: LandBall, name: str = "needle") -> None:
        super().__init__(name)
        self.setting, self.ball = setting, ball

    def climb(self, now: Now) -> float:
        """The directional derivative: the gradient's component in the needle's direction."""
        landed, _ = self.ball.clock.instant(now)
        return float(np.hypot(*self.ball.clock.run.gradients[landed])) * math.sin(2 * math.pi * now.of(self, "turned"))

    def marks(self, now: Now) -> Iterator[Mark]:
        (landed, share), run = self.ball.clock.instant(now), self.ball.clock.run
        steepness = float(np.hypot(*run.gradients[landed]))
        sight = self.ball.land.sight(now)
        if share > 0 or steepness == 0 or sight.tilt > 0.5:
            return
        uphill = run.gradients[landed] / steepness
        turn = 2 * math.pi * now.of(self, "turned")
        along = np.array([uphill[1], -uphill[0]])
        way = math.cos(turn) * along + math.sin(turn) * uphill
        here = sight.on_map(run.points[landed])
        head = here + self.LENGTH * way
        straight = abs(now.of(self, "turned") % 1 - 0.25) < 1e-9
        colour = self.setting.theme.slope if straight else self.setting.theme.ink
        width = 6.0 + 3.0 * now.of(self, "pulse")
        fade = 1 - 2 * sight.tilt
        yield ArrowMark(tail=_pair(here), head=_pair(head), colour=colour, width=width, clip=sight.box, opacity=fade)
        x, y = (here + (self.LENGTH + 0.42) * way).tolist()
        climb = self.climb(now)
        text = self.setting.language.brief(0.0 if abs(climb) < 1e-9 * steepness else climb)
        size = LABEL * (1.15 + 0.5 * now.of(self, "pulse"))
        shows = Shows("climb", self.ball.clock.index, landed)
        label = self.setting.words(text, x, y, size, self.setting.theme.slope, 0.5, 0.5, 600, shows)
        ground = self.setting.theme.background
        yield from (mark.faded(fade) for mark in plated(within(label, sight.box), ground))
        if now.of(self, "square.shown") > 0:
            yield square(here, along, uphill, self.setting.theme.ink).faded(now.of(self, "square.shown") * fade)


def square(corner: Array, one: Array, other: Array, colour: str, size: float = SQUARE) -> Stroke:
    """The symbol of a right angle between two directions of length 1."""
    points = np.array([corner + size * one, corner + size * (one + other), corner + size * other])
    return Stroke(points=points, colour=colour, width=2.6)


class GradientArrow(Part):
    """The gradient on the map as an arrow to scale: uphill, flipped, then scaled by the rate into the next step.

    grown, turned, scaled: as for SlopeArrow. parts.grown: its two components, one after the other.
    square: the right angle between it and the contour line.
    scale: what its length is multiplied by, if a map could not hold it otherwise; the picture says so.
    """

    channels: ClassVar[Mapping[str, Channel]] = {
        "grown": GROWN,
        "turned": STILL,
        "scaled": STILL,
        "parts.grown": GROWN,
        "parts.shown": Channel((1.0,)),
        "square.shown": STILL,
    }
    LONGEST = 40.0

    def __init__(self, setting: Setting, ball: LandBall, name: str = "arrow", scale: float = 1.0) -> None:
        super().__init__(name)
        self.setting, self.ball, self.scale = setting, ball, scale

    def vector(self, now: Now, landed: int) -> Array:
        """(2,): the arrow in the objective's units, before it is flipped."""
        run, scaled = self.ball.clock.run, now.of(self, "scaled")
        step = run.points[min(landed + 1, run.steps)] - run.points[landed]
        return np.asarray(run.gradients[landed] + scaled * (-step - run.gradients[landed]))

    def marks(self, now: Now) -> Iterator[Mark]:
        (landed, share), sight = self.ball.clock.instant(now), self.ball.land.sight(now)
        if share > 0 or sight.tilt > 0.5:
            return
        fade = 1 - 2 * sight.tilt
        parts = now.of(self, "parts.shown")
        components = list(self._components(now, sight, landed)) if parts > 0 and now.of(self, "parts.grown") > 0 else []
        yield from (mark.faded(parts * fade) for mark in components)
        theme, scaled = self.setting.theme, now.of(self, "scaled")
        if self.scale != 1:
            key = replace(self._key(sight, landed), rank=NAME)
            yield from (mark.faded(fade) for mark in plated(key, theme.background))
        tail, head = self._ends(now, sight, landed)
        if now.of(self, "square.shown") > 0 and (head != tail).any():
            uphill = (head - tail) / float(np.hypot(*(head - tail)))
            free = 1.0 if np.prod(self.ball.clock.run.gradients[landed]) >= 0 else -1.0  # not where its components are
            corner = square(tail, free * np.array([-uphill[1], uphill[0]]), uphill, theme.ink)
            yield corner.faded(now.of(self, "square.shown") * fade)
        shows = Shows("gradient arrow" if scaled < 1 else "step arrow", self.ball.clock.index, landed)
        colour = blended(theme.slope, theme.step, scaled)
        width = 7.0 + 4.0 * now.of(self, "pulse")
        arrow = ArrowMark(tail=_pair(tail), head=_pair(head), colour=colour, width=width, clip=sight.box, shows=shows)
        yield arrow.faded(fade)
        if now.of(self, "grown") == 1 and now.of(self, "turned") in (0.0, 1.0) and scaled in (0.0, 1.0):
            told = [mark for mark in components if isinstance(mark, Text)]
            label = clear_of(replace(self._label(now, sight, landed), rank=NAME), told, sight.box)
            yield from (mark.faded(fade) for mark in plated(label, theme.background))

    def _ends(self, now: Now, sight: Sight, landed: int) -> tuple[Array, Array]:
        """Tail and head in the frame."""
        tail = sight.on_map(self.ball.clock.run.points[landed])
        reach = now.of(self, "grown") * in_frame(sight, self.scale * self.vector(now, landed))
        angle = math.pi * now.of(self, "turned")
        turned = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]]) @ reach
        return tail, tail + turned

    def _key(self, sight: Sight, landed: int) -> Text:
        """How many times its true length it is drawn, in the corner to which least points."""
        text = f"{self.setting.label('arrow')} × {self.setting.language.number(self.scale)}"
        across, up = self.ball.clock.run.gradients[landed].tolist()
        busy = [(across, up), (-across, -up), (up, -across)]  # uphill, downhill, and where a pointer sets out
        right, above = min(CORNERS, key=lambda corner: max(corner[0] * x + corner[1] * y for x, y in busy))
        box = sight.box.inset(0.2, 0.18, 0.2, 0.18)
        x, y = box.right if right > 0 else box.left, box.top if above > 0 else box.bottom
        shows, place = Shows("arrow scale", self.ball.clock.index), (float(right > 0), float(above > 0))
        return self.setting.words(text, x, y, AXIS, self.setting.theme.slope, *place, 600, shows)

    def _label(self, now: Now, sight: Sight, landed: int) -> Text:
        """Its two numbers, next to its middle."""
        run, scaled = self.ball.clock.run, now.of(self, "scaled")
        value = self.vector(now, landed) * (-1 if now.of(self, "turned") else 1)
        tail, head = self._ends(now, sight, landed)
        box, brief = sight.box, self.setting.language.brief
        head = np.clip(head, [box.left, box.bottom], [box.right, box.top])
        length = max(float(np.hypot(*(head - tail))), 1e-9)
        side = np.array([-(head - tail)[1], (head - tail)[0]]) / length
        side *= 1.0 if run.gradients[landed, 0] * run.gradients[landed, 1] >= 0 else -1.0
        x, y = ((tail + head) / 2 + 0.34 * side).tolist()
        size = LABEL * (1.1 + 0.4 * now.of(self, "pulse"))
        colour = self.setting.theme.step if scaled else self.setting.theme.slope
        told = "step" if scaled else "downhill" if now.of(self, "turned") else "gradient"
        shows = Shows(told, self.ball.clock.index, landed)
        text = f"({brief(float(value[0]))}, {brief(float(value[1]))})"
        return within(self.setting.words(text, x, y, size, colour, 0.0 if side[0] >= 0 else 1.0, 0.5, 600, shows), box)

    def _components(self, now: Now, sight: Sight, landed: int) -> Iterator[Mark]:
        """Along the first parameter, then along the second, with their numbers."""
        run, grown = self.ball.clock.run, 2 * now.of(self, "parts.grown")
        place, theme = sight.on_map(run.points[landed]), self.setting.theme
        whole = in_frame(sight, self.scale * run.gradients[landed])
        for axis in (0, 1):
            reach = np.where(np.arange(2) == axis, whole, 0.0)
            share = min(1.0, max(0.0, grown - axis))
            head = place + share * reach
            shows = Shows("gradient component", self.ball.clock.index, landed, axis)
            yield ArrowMark(
                tail=_pair(place), head=_pair(head), colour=theme.slope, width=4.0, clip=sight.box, shows=shows
            )
            if share == 1 and abs(reach[axis]) > 0:
                yield self._component_label(sight, place, head, float(run.gradients[landed, axis]), axis, landed)
            place = place + reach

    def _component_label(self, sight: Sight, tail: Array, head: Array, value: float, axis: int, landed: int) -> Text:
        box, other = sight.box, 1 - axis
        low, high = [box.left, box.bottom], [box.right, box.top]
        x, y = ((np.clip(tail, low, high) + np.clip(head, low, high)) / 2).tolist()
        # On the side away from the arrow itself.
        outwards = -float(np.sign(self.ball.clock.run.gradients[landed, other] or value)) * (1 if axis == 0 else -1)
        text, shows = self.setting.language.brief(value), Shows("slope", self.ball.clock.index, landed, axis)
        if axis == 0:
            up = 1.0 if outwards < 0 else 0.0
            mark = self.setting.words(
                text, x, y + 0.12 * outwards, LABEL, self.setting.theme.slope, 0.5, up, 600, shows
            )
        else:
            across = 0.0 if outwards > 0 else 1.0
            mark = self.setting.words(
                text, x + 0.14 * outwards, y, LABEL, self.setting.theme.slope, across, 0.5, 600, shows
            )
        return within(mark, box)

    def anchor(self, now: Now, element: str) -> Anchor:
        """`label`: its two numbers."""
        landed, _ = self.ball.clock.instant(now)
        box = self._label(now, self.ball.land.sight(now), landed).box
        x, y = box.centre if box else (0.0, 0.0)
        return Anchor(x, y, LABEL)


def in_frame(sight: Sight, vector: Array) -> Array:
    """A vector of the map in frame units, no longer than can be drawn."""
    middle = np.mean(sight.terrain.space.domain, axis=1)
    unit = float(sight.on_map(middle + np.array([1e-3, 0.0]))[0] - sight.on_map(middle)[0]) * 1e3
    reach = np.asarray(vector) * unit
    length = float(np.hypot(*reach))
    return np.asarray(reach * min(1.0, GradientArrow.LONGEST / max(length, 1e-12)))


def _pair(point: Array) -> tuple[float, float]:
    x, y = point.tolist()
    return x, y
