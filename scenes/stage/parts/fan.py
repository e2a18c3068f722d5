"""The slopes of all directions from one place: on the landscape, on its map, and as bars."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from gdsim.objective import Array
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Disc
from scenes.stage.box import Box
from scenes.stage.line_marks import ArrowMark, Lines, Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.compass import in_frame, square
from scenes.stage.parts.land_loss import plated
from scenes.stage.parts.land_run import LandBall
from scenes.stage.parts.sight import Sight
from scenes.stage.parts.slices import TANGENT, tangent_way
from scenes.stage.write import LABEL, Setting, at_tip, within

# A full turn has so many directions, fifteen degrees apart.
WAYS = 24
# A slope of a smaller share of the largest is written as 0: it is about to be, or has just been.
NEXT_TO_NOTHING = 1e-3
TURN = 2 * math.pi


class Spin(Part):
    """An arrow that touches the landscape at the ball and turns round it, with the slope in its direction.

    turned: in turns from the first parameter's direction; each direction that it has passed leaves a line.
    length: of the arrow, in world units.
    """

    channels: ClassVar[Mapping[str, Channel]] = {"turned": STILL}
    LENGTH = 1.15 * TANGENT

    def __init__(self, setting: Setting, ball: LandBall, name: str = "spin", length: float = LENGTH) -> None:
        super().__init__(name)
        self.setting, self.ball, self.length = setting, ball, length

    def marks(self, now: Now) -> Iterator[Mark]:
        (landed, _), sight = self.ball.clock.instant(now), self.ball.land.sight(now)
        if sight.tilt < 0.5:
            return
        theme, turned, run = self.setting.theme, now.of(self, "turned"), self.ball.clock.run
        here = sight.terrain.space.place(run.points[landed], float(run.losses[landed]))
        for way in range(min(WAYS, math.floor(turned * WAYS + 1e-9) + 1)):
            ends = sight.at(np.array([here, self._tip(sight, landed, here, way / WAYS)]))
            yield Stroke(points=ends, colour=theme.background, width=5.0, opacity=0.35, clip=sight.box)
            yield Stroke(points=ends, colour=theme.ink, width=2.2, opacity=0.75, clip=sight.box)
        tip = self._tip(sight, landed, here, turned)
        tail, head = sight.at(np.array([here, tip]))
        width = 6.5 + 3.0 * now.of(self, "pulse")
        shaft = np.array([tail, head])
        yield Stroke(points=shaft, colour=theme.background, width=width + 5, opacity=0.6, clip=sight.box)
        shows = Shows("spun arrow", self.ball.clock.index, landed)
        yield ArrowMark(
            tail=_pair(tail), head=_pair(head), colour=theme.slope, width=width, clip=sight.box, shows=shows
        )
        climb = tidy(float(run.gradients[landed] @ _unit(turned)), float(np.hypot(*run.gradients[landed])))
        climb = float(run.gradients[landed, 0]) if turned == round(turned) else climb
        way = (head - tail) / max(float(np.hypot(*(head - tail))), 1e-9)
        size = LABEL * (1.2 + 0.4 * now.of(self, "pulse"))
        shows = Shows("spun slope", self.ball.clock.index, landed)
        text = self.setting.language.brief(climb)
        label = self.setting.words(text, 0.0, 0.0, size, theme.slope, 0.5, 0.5, 600, shows)
        yield from plated(at_tip(label, _pair(head), _pair(way), sight.box), theme.background)

    def _tip(self, sight: Sight, landed: int, here: Array, turned: float) -> Array:
        return np.asarray(here + self.length * tangent_way(sight.terrain, landed, _unit(turned)))


class Fan(Part):
    """All directions on the map, a pointer that turns through them, and the shadow that the gradient casts on it.

    The shadow is as long as the slope in the pointer's direction, and falls backwards where that is negative.

    turned: the pointer's direction in turns; at 0 it is along the contour line, at a quarter it points uphill.
    spokes: how far the fan has opened. shadow: the shadow, with the line that drops it. scale: the arrow's.
    """

    channels: ClassVar[Mapping[str, Channel]] = {
        "turned": Channel((0.03,)),
        "spokes.grown": STILL,
        "pointer.shown": STILL,
        "shadow.shown": STILL,
    }

    def __init__(self, setting: Setting, ball: LandBall, scale: float = 1.0, name: str = "fan") -> None:
        super().__init__(name)
        self.setting, self.ball, self.scale = setting, ball, scale

    def marks(self, now: Now) -> Iterator[Mark]:
        (landed, _), sight = self.ball.clock.instant(now), self.ball.land.sight(now)
        run, index = self.ball.clock.run, self.ball.clock.index
        whole = in_frame(sight, self.scale * run.gradients[landed])
        length = float(np.hypot(*whole))
        if sight.tilt > 0.5 or length == 0:
            return
        here, uphill = sight.on_map(run.points[landed]), whole / length
        along = np.array([uphill[1], -uphill[0]])

        def way(turned: float) -> Array:
            return np.asarray(math.cos(TURN * turned) * along + math.sin(TURN * turned) * uphill)

        fade, theme = 1 - 2 * sight.tilt, self.setting.theme
        grown = now.of(self, "spokes.grown")
        for number in range(WAYS) if grown > 0 else ():
            ends = np.array([here, here + grown * length * way(number / WAYS)])
            shade = 0.6 if math.sin(TURN * number / WAYS) > 1e-9 else 0.4
            yield Stroke(points=ends, colour=theme.slope, width=2.6, clip=sight.box, opacity=shade * fade)
        turned, shown = now.of(self, "turned"), now.of(self, "pointer.shown") * fade
        if shown == 0:
            return
        pointer, share = way(turned), math.sin(TURN * turned)
        foot = here + share * length * pointer
        width = 4.0 + 3.0 * now.of(self, "pulse")
        tip = here + 1.04 * length * pointer
        shows = Shows("pointer", index, landed)
        yield ArrowMark(
            tail=_pair(here), head=_pair(tip), colour=theme.ink, width=width, clip=sight.box, shows=shows, opacity=shown
        )
        cast = shown * now.of(self, "shadow.shown")
        if cast > 0:
            yield from (mark.faded(cast) for mark in self._shadow(sight, here, whole, foot, landed))
            climb = tidy(float(np.hypot(*run.gradients[landed])) * share, float(np.hypot(*run.gradients[landed])))
            size = LABEL * (1.15 + 0.4 * now.of(self, "pulse"))
            shows = Shows("climb", index, landed)
            text = self.setting.language.brief(climb)
            label = self.setting.words(text, 0.0, 0.0, size, theme.slope, 0.5, 0.5, 600, shows)
            label = at_tip(label, _pair(tip), _pair(pointer), sight.box)
            yield from (mark.faded(cast) for mark in plated(label, theme.background))

    def _shadow(self, sight: Sight, here: Array, whole: Array, foot: Array, landed: int) -> Iterator[Mark]:
        """The line that drops from the arrow's tip at a right angle, and the shadow from the ball to its foot."""
        theme, drop = self.setting.theme, here + whole - foot
        reach, cast = float(np.hypot(*drop)), float(np.hypot(*(foot - here)))
        ends, dash = np.array([here + whole, foot]), (0.1, 0.08)
        yield Stroke(points=ends, colour=theme.ink, width=2.4, dash=dash, clip=sight.box, opacity=0.8)
        shows = Shows("shadow", self.ball.clock.index, landed)
        yield Stroke(points=np.array([here, foot]), colour=theme.slope, width=11.0, clip=sight.box, shows=shows)
        if min(reach, cast) > 0.5:
            yield square(foot, (here - foot) / cast, drop / reach, theme.ink, 0.17)


