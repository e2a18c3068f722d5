"""Marks that are drawn with a pen: lines, many at once, a circle, an arrow."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import cairo
import numpy as np

from scenes.stage.box import Box
from scenes.stage.camera import Array, set_pen, trace
from scenes.stage.marks import Mark, around


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
        return around(self.points, self.clip) if self._has_length else None

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
        return around(self.ends.reshape(-1, 2), self.clip)

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
        return None if self.length < self.SHORTEST else around(np.array([self.tail, self.head]), self.clip)

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
