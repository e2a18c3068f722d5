"""The part of a ball that is hidden by the surface it is on."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import cairo
import numpy as np

from scenes.stage.area_marks import Disc
from scenes.stage.camera import STROKE_UNIT, Array, set_source, trace
from scenes.stage.surface import HeightField

# The surface only hides the ball if it is this many radii nearer to the eye than the ball's centre: a ball that is
# on a slope dips into the mesh, and yet is seen whole. One whose upper side is behind a wall is hidden by that wall.
BIAS, BIAS_BEHIND = 3.0, 0.4
# The number of points above the ball's centre that are tested for being behind a wall.
RISES = 12
RIM = 3.6


@dataclass(frozen=True, kw_only=True)
class CutDisc(Disc):
    """A ball that is partly hidden by faces (n, 4, 2), in frame units. cut: how much of that part is invisible."""

    hiding: Array = field(repr=False)
    cut: float = 1.0

    @cached_property
    def key(self) -> Any:
        return (*super().key, self.hiding.tobytes(), self.cut)

    def paint(self, context: cairo.Context) -> None:
        if len(self.hiding) == 0 or self.cut == 0:
            super().paint(context)
            return
        (x, y), reach = self.centre, 1.1 * self.radius + RIM * STROKE_UNIT
        context.rectangle(x - reach, y - reach, 2 * reach, 2 * reach)
        context.clip()
        context.push_group()
        super().paint(context)
        context.set_operator(cairo.OPERATOR_DEST_OUT)
        set_source(context, (0.0, 0.0, 0.0), self.cut)
        for face in self.hiding:
            trace(context, face, closed=True)
        context.fill()
        context.pop_group_to_source()
        context.paint()


def hiding_faces(ground: HeightField, position: Array, centre: tuple[float, float], radius: float) -> Array:
    """The faces over a ball's disc and nearer to the eye, seen through the current view: (faces, 4, 2).

    position: the ball's centre in the world (3,). centre, radius: its disc in frame units.
    """
    seen = ground.seen()
    nearness, scale = (float(one) for one in ground.view.look(position)[1:])
    size = radius / scale
    rises = np.linspace(0.1, 1.2, RISES) * size / max(ground.view.rise, 0.05)
    above = position + np.column_stack([np.zeros((RISES, 2)), rises])
    behind = 1 - float(ground.visible(above).mean())
    front = np.flatnonzero(seen.nearness > nearness + (BIAS + behind * (BIAS_BEHIND - BIAS)) * size)
    faces = seen.flat[ground.mesh.faces[front]]
    low, high = faces.min(axis=1), faces.max(axis=1)
    over = np.all((low < np.array(centre) + radius) & (high > np.array(centre) - radius), axis=1)
    # With the same orientation, neighbours have their common edge in opposite directions, so one fill leaves no seam.
    upward = seen.upward[front][over]
    return np.where(upward[:, None, None], faces[over], faces[over][:, ::-1])
