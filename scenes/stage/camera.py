"""The camera of every scene: it draws plain Manim mobjects, and mobjects that paint themselves with cairo."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, ClassVar, Self

import cairo
import numpy as np
from manim import Camera, ManimColor, Mobject, straight_path
from numpy.typing import NDArray

Array = NDArray[np.float64]
Colour = tuple[float, float, float]

# Manim's Camera draws a stroke of width 1 this many frame units wide.
STROKE_UNIT = 0.01


class Painted(Mobject):
    """A mobject drawn by its own `paint`, straight into the frame's cairo context.

    One Painted may stand for thousands of lines or faces: it costs only its drawing, and no bookkeeping.
    It fades with FadeIn, FadeOut and `.animate.set_opacity`; shifting it moves everything that it paints.

    blended: attributes (numbers or arrays) that an animation interpolates linearly from start to target.
    lays_ground: whether it lays the camera's background itself, or covers the whole frame and says so.
    """

    blended: ClassVar[tuple[str, ...]] = ("opacity",)
    lays_ground: ClassVar[bool] = False

    def __init__(self, opacity: float = 1.0, **options: Any) -> None:
        self.opacity = opacity
        super().__init__(**options)

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
    """Manim's 2D camera, which also shows Painted mobjects.

    After a reset, the background is laid when something is to be drawn on it: a picture that covers the whole frame
    needs none, and each is as many bytes as the frame.
    """

    def __init__(self, **options: Any) -> None:
        self._bare = False
        super().__init__(**options)
        self.lay_background()
        super().type_or_raise(Mobject())  # fills display_funcs with Manim's own table
        self.display_funcs: dict[type[Mobject], Any] = {Painted: self.display_painted, **self.display_funcs}

    def type_or_raise(self, mobject: Mobject) -> type[Mobject]:
        """The first kind in the table that fits; Manim's own version builds the table anew for every mobject."""
        return next(kind for kind in self.display_funcs if isinstance(mobject, kind))

    def reset(self) -> Self:
        """Begin a new frame."""
        self._bare = True
        return self

    def lay_background(self) -> None:
        """Lay the background, unless this frame has it."""
        if self._bare:
            super().reset()

    def needs_no_background(self) -> None:
        """Say that every pixel of this frame has been set."""
        self._bare = False

    def set_pixel_array(self, *given: Any, **options: Any) -> None:
        """Set all pixels of the frame."""
        super().set_pixel_array(*given, **options)
        self.needs_no_background()

    def capture_mobjects(self, mobjects: Iterable[Mobject], **options: Any) -> None:
        """Draw mobjects onto the frame."""
        mobjects = list(mobjects)
        if not mobjects or not all(isinstance(mobject, Painted) for mobject in mobjects):
            self.lay_background()
        super().capture_mobjects(mobjects, **options)
        self.lay_background()

    def display_painted(self, mobjects: Sequence[Painted], pixel_array: Any) -> None:
        """Let each one paint itself, faded as a whole if it is not opaque."""
        context = self.get_cairo_context(pixel_array)
        for mobject in mobjects:
            if mobject.opacity <= 0:
                continue
            if mobject.opacity < 1 or not mobject.lays_ground:
                self.lay_background()
            context.save()
            context.new_path()
            context.translate(float(mobject.points[0, 0]), float(mobject.points[0, 1]))
            if mobject.opacity < 1:
                context.push_group()
                mobject.paint(context, self)
                context.pop_group_to_source()
                context.paint_with_alpha(mobject.opacity)
            else:
                mobject.paint(context, self)
            context.restore()
            context.new_path()


def rgb(colour: Any) -> Colour:
    """Red, green and blue from 0 to 1, from a hex string, a Manim colour or three numbers."""
    if isinstance(colour, str):
        return _read(colour)
    red, green, blue = colour.to_rgb() if isinstance(colour, ManimColor) else colour
    return float(red), float(green), float(blue)


@lru_cache(maxsize=1024)
def _read(colour: str) -> Colour:
    red, green, blue = ManimColor.parse(colour).to_rgb()
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
