"""A loss over two parameters in the world: its surface, its contour lines, and the poses of the eye.

Nothing here depends on a frame: a pose goes in, frame points come out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from gdsim import Trajectory
from gdsim.objective import Array
from scenes.script.data_range import contour_levels, loss_range, map_domain, resolution
from scenes.stage.box import Box
from scenes.stage.map_lines import Sides, grid_mesh, level_lines
from scenes.stage.mesh import Edge, Space, beyond_edge
from scenes.stage.surface import HeightField, on_surface
from scenes.stage.theme import Theme
from scenes.stage.view import View

# The map's longer side and the landscape's height, in world units; the eye's distance.
SIDE, HEIGHT, DISTANCE = 4.6, 1.6, 16.0
# From above, the first parameter runs to the right and the second upwards.
OVERHEAD = (-math.pi / 2, math.pi / 2)
# The azimuths of the eye, the preferred one first; what can be seen of the run decides.
AZIMUTHS = tuple(math.radians(-90 + turn) for turn in (25, -25, 10, -10, 42, -42, 60, -60, 80, -80))
ELEVATIONS = tuple(math.radians(up) for up in (30, 34, 38, 42, 47, 53))
# How much more of the run a later azimuth must show; elevations within this share count as equal.
DISLIKE, AS_GOOD = 0.012, 0.03
# Contour lines of the map go on beyond the landscape: at most so many more levels, and so many cells along its side.
BEYOND, CELLS, MOST_CELLS = 32, 90, 300
CLOSE_LINES, FINE = 24, 220
# A line passes by a place that is nearer to it than this share of the map.
PASSES = 0.01
# It is searched in smaller and smaller squares, until it has more points than this.
NEARER, FEWEST_POINTS = 6, 24

Pose = tuple[float, ...]


@dataclass(frozen=True)
class Overhead:
    """The map's window: left, right, bottom, top in the objective's units, seen within `box`."""

    window: tuple[float, float, float, float]
    box: Box

    @property
    def unit(self) -> float:
        """Frame units per unit of the objective."""
        left, right, bottom, top = self.window
        return min(self.box.width / (right - left), self.box.height / (top - bottom))

    @property
    def sides(self) -> Sides:
        """What is seen: the window, and more on two sides if the box has another shape."""
        left, right, bottom, top = self.window
        half = self.box.width / self.unit / 2, self.box.height / self.unit / 2
        middle = (left + right) / 2, (bottom + top) / 2
        return (middle[0] - half[0], middle[0] + half[0]), (middle[1] - half[1], middle[1] + half[1])


class Terrain:
    """The ground of one run. The domain keeps its proportions, so that right angles stay right angles on the map.

    others: further runs that must be seen on the landscape.
    """

    def __init__(self, run: Trajectory, theme: Theme, others: Sequence[Trajectory] = ()) -> None:
        self.run, self.objective, self.seen = run, run.objective, (run, *others)
        objective = self.objective
        domain = map_domain(objective, run.points[0])
        losses, cut, stretch = loss_range(objective, domain, max(float(one.losses[0]) for one in self.seen))
        spans = np.diff(np.array(domain), axis=1)[:, 0]
        self.unit = SIDE / float(spans.max())
        plan = (spans * self.unit).tolist()
        self.space = Space(domain, losses, (plan[0], plan[1], HEIGHT), 0.0, stretch)
        self.view = View(*OVERHEAD, DISTANCE, ground=self.space.floor)
        self.levels = contour_levels(losses)
        cells = max(72 if stretch else 48, resolution(objective, domain, losses[1]) if cut else 48)
        edge: Edge = "level" if cut else "disc"
        self.beyond = beyond_edge(self.space, objective.value, edge)
        with np.errstate(all="ignore"):
            self.field = HeightField(
                self.space,
                objective.value,
                self.view,
                theme.heights,
                resolution=cells,
                edge=edge,
                levels=self.levels,
                rim_colour=theme.ink,
                rim_width=1.6,
            )
        self.rings = level_lines(objective, self.field.mesh, self.levels)
        self._landings: dict[int, tuple[Array, ...]] = {}

    def lines(self, sides: Sides) -> list[tuple[float, Array]]:
        """The contour lines of a wide map, at the landscape's own levels and higher ones: (level, polyline)."""
        spans = [(high - low) * self.unit / SIDE for low, high in sides]
        cells = tuple(int(min(MOST_CELLS, max(CELLS, CELLS * span))) for span in spans)
        mesh = grid_mesh(self.objective, sides, (cells[0], cells[1]))
        low, high = self.space.losses
        shares = np.sqrt((np.array(self.levels) - low) / (high - low))
        with np.errstate(all="ignore"):
            ends = np.sqrt(np.maximum(np.nan_to_num(mesh.losses, posinf=0.0, neginf=0.0) - low, 0.0) / (high - low))
        first, last = float(shares[-1]), float(np.quantile(ends, 0.999)) if len(ends) else 0.0
        pitch = max(float(shares[-1] - shares[-2]), (last - first) / BEYOND)
        more = [low + (high - low) * (first + pitch * (row + 1)) ** 2 for row in range(int((last - first) / pitch))]
        return level_lines(self.objective, mesh, [*self.levels, *more])

    def close_lines(self, sides: Sides) -> list[tuple[float, Array]]:
        """The contour lines of a small part of the map, close together at its lowest place."""
        mesh = grid_mesh(self.objective, sides, (FINE, FINE))
        losses = mesh.losses[np.isfinite(mesh.losses)]
        low, high = (float(losses.min()), float(losses.max())) if len(losses) else (0.0, 0.0)
        levels = [low + (high - low) * ((row + 0.5) / CLOSE_LINES) ** 2 for row in range(CLOSE_LINES)]
        return level_lines(self.objective, mesh, levels if high > low else [])

    def landing_lines(self, step: int) -> tuple[Array, ...]:
        """The pieces of the contour line through a landing that pass by it."""
        if step not in self._landings:
            point, loss = self.run.points[step], float(self.run.losses[step])
            half, found = 1.6 * np.diff(np.array(self.space.domain), axis=1)[:, 0], []
            for _ in range(NEARER):  # a line around a minimum may be smaller than a cell
                low, high = (point - half).tolist(), (point + half).tolist()
                mesh = grid_mesh(self.objective, ((low[0], high[0]), (low[1], high[1])), (FINE, FINE))
                lines = [line for _, line in level_lines(self.objective, mesh, [loss])]
                found = [line for line in lines if np.hypot(*((line - point) / half).T).min() < PASSES]
                if found and max(len(line) for line in found) > FEWEST_POINTS:
                    break
                half = half / 4
            self._landings[step] = tuple(found)
        return self._landings[step]

    def holds(self, points: Array, losses: Any) -> Any:
        """Which places (..., 2) with these losses (...,) are on the drawn ground."""
        low, high = np.array(self.space.domain, dtype=float).T
        inside = ((points >= low) & (points <= high)).all(axis=-1)
        return inside & (np.asarray(losses) <= self.space.losses[1] * (1 + 1e-9) + 1e-12)

    def seen_from(self, pose: Pose) -> View:
        """The view in a pose; it is a single object, so set it before each use."""
        self.view.points = np.array(pose, dtype=float).reshape(3, 3)
        return self.view

    def overhead(self, map_: Overhead, turn: float = 0.0) -> Pose:
        """The pose from above in which the map's window fills its box; then turned by so many degrees to the left."""
        left, right, bottom, top = map_.window
        scale = map_.unit / self.unit
        plan = self.space.plan(np.array([(left + right) / 2, (bottom + top) / 2]))
        angle = math.radians(turn)
        turned = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]]) @ plan
        x, y = (np.array(map_.box.centre) - scale * turned).tolist()
        zoom = scale * (DISTANCE - self.space.floor) / DISTANCE
        return (OVERHEAD[0] - angle, OVERHEAD[1], DISTANCE, zoom, x, y, 0.0, self.space.floor, 0.0)

    @property
    def azimuth(self) -> float:
        """The azimuth of the eye."""
        return self._eye[0]

    @property
    def elevations(self) -> list[float]:
        """Elevations that show the ground well."""
        return self._eye[1]

    @cached_property
    def _eye(self) -> tuple[float, list[float]]:
        """The azimuth from which most of the run and the ground is seen, and the elevations that show it well."""
        held = [run.points[self.holds(run.points, run.losses)][:40] for run in self.seen]
        paths = [on_surface(self.field, points, 0.05)[:160] for points in held if len(points)]
        path = np.vstack([np.zeros((0, 3)), *paths])
        ground = self.field.mesh.world[:: max(1, len(self.field.mesh.world) // 300)]
        scores = np.zeros((len(AZIMUTHS), len(ELEVATIONS)))
        for row, azimuth in enumerate(AZIMUTHS):
            for column, elevation in enumerate(ELEVATIONS):
                self.seen_from(self.standing(azimuth, elevation))
                of_path = float(self.field.visible(path).mean()) if len(path) else 1.0
                scores[row, column] = of_path + 0.35 * float(self.field.visible(ground).mean()) - DISLIKE * row
        best = int(np.argmax(scores.max(axis=1)))
        good = scores[best] >= scores[best].max() - AS_GOOD
        return AZIMUTHS[best], [one for one, is_good in zip(ELEVATIONS, good) if is_good]

    def standing(self, azimuth: float, elevation: float) -> Pose:
        """The pose of the landscape, seen at a scale of 1."""
        return azimuth, elevation, DISTANCE, 1.0, 0.0, 0.0, 1.0, self.space.floor, 0.0
