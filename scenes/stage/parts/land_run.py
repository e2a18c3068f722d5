"""A run on a landscape and on its map: the ball, where it has been, and the minima it may go to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from gdsim import Trajectory
from gdsim.objective import Array
from scenes.script.timeline import Channel
from scenes.stage.area_marks import Disc
from scenes.stage.hidden import CutDisc, hiding_faces
from scenes.stage.line_marks import ArrowMark, Ring, Stroke
from scenes.stage.marks import Mark, Shows
from scenes.stage.part import Anchor, Now, Part
from scenes.stage.parts.landscape import Land
from scenes.stage.parts.run import APART, BALL, FINEST, HOP, PRINT, Run, off_the_scale, rim, rolls
from scenes.stage.parts.sight import Sight
from scenes.stage.terrain import SIDE, Terrain
from scenes.stage.write import LABEL, Setting

GROWN = Channel((0.0,))
# A leap rises at most this far above the straight line, in world units.
HIGHEST_HOP = 0.5


def way(terrain: Terrain, run: Trajectory, step: int, shares: Array) -> Array:
    """World points (n, 3) of step number `step` + 1: methods with inertia roll over the ground, all others leap.

    From above, a leap is straight; from the side, it is an arc that clears the ground.
    """
    tail, head = run.points[step], run.points[step + 1]
    if rolls(run):
        return terrain.field.lift(tail + shares[:, None] * (head - tail))
    ends = terrain.space.place(run.points[step : step + 2], run.losses[step : step + 2])
    inside = np.linspace(0.1, 0.9, 9)
    ground = terrain.field.lift(tail + inside[:, None] * (head - tail))[:, 2]
    straight = ends[0, 2] + inside * (ends[1, 2] - ends[0, 2])
    hop = min(HIGHEST_HOP, HOP * float(np.hypot(*(ends[1] - ends[0])[:2])))
    hop = max(hop, float(((ground - straight) / (4 * inside * (1 - inside))).max()))
    places = ends[0] + shares[:, None] * (ends[1] - ends[0])
    places[:, 2] += 4 * hop * shares * (1 - shares)
    return np.asarray(places)


class LandBall(Part):
    """The run's ball: on the surface at every step, in the air between two; a marker if it has left the picture.

    above: the balls that are drawn over it; if one covers it, it grows until it can be seen around it.
    noted: whether words say that it is off the scale; among several balls, only the marker's colour says which it is.
    """

    def __init__(
        self,
        setting: Setting,
        land: Land,
        clock: Run,
        colour: str | None = None,
        name: str = "ball",
        above: Sequence[LandBall] = (),
        noted: bool = True,
    ) -> None:
        super().__init__(name)
        self.setting, self.land, self.clock = setting, land, clock
        self.colour = colour or setting.theme.ball
        self.above, self.noted = tuple(above), noted

    def world(self, now: Now) -> tuple[Array, int | None]:
        """Where it is in the world (3,), and the step at which it rests; None while it is in the air."""
        (landed, share), run = self.clock.instant(now), self.clock.run
        if share == 0:
            return self.land.terrain.space.place(run.points[landed], run.losses[landed]), landed
        return way(self.land.terrain, run, landed, np.array([share]))[0], None

    def place(self, now: Now) -> tuple[Array, int | None]:
        """The same in the frame (2,)."""
        world, step = self.world(now)
        return self.land.sight(now).at(world), step

    def anchor(self, now: Now, element: str) -> Anchor:
        """`x`: just below it."""
        x, y = self.place(now)[0].tolist()
        return Anchor(x, y - 0.4, LABEL)

    def gone(self, now: Now, sight: Sight, place: Array) -> bool:
        """Whether it has left the picture: beyond the map's edge, or off the drawn ground."""
        (landed, share), run, box = self.clock.instant(now), self.clock.run, sight.box
        if sight.tilt > 0.5:
            nearer = landed + (share > 0.5)
            return not self.land.terrain.holds(run.points[nearer], run.losses[nearer])
        return not (box.left <= place[0] <= box.right and box.bottom <= place[1] <= box.top)

    def marks(self, now: Now) -> Iterator[Mark]:
        sight, theme, index = self.land.sight(now), self.setting.theme, self.clock.index
        world, step = self.world(now)
        x, y = sight.at(world).tolist()
        if self.gone(now, sight, np.array([x, y])):
            outwards = self._direction(now, sight)
            yield from off_the_scale(self.setting, self.colour, outwards, sight.box, index, self.noted)
            return
        others = [(other.place(now)[0], now.of(other, "shown")) for other in self.above]
        radius = BALL * (1 + 0.5 * now.of(self, "pulse")) + rim(np.array([x, y]), others)
        hiding = np.zeros((0, 4, 2))
        if sight.covered > 0 and sight.tilt > 0:
            self.land.terrain.seen_from(sight.pose)
            hiding = hiding_faces(self.land.terrain.field, world, (x, y), radius)
        yield CutDisc(
            centre=(x, y),
            radius=radius,
            colour=self.colour,
            rim=theme.background,
            hiding=hiding,
            cut=sight.covered,
            shows=Shows("point", index, step),
        )

    def _direction(self, now: Now, sight: Sight) -> Array:
        """A frame point beyond the edge, in the direction in which the ball has gone."""
        landed, _ = self.clock.instant(now)
        middle = self.land.terrain.space.plan(np.mean(self.land.terrain.space.domain, axis=1))
        plan = self.land.terrain.space.plan(self.clock.run.points[min(landed + 1, self.clock.run.steps)])
        away = (plan - middle) / max(float(np.hypot(*(plan - middle))), 1e-12)
        floor = self.land.terrain.space.floor
        ends = sight.at(np.array([[*middle, floor], [*(middle + away), floor]]))
        return np.array(sight.box.centre) + 50 * (ends[1] - ends[0])


