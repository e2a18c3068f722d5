"""A run on a landscape and on its map: the ball, where it has been, how high it is, and the line of equal loss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from gdsim import Trajectory
from gdsim.objective import Array
from scenes.script.timeline import Channel
from scenes.stage.hidden import CutDisc, hiding_faces
from scenes.stage.marks import Disc, Mark, Plate, Ring, Shows, Stroke, Text
from scenes.stage.part import Anchor, Now, Part
from scenes.stage.parts.landscape import Land, Sight
from scenes.stage.parts.run import APART, BALL, HOP, PRINT, Run, off_the_scale, rolls
from scenes.stage.terrain import Terrain
from scenes.stage.write import LABEL, Setting, within

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
    """The run's ball: on the surface at every step, in the air between two; a marker if it has left the picture."""

    def __init__(self, setting: Setting, land: Land, clock: Run, name: str = "ball") -> None:
        super().__init__(name)
        self.setting, self.land, self.clock = setting, land, clock

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
            return not self.land.terrain.holds(run.points[nearer], float(run.losses[nearer]))
        return not (box.left <= place[0] <= box.right and box.bottom <= place[1] <= box.top)

    def marks(self, now: Now) -> Iterator[Mark]:
        sight, theme, index = self.land.sight(now), self.setting.theme, self.clock.index
        world, step = self.world(now)
        x, y = sight.at(world).tolist()
        if self.gone(now, sight, np.array([x, y])):
            outwards = self._direction(now, sight)
            yield from off_the_scale(self.setting, theme.ball, outwards, sight.box, index)
            return
        radius = BALL * (1 + 0.5 * now.of(self, "pulse"))
        hiding = np.zeros((0, 4, 2))
        if sight.covered > 0 and sight.tilt > 0:
            self.land.terrain.seen_from(sight.pose)
            hiding = hiding_faces(self.land.terrain.field, world, (x, y), radius)
        yield CutDisc(
            centre=(x, y),
            radius=radius,
            colour=theme.ball,
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
    """Where the ball has been: a dot at each landing, and the last leaps; from above, the whole path."""

    LEAPS, POINTS = 3, 24

    def __init__(self, setting: Setting, land: Land, clock: Run, name: str = "trail") -> None:
        super().__init__(name)
        self.setting, self.land, self.clock = setting, land, clock

    def marks(self, now: Now) -> Iterator[Mark]:
        (landed, share), sight, theme = self.clock.instant(now), self.land.sight(now), self.setting.theme
        run, terrain, index = self.clock.run, self.land.terrain, self.clock.index
        width = 3.4 + 2.5 * now.of(self, "pulse")
        if sight.tilt < 1 and landed + (share > 0):
            points = sight.on_map(run.points[: landed + 1][-600:])
            if share > 0:
                points = np.vstack([points, sight.at(way(terrain, run, landed, np.array([share])))])
            shows = Shows("path", index, landed)
            opacity = 0.9 * (1 - sight.tilt)
            yield Stroke(points=points, colour=theme.ball, width=width, clip=sight.box, opacity=opacity, shows=shows)
        if sight.tilt > 0:
            for mark in self._leaps(sight, landed, share):
                yield mark.faded(sight.tilt)
        yield from self._prints(sight, landed)

    def _leaps(self, sight: Sight, landed: int, share: float) -> Iterator[Mark]:
        run, terrain = self.clock.run, self.land.terrain
        for step in range(max(0, landed - self.LEAPS), landed + (share > 0)):
            if not all(terrain.holds(run.points[one], float(run.losses[one])) for one in (step, step + 1)):
                continue
            gone = share if step == landed else 1.0
            opacity = 1 - (landed + share - step - gone) / self.LEAPS
            world = way(terrain, run, step, np.linspace(0, gone, self.POINTS))
            points, seen = sight.at(world), sight.visible(world)
            for piece in stretches(points, seen):
                yield Stroke(
                    points=piece,
                    colour=self.setting.theme.step,
                    width=2.8,
                    dash=() if rolls(run) else (0.09, 0.09),
                    opacity=0.9 * max(0.0, opacity),
                )

    def _prints(self, sight: Sight, landed: int) -> Iterator[Mark]:
        """The landings that can be told apart and are not hidden."""
        run, terrain = self.clock.run, self.land.terrain
        flat = sight.tilt < 0.5
        world = terrain.space.place(run.points[: landed + 1], run.losses[: landed + 1])
        points, box = sight.at(world), sight.box
        kept = (points >= [box.left, box.bottom]).all(axis=1) & (points <= [box.right, box.top]).all(axis=1)
        if not flat:
            held = [terrain.holds(point, float(loss)) for point, loss in zip(run.points, run.losses[: landed + 1])]
            kept = kept & np.array(held)
            kept[kept] = sight.visible(world[kept])
        steps = np.flatnonzero(kept)
        _, firsts = np.unique(np.round(points[steps] / APART).astype(np.int64), axis=0, return_index=True)
        for step in sorted(steps[firsts].tolist()):
            x, y = points[step].tolist()
            shows = Shows("landing", self.clock.index, step)
            yield Disc(centre=(x, y), radius=PRINT, colour=self.setting.theme.ball, shows=shows)


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
                seen = terrain.holds(np.array(known.point), known.value) and bool(sight.visible(world[None])[0])
            if seen:
                shows = Shows("minimum", step=index)
                yield Ring(centre=(x, y), radius=radius, colour=self.setting.theme.minimum, shows=shows)


class LandHeight(Part):
    """The ball's height above the map: a line in the loss's colour, with its number. grown: how much of the line."""

    channels: ClassVar[Mapping[str, Channel]] = {"grown": Channel((1.0,))}

    def __init__(self, setting: Setting, ball: LandBall, name: str = "height") -> None:
        super().__init__(name)
        self.setting, self.ball = setting, ball

    def marks(self, now: Now) -> Iterator[Mark]:
        world, step = self.ball.world(now)
        sight = self.ball.land.sight(now)
        if step is None or sight.tilt == 0 or self.ball.gone(now, sight, sight.at(world)):
            return
        foot = np.array([*world[:2], self.ball.land.terrain.space.floor])
        ends = sight.at(np.array([world, foot + (1 - now.of(self, "grown")) * (world - foot)]))
        width = 5.0 + 3.0 * now.of(self, "pulse")
        colour, ground = self.setting.theme.loss, self.setting.theme.background
        yield Stroke(points=ends, colour=ground, width=width + 4, opacity=0.6)
        yield Stroke(points=ends, colour=colour, width=width)
        yield Disc(centre=(float(ends[1, 0]), float(ends[1, 1])), radius=0.07, colour=colour)
        loss = float(self.ball.clock.run.losses[step])
        x, y = ends.mean(axis=0).tolist()
        text = self.setting.language.brief(loss)
        size = LABEL * (1.1 + 0.4 * now.of(self, "pulse"))
        shows = Shows("loss", self.ball.clock.index, step)
        right = x + 1.2 < sight.box.right
        label = self.setting.words(
            text, x + (0.16 if right else -0.16), y, size, colour, 0.0 if right else 1.0, 0.5, 600, shows
        )
        yield from (mark.faded(sight.tilt) for mark in plated(within(label, sight.box), ground))


class Level(Part):
    """The contour line through the ball's place, on which the loss is the same everywhere. Only on the map."""

    channels: ClassVar[Mapping[str, Channel]] = {"grown": GROWN, "label.shown": Channel((0.0,))}

    def __init__(self, setting: Setting, ball: LandBall, name: str = "level") -> None:
        super().__init__(name)
        self.setting, self.ball = setting, ball

    def marks(self, now: Now) -> Iterator[Mark]:
        (landed, share), sight = self.ball.clock.instant(now), self.ball.land.sight(now)
        if share > 0 or sight.tilt > 0.5:
            return
        run, index = self.ball.clock.run, self.ball.clock.index
        here = sight.on_map(run.points[landed])
        width = 5.0 + 2.5 * now.of(self, "pulse")
        faded, colour = 1 - 2 * sight.tilt, self.setting.theme.loss
        for line in self.ball.land.terrain.landing_lines(landed):
            points = sight.on_map(line)
            reach = np.hypot(*(points - here).T)
            kept = reach <= now.of(self, "grown") * max(float(reach.max()), 1e-9)
            for piece in stretches(points, kept):
                shows = Shows("level", index, landed)
                yield Stroke(points=piece, colour=colour, width=width, clip=sight.box, opacity=faded, shows=shows)
        shown = now.of(self, "label.shown") * faded
        if shown > 0:
            label = self._label(sight, here, landed)
            yield from (mark.faded(shown) for mark in plated(label, self.setting.theme.background))

    def _label(self, sight: Sight, here: Array, landed: int) -> Text:
        """Its loss, on the line itself, as on maps."""
        run = self.ball.clock.run
        text = self.setting.language.brief(float(run.losses[landed]))
        shows = Shows("loss", self.ball.clock.index, landed)
        uphill = run.gradients[landed] / max(float(np.hypot(*run.gradients[landed])), 1e-300)
        x, y = (here + 0.62 * np.array([-uphill[1], uphill[0]])).tolist()
        return within(
            self.setting.words(text, x, y, LABEL * 1.1, self.setting.theme.loss, 0.5, 0.5, 600, shows), sight.box
        )


def plated(text: Text, ground: str) -> Iterator[Mark]:
    """Words on a plate in the background's colour, so that no line runs through them."""
    box = text.box
    if box is not None:
        yield Plate(around=box.inset(-0.07, 0.02, -0.07, 0.02), colour=ground, opacity=0.8 * text.opacity)
        yield text


def stretches(points: Array, kept: Array) -> Iterator[Array]:
    """The stretches of a polyline whose points are kept."""
    cuts = np.flatnonzero(np.diff(kept.astype(np.int8))) + 1
    for piece, is_kept in zip(np.split(points, cuts), kept[[0, *cuts]] if len(kept) else []):
        if is_kept and len(piece) > 1:
            yield piece
