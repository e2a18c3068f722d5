"""What moves on a plane: the ball, its slope, its step, its trail, and the sign that it left the picture."""

from __future__ import annotations

from typing import Any

import cairo
import numpy as np
from numpy.typing import NDArray

from scenes.stage.camera import Painted, StageCamera, add_stop, rgb, set_pen, set_source, trace
from scenes.stage.layout import Box
from scenes.stage.plot import Plane
from scenes.stage.type import Type
from scenes.stage.visible_steps import FEW, MOST, distinct_places, distinct_segments

Array = NDArray[np.float64]
BALL_RADIUS = 0.17
# How far a ball's rim reaches out of its disc, in frame units.
RIM = 0.02


class Ball(Painted):
    """A shaded disc whose centre is `place`; nothing where that is None."""

    blended = ("opacity", "swell")

    def __init__(self, colour: str, radius: float = BALL_RADIUS, rim: str = "#000000"):
        super().__init__()
        self.colour, self.rim, self.radius = rgb(colour), rgb(rim), radius
        self.place: tuple[float, float] | None = None
        self.swell = 1.0

    def extent(self) -> Box | None:
        """The disc and its rim."""
        if self.place is None:
            return None
        (x, y), reach = self.place, self.radius * max(self.swell, 0.0) + RIM
        return Box(x - reach, y - reach, x + reach, y + reach)

    def state(self) -> tuple[Any, ...]:
        """Where it is and how large."""
        return self.place, self.swell

    def paint(self, context: cairo.Context, camera: StageCamera) -> None:
        if self.place is None or self.swell <= 0:
            return
        x, y = self.place
        radius = self.radius * self.swell
        context.arc(x, y, radius, 0, 2 * np.pi)
        set_source(context, self.colour)
        context.fill_preserve()
        set_pen(context, 1.5)
        set_source(context, self.rim, 0.55)
        context.stroke()
        shine = cairo.RadialGradient(
            x - 0.3 * radius, y + 0.35 * radius, 0, x - 0.3 * radius, y + 0.35 * radius, radius
        )
        add_stop(shine, 0.0, (1.0, 1.0, 1.0), 0.75)
        add_stop(shine, 0.45, (1.0, 1.0, 1.0), 0.0)
        context.arc(x, y, radius, 0, 2 * np.pi)
        context.set_source(shine)
        context.fill()


class Ring(Painted):
    """An open circle around a place worth noticing."""

    blended = ("opacity", "grown")

    def __init__(self, place: tuple[float, float], colour: str, radius: float = 0.13):
        super().__init__()
        self.place, self.colour, self.radius = place, rgb(colour), radius
        self.grown = 1.0

    def paint(self, context: cairo.Context, camera: StageCamera) -> None:
        if self.grown <= 0:
            return
        context.arc(*self.place, self.radius * self.grown, 0, 2 * np.pi)
        set_pen(context, 4.0)
        set_source(context, self.colour)
        context.stroke()


class Arrow(Painted):
    """A straight arrow from `tail` to `head` in frame units; nothing while it is too short to see."""

    blended = ("opacity", "grown")

    def __init__(self, colour: str, width: float = 6.0):
        super().__init__()
        self.colour, self.width_units = rgb(colour), width
        self.tail = self.head = np.zeros(2)
        self.grown = 1.0

    def between(self, tail: Array, head: Array) -> Arrow:
        """From one frame point (2,) to another."""
        self.tail, self.head = np.asarray(tail, dtype=float), np.asarray(head, dtype=float)
        return self

    def paint(self, context: cairo.Context, camera: StageCamera) -> None:
        vector = self.grown * (self.head - self.tail)
        length = float(np.hypot(*vector))
        if length < 0.015:
            return
        along = vector / length
        across = np.array([-along[1], along[0]])
        head_length = min(0.26, 0.6 * length)
        tip = self.tail + vector
        neck = tip - head_length * along
        set_source(context, self.colour)
        set_pen(context, min(self.width_units, 30 * length), rounded=False)
        trace(context, np.array([self.tail, neck + 0.3 * head_length * along]))
        context.stroke()
        trace(context, np.array([tip, neck + 0.45 * head_length * across, neck - 0.45 * head_length * across]), True)
        context.fill()


class Tangent(Painted):
    """A straight line of given length through `place` with a slope in the plane's units."""

    blended = ("opacity", "grown")

    def __init__(self, plane: Plane, colour: str, length: float = 2.8):
        super().__init__()
        self.plane, self.colour, self.length = plane, rgb(colour), length
        self.place: tuple[float, float] | None = None
        self.slope = 0.0
        self.grown = 1.0

    def paint(self, context: cairo.Context, camera: StageCamera) -> None:
        if self.place is None or self.grown <= 0:
            return
        plane = self.plane
        unit_x = plane.box.width / (plane.across[1] - plane.across[0])
        unit_y = plane.box.height / (plane.up[1] - plane.up[0])
        direction = np.array([unit_x, self.slope * unit_y])
        direction = direction / np.hypot(*direction) * self.length / 2 * self.grown
        plane.clip(context)
        trace(context, np.array([np.array(self.place) - direction, np.array(self.place) + direction]))
        set_pen(context, 5.0)
        set_source(context, self.colour)
        context.stroke()


