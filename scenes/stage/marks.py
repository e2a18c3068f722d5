"""Marks, of which a picture is made: frozen values that know their box, what they show, and how to paint themselves.

A part of the stage returns the marks of a frame; the painter draws them, and tests read them: the number on the screen
and the number in the test are the same object. All lengths are frame units, y upwards.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, ClassVar, Self

import cairo
import numpy as np

from scenes.stage.box import Box
from scenes.stage.camera import Array, add_stop, rgb, set_pen, set_source, trace
from scenes.stage.outline import Outline

# No letter extends further out of its box than this many ems.
OVERHANG = 0.3
# Further from the frame than any of its pixels.
FAR = 1 << 15


@dataclass(frozen=True)
class Shows:
    """What a mark stands for: a quantity of a run after a step, so that a test can compare it with the run.

    quantity: `point`, `loss`, `slope`, `rate`, `minimum`, … run: the index of the run. step: after how many steps;
    None if the mark is between two steps or belongs to none. axis: which coordinate.
    """

    quantity: str
    run: int = 0
    step: int | None = None
    axis: int = 0


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One thing in the picture.

    opacity: 0 to 1. clip: what is outside is not drawn. shows: what it stands for, if anything.
    one_layer: whether no ink of it lies on other ink of its own, so that each can be faded by itself; other marks are
    drawn into a picture that is faded as a whole. spill: how far ink may lie outside its box, in frame units.
    """

    one_layer: ClassVar[bool] = False
    spill: ClassVar[float] = math.inf

    opacity: float = 1.0
    clip: Box | None = None
    shows: Shows | None = None

    @property
    def box(self) -> Box | None:
        """The box around it; None if nothing is drawn."""
        raise NotImplementedError

    @cached_property
    def key(self) -> Any:
        """Equal keys paint equal pictures."""
        raise NotImplementedError

    def paint(self, context: cairo.Context) -> None:
        """Draw at full opacity; if it is of one layer, at its own."""
        raise NotImplementedError

    def ink(self, context: cairo.Context, colour: str) -> None:
        """Paint with this colour from now on, faded if the mark is of one layer."""
        set_source(context, rgb(colour), self.opacity if self.one_layer else 1.0)

    def faded(self, share: float) -> Self:
        """The same mark with its opacity multiplied by `share`."""
        return self if share == 1 else replace(self, opacity=self.opacity * share)


@dataclass(frozen=True, kw_only=True)
class Text(Mark):
    """Words or a formula. left, foot: the lower left corner of its box. size: the height of an em.

    text: what it says, in plain characters. colour: the colour of its first letters, `#rrggbb`.
    rank: where two would meet, the one with the higher rank gives way (`precedence`).
    """

    outline: Outline
    left: float
    foot: float
    size: float
    text: str = ""
    colour: str = ""
    rank: int = 0

    @property
    def box(self) -> Box | None:
        width, height = self.outline.width * self.size, self.outline.height * self.size
        return Box(self.left, self.foot, self.left + width, self.foot + height) if width > 0 else None

    @cached_property
    def key(self) -> Any:
        return Text, self.outline, self.left, self.foot, self.size, self.opacity, self.clip

    def paint(self, context: cairo.Context) -> None:
        context.translate(self.left, self.foot)
        context.scale(self.size, self.size)
        for shape in self.outline.shapes:
            context.new_path()
            context.append_path(shape.path)
            set_source(context, shape.colour)
            if shape.stroke:
                context.set_line_width(shape.stroke)
                context.stroke()
            else:
                context.fill()


@dataclass(frozen=True, kw_only=True)
class Stroke(Mark):
    """A line through points (n, 2). width: in Manim's stroke units. dash: lengths of ink and gap, or none."""

    one_layer = True

    points: Array = field(repr=False)
    colour: str
    width: float = 4.0
    dash: tuple[float, ...] = ()
    closed: bool = False

    @property
    def box(self) -> Box | None:
        return _around(self.points, self.clip) if self._has_length else None

    @property
    def _has_length(self) -> bool:
        return len(self.points) > 1 and bool(np.ptp(self.points, axis=0).max() > 0)

    @cached_property
    def key(self) -> Any:
        return Stroke, self.points.tobytes(), self.colour, self.width, self.dash, self.closed, self.opacity, self.clip

    def paint(self, context: cairo.Context) -> None:
        if not self._has_length:
            return
        trace(context, self.points, self.closed)
        set_pen(context, self.width)
        context.set_dash(self.dash)
        self.ink(context, self.colour)
        context.stroke()
        context.set_dash(())