class LandTrail(Part):
    """Where the ball has been: a dot at each landing, and the last leaps; from above, the whole path.

    colour: of all of it; by default the ball's, with leaps in the step's.
    """

    LEAPS, POINTS = 3, 24
    # So many landings are shown, the last ones: a run that wanders for ever covers its map.
    MOST = 2000

    def __init__(
        self, setting: Setting, land: Land, clock: Run, colour: str | None = None, name: str = "trail"
    ) -> None:
        super().__init__(name)
        self.setting, self.land, self.clock = setting, land, clock
        self.colour, self.leap = colour or setting.theme.ball, colour or setting.theme.step
        run, terrain = clock.run, land.terrain
        self.landings = distinct_landings(terrain, run)
        self.world = terrain.space.place(run.points[self.landings], run.losses[self.landings])
        self.held = terrain.holds(run.points[self.landings], run.losses[self.landings])

    def marks(self, now: Now) -> Iterator[Mark]:
        (landed, share), sight = self.clock.instant(now), self.land.sight(now)
        run, terrain, index = self.clock.run, self.land.terrain, self.clock.index
        width = 3.4 + 2.5 * now.of(self, "pulse")
        if sight.tilt < 1 and landed + (share > 0):
            points = sight.on_map(run.points[: landed + 1][-600:])
            if share > 0:
                points = np.vstack([points, sight.at(way(terrain, run, landed, np.array([share])))])
            shows = Shows("path", index, landed)
            opacity = 0.9 * (1 - sight.tilt)
            yield Stroke(points=points, colour=self.colour, width=width, clip=sight.box, opacity=opacity, shows=shows)
        if sight.tilt > 0:
            for mark in self._leaps(sight, landed, share):
                yield mark.faded(sight.tilt)
        yield from self._prints(sight, landed)

    def _leaps(self, sight: Sight, landed: int, share: float) -> Iterator[Mark]:
        run, terrain = self.clock.run, self.land.terrain
        for step in range(max(0, landed - self.LEAPS), landed + (share > 0)):
            if not terrain.holds(run.points[step : step + 2], run.losses[step : step + 2]).all():
                continue
            gone = share if step == landed else 1.0
            opacity = 1 - (landed + share - step - gone) / self.LEAPS
            world = way(terrain, run, step, np.linspace(0, gone, self.POINTS))
            points, seen = sight.at(world), sight.visible(world)
            for piece in stretches(points, seen):
                yield Stroke(
                    points=piece,
                    colour=self.leap,
                    width=2.8,
                    dash=() if rolls(run) else (0.09, 0.09),
                    opacity=0.9 * max(0.0, opacity),
                )

    def _prints(self, sight: Sight, landed: int) -> Iterator[Mark]:
        """The landings that can be told apart and are not hidden."""
        last = int(np.searchsorted(self.landings, landed, side="right"))
        shown = slice(max(0, last - self.MOST), last)
        world = self.world[shown]
        points, box = sight.at(world), sight.box
        kept = (points >= [box.left, box.bottom]).all(axis=1) & (points <= [box.right, box.top]).all(axis=1)
        if sight.tilt >= 0.5:
            kept = kept & self.held[shown]
            kept[kept] = sight.visible(world[kept])
        places = np.flatnonzero(kept)
        _, firsts = np.unique(np.round(points[places] / APART).astype(np.int64), axis=0, return_index=True)
        for place in sorted(places[firsts].tolist()):
            x, y = points[place].tolist()
            shows = Shows("landing", self.clock.index, int(self.landings[shown][place]))
            yield Disc(centre=(x, y), radius=PRINT, colour=self.colour, shows=shows)


