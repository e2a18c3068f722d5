"""A loss over two parameters with a ball on it: the picture that the lessons of two variables share."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np

from gdsim import Objective, Trajectory
from gdsim.objective import Array
from scenes.script.numbers import number
from scenes.stage.ball import FloorShadow, SurfaceBall
from scenes.stage.camera import Painted
from scenes.stage.layout import Box
from scenes.stage.plane_marks import OffScale, Plate
from scenes.stage.plot import Gathering, Plane, ticks
from scenes.stage.relief import Space, logarithmic
from scenes.stage.space import Axis, FloorContours, SpaceAxes
from scenes.stage.space_marks import SpaceArrow, SpaceDots, SpacePath, on_surface
from scenes.stage.surface import HeightField
from scenes.stage.theme import Theme
from scenes.stage.type import NOTHING, Type, formula, words, words_outline
from scenes.stage.view import View

Stretch = Callable[[Array], Array]

SIZE = (4.6, 4.6, 1.45)
GAP = 0.62
AZIMUTH, ELEVATION = np.radians(-58.0), np.radians(40.0)
# The eye sways so far to either side.
SWAY = np.radians(13.0)
# A start lies within this share of the way from the map's middle to its rim.
WELL_INSIDE = 0.87
# The map shows losses up to this many times the start's height above the lowest.
HEADROOM = 1.35
# A map whose middle loss is below this share of its highest is drawn on a bent scale.
STEEP = 0.16
LABEL_SIZE = 0.25
# The longest gradient arrow, in world units.
BALL_RADIUS = 0.16
LONGEST_ARROW = 1.05


def map_domain(objective: Objective, start: Array) -> tuple[tuple[float, float], tuple[float, float]]:
    """The objective's domain, widened about its middle until the start lies well inside its ellipse."""
    low, high = np.array(objective.domain).T
    middle, half = (low + high) / 2, (high - low) / 2
    reach = float(np.hypot(*((start - middle) / half)))
    half = half * max(1.0, reach / WELL_INSIDE)
    (a, b), (c, d) = np.stack([middle - half, middle + half], axis=-1).tolist()
    return (a, b), (c, d)


def loss_range(
    objective: Objective, domain: tuple[tuple[float, float], tuple[float, float]], start: float
) -> tuple[tuple[float, float], bool, Stretch | None]:
    """(lowest, highest) loss to show, whether the surface is cut off level at the highest, and how it is stretched."""
    axes = [np.linspace(*pair, 161) for pair in domain]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    circle = np.hypot(*np.meshgrid(*[np.linspace(-1, 1, 161)] * 2, indexing="ij")) <= 1
    with np.errstate(all="ignore"):
        losses = objective.value(grid)[circle]
    losses = losses[np.isfinite(losses)]
    low, rim = float(losses.min()), float(losses.max())
    high = min(rim, low + HEADROOM * max(start - low, 0.25 * (rim - low) if start - low < 1e-9 else 0.0))
    shown = losses[losses <= high]
    steep = float(np.median(shown) - low) < STEEP * (high - low)
    return (low, high), rim > high * (1 + 1e-9) + 1e-12, logarithmic(1.2) if steep else None


class Landscape(Gathering):
    """Floor, axes with their numbers, contour lines, and the coloured surface."""

    def __init__(self, box: Box, run: Trajectory, theme: Theme):
        super().__init__()
        objective = run.objective
        domain = map_domain(objective, run.points[0])
        losses, cut, stretch = loss_range(objective, domain, float(run.losses[0]))
        self.space = Space(domain, losses, SIZE, GAP, stretch)
        self.view = View(AZIMUTH, ELEVATION, 16.0)
        marks = (ticks(*domain[0], most=5), ticks(*domain[1], most=5), ticks(*losses, most=4))
        self.axes = SpaceAxes(self.space, self.view, marks, theme.muted, 0.3, theme.panel, 1.8)
        self._fit(box)
        levels = contour_levels(losses)
        self.field = HeightField(
            self.space,
            objective.value,
            self.view,
            theme.heights,
            resolution=72 if stretch else 48,
            edge="level" if cut else "disc",
            levels=levels,
            rim_colour=theme.ink,
            rim_width=1.6,
        )
        self.contours = FloorContours(self.field, levels, 2.0, 0.75)
        self.labels = self._labels(objective, marks, theme)
        self.floor = Gathering()
        self.floor.add(self.axes, self.contours, *[label for label, _ in self.labels])
        self.add(self.floor, self.field)
        self.turn(0.0)

    def turn(self, sway: float) -> None:
        """Stand to one side of the resting place: −1 to 1."""
        self.view.set_azimuth(AZIMUTH + sway * SWAY)
        for label, world in self.labels:
            x, y = self.view.look(world)[0].tolist()
            label.at(x, y, 0.5, 0.5)

    def holds(self, point: Array) -> bool:
        """Whether parameters (2,) lie on the map."""
        return all(low <= value <= high for value, (low, high) in zip(point, self.space.domain))

    def _fit(self, box: Box) -> None:
        """Fill the box, however the view sways."""
        corners = np.array(list(product((-1, 1), (-1, 1), (-1, 1)))) * np.array(SIZE) / 2
        corners[corners[:, 2] < 0, 2] = self.space.floor
        corners[:, :2] *= 1.1  # room for the numbers
        seen = []
        for sway in (-1.0, 0.0, 1.0):
            self.view.set_azimuth(AZIMUTH + sway * SWAY)
            seen.append(self.view.look(corners)[0])
        low, high = np.concatenate(seen).min(axis=0), np.concatenate(seen).max(axis=0)
        zoom = float(min(box.width / (high - low)[0], box.height / (high - low)[1]))
        self.view.set_zoom(zoom)
        self.view.set_centre(*(np.array(box.centre) - zoom * (low + high) / 2).tolist())

    def _labels(self, objective: Objective, marks: tuple[list[float], ...], theme: Theme) -> list[tuple[Type, Array]]:
        """Numbers and names with the world points they stand at."""
        low, high = self.space.domain[0]
        found: list[tuple[Type, Array]] = []
        axes: tuple[Axis, Axis, Axis] = ("first", "second", "loss")
        for axis, values in zip(axes, marks):
            found += [
                (
                    words(number(value), LABEL_SIZE, theme.muted),
                    self.axes.at(axis, value, 0.3 if axis != "loss" else 0.26),
                )
                for value in values
            ]
        for axis, name, (low, high) in zip(axes, objective.variables, self.space.domain):
            found.append((formula(name, 0.36, theme.ink), self.axes.at(axis, (low + high) / 2, 0.72)))
        top = self.axes.at("loss", self.space.losses[1], 0.0) + np.array([0.0, 0.0, 0.36])
        found.append((words("loss", 0.29, theme.loss, 600), top))
        return found


