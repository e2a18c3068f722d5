"""Shots on the range: a ball in its band, its flight, the flights before it, and the miss with its square, the loss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import ClassVar, NamedTuple

import numpy as np

from gdsim.ballistics import DISTANCE, flight
from gdsim.objective import Array
from scenes.phrases.shot_facts import loss_digits, misses
from scenes.script.easing import smooth
from scenes.script.numbers import number
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Area, Disc
from scenes.stage.line_marks import ArrowMark, Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import STILL, Anchor, Now, Part
from scenes.stage.parts.cost_map import ball_size
from scenes.stage.parts.plane import View
from scenes.stage.parts.run import Instant, Run, off_the_scale
from scenes.stage.parts.shooting_range import PRONG, Range, placed_in
from scenes.stage.theme import blended
from scenes.stage.write import LABEL, NAME, Setting, within

# Of the time from one landing to the next: until the aim is corrected, the ball has left the band, and it has landed.
AIMED, LEFT, LANDED = 0.34, 0.4, 0.86
# A band is drawn by so many metres at most, and by half of that at this speed; an arrow has so many metres for each
# metre per second.
PULL, HALF, ARROW = 7.2, 15.0, 0.55
# So many flights before the last are seen; each is drawn through so many points.
BEFORE, POINTS = 5, 64
SHARES = np.linspace(0.0, 1.0, POINTS)


class Shot(NamedTuple):
    """One instant of a row of shots.

    number: of the shot, counted from 0, that flies or has landed. reloaded: how much of the next one is in the band.
    aim: (2,), speed and angle of the band. pulled: how far it is drawn, 0 to 1. flown: the share of the flight.
    settled: how much of the old miss has become the new one.
    """

    number: int
    reloaded: float
    aim: Array
    pulled: float
    flown: float
    settled: float


class Firing(Run):
    """The clock of a row of shots. `progress`: how many corrections were made; `first`: how far the first shot is."""

    channels: ClassVar[Mapping[str, Channel]] = {**Run.channels, "first": STILL}

    def shot(self, now: Now) -> Shot:
        """The shot in this frame."""
        landed, share = self._parts(now)
        points = self.run.points
        if share > 0 and share < AIMED:
            part = smooth(share / AIMED)
            aim = points[landed] + part * (points[landed + 1] - points[landed])
            return Shot(landed, part, aim, part, 1.0, 1.0)
        if landed == 0 and share == 0:
            first = now.of(self, "first")
            share = AIMED + (1 - AIMED) * first if first < 1 else 0.0
            index = 0
        else:
            index = landed + (share > 0)
        if share == 0:
            return Shot(index, 0.0, points[index], 0.0, 1.0, 1.0)
        left, flown = (share - AIMED) / (LEFT - AIMED), (share - LEFT) / (LANDED - LEFT)
        settled = smooth(min(1.0, max(0.0, (share - LANDED) / (1 - LANDED))))
        return Shot(index, 0.0, points[index], max(0.0, 1 - left * left), min(1.0, max(0.0, flown)), settled)

    def _parts(self, now: Now) -> tuple[int, float]:
        """The corrections made, and the share of the one under way."""
        progress = min(max(now.of(self, "progress"), 0.0), float(self.run.steps))
        landed = int(progress + 1e-9)
        return landed, max(0.0, progress - landed) if progress - landed > 1e-9 else 0.0


class Aiming(Run):
    """The clock of force and angle, which change while the band is drawn; it has no channel of its own."""

    def __init__(self, firing: Firing) -> None:
        super().__init__(firing.run, firing.index, f"{firing.name}.aim")
        self.firing = firing

    def instant(self, now: Now) -> Instant:
        landed, share = self.firing._parts(now)
        if share >= AIMED:
            return Instant(landed + 1, 0.0)
        return Instant(landed, smooth(share / AIMED))


class Landing(Aiming):
    """The clock of the miss, which is known when the ball has landed."""

    def instant(self, now: Now) -> Instant:
        landed, share = self.firing._parts(now)
        return Instant(landed + (share >= LANDED), 0.0)


class Shots(Part):
    """A run's ball, its flights, and the band that shoots it.

    Channels: `past`, how much is seen of the flights before the last; `aim`, of the arrow and its angle.
    Elements: `force`, `angle` pulse the arrow and the angle.
    """

    channels: ClassVar[Mapping[str, Channel]] = {
        **dict.fromkeys(("past", "aim"), Channel((1.0,))),
        **dict.fromkeys(("force.pulse", "angle.pulse"), STILL),
    }

    def __init__(self, setting: Setting, plane: Range, clock: Firing, colour: str, name: str = "shots") -> None:
        super().__init__(name)
        self.setting, self.plane, self.clock, self.colour = setting, plane, clock, colour
        self.flights = [flight(speed, angle, SHARES) for speed, angle in clock.run.points.tolist()]

    def marks(self, now: Now) -> Iterator[Mark]:
        shot = self.clock.shot(now)
        yield from self._flights(now, shot)
        yield from self._aim(now, shot)
        yield from self._band(now, shot)
        yield from self._ball(now, shot)

    def _flights(self, now: Now, shot: Shot) -> Iterator[Mark]:
        """The last flight as far as it has come, and a few before it, the older the fainter."""
        view, past = self.plane.view(now), now.of(self, "past")
        age = shot.flown if shot.number and not shot.reloaded else 1.0
        for index in range(max(0, shot.number - BEFORE), shot.number):
            seen = 0.55 * past * (1 - (shot.number - index - 1 + age) / (BEFORE + 1))
            if seen > 0:
                yield self._path(view, self.flights[index], index, seen, 2.6)
        if shot.flown >= 1:
            yield self._path(view, self.flights[shot.number], shot.number, 1.0, 4.0)
        elif shot.flown > 0:
            speed, angle = self.clock.run.points[shot.number].tolist()
            yield self._path(view, flight(speed, angle, SHARES * shot.flown), shot.number, 1.0, 4.0)

    def _path(self, view: View, places: Array, index: int, seen: float, width: float) -> Stroke:
        """A flight, the fainter the nearer its colour is to the background's."""
        return Stroke(
            points=placed_in(view, places),
            colour=blended(self.setting.theme.background, self.colour, seen),
            width=width,
            clip=view.box,
            shows=Shows("flight", self.clock.index, index),
        )

    def _aim(self, now: Now, shot: Shot) -> Iterator[Mark]:
        """An arrow as long as the shot is fast, and the angle under it."""
        view, seen = self.plane.view(now), now.of(self, "aim")
        if seen <= 0:
            return
        (speed, angle), theme = shot.aim.tolist(), self.setting.theme
        turn, unit = np.radians(angle), view.box.width / (view.window[1] - view.window[0])
        force, wide = 1 + 0.35 * now.of(self, "force.pulse"), 1 + 0.8 * now.of(self, "angle.pulse")
        turns, reach = np.linspace(0, turn, 24), ARROW * speed * wedge_reach(angle)
        wedge = reach * np.stack([np.cos(turns), np.sin(turns)], axis=-1)
        points = view.to_frame(wedge[:, 0], wedge[:, 1])
        yield Stroke(points=points, colour=theme.ink, width=2.4 * wide, opacity=0.8 * seen, clip=view.box)
        tip = ARROW * speed * force * np.array([np.cos(turn), np.sin(turn)])
        head = view.point(*tip.tolist())
        shows = Shows("launch", self.clock.index, None if shot.reloaded else shot.number)
        yield ArrowMark(tail=view.point(0.0, 0.0), head=head, colour=theme.ink, opacity=seen, shows=shows)
        if unit > 0.05:
            x, y = view.point(*(0.8 * tip + 0.26 / unit * np.array([-np.sin(turn), np.cos(turn)])).tolist())
            yield from self._letter("v", x, y, 0.36, view, seen)
            middle = (reach + 0.24 / unit) * np.array([np.cos(turn / 2), np.sin(turn / 2)])
            x, y = view.point(float(middle[0]), max(float(middle[1]), 0.2 / unit))
            yield from self._letter("theta", x, y, 0.34 * min(wide, 1.4), view, seen)

    def _letter(self, source: str, x: float, y: float, size: float, view: View, seen: float) -> Iterator[Mark]:
        """The name of force or angle, where it is on the range; it gives way to numbers."""
        mark = replace(self.setting.formula(source, x, y, size), rank=NAME)
        if mark.box is not None and view.box.holds(mark.box):
            yield mark.faded(seen)

    def _pouch(self, now: Now, shot: Shot) -> Array:
        """Where the band is held, (2,), in metres."""
        speed, angle = shot.aim[0], np.radians(shot.aim[1])
        return -PULL * shot.pulled * speed / (speed + HALF) * np.array([np.cos(angle), np.sin(angle)])

    def _band(self, now: Now, shot: Shot) -> Iterator[Mark]:
        view, held = self.plane.view(now), self._pouch(now, shot)
        ends = np.array([[-PRONG, 0.4], held, [PRONG, 0.4]])
        yield Stroke(points=view.to_frame(*ends.T), colour=self.setting.theme.ink, width=2.2, clip=view.box)

    def _ball(self, now: Now, shot: Shot) -> Iterator[Mark]:
        """The ball in the air, at rest, or in the band; while the next is loaded, the old one fades."""
        view, (speed, angle) = self.plane.view(now), self.clock.run.points[shot.number].tolist()
        held = shot.flown <= 0
        place = self._pouch(now, shot) if held else flight(speed, angle, np.array([shot.flown]))[0]
        resting = shot.flown >= 1
        yield from self._disc(now, view, place, 1 - shot.reloaded, shot.number if resting else None, resting)
        if shot.reloaded > 0:
            yield from self._disc(now, view, self._pouch(now, shot), shot.reloaded, None, False)

    def _disc(
        self, now: Now, view: View, place: Array, opacity: float, step: int | None, resting: bool
    ) -> Iterator[Mark]:
        x, y = view.point(*place.tolist())
        box, theme = view.box, self.setting.theme
        if opacity <= 0:
            return
        if box.left <= x <= box.right and y <= box.top:
            radius = 0.9 * ball_size(box) * (1 + 0.5 * now.of(self, "pulse"))
            shows = Shows("landing place", self.clock.index, step)
            yield Disc(
                centre=(x, y), radius=radius, colour=self.colour, rim=theme.background, opacity=opacity, shows=shows
            )
        elif resting:
            target = np.clip(np.array([x, y]), -50, 50)
            noted = box.width > 4
            yield from (
                mark.faded(opacity)
                for mark in off_the_scale(self.setting, self.colour, target, box, self.clock.index, noted)
            )

    def anchor(self, now: Now, element: str) -> Anchor:
        """`aim`: the arrow's tip. `ball`: where the last ball lands, no farther than the edge."""
        view, shot = self.plane.view(now), self.clock.shot(now)
        turn = np.radians(shot.aim[1])
        tip = ARROW * shot.aim[0] * np.array([np.cos(turn), np.sin(turn)])
        x, y = view.point(*(tip if element == "aim" else self.flights[shot.number][-1]).tolist())
        return Anchor(min(max(x, view.box.left), view.box.right), y, LABEL)


