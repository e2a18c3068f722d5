"""The eye's view: the projection from world points to frame points."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from scenes.stage.camera import Array

# Points closer to the eye than this fraction of its distance are drawn as if they were there.
NEAREST = 0.05
# Heights shrunk further than this count as shrunk this far where they are divided by.
FLATTEST = 1e-3


class View:
    """An eye that looks at the world's origin; what it sees can be placed anywhere in the frame.

    azimuth, elevation: the eye's direction, in radians: 0, 0 is on the world's positive x axis, z points up.
    distance: from the eye to the origin, in world units; far away, parallels stay parallel.
    scale: frame units per world unit at the origin.
    centre: the frame point (x, y) on which the origin falls.
    rise: how much of each height above `ground` (a world z) is seen, from 0, all flat, to 1, all of it.

    The formula is that of Manim's ThreeDCamera with phi = 90° - elevation, theta = azimuth,
    focal_distance = distance and zoom = scale. points: (3, 3), all these numbers, row by row.
    """

    def __init__(
        self,
        azimuth: float = -np.pi / 3,
        elevation: float = np.pi / 5,
        distance: float = 14.0,
        scale: float = 1.0,
        centre: tuple[float, float] = (0.0, 0.0),
        ground: float = 0.0,
    ) -> None:
        self.points = np.array([[azimuth, elevation, distance], [scale, *centre], [1.0, ground, 0.0]], dtype=float)

    @property
    def azimuth(self) -> float:
        """The eye's angle around the vertical, in radians."""
        return float(self.points[0, 0])

    @property
    def elevation(self) -> float:
        """The eye's angle above the horizon, in radians."""
        return float(self.points[0, 1])

    @property
    def distance(self) -> float:
        """From the eye to the origin, in world units."""
        return float(self.points[0, 2])

    @property
    def zoom(self) -> float:
        """Frame units for one world unit at the origin."""
        return float(self.points[1, 0])

    @property
    def centre(self) -> Array:
        """(2,): the frame point of the world's origin."""
        return self.points[1, 1:]

    @property
    def rise(self) -> float:
        """How much of every height above the ground is seen, 0 to 1."""
        return float(self.points[2, 0])

    @property
    def ground(self) -> float:
        """The world z that stays where it is while everything else rises."""
        return float(self.points[2, 1])

    @property
    def state(self) -> tuple[float, ...]:
        """Equal for equal views: what a projection may be kept under."""
        return tuple(self.points.ravel().tolist())

    def set_azimuth(self, azimuth: float) -> Self:
        """Set the eye's angle around the vertical, in radians."""
        self.points[0, 0] = azimuth
        return self

    def set_elevation(self, elevation: float) -> Self:
        """Set the eye's angle above the horizon, in radians."""
        self.points[0, 1] = elevation
        return self

    def set_zoom(self, zoom: float) -> Self:
        """Show one world unit at the origin as `zoom` frame units."""
        self.points[1, 0] = zoom
        return self

    def set_centre(self, x: float, y: float) -> Self:
        """Project the world's origin to this frame point."""
        self.points[1, 1:] = x, y
        return self

    def set_rise(self, rise: float) -> Self:
        """Show this share of every height above the ground."""
        self.points[2, 0] = rise
        return self

    def axes(self) -> Array:
        """(3, 3): the frame's right, the frame's up and the direction to the eye, as rows of world coordinates."""
        turn, rise = self.azimuth, self.elevation
        return np.array(
            [
                [-np.sin(turn), np.cos(turn), 0.0],
                [-np.sin(rise) * np.cos(turn), -np.sin(rise) * np.sin(turn), np.cos(rise)],
                [np.cos(rise) * np.cos(turn), np.cos(rise) * np.sin(turn), np.sin(rise)],
            ]
        )

    @property
    def eye(self) -> Array:
        """(3,): the position of the eye in the world before flattening.

        Flattening takes straight lines to straight lines, so a sight line to here is a sight line of the flat world.
        """
        eye = self.distance * self.axes()[2]
        eye[2] = self.ground + (eye[2] - self.ground) / max(self.rise, FLATTEST)
        return eye

    def look(self, world: Any) -> tuple[Array, Array, Array]:
        """World points (..., 3) -> frame points (..., 2), nearness (...,), frame units per world unit (...,).

        nearness: how far the point is from the origin towards the eye, in world units.
        """
        world = np.asarray(world, dtype=float)
        if self.rise != 1.0:
            heights = self.ground + self.rise * (world[..., 2:] - self.ground)
            world = np.concatenate([world[..., :2], heights], axis=-1)
        seen = world @ self.axes().T
        nearness = seen[..., 2]
        scale = self.zoom * self.distance / np.maximum(self.distance - nearness, NEAREST * self.distance)
        return seen[..., :2] * scale[..., None] + self.centre, nearness, scale