def contour_levels(losses: tuple[float, float]) -> list[float]:
    """Nine levels from low to high, closer together near the bottom."""
    low, high = losses
    return [low + (high - low) * share**2 for share in np.linspace(0.15, 0.97, 8).tolist()]


class Climber(Gathering):
    """The ball on the surface with its path, both also on the floor, and the arrows of its next step."""

    def __init__(self, land: Landscape, run: Trajectory, box: Box, theme: Theme):
        super().__init__()
        self.land, self.run = land, run
        view, field, space = land.view, land.field, land.space
        inside = [land.holds(point) for point in run.points]
        self.seen = inside.index(False) if False in inside else len(inside)
        start = run.points[0]
        self.ball = SurfaceBall(field, start, BALL_RADIUS, colour=theme.ball)
        self.shadow = FloorShadow(self.ball, space, 0.3)
        self.floor_path = SpacePath(view, space.on_floor(start[None]), theme.ball, 2.5)
        self.floor_dots = SpaceDots(view, space.on_floor(run.points[: self.seen]), theme.ball, 0.04)
        self.path = SpacePath(view, field.lift(start[None]), theme.ball, 4.0, field)
        self.dots = SpaceDots(view, field.lift(run.points[: self.seen]), theme.ball, 0.05, field)
        self.uphill, self.downhill = (
            SpaceArrow(view, np.zeros(3), np.zeros(3), colour, 6.0) for colour in self._tints(theme)
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
        """The ball at `point` (2,), after `landed` whole steps."""
        on_map = self.land.holds(point)
        self.ball.radius = BALL_RADIUS if on_map else 0.0
        trail = self.run.points[: min(landed + 1, self.seen)]
        if on_map and landed < self.seen:
            self.ball.roll_to(point)
            trail = np.concatenate([trail, point[None]])
        self.path.set_path(on_surface(self.land.field, trail))
        self.floor_path.set_path(self.land.space.on_floor(trail))
        self.dots.show_first(min(landed + 1, self.seen))
        self.floor_dots.show_first(min(landed + 1, self.seen))
        self._sign(None if on_map else point)

    def aim(self, step: int, uphill: float, downhill: float, length: float) -> None:
        """The arrows at the place where step `step` begins, grown so far (0 to 1).

        length: 0 for a downhill arrow as long as the gradient's, 1 for the very step.
        """
        run, here = self.run, self.run.points[min(step, self.run.steps)]
        if step >= min(self.seen, run.steps):
            uphill = downhill = 0.0
        largest = float(np.linalg.norm(run.gradients[0])) or 1.0
        size = np.array(SIZE[:2]) / np.diff(np.array(self.land.space.domain), axis=1)[:, 0]
        unit = LONGEST_ARROW / max(float(np.linalg.norm(run.gradients[0] * size)), 1e-300)
        up = run.gradients[min(step, run.steps)] * min(unit, LONGEST_ARROW * 3 / largest / size.max())
        move = run.points[min(step + 1, run.steps)] - here
        down = (1 - length) * -up + length * move
        self._put(self.uphill, self.floor_uphill, here, uphill * up)
        self._put(self.downhill, self.floor_downhill, here, downhill * down)

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
        plan = self.land.space.plan(np.clip(point, -1e12, 1e12))
        middle = self.land.view.look(np.zeros(3))[0]
        aim = self.land.view.axes()[:2, :2] @ (plan / max(float(np.hypot(*plan)), 1e-9))
        target = middle + 50 * aim
        self.off.beyond = (float(target[0]), float(target[1]))
        found = self.off.place()
        assert found is not None
        tip, _ = found
        leftwards = tip[0] > middle[0]
        self.note.at(tip[0] + (-0.5 if leftwards else 0.5), tip[1], 1.0 if leftwards else 0.0, 0.5).say(self.warning)


def parts_to_fade(climber: Climber) -> tuple[Painted, ...]:
    """Everything of the run, above the surface and below it."""
    return climber, climber.below
