"""The camera of every scene: it draws plain Manim mobjects, and mobjects that paint themselves with cairo."""

from __future__ import annotations

import copy
import math
from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple, Self

import cairo
import numpy as np
from manim import Camera, ManimColor, Mobject, straight_path
from numpy.typing import NDArray

from scenes.stage.box import Box

Array = NDArray[np.float64]
Colour = tuple[float, float, float]

# Manim's Camera draws a stroke of width 1 this many frame units wide.
STROKE_UNIT = 0.01


class Picture(NamedTuple):
    """A painted picture. key: what it shows. left, top: its place in the frame, in whole pixels."""

    key: Any
    surface: cairo.ImageSurface
    left: int
    top: int


class Painted(Mobject):
    """A mobject drawn by its own `paint`, straight into the frame's cairo context.

    One Painted may stand for thousands of lines or faces: it costs only its drawing, and no bookkeeping.
    It fades with FadeIn, FadeOut and `.animate.set_opacity`; shifting it moves everything that it paints.

    blended: attributes (numbers or arrays) that an animation interpolates linearly from start to target.
    """

    blended: ClassVar[tuple[str, ...]] = ("opacity",)

    def __init__(self, opacity: float = 1.0, **options: Any) -> None:
        self.opacity = opacity
        self.picture: Picture | None = None
        super().__init__(**options)

    def extent(self) -> Box | None:
        """The box of everything that it paints, relative to its point; None if unknown."""
        return None

    def state(self) -> Any:
        """Equal states paint equal pictures, so the last one can be used again; None if states are rarely equal."""
        return None

    def paint(self, context: cairo.Context, camera: StageCamera) -> None:
        """Draw at full opacity, in frame units, y upwards; the context is restored afterwards."""
        raise NotImplementedError(f"{type(self).__name__} must say how it is painted")

    def generate_points(self) -> None:
        """One point, the offset of the drawing: Manim skips mobjects without points."""
        self.points = np.zeros((1, 3))

    def set_opacity(self, opacity: float, family: bool = True) -> Self:
        """Its opacity: 0 is invisible, 1 opaque."""
        self.opacity = opacity
        for child in self.submobjects if family else ():
            child.set_opacity(opacity)
        return self

    def fade(self, darkness: float = 0.5, family: bool = True) -> Self:
        """Take away the fraction `darkness` of its opacity."""
        self.opacity *= 1.0 - darkness
        super().fade(darkness, family)
        return self

    def interpolate(self, mobject1: Mobject, mobject2: Mobject, alpha: float, path_func: Any = None) -> Self:
        """Interpolate between two states of itself."""
        self.points = (path_func or straight_path())(mobject1.points, mobject2.points, alpha)
        return self.interpolate_color(mobject1, mobject2, alpha)

    def interpolate_color(self, mobject1: Mobject, mobject2: Mobject, alpha: float) -> Self:
        """Blend what `blended` names."""
        for name in self.blended:
            start, end = getattr(mobject1, name), getattr(mobject2, name)
            setattr(self, name, start + alpha * (end - start))
        return self

    def __deepcopy__(self, memory: dict[int, Any]) -> Self:
        """A copy that shares what it draws: animations copy a mobject three times and only change its own state."""
        twin = copy.copy(self)
        memory[id(self)] = twin
        twin.points = self.points.copy()
        twin.submobjects = copy.deepcopy(self.submobjects, memory)
        twin.updaters = list(self.updaters)
        return twin


