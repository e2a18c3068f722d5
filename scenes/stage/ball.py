"""The ball on the surface, cut off where a hill is nearer, and its shadow on the floor."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import cairo
import numpy as np
from manim import Mobject

from scenes.stage.camera import STROKE_UNIT, Array, Painted, StageCamera, add_stop, rgb, set_pen, set_source, trace
from scenes.stage.mesh import Space
from scenes.stage.surface import HeightField
from scenes.stage.view import View

# The surface hides the ball only where it is this many radii nearer to the eye than the ball's centre:
# a ball that lies on a slope dips into the mesh, and yet is wholly seen.
BIAS = 3.0
# The rim's width, half of it under the ball, in Manim's stroke units.
RIM = 3.6


class SpaceBall(Painted):
    """A shaded ball whose centre is a world point; hidden by a field's hills where one is given.

    position: (3,) world point. radius: in world units. rim: the colour of a thin edge around it.
    """

    blended: ClassVar[tuple[str, ...]] = ("opacity", "position", "radius")

    def __init__(
        self,
        view: View,
        position: Any,
        radius: float = 0.12,
        colour: Any = "#ffd166",
        field: HeightField | None = None,
        rim: Any | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.rim = None if rim is None else rgb(rim)
        self.view, self.field, self.radius = view, field, radius
        self.position = np.array(position, dtype=float)
        self.colour = rgb(colour)

    def place(self, position: Any) -> Self:
        """Move its centre to a world point (3,)."""
        self.position = np.array(position, dtype=float)
        return self

    def disc(self) -> tuple[float, float, float]:
        """Where it is seen: centre x, y and radius in frame units, by the perspective of a sphere."""
        flat, nearness, scale = self.view.look(self.position)
        away = self.view.distance - float(nearness)
        spread = away / np.sqrt(max(away**2 - self.radius**2, 1e-9))
        return float(flat[0]), float(flat[1]), float(scale * self.radius * spread)

    def paint(self, context: cairo.Context, camera: StageCamera) -> None:
        """The disc; where the surface is nearer, that part is cut out of it."""
        x, y, radius = self.disc()
        hiding = self._hiding_faces(x, y, radius)
        if len(hiding) == 0:
            self._paint_disc(context, x, y, radius)
            return
        margin = 1.1 * radius + RIM * STROKE_UNIT
        context.rectangle(x - margin, y - margin, 2 * margin, 2 * margin)
        context.clip()
        context.push_group()
        self._paint_disc(context, x, y, radius)
        context.set_operator(cairo.OPERATOR_DEST_OUT)
        set_source(context, (0.0, 0.0, 0.0))
        for face in hiding:
            trace(context, face, closed=True)
        context.fill()
        context.pop_group_to_source()
        context.paint()

    def _paint_disc(self, context: cairo.Context, x: float, y: float, radius: float) -> None:
        """A disc lit from the upper left."""
        light = cairo.RadialGradient(x - 0.35 * radius, y + 0.4 * radius, 0.05 * radius, x, y, 1.02 * radius)
        white, dark = np.ones(3), np.zeros(3)
        base = np.array(self.colour)
        for offset, towards, share in ((0.0, white, 0.55), (0.35, white, 0.08), (0.75, dark, 0.12), (1.0, dark, 0.38)):
            add_stop(light, offset, tuple(base + share * (towards - base)))
        if self.rim is not None and radius > 0:
            context.arc(x, y, radius, 0.0, 2 * np.pi)
            set_pen(context, RIM)
            set_source(context, self.rim, 0.6)
            context.stroke()
        context.set_source(light)
        context.arc(x, y, radius, 0.0, 2 * np.pi)
        context.fill()

    def _hiding_faces(self, x: float, y: float, radius: float) -> Array:
        """The field's faces that lie over the disc and nearer to the eye: (faces, 4, 2), all turning the same way."""
        if self.field is None:
            return np.zeros((0, 4, 2))
        seen = self.field.seen()
        nearness = float(self.view.look(self.position)[1])
        front = np.flatnonzero(seen.nearness > nearness + BIAS * self.radius)
        faces = seen.flat[self.field.mesh.faces[front]]
        low, high = faces.min(axis=1), faces.max(axis=1)
        over = np.all((low < [x + radius, y + radius]) & (high > [x - radius, y - radius]), axis=1)
        # Turned alike, neighbours share their edge in opposite directions, so that one fill leaves no seam.
        upward = seen.upward[front][over]
        return np.where(upward[:, None, None], faces[over], faces[over][:, ::-1])


class SurfaceBall(SpaceBall):
    """A ball that never leaves the true surface: it is moved in the plane of the parameters.

    parameters: (2,) in the objective's units; an animation of `roll_to` runs over the surface, not through it.
    """

    blended: ClassVar[tuple[str, ...]] = ("opacity", "parameters", "radius")

    def __init__(self, field: HeightField, parameters: Any, radius: float = 0.12, **options: Any) -> None:
        self.parameters = np.array(parameters, dtype=float)
        super().__init__(field.view, field.lift(self.parameters), radius, field=field, **options)

    def roll_to(self, parameters: Any) -> Self:
        """Lie on the surface over other parameters (2,)."""
        self.parameters = np.array(parameters, dtype=float)
        self.settle()
        return self

    def interpolate_color(self, mobject1: Mobject, mobject2: Mobject, alpha: float) -> Self:
        """Blend the parameters, and lie on the surface there."""
        super().interpolate_color(mobject1, mobject2, alpha)
        self.settle()
        return self

    def settle(self) -> None:
        """Take the surface's height."""
        assert self.field is not None
        self.position = self.field.lift(self.parameters)


class FloorShadow(Painted):
    """The soft shadow of a ball on the floor, straight below it."""

    def __init__(self, ball: SpaceBall, space: Space, darkness: float = 0.35, **options: Any) -> None:
        super().__init__(**options)
        self.ball, self.space, self.darkness = ball, space, darkness

    def paint(self, context: cairo.Context, camera: StageCamera) -> None:
        """A disc of the floor, seen in perspective, darker towards its middle."""
        angle = np.linspace(0.0, 2 * np.pi, 33)[:-1]
        ring = np.column_stack([np.cos(angle), np.sin(angle)])
        for share in (1.3, 1.0, 0.7):
            plan = self.ball.position[:2] + share * self.ball.radius * ring
            world = np.column_stack([plan, np.full(len(plan), self.space.floor)])
            set_source(context, (0.0, 0.0, 0.0), self.darkness / 3 * self.ball.opacity)
            trace(context, self.ball.view.look(world)[0], closed=True)
            context.fill()