def wedge_reach(angle: float) -> float:
    """How far out the angle is drawn, in lengths of the arrow: of a flat one beyond its tip, where there is room."""
    return 1.18 - 0.58 * min(1.0, max(0.0, (angle - 10) / 30))


class Miss(Part):
    """The miss, a line along the ground from the basket to the landing, and its square, whose area is the loss."""

    def __init__(self, setting: Setting, plane: Range, clock: Firing, name: str = "miss") -> None:
        super().__init__(name)
        self.setting, self.plane, self.clock = setting, plane, clock
        self.misses = misses(clock.run)

    channels: ClassVar[Mapping[str, Channel]] = {"squared": STILL, "label": STILL}

    def length(self, shot: Shot) -> float:
        """The miss that is drawn, in metres."""
        before = self.misses[shot.number - 1] if shot.number else 0.0
        return float(before + shot.settled * (self.misses[shot.number] - before))

    def marks(self, now: Now) -> Iterator[Mark]:
        shot, view, theme = self.clock.shot(now), self.plane.view(now), self.setting.theme
        length, squared, swell = self.length(shot), now.of(self, "squared"), 1 + 0.8 * now.of(self, "pulse")
        resting = shot.settled >= 1 and not shot.reloaded
        step = shot.number if resting else None
        reach = 2 * (view.window[1] - view.window[0])
        length = min(max(length, -reach), reach)
        if squared > 0:
            side = abs(length) * squared
            corners = np.array([[0, 0], [length, 0], [length, side], [0, side]])
            points = view.to_frame(DISTANCE + corners[:, 0], corners[:, 1])
            shows = Shows("miss square", self.clock.index, step if squared == 1 else None)
            yield Area(points=points, colour=theme.loss, opacity=0.28, clip=view.box, shows=shows)
            yield Stroke(points=points, colour=theme.loss, width=2.0, closed=True, opacity=0.8, clip=view.box)
            yield from self._label(now, view, points, step)
        ends = view.to_frame(np.array([DISTANCE, DISTANCE + length]), np.zeros(2))
        shows = Shows("miss line", self.clock.index, step)
        yield Stroke(points=ends, colour=theme.loss, width=7.0 * swell, clip=view.box, shows=shows)

    def _label(self, now: Now, view: View, points: Array, step: int | None) -> Iterator[Mark]:
        """The loss, in the middle of its square, where that is large enough."""
        told = now.of(self, "label")
        if told <= 0 or step is None:
            return
        loss, theme = float(self.clock.run.losses[step]), self.setting.theme
        text = number(loss, loss_digits(loss))
        x, y = points.mean(axis=0).tolist()
        shows = Shows("loss", self.clock.index, step)
        mark = self.setting.words(text, x, y, LABEL * 1.1, theme.loss, 0.5, 0.5, 600, shows)
        (left, bottom), (right, top) = points.min(axis=0), points.max(axis=0)
        if mark.box is not None and mark.box.width + 0.1 < right - left and mark.box.height < top - bottom:
            yield replace(within(mark, view.box), rank=NAME).faded(told)