class SlopeBars(Part):
    """The slope in each direction as a bar, in the order of the fan: along the contour line, uphill, along, downhill.

    swept: how many turns of the fan have their bars. Elements: `peak`, `low` and `zeros`, each with its mark.
    """

    channels: ClassVar[Mapping[str, Channel]] = {
        "swept": STILL,
        **{f"{name}.{kind}": STILL for name in ("peak", "low", "zeros") for kind in ("shown", "pulse")},
    }

    def __init__(self, setting: Setting, box: Box, fan: Fan, name: str = "bars") -> None:
        super().__init__(name)
        self.setting, self.fan = setting, fan
        self.beside = not setting.composition.wide
        self.chart = box.inset(0.95, 0.42, 0.15, 0.02) if self.beside else box.inset(0.1, 1.0, 0.1, 0.85)

    def marks(self, now: Now) -> Iterator[Mark]:
        chart, theme, run = self.chart, self.setting.theme, self.fan.ball.clock.run
        landed, _ = self.fan.ball.clock.instant(now)
        level, half = chart.centre[1], chart.height / 2
        yield Lines(ends=np.array([[[chart.left, level], [chart.right, level]]]), colour=theme.muted, width=2.0)
        x, name = chart.left + 0.75 * chart.width, self.setting.label("slope")
        yield self.setting.words(name, x, chart.top, LABEL, theme.slope, 0.5, 1.0, 600)
        swept = now.of(self, "swept")
        for number in range(WAYS + 1):
            yield from self._bar(now, number, min(1.0, max(0.0, swept * WAYS - number + 1)), landed)
        if swept > 0:
            shares = np.linspace(0.0, swept, 2 + math.ceil(96 * swept))
            points = np.column_stack([chart.left + shares * chart.width, level + half * np.sin(TURN * shares)])
            yield Stroke(points=points, colour=theme.slope, width=2.6 + 2.5 * now.of(self, "pulse"))
        yield from self._ways(run.gradients[landed])
        yield from self._told(now, landed, float(np.hypot(*run.gradients[landed])))
        if now.of(self.fan, "pointer.shown") > 0 and now.of(self.fan, "shown") > 0:
            turned = now.of(self.fan, "turned") % 1
            centre = chart.left + turned * chart.width, level + half * math.sin(TURN * turned)
            shown = now.of(self.fan, "pointer.shown") * now.of(self.fan, "shown")
            yield Stroke(points=np.array([(centre[0], level), centre]), colour=theme.ink, width=5.0, opacity=shown)
            yield Disc(centre=centre, radius=0.1, colour=theme.ink, opacity=shown, shows=Shows("bar pointer"))

    def _bar(self, now: Now, number: int, grown: float, landed: int) -> Iterator[Mark]:
        chart, share = self.chart, math.sin(TURN * number / WAYS)
        if grown == 0 or abs(share) < 1e-9:
            return
        x, level = chart.left + number / WAYS * chart.width, chart.centre[1]
        ends = np.array([[x, level], [x, level + grown * share * chart.height / 2]])
        name = {WAYS // 4: "peak", 3 * WAYS // 4: "low"}.get(number)
        swell = 1 + 0.6 * now.of(self, f"{name}.pulse") if name else 1.0
        bright = (1.0 if name else 0.75) if share > 0 else (0.75 if name else 0.45)
        shows = Shows("bar", self.fan.ball.clock.index, landed if grown == 1 else None, number)
        width = 55.0 * chart.width / WAYS
        yield Lines(ends=ends[None], colour=self.setting.theme.slope, width=swell * width, opacity=bright, shows=shows)

    def _ways(self, gradient: Array) -> Iterator[Mark]:
        """Below the bars, a small arrow in the direction of every sixth."""
        chart, theme = self.chart, self.setting.theme
        uphill = gradient / max(float(np.hypot(*gradient)), 1e-300)
        along = np.array([uphill[1], -uphill[0]])
        foot = chart.bottom - (0.24 if self.beside else 0.78)
        for number in range(0, WAYS + 1, WAYS // 4):
            turn = TURN * number / WAYS
            way = 0.2 * (math.cos(turn) * along + math.sin(turn) * uphill)
            middle = np.array([chart.left + number / WAYS * chart.width, foot])
            colour = theme.slope if number == WAYS // 4 else theme.ink
            yield ArrowMark(tail=_pair(middle - way), head=_pair(middle + way), colour=colour, width=3.6)

    def _told(self, now: Now, landed: int, steepness: float) -> Iterator[Mark]:
        """The highest and the lowest number, and the places where the slope is zero."""
        chart, theme, brief = self.chart, self.setting.theme, self.setting.language.brief
        for name, number, value in (("peak", WAYS // 4, steepness), ("low", 3 * WAYS // 4, -steepness)):
            shown, up = now.of(self, f"{name}.shown"), name == "peak"
            if shown == 0:
                continue
            size = LABEL * (1.2 + 0.4 * now.of(self, f"{name}.pulse"))
            shows = Shows("bar slope", self.fan.ball.clock.index, landed, number)
            end = chart.top if up else chart.bottom
            x, y = chart.left + number / WAYS * chart.width, end + (0.36 if up else -0.38)
            across, middle = 0.5, 0.5
            if self.beside:
                x, y, across, middle = chart.left - 0.2, end, 1.0, 0.8 if up else 0.2
            label = self.setting.words(brief(value), x, y, size, theme.slope, across, middle, 600, shows)
            yield within(label, self.setting.composition.aside).faded(shown)
        shown, radius = now.of(self, "zeros.shown"), 0.09 * (1 + 0.8 * now.of(self, "zeros.pulse"))
        last = now.of(self, "swept")
        for number in (0, WAYS // 2, WAYS) if shown > 0 else ():
            if number / WAYS <= last:
                centre = chart.left + number / WAYS * chart.width, chart.centre[1]
                yield Disc(centre=centre, radius=radius, colour=theme.loss, shows=Shows("zero")).faded(shown)


def tidy(value: float, size: float) -> float:
    """A slope, or zero where it is next to nothing beside the largest."""
    return 0.0 if abs(value) < NEXT_TO_NOTHING * size else value


def _unit(turned: float) -> Array:
    return np.array([math.cos(TURN * turned), math.sin(TURN * turned)])


def _pair(point: Array) -> tuple[float, float]:
    x, y = point.tolist()
    return x, y
