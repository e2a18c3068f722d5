"""The ball on a landscape: its path, both also on the map below, and the arrows of its next step."""

from __future__ import annotations

import numpy as np

from gdsim import Trajectory
from gdsim.behaviour import lengths
from gdsim.objective import Array
from scenes.stage.ball import FloorShadow, SurfaceBall
from scenes.stage.camera import Painted
from scenes.stage.landscape import SIZE, Landscape
from scenes.stage.layout import Box
from scenes.stage.map_path import MapPath
from scenes.stage.plane_marks import OffScale, Plate
from scenes.stage.plot import Gathering, Plane
from scenes.stage.space_marks import SpaceArrow, SpaceDots, SpacePath
from scenes.stage.theme import Theme
from scenes.stage.type import NOTHING, Type, words_outline

BALL_RADIUS = 0.16
# The longest gradient arrow, in world units; one that would be longer than the second is no number to draw.
LONGEST_ARROW, LONGEST_REACH = 1.05, 1e9


class BallWithPath(Gathering):
    """The ball on the surface with its path, both also on the floor, and the arrows of its next step."""

    def __init__(self, land: Landscape, run: Trajectory, box: Box, theme: Theme):
        super().__init__()
        self.land, self.run = land, run
        view, field, space = land.view, land.field, land.space
        self.way = MapPath(run.points, space.domain, land.holds)
        self.on_surface = field.lift(self.way.line.points)
        marked = self.way.points[self.way.dots]
        start = run.points[0]
        edge = theme.background
        self.ball = SurfaceBall(field, start, BALL_RADIUS, colour=theme.ball, rim=edge)
        self.shadow = FloorShadow(self.ball, space, 0.3)
        self.floor_path = SpacePath(view, space.on_floor(start[None]), theme.ball, 2.5)
        self.floor_dots = SpaceDots(view, space.on_floor(marked), theme.ball, 0.04)
        self.path = SpacePath(view, field.lift(start[None]), theme.ball, 4.0, field, casing=edge)
        self.dots = SpaceDots(view, field.lift(marked), theme.ball, 0.05, field, casing=edge)
        self.uphill, self.downhill = (
            SpaceArrow(view, np.zeros(3), np.zeros(3), colour, 6.0, casing=edge) for colour in self._tints(theme)
        )
        self.floor_uphill, self.floor_downhill = (
            SpaceArrow(view, np.zeros(3), np.zeros(3), colour, 4.5, 0.2) for colour in self._tints(theme)
        )
        self.off = OffScale(Plane(box, (box.left, box.right), (box.bottom, box.top)), theme.ball)
        self.warning = words_outline("off the map", theme.ball, 600)
        self.note = Type(NOTHING, 0.3)
        self.below = Gathering()
        self.below.add(self.shadow, self.floor_path, self.floor_dots, self.floor_uphill, self.floor_downhill)
        self.add(self.path, self.dots, self.uphill, self.downhill, self.ball, Plate(self.note, theme.background))
        self.add(self.off, self.note)

    @staticmethod
    def _tints(theme: Theme) -> tuple[str, str]:
        return theme.slope, theme.step

    def show(self, landed: int, point: Array) -> None:
        """The ball at `point` (2,), after `landed` whole steps; all of it follows from these two."""
        on_map = bool(self.land.holds(point))
        self.ball.radius = BALL_RADIUS if on_map else 0.0
        self.ball.roll_to(point if on_map else self.run.points[0])
        way, made = self.way.line, self.way.line.before(landed)
        now = self.way.under_way(landed, point)
        begins = np.concatenate([way.begins[:made], now.begins])
        self.path.set_path(np.concatenate([self.on_surface[:made], self.land.field.lift(now.points)]), begins)
        points = np.concatenate([way.points[:made], now.points])
        self.floor_path.set_path(self.land.space.on_floor(points), begins)
        self.dots.show_first(self.way.marked(landed))
        self.floor_dots.show_first(self.way.marked(landed))
        self._sign(None if on_map else point)

    def aim(self, step: int, uphill: float, downhill: float, length: float, moved: float = 0.0) -> None:
        """The arrows at the place where step `step` begins, grown so far (0 to 1).

        length: 0 for a downhill arrow as long as the gradient's, 1 for the very step.
        moved: how much of the step is made; the ball uses the downhill arrow up, the other shrinks out of its way.
        """
        run, points = self.run, self.way.points
        here = points[min(step, run.steps)]
        if step >= run.steps or not self.way.inside[step]:
            uphill = downhill = 0.0
            here = points[0]
        up = self._gradient_arrow(min(step, run.steps))
        move = points[min(step + 1, run.steps)] - here
        down = (1 - length) * -up + length * move
        self._put(self.uphill, self.floor_uphill, here, uphill * max(0.0, 1 - 2 * moved) * up)
        self._put(self.downhill, self.floor_downhill, here + moved * move, (1 - moved) * downhill * down)

    def _gradient_arrow(self, step: int) -> Array:
        """(2,): the gradient there in the objective's units, as long as arrows in the picture may be."""
        run = self.run
        size = np.array(SIZE[:2]) / np.diff(np.array(self.land.space.domain), axis=1)[:, 0]
        with np.errstate(all="ignore"):  # beyond a double's range there is no arrow
            largest = float(lengths(run.gradients[0])) or 1.0
            unit = LONGEST_ARROW / max(float(lengths(run.gradients[0] * size)), 1e-300)
            up = run.gradients[step] * min(unit, LONGEST_ARROW * 3 / largest / size.max())
        reach = float(np.abs(up * size).max())
        return up if reach < LONGEST_REACH else np.zeros(2)

    def _put(self, arrow: SpaceArrow, on_floor: SpaceArrow, here: Array, way: Array) -> None:
        """An arrow along the surface's slope at `here`, and its plan on the floor."""
        field, space = self.land.field, self.land.space
        small = 1e-3
        start = field.lift(here)
        along = (field.lift(here + small * way) - start) / small if np.any(way) else np.zeros(3)
        # On a cliff the arrow would leave the picture: it keeps its direction.
        along *= min(1.0, 1.4 * LONGEST_ARROW / max(float(np.linalg.norm(along)), 1e-12))
        arrow.put(start, start + along)
        on_floor.put(space.on_floor(here), space.on_floor(here + way))

    def _sign(self, point: Array | None) -> None:
        """The marker that stands in for a ball that has left the map."""
        if point is None:
            self.off.beyond = None
            self.note.say(NOTHING)
            return
        plan = self.land.space.plan(self.way.within_reach(point))
        middle = self.land.view.look(np.zeros(3))[0]
        aim = self.land.view.axes()[:2, :2] @ (plan / max(float(np.hypot(*plan)), 1e-9))
        target = middle + 50 * aim
        self.off.beyond = (float(target[0]), float(target[1]))
        found = self.off.place()
        assert found is not None
        tip, _ = found
        leftwards = tip[0] > middle[0]
        self.note.at(tip[0] + (-0.5 if leftwards else 0.5), tip[1], 1.0 if leftwards else 0.0, 0.5).say(self.warning)


def parts_to_fade(climber: BallWithPath) -> tuple[Painted, ...]:
    """Everything of the run, above the surface and below it."""
    return climber, climber.below