class StageCamera(Camera):
    """Manim's 2D camera, which also shows Painted mobjects."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        super().type_or_raise(Mobject())  # fills display_funcs with Manim's own table
        self.display_funcs: dict[type[Mobject], Any] = {Painted: self.display_painted, **self.display_funcs}

    def type_or_raise(self, mobject: Mobject) -> type[Mobject]:
        """The first kind in the table that fits; Manim's own version builds the table anew for every mobject."""
        return next(kind for kind in self.display_funcs if isinstance(mobject, kind))

    def display_painted(self, mobjects: Sequence[Painted], pixel_array: Any) -> None:
        """Let each one paint itself, faded as a whole if it is not opaque."""
        context = self.get_cairo_context(pixel_array)
        for mobject in mobjects:
            if mobject.opacity <= 0:
                continue
            context.save()
            context.new_path()
            context.translate(float(mobject.points[0, 0]), float(mobject.points[0, 1]))
            extent = mobject.extent()
            if extent is not None and mobject.state() is not None:
                self.lay_down(context, mobject, extent)
            elif mobject.opacity < 1:
                if extent is not None:
                    context.rectangle(extent.left, extent.bottom, extent.width, extent.height)
                    context.clip()
                context.push_group()
                mobject.paint(context, self)
                context.pop_group_to_source()
                context.paint_with_alpha(mobject.opacity)
            else:
                mobject.paint(context, self)
            context.restore()
            context.new_path()

    def lay_down(self, context: cairo.Context, mobject: Painted, extent: Box) -> None:
        """Put the mobject's picture on the frame; it is only drawn again if its state or its place has changed.

        It always goes through a picture, even the first time: whether it was drawn before must not change a pixel.
        """
        matrix = context.get_matrix()
        key = (mobject.state(), matrix.xx, matrix.yy, matrix.x0, matrix.y0)
        if mobject.picture is None or mobject.picture.key != key:
            mobject.picture = self.picture_of(mobject, extent, matrix, key)
        picture = mobject.picture
        context.identity_matrix()
        context.set_source_surface(picture.surface, picture.left, picture.top)
        context.paint_with_alpha(mobject.opacity)

    def picture_of(self, mobject: Painted, extent: Box, matrix: cairo.Matrix, key: Any) -> Picture:
        """What the mobject paints, on a surface of its own, aligned with the frame's pixels."""
        corners = [
            matrix.transform_point(x, y) for x in (extent.left, extent.right) for y in (extent.bottom, extent.top)
        ]
        left, top = (math.floor(min(corner[axis] for corner in corners)) for axis in (0, 1))
        right, bottom = (math.ceil(max(corner[axis] for corner in corners)) for axis in (0, 1))
        surface = cairo.ImageSurface(cairo.Format.ARGB32, max(1, right - left), max(1, bottom - top))
        context = cairo.Context(surface)
        context.set_matrix(matrix * cairo.Matrix(x0=-left, y0=-top))
        mobject.paint(context, self)
        return Picture(key, surface, left, top)


def rgb(colour: Any) -> Colour:
    """Red, green and blue from 0 to 1, from a hex string, a Manim colour or three numbers."""
    if isinstance(colour, str | ManimColor):
        red, green, blue = ManimColor.parse(colour).to_rgb()
    else:
        red, green, blue = colour
    return float(red), float(green), float(blue)


def set_source(context: cairo.Context, colour: Colour, opacity: float = 1.0) -> None:
    """Paint with this colour from now on.

    Manim hands its RGBA buffer to cairo as ARGB32, so red and blue change places here and in the next two functions.
    """
    red, green, blue = colour
    context.set_source_rgba(blue, green, red, opacity)


def swapped(colours: Array) -> Array:
    """Many colours (..., 3), with red and blue swapped as in `set_source`, for loops that call cairo themselves."""
    return colours[..., ::-1]


def add_stop(gradient: cairo.Gradient, offset: float, colour: Colour, opacity: float = 1.0) -> None:
    """Add a colour to a gradient pattern, red and blue swapped as in `set_source`."""
    red, green, blue = colour
    gradient.add_color_stop_rgba(offset, blue, green, red, opacity)


def set_pen(context: cairo.Context, width: float, rounded: bool = True) -> None:
    """Stroke lines `width` of Manim's stroke units wide, with round or with plain ends and corners."""
    context.set_line_width(width * STROKE_UNIT)
    context.set_line_cap(cairo.LINE_CAP_ROUND if rounded else cairo.LINE_CAP_BUTT)
    context.set_line_join(cairo.LINE_JOIN_ROUND if rounded else cairo.LINE_JOIN_BEVEL)


def trace(context: cairo.Context, points: Array, closed: bool = False) -> None:
    """Add the polyline through points (n, 2 or more), in frame units, to the current path."""
    flat = points[:, :2].tolist()
    if not flat:
        return
    context.move_to(*flat[0])
    for x, y in flat[1:]:
        context.line_to(x, y)
    if closed:
        context.close_path()