def within(box: Box, places: Array) -> NDArray[np.bool_]:
    """(n, 2) -> (n,): which places lie in the box."""
    return np.all(([box.left, box.bottom] <= places) & (places <= [box.right, box.top]), axis=1)


class Footprints(Painted):
    """Dots where the ball has been; `shown` of them (the last may be a fraction, growing)."""

    def __init__(self, places: Array, colour: str, radius: float = 0.06, box: Box | None = None):
        super().__init__()
        self.places, self.colour, self.radius, self.box = places, rgb(colour), radius, box
        inside = np.arange(len(places)) if box is None else np.flatnonzero(within(box, places))
        self.drawn = inside[distinct_places(places[inside], radius / 8)]  # nearer ones would hide each other
        self.shown = 0.0

    def paint(self, context: cairo.Context, camera: StageCamera) -> None:
        set_source(context, self.colour)
        drawn = self.drawn[self.drawn < self.shown]
        for index, (x, y) in zip(drawn.tolist(), self.places[drawn].tolist()):
            context.new_sub_path()
            context.arc(x, y, self.radius * min(1.0, self.shown - index), 0, 2 * np.pi)
        context.fill()


class Chords(Painted):
    """Straight lines from landing to landing for the steps that jump over the valley's floor; `shown` steps of them."""

    # A landing off the picture may be 10⁹ units away, which cairo cannot draw: a line this long leaves it anyway.
    LONGEST = 60.0

    def __init__(self, places: Array, jumps: NDArray[np.bool_], colour: str, box: Box, width: float = 2.2):
        super().__init__()
        self.places, self.colour, self.box, self.width_units = places, rgb(colour), box, width
        inside = within(box, places)
        seen = np.flatnonzero(jumps & (inside[:-1] | inside[1:]))
        self.drawn = seen if len(seen) <= FEW else np.intersect1d(seen, distinct_segments(places, most=MOST))
        self.shown = 0.0

    def paint(self, context: cairo.Context, camera: StageCamera) -> None:
        box = self.box
        context.rectangle(box.left, box.bottom, box.width, box.height)
        context.clip()
        for index in self.drawn[self.drawn < self.shown]:
            tail, head = self.places[index : index + 2]
            tip = tail + min(1.0, self.shown - index) * (head - tail)
            for near, far in ((tail, tip), (tip, tail)):
                if box.left <= near[0] <= box.right and box.bottom <= near[1] <= box.top:
                    length = float(np.hypot(*(far - near)))
                    trace(context, np.array([near, near + min(1.0, self.LONGEST / max(length, 1e-9)) * (far - near)]))
                    break
        set_pen(context, self.width_units)
        set_source(context, self.colour, 0.6)
        context.stroke()


class OffScale(Painted):
    """A marker at the picture's edge where the ball has gone beyond it: a triangle that points its way."""

    def __init__(self, plane: Plane, colour: str):
        super().__init__()
        self.plane, self.colour = plane, rgb(colour)
        self.beyond: tuple[float, float] | None = None

    def place(self) -> tuple[Array, Array] | None:
        """The marker's tip and the direction it points, both (2,); None while the ball is in the picture."""
        if self.beyond is None:
            return None
        box = self.plane.box
        target = self.plane.to_frame(*self.beyond)
        tip = np.clip(target, [box.left + 0.12, box.bottom + 0.12], [box.right - 0.12, box.top - 0.12])
        direction = np.sign(np.where(np.abs(target - tip) > 1e-9, target - tip, 0.0))
        return tip, direction / max(float(np.hypot(*direction)), 1e-9)

    def paint(self, context: cairo.Context, camera: StageCamera) -> None:
        found = self.place()
        if found is None:
            return
        tip, along = found
        across = np.array([-along[1], along[0]])
        trace(context, np.array([tip, tip - 0.34 * along + 0.22 * across, tip - 0.34 * along - 0.22 * across]), True)
        set_source(context, self.colour)
        context.fill()


class Plate(Painted):
    """The ground's colour behind words that stand on the picture, so that no line runs through them."""

    def __init__(self, behind: Type, colour: str):
        super().__init__()
        self.behind, self.colour = behind, rgb(colour)

    def paint(self, context: cairo.Context, camera: StageCamera) -> None:
        box = self.behind.box
        if box.width <= 0:
            return
        context.rectangle(box.left - 0.06, box.bottom, box.width + 0.12, box.height)
        set_source(context, self.colour, 0.82)
        context.fill()
