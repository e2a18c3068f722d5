"""The ground in one frame: where a place of it is drawn, what is hidden, and its coloured surface as a mark."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import cairo
import numpy as np

from gdsim.objective import Array
from scenes.stage.box import Box
from scenes.stage.marks import Mark
from scenes.stage.terrain import Pose, Terrain

# No point is drawn further than this from the frame's middle: cairo cannot count that far.
FARTHEST = 80.0


@dataclass(frozen=True)
class Sight:
    """The ground in one frame. pose: of the eye. tilt: 0 the map, 1 the landscape. box: where it is drawn."""

    terrain: Terrain
    pose: Pose
    tilt: float
    box: Box
    covered: float

    def at(self, world: Any) -> Array:
        """World points (..., 3) -> frame points (..., 2)."""
        return np.clip(self.terrain.seen_from(self.pose).look(world)[0], -FARTHEST, FARTHEST)

    def on_map(self, points: Any) -> Array:
        """Parameters (..., 2) -> frame points of the floor."""
        return self.at(self.terrain.space.on_floor(points))

    def on_ground(self, points: Any, losses: Any) -> Array:
        """Parameters with their losses -> frame points of the surface."""
        return self.at(self.terrain.space.place(points, losses))

    def visible(self, world: Array) -> Array:
        """Which world points (n, 3) the surface does not hide; all of them while it is not drawn."""
        if self.covered < 0.5 or len(world) == 0:
            return np.ones(len(world), dtype=bool)
        self.terrain.seen_from(self.pose)
        return np.asarray(self.terrain.field.visible(world))


@dataclass(frozen=True, kw_only=True)
class SurfaceMark(Mark):
    """The coloured surface from one pose."""

    terrain: Terrain
    pose: Pose
    around: Box

    @property
    def box(self) -> Box | None:
        return self.around

    @cached_property
    def key(self) -> Any:
        return SurfaceMark, id(self.terrain), self.pose, self.opacity, self.clip

    def paint(self, context: cairo.Context) -> None:
        self.terrain.seen_from(self.pose)
        self.terrain.field.paint(context, None)  # type: ignore[arg-type]  # it asks no camera anything