def distinct_landings(terrain: Terrain, run: Trajectory) -> np.ndarray:
    """The steps (n,) of int, growing, that land where no earlier one did, as finely as any film zooms in."""
    plan = terrain.space.plan(run.points)
    _, firsts = np.unique(np.round((plan - plan[0]) * FINEST / SIDE), axis=0, return_index=True)
    return np.sort(firsts)


class Downhill(Part):
    """The step to come, as an arrow on the landscape from the ball to where it will land; gone once the ball is off."""

    # It has faded when this share of the step is done.
    GONE = 0.3

    def __init__(self, setting: Setting, ball: LandBall, name: str = "downhill") -> None:
        super().__init__(name)
        self.setting, self.ball = setting, ball

    def marks(self, now: Now) -> Iterator[Mark]:
        (landed, share), sight = self.ball.clock.instant(now), self.ball.land.sight(now)
        run, terrain, index = self.ball.clock.run, self.ball.land.terrain, self.ball.clock.index
        ends = slice(landed, landed + 2)
        if landed == run.steps or share >= self.GONE or sight.tilt < 0.5:
            return
        if not terrain.holds(run.points[ends], run.losses[ends]).all():
            return
        world = terrain.space.place(run.points[ends], run.losses[ends])
        tail, head = sight.at(world)
        if not sight.visible(world).all() or float(np.hypot(*(head - tail))) < BALL:
            return
        arrow = ArrowMark(
            tail=(float(tail[0]), float(tail[1])),
            head=(float(head[0]), float(head[1])),
            colour=self.setting.theme.step,
            width=5.0,
            clip=sight.box,
            shows=Shows("step arrow", index, landed),
        )
        yield arrow.faded(1 - share / self.GONE)


class LandMinima(Part):
    """A green ring at each known minimum of the picture."""

    RADIUS = 0.16

    def __init__(self, setting: Setting, land: Land, name: str = "minimum") -> None:
        super().__init__(name)
        self.setting, self.land = setting, land

    def marks(self, now: Now) -> Iterator[Mark]:
        sight, terrain = self.land.sight(now), self.land.terrain
        radius = self.RADIUS * (1 + 0.9 * now.of(self, "pulse"))
        for index, known in enumerate(terrain.objective.minima):
            world = terrain.space.place(np.array(known.point), known.value)
            x, y = sight.at(world).tolist()
            box = sight.box
            seen = box.left <= x <= box.right and box.bottom <= y <= box.top
            if sight.tilt > 0.5:
                seen = bool(terrain.holds(np.array(known.point), known.value) and sight.visible(world[None])[0])
            if seen:
                shows = Shows("minimum", step=index)
                yield Ring(centre=(x, y), radius=radius, colour=self.setting.theme.minimum, shows=shows)


def stretches(points: Array, kept: Array) -> Iterator[Array]:
    """The stretches of a polyline whose points are kept."""
    cuts = np.flatnonzero(np.diff(kept.astype(np.int8))) + 1
    for piece, is_kept in zip(np.split(points, cuts), kept[[0, *cuts]] if len(kept) else []):
        if is_kept and len(piece) > 1:
            yield piece