@dataclass(frozen=True, kw_only=True)
class Lines(Mark):
    """Many separate lines (n, 2, 2) of one colour, with plain ends: grids and ticks."""

    one_layer = True

    ends: Array = field(repr=False)
    colour: str
    width: float = 1.2

    @property
    def box(self) -> Box | None:
        return _around(self.ends.reshape(-1, 2), self.clip)

    @cached_property
    def key(self) -> Any:
        return Lines, self.ends.tobytes(), self.colour, self.width, self.opacity, self.clip

    def paint(self, context: cairo.Context) -> None:
        for ends in self.ends:
            trace(context, ends)
        set_pen(context, self.width, rounded=False)
        self.ink(context, self.colour)
        context.stroke()


@dataclass(frozen=True, kw_only=True)
class Area(Mark):
    """A filled polygon with corners (n, 2)."""

    one_layer = True

    points: Array = field(repr=False)
    colour: str

    @property
    def box(self) -> Box | None:
        return _around(self.points, self.clip)

    @cached_property
    def key(self) -> Any:
        return Area, self.points.tobytes(), self.colour, self.opacity, self.clip

    def paint(self, context: cairo.Context) -> None:
        trace(context, self.points, True)
        self.ink(context, self.colour)
        context.fill()


@dataclass(frozen=True, kw_only=True)
class Disc(Mark):
    """A ball: a shaded disc with a thin rim, or a plain dot if `rim` is None."""

    spill = 0.02

    centre: tuple[float, float]
    radius: float
    colour: str
    rim: str | None = None

    @property
    def box(self) -> Box | None:
        (x, y), reach = self.centre, self.radius
        return Box(x - reach, y - reach, x + reach, y + reach) if reach > 0 else None

    @cached_property
    def key(self) -> Any:
        return Disc, self.centre, self.radius, self.colour, self.rim, self.opacity, self.clip

    def paint(self, context: cairo.Context) -> None:
        (x, y), radius = self.centre, self.radius
        if radius <= 0:
            return
        context.arc(x, y, radius, 0, 2 * np.pi)
        self.ink(context, self.colour)
        if self.rim is None:
            context.fill()
            return
        context.fill_preserve()
        set_pen(context, 1.5)
        set_source(context, rgb(self.rim), 0.55)
        context.stroke()
        light_x, light_y = x - 0.3 * radius, y + 0.35 * radius
        shine = cairo.RadialGradient(light_x, light_y, 0, light_x, light_y, radius)
        add_stop(shine, 0.0, (1.0, 1.0, 1.0), 0.75)
        add_stop(shine, 0.45, (1.0, 1.0, 1.0), 0.0)
        context.arc(x, y, radius, 0, 2 * np.pi)
        context.set_source(shine)
        context.fill()


@dataclass(frozen=True, kw_only=True)
class Ring(Mark):
    """An open circle."""

    one_layer = True

    centre: tuple[float, float]
    radius: float
    colour: str
    width: float = 4.0

    @property
    def box(self) -> Box | None:
        (x, y), reach = self.centre, self.radius
        return Box(x - reach, y - reach, x + reach, y + reach) if reach > 0 else None

    @cached_property
    def key(self) -> Any:
        return Ring, self.centre, self.radius, self.colour, self.width, self.opacity, self.clip

    def paint(self, context: cairo.Context) -> None:
        if self.radius <= 0:
            return
        context.arc(*self.centre, self.radius, 0, 2 * np.pi)
        set_pen(context, self.width)
        self.ink(context, self.colour)
        context.stroke()


@dataclass(frozen=True, kw_only=True)
class ArrowMark(Mark):
    """A straight arrow, which is not drawn while it is too short to see."""

    spill = 0.25

    tail: tuple[float, float]
    head: tuple[float, float]
    colour: str
    width: float = 6.0

    SHORTEST = 0.015

    @property
    def length(self) -> float:
        """From tail to head."""
        return float(np.hypot(self.head[0] - self.tail[0], self.head[1] - self.tail[1]))

    @property
    def box(self) -> Box | None:
        return None if self.length < self.SHORTEST else _around(np.array([self.tail, self.head]), self.clip)

    @cached_property
    def key(self) -> Any:
        return ArrowMark, self.tail, self.head, self.colour, self.width, self.opacity, self.clip

    def paint(self, context: cairo.Context) -> None:
        length = self.length
        if length < self.SHORTEST:
            return
        tail, tip = np.array(self.tail), np.array(self.head)
        along = (tip - tail) / length
        across = np.array([-along[1], along[0]])
        head = min(0.26, 0.6 * length)
        neck = tip - head * along
        self.ink(context, self.colour)
        set_pen(context, min(self.width, 30 * length), rounded=False)
        trace(context, np.array([tail, neck + 0.3 * head * along]))
        context.stroke()
        trace(context, np.array([tip, neck + 0.45 * head * across, neck - 0.45 * head * across]), True)
        context.fill()


