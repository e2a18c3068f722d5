"""The hero of lessons in two variables: a map of contour lines that tilts into its landscape."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import ClassVar

import numpy as np

from gdsim.objective import Array
from scenes.script.easing import smooth
from scenes.script.numbers import number
from scenes.script.timeline import Channel
from scenes.script.window import Window, zoomed
from scenes.stage.box import Box
from scenes.stage.line_marks import ArrowMark, Lines, Stroke
from scenes.stage.map_lines import Sides
from scenes.stage.marks import Mark, Text
from scenes.stage.part import STILL, Now, Part
from scenes.stage.parts.ground_lines import GroundLines
from scenes.stage.parts.plane import ABOVE, BELOW, LEFT, RIGHT
from scenes.stage.parts.sight import Sight, SurfaceMark
from scenes.stage.pose import fill
from scenes.stage.terrain import Overhead, Pose, Terrain
from scenes.stage.ticks import ticks
from scenes.stage.write import AXIS, LABEL, Setting, clear_of

# Stroke widths of contour lines on the map, and the opacity of those beyond the landscape.
LINE, FAR_LINE = 2.6, 0.55
# The opacity of lines that are dimmed.
DIMMEST = 0.4
# A window of less than this share of the map's height is a close view.
CLOSE = 0.3
# Where the three axes stand that name the landscape's directions, from the hero's lower left corner.
TRIPOD = (0.5, 0.75)


class Land(Part):
    """The ground, as map or landscape.

    window: of the map at first. widest: all windows that it will show, so that its lines reach that far.

    tilt: 0 from above, 1 from the side. surface: opacity of the colours. lines, first, second: can pulse.
    lines.ripple: how far a wave has run over the lines, from the lowest to the highest. lines.dimmed: how faint they
    are, so that the paths of several runs stand out; at 2, none is drawn.
    axes: how much of the map's axes and their numbers is shown.
    turn: degrees by which the map is turned to the left about its middle.
    lead: the land whose channels `strip` and `aside` it follows, if there are several on one stage.
    """

    channels: ClassVar[Mapping[str, Channel]] = {
        "strip": STILL,
        "aside": STILL,
        "tilt": STILL,
        "surface.shown": STILL,
        "lines.pulse": STILL,
        "lines.ripple": STILL,
        "lines.dimmed": STILL,
        "first.pulse": STILL,
        "second.pulse": STILL,
        "axes": Channel((1.0,)),
        "turn": STILL,
    }

    def __init__(
        self, setting: Setting, terrain: Terrain, windows: Sequence[Window], name: str = "land", lead: str = ""
    ) -> None:
        super().__init__(name)
        self.lead = lead or name
        self.setting, self.terrain, self.window = setting, terrain, windows[0]
        composition = setting.composition
        self.inner = [self._inner(composition.hero(strip, 0.0)) for strip in (0.0, 1.0)]
        self.lines = self._on_floor(terrain.lines(self._region(windows)))
        levels = sorted(set(self.lines.levels))
        self._rank = {level: place / len(levels) for place, level in enumerate(levels)}
        # A much larger view of the map has contour lines that are closer together.
        close = [one for one in windows if _height(one) < CLOSE * _height(windows[0])]
        self.close = min(map(_height, close), default=0.0)
        self.close_lines = self._on_floor(terrain.close_lines(self._region(list(map(_spread, close)))) if close else [])
        rings = [(level, terrain.space.place(line, np.full(len(line), level))) for level, line in terrain.rings]
        self._rings = GroundLines(rings, self._colour)

    def _on_floor(self, lines: Sequence[tuple[float, Array]]) -> GroundLines:
        return GroundLines([(level, self.terrain.space.on_floor(line)) for level, line in lines], self._colour)

    def _region(self, windows: Sequence[Window]) -> Sides:
        """The part of the map that is seen through these windows."""
        sides = np.array([Overhead(window, box).sides for window in windows for box in self.inner])
        (left, bottom), (right, top) = sides[:, :, 0].min(axis=0).tolist(), sides[:, :, 1].max(axis=0).tolist()
        return (left, right), (bottom, top)

    def all_channels(self) -> dict[str, Channel]:
        return {**super().all_channels(), "window": Channel(self.window, zoomed)}

    def hero(self, now: Now) -> Box:
        """Its box in the frame."""
        return self.setting.composition.hero(now.of(self.lead, "strip"), now.of(self.lead, "aside"))

    @staticmethod
    def _inner(hero: Box) -> Box:
        return hero.inset(LEFT, BELOW, RIGHT, ABOVE)

    def corner(self, way: Array) -> Box:
        """Room for a dial in the lower corner of the map that an arrow along `way` (2,) does not point to."""
        box = self._inner(self.setting.composition.hero(1.0, 0.0))
        wide, foot = min(2.6, 0.4 * box.width), box.bottom + 0.4
        if way[0] * way[1] >= 0:
            return Box(box.right - wide - 0.5, foot, box.right - 0.5, foot + 1.0)
        return Box(box.left + 0.5, foot, box.left + 0.5 + wide, foot + 1.0)

    def sight(self, now: Now) -> Sight:
        """The eye in this frame."""
        tilt, hero = now.of(self, "tilt"), self.hero(now)
        left, right, bottom, top = now.all_of(self, "window")
        inner = self._inner(hero)
        above = self.terrain.overhead(Overhead((left, right, bottom, top), inner), now.of(self, "turn"))
        strip, aside = now.of(self.lead, "strip"), now.of(self.lead, "aside")
        stand = above
        if tilt > 0:
            stand = _mixed(
                _mixed(self._standing[0.0, 0.0], self._standing[1.0, 0.0], strip), self._standing[0.0, 1.0], aside
            )
        box = Box(*(a + tilt * (b - a) for a, b in zip(_sides(inner), _sides(hero))))
        return Sight(self.terrain, _mixed(above, stand, tilt), tilt, box, now.of(self, "surface.shown"))

    def marks(self, now: Now) -> Iterator[Mark]:
        sight = self.sight(now)
        flat, standing = max(0.0, 1 - 2 * sight.tilt), max(0.0, 2 * sight.tilt - 1)
        if standing > 0:
            yield self._floor(sight).faded(standing)
        yield from self._contours(now, sight)
        if sight.covered > 0 and sight.tilt > 0:
            around = _bounds(sight.at(self.terrain.field.mesh.world))
            yield SurfaceMark(
                terrain=self.terrain, pose=sight.pose, around=around, opacity=sight.covered, clip=self.hero(now)
            )
        if standing > 0:  # above the surface, whose edge may reach the corner
            yield from (mark.faded(standing) for mark in self._tripod(sight))
        flat *= now.of(self, "axes")
        if flat > 0:
            yield from (mark.faded(flat) for mark in self._scales(now, sight))

    def _contours(self, now: Now, sight: Sight) -> Iterator[Mark]:
        """The contour lines: far ones only on the map, those of the landscape at the height of their loss."""
        swell, ripple = 1 + 0.8 * now.of(self, "lines.pulse"), now.of(self, "lines.ripple")
        top = self.terrain.space.losses[1]
        near, bright = self._nearness(now), max(0.0, 1 - (1 - DIMMEST) * now.of(self, "lines.dimmed"))
        for lines, share in ((self.lines, 1 - near), (self.close_lines, near)):
            drawn = sight.tilt < 1 and share * bright > 0
            for level, colour, points in lines.seen(sight.pose, sight.at) if drawn else ():
                opacity = bright * share * (1 - sight.tilt) * (1.0 if level <= top else FAR_LINE)
                width = LINE * (swell + _wave(ripple, self._rank[level] if lines is self.lines else 1.0))
                yield Stroke(points=points, colour=colour, width=width, clip=sight.box, opacity=opacity)
        if sight.tilt > 0 and sight.covered < 1:
            for _, colour, points in self._rings.seen(sight.pose, sight.at):
                yield Stroke(
                    points=points, colour=colour, width=LINE * swell, clip=sight.box, opacity=1 - sight.covered
                )

    def _nearness(self, now: Now) -> float:
        """The opacity of the lines for a close view, by the window's size."""
        if not self.close_lines:
            return 0.0
        first, last = math.log(CLOSE * _height(self.window)), math.log(self.close)
        share = (first - math.log(_height(now.all_of(self, "window")))) / max(first - last, 1e-9)
        return smooth(min(1.0, max(0.0, 1.5 * share)))

    def _colour(self, level: float) -> str:
        red, green, blue = self.terrain.field.colour(level).tolist()
        return "#" + "".join(f"{round(255 * share):02x}" for share in (red, green, blue))

    def _scales(self, now: Now, sight: Sight) -> Iterator[Mark]:
        """The map's axes: numbers along its lower and left edges, and the parameters' names."""
        theme, box = self.setting.theme, sight.box
        (left, right), (bottom, top) = self._seen(now, sight)
        first = [(value, float(sight.on_map([value, bottom])[0])) for value in ticks(left, right, 9)]
        second = [(value, float(sight.on_map([left, value])[1])) for value in ticks(bottom, top, 6)]
        # While the map tilts, some of its places are outside.
        first = [(value, x) for value, x in first if box.left - 1e-6 < x < box.right]
        second = [(value, y) for value, y in second if box.bottom - 1e-6 < y < box.top]
        ends = [[[box.left, box.bottom], [box.right, box.bottom]], [[box.left, box.bottom], [box.left, box.top]]]
        ends += [[[x, box.bottom], [x, box.bottom - 0.09]] for _, x in first]
        ends += [[[box.left, y], [box.left - 0.09, y]] for _, y in second]
        yield Lines(ends=np.array(ends), colour=theme.muted, width=2.0)
        name, names = self.setting.axis_name, self.terrain.objective.variables
        swell = 1 + 0.7 * now.of(self, "first.pulse")
        yield name(names[0], box.right, box.bottom - 0.12, 0.4 * swell, theme.ink)
        swell = 1 + 0.7 * now.of(self, "second.pulse")
        yield name(names[1], box.left - 0.12, box.top, 0.4 * swell, theme.ink)
        for value, x in first:
            yield self.setting.tick(number(value), x, box.bottom - 0.16, 0.5, 1.0)
        for value, y in second:
            yield self.setting.tick(number(value), box.left - 0.16, y, 1.0, 0.5)

    def _seen(self, now: Now, sight: Sight) -> tuple[tuple[float, float], tuple[float, float]]:
        left, right, bottom, top = now.all_of(self, "window")
        return Overhead((left, right, bottom, top), sight.box).sides

    # The landscape's own axes

    @cached_property
    def _standing(self) -> dict[tuple[float, float], Pose]:
        """The pose for each room that the hero makes; a film that stays on the map needs none."""
        rooms = (0.0, 0.0), (1.0, 0.0), (0.0, 1.0)
        return {room: self._stand(self.setting.composition.hero(*room)) for room in rooms}

    def _stand(self, hero: Box) -> Pose:
        """The pose in which the landscape fills a box."""
        terrain = self.terrain
        view = terrain.seen_from(terrain.standing(terrain.azimuth, terrain.elevations[0]))
        mesh = terrain.field.mesh
        drawn = mesh.world[np.unique(mesh.faces)]  # not what is cut off above the highest loss that is shown
        fill(view, hero, drawn if len(drawn) else mesh.world, [], [terrain.azimuth], terrain.elevations)
        return view.state

    def _floor(self, sight: Sight) -> Mark:
        """The floor's grid."""
        (west, east), (south, north) = self.terrain.space.domain
        over = [[[value, south], [value, north]] for value in (west, *ticks(west, east, 7), east)]
        across = [[[west, value], [east, value]] for value in (south, *ticks(south, north, 7), north)]
        return Lines(
            ends=sight.on_map(np.array(over + across)), colour=self.setting.theme.faint, width=1.4, clip=sight.box
        )

    def _tripod(self, sight: Sight) -> Iterator[Mark]:
        """Axes in the corner that show in which direction each number grows."""
        theme, hero = self.setting.theme, sight.box
        ways = self.terrain.seen_from(sight.pose).axes()[:2].T * [[1.0], [1.0], [sight.tilt]]
        west, south = np.minimum(0.0, ways.min(axis=0)).tolist()
        root = np.array([hero.left + TRIPOD[0] - west, hero.bottom + max(TRIPOD[1], TRIPOD[0] - south)])
        names = (*self.terrain.objective.variables, self.setting.label("loss"))
        said: list[Text] = []
        for way, name, colour in zip(ways, names, (theme.muted, theme.muted, theme.loss)):
            head = root + way
            yield ArrowMark(tail=_pair(root), head=_pair(head), colour=colour, width=3.0)
            x, y = (root + (1 + 0.24 / max(float(np.hypot(*way)), 0.3)) * way).tolist()
            loss = colour is theme.loss
            text = self.setting.words(name, x, y, AXIS, colour, 0.5, 0.5, 600) if loss else None
            said.append(clear_of(text or self.setting.formula(name, x, y, LABEL, theme.ink), said, hero))
        yield from said


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.bottom, box.right, box.top


def _wave(ripple: float, rank: float) -> float:
    """How much wider a line is while a wave runs over the map, from the lowest line (rank 0) to the highest (1)."""
    return 1.6 * math.exp(-(((ripple * 1.6 - 0.3 - rank) / 0.12) ** 2)) if 0 < ripple < 1 else 0.0


def _spread(window: Window) -> Window:
    """A window enlarged on every side by its own size."""
    left, right, bottom, top = window
    return 2 * left - right, 2 * right - left, 2 * bottom - top, 2 * top - bottom


def _height(window: Sequence[float]) -> float:
    return window[3] - window[2]


def _pair(point: Array) -> tuple[float, float]:
    x, y = point.tolist()
    return x, y


def _bounds(points: Array) -> Box:
    (left, bottom), (right, top) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return Box(left, bottom, right, top)


def _mixed(one: Pose, other: Pose, share: float) -> Pose:
    """A pose between two others; sizes change by equal factors."""
    if share in (0.0, 1.0):
        return other if share else one
    mixed = [a + share * (b - a) for a, b in zip(one, other)]
    mixed[3] = math.exp(math.log(one[3]) + share * (math.log(other[3]) - math.log(one[3])))
    return tuple(mixed)