@dataclass(frozen=True, kw_only=True)
class Plate(Mark):
    """A rounded rectangle in the background's colour behind words, so that no line runs through them."""

    one_layer = True

    around: Box
    colour: str
    radius: float = 0.1

    @property
    def box(self) -> Box | None:
        return self.around

    @cached_property
    def key(self) -> Any:
        return Plate, self.around, self.colour, self.radius, self.opacity, self.clip

    def paint(self, context: cairo.Context) -> None:
        box = self.around
        radius = min(self.radius, box.width / 2, box.height / 2)
        corners = (
            (box.right - radius, box.top - radius),
            (box.left + radius, box.top - radius),
            (box.left + radius, box.bottom + radius),
            (box.right - radius, box.bottom + radius),
        )
        context.new_path()
        for quarter, (x, y) in enumerate(corners):
            context.arc(x, y, radius, quarter * np.pi / 2, (quarter + 1) * np.pi / 2)
        context.close_path()
        self.ink(context, self.colour)
        context.fill()


@dataclass(frozen=True, kw_only=True)
class Shade(Mark):
    """Darkness over a box with a lit circle that has a soft edge, as under a lamp.

    glow: the light's own colour, if the lamp tints what it shows; bright: how strongly, from 0 to 1.
    """

    one_layer = True

    around: Box
    centre: tuple[float, float]
    radius: float
    colour: str
    glow: str | None = None
    bright: float = 0.0

    @property
    def box(self) -> Box | None:
        return self.around

    @cached_property
    def key(self) -> Any:
        place = self.around, self.centre, self.radius
        return Shade, *place, self.colour, self.glow, self.bright, self.opacity, self.clip

    def paint(self, context: cairo.Context) -> None:
        if self.glow is not None:
            self._paint_light(context, self.glow, ((0.0, self.bright), (0.72, 0.5 * self.bright), (1.0, 0.0)))
        self._paint_light(context, self.colour, ((0.0, 0.0), (0.72, 0.0), (1.0, 1.0)))

    def _paint_light(self, context: cairo.Context, colour: str, stops: Sequence[tuple[float, float]]) -> None:
        """Paint a colour that grows stronger or weaker with the distance from the centre, 1 being the radius.

        Beyond the radius nothing changes, and cairo fills with one colour ten times as fast as with a gradient.
        """
        light = cairo.RadialGradient(*self.centre, 0, *self.centre, max(self.radius, 1e-6))
        for offset, strength in stops:
            add_stop(light, offset, rgb(colour), strength * self.opacity)
        box, strength = self.around, stops[-1][1] * self.opacity
        context.save()
        self._clip_to_light(context, outside=False)
        context.rectangle(box.left, box.bottom, box.width, box.height)
        context.set_source(light)
        context.fill()
        context.restore()
        if strength > 0:
            context.save()
            self._clip_to_light(context, outside=True)
            context.rectangle(box.left, box.bottom, box.width, box.height)
            set_source(context, rgb(colour), strength)
            context.fill()
            context.restore()

    def _clip_to_light(self, context: cairo.Context, outside: bool) -> None:
        """Clip to the square of whole pixels around the light, or to what is outside it."""
        (x, y), reach = self.centre, max(self.radius, 1e-6)
        corners = [context.user_to_device(x + way * reach, y + way * reach) for way in (-1, 1)]
        edges = [sorted(corner[axis] for corner in corners) for axis in (0, 1)]
        (left, right), (top, bottom) = ((math.floor(low) - 1, math.ceil(high) + 1) for low, high in edges)
        matrix = context.get_matrix()
        context.identity_matrix()
        if outside:
            context.rectangle(-FAR, -FAR, 2 * FAR, 2 * FAR)
            context.set_fill_rule(cairo.FILL_RULE_EVEN_ODD)
        context.rectangle(left, top, right - left, bottom - top)
        context.set_matrix(matrix)
        context.clip()


def _around(points: Array, clip: Box | None) -> Box | None:
    """The visible part of the rectangle around points (n, 2)."""
    if len(points) == 0:
        return None
    (left, bottom), (right, top) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    if clip is not None:
        left, right = max(left, clip.left), min(right, clip.right)
        bottom, top = max(bottom, clip.bottom), min(top, clip.top)
        if left > right or bottom > top:
            return None
    return Box(left, bottom, right, top)
